//! The people: those who take part, and their colleagues.

use super::experience::Experience;
use super::offer::{Offer, Wish};
use super::places::Capacity;
use super::profile::{Profile, Side};
use super::skill::Skill;
use super::traits::Traits;
use super::zone::UtcOffset;
use crate::ids::ParticipantId;
use crate::text::{Key, Label, Quoted};

/// Why somebody's offers or wishes cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParticipantError {
    /// A skill is offered twice.
    #[error("the skill {} is offered twice", Quoted(.0.as_str()))]
    OfferedTwice(Skill),
    /// A skill is wished for twice.
    #[error("the skill {} is wished for twice", Quoted(.0.as_str()))]
    WishedTwice(Skill),
}

/// Somebody who takes part: enrolled by their own wish, with a side, experience, offers and wishes.
///
/// ```
/// use reverse_mentoring::ids::{ParticipantId, SequentialIds};
/// use reverse_mentoring::roster::{Experience, Offer, Participant, Side, Wish};
/// use reverse_mentoring::text::Key;
///
/// let id = ParticipantId::from_source(&mut SequentialIds::new(1));
/// let junior = Participant::new(id, Key::new("E-17")?, Side::Mentor, Experience::grade(2))
///     .with_offers([Offer::new("short video", 4)?])?
///     .with_wishes([Wish::new("budgeting", 0, 3)?])?;
/// assert_eq!(junior.profile().offers().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    profile: Profile,
    group: Option<Label>,
}

/// What somebody who takes part said of themselves.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    pub(crate) offers: Box<[Offer]>,
    pub(crate) wishes: Box<[Wish]>,
    pub(crate) capacity: Capacity,
    pub(crate) languages: Box<[Label]>,
    pub(crate) unit: Option<Label>,
    pub(crate) site: Option<Label>,
    pub(crate) timezone: Option<Label>,
    pub(crate) interests: Traits,
    pub(crate) values: Traits,
    pub(crate) background: Traits,
    pub(crate) group: Option<Label>,
}

impl Participant {
    /// Somebody with one place and no offers or wishes yet.
    #[must_use]
    pub fn new(id: ParticipantId, key: Key, side: Side, experience: Experience) -> Self {
        Self::stating(id, key, (side, experience), Stated::default())
    }

    /// Sets what they can teach.
    ///
    /// # Errors
    ///
    /// [`ParticipantError::OfferedTwice`] where a skill stands twice.
    pub fn with_offers(
        mut self,
        offers: impl IntoIterator<Item = Offer>,
    ) -> Result<Self, ParticipantError> {
        self.profile.offers = Self::sorted_offers(offers)?;
        Ok(self)
    }

    /// Offers by skill, none twice.
    pub(crate) fn sorted_offers(
        offers: impl IntoIterator<Item = Offer>,
    ) -> Result<Box<[Offer]>, ParticipantError> {
        by_skill(offers, Offer::skill).map_err(ParticipantError::OfferedTwice)
    }

    /// Sets what they want to learn.
    ///
    /// # Errors
    ///
    /// [`ParticipantError::WishedTwice`] where a skill stands twice.
    pub fn with_wishes(
        mut self,
        wishes: impl IntoIterator<Item = Wish>,
    ) -> Result<Self, ParticipantError> {
        self.profile.wishes = Self::sorted_wishes(wishes)?;
        Ok(self)
    }

    /// The same with all they said of themselves; nothing unless offers and wishes are by skill, none twice.
    #[cfg(feature = "import")]
    #[inline]
    pub(super) fn of_stated(
        id: ParticipantId,
        key: Key,
        scale: (Side, Experience),
        stated: Stated,
    ) -> Option<Self> {
        let sound = rises(&stated.offers, Offer::skill) && rises(&stated.wishes, Wish::skill);
        sound.then(|| Self::stating(id, key, scale, stated))
    }

    /// Each thing put where it stays; offers and wishes are by skill, none twice.
    #[inline]
    fn stating(
        id: ParticipantId,
        key: Key,
        (side, experience): (Side, Experience),
        stated: Stated,
    ) -> Self {
        let utc_offset = stated.timezone.as_ref();
        let utc_offset = utc_offset.and_then(|name| UtcOffset::of_name(name.as_str()));
        let profile = Profile {
            id,
            key,
            side,
            experience,
            capacity: stated.capacity,
            offers: stated.offers,
            wishes: stated.wishes,
            unit: stated.unit,
            site: stated.site,
            timezone: stated.timezone,
            utc_offset,
            languages: each_once(stated.languages),
            interests: stated.interests,
            values: stated.values,
            background: stated.background,
        };
        let group = stated.group;
        Self { profile, group }
    }

    /// Gives another id to somebody whom nobody has seen with theirs.
    #[cfg(feature = "import")]
    #[inline]
    pub(super) const fn with_id(mut self, id: ParticipantId) -> Self {
        self.profile.id = id;
        self
    }

    /// Wishes by skill, none twice.
    pub(crate) fn sorted_wishes(
        wishes: impl IntoIterator<Item = Wish>,
    ) -> Result<Box<[Wish]>, ParticipantError> {
        by_skill(wishes, Wish::skill).map_err(ParticipantError::WishedTwice)
    }

    /// Sets how many pairings they take on.
    #[must_use]
    #[inline]
    pub fn with_capacity(mut self, capacity: Capacity) -> Self {
        self.profile.capacity = capacity;
        self
    }

    /// Sets the organisational unit.
    #[must_use]
    #[inline]
    pub fn with_unit(mut self, unit: Label) -> Self {
        self.profile.unit = Some(unit);
        self
    }

    /// Sets the place of work.
    #[must_use]
    #[inline]
    pub fn with_site(mut self, site: Label) -> Self {
        self.profile.site = Some(site);
        self
    }

    /// Sets the time zone, by whatever name the host's rules compare; a name that is a fixed [`UtcOffset`] can be
    /// compared with others in hours.
    #[must_use]
    #[inline]
    pub fn with_timezone(mut self, timezone: Label) -> Self {
        self.profile.utc_offset = UtcOffset::of_name(timezone.as_str());
        self.profile.timezone = Some(timezone);
        self
    }

    /// Sets the languages they can meet in; a language given twice counts once.
    #[must_use]
    #[inline]
    pub fn with_languages(mut self, languages: impl IntoIterator<Item = Label>) -> Self {
        self.profile.languages = each_once(languages);
        self
    }

    /// Sets what they like to do or talk about.
    #[must_use]
    #[inline]
    pub fn with_interests(mut self, interests: Traits) -> Self {
        self.profile.interests = interests;
        self
    }

    /// Sets what matters to them.
    #[must_use]
    #[inline]
    pub fn with_values(mut self, values: Traits) -> Self {
        self.profile.values = values;
        self
    }

    /// Sets what they count as their background. Ask for it only where a criterion is to read it, and tell people what
    /// a pairing can [reveal](crate::matching::DifferentBackground).
    #[must_use]
    #[inline]
    pub fn with_background(mut self, background: Traits) -> Self {
        self.profile.background = background;
        self
    }

    /// Sets the label under which aggregated reports count them. Matching never sees it.
    #[must_use]
    #[inline]
    pub fn with_group(mut self, group: Label) -> Self {
        self.group = Some(group);
        self
    }

    /// Sets what is stated, if it is.
    pub(super) fn with<T>(self, stated: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match stated {
            Some(stated) => set(self, stated),
            None => self,
        }
    }

    /// What matching may know of them.
    #[must_use]
    pub const fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The id that journals and facts use.
    #[must_use]
    pub const fn id(&self) -> ParticipantId {
        self.profile.id
    }

    /// The host's identifier.
    #[must_use]
    pub const fn key(&self) -> &Key {
        &self.profile.key
    }

    /// The label for aggregated reports.
    #[must_use]
    pub const fn group(&self) -> Option<&Label> {
        self.group.as_ref()
    }
}

/// Somebody in the company who does not take part, with what is known of them.
///
/// They matter for the reporting lines, and for judging a pairing that was made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The host's identifier.
    pub key: Key,
    /// Their seniority, where the files say it.
    pub experience: Option<Experience>,
    /// How many pairings they would have room for.
    pub capacity: Capacity,
}

/// Anybody of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Takes part.
    Participant(Participant),
    /// Does not.
    Colleague(Colleague),
}

impl From<Participant> for Person {
    fn from(participant: Participant) -> Self {
        Self::Participant(participant)
    }
}

impl From<Colleague> for Person {
    fn from(colleague: Colleague) -> Self {
        Self::Colleague(colleague)
    }
}

impl Person {
    /// The host's identifier.
    #[must_use]
    pub const fn key(&self) -> &Key {
        match self {
            Self::Participant(p) => p.key(),
            Self::Colleague(c) => &c.key,
        }
    }
}

fn each_once(labels: impl IntoIterator<Item = Label>) -> Box<[Label]> {
    let mut labels: Vec<_> = labels.into_iter().collect();
    labels.sort_unstable();
    labels.dedup();
    labels.into()
}

/// Whether what there is comes by skill, none twice.
fn rises<T>(all: &[T], skill: impl Fn(&T) -> &Skill) -> bool {
    all.is_sorted_by(|a, b| skill(a) < skill(b))
}

/// What there is by skill; else the first skill that stands twice.
fn by_skill<T>(
    all: impl IntoIterator<Item = T>,
    skill: impl Fn(&T) -> &Skill,
) -> Result<Box<[T]>, Skill> {
    let mut all: Vec<_> = all.into_iter().collect();
    if rises(&all, &skill) {
        return Ok(all.into());
    }
    all.sort_by(|a, b| skill(a).cmp(skill(b)));
    let mut same = all.chunk_by(|a, b| skill(a) == skill(b));
    match same.find(|same| same.len() > 1).and_then(<[T]>::first) {
        Some(twice) => Err(skill(twice).clone()),
        None => Ok(all.into()),
    }
}
