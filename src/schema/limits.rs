//! What the generator leaves out of numbers: the ends of their range.

use schemars::Schema;
use schemars::transform::transform_subschemas;

/// Numbers get the ends of the integer that they are read into, in this schema and all within it.
pub(super) fn say(schema: &mut Schema) {
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
