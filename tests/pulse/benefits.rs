//! The nine benefits: the table that is printed, figures by hand, gaps in words.

use std::collections::BTreeSet;

use proptest::prelude::*;
use reverse_mentoring::health::{Benefit, BenefitReading, Gap, Measure};
use reverse_mentoring::history::{History, LoggedGoal};
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pairing::{DropReason, GoalChange, GoalRef};
use reverse_mentoring::pulse::{Items, PulseBook};
use reverse_mentoring::roster::{Level, Skill};

use crate::logs::{adopted, logs};
use crate::support::*;
use crate::world::*;

/// The table in the documentation is that of the code; every item is in the catalogue and asked of that side.
#[test]
fn the_nine_are_the_table_that_is_printed() {
    let source = include_str!("../../src/health/benefits.rs");
    let rows = source
        .lines()
        .filter_map(|line| line.strip_prefix("/// | `"));
    let rows: Vec<(&str, &str)> = rows
        .map(|row| {
            let (code, rest) = row.split_once("` | ").unwrap();
            (code, rest.strip_suffix(" |").unwrap())
        })
        .collect();
    let expected: Vec<(&str, String)> = Benefit::ALL
        .iter()
        .map(|benefit| {
            let measures: Vec<String> = benefit.measures().iter().map(Measure::to_string).collect();
            (benefit.as_str(), measures.join(", "))
        })
        .collect();
    let expected: Vec<(&str, &str)> = expected.iter().map(|(a, b)| (*a, b.as_str())).collect();
    assert_eq!(rows, expected);
    assert_eq!(Benefit::ALL.iter().collect::<BTreeSet<_>>().len(), 9);
    let items = Items::catalogue();
    for measure in Benefit::ALL.into_iter().flat_map(Benefit::measures) {
        if let Measure::Pulse { item, side } = measure {
            assert!(
                items.find(item).unwrap().asked().contains(side),
                "{measure}"
            );
        }
    }
}

fn skills(names: &[&str]) -> BTreeSet<Skill> {
    names.iter().map(|name| Skill::new(name).unwrap()).collect()
}

fn goal(learner: Role, skill: &str, (from, now, to): (u8, u8, u8)) -> LoggedGoal {
    logged_goal(learner, skill, [from, to, now])
}

fn lines(history: &History, book: &PulseBook, digital: &[&str], on: i64) -> Vec<String> {
    let all = BenefitReading::all(history, book, &skills(digital), day(on));
    all.iter().map(ToString::to_string).collect()
}

#[test]
fn nine_benefits_by_hand() {
    let mut logs = logs();
    for (at, digital) in [(0, (0, 2, 4)), (1, (1, 1, 3)), (2, (2, 4, 4))] {
        logs[at].goals = vec![
            goal(Mentee, "video", digital),
            goal(Mentee, "budget", (3, 3, 4)),
            goal(Mentor, "budget", (0, 3, 3)),
        ];
    }
    // Mentee 12 has another mentor, too; that is one mentee, and two goals.
    logs[6].goals = vec![goal(Mentee, "cloud", (5, 4, 5))];
    let history = adopted(&logs).history;
    let mut book = PulseBook::new(Items::catalogue(), least(3));
    for (on, answers) in [(30, [2, 4, 1]), (90, [4, 5, 4])] {
        for (pairing, n) in (1..).zip(answers) {
            say(&mut book, (pairing, Mentor), "voice", on, n).unwrap();
        }
    }
    let on = "on 2026-04-11";
    assert_eq!(
        lines(&history, &book, &["video", "cloud"], 100),
        [
            "new perspective: pulse `perspective` of mentors: withheld; pulse `perspective` of mentees: withheld"
                .to_owned(),
            "retention: pulse `staying` of mentors: withheld".to_owned(),
            format!("digital knowledge: levels of mentees in digital goals: 40.0 % before, 55.0 % now (+3 of 20), of 3 people, {on}"),
            "culture: pulse `culture` of mentors: withheld; pulse `culture` of mentees: withheld".to_owned(),
            "ties: pulse `ties` of mentors: withheld; pulse `ties` of mentees: withheld".to_owned(),
            "diversity: pulse `diversity` of mentors: withheld; pulse `diversity` of mentees: withheld".to_owned(),
            "valued opinions: pulse `voice` of mentors: 33.3 % before, 100.0 % now (+2 of 3), of 3 people, on 2026-04-01"
                .to_owned(),
            format!(
                "skills: levels of mentors in all goals: 0.0 % before, 60.0 % now (+9 of 15), of 3 people, {on}; \
                 levels of mentees in other goals: 60.0 % before, 60.0 % now (+0 of 15), of 3 people, {on}"
            ),
            "engagement: pulse `engagement` of mentors: withheld; pulse `engagement` of mentees: withheld".to_owned(),
        ]
    );
    // Two people are too few, nobody is no data, and no name is no data either.
    let few = lines(&history, &book, &["cloud", "chess"], 100);
    assert_eq!(
        few[2],
        "digital knowledge: levels of mentees in digital goals: withheld"
    );
    let one = |digital: &[&str]| lines(&history, &book, digital, 100)[2].clone();
    assert_eq!(
        one(&["chess"]),
        "digital knowledge: no data: no mentee has such a goal"
    );
    assert_eq!(
        one(&[]),
        "digital knowledge: no data: no skill is named as digital"
    );
    // Before anybody began there is no goal, and nobody is asked what is not in the book.
    let standard = PulseBook::new(Items::standard(), least(3));
    let early = BenefitReading::all(&history, &standard, &skills(&["video"]), day(-1));
    let gaps: Vec<String> = early
        .iter()
        .flat_map(BenefitReading::gaps)
        .map(|g| g.to_string())
        .collect();
    let asked = |item: &str, side: &str| format!("no data: nobody was asked `{item}` as {side}");
    assert_eq!(
        gaps,
        [
            asked("perspective", "mentor"),
            asked("perspective", "mentee"),
            asked("staying", "mentor"),
            "no data: no mentee has such a goal".to_owned(),
            asked("culture", "mentor"),
            asked("culture", "mentee"),
            asked("ties", "mentor"),
            asked("ties", "mentee"),
            asked("diversity", "mentor"),
            asked("diversity", "mentee"),
            asked("voice", "mentor"),
            "no data: no mentor has such a goal".to_owned(),
            "no data: no mentee has such a goal".to_owned(),
            asked("engagement", "mentor"),
            asked("engagement", "mentee"),
        ]
    );
    let voice = BenefitReading::of(
        Benefit::ValuedOpinions,
        &history,
        &book,
        &skills(&[]),
        day(100),
    );
    assert_eq!(
        serde_json::to_value([&voice, &early[3], &early[2]]).unwrap(),
        serde_json::json!([
            {"benefit": "valued_opinions", "parts": [{
                "measure": "pulse `voice` of mentors", "gap": null,
                "reading": {"on": "2026-04-01", "people": 3, "before": 1, "now": 3, "whole": 3}}]},
            {"benefit": "culture", "parts": [
                {"measure": "pulse `culture` of mentors", "gap": "no data: nobody was asked `culture` as mentor", "reading": null},
                {"measure": "pulse `culture` of mentees", "gap": "no data: nobody was asked `culture` as mentee", "reading": null}]},
            {"benefit": "digital_knowledge", "parts": [{
                "measure": "levels of mentees in digital goals", "gap": "no data: no mentee has such a goal", "reading": null}]},
        ])
    );
}

/// In a live programme a level counts from the day on which it was found, and a goal until it is dropped.
#[test]
fn levels_never_look_past_their_day() {
    let mut kept = kept();
    let change = |kept: &mut Kept, pairing, change, on| {
        let goal = GoalRef::learning(Mentee, Skill::new("video").unwrap());
        let entry = kept
            .program
            .change_goal(pairing_id(pairing), goal, change, at(on));
        kept.journal.push(entry.unwrap());
    };
    for pairing in 1..=6 {
        kept.begin(pairing, 2);
    }
    let level = Level::new(4).unwrap();
    change(&mut kept, 1, GoalChange::CheckedIn { level }, 20);
    let reason = DropReason::NotWanted;
    change(&mut kept, 2, GoalChange::Dropped { reason }, 30);
    let book = book(3);
    let read = |on| {
        let digital = skills(&["video"]);
        let history = kept.program.history();
        let read = BenefitReading::of(Benefit::DigitalKnowledge, history, &book, &digital, day(on));
        match &read.parts[0].1 {
            Ok(reading) => reading
                .shown()
                .map(|r| (r.people, r.before.part(), r.now.part(), r.now.whole())),
            Err(gap) => {
                assert_eq!(*gap, Gap::NoGoals(Mentee));
                None
            }
        }
    };
    assert_eq!(
        [1, 2, 19, 20, 29, 30].map(read),
        [
            None,
            Some((6, 6, 6, 30)),
            Some((6, 6, 6, 30)),
            Some((6, 6, 9, 30)),
            Some((6, 6, 9, 30)),
            Some((5, 5, 8, 25)),
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A second computation of the levels, from the rows of the log.
    #[test]
    fn levels_are_those_of_a_second_computation(
        goals in prop::collection::vec((0..7usize, any::<bool>(), 0..3usize, 0..=5u8, 0..=5u8), 0..20), least_of in 3..=4u32,
    ) {
        const NAMES: [&str; 3] = ["video", "cloud", "budget"];
        let mut logs = logs();
        for (at, mentor, name, from, now) in &goals {
            let learner = if *mentor { Mentor } else { Mentee };
            logs[*at].goals.push(goal(learner, NAMES[*name], (*from, *now, 5)));
        }
        let history = adopted(&logs).history;
        let book = book(least_of);
        let read = |benefit, part: usize| {
            let read = BenefitReading::of(benefit, &history, &book, &skills(&NAMES[..2]), day(100));
            read.parts[part].1.ok().and_then(|r| r.shown().map(|r| (r.people, r.before.part(), r.now.part(), r.now.whole())))
        };
        let naive = |mentor: bool, names: &[usize]| {
            let rows: Vec<_> = goals.iter().filter(|g| g.1 == mentor && names.contains(&g.2)).collect();
            let people: BTreeSet<u32> =
                rows.iter().map(|g| if mentor { PAIRS[g.0].0 } else { PAIRS[g.0].1 }).collect();
            let sum = |of: fn(&(usize, bool, usize, u8, u8)) -> u8| rows.iter().map(|g| u64::from(of(g))).sum::<u64>();
            (people.len() as u32 >= least_of)
                .then(|| (people.len() as u64, sum(|g| g.3), sum(|g| g.4), 5 * rows.len() as u64))
        };
        prop_assert_eq!(read(Benefit::DigitalKnowledge, 0), naive(false, &[0, 1]));
        prop_assert_eq!(read(Benefit::Skills, 0), naive(true, &[0, 1, 2]));
        prop_assert_eq!(read(Benefit::Skills, 1), naive(false, &[2]));
    }
}
