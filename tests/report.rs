//! The pages of health, read back by a strict reader that shares nothing with what writes them.
#![cfg(feature = "report")]

mod support;
#[path = "report/figures.rs"]
mod figures;
#[path = "report/markup.rs"]
mod markup;
#[path = "report/people.rs"]
mod people;
#[cfg(feature = "simulation")]
#[path = "report/simulated.rs"]
mod simulated;
#[path = "report/sponsor.rs"]
mod sponsor;
#[path = "report/weeks.rs"]
mod weeks;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::test_runner::Config;
use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::health::{
    Breakdown, Ledger, Metrics, Period, PeriodHealth, ProgramHealth, Publisher,
};
use reverse_mentoring::history::{Adopted, History, LoggedGoal, LoggedPairing, adopt};
use reverse_mentoring::ids::{PairingId, SequentialIds};
use reverse_mentoring::pair::Role;
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::report::{CoordinatorReport, SponsorReport, month_ends};
use reverse_mentoring::roster::{Level, Load, Roster, Skill};
use reverse_mentoring::text::Label;
use support::*;

/// What people call themselves, and what somebody types who wants to see a page break.
const NAMES: [&str; 9] = [
    "<b>&\"'",
    "</td></table><script>alert(1)</script>",
    "\u{202e}שלום עולם",
    "مرحبا & <أهلا>",
    "\" onmouseover=\"alert(1)",
    "&lt;already&gt;&amp;",
    "a\u{0}b\u{1b}[31m\u{fffe}",
    "\u{2066}unclosed isolate",
    "]]><!-- -- -->",
];

/// The company with places enough.
pub fn company() -> Roster {
    let all = ["ada", "ben", "cleo", "cto", "cfo", "ops"];
    let company = all
        .into_iter()
        .fold(Company::base(), |company, key| company.places(key, 9));
    company.roster()
}

/// A programme with every status of a log, goals on both sides, gaps in the evidence and broken invariants; on day 200.
pub fn logs(roster: &Roster) -> Vec<LoggedPairing> {
    let pairs = [
        ("ada", "cto"),
        ("ben", "cfo"),
        ("cleo", "cto"),
        ("ben", "ops"),
        ("cleo", "cfo"),
        ("ada", "ops"),
    ];
    let goal = |learner, skill, to, now| LoggedGoal {
        learner,
        skill: Skill::new(skill).unwrap(),
        from: Level::new(0).unwrap(),
        to: Level::new(to).unwrap(),
        now: Level::new(now).unwrap(),
    };
    let mut logs = Vec::new();
    for n in 0..18i64 {
        let pair = pairs[usize::try_from(n).unwrap() % pairs.len()];
        let mut log = logged(roster, &format!("p{n:02}"), pair, 3 * n);
        let every = 20 + 3 * (n % 7);
        let sessions: Vec<_> = (1..=9)
            .map(|k| {
                (
                    3 * n + k * every,
                    if (k + n) % 4 == 0 { MISSED } else { held() },
                )
            })
            .filter(|(on, _)| n % 5 != 4 || *on < 90)
            .collect();
        log.sessions = logged_sessions(&sessions);
        if n % 6 == 3 {
            log.ended = Some((day(150 + n), None));
        }
        if n % 3 != 2 {
            log.goals = vec![
                goal(Role::Mentor, "budget", 4, 3),
                goal(Role::Mentee, "video", 5, 2),
            ];
        }
        logs.push(log);
    }
    // One line of management through a pairing.
    logs[1].mentor = roster.lines().find("ceo").unwrap();
    logs
}

pub fn adopted(logs: &[LoggedPairing], as_of: i64) -> Adopted {
    let roster = company();
    adopt(
        logs,
        &roster,
        Load::DEFAULT,
        day(as_of),
        &mut SequentialIds::new(8),
    )
}

/// A name for each pairing, by its key and with something vile.
pub fn vile(adopted: &Adopted) -> BTreeMap<PairingId, String> {
    let keys = adopted.keys.iter().zip(NAMES.iter().cycle());
    keys.map(|((id, key), name)| (*id, format!("{name} {key}")))
        .collect()
}

pub fn report(history: &History, as_of: i64) -> CoordinatorReport<'_> {
    CoordinatorReport::assess(
        "Sample & <co>",
        history,
        &Metrics::standard(),
        &Calendar::OPEN,
        day(as_of),
    )
    .unwrap()
}

pub fn assess(history: &History, as_of: NaiveDate) -> ProgramHealth {
    ProgramHealth::assess(history, &Metrics::standard(), as_of).unwrap()
}

/// What is published of the months up to a day, the last of them up to that day, through one ledger.
pub fn released(history: &History, as_of: i64, threshold: Threshold) -> Vec<PeriodHealth> {
    let metrics = Metrics::standard();
    let label = |text: &str| Label::new(text).unwrap();
    // By how their ids end: two groups of a half each, and a small one beside a large one.
    let by = |name: &str, groups: &[&str], of: &dyn Fn(u128) -> usize| {
        let labels = history.pairings().map(|(id, _)| {
            let at = of(id.as_uuid().as_u128());
            (id, label(groups[at]))
        });
        Breakdown::new(label(name), labels.collect::<Vec<_>>())
    };
    let unit = by("unit", &["Sales & <co>", "Research"], &|id| {
        usize::from(id % 2 == 0)
    });
    let site = by("site", &["Here", "There"], &|id| usize::from(id % 9 == 0));
    let publisher = Publisher::new(history, &metrics, day(as_of + 1)).threshold(threshold);
    let publisher = publisher.by(unit).by(site);
    let (mut ledger, mut first) = (Ledger::new(), day(0));
    let releases = month_ends(day(0), day(as_of)).into_iter().map(|last| {
        let period = Period::new(first, last).unwrap();
        first = last + chrono::Days::new(1);
        publisher.release(period, &mut ledger).unwrap()
    });
    releases.collect()
}

pub fn sponsors_page(history: &History, as_of: i64, threshold: Threshold) -> String {
    let mut releases = released(history, as_of, threshold);
    let last = releases.pop().unwrap();
    let report = SponsorReport::new("Sample & <co>", last).with_earlier(releases);
    report.to_html()
}

#[test]
fn pages_are_well_formed_whatever_the_names() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let names = vile(&adopted);
    let page = report(&adopted.history, 200).to_html(|id| names[&id].clone());
    let root = markup::check(&page);
    assert_eq!(root.tagged("h1")[0].text(), "Sample & <co>");
    // Every name is there as it is, save for what no document may hold, and in an element that keeps its direction in.
    let isolated: Vec<String> = root.tagged("bdi").iter().map(|e| e.text()).collect();
    for name in names.values() {
        let shown = name.replace(['\u{0}', '\u{1b}', '\u{fffe}'], "\u{fffd}");
        assert!(isolated.contains(&shown), "{name:?}");
    }
    for attribute in root.all().iter().flat_map(|e| e.attributes.values()) {
        assert!(!attribute.contains("alert("), "{attribute}");
    }
    assert_eq!(root.tagged("h2").len(), 9);
    let sponsor = markup::check(&sponsors_page(&adopted.history, 200, Threshold::default()));
    assert_eq!(sponsor.tagged("h2").len(), 5);
}

#[test]
fn pages_of_nothing() {
    let history = History::new();
    let page =
        CoordinatorReport::assess("", &history, &Metrics::standard(), &Calendar::OPEN, day(0))
            .unwrap();
    let root = markup::check(&page.to_html(|id| id.to_string()));
    let section = |id: &str| root.by_id(id).unwrap().text();
    assert!(section("status").contains("No pairing has started."));
    assert!(section("check-in").ends_with("None."));
    assert!(section("cadence").ends_with("No pairing ran in these weeks."));
    assert!(
        section("findings").ends_with("No broken invariant, no gap in the evidence, no exemption.")
    );
    for card in root.by_class("value") {
        assert_eq!(card.text(), "no data");
    }
    assert_eq!(
        root.tagged("circle").len() + root.tagged("polyline").len(),
        3,
        "the legend alone"
    );
    let trends = root.by_id("trends").unwrap().tagged("table");
    assert!(trends.iter().all(|table| table.rows().len() == 2));
    let none = Metrics::none();
    let page = CoordinatorReport::assess("", &history, &none, &Calendar::OPEN, day(0)).unwrap();
    let page = page.to_html(|id| id.to_string());
    markup::check(&page);
    assert!(!page.contains("id=\"goals\""));
}

#[test]
fn a_sponsors_page_has_nothing_of_a_pairing() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let name = |id: PairingId| format!("pairing-of-{}", adopted.keys[&id]);
    let coordinator = report(&adopted.history, 200).to_html(name);
    let sponsor = sponsors_page(&adopted.history, 200, Threshold::default());
    let health = assess(&adopted.history, day(200));
    let keys = ["ada", "ben", "cleo", "cto", "cfo", "ops", "ceo"];
    for pairing in &health.pairings {
        let called = name(pairing.pairing);
        assert!(coordinator.contains(&called), "{called}");
        assert!(!sponsor.contains(&called), "{called}");
        for page in [&coordinator, &sponsor] {
            assert!(!page.contains(&pairing.pairing.to_string()), "an id");
        }
        assert!(!sponsor.contains(adopted.keys[&pairing.pairing].as_str()));
    }
    for (person, _) in adopted.history.people() {
        assert!(
            !sponsor.contains(&person.to_string()) && !coordinator.contains(&person.to_string())
        );
    }
    let text = markup::read(&sponsor).text();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        assert!(!keys.contains(&word), "{word}");
    }
    let body = |page: &str| page.split_once("</style>").unwrap().1.to_owned();
    let (coordinator, sponsor) = (body(&coordinator), body(&sponsor));
    for word in ["at risk", "overdue", "check-in", "Findings", "suspended"] {
        assert!(
            coordinator.contains(word) && !sponsor.contains(word),
            "{word}"
        );
    }
}

#[test]
fn withheld_is_withheld_on_the_whole_page() {
    let roster = company();
    let adopted = adopted(&logs(&roster)[..4], 200);
    let page = sponsors_page(&adopted.history, 200, Threshold::default());
    let root = markup::check(&page);
    for card in root.by_class("value") {
        assert_eq!(card.text(), "withheld");
    }
    // Neither the verdict on a target nor a mark tells the figure.
    assert_eq!(
        root.by_class("met").len() + root.by_class("not-met").len() + root.by_class("fill").len(),
        0
    );
    assert_eq!(
        root.tagged("circle").len() + root.tagged("polyline").len(),
        3,
        "the legend alone"
    );
    for table in root.tagged("table") {
        for row in &table.rows()[1..] {
            // Where nobody had started, or had goals, there is no data, and no secret.
            let told = |cell: &String| ["–", "withheld", "no data", "0"].contains(&cell.as_str());
            assert!(row[1..].iter().all(told), "{row:?}");
        }
    }
}

#[test]
fn the_same_bytes_in_whatever_order_the_rows_come() {
    let roster = company();
    let logs = logs(&roster);
    let pages = |logs: &[LoggedPairing], reverse: bool| {
        let adopted = adopted(logs, 200);
        let mut earlier: Vec<_> = month_ends(day(0), day(199))
            .into_iter()
            .map(|day| assess(&adopted.history, day))
            .collect();
        if reverse {
            earlier.reverse();
        }
        let health = assess(&adopted.history, day(200));
        // Two pairings may have one name.
        let name = |id: PairingId| adopted.keys[&id].as_str()[..2].to_owned();
        let report = CoordinatorReport::new("t", &adopted.history, health).with_earlier(earlier);
        (
            report.to_html(name),
            sponsors_page(&adopted.history, 200, Threshold::default()),
        )
    };
    let expected = pages(&logs, false);
    let mut runner = proptest::test_runner::TestRunner::new(Config::with_cases(12));
    let shuffled = Just(logs).prop_shuffle();
    runner
        .run(&shuffled, |logs| {
            let mut logs = logs;
            for log in &mut logs {
                log.sessions.reverse();
                log.goals.reverse();
            }
            prop_assert!(pages(&logs, true) == expected);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_page_shows_no_day_from_its_own_on() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let at = |n| assess(&adopted.history, day(n));
    let page = |earlier: Vec<ProgramHealth>| {
        let report = CoordinatorReport::new("t", &adopted.history, at(120)).with_earlier(earlier);
        report.to_html(|id| adopted.keys[&id].to_string())
    };
    let some = page(vec![at(60), at(90)]);
    assert_eq!(page(vec![at(120), at(150), at(90), at(60), at(60)]), some);
    assert_ne!(page(vec![at(90)]), some);
    // Nor anything that happened after it: a log cut off at the day gives the same page.
    let mut cut = logs(&roster);
    for log in &mut cut {
        log.sessions.retain(|s| s.date <= day(120));
        log.ended = log.ended.take().filter(|(on, _)| *on <= day(120));
    }
    let known_then = self::adopted(&cut, 120);
    let known_now = self::adopted(&logs(&roster), 120);
    let page = |adopted: &Adopted| {
        report(&adopted.history, 120).to_html(|id| adopted.keys[&id].to_string())
    };
    assert_eq!(page(&known_then), page(&known_now));
}
