//! Back from a record: everything that is wrong with it, or the gate.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::Program;
use super::flaws::{Moment, PairingProblem, RecordProblem, RestoreError};
use super::gate::ROLES;
use super::record::{PairingRecord, ProgramRecord};
use super::state::{Gate, Held, Record, closed};
use crate::history::{Ending, GoalFacts, Hold, PairingFacts, SessionFact};
use crate::ids::SessionId;
use crate::journal::{Stamp, WIRE_VERSION};
use crate::pairing::{Pairing, Stage};
use crate::session::Outcome;

impl Program<()> {
    /// Brings a gate back from its [record](ProgramRecord): the next entry of the journal may follow.
    ///
    /// Everything is checked that a record shows. It does not show whether the places were free when a pairing was
    /// proposed, as places may be taken away since, nor who asked what: a journal does.
    ///
    /// # Errors
    ///
    /// [`RestoreError`] with every problem of the record.
    pub fn restore(record: &ProgramRecord) -> Result<Self, RestoreError> {
        let mut check = Check {
            record,
            stamp: Stamp::new(record.recorded_at, record.recorded_at.date_naive()),
            sessions: BTreeSet::new(),
            problems: Vec::new(),
        };
        check.header();
        check.pairings();
        if !check.problems.is_empty() {
            return Err(RestoreError(check.problems));
        }
        let gate = Gate::of(record);
        Ok(Self { gate, view: () })
    }
}

struct Check<'r> {
    record: &'r ProgramRecord,
    stamp: Stamp,
    sessions: BTreeSet<SessionId>,
    problems: Vec<RecordProblem>,
}

impl Check<'_> {
    fn header(&mut self) {
        let record = self.record;
        if record.version == 0 || record.version > WIRE_VERSION {
            self.problems.push(RecordProblem::Version(record.version));
        }
        if record.entries == 0 {
            self.problems.push(RecordProblem::Empty);
        }
        if !self.may_be(record.opened_on) {
            self.problems.push(RecordProblem::OpenedLater {
                opened: record.opened_on,
                recorded: self.stamp.on,
            });
        }
        let mut people = BTreeSet::new();
        for person in record.people.iter().map(|person| person.participant) {
            if !people.insert(person) {
                self.problems.push(RecordProblem::EnrolledTwice(person));
            }
        }
    }

    /// Whether a day is not in the future of the latest recording.
    fn may_be(&self, day: NaiveDate) -> bool {
        let latest = self.stamp.on.checked_add_days(Days::new(1));
        latest.is_none_or(|latest| day <= latest)
    }

    fn pairings(&mut self) {
        let record = self.record;
        let enrolled: BTreeSet<_> = record.people.iter().map(|p| p.participant).collect();
        let (mut ids, mut open) = (BTreeSet::new(), BTreeMap::new());
        for pairing in &record.pairings {
            let mut found = Vec::new();
            if !ids.insert(pairing.id) {
                self.problems.push(RecordProblem::PairingTwice(pairing.id));
            }
            if pairing.pair.mentor == pairing.pair.mentee {
                found.push(PairingProblem::Oneself);
            }
            if pairing.stage.stage().is_open() {
                let people = ROLES.map(|role| pairing.pair.person(role));
                let absent = people.into_iter().filter(|p| !enrolled.contains(p));
                found.extend(absent.map(PairingProblem::NotEnrolled));
                if let Some(other) = open.insert(pairing.pair, pairing.id) {
                    found.push(PairingProblem::AlreadyPaired(other));
                }
            }
            self.days(pairing, &mut found);
            holds(pairing, &mut found);
            self.sessions(pairing, &mut found);
            self.progress(pairing, &mut found);
            let found = found.into_iter().map(|problem| RecordProblem::Pairing {
                pairing: pairing.id,
                problem,
            });
            self.problems.extend(found);
        }
    }

    /// The days that the stage asks for, in their order.
    fn days(&self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        let stage = pairing.stage.stage();
        // Of what has ended, the stage does not say how far it came.
        let began = match stage {
            Stage::Open { now: before }
            | Stage::Paused { before }
            | Stage::Suspended { before } => Some(before.meets()),
            Stage::Completed => Some(true),
            Stage::Ended { .. } => None,
        };
        let asked = [
            (Moment::Beginning, pairing.began_on, began),
            (Moment::End, pairing.ended_on, Some(!stage.is_open())),
        ];
        for (moment, day, needed) in asked {
            if needed.is_some_and(|needed| needed != day.is_some()) {
                let missing = day.is_none();
                found.push(PairingProblem::Dated {
                    stage,
                    moment,
                    missing,
                });
            }
        }
        let recording = self.stamp.on.checked_add_days(Days::new(1));
        let order = [
            (Moment::Opening, Some(self.record.opened_on)),
            (Moment::Proposal, Some(pairing.proposed_on)),
            (Moment::Beginning, pairing.began_on),
            (Moment::LatestStep, Some(pairing.changed_on)),
            (Moment::Recording, recording),
        ];
        in_order(&order, found);
        // The end is the latest step.
        let last = Some(pairing.changed_on);
        let end = [(Moment::LatestStep, last), (Moment::End, pairing.ended_on)];
        let start = [(Moment::End, pairing.ended_on), (Moment::LatestStep, last)];
        if pairing.ended_on.is_some() {
            in_order(&end, found);
            in_order(&start, found);
        }
        if let Some(ended) = pairing.ended_on.filter(|ended| closed(*ended, &self.stamp)) {
            found.push(PairingProblem::Closed(ended));
        }
        // What ended while it was suspended keeps its link.
        let may_link = matches!(stage, Stage::Suspended { .. } | Stage::Ended { .. });
        if !pairing.link_gone && !may_link {
            found.push(PairingProblem::Link(stage));
        }
    }

    fn sessions(&mut self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        let mut latest = NaiveDate::MIN;
        for session in &pairing.sessions {
            if session.date < latest {
                found.push(PairingProblem::SessionOrder(session.id));
            }
            latest = latest.max(session.date);
            // What was called off may be of any day since: an end or a pause before it does not ask.
            let called_off = matches!(session.result, Outcome::Cancelled { .. });
            let sound = if called_off {
                since_beginning(pairing, session.date)
            } else {
                ran_on(pairing, session.date) && self.may_be(session.date)
            };
            if !sound {
                found.push(PairingProblem::SessionDay {
                    session: session.id,
                    date: session.date,
                });
            }
        }
        let ids = pairing.sessions.iter().map(|session| session.id);
        for id in ids.chain(pairing.voided.iter().copied()) {
            if !self.sessions.insert(id) {
                found.push(PairingProblem::SessionTwice(id));
            }
        }
        let any = !pairing.sessions.is_empty() || !pairing.progress.is_empty();
        if pairing.began_on.is_none() && (any || !pairing.voided.is_empty()) {
            found.push(PairingProblem::NotBegun);
        }
    }

    fn progress(&self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        for progress in &pairing.progress {
            let mut goals = pairing.goals.of(progress.learner).iter();
            if !goals.any(|goal| *goal.skill() == progress.skill) {
                found.push(PairingProblem::UnknownGoal {
                    learner: progress.learner,
                    skill: progress.skill.clone(),
                });
            }
            if !since_beginning(pairing, progress.on) || !self.may_be(progress.on) {
                found.push(PairingProblem::ProgressDay(progress.on));
            }
        }
    }
}

/// Each day that is known is not before the one that is known before it.
fn in_order(moments: &[(Moment, Option<NaiveDate>)], found: &mut Vec<PairingProblem>) {
    let known = moments
        .iter()
        .filter_map(|(moment, day)| Some((*moment, (*day)?)));
    let known: Vec<_> = known.collect();
    for pair in known.windows(2) {
        if let [(earlier, earlier_on), (later, later_on)] = *pair {
            if later_on < earlier_on {
                found.push(PairingProblem::Order {
                    earlier,
                    earlier_on,
                    later,
                    later_on,
                });
            }
        }
    }
}

/// Holds follow each other, the last of them lasts where the stage says so, and the others are over.
fn holds(pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
    let stage = pairing.stage.stage();
    let mut free = pairing.proposed_on;
    for (at, hold) in pairing.holds.iter().enumerate() {
        let last = at + 1 == pairing.holds.len();
        let until = hold.until.unwrap_or(hold.from);
        if hold.from < free || until < hold.from || (hold.until.is_none() && !last) {
            found.push(PairingProblem::HoldOrder(hold.from));
        }
        free = free.max(until);
    }
    let lasting = pairing.holds.last().filter(|hold| hold.until.is_none());
    let lasting = lasting.map(|hold| hold.suspended);
    let expected = match stage {
        Stage::Paused { .. } => Some(false),
        Stage::Suspended { .. } => Some(true),
        Stage::Open { .. } | Stage::Completed | Stage::Ended { .. } => None,
    };
    if lasting != expected {
        found.push(PairingProblem::HoldOfStage(stage));
    }
}

/// Whether the pairing ran on a day and was not held up; the days on which a hold begins and ends are nobody's.
fn ran_on(pairing: &PairingRecord, date: NaiveDate) -> bool {
    let held_up = pairing
        .holds
        .iter()
        .any(|hold| date > hold.from && hold.until.is_none_or(|until| date < until));
    since_beginning(pairing, date) && pairing.ended_on.is_none_or(|ended| date <= ended) && !held_up
}

fn since_beginning(pairing: &PairingRecord, date: NaiveDate) -> bool {
    pairing.began_on.is_some_and(|began| date >= began)
}

impl Gate {
    /// The gate of a record that has been checked.
    fn of(record: &ProgramRecord) -> Self {
        let mut gate = Self::new(record.program, record.roster, record.load);
        gate.opened_on = Some(record.opened_on);
        gate.next = record.entries;
        gate.recorded_at = Some(record.recorded_at);
        gate.newer = record.newer;
        let people = record
            .people
            .iter()
            .map(|person| (person.participant, *person));
        gate.people = people.collect();
        for pairing in &record.pairings {
            let held = Held::of(pairing);
            gate.sessions.extend(held.record.used.iter().copied());
            if let Some((ended, _)) = held.record.facts.ended {
                gate.closing.insert((ended, pairing.id));
                gate.over.insert(pairing.id, held);
                continue;
            }
            for role in ROLES {
                let seat = (pairing.pair.person(role), role);
                let taken = gate.taken.entry(seat).or_default();
                *taken = taken.saturating_add(1);
            }
            gate.paired.insert(pairing.pair, pairing.id);
            gate.open.insert(pairing.id, held);
        }
        gate
    }
}

impl Held {
    fn of(record: &PairingRecord) -> Self {
        let stage = record.stage.stage();
        let ending = match stage {
            Stage::Completed => Ending::Completed,
            _ => Ending::Ended,
        };
        let sessions = record.sessions.iter().map(|session| SessionFact {
            id: Some(session.id),
            date: session.date,
            outcome: session.result,
        });
        let holds = record.holds.iter().map(|hold| Hold {
            suspended: hold.suspended,
            from: hold.from,
            until: hold.until,
        });
        let goals = ROLES.into_iter().flat_map(|learner| {
            let goals = record.goals.of(learner).iter();
            goals.map(move |goal| {
                let found = record.progress.iter();
                let found = found.filter(|p| p.learner == learner && p.skill == *goal.skill());
                GoalFacts {
                    learner,
                    skill: goal.skill().clone(),
                    from: goal.from(),
                    to: goal.to(),
                    found: found.map(|p| (p.on, p.level)).collect(),
                }
            })
        });
        let facts = PairingFacts {
            pair: record.pair,
            proposed: record.proposed_on,
            started: record.began_on,
            latest_step: record.changed_on,
            cadence: record.agreement.cadence(),
            ended: record.ended_on.map(|on| (on, ending)),
            holds: holds.collect(),
            sessions: sessions.collect(),
            goals: goals.collect(),
            findings: Vec::new(),
            missing: Vec::new(),
        };
        let mut pairing = Pairing::propose(
            record.id,
            record.pair,
            record.goals.clone(),
            record.agreement.clone(),
            record.roster,
            record.proposed_on,
        );
        if let Some(began) = record.began_on {
            pairing.begin(began);
        }
        pairing.enter(stage, record.changed_on);
        pairing.set_link_gone(record.link_gone);
        pairing.count_held(facts.held(NaiveDate::MAX));
        let used = record.sessions.iter().map(|session| session.id);
        let used = used.chain(record.voided.iter().copied());
        Self {
            pairing,
            record: Record {
                used: used.collect(),
                facts,
            },
        }
    }
}
