//! What a host can do with a programme.

mod agreements;
mod closing;
mod concern;
mod enrolment;
mod goals;
mod sessions;

use chrono::{Days, NaiveDate};

use super::Program;
use super::opening::{Link, link, places_of};
use super::refusal::{Problem, Refused};
use super::state::Held;
use crate::cadence::Cadence;
use crate::charter::Milestone;
use crate::eligibility::EligiblePair;
use crate::history::ReadModel;
use crate::ids::{CohortId, CoordinatorId, IdSource, PairingId, SessionId};
use crate::journal::{Entry, Event, FarLink, Places, ProposedPairing, Stamp};
use crate::matching::ApprovedPlan;
use crate::pair::Pair;
use crate::pairing::{Agreement, EndReason, Stage, Step, TwoWayGoals};
use crate::privacy::Decision;
use crate::roster::Roster;
use crate::session::Session;

/// How long a pairing is planned to run unless its agreement says otherwise: 180 days, six monthly sessions (AXA, the
/// NHS agreement of Yorkshire & Humber).
pub const USUAL_DAYS: u64 = 180;

impl<V: ReadModel> Program<V> {
    /// Proposes every pair of an approved plan, or none, in the cohort in which its people are enrolled. The agreement is
    /// the standard one at `cadence`, planned to end after [`USUAL_DAYS`], or when the cohort closes if that is sooner. Goals
    /// are drafted from the wishes that matched, to be reached by that day.
    ///
    /// # Errors
    ///
    /// [`Refused`] with every problem of every pair: a proof from another roster, or without the rules of the charter; somebody
    /// who is not enrolled in a launched cohort; no place left, already paired.
    pub fn propose_all(
        &mut self,
        approved: &ApprovedPlan,
        cadence: Cadence,
        stamp: Stamp,
        ids: &mut impl IdSource,
    ) -> Result<Entry, Refused> {
        let plan = approved.plan();
        let Some(first) = plan.proposals.first().map(|p| &p.proof) else {
            return Err(Refused(vec![Problem::EmptyProposal]));
        };
        let cohort = self.cohort_of(first.pair().mentor)?;
        let mut agreement = Agreement::standard(cadence);
        let end = self.usual_end(cohort, stamp.on);
        if let Some(day) = end {
            agreement = agreement.until(day);
        }
        // A cohort that runs over its days has none to keep.
        let due = end.unwrap_or_else(|| usual(stamp.on));
        let pairings = plan.proposals.iter().map(|proposal| ProposedPairing {
            id: PairingId::from_source(ids),
            pair: proposal.proof.pair(),
            goals: TwoWayGoals::draft(&proposal.proof, due),
            agreement: agreement.clone(),
            levels: proposal.proof.exempted(),
        });
        let pairings = pairings.collect();
        let mut proofs = plan.proposals.iter().map(|p| &p.proof);
        let mixed = proofs.any(|proof| proof.evidence() != first.evidence());
        let event = Event::Proposed {
            cohort,
            approved_by: approved.approved_by(),
            matcher: Some(plan.matcher.clone()),
            evidence: first.evidence().clone(),
            pairings,
        };
        if mixed {
            // The entry has room for one evidence; a plan put together by hand from several questions has more.
            let entry = Entry::new(self.gate.next, stamp, event);
            let refused = self.check(&entry).err();
            let mut problems = refused.map(|refused| refused.0).unwrap_or_default();
            if !problems.contains(&Problem::StaleProof) {
                problems.push(Problem::StaleProof);
            }
            return Err(Refused(problems));
        }
        self.write(stamp, event)
    }

    /// Proposes one pair that a coordinator chose, with goals written by hand.
    ///
    /// # Errors
    ///
    /// [`Refused`], as for [`propose_all`](Self::propose_all).
    pub fn propose(
        &mut self,
        id: PairingId,
        proof: &EligiblePair,
        goals: TwoWayGoals,
        agreement: Agreement,
        approved_by: CoordinatorId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let event = self.proposal(id, proof, goals, agreement, approved_by)?;
        self.write(stamp, event)
    }

    /// What proposes one pair.
    pub(crate) fn proposal(
        &self,
        id: PairingId,
        proof: &EligiblePair,
        goals: TwoWayGoals,
        agreement: Agreement,
        approved_by: CoordinatorId,
    ) -> Result<Event, Refused> {
        Ok(Event::Proposed {
            cohort: self.cohort_of(proof.pair().mentor)?,
            approved_by,
            matcher: None,
            evidence: proof.evidence().clone(),
            pairings: vec![ProposedPairing {
                id,
                pair: proof.pair(),
                goals,
                agreement,
                levels: proof.exempted(),
            }],
        })
    }

    /// Moves a pairing by a step of the [stage table](crate::pairing::stage). After the chemistry period they
    /// [`settle`](Self::settle) instead.
    ///
    /// # Errors
    ///
    /// [`Refused`]: an illegal step names the stage, the step and what would be possible.
    pub fn advance(
        &mut self,
        pairing: PairingId,
        step: Step,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let event = Event::Advanced { pairing, step };
        if step == Step::Settle {
            let entry = Entry::new(self.gate.next, stamp, event);
            self.check(&entry)?;
            return Err(Refused(vec![Problem::NoBallot]));
        }
        self.write(stamp, event)
    }

    /// Takes over what both said in private at the end of the chemistry period: they settle, or part by nobody's fault. An
    /// entry that parts them is that of any other exit; who did not want to go on is nowhere. The partner is on the
    /// [waiting list](Program::waits) again, with the time that they had waited.
    ///
    /// ```
    /// use reverse_mentoring::privacy::Ballot;
    /// use reverse_mentoring::prelude::*;
    ///
    /// fn at_the_end_of_the_chemistry_period(
    ///     program: &mut Program,
    ///     ballot: &Ballot, // in the host's notebook, until both have voted
    ///     stamp: Stamp,
    /// ) -> Result<Option<Entry>, reverse_mentoring::error::Error> {
    ///     let decided = ballot.decision();
    ///     Ok(decided.map(|decision| program.settle(decision, stamp)).transpose()?)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Refused`] where they want to go on and the chemistry period has not run; they may part at any time.
    pub fn settle(&mut self, decision: Decision, stamp: Stamp) -> Result<Entry, Refused> {
        self.write(stamp, settled(decision))
    }

    /// Records a session, late if need be, planned or not: what it says counts, not what was planned. Its note does not
    /// go on record.
    ///
    /// # Errors
    ///
    /// [`Refused`] where the pairing did not run on that day, the session is on record already, or one of the two was in
    /// another session at that time.
    pub fn record(&mut self, session: &Session, stamp: Stamp) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionRecorded(*session.facts()))
    }

    /// Corrects a session on record. The day, the time, the outcome and the venue are those of the correction; feedback and
    /// recognition that were given stay given, and how it had been planned stays known.
    ///
    /// # Errors
    ///
    /// [`Refused`] where no such session of that pairing is on record, or the pairing did not run on that day.
    pub fn correct(&mut self, session: &Session, stamp: Stamp) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionCorrected(*session.facts()))
    }

    /// Takes a session back that never was, or is to be no more: on record or planned. Its id stands for nothing else.
    ///
    /// # Errors
    ///
    /// [`Refused`] where no such session of that pairing is on record or planned.
    pub fn void(
        &mut self,
        pairing: PairingId,
        session: SessionId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionVoided { pairing, session })
    }

    /// Takes over a new roster: in one entry, suspends the pairings that became hierarchical, notes which suspended
    /// ones could go on, and ends those of whom one takes part no more. A link that the mentee is
    /// [exempted](Self::exempt) from holds nothing up.
    ///
    /// # Errors
    ///
    /// [`Refused`] where the reorganisation is dated in the future of its recording or before the opening. A pairing that
    /// has a later step, session or progress on record is held up, or ends, from that day on.
    pub fn reorganise(&mut self, roster: &Roster, stamp: Stamp) -> Result<Entry, Refused> {
        self.write(stamp, self.reorganisation(roster))
    }

    /// What a new roster does to the pairings that are open.
    pub(crate) fn reorganisation(&self, roster: &Roster) -> Event {
        let people: Vec<Places> = places_of(roster, self.gate.load).collect();
        let left = self.gate.people.keys().copied();
        let left = left
            .filter(|id| roster.participant(*id).is_none())
            .collect();
        let (mut suspended, mut cleared, mut ended) = (vec![], vec![], vec![]);
        let mut far_links = vec![];
        for Held {
            pairing, record, ..
        } in self.gate.open.values()
        {
            let (id, pair) = (pairing.id(), pairing.pair());
            let Some(link) = link(roster, pair) else {
                ended.push(id);
                continue;
            };
            let levels = link.levels();
            if levels != record.facts.levels_now() {
                let pairing = id;
                far_links.push(FarLink { pairing, levels });
            }
            let exempted = self.gate.exempted.contains_key(&pair.mentee);
            let held_up = matches!(pairing.stage(), Stage::Suspended { .. });
            match (link.is_free(exempted), held_up) {
                (false, false) => suspended.push(id),
                (true, true) => cleared.push(id),
                _ => {}
            }
        }
        for (id, adopted) in self.gate.open_adopted() {
            match link(roster, adopted.pair()) {
                None => ended.push(id),
                Some(Link::None) if adopted.is_suspended() => cleared.push(id),
                // An exemption is for those who were asked about.
                Some(Link::Far(_) | Link::Near) if !adopted.is_suspended() => suspended.push(id),
                _ => {}
            }
        }
        let news = |e: &Places| self.gate.people.get(&e.participant) != Some(e);
        Event::Reorganised {
            roster: roster.fingerprint(),
            people: people.into_iter().filter(news).collect(),
            left,
            suspended,
            cleared,
            ended,
            far_links,
        }
    }

    /// The two of an open pairing, adopted or not.
    pub(crate) fn pair_of(&self, id: PairingId) -> Option<Pair> {
        let own = self.gate.open.get(&id).map(|open| open.pairing.pair());
        let adopted = || {
            let mut adopted = self.gate.open_adopted();
            adopted
                .find(|(other, _)| *other == id)
                .map(|(_, a)| a.pair())
        };
        own.or_else(adopted)
    }

    /// The day on which a pairing of a cohort that is proposed on a day would usually end.
    fn usual_end(&self, cohort: CohortId, on: NaiveDate) -> Option<NaiveDate> {
        let usual = usual(on);
        let closes = self.cohort_days(cohort).map(|d| d.on(Milestone::Close));
        let end = closes.map_or(usual, |closes| usual.min(closes));
        (end > on).then_some(end)
    }

    pub(super) fn write(&mut self, stamp: Stamp, event: Event) -> Result<Entry, Refused> {
        self.pass(stamp, event).cloned()
    }
}

/// What both said in private at the end of the chemistry period.
pub(crate) const fn settled(decision: Decision) -> Event {
    let pairing = decision.pairing();
    let reason = EndReason::Exit;
    let step = match decision.goes_on() {
        true => Step::Settle,
        false => Step::End { reason },
    };
    Event::Advanced { pairing, step }
}

/// So many days later.
fn usual(on: NaiveDate) -> NaiveDate {
    let end = on.checked_add_days(Days::new(USUAL_DAYS));
    end.unwrap_or(NaiveDate::MAX)
}
