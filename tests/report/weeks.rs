//! The heat-map, week by week, against a walk over days.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use proptest::test_runner::Config;
use reverse_mentoring::history::{History, PairingFacts};
use reverse_mentoring::pairing::Step;
use reverse_mentoring::report::{HeatMap, Week};

use super::markup;
use super::support::*;
use super::{adopted, assess, company, logs, report};

/// What a week was: every day of it is looked at.
fn by_days(facts: &PairingFacts, monday: NaiveDate, as_of: NaiveDate) -> Week {
    let days = (0..7)
        .map(|n| monday + Days::new(n))
        .filter(|day| *day <= as_of);
    let days: Vec<NaiveDate> = days.collect();
    let on = |held: bool| {
        let mut sessions = facts.sessions.iter();
        sessions.any(|s| days.contains(&s.date) && s.outcome.is_held() == held)
    };
    let ended = |day: NaiveDate| {
        facts
            .ended
            .is_some_and(|(end, _)| end < day && end <= as_of)
    };
    let ran = |day: &&NaiveDate| facts.started.is_some_and(|from| from <= **day) && !ended(**day);
    let held_up = |day: &NaiveDate| {
        facts
            .holds
            .iter()
            .any(|h| h.from <= *day && h.until.is_none_or(|u| *day < u))
    };
    if on(true) {
        Week::Held
    } else if on(false) {
        Week::NotHeld
    } else if !days.iter().any(|day| ran(&day)) {
        Week::Outside
    } else if days.iter().any(held_up) {
        Week::HeldUp
    } else {
        Week::Nothing
    }
}

fn judge(history: &History, as_of: NaiveDate, weeks: u16) -> HeatMap {
    let health = assess(history, as_of);
    let map = HeatMap::of(history, &health, weeks);
    assert!(map.mondays.len() <= usize::from(weeks));
    assert!(
        map.mondays
            .iter()
            .all(|day| day.weekday() == Weekday::Mon && *day <= as_of)
    );
    assert!(
        map.mondays
            .windows(2)
            .all(|two| two[0] + Days::new(7) == two[1])
    );
    if let Some(last) = map.mondays.last() {
        assert!(as_of < *last + Days::new(7));
    }
    for row in &map.rows {
        let facts = history.pairing(row.pairing).unwrap();
        let expected: Vec<Week> = map
            .mondays
            .iter()
            .map(|monday| by_days(facts, *monday, as_of))
            .collect();
        assert_eq!(row.weeks, expected, "{as_of}");
        let status = health
            .pairings
            .iter()
            .find(|p| p.pairing == row.pairing)
            .unwrap()
            .status;
        assert_eq!(row.status, status);
    }
    // Whoever is not there ran in none of the weeks.
    for pairing in &health.pairings {
        let facts = history.pairing(pairing.pairing).unwrap();
        let there = map.rows.iter().any(|row| row.pairing == pairing.pairing);
        let ran = map
            .mondays
            .iter()
            .any(|monday| by_days(facts, *monday, as_of) != Week::Outside);
        assert_eq!(there, ran);
    }
    map
}

fn held_up() -> History {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    kept.begin(1, 10);
    kept.begin(2, 12);
    kept.record(&session(1, 1, 14, held()), at(14));
    kept.record(&session(2, 1, 20, MISSED), at(20));
    kept.record(&session(3, 1, 30, held()), at(30));
    kept.step(1, Step::Settle, 31);
    kept.step(1, Step::Pause, 40);
    kept.step(2, Step::Pause, 41);
    kept.step(1, Step::Resume, 54);
    kept.record(&session(4, 1, 55, CANCELLED), at(55));
    // In the week of a session held.
    kept.record(&session(5, 1, 16, MISSED), at(55));
    // On a Monday, whose week is held up no more.
    kept.step(2, Step::Resume, 60);
    kept.step(1, Step::Complete, 70);
    kept.program.history().clone()
}

#[test]
fn weeks_by_hand() {
    // Day 0 is a Thursday: Mondays are days 4, 11, 18, …; the first begins on day 10, in the week of day 4.
    let map = judge(&held_up(), day(84), 53);
    assert_eq!((map.mondays[0], map.mondays.len()), (day(4), 12));
    let codes = |at: usize| {
        map.rows[at]
            .weeks
            .iter()
            .map(|week| week.as_str())
            .collect::<Vec<_>>()
    };
    let (silent, done) = (codes(0), codes(1));
    assert_eq!(
        done,
        [
            "nothing", "held", "not_held", "held", "nothing", "held_up", "held_up", "not_held",
            "nothing", "nothing", "outside", "outside"
        ]
    );
    assert_eq!(silent[..2], ["outside", "nothing"]);
    assert_eq!(silent[5..8], ["held_up"; 3]);
    assert_eq!([&silent[2..5], &silent[8..]].concat(), ["nothing"; 7]);
    assert_eq!(
        map.rows
            .iter()
            .map(|row| row.status.as_str())
            .collect::<Vec<_>>(),
        ["needs_check_in", "ended"]
    );
    // Three weeks: of the one that is done, nothing is left.
    let map = judge(&held_up(), day(95), 3);
    assert_eq!((map.mondays.len(), map.rows.len()), (3, 1));
    assert_eq!(
        HeatMap::of(&History::new(), &assess(&History::new(), day(0)), 5),
        HeatMap::default()
    );
}

proptest! {
    #![proptest_config(Config::with_cases(60))]

    #[test]
    fn weeks_are_those_of_their_days(as_of in -3i64..220, weeks in 0u16..60) {
        let roster = company();
        judge(&adopted(&logs(&roster), as_of).history, day(as_of), weeks);
        judge(&held_up(), day(as_of), weeks);
    }
}

#[test]
fn the_map_on_the_page_is_the_map() {
    let history = held_up();
    let name = |id: reverse_mentoring::ids::PairingId| format!("pair <{id}>");
    let root = markup::check(&report(&history, 84).to_html(name));
    let map = judge(&history, day(84), 53);
    let section = root.by_id("cadence").unwrap();
    let [heat, data] = section.tagged("table")[..] else {
        panic!()
    };
    let head = &data.rows()[0];
    assert_eq!(
        head[1..],
        map.mondays
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    );
    for ((row, shown), drawn) in map
        .rows
        .iter()
        .zip(&data.rows()[1..])
        .zip(&heat.tagged("tr")[1..])
    {
        let words = row.weeks.iter().map(|week| match week.as_str() {
            "held" => "held",
            "not_held" => "not held",
            "held_up" => "held up",
            "nothing" => "nothing",
            _ => "–",
        });
        assert_eq!(shown[0], name(row.pairing));
        assert_eq!(shown[1..], words.collect::<Vec<_>>());
        for (class, week) in [
            ("held", Week::Held),
            ("not-held", Week::NotHeld),
            ("held-up", Week::HeldUp),
            ("nothing", Week::Nothing),
        ] {
            let marks = row.weeks.iter().enumerate().filter(|(_, w)| **w == week);
            let places: Vec<usize> = marks.map(|(at, _)| 15 * at).collect();
            let drawn: Vec<usize> = drawn
                .by_class(class)
                .iter()
                .map(|mark| {
                    let path = mark.attribute("d").unwrap();
                    let x = path[1..]
                        .split(' ')
                        .next()
                        .unwrap()
                        .parse::<usize>()
                        .unwrap();
                    x - x % 15
                })
                .collect();
            assert_eq!(drawn, places, "{class}");
        }
    }
    let told = heat.tagged("svg")[2].tagged("title")[0].text();
    assert_eq!(
        told,
        "Of 12 weeks, a session held: 2, cancelled or missed: 2, paused or suspended: 2, nothing on record: 4, not running: 2"
    );
}

#[test]
fn a_map_of_many_has_those_that_need_attention() {
    let roster = company();
    let many: Vec<_> = (0..410i64)
        .map(|n| {
            let mut log = logged(&roster, &format!("p{n:03}"), ("ada", "cto"), n % 60);
            log.ended = (n % 3 == 0).then(|| (day(100), None));
            log
        })
        .collect();
    let adopted = adopted(&many, 110);
    let root =
        markup::check(&report(&adopted.history, 110).to_html(|id| adopted.keys[&id].to_string()));
    let section = root.by_id("cadence").unwrap();
    let told = "Of 410 pairings the 400 that need attention first.";
    assert!(section.tagged("p")[0].text().ends_with(told));
    let shown: Vec<Vec<String>> = section.tagged("table")[1].rows()[1..].to_vec();
    assert_eq!(shown.len(), 400);
    // The ten that are left out are over, the last by name.
    let ended = (0..410).filter(|n| n % 3 == 0).map(|n| format!("p{n:03}"));
    let ended: Vec<String> = ended.collect();
    let out = &ended[ended.len() - 10..];
    assert!(shown.iter().all(|row| !out.contains(&row[0])));
    assert_eq!(section.tagged("table")[0].rows().len(), 401);
    // Of those that need a step or a check-in, too, the first four hundred; with places for all, so that no rule is broken.
    let roster = Company::base()
        .places("ada", 500)
        .places("cto", 500)
        .roster();
    let late = |logs: i64| {
        let logs: Vec<_> = (0..logs)
            .map(|n| logged(&roster, &format!("p{n:03}"), ("ada", "cto"), n % 60))
            .collect();
        let (_, adopted) = health_of(&logs, &roster, 160);
        let page = report(&adopted.history, 160).to_html(|id| adopted.keys[&id].to_string());
        markup::check(&page)
    };
    let (most, all) = (late(400), late(410));
    for (id, told) in [
        (
            "next-steps",
            "Of 410 pairings the 400 on the highest rungs.",
        ),
        (
            "check-in",
            "Of 410 pairings the 400 that are at risk, or have not met for longest.",
        ),
    ] {
        let says = |root: &markup::Element| {
            let soft = root.by_id(id).unwrap().by_class("soft").into_iter();
            soft.filter(|p| p.text() == told).count()
        };
        assert_eq!((says(&most), says(&all)), (0, 1), "{id}");
        let rows = |root: &markup::Element| {
            let table = root.by_id(id).unwrap().tagged("table")[0].rows();
            let days = table[1..]
                .iter()
                .map(|row| row.last().unwrap().parse::<i64>().unwrap());
            days.collect::<Vec<_>>()
        };
        assert_eq!([rows(&most).len(), rows(&all).len()], [400, 400], "{id}");
        // Of 410 that began on 60 days in turn, those that are left out began last: of each day six or seven.
        assert_eq!(
            rows(&all).iter().filter(|days| **days == 101).count(),
            0,
            "{id}"
        );
        assert!(rows(&most).contains(&101), "{id}");
    }
    let few = self::adopted(&many[..400], 110);
    let page = report(&few.history, 110).to_html(|id| few.keys[&id].to_string());
    assert!(!page.contains("need attention first"));
}
