//! Taking over the pairings of a programme that runs elsewhere, and what becomes of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::adopted::Adopted;
use super::gate::ROLES;
use super::refusal::{AdoptionProblem, Refused};
use super::{Program, ReadModel};
use crate::eligibility::EligiblePair;
use crate::history::{LoggedPairing, capacity_of, judge};
use crate::ids::{CohortId, CoordinatorId, IdSource, PairingId, ParticipantId, SessionId};
use crate::journal::{AdoptedGoal, AdoptedPairing, Entry, Event, ProposedPairing, Stamp};
use crate::pair::{Pair, Role};
use crate::pairing::{Agreement, Breach, Decision, Missing, TwoWayGoals};
use crate::policy::Context;
use crate::roster::{PersonRef, Roster};
use crate::session::Session;
use crate::text::Key;

/// What was taken over, and what was not: nothing of the logs is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Adoption {
    /// What was written down; `None` where there was nothing to take over.
    pub entry: Option<Entry>,
    /// The other system's key of each adopted pairing, in the order of the ids. Only the host has them.
    pub keys: BTreeMap<PairingId, Key>,
    /// The pairings that were left where they are, by key.
    pub left_out: Vec<LeftOut>,
}

/// A pairing of the logs that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// The other system's key.
    pub key: Key,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why a pairing of the logs was not taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WhyLeftOut {
    /// It has ended by the day of the adoption.
    #[error("it ended on {0}")]
    Over(NaiveDate),
    /// It begins after the day of the adoption.
    #[error("it begins on {0}")]
    ToCome(NaiveDate),
    /// Somebody in this role is no participant of the roster.
    #[error("the {0} is no participant of the roster")]
    NoParticipant(Role),
    /// Mentor and mentee are one.
    #[error("somebody is paired with themselves")]
    Oneself,
    /// The two have another pairing, here or earlier in the logs.
    #[error("pairing {0} of the same two is open")]
    Paired(PairingId),
}

/// How an adopted pairing stands, that is neither regularised nor ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AdoptionStanding {
    /// Which.
    pub pairing: PairingId,
    /// Who.
    pub pair: Pair,
    /// The first day, elsewhere.
    pub started: NaiveDate,
    /// The last day on which it may go on as it is.
    pub deadline: NaiveDate,
    /// Whether that is past: nothing is left but to regularise or to end it.
    pub deadline_past: bool,
    /// Core invariants that it broke when it was adopted, but for a link that is gone and after which it went on.
    pub breaches: Vec<Breach>,
    /// What it cannot show.
    pub missing: Vec<Missing>,
    /// Whether a line of management holds it up: then it waits for a decision.
    pub held_up: bool,
    /// Whether they pause, by [`Step::Pause`](crate::pairing::Step::Pause).
    pub paused: bool,
    /// Whether that line is gone in the latest roster, so that it may go on.
    pub link_gone: bool,
}

impl AdoptionStanding {
    fn new(pairing: PairingId, adopted: &Adopted, today: NaiveDate) -> Self {
        let facts = &adopted.record.facts;
        Self {
            pairing,
            pair: facts.pair,
            started: facts.proposed,
            deadline: adopted.deadline,
            deadline_past: today > adopted.deadline,
            breaches: adopted.breaches.clone(),
            missing: facts.missing.clone(),
            held_up: adopted.is_suspended(),
            paused: adopted.is_paused(),
            link_gone: adopted.link_gone,
        }
    }
}

impl<V: ReadModel> Program<V> {
    /// Takes over the pairings of a programme that runs elsewhere, as they are on the day: with their start, cadence,
    /// sessions and goals, with the core invariants that they break and with what they cannot show.
    ///
    /// Judged are the invariants that [`adopt`](fn@crate::history::adopt) judges; open pairings of this programme count
    /// into the places. A pairing over a line of management enters held up and waits for a [decision](Self::decide). All
    /// take places of both people, go on as they are until the `deadline`, have their sessions recorded, and wait to be
    /// [regularised](Self::regularise). Whoever is no participant of the roster cannot be taken over; such pairings, those
    /// that are over and those to come are in the answer. Sessions dated after the day are left to be recorded.
    ///
    /// Ids come from the source in the order of the pairings' keys, the pairing's first, then those of its sessions.
    ///
    /// # Errors
    ///
    /// [`Refused`] where the roster is not the programme's or the deadline is past.
    pub fn adopt(
        &mut self,
        logs: &[LoggedPairing],
        roster: &Roster,
        deadline: NaiveDate,
        approved_by: CoordinatorId,
        stamp: Stamp,
        ids: &mut impl IdSource,
    ) -> Result<Adoption, Refused> {
        let mut by_key: Vec<&LoggedPairing> = logs.iter().collect();
        by_key.sort_by(|a, b| a.key.cmp(&b.key));
        let people: BTreeMap<PersonRef, ParticipantId> =
            roster.seats().map(|(p, at)| (at, p.id())).collect();
        let (mut left_out, mut taken) = (Vec::new(), Vec::new());
        let mut paired = self.gate.paired.clone();
        let mut keys = BTreeMap::new();
        for log in by_key {
            match pair_of(log, &people, stamp.on, &paired) {
                Ok(pair) => {
                    let id = PairingId::from_source(ids);
                    paired.insert(pair, id);
                    keys.insert(id, log.key.clone());
                    taken.push((log, adopted(log, id, pair, roster, stamp.on, ids)));
                }
                Err(why) => left_out.push(LeftOut {
                    key: log.key.clone(),
                    why,
                }),
            }
        }
        self.beyond_places(&mut taken, roster);
        let pairings: Vec<_> = taken.into_iter().map(|(_, new)| new).collect();
        let event = Event::Adopted {
            approved_by,
            roster: roster.fingerprint(),
            deadline,
            pairings,
        };
        let entry = if keys.is_empty() {
            None
        } else {
            Some(self.write(stamp, event)?)
        };
        Ok(Adoption {
            entry,
            keys,
            left_out,
        })
    }

    /// Notes a breach for those beyond somebody's places: those that started last, ties by key.
    fn beyond_places(&self, taken: &mut [(&LoggedPairing, AdoptedPairing)], roster: &Roster) {
        for role in ROLES {
            let mut by_person: BTreeMap<PersonRef, Vec<usize>> = BTreeMap::new();
            for (at, (log, _)) in taken.iter().enumerate() {
                let person = match role {
                    Role::Mentor => log.mentor,
                    Role::Mentee => log.mentee,
                };
                by_person.entry(person).or_default().push(at);
            }
            for (person, mut theirs) in by_person {
                // They are in the order of the keys, and the sort is stable.
                theirs.sort_by_key(|&at| taken.get(at).map(|(log, _)| log.started));
                let places = capacity_of(roster, person).places(self.gate.load);
                let first = theirs.first().and_then(|&at| taken.get(at));
                let id = first.map(|(_, new)| new.pair.person(role));
                let open = id.and_then(|id| self.gate.taken.get(&(id, role)).copied());
                let left = places.saturating_sub(open.unwrap_or(0));
                for at in theirs.into_iter().skip(left as usize) {
                    if let Some((_, new)) = taken.get_mut(at) {
                        new.breaches.push(Breach::Places);
                        new.breaches.dedup();
                    }
                }
            }
        }
    }

    /// Decides about an adopted pairing: ends it, or lets one go on that was held up and whose link is gone.
    ///
    /// # Errors
    ///
    /// [`Refused`] where it is no adopted pairing, the link is still there, nothing held it up, or the reason for the end is
    /// none that a coordinator can give.
    pub fn decide(
        &mut self,
        pairing: PairingId,
        decision: Decision,
        approved_by: CoordinatorId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let event = Event::Decided {
            pairing,
            approved_by,
            decision,
        };
        self.write(stamp, event)
    }

    /// Makes an adopted pairing one like any other: with a proof that the two may be paired, goals both ways and an
    /// agreement. It enters the stage `preparing`, in which both sign; its start and its sessions stay, its goals are those
    /// given here, and levels are found anew. Until they begin they are held up: what they do in between is no session, and
    /// what was planned falls away as with a pause. One that is paused stays paused, until somebody resumes it.
    ///
    /// The deadline does not stop this: after it, nothing else is left but to end it.
    ///
    /// The proof is asked with the [context](Self::context_beside) in which this pairing is not open already.
    ///
    /// # Errors
    ///
    /// [`Refused`] where it is no adopted pairing or one of other people, where they have more pairings than places, are not
    /// enrolled, where a session, progress or step of a later day is on record, and as for [`propose`](Self::propose).
    pub fn regularise(
        &mut self,
        pairing: PairingId,
        proof: &EligiblePair,
        goals: TwoWayGoals,
        agreement: Agreement,
        approved_by: CoordinatorId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let cohort: CohortId = self.cohort_of(proof.pair().mentor)?;
        let new = ProposedPairing {
            id: pairing,
            pair: proof.pair(),
            goals,
            agreement,
            levels: proof.exempted(),
        };
        let event = Event::Regularised {
            approved_by,
            cohort,
            evidence: proof.evidence().clone(),
            pairing: Box::new(new),
        };
        self.write(stamp, event)
    }

    /// The adopted pairings that are neither regularised nor ended, by id, as they stand on a day.
    pub fn adoptions(&self, today: NaiveDate) -> impl Iterator<Item = AdoptionStanding> {
        let open = self.gate.open_adopted();
        open.map(move |(id, adopted)| AdoptionStanding::new(id, adopted, today))
    }
}

impl Program {
    /// The [context](Self::context) without an adopted pairing, to ask whether its two may be paired.
    ///
    /// # Errors
    ///
    /// [`Refused`] where it is no adopted pairing that waits to be regularised.
    pub fn context_beside(&self, pairing: PairingId, today: NaiveDate) -> Result<Context, Refused> {
        let adopted = self.gate.adopted(pairing);
        let adopted =
            adopted.ok_or_else(|| Refused(vec![AdoptionProblem::NotAdopted(pairing).into()]))?;
        let pair = adopted.pair();
        let open = self.gate.paired.keys().copied();
        Ok(self.context_with(today, open.filter(|open| *open != pair)))
    }
}

/// Who they are, or why the pairing stays where it is.
fn pair_of(
    log: &LoggedPairing,
    people: &BTreeMap<PersonRef, ParticipantId>,
    on: NaiveDate,
    paired: &BTreeMap<Pair, PairingId>,
) -> Result<Pair, WhyLeftOut> {
    if let Some((ended, _)) = log.ended.as_ref().filter(|(ended, _)| *ended <= on) {
        return Err(WhyLeftOut::Over(*ended));
    }
    if log.started > on {
        return Err(WhyLeftOut::ToCome(log.started));
    }
    if log.mentor == log.mentee {
        return Err(WhyLeftOut::Oneself);
    }
    let find = |person, role| {
        let id = people.get(&person).copied();
        id.ok_or(WhyLeftOut::NoParticipant(role))
    };
    let pair = Pair {
        mentor: find(log.mentor, Role::Mentor)?,
        mentee: find(log.mentee, Role::Mentee)?,
    };
    match paired.get(&pair) {
        Some(open) => Err(WhyLeftOut::Paired(*open)),
        None => Ok(pair),
    }
}

fn adopted(
    log: &LoggedPairing,
    id: PairingId,
    pair: Pair,
    roster: &Roster,
    on: NaiveDate,
    ids: &mut impl IdSource,
) -> AdoptedPairing {
    let (breaches, missing) = judge(log, pair, roster);
    let sessions = log.sessions.iter();
    let sessions = sessions.filter(|s| s.date <= on && s.date >= log.started);
    let sessions = sessions.map(|logged| {
        let session = SessionId::from_source(ids);
        let session = Session::new(session, id, logged.date, logged.outcome);
        *session.facts()
    });
    let goals = log.goals.iter().map(|goal| AdoptedGoal {
        learner: goal.learner,
        skill: goal.skill.clone(),
        from: goal.from,
        to: goal.to,
        now: goal.now,
    });
    AdoptedPairing {
        id,
        pair,
        started: log.started,
        cadence: log.cadence,
        sessions: sessions.collect(),
        goals: goals.collect(),
        breaches,
        missing,
    }
}
