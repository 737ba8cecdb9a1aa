//! What is taught and learnt: skills, and when two of them are the same.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::taxonomy::SkillReference;
use crate::text::{Label, TextError};

/// A skill: one with a name of the host's, or one that a taxonomy such as ESCO or O*NET knows by an id.
///
/// Two names are compared byte for byte: `SQL` and `sql` are two skills. Two references are the same skill where scheme and id
/// are, whatever their labels say, in whatever language; a name and a reference never are. Which names stand
/// for which references is said by the host's [`SkillCatalogue`](super::SkillCatalogue); no taxonomy is shipped.
///
/// Ordered by name, references after all names by scheme and id. Serialises as a string, a reference as an
/// object with `scheme`, `id` and `label`.
///
/// ```
/// use reverse_mentoring::roster::Skill;
///
/// let video = Skill::referenced("onet", "2.C.9.a", "Telecommunications")?;
/// assert_eq!(video, Skill::referenced("onet", "2.C.9.a", "Télécommunications")?);
/// assert_ne!(video, Skill::new("Telecommunications")?);
/// assert_eq!(video.as_str(), "Telecommunications");
/// assert_eq!(video.reference().map(|it| it.id()), Some("2.C.9.a"));
///
/// let json = r#"{"scheme":"onet","id":"2.C.9.a","label":"Telecommunications"}"#;
/// assert_eq!(serde_json::from_str::<Skill>(json)?, video);
/// assert_eq!(serde_json::to_string(&Skill::new("SQL")?)?, r#""SQL""#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Skill {
    label: Label,
    reference: Option<Arc<SkillReference>>,
}

impl Skill {
    /// The skill of this name.
    ///
    /// # Errors
    ///
    /// [`TextError`] where the name is not a [`Label`].
    pub fn new(name: &str) -> Result<Self, TextError> {
        Label::new(name).map(Self::from)
    }

    /// The skill that a scheme knows by an id, and its label: all three as their source writes them.
    ///
    /// # Errors
    ///
    /// [`TextError`] where one of the three is not a [`Label`].
    pub fn referenced(scheme: &str, id: &str, label: &str) -> Result<Self, TextError> {
        let reference = SkillReference::new(Label::new(scheme)?, Label::new(id)?);
        Ok(Self::of(reference, Label::new(label)?))
    }

    /// The same from checked parts.
    #[must_use]
    pub fn of(reference: SkillReference, label: Label) -> Self {
        Self {
            label,
            reference: Some(Arc::new(reference)),
        }
    }

    /// The name, or the label of a reference: what people read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.label.as_str()
    }

    /// The same as a label.
    #[must_use]
    pub const fn label(&self) -> &Label {
        &self.label
    }

    /// Scheme and id, where it has them.
    #[must_use]
    pub fn reference(&self) -> Option<&SkillReference> {
        self.reference.as_deref()
    }
}

// INVARIANT (one skill): what is equal is ordered and hashed alike, so labels of references count in none of the three.
impl PartialEq for Skill {
    fn eq(&self, other: &Self) -> bool {
        match (&self.reference, &other.reference) {
            (None, None) => self.label == other.label,
            (Some(one), Some(two)) => Arc::ptr_eq(one, two) || one == two,
            _ => false,
        }
    }
}

impl Eq for Skill {}

impl Ord for Skill {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.reference, &other.reference) {
            (None, None) => self.label.cmp(&other.label),
            (one, two) => one.cmp(two),
        }
    }
}

impl PartialOrd for Skill {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Skill {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.reference {
            None => self.label.hash(state),
            Some(reference) => reference.hash(state),
        }
    }
}

/// The name; of a reference scheme and id, too.
impl fmt::Debug for Skill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reference {
            None => f.debug_tuple("Skill").field(&self.label).finish(),
            Some(reference) => {
                let mut shown = f.debug_struct("Skill");
                shown.field("scheme", &reference.scheme());
                shown.field("id", &reference.id());
                shown.field("label", &self.label).finish()
            }
        }
    }
}

impl From<Label> for Skill {
    fn from(label: Label) -> Self {
        Self {
            label,
            reference: None,
        }
    }
}

impl fmt::Display for Skill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.label.fmt(f)
    }
}
