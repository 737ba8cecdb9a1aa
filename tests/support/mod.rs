//! A small company, its days and ids, for the tests of programme, journal and health.
//!
//! Everybody offers and wishes the same two skills, so that experience, lines, sides and places alone decide.
#![allow(dead_code, reason = "each test file uses a part")]

mod adopted;

use std::num::NonZeroU32;

use chrono::{Days, NaiveDate};
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::charter::{
    Budget, Charter, CharterDraft, Cohort, CohortDays, Curriculum, Readiness, Sponsor,
};
use reverse_mentoring::eligibility::{Eligibility, EligiblePair, Verdict};
use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::history::{Adopted, LoggedPairing, LoggedSession, ReadModel, adopt};
use reverse_mentoring::ids::{
    CohortId, CoordinatorId, PairingId, ParticipantId, ProgramId, SequentialIds, SessionId,
};
use reverse_mentoring::journal::{Entry, Stamp};
use reverse_mentoring::matching::{self, Criteria, Greedy, MatchPlan};
use reverse_mentoring::pair::{Pair, Role};
use reverse_mentoring::pairing::{Area, EndReason, Preference, Step, Terms};
use reverse_mentoring::policy::{Context, Policy};
use reverse_mentoring::privacy::{Ballot, Decision};
use reverse_mentoring::program::{Program, Refused};
use reverse_mentoring::roster::{
    Capacity, Colleague, Experience, Line, Load, Offer, Participant, Person, ReportingLines,
    Roster, Side, Wish,
};
use reverse_mentoring::session::{Minutes, Outcome, Session, Taught, TaughtBy};
use reverse_mentoring::text::{Key, Label};

#[allow(unused_imports, reason = "each test file uses a part")]
pub(crate) use adopted::{logged_goal, sound_log};

/// Writes a golden file anew where `BLESS` asks for it: after a change that is meant, and looked at.
pub(crate) fn bless(name: &str, text: &str) {
    if std::env::var_os("BLESS").is_some() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// The day `n` of the tests; day 0 is 1 January 2026.
pub(crate) fn day(n: i64) -> NaiveDate {
    let zero = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    if n < 0 {
        zero - Days::new(n.unsigned_abs())
    } else {
        zero + Days::new(n.unsigned_abs())
    }
}

/// Happened and recorded on day `n`.
pub(crate) fn at(n: i64) -> Stamp {
    Stamp::midnight(day(n))
}

/// Happened on day `on`, recorded on day `recorded`.
pub(crate) fn late(on: i64, recorded: i64) -> Stamp {
    Stamp::new(Stamp::midnight(day(recorded)).recorded_at, day(on))
}

fn uuid(space: u32, n: u32) -> String {
    format!("{space:08x}-0000-8000-8000-{n:012x}")
}

pub(crate) fn person_id(n: u32) -> ParticipantId {
    uuid(1, n).parse().unwrap()
}

pub(crate) fn pairing_id(n: u32) -> PairingId {
    uuid(2, n).parse().unwrap()
}

pub(crate) fn session_id(n: u32) -> SessionId {
    uuid(3, n).parse().unwrap()
}

pub(crate) fn program_id() -> ProgramId {
    uuid(4, 1).parse().unwrap()
}

pub(crate) fn coordinator() -> CoordinatorId {
    uuid(5, 1).parse().unwrap()
}

/// Somebody of the company, before it is a roster.
#[derive(Debug, Clone)]
pub(crate) struct Staff {
    pub(crate) key: String,
    pub(crate) id: u32,
    /// `None` for a colleague who takes no part.
    pub(crate) side: Option<Side>,
    pub(crate) grade: i32,
    pub(crate) places: u32,
    pub(crate) manager: Option<String>,
    pub(crate) dotted: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Company(pub(crate) Vec<Staff>);

impl Company {
    /// `ceo` over `cto`, `cfo` and `ops`; `ops` over the juniors `ada`, `ben` and `cleo`. Ids count from 1 in the order
    /// below; `ceo` takes no part.
    pub(crate) fn base() -> Self {
        let staff = |key: &str, id, side, grade, places, manager: Option<&str>| Staff {
            key: key.to_owned(),
            id,
            side,
            grade,
            places,
            manager: manager.map(str::to_owned),
            dotted: Vec::new(),
        };
        let (junior, senior) = (Some(Side::Mentor), Some(Side::Mentee));
        Self(vec![
            staff("ceo", 0, None, 10, 1, None),
            staff("ada", 1, junior, 2, 1, Some("ops")),
            staff("ben", 2, junior, 2, 2, Some("ops")),
            staff("cleo", 3, junior, 3, 1, Some("ops")),
            staff("cto", 4, senior, 8, 2, Some("ceo")),
            staff("cfo", 5, senior, 8, 1, Some("ceo")),
            staff("ops", 6, Some(Side::Either), 5, 1, Some("ceo")),
        ])
    }

    fn change(mut self, key: &str, change: impl FnOnce(&mut Staff)) -> Self {
        change(self.0.iter_mut().find(|s| s.key == key).unwrap());
        self
    }

    pub(crate) fn reports(self, key: &str, manager: &str) -> Self {
        self.change(key, |s| s.manager = Some(manager.to_owned()))
    }

    pub(crate) fn dotted(self, key: &str, manager: &str) -> Self {
        self.change(key, |s| s.dotted.push(manager.to_owned()))
    }

    pub(crate) fn grade(self, key: &str, grade: i32) -> Self {
        self.change(key, |s| s.grade = grade)
    }

    pub(crate) fn places(self, key: &str, places: u32) -> Self {
        self.change(key, |s| s.places = places)
    }

    pub(crate) fn side(self, key: &str, side: Option<Side>) -> Self {
        self.change(key, |s| s.side = side)
    }

    pub(crate) fn roster(&self) -> Roster {
        let lines = self.0.iter().map(|s| {
            let line = match &s.manager {
                Some(manager) => Line::new(s.key.as_str(), manager.as_str()),
                None => Line::root(s.key.as_str()),
            };
            s.dotted
                .iter()
                .fold(line, |line, d| line.dotted(d.as_str()))
        });
        let people = self.0.iter().map(|s| {
            let key = Key::new(s.key.as_str()).unwrap();
            let (experience, capacity) = (
                Experience::grade(s.grade),
                Capacity::of(NonZeroU32::new(s.places).unwrap()),
            );
            let Some(side) = s.side else {
                return Person::from(Colleague {
                    key,
                    experience: Some(experience),
                    capacity,
                });
            };
            let offers = ["video", "budget"].map(|skill| Offer::new(skill, 4).unwrap());
            let wishes = [("video", 1, 3), ("budget", 0, 5)];
            let wishes = wishes.map(|(skill, from, to)| Wish::new(skill, from, to).unwrap());
            let participant = Participant::new(person_id(s.id), key, side, experience)
                .with_capacity(capacity)
                .with_offers(offers)
                .and_then(|p| p.with_wishes(wishes));
            Person::from(participant.unwrap())
        });
        Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap()
    }
}

/// The answer to "may they?" by the core invariants alone, asked on day 0.
pub(crate) fn verdict(roster: &Roster, mentor: &str, mentee: &str) -> Verdict {
    let (policy, context) = (Policy::core_only(), Context::new(day(0)));
    let eligibility = Eligibility::new(roster, &policy, &context);
    eligibility.check_keys(mentor, mentee).unwrap()
}

pub(crate) fn proof(roster: &Roster, mentor: &str, mentee: &str) -> EligiblePair {
    proof_where(roster, mentor, mentee, |context| context)
}

/// The proof where more is known than the day.
pub(crate) fn proof_where(
    roster: &Roster,
    mentor: &str,
    mentee: &str,
    known: impl FnOnce(Context) -> Context,
) -> EligiblePair {
    let (policy, context) = (Policy::core_only(), known(Context::new(day(0))));
    let eligibility = Eligibility::new(roster, &policy, &context);
    match eligibility.check_keys(mentor, mentee).unwrap() {
        Verdict::Eligible(proof) => proof,
        Verdict::Ineligible(why) => panic!("{mentor} and {mentee}: {why:?}"),
    }
}

/// A plan of exactly these proofs, put together by hand from one that a matcher made.
pub(crate) fn plan_of(roster: &Roster, proofs: &[EligiblePair]) -> MatchPlan {
    let (policy, context) = (Policy::core_only(), Context::new(day(0)));
    let eligibility = Eligibility::new(roster, &policy, &context);
    let mut plan = matching::plan(&eligibility, &Criteria::none(), &Greedy).unwrap();
    let any = plan
        .proposals
        .first()
        .expect("somebody is eligible")
        .clone();
    let proposals = proofs.iter().map(|proof| {
        let mut proposal = any.clone();
        proposal.proof = proof.clone();
        proposal
    });
    plan.proposals = proposals.collect();
    plan
}

/// A programme with its journal.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) program: Program,
    pub(crate) journal: Vec<Entry>,
    pub(crate) ids: SequentialIds,
}

pub(crate) fn cohort_id(n: u32) -> CohortId {
    uuid(6, n).parse().unwrap()
}

/// A charter of ten years from day 0, without rules beside the core.
pub(crate) fn charter() -> Charter {
    Charter::new(draft()).unwrap()
}

pub(crate) fn draft() -> CharterDraft {
    let label = |text: &str| Label::new(text).unwrap();
    let hours = |text: &str| text.parse().unwrap();
    CharterDraft {
        purpose: Some(label("purpose")),
        sponsor: Some(Sponsor::new(uuid(7, 1).parse().unwrap())),
        starts: Some(day(0)),
        ends: Some(day(3653)),
        curriculum: Some(Curriculum::new(label("basics"), label("1"))),
        budget: Some(Budget::new(hours("20"), hours("2"), hours("1")).unwrap()),
        cadence: Some(Cadence::MONTHLY),
        policy: Some(Vec::new()),
        approved_by: Some(coordinator()),
        contact: None,
        chemistry: None,
    }
}

/// A cohort over the days of the [`charter`].
pub(crate) fn cohort(n: u32) -> Cohort {
    let days = CohortDays::between(day(0), day(3653)).unwrap();
    Cohort::new(cohort_id(n), days)
}

/// Everybody with a side, ready.
pub(crate) fn everybody(roster: &Roster) -> Vec<(ParticipantId, Readiness)> {
    let people = roster.participants().iter();
    people.map(|p| (p.id(), Readiness::confirmed())).collect()
}

/// Enrols everybody of a roster in the first cohort, launches it and trains them, on day 0.
pub(crate) fn launch<V: ReadModel>(program: &mut Program<V>, roster: &Roster) -> [Entry; 3] {
    let people = everybody(roster);
    let enrolled = program.enrol(cohort_id(1), people.clone(), at(0));
    let launched = program.launch(charter(), cohort(1), at(0));
    let training = charter().curriculum().training();
    let trained = program.trained(training, people.into_iter().map(|(id, _)| id), at(0));
    [enrolled, launched, trained].map(Result::unwrap)
}

impl Kept {
    /// A programme in whose first cohort everybody is enrolled and trained: four entries.
    pub(crate) fn open(roster: &Roster) -> Self {
        let mut kept = Self::opened(roster);
        kept.journal.extend(launch(&mut kept.program, roster));
        kept
    }

    /// A programme in which nobody is enrolled.
    pub(crate) fn opened(roster: &Roster) -> Self {
        let (program, entry) = Program::open(program_id(), roster, Load::DEFAULT, at(0)).unwrap();
        Self {
            program,
            journal: vec![entry],
            ids: SequentialIds::new(2),
        }
    }

    /// Enrols and trains somebody who joins later.
    pub(crate) fn join(&mut self, person: u32, on: i64) {
        let who = person_id(person);
        let answer = [(who, Readiness::confirmed())];
        let enrolled = self.program.enrol(cohort_id(1), answer, at(on));
        let training = charter().curriculum().training();
        let trained = self.program.trained(training, [who], at(on));
        self.journal.extend([enrolled, trained].map(Result::unwrap));
    }

    /// Proposes pairs by keys, on one day; ids count from 1.
    pub(crate) fn propose(&mut self, roster: &Roster, pairs: &[(&str, &str)], on: i64) {
        let proofs = pairs.iter().map(|(a, b)| proof(roster, a, b));
        let proofs: Vec<_> = proofs.collect();
        let plan = plan_of(roster, &proofs).approve(coordinator());
        let ids = &mut self.ids;
        let entry = self
            .program
            .propose_all(&plan, Cadence::MONTHLY, at(on), ids);
        self.journal.push(entry.unwrap());
    }

    pub(crate) fn step(&mut self, pairing: u32, step: Step, on: i64) {
        let entry = advance(&mut self.program, pairing_id(pairing), step, at(on));
        self.journal.push(entry.unwrap());
    }

    /// The programme, the gate from its journal and the gate from its record are one; reopened with its roster, nothing is
    /// new.
    pub(crate) fn agrees(&self, roster: &Roster, on: i64) {
        let text = self
            .journal
            .iter()
            .map(|e| serde_json::to_string(e).unwrap());
        let read: Vec<_> = text.map(|t| serde_json::from_str(&t).unwrap()).collect();
        assert_eq!(read, self.journal);
        let gate = Program::replay_with((), &read).unwrap();
        let record = serde_json::to_string(&gate.to_record()).unwrap();
        let record = serde_json::from_str(&record).unwrap();
        assert_eq!(Program::restore(&record).unwrap(), gate);
        let reopened = Program::reopen(&read, roster, at(on)).unwrap();
        assert_eq!(reopened.program, self.program);
        assert_eq!(reopened.entry, None);
    }

    /// All steps from the proposal to the first day of the chemistry period.
    pub(crate) fn begin(&mut self, pairing: u32, on: i64) {
        for step in BEGIN {
            self.step(pairing, step, on);
            if step == Step::Prepare {
                self.state(pairing, on);
            }
        }
    }

    /// Both say what they bring in.
    pub(crate) fn state(&mut self, pairing: u32, on: i64) {
        for by in [MENTOR, MENTEE] {
            let entry = self.program.state(pairing_id(pairing), by, terms(), at(on));
            self.journal.push(entry.unwrap());
        }
    }

    /// Both want to go on after a suspension.
    pub(crate) fn reinstate(&mut self, pairing: u32, on: i64) {
        for by in [MENTOR, MENTEE] {
            self.step(pairing, Step::Reinstate { by }, on);
        }
    }

    pub(crate) fn record(&mut self, session: &Session, stamp: Stamp) {
        let entry = self.program.record(session, stamp).unwrap();
        self.journal.push(entry);
    }

    pub(crate) fn reorganise(&mut self, roster: &Roster, on: i64) -> &Entry {
        let entry = self.program.reorganise(roster, at(on)).unwrap();
        self.journal.push(entry);
        self.journal.last().unwrap()
    }
}

const MENTOR: Role = Role::Mentor;
const MENTEE: Role = Role::Mentee;

pub(crate) const END: Step = Step::End {
    reason: EndReason::Exit,
};

pub(crate) fn terms() -> Terms {
    Terms::new([Preference::Video], [Area::Generation]).unwrap()
}

/// A step; the two settle by their ballot, in which both say yes.
pub(crate) fn advance<V: ReadModel>(
    program: &mut Program<V>,
    pairing: PairingId,
    step: Step,
    stamp: Stamp,
) -> Result<Entry, Refused> {
    match ballot(program, pairing, [true, true]) {
        Some(decision) if step == Step::Settle => program.settle(decision, stamp),
        _ => program.advance(pairing, step, stamp),
    }
}

/// What the two of an open pairing decide who vote so.
pub(crate) fn ballot<V: ReadModel>(
    program: &Program<V>,
    pairing: PairingId,
    votes: [bool; 2],
) -> Option<Decision> {
    let open = program.pairing(pairing)?;
    let mut ballot = Ballot::of(pairing);
    for (person, vote) in [open.pair().mentor, open.pair().mentee]
        .into_iter()
        .zip(votes)
    {
        ballot.vote(&open.member(person)?, vote).unwrap();
    }
    ballot.decision()
}

/// Everything that a refusal says.
pub(crate) fn words<T>(result: Result<T, Refused>) -> Vec<String> {
    let refused = result.err().expect("it is refused");
    refused.0.iter().map(ToString::to_string).collect()
}

/// The same in one line.
pub(crate) fn said(refused: &Refused) -> String {
    let problems: Vec<_> = refused.0.iter().map(ToString::to_string).collect();
    problems.join("; ")
}

/// From the proposal to the chemistry period.
pub(crate) const BEGIN: [Step; 6] = [
    Step::Accept { by: MENTOR },
    Step::Accept { by: MENTEE },
    Step::Prepare,
    Step::Sign { by: MENTEE },
    Step::Sign { by: MENTOR },
    Step::Begin,
];

pub(crate) fn pair(mentor: u32, mentee: u32) -> Pair {
    Pair {
        mentor: person_id(mentor),
        mentee: person_id(mentee),
    }
}

pub(crate) fn held_for(minutes: u16, taught_by: TaughtBy) -> Outcome {
    let minutes = Minutes::new(minutes).unwrap();
    Outcome::Held(Taught::new(taught_by, minutes))
}

pub(crate) fn held() -> Outcome {
    held_for(60, TaughtBy::Mentor)
}

pub(crate) const CANCELLED: Outcome = Outcome::Cancelled { by: Some(MENTEE) };
pub(crate) const MISSED: Outcome = Outcome::Missed { by: None };

pub(crate) fn session(id: u32, pairing: u32, on: i64, outcome: Outcome) -> Session {
    Session::new(session_id(id), pairing_id(pairing), day(on), outcome)
}

/// A pairing of another system's log, monthly, without sessions, open.
pub(crate) fn logged(
    roster: &Roster,
    key: &str,
    (mentor, mentee): (&str, &str),
    started: i64,
) -> LoggedPairing {
    let find = |key| roster.lines().find(key).unwrap();
    LoggedPairing {
        key: Key::new(key).unwrap(),
        mentor: find(mentor),
        mentee: find(mentee),
        started: day(started),
        cadence: Cadence::MONTHLY,
        ended: None,
        sessions: Vec::new(),
        goals: Vec::new(),
        pulses: Vec::new(),
    }
}

/// Sessions as (day, outcome).
pub(crate) fn logged_sessions(sessions: &[(i64, Outcome)]) -> Vec<LoggedSession> {
    let sessions = sessions.iter().map(|&(on, outcome)| LoggedSession {
        date: day(on),
        outcome,
    });
    sessions.collect()
}

/// The health of logs on a day, by the standard metrics, and the names of the pairings.
pub(crate) fn health_of(
    logs: &[LoggedPairing],
    roster: &Roster,
    as_of: i64,
) -> (ProgramHealth, Adopted) {
    let ids = &mut SequentialIds::new(8);
    let adopted = adopt(logs, roster, Load::DEFAULT, day(as_of), ids);
    let health = ProgramHealth::assess(&adopted.history, &Metrics::standard(), day(as_of));
    (health.unwrap(), adopted)
}
