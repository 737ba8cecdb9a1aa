//! Which skill a name in the host's files stands for.
//!
//! In come names with their skills, out goes a roster in which everybody's offers and wishes are these skills. Never true
//! inside: a name that stands for two skills, or a skill that is sensitive under one name and not under another.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt;

use super::{Offer, Participant, Roster, Skill, Wish};
use crate::ids::ParticipantId;
use crate::text::Label;

/// Whether a skill says something about a person that not everybody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Sensitivity {
    /// It may stand in plans, goals and the journal.
    #[default]
    Ordinary,
    /// About health, say, or faith: it goes there under a reference that says nothing, see
    /// [`Notebook::refer`](crate::notebook::Notebook::refer).
    Sensitive,
}

/// A name as the host's files write it, and the skill that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSkill {
    name: Label,
    skill: Skill,
    sensitivity: Sensitivity,
}

impl NamedSkill {
    /// An ordinary skill.
    #[must_use]
    pub const fn new(name: Label, skill: Skill) -> Self {
        Self {
            name,
            skill,
            sensitivity: Sensitivity::Ordinary,
        }
    }

    /// The same, sensitive or not.
    #[must_use]
    pub const fn with_sensitivity(mut self, sensitivity: Sensitivity) -> Self {
        self.sensitivity = sensitivity;
        self
    }

    /// What the files write.
    #[must_use]
    pub const fn name(&self) -> &Label {
        &self.name
    }

    /// What it stands for.
    #[must_use]
    pub const fn skill(&self) -> &Skill {
        &self.skill
    }

    /// Whether it may be read by everybody.
    #[must_use]
    pub const fn sensitivity(&self) -> Sensitivity {
        self.sensitivity
    }
}

/// What is wrong with a list of names. Says where, and repeats no name: some are sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueFault {
    /// Two entries have one name, whatever it stands for.
    #[error("entries {first} and {again} have the same name")]
    NameTwice {
        /// The earlier entry, counted from 1.
        first: usize,
        /// The later one.
        again: usize,
    },
    /// A skill is sensitive under one name, and not under another.
    #[error("entries {first} and {again} are one skill, sensitive in one of them alone")]
    MarksDiffer {
        /// The first entry of the skill, counted from 1.
        first: usize,
        /// The one that differs.
        again: usize,
    },
}

/// Every fault of a list of names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct CatalogueFaults(
    /// The faults, in the order of the entries that are too many.
    pub Vec<CatalogueFault>,
);

/// The skills of a host by the names that its files write: one skill may have several, in several languages.
///
/// A roster that was read knows names. [`resolve`](Self::resolve) puts in their place what they stand for, so that an
/// offer of `SQL` serves a wish for `sql`, where the host says that the two are one skill, and the ids of a
/// taxonomy travel into plans, goals and the journal. Nothing is guessed: a name that is not in the catalogue stays what it is.
///
/// ```
/// use reverse_mentoring::ids::{ParticipantId, SequentialIds};
/// use reverse_mentoring::roster::{
///     Experience, Line, NamedSkill, Offer, Participant, ReportingLines, Roster, Side, Skill, SkillCatalogue,
/// };
/// use reverse_mentoring::text::{Key, Label};
///
/// let sql = Skill::referenced("esco", "http://data.europa.eu/esco/skill/598de5b0", "SQL")?;
/// let catalogue = SkillCatalogue::new(
///     [("SQL", &sql), ("sql", &sql), ("structured query language", &sql)]
///         .map(|(name, skill)| Label::new(name).map(|name| NamedSkill::new(name, skill.clone())))
///         .into_iter()
///         .collect::<Result<Vec<_>, _>>()?,
/// )?;
/// let id = ParticipantId::from_source(&mut SequentialIds::new(1));
/// let ada = Participant::new(id, Key::new("ada")?, Side::Mentor, Experience::grade(2))
///     .with_offers([Offer::new("sql", 4)?, Offer::new("juggling", 5)?])?;
/// let roster = Roster::new([ada], ReportingLines::new([Line::root("ada")])?)?;
///
/// let resolved = catalogue.resolve(&roster)?;
/// let offers = resolved.roster.participants()[0].profile().offers();
/// assert_eq!(offers[1].skill(), &sql);
/// assert_eq!(resolved.unknown.keys().map(Skill::as_str).collect::<Vec<_>>(), ["juggling"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (one meaning): a name stands for one skill, and a skill has one mark. Kept by `new`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SkillCatalogue {
    named: Vec<NamedSkill>,
    by_name: BTreeMap<Label, usize>,
    /// The first name of each skill.
    by_skill: BTreeMap<Skill, usize>,
}

/// A roster whose names a catalogue has replaced.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Resolved {
    /// The roster.
    pub roster: Roster,
    /// Names that are not in the catalogue, which stay what they are, and how many people state each.
    pub unknown: BTreeMap<Skill, usize>,
}

/// Why a catalogue cannot be applied to a roster.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResolveError<E = Infallible> {
    /// Two names of one skill in somebody's offers, or in their wishes: which level holds is theirs to say.
    #[error("{}", crate::summary::summary(.0))]
    StatedTwice(
        /// Everybody's, by key.
        Vec<StatedTwice>,
    ),
    /// People state sensitive skills, and there is no notebook to keep them.
    #[error("{} people state skills that are sensitive, which need a notebook", .0.len())]
    Sensitive(
        /// Who, by key.
        Vec<ParticipantId>,
    ),
    /// What replaces sensitive skills has failed.
    #[error(transparent)]
    Reference(E),
}

/// One person who states one skill under two names. Does not say which skill: it may be sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedTwice {
    /// Who.
    pub participant: ParticipantId,
    /// How many skills they offer twice.
    pub offers: usize,
    /// How many they wish for twice.
    pub wishes: usize,
}

impl fmt::Display for StatedTwice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            participant,
            offers,
            wishes,
        } = self;
        write!(
            f,
            "{participant} offers {offers} and wishes for {wishes} skills under more than one name"
        )
    }
}

impl SkillCatalogue {
    /// Puts names together. Several may stand for one skill.
    ///
    /// # Errors
    ///
    /// [`CatalogueFaults`] with every fault.
    pub fn new(named: impl IntoIterator<Item = NamedSkill>) -> Result<Self, CatalogueFaults> {
        let named: Vec<NamedSkill> = named.into_iter().collect();
        let (mut by_name, mut by_skill) = (BTreeMap::new(), BTreeMap::new());
        let mut faults = Vec::new();
        for (at, it) in named.iter().enumerate() {
            let first = *by_name.entry(it.name.clone()).or_insert(at);
            if first != at {
                let (first, again) = (first + 1, at + 1);
                faults.push(CatalogueFault::NameTwice { first, again });
            }
            let first = *by_skill.entry(it.skill.clone()).or_insert(at);
            let earlier = named.get(first);
            if earlier.is_some_and(|earlier| earlier.sensitivity != it.sensitivity) {
                let (first, again) = (first + 1, at + 1);
                faults.push(CatalogueFault::MarksDiffer { first, again });
            }
        }
        if !faults.is_empty() {
            return Err(CatalogueFaults(faults));
        }
        Ok(Self {
            named,
            by_name,
            by_skill,
        })
    }

    /// Every name, in the order given.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &NamedSkill> {
        self.named.iter()
    }

    /// What a name stands for, byte for byte.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&NamedSkill> {
        self.named.get(*self.by_name.get(name)?)
    }

    /// A skill under its first name, for writing files; of a skill that is itself only a name, what that stands for.
    #[must_use]
    pub fn find(&self, skill: &Skill) -> Option<&NamedSkill> {
        let by_name = || self.by_name(skill.as_str());
        let own = self.by_skill.get(skill).and_then(|&at| self.named.get(at));
        match skill.reference() {
            None => by_name().or(own),
            Some(_) => own,
        }
    }

    /// The roster with everybody's skills in the place of their names.
    ///
    /// # Errors
    ///
    /// [`ResolveError::StatedTwice`] with everybody who states a skill under two names, [`ResolveError::Sensitive`] with everybody who
    /// states a sensitive one: use [`Notebook::resolve`](crate::notebook::Notebook::resolve) for these.
    pub fn resolve(&self, roster: &Roster) -> Result<Resolved, ResolveError> {
        let states_one = |p: &&Participant| {
            let sensitive = |skill| self.is_sensitive(skill);
            skills_of(p).any(sensitive)
        };
        let all = roster.participants().iter();
        let sensitive: Vec<_> = all.filter(states_one).map(Participant::id).collect();
        if !sensitive.is_empty() {
            return Err(ResolveError::Sensitive(sensitive));
        }
        self.resolve_with(roster, |_, skill| Ok(skill.clone()))
    }

    /// The roster with names in the place of the skills that the catalogue has, each its first: what a file of names can say.
    /// [`resolve`](Self::resolve) takes it back, but for labels.
    ///
    /// # Errors
    ///
    /// [`ResolveError::StatedTwice`] with somebody who states a skill and its name.
    pub fn to_names(&self, roster: &Roster) -> Result<Roster, ResolveError> {
        let mut people = Vec::with_capacity(roster.participants().len());
        for participant in roster.participants() {
            let mut now: BTreeMap<&Skill, Skill> = BTreeMap::new();
            for skill in skills_of(participant) {
                let at = self.by_skill.get(skill).and_then(|&at| self.named.get(at));
                if let Some(named) = at {
                    now.insert(skill, Skill::from(named.name.clone()));
                }
            }
            people.push(
                restated(participant, &now).map_err(|it| ResolveError::StatedTwice(vec![it]))?,
            );
        }
        Ok(roster.with_skills_of(people))
    }

    fn is_sensitive(&self, skill: &Skill) -> bool {
        let found = self.find(skill);
        found.is_some_and(|it| it.sensitivity == Sensitivity::Sensitive)
    }

    /// The same; `refer` says what stands for a sensitive skill that somebody states.
    ///
    /// It is not called before everything else has been checked.
    ///
    /// # Errors
    ///
    /// [`ResolveError::StatedTwice`] and [`ResolveError::Reference`].
    pub(crate) fn resolve_with<E>(
        &self,
        roster: &Roster,
        mut refer: impl FnMut(ParticipantId, &Skill) -> Result<Skill, E>,
    ) -> Result<Resolved, ResolveError<E>> {
        let stands_for = |skill| self.find(skill).map_or(skill, NamedSkill::skill);
        let twice = roster.participants().iter().filter_map(|p| {
            let twice = StatedTwice {
                participant: p.id(),
                offers: doubles(p.profile().offers().iter().map(|o| stands_for(o.skill()))),
                wishes: doubles(p.profile().wishes().iter().map(|w| stands_for(w.skill()))),
            };
            (twice.offers + twice.wishes > 0).then_some(twice)
        });
        let twice: Vec<_> = twice.collect();
        if !twice.is_empty() {
            return Err(ResolveError::StatedTwice(twice));
        }
        let mut unknown: BTreeMap<Skill, usize> = BTreeMap::new();
        let mut people = Vec::with_capacity(roster.participants().len());
        for participant in roster.participants() {
            let stated: BTreeSet<&Skill> = skills_of(participant).collect();
            let mut now: BTreeMap<&Skill, Skill> = BTreeMap::new();
            for skill in stated {
                let Some(named) = self.find(skill) else {
                    if skill.reference().is_none() {
                        *unknown.entry(skill.clone()).or_default() += 1;
                    }
                    continue;
                };
                let stands = match named.sensitivity {
                    Sensitivity::Ordinary => named.skill.clone(),
                    Sensitivity::Sensitive => {
                        refer(participant.id(), &named.skill).map_err(ResolveError::Reference)?
                    }
                };
                now.insert(skill, stands);
            }
            match restated(participant, &now) {
                Ok(participant) => people.push(participant),
                // Two skills have been given one reference.
                Err(twice) => return Err(ResolveError::StatedTwice(vec![twice])),
            }
        }
        Ok(Resolved {
            roster: roster.with_skills_of(people),
            unknown,
        })
    }
}

/// Everything that somebody offers and wishes for.
fn skills_of(participant: &Participant) -> impl Iterator<Item = &Skill> {
    let profile = participant.profile();
    let offers = profile.offers().iter().map(Offer::skill);
    offers.chain(profile.wishes().iter().map(Wish::skill))
}

/// Somebody with other skills in the place of their own.
fn restated(
    participant: &Participant,
    now: &BTreeMap<&Skill, Skill>,
) -> Result<Participant, StatedTwice> {
    if now.is_empty() {
        return Ok(participant.clone());
    }
    let stands_for = |skill| now.get(skill).unwrap_or(skill).clone();
    let profile = participant.profile();
    let offers = profile.offers().iter();
    let offers = offers.map(|offer| offer.of_skill(stands_for(offer.skill())));
    let wishes = profile.wishes().iter();
    let wishes = wishes.map(|wish| wish.of_skill(stands_for(wish.skill())));
    let twice = |offers, wishes| StatedTwice {
        participant: participant.id(),
        offers,
        wishes,
    };
    let stated = participant.clone().with_offers(offers);
    stated
        .map_err(|_| twice(1, 0))?
        .with_wishes(wishes)
        .map_err(|_| twice(0, 1))
}

/// How many skills are there more than once.
fn doubles<'a>(skills: impl Iterator<Item = &'a Skill>) -> usize {
    let mut count: BTreeMap<&Skill, usize> = BTreeMap::new();
    for skill in skills {
        *count.entry(skill).or_default() += 1;
    }
    count.values().filter(|&&times| times > 1).count()
}
