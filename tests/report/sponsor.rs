//! What stands on a sponsor's page beside totals: breakdowns, figures that are repeated, how far pairings come.

use chrono::NaiveDate;
use reverse_mentoring::health::{
    Breakdown, Contribution, Dropout, DropoutStage, Figure, Ledger, MatchCoverage, Metric, Metrics,
    Period, PeriodHealth, Publisher, UnitView,
};
use reverse_mentoring::history::LoggedPairing;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::privacy::{Cell, Threshold};
use reverse_mentoring::report::{PublishedFunnel, SponsorReport};
use reverse_mentoring::text::Label;

use super::markup::{self, Element};
use super::support::*;
use super::{adopted, company, logs, released, sponsors_page};

fn period(first: i64, last: i64) -> Period {
    Period::new(day(first), day(last)).unwrap()
}

/// `66.7 % 20 of 30`, with the days of another period.
fn words(cell: Cell<Figure>, of: Period) -> String {
    let Cell::Shown(figure) = cell else {
        return "withheld".to_owned();
    };
    let ratio = figure.ratio;
    let value = ratio.percent().unwrap_or("no data".to_owned());
    let said = format!("{value} {} of {}", ratio.part(), ratio.whole());
    if figure.period == of {
        return said;
    }
    format!("{said} as of {}", figure.period.last())
}

#[test]
fn breakdowns_are_those_of_the_release() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let mut repeated = 0;
    for least in [3, 5] {
        let threshold = Threshold::new(least).unwrap();
        let release = released(&adopted.history, 200, threshold).pop().unwrap();
        let page = sponsors_page(&adopted.history, 200, threshold);
        let root = markup::check(&page);
        let section = root.by_id("breakdowns").unwrap();
        let heads: Vec<String> = section.tagged("h3").iter().map(|h| h.text()).collect();
        assert_eq!(heads, ["By unit", "By site"]);
        let mut found = std::collections::BTreeMap::new();
        for table in section.tagged("table") {
            let by = table.tagged("caption")[0].text();
            let rows = table.rows();
            for row in &rows[1..] {
                for (label, cell) in rows[0][1..].iter().zip(&row[1..]) {
                    let key = (by.clone(), row[0].clone(), label.clone());
                    assert!(found.insert(key, cell.clone()).is_none(), "twice");
                }
            }
        }
        let said: Vec<String> = section.by_class("soft").iter().map(|p| p.text()).collect();
        for reading in &release.readings {
            let name = reading.metric.name().replace('_', " ");
            let name = name[..1].to_uppercase() + &name[1..];
            for breakdown in &reading.breakdowns {
                let by = format!("By {}", breakdown.by);
                let any = breakdown
                    .cells
                    .iter()
                    .any(|(_, cell)| cell.shown().is_some());
                for (label, cell) in &breakdown.cells {
                    let key = (by.clone(), name.clone(), label.to_string());
                    let there = found.remove(&key);
                    assert_eq!(there, any.then(|| words(*cell, release.period)), "{key:?}");
                    repeated +=
                        usize::from(cell.shown().is_some_and(|f| f.period != release.period));
                }
                let head = format!("Withheld for every {}: ", breakdown.by);
                let named = said
                    .iter()
                    .filter_map(|p| p.strip_prefix(&head)?.strip_suffix('.'));
                let named = named.flat_map(|names| names.split(", ")).any(|n| n == name);
                assert_eq!(named, !any && !breakdown.cells.is_empty(), "{name} {by}");
            }
        }
        assert!(found.is_empty(), "{found:?}");
    }
    assert!(repeated > 0, "no cell is repeated");
}

/// Of pairings that have started, those that met.
#[derive(Debug)]
struct HaveMet;

impl Metric for HaveMet {
    fn id(&self) -> PluginId {
        PluginId::new("have_met", 1)
    }

    fn definition(&self) -> &str {
        "pairings that met <ever> / pairings that started"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let mut held = pairing.facts().held(pairing.as_of());
        Some(Contribution::whether(held.next().is_some()))
    }
}

/// Six that start on day 1, of which four meet on day 5; a seventh on day 40, which meets at once.
fn seven() -> (reverse_mentoring::roster::Roster, Vec<LoggedPairing>) {
    let roster = Company::base().places("cto", 9).places("cleo", 9).roster();
    let logs = (0..7).map(|n| {
        let start = if n < 6 { 1 } else { 40 };
        let mut log = logged(&roster, &format!("p{n}"), ("cleo", "cto"), start);
        let met = [(start + 4, held())];
        log.sessions = logged_sessions(if n < 4 || n == 6 { &met } else { &[] });
        log
    });
    let logs = logs.collect();
    (roster, logs)
}

#[test]
fn a_figure_that_is_repeated_has_its_period() {
    let (roster, logs) = seven();
    let (_, adopted) = health_of(&logs, &roster, 90);
    let metrics = Metrics::none().with(HaveMet);
    let unit = adopted
        .keys
        .keys()
        .map(|id| (*id, Label::new("One").unwrap()));
    let unit = Breakdown::new(Label::new("unit").unwrap(), unit.collect::<Vec<_>>());
    let publisher = Publisher::new(&adopted.history, &metrics, day(91)).by(unit);
    let mut ledger = Ledger::new();
    let mut release = |first, last| publisher.release(period(first, last), &mut ledger).unwrap();
    let releases = [release(0, 30), release(31, 60), release(61, 90)];
    // One has come, so its part would be the difference.
    let page = |at: usize, earlier: &[PeriodHealth]| {
        let report = SponsorReport::new("t", releases[at].clone());
        markup::check(&report.with_earlier(earlier.to_vec()).to_html())
    };
    let card = |root: &Element| root.by_class("cards")[0].text();
    let first = page(0, &[]);
    assert!(card(&first).contains("66.7 %") && card(&first).contains("4 of 6"));
    assert!(!card(&first).contains("2026-01-01"));
    let third = page(2, &releases);
    let said = card(&third);
    assert!(said.contains("66.7 %of 2026-01-01 to 2026-01-31"), "{said}");
    assert!(said.contains("pairings that met <ever>"), "{said}");
    assert!(third.by_id("trends").unwrap().text().contains("66.7 %"));
    // The figure stands once, on its own day, whether the earlier releases are given or not.
    let rows =
        |root: &Element| root.by_id("trends").unwrap().tagged("table")[0].rows()[1..].to_vec();
    let once = ["2026-01-31", "4", "6", "66.7 %"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(rows(&third), std::slice::from_ref(&once));
    assert_eq!(rows(&page(2, &[])), [once]);
    // Nothing of the page's own period or later is taken for an earlier one.
    assert_eq!(page(0, &releases).text(), first.text());
    let header = third.tagged("header")[0].text();
    assert!(header.contains("2026-03-03 to 2026-04-01"), "{header}");
}

#[test]
fn the_published_funnel_turns_dropout_round() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let release = released(&adopted.history, 200, Threshold::new(3).unwrap());
    let release = release.last().unwrap();
    let funnel = PublishedFunnel::of(release);
    let total = |metric: &dyn Metric| release.reading(metric.id().name()).unwrap().total;
    assert_eq!(funnel.people, Some(total(&MatchCoverage)));
    let mut shown = 0;
    for (stage, through) in funnel.stages {
        let left = total(&Dropout::during(stage));
        assert_eq!(through.unwrap().shown().is_some(), left.shown().is_some());
        if let (Some(through), Some(left)) = (through.unwrap().shown(), left.shown()) {
            assert_eq!(through.period, left.period);
            assert_eq!(through.ratio.whole(), left.ratio.whole());
            assert_eq!(through.ratio.part() + left.ratio.part(), left.ratio.whole());
            shown += 1;
        }
    }
    assert_eq!(shown, 4, "nothing to judge by");
    let root = markup::check(&sponsors_page(
        &adopted.history,
        200,
        Threshold::new(3).unwrap(),
    ));
    let section = root.by_id("funnel").unwrap();
    let rows = section.tagged("table")[0].rows();
    let expected: Vec<Option<Cell<Figure>>> = std::iter::once(funnel.people)
        .chain(funnel.stages.map(|(_, through)| through))
        .collect();
    assert_eq!(rows.len() - 1, expected.len());
    let texts: Vec<String> = section
        .by_class("number")
        .iter()
        .map(|t| t.text())
        .collect();
    for ((row, figure), text) in rows[1..].iter().zip(expected).zip(texts) {
        let figure = figure.unwrap();
        let Some(shown) = figure.shown() else {
            assert_eq!((row[3].as_str(), text.as_str()), ("withheld", "withheld"));
            continue;
        };
        let value = shown.ratio.percent().unwrap_or("no data".to_owned());
        assert_eq!((&row[3], &text), (&value, &value));
        assert_eq!(row[1], shown.ratio.part().to_string());
        assert_eq!(row[2], shown.ratio.whole().to_string());
        assert_eq!(row[4], shown.period.to_string());
    }
}

/// Leaving as it might be: of the pairings that have started, those that have met, under the id of a shipped metric.
#[derive(Debug)]
struct Left(DropoutStage);

impl Metric for Left {
    fn id(&self) -> PluginId {
        Dropout::during(self.0).id()
    }

    fn definition(&self) -> &str {
        "pairings that left / pairings that are through"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        HaveMet.contribute(unit)
    }
}

#[test]
fn a_published_funnel_by_hand() {
    let (roster, logs) = seven();
    let (_, adopted) = health_of(&logs, &roster, 90);
    let metrics = Metrics::none()
        .with(Left(DropoutStage::Proposed))
        .with(MatchCoverage)
        .with(Left(DropoutStage::Active));
    let publisher = Publisher::new(&adopted.history, &metrics, day(91));
    let mut ledger = Ledger::new();
    let mut release = |first, last| publisher.release(period(first, last), &mut ledger).unwrap();
    let (_, second) = (release(0, 30), release(31, 60));
    let page = markup::check(&SponsorReport::new("t", second).to_html());
    let section = page.by_id("funnel").unwrap();
    // Four of six left, so two went on; a seventh has come since, and the figure is that of January. Two of six people are in a
    // pairing, as before.
    let january = "2026-01-01 to 2026-01-31";
    let february = "2026-02-01 to 2026-03-02";
    let rows = section.tagged("table")[0].rows()[1..].to_vec();
    let expected = [
        [
            "in a pairing, of people who take part",
            "2",
            "6",
            "33.3 %",
            february,
        ],
        [
            "accepted by both, of proposals accepted or not",
            "2",
            "6",
            "33.3 %",
            january,
        ],
        [
            "completed, of settled pairings that were completed or ended otherwise",
            "2",
            "6",
            "33.3 %",
            january,
        ],
    ];
    assert_eq!(rows, expected.map(|row| row.map(str::to_owned).to_vec()));
    // 333 of 1000 of 240 units, before a track of all of them.
    let widths = |class: &str| -> Vec<String> {
        let found = section.by_class(class).into_iter();
        found
            .map(|e| e.attribute("width").unwrap().to_owned())
            .collect()
    };
    assert_eq!(widths("fill"), ["79"; 3]);
    assert_eq!(widths("track"), ["240"; 3]);
    let said = section.tagged("desc")[0].text();
    assert_eq!(
        said,
        "Shares of those through each stage: in a pairing 33.3 %, accepted by both 33.3 %, completed 33.3 %."
    );
}

/// Another metric that goes by the name of a shipped one.
#[derive(Debug)]
struct Impostor;

impl Metric for Impostor {
    fn id(&self) -> PluginId {
        PluginId::new("dropout_active", 7)
    }

    fn definition(&self) -> &str {
        "nothing / nothing"
    }

    fn contribute(&self, _: &UnitView<'_>) -> Option<Contribution> {
        None
    }
}

#[test]
fn a_release_without_dropout_has_no_funnel() {
    let (roster, logs) = seven();
    let (_, adopted) = health_of(&logs, &roster, 90);
    let publish = |metrics: &Metrics| {
        let publisher = Publisher::new(&adopted.history, metrics, NaiveDate::MAX);
        publisher
            .release(period(0, 90), &mut Ledger::new())
            .unwrap()
    };
    let none = publish(&Metrics::none().with(HaveMet).with(Impostor));
    assert!(PublishedFunnel::of(&none).is_empty());
    let root = markup::check(&SponsorReport::new("t", none).to_html());
    assert!(root.by_id("funnel").is_none() && root.by_id("breakdowns").is_none());
    let some = publish(&Metrics::none().with(Dropout::during(DropoutStage::Active)));
    let funnel = PublishedFunnel::of(&some);
    assert!(!funnel.is_empty() && funnel.people.is_none());
    assert_eq!(funnel.stages.iter().filter(|(_, f)| f.is_some()).count(), 1);
}
