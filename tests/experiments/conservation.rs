//! Nothing is lost or made up: the measures are those of the journal, nobody is in two places, and the gate never refuses.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Timelike as _;
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::history::Ending;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::journal::Event;
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::Policy;
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{Experience, Hours, Load, Offer, Participant, Side, Wish};
use reverse_mentoring::simulation::experiment::Scenario;
use reverse_mentoring::simulation::{Joiner, Measure, Model, Parameter as P, Setup};
use reverse_mentoring::text::Key;

use crate::company::*;
use crate::dice::Dice;

/// A model at random: most numbers anywhere in their range.
fn any_model(dice: &mut Dice) -> Model {
    let mut model = Model::standard();
    for &parameter in P::ALL {
        if dice.below(3) == 0 {
            continue;
        }
        let (low, high) = (*parameter.range().start(), *parameter.range().end());
        // Long waits leave a year empty.
        let high = if parameter.unit() == "days" {
            high.min(30)
        } else {
            high
        };
        model = model
            .with(parameter, low + dice.below(high - low + 1))
            .unwrap();
    }
    model
}

#[test]
fn measures_are_those_of_the_journal() {
    let roster = company(30, 24, 2);
    for seed in 0..12 {
        // As late as can be, and of pairings that are long over by then.
        let late = [
            (P::Sessions, 4),
            (P::Late, 100 * (seed as u32 % 11)),
            (P::LateDays, 60),
            (P::Dropout, [0, 2, 300][seed as usize % 3]),
        ];
        let model = with(Model::standard(), &late);
        let setup = setup(&roster, model).with_seed(seed, 0);
        let year = play(&setup);
        let (mut held, mut due, mut begun, mut completed, mut dropped) = (0, 0, 0, 0, 0);
        let (mut risen, mut aimed, mut matched) = ([0, 0], [0, 0], BTreeSet::new());
        // By person, side and skill; by person.
        let (mut levels, mut minutes) = (BTreeMap::new(), BTreeMap::new());
        for (_, facts) in year.program.history().pairings() {
            due += facts.sessions.len() as u64;
            held += facts
                .sessions
                .iter()
                .filter(|s| s.outcome.is_held())
                .count() as u64;
            for session in &facts.sessions {
                let taught = session.outcome.taught();
                for person in [facts.pair.mentor, facts.pair.mentee] {
                    *minutes.entry(person).or_insert(0) +=
                        taught.map_or(0, |t| u64::from(t.minutes().as_u16()));
                }
            }
            if facts.accepted.is_some() {
                matched.extend([facts.pair.mentor, facts.pair.mentee]);
            }
            if facts.started.is_none() {
                continue;
            }
            begun += 1;
            match facts.ended.map(|(_, ending)| ending) {
                Some(ending) if ending.is_completed() => completed += 1,
                Some(Ending::Unknown) => unreachable!(),
                Some(_) => dropped += 1,
                None => {}
            }
            for (at, role) in [Role::Mentor, Role::Mentee].into_iter().enumerate() {
                for goal in facts.goals.side(role) {
                    let (from, to) = (goal.from.as_u8(), goal.to.as_u8());
                    let last = goal.found().last().map_or(from, |(_, level)| level.as_u8());
                    risen[at] += u64::from(last - from);
                    let of = (facts.pair.person(role), at, goal.skill.clone());
                    *levels.entry(of).or_insert(0) += u64::from(last - from);
                    aimed[at] += u64::from(to - from);
                }
            }
        }
        let left = |entry: &&reverse_mentoring::journal::Entry| {
            matches!(entry.event, Event::Withdrew { .. })
        };
        let left: BTreeMap<_, _> = year
            .journal
            .iter()
            .filter(left)
            .filter_map(|entry| match &entry.event {
                Event::Withdrew { participant, .. } => Some((*participant, entry.stamp.on)),
                _ => None,
            })
            .collect();
        let last = year.weeks.last().unwrap();
        let (mut learnt, mut wished) = ([0, 0], [0, 0]);
        let (mut spent, mut promised) = (0, 0);
        for person in roster.participants() {
            // A mentor or a mentee: nobody here is both.
            let at = usize::from(person.profile().side() == Side::Mentee);
            for wish in person.profile().wishes() {
                let most = u64::from(wish.to().as_u8() - wish.from().as_u8());
                let of = (person.id(), at, wish.skill().clone());
                learnt[at] += levels.remove(&of).unwrap_or(0).min(most);
                wished[at] += most;
            }
            let until = left.get(&person.id()).copied();
            let until = until.unwrap_or(last.date + chrono::Days::new(1));
            let days = (until - start()).num_days() as u64;
            promised += 60 * days;
            spent += (60 * days).min(7 * minutes.get(&person.id()).copied().unwrap_or(0));
        }
        assert!(levels.is_empty());
        let left = left.len() as u64;
        assert_eq!(Some(last.date), year.months.last().map(|m| m.date));
        let of = |measure| {
            let ratio = last.measured.of(measure);
            (ratio.part(), ratio.whole())
        };
        assert_eq!(of(Measure::Attendance), (held, due));
        assert_eq!(of(Measure::Sessions), (held, 4 * begun));
        assert_eq!(of(Measure::Completion), (completed, begun));
        let over = completed + dropped;
        assert_eq!(of(Measure::CompletedOfOver), (completed, over));
        assert_eq!(of(Measure::Dropout), (dropped, begun));
        assert_eq!(of(Measure::MentorGoals), (risen[0], aimed[0]));
        assert_eq!(of(Measure::MenteeGoals), (risen[1], aimed[1]));
        assert_eq!(of(Measure::MentorLearning), (risen[0], 4 * begun));
        assert_eq!(of(Measure::MenteeLearning), (risen[1], 4 * begun));
        assert_eq!(of(Measure::MentorLevels), (learnt[0], wished[0]));
        assert_eq!(of(Measure::MenteeLevels), (learnt[1], wished[1]));
        assert_eq!(of(Measure::Hours), (spent, promised));
        assert_eq!(of(Measure::Matched), (matched.len() as u64, 54));
        let (mentors, mentees) = (of(Measure::MentorsHere), of(Measure::MenteesHere));
        assert_eq!((mentors.1, mentees.1), (30, 24));
        assert_eq!(mentors.0 + mentees.0, 54 - left);
        assert_eq!(of(Measure::Recommendation).1, 2 * completed);
        assert!(
            held > 100 && (completed > 10 || dropped > 10) && left > 0 && over <= begun,
            "{held} {completed} {left} {over} {begun}"
        );
    }
}

/// Forty places each and sessions of up to eight hours, every day: most of them have to wait for another day.
#[test]
fn a_day_has_twenty_four_hours() {
    let roster = company(6, 6, 40);
    let model = with(
        still(),
        &[
            (P::Sessions, 60),
            (P::MinutesSpread, 900),
            (P::FirstDays, 1),
        ],
    );
    for minutes in [300, 480] {
        let setup = setup(&roster, model)
            .with_load(Load::new(Hours::whole(1)).unwrap())
            .with_cadence(Cadence::new(1, 0, minutes).unwrap());
        let year = play(&setup);
        let mut days: BTreeMap<_, Vec<(u32, u32)>> = BTreeMap::new();
        for (_, facts) in year.program.history().pairings() {
            for session in facts.sessions.iter().filter(|s| s.outcome.is_held()) {
                let starts = session.starts.expect("an hour");
                assert_eq!(starts.date_naive(), session.date);
                let starts = starts.time().num_seconds_from_midnight() / 60;
                let minutes = session.outcome.taught().unwrap().minutes().as_u16();
                for person in [facts.pair.mentor, facts.pair.mentee] {
                    let day = days.entry((person, session.date)).or_default();
                    day.push((starts, starts + u32::from(minutes)));
                }
            }
        }
        let mut full = 0;
        for day in days.values_mut() {
            day.sort_unstable();
            assert!(day.windows(2).all(|two| two[0].1 <= two[1].0));
            assert!(day.last().unwrap().1 <= 1440);
            let minutes: u32 = day.iter().map(|(from, to)| to - from).sum();
            full += u32::from(minutes > 600);
        }
        assert!(full > 100, "{full}");
        // Nobody is called off for want of an hour.
        let last = year.weeks.last().unwrap().measured;
        let attendance = last.of(Measure::Attendance);
        assert_eq!(attendance.part(), attendance.whole());
        let hours = last.of(Measure::Hours);
        assert!(hours.part() <= hours.whole() && hours.part() > 0);
    }
}

#[test]
fn nobody_is_in_two_sessions_at_once() {
    let roster = company(12, 10, 3);
    let mut together = 0;
    for seed in 0..10 {
        let model = with(
            Model::standard(),
            &[
                (P::Sessions, 40),
                (P::DelayDays, 0),
                (P::AnswerDays, 1),
                (P::PrepareDays, 1),
            ],
        );
        let year = play(&setup(&roster, model).with_seed(seed, 0));
        let mut busy: BTreeMap<ParticipantId, Vec<_>> = BTreeMap::new();
        let mut minutes = [0u64; 2];
        for (_, facts) in year.program.history().pairings() {
            for session in facts.sessions.iter().filter(|s| s.outcome.is_held()) {
                let taught = session.outcome.taught().unwrap();
                let long = chrono::TimeDelta::minutes(taught.minutes().as_u16().into());
                let starts = session.starts.expect("an hour");
                minutes[0] += taught.half_minutes(Role::Mentor) + taught.half_minutes(Role::Mentee);
                minutes[1] += 2 * u64::from(taught.minutes().as_u16());
                for person in [facts.pair.mentor, facts.pair.mentee] {
                    busy.entry(person)
                        .or_default()
                        .push((starts, starts + long));
                }
            }
        }
        assert_eq!(minutes[0], minutes[1], "hours add up");
        for sessions in busy.values_mut() {
            sessions.sort_unstable();
            assert!(sessions.windows(2).all(|two| two[0].1 <= two[1].0));
            let days = sessions
                .windows(2)
                .filter(|two| two[0].0.date_naive() == two[1].0.date_naive());
            together += days.count();
        }
    }
    assert!(together > 50, "{together}: nobody had two on one day");
}

/// Up to five people, on any days on which somebody can join, in any order.
fn joiners(dice: &mut Dice, months: u16) -> Vec<Joiner> {
    let end = start() + chrono::Months::new(months.into());
    let days = (end - start()).num_days() as u32 - 1;
    let mut ids = SequentialIds::new(77);
    let joiner = |n: u32| {
        let on = start() + chrono::Days::new(u64::from(1 + dice.below(days)));
        let (side, grade, teaches, learns, under) = match dice.below(2) {
            0 => (Side::Mentor, 2, "video", "budgets", "one"),
            _ => (Side::Mentee, 8, "budgets", "video", "two"),
        };
        let (id, key) = (
            ParticipantId::from_source(&mut ids),
            Key::new(format!("n{n}")),
        );
        let person = Participant::new(id, key.unwrap(), side, Experience::grade(grade))
            .with_offers([Offer::new(teaches, 5).unwrap()])
            .unwrap()
            .with_wishes([Wish::new(learns, 0, 3).unwrap()])
            .unwrap();
        Joiner::new(on, person, Key::new(under).unwrap())
    };
    let mut joiners: Vec<_> = (0..5).map(joiner).collect();
    joiners.truncate(dice.below(6) as usize);
    joiners
}

/// Any model whatever: the gate lets everything pass, and the journal brings the programme back.
fn any(programmes: u64) {
    let (small, large) = (company(8, 6, 2), company(25, 20, 3));
    let nobody = company(0, 0, 1);
    let mut dice = Dice(7);
    let mut entries = 0;
    for number in 0..programmes {
        let roster = match number % 8 {
            0 => &large,
            1 => &nobody,
            _ => &small,
        };
        let model = any_model(&mut dice);
        let policy = match dice.below(2) {
            0 => Policy::core_only(),
            _ => Policy::standard(),
        };
        let months = 1 + dice.below(18) as u16;
        let setup = Setup::new(roster, start())
            .with_policy(policy)
            .with_months(months)
            .with_joiners(joiners(&mut dice, months))
            .with_model(model)
            .with_seed(number, number);
        let plan = approved(&setup);
        let scenario = Scenario::planned("any", setup, &plan);
        let played = scenario.play(number);
        let played = played.unwrap_or_else(|error| panic!("{number}: {error}: {model:?}"));
        entries += played.entries;
        // The same with its journal.
        if number % 4 == 0 {
            let year = scenario.play_whole(number).unwrap();
            assert_eq!(year.journal.len() as u64, played.entries);
            assert_eq!(year.weeks, played.weeks);
            assert_eq!(Program::replay(&year.journal).unwrap(), year.program);
        }
    }
    assert!(entries > 90 * programmes, "{entries}");
}

#[test]
fn the_gate_never_refuses_what_is_believed_legal() {
    any(if cfg!(debug_assertions) { 60 } else { 600 });
}

#[test]
#[ignore = "2 s in release, a minute without"]
fn the_gate_never_refuses_anything_of_10_000_programmes() {
    any(10_000);
}
