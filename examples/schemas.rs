//! The JSON Schema of every record, as files.
//!
//! `cargo run --features schema --example schemas -- --out schemas`

use reverse_mentoring::schema::{Use, schemas};

mod support;
use support::{Args, fail, json, print, write};

const USAGE: &str = "\
schemas [--out DIR]

Writes the JSON Schema (draft 2020-12) of every record that the library reads or writes as JSON into DIR, each as
NAME.json, and lists them with their `$id` and whether they are read or only written.

  --out DIR    schemas unless stated; made where it is not there

Exit 0 with the files, 1 where one cannot be written, 2 for a command line that cannot.";

fn main() {
    let args = Args::parse(USAGE, &["--out"], &[], 0);
    let folder = args.text("--out").unwrap_or("schemas");
    if let Err(error) = std::fs::create_dir_all(folder) {
        fail(format!("{folder}: {error}"));
    }
    for schema in schemas() {
        let path = format!("{folder}/{}.json", schema.name);
        write(&path, json(schema.document()).as_bytes());
        let used = match schema.used {
            Use::Read => "read",
            _ => "written",
        };
        print(&format!("{path}\t{used}\t{}\n", schema.id()));
    }
}
