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
    /// meet: before they begin, while they are held up already, after the end. Nothing is written either of an adopted
    /// pairing that has not begun here, though it meets: a pause takes an agreement. The contact has to act there.
    ///
    /// Keep the concern itself in a [`Notebook`](crate::notebook::Notebook), for its contact. They go on as after any
    /// other pause, by [`Step::Resume`]; a host lets the contact say when.
    ///
    /// # Errors
    ///
    /// [`Refused`] where a pause is legal and the stamp is not: it comes before the latest entry, step or session.
    pub fn raise(&mut self, concern: &Concern, stamp: Stamp) -> Result<Option<Entry>, Refused> {
        let pairing = concern.stored().1.pairing;
        let stage = self.pairing(pairing).map(|open| open.stage());
        match stage.and_then(|stage| stage.after(Step::Pause).ok()) {
            Some(_) => self.advance(pairing, Step::Pause, stamp).map(Some),
            None => Ok(None),
        }
    }
}
