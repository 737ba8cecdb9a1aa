//! A concern holds a pairing up, and nothing shows that it was a concern.

use crate::history::ReadModel;
use crate::ids::ContactId;
use crate::journal::{Entry, Stamp};
use crate::pairing::Step;
use crate::privacy::{Concern, Contact};
use crate::program::Program;
use crate::program::refusal::Refused;

impl<V: ReadModel> Program<V> {
    /// The token with which the contact whom the charter names reads concerns; `None` for anybody else.
    #[must_use]
    pub fn contact(&self, id: ContactId) -> Option<Contact> {
        let named = self.charter()?.contact()?;
        (named == id).then(|| Contact::recognised(id))
    }

    /// Holds up the pairing that a concern is about, as far as its stage allows: the entry is that of a
    /// [`Step::Pause`] that anybody asked for, to the last byte. `None`, and nothing is written, where the two do not
    /// meet: before they begin, while they are held up already, after the end. Where a later step, session or progress is
    /// on record already, the pause is from that day on: whoever raises a concern need not know the record.
    ///
    /// Keep the concern itself in a [`Notebook`](crate::notebook::Notebook), for its contact. They go on as after any
    /// other pause, by [`Step::Resume`]; a host lets the contact say when.
    ///
    /// # Errors
    ///
    /// [`Refused`] where a pause is legal and the stamp is not: it was recorded before the latest entry, or is of a day in
    /// the future of its recording.
    pub fn raise(&mut self, concern: &Concern, stamp: Stamp) -> Result<Option<Entry>, Refused> {
        let pairing = concern.stored().1.pairing;
        let Some((stage, facts)) = self.gate.standing(pairing) else {
            return Ok(None);
        };
        if stage.after(Step::Pause).is_err() {
            return Ok(None);
        }
        let later = Stamp {
            on: facts.not_before(stamp.on),
            ..stamp
        };
        let paused = self.advance(pairing, Step::Pause, stamp);
        paused
            .or_else(|refused| {
                let again = self.advance(pairing, Step::Pause, later);
                again.map_err(|_| refused)
            })
            .map(Some)
    }
}
