//! A module may name only those listed above it in `lib.rs`; no file is long, none is unsafe. Reads the source.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST: usize = 400;

/// Every file under `src` as (path within it, its lines).
fn sources() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut files): (Vec<PathBuf>, Vec<PathBuf>) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|e| e.to_str()) {
                None if path.is_dir() => folders.push(path),
                Some("rs") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        (name, text.lines().map(str::to_owned).collect())
    };
    files.iter().map(read).collect()
}

/// The lines that say something to the compiler: no comments, and nothing from the unit tests on.
fn code(lines: &[String]) -> impl Iterator<Item = (usize, &str)> {
    let lines = lines.iter().map(|line| line.trim()).enumerate();
    let lines = lines.take_while(|(_, line)| *line != "#[cfg(test)]");
    lines
        .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
        .filter(|(_, line)| !line.is_empty())
}

/// The words of a line.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// The modules that a line names by `crate::…`, also in `crate::{a, b}`; a list over several lines goes on until `}`.
fn named(lines: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut depth = 0;
    for (at, line) in code(lines) {
        let mut rest = line;
        if depth > 0 {
            depth = list(rest, depth, at, &mut found);
        }
        while let Some(from) = rest.find("crate::") {
            let after_name = from > 0 && {
                let before = rest.as_bytes()[from - 1];
                before.is_ascii_alphanumeric() || before == b'_'
            };
            rest = &rest[from + "crate::".len()..];
            if after_name {
                continue;
            }
            match rest.strip_prefix('{') {
                Some(inner) => depth = list(inner, 1, at, &mut found),
                None => found.extend(words(rest).next().map(|word| (at, word.to_owned()))),
            }
        }
    }
    found
}

/// The first names in a list that is so deep in braces; the depth at its end.
fn list(text: &str, mut depth: usize, at: usize, found: &mut Vec<(usize, String)>) -> usize {
    let (mut word, mut inside_path) = (String::new(), false);
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        if depth == 1 && !word.is_empty() && !inside_path {
            found.push((at, word.clone()));
        }
        word.clear();
        match c {
            ':' => inside_path = true,
            ',' if depth == 1 => inside_path = false,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return 0;
        }
    }
    if depth == 1 && !word.is_empty() && !inside_path {
        found.push((at, word));
    }
    depth
}

/// The modules in the order of `lib.rs`.
fn order(sources: &[(String, Vec<String>)]) -> BTreeMap<String, usize> {
    let (_, lib) = sources.iter().find(|(name, _)| name == "lib.rs").unwrap();
    let modules = code(lib).filter_map(|(_, line)| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?
            .strip_suffix(';')
            .map(str::to_owned)
    });
    modules.zip(0..).collect()
}

fn module(file: &str) -> &str {
    let first = file.split('/').next().unwrap_or_default();
    first.strip_suffix(".rs").unwrap_or(first)
}

#[test]
fn modules_name_only_those_above_them() {
    let sources = sources();
    let order = order(&sources);
    assert!(
        order.len() > 15 && order["roster"] < order["health"],
        "{order:?}"
    );
    let (mut upwards, mut mentions) = (Vec::new(), 0);
    for (file, lines) in sources.iter().filter(|(file, _)| file != "lib.rs") {
        let here = module(file);
        assert!(order.contains_key(here), "{file} is no module of lib.rs");
        for (at, name) in named(lines) {
            mentions += 1;
            match order.get(&name) {
                Some(there) if *there <= order[here] => {}
                Some(_) => upwards.push(format!(
                    "src/{file}:{at}: `{here}` names `{name}`, which is below it"
                )),
                None => upwards.push(format!("src/{file}:{at}: `crate::{name}` is no module")),
            }
        }
    }
    assert!(mentions > 100, "{mentions}");
    assert!(upwards.is_empty(), "{}", upwards.join("\n"));
}

#[test]
fn neighbours_that_do_not_know_each_other() {
    let sources = sources();
    for (folder, stranger) in [
        ("matching", "pairing"),
        ("pairing", "matching"),
        ("health", "program"),
        ("health", "journal"),
        ("history", "program"),
        ("roster", "policy"),
        ("report", "program"),
        ("report", "journal"),
        ("report", "notebook"),
    ] {
        let files = sources.iter().filter(|(file, _)| module(file) == folder);
        for (file, lines) in files {
            let known = named(lines).into_iter().find(|(_, name)| name == stranger);
            assert!(known.is_none(), "src/{file} names `{stranger}`: {known:?}");
        }
    }
}

/// A page for sponsors names no id and no history: it is made of what was released.
#[test]
fn a_sponsors_page_knows_no_pairing() {
    let sources = sources();
    let file = "report/sponsor.rs";
    let (_, lines) = sources.iter().find(|(f, _)| f == file).unwrap();
    for (at, name) in named(lines) {
        let known = ["health", "privacy"].contains(&name.as_str());
        assert!(known, "src/{file}:{at} names `{name}`");
    }
    for (at, line) in code(lines) {
        for word in [
            "ProgramHealth",
            "CoordinatorReport",
            "PairingHealth",
            "heat",
            "check_ins",
            "findings",
        ] {
            assert!(
                !words(line).any(|w| w == word),
                "src/{file}:{at} names `{word}`"
            );
        }
    }
}

/// It could be lifted out tomorrow: it names only itself and what `Cargo.toml` brings.
#[test]
fn the_solver_stands_alone() {
    let sources = sources();
    let files: Vec<_> = sources
        .iter()
        .filter(|(file, _)| file.starts_with("matching/assignment/"))
        .collect();
    assert!(files.len() > 5);
    for (file, lines) in files {
        assert_eq!(named(lines), [], "src/{file}");
        // How many modules a file may climb before it leaves the folder.
        let depth = file.matches('/').count() - 1 - usize::from(file.ends_with("/mod.rs"));
        for (at, line) in code(lines) {
            let outside = line.contains(&"super::".repeat(depth + 1));
            assert!(!outside, "src/{file}:{at} names what is outside the folder");
        }
    }
}

/// The inner half of stable matching knows the solver's graph, and nobody.
#[test]
fn deferred_acceptance_and_its_check_know_nobody() {
    let sources = sources();
    for name in ["preferences", "deferred", "check"] {
        let file = format!("matching/stable/{name}.rs");
        let (_, lines) = sources.iter().find(|(f, _)| *f == file).unwrap();
        for (at, line) in code(lines).filter(|(_, line)| line.starts_with("use ")) {
            let known = [
                "use crate::matching::assignment::",
                "use super::preferences::",
                "use std::",
            ];
            let known = known.iter().any(|begin| line.starts_with(begin));
            assert!(known, "src/{file}:{at} names what is outside: {line}");
        }
    }
}

#[test]
fn no_file_is_long_and_none_is_unsafe() {
    let sources = sources();
    let long: Vec<String> = sources
        .iter()
        .filter(|(_, lines)| lines.len() > LONGEST)
        .map(|(file, lines)| format!("src/{file} has {} lines, more than {LONGEST}", lines.len()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
    for (file, lines) in &sources {
        for (at, line) in code(lines) {
            assert!(
                !words(line).any(|word| word == "unsafe"),
                "src/{file}:{at} is unsafe"
            );
        }
    }
}

#[test]
fn the_reader_reads() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let found = |text: &str| {
        named(&lines(text))
            .into_iter()
            .map(|(_, name)| name)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("use crate::roster::{Level, crate_x};"), ["roster"]);
    assert_eq!(
        found("// crate::no\n/// [x](crate::no)\nlet x = crate::a::B; crate::c::d()"),
        ["a", "c"]
    );
    assert_eq!(
        found("use crate::{\n    a::{b, c},\n    d, e::f,\n};\nuse other_crate::g;"),
        ["a", "d", "e"]
    );
    assert_eq!(found("use crate::{a, b::c, d};"), ["a", "b", "d"]);
    assert_eq!(
        found("pub(crate) fn x() {}\n#[cfg(test)]\nuse crate::no;"),
        Vec::<String>::new()
    );
}
