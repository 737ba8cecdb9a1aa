//! Scheme and id of a skill that some taxonomy knows, and how a skill is written.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::skill::Skill;
use crate::text::Label;

/// By what a taxonomy knows a skill: the scheme, and the id within it.
///
/// Both are compared byte for byte. A host calls a scheme what it likes, and always the same: `esco` with the concept's URI
/// as id, say, or `onet` with the element's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SkillReference {
    scheme: Label,
    id: Label,
}

impl SkillReference {
    /// An id of a scheme.
    #[must_use]
    pub const fn new(scheme: Label, id: Label) -> Self {
        Self { scheme, id }
    }

    /// The taxonomy.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.scheme.as_str()
    }

    /// The id within it.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_str()
    }
}

/// The three parts of a reference as they are written.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "SkillReference"))]
#[serde(deny_unknown_fields)]
struct Parts {
    scheme: Label,
    id: Label,
    label: Label,
}

impl Serialize for Skill {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(reference) = self.reference() else {
            return serializer.serialize_str(self.as_str());
        };
        let mut parts = serializer.serialize_struct("Skill", 3)?;
        parts.serialize_field("scheme", reference.scheme())?;
        parts.serialize_field("id", reference.id())?;
        parts.serialize_field("label", self.as_str())?;
        parts.end()
    }
}

impl<'de> Deserialize<'de> for Skill {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

/// Reads either form.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Skill;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a skill's name, or its `scheme`, `id` and `label`")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Skill, E> {
        Skill::new(name).map_err(E::custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, parts: A) -> Result<Skill, A::Error> {
        let Parts { scheme, id, label } = Parts::deserialize(MapAccessDeserializer::new(parts))?;
        Ok(Skill::of(SkillReference::new(scheme, id), label))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Skill {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Skill".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A skill: its name, or what a taxonomy knows it by.",
            "anyOf": [generator.subschema_for::<Label>(), generator.subschema_for::<Parts>()],
        })
    }
}
