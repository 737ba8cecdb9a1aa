//! Names of rules, criteria, matchers and metrics.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Name and version of a plug-in, written `minimum-gap@1`.
///
/// Raise the version when the same input gives another verdict, score or reading: it is recorded as evidence.
///
/// ```
/// use reverse_mentoring::policy::PluginId;
///
/// let id = PluginId::new("same-site", 2);
/// assert_eq!(id.to_string(), "same-site@2");
/// assert_eq!("same-site@2".parse(), Ok(id));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("pattern" = r"^[\s\S]+@0*(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4})$")))]
#[serde(try_from = "String", into = "String")]
pub struct PluginId {
    name: Cow<'static, str>,
    version: u16,
}

/// Not `name@version`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a plug-in is named `name@version`")]
#[non_exhaustive]
pub struct PluginIdError;

impl PluginId {
    /// A plug-in of this name, by convention in kebab-case (metrics: snake_case), and version.
    #[must_use]
    pub const fn new(name: &'static str, version: u16) -> Self {
        Self {
            name: Cow::Borrowed(name),
            version,
        }
    }

    /// The name alone.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version alone.
    #[must_use]
    pub const fn version(&self) -> u16 {
        self.version
    }
}

impl fmt::Display for PluginId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

impl std::str::FromStr for PluginId {
    type Err = PluginIdError;

    fn from_str(text: &str) -> Result<Self, PluginIdError> {
        let (name, version) = text.rsplit_once('@').ok_or(PluginIdError)?;
        if name.is_empty() || !version.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PluginIdError);
        }
        Ok(Self {
            name: Cow::Owned(name.to_owned()),
            version: version.parse().map_err(|_| PluginIdError)?,
        })
    }
}

impl TryFrom<String> for PluginId {
    type Error = PluginIdError;

    fn try_from(text: String) -> Result<Self, PluginIdError> {
        text.parse()
    }
}

impl From<PluginId> for String {
    fn from(id: PluginId) -> Self {
        id.to_string()
    }
}
