//! What each of the two brings into the agreement.

use serde::{Deserialize, Serialize};

use super::choices::{Choice, Choices};

/// How somebody likes to be talked with. What differs is easier to overcome when it is on the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Preference {
    /// Face to face.
    InPerson,
    /// By video.
    Video,
    /// On the telephone.
    Phone,
    /// By short messages.
    Chat,
    /// By mail.
    Mail,
    /// Without a detour.
    Direct,
    /// With care for how it sounds.
    Gentle,
    /// With time to think before an answer.
    TimeToThink,
}

/// An area that somebody is curious about in the other. The questions themselves are between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Area {
    /// What the other's generation thinks and lives.
    Generation,
    /// Culture and values.
    Culture,
    /// What the other has been through at work.
    Experience,
    /// What the other can do.
    Skills,
    /// How one gets on.
    Progression,
    /// How the organisation works, seen from there.
    Organisation,
}

impl Choice for Preference {
    const ALL: &'static [Self] = &[
        Self::InPerson,
        Self::Video,
        Self::Phone,
        Self::Chat,
        Self::Mail,
        Self::Direct,
        Self::Gentle,
        Self::TimeToThink,
    ];
}

impl Choice for Area {
    const ALL: &'static [Self] = &[
        Self::Generation,
        Self::Culture,
        Self::Experience,
        Self::Skills,
        Self::Progression,
        Self::Organisation,
    ];
}

/// What one of the two brings into the agreement: how they like to talk, and what they want to know.
///
/// ```
/// use reverse_mentoring::pairing::{Area, NoTerms, Preference, Terms};
///
/// let terms = Terms::new([Preference::Video, Preference::Direct], [Area::Generation])?;
/// assert_eq!(terms.curiosity().len(), 1);
/// let error = Terms::new([], [Area::Skills]).unwrap_err();
/// assert_eq!(error.to_string(), "no preference for how to talk is named");
/// # Ok::<(), NoTerms>(())
/// ```
// INVARIANT (terms): at least one preference and one area. Kept by `new`; loading calls it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Terms(Wire);

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Wire {
    #[cfg_attr(feature = "schema", schemars(extend("minItems" = 1)))]
    communication: Choices<Preference>,
    #[cfg_attr(feature = "schema", schemars(extend("minItems" = 1)))]
    curiosity: Choices<Area>,
}

/// Terms that say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoTerms {
    /// Nothing of how to talk.
    #[error("no preference for how to talk is named")]
    Communication,
    /// Nothing to learn about the other.
    #[error("no area of curiosity is named")]
    Curiosity,
}

impl Terms {
    /// How somebody likes to talk, and what they are curious about.
    ///
    /// # Errors
    ///
    /// [`NoTerms`] where one of the two is empty.
    pub fn new(
        communication: impl IntoIterator<Item = Preference>,
        curiosity: impl IntoIterator<Item = Area>,
    ) -> Result<Self, NoTerms> {
        let wire = Wire {
            communication: communication.into_iter().collect(),
            curiosity: curiosity.into_iter().collect(),
        };
        if wire.communication.is_empty() {
            return Err(NoTerms::Communication);
        }
        if wire.curiosity.is_empty() {
            return Err(NoTerms::Curiosity);
        }
        Ok(Self(wire))
    }

    /// How they like to talk.
    #[must_use]
    pub const fn communication(&self) -> Choices<Preference> {
        self.0.communication
    }

    /// What they are curious about.
    #[must_use]
    pub const fn curiosity(&self) -> Choices<Area> {
        self.0.curiosity
    }
}

impl TryFrom<Wire> for Terms {
    type Error = NoTerms;

    fn try_from(wire: Wire) -> Result<Self, NoTerms> {
        Self::new(wire.communication.iter(), wire.curiosity.iter())
    }
}

impl From<Terms> for Wire {
    fn from(terms: Terms) -> Self {
        terms.0
    }
}
