//! What is different about one person.

use serde::Serialize;

use super::Who;
use crate::roster::{Capacity, Experience, Participant, PersonRef, Roster};
use crate::text::Key;

/// What can be different about somebody who is in both rosters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// Takes part now, and did not.
    TakesPart,
    /// Takes part no more.
    TakesNoPart,
    /// Takes part under another id: a stranger to a programme, whose pairings end.
    AnotherId,
    /// Reports to another solid-line manager, or to one after none, or to none.
    Manager,
    /// Has other dotted-line managers.
    Dotted,
    /// Is in another unit.
    Unit,
    /// Is at another site.
    Site,
    /// Is in another time zone.
    Timezone,
    /// Takes part on another side.
    Side,
    /// Has another grade.
    Grade,
    /// Has other months of experience.
    ExperienceMonths,
    /// Takes on more or fewer pairings, or gives other hours.
    Capacity,
    /// Offers other skills or levels.
    Offers,
    /// Wishes for other skills or levels.
    Wants,
    /// Speaks other languages.
    Languages,
    /// Has other interests, values or background. Which of them is nobody's business here.
    Traits,
    /// Counts under another label in reports.
    Group,
}

impl ChangeKind {
    /// The word, in kebab case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TakesPart => "takes-part",
            Self::TakesNoPart => "takes-no-part",
            Self::AnotherId => "another-id",
            Self::Manager => "manager",
            Self::Dotted => "dotted",
            Self::Unit => "unit",
            Self::Site => "site",
            Self::Timezone => "timezone",
            Self::Side => "side",
            Self::Grade => "grade",
            Self::ExperienceMonths => "experience-months",
            Self::Capacity => "capacity",
            Self::Offers => "offers",
            Self::Wants => "wants",
            Self::Languages => "languages",
            Self::Traits => "traits",
            Self::Group => "group",
        }
    }
}

/// Somebody who is in both rosters, and what is different about them. What it was and what it is, the rosters say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PersonChange {
    /// Who, as the next roster knows them; by the id of the previous one where they take part no more.
    pub who: Who,
    /// What is different, each once, in the order of the kinds; never empty.
    pub kinds: Vec<ChangeKind>,
}

impl PersonChange {
    /// Whether a kind is among them.
    #[must_use]
    pub fn has(&self, kind: ChangeKind) -> bool {
        self.kinds.contains(&kind)
    }
}

/// One person in one of the rosters.
pub(super) struct Side<'a> {
    pub(super) roster: &'a Roster,
    pub(super) person: PersonRef,
    pub(super) participant: Option<&'a Participant>,
}

impl Side<'_> {
    fn manager(&self) -> Option<&Key> {
        let lines = self.roster.lines();
        lines.manager(self.person).and_then(|m| lines.key(m))
    }

    fn dotted(&self) -> impl Iterator<Item = &Key> {
        let lines = self.roster.lines();
        let dotted = lines.dotted_managers(self.person);
        dotted.filter_map(|m| lines.key(m))
    }

    /// Experience and capacity, as far as they are known.
    fn known(&self) -> (Option<&Experience>, Capacity) {
        match self.participant.map(Participant::profile) {
            Some(p) => (Some(p.experience()), *p.capacity()),
            None => match self.roster.colleague(self.person) {
                Some(known) => (known.experience.as_ref(), known.capacity),
                None => (None, Capacity::default()),
            },
        }
    }
}

/// Everything that is different about one person, by kind.
pub(super) fn changes(before: &Side<'_>, after: &Side<'_>) -> Vec<ChangeKind> {
    let mut kinds = Vec::new();
    let mut note = |kind, differs: bool| kinds.extend(differs.then_some(kind));
    match (before.participant, after.participant) {
        (None, Some(_)) => note(ChangeKind::TakesPart, true),
        (Some(_), None) => note(ChangeKind::TakesNoPart, true),
        (Some(was), Some(is)) => note(ChangeKind::AnotherId, was.id() != is.id()),
        (None, None) => {}
    }
    note(ChangeKind::Manager, before.manager() != after.manager());
    note(ChangeKind::Dotted, !before.dotted().eq(after.dotted()));
    let (was, is) = (before.known(), after.known());
    let grade = |of: Option<&Experience>| of.and_then(Experience::as_grade);
    let months = |of: Option<&Experience>| of.and_then(Experience::as_months);
    if let (Some(before), Some(after)) = (before.participant, after.participant) {
        let (was, is) = (before.profile(), after.profile());
        note(ChangeKind::Unit, was.unit() != is.unit());
        note(ChangeKind::Site, was.site() != is.site());
        note(ChangeKind::Timezone, was.timezone() != is.timezone());
        note(ChangeKind::Side, was.side() != is.side());
        note(ChangeKind::Offers, was.offers() != is.offers());
        note(ChangeKind::Wants, was.wishes() != is.wishes());
        note(ChangeKind::Languages, was.languages() != is.languages());
        let traits = was.interests() != is.interests()
            || was.values() != is.values()
            || was.background() != is.background();
        note(ChangeKind::Traits, traits);
        note(ChangeKind::Group, before.group() != after.group());
    }
    note(ChangeKind::Grade, grade(was.0) != grade(is.0));
    note(ChangeKind::ExperienceMonths, months(was.0) != months(is.0));
    note(ChangeKind::Capacity, was.1 != is.1);
    kinds.sort_unstable();
    kinds
}
