//! The example `assign` as a command-line tool: what it prints, and what it refuses.
//!
//! `cargo test` builds the examples beside the tests, and they are found there.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use reverse_mentoring::matching::assignment::{
    Edge, Flaw, Graph, Objective, Verified, greedy, solve, verify,
};
use serde_json::Value;

#[path = "../examples/assign/gap.rs"]
mod gap;
use gap::Gap;

fn assign(words: &[&str]) -> Output {
    let me = std::env::current_exe().unwrap();
    let built = me.ancestors().nth(2).unwrap().join("examples/assign");
    assert!(
        built.exists(),
        "assign is not built: run `cargo build --examples` with the same features first"
    );
    Command::new(built).args(words).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A folder of this test's own, emptied.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("assign-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

fn words(wide: &[u64], narrow: &[u32]) -> Vec<u8> {
    let wide = wide.iter().flat_map(|number| number.to_le_bytes());
    let narrow = narrow.iter().flat_map(|number| number.to_le_bytes());
    wide.chain(narrow).collect()
}

const NO: u32 = u32::MAX;

/// Three by three, two pairs that may not be.
fn dense() -> Vec<u8> {
    words(&[3, 3], &[5, 9, NO, 7, NO, 2, 8, 6, 4])
}

/// Row 0 with two places joins all three columns, row 1 the first, row 2 none; column 0 has two places.
fn sparse() -> Vec<u8> {
    words(
        &[3, 3, 4, 0, 3, 4, 4],
        &[0, 1, 2, 0, 30, 20, 10, 1, 2, 1, 1, 2, 1, 1],
    )
}

/// The one line, its keys checked.
fn solved(words: &[&str]) -> Value {
    let done = assign(words);
    assert_eq!(
        (done.status.code(), text(&done.stderr)),
        (Some(0), ""),
        "{words:?}"
    );
    let said = text(&done.stdout);
    assert_eq!(said.matches('\n').count(), 1, "{said}");
    assert!(said.ends_with("}\n"), "{said}");
    let line: Value = serde_json::from_str(said).unwrap();
    let keys: Vec<&str> = line
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut expected = [
        "instance", "pairs", "total", "cpu_min", "wall_min", "peak_mb", "verified", "gap",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    let mut at = 0;
    for key in [
        "instance", "pairs", "total", "cpu_min", "wall_min", "peak_mb", "verified", "gap",
    ] {
        let next = said.find(&format!("\"{key}\": ")).unwrap();
        assert!(at < next, "{key} stands elsewhere: {said}");
        at = next;
    }
    assert_eq!((&line["verified"], &line["gap"]), (&true.into(), &0.into()));
    let seconds = ["cpu_min", "wall_min"].map(|key| line[key].as_f64().unwrap());
    assert!(seconds.iter().all(|s| (0.0..60.0).contains(s)), "{said}");
    assert!(seconds[1] > 0.0);
    line
}

fn value(line: &Value) -> (&str, u64, u64) {
    let number = |key: &str| line[key].as_u64().unwrap();
    (
        line["instance"].as_str().unwrap(),
        number("pairs"),
        number("total"),
    )
}

#[test]
fn the_name_tells_the_kind() {
    let folder = folder("kind");
    for name in ["d3", "d", "ge3x3.bin"] {
        let path = file(&folder, name, &dense());
        assert_eq!(value(&solved(&[&path])), (name, 3, 20));
    }
    for name in ["sp.bin", "cap", "lex", "both", "x \"quoted\".bin"] {
        let path = file(&folder, name, &sparse());
        assert_eq!(value(&solved(&[&path])), (name, 3, 51));
    }
    let nothing = file(&folder, "d0", &words(&[0, 7], &[]));
    assert_eq!(value(&solved(&[&nothing])), ("d0", 0, 0));
    let nobody = file(&folder, "sp0", &words(&[0, 0, 0, 0], &[]));
    assert_eq!(value(&solved(&[&nobody])), ("sp0", 0, 0));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn each_objective_has_its_own_best() {
    let folder = folder("objective");
    // Taking 100 alone; 100 with the 1 that is left; 30 + 30; and two columns for one row against two rows.
    let path = file(
        &folder,
        "sp",
        &words(
            &[2, 3, 5, 0, 3, 5],
            &[0, 1, 2, 0, 1, 100, 30, 30, 30, 1, 2, 1, 1, 1, 1],
        ),
    );
    for (objective, pairs, total) in [
        ("most-pairs", 3, 131),
        ("best-score", 3, 131),
        ("max-min", 3, 90),
        ("most-people", 3, 131),
    ] {
        let line = solved(&[&path, "--objective", objective, "--repeats=2"]);
        assert_eq!(value(&line), ("sp", pairs, total), "{objective}");
    }
    let fewer = file(&folder, "d2", &words(&[2, 2], &[9, 1, 1, NO]));
    assert_eq!(value(&solved(&[&fewer])).1, 2);
    let best = solved(&["--objective", "best-score", &fewer]);
    assert_eq!(value(&best), ("d2", 1, 9));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_file_that_cannot_be_used_is_one_line_and_exits_1() {
    let folder = folder("refused");
    let (dense, sparse) = (dense(), sparse());
    let changed = |bytes: &[u8], at: usize, with: &[u8]| {
        let mut bytes = bytes.to_vec();
        bytes[at..at + with.len()].copy_from_slice(with);
        bytes
    };
    let longer = |bytes: &[u8]| [bytes, &[0]].concat();
    let wide = |number: u64| number.to_le_bytes();
    let cases: [(&str, Vec<u8>, &str); 17] = [
        (
            "d-empty",
            vec![],
            "is cut off: shorter than its header of 16 bytes",
        ),
        (
            "d-head",
            dense[..15].to_vec(),
            "is cut off: shorter than its header of 16 bytes",
        ),
        (
            "sp-head",
            sparse[..23].to_vec(),
            "is cut off: shorter than its header of 24 bytes",
        ),
        (
            "d-short",
            dense[..dense.len() - 1].to_vec(),
            "its header says 3 rows and 3 columns, which take 52 bytes, but it has 51",
        ),
        (
            "d-long",
            longer(&dense),
            "its header says 3 rows and 3 columns, which take 52 bytes, but it has 53",
        ),
        (
            "sp-short",
            sparse[..60].to_vec(),
            "its header says 3 rows, 3 columns and 4 edges, which take 112 bytes, but it has 60",
        ),
        (
            "sp-long",
            longer(&sparse),
            "its header says 3 rows, 3 columns and 4 edges, which take 112 bytes, but it has 113",
        ),
        (
            "d-huge",
            changed(&dense, 0, &wide(u64::MAX)),
            "its header says 18446744073709551615 rows and 3 columns, which no file can hold; it has 52 bytes",
        ),
        (
            "d-wide",
            words(&[0, 1 << 32], &[]),
            "its header says 0 rows and 4294967296 columns, more than 32 bits can number",
        ),
        (
            "sp-huge",
            changed(&sparse, 16, &wide(u64::MAX / 8 + 1)),
            "its header says 3 rows, 3 columns and 2305843009213693952 edges, which no file can hold; it has 112 bytes",
        ),
        (
            "sp-first",
            changed(&sparse, 24, &wide(1)),
            "row start 0 is 1; they must not fall, and go from 0 to 4, the number of edges",
        ),
        (
            "sp-falls",
            changed(&sparse, 40, &wide(2)),
            "row start 2 is 2; they must not fall, and go from 0 to 4, the number of edges",
        ),
        (
            "sp-above",
            changed(&sparse, 32, &wide(5)),
            "row start 1 is 5; they must not fall, and go from 0 to 4, the number of edges",
        ),
        (
            "sp-last",
            changed(&sparse, 48, &wide(3)),
            "row start 3 is 3; they must not fall, and go from 0 to 4, the number of edges",
        ),
        (
            "sp-column",
            changed(&sparse, 60, &3_u32.to_le_bytes()),
            "an edge names column `3`, but the graph has `3` columns, counted from 0",
        ),
        (
            "sp-twice",
            changed(&sparse, 60, &0_u32.to_le_bytes()),
            "row `0` and column `0` are joined twice",
        ),
        (
            "d-score",
            changed(&dense, 16, &1_000_000_001_u32.to_le_bytes()),
            "row `0` and column `0` score `1000000001`, above the highest score `1000000000`",
        ),
    ];
    for (name, bytes, message) in cases {
        let path = file(&folder, name, &bytes);
        let done = assign(&[&path]);
        assert_eq!(
            (done.status.code(), text(&done.stdout)),
            (Some(1), ""),
            "{name}"
        );
        assert_eq!(text(&done.stderr), format!("{path}: {message}\n"));
    }
    let gone = folder.join("gone");
    let gone = gone.to_str().unwrap();
    let done = assign(&[gone]);
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(1), ""));
    let said = text(&done.stderr);
    assert!(
        said.starts_with(&format!("{gone}: cannot be read: ")),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn misuse_is_one_line_and_exits_2() {
    for words in [
        &[][..],
        &["a", "b"],
        &["a", "--objective", "best"],
        &["a", "--objective"],
        &["a", "--repeats", "0"],
        &["a", "--repeats", "many"],
        &["a", "--fast"],
        &["a", "--repeats", "1", "--repeats", "2"],
    ] {
        let done = assign(words);
        assert_eq!(
            (done.status.code(), text(&done.stdout)),
            (Some(2), ""),
            "{words:?}"
        );
        assert_eq!(
            text(&done.stderr).lines().count(),
            1,
            "{}",
            text(&done.stderr)
        );
    }
    let done = assign(&["--help"]);
    assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), ""));
    assert!(text(&done.stdout).starts_with("assign INSTANCE"));
}

/// The solver always proves its plan, so the words for a plan that is not proven are asked for here.
#[test]
fn a_gap_is_pairs_or_else_points() {
    let edge = |row, column, score| Edge { row, column, score };
    let edges = [edge(0, 0, 9), edge(0, 1, 8), edge(1, 0, 7)];
    let graph = Graph::new(vec![1, 1], vec![1, 1], edges).unwrap();
    let (best, short) = (solve(&graph, Objective::MostPairs), greedy(&graph));
    let check = |plan| verify(&graph, Objective::MostPairs, plan, &best.certificate);
    let gap = |plan, answer| {
        let gap = Gap::of(Objective::MostPairs, plan, answer);
        (gap.json(), gap.to_string())
    };
    let said = |json: &str, text: &str| (json.to_owned(), text.to_owned());
    let proven = gap(&best.assignment, check(&best.assignment));
    assert_eq!(proven, said("0", "proven best"));
    let one = "not proven: 1 more pair may be possible";
    assert_eq!(gap(&short, check(&short)), said("1", one));

    let mut open = check(&best.assignment).unwrap();
    open.proven = false;
    let answer = |pairs, points| -> Result<Verified, Flaw> {
        let mut open = open;
        open.pairs_bound += pairs;
        open.score_bound += points;
        Ok(open)
    };
    let plan = &best.assignment;
    let pairs = said("3", "not proven: 3 more pairs may be possible");
    assert_eq!(gap(plan, answer(3, 5)), pairs);
    let points = said("5", "not proven: 5 more points may be possible");
    assert_eq!(gap(plan, answer(0, 5)), points);
    let unknown = said("null", "not proven, and not known by how much");
    assert_eq!(gap(plan, answer(0, 0)), unknown);
    let first = |pairs, points| Gap::of(Objective::BestScore, plan, answer(pairs, points));
    assert_eq!([first(3, 5), first(3, 0)], [Gap::Points(5), Gap::Pairs(3)]);
    let flaw = Flaw::EdgeTwice { edge: 4 };
    let flawed = said("null", "not a sound plan: the plan uses edge `4` twice");
    assert_eq!(gap(plan, Err(flaw)), flawed);
}
