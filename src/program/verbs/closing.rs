//! What a host can do at the end of a pairing, and about what may be told of it.

use crate::history::ReadModel;
use crate::ids::PairingId;
use crate::journal::{Entry, Event, Stamp};
use crate::pair::{Pair, Role};
use crate::pairing::Occasion;
use crate::program::Program;
use crate::program::refusal::Refused;

impl<V: ReadModel> Program<V> {
    /// Notes that one of the two has given the closing review: from the day on which they settled, until the record of the
    /// pairing closes. What they said is theirs and goes nowhere near the journal.
    ///
    /// # Errors
    ///
    /// [`Refused`] before they have settled or ended, and where the same person has given it.
    pub fn review(&mut self, pairing: PairingId, by: Role, stamp: Stamp) -> Result<Entry, Refused> {
        self.write(stamp, Event::Reviewed { pairing, by })
    }

    /// One of the two agrees that something of theirs is told, or takes that back. It is public while both agree; taking
    /// it back is possible for ever, also where the record of the pairing has closed.
    ///
    /// # Errors
    ///
    /// [`Refused`] where that has not happened, or their word is what it was.
    pub fn celebrate(
        &mut self,
        pairing: PairingId,
        occasion: Occasion,
        by: Role,
        agrees: bool,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let event = Event::Celebrated {
            pairing,
            occasion,
            by,
            agrees,
        };
        self.write(stamp, event)
    }

    /// What may be told today, and of whom: what has happened and both agree to, by pairing.
    pub fn celebrations(&self) -> impl Iterator<Item = (PairingId, Pair, Occasion)> {
        let agreed = self.gate.celebrated.iter();
        let agreed = agreed.filter(|(_, words)| words.by.len() == 2);
        agreed
            .filter(|((id, occasion), _)| self.gate.still_happened(*id, *occasion))
            .map(|((id, occasion), words)| (*id, words.pair, *occasion))
    }
}
