//! What was published beside what the default model says. Each figure is of one programme or study, so what has to cover it is the interval of programmes of
//! that size. Two of them were held out when the defaults were set, and stand here as they came.

use std::ops::ControlFlow;

use reverse_mentoring::simulation::experiment::{
    Band, Bands, Replicates, Scenario, Trial, compare,
};
use reverse_mentoring::simulation::{Measure, Model, Parameter as P};

use crate::company::*;

/// 5, 50 and 95 % of programmes of so many pairs at the end, in thousandths. Nobody moves: the sources say nothing of it.
fn band(pairs: usize, model: Model, months: u16, measure: Measure) -> Band {
    let roster = company(pairs, pairs, 1);
    let model = with(model, &[(P::ReorganisationMonth, 0)]);
    let setup = setup(&roster, model).with_months(months);
    let plan = approved(&setup);
    let scenario = Scenario::planned("anchor", setup, &plan);
    let replicates = Replicates::new(0..if cfg!(debug_assertions) { 40 } else { 400 });
    let bands = Bands::of(&scenario, &replicates, |_| ControlFlow::Continue(())).unwrap();
    bands.at_the_end(measure).unwrap()
}

fn covers(band: Band, thousandths: u16) -> bool {
    (band.low..=band.high).contains(&thousandths)
}

/// Leeds 2022: 25 of 26 pairs completed.
#[test]
fn twenty_five_of_twenty_six_complete() {
    let once = with(Model::standard(), &[(P::RoundMonths, 0)]);
    let band = band(26, once, 12, Measure::Completion);
    assert!(covers(band, 962), "{band:?}");
}

/// MentorcliQ: of staff with two years' tenure or less 8 % quit in a year with a mentor, 26 % without.
#[test]
fn eight_in_a_hundred_quit_with_a_pairing_and_twenty_six_without() {
    let alone = with(
        Model::standard(),
        &[(P::Accept, 0), (P::SponsorExample, 0), (P::RoundMonths, 0)],
    );
    let without = band(50, alone, 12, Measure::MentorsHere);
    assert!(covers(without, 740), "{without:?}");
    let paired = with(
        Model::standard(),
        &[
            (P::Sessions, 60),
            (P::Accept, 1000),
            (P::Unprepared, 0),
            (P::Exit, 0),
            (P::Dropout, 0),
            (P::StrainedDropout, 0),
            (P::MenteeQuits, 0),
            (P::PairedMenteeQuits, 0),
        ],
    );
    let with_one = band(50, paired, 12, Measure::MentorsHere);
    assert!(covers(with_one, 920), "{with_one:?}");
    assert!(with_one.middle > without.middle + 100);
}

/// Clutterbuck: training one side gives less than half the benefit of training both.
#[test]
fn one_side_trained_is_less_than_half() {
    let learning = |changes: &[(P, u32)]| {
        // Goals that no six sessions reach, so that what is learnt is not capped.
        let model = with(Model::standard(), changes);
        band(
            60,
            with(model, &[(P::MenteeGain, 300)]),
            9,
            Measure::MenteeLearning,
        )
    };
    let both = learning(&[]);
    let one = learning(&[(P::TrainMentors, 0)]);
    assert!(2 * one.middle <= both.middle + 20, "{one:?} {both:?}");
    assert!(
        2 * one.high >= both.low,
        "{one:?} {both:?}: no quarter either"
    );
}

/// AXA, NHS Yorkshire & Humber: six sessions in six months.
#[test]
fn six_sessions_in_six_months() {
    // Half a year from the beginning, after some weeks to prepare.
    let band = band(
        60,
        with(Model::standard(), &[(P::Sessions, 6)]),
        7,
        Measure::Sessions,
    );
    assert!(covers(band, 900), "{band:?}: most of them the sixth");
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

/// Fortnightly beside monthly, a decision that the examples show: more is learnt, and the verdict says so.
#[test]
fn the_verdict_of_the_example() {
    let roster = company(40, 40, 1);
    let base = setup(&roster, Model::standard()).with_months(6);
    let plan = approved(&base);
    let monthly = Scenario::planned("monthly", base.clone(), &plan);
    let often = base.with_cadence(reverse_mentoring::cadence::Cadence::FORTNIGHTLY);
    let fortnightly = Scenario::planned("fortnightly", often, &plan);
    let trial = Trial::on(Measure::MentorLearning);
    let contrast = compare(&fortnightly, &monthly, &trial, |_, _| {
        ControlFlow::Continue(())
    });
    let said = contrast.unwrap().sentence();
    assert!(said.starts_with("`fortnightly` has "), "{said}");
}
