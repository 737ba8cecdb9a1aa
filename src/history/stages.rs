//! How far each pairing had come on a day, by the steps that were taken.

use std::collections::BTreeSet;
use std::ops::Bound;

use chrono::NaiveDate;

use super::History;
use super::facts::PairingFacts;
use crate::ids::PairingId;
use crate::journal::Event;
use crate::pairing::{Consent, Phase, Stage};

/// How far a pairing has come from a day on, and what it waits for.
///
/// Days of holds and the end are not in it: [`PairingFacts`](super::PairingFacts) has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StageFact {
    /// The day.
    pub from: NaiveDate,
    /// How far it has come, and who has accepted or signed; while it is held up, where it goes on.
    pub phase: Phase,
    /// While it is suspended: who wants to go on.
    pub agreed: Consent,
    /// While it is suspended: whether the link that did it is gone.
    pub link_gone: bool,
}

/// The stages of one pairing in the order of recording, their days never falling.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Stages(Vec<StageFact>);

impl Stages {
    fn begin(from: NaiveDate, phase: Phase) -> Self {
        Self(vec![StageFact {
            from,
            phase,
            agreed: Consent::Nobody,
            link_gone: false,
        }])
    }

    /// What changes on a day, or on the day of the latest change, if that is later: a reorganisation is often known late.
    fn change(&mut self, on: NaiveDate, change: impl FnOnce(&mut StageFact)) {
        if let Some(last) = self.0.last() {
            let mut next = *last;
            change(&mut next);
            // What an entry names twice changes once.
            if next != *last {
                next.from = next.from.max(on);
                self.0.push(next);
            }
        }
    }

    fn step(&mut self, on: NaiveDate, stage: Stage) {
        let (phase, agreed, suspended) = match stage {
            Stage::Open { now } => (now, Consent::Nobody, false),
            Stage::Paused { before } => (before, Consent::Nobody, false),
            Stage::Suspended { before, agreed } => (before, agreed, true),
            Stage::Completed | Stage::Ended { .. } => return,
        };
        self.change(on, |fact| {
            (fact.phase, fact.agreed) = (phase, agreed);
            fact.link_gone &= suspended;
        });
    }

    /// Whoever has signed another text has not signed this one.
    fn sign_anew(&mut self, on: NaiveDate) {
        let preparing = |fact: &StageFact| matches!(fact.phase, Phase::Preparing { .. });
        if self.0.last().is_some_and(preparing) {
            let signed = Consent::Nobody;
            self.change(on, |fact| fact.phase = Phase::Preparing { signed });
        }
    }

    /// Where there is a link again, whoever wanted to go on is asked anew.
    fn link(&mut self, on: NaiveDate, gone: bool) {
        self.change(on, |fact| {
            fact.link_gone = gone;
            if !gone {
                fact.agreed = Consent::Nobody;
            }
        });
    }
}

/// Pairings with their stages, both by id.
fn in_step<'h>(
    pairings: impl Iterator<Item = (&'h PairingId, &'h PairingFacts)>,
    stages: impl Iterator<Item = (&'h PairingId, &'h Stages)>,
) -> impl Iterator<Item = (PairingId, &'h PairingFacts, &'h [StageFact])> {
    let mut stages = stages.peekable();
    pairings.map(move |(id, facts)| {
        while stages.next_if(|(of, _)| *of < id).is_some() {}
        let known = stages.next_if(|(of, _)| *of == id);
        (*id, facts, known.map_or(&[][..], |(_, known)| &known.0))
    })
}

impl History {
    /// How far a pairing had come, change by change, their days never falling; empty for one of another system's log.
    ///
    /// ```
    /// use reverse_mentoring::history::History;
    /// use reverse_mentoring::ids::{PairingId, SequentialIds};
    ///
    /// let unknown = PairingId::from_source(&mut SequentialIds::new(1));
    /// assert!(History::new().stages(unknown).is_empty());
    /// ```
    #[must_use]
    pub fn stages(&self, pairing: PairingId) -> &[StageFact] {
        self.stages.get(&pairing).map_or(&[], |s| s.0.as_slice())
    }

    /// Every pairing ever proposed, by id, with how far it had come.
    pub(crate) fn pairings_with_stages(
        &self,
    ) -> impl Iterator<Item = (PairingId, &PairingFacts, &[StageFact])> {
        in_step(self.pairings.iter(), self.stages.iter())
    }

    /// Those from an id on, before another or to the end.
    pub(crate) fn pairings_from(
        &self,
        first: PairingId,
        until: Option<PairingId>,
    ) -> impl Iterator<Item = (PairingId, &PairingFacts, &[StageFact])> {
        let ids = (
            Bound::Included(first),
            until.map_or(Bound::Unbounded, Bound::Excluded),
        );
        in_step(self.pairings.range(ids), self.stages.range(ids))
    }

    pub(super) fn take_in_stages(&mut self, event: &Event, on: NaiveDate, stage: Option<Stage>) {
        match event {
            Event::Proposed { pairings, .. } => {
                let accepted = Consent::Nobody;
                for new in pairings {
                    let stages = Stages::begin(on, Phase::Proposed { accepted });
                    self.stages.insert(new.id, stages);
                }
            }
            Event::Adopted { pairings, .. } => {
                for new in pairings {
                    let stages = Stages::begin(new.started, Phase::Active);
                    self.stages.insert(new.id, stages);
                }
            }
            Event::Regularised { pairing, .. } => {
                if let Some(stages) = self.stages.get_mut(&pairing.id) {
                    let signed = Consent::Nobody;
                    let now = Phase::Preparing { signed };
                    stages.step(on, Stage::Open { now });
                }
            }
            Event::Advanced { pairing, .. } => {
                if let (Some(stages), Some(stage)) = (self.stages.get_mut(pairing), stage) {
                    stages.step(on, stage);
                }
            }
            Event::TermsStated { pairing, .. }
            | Event::AmendmentAnswered {
                pairing,
                accepted: true,
                ..
            } => {
                if let Some(stages) = self.stages.get_mut(pairing) {
                    stages.sign_anew(on);
                }
            }
            Event::Reorganised {
                suspended, cleared, ..
            } => {
                // Each roster says anew which links of those held up are gone.
                let before = std::mem::take(&mut self.cleared);
                let now: BTreeSet<_> = cleared.iter().copied().collect();
                let suspended = suspended.iter().copied();
                for id in suspended.chain(before.difference(&now).copied()) {
                    self.link(id, on, false);
                }
                for id in now {
                    self.link(id, on, true);
                }
            }
            Event::Exempted { cleared, .. } => {
                for id in cleared {
                    self.link(*id, on, true);
                }
            }
            Event::ExemptionRevoked {
                mentee, suspended, ..
            } => {
                // What was held up already, and could have gone on by the exemption, cannot any more.
                let by_it = self.cleared.iter().copied();
                let by_it = by_it.filter(|id| {
                    let facts = self.pairings.get(id);
                    facts.is_some_and(|f| f.pair.mentee == *mentee && f.levels_now().is_some())
                });
                let again: Vec<_> = by_it.chain(suspended.iter().copied()).collect();
                for id in again {
                    self.link(id, on, false);
                }
            }
            _ => {}
        }
    }

    fn link(&mut self, id: PairingId, on: NaiveDate, gone: bool) {
        if let Some(stages) = self.stages.get_mut(&id) {
            stages.link(on, gone);
        }
        if gone {
            self.cleared.insert(id);
        } else {
            self.cleared.remove(&id);
        }
    }
}
