//! Figures as events and as one table: what comes back, for whom, and what is refused.

use std::collections::BTreeSet;

use reverse_mentoring::fleet::{
    COLUMNS, FigureEvents, FigureTable, WriteError, read_figure_table, read_figures,
};
use reverse_mentoring::health::FigureRow;
use reverse_mentoring::privacy::{Audience, Threshold};
use reverse_mentoring::tables::write_figures;

use super::*;

fn rows(audience: Audience) -> Vec<FigureRow> {
    let roster = Company::base().places("cto", 9).places("cleo", 9).roster();
    let logs: Vec<_> = (0..7)
        .map(|n| {
            let mut log = logged(&roster, &format!("p{n}"), ("cleo", "cto"), n);
            log.sessions = logged_sessions(&[(10 + n, held())]);
            log
        })
        .collect();
    let (health, _) = health_of(&logs, &roster, 60);
    match audience {
        Audience::Coordinator => health.figure_rows(),
        _ => health.release(Threshold::default()).figure_rows(),
    }
}

/// Every nasty name as metric, breakdown and group, beside the plain rows.
fn nasty_rows(audience: Audience) -> Vec<FigureRow> {
    let mut all = rows(audience);
    let shown = all.iter().find(|r| !r.withheld).unwrap().clone();
    for text in nasty::nasty() {
        let mut row = shown.clone();
        row.breakdown = Some(text.clone());
        row.metric.clone_from(&text);
        row.group = Some(text);
        all.push(row);
    }
    all
}

fn events(all: &[(ProgramId, Vec<FigureRow>)], audience: Audience) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut out = FigureEvents::new(&mut bytes, source(), audience);
    for (program, rows) in all {
        out.write(*program, rows).unwrap();
    }
    out.finish().unwrap();
    bytes
}

fn table(all: &[(ProgramId, Vec<FigureRow>)], audience: Audience) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut out = FigureTable::new(&mut bytes, audience).unwrap();
    for (program, rows) in all {
        out.write(*program, rows).unwrap();
    }
    out.finish().unwrap();
    bytes
}

fn flat(all: &[(ProgramId, Vec<FigureRow>)]) -> Vec<(ProgramId, FigureRow)> {
    let rows = all
        .iter()
        .flat_map(|(program, rows)| rows.iter().map(|row| (*program, row.clone())));
    rows.collect()
}

#[test]
fn many_programmes_under_every_nasty_name() {
    for audience in [Audience::Coordinator, Audience::Sponsor] {
        let all: Vec<_> = (1..4).map(|n| (program(n), nasty_rows(audience))).collect();
        let bytes = events(&all, audience);
        let read = read_figures(&bytes).unwrap();
        assert!(read.iter().all(|event| event.source == source()));
        let read: Vec<_> = read.into_iter().map(|e| (e.program, e.row)).collect();
        assert_eq!(read, flat(&all));

        let text = std::str::from_utf8(&bytes).unwrap();
        let mut ids = BTreeSet::new();
        for (line, (program, row)) in text.lines().zip(flat(&all)) {
            let event = assert_cloud_event(line);
            assert_eq!(event["data"], serde_json::to_value(&row).unwrap());
            assert_eq!(event["type"], "reverse-mentoring.figure");
            assert_eq!(event["subject"], program.to_string());
            assert_eq!(event["time"], format!("{}T00:00:00Z", row.as_of));
            assert!(ids.insert(event["id"].to_string()));
        }

        let bytes = table(&all, audience);
        assert_eq!(read_figure_table(&bytes).unwrap(), flat(&all));
        assert!(bytes.starts_with(COLUMNS.join(",").as_bytes()));
        // One programme's part is the file of that programme, with a column more.
        let alone = String::from_utf8(table(&all[..1], audience)).unwrap();
        let mut own = Vec::new();
        write_figures(&mut own, &all[0].1).unwrap();
        let mark = format!("{},2026-", program(1));
        let alone = alone.replace(&mark, "2026-").replacen("program,", "", 1);
        assert_eq!(alone, String::from_utf8(own).unwrap());
    }
}

/// Rows that differ in anything are different events.
#[test]
fn a_corrected_figure_is_another_event() {
    let row = rows(Audience::Sponsor);
    let row = row.iter().find(|r| r.value.is_some()).unwrap().clone();
    let mut all = vec![row.clone()];
    let mut with = |change: &dyn Fn(&mut FigureRow)| {
        let mut other = row.clone();
        change(&mut other);
        all.push(other);
    };
    let text = |text: &str| Some(text.to_owned());
    with(&|r| r.as_of = r.as_of.succ_opt().unwrap());
    with(&|r| r.metric.push('x'));
    with(&|r| (r.breakdown, r.group) = (text("unit"), text("a")));
    with(&|r| (r.breakdown, r.group) = (text("unit"), text("b")));
    with(&|r| (r.breakdown, r.group) = (text("site"), text("a")));
    with(&|r| (r.breakdown, r.group) = (text("unita"), text("")));
    with(&|r| (r.breakdown, r.group) = (text(""), text("unita")));
    with(&|r| (r.breakdown, r.group) = (text(""), text("")));
    with(&|r| r.repeated_from = r.as_of.pred_opt());
    with(&|r| r.repeated_from = r.as_of.pred_opt().and_then(|d| d.pred_opt()));
    let whole = |whole| (Some(0), Some(whole), text("0.0000"));
    with(&|r| (r.numerator, r.denominator, r.value) = whole(70_001));
    with(&|r| (r.numerator, r.denominator, r.value) = whole(70_002));
    with(&|r| (r.numerator, r.denominator, r.value) = (Some(1), Some(8), text("0.1250")));
    with(&|r| (r.numerator, r.denominator, r.value) = (Some(0), Some(0), None));
    with(&|r| {
        (r.numerator, r.denominator, r.value) = (None, None, None);
        r.withheld = true;
    });
    let ids = |rows: &[FigureRow]| -> Vec<String> {
        let bytes = events(&[(program(1), rows.to_vec())], Audience::Sponsor);
        let lines = std::str::from_utf8(&bytes).unwrap().lines();
        lines
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].to_string())
            .collect()
    };
    let found = ids(&all);
    let different: BTreeSet<&String> = found.iter().collect();
    assert_eq!(different.len(), all.len());
    assert_eq!(found, ids(&all));
}

#[test]
fn no_row_for_another_audience_goes_out() {
    let (coordinator, sponsor) = (rows(Audience::Coordinator), rows(Audience::Sponsor));
    let mixed = [&sponsor[..2], &coordinator[..1]].concat();
    let mut bytes = Vec::new();
    let mut out = FigureEvents::new(&mut bytes, source(), Audience::Sponsor);
    let refused = out.write(program(1), &mixed).unwrap_err();
    assert!(matches!(
        refused,
        WriteError::Audience {
            row: 2,
            audience: Audience::Coordinator
        }
    ));
    assert_eq!(
        refused.to_string(),
        "row 2 is for `coordinator`, and what is written is for another audience"
    );
    out.finish().unwrap();
    assert!(bytes.is_empty());
    let mut out = FigureTable::new(&mut bytes, Audience::Sponsor).unwrap();
    assert!(out.write(program(1), &mixed).is_err());
    out.finish().unwrap();
    assert_eq!(bytes, (COLUMNS.join(",") + "\n").into_bytes());
}

#[test]
fn a_row_that_somebody_bent_goes_nowhere() {
    let mut row = rows(Audience::Sponsor).remove(0);
    row.withheld = !row.withheld;
    let mut out = FigureEvents::new(Vec::new(), source(), Audience::Sponsor);
    let refused = out.write(program(1), &[row]).unwrap_err().to_string();
    assert!(refused.starts_with("row 0: `numerator` is "), "{refused}");
    let mut row = rows(Audience::Sponsor).remove(0);
    row.as_of = "+10000-01-01".parse().unwrap();
    let refused = out.write(program(1), &[row]).unwrap_err();
    assert!(matches!(refused, WriteError::Time));
}

/// Whoever sums them up would count them twice.
#[test]
fn a_figure_that_is_there_twice() {
    let rows = rows(Audience::Sponsor);
    let again = [rows[1].clone(), rows[0].clone()];
    let mut bytes = events(&[(program(1), rows.clone())], Audience::Sponsor);
    bytes.extend(events(&[(program(1), again.to_vec())], Audience::Sponsor));
    let faults = read_figures(&bytes).unwrap_err().0;
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let n = rows.len();
    assert_eq!(
        said,
        [
            format!("{}: `id` is that of line 2, under the same `source`", n + 1),
            format!("{}: `id` is that of line 1, under the same `source`", n + 2),
        ]
    );

    let mut bytes = Vec::new();
    let mut out = FigureEvents::new(&mut bytes, source(), Audience::Sponsor);
    let mut refused = |rows: &[FigureRow]| {
        let refused = out.write(program(1), rows).unwrap_err();
        assert!(matches!(refused, WriteError::Repeat { .. }));
        refused.to_string()
    };
    // All of a call or none: what was refused was not written, and may come once.
    let said = refused(&[rows[1].clone(), rows[0].clone(), rows[1].clone()]);
    let fingerprint = said
        .strip_prefix("the event `00000004-0000-8000-8000-000000000001/figure/")
        .and_then(|rest| rest.strip_suffix("` was written before"));
    assert_eq!(fingerprint.unwrap().len(), 32, "{said}");
    out.write(program(1), &rows).unwrap();
    for row in &rows {
        let refused = out
            .write(program(1), std::slice::from_ref(row))
            .unwrap_err();
        assert!(matches!(refused, WriteError::Repeat { .. }));
    }
    out.write(program(2), &again).unwrap();
    out.finish().unwrap();
    let read = read_figures(&bytes).unwrap();
    let read: Vec<_> = read.into_iter().map(|e| (e.program, e.row)).collect();
    let all = [(program(1), rows), (program(2), again.to_vec())];
    assert_eq!(read, flat(&all));
}

#[test]
fn every_fault_with_its_line() {
    let all = [(program(1), rows(Audience::Sponsor))];
    let text = String::from_utf8(events(&all, Audience::Sponsor)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let shown = lines
        .iter()
        .find(|l| l.contains("\"withheld\":false"))
        .unwrap();
    let other = lines.iter().find(|l| *l != shown).unwrap();
    let said = |changed: String| {
        let stream = [*other, &changed].join("\n");
        let faults = read_figures(stream.as_bytes()).unwrap_err().0;
        faults.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        said(shown.replace("\"withheld\":false", "\"withheld\":true")),
        [
            "2: `data` is not a figure: `numerator` is shown, though the figure is withheld (and 2 more)"
        ]
    );
    let id = said(shown.replace("\"sponsor\"", "\"coordinator\""));
    assert!(
        id.len() == 1
            && id[0].starts_with("2: `id` is not `00000004-0000-8000-8000-000000000001/figure/")
    );
    assert_eq!(
        said(
            shown
                .replace("reverse-mentoring.figure", "x")
                .replace("T00:00:00Z", "T00:00:01Z")
        ),
        [
            "2: `type` is not `reverse-mentoring.figure`",
            "2: `time` is not the instant of the data, `2026-03-02T00:00:00Z`"
        ]
    );

    let text = String::from_utf8(table(&all, Audience::Sponsor)).unwrap();
    let id = program(1).to_string();
    let faults = |text: String| {
        let faults = read_figure_table(text.as_bytes()).unwrap_err().0;
        faults.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        faults(
            text.replacen(&id, "", 1)
                .replacen(&id, &id.replace('-', ""), 1)
        ),
        [
            "2: bad-key: `program` is blank",
            "3: bad-key: `program` is not the id of a programme",
        ]
    );
    let lines: Vec<&str> = text.lines().take(2).collect();
    assert_eq!(
        faults(lines.join("\n").replace("sponsor", "=1")),
        ["2: bad-word: `audience` is not `coordinator` or `sponsor`"]
    );
    assert_eq!(
        faults(
            text.replacen("program,", "", 1)
                .lines()
                .next()
                .unwrap()
                .to_owned()
        ),
        ["1: missing-column: there is no column `program`"]
    );
}
