//! Facts from the logs of a programme that runs elsewhere, judged against a roster.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::History;
use super::agreements::AgreementFact;
use super::book::SessionBook;
use super::evidence::Evidence;
use super::facts::{Ending, Finding, Missing, PairingFacts, PersonFacts};
use super::goals::{Course, GoalBook, GoalFacts};
use super::log::LoggedPairing;
use super::sessions::SessionFact;
use crate::few::Few;
use crate::ids::{IdSource, PairingId, ParticipantId};
use crate::pair::{Pair, Role};
use crate::pairing::{GoalChange, Priority};
use crate::policy::Violation;
use crate::roster::{Capacity, Experience, Load, PersonRef, Roster};
use crate::text::{Key, Quoted};

/// Facts of a programme that runs elsewhere, and which pairing has which id.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Adopted {
    /// The facts, with findings where an open pairing breaks a core invariant.
    pub history: History,
    /// The other system's key of each pairing, in the order of the ids.
    pub keys: BTreeMap<PairingId, Key>,
}

/// Takes over the logs of a programme that runs elsewhere, as they are judged on the day `as_of`: assess them on the same
/// day.
///
/// The pairings that are open on `as_of` are judged by the core invariants that do not depend on consent:
/// `not-oneself`, `experience-order`, `no-hierarchical-link` and `places`. Sides and policy are not judged: the other
/// system had its own. Of somebody who has more pairings than places, those that started last are in breach, ties
/// by key. A pairing without goals of both lacks evidence; that breaks nothing. Logs say of a goal where it stands, and not
/// by which day it is to be reached, nor whether the two call it achieved: it has no such day, normal priority, is open
/// and was checked in on the day of the start.
///
/// Ids come from the source, in the order of the pairings' keys.
#[must_use]
pub fn adopt(
    logs: &[LoggedPairing],
    roster: &Roster,
    load: Load,
    as_of: NaiveDate,
    ids: &mut impl IdSource,
) -> Adopted {
    let mut by_key: Vec<&LoggedPairing> = logs.iter().collect();
    by_key.sort_by(|a, b| a.key.cmp(&b.key));
    let mut people: BTreeMap<PersonRef, ParticipantId> =
        roster.seats().map(|(p, at)| (at, p.id())).collect();
    let mut history = History::new();
    for (participant, _) in roster.seats() {
        let places = [Role::Mentor, Role::Mentee].map(|r| participant.profile().places(r, load));
        let facts = PersonFacts {
            places: Few::one((NaiveDate::MIN, Some(places))),
            exempted: Few::new(),
            // Their side in the roster is all that is known of their wish.
            enrolled: Few::one((NaiveDate::MIN, true)),
            trained: Few::new(),
        };
        history.people.insert(participant.id(), facts);
    }
    let beyond = beyond_places(&by_key, roster, load, as_of);
    let mut keys = BTreeMap::new();
    for (at, log) in by_key.iter().enumerate() {
        let mut id = |person| {
            *people
                .entry(person)
                .or_insert_with(|| ParticipantId::from_source(ids))
        };
        let pair = Pair {
            mentor: id(log.mentor),
            mentee: id(log.mentee),
        };
        let mut facts = facts_of(log, pair);
        if facts.is_open(as_of) {
            facts.judge(log, roster);
            let crowded = beyond.get(&at).into_iter().flatten();
            facts.findings.extend(crowded.cloned().map(Finding));
        }
        let id = PairingId::from_source(ids);
        history.pairings.insert(id, facts);
        keys.insert(id, log.key.clone());
    }
    Adopted { history, keys }
}

pub(super) fn facts_of(log: &LoggedPairing, pair: Pair) -> PairingFacts {
    let mut facts = PairingFacts {
        pair,
        cohort: None,
        proposed: log.started,
        accepted: Some(log.started),
        started: Some(log.started),
        latest_step: log.started,
        introduced: None,
        settled: None,
        agreements: Few::one(AgreementFact {
            from: log.started,
            cadence: log.cadence,
            until: None,
        }),
        reviewed: BTreeMap::new(),
        offered: None,
        ended: log.ended.as_ref().map(|(day, _)| (*day, Ending::Unknown)),
        holds: Vec::new(),
        sessions: SessionBook::default(),
        planned: Vec::new(),
        goals: GoalBook::default(),
        far_links: Vec::new(),
        findings: Vec::new(),
        missing: Vec::new(),
        evidence: Evidence::adopted([]),
    };
    for session in &log.sessions {
        facts.insert(SessionFact::logged(session.date, session.outcome));
    }
    for goal in &log.goals {
        let mut course = Course::default();
        course.insert(log.started, GoalChange::CheckedIn { level: goal.now });
        facts.goals.learning.push(GoalFacts {
            learner: goal.learner,
            skill: goal.skill.clone(),
            from: goal.from,
            to: goal.to,
            by: None,
            priority: Priority::default(),
            since: log.started,
            course,
        });
    }
    let has = |role| log.goals.iter().any(|g| g.learner == role);
    if !(has(Role::Mentor) && has(Role::Mentee)) {
        facts.missing.push(Missing::Goals);
    }
    facts
}

impl PairingFacts {
    /// Adds what the two people of an open pairing break by themselves.
    pub(super) fn judge(&mut self, log: &LoggedPairing, roster: &Roster) {
        let (mentor, mentee) = (log.mentor, log.mentee);
        let mut found = |code: &'static str, message: String| {
            self.findings.push(Finding(Violation::new(code, message)));
        };
        let lines = roster.lines();
        let name = |p| Quoted(lines.key(p).map_or("", Key::as_str)).to_string();
        if mentor == mentee {
            let message = format!("{} is paired with themselves", name(mentor));
            found("not-oneself", message);
        } else if let Some((upper, lower)) = [(mentor, mentee), (mentee, mentor)]
            .into_iter()
            .find(|&(upper, lower)| lines.is_above(upper, lower))
        {
            let message = format!("{} is above {}", name(upper), name(lower));
            found("no-hierarchical-link", message);
        }
        let experience = |p| experience_of(roster, p);
        let order = experience(mentor).zip(experience(mentee));
        match order.and_then(|(a, b)| Some((a, b, a.order(&b)?))) {
            Some((_, _, Ordering::Less)) => {}
            Some((a, b, _)) => {
                let message = format!("the mentor is not the less experienced: {a} against {b}");
                found("experience-order", message);
            }
            None => self.missing.push(Missing::Experience),
        }
    }
}

fn experience_of(roster: &Roster, person: PersonRef) -> Option<Experience> {
    let known = roster.lines().key(person)?;
    match roster.by_key(known.as_str()) {
        Some(participant) => Some(*participant.profile().experience()),
        None => roster.colleague(person)?.experience,
    }
}

pub(crate) fn capacity_of(roster: &Roster, person: PersonRef) -> Capacity {
    let key = roster.lines().key(person).map_or("", Key::as_str);
    let participant = roster.by_key(key).map(|p| *p.profile().capacity());
    let colleague = || roster.colleague(person).map(|c| c.capacity);
    participant.or_else(colleague).unwrap_or_default()
}

/// Pairings beyond somebody's places, by their place in the logs.
fn beyond_places(
    logs: &[&LoggedPairing],
    roster: &Roster,
    load: Load,
    as_of: NaiveDate,
) -> BTreeMap<usize, Vec<Violation>> {
    let mut open: BTreeMap<(PersonRef, Role), Vec<usize>> = BTreeMap::new();
    for (at, log) in logs.iter().enumerate() {
        let ended = log.ended.as_ref().is_some_and(|(day, _)| *day <= as_of);
        if log.started <= as_of && !ended {
            open.entry((log.mentor, Role::Mentor)).or_default().push(at);
            open.entry((log.mentee, Role::Mentee)).or_default().push(at);
        }
    }
    let mut beyond: BTreeMap<usize, Vec<Violation>> = BTreeMap::new();
    for ((person, role), mut pairings) in open {
        let places = capacity_of(roster, person).places(load);
        // The logs are in the order of the keys, and the sort is stable.
        pairings.sort_by_key(|&at| logs.get(at).map(|log| log.started));
        let has = pairings.len();
        for at in pairings.into_iter().skip(places as usize) {
            let message = format!("the {role} has {has} open pairings and {places} places");
            let violation = Violation::new("places", message)
                .number("open", i64::try_from(has).unwrap_or(i64::MAX))
                .number("places", places);
            beyond.entry(at).or_default().push(violation);
        }
    }
    beyond
}
