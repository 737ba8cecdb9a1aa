//! Two sealed answers that are revealed together.

use std::fmt;

use super::Member;
use crate::ids::PairingId;
use crate::pair::Role;

/// A question to both of a pairing, whose answers are revealed to the two when both have answered: what they think of a
/// session, or of each other.
///
/// One's own answer can be read at once, and be changed until the other has answered too; from then on both stand, so
/// that nobody answers with the other's answer at hand. Nobody else has a way in: `Debug` shows nothing, not even who
/// has answered; there is no `Display`, no `Serialize` and no comparison. There is no `Clone` either, because on a copy
/// one could try an answer and see the other's.
///
/// ```
/// use reverse_mentoring::ids::{CoordinatorId, PairingId, SequentialIds};
/// use reverse_mentoring::pairing::Pairing;
/// use reverse_mentoring::privacy::{AnswerError, Exchange};
///
/// fn ratings(pairing: &Pairing) -> Result<(), AnswerError> {
///     let [mentor, mentee] = [pairing.pair().mentor, pairing.pair().mentee].map(|person| pairing.member(person).unwrap());
///     let mut session = Exchange::of(pairing.id());
///     session.answer(&mentor, 4)?;
///     assert_eq!((session.own(&mentor), session.theirs(&mentee)), (Some(&4), None));
///     session.answer(&mentee, 5)?;
///     assert_eq!((session.theirs(&mentor), session.theirs(&mentee)), (Some(&5), Some(&4)));
///     assert_eq!(session.answer(&mentee, 1), Err(AnswerError::Revealed));
///     assert_eq!(format!("{session:?}"), "Exchange(..)");
///     Ok(())
/// }
/// ```
///
/// A coordinator neither answers nor reads, and nothing of it is written out:
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::ids::{CoordinatorId, PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Exchange;
/// # let mut ids = SequentialIds::new(1);
/// # let (pairing, coordinator) = (PairingId::from_source(&mut ids), CoordinatorId::from_source(&mut ids));
/// let session: Exchange<u8> = Exchange::of(pairing);
/// session.theirs(&coordinator);
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::{Audience, Exchange};
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// let session: Exchange<u8> = Exchange::of(pairing);
/// session.own(&Audience::Sponsor);
/// ```
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Exchange;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// let session: Exchange<u8> = Exchange::of(pairing);
/// serde_json::to_string(&session);
/// ```
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Exchange;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// let session: Exchange<u8> = Exchange::of(pairing);
/// println!("{session}");
/// ```
///
/// ```compile_fail,E0599
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Exchange;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// let session: Exchange<u8> = Exchange::of(pairing);
/// let to_try_it_out = session.clone();
/// ```
pub struct Exchange<T> {
    pairing: PairingId,
    mentor: Option<T>,
    mentee: Option<T>,
}

/// Why an answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The question is for the two of another pairing.
    #[error("the question is for the two of another pairing")]
    Stranger,
    /// Both have answered before.
    #[error("both have answered, and the answers stand")]
    Revealed,
}

impl<T> Exchange<T> {
    /// A question to the two of a pairing, which nobody has answered.
    #[must_use]
    pub const fn of(pairing: PairingId) -> Self {
        Self::stored(pairing, None, None)
    }

    pub(crate) const fn stored(pairing: PairingId, mentor: Option<T>, mentee: Option<T>) -> Self {
        Self {
            pairing,
            mentor,
            mentee,
        }
    }

    /// Answers, or changes one's answer as long as the other has none.
    ///
    /// # Errors
    ///
    /// [`AnswerError`] for a member of another pairing, and once both have answered.
    pub fn answer(&mut self, by: &Member, answer: T) -> Result<(), AnswerError> {
        if by.pairing() != self.pairing {
            return Err(AnswerError::Stranger);
        }
        if self.is_revealed() {
            return Err(AnswerError::Revealed);
        }
        *match by.role() {
            Role::Mentor => &mut self.mentor,
            Role::Mentee => &mut self.mentee,
        } = Some(answer);
        Ok(())
    }

    /// One's own answer; `None` for a member of another pairing, too.
    #[must_use]
    pub fn own(&self, reader: &Member) -> Option<&T> {
        if reader.pairing() != self.pairing {
            return None;
        }
        self.by(reader.role())
    }

    /// The partner's answer, once both have answered; `None` for a member of another pairing, too.
    #[must_use]
    pub fn theirs(&self, reader: &Member) -> Option<&T> {
        if reader.pairing() != self.pairing || !self.is_revealed() {
            return None;
        }
        self.by(reader.role().other())
    }

    /// Whether both have answered. Before that it is the same for one answer and for none.
    #[must_use]
    pub const fn is_revealed(&self) -> bool {
        self.mentor.is_some() && self.mentee.is_some()
    }

    pub(crate) const fn pairing(&self) -> PairingId {
        self.pairing
    }

    /// What somebody answered, for being stored.
    pub(crate) const fn by(&self, role: Role) -> Option<&T> {
        match role {
            Role::Mentor => self.mentor.as_ref(),
            Role::Mentee => self.mentee.as_ref(),
        }
    }
}

/// Nothing, not even who has answered.
impl<T> fmt::Debug for Exchange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Exchange(..)")
    }
}
