//! The parts of an export in their wire form. Every key is always there, null or empty where there is nothing to say.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::person::{ResponsePart, responded};
use crate::cadence::Cadence;
use crate::history::{Course, PairingFacts, Planning};
use crate::ids::{CohortId, PairingId, ParticipantId, SessionId};
use crate::notebook::{Kind, Notebook};
use crate::pair::{Role, Roles};
use crate::pairing::{GoalChange, Priority, SharedGoal};
use crate::privacy::Member;
use crate::roster::{Level, Offer, Participant, PersonRef, Roster, Skill, Wish};
use crate::session::{Outcome, Time, Venue};
use crate::text::{Key, Label};

/// What the roster holds.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct RosterPart {
    key: Key,
    side: &'static str,
    grade: Option<i32>,
    experience_months: Option<u32>,
    capacity: u32,
    hours_per_month: Option<String>,
    offers: Vec<OfferPart>,
    wishes: Vec<WishPart>,
    unit: Option<Label>,
    site: Option<Label>,
    timezone: Option<Label>,
    languages: Vec<Label>,
    interests: Vec<Label>,
    values: Vec<Label>,
    background: Vec<Label>,
    group: Option<Label>,
    manager: Option<Key>,
    dotted: Vec<Key>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct OfferPart {
    skill: Skill,
    level: Level,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct WishPart {
    skill: Skill,
    from: Level,
    to: Level,
}

impl RosterPart {
    pub(super) fn of(participant: &Participant, at: PersonRef, roster: &Roster) -> Self {
        let p = participant.profile();
        let offer = |offer: &Offer| OfferPart {
            skill: offer.skill().clone(),
            level: offer.level(),
        };
        let wish = |wish: &Wish| WishPart {
            skill: wish.skill().clone(),
            from: wish.from(),
            to: wish.to(),
        };
        let lines = roster.lines();
        let key = |person| lines.key(person).cloned();
        Self {
            key: p.key().clone(),
            side: p.side().as_str(),
            grade: p.experience().as_grade(),
            experience_months: p.experience().as_months(),
            capacity: p.capacity().pairings().get(),
            hours_per_month: p.capacity().hours_per_month().map(|h| h.to_string()),
            offers: p.offers().iter().map(offer).collect(),
            wishes: p.wishes().iter().map(wish).collect(),
            unit: p.unit().cloned(),
            site: p.site().cloned(),
            timezone: p.timezone().cloned(),
            languages: p.languages().to_vec(),
            interests: p.interests().labels().to_vec(),
            values: p.values().labels().to_vec(),
            background: p.background().labels().to_vec(),
            group: participant.group().cloned(),
            manager: lines.manager(at).and_then(key),
            dotted: lines.dotted_managers(at).filter_map(key).collect(),
        }
    }
}

/// One pairing, as the history knows it.
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PairingPart {
    pairing: PairingId,
    cohort: Option<CohortId>,
    role: Role,
    partner: ParticipantId,
    proposed: NaiveDate,
    started: Option<NaiveDate>,
    latest_step: NaiveDate,
    introduced: Option<NaiveDate>,
    settled: Option<NaiveDate>,
    agreements: Vec<AgreementPart>,
    signed: Option<NaiveDate>,
    ended: Option<NaiveDate>,
    ending: Option<&'static str>,
    holds: Vec<HoldPart>,
    sessions: Vec<SessionPart>,
    planned: Vec<PlanPart>,
    goals: Vec<GoalPart>,
    shared_goals: Vec<SharedGoalPart>,
    reviewed: BTreeMap<Role, NaiveDate>,
    violations: Vec<String>,
    missing_evidence: Vec<&'static str>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct AgreementPart {
    from: NaiveDate,
    cadence: Cadence,
    until: Option<NaiveDate>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct HoldPart {
    suspended: bool,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct SessionPart {
    session: Option<SessionId>,
    date: NaiveDate,
    starts: Option<DateTime<Utc>>,
    result: Outcome,
    venue: Option<Venue>,
    feedback_from: Roles,
    recognition_from: Roles,
    responded: Vec<ResponsePart>,
    planned: Option<Planning>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct GoalPart {
    learner: Role,
    skill: Skill,
    from: Level,
    to: Level,
    by: Option<NaiveDate>,
    priority: Priority,
    since: NaiveDate,
    changes: Vec<ChangePart>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct SharedGoalPart {
    goal: SharedGoal,
    since: NaiveDate,
    changes: Vec<ChangePart>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ChangePart {
    on: NaiveDate,
    change: GoalChange,
}

fn changes(course: &Course) -> Vec<ChangePart> {
    let changes = course.iter();
    changes
        .map(|(on, change)| ChangePart { on, change })
        .collect()
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct PlanPart {
    session: SessionId,
    date: NaiveDate,
    time: Option<Time>,
}

impl PairingPart {
    pub(super) fn of(pairing: PairingId, role: Role, facts: &PairingFacts) -> Self {
        let holds = facts.holds.iter().map(|hold| HoldPart {
            suspended: hold.suspended,
            from: hold.from,
            until: hold.until,
        });
        let agreements = facts.agreements.iter().map(|agreement| AgreementPart {
            from: agreement.from,
            cadence: agreement.cadence,
            until: agreement.until,
        });
        let sessions = facts.sessions.iter().map(|session| SessionPart {
            session: session.id,
            date: session.date,
            starts: session.starts,
            result: session.outcome,
            venue: session.venue,
            feedback_from: session.feedback_from,
            recognition_from: session.recognition_from,
            responded: session
                .id
                .map_or_else(Vec::new, |id| responded(role, id, facts)),
            planned: session.planned,
        });
        let planned = facts.planned.iter().map(|plan| PlanPart {
            session: plan.id,
            date: plan.date,
            time: plan.time,
        });
        let shared_goals = facts.goals.shared.iter().map(|shared| SharedGoalPart {
            goal: shared.goal.clone(),
            since: shared.since,
            changes: changes(&shared.course),
        });
        let goals = facts.goals.learning.iter().map(|goal| GoalPart {
            learner: goal.learner,
            skill: goal.skill.clone(),
            from: goal.from,
            to: goal.to,
            by: goal.by,
            priority: goal.priority,
            since: goal.since,
            changes: changes(&goal.course),
        });
        // The sentence of a violation may name others.
        let violations = facts.findings.iter().map(|found| found.0.code().to_owned());
        Self {
            pairing,
            cohort: facts.cohort,
            role,
            partner: facts.pair.person(role.other()),
            proposed: facts.proposed,
            started: facts.started,
            latest_step: facts.latest_step,
            introduced: facts.introduced,
            settled: facts.settled,
            agreements: agreements.collect(),
            signed: facts.signed(role),
            ended: facts.ended.map(|(day, _)| day),
            ending: facts.ended.map(|(_, how)| how.as_str()),
            holds: holds.collect(),
            sessions: sessions.collect(),
            planned: planned.collect(),
            goals: goals.collect(),
            shared_goals: shared_goals.collect(),
            reviewed: facts.reviewed.clone(),
            violations: violations.collect(),
            missing_evidence: facts.missing.iter().map(|what| what.code()).collect(),
        }
    }
}

/// What the notebook holds of theirs, and what it reveals to them.
#[derive(Clone, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct NotebookPart {
    pages: Vec<PagePart>,
    feedback: Vec<FeedbackPart>,
    votes: Vec<VotePart>,
    sensitive_skills: Vec<SkillPart>,
    concerns: Vec<ConcernPart>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct PagePart {
    pairing: PairingId,
    kind: Kind,
    session: Option<SessionId>,
    on: NaiveDate,
    words: String,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct FeedbackPart {
    pairing: PairingId,
    session: Option<SessionId>,
    own: Option<String>,
    theirs: Option<String>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct VotePart {
    pairing: PairingId,
    go_on: bool,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct SkillPart {
    reference: Skill,
    name: Skill,
}

#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ConcernPart {
    pairing: PairingId,
    on: NaiveDate,
    words: String,
}

impl NotebookPart {
    pub(super) fn of(person: ParticipantId, seats: &[Member], notebook: &Notebook) -> Self {
        let mut part = Self::default();
        for reader in seats {
            let pairing = reader.pairing();
            let own = notebook.pages(reader);
            let own = own.filter(|page| page.author == reader.role());
            part.pages.extend(own.map(|page| PagePart {
                pairing,
                kind: page.kind,
                session: page.session,
                on: page.on,
                words: page.words.to_owned(),
            }));
            for session in notebook.feedback_on(pairing) {
                let Some(said) = notebook.feedback(reader, session) else {
                    continue;
                };
                let (own, theirs) = (said.own(reader).cloned(), said.theirs(reader).cloned());
                if own.is_some() {
                    part.feedback.push(FeedbackPart {
                        pairing,
                        session,
                        own,
                        theirs,
                    });
                }
            }
            let vote = notebook.own_vote(reader);
            part.votes
                .extend(vote.map(|go_on| VotePart { pairing, go_on }));
        }
        let stated = notebook.stated(person);
        part.sensitive_skills = stated
            .map(|(reference, name)| SkillPart {
                reference: reference.clone(),
                name: name.clone(),
            })
            .collect();
        let signed = notebook.signed(person);
        part.concerns = signed
            .map(|report| ConcernPart {
                pairing: report.pairing,
                on: report.on,
                words: report.words.to_owned(),
            })
            .collect();
        part
    }
}
