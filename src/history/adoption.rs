//! The facts of pairings that a live programme has adopted.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::History;
use super::agreements::AgreementFact;
use super::book::SessionBook;
use super::evidence::Evidence;
use super::facts::{Ending, Finding, Hold, Missing, PairingFacts};
use super::goals::{GoalBook, GoalFacts};
use super::log::LoggedPairing;
use crate::few::Few;
use crate::ids::CohortId;
use crate::journal::{AdoptedPairing, Event, ProposedPairing};
use crate::pair::Pair;
use crate::pairing::{Breach, Decision, GoalChange};
use crate::roster::Roster;

/// What of a logged pairing breaks an invariant by itself, and what it lacks.
pub(crate) fn judge(
    log: &LoggedPairing,
    pair: Pair,
    roster: &Roster,
) -> (Vec<Breach>, Vec<Missing>) {
    let mut facts = super::adopt::facts_of(log, pair);
    facts.judge(log, roster);
    let found = |breach: &Breach| facts.findings.iter().any(|f| f.0.code() == breach.code());
    let breaches = Breach::ALL.into_iter().filter(found).collect();
    (breaches, facts.missing)
}

impl PairingFacts {
    /// What is known of a pairing that is adopted on a day: one over a link is held up from then on.
    pub(crate) fn adopted(new: &AdoptedPairing, on: NaiveDate) -> Self {
        let mut goals = GoalBook::default();
        for goal in &new.goals {
            let mut learning = GoalFacts::logged(goal.learner, goal.skill.clone(), new.started);
            (learning.from, learning.to) = (goal.from, goal.to);
            let level = goal.now;
            learning
                .course
                .insert(new.started, GoalChange::CheckedIn { level });
            goals.learning.push(learning);
        }
        let findings = new
            .breaches
            .iter()
            .map(|breach| Finding(breach.violation()));
        let mut facts = Self {
            pair: new.pair,
            cohort: None,
            proposed: new.started,
            started: Some(new.started),
            latest_step: on,
            accepted: Some(new.started),
            introduced: None,
            settled: None,
            reviewed: BTreeMap::new(),
            agreements: Few::one(AgreementFact {
                from: new.started,
                cadence: new.cadence,
                until: None,
            }),
            offered: None,
            ended: None,
            holds: Vec::new(),
            sessions: SessionBook::default(),
            planned: Vec::new(),
            goals,
            far_links: Vec::new(),
            findings: findings.collect(),
            missing: new.missing.clone(),
            evidence: Evidence::default(),
        };
        for session in &new.sessions {
            facts.record(session);
        }
        if new.breaches.contains(&Breach::HierarchicalLink) {
            facts.suspend(facts.not_before(on));
        }
        facts
    }

    /// What a coordinator has decided.
    pub(crate) fn decide(&mut self, decision: Decision, on: NaiveDate) {
        match decision {
            Decision::GoOn => {
                self.latest_step = self.latest_step.max(on);
                self.release(on);
                let link = Breach::HierarchicalLink.code();
                self.findings.retain(|finding| finding.0.code() != link);
            }
            Decision::End { reason } => self.end(on, Ending::Ended(reason)),
        }
    }

    /// It is a pairing like any other from now on: start and sessions stay, the goals are those that both have now. Until
    /// they have signed and begin, they are held up: what they do in between is no session, and nothing is due.
    pub(crate) fn regularise(&mut self, new: &ProposedPairing, cohort: CohortId, on: NaiveDate) {
        let fresh = Self::of(new, cohort, on);
        self.goals = GoalBook::of(&new.goals, self.proposed);
        // A pause goes on; else they are held up from here until they have signed and begin.
        if self.hold_now().is_none_or(|hold| hold.suspended) {
            self.hold(on, false);
        }
        self.latest_step = self.latest_step.max(on);
        self.cohort = fresh.cohort;
        self.agreements.extend(fresh.agreements);
        self.far_links = fresh.far_links;
        self.findings.clear();
        self.missing.clear();
    }

    /// The hold that lasts.
    pub(crate) fn hold_now(&self) -> Option<&Hold> {
        self.holds.last().filter(|hold| hold.until.is_none())
    }
}

impl History {
    /// Takes in what concerns adopted pairings.
    pub(super) fn take_in_adoption(&mut self, event: &Event, on: NaiveDate) {
        match event {
            Event::Adopted { pairings, .. } => {
                for new in pairings {
                    let mut facts = PairingFacts::adopted(new, on);
                    let sessions = new.sessions.iter().map(|session| session.session);
                    facts.evidence = Evidence::adopted(sessions);
                    self.pairings.insert(new.id, facts);
                }
            }
            Event::Decided {
                pairing, decision, ..
            } => {
                if let Some(facts) = self.pairings.get_mut(pairing) {
                    facts.put_right(on, |facts| facts.decide(*decision, on));
                }
            }
            Event::Regularised {
                pairing, cohort, ..
            } => {
                if let Some(facts) = self.pairings.get_mut(&pairing.id) {
                    if let Some(elsewhere) = &mut facts.evidence.elsewhere {
                        elsewhere.goals = Some(facts.goals.clone());
                        elsewhere.regularised = Some(on);
                    }
                    let holds = facts.holds.len();
                    facts.put_right(on, |facts| facts.regularise(pairing, *cohort, on));
                    facts.note_waits(holds);
                }
            }
            _ => {}
        }
    }
}
