//! What became of the sessions, who stood in the way, and where they met. Target of completion: MentorDeck.

use super::started;
use crate::health::metric::{Contribution, Metric, Target, UnitKind, UnitView};
use crate::health::tally::Tally;
use crate::pair::Role;
use crate::policy::PluginId;

/// `session_completion`: how many of the sessions on record were held. Target 80 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SessionCompletion;

impl Metric for SessionCompletion {
    fn id(&self) -> PluginId {
        PluginId::new("session_completion", 1)
    }

    fn definition(&self) -> &str {
        "sessions held / all sessions on record"
    }

    fn target(&self) -> Option<Target> {
        Some(Target::AtLeast(80))
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let tally = started(unit)?.tally();
        Some(Contribution::new(tally.held, tally.all))
    }
}

/// `mentor_cancellations` or `mentee_cancellations`: how many of the sessions one side called off beforehand.
///
/// Of the sessions of which it is known who stood in the way: those held, and those cancelled or missed by a side that is
/// on record. Together with [`NoShows`] of both and the sessions held, that is every one of them once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancellations {
    by: Role,
}

impl Cancellations {
    /// Those of a side.
    #[must_use]
    pub const fn by(by: Role) -> Self {
        Self { by }
    }
}

impl Metric for Cancellations {
    fn id(&self) -> PluginId {
        match self.by {
            Role::Mentor => PluginId::new("mentor_cancellations", 1),
            Role::Mentee => PluginId::new("mentee_cancellations", 1),
        }
    }

    fn definition(&self) -> &str {
        match self.by {
            Role::Mentor => {
                "sessions that mentors cancelled / sessions held, or not held and known because of whom"
            }
            Role::Mentee => {
                "sessions that mentees cancelled / sessions held, or not held and known because of whom"
            }
        }
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn breaks_down(&self) -> bool {
        false
    }

    fn tells(&self) -> &[&str] {
        &[super::COMPLETION]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        of_known(unit, |tally| tally.cancelled.of(self.by))
    }
}

/// `mentor_no_shows` or `mentee_no_shows`: to how many of the sessions one side did not come, and had not cancelled.
///
/// Of the same sessions as [`Cancellations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoShows {
    by: Role,
}

impl NoShows {
    /// Those of a side.
    #[must_use]
    pub const fn by(by: Role) -> Self {
        Self { by }
    }
}

impl Metric for NoShows {
    fn id(&self) -> PluginId {
        match self.by {
            Role::Mentor => PluginId::new("mentor_no_shows", 1),
            Role::Mentee => PluginId::new("mentee_no_shows", 1),
        }
    }

    fn definition(&self) -> &str {
        match self.by {
            Role::Mentor => {
                "sessions that mentors missed / sessions held, or not held and known because of whom"
            }
            Role::Mentee => {
                "sessions that mentees missed / sessions held, or not held and known because of whom"
            }
        }
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn breaks_down(&self) -> bool {
        false
    }

    fn tells(&self) -> &[&str] {
        &[super::COMPLETION]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        of_known(unit, |tally| tally.missed.of(self.by))
    }
}

/// How many sessions came out so, of those of which it is known who stood in the way.
fn of_known(unit: &UnitView<'_>, so: impl Fn(&Tally) -> u64) -> Option<Contribution> {
    let tally = started(unit)?.tally();
    let known = tally.held + tally.cancelled.both() + tally.missed.both();
    Some(Contribution::new(so(tally), known))
}

/// `meetings_at_work`: how many of the sessions were held where one of the two works.
///
/// Of those held of which it is known where: [on line](crate::session::Venue::at_work) is not at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MeetingsAtWork;

impl Metric for MeetingsAtWork {
    fn id(&self) -> PluginId {
        PluginId::new("meetings_at_work", 1)
    }

    fn definition(&self) -> &str {
        "sessions held at a workplace / sessions held of which the venue is known"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn tells(&self) -> &[&str] {
        &[super::COMPLETION]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let tally = started(unit)?.tally();
        Some(Contribution::new(tally.at_work, tally.venues))
    }
}
