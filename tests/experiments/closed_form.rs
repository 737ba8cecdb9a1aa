//! With behaviour switched off, what a simulation gives is what a formula gives.

use std::ops::ControlFlow;

use reverse_mentoring::simulation::experiment::{Replicates, Scenario};
use reverse_mentoring::simulation::{Measure, Model, Parameter as P};

use crate::company::*;

/// A debug build is a tenth as fast.
const REPLICATES: u64 = if cfg!(debug_assertions) { 40 } else { 400 };

/// The mean of a measure at the end over replicates, and its standard error.
fn mean(model: Model, measure: Measure, replicates: u64) -> (f64, f64) {
    let roster = company(40, 40, 1);
    let setup = setup(&roster, model);
    let plan = approved(&setup);
    let scenario = [Scenario::planned("closed form", setup, &plan)];
    let mut shares = Vec::new();
    let all = Replicates::new(0..replicates).each(&scenario, |played| {
        let ratio = played[0].at_the_end(measure);
        shares.push(ratio.part() as f64 / ratio.whole() as f64);
        ControlFlow::Continue(())
    });
    assert!(all.unwrap());
    let n = shares.len() as f64;
    let mean = shares.iter().sum::<f64>() / n;
    let variance = shares.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// Within four standard errors, and those are small.
fn is(model: Model, measure: Measure, expected: f64) {
    let (mean, error) = mean(model, measure, REPLICATES);
    assert!(error < 0.02, "{measure}: {error}");
    assert!(
        (mean - expected).abs() <= 4.0 * error + 1e-9,
        "{measure}: {mean} ± {error}, not {expected}"
    );
}

fn binomial(n: u32, k: u32, p: f64) -> f64 {
    let choose: f64 = (0..k)
        .map(|i| f64::from(n - i) / f64::from(i + 1))
        .product();
    choose * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32)
}

#[test]
fn attendance_is_the_product_of_both() {
    for (mentor, mentee) in [(1000, 1000), (900, 1000), (950, 800), (500, 500)] {
        let keeps = [
            (P::MentorKeeps, mentor),
            (P::MenteeKeeps, mentee),
            (P::Sessions, 60),
        ];
        let expected = f64::from(mentor * mentee) / 1e6;
        is(with(still(), &keeps), Measure::Attendance, expected);
    }
}

/// Six sessions, in each a level with a chance, three levels at most.
#[test]
fn learning_is_a_binomial_that_stops_at_the_goal() {
    let expected = |p: f64| -> f64 {
        let levels = |k: u32| f64::from(k.min(3)) * binomial(6, k, p);
        (0..=6).map(levels).sum::<f64>() / 3.0
    };
    let gains = [(P::MenteeGain, 300), (P::MentorGain, 700)];
    let both = with(still(), &gains);
    is(both, Measure::MenteeGoals, expected(0.3));
    is(both, Measure::MentorGoals, expected(0.7));
    // Half of what is trained on both sides, by definition of the parameter, and not of the levels: the goal caps them.
    let one = with(both, &[(P::TrainMentees, 0), (P::OneTrained, 450)]);
    is(one, Measure::MenteeGoals, expected(0.3 * 0.45));
    let none = with(
        both,
        &[
            (P::TrainMentees, 0),
            (P::TrainMentors, 0),
            (P::NoneTrained, 250),
        ],
    );
    is(none, Measure::MentorGoals, expected(0.7 * 0.25));
    // Nobody is taught by whoever is not.
    let never = with(both, &[(P::Both, 0), (P::MenteeTeaches, 0), (P::Shift, 0)]);
    is(never, Measure::MentorGoals, 0.0);
    is(never, Measure::MenteeGoals, expected(0.3));
}

/// At the middle of a parabola nothing is lost; at 0 ‰ and 1000 ‰ of overlap, a goal from 0 with a teacher at 5 begins at 0: with the peak at 500 the
/// first level costs the whole curve.
#[test]
fn overlap_is_an_inverted_u() {
    // One session: the level is 0, the overlap 0.
    let one = [
        (P::Sessions, 1),
        (P::MenteeGain, 800),
        (P::OverlapCurve, 400),
    ];
    let away = with(still(), &one);
    is(away, Measure::MenteeGoals, 0.8 * 0.6 / 3.0);
    is(
        with(away, &[(P::OverlapPeak, 0)]),
        Measure::MenteeGoals,
        0.8 / 3.0,
    );
    is(
        with(away, &[(P::OverlapPeak, 250)]),
        Measure::MenteeGoals,
        0.8 * 0.9 / 3.0,
    );
    // Twice as far is four times as much, and no chance is below nought.
    is(
        with(away, &[(P::OverlapPeak, 1000)]),
        Measure::MenteeGoals,
        0.0,
    );
}

/// Everybody declines, so that nobody has a pairing; twelve times in a year they may go.
#[test]
fn who_stays_is_a_geometric() {
    let alone = with(
        still(),
        &[(P::Accept, 0), (P::MentorQuits, 24), (P::MenteeQuits, 60)],
    );
    is(alone, Measure::MentorsHere, (1.0f64 - 0.024).powi(12));
    is(alone, Measure::MenteesHere, (1.0f64 - 0.06).powi(12));
    // With a pairing all year, of which nobody leaves before the other: those who go take it with them, and the other is alone from then on.
    let paired = with(
        still(),
        &[
            (P::Sessions, 60),
            (P::PairedMentorQuits, 50),
            (P::MenteeQuits, 0),
        ],
    );
    // In the first days they are in a pairing already: a proposal is one.
    is(paired, Measure::MentorsHere, 0.95f64.powi(12));
}

/// With no spread trust and apprehension are the same in every pair, and a loop says which.
#[test]
fn trust_and_apprehension_go_by_their_own_rule() {
    let roster = company(5, 5, 1);
    let year = play(&setup(&roster, with(still(), &[(P::Sessions, 60)])));
    let (mut trust, mut apprehension) = (400u64, 500u64);
    // Four days of preparation; then every thirty.
    let met = (364 - 4) / 30;
    for _ in 0..met {
        trust += (1000 - trust) * (300 * 600 / 1000) / 1000;
        apprehension = apprehension * 750 / 1000;
    }
    let last = year.weeks.last().unwrap().measured;
    let (t, a) = (last.of(Measure::Trust), last.of(Measure::Apprehension));
    assert_eq!((t.part(), t.whole()), (5 * trust, 5000));
    assert_eq!((a.part(), a.whole()), (5 * apprehension, 5000));
    // And of those who never meet, trust falls.
    let never = with(still(), &[(P::MentorKeeps, 0), (P::RetryDays, 30)]);
    let year = play(&setup(&roster, never));
    let mut trust = 400u64;
    for _ in 0..met {
        trust -= trust * 80 / 1000;
    }
    let last = year.weeks.last().unwrap().measured;
    assert_eq!(last.of(Measure::Trust).part(), 5 * trust);
    assert_eq!(last.of(Measure::Apprehension).part(), 5 * 500);
}

/// Ten mentors with one place each for thirty mentees: a third of them, until a place is free; then as many more in every round.
#[test]
fn the_queue_moves_as_places_come_free() {
    let roster = company(10, 30, 1);
    // Two sessions: over on day 64, and the next round is that of the first of April, and so on every third month.
    let model = with(still(), &[(P::Sessions, 2), (P::RoundMonths, 1)]);
    let year = play(&setup(&roster, model));
    let rounds: Vec<(String, usize)> = year
        .happenings
        .iter()
        .filter_map(|happening| match happening {
            reverse_mentoring::simulation::Happening::Round { on, proposed, .. } => {
                (*proposed > 0).then(|| (on.to_string(), *proposed))
            }
            _ => None,
        })
        .collect();
    let expected = ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"];
    assert_eq!(rounds, expected.map(|day| (day.to_owned(), 10)));
    let first = year.weeks[0].measured.of(Measure::Matched);
    assert_eq!((first.part(), first.whole()), (20, 40));
}
