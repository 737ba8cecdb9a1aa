//! A programme of two years, written through the gate, and the same as tables for another reader: both from one plan, so
//! that the tables owe nothing to the library's read model.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::num::NonZeroU32;
use std::path::Path;

use chrono::{Days, NaiveDate};
use reverse_mentoring::eligibility::{EligiblePair, Verdict};
use reverse_mentoring::pair::Pair;
use reverse_mentoring::pairing::{DropReason, EndReason, GoalChange, GoalRef};
use reverse_mentoring::prelude::*;
use reverse_mentoring::privacy::{Ballot, Decision};
use reverse_mentoring::session::{Response, TaughtBy, Venue};

use crate::Failed;
use crate::numbers::Numbers;

/// Those without a pairing, for each twenty with one.
const SPARE: usize = 10;
const SKILLS: [[&str; 2]; 2] = [["budgeting", "negotiation"], ["short video", "statistics"]];
const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

/// What happens to a pairing on a day, by number of the pairing.
#[derive(Clone, Copy)]
enum Happens {
    Step(Step),
    Terms(Role),
    Settle,
    /// The place of the session in [`World::sessions`].
    Session(usize),
    Respond(usize, Role, Response),
    Goal(Role, usize, Change),
}

#[derive(Clone, Copy)]
enum Change {
    Found(u8),
    Achieved,
    Dropped,
}

struct Meeting {
    pair: usize,
    day: u64,
    outcome: Outcome,
    venue: Option<Venue>,
    /// By response, then role: the day.
    given: [[Option<u64>; 2]; 2],
}

#[derive(Default, Clone)]
struct Plan {
    proposed: u64,
    accepted: Option<u64>,
    started: Option<u64>,
    settled: Option<u64>,
    /// The day, and `c`ompleted or e`x`it.
    ended: Option<(u64, char)>,
    hold: Option<(u64, u64)>,
    signed: [Option<u64>; 2],
}

impl Plan {
    fn is_held_up(&self, day: u64) -> bool {
        self.hold
            .is_some_and(|(from, until)| from <= day && day < until)
    }
}

pub struct World {
    first: NaiveDate,
    plans: Vec<Plan>,
    meetings: Vec<Meeting>,
    /// Pairing, learner, goal, day, change.
    changes: Vec<(usize, Role, usize, u64, Change)>,
    happens: Vec<Vec<(usize, Happens)>>,
    spare: usize,
}

impl World {
    /// So many pairings of 22 months, each with up to twenty sessions.
    pub fn plan(pairs: usize, seed: u64) -> Result<Self, Failed> {
        let mut world = Self {
            first: NaiveDate::from_ymd_opt(2024, 1, 1).ok_or("no day")?,
            plans: Vec::with_capacity(pairs),
            meetings: Vec::new(),
            changes: Vec::new(),
            happens: vec![Vec::new(); 1_200],
            spare: pairs / SPARE,
        };
        let mut numbers = Numbers(seed);
        for pair in 0..pairs {
            let plan = world.life(pair, &mut numbers);
            world.plans.push(plan);
        }
        Ok(world)
    }

    /// How many sessions are on record at the end.
    pub fn sessions(&self) -> usize {
        self.meetings.len()
    }

    /// The day of so many days after the first.
    pub fn day(&self, after: u64) -> NaiveDate {
        self.first + Days::new(after)
    }

    fn at(&mut self, day: u64, pair: usize, happens: Happens) {
        if let Some(then) = self.happens.get_mut(day as usize) {
            then.push((pair, happens));
        }
    }

    fn life(&mut self, pair: usize, n: &mut Numbers) -> Plan {
        let day = n.below(30);
        let mut plan = Plan {
            proposed: day,
            ..Plan::default()
        };
        let fate = n.below(100);
        self.at(
            day + 1,
            pair,
            Happens::Step(Step::Accept { by: Role::Mentor }),
        );
        if fate < 2 {
            // Still waits for the other.
            return plan;
        }
        if fate < 4 {
            let by = Role::Mentee;
            self.at(day + 2, pair, Happens::Step(Step::Decline { by }));
            plan.ended = Some((day + 2, 'x'));
            return plan;
        }
        self.at(
            day + 2,
            pair,
            Happens::Step(Step::Accept { by: Role::Mentee }),
        );
        plan.accepted = Some(day + 2);
        self.at(day + 3, pair, Happens::Step(Step::Prepare));
        for (after, by) in [3, 4].into_iter().zip(ROLES) {
            self.at(day + after, pair, Happens::Terms(by));
            self.at(day + after + 2, pair, Happens::Step(Step::Sign { by }));
            plan.signed[usize::from(by == Role::Mentee)] = Some(day + after + 2);
        }
        let start = day + 7;
        self.at(start, pair, Happens::Step(Step::Begin));
        plan.started = Some(start);
        let settle = start + 60;
        let exit = Step::End {
            reason: EndReason::Exit,
        };
        if fate < 7 {
            plan.ended = Some((settle, 'x'));
            self.at(settle, pair, Happens::Step(exit));
            return plan;
        }
        // Two in the chemistry period.
        let mut days = vec![start + 5 + n.below(20), start + 32 + n.below(20)];
        plan.settled = Some(settle);
        self.at(settle, pair, Happens::Settle);
        let last = match fate {
            7..15 => {
                let end = settle + 30 + n.below(400);
                self.at(end, pair, Happens::Step(exit));
                plan.ended = Some((end, 'x'));
                end
            }
            15..35 => {
                let end = settle + 400 + n.below(150);
                self.at(end, pair, Happens::Step(Step::Complete));
                plan.ended = Some((end, 'c'));
                end
            }
            _ => 1_000,
        };
        if fate % 10 == 9 {
            let from = settle + 100 + n.below(200);
            let until = from + 10 + n.below(60);
            if until < last {
                self.at(from, pair, Happens::Step(Step::Pause));
                self.at(until, pair, Happens::Step(Step::Resume));
                plan.hold = Some((from, until));
            }
        }
        let mut next = settle + 1 + n.below(25);
        while next < last.min(800) {
            if !plan.is_held_up(next) {
                days.push(next);
            }
            let within = if n.below(8) == 0 { 50 } else { 20 };
            next += 20 + n.below(within);
        }
        for day in days {
            self.meet(pair, day, last, &plan, n);
        }
        self.learn(pair, settle + 1, last, &plan, n);
        plan
    }

    fn meet(&mut self, pair: usize, day: u64, last: u64, plan: &Plan, n: &mut Numbers) {
        let by = [None, Some(Role::Mentor), Some(Role::Mentee)][n.below(3) as usize];
        let minutes = Minutes::new(30 + n.below(40) as u16).ok();
        let taught = [TaughtBy::Mentor, TaughtBy::Both, TaughtBy::Mentee][n.below(3) as usize];
        let outcome = match (n.below(100), minutes) {
            (0..80, Some(minutes)) => Outcome::Held(Taught::new(taught, minutes)),
            (0..95, _) => Outcome::Cancelled { by },
            _ => Outcome::Missed { by },
        };
        let venue = [
            None,
            Some(Venue::Workplace),
            Some(Venue::Online),
            Some(Venue::Elsewhere),
        ];
        let mut given = [[None; 2]; 2];
        let at = self.meetings.len();
        if outcome.is_held() {
            for (response, theirs) in [Response::Feedback, Response::Recognition]
                .into_iter()
                .zip(&mut given)
            {
                for (by, given) in ROLES.into_iter().zip(theirs) {
                    match n.below(10) {
                        // With the record.
                        0..3 => *given = Some(day),
                        3 if day + 3 < last && !plan.is_held_up(day + 3) => {
                            *given = Some(day + 3);
                            self.at(day + 3, pair, Happens::Respond(at, by, response));
                        }
                        _ => {}
                    }
                }
            }
        }
        self.at(day, pair, Happens::Session(at));
        self.meetings.push(Meeting {
            pair,
            day,
            outcome,
            venue: venue[n.below(4) as usize].filter(|_| outcome.is_held()),
            given,
        });
    }

    fn learn(&mut self, pair: usize, from: u64, last: u64, plan: &Plan, n: &mut Numbers) {
        for learner in ROLES {
            for goal in 0..2 {
                let mut changes = Vec::new();
                let mut day = from + n.below(100);
                let reached = n.below(6) as u8;
                for level in 1..=reached.min(5) {
                    changes.push((day, Change::Found(level)));
                    day += 1 + n.below(100);
                }
                match n.below(10) {
                    // As far as it was meant to go.
                    0..=6 if reached >= 3 => changes.push((day, Change::Achieved)),
                    // One of each side stays.
                    8 if goal == 1 => changes.push((day, Change::Dropped)),
                    _ => {}
                }
                let changes = changes
                    .into_iter()
                    .take_while(|(day, _)| *day < last && !plan.is_held_up(*day));
                for (day, change) in changes {
                    self.at(day, pair, Happens::Goal(learner, goal, change));
                    self.changes.push((pair, learner, goal, day, change));
                }
            }
        }
    }

    /// The programme after everything up to a day, by its verbs.
    pub fn run(&self, until: u64) -> Result<Program, Failed> {
        let mut ids = SequentialIds::new(1);
        let roster = self.company(&mut ids)?;
        let at = |day: u64| Stamp::midnight(self.day(day));
        let id = ProgramId::from_source(&mut ids);
        let (mut program, _) = Program::open(id, &roster, Load::default(), at(0))?;
        reverse_mentoring::testing::launch(&mut program, &roster, at(0), &mut ids)?;
        let proofs = self.proofs(&roster)?;
        let coordinator = CoordinatorId::from_source(&mut ids);
        let pairings: Vec<PairingId> = proofs
            .iter()
            .map(|_| PairingId::from_source(&mut ids))
            .collect();
        let sessions: Vec<SessionId> = self
            .meetings
            .iter()
            .map(|_| SessionId::from_source(&mut ids))
            .collect();
        let mut proposed: Vec<Vec<usize>> = vec![Vec::new(); 30];
        for (pair, plan) in self.plans.iter().enumerate() {
            proposed[plan.proposed as usize].push(pair);
        }
        for day in 0..=until {
            let stamp = at(day);
            for &pair in proposed.get(day as usize).into_iter().flatten() {
                let goals = TwoWayGoals::draft(&proofs[pair], at(1_000).on);
                let agreement = Agreement::standard(Cadence::MONTHLY);
                program.propose(
                    pairings[pair],
                    &proofs[pair],
                    goals,
                    agreement,
                    coordinator,
                    stamp,
                )?;
            }
            for &(pair, happens) in &self.happens[day as usize] {
                let id = pairings[pair];
                match happens {
                    Happens::Step(step) => program.advance(id, step, stamp)?,
                    Happens::Terms(by) => {
                        let terms = Terms::new([Preference::Video], [Area::Skills])?;
                        program.state(id, by, terms, stamp)?
                    }
                    Happens::Settle => program.settle(goes_on(&program, id)?, stamp)?,
                    Happens::Session(at) => {
                        program.record(&self.session(at, sessions[at], id, stamp.on), stamp)?
                    }
                    Happens::Respond(at, by, response) => {
                        program.respond(id, sessions[at], by, response, stamp)?
                    }
                    Happens::Goal(learner, goal, change) => {
                        let skill = Skill::new(SKILLS[usize::from(learner == Role::Mentor)][goal])?;
                        let change = match change {
                            Change::Found(level) => GoalChange::CheckedIn {
                                level: Level::new(level)?,
                            },
                            Change::Achieved => GoalChange::Achieved,
                            Change::Dropped => GoalChange::Dropped {
                                reason: DropReason::NotWanted,
                            },
                        };
                        program.change_goal(id, GoalRef::learning(learner, skill), change, stamp)?
                    }
                };
            }
        }
        Ok(program)
    }

    fn session(&self, at: usize, id: SessionId, pairing: PairingId, on: NaiveDate) -> Session {
        let meeting = &self.meetings[at];
        let mut session = Session::new(id, pairing, on, meeting.outcome);
        if let Some(venue) = meeting.venue {
            session = session.with_venue(venue);
        }
        let [feedback, recognition] = meeting.given;
        for (role, (feedback, recognition)) in
            ROLES.into_iter().zip(feedback.into_iter().zip(recognition))
        {
            if feedback == Some(meeting.day) {
                session = session.with_feedback_from(role);
            }
            if recognition == Some(meeting.day) {
                session = session.with_recognition_from(role);
            }
        }
        session
    }

    fn company(&self, ids: &mut SequentialIds) -> Result<Roster, Failed> {
        let (mut people, mut lines) = (Vec::new(), vec![Line::root("ceo")]);
        let place = Capacity::of(NonZeroU32::MIN);
        let [taught, learnt] = SKILLS;
        for n in 0..self.plans.len() + self.spare {
            // The mentor offers what the mentee wishes for.
            for (side, key, grade, offers, wishes) in [
                (Side::Mentor, format!("j{n}"), 2, taught, learnt),
                (Side::Mentee, format!("s{n}"), 8, learnt, taught),
            ] {
                let id = ParticipantId::from_source(ids);
                let offers: Result<Vec<_>, _> =
                    offers.into_iter().map(|s| Offer::new(s, 4)).collect();
                let wishes: Result<Vec<_>, _> =
                    wishes.into_iter().map(|s| Wish::new(s, 0, 3)).collect();
                let person =
                    Participant::new(id, Key::new(key.as_str())?, side, Experience::grade(grade))
                        .with_capacity(place)
                        .with_offers(offers?)?
                        .with_wishes(wishes?)?;
                people.push(person);
                lines.push(Line::new(key, "ceo"));
            }
        }
        Ok(Roster::new(people, ReportingLines::new(lines)?)?)
    }

    fn proofs(&self, roster: &Roster) -> Result<Vec<EligiblePair>, Failed> {
        let (policy, context) = (Policy::core_only(), Context::new(self.first));
        let may = Eligibility::new(roster, &policy, &context);
        let id = |key: String| roster.by_key(&key).map(Participant::id).ok_or("nobody");
        let pairs = (0..self.plans.len()).map(|n| {
            let pair = Pair {
                mentor: id(format!("j{n}"))?,
                mentee: id(format!("s{n}"))?,
            };
            match may.check(pair)? {
                Verdict::Eligible(proof) => Ok(proof),
                Verdict::Ineligible(why) => Err(Failed::from(format!("{why:?}"))),
            }
        });
        pairs.collect()
    }

    /// The plan as tables of comma-separated values, days as numbers from the first on, what is not there empty.
    pub fn write(&self, into: &Path) -> Result<(), Failed> {
        let file = |name: &str| File::create(into.join(name)).map(BufWriter::new);
        let day = |day: Option<u64>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut pairs = file("pairs.csv")?;
        writeln!(
            pairs,
            "pair,proposed,accepted,started,settled,ended,ending,hold_from,hold_until,signed_mentor,signed_mentee"
        )?;
        for (pair, plan) in self.plans.iter().enumerate() {
            let ending = plan
                .ended
                .map(|(_, ending)| ending.to_string())
                .unwrap_or_default();
            let [mentor, mentee] = plan.signed.map(day);
            writeln!(
                pairs,
                "{pair},{},{},{},{},{},{ending},{},{},{mentor},{mentee}",
                plan.proposed,
                day(plan.accepted),
                day(plan.started),
                day(plan.settled),
                day(plan.ended.map(|(day, _)| day)),
                day(plan.hold.map(|(from, _)| from)),
                day(plan.hold.map(|(_, until)| until)),
            )?;
        }
        let mut sessions = file("sessions.csv")?;
        writeln!(
            sessions,
            "pair,day,outcome,by,minutes,taught,venue,feedback_mentor,feedback_mentee,recognition_mentor,recognition_mentee"
        )?;
        for meeting in &self.meetings {
            let side = |by: Option<Role>| by.map_or("", Role::as_str);
            let (outcome, by) = match meeting.outcome {
                Outcome::Cancelled { by } => ("cancelled", side(by)),
                Outcome::Missed { by } => ("missed", side(by)),
                _ => ("held", ""),
            };
            let taught = meeting.outcome.taught();
            let [[fa, fb], [ra, rb]] = meeting.given.map(|given| given.map(day));
            writeln!(
                sessions,
                "{},{},{outcome},{by},{},{},{},{fa},{fb},{ra},{rb}",
                meeting.pair,
                meeting.day,
                taught.map_or(0, |taught| taught.minutes().as_u16()),
                taught.map_or("", |taught| taught.taught_by().as_str()),
                meeting.venue.map_or("", Venue::as_str),
            )?;
        }
        let mut changes = file("changes.csv")?;
        writeln!(changes, "pair,learner,goal,day,change,level")?;
        for (pair, learner, goal, day, change) in &self.changes {
            let (change, level) = match change {
                Change::Found(level) => ("found", *level),
                Change::Achieved => ("achieved", 0),
                Change::Dropped => ("dropped", 0),
            };
            writeln!(
                changes,
                "{pair},{},{goal},{day},{change},{level}",
                learner.as_str()
            )?;
        }
        let mut people = file("people.csv")?;
        writeln!(people, "side,number,since,trained")?;
        for n in 0..self.plans.len() + self.spare {
            for side in ROLES {
                writeln!(people, "{},{n},0,0", side.as_str())?;
            }
        }
        Ok(())
    }
}

/// Both say that they go on.
fn goes_on(program: &Program, pairing: PairingId) -> Result<Decision, Failed> {
    let open = program.pairing(pairing).ok_or("no pairing")?;
    let mut ballot = Ballot::of(pairing);
    for person in [open.pair().mentor, open.pair().mentee] {
        ballot.vote(&open.member(person).ok_or("no member")?, true)?;
    }
    ballot.decision().ok_or_else(|| "no decision".into())
}
