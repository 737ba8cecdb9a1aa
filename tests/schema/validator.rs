//! A validator of the words that the schemas use, by the text of the specification. Patterns and formats are left to the other judge,
//! Python's; a word that neither list has is a fault, so that no schema says what nobody checks.

use std::collections::BTreeSet;

use serde_json::Value;

/// Annotations, and what the other judge checks.
const SILENT: [&str; 9] = [
    "$id",
    "$schema",
    "$defs",
    "title",
    "description",
    "default",
    "format",
    "pattern",
    "examples",
];

/// Where in a value a document's schema does not hold, one place at most for each schema that fails.
pub(crate) fn faults(document: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    check(document, document, value, "", &mut faults);
    faults
}

fn holds(root: &Value, schema: &Value, value: &Value) -> bool {
    let mut faults = Vec::new();
    check(root, schema, value, "", &mut faults);
    faults.is_empty()
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0)
        }
        other => panic!("no such type: {other}"),
    }
}

/// How many of a list of schemas hold.
fn count(root: &Value, list: &Value, value: &Value) -> usize {
    let list = list.as_array().unwrap().iter();
    list.filter(|schema| holds(root, schema, value)).count()
}

fn size(word: &Value) -> usize {
    usize::try_from(word.as_u64().unwrap()).unwrap()
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let words = match schema {
        Value::Bool(true) => return,
        Value::Bool(false) => return faults.push(format!("{at}: nothing may stand here")),
        schema => schema.as_object().unwrap(),
    };
    for (word, says) in words {
        let number = |n: &Value| n.as_f64().unwrap();
        let kept = match (word.as_str(), value) {
            ("$ref", _) => {
                let place = says.as_str().unwrap().strip_prefix('#').unwrap();
                check(root, root.pointer(place).unwrap(), value, at, faults);
                true
            }
            ("type", _) => match says {
                Value::String(name) => is_of_type(value, name),
                names => {
                    let mut names = names.as_array().unwrap().iter();
                    names.any(|name| is_of_type(value, name.as_str().unwrap()))
                }
            },
            ("const", _) => says == value,
            ("enum", _) => says.as_array().unwrap().contains(value),
            ("anyOf", _) => count(root, says, value) > 0,
            ("oneOf", _) => count(root, says, value) == 1,
            ("allOf", _) => {
                for schema in says.as_array().unwrap() {
                    check(root, schema, value, at, faults);
                }
                true
            }
            ("not", _) => !holds(root, says, value),
            ("if", _) => {
                let branch = if holds(root, says, value) {
                    "then"
                } else {
                    "else"
                };
                if let Some(branch) = words.get(branch) {
                    check(root, branch, value, at, faults);
                }
                true
            }
            ("then" | "else", _) => words.contains_key("if"),
            ("minimum", Value::Number(n)) => n.as_f64().unwrap() >= number(says),
            ("maximum", Value::Number(n)) => n.as_f64().unwrap() <= number(says),
            ("minLength", Value::String(text)) => text.chars().count() >= size(says),
            ("maxLength", Value::String(text)) => text.chars().count() <= size(says),
            ("minItems", Value::Array(items)) => items.len() >= size(says),
            ("maxItems", Value::Array(items)) => items.len() <= size(says),
            ("uniqueItems", Value::Array(items)) => {
                let different: BTreeSet<String> = items.iter().map(Value::to_string).collect();
                *says == Value::Bool(false) || different.len() == items.len()
            }
            ("contains", Value::Array(items)) => items.iter().any(|item| holds(root, says, item)),
            ("prefixItems", Value::Array(items)) => {
                for (n, (item, schema)) in items.iter().zip(says.as_array().unwrap()).enumerate() {
                    check(root, schema, item, &format!("{at}/{n}"), faults);
                }
                true
            }
            ("items", Value::Array(items)) => {
                let first = words
                    .get("prefixItems")
                    .map_or(0, |list| list.as_array().unwrap().len());
                for (n, item) in items.iter().enumerate().skip(first) {
                    check(root, says, item, &format!("{at}/{n}"), faults);
                }
                true
            }
            ("required", Value::Object(members)) => {
                let mut names = says.as_array().unwrap().iter();
                names.all(|name| members.contains_key(name.as_str().unwrap()))
            }
            ("properties", Value::Object(members)) => {
                for (name, schema) in says.as_object().unwrap() {
                    if let Some(member) = members.get(name) {
                        check(root, schema, member, &format!("{at}/{name}"), faults);
                    }
                }
                true
            }
            ("additionalProperties", Value::Object(members)) => {
                let none = serde_json::Map::new();
                let known = words
                    .get("properties")
                    .map_or(&none, |p| p.as_object().unwrap());
                // The other judge knows patterns; where there are some, a member may be one of theirs.
                let others = members
                    .iter()
                    .filter(|(name, _)| !known.contains_key(*name));
                for (name, member) in others.filter(|_| !words.contains_key("patternProperties")) {
                    check(root, says, member, &format!("{at}/{name}"), faults);
                }
                true
            }
            (
                "minimum"
                | "maximum"
                | "minLength"
                | "maxLength"
                | "minItems"
                | "maxItems"
                | "uniqueItems"
                | "contains"
                | "prefixItems"
                | "items"
                | "required"
                | "properties"
                | "additionalProperties"
                | "patternProperties",
                _,
            ) => true,
            (silent, _) => {
                assert!(SILENT.contains(&silent), "{at}: nobody checks `{silent}`");
                true
            }
        };
        if !kept {
            faults.push(format!("{at}: `{word}` does not hold"));
        }
    }
}

#[test]
fn it_sees_what_is_wrong() {
    let schema = serde_json::json!({
        "type": "object", "required": ["a"], "additionalProperties": false,
        "properties": {"a": {"oneOf": [{"const": 1}, {"type": "string", "maxLength": 2}]}, "b": {"$ref": "#/$defs/b"}},
        "$defs": {"b": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 3, "maximum": 4}, "uniqueItems": true}},
    });
    let of = |value: Value| faults(&schema, &value).join("; ");
    let json = |text: &str| serde_json::from_str(text).unwrap();
    for sound in [
        r#"{"a":1}"#,
        r#"{"a":"xy","b":null}"#,
        r#"{"a":"","b":[3,4]}"#,
    ] {
        assert_eq!(of(json(sound)), "");
    }
    assert_eq!(of(json("[]")), ": `type` does not hold");
    assert_eq!(of(json("{}")), ": `required` does not hold");
    assert_eq!(of(json(r#"{"a":2}"#)), "/a: `oneOf` does not hold");
    assert_eq!(of(json(r#"{"a":"xyz"}"#)), "/a: `oneOf` does not hold");
    assert_eq!(of(json(r#"{"a":1,"c":1}"#)), "/c: nothing may stand here");
    assert_eq!(
        of(json(r#"{"a":1,"b":[5]}"#)),
        "/b/0: `maximum` does not hold"
    );
    assert_eq!(
        of(json(r#"{"a":1,"b":[3,3]}"#)),
        "/b: `uniqueItems` does not hold"
    );
    assert_eq!(
        of(json(r#"{"a":1,"b":[2.5]}"#)),
        "/b/0: `minimum` does not hold; /b/0: `type` does not hold"
    );
}
