//! What only the two of a pairing may read, and the proof that somebody is one of them.

use std::fmt;

use crate::ids::{PairingId, ParticipantId};
use crate::pair::Role;

/// Proof that somebody is one of the two people of a pairing; only a pairing or its programme gives it.
///
/// See [`Pairing::member`](crate::pairing::Pairing::member) and [`Program::member`](crate::program::Program::member).
/// Whose it is, the host has to know: it asks for the member of whoever has logged in.
///
/// Nobody makes one up:
///
/// ```compile_fail,E0624
/// use reverse_mentoring::ids::{PairingId, ParticipantId, SequentialIds};
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::privacy::Member;
///
/// let mut ids = SequentialIds::new(1);
/// let (pairing, person) = (PairingId::from_source(&mut ids), ParticipantId::from_source(&mut ids));
/// let me = Member::new(pairing, Role::Mentor, person);
/// ```
///
/// ```compile_fail,E0451
/// # use reverse_mentoring::ids::{PairingId, ParticipantId, SequentialIds};
/// # use reverse_mentoring::pair::Role;
/// # use reverse_mentoring::privacy::Member;
/// # let mut ids = SequentialIds::new(1);
/// # let (pairing, person) = (PairingId::from_source(&mut ids), ParticipantId::from_source(&mut ids));
/// let me = Member { pairing, role: Role::Mentor, person };
/// ```
///
/// ```compile_fail,E0277
/// let me: reverse_mentoring::privacy::Member = serde_json::from_str("{}").unwrap();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pairing: PairingId,
    role: Role,
    person: ParticipantId,
}

impl Member {
    pub(crate) const fn new(pairing: PairingId, role: Role, person: ParticipantId) -> Self {
        Self {
            pairing,
            role,
            person,
        }
    }

    /// The pairing that this member belongs to.
    #[must_use]
    pub const fn pairing(&self) -> PairingId {
        self.pairing
    }

    /// Which of the two this member is.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Who this member is.
    #[must_use]
    pub const fn person(&self) -> ParticipantId {
        self.person
    }
}

/// Something that only the two people of one pairing may read: notes, difficulties, what one thinks of the other.
///
/// `Debug` shows nothing, there is no `Display`, no `Serialize` and no comparison; the one way in is to be a [`Member`]
/// of the same pairing. It is sealed when it enters memory; a [`Notebook`](crate::notebook::Notebook) keeps it.
///
/// ```
/// use reverse_mentoring::ids::{CoordinatorId, PairingId, SequentialIds};
/// use reverse_mentoring::privacy::{Confidential, Member};
///
/// let mut ids = SequentialIds::new(1);
/// let (pairing, coordinator) = (PairingId::from_source(&mut ids), CoordinatorId::from_source(&mut ids));
/// let note = Confidential::seal(pairing, "I find the budget round hard");
/// assert_eq!(format!("{note:?}"), "Confidential(..)");
/// fn as_one_of_the_two<'n>(note: &'n Confidential<&str>, me: &Member) -> Option<&'n str> {
///     note.read(me).copied()
/// }
/// ```
///
/// There is no way for a coordinator, and none for a sponsor:
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::ids::{CoordinatorId, PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::{Confidential, Member};
/// # let mut ids = SequentialIds::new(1);
/// # let (pairing, coordinator) = (PairingId::from_source(&mut ids), CoordinatorId::from_source(&mut ids));
/// # let note = Confidential::seal(pairing, "I find the budget round hard");
/// note.read(&coordinator);
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::{Audience, Confidential};
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// # let note = Confidential::seal(pairing, "I find the budget round hard");
/// note.read(&Audience::Sponsor);
/// ```
///
/// It is neither shown nor written out, nor compared with a guess:
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Confidential;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// # let note = Confidential::seal(pairing, "I find the budget round hard");
/// println!("{note}");
/// ```
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Confidential;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// # let note = Confidential::seal(pairing, "I find the budget round hard");
/// serde_json::to_string(&note);
/// ```
///
/// ```compile_fail,E0369
/// # use reverse_mentoring::ids::{PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::Confidential;
/// # let pairing = PairingId::from_source(&mut SequentialIds::new(1));
/// # let note = Confidential::seal(pairing, "I find the budget round hard");
/// let guessed = note == Confidential::seal(pairing, "I find the budget round hard");
/// ```
#[derive(Clone)]
pub struct Confidential<T> {
    pairing: PairingId,
    value: T,
}

impl<T> Confidential<T> {
    /// Seals a value for the two people of `pairing`.
    #[must_use]
    pub const fn seal(pairing: PairingId, value: T) -> Self {
        Self { pairing, value }
    }

    /// The value, if `reader` is one of the pair; else `None`.
    #[must_use]
    pub fn read(&self, reader: &Member) -> Option<&T> {
        (reader.pairing == self.pairing).then_some(&self.value)
    }

    /// The value for being stored, where nobody reads it.
    pub(crate) const fn stored(&self) -> &T {
        &self.value
    }
}

impl<T> fmt::Debug for Confidential<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Confidential(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SequentialIds;

    #[test]
    fn a_stranger_reads_nothing() {
        let mut ids = SequentialIds::new(1);
        let (mine, theirs) = (
            PairingId::from_source(&mut ids),
            PairingId::from_source(&mut ids),
        );
        let note = Confidential::seal(mine, 7);
        let person = ParticipantId::from_source(&mut ids);
        let member = |pairing| Member::new(pairing, Role::Mentor, person);
        assert_eq!(note.read(&member(mine)), Some(&7));
        assert_eq!(note.read(&member(theirs)), None);
    }
}
