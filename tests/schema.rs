//! Schemas as they are promised, and what `.ci/deep.d/schema.sh` holds against them: the crate's own JSON, and the same damaged.
#![cfg(feature = "schema")]

#[path = "schema/damage.rs"]
mod damage;
#[path = "support/life.rs"]
mod life;
#[path = "support/nasty.rs"]
mod nasty;
#[path = "schema/more.rs"]
mod more;
#[path = "schema/samples.rs"]
mod samples;
mod support;
#[path = "schema/validator.rs"]
mod validator;
#[path = "erasure/world.rs"]
#[allow(dead_code, reason = "each test file uses a part")]
mod world;

use std::collections::BTreeSet;
use std::path::PathBuf;

use reverse_mentoring::schema::{RecordSchema, Use, schemas};
use serde_json::Value;

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/schema")
}

fn document(schema: &RecordSchema) -> Value {
    serde_json::to_value(schema.document()).unwrap()
}

/// A contract: a release that writes another form has another schema, and says so. `BLESS` writes them anew.
#[test]
fn golden_files() {
    let mut names = BTreeSet::new();
    for schema in schemas() {
        let text = serde_json::to_string_pretty(schema.document()).unwrap() + "\n";
        let path = golden().join(format!("{}.json", schema.name));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == text,
            "{} is another than {}",
            schema.name,
            path.display()
        );
        assert!(names.insert(format!("{}.json", schema.name)));
    }
    let files = std::fs::read_dir(golden()).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let without: Vec<String> = files.filter(|file| !names.contains(file)).collect();
    let of_features = [
        "bands.json",
        "contrast.json",
        "slot.json",
        "sweep.json",
        "tornado.json",
        "working-hours.json",
    ];
    assert!(
        without
            .iter()
            .all(|file| of_features.contains(&file.as_str())),
        "{without:?}"
    );
}

#[test]
fn each_has_a_name_a_version_and_a_draft() {
    let all = schemas();
    assert!(all.len() >= 22 && all.is_sorted_by_key(|schema| schema.name));
    for schema in &all {
        let document = document(schema);
        let id = format!(
            "urn:reverse-mentoring:schema:{}:{}",
            schema.name, schema.version
        );
        assert_eq!(
            (schema.id(), document["$id"].as_str()),
            (id.clone(), Some(&*id))
        );
        let draft = "https://json-schema.org/draft/2020-12/schema";
        assert_eq!(document["$schema"], draft);
    }
}

/// The crate's own JSON: of every record there is some, and all of it is as the schema has it. `.ci/deep.d/schema.sh` asks another
/// judge, of more.
#[test]
fn own_values_are_valid() {
    let mut samples = samples::samples(3);
    for schema in schemas() {
        // Envelopes come with `fleet`.
        let events = schema.name.ends_with("-event") && cfg!(not(feature = "fleet"));
        let own = samples.remove(schema.name).unwrap_or_default();
        assert!(events || !own.is_empty(), "nothing of {}", schema.name);
        let document = document(&schema);
        for value in own {
            let faults = validator::faults(&document, &value);
            assert!(faults.is_empty(), "{}: {faults:?}\n{value}", schema.name);
        }
    }
    assert!(samples.is_empty(), "of no schema: {:?}", samples.keys());
}

/// Every schema within a schema, itself included.
fn within(value: &Value) -> Vec<&Value> {
    let (mut all, mut at) = (vec![value], 0);
    while let Some(value) = all.get(at).copied() {
        match value {
            Value::Object(members) => all.extend(members.values()),
            Value::Array(items) => all.extend(items),
            _ => {}
        }
        at += 1;
    }
    all
}

/// A reader that refuses unknown fields has a schema that does: all of them but the one that lets them pass.
#[test]
fn nothing_unknown_is_read() {
    for schema in schemas().iter().filter(|schema| schema.used == Use::Read) {
        let document = document(schema);
        for part in within(&document) {
            let fields = part["properties"].as_object();
            let Some(fields) = fields.filter(|_| part["type"] == "object") else {
                continue;
            };
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            let closed =
                part["additionalProperties"] == false || part["unevaluatedProperties"] == false;
            // The days of a period are read from whatever has them.
            assert!(
                closed || names == ["first", "last"],
                "{}: {names:?}",
                schema.name
            );
        }
    }
}

#[cfg(feature = "fleet")]
#[test]
fn events_name_the_schema_of_their_data() {
    use reverse_mentoring::fleet::FIGURE_VERSION;
    use reverse_mentoring::journal::WIRE_VERSION;
    let ids: Vec<String> = schemas().iter().map(RecordSchema::id).collect();
    for (name, version) in [("entry", WIRE_VERSION), ("figure-row", FIGURE_VERSION)] {
        let id = format!("urn:reverse-mentoring:schema:{name}:{version}");
        assert!(ids.contains(&id));
        let event = schemas()
            .into_iter()
            .find(|s| s.name == format!("{}-event", name.trim_end_matches("-row")));
        let event = document(&event.unwrap());
        assert_eq!(event["properties"]["dataschema"]["const"], id);
    }
}
