//! Mentor and mentee: the two roles, and two people in them.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::ParticipantId;

/// The two roles of a pairing.
///
/// The mentor is the *less* experienced person, who teaches; the mentee the more experienced one, who learns and
/// teaches back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The junior, who teaches.
    Mentor,
    /// The senior, who learns and teaches back.
    Mentee,
}

impl Role {
    /// The other of the two.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Mentor => Self::Mentee,
            Self::Mentee => Self::Mentor,
        }
    }

    /// `mentor` or `mentee`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which of the two: nobody, one of them, or both. Written as a list.
///
/// ```
/// use reverse_mentoring::pair::{Role, Roles};
///
/// let mut answered = Roles::NONE.with(Role::Mentee);
/// assert!(answered.contains(Role::Mentee) && !answered.is_both());
/// answered = answered.with(Role::Mentor);
/// assert_eq!(answered, Roles::BOTH);
/// assert_eq!(serde_json::to_string(&answered)?, r#"["mentor","mentee"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "BTreeSet<Role>", into = "BTreeSet<Role>")]
pub struct Roles {
    mentor: bool,
    mentee: bool,
}

impl Roles {
    /// Nobody.
    pub const NONE: Self = Self {
        mentor: false,
        mentee: false,
    };

    /// Both.
    pub const BOTH: Self = Self {
        mentor: true,
        mentee: true,
    };

    /// With one more; they may be in it already.
    #[must_use]
    pub const fn with(mut self, role: Role) -> Self {
        match role {
            Role::Mentor => self.mentor = true,
            Role::Mentee => self.mentee = true,
        }
        self
    }

    /// With one fewer; they may be in it or not.
    pub(crate) const fn without(mut self, role: Role) -> Self {
        match role {
            Role::Mentor => self.mentor = false,
            Role::Mentee => self.mentee = false,
        }
        self
    }

    /// Whoever is in one of the two.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            mentor: self.mentor || other.mentor,
            mentee: self.mentee || other.mentee,
        }
    }

    /// Whether somebody in a role is in it.
    #[must_use]
    pub const fn contains(self, role: Role) -> bool {
        match role {
            Role::Mentor => self.mentor,
            Role::Mentee => self.mentee,
        }
    }

    /// Whether nobody is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        !self.mentor && !self.mentee
    }

    /// Whether both are in it.
    #[must_use]
    pub const fn is_both(self) -> bool {
        self.mentor && self.mentee
    }

    /// Who is in it, the mentor first.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        let both = [Role::Mentor, Role::Mentee].into_iter();
        both.filter(move |role| self.contains(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<BTreeSet<Role>> for Roles {
    fn from(roles: BTreeSet<Role>) -> Self {
        roles.into_iter().collect()
    }
}

impl From<Roles> for BTreeSet<Role> {
    fn from(roles: Roles) -> Self {
        roles.iter().collect()
    }
}

/// Mentor and mentee of one pair, named so that the two never change places by accident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The junior, who teaches.
    pub mentor: ParticipantId,
    /// The senior, who learns and teaches back.
    pub mentee: ParticipantId,
}

impl Pair {
    /// The person in a role.
    #[must_use]
    pub const fn person(&self, role: Role) -> ParticipantId {
        match role {
            Role::Mentor => self.mentor,
            Role::Mentee => self.mentee,
        }
    }
}
