//! The requirements page of the guide, row by row: ids, states, sums, and that every test it names exists.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::charter::{ChemistryPeriod, Statement};
use reverse_mentoring::health::{
    ActivePairs, EquityPolicy, Ladder, MentorUtilisation, Metric, RoleBalance, SessionCompletion,
};
use reverse_mentoring::matching::{Criteria, RankedChoice, Waiting};
use reverse_mentoring::pairing::Clause;
use reverse_mentoring::policy::Policy;
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::program::USUAL_DAYS;
use reverse_mentoring::pulse::{Answer, Better, Round, Schedule};
use reverse_mentoring::roster::{Capacity, Load};

const PAGE: &str = include_str!("../src/guide/requirements.md");
/// The articles and how many statements each has.
const ARTICLES: [(&str, usize); 5] = [("A", 35), ("B", 24), ("C", 13), ("D", 16), ("E", 15)];
const STATES: [&str; 4] = ["served", "part", "open", "not software"];

/// The cells of a table row; `None` for any other line.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inside = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inside.split('|').map(str::trim).collect())
}

struct Row {
    id: &'static str,
    asks: &'static str,
    state: &'static str,
    by: &'static str,
    shown: &'static str,
}

/// The statements, in the order of the page.
fn rows() -> Vec<Row> {
    let is_id = |cell: &str| {
        let rest = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
        rest.len() + 1 == cell.len() && rest.parse::<u8>().is_ok()
    };
    let rows = PAGE.lines().filter_map(cells).filter(|c| is_id(c[0]));
    rows.map(|cells| {
        let [id, asks, state, by, shown] = cells[..] else {
            panic!("{cells:?}");
        };
        Row {
            id,
            asks,
            state,
            by,
            shown,
        }
    })
    .collect()
}

/// The texts between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_id_stands_once_in_order() {
    let expected: Vec<String> = ARTICLES
        .iter()
        .flat_map(|(article, n)| (1..=*n).map(move |k| format!("{article}{k}")))
        .collect();
    assert_eq!(expected.len(), 103);
    let found: Vec<&str> = rows().iter().map(|row| row.id).collect();
    assert_eq!(found, expected);
    // Below the heading of its article.
    for (article, _) in ARTICLES {
        let (_, below) = PAGE.split_once(&format!("\n## {article}. ")).unwrap();
        let section = below.split("\n## ").next().unwrap();
        let ids = section.lines().filter_map(cells).map(|c| c[0]).skip(2);
        assert!(ids.clone().count() > 0);
        assert!(ids.into_iter().all(|id| id.starts_with(article)));
    }
}

#[test]
fn states_are_four_and_the_sums_are_right() {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in rows() {
        assert!(STATES.contains(&row.state), "{}: {}", row.id, row.state);
        *counts.entry((&row.id[..1], row.state)).or_default() += 1;
        *counts.entry(("all", row.state)).or_default() += 1;
    }
    let (_, below) = PAGE
        .split_once(
            "| article | served | part | open | not software | all |\n|---|---|---|---|---|---|\n",
        )
        .unwrap();
    let sums: Vec<_> = below.lines().map_while(cells).collect();
    assert_eq!(sums.len(), ARTICLES.len() + 1);
    for sum in sums {
        let numbers: Vec<usize> = sum[1..].iter().map(|n| n.parse().unwrap()).collect();
        let expected = STATES.map(|state| counts.get(&(sum[0], state)).copied().unwrap_or(0));
        assert_eq!(numbers[..4], expected, "{}", sum[0]);
        assert_eq!(numbers[4], expected.iter().sum::<usize>(), "{}", sum[0]);
    }
}

#[test]
fn nothing_is_served_without_an_item_and_a_test() {
    for row in rows() {
        let Row {
            id,
            asks,
            state,
            by,
            shown,
        } = row;
        assert!(!asks.is_empty(), "{id}");
        let (_, missing) = by.split_once("; missing: ").unwrap_or_default();
        let linked = by.contains("](crate::") || by.contains("](fn@crate::");
        match state {
            "served" | "part" => {
                assert!(linked, "{id} has no item");
                assert!(!quoted(shown).is_empty(), "{id} has no test");
                assert_eq!(state == "part", !missing.is_empty(), "{id}");
            }
            _ => {
                let begins = if state == "open" {
                    "nothing yet; "
                } else {
                    "because "
                };
                let reason = by.strip_prefix(begins).unwrap_or_default();
                assert!(reason.len() > 10, "{id} gives no reason");
                assert!(!linked && missing.is_empty() && shown == "–", "{id}");
            }
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of `tests/name.rs` and of everything below `tests/name/`.
fn sources(name: &str) -> Vec<String> {
    let mut found = vec![root().join("tests").join(format!("{name}.rs"))];
    let mut folders: Vec<PathBuf> = vec![root().join("tests").join(name)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let texts = found.iter().filter_map(|p| fs::read_to_string(p).ok());
    texts.collect()
}

/// Whether a source has a function of this name with `#[test]` on it.
fn has_test(source: &str, function: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let begins = format!("fn {function}(");
    (0..lines.len())
        .filter(|&at| lines[at].starts_with(&begins))
        .any(|at| {
            let above = lines[..at].iter().rev();
            above
                .take_while(|l| l.starts_with("#[") || l.starts_with("//"))
                .any(|l| *l == "#[test]")
        })
}

/// Whether a source has an item of this name with an example in its documentation that runs.
fn has_example(source: &str, item: &str) -> bool {
    ["struct", "enum", "trait", "fn"].iter().any(|kind| {
        let Some(at) = source.find(&format!("\npub {kind} {item}")) else {
            return false;
        };
        let above = &source[..at];
        let block = above.rsplit("\n\n").next().unwrap();
        block.lines().filter(|l| *l == "/// ```").count() >= 2
    })
}

#[test]
fn every_test_that_is_named_exists() {
    let mut missing = Vec::new();
    for row in rows() {
        for name in quoted(row.shown) {
            let (file, function) = name.rsplit_once("::").unwrap();
            let source = |file: &str| fs::read_to_string(root().join(format!("{file}.rs")));
            let exists = if let Some(file) = file.strip_prefix("doc/") {
                source(&format!("src/{file}")).is_ok_and(|s| has_example(&s, function))
            } else if file.starts_with("src/") {
                source(file).is_ok_and(|s| has_test(&s, function))
            } else {
                sources(file).iter().any(|s| has_test(s, function))
            };
            if !exists {
                missing.push(format!("{}: {name}", row.id));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The search itself: neither a helper nor a name in a text counts as a test.
#[test]
fn a_helper_is_no_test() {
    let source = "#[test]\n// why\nfn a(x in y) {}\n\nfn b() { a(); }\n// fn c(\n";
    assert_eq!(
        ["a", "b", "c", ""].map(|name| has_test(source, name)),
        [true, false, false, false]
    );
    let source =
        "\n/// ```\n/// x\n/// ```\n#[derive(Debug)]\npub struct A;\n\n/// No.\npub struct B;\n";
    assert_eq!(
        ["A", "B", "C"].map(|name| has_example(source, name)),
        [true, false, false]
    );
}

/// The default that the page states for an item.
fn stated(item: &str) -> &'static str {
    let (_, section) = PAGE.split_once("\n## Defaults\n").unwrap();
    let mut rows = section.lines().filter_map(cells);
    let begins = format!("[`{item}`]");
    let row = rows.find(|row| row[0].starts_with(&begins));
    row.unwrap_or_else(|| panic!("no default of {item}"))[1]
}

#[test]
fn defaults_are_those_of_the_code() {
    let chemistry = ChemistryPeriod::DEFAULT;
    assert_eq!(
        stated("ChemistryPeriod::DEFAULT"),
        format!(
            "{} sessions held, or {} days",
            chemistry.sessions(),
            chemistry.days()
        )
    );
    assert!(stated("USUAL_DAYS").starts_with(&format!("{USUAL_DAYS} days")));
    assert!(
        stated("Statement::REQUIRED")
            .starts_with(&format!("{} statements", Statement::REQUIRED.len()))
    );
    for (name, cadence) in [
        ("Cadence::MONTHLY", Cadence::MONTHLY),
        ("Cadence::WEEKLY", Cadence::WEEKLY),
        ("Cadence::FORTNIGHTLY", Cadence::FORTNIGHTLY),
    ] {
        let (days, grace) = (cadence.interval_days(), cadence.grace_days());
        let words = format!(
            "every {days} days, grace {grace} days, {} minutes",
            cadence.minutes()
        );
        assert_eq!(stated(name), words);
    }
    let load = format!("{} hours a month", Load::DEFAULT.hours());
    assert!(stated("Load::DEFAULT").starts_with(&load));
    let capacity = Capacity::default();
    let one = format!("{} pairing, no limit of hours", capacity.pairings());
    assert!(stated("Capacity::default").starts_with(&one));
    assert_eq!(capacity.hours_per_month(), None);
    let ladder = Ladder::DEFAULT.days();
    let words = format!(
        "{} days in one stage before they begin; closing proposed after {} days of silence, and {} days of notice",
        ladder.stuck, ladder.silence, ladder.notice
    );
    assert_eq!(stated("Ladder::DEFAULT"), words);
    let equity = EquityPolicy::default();
    let words = format!(
        "{} people in a group, never below 3; long is more than {} days",
        equity.threshold.pairings(),
        equity.wait_days
    );
    assert_eq!(stated("EquityPolicy::default"), words);
    let threshold = Threshold::default().pairings();
    assert_eq!(
        stated("Threshold::default"),
        format!("{threshold} pairings of the programme, never below 3")
    );
    assert!(Threshold::new(2).is_err() && Threshold::new(3).is_ok());

    let clauses = Clause::REQUIRED.map(|clause| format!("{clause:?}").to_lowercase());
    let words = format!("{} clauses: {}", clauses.len(), clauses.join(", "));
    assert_eq!(stated("Clause::REQUIRED"), words);
    let metrics: [(&str, &dyn Metric); 4] = [
        ("SessionCompletion", &SessionCompletion),
        ("ActivePairs", &ActivePairs),
        ("MentorUtilisation", &MentorUtilisation),
        ("RoleBalance", &RoleBalance),
    ];
    for (name, metric) in metrics {
        let target = metric.target().unwrap().to_string();
        let words = match target.strip_prefix("≥ ") {
            Some(least) => format!("target {least} or more"),
            None => format!("target {target} of the time taught by the senior"),
        };
        assert_eq!(stated(name), words);
    }

    let schedule = Schedule::DEFAULT;
    let words = format!(
        "day {}, then every {} days",
        schedule.first(),
        schedule.every()
    );
    assert_eq!(stated("Schedule::DEFAULT"), words);
    let most = format!("{} items at a time, each optional", Round::MOST);
    assert_eq!(stated("Round::MOST"), most);
    let good = (1..=5).filter(|n| Better::High.favours(Answer::new(*n).unwrap()));
    let good: Vec<String> = good.map(|n| n.to_string()).collect();
    let words = format!("favourable: {} of 5", good.join(" or "));
    assert_eq!(stated("Better::High"), words);

    let points: Vec<u32> = Criteria::standard()
        .iter()
        .map(|(c, weight)| c.range().end() * weight)
        .collect();
    assert_eq!(points, [1000, 1000, 1000, 100]);
    assert!(stated("Criteria::standard").starts_with("1000 points each"));
    assert!(stated("Criteria::standard").ends_with("100 for another unit"));

    let by_rank = RankedChoice::POINTS.map(|points| points.to_string());
    let words = format!(
        "{} points by rank, the last for all later ones",
        by_rank.join(", ")
    );
    assert_eq!(stated("RankedChoice::POINTS"), words);
    let most = format!("{} days of each of the two count, at most", Waiting::MOST);
    assert_eq!(stated("Waiting::MOST"), most);

    // Which rules a policy has; what they default to, their debug form says.
    let rules = |policy: &Policy| format!("{:?}", policy.rules().collect::<Vec<_>>());
    let (standard, strict) = (rules(&Policy::standard()), rules(&Policy::strict()));
    assert_eq!(
        standard,
        "[MinimumGap { grades: 1, months: Some(36) }, SameManager { months: 12 }, ConflictingRole]"
    );
    assert_eq!(
        strict,
        "[MinimumGap { grades: 2, months: None }, SameManager { months: 12 }, ConflictingRole, OtherUnit, CoolingOff { months: 24 }]"
    );
    for (item, words) in [
        (
            "MinimumGap::default",
            "1 grade or 36 months, in the standard policy",
        ),
        ("MinimumGap::of_grades", "2 grades, in the strict policy"),
        ("SameManager::default", "12 months back, in both policies"),
        (
            "ConflictingRole",
            "evaluator, sponsor and coach, in both policies",
        ),
        ("OtherUnit", "in the strict policy"),
        ("CoolingOff::months", "24 months, in the strict policy"),
    ] {
        assert_eq!(stated(item), words);
    }
}
