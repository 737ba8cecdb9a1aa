//! What was published beside what the default model says. Each figure is of one programme or study, so what has to cover it is the interval of programmes of
//! that size. Two of them were held out when the defaults were set, and stand here as they came.

use std::ops::ControlFlow;

use chrono::Days;
use reverse_mentoring::simulation::experiment::{Band, Bands, Replicates, Scenario};
use reverse_mentoring::simulation::{Measure, Model, Parameter as P};

use crate::company::*;

/// Programmes of so many pairs. Nobody moves: the sources say nothing of it.
fn bands(pairs: usize, model: Model, months: u16) -> Bands {
    played(pairs, with(model, &[(P::ReorganisationMonth, 0)]), months)
}

fn played(pairs: usize, model: Model, months: u16) -> Bands {
    let roster = company(pairs, pairs, 1);
    let setup = setup(&roster, model).with_months(months);
    let plan = approved(&setup);
    let scenario = Scenario::planned("anchor", setup, &plan);
    let replicates = Replicates::new(0..if cfg!(debug_assertions) { 40 } else { 400 });
    Bands::of(&scenario, &replicates, |_| ControlFlow::Continue(())).unwrap()
}

/// 5, 50 and 95 % of them at the end, in thousandths.
fn band(pairs: usize, model: Model, months: u16, measure: Measure) -> Band {
    bands(pairs, model, months).at_the_end(measure).unwrap()
}

fn covers(band: Band, thousandths: u16) -> bool {
    (band.low..=band.high).contains(&thousandths)
}

/// Leeds 2022: 25 of 26 pairs completed. Of the pairings that are over: rounds begin some that still run at the end of the year.
#[test]
fn twenty_five_of_twenty_six_complete() {
    let over = played(26, Model::standard(), 12);
    let over = over.at_the_end(Measure::CompletedOfOver).unwrap();
    println!("26 pairs, completed of those over: {over:?}");
    assert!(covers(over, 962), "{over:?}");
    // And of all that began, where nobody is matched again.
    let once = with(Model::standard(), &[(P::RoundMonths, 0)]);
    let once = band(26, once, 12, Measure::Completion);
    println!("26 pairs, completed of those begun, matched once: {once:?}");
    assert!(covers(once, 962), "{once:?}");
}

/// MentorcliQ: of staff with two years' tenure or less 8 % quit in a year with a mentor, 26 % without.
#[test]
fn eight_in_a_hundred_quit_with_a_pairing_and_twenty_six_without() {
    let here = |changes: &[(P, u32)]| {
        let bands = played(50, with(Model::standard(), changes), 12);
        let here = bands.at_the_end(Measure::MentorsHere).unwrap();
        println!("50 mentors, {changes:?}, here: {here:?}");
        here
    };
    let without = here(&[(P::Accept, 0), (P::SponsorExample, 0)]);
    assert!(covers(without, 740), "{without:?}");
    // A pairing that goes on all year; by the defaults six sessions end it sooner.
    let with_one = here(&[(P::Sessions, 60)]);
    assert!(covers(with_one, 920), "{with_one:?}");
    assert!(with_one.middle > without.middle + 100);
}

/// Clutterbuck: training one side gives less than half the benefit of training both. The benefit is levels risen, on either side. What people
/// have learnt of what they wish is printed beside it: there goals are reached, and it is more than half for mentees.
#[test]
fn one_side_trained_is_less_than_half() {
    let trained = |changes: &[(P, u32)]| bands(60, with(Model::standard(), changes), 12);
    let both = trained(&[]);
    for untrained in [P::TrainMentors, P::TrainMentees] {
        let one = trained(&[(untrained, 0)]);
        for learning in [Measure::MentorLearning, Measure::MenteeLearning] {
            let [one, both] = [&one, &both].map(|bands| bands.at_the_end(learning).unwrap());
            println!("{learning} without {untrained}: {one:?} of {both:?}");
            assert!(2 * one.middle < both.middle, "{one:?} {both:?}");
        }
        for levels in [Measure::MentorLevels, Measure::MenteeLevels] {
            let [one, both] = [&one, &both].map(|bands| bands.at_the_end(levels).unwrap());
            println!("{levels} without {untrained}: {one:?} of {both:?}");
        }
    }
}

/// AXA, NHS Yorkshire & Humber: six sessions in six months, which are 184 days at most.
///
/// Counted pair by pair in the facts of the default model's years: of the pairs that met for the first 184 days, or until they were complete. Those who
/// began too late for that are not counted, nor those who gave up or left sooner. A pairing is complete with six, so a second
/// count lets them go on: what they hold has to be the pace and not the end.
#[test]
fn six_sessions_in_six_months() {
    let roster = company(60, 60, 1);
    let on_and_on = with(Model::standard(), &[(P::Sessions, 60)]);
    for model in [Model::standard(), on_and_on] {
        let mut held = Vec::new();
        for replicate in 0..if cfg!(debug_assertions) { 10 } else { 100 } {
            let year = play(&setup(&roster, model).with_seed(1, replicate));
            let last = year.months.last().unwrap().date;
            for (_, facts) in year.program.history().pairings() {
                let Some(by) = facts.started.map(|day| day + Days::new(184)) else {
                    continue;
                };
                let gone = facts
                    .ended
                    .is_some_and(|(day, ending)| day <= by && !ending.is_completed());
                if by > last || gone {
                    continue;
                }
                let sessions = facts.sessions.iter();
                held.push(
                    sessions
                        .filter(|s| s.outcome.is_held() && s.date <= by)
                        .count(),
                );
            }
        }
        held.sort_unstable();
        let [low, middle, high] =
            [1, 10, 19].map(|of_twenty| held[(of_twenty * held.len()).div_ceil(20) - 1]);
        let six = held.iter().filter(|held| **held >= 6).count();
        println!(
            "{low}, {middle}, {high} of {} pairs, {six} with six",
            held.len()
        );
        assert!(held.len() > 400 && (low..=high).contains(&6) && middle >= 5);
    }
}

/// Held out: 97 % of AXA's 938 people recommend it; 96 % of BNY Mellon Pershing's first mentors stayed. What the model says to them
/// was looked at once, after its defaults were set, and is not to be mended by them.
#[test]
fn held_out_and_as_they_came() {
    let recommend = band(150, Model::standard(), 12, Measure::Recommendation);
    let stay = band(77, Model::standard(), 12, Measure::MentorsHere);
    println!("recommendation {recommend:?}, mentors here {stay:?}");
    assert_eq!((covers(recommend, 970), covers(stay, 960)), (false, false));
}
