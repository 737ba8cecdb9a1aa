//! A programme against a reference model in plain maps, over random commands.
//!
//! The model shares no rule with the library: it climbs the raw lines, keeps its own stages, counts its own places and
//! days, and says beforehand whether a command passes. `PROPTEST_CASES` sets how many sequences are tried.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility::EligiblePair;
use reverse_mentoring::ids::{PairingId, SequentialIds, SessionId};
use reverse_mentoring::journal::{Entry, Stamp};
use reverse_mentoring::pair::{Pair, Role};
use reverse_mentoring::pairing::{Agreement, Consent, EndReason, Phase, Stage, Step, TwoWayGoals};
use reverse_mentoring::program::{Program, ProgramRecord, Refused};
use reverse_mentoring::roster::{Level, Load, Roster, Side, Skill};
use reverse_mentoring::session::Outcome;
use support::*;

const PEOPLE: usize = 8;

/// One person as the files would say it; everybody reports to somebody with a smaller number.
#[derive(Debug, Clone)]
struct Raw {
    side: Option<Side>,
    grade: i32,
    places: u32,
    manager: Option<usize>,
    dotted: BTreeSet<usize>,
}

#[derive(Debug, Clone)]
struct World {
    people: Vec<Raw>,
    roster: Roster,
}

impl World {
    fn first() -> Self {
        let sides = [
            None,
            Some(Side::Mentee),
            Some(Side::Either),
            Some(Side::Mentor),
        ];
        let raw = |n: usize| Raw {
            side: sides[[0, 1, 1, 2, 2, 3, 3, 3][n]],
            grade: [9, 8, 7, 5, 4, 2, 1, 1][n],
            places: [1, 2, 1, 1, 2, 1, 2, 1][n],
            manager: [
                None,
                Some(0),
                Some(0),
                Some(0),
                Some(0),
                Some(3),
                Some(3),
                Some(4),
            ][n],
            dotted: BTreeSet::new(),
        };
        Self::of((0..PEOPLE).map(raw).collect())
    }

    fn of(people: Vec<Raw>) -> Self {
        let key = |n: usize| format!("p{n}");
        let staff = people.iter().enumerate().map(|(n, raw)| Staff {
            key: key(n),
            id: n as u32,
            side: raw.side,
            grade: raw.grade,
            places: raw.places,
            manager: raw.manager.map(key),
            dotted: raw.dotted.iter().copied().map(key).collect(),
        });
        let roster = Company(staff.collect()).roster();
        Self { people, roster }
    }

    /// The next world: one thing changes.
    fn changed(&self, what: u8, who: u8, how: u8) -> Self {
        let mut people = self.people.clone();
        let n = usize::from(who) % PEOPLE;
        let other = usize::from(how) % PEOPLE;
        match what % 8 {
            0 | 1 if n > 0 => people[n].manager = Some(other % n),
            2 | 3 if other != n => {
                people[n].dotted.insert(other);
            }
            4 => people[n].dotted.clear(),
            5 => people[n].grade = i32::from(how % 10),
            6 => people[n].places = 1 + u32::from(how % 3),
            7 => {
                let sides = [
                    None,
                    Some(Side::Mentor),
                    Some(Side::Mentee),
                    Some(Side::Either),
                ];
                people[n].side = sides[usize::from(how) % 4];
            }
            _ => {}
        }
        Self::of(people)
    }

    fn above(&self, person: usize) -> BTreeSet<usize> {
        let (mut seen, mut todo) = (BTreeSet::new(), vec![person]);
        while let Some(at) = todo.pop() {
            let raw = &self.people[at];
            for up in raw.manager.iter().chain(&raw.dotted) {
                if seen.insert(*up) {
                    todo.push(*up);
                }
            }
        }
        seen
    }

    fn linked(&self, a: usize, b: usize) -> bool {
        self.above(a).contains(&b) || self.above(b).contains(&a)
    }

    fn places(&self, person: usize, role: Role) -> u32 {
        let raw = &self.people[person];
        let offered = match (raw.side, role) {
            (None, _) => false,
            (Some(Side::Either), _) => true,
            (Some(Side::Mentor), role) => role == Role::Mentor,
            (Some(Side::Mentee), role) => role == Role::Mentee,
            _ => unreachable!(),
        };
        if offered { raw.places } else { 0 }
    }

    /// Pairs that may be proposed, as the model sees it.
    fn eligible(&self) -> Vec<(usize, usize)> {
        let all = (0..PEOPLE).flat_map(|a| (0..PEOPLE).map(move |b| (a, b)));
        let may = |&(a, b): &(usize, usize)| {
            a != b
                && self.places(a, Role::Mentor) > 0
                && self.places(b, Role::Mentee) > 0
                && self.people[a].grade < self.people[b].grade
                && !self.linked(a, b)
        };
        all.filter(may).collect()
    }

    fn proof(&self, (a, b): (usize, usize)) -> EligiblePair {
        proof(&self.roster, &format!("p{a}"), &format!("p{b}"))
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Then {
    Proposed(bool, bool),
    Accepted,
    Preparing(bool, bool),
    Chemistry,
    Active,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Now {
    Open(Then),
    Paused(Then),
    Suspended(Then),
    Completed,
    Ended(EndReason),
}

impl Now {
    fn of(stage: Stage) -> Self {
        let both = |c| match c {
            Consent::Nobody => (false, false),
            Consent::Mentor => (true, false),
            Consent::Mentee => (false, true),
            Consent::Both => (true, true),
        };
        let then = |phase| match phase {
            Phase::Proposed { accepted } => Then::Proposed(both(accepted).0, both(accepted).1),
            Phase::Accepted => Then::Accepted,
            Phase::Preparing { signed } => Then::Preparing(both(signed).0, both(signed).1),
            Phase::Chemistry => Then::Chemistry,
            Phase::Active => Then::Active,
            _ => unreachable!(),
        };
        match stage {
            Stage::Open { now } => Self::Open(then(now)),
            Stage::Paused { before } => Self::Paused(then(before)),
            Stage::Suspended { before } => Self::Suspended(then(before)),
            Stage::Completed => Self::Completed,
            Stage::Ended { reason } => Self::Ended(reason),
            _ => unreachable!(),
        }
    }

    fn is_open(self) -> bool {
        !matches!(self, Self::Completed | Self::Ended(_))
    }

    fn after(self, step: Step) -> Option<Self> {
        use Then::{Accepted, Active, Chemistry, Preparing, Proposed};
        Some(match (self, step) {
            (Self::Open(Proposed(mentor, mentee)), Step::Accept { by }) => {
                let (a, b) = match by {
                    Role::Mentor if !mentor => (true, mentee),
                    Role::Mentee if !mentee => (mentor, true),
                    _ => return None,
                };
                Self::Open(if a && b { Accepted } else { Proposed(a, b) })
            }
            (Self::Open(Proposed(..)), Step::Decline { .. }) => Self::Ended(EndReason::Declined),
            (Self::Open(Accepted), Step::Prepare) => Self::Open(Preparing(false, false)),
            (Self::Open(Preparing(mentor, mentee)), Step::Sign { by }) => match by {
                Role::Mentor if !mentor => Self::Open(Preparing(true, mentee)),
                Role::Mentee if !mentee => Self::Open(Preparing(mentor, true)),
                _ => return None,
            },
            (Self::Open(Preparing(true, true)), Step::Begin) => Self::Open(Chemistry),
            (Self::Open(Chemistry), Step::Settle) => Self::Open(Active),
            (Self::Open(then @ (Chemistry | Active)), Step::Pause) => Self::Paused(then),
            (Self::Paused(then), Step::Resume) => Self::Open(then),
            (Self::Suspended(then), Step::Reinstate) => Self::Open(then),
            (Self::Open(Active), Step::Complete) => Self::Completed,
            (
                Self::Suspended(_),
                Step::End {
                    reason: EndReason::Link,
                },
            ) => Self::Ended(EndReason::Link),
            (
                now,
                Step::End {
                    reason: reason @ (EndReason::Exit | EndReason::ProgramClosed),
                },
            ) if now.is_open() => Self::Ended(reason),
            _ => return None,
        })
    }
}

#[derive(Debug, Clone)]
struct Paired {
    id: PairingId,
    mentor: usize,
    mentee: usize,
    now: Now,
    proposed: i64,
    changed: i64,
    began: Option<i64>,
    ended: Option<i64>,
    link_gone: bool,
    /// From, until, by a reorganisation.
    holds: Vec<(i64, Option<i64>, bool)>,
    sessions: BTreeMap<SessionId, (i64, Outcome)>,
    levels: usize,
}

impl Paired {
    fn ran_on(&self, date: i64) -> bool {
        let held_up = |&(from, until, _): &(i64, Option<i64>, bool)| {
            from < date && until.is_none_or(|until| date < until)
        };
        self.began.is_some_and(|began| began <= date)
            && self.ended.is_none_or(|ended| date <= ended)
            && !self.holds.iter().any(held_up)
    }

    /// Whether its record is closed when something is recorded on a day: a quarter after its end.
    fn closed(&self, recorded: i64) -> bool {
        self.ended.is_some_and(|ended| recorded > ended + 92)
    }

    fn held_by(&self, date: i64) -> usize {
        let held = |(on, outcome): &&(i64, Outcome)| {
            *on <= date && matches!(outcome, Outcome::Held { .. })
        };
        self.sessions.values().filter(held).count()
    }

    /// Whether a session that was not called off is dated after a day.
    fn met_after(&self, on: i64) -> bool {
        let mut sessions = self.sessions.values();
        sessions.any(|(date, outcome)| *date > on && *outcome != CANCELLED)
    }

    /// A day, or the latest on which something happened that a late reorganisation cannot undo.
    fn not_before(&self, on: i64) -> i64 {
        let happened = self
            .sessions
            .values()
            .filter(|(_, outcome)| *outcome != CANCELLED);
        let happened = happened.map(|(date, _)| *date);
        happened.chain([self.changed, on]).max().unwrap()
    }

    fn enter(&mut self, now: Now, on: i64) {
        for hold in self.holds.iter_mut().filter(|h| h.1.is_none()) {
            hold.1 = Some(on);
        }
        match now {
            Now::Paused(_) => self.holds.push((on, None, false)),
            Now::Suspended(_) => self.holds.push((on, None, true)),
            Now::Completed | Now::Ended(_) => self.ended = Some(on),
            Now::Open(Then::Chemistry) if self.began.is_none() => self.began = Some(on),
            Now::Open(_) => {}
        }
        self.now = now;
        self.changed = self.changed.max(on);
    }
}

struct Model {
    world: World,
    before: World,
    paired: Vec<Paired>,
    entries: u64,
    last: i64,
    today: i64,
    sessions: u32,
    /// Every session id that was ever on record, and whose it was last.
    used: BTreeMap<SessionId, usize>,
}

impl Model {
    fn open(&self, person: usize, role: Role) -> u32 {
        let mine = |p: &&Paired| {
            p.now.is_open()
                && person
                    == if role == Role::Mentor {
                        p.mentor
                    } else {
                        p.mentee
                    }
        };
        self.paired.iter().filter(mine).count() as u32
    }

    /// Whether all of these pairs may be added.
    fn fits(&self, pairs: &[(usize, usize)]) -> bool {
        let mut seats: BTreeMap<(usize, Role), u32> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for &(a, b) in pairs {
            *seats.entry((a, Role::Mentor)).or_default() += 1;
            *seats.entry((b, Role::Mentee)).or_default() += 1;
            let open = |p: &Paired| p.now.is_open() && (p.mentor, p.mentee) == (a, b);
            if !seen.insert((a, b)) || self.paired.iter().any(open) {
                return false;
            }
        }
        let fits = |((person, role), new): (&(usize, Role), &u32)| {
            self.open(*person, *role) + new <= self.world.places(*person, *role)
        };
        !pairs.is_empty() && seats.iter().all(fits)
    }
}

/// The model, the programme and its journal, side by side.
struct Run {
    model: Model,
    program: Program,
    journal: Vec<Entry>,
    ids: SequentialIds,
    passed: usize,
    refused: usize,
}

impl Run {
    fn new() -> Self {
        let world = World::first();
        let opened = Program::open(program_id(), &world.roster, Load::DEFAULT, at(0));
        let (program, entry) = opened.unwrap();
        let model = Model {
            before: world.clone(),
            world,
            paired: Vec::new(),
            entries: 1,
            last: 0,
            today: 0,
            sessions: 0,
            used: BTreeMap::new(),
        };
        Self {
            model,
            program,
            journal: vec![entry],
            ids: SequentialIds::new(2),
            passed: 0,
            refused: 0,
        }
    }

    /// Runs a verb of which the model says whether it passes.
    fn verb(
        &mut self,
        passes: bool,
        (on, recorded): (i64, i64),
        verb: impl FnOnce(&mut Program, Stamp, &mut SequentialIds) -> Result<Entry, Refused>,
    ) -> bool {
        let passes = passes && recorded >= self.model.last && (0..=recorded + 1).contains(&on);
        let before = (!passes).then(|| self.program.clone());
        let result = verb(&mut self.program, late(on, recorded), &mut self.ids);
        match (&result, before) {
            (Ok(entry), None) => {
                self.journal.push(entry.clone());
                self.model.entries += 1;
                self.model.last = recorded;
                self.passed += 1;
            }
            (Err(refused), Some(before)) => {
                assert!(!refused.0.is_empty());
                assert_eq!(self.program, before, "a refusal left a trace");
                self.refused += 1;
            }
            (Ok(entry), Some(_)) => panic!("the model refuses {entry:?}"),
            (Err(refused), None) => panic!("the model lets pass: {refused:?}"),
        }
        passes
    }

    fn command(&mut self, [op, a, b, c, d]: [u8; 5]) {
        self.model.today += [0, 0, 1, 2, 20][usize::from(d % 5)];
        let today = self.model.today;
        let back = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3, 30, -1, -2][usize::from(d / 5 % 14)];
        let recorded = today - if d == 255 { 25 } else { 0 };
        let (on, stamp) = (today - back, (today - back, recorded));
        let count = self.model.paired.len();
        let open = (0..count).filter(|n| self.model.paired[*n].now.is_open());
        let open: Vec<usize> = open.collect();
        let which = if a < 230 && !open.is_empty() {
            open[usize::from(a) % open.len()]
        } else {
            usize::from(a) % (count + 1)
        };
        let id = self
            .model
            .paired
            .get(which)
            .map_or(pairing_id(99), |p| p.id);
        match op % 32 {
            1..=5 => self.propose(a, b, c, stamp),
            6..=17 => {
                let step = self.step(which, b, c);
                let paired = self.model.paired.get(which);
                let passes = paired.is_some_and(|p| {
                    let days = p.began.map_or(0, |began| on - began);
                    p.now.after(step).is_some()
                        && on >= p.changed
                        && (step != Step::Settle || p.held_by(on) >= 2 || days >= 60)
                        && (step != Step::Reinstate || p.link_gone)
                        && (matches!(p.now.after(step), Some(Now::Open(_))) || !p.met_after(on))
                });
                if self.verb(passes, stamp, |p, s, _| p.advance(id, step, s)) {
                    let paired = &mut self.model.paired[which];
                    paired.enter(paired.now.after(step).unwrap(), on);
                }
            }
            18..=25 => self.session(op % 32, which, id, b, c, stamp),
            26 => {
                let skill = Skill::new(["video", "budget", "sql"][usize::from(b % 3)]).unwrap();
                let learner = if c % 2 == 0 {
                    Role::Mentor
                } else {
                    Role::Mentee
                };
                let paired = self.model.paired.get(which);
                let passes =
                    b % 3 != 2 && paired.is_some_and(|p| p.ran_on(on) && !p.closed(recorded));
                let level = Level::new(c % 6).unwrap();
                if self.verb(passes, stamp, |p, s, _| {
                    p.progress(id, learner, skill, level, s)
                }) {
                    self.model.paired[which].levels += 1;
                }
            }
            27..=29 => self.reorganise(a, b, c, stamp),
            _ => {}
        }
        self.compare(which);
    }

    fn propose(&mut self, a: u8, b: u8, c: u8, stamp: (i64, i64)) {
        let now = self.model.world.eligible();
        let then = self.model.before.eligible();
        let pick = |list: &[(usize, usize)], k: u8| {
            let at = usize::from(b) + usize::from(k) * usize::from(c);
            (!list.is_empty()).then(|| list[at % list.len()])
        };
        let other = self.model.before.roster.fingerprint() != self.model.world.roster.fingerprint();
        let stale = other && a % 16 == 15;
        let mixed = other && a % 16 == 14;
        let mut pairs = Vec::new();
        for k in 0..=(a / 16 % 3) {
            let old = stale || (mixed && k == 0);
            let (world, list) = if old {
                (&self.model.before, &then)
            } else {
                (&self.model.world, &now)
            };
            pairs.extend(pick(list, k).map(|pair| (pair, world.proof(pair), old)));
        }
        if pairs.is_empty() {
            return;
        }
        let wanted: Vec<_> = pairs.iter().map(|(pair, ..)| *pair).collect();
        let fresh = !pairs.iter().any(|(.., old)| *old);
        let people = |pair: &(usize, usize)| {
            [pair.0, pair.1].map(|n| self.model.world.people[n].side.is_some()) == [true, true]
        };
        let passes = fresh && wanted.iter().all(people) && self.model.fits(&wanted);
        let proofs: Vec<_> = pairs.into_iter().map(|(_, proof, _)| proof).collect();
        let ids = if a % 16 == 13 {
            // By hand, with an id that may be taken.
            let reused = self.model.paired.get(usize::from(b % 4)).map(|p| p.id);
            let id = reused.unwrap_or(pairing_id(1000 + self.model.paired.len() as u32));
            let goals = TwoWayGoals::draft(&proofs[0]);
            let agreement = Agreement::standard(Cadence::WEEKLY);
            let passes = reused.is_none() && fresh && self.model.fits(&wanted[..1]);
            let done = self.verb(passes, stamp, |p, s, _| {
                p.propose(id, &proofs[0], goals, agreement, coordinator(), s)
            });
            if done { vec![id] } else { vec![] }
        } else {
            let template = if stale {
                &self.model.before
            } else {
                &self.model.world
            };
            if template.eligible().is_empty() {
                return;
            }
            let plan = plan_of(&template.roster, &proofs).approve(coordinator());
            let mut ids = self.ids.clone();
            let done = self.verb(passes, stamp, |p, s, ids| {
                p.propose_all(&plan, Cadence::MONTHLY, s, ids)
            });
            let new = wanted.iter().map(|_| PairingId::from_source(&mut ids));
            if done { new.collect() } else { vec![] }
        };
        for (id, (mentor, mentee)) in ids.into_iter().zip(wanted) {
            self.model.paired.push(Paired {
                id,
                mentor,
                mentee,
                now: Now::Open(Then::Proposed(false, false)),
                proposed: stamp.0,
                changed: stamp.0,
                began: None,
                ended: None,
                link_gone: true,
                holds: Vec::new(),
                sessions: BTreeMap::new(),
                levels: 0,
            });
        }
    }

    /// Often the step that comes next, else any.
    fn step(&self, which: usize, b: u8, c: u8) -> Step {
        use Then::{Accepted, Active, Chemistry, Preparing, Proposed};
        let by = if c % 2 == 0 {
            Role::Mentor
        } else {
            Role::Mentee
        };
        let reason = [EndReason::Exit, EndReason::Link, EndReason::Left][usize::from(c % 3)];
        let next = self.model.paired.get(which).map(|p| p.now);
        match next {
            Some(Now::Open(then)) if b < 220 => match then {
                Proposed(mentor, _) => {
                    let by = if mentor { Role::Mentee } else { by };
                    Step::Accept { by }
                }
                Accepted => Step::Prepare,
                Preparing(true, true) => Step::Begin,
                Preparing(mentor, _) => {
                    let by = if mentor { Role::Mentee } else { by };
                    Step::Sign { by }
                }
                Chemistry if b < 150 => Step::Settle,
                Active if b < 20 => Step::Complete,
                _ if b < 100 => Step::Settle,
                _ => Step::Pause,
            },
            Some(Now::Paused(_)) if b < 150 => Step::Resume,
            Some(Now::Suspended(_)) if b < 200 => Step::Reinstate,
            _ => match b % 12 {
                0 => Step::Accept { by },
                1 => Step::Decline { by },
                2 => Step::Prepare,
                3 => Step::Sign { by },
                4 => Step::Begin,
                5 => Step::Settle,
                6 => Step::Pause,
                7 => Step::Resume,
                8 => Step::Suspend,
                9 => Step::Reinstate,
                10 => Step::Complete,
                _ => Step::End { reason },
            },
        }
    }

    fn session(&mut self, op: u8, which: usize, id: PairingId, b: u8, c: u8, stamp: (i64, i64)) {
        let (_, recorded) = stamp;
        let date =
            self.model.today - [0, 0, 0, 0, 0, 0, 1, 2, 5, 10, 40, -1, -2, -9][usize::from(b % 14)];
        let outcome = [held(), held(), held(), CANCELLED, MISSED][usize::from(c % 5)];
        let new = op < 23;
        let number = match c / 5 % 4 {
            _ if self.model.sessions == 0 => 0,
            0..=2 if new => self.model.sessions,
            _ => u32::from(b) % self.model.sessions,
        };
        let session = session_id(number);
        let paired = self.model.paired.get(which);
        let known = paired.is_some_and(|p| p.sessions.contains_key(&session));
        let made = reverse_mentoring::session::Session::new(session, id, day(date), outcome);
        let future = date > recorded + 1 && !matches!(outcome, Outcome::Cancelled { .. });
        let open = paired.is_some_and(|p| !p.closed(recorded));
        let sound = open && paired.is_some_and(|p| p.ran_on(date)) && !future;
        self.model.sessions = self.model.sessions.max(number + 1);
        let done = match op {
            ..=22 => {
                // What the gate has forgotten by now is nobody's.
                let owner = self
                    .model
                    .used
                    .get(&session)
                    .map(|&n| &self.model.paired[n]);
                let fresh = owner.is_none_or(|p| p.closed(self.model.last));
                self.verb(sound && fresh, stamp, |p, s, _| p.record(&made, s))
            }
            23 | 24 => self.verb(sound && known, stamp, |p, s, _| p.correct(&made, s)),
            _ => {
                if self.verb(known && open, stamp, |p, s, _| p.void(id, session, s)) {
                    self.model.paired[which].sessions.remove(&session);
                }
                false
            }
        };
        if done {
            self.model.used.insert(session, which);
            let sessions = &mut self.model.paired[which].sessions;
            sessions.insert(session, (date, outcome));
        }
    }

    fn reorganise(&mut self, a: u8, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, _) = stamp;
        let world = self.model.world.changed(a, b, c);
        let gone = |n: usize| world.people[n].side.is_none();
        let mut next = self.model.paired.clone();
        for p in next.iter_mut().filter(|p| p.now.is_open()) {
            let linked = world.linked(p.mentor, p.mentee);
            let suspended = matches!(p.now, Now::Suspended(_));
            if gone(p.mentor) || gone(p.mentee) {
                p.enter(Now::Ended(EndReason::Left), p.not_before(on));
            } else if linked && !suspended {
                let (Now::Open(then) | Now::Paused(then)) = p.now else {
                    unreachable!()
                };
                p.enter(Now::Suspended(then), p.not_before(on));
                p.link_gone = false;
            } else if suspended {
                p.link_gone = !linked;
            }
        }
        if self.verb(true, stamp, |p, s, _| p.reorganise(&world.roster, s)) {
            self.model.before = std::mem::replace(&mut self.model.world, world);
            self.model.paired = next;
        }
    }

    fn days(date: chrono::NaiveDate) -> i64 {
        (date - day(0)).num_days()
    }

    /// One pairing, fact by fact.
    fn compare_facts(&self, p: &Paired) {
        let facts = self.program.history().pairing(p.id).unwrap();
        assert_eq!(facts.pair, pair(p.mentor as u32, p.mentee as u32));
        assert_eq!(Self::days(facts.proposed), p.proposed);
        assert_eq!(Self::days(facts.latest_step), p.changed);
        assert_eq!(facts.started.map(Self::days), p.began);
        assert_eq!(facts.ended.map(|(d, _)| Self::days(d)), p.ended);
        let holds = facts.holds.iter();
        let holds = holds.map(|h| (Self::days(h.from), h.until.map(Self::days), h.suspended));
        assert_eq!(holds.collect::<Vec<_>>(), p.holds);
        let sessions = facts.sessions.iter();
        let sessions = sessions.map(|s| (s.id.unwrap(), (Self::days(s.date), s.outcome)));
        assert_eq!(sessions.collect::<BTreeMap<_, _>>(), p.sessions);
        assert_eq!(facts.sessions.len(), p.sessions.len());
        assert!(facts.sessions.is_sorted_by_key(|s| s.date));
        assert_eq!(
            facts.goals.iter().map(|g| g.found.len()).sum::<usize>(),
            p.levels
        );
        if let Some(open) = self.program.pairing(p.id) {
            assert_eq!(open.held() as usize, p.held_by(i64::MAX));
            assert_eq!(open.began_on().map(Self::days), p.began);
            assert_eq!(Self::days(open.changed_on()), p.changed);
            assert_eq!(open.link_gone(), p.link_gone);
        }
    }

    fn compare(&self, which: usize) {
        let (model, program) = (&self.model, &self.program);
        assert_eq!(program.next_sequence(), model.entries);
        assert_eq!(program.roster(), model.world.roster.fingerprint());
        let mut open = 0;
        for p in &model.paired {
            let known = (!p.closed(model.last)).then_some(p.now);
            assert_eq!(program.stage(p.id).map(Now::of), known);
            assert_eq!(program.pairing(p.id).is_some(), p.now.is_open());
            open += usize::from(p.now.is_open());
            // The core invariants, on the world of today.
            if p.now.is_open() {
                let linked = model.world.linked(p.mentor, p.mentee);
                assert!(!linked || matches!(p.now, Now::Suspended(_)), "{p:?}");
            }
        }
        assert_eq!(program.open_pairings().count(), open);
        if let Some(p) = model.paired.get(which) {
            self.compare_facts(p);
        }
    }

    fn seats(&self) -> BTreeMap<(usize, Role), u32> {
        let roles = [Role::Mentor, Role::Mentee];
        let seats = (0..PEOPLE).flat_map(|n| roles.map(|r| (n, r)));
        seats
            .map(|(n, r)| ((n, r), self.model.open(n, r)))
            .collect()
    }

    /// Nobody gets beyond their places: a count above them can only be one that a reorganisation left.
    fn check_places(&self, before: &BTreeMap<(usize, Role), u32>) {
        let mut counted: BTreeMap<(usize, Role), u32> = BTreeMap::new();
        for pairing in self.program.open_pairings() {
            assert!(!pairing.goals().mentor().is_empty() && !pairing.goals().mentee().is_empty());
            let Pair { mentor, mentee } = pairing.pair();
            assert_ne!(mentor, mentee);
            for (person, role) in [(mentor, Role::Mentor), (mentee, Role::Mentee)] {
                let number = (0..PEOPLE).find(|n| person_id(*n as u32) == person);
                *counted.entry((number.unwrap(), role)).or_default() += 1;
            }
        }
        for (seat, n) in self.seats() {
            assert_eq!(counted.get(&seat).copied().unwrap_or(0), n);
            let places = self.model.world.places(seat.0, seat.1);
            assert!(
                n <= places || n <= before[&seat],
                "{seat:?} has {n} of {places}"
            );
        }
    }

    fn finish(&self) {
        for p in &self.model.paired {
            self.compare_facts(p);
        }
        let enrolled = self.program.people();
        let enrolled = enrolled.map(|e| (e.participant, e.as_mentor, e.as_mentee));
        let world = &self.model.world;
        let expected = (0..PEOPLE)
            .filter(|n| world.people[*n].side.is_some())
            .map(|n| {
                let places = |role| world.places(n, role);
                (
                    person_id(n as u32),
                    places(Role::Mentor),
                    places(Role::Mentee),
                )
            });
        assert_eq!(enrolled.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        let text = self
            .journal
            .iter()
            .map(|e| serde_json::to_string(e).unwrap());
        let read = text.map(|t| serde_json::from_str(&t).unwrap());
        let read: Vec<Entry> = read.collect();
        assert_eq!(read, self.journal);
        assert_eq!(Program::replay(&read).unwrap(), self.program);
        // The gate alone, from the journal and from its record, is the same gate.
        let gate = Program::replay_with((), &read).unwrap();
        assert_eq!(gate.to_record(), self.program.to_record());
        let record = serde_json::to_string(&gate.to_record()).unwrap();
        let record: ProgramRecord = serde_json::from_str(&record).unwrap();
        assert_eq!(Program::restore(&record).unwrap(), gate);
        let reopened = Program::reopen(&read, &world.roster, at(self.model.last)).unwrap();
        assert_eq!(
            (reopened.program, reopened.entry),
            (self.program.clone(), None)
        );
    }
}

fn play(commands: &[[u8; 5]]) -> Run {
    let mut run = Run::new();
    for command in commands {
        let before = run.seats();
        run.command(*command);
        run.check_places(&before);
    }
    run.finish();
    run
}

fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        max_shrink_iters: 3_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_programme_does_what_the_model_says(
        commands in prop::collection::vec(any::<[u8; 5]>(), 200)
    ) {
        play(&commands);
    }
}

#[test]
fn the_commands_are_worth_trying() {
    // A fixed sequence from a counter: enough of them pass, enough are refused, and every kind of state is reached.
    let mut seen = BTreeSet::new();
    let (mut passed, mut refused) = (0, 0);
    let mut state: u64 = 1;
    let mut byte = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    for _ in 0..20 {
        let commands: Vec<_> = (0..200).map(|_| [0; 5].map(|_| byte())).collect();
        let run = play(&commands);
        passed += run.passed;
        refused += run.refused;
        let stages = run
            .model
            .paired
            .iter()
            .filter_map(|p| run.program.stage(p.id));
        seen.extend(stages.map(|s| s.as_str()));
    }
    println!("{passed} passed, {refused} refused, {seen:?}");
    assert!(passed > 1000 && refused > 1000, "{passed} {refused}");
    assert!(seen.len() >= 8, "{seen:?}");
}
