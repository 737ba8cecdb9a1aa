//! What a host can do about the agreement of two people.

use crate::history::ReadModel;
use crate::ids::PairingId;
use crate::journal::{Entry, Event, Stamp};
use crate::pair::Role;
use crate::pairing::{Agreement, Terms};
use crate::program::Program;
use crate::program::refusal::Refused;

impl<V: ReadModel> Program<V> {
    /// Notes what one of the two brings into the agreement, before they sign it. Whoever has signed signs again: it is
    /// another text.
    ///
    /// # Errors
    ///
    /// [`Refused`] before both have accepted, once they have begun, and while an [offer](Self::offer) is open.
    pub fn state(
        &mut self,
        pairing: PairingId,
        by: Role,
        terms: Terms,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(stamp, Event::TermsStated { pairing, by, terms })
    }

    /// Puts another version of the agreement on the table: an amendment, or with a later end an extension. It holds when
    /// the other [accepts](Self::answer) it.
    ///
    /// # Errors
    ///
    /// [`Refused`] where nothing changes, another offer is open, the end is past or beyond the charter's, one of the two
    /// has not said what they bring in, or the pairing cannot agree on anything now.
    pub fn offer(
        &mut self,
        pairing: PairingId,
        by: Role,
        agreement: Agreement,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let event = Event::AmendmentOffered {
            pairing,
            by,
            agreement,
        };
        self.write(stamp, event)
    }

    /// Answers an [offer](Self::offer). The other accepts it, and the agreement has another version from this day on;
    /// before they have begun both sign it. Or one of the two declines it, whoever offered, and all is as before.
    ///
    /// # Errors
    ///
    /// [`Refused`] where there is no offer, or somebody accepts their own.
    pub fn answer(
        &mut self,
        pairing: PairingId,
        by: Role,
        accepted: bool,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let event = Event::AmendmentAnswered {
            pairing,
            by,
            accepted,
        };
        self.write(stamp, event)
    }

    /// The version of the agreement that is on the table, and who offered it.
    #[must_use]
    pub fn offered(&self, pairing: PairingId) -> Option<(Role, &Agreement)> {
        let offer = self.gate.open.get(&pairing)?.offer.as_ref()?;
        Some((offer.by, &offer.agreement))
    }
}
