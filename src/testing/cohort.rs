//! The cohort of the sample company: what its history says beyond a log.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::launch::charter;
use super::sample::{day, pair};
use crate::charter::{Charter, CharterDraft, CohortDays, Milestone, Sponsor};
use crate::error::Error;
use crate::few::Few;
use crate::history::{
    CohortFacts, Ending, EnrolmentFact, Evidence, History, PairingFacts, SessionBook,
};
use crate::ids::{CohortId, PairingId, SequentialIds, SessionId, SponsorId};
use crate::pair::{Role, Roles};
use crate::pairing::EndReason;
use crate::roster::{Participant, Roster};
use crate::session::{Response, Venue};

/// Everybody is enrolled and trained from the first day on, `jo` is the sponsor, and `di` leaves on day 50. The pairing with
/// goals and the one that is over are of the cohort, and a third was declined.
pub(super) fn launched(history: &mut History, roster: &Roster) -> Result<(), Error> {
    let mut ids = SequentialIds::new(3);
    let cohort = CohortId::from_source(&mut ids);
    let charter = sponsored(roster, &mut ids)?;
    let training = charter.curriculum().training();
    let mut facts = CohortFacts {
        days: Some(CohortDays::between(charter.starts(), charter.ends())?),
        charter: Some(charter),
        reached: [Milestone::Enrolment, Milestone::Launch]
            .map(|milestone| (milestone, day(0)))
            .into(),
        enrolments: Vec::new(),
    };
    let di = roster.by_key("di").map(Participant::id);
    for (participant, person) in &mut history.people {
        let left = (di == Some(*participant)).then(|| day(50));
        facts.enrolments.push(EnrolmentFact {
            participant: *participant,
            from: day(0),
            until: left,
        });
        let places = person.places.iter();
        let places = places.map(|(since, places)| (day(0).max(*since), *places));
        person.places = places.collect();
        person.enrolled = Few::one((day(0), true));
        person.trained = Few::one((day(0), Some(Arc::new(training.clone()))));
        if let Some(day) = left {
            person.places.push((day, None));
            person.enrolled.push((day, false));
            person.trained.push((day, None));
        }
    }
    history.cohorts.insert(cohort, facts);
    history.launched.push((day(0), cohort));
    for facts in history.pairings.values_mut() {
        if facts.ended.is_some() {
            under_way(facts, cohort, day(20), &mut ids);
            facts.ended = facts.ended.map(|(day, _)| (day, Ending::Early));
        } else if !facts.goals.learning.is_empty() {
            under_way(facts, cohort, day(30), &mut ids);
        }
    }
    decline(history, roster, cohort, &mut ids)
}

fn sponsored(roster: &Roster, ids: &mut SequentialIds) -> Result<Charter, Error> {
    let charter = charter(day(0), ids)?;
    let jo = roster.by_key("jo").map(Participant::id);
    let mut draft = CharterDraft::from(charter);
    let sponsor = Sponsor::new(SponsorId::from_source(ids));
    draft.sponsor = jo.map(|jo| sponsor.taking_part_as(jo));
    Ok(Charter::new(draft)?)
}

/// Signed on the first day, settled on another; half of the sessions at work, with feedback of the mentor at once, and one
/// recognised later.
fn under_way(
    facts: &mut PairingFacts,
    cohort: CohortId,
    settled: NaiveDate,
    ids: &mut SequentialIds,
) {
    facts.cohort = Some(cohort);
    facts.settled = Some(settled);
    facts.evidence = Evidence {
        signed: [Some(facts.proposed); 2],
        ..Evidence::default()
    };
    let venues = [Venue::Workplace, Venue::Online].into_iter().cycle();
    let mut sessions = facts.sessions.to_vec();
    for (session, venue) in sessions.iter_mut().zip(venues) {
        session.id = Some(SessionId::from_source(ids));
        if session.outcome.is_held() {
            session.venue = Some(venue);
            session.feedback_from = Roles::NONE.with(Role::Mentor);
        }
    }
    let mut latest = sessions.iter_mut().rev();
    if let Some(session) = latest.find(|s| s.outcome.is_held()) {
        session.recognition_from = Roles::NONE.with(Role::Mentee);
        let key = session
            .id
            .map(|id| (id, Role::Mentee, Response::Recognition));
        let later = session.date.checked_add_days(Days::new(3));
        if let Some((key, later)) = key.zip(later) {
            facts.evidence.responses.add(key, later);
        }
    }
    facts.sessions = sessions.into_iter().collect();
}

/// A proposal of day 5, declined on day 12.
fn decline(
    history: &mut History,
    roster: &Roster,
    cohort: CohortId,
    ids: &mut SequentialIds,
) -> Result<(), Error> {
    let Some(any) = history.pairings.values().next() else {
        return Ok(());
    };
    let mut facts = any.clone();
    let (proposed, on) = (day(5), day(12));
    facts.pair = pair(roster, "cy", "hal")?;
    facts.cohort = Some(cohort);
    (facts.proposed, facts.latest_step) = (proposed, on);
    (facts.accepted, facts.started, facts.settled) = (None, None, None);
    facts.ended = Some((on, Ending::Ended(EndReason::Declined)));
    facts.agreements.iter_mut().for_each(|a| a.from = proposed);
    facts.holds.clear();
    facts.sessions = SessionBook::default();
    facts.goals = crate::history::GoalBook::default();
    facts.evidence = Evidence::default();
    facts.missing.clear();
    let id = PairingId::from_source(ids);
    history.pairings.insert(id, facts);
    Ok(())
}
