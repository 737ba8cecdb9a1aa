//! The months in which the company changes under the programme.

use super::chance::{Lane, Stream};
use super::moves::{Move, Moves};
use super::outcome::Happening;
use super::parameter::Parameter;
use super::run::Run;
use super::setup::SimulationError;
use crate::history::ReadModel;
use crate::ids::PairingId;
use crate::pair::Role;
use crate::pairing::{Pairing, Stage, Step};
use crate::policy::FormerManager;
use crate::roster::{Participant, PersonRef, ReportingLines};

/// The occasion of the first who moves anywhere: those before it are of mentors who move to their mentees.
const MOVERS: u32 = 1 << 13;

impl<V: ReadModel> Run<'_, V> {
    /// Moves some mentors into their mentee's team, and some people anywhere.
    pub(super) fn reorganise(&mut self) -> Result<(), SimulationError> {
        self.without_those_who_left()?;
        // A pick has an occasion of its own: an occasion's words repeat after 32.
        let mut stream = Stream::new(self.setup.seed, self.setup.replicate);
        let mut linked = 0..;
        let mut movers = MOVERS..;
        let roster = self.roster();
        let lines = roster.lines();
        let mut moves = Moves::new(lines);
        let open = || {
            let open = self.desk.program.open_pairings();
            open.filter(|p| !matches!(p.stage(), Stage::Suspended { .. }))
        };
        let meets = |p: &&Pairing| matches!(p.stage(), Stage::Open { now } if now.meets());
        let mut running: Vec<_> = open().filter(meets).map(Pairing::pair).collect();
        if running.is_empty() {
            running = open().map(Pairing::pair).collect();
        }
        let mut left = self.value(Parameter::Linked);
        let mut first = None;
        while left > 0 {
            let mut draws = stream.draw(Lane::World, linked.next().unwrap_or_default());
            let Some(pair) = draws.take(&mut running) else {
                break;
            };
            let seats = roster.person(pair.mentor).zip(roster.person(pair.mentee));
            if let Some((mentor, _)) = seats.filter(|(a, b)| moves.apply(*a, Some(*b))) {
                first = first.or_else(|| lines.key(mentor).cloned());
                left -= 1;
            }
        }
        let people: Vec<PersonRef> = roster.seats().map(|(_, at)| at).collect();
        let many = self.value(Parameter::Movers);
        moves.scatter(people, many, || {
            stream.draw(Lane::World, movers.next().unwrap_or_default())
        });
        let (moved, lines) = (moves.list(), moves.lines()?);
        let (suspended, _) = self.take_over(lines, &moved)?;
        self.moved = moved
            .iter()
            .filter(|m| Some(&m.person) == first.as_ref())
            .cloned()
            .collect();
        let on = self.desk.today;
        self.happenings.push(Happening::Reorganised {
            on,
            moved,
            suspended,
        });
        Ok(())
    }

    /// Moves the first mentor back and lets the pairings go on that this clears.
    pub(super) fn move_back(&mut self) -> Result<(), SimulationError> {
        let lines = self.roster().lines();
        let mut moves = Moves::new(lines);
        for back in &self.moved {
            let to = back.from.as_ref().and_then(|key| lines.find(key.as_str()));
            if let Some(person) = lines.find(back.person.as_str()) {
                moves.apply(person, to);
            }
        }
        let moved = moves.list();
        if moved.is_empty() {
            return Ok(());
        }
        let lines = moves.lines()?;
        let (suspended, cleared) = self.take_over(lines, &moved)?;
        let mut reinstated = Vec::new();
        for id in cleared {
            for by in [Role::Mentor, Role::Mentee] {
                self.desk.advance(id, Step::Reinstate { by })?;
            }
            if let Some(at) = self.number(id) {
                self.resume(at)?;
            }
            reinstated.push(id);
        }
        self.happenings.push(Happening::MovedBack {
            on: self.desk.today,
            moved,
            reinstated,
            suspended,
        });
        Ok(())
    }

    /// Makes these lines the company's and the programme's; remembers who had which manager.
    fn take_over(
        &mut self,
        lines: ReportingLines,
        moved: &[Move],
    ) -> Result<(Vec<PairingId>, Vec<PairingId>), SimulationError> {
        let roster = self.roster().with_lines(lines)?;
        for m in moved {
            let person = roster.by_key(m.person.as_str());
            let person = person.map(Participant::id);
            if let Some((person, manager)) = person.zip(m.from.clone()) {
                self.former.push(FormerManager {
                    person,
                    manager,
                    until: self.desk.today,
                });
            }
        }
        let lists = self.desk.reorganise(&roster)?;
        self.company = Some(roster);
        for id in &lists.0 {
            if let Some(life) = self.number(*id).and_then(|at| self.lives.get_mut(at)) {
                life.hold();
            }
        }
        Ok(lists)
    }
}
