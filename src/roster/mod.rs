//! The company: who takes part, who else is there, and who reports to whom.
//!
//! In come people and [`Line`]s; out goes a [`Roster`] or every fault of them. Never true inside: a circle of solid
//! lines, a key or an id twice, a participant whose line is unknown, two participants whose experience cannot be compared.

mod catalogue;
mod closure;
mod components;
#[cfg(feature = "import")]
mod draft;
mod experience;
mod fingerprint;
mod forest;
mod levels;
mod line;
mod links;
mod loading;
mod offer;
mod participant;
mod places;
mod profile;
mod record;
mod reporting;
mod row;
mod seats;
mod skill;
mod taxonomy;
mod traits;
mod zone;

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::sync::OnceLock;

pub use catalogue::{
    CatalogueFault, CatalogueFaults, NamedSkill, ResolveError, Resolved, Sensitivity,
    SkillCatalogue, StatedTwice,
};
#[cfg(feature = "import")]
pub(crate) use draft::Draft;
pub use experience::Experience;
pub(crate) use fingerprint::Hasher;
pub use fingerprint::{ExchangeFingerprint, FingerprintError, RosterFingerprint};
pub use levels::{Levels, LevelsError};
pub use line::{Line, LineFault, LineFaultKind, LineFaults, everybody_below};
pub(crate) use links::Links;
pub use loading::{RosterRecordError, RosterRecordProblem};
pub use offer::{Level, Offer, SkillError, Wish};
#[cfg(feature = "import")]
pub(crate) use participant::Stated;
pub use participant::{Colleague, Participant, ParticipantError, Person};
pub use places::{Capacity, Hours, HoursError, Load, ZeroLoad};
pub use profile::{Profile, Side};
pub use record::{ROSTER_VERSION, RosterRecord};
pub use reporting::{PersonRef, ReportingLines};
pub use skill::Skill;
pub use taxonomy::SkillReference;
pub use traits::Traits;
pub use zone::UtcOffset;

use crate::ids::ParticipantId;
use crate::text::{Key, Quoted};

/// Everybody of the company, those who take part with what they offer and wish.
///
/// The roster alone knows which key belongs to which [`ParticipantId`].
///
/// ```
/// use reverse_mentoring::ids::{ParticipantId, SequentialIds};
/// use reverse_mentoring::roster::{Experience, Line, Participant, ReportingLines, Roster, Side};
/// use reverse_mentoring::text::Key;
///
/// let lines = ReportingLines::new([Line::root("ceo"), Line::new("cto", "ceo"), Line::new("ada", "ceo")])?;
/// let mut ids = SequentialIds::new(1);
/// let mut person = |key, side, grade| {
///     let id = ParticipantId::from_source(&mut ids);
///     Key::new(key).map(|key| Participant::new(id, key, side, Experience::grade(grade)))
/// };
/// let roster = Roster::new([person("ada", Side::Mentor, 2)?, person("cto", Side::Mentee, 8)?], lines)?;
/// assert_eq!(roster.participants().len(), 2);
/// assert_eq!(roster.lines().len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (roster): participants and colleagues sorted by key, keys and ids unique, each has a line, all participants on one
// experience scale.
#[derive(Clone)]
pub struct Roster {
    lines: ReportingLines,
    participants: Vec<Participant>,
    /// The place of each participant in the lines.
    person: Vec<PersonRef>,
    /// Made when somebody is first asked for by their id, unless it was needed to tell the ids apart.
    by_id: OnceLock<HashMap<ParticipantId, u32>>,
    /// Of those of whom more is known than a line; by key.
    colleagues: Vec<Colleague>,
    /// The place of each colleague in the lines.
    colleague_person: Vec<PersonRef>,
    /// Made when somebody first asks for it: not every roster that is read goes on record.
    fingerprint: OnceLock<RosterFingerprint>,
}

/// What can be wrong with a roster whose lines are sound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RosterFault {
    /// A key stands for two people.
    #[error("{} is given twice", Quoted(.0.as_str()))]
    DuplicateKey(Key),
    /// An id stands for two participants.
    #[error("the id {0} is given to two participants")]
    DuplicateId(ParticipantId),
    /// Nobody knows whom they report to.
    #[error("{} has no reporting line", Quoted(.0.as_str()))]
    NoLine(Key),
    /// Graded, or measured in months, unlike the first participant by key.
    #[error("the experience of {} is not on the scale of the others", Quoted(.0.as_str()))]
    ExperienceScale(Key),
}

/// Every fault of a roster.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct RosterFaults(
    /// The faults: of those who take no part, then of those who do, each by key.
    pub Vec<RosterFault>,
);

/// Sizes and the fingerprint only.
impl fmt::Debug for Roster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Roster")
            .field("participants", &self.participants.len())
            .field("lines", &self.lines)
            .field("fingerprint", &self.fingerprint())
            .finish_non_exhaustive()
    }
}

impl Roster {
    /// Puts people and lines together. Somebody in the lines who is not among the people is a colleague of whom
    /// nothing else is known.
    ///
    /// # Errors
    ///
    /// [`RosterFaults`] with every fault.
    pub fn new<P: Into<Person>>(
        people: impl IntoIterator<Item = P>,
        lines: ReportingLines,
    ) -> Result<Self, RosterFaults> {
        let (mut participants, mut colleagues) = (Vec::new(), Vec::new());
        for person in people {
            match person.into() {
                Person::Participant(p) => participants.push(p),
                Person::Colleague(c) => colleagues.push(c),
            }
        }
        Self::of(participants, colleagues, lines)
    }

    /// The same of people who have been told apart.
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new).
    pub(crate) fn of(
        mut participants: Vec<Participant>,
        mut colleagues: Vec<Colleague>,
        lines: ReportingLines,
    ) -> Result<Self, RosterFaults> {
        let mut found = Vec::new();
        let seats = lines.seat(&mut colleagues, |c| &c.key);
        let mut colleague_person: Vec<PersonRef> = Vec::with_capacity(colleagues.len());
        for (c, seat) in colleagues.iter().zip(seats) {
            let Some(at) = seat else {
                found.push(RosterFault::NoLine(c.key.clone()));
                continue;
            };
            if colleague_person.last() == Some(&at) {
                found.push(RosterFault::DuplicateKey(c.key.clone()));
            }
            colleague_person.push(at);
        }
        let seats = lines.seat(&mut participants, Participant::key);
        let mut person: Vec<PersonRef> = Vec::with_capacity(participants.len());
        // Ids that rise, as those of a source in order do, are none of them twice.
        let rising = participants.is_sorted_by(|a, b| a.id() < b.id());
        let mut by_id = (!rising).then(|| HashMap::with_capacity(participants.len()));
        let scale = participants.first().map(|p| *p.profile().experience());
        let mut others = colleague_person.iter().peekable();
        for ((n, p), seat) in (0u32..).zip(&participants).zip(seats) {
            match seat {
                Some(at) => {
                    while others.next_if(|other| **other < at).is_some() {}
                    if person.last() == Some(&at) || others.peek() == Some(&&at) {
                        found.push(RosterFault::DuplicateKey(p.key().clone()));
                    }
                    person.push(at);
                }
                None => found.push(RosterFault::NoLine(p.key().clone())),
            }
            let earlier = by_id.as_mut().and_then(|by_id| by_id.insert(p.id(), n));
            if earlier.is_some() {
                found.push(RosterFault::DuplicateId(p.id()));
            }
            if scale.is_some_and(|s| !s.same_scale(p.profile().experience())) {
                found.push(RosterFault::ExperienceScale(p.key().clone()));
            }
        }
        if !found.is_empty() {
            return Err(RosterFaults(found));
        }
        Ok(Self {
            lines,
            participants,
            person,
            by_id: by_id.map_or_else(OnceLock::new, OnceLock::from),
            colleagues,
            colleague_person,
            fingerprint: OnceLock::new(),
        })
    }

    /// Who reports to whom.
    #[must_use]
    pub const fn lines(&self) -> &ReportingLines {
        &self.lines
    }

    /// Those who take part, by key.
    #[must_use]
    pub fn participants(&self) -> &[Participant] {
        &self.participants
    }

    /// Those who take part with their place in the lines, by key.
    pub fn seats(&self) -> impl ExactSizeIterator<Item = (&Participant, PersonRef)> {
        self.participants.iter().zip(self.person.iter().copied())
    }

    /// The participant of an id.
    #[must_use]
    pub fn participant(&self, id: ParticipantId) -> Option<&Participant> {
        self.participants.get(self.place(id)?)
    }

    /// The place of a participant among [`participants`](Self::participants).
    pub(crate) fn place(&self, id: ParticipantId) -> Option<usize> {
        let by_id = self.by_id.get_or_init(|| {
            let numbered = (0u32..).zip(&self.participants);
            numbered.map(|(n, p)| (p.id(), n)).collect()
        });
        by_id.get(&id).map(|at| *at as usize)
    }

    /// The participant of a key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<&Participant> {
        let by = self
            .participants
            .binary_search_by(|p| p.key().as_str().cmp(key));
        self.participants.get(by.ok()?)
    }

    /// The place of a participant in the lines.
    #[must_use]
    pub fn person(&self, id: ParticipantId) -> Option<PersonRef> {
        self.person.get(self.place(id)?).copied()
    }

    /// What is known of somebody who does not take part.
    #[must_use]
    pub fn colleague(&self, person: PersonRef) -> Option<&Colleague> {
        let at = self.colleague_person.binary_search(&person).ok()?;
        self.colleagues.get(at)
    }

    /// Those who do not take part and of whom more is known than a line, by key.
    pub fn colleagues(&self) -> impl Iterator<Item = &Colleague> {
        self.colleagues.iter()
    }

    /// What tells this roster from another: made when it is first asked for, which of a million people takes 0.2 to 0.4 s.
    #[must_use]
    pub fn fingerprint(&self) -> RosterFingerprint {
        let known = &self.fingerprint;
        *known.get_or_init(|| fingerprint_of(&self.participants, &self.colleagues, &self.lines))
    }

    /// The same people under other reporting lines: a reorganisation.
    ///
    /// # Errors
    ///
    /// [`RosterFaults`] where somebody of the roster has no line any more.
    pub fn with_lines(&self, lines: ReportingLines) -> Result<Self, RosterFaults> {
        Self::of(self.participants.clone(), self.colleagues.clone(), lines)
    }

    /// The same people, each with other skills; `participants` are in the order of [`participants`](Self::participants).
    fn with_skills_of(&self, participants: Vec<Participant>) -> Self {
        Self {
            participants,
            fingerprint: OnceLock::new(),
            ..self.clone()
        }
    }
}

/// Everything but the traits: a fingerprint goes on record, and with the rest of a roster at hand it would confirm a guess.
fn fingerprint_of(
    participants: &[Participant],
    colleagues: &[Colleague],
    lines: &ReportingLines,
) -> RosterFingerprint {
    let mut hash = Hasher::new();
    let of = |p| lines.key(p).map(Key::as_str);
    for (person, key) in lines.people() {
        hash.bytes(key.as_str().as_bytes());
        hash.text(lines.manager(person).and_then(of));
        for dotted in lines.dotted_managers(person) {
            hash.text(of(dotted));
        }
        hash.text(None);
    }
    let mut hours = String::new();
    let mut capacity = |hash: &mut Hasher, capacity: &Capacity| {
        hours.clear();
        // A `String` takes all that is written.
        let said = capacity.hours_per_month().map(|h| write!(hours, "{h}"));
        hash.number(capacity.pairings().get().into())
            .text(said.map(|_| hours.as_str()));
    };
    let mut text = String::new();
    let mut experience = |hash: &mut Hasher, experience: &Experience| {
        text.clear();
        // A `String` takes all that is written.
        let _ = write!(text, "{experience}");
        hash.bytes(text.as_bytes());
    };
    for participant in participants {
        let p = participant.profile();
        hash.bytes(p.id().as_uuid().as_bytes())
            .bytes(p.key().as_str().as_bytes())
            .text(Some(p.side().as_str()));
        experience(&mut hash, p.experience());
        capacity(&mut hash, p.capacity());
        hash.skills(p.offers(), p.wishes());
        for label in [p.unit(), p.site(), p.timezone(), participant.group()] {
            hash.text(label.map(crate::text::Label::as_str));
        }
        hash.number(p.languages().len() as u64);
        for language in p.languages() {
            hash.text(Some(language.as_str()));
        }
    }
    for colleague in colleagues {
        hash.bytes(colleague.key.as_str().as_bytes());
        if let Some(known) = &colleague.experience {
            experience(&mut hash, known);
        }
        capacity(&mut hash, &colleague.capacity);
    }
    RosterFingerprint::of(&hash)
}
