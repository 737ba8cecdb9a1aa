//! The adopted pairings of a record: what is wrong with them, or what they were.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Check;
use super::run::Run;
use crate::few::Few;
use crate::history::{
    AgreementFact, Ending, Evidence, Finding, GoalBook, GoalFacts, Hold, PairingFacts,
};
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::pairing::{Breach, GoalChange, Missing};
use crate::program::adopted::Adopted;
use crate::program::flaws::{AdoptedProblem, PairingProblem, RecordProblem};
use crate::program::gate::ROLES;
use crate::program::record::AdoptedRecord;
use crate::program::state::{Record, closed};
use crate::session::{Outcome, may_be_on};

impl Check<'_> {
    pub(super) fn adopted(&mut self, people: &BTreeSet<ParticipantId>) {
        let record = self.record;
        let others = record.pairings.iter();
        let mut ids: BTreeSet<_> = others.clone().map(|pairing| pairing.id).collect();
        let open = others.filter(|pairing| pairing.stage.stage().is_open());
        let mut pairs: BTreeSet<_> = open.map(|pairing| pairing.pair).collect();
        for adopted in &record.adopted {
            let mut found = Vec::new();
            if !ids.insert(adopted.id) {
                self.problems.push(RecordProblem::PairingTwice(adopted.id));
            }
            if adopted.pair.mentor == adopted.pair.mentee {
                found.push(AdoptedProblem::Oneself);
            }
            if adopted.ended.is_none() {
                let those = ROLES.map(|role| adopted.pair.person(role));
                let absent = those.into_iter().filter(|p| !people.contains(p));
                found.extend(absent.map(AdoptedProblem::NotInRoster));
                if !pairs.insert(adopted.pair) {
                    found.push(AdoptedProblem::AlreadyPaired);
                }
            }
            self.adopted_days(adopted, &mut found);
            self.adopted_holds(adopted, &mut found);
            self.adopted_sessions(adopted, &mut found);
            let has = |role| adopted.goals.iter().any(|goal| goal.learner == role);
            let lacks = !(has(Role::Mentor) && has(Role::Mentee));
            if lacks != adopted.missing.contains(&Missing::Goals) {
                found.push(AdoptedProblem::Goals);
            }
            let found = found.into_iter().map(|problem| RecordProblem::Adopted {
                pairing: adopted.id,
                problem,
            });
            self.problems.extend(found);
        }
    }

    fn adopted_days(&self, adopted: &AdoptedRecord, found: &mut Vec<AdoptedProblem>) {
        let changed = adopted.changed_on;
        let levels = adopted.goals.iter().flat_map(|goal| &goal.found);
        let days = levels.map(|(day, _)| *day).chain([changed]);
        for day in days.filter(|day| *day < adopted.started || !self.may_be(*day)) {
            found.push(AdoptedProblem::Day(day));
        }
        // A level is found where the two meet.
        let run = Run::of_adopted(adopted);
        let levels = adopted.goals.iter().flat_map(|goal| &goal.found);
        for (day, _) in levels.filter(|(day, _)| self.may_be(*day) && run.has_begun(*day)) {
            if !run.ran_on(*day) || *day > adopted.deadline {
                found.push(AdoptedProblem::Day(*day));
            }
        }
        if let Some((ended, _)) = adopted.ended {
            if ended != changed {
                found.push(AdoptedProblem::Day(ended));
            }
            if closed(ended, &self.stamp) {
                found.push(AdoptedProblem::Closed(ended));
            }
        }
    }

    /// Holds follow each other; the last of them lasts, or there is no link.
    fn adopted_holds(&self, adopted: &AdoptedRecord, found: &mut Vec<AdoptedProblem>) {
        let mut free = adopted.started;
        for (at, hold) in adopted.holds.iter().enumerate() {
            let last = at + 1 == adopted.holds.len();
            let until = hold.until.unwrap_or(hold.from);
            let order = hold.from >= free && until >= hold.from && until <= adopted.changed_on;
            if !order || (hold.until.is_none() && !last) {
                found.push(AdoptedProblem::Hold(hold.from));
            }
            free = free.max(until);
        }
        let now = adopted.holds.iter().find(|hold| hold.until.is_none());
        let (lasts, suspended) = (now.is_some(), now.is_some_and(|hold| hold.suspended));
        let over = adopted.ended.is_some();
        // Whoever goes on after a link has that off their breaches.
        let linked = !adopted.link_gone || adopted.breaches.contains(&Breach::HierarchicalLink);
        if (lasts && over) || (!suspended && !over && linked) {
            found.push(AdoptedProblem::Link);
        }
    }

    fn adopted_sessions(&mut self, adopted: &AdoptedRecord, found: &mut Vec<AdoptedProblem>) {
        let run = Run::of_adopted(adopted);
        let mut latest = NaiveDate::MIN;
        for session in &adopted.sessions {
            let date = session.date;
            let called_off = matches!(session.result, Outcome::Cancelled { .. });
            let ran = run.ran_on(date) && self.may_be(date);
            let sound = date >= latest && date >= adopted.started;
            if !sound || !(called_off || (ran && date <= adopted.deadline)) {
                found.push(AdoptedProblem::Session(session.id));
            }
            latest = latest.max(date);
            let planning = session.planned;
            let planning = planning.and_then(|planning| self.planning(&run, session.id, planning));
            found.extend(planning.map(AdoptedProblem::Plan));
            if session
                .starts
                .is_some_and(|starts| !may_be_on(starts, date))
            {
                let session = session.id;
                found.push(AdoptedProblem::Plan(PairingProblem::NotOnDay {
                    session,
                    date,
                }));
            }
        }
        let mut plans = Vec::new();
        self.planned(&run, &adopted.planned, &mut plans);
        found.extend(plans.into_iter().map(AdoptedProblem::Plan));
        let astray = adopted.planned.iter().filter(|p| p.date > adopted.deadline);
        found.extend(astray.map(|plan| AdoptedProblem::Session(plan.id)));
        let ids = adopted.sessions.iter().map(|session| session.id);
        let ids = ids.chain(adopted.planned.iter().map(|plan| plan.id));
        for id in ids.chain(adopted.voided.iter().copied()) {
            if !self.sessions.insert(id) {
                found.push(AdoptedProblem::SessionTwice(id));
            }
        }
    }
}

impl Adopted {
    pub(super) fn of(record: &AdoptedRecord) -> Self {
        let mut goals = GoalBook::default();
        for goal in &record.goals {
            let mut learning = GoalFacts::logged(goal.learner, goal.skill.clone(), record.started);
            (learning.from, learning.to) = (goal.from, goal.to);
            for &(on, level) in &goal.found {
                learning.course.insert(on, GoalChange::CheckedIn { level });
            }
            goals.learning.push(learning);
        }
        let findings = record.breaches.iter();
        let findings = findings.map(|breach: &Breach| Finding(breach.violation()));
        let facts = PairingFacts {
            pair: record.pair,
            cohort: None,
            proposed: record.started,
            started: Some(record.started),
            latest_step: record.changed_on,
            accepted: Some(record.started),
            introduced: None,
            settled: None,
            reviewed: BTreeMap::new(),
            agreements: Few::one(AgreementFact {
                from: record.started,
                cadence: record.cadence,
                until: None,
            }),
            offered: None,
            ended: record.ended.map(|(on, why)| (on, Ending::Ended(why))),
            holds: record
                .holds
                .iter()
                .map(|hold| Hold {
                    suspended: hold.suspended,
                    from: hold.from,
                    until: hold.until,
                })
                .collect(),
            sessions: record.sessions.iter().map(|s| s.fact()).collect(),
            planned: record.planned.iter().map(|plan| plan.fact()).collect(),
            goals,
            far_links: Vec::new(),
            findings: findings.collect(),
            missing: record.missing.clone(),
            evidence: Evidence::default(),
        };
        Self {
            record: Record {
                voided: record.voided.iter().copied().collect(),
                ..Record::of(facts)
            },
            deadline: record.deadline,
            breaches: record.breaches.clone(),
            link_gone: record.link_gone,
        }
    }
}
