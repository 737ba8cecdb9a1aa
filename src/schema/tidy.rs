//! What the generator leaves out of numbers, which is the ends of their range, and takes too much of: our documentation.

use schemars::Schema;
use schemars::transform::transform_subschemas;

/// Numbers get the ends of the integer that they are read into, and descriptions end with their first paragraph (what follows are
/// examples in Rust), in this schema and all within it.
pub(super) fn say(schema: &mut Schema) {
    let described = schema.get("description").and_then(|text| text.as_str());
    let first = described.and_then(|text| text.split("\n\n").next());
    if let Some(first) = first.map(|text| text.replace('\n', " ")) {
        schema.insert("description".to_owned(), first.into());
    }
    let range = match schema.get("format").and_then(|format| format.as_str()) {
        Some("uint32") => Some((0i64, u64::from(u32::MAX))),
        Some("uint64" | "uint") => Some((0, u64::MAX)),
        Some("int32") => Some((i32::MIN.into(), i32::MAX.unsigned_abs().into())),
        Some("int64") => Some((i64::MIN, i64::MAX.unsigned_abs())),
        _ => None,
    };
    if let Some((least, most)) = range {
        let end = |schema: &mut Schema, name: &str, end: serde_json::Value| {
            if schema.get(name).is_none() {
                schema.insert(name.to_owned(), end);
            }
        };
        end(schema, "minimum", least.into());
        end(schema, "maximum", most.into());
    }
    transform_subschemas(&mut say, schema);
}
