//! A worry about a pairing, for the ears of one contact.

use std::fmt;

use chrono::NaiveDate;

use crate::ids::{ContactId, PairingId, ParticipantId};

/// The person to whom concerns are told, once the host knows that it is they who ask.
///
/// Nothing else of the library makes one: a coordinator's id, a report's audience and even a [`Member`](super::Member)
/// are other types. As with a member, the library has no logins; make one for the person who has logged in and whom the
/// programme names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact(ContactId);

impl Contact {
    /// The contact of this id, whom the host has recognised.
    #[must_use]
    pub const fn recognised(id: ContactId) -> Self {
        Self(id)
    }

    /// Who.
    #[must_use]
    pub const fn id(&self) -> ContactId {
        self.0
    }
}

/// A report by somebody about a pairing, sealed for one named contact: something in it is wrong.
///
/// It says who reports only if they [sign](Self::signed) it. [`Program::raise`](crate::program::Program::raise) holds the
/// pairing up for it with the very step by which the two would pause, so that neither journal nor health tells that there
/// is a concern, and a [`Notebook`](crate::notebook::Notebook) keeps it for the contact.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::ids::{ContactId, CoordinatorId, PairingId, SequentialIds};
/// use reverse_mentoring::privacy::{Concern, Contact};
///
/// let mut ids = SequentialIds::new(1);
/// let pairing = PairingId::from_source(&mut ids);
/// let (contact, other) = (ContactId::from_source(&mut ids), ContactId::from_source(&mut ids));
/// let coordinator = CoordinatorId::from_source(&mut ids);
/// let day = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
///
/// let concern = Concern::about(pairing, contact, day, "he shouts at her");
/// let report = concern.read(&Contact::recognised(contact)).unwrap();
/// assert_eq!((report.pairing, report.words, report.reporter), (pairing, "he shouts at her", None));
/// assert!(concern.read(&Contact::recognised(other)).is_none());
/// assert_eq!(format!("{concern:?}"), "Concern(..)");
/// ```
///
/// No coordinator reads one, not even one of the two, and nothing of it is written out:
///
/// ```compile_fail,E0308
/// # use chrono::NaiveDate;
/// # use reverse_mentoring::ids::{ContactId, CoordinatorId, PairingId, SequentialIds};
/// # use reverse_mentoring::privacy::{Concern, Contact};
/// # let mut ids = SequentialIds::new(1);
/// # let (pairing, contact) = (PairingId::from_source(&mut ids), ContactId::from_source(&mut ids));
/// # let coordinator = CoordinatorId::from_source(&mut ids);
/// # let concern = Concern::about(pairing, contact, NaiveDate::MIN, "he shouts at her");
/// concern.read(&coordinator);
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::privacy::{Concern, Member};
/// fn as_one_of_the_two(concern: &Concern, me: &Member) {
///     concern.read(me);
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use reverse_mentoring::privacy::{Audience, Concern};
/// fn as_a_sponsor(concern: &Concern) {
///     concern.read(&Audience::Sponsor);
/// }
/// ```
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::privacy::Concern;
/// fn out(concern: &Concern) {
///     serde_json::to_string(concern);
/// }
/// ```
///
/// ```compile_fail,E0277
/// # use reverse_mentoring::privacy::Concern;
/// fn out(concern: &Concern) {
///     println!("{concern}");
/// }
/// ```
#[derive(Clone)]
pub struct Concern {
    pairing: PairingId,
    to: ContactId,
    on: NaiveDate,
    reporter: Option<ParticipantId>,
    words: String,
}

/// A concern, as its contact reads it. `Debug` shows none of it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report<'c> {
    /// The pairing that it is about.
    pub pairing: PairingId,
    /// The day on which it was told.
    pub on: NaiveDate,
    /// Who tells it, if they want that known.
    pub reporter: Option<ParticipantId>,
    /// What they tell.
    pub words: &'c str,
}

impl Concern {
    /// A concern about a pairing for the ears of one contact, without a name under it.
    #[must_use]
    pub fn about(
        pairing: PairingId,
        to: ContactId,
        on: NaiveDate,
        words: impl Into<String>,
    ) -> Self {
        Self {
            pairing,
            to,
            on,
            reporter: None,
            words: words.into(),
        }
    }

    /// The same with the name of who reports, for the contact to know.
    #[must_use]
    pub const fn signed(mut self, reporter: ParticipantId) -> Self {
        self.reporter = Some(reporter);
        self
    }

    /// What is told, if `reader` is the contact whom it is for; else `None`.
    #[must_use]
    pub fn read(&self, reader: &Contact) -> Option<Report<'_>> {
        (reader.0 == self.to).then_some(self.stored().1)
    }

    /// Everything, and whom it is for: for being stored, where nobody reads it.
    pub(crate) fn stored(&self) -> (ContactId, Report<'_>) {
        let report = Report {
            pairing: self.pairing,
            on: self.on,
            reporter: self.reporter,
            words: &self.words,
        };
        (self.to, report)
    }
}

/// Nothing, not even of which pairing.
impl fmt::Debug for Concern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Concern(..)")
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Report(..)")
    }
}
