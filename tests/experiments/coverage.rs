//! How often the interval of a comparison holds the truth, which is worked out by hand: of pairs of whom both accept by a
//! chance of p each, p² are matched, so that two programmes differ by p² less q², whatever their draws have in common.

use std::ops::ControlFlow;

use reverse_mentoring::simulation::experiment::{Scenario, Trial, Verdict, compare};
use reverse_mentoring::simulation::{Measure, Parameter as P};

use crate::company::*;

/// Seeds of which the interval held the truth, and those whose verdict was of the wrong sign, or alike where they are not.
#[derive(Debug, Default, PartialEq, Eq)]
struct Held {
    seeds: u64,
    held: u64,
    wrong: u64,
    replicates: u64,
}

impl Held {
    fn percent(&self) -> u64 {
        100 * self.held / self.seeds
    }
}

fn held(pairs: usize, accept: [u32; 2], margin: u16, most: u64, seeds: u64) -> Held {
    let roster = company(pairs, pairs, 1);
    let [p, q] = accept.map(i64::from);
    let truth = p * p - q * q;
    let mut counted = Held::default();
    for seed in 0..seeds {
        let base = setup(&roster, with(still(), &[(P::Accept, accept[0])]))
            .with_months(1)
            .with_seed(seed, 0);
        let plan = approved(&base);
        let a = Scenario::planned("a", base, &plan);
        let b = a
            .clone()
            .with_model("b", with(still(), &[(P::Accept, accept[1])]));
        let trial = Trial::on(Measure::Matched).margin(margin).at_most(most);
        let contrast = compare(&a, &b, &trial, |_, _| ControlFlow::Continue(())).unwrap();
        let found = contrast.difference().unwrap();
        counted.seeds += 1;
        counted.replicates += contrast.replicates;
        counted.held += u64::from(found.low <= truth && truth <= found.high);
        counted.wrong += u64::from(match contrast.verdict {
            Verdict::Higher => truth <= 0,
            Verdict::Lower => truth >= 0,
            Verdict::Alike => truth.abs() >= 1000 * i64::from(margin),
            _ => false,
        });
    }
    counted
}

#[test]
fn intervals_of_tiny_companies_hold_the_truth() {
    // Rare differences, of one pair: after sixteen years most trials have seen none.
    for (pairs, accept) in [(1, [1000, 990]), (1, [960, 990]), (2, [1000, 985])] {
        let found = held(pairs, accept, 5, 64, 12);
        assert!(
            found.percent() >= 95 && found.wrong == 0,
            "{pairs} {accept:?} {found:?}"
        );
    }
}

/// Of a thousand seeds 950 would do; what one in a thousand such runs falls short of is 928.
#[test]
#[ignore = "thousands of trials of up to 4,096 years: `cargo test --release -- --ignored`, some minutes"]
fn intervals_hold_the_truth_for_nineteen_seeds_of_twenty() {
    for pairs in [1, 2, 4, 8] {
        for accept in [[1000, 990], [1000, 999], [960, 990], [500, 510], [900, 700]] {
            let found = held(pairs, accept, 5, 4096, 200);
            println!(
                "{pairs} pairs, {accept:?}: {} % of {found:?}",
                found.percent()
            );
            if std::env::var_os("BEFORE").is_some() {
                continue;
            }
            assert!(found.percent() >= 93, "{pairs} {accept:?} {found:?}");
            assert!(
                found.wrong * 20 <= found.seeds,
                "{pairs} {accept:?} {found:?}"
            );
        }
    }
}

/// Where two programmes differ in their draws and in nothing else, seldom is there said to be a difference: mentees accept more for a
/// sponsor's example and everybody less, so that 900 · 900 stands against 810 · 1000.
#[test]
fn a_trial_seldom_finds_what_is_not_there() {
    let roster = company(6, 6, 1);
    let (mut found, mut differing) = (0, 0);
    let (seeds, most) = if cfg!(debug_assertions) {
        (20, 64)
    } else {
        (200, 256)
    };
    for seed in 0..seeds {
        let model = with(still(), &[(P::Accept, 900)]);
        let base = setup(&roster, model).with_months(1).with_seed(seed, 0);
        let plan = approved(&base);
        let a = Scenario::planned("a", base, &plan);
        let example = with(still(), &[(P::Accept, 810), (P::SponsorExample, 190)]);
        let b = a.clone().with_model("b", example);
        let trial = Trial::on(Measure::Matched).margin(0).at_most(most);
        let contrast = compare(&a, &b, &trial, |_, _| ControlFlow::Continue(())).unwrap();
        found += u32::from(contrast.verdict != Verdict::CannotTell);
        differing += contrast.difference().unwrap().differing;
    }
    assert!(differing > 20 * seeds, "{differing}");
    // Of 200, with one in twenty, nineteen or more come up in one of a hundred runs; the seeds are fixed.
    assert!(found <= if seeds == 200 { 18 } else { 4 }, "{found}");
}
