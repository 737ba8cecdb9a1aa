//! Every metric on random lives: as the second reading has it, whatever the ids, and blind to what comes later.

use std::collections::{BTreeMap, BTreeSet};

use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::history::History;
use reverse_mentoring::journal::Entry;
use reverse_mentoring::policy::Context;
use reverse_mentoring::program::Program;
use reverse_mentoring::testing;

use super::judge::{Naive, Readings};
use super::life::{Dice, Life};
use crate::support::*;

/// Those whose days and grace have judges of their own, in `tests/cadence`.
const BY_OTHERS: [&str; 2] = ["cadence_adherence", "active_pairs"];

pub(super) fn lives() -> impl Iterator<Item = (Life, i64)> {
    let number = |name: &str, unless| {
        let said = std::env::var(name).ok();
        said.and_then(|n| n.parse().ok()).unwrap_or(unless)
    };
    let first: u64 = number("FIRST", 0);
    (first..first + number("LIVES", 24)).map(|seed| {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 77);
        let (mut life, mut today) = (Life::new(), 30);
        for _ in 0..500 {
            today += dice.of(&[0, 0, 1, 1, 2, 4]);
            life.turn(&mut dice, today);
        }
        (life, today)
    })
}

fn read(history: &History, on: i64) -> Readings {
    let health = ProgramHealth::assess(history, &Metrics::standard(), day(on)).unwrap();
    let all = health.readings.iter().map(|r| {
        let ratio = (r.ratio.part(), r.ratio.whole());
        (r.metric.name().to_owned(), ratio)
    });
    all.collect()
}

#[test]
fn every_reading_is_that_of_the_judge() {
    // Of each metric: readings with data, with a part, with less than the whole.
    let mut seen: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for (number, (life, today)) in lives().enumerate() {
        let naive = Naive::of(&life.journal);
        for on in (0..today + 40).step_by(9) {
            let (expected, found) = (naive.read(day(on)), read(life.program.history(), on));
            for (name, ratio) in found {
                if BY_OTHERS.contains(&name.as_str()) {
                    continue;
                }
                let judged = expected.get(&name).copied().unwrap_or_default();
                assert_eq!(ratio, judged, "{name} of life {number} on day {on}");
                let seen = seen.entry(name).or_default();
                seen[0] += usize::from(ratio.1 > 0);
                seen[1] += usize::from(ratio.0 > 0);
                seen[2] += usize::from(ratio.0 < ratio.1);
            }
            let unknown = expected.keys().filter(|name| !seen.contains_key(*name));
            assert_eq!(unknown.count(), 0, "the judge reads what nobody asked for");
        }
    }
    println!("{seen:?}");
    for (name, counts) in seen {
        assert!(
            counts.iter().all(|n| *n > 0),
            "{name} is hardly tried: {counts:?}"
        );
    }
}

#[test]
fn other_ids_change_no_reading() {
    let mut with_data: BTreeSet<String> = BTreeSet::new();
    for (life, today) in lives().take(4) {
        let text: Vec<_> = life
            .journal
            .iter()
            .map(|e| serde_json::to_string(e).unwrap())
            .collect();
        let mut text = text.join("\n");
        // Every id turned round within its kind, so that their order turns, too.
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        for at in 0..text.len().saturating_sub(36) {
            let Some(id) = text.get(at..at + 36) else {
                continue;
            };
            let dashes = [8, 13, 18, 23].iter().all(|n| id.as_bytes()[*n] == b'-');
            if dashes && id.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit()) {
                let number = u64::from_str_radix(&id[24..], 16).unwrap();
                let turned = format!("{}{:012x}", &id[..24], 0xffff_ffff_ffff - number);
                ids.insert(id.to_owned(), turned);
            }
        }
        assert!(ids.len() > 20);
        for (id, turned) in &ids {
            text = text.replace(id, &format!("<{turned}>"));
        }
        let text = text.replace(['<', '>'], "");
        let entries: Vec<Entry> = text
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        let turned = Program::replay(&entries).unwrap();
        for on in (0..today + 40).step_by(17) {
            let readings = read(turned.history(), on);
            assert_eq!(readings, read(life.program.history(), on));
            let data = readings.iter().filter(|(_, (_, whole))| *whole > 0);
            with_data.extend(data.map(|(name, _)| name.clone()));
        }
    }
    let standard = Metrics::standard();
    let names = standard.iter().map(|m| m.id().name().to_owned());
    assert_eq!(with_data, names.collect());
}

#[test]
fn the_harness_finds_no_metric_that_looks_ahead() {
    for (life, _) in lives().take(3) {
        let history = life.program.history().clone();
        let company = testing::Company::new(life.roster.clone(), Context::new(day(0)));
        let company = company.with_history(history);
        for metric in Metrics::standard().iter() {
            testing::check_metric(metric, &company).unwrap();
        }
    }
}
