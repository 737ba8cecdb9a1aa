//! What the tables write reads back to the same value, whatever the names in it; what they did not write is refused with its line.
#![cfg(feature = "tables")]

#[path = "import_tables/roster.rs"]
mod roster;
mod support;
#[path = "support/nasty.rs"]
mod nasty;

use reverse_mentoring::health::{FigureRow, PairingRow};
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::spreadsheet::starts_formula;
use reverse_mentoring::tables::{read_figures, read_pairings, write_figures, write_pairings};
use support::*;

/// The cells of a file by a second reader, that of the `csv` crate's own.
fn cells(file: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file);
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        row.iter().map(str::to_owned).collect()
    });
    rows.collect()
}

fn figures() -> Vec<FigureRow> {
    let roster = Company::base().places("cto", 9).places("cleo", 9).roster();
    let logs: Vec<_> = (0..7)
        .map(|n| {
            let mut log = logged(&roster, &format!("p{n}"), ("cleo", "cto"), n);
            log.sessions = logged_sessions(&[(10 + n, held())]);
            log
        })
        .collect();
    let (health, _) = health_of(&logs, &roster, 60);
    let mut rows = health.figure_rows();
    rows.extend(health.release(Threshold::default()).figure_rows());
    rows
}

fn figure_file(rows: &[FigureRow]) -> Vec<u8> {
    let mut file = Vec::new();
    write_figures(&mut file, rows).unwrap();
    file
}

fn pairings() -> Vec<PairingRow> {
    let roster = Company::base().places("cto", 9).places("cleo", 9).roster();
    let log = logged(&roster, "p", ("cleo", "cto"), 3);
    let (health, _) = health_of(&[log], &roster, 50);
    health.pairing_rows(|id| id.to_string())
}

#[test]
fn figures_under_every_nasty_name() {
    let mut rows = figures();
    assert!(rows.iter().any(|r| r.withheld) && rows.iter().any(|r| r.value.is_none()));
    let shown = rows.iter().find(|r| !r.withheld).unwrap().clone();
    for text in nasty::nasty() {
        let mut row = shown.clone();
        row.metric.clone_from(&text);
        row.breakdown = Some(text.clone());
        row.group = Some(text);
        rows.push(row);
    }
    // Empty is another than missing.
    let mut row = shown.clone();
    (row.breakdown, row.group) = (Some(String::new()), Some(String::new()));
    rows.push(row);
    let file = figure_file(&rows);
    assert_eq!(read_figures(&file).unwrap(), rows);
    for cell in cells(&file).iter().flatten() {
        assert!(!starts_formula(cell), "{cell:?}");
    }
    // CRLF, a mark in front, and columns in another order are the same rows.
    let text = String::from_utf8(figure_file(&rows[..20])).unwrap();
    let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(read_figures(other.as_bytes()).unwrap(), rows[..20]);
    let turned: String = text
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells.reverse();
            cells.join(",") + "\n"
        })
        .collect();
    assert_eq!(read_figures(turned.as_bytes()).unwrap(), rows[..20]);
}

#[test]
fn pairings_under_every_nasty_name() {
    let sample = pairings().remove(0);
    let rows: Vec<PairingRow> = nasty::nasty()
        .into_iter()
        .map(|text| {
            let mut row = sample.clone();
            row.reasons.clone_from(&text);
            row.pairing = text;
            row
        })
        .collect();
    let mut file = Vec::new();
    write_pairings(&mut file, &rows).unwrap();
    assert_eq!(read_pairings(&file).unwrap(), rows);
    for cell in cells(&file).iter().flatten() {
        assert!(!starts_formula(cell), "{cell:?}");
    }
}

/// A spreadsheet that is told to split at semicolons or tabs as well keeps to quotes.
#[test]
fn cells_with_other_separators_are_in_quotes() {
    let mut row = pairings().remove(0);
    row.pairing = "a;=1+1".to_owned();
    let mut file = Vec::new();
    write_pairings(&mut file, &[row.clone()]).unwrap();
    assert!(String::from_utf8(file).unwrap().contains(",\"a;=1+1\","));
    row.pairing = "a\t=1+1".to_owned();
    let mut file = Vec::new();
    write_pairings(&mut file, &[row]).unwrap();
    assert!(String::from_utf8(file).unwrap().contains(",\"a\t=1+1\","));
}

#[test]
fn days_past_the_year_9999_are_text() {
    let mut row = pairings().remove(0);
    row.as_of = "+12026-01-05".parse().unwrap();
    row.last_held = "+12026-01-04".parse().ok();
    (row.days_since, row.longest_gap_days) = (-5, i64::MIN);
    let mut file = Vec::new();
    write_pairings(&mut file, &[row.clone()]).unwrap();
    let text = String::from_utf8(file.clone()).unwrap();
    assert!(text.contains("\n'+12026-01-05,") && text.contains(",'+12026-01-04,"));
    assert!(text.ends_with(",-5,-9223372036854775808\n"));
    assert_eq!(read_pairings(&file).unwrap(), [row]);
    let mut row = figures().remove(0);
    row.as_of = "+12026-01-05".parse().unwrap();
    row.repeated_from = "-0001-01-05".parse().ok();
    let file = figure_file(&[row.clone()]);
    let text = String::from_utf8(file.clone()).unwrap();
    assert!(text.contains("\n'+12026-01-05,") && text.ends_with(",'-0001-01-05\n"));
    assert_eq!(read_figures(&file).unwrap(), [row]);
}

#[test]
fn numbers_stay_numbers() {
    let text = String::from_utf8(figure_file(&figures())).unwrap();
    assert!(!text.contains('\''));
}

#[test]
fn every_fault_with_its_line() {
    let file = "\
as_of,audience,metric,breakdown,group,numerator,denominator,value,withheld,repeated_from
2026-06-31,people,m,,,1,2,0.5000,yes,2026-1-01
2026-06-30,sponsor,m,unit,,+1,02,0.5000,false,
2026-06-30,sponsor,m,unit,,1,2,0.5000,false,
2026-06-30,sponsor,m,,,1,2,0.5000,true,2026-05-31
2026-06-30,sponsor,m,,,,,0.5000,false,2026-07-31
2026-06-30,sponsor,m,,,3,2,1.5000,false,
2026-06-30,sponsor,m,,,1,2,0.5,false,
2026-06-30,sponsor,m,,,0,0,0.0000,false,
,sponsor,m,,,1,2,0.5000,,
2026-06-30,sponsor
";
    let faults = read_figures(file.as_bytes()).unwrap_err();
    let said: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
    let ratio = "`value` is not the numerator by the denominator with four decimals, or not blank for a denominator of 0";
    let shown = "is shown, though the figure is withheld";
    let blank = "is blank, though the figure is not withheld";
    assert_eq!(
        said,
        [
            "2: bad-date: `as_of` is not a day as `YYYY-MM-DD`".to_owned(),
            "2: bad-word: `audience` is not `coordinator` or `sponsor`".to_owned(),
            "2: bad-word: `withheld` is not `true` or `false`".to_owned(),
            "2: bad-date: `repeated_from` is not a day as `YYYY-MM-DD`".to_owned(),
            "3: bad-number: `numerator` is not a whole number in its range".to_owned(),
            "3: bad-number: `denominator` is not a whole number in its range".to_owned(),
            "4: contradiction: `group` is there without `breakdown`, or the other way round"
                .to_owned(),
            format!("5: contradiction: `numerator` {shown}"),
            format!("5: contradiction: `denominator` {shown}"),
            format!("5: contradiction: `value` {shown}"),
            format!("5: contradiction: `repeated_from` {shown}"),
            format!("6: contradiction: `numerator` {blank}"),
            format!("6: contradiction: `denominator` {blank}"),
            "6: contradiction: `repeated_from` is after `as_of`".to_owned(),
            "7: contradiction: `numerator` is over the denominator".to_owned(),
            format!("8: contradiction: {ratio}"),
            format!("9: contradiction: {ratio}"),
            "10: bad-date: `as_of` is blank".to_owned(),
            "10: bad-word: `withheld` is blank".to_owned(),
            "11: field-count: the row has 2 fields and the header 10".to_owned(),
        ]
    );
    let file =
        "as_of,pairing,status,reasons,held,last_held,days_since\n2026-06-30,=1+1,fine,,-1,,x\n";
    let faults = read_pairings(file.as_bytes()).unwrap_err();
    let said: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "1: missing-column: there is no column `longest_gap_days`",
            "2: bad-word: `status` is not a status of a pairing",
            "2: bad-number: `held` is not a whole number in its range",
            "2: bad-number: `days_since` is not a whole number in its range",
        ]
    );
    assert_eq!(
        read_figures(b"").unwrap_err().to_string(),
        "1: empty-file: the file is empty"
    );
}

#[test]
fn a_row_that_somebody_bent_is_not_written() {
    let mut row = figures().remove(0);
    row.withheld = true;
    let mut file = Vec::new();
    let refused = write_figures(&mut file, &[row]).unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::InvalidInput);
    assert_eq!(
        refused.to_string(),
        "`numerator` is shown, though the figure is withheld"
    );
}

#[test]
fn rows_read_back_from_json() {
    for row in figures() {
        let json = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<FigureRow>(&json).unwrap(), row);
    }
    for row in pairings() {
        let json = serde_json::to_string(&row).unwrap();
        assert_eq!(serde_json::from_str::<PairingRow>(&json).unwrap(), row);
    }
    let json = r#"{"as_of":"2026-06-30","audience":"sponsor","metric":"m","numerator":1,"denominator":2,"withheld":true}"#;
    let refused = serde_json::from_str::<FigureRow>(json).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("`numerator` is shown, though the figure is withheld (and 1 more)")
    );
}

/// For another judge: `.ci/deep.d/spreadsheet.sh`. The rows of every nasty name, escaped, and for its own check once more as they are.
#[test]
#[ignore = "needs SPREADSHEET_OUT; .ci/deep.d/spreadsheet.sh runs it"]
fn writes_for_others() {
    let Some(folder) = std::env::var_os("SPREADSHEET_OUT").map(std::path::PathBuf::from) else {
        return println!("no SPREADSHEET_OUT, nothing is written");
    };
    let mut row = figures().remove(0);
    let (mut rows, mut raw) = (Vec::new(), csv::Writer::from_writer(Vec::new()));
    for text in nasty::nasty() {
        // A spreadsheet keeps no control characters, half of none of the other planes, and no more than 32,767 characters.
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        {
            continue;
        }
        row.metric.clone_from(&text);
        raw.write_record([&text]).unwrap();
        rows.push(row.clone());
    }
    std::fs::write(folder.join("figures.csv"), figure_file(&rows)).unwrap();
    std::fs::write(folder.join("raw.csv"), raw.into_inner().unwrap()).unwrap();
    let names: Vec<&str> = rows.iter().map(|row| row.metric.as_str()).collect();
    let names = serde_json::to_string(&names).unwrap();
    std::fs::write(folder.join("names.json"), names).unwrap();
}
