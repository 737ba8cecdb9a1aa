//! Shares by reporting group: by hand, against a count that shares no code, and what matching never sees.

mod support;

use std::collections::BTreeMap;

use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::health::{
    EquityMeasure, EquityPolicy, EquityReadings, GroupReading, Interval, Ratio, ReportingGroups,
};
use reverse_mentoring::history::{Ending, History, adopt};
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::{self, Criteria, Greedy, Matcher, Optimal};
use reverse_mentoring::pair::Role;
use reverse_mentoring::pairing::{EndReason, Step};
use reverse_mentoring::policy::{Context, Policy};
use reverse_mentoring::privacy::{Cell, Threshold};
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{
    Capacity, Experience, Line, Load, Offer, Participant, ReportingLines, Roster, Side, Wish,
};
use reverse_mentoring::text::{Key, Label};
use support::*;

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

fn groups(of: &[(u32, &str)]) -> ReportingGroups {
    let stated = of.iter().map(|(id, group)| (person_id(*id), label(group)));
    stated.collect::<BTreeMap<_, _>>().into()
}

/// Juniors 1 to 10 and seniors 11 to 20, everybody a root, with one place each.
fn staff(group: impl Fn(u32) -> Option<&'static str>) -> Roster {
    let key = |n: u32| format!("p{n:02}");
    let people = (1..=20).map(|n| {
        let (side, grade) = if n <= 10 {
            (Side::Mentor, 2)
        } else {
            (Side::Mentee, 8)
        };
        let offers = ["video", "budget"].map(|skill| Offer::new(skill, 4).unwrap());
        let wishes = [("video", 1, 3), ("budget", 0, 5)];
        let wishes = wishes.map(|(skill, from, to)| Wish::new(skill, from, to).unwrap());
        let person = Participant::new(
            person_id(n),
            Key::new(key(n)).unwrap(),
            side,
            Experience::grade(grade),
        );
        let person = person
            .with_capacity(Capacity::default())
            .with_offers(offers)
            .and_then(|p| p.with_wishes(wishes))
            .unwrap();
        match group(n) {
            Some(group) => person.with_group(label(group)),
            None => person,
        }
    });
    let lines = ReportingLines::new((1..=20).map(|n| Line::root(key(n).as_str()))).unwrap();
    Roster::new(people, lines).unwrap()
}

/// Juniors 1 to 5 in one group, 6 to 10 in another; seniors 11 to 14 and 15 to 20.
fn group_of(n: u32) -> Option<&'static str> {
    Some(match n {
        1..=5 => "north",
        6..=10 => "south",
        11..=14 => "few",
        _ => return None,
    })
}

/// Pairings 1 to 8 of junior n and senior 10 + n. Accepted on 10: 1 to 6; on 40: 7; never: 8. Begun on 50: 1 to 5.
/// Completed on 100: 1 and 2; an exit on 100: 3; senior 14 withdraws on 110; 5 goes on. 9, 10, 19 and 20 are in none, and
/// 10 withdraws on 5.
fn played() -> Kept {
    let roster = staff(group_of);
    let mut kept = Kept::open(&roster);
    let pairs: Vec<_> = (1..=8)
        .map(|n| (format!("p{n:02}"), format!("p{:02}", n + 10)))
        .collect();
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    let entry = kept.program.withdraw(person_id(10), at(5)).unwrap();
    kept.journal.push(entry);
    kept.propose(&roster, &pairs, 6);
    let accept = |kept: &mut Kept, n, on| {
        for by in [Role::Mentor, Role::Mentee] {
            kept.step(n, Step::Accept { by }, on);
        }
    };
    (1..=6).for_each(|n| accept(&mut kept, n, 10));
    accept(&mut kept, 7, 40);
    for n in 1..=5 {
        kept.step(n, Step::Prepare, 45);
        kept.state(n, 45);
    }
    for n in 1..=5 {
        for by in [Role::Mentor, Role::Mentee] {
            kept.step(n, Step::Sign { by }, 46);
        }
    }
    (1..=5).for_each(|n| kept.step(n, Step::Begin, 50));
    for on in [51, 52] {
        for n in 1..=5 {
            let id = 100 * on + n;
            kept.record(&session(id, n, i64::from(on), held()), at(i64::from(on)));
        }
    }
    (1..=5).for_each(|n| kept.step(n, Step::Settle, 60));
    kept.step(1, Step::Complete, 100);
    kept.step(2, Step::Complete, 100);
    kept.step(3, END, 100);
    let entry = kept.program.withdraw(person_id(14), at(110)).unwrap();
    kept.journal.push(entry);
    kept
}

fn read(history: &History, groups: &ReportingGroups, as_of: i64) -> EquityReadings {
    EquityReadings::read(history, groups, EquityPolicy::default(), day(as_of))
}

type Shown = Vec<(Option<String>, Option<(u64, u64)>)>;

fn shown(readings: &[GroupReading]) -> Shown {
    let group = |r: &GroupReading| r.group.as_ref().map(|g| g.as_str().to_owned());
    let figure = |r: &GroupReading| {
        let figure = r.figure.shown()?;
        Some((figure.ratio.part(), figure.ratio.whole()))
    };
    readings.iter().map(|r| (group(r), figure(r))).collect()
}

fn expected(of: &[(&str, Option<(u64, u64)>)]) -> Shown {
    let group = |g: &str| (!g.is_empty()).then(|| g.to_owned());
    of.iter().map(|(g, figure)| (group(g), *figure)).collect()
}

#[test]
fn four_shares_by_hand() {
    let kept = played();
    // Two groups of ten, juniors and seniors, so that nothing is withheld.
    let halves: Vec<_> = (1..=20)
        .map(|n| (n, if n <= 10 { "junior" } else { "senior" }))
        .collect();
    let readings = read(kept.program.history(), &groups(&halves), 120);
    // Seven pairs were accepted.
    assert_eq!(
        shown(readings.measure(EquityMeasure::Match)),
        expected(&[("junior", Some((7, 10))), ("senior", Some((7, 10)))])
    );
    // Within 21 days: 1 to 6 (10 days). Longer: 7 (40 days), 8 and 9 (120). 10 withdrew after 5. Seniors 18 to 20 likewise
    // wait for 120 days.
    assert_eq!(
        shown(readings.measure(EquityMeasure::Wait)),
        expected(&[("junior", Some((3, 9))), ("senior", Some((4, 10)))])
    );
    // Over: 1, 2 completed, 3 by exit, 4 since the senior left. Four are under the threshold, on both sides.
    assert_eq!(
        shown(readings.measure(EquityMeasure::Completion)),
        expected(&[("junior", None), ("senior", None)])
    );
    // Begun: 1 to 5.
    assert_eq!(
        shown(readings.measure(EquityMeasure::Dropout)),
        expected(&[("junior", Some((2, 5))), ("senior", Some((2, 5)))])
    );
    let policy = EquityPolicy {
        threshold: Threshold::new(4).unwrap(),
        wait_days: 10,
    };
    let readings = EquityReadings::read(kept.program.history(), &groups(&halves), policy, day(120));
    assert_eq!(
        shown(readings.measure(EquityMeasure::Completion)),
        expected(&[("junior", Some((2, 4))), ("senior", Some((2, 4)))])
    );
    // Ten days are not longer than ten; nine are.
    let wait = |wait_days| {
        let policy = EquityPolicy {
            wait_days,
            ..policy
        };
        let history = kept.program.history();
        let readings = EquityReadings::read(history, &groups(&halves), policy, day(120));
        shown(readings.measure(EquityMeasure::Wait))[0].1
    };
    assert_eq!(wait(10), Some((3, 9)));
    assert_eq!(wait(9), Some((9, 9)));
    // The five days of whoever withdrew are known to be longer than four.
    assert_eq!(wait(5), Some((9, 9)));
    assert_eq!(wait(4), Some((10, 10)));
    // And a day later is not a day longer for who is paired.
    assert_eq!(wait(120), Some((0, 7)));
    assert_eq!(wait(119), Some((2, 9)));
}

/// Of several pairings the first that was accepted ends the wait, and by default 21 days are not long.
#[test]
fn a_wait_ends_with_the_first_pairing() {
    let roster = staff(|_| None);
    let mut kept = Kept::open(&roster);
    let pairs = [("p01", "p11"), ("p02", "p13"), ("p03", "p14")];
    kept.propose(&roster, &pairs, 6);
    let accept = |kept: &mut Kept, n, on| {
        for by in [Role::Mentor, Role::Mentee] {
            kept.step(n, Step::Accept { by }, on);
        }
    };
    accept(&mut kept, 1, 10);
    kept.step(1, END, 15);
    accept(&mut kept, 2, 21);
    accept(&mut kept, 3, 22);
    kept.propose(&roster, &[("p01", "p12")], 30);
    accept(&mut kept, 4, 60);
    let all: Vec<_> = (1..=20).map(|n| (n, "all")).collect();
    let readings = read(kept.program.history(), &groups(&all), 100);
    // Not long: 1, 2, 11 and 13. For 22 days: 3 and 14; for 60: 12; all others still wait.
    assert_eq!(
        shown(readings.measure(EquityMeasure::Wait)),
        expected(&[("all", Some((16, 20)))])
    );
}

#[test]
fn one_person_and_the_interval() {
    let kept = played();
    let all: Vec<_> = (1..=20).map(|n| (n, "all")).collect();
    let readings = read(kept.program.history(), &groups(&all), 120);
    let Cell::Shown(figure) = readings.measure(EquityMeasure::Match)[0].figure else {
        panic!()
    };
    assert_eq!(Some(figure.ratio), Ratio::new(14, 20));
    assert_eq!(
        (figure.one_less, figure.one_more),
        (Ratio::new(13, 20), Ratio::new(15, 20))
    );
    assert_eq!(Some(figure.interval), Interval::of_share(figure.ratio));
    // Clopper-Pearson of 14 of 20: 45.72 to 88.11 %.
    assert_eq!(figure.interval.to_string(), "45.72–88.11 %");
    // None can go where nobody is.
    let readings = read(kept.program.history(), &groups(&all), 9);
    let Cell::Shown(figure) = readings.measure(EquityMeasure::Match)[0].figure else {
        panic!()
    };
    assert_eq!((figure.ratio.part(), figure.one_less), (0, None));
    assert_eq!(figure.one_more, Ratio::new(1, 20));
    for measure in EquityMeasure::ALL {
        assert_eq!(format!("{measure:>12}").trim(), measure.as_str());
    }
    let text = readings.to_string();
    assert!(text.starts_with(
        "shares by reporting group on 2026-01-10, with 95 % intervals; no verdict; long is over 21 days\n  match: people who have been in an accepted pairing / people who enrolled\n    all                     0.0 %       0 / 20      0.00–16.85 %  one person more or less: 5.0 %\n"
    ), "{text}");
    assert!(!text.to_lowercase().contains("fair"));
}

#[test]
fn small_groups_are_withheld_and_so_is_what_gives_them_away() {
    let kept = played();
    // north 5, south 5, few 4, none stated 6: `few` alone would be the total minus the rest, and takes the next smallest with it,
    // the group of nobody's label not being smaller.
    let readings = read(
        kept.program.history(),
        &ReportingGroups::of(&staff(group_of)),
        120,
    );
    assert_eq!(
        shown(readings.measure(EquityMeasure::Match)),
        expected(&[
            ("few", None),
            ("north", None),
            ("south", Some((2, 5))),
            ("", Some((3, 6))),
        ])
    );
    let record = serde_json::to_string(&readings.to_record()).unwrap();
    assert!(record.contains(r#"{"group":"few","numerator":null,"denominator":null,"value":null,"low":null,"high":null,"one_less":null,"one_more":null,"withheld":true}"#));
    assert!(record.contains(r#"{"group":null,"numerator":3,"denominator":6,"value":"0.5000","low":"0.1181","high":"0.8819","one_less":"0.3333","one_more":"0.6667","withheld":false}"#), "{record}");
}

/// Every way to give ten people to three groups or none: what is hidden cannot be computed from the total.
#[test]
fn nothing_hidden_is_the_rest_of_what_is_shown() {
    let mut kept = Kept::open(&staff(|_| None));
    let entry = kept.program.withdraw(person_id(20), at(3)).unwrap();
    kept.journal.push(entry);
    for a in 0..=20u32 {
        for b in 0..=20 - a {
            for c in 0..=20 - a - b {
                let of: Vec<_> = (1..=20)
                    .filter_map(|n| {
                        let n0 = n - 1;
                        let group = match n0 {
                            _ if n0 < a => "a",
                            _ if n0 < a + b => "b",
                            _ if n0 < a + b + c => "c",
                            _ => return None,
                        };
                        Some((n, group))
                    })
                    .collect();
                let readings = read(kept.program.history(), &groups(&of), 10);
                let sizes = BTreeMap::from([
                    (Some("a".to_owned()), a),
                    (Some("b".to_owned()), b),
                    (Some("c".to_owned()), c),
                    (None, 20 - a - b - c),
                ]);
                let readings = shown(readings.measure(EquityMeasure::Match));
                let hidden: Vec<u32> = readings
                    .iter()
                    .filter(|(_, figure)| figure.is_none())
                    .map(|(group, _)| sizes[group])
                    .collect();
                let open = readings.iter().filter_map(|(_, figure)| *figure);
                let open: Vec<u64> = open.map(|(_, whole)| whole).collect();
                assert!(open.iter().all(|size| *size >= 5), "{a} {b} {c}");
                let people: u32 = hidden.iter().sum();
                assert!(
                    hidden.is_empty() || open.is_empty() || (hidden.len() >= 2 && people >= 5),
                    "{a} {b} {c}: {hidden:?}"
                );
                // No more than that: without the largest of them it would not do.
                if let Some(most) = hidden.iter().max().filter(|most| **most >= 5) {
                    assert!(hidden.len() == 2 || people - most < 5, "{a} {b} {c}");
                }
            }
        }
    }
}

/// The four shares by loops over the facts, one group at a time.
fn counted(history: &History, who: &[ParticipantId], as_of: i64) -> [(u64, u64); 4] {
    let on = day(as_of);
    let mut sums = [(0, 0); 4];
    for person in who {
        let theirs: Vec<_> = history
            .pairings()
            .filter(|(_, f)| f.pair.mentor == *person || f.pair.mentee == *person)
            .map(|(_, f)| f)
            .collect();
        let first = theirs.iter().filter_map(|f| f.accepted).min();
        let first = first.filter(|d| *d <= on);
        let facts = history.person(*person).unwrap();
        let mut stays = (0..=as_of).take_while(|d| facts.is_enrolled(day(*d)));
        let last = stays.by_ref().last().unwrap();
        let waited = match first {
            Some(first) => (first - day(0)).num_days(),
            None if last == as_of => as_of,
            None => last + 1,
        };
        let add = |sum: &mut (u64, u64), yes: bool| {
            sum.0 += u64::from(yes);
            sum.1 += 1;
        };
        add(&mut sums[0], first.is_some());
        if first.is_some() || waited > 21 {
            add(&mut sums[1], waited > 21);
        }
        let begun: Vec<_> = theirs
            .iter()
            .filter(|f| f.started.is_some_and(|d| d <= on))
            .collect();
        let over =
            |f: &&&&reverse_mentoring::history::PairingFacts| f.ended.is_some_and(|(d, _)| d <= on);
        let ended: Vec<_> = begun.iter().filter(over).collect();
        let how = |endings: &[Ending]| ended.iter().any(|f| endings.contains(&f.ended.unwrap().1));
        if !ended.is_empty() {
            add(&mut sums[2], how(&[Ending::OnTime, Ending::Early]));
        }
        if !begun.is_empty() {
            let dropped = [EndReason::Exit, EndReason::Left].map(Ending::Ended);
            add(&mut sums[3], how(&dropped));
        }
    }
    sums
}

#[test]
fn shares_are_what_loops_count_and_never_look_past_the_day() {
    let kept = played();
    for as_of in 0..=130 {
        let parity: Vec<_> = (1..=20)
            .map(|n| (n, if n % 2 == 0 { "even" } else { "odd" }))
            .collect();
        let policy = EquityPolicy {
            threshold: Threshold::new(3).unwrap(),
            wait_days: 21,
        };
        let readings =
            EquityReadings::read(kept.program.history(), &groups(&parity), policy, day(as_of));
        for (at, rest) in [(0, 0), (1, 1)] {
            let who: Vec<_> = (1..=20).filter(|n| n % 2 == rest).map(person_id).collect();
            let counts = counted(kept.program.history(), &who, as_of);
            for (measure, (part, whole)) in EquityMeasure::ALL.into_iter().zip(counts) {
                let found = shown(readings.measure(measure))[at].1;
                if let Some(found) = found {
                    assert_eq!(found, (part, whole), "{measure} {as_of}");
                } else {
                    assert!(whole < 5, "{measure} {as_of}: {part} of {whole}");
                }
            }
        }
        // What was known on the day is what is said of it.
        let known = kept.journal.iter();
        let known: Vec<_> = known
            .filter(|e| e.stamp.on <= day(as_of))
            .cloned()
            .collect();
        let then = Program::replay(&known).unwrap();
        let same = EquityReadings::read(then.history(), &groups(&parity), policy, day(as_of));
        assert_eq!(same, readings, "day {as_of}");
    }
}

#[test]
fn of_a_log_nobody_knows_how_long_they_waited_or_how_it_ended() {
    let roster = Company::base().places("cto", 9).places("cfo", 9).roster();
    let logs: Vec<_> = (0..4)
        .map(|n| {
            let pair = [("cleo", "cto"), ("ada", "cfo")][n % 2];
            let mut log = logged(&roster, &format!("p{n}"), pair, 1);
            log.ended = (n < 2).then(|| (day(8), None));
            log
        })
        .collect();
    let history = adopt(
        &logs,
        &roster,
        Load::DEFAULT,
        day(10),
        &mut SequentialIds::new(8),
    )
    .history;
    let all: Vec<_> = (1..=6).map(|n| (n, "all")).collect();
    let policy = EquityPolicy {
        threshold: Threshold::new(3).unwrap(),
        ..EquityPolicy::default()
    };
    let of = |as_of| EquityReadings::read(&history, &groups(&all), policy, day(as_of));
    assert_eq!(
        shown(of(10).measure(EquityMeasure::Match))[0].1,
        Some((4, 6))
    );
    for measure in [EquityMeasure::Wait, EquityMeasure::Completion] {
        assert_eq!(shown(of(300).measure(measure))[0].1, None);
    }
    assert_eq!(of(300).measure(EquityMeasure::Wait).len(), 1);
}

#[test]
fn a_group_without_anybody_hides_no_other() {
    let kept = played();
    let of: Vec<_> = (1..=20)
        .map(|n| (n, if (n - 1) % 10 < 5 { "begun" } else { "not" }))
        .collect();
    let readings = read(kept.program.history(), &groups(&of), 120);
    assert_eq!(
        shown(readings.measure(EquityMeasure::Dropout)),
        expected(&[("begun", Some((4, 10))), ("not", None)])
    );
}

#[test]
fn whoever_comes_back_has_waited_since_they_first_came() {
    let mut kept = Kept::open(&staff(|_| None));
    let entry = kept.program.withdraw(person_id(10), at(5)).unwrap();
    kept.journal.push(entry);
    kept.join(10, 30);
    let all: Vec<_> = (1..=20).map(|n| (n, "all")).collect();
    let readings = read(kept.program.history(), &groups(&all), 40);
    assert_eq!(
        shown(readings.measure(EquityMeasure::Wait))[0].1,
        Some((20, 20))
    );
}

#[test]
fn permuting_the_groups_changes_no_assignment() {
    let kept = played();
    let matchers: [(&str, &dyn Matcher); 5] = [
        ("greedy", &Greedy),
        ("most pairs", &Optimal::most_pairs()),
        ("best score", &Optimal::by(Objective::BestScore)),
        ("max-min", &Optimal::by(Objective::MaxMin)),
        ("most people", &Optimal::by(Objective::MostPeople)),
    ];
    let (policy, context) = (Policy::standard(), Context::new(day(0)));
    let plans = |roster: &Roster| {
        matchers.map(|(name, matcher)| {
            let eligibility = Eligibility::new(roster, &policy, &context);
            let plan = matching::plan(&eligibility, &Criteria::standard(), matcher).unwrap();
            (name, plan.to_record())
        })
    };
    let before = plans(&staff(group_of));
    assert!(before.iter().all(|(_, plan)| plan.pairs.len() == 10));
    let mut seen = Vec::new();
    for by in [1, 3, 7, 19] {
        let moved = move |n: u32| group_of((n * by + by) % 20 + 1);
        let roster = staff(moved);
        assert_eq!(plans(&roster), before, "moved by {by}");
        // And the readings move with the groups: they do read them.
        seen.push(read(
            kept.program.history(),
            &ReportingGroups::of(&roster),
            120,
        ));
    }
    seen.dedup();
    assert!(seen.len() > 1);
}

#[test]
fn other_ids_and_other_words_change_no_figure() {
    let kept = played();
    let of: Vec<_> = (1..=20)
        .map(|n| (n, if n % 3 == 0 { "b" } else { "a" }))
        .collect();
    let swapped: Vec<_> = of
        .iter()
        .map(|(n, g)| (*n, if *g == "a" { "z" } else { "y" }))
        .collect();
    for as_of in [20, 60, 120] {
        let (one, other) = (
            read(kept.program.history(), &groups(&of), as_of),
            read(kept.program.history(), &groups(&swapped), as_of),
        );
        for measure in EquityMeasure::ALL {
            let figures = |r: &EquityReadings| {
                let figures = shown(r.measure(measure)).into_iter();
                figures.map(|(_, figure)| figure).collect::<Vec<_>>()
            };
            let mut turned = figures(&other);
            turned.reverse();
            assert_eq!(figures(&one), turned);
        }
    }
    assert_eq!(format!("{:?}", groups(&of)), "ReportingGroups(..)");
}
