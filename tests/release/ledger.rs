//! The ledger: what a release needs of it, and what of it is stored.

use reverse_mentoring::health::{
    Breakdown, Contribution, Figure, HealthError, Ledger, Metric, Metrics, Period, PeriodHealth,
    ProgramHealth, Publisher, ReleaseError, UnitView,
};
use reverse_mentoring::history::{LoggedPairing, adopt};
use reverse_mentoring::ids::{IdSource, PairingId, SequentialIds};
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::privacy::{Cell, Threshold};
use reverse_mentoring::roster::Load;
use reverse_mentoring::text::Label;

use uuid::Uuid;

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

/// What is out under one definition is not shown under another, not even after the first has come back; who it rested on
/// stays out.
#[test]
fn a_figure_is_repeated_under_its_own_definition_alone() {
    #[derive(Debug)]
    struct Defined(&'static str, Table);

    impl Metric for Defined {
        fn id(&self) -> PluginId {
            self.1.id()
        }

        fn definition(&self) -> &str {
            self.0
        }

        fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
            self.1.contribute(unit)
        }
    }

    let world = World::of(24);
    let mut ledger = Ledger::new();
    let mut release = |n: i64, definition: &'static str, members: usize| {
        let on = period(n).last();
        let rows = world.ids.iter().take(members).map(|id| ((on, *id), (1, 2)));
        let table = Table(1, rows.collect());
        let metrics = Metrics::none().with(Defined(definition, table));
        let half = |(at, id): (usize, &PairingId)| {
            (*id, Label::new(if at < 9 { "A" } else { "B" }).unwrap())
        };
        let labels = world.ids.iter().enumerate().map(half);
        let by = Breakdown::new(Label::new("unit").unwrap(), labels);
        let publisher = Publisher::new(&world.history, &metrics, day(900)).by(by);
        let health = publisher.release(period(n), &mut ledger).unwrap();
        let stored = serde_json::to_string(&ledger).unwrap();
        ledger = serde_json::from_str(&stored).unwrap();
        let reading = &health.readings[0];
        let shown = |cell: Cell<Figure>| {
            let figure = cell.shown().copied();
            figure.map(|f| (f.ratio.part(), f.period == period(n)))
        };
        (
            shown(reading.total),
            shown(reading.cell("unit", "B").unwrap()),
        )
    };
    assert_eq!(
        release(0, "within 30", 18),
        (Some((18, true)), Some((9, true)))
    );
    assert_eq!(
        release(1, "within 30", 19),
        (Some((18, false)), Some((9, false)))
    );
    assert_eq!(release(2, "within 58", 20), (None, None));
    assert_eq!(release(3, "within 30", 19), (None, None), "gone for good");
    assert_eq!(
        release(4, "within 58", 23),
        (Some((23, true)), Some((14, true)))
    );
}

/// A person with the id of a pairing: they are one unit, of what both have.
#[test]
fn one_id_for_two_kinds_of_units_loses_nothing() {
    #[derive(Debug)]
    struct Everybody;

    impl Metric for Everybody {
        fn id(&self) -> PluginId {
            PluginId::new("everybody", 1)
        }

        fn definition(&self) -> &str {
            "all / all"
        }

        fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
            let whole = match unit {
                UnitView::Pairing(_) => 1,
                UnitView::Person(_) => 100,
                _ => return None,
            };
            Some(Contribution::new(whole, whole))
        }
    }

    let roster = Company::base()
        .places("cto", 99)
        .places("cleo", 99)
        .roster();
    let logs: Vec<LoggedPairing> = (0..12)
        .map(|n| logged(&roster, &format!("p{n:03}"), ("cleo", "cto"), 0))
        .collect();
    // The ids of the pairings begin with those of the people.
    let mut taken: Vec<Uuid> = roster
        .participants()
        .iter()
        .map(|p| *p.id().as_uuid())
        .collect();
    let mut others = SequentialIds::new(77);
    let mut ids = || taken.pop().unwrap_or_else(|| others.next_uuid());
    let adopted = adopt(&logs, &roster, Load::DEFAULT, day(0), &mut ids);
    let metrics = Metrics::none().with(Everybody);
    let whole = ProgramHealth::assess(&adopted.history, &metrics, day(20)).unwrap();
    let unit = Label::new("unit").unwrap();
    let labels = adopted.keys.keys().map(|id| (*id, unit.clone()));
    let by = Breakdown::new(unit.clone(), labels);
    let publisher = Publisher::new(&adopted.history, &metrics, day(99)).by(by);
    let health = publisher.release(period(0), &mut Ledger::new()).unwrap();
    // It has not said whom it concerns, and people have no label.
    assert_eq!(health.readings[0].breakdowns, []);
    let total = health.readings[0].total.shown().unwrap().ratio;
    assert_eq!(total, whole.readings[0].ratio);
    assert!(total.whole() > 12);
}

#[test]
fn months_have_their_days() {
    let said = |year, month| Period::month(year, month).map(|period| period.to_string());
    assert_eq!(said(2028, 2).as_deref(), Some("2028-02-01 to 2028-02-29"));
    assert_eq!(said(2026, 12).as_deref(), Some("2026-12-01 to 2026-12-31"));
    assert_eq!(said(2026, 13), None);
}
