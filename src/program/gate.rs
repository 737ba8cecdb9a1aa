//! The gate: `check` is fallible and pure, `evolve` is total.
//!
//! Live verbs and replay go through the same two functions, so nothing can be replayed that could not have happened.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::refusal::{Problem, Refused};
use super::state::{Gate, Held};
use crate::history::{GoalFacts, PairingFacts};
use crate::ids::{PairingId, ParticipantId, SessionId};
use crate::journal::{Entry, Event, ProposedPairing, Stamp, WIRE_VERSION};
use crate::pair::{Pair, Role};
use crate::pairing::{Stage, Step};
use crate::session::{Outcome, SessionFacts};

pub(super) const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

impl Gate {
    /// Whether an entry may follow; changes nothing. `known` are ids of pairings whose record is closed.
    pub(super) fn check(
        &self,
        entry: &Entry,
        known: &dyn Fn(PairingId) -> bool,
    ) -> Result<(), Refused> {
        let mut problems = self.check_header(entry);
        match &entry.event {
            // A programme is born of its opening; a second one never passes.
            Event::Opened { .. } => problems.push(Problem::Opening),
            Event::Proposed {
                pairings, evidence, ..
            } => {
                if evidence.roster != self.roster {
                    problems.push(Problem::StaleProof);
                }
                if !evidence.covers_core() {
                    problems.push(Problem::Evidence);
                }
                not_in_future(&mut problems, evidence.asked_on, &entry.stamp);
                self.check_proposal(pairings, known, &mut problems);
            }
            Event::Advanced { pairing, step } => {
                self.check_step(*pairing, *step, entry.stamp.on, &mut problems);
            }
            Event::SessionRecorded(session) => {
                if self.sessions.contains(&session.session) {
                    problems.push(Problem::SessionIdTaken(session.session));
                }
                self.check_session(session, &entry.stamp, &mut problems);
            }
            Event::SessionCorrected(session) => {
                let facts = self.record(session.pairing, &entry.stamp);
                if !facts.is_ok_and(|facts| has_session(facts, session.session)) {
                    problems.push(Problem::UnknownSession(session.session));
                }
                self.check_session(session, &entry.stamp, &mut problems);
            }
            Event::SessionVoided { pairing, session } => {
                match self.record(*pairing, &entry.stamp) {
                    Ok(facts) if has_session(facts, *session) => {}
                    Ok(_) => problems.push(Problem::UnknownSession(*session)),
                    Err(problem) => problems.push(problem),
                }
            }
            Event::Progressed {
                pairing,
                learner,
                skill,
                ..
            } => {
                let goal = |g: &GoalFacts| g.learner == *learner && g.skill == *skill;
                let facts = self.record(*pairing, &entry.stamp);
                if facts.is_ok_and(|facts| !facts.goals.iter().any(goal)) {
                    problems.push(Problem::UnknownGoal {
                        learner: *learner,
                        skill: skill.clone(),
                    });
                }
                self.within_pairing(*pairing, entry.stamp.on, &entry.stamp, &mut problems);
            }
            Event::Reorganised {
                left,
                suspended,
                cleared,
                ended,
                ..
            } => self.check_reorganisation(left, suspended, cleared, ended, &mut problems),
        }
        if problems.is_empty() {
            return Ok(());
        }
        Err(Refused(problems))
    }

    /// What can be wrong with an entry whatever it says.
    pub(super) fn check_header(&self, entry: &Entry) -> Vec<Problem> {
        let mut problems: Vec<_> = self.newer.into_iter().map(Problem::ReadOnly).collect();
        if entry.version > WIRE_VERSION || entry.version == 0 {
            problems.push(Problem::Version(entry.version));
        }
        if entry.sequence != self.next {
            problems.push(Problem::Sequence {
                expected: self.next,
                found: entry.sequence,
            });
        }
        let recorded_at = entry.stamp.recorded_at;
        if let Some(last) = self.recorded_at.filter(|last| *last > recorded_at) {
            let found = recorded_at;
            problems.push(Problem::Backwards { last, found });
        }
        not_in_future(&mut problems, entry.stamp.on, &entry.stamp);
        if let Some(opened) = self.opened_on.filter(|opened| entry.stamp.on < *opened) {
            let on = entry.stamp.on;
            problems.push(Problem::BeforeOpening { on, opened });
        }
        problems
    }

    fn check_proposal(
        &self,
        pairings: &[ProposedPairing],
        known: &dyn Fn(PairingId) -> bool,
        problems: &mut Vec<Problem>,
    ) {
        if pairings.is_empty() {
            problems.push(Problem::EmptyProposal);
        }
        let mut ids = BTreeSet::new();
        let mut pairs: BTreeMap<Pair, PairingId> = BTreeMap::new();
        let mut wanted: BTreeMap<(ParticipantId, Role), u32> = BTreeMap::new();
        for new in pairings {
            let stands = self.open.contains_key(&new.id) || self.over.contains_key(&new.id);
            if stands || known(new.id) || !ids.insert(new.id) {
                problems.push(Problem::PairingIdTaken(new.id));
            }
            if new.pair.mentor == new.pair.mentee {
                problems.push(Problem::Oneself(new.pair.mentor));
            }
            let open = self.paired.get(&new.pair).copied();
            let before = pairs.insert(new.pair, new.id);
            if let Some(open) = before.or(open) {
                problems.push(Problem::AlreadyPaired(open));
            }
            for role in ROLES {
                let seats = wanted.entry((new.pair.person(role), role)).or_default();
                *seats = seats.saturating_add(1);
            }
        }
        for ((participant, role), new) in wanted {
            let Some(enrolled) = self.people.get(&participant) else {
                problems.push(Problem::UnknownParticipant(participant));
                continue;
            };
            let taken = self.taken.get(&(participant, role)).copied().unwrap_or(0);
            let wanted = taken.saturating_add(new);
            let places = enrolled.places(role);
            if wanted > places {
                problems.push(Problem::NoPlace {
                    participant,
                    role,
                    places,
                    wanted,
                });
            }
        }
    }

    fn check_step(&self, id: PairingId, step: Step, on: NaiveDate, problems: &mut Vec<Problem>) {
        let Some(Held { pairing, record }) = self.open.get(&id) else {
            // The stage of what is over refuses every step.
            match self.over.get(&id).map(|over| over.pairing.stage()) {
                Some(stage) => problems.extend(stage.after(step).err().map(Problem::Illegal)),
                None => problems.push(Problem::UnknownPairing(id)),
            }
            return;
        };
        if step == Step::Suspend {
            problems.push(Problem::NotByHand);
        }
        let after = match pairing.stage().after(step) {
            Ok(after) => after,
            Err(illegal) => {
                problems.push(Problem::Illegal(illegal));
                return;
            }
        };
        if on < pairing.changed_on() {
            problems.push(Problem::BeforeLatestStep {
                on,
                latest: pairing.changed_on(),
            });
        }
        // As no session is recorded in a pause or after the end, neither comes before one that is.
        if !matches!(after, Stage::Open { .. }) {
            if let Some(session) = record.facts.happened().filter(|date| *date > on) {
                problems.push(Problem::BeforeSession { on, session });
            }
        }
        if step == Step::Settle && !pairing.chemistry_has_run(on) {
            let days = pairing
                .began_on()
                .map_or(0, |began| (on - began).num_days());
            let held = record.facts.held(on).count();
            problems.push(Problem::Chemistry {
                held: u32::try_from(held).unwrap_or(u32::MAX),
                days,
            });
        }
        if step == Step::Reinstate && !pairing.link_gone() {
            problems.push(Problem::LinkRemains);
        }
    }

    fn check_session(&self, session: &SessionFacts, stamp: &Stamp, problems: &mut Vec<Problem>) {
        // A session can be called off before its day; nothing else can be known of a day to come.
        if !matches!(session.result, Outcome::Cancelled { .. }) {
            not_in_future(problems, session.date, stamp);
        }
        self.within_pairing(session.pairing, session.date, stamp, problems);
    }

    /// Whether the pairing ran on a day, and was not held up.
    fn within_pairing(
        &self,
        id: PairingId,
        date: NaiveDate,
        stamp: &Stamp,
        problems: &mut Vec<Problem>,
    ) {
        let facts = match self.record(id, stamp) {
            Ok(facts) => facts,
            Err(problem) => {
                problems.push(problem);
                return;
            }
        };
        let Some(began) = facts.started else {
            problems.push(Problem::NotBegun);
            return;
        };
        let ended = facts.ended.map(|(day, _)| day);
        if date < began || ended.is_some_and(|ended| date > ended) {
            problems.push(Problem::OutsidePairing { date, began, ended });
        }
        // The day on which a hold begins or ends is nobody's: they may have met before or after.
        let inside = |from: NaiveDate, until: Option<NaiveDate>| {
            date > from && until.is_none_or(|until| date < until)
        };
        if facts.holds.iter().any(|h| inside(h.from, h.until)) {
            problems.push(Problem::HeldUp(date));
        }
    }

    fn check_reorganisation(
        &self,
        left: &[ParticipantId],
        suspended: &[PairingId],
        cleared: &[PairingId],
        ended: &[PairingId],
        problems: &mut Vec<Problem>,
    ) {
        for person in left.iter().filter(|p| !self.people.contains_key(p)) {
            problems.push(Problem::UnknownParticipant(*person));
        }
        let named = suspended.iter().chain(cleared).chain(ended);
        for id in named.filter(|id| !self.open.contains_key(id)) {
            problems.push(Problem::UnknownPairing(*id));
        }
        // A link can be gone only where one was: what is cleared could be reinstated.
        let suspended = suspended.iter().map(|id| (id, Step::Suspend));
        let cleared = cleared.iter().map(|id| (id, Step::Reinstate));
        for (id, step) in suspended.chain(cleared) {
            let stage = self.open.get(id).map(|open| open.pairing.stage());
            if let Some(Err(illegal)) = stage.map(|s| s.after(step)) {
                problems.push(Problem::Illegal(illegal));
            }
        }
        let (left, ended): (BTreeSet<_>, BTreeSet<_>) =
            (left.iter().collect(), ended.iter().collect());
        for pairing in self.pairings() {
            let alone = ROLES
                .iter()
                .any(|r| left.contains(&pairing.pair().person(*r)));
            match (alone, ended.contains(&pairing.id())) {
                (true, false) => problems.push(Problem::GoesOnAlone(pairing.id())),
                (false, true) => problems.push(Problem::NobodyLeft(pairing.id())),
                _ => {}
            }
        }
    }
}

fn has_session(facts: &PairingFacts, session: SessionId) -> bool {
    facts.sessions.iter().any(|s| s.id == Some(session))
}

/// A day may be ahead of the instant by one, for calendars east of Greenwich.
fn not_in_future(problems: &mut Vec<Problem>, on: NaiveDate, stamp: &Stamp) {
    let recorded = stamp.recorded_at.date_naive();
    let latest = recorded.checked_add_days(Days::new(1));
    if latest.is_some_and(|latest| on > latest) {
        problems.push(Problem::Future { on, recorded });
    }
}
