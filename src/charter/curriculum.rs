//! What both of a pair learn about reverse mentoring before they begin.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::text::Label;

/// A training that somebody finished: a curriculum, in a version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// The curriculum, by the host's label.
    pub curriculum: Label,
    /// Its version, likewise.
    pub version: Label,
}

/// The one curriculum that both of a pair finish, in a version or in one that is declared equivalent.
///
/// ```
/// use reverse_mentoring::charter::{Curriculum, Training};
///
/// let basics = Curriculum::new("basics".parse()?, "2026".parse()?).with_equivalent("2025".parse()?);
/// let finished = |version: &str| -> Result<Training, Box<dyn std::error::Error>> {
///     Ok(Training { curriculum: "basics".parse()?, version: version.parse()? })
/// };
/// assert!(basics.accepts(&finished("2026")?) && basics.accepts(&finished("2025")?));
/// assert!(!basics.accepts(&finished("2019")?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Curriculum {
    id: Label,
    version: Label,
    equivalent: BTreeSet<Label>,
}

impl Curriculum {
    /// A curriculum in a version.
    #[must_use]
    pub const fn new(id: Label, version: Label) -> Self {
        Self {
            id,
            version,
            equivalent: BTreeSet::new(),
        }
    }

    /// Declares another version of it equivalent.
    #[must_use]
    pub fn with_equivalent(mut self, version: Label) -> Self {
        self.equivalent.insert(version);
        self
    }

    /// The label of the curriculum.
    #[must_use]
    pub const fn id(&self) -> &Label {
        &self.id
    }

    /// The version that is taught.
    #[must_use]
    pub const fn version(&self) -> &Label {
        &self.version
    }

    /// The training in the version that is taught.
    #[must_use]
    pub fn training(&self) -> Training {
        Training {
            curriculum: self.id.clone(),
            version: self.version.clone(),
        }
    }

    /// Whether a training counts: of this curriculum, in this version or in an equivalent one.
    #[must_use]
    pub fn accepts(&self, training: &Training) -> bool {
        let version = &training.version;
        training.curriculum == self.id
            && (*version == self.version || self.equivalent.contains(version))
    }
}
