//! The ledger: what a release needs of it, and what of it is stored.

use reverse_mentoring::health::{
    Breakdown, HealthError, Ledger, Metrics, Period, PeriodHealth, Publisher, ReleaseError,
};
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::text::Label;

use crate::by_hand::groups;
use crate::support::*;
use crate::world::*;

#[test]
fn what_is_refused_leaves_the_ledger_alone() {
    let world = World::of(12);
    let programme = groups(&[(6, 3), (6, 2)]);
    let mut ledger = Ledger::new();
    programme.release(&world, 1, 5, &mut ledger).unwrap();
    let before = ledger.clone();
    assert_eq!(
        (ledger.released_to(), ledger.threshold()),
        (Some(day(20)), Some(5))
    );
    let said = |result: Result<PeriodHealth, ReleaseError>| result.unwrap_err().to_string();
    let metrics = Metrics::none();
    let publisher = |today| Publisher::new(&world.history, &metrics, day(today));
    let unit = || Breakdown::new(Label::new("unit").unwrap(), []);
    let stretch = |first, last| Period::new(day(first), day(last)).unwrap();
    assert_eq!(
        said(publisher(30).release(period(2), &mut ledger)),
        "the period 2026-01-22 to 2026-01-31 is not over on 2026-01-31"
    );
    assert_eq!(
        said(publisher(99).release(stretch(20, 40), &mut ledger)),
        "the period 2026-01-21 to 2026-02-10 is not all new: figures up to 2026-01-21 are released already"
    );
    assert_eq!(
        said(
            publisher(99)
                .threshold(Threshold::new(4).unwrap())
                .release(period(2), &mut ledger)
        ),
        "the ledger has a threshold of 5, not of 4"
    );
    assert_eq!(
        said(
            publisher(99)
                .by(unit())
                .by(unit())
                .release(period(2), &mut ledger)
        ),
        "there are two breakdowns named `unit`"
    );
    let wrong = |value| {
        let on = period(2).last();
        let rows = world.ids.iter().map(|id| ((on, *id), value));
        Table(1, rows.collect())
    };
    for (value, expected) in [
        ((2, 1), "metric `table@1` gave a part of 2 of a whole of 1"),
        (
            (0, u64::MAX / 2),
            "metric `table@1` adds up to more than a reading holds",
        ),
    ] {
        let metrics = Metrics::none()
            .with(Table(2, Default::default()))
            .with(wrong(value));
        let publisher = Publisher::new(&world.history, &metrics, day(99));
        let twice = ReleaseError::Health(HealthError::Twice(
            reverse_mentoring::policy::PluginId::new("table", 1),
        ));
        assert_eq!(publisher.release(period(2), &mut ledger), Err(twice));
        let metrics = Metrics::none().with(wrong(value));
        let publisher = Publisher::new(&world.history, &metrics, day(99));
        assert_eq!(said(publisher.release(period(2), &mut ledger)), expected);
    }
    assert_eq!(ledger, before);
    // The day after is soon enough.
    assert!(
        publisher(21)
            .release(stretch(5, 20), &mut Ledger::new())
            .is_ok()
    );
    assert!(publisher(99).release(stretch(21, 21), &mut ledger).is_ok());
}

#[test]
fn a_stored_ledger_is_checked() {
    let world = World::of(12);
    let mut ledger = Ledger::new();
    groups(&[(6, 3), (6, 2)])
        .release(&world, 0, 5, &mut ledger)
        .unwrap();
    let stored = serde_json::to_string(&ledger).unwrap();
    let id = world.ids[0].to_string();
    assert_eq!(
        stored.matches(&id).count(),
        2,
        "in the total and in one cell: {stored}"
    );
    assert_eq!(serde_json::from_str::<Ledger>(&stored).unwrap(), ledger);
    let mut sets = serde_json::to_value(&ledger).unwrap();
    for (from, to, expected) in [
        (
            "\"threshold\":5",
            "\"threshold\":2",
            "a ledger with a threshold of 2",
        ),
        (
            "\"part\":3",
            "\"part\":7",
            "a figure of `table` in the ledger is none",
        ),
        (
            "\"set\":1",
            "\"set\":9",
            "a figure of `table` in the ledger is none",
        ),
        (
            "\"sets\":[0,1,2]",
            "\"sets\":[0,1,2,3]",
            "a figure of `table` in the ledger is none",
        ),
        (
            "\"sets\":[[",
            "\"sets\":[[],[",
            "set 0 of the ledger is not a rising list of ids",
        ),
    ] {
        assert!(stored.contains(from), "{from}: {stored}");
        let fault = serde_json::from_str::<Ledger>(&stored.replacen(from, to, 1)).unwrap_err();
        assert!(fault.to_string().starts_with(expected), "{fault}");
    }
    let after = "the ledger has figures from after the day to which they are released";
    for latest in [
        serde_json::Value::Null,
        serde_json::json!({"threshold": 5, "last": day(9)}),
    ] {
        let mut earlier = sets.clone();
        earlier["latest"] = latest;
        let fault = serde_json::from_value::<Ledger>(earlier).unwrap_err();
        assert_eq!(fault.to_string(), after);
    }
    let known = sets["sets"][0].clone();
    sets["sets"].as_array_mut().unwrap().push(known);
    let fault = serde_json::from_value::<Ledger>(sets.clone()).unwrap_err();
    assert_eq!(fault.to_string(), "set 3 of the ledger is there twice");
    let mut same = sets.clone();
    same["sets"][3][1] = same["sets"][3][0].clone();
    let fault = serde_json::from_value::<Ledger>(same).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "set 3 of the ledger is not a rising list of ids"
    );
    sets["sets"][3].as_array_mut().unwrap().swap(0, 1);
    let fault = serde_json::from_value::<Ledger>(sets).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "set 3 of the ledger is not a rising list of ids"
    );
}

#[test]
fn another_version_of_a_metric_is_not_repeated() {
    let world = World::of(12);
    let mut ledger = Ledger::new();
    let mut release = |n: i64, version: u16, members: usize| {
        let on = period(n).last();
        let rows = world.ids.iter().take(members).map(|id| ((on, *id), (1, 2)));
        let metrics = Metrics::none().with(Table(version, rows.collect()));
        let publisher = Publisher::new(&world.history, &metrics, day(900));
        let health = publisher.release(period(n), &mut ledger).unwrap();
        health.readings[0]
            .total
            .shown()
            .map(|f| (f.ratio.part(), f.period == period(n)))
    };
    assert_eq!(release(0, 1, 10), Some((10, true)));
    assert_eq!(release(1, 1, 11), Some((10, false)));
    // Of the same people, so it cannot be told from the other; and that is no figure of this one.
    assert_eq!(release(2, 2, 11), None);
    assert_eq!(release(3, 2, 10), Some((10, true)));
}

#[test]
fn months_have_their_days() {
    let said = |year, month| Period::month(year, month).map(|period| period.to_string());
    assert_eq!(said(2028, 2).as_deref(), Some("2028-02-01 to 2028-02-29"));
    assert_eq!(said(2026, 12).as_deref(), Some("2026-12-01 to 2026-12-31"));
    assert_eq!(said(2026, 13), None);
}
