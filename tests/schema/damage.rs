//! One thing in a value made another, and whether the reader still takes it.

use reverse_mentoring::charter::CharterDraft;
use reverse_mentoring::health::{FigureRow, HostStatement, Ledger, PairingRow};
use reverse_mentoring::journal::Entry;
use reverse_mentoring::notebook::SealedRecord;
use reverse_mentoring::program::ProgramRecord;
use reverse_mentoring::pulse::PulseRecord;
use reverse_mentoring::subject::Erasure;
use serde_json::{Value, json};

use super::samples::samples;

/// Whether the reader of a record takes a value; `None` where nobody reads it.
fn read(name: &str, value: &Value) -> Option<bool> {
    let value = value.clone();
    Some(match name {
        "charter-draft" => serde_json::from_value::<CharterDraft>(value).is_ok(),
        "entry" => serde_json::from_value::<Entry>(value).is_ok(),
        "erasure" => serde_json::from_value::<Erasure>(value).is_ok(),
        "figure-row" => serde_json::from_value::<FigureRow>(value).is_ok(),
        "host-statement" => serde_json::from_value::<HostStatement>(value).is_ok(),
        "ledger" => serde_json::from_value::<Ledger>(value).is_ok(),
        "notebook" => serde_json::from_value::<SealedRecord>(value).is_ok(),
        "pairing-row" => serde_json::from_value::<PairingRow>(value).is_ok(),
        "program" => serde_json::from_value::<ProgramRecord>(value).is_ok(),
        "pulses" => serde_json::from_value::<PulseRecord>(value).is_ok(),
        _ => return None,
    })
}

/// Every place in a value, as a JSON pointer.
fn places(value: &Value) -> Vec<String> {
    let (mut all, mut at) = (vec![String::new()], 0);
    while let Some(place) = all.get(at).cloned() {
        match value.pointer(&place) {
            Some(Value::Object(members)) => {
                let escaped = members
                    .keys()
                    .map(|k| k.replace('~', "~0").replace('/', "~1"));
                all.extend(escaped.map(|key| format!("{place}/{key}")));
            }
            Some(Value::Array(items)) => {
                all.extend((0..items.len().min(2)).map(|n| format!("{place}/{n}")));
            }
            _ => {}
        }
        at += 1;
    }
    all
}

/// The value with one place made another, in every way.
fn damaged(value: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    let others = [
        json!(null),
        json!(true),
        json!(-1),
        json!(70_000),
        json!(1.5),
        json!(""),
        json!("nothing"),
        json!([]),
        json!({}),
    ];
    for place in places(value) {
        for other in &others {
            let mut changed = value.clone();
            let old = changed.pointer_mut(&place).unwrap();
            if old != other {
                *old = other.clone();
                all.push((place.clone(), changed));
            }
        }
        let mut more = value.clone();
        if let Some(members) = more.pointer_mut(&place).and_then(Value::as_object_mut) {
            members.insert("unknown".to_owned(), json!(1));
            all.push((format!("{place}/unknown"), more));
        }
        if let Some((above, key)) = place.rsplit_once('/') {
            let mut fewer = value.clone();
            if let Some(members) = fewer.pointer_mut(above).and_then(Value::as_object_mut) {
                members.remove(key);
                all.push((format!("{place} is gone"), fewer));
            }
        }
    }
    all
}

/// For another judge: values with what the readers say of them, a line each.
#[test]
#[ignore = "needs SCHEMA_OUT; .ci/deep.d/schema.sh runs it"]
fn writes_for_others() {
    use std::fmt::Write as _;
    let Some(folder) = std::env::var_os("SCHEMA_OUT").map(std::path::PathBuf::from) else {
        return println!("no SCHEMA_OUT, nothing is written");
    };
    for (name, values) in samples(40) {
        let mut own = String::new();
        let mut other = String::new();
        for (at, value) in values.iter().enumerate() {
            writeln!(own, "{value}").unwrap();
            // Of each kind of entry the first few, of the others the first dozen.
            let few = at < if name == "program" { 3 } else { 12 } || (name == "entry" && at < 80);
            for (place, changed) in damaged(value).into_iter().filter(|_| few) {
                if let Some(taken) = read(name, &changed) {
                    let line = json!({"place": place, "taken": taken, "value": changed});
                    writeln!(other, "{line}").unwrap();
                }
            }
        }
        std::fs::write(folder.join(format!("{name}.own")), own).unwrap();
        std::fs::write(folder.join(format!("{name}.damaged")), other).unwrap();
    }
    for schema in reverse_mentoring::schema::schemas() {
        let text = serde_json::to_string(schema.document()).unwrap();
        std::fs::write(folder.join(format!("{}.json", schema.name)), text).unwrap();
    }
}
