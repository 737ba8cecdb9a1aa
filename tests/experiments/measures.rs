//! Which measures can be read in any month: a verdict is no use that turns round with the day on which it is read.

use std::ops::ControlFlow;

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::simulation::experiment::{Scenario, Trial, compare};
use reverse_mentoring::simulation::{Measure, Model, Parameter as P};

use crate::company::*;

/// Twelve sessions either way, matched again every third month as by default.
#[test]
fn fortnightly_or_monthly_does_not_hang_on_the_month() {
    let roster = company(40, 40, 1);
    let model = with(Model::standard(), &[(P::Sessions, 12)]);
    let monthly = setup(&roster, model);
    let plan = approved(&monthly);
    let mut by_sessions = Vec::new();
    for months in [6, 8, 10, 12, 14] {
        let monthly = monthly.clone().with_months(months);
        let fortnightly = monthly.clone().with_cadence(Cadence::FORTNIGHTLY);
        let a = Scenario::planned("fortnightly", fortnightly, &plan);
        let b = Scenario::planned("monthly", monthly, &plan);
        let trial = Trial::on(Measure::MenteeLevels).at_most(16);
        let contrast = compare(&a, &b, &trial, |_, _| ControlFlow::Continue(())).unwrap();
        let of = |measure| contrast.of(measure).unwrap().difference.unwrap();
        for measure in [Measure::MenteeLevels, Measure::MentorLevels, Measure::Hours] {
            assert!(
                of(measure).low > 0,
                "{months}, {measure}: {:?}",
                of(measure)
            );
        }
        by_sessions.push(of(Measure::MenteeGoals).mean > 0);
    }
    // What is divided by what pairings planned turns round when a round of matching begins new ones.
    assert!(
        by_sessions.contains(&true) && by_sessions.contains(&false),
        "{by_sessions:?}"
    );
}

/// Where nothing is forgotten and nobody joins, what people have learnt never becomes less; what is divided by the pairings that began does, with
/// every round.
#[test]
fn a_round_of_matching_takes_nothing_from_what_is_learnt() {
    let roster = company(20, 30, 1);
    let changes = [(P::Forget, 0), (P::RoundMonths, 3), (P::Sessions, 4)];
    let mut fell = 0;
    for seed in 0..6 {
        let setup = setup(&roster, with(Model::standard(), &changes));
        let year = play(&setup.with_seed(seed, 0));
        for weeks in year.weeks.windows(2) {
            let [before, after] = [&weeks[0], &weeks[1]];
            for measure in [Measure::MentorLevels, Measure::MenteeLevels] {
                let [before, after] = [before, after].map(|week| week.measured.of(measure));
                assert_eq!(before.whole(), after.whole());
                assert!(before.part() <= after.part());
            }
            let [before, after] = [before, after].map(|week| {
                let goals = week.measured.of(Measure::MenteeGoals);
                goals.part() as f64 / goals.whole().max(1) as f64
            });
            fell += u32::from(after < before);
        }
    }
    assert!(fell > 6, "{fell}");
}
