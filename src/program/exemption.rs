//! Exempting named mentees from far links of management, and what that changes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Program;
use super::refusal::Refused;
use super::state::{Gate, Held};
use crate::eligibility::ExemptionReason;
use crate::history::ReadModel;
use crate::ids::{CoordinatorId, PairingId, ParticipantId};
use crate::journal::{Entry, Event, Stamp};
use crate::pairing::{Pairing, Stage};
use crate::roster::Levels;

/// An exemption on record: who, why, who answers for it, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// The mentee.
    pub mentee: ParticipantId,
    /// Why.
    pub reason: ExemptionReason,
    /// Who approved it.
    pub approved_by: CoordinatorId,
    /// Its first day.
    pub since: NaiveDate,
}

impl<V: ReadModel> Program<V> {
    /// Exempts a mentee, by name, from links of three levels or more: people so far below them may mentor them from now
    /// on, [see there](crate::eligibility#the-one-exemption). Nothing else changes for them; nearer links stay forbidden.
    ///
    /// Their suspended pairings that the exemption excuses are cleared in the same entry: the two may take them up again.
    /// It stands over all cohorts, until it is revoked or they are not in the roster any more.
    ///
    /// # Errors
    ///
    /// [`Refused`] where they are not in the roster or exempted already.
    pub fn exempt(
        &mut self,
        mentee: ParticipantId,
        reason: ExemptionReason,
        approved_by: CoordinatorId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let cleared = self.gate.excusable(mentee);
        let event = Event::Exempted {
            mentee,
            reason,
            approved_by,
            cleared,
        };
        self.write(stamp, event)
    }

    /// Takes an exemption back, and in the same entry suspends the pairings that rest on it.
    ///
    /// # Errors
    ///
    /// [`Refused`] where they are not exempted, or were not yet on that day. A pairing that has a later step or session on
    /// record is held up from that day on.
    pub fn revoke_exemption(
        &mut self,
        mentee: ParticipantId,
        approved_by: CoordinatorId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let suspended = self.gate.excused(mentee);
        let event = Event::ExemptionRevoked {
            mentee,
            approved_by,
            suspended,
        };
        self.write(stamp, event)
    }

    /// The exemptions that hold, by mentee.
    pub fn exemptions(&self) -> impl Iterator<Item = &Exemption> {
        self.gate.exempted.values()
    }

    /// The open pairings that rest on an exemption, by id, and by how many levels the mentee stands above the mentor. A
    /// suspended one that could be taken up again is among them.
    pub fn exempted_pairings(&self) -> impl Iterator<Item = (PairingId, Levels)> {
        self.gate.open.values().filter_map(|held| {
            let mentee = held.pairing.pair().mentee;
            let exempted = self.gate.exempted.contains_key(&mentee);
            let levels = held.record.facts.levels_now();
            Some((held.pairing.id(), levels.filter(|_| exempted)?))
        })
    }
}

impl Gate {
    /// The open pairings of a mentee who stands three levels or more above the mentor.
    pub(super) fn over_far_link(&self, mentee: ParticipantId) -> impl Iterator<Item = &Pairing> {
        let of = move |held: &&Held| {
            held.pairing.pair().mentee == mentee && held.record.facts.levels_now().is_some()
        };
        self.open.values().filter(of).map(|held| &held.pairing)
    }

    /// Those of them that are held up: an exemption clears them.
    pub(super) fn excusable(&self, mentee: ParticipantId) -> Vec<PairingId> {
        let held_up = |p: &&Pairing| matches!(p.stage(), Stage::Suspended { .. });
        let pairings = self.over_far_link(mentee).filter(held_up);
        pairings.map(Pairing::id).collect()
    }

    /// Those of them that are not: they rest on the exemption.
    pub(super) fn excused(&self, mentee: ParticipantId) -> Vec<PairingId> {
        let goes_on = |p: &&Pairing| !matches!(p.stage(), Stage::Suspended { .. });
        let pairings = self.over_far_link(mentee).filter(goes_on);
        pairings.map(Pairing::id).collect()
    }
}
