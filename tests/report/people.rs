//! Next steps, pulses, benefits, standards and shares by group: what stands on the pages is what was read.

use std::collections::{BTreeMap, BTreeSet};

use reverse_mentoring::health::{
    BeforeAfter, BenefitReading, Claim, EquityMeasure, EquityPolicy, EquityReadings, HostStatement,
    PulseReading, ReportingGroups, SelfAssessment, Standard,
};
use reverse_mentoring::history::{LoggedPulse, adopt_pulses};
use reverse_mentoring::pair::Role;
use reverse_mentoring::privacy::{Cell, Threshold};
use reverse_mentoring::pulse::{Items, PulseBook};
use reverse_mentoring::report::EquityReport;
use reverse_mentoring::roster::Skill;
use reverse_mentoring::text::Label;

use super::markup::{self, Element};
use super::support::*;
use super::{adopted, assess, company, logs, report};

#[test]
fn next_steps_are_those_of_health() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let health = assess(&adopted.history, day(200));
    assert!(health.next_steps.len() > 3);
    let name = |id| adopted.keys[&id].to_string();
    let root = markup::check(&report(&adopted.history, 200).to_html(name));
    let section = root.by_id("next-steps").unwrap();
    let rows = section.tagged("table")[0].rows()[1..].to_vec();
    // The highest rung first, then the longest wait; by name where both are alike.
    let mut expected: Vec<_> = health
        .next_steps
        .iter()
        .map(|s| (s, name(s.pairing)))
        .collect();
    expected.sort_by_key(|(s, name)| (std::cmp::Reverse((s.step, s.days)), name.clone()));
    assert_eq!(rows.len(), expected.len());
    for (row, (step, called)) in rows.iter().zip(&expected) {
        assert_eq!(row[0], *called);
        assert_eq!(row[1].to_lowercase(), step.step.words());
        assert_eq!(row[3], step.days.to_string());
        // Reasons in words: none is left as a code.
        assert_eq!(row[2].split("; ").count(), step.reasons.len());
        for reason in &step.reasons {
            let code = reason.as_str();
            assert!(!code.contains('-') || !row[2].contains(code), "{code}");
        }
    }
    let counts: Vec<String> = section.by_class("statuses")[0]
        .elements()
        .map(Element::text)
        .collect();
    let all: usize = counts
        .iter()
        .map(|c| c.split(' ').next().unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(all, expected.len());
    let none = markup::check(&report(&adopted.history, 1).to_html(name));
    let none = none.by_id("next-steps").unwrap().text();
    assert!(none.ends_with("None: nothing needs a step."), "{none}");
}

/// Three mentors say twice whether they trust, and better then; their two mentees say something about lunch.
fn book() -> (PulseBook, reverse_mentoring::history::Adopted) {
    let roster = company();
    let mut logs: Vec<_> = logs(&roster).into_iter().take(18).collect();
    let said = |side, question: &str, on, score| LoggedPulse {
        side,
        question: question.parse().unwrap(),
        date: day(on),
        score,
    };
    for (log, n) in logs.iter_mut().zip(0u8..3) {
        let on = (log.started - day(0)).num_days();
        log.pulses = vec![
            said(Role::Mentor, "trust", on + 5, 2 + n % 3),
            said(Role::Mentor, "trust", on + 40, 4),
            said(Role::Mentor, "voice", on + 5, 3),
            said(Role::Mentee, "<i>lunch</i>", on + 6, 5),
        ];
    }
    let adopted = adopted(&logs, 200);
    let mut book = PulseBook::new(Items::standard(), Threshold::new(3).unwrap());
    adopt_pulses(&logs, &adopted.keys, &adopted.history, &mut book);
    (book, adopted)
}

/// People, before, now, change and day as a table has them.
fn cells(reading: &Cell<BeforeAfter>) -> [String; 5] {
    let Cell::Shown(r) = reading else {
        return ["–", "withheld", "withheld", "–", "–"].map(str::to_owned);
    };
    let share = |ratio: reverse_mentoring::health::Ratio| {
        let percent = ratio.percent().unwrap();
        format!("{percent} {} of {}", ratio.part(), ratio.whole())
    };
    let change = i128::from(r.now.part()) - i128::from(r.before.part());
    let sign = if change < 0 { "" } else { "+" };
    [
        r.people.to_string(),
        share(r.before),
        share(r.now),
        format!("{sign}{change}"),
        r.on.to_string(),
    ]
}

/// The rows of all tables, without their heads.
fn all_rows(section: &Element) -> Vec<Vec<String>> {
    let tables = section.tagged("table").into_iter();
    tables
        .flat_map(|table| table.rows()[1..].to_vec())
        .collect()
}

#[test]
fn pulses_and_benefits_are_sums_and_name_no_pairing() {
    let (book, adopted) = book();
    let pulses = PulseReading::all(&book, day(200));
    let digital = BTreeSet::from([Skill::new("video").unwrap()]);
    let benefits = BenefitReading::all(&adopted.history, &book, &digital, day(200));
    let page = report(&adopted.history, 200)
        .with_pulses(pulses.clone())
        .with_benefits(benefits.clone());
    let root = markup::check(&page.to_html(|id| format!("pair {}", adopted.keys[&id])));
    let section = root.by_id("pulses").unwrap();
    // More of "apprehension" is good news here, and nobody would guess it.
    let told = section.text();
    assert!(
        told.contains("Favourable answers of all who answered")
            && told.contains("More is better of each")
    );
    let rows = all_rows(section);
    assert_eq!(rows.len(), pulses.len());
    for (row, reading) in rows.iter().zip(&pulses) {
        let head = row[0].to_lowercase();
        assert!(head.starts_with(&reading.item.to_string().to_lowercase()));
        assert!(row[0].ends_with(&format!(": {}", reading.wording)));
        assert_eq!(row[1], format!("{}s", reading.side));
        assert_eq!(row[2..], cells(&reading.reading), "{reading}");
    }
    let shown = |r: &&PulseReading| r.reading.shown().is_some();
    let shown: Vec<_> = pulses.iter().filter(shown).collect();
    assert!(shown.len() >= 2 && shown.len() < pulses.len(), "{shown:?}");
    let moved = shown
        .iter()
        .filter(|r| r.reading.shown().unwrap().change() > 0);
    assert!(moved.count() > 0, "nothing to tell before from now by");
    // A mark for each, at the left for nobody and at the right for all: 292 units from 12 on.
    for (class, part) in [("before", 0usize), ("now-mark", 1)] {
        let plots = section.by_class("spans").into_iter();
        let marks: Vec<&Element> = plots.flat_map(|plot| plot.by_class(class)).collect();
        assert_eq!(marks.len(), shown.len());
        for (mark, reading) in marks.iter().zip(&shown) {
            let r = reading.reading.shown().unwrap();
            let ratio = [r.before, r.now][part];
            let exact = 12.0 + 292.0 * ratio.part() as f64 / ratio.whole() as f64;
            let at: f64 = mark.attribute("cx").unwrap().parse().unwrap();
            assert!((at - exact).abs() <= 1.2, "{ratio:?} at {at}");
        }
    }
    let section_of_benefits = root.by_id("benefits").unwrap();
    let rows = all_rows(section_of_benefits);
    let parts = benefits
        .iter()
        .flat_map(|b| b.parts.iter().map(move |part| (b, part)));
    let parts: Vec<_> = parts.collect();
    assert_eq!(rows.len(), parts.len());
    let mut seen = [0; 3];
    for (row, (benefit, (measure, part))) in rows.iter().zip(parts) {
        assert_eq!(row[0].to_lowercase(), benefit.benefit.to_string());
        assert_eq!(row[1], measure.to_string().replace('`', ""));
        match part {
            Ok(reading) => {
                seen[usize::from(reading.shown().is_none())] += 1;
                assert_eq!(row[2..], cells(reading));
            }
            Err(gap) => {
                seen[2] += 1;
                assert_eq!(row[3], gap.to_string().replace('`', ""));
            }
        }
    }
    assert!(seen[0] > 0 && seen[2] > 0, "{seen:?}");
    for section in [section, section_of_benefits] {
        let text = section.text();
        assert!(!text.contains("pair "), "{text}");
        for key in ["ada", "ben", "cleo", "cto", "cfo"] {
            assert!(!text.split(|c: char| !c.is_alphanumeric()).any(|w| w == key));
        }
    }
    // Nothing was asked: no section.
    let without = markup::check(&report(&adopted.history, 200).to_html(|id| id.to_string()));
    assert!(without.by_id("pulses").is_none() && without.by_id("benefits").is_none());
}

#[test]
fn the_six_standards_say_what_they_are_not() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let stated = [HostStatement {
        claim: Claim::ObjectivesTold,
        on: day(100),
        by: coordinator(),
    }];
    let assessment = SelfAssessment::new(None, &adopted.history, &stated, day(200));
    let page = report(&adopted.history, 200).with_standards(assessment.clone());
    let root = markup::check(&page.to_html(|id| id.to_string()));
    let section = root.by_id("standards").unwrap();
    let said = section.tagged("p")[0].text();
    assert_eq!(said, SelfAssessment::NOT_AN_AWARD.trim_end());
    let tables = section.tagged("table");
    let rows = tables[0].rows()[1..].to_vec();
    let evidence = tables[1].rows()[1..].to_vec();
    assert_eq!((tables.len(), rows.len()), (2, Standard::ALL.len()));
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    for row in &evidence {
        *states.entry(row[2].clone()).or_default() += 1;
    }
    for (row, standard) in rows.iter().zip(&assessment.standards) {
        assert_eq!(row[0].to_lowercase(), standard.standard.words());
        let there = standard.there();
        assert_eq!(
            [&row[1], &row[2]],
            [&there.part().to_string(), &there.whole().to_string()]
        );
        let missing = there.whole() - there.part();
        let named = if row[3] == "nothing" {
            0
        } else {
            row[3].split("; ").count()
        };
        assert_eq!(named as u64, missing);
    }
    let all = |of: fn(&reverse_mentoring::health::StandardAssessment) -> usize| -> usize {
        assessment.standards.iter().map(of).sum()
    };
    assert_eq!(states["stated"], 1);
    assert_eq!(states["to state"], all(|s| s.unstated().len()));
    assert_eq!(states["missing"], all(|s| s.lacking().len()));
    assert_eq!(
        states.values().sum::<usize>(),
        all(|s| s.shown.len()) + Claim::ALL.len()
    );
    assert!(
        evidence
            .iter()
            .any(|row| row[2] == "stated" && row[3] == day(100).to_string())
    );
}

#[test]
fn shares_by_group_without_a_verdict_and_without_a_name() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let label = |text: &str| Label::new(text).unwrap();
    let people = adopted.history.people().enumerate();
    let groups: BTreeMap<_, _> = people
        .map(|(at, (id, _))| (id, label(if at % 2 == 0 { "<b>One" } else { "Two" })))
        .collect();
    let policy = EquityPolicy {
        threshold: Threshold::new(3).unwrap(),
        ..EquityPolicy::default()
    };
    let groups = ReportingGroups::from(groups);
    let readings = EquityReadings::read(&adopted.history, &groups, policy, day(200));
    let page = EquityReport::new("Sample & <co>", readings.clone()).to_html();
    let root = markup::check(&page);
    let mut shown = 0;
    for measure in EquityMeasure::ALL {
        let section = root.by_id(measure.as_str()).unwrap();
        let rows = section.tagged("table")[0].rows()[1..].to_vec();
        let groups = readings.measure(measure);
        assert_eq!(rows.len(), groups.len());
        for (row, reading) in rows.iter().zip(groups) {
            assert_eq!(row[0], reading.group.as_ref().unwrap().as_str());
            let Some(figure) = reading.figure.shown() else {
                assert_eq!(row[3], "withheld");
                assert!(row.iter().all(|cell| !cell.contains('%')));
                continue;
            };
            shown += 1;
            let percent = |r: Option<reverse_mentoring::health::Ratio>| {
                r.map_or("–".to_owned(), |r| r.percent().unwrap())
            };
            let expected = [
                figure.ratio.part().to_string(),
                figure.ratio.whole().to_string(),
                percent(Some(figure.ratio)),
                figure.interval.to_string(),
                percent(figure.one_less),
                percent(figure.one_more),
            ];
            assert_eq!(row[1..], expected);
        }
        let drawn = groups.iter().filter(|g| g.figure.shown().is_some());
        let lines = section.by_class("span");
        for (line, reading) in lines.iter().zip(drawn.clone()) {
            let interval = reading.figure.shown().unwrap().interval;
            for (end, name) in [(interval.low(), "x1"), (interval.high(), "x2")] {
                let at: f64 = line.attribute(name).unwrap().parse().unwrap();
                assert!((at - (12.0 + 292.0 * f64::from(end) / 10_000.0)).abs() <= 1.2);
            }
        }
        assert_eq!(lines.len(), drawn.count());
    }
    assert!(shown >= 4, "{shown}");
    let text = root.text();
    assert_eq!(text.matches("Long is over 21 days.").count(), 1);
    for (id, key) in &adopted.keys {
        assert!(!page.contains(&id.to_string()) && !text.contains(key.as_str()));
    }
    for (person, _) in adopted.history.people() {
        assert!(!page.contains(&person.to_string()));
    }
    // Nobody at all is no group.
    let nobody = EquityReadings::read(&Default::default(), &groups, policy, day(0));
    let nobody = markup::read(&EquityReport::new("", nobody).to_html());
    assert!(nobody.text().contains("Nobody has enrolled."));
}
