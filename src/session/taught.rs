//! Who taught for how long: a pairing shifts roles.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::minutes::{Minutes, MinutesError};
use crate::pair::Role;

/// Who taught in a session, in one word: what [`Taught`] comes down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TaughtBy {
    /// The junior alone.
    Mentor,
    /// The senior alone.
    Mentee,
    /// Both, each of them some of the time.
    Both,
}

impl TaughtBy {
    /// `mentor`, `mentee` or `both`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Both => "both",
        }
    }
}

impl fmt::Display for TaughtBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who taught for how many minutes of a session: every minute is somebody's, so that role-shifting is visible.
///
/// Counted in half minutes, as the half of an odd number of minutes is one.
///
/// ```
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::session::{Minutes, Taught, TaughtBy};
///
/// let most = Taught::split(40, 20)?; // the junior forty minutes, the senior twenty
/// assert_eq!((most.minutes().as_u16(), most.taught_by()), (60, TaughtBy::Both));
/// assert_eq!(most.half_minutes(Role::Mentee), 40);
///
/// let shared = Taught::both(Minutes::new(45)?); // 22½ each
/// assert_eq!(shared.half_minutes(Role::Mentor), 45);
/// assert_eq!(Taught::split(30, 0)?, Taught::by(Role::Mentor, Minutes::new(30)?));
///
/// let error = Taught::split(0, 0).unwrap_err();
/// assert_eq!(error.to_string(), "0 minutes is not between 1 and 1440");
/// # Ok::<(), reverse_mentoring::session::MinutesError>(())
/// ```
///
/// Written as `{"minutes": 60, "taught_by": "mentor"}`; where both taught and not half each, with the mentor's minutes:
/// `{"minutes": 60, "taught_by": "both", "mentor_minutes": 40}`.
// INVARIANT (every minute): the half minutes of the mentor are at most two a minute. Kept by `by`, `both` and `split`;
// loading calls them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Taught {
    minutes: Minutes,
    /// Half minutes; those of the mentee are the rest.
    mentor: u16,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("if" = {"properties": {"mentor_minutes": {"type": "integer"}}, "required": ["mentor_minutes"]}, "then" = {"properties": {"taught_by": {"const": "both"}}})))]
#[serde(deny_unknown_fields)]
struct Wire {
    minutes: Minutes,
    taught_by: TaughtBy,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mentor_minutes: Option<u16>,
}

/// Minutes of the mentor that contradict who taught.
#[derive(Debug, thiserror::Error)]
enum WireError {
    #[error("of {minutes} minutes taught by both, {mentor} cannot be the mentor's")]
    Share { minutes: u16, mentor: u16 },
    #[error("minutes of the mentor are named only where both taught")]
    Alone,
}

impl Taught {
    /// One of the two taught all the time.
    #[must_use]
    pub const fn by(role: Role, minutes: Minutes) -> Self {
        let mentor = match role {
            Role::Mentor => 2 * minutes.as_u16(),
            Role::Mentee => 0,
        };
        Self { minutes, mentor }
    }

    /// Both taught, half of the time each.
    #[must_use]
    pub const fn both(minutes: Minutes) -> Self {
        let mentor = minutes.as_u16();
        Self { minutes, mentor }
    }

    /// As a log says it in one word: one of the two all the time, or both half of the time.
    #[must_use]
    pub const fn new(by: TaughtBy, minutes: Minutes) -> Self {
        match by {
            TaughtBy::Mentor => Self::by(Role::Mentor, minutes),
            TaughtBy::Mentee => Self::by(Role::Mentee, minutes),
            TaughtBy::Both => Self::both(minutes),
        }
    }

    /// So many minutes the mentor taught, and so many the mentee; one of them may be 0.
    ///
    /// # Errors
    ///
    /// [`MinutesError`] with their sum, where that is not between 1 and 1,440.
    pub const fn split(mentor: u16, mentee: u16) -> Result<Self, MinutesError> {
        match Minutes::new(mentor.saturating_add(mentee)) {
            // At most twice 1,440.
            Ok(minutes) => Ok(Self {
                minutes,
                mentor: 2 * mentor,
            }),
            Err(error) => Err(error),
        }
    }

    /// How long the session was.
    #[must_use]
    pub const fn minutes(self) -> Minutes {
        self.minutes
    }

    /// Half minutes that a role taught; those of both add up to two a minute.
    #[must_use]
    pub const fn half_minutes(self, role: Role) -> u64 {
        let all = 2 * self.minutes.as_u16();
        match role {
            Role::Mentor => self.mentor as u64,
            Role::Mentee => all.saturating_sub(self.mentor) as u64,
        }
    }

    /// Who taught at all.
    #[must_use]
    pub const fn taught_by(self) -> TaughtBy {
        match (
            self.half_minutes(Role::Mentor),
            self.half_minutes(Role::Mentee),
        ) {
            (_, 0) => TaughtBy::Mentor,
            (0, _) => TaughtBy::Mentee,
            _ => TaughtBy::Both,
        }
    }
}

impl TryFrom<Wire> for Taught {
    type Error = WireError;

    fn try_from(wire: Wire) -> Result<Self, WireError> {
        let minutes = wire.minutes.as_u16();
        match (wire.taught_by, wire.mentor_minutes) {
            (by, None) => Ok(Self::new(by, wire.minutes)),
            (TaughtBy::Both, Some(mentor)) if 0 < mentor && mentor < minutes => Ok(Self {
                minutes: wire.minutes,
                mentor: 2 * mentor,
            }),
            (TaughtBy::Both, Some(mentor)) => Err(WireError::Share { minutes, mentor }),
            (_, Some(_)) => Err(WireError::Alone),
        }
    }
}

impl From<Taught> for Wire {
    fn from(taught: Taught) -> Self {
        let by = taught.taught_by();
        // Only whole minutes are split otherwise than in halves.
        let split = Taught::new(by, taught.minutes) != taught;
        Self {
            minutes: taught.minutes,
            taught_by: by,
            mentor_minutes: split.then_some(taught.mentor / 2),
        }
    }
}
