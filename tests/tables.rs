//! Tidy rows: what health says, flat, and as CSV read back by hand.
#![cfg(feature = "tables")]

mod support;

use std::collections::BTreeMap;

use reverse_mentoring::health::{
    Breakdown, Contribution, FigureRow, Ledger, Metric, Metrics, PairingRow, Period, ProgramHealth,
    Publisher, UnitView,
};
use reverse_mentoring::history::Adopted;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::tables::{write_figures, write_pairings};
use reverse_mentoring::text::Label;
use support::*;

/// RFC 4180 in a dozen lines: rows of cells.
fn read(csv: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(csv).unwrap();
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut chars) = (false, text.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted);
    rows
}

fn sample() -> (ProgramHealth, Adopted) {
    let roster = Company::base().places("cto", 9).places("cleo", 9).roster();
    let logs: Vec<_> = (0..7)
        .map(|n| {
            let mut log = logged(&roster, &format!("p{n}"), ("cleo", "cto"), n);
            log.sessions = logged_sessions(
                &[(10 + n, held()), (20, MISSED), (21, MISSED)][..if n < 3 { 3 } else { 1 }],
            );
            log
        })
        .collect();
    health_of(&logs, &roster, 60)
}

fn words(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

#[test]
fn figures_read_back() {
    let (health, _) = sample();
    let released = health.release(Threshold::default());
    let mut rows = health.figure_rows();
    rows.extend(released.figure_rows());
    let mut csv = Vec::new();
    write_figures(&mut csv, &rows).unwrap();
    let read = read(&csv);
    assert_eq!(read[0], FigureRow::COLUMNS);
    let mut expected: Vec<Vec<String>> = Vec::new();
    let by_name: BTreeMap<&str, _> = health
        .readings
        .iter()
        .map(|r| (r.metric.name(), r.ratio))
        .collect();
    for (metric, ratio) in by_name {
        let (part, whole) = (ratio.part().to_string(), ratio.whole().to_string());
        let row = [
            "2026-03-02",
            "coordinator",
            metric,
            "",
            "",
            &part,
            &whole,
            &words(ratio.decimal()),
            "false",
            "",
        ];
        expected.push(row.map(str::to_owned).to_vec());
    }
    let by_name: BTreeMap<&str, _> = released
        .readings
        .iter()
        .map(|r| (r.metric.name(), r.ratio))
        .collect();
    for (metric, cell) in by_name {
        let shown = cell.shown();
        let (part, whole) = (
            words(shown.map(|r| r.part())),
            words(shown.map(|r| r.whole())),
        );
        let value = words(shown.and_then(|r| r.decimal()));
        let withheld = shown.is_none().to_string();
        let row = [
            "2026-03-02",
            "sponsor",
            metric,
            "",
            "",
            &part,
            &whole,
            &value,
            &withheld,
            "",
        ];
        expected.push(row.map(str::to_owned).to_vec());
    }
    assert_eq!(read[1..], expected);
    let withheld = expected.iter().filter(|row| row[8] == "true").count();
    assert!(withheld > 0 && withheld < released.readings.len());
}

/// Every row of two releases of twelve pairings, one of whom comes between them, by hand.
#[test]
fn totals_cells_and_what_is_repeated() {
    #[derive(Debug)]
    struct Even;
    impl Metric for Even {
        fn id(&self) -> PluginId {
            PluginId::new("even", 1)
        }
        fn definition(&self) -> &str {
            "pairings that met / pairings that started"
        }
        fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
            let UnitView::Pairing(pairing) = unit else {
                return None;
            };
            let mut held = pairing.facts().held(pairing.as_of());
            Some(Contribution::whether(held.next().is_some()))
        }
    }
    let roster = Company::base()
        .places("cto", 20)
        .places("cleo", 20)
        .roster();
    // Six in each unit, three of which meet; a thirteenth comes on day 20 to the second, and meets.
    let logs: Vec<_> = (0..13)
        .map(|n| {
            let start = if n < 12 { 1 } else { 20 };
            let mut log = logged(&roster, &format!("p{n:02}"), ("cleo", "cto"), start);
            let met = [(start + 1, held())];
            log.sessions = logged_sessions(if n % 2 == 0 { &met } else { &[] });
            log
        })
        .collect();
    let (_, adopted) = health_of(&logs, &roster, 60);
    let label = |text: &str| Label::new(text).unwrap();
    let units = adopted.keys.iter().map(|(id, key)| {
        let second = key.as_str() >= "p06";
        (
            *id,
            label(if second { "Sales, \"EU\"" } else { "Research" }),
        )
    });
    let by = Breakdown::new(label("unit"), units.collect::<Vec<_>>());
    let metrics = Metrics::none().with(Even);
    let publisher = Publisher::new(&adopted.history, &metrics, day(61)).by(by);
    let mut ledger = Ledger::new();
    let mut rows = Vec::new();
    for (first, last) in [(0, 9), (10, 30)] {
        let period = Period::new(day(first), day(last)).unwrap();
        rows.extend(
            publisher
                .release(period, &mut ledger)
                .unwrap()
                .figure_rows(),
        );
    }
    let mut csv = Vec::new();
    write_figures(&mut csv, &rows).unwrap();
    let expected = "\
as_of,audience,metric,breakdown,group,numerator,denominator,value,withheld,repeated_from
2026-01-10,sponsor,even,,,6,12,0.5000,false,
2026-01-10,sponsor,even,unit,Research,3,6,0.5000,false,
2026-01-10,sponsor,even,unit,\"Sales, \"\"EU\"\"\",3,6,0.5000,false,
2026-01-31,sponsor,even,,,6,12,0.5000,false,2026-01-10
2026-01-31,sponsor,even,unit,Research,3,6,0.5000,false,
2026-01-31,sponsor,even,unit,\"Sales, \"\"EU\"\"\",3,6,0.5000,false,2026-01-10
";
    assert_eq!(String::from_utf8(csv).unwrap(), expected);
    // A threshold above all of them: nothing is told, and every row is there.
    let few =
        Publisher::new(&adopted.history, &metrics, day(61)).threshold(Threshold::new(20).unwrap());
    let period = Period::new(day(0), day(30)).unwrap();
    let few = few
        .release(period, &mut Ledger::new())
        .unwrap()
        .figure_rows();
    assert!(few.len() == 1 && few[0].withheld && few[0].repeated_from.is_none());
    assert_eq!(
        (few[0].numerator, few[0].denominator, &few[0].value),
        (None, None, &None)
    );
}

#[test]
fn pairings_read_back_whatever_they_are_called() {
    let (health, adopted) = sample();
    // Names that run against the ids.
    let name = |id| {
        let key = adopted.keys[&id].as_str();
        let number: u32 = key[1..].parse().unwrap();
        format!("\"{}\",\n=1+1 שלום", 9 - number)
    };
    let mut csv = Vec::new();
    write_pairings(&mut csv, &health.pairing_rows(name)).unwrap();
    let read = read(&csv);
    assert_eq!(read[0], PairingRow::COLUMNS);
    let mut expected: Vec<Vec<String>> = Vec::new();
    for p in &health.pairings {
        expected.push(vec![
            "2026-03-02".to_owned(),
            name(p.pairing),
            p.status.to_string(),
            p.reasons.join(";"),
            p.held.to_string(),
            words(p.last_held),
            p.days_since.to_string(),
            p.longest_gap_days.to_string(),
        ]);
    }
    expected.sort_by_key(|row| row[1].clone());
    assert_eq!(read[1..], expected);
    assert!(read.iter().any(|row| row[3] == "last-two-not-held"));
    // Without the names: two reasons in one cell.
    let later = ProgramHealth::assess(&adopted.history, &Metrics::standard(), day(90)).unwrap();
    let rows = later.pairing_rows(|id| id.to_string());
    let both = "last-two-not-held;silent-for-two-cadences";
    assert!(rows.iter().any(|row| row.reasons == both));
}

#[test]
fn a_header_without_rows_and_fields_in_the_order_of_the_columns() {
    let mut csv = Vec::new();
    write_figures(&mut csv, &[]).unwrap();
    assert_eq!(
        csv,
        b"as_of,audience,metric,breakdown,group,numerator,denominator,value,withheld,repeated_from\n"
    );
    let mut csv = Vec::new();
    write_pairings(&mut csv, &[]).unwrap();
    assert_eq!(
        csv,
        b"as_of,pairing,status,reasons,held,last_held,days_since,longest_gap_days\n"
    );
    let (health, _) = sample();
    let row = serde_json::to_string(&health.figure_rows()[0]).unwrap();
    let pairing = serde_json::to_string(&health.pairing_rows(|id| id.to_string())[0]).unwrap();
    for (json, columns) in [
        (row, &FigureRow::COLUMNS[..]),
        (pairing, &PairingRow::COLUMNS[..]),
    ] {
        let places: Vec<usize> = columns
            .iter()
            .map(|c| json.find(&format!("\"{c}\":")).unwrap())
            .collect();
        assert!(places.is_sorted(), "{json}");
        assert_eq!(json.matches("\":").count(), columns.len(), "{json}");
    }
}
