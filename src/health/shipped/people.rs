//! Who has a pairing, and who waits for one. Target of utilisation: MentorDeck.

use super::SLOT;
use crate::health::metric::{Contribution, Metric, Target, UnitKind, UnitView};
use crate::pair::Role;
use crate::policy::PluginId;

/// `mentor_utilisation`: how many of those with a place as mentor have an open pairing in it. Target 70 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MentorUtilisation;

impl Metric for MentorUtilisation {
    fn id(&self) -> PluginId {
        PluginId::new("mentor_utilisation", 1)
    }

    fn definition(&self) -> &str {
        "people with an open pairing as mentor / people with a place as mentor"
    }

    fn target(&self) -> Option<Target> {
        Some(Target::AtLeast(70))
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Person
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Person(person) = unit else {
            return None;
        };
        let places = person.places(Role::Mentor).filter(|&places| places > 0);
        places.map(|_| Contribution::whether(person.open(Role::Mentor) > 0))
    }
}

/// `match_coverage`: how many of those who take part have an open pairing, in either role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MatchCoverage;

impl Metric for MatchCoverage {
    fn id(&self) -> PluginId {
        PluginId::new("match_coverage", 1)
    }

    fn definition(&self) -> &str {
        "people with an open pairing / people who take part"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Person
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Person(person) = unit else {
            return None;
        };
        let open = person.open(Role::Mentor) + person.open(Role::Mentee);
        Some(Contribution::whether(open > 0))
    }
}

/// `long_waits`: how many of those with a free place have waited for a pairing for more than 30 days, or as many as the host
/// says, and have none in either role. The lower the better.
///
/// Somebody waits as [`Program::waits`](crate::program::Program::waits) has it, longest in the role that counts here; a place
/// is free that no open pairing takes. Where nobody knows since when somebody has had the place, as in a log, there is no
/// data. The 30 days are own: one slot of the monthly cadence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongWaits {
    days: u16,
    definition: String,
}

impl LongWaits {
    /// More than so many days.
    #[must_use]
    pub fn over(days: u16) -> Self {
        let definition = format!(
            "people without a pairing who have waited for more than {days} days / people with a free place"
        );
        Self { days, definition }
    }
}

impl Default for LongWaits {
    fn default() -> Self {
        Self::over(SLOT)
    }
}

impl Metric for LongWaits {
    fn id(&self) -> PluginId {
        PluginId::new("long_waits", 1)
    }

    fn definition(&self) -> &str {
        &self.definition
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Person
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Person(person) = unit else {
            return None;
        };
        let roles = [Role::Mentor, Role::Mentee];
        let free = |role: &Role| {
            let places = person.places(*role).unwrap_or(0);
            places > person.open(*role) && person.knows_since(*role)
        };
        if !roles.iter().any(free) {
            return None;
        }
        let none = roles.iter().all(|role| person.open(*role) == 0);
        let since = roles
            .iter()
            .filter_map(|role| person.waits_since(*role))
            .min();
        let days = since.map_or(0, |since| (person.as_of() - since).num_days());
        Some(Contribution::whether(none && days > i64::from(self.days)))
    }
}
