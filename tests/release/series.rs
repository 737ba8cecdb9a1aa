//! Figures of several days, and trends.

use chrono::NaiveDate;
use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::health::{Ledger, Metrics, PeriodHealth, Series, Trend};

use crate::by_hand::groups;
use crate::support::*;
use crate::world::*;

#[test]
fn trends_of_a_series() {
    let world = World::of(10);
    let trend = |counts: &[u64]| {
        let mut table = std::collections::BTreeMap::new();
        let days: Vec<NaiveDate> = (0..counts.len()).map(|n| day(n as i64)).collect();
        for (on, count) in days.iter().zip(counts) {
            for (at, id) in (0..).zip(&world.ids) {
                // No data beyond ten.
                if *count <= 10 {
                    table.insert((*on, *id), (u64::from(at < *count), 1));
                }
            }
        }
        let metrics = Metrics::none().with(Table(1, table));
        let twice = days.iter().rev().chain(&days).copied();
        let series = Series::read(&world.history, &metrics, &Calendar::OPEN, twice).unwrap();
        let series = series.of("table").unwrap();
        assert_eq!(series.points.len(), counts.len());
        series.trend()
    };
    let (up, down, level) = (
        Some(Trend::Rising),
        Some(Trend::Falling),
        Some(Trend::Level),
    );
    for (counts, expected) in [
        (&[1, 2][..], None),
        (&[1, 2, 99], None),
        (&[1, 99, 2, 3], up),
        (&[3, 2, 1], down),
        // Two of three pairs up, one down: a third.
        (&[1, 3, 2], level),
        (&[2, 2, 2], level),
        // Two of three up, one alike: two thirds.
        (&[1, 2, 2], up),
        (&[2, 2, 1], down),
        // Of six pairs three more up than down: half, and not above.
        (&[1, 1, 1, 2], level),
        (&[2, 1, 1, 1], level),
        // Four up, one down, one alike; and turned round.
        (&[2, 1, 3, 3], level),
        (&[3, 3, 1, 2], level),
        (&[1, 1, 2, 3], up),
        (&[3, 2, 1, 1], down),
        (&[1, 2, 1, 2, 1, 2], level),
    ] {
        assert_eq!(trend(counts), expected, "{counts:?}");
    }
    assert_eq!(
        [Trend::Rising, Trend::Falling, Trend::Level].map(Trend::as_str),
        ["rising", "falling", "level"]
    );
    assert_eq!(format!("{:>8}", Trend::Rising), "  rising");
}

#[test]
fn a_released_series_has_each_figure_once_and_none_withheld() {
    let world = World::of(30);
    let mut ledger = Ledger::new();
    let release = |n: i64, members: usize, ledger: &mut Ledger| {
        groups(&[(members, members / 2)])
            .release(&world, n, 5, ledger)
            .unwrap()
    };
    let steps = [4, 10, 11, 12, 15, 20];
    let releases: Vec<PeriodHealth> = (0..)
        .zip(steps)
        .map(|(n, members)| release(n, members, &mut ledger))
        .collect();
    let series = Series::of_releases(&releases);
    let points: Vec<_> = series.metrics[0]
        .points
        .iter()
        .map(|(on, r)| (*on, r.part(), r.whole()))
        .collect();
    assert_eq!(
        points,
        [(day(20), 5, 10), (day(50), 7, 15), (day(60), 10, 20)]
    );
    assert_eq!(series.of("table").unwrap().trend(), Some(Trend::Level));
    assert_eq!(series.of("other"), None);
    assert_eq!(Series::of_releases(releases.iter().rev()), series);
}
