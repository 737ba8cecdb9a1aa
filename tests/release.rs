//! Releases: by hand, and attacked.

mod support;

#[path = "release/attack.rs"]
mod attack;
#[path = "release/by_hand.rs"]
mod by_hand;
#[path = "release/periods.rs"]
mod periods;
#[path = "release/world.rs"]
mod world;

use std::ops::Range;

use attack::{Seen, attack_many};
use periods::follow_many;

#[test]
fn no_hidden_cell_is_computed_or_confined() {
    let seen = attack_many(0..1_500);
    println!("{seen:?}");
    assert!(
        seen.cells_shown > 1000 && seen.hidden > 2000 && seen.exhausted > 1000,
        "{seen:?}"
    );
}

/// So many programmes as `RELEASE_PROGRAMMES` says, or `all`, from the one that `RELEASE_FROM` names: parts can run beside each other.
fn asked(all: u64) -> Range<u64> {
    let number = |name| {
        let value = std::env::var(name).ok()?;
        Some(value.parse::<u64>().expect(name))
    };
    let from = number("RELEASE_FROM").unwrap_or(0);
    from..from + number("RELEASE_PROGRAMMES").unwrap_or(all)
}

#[test]
#[ignore = "a minute"]
fn no_hidden_cell_of_200_000_programmes_is_computed_or_confined() {
    println!("{:?}", attack_many(asked(200_000)));
}

#[test]
fn two_releases_cannot_be_subtracted() {
    let seen = follow_many(0..20);
    println!("{seen:?}");
    assert!(seen.afresh > 300 && seen.repeated > 500, "{seen:?}");
}

/// Programmes of 24 releases each.
#[test]
#[ignore = "half an hour, unless RELEASE_PROGRAMMES says how many"]
fn of_100_000_programmes_two_releases_cannot_be_subtracted() {
    println!("{:?}", follow_many(asked(100_000)));
}

/// The shares that `src/guide/privacy.md` gives.
#[test]
#[ignore = "a measurement"]
fn what_it_costs() {
    let world = world::World::of(120);
    let drawn = |dice: &mut world::Dice, n: usize, kinds: &[usize]| {
        let rate = 10 + dice.below(81);
        let value = |dice: &mut world::Dice| (u64::from(dice.percent(rate)), 1);
        let values = (0..120)
            .map(|at| if at < n { value(dice) } else { (0, 0) })
            .collect();
        let label = |dice: &mut world::Dice, k: usize| Some(dice.below(k).min(dice.below(k + 2)));
        let labels = kinds
            .iter()
            .map(|&k| (0..120).map(|_| label(dice, k)).collect());
        world::Programme {
            values,
            labels: labels.collect(),
        }
    };
    for n in [20, 40, 80, 120] {
        for kinds in [&[4][..], &[6], &[4, 2], &[6, 2], &[6, 2, 4]] {
            let mut seen = Seen::default();
            let mut all = 0;
            for seed in 0..100 {
                let mut dice = world::Dice::new(seed);
                let programme = drawn(&mut dice, n, kinds);
                let health = programme
                    .release(&world, 0, 5, &mut Default::default())
                    .unwrap();
                let reading = health.reading("table").unwrap();
                seen.totals_shown += usize::from(reading.total.shown().is_some());
                for (set, figure, _) in programme.cells(reading).into_iter().flatten() {
                    all += usize::from(set != 0);
                    seen.cells += usize::from(set.count_ones() >= 5);
                    seen.cells_shown += usize::from(figure.is_some());
                }
            }
            println!(
                "{n} pairings by {kinds:?}: of {all} cells {} of five or more, {} published; {} of 100 totals",
                seen.cells, seen.cells_shown, seen.totals_shown
            );
        }
    }
    for (n, kinds) in [(40, &[][..]), (80, &[]), (80, &[4]), (80, &[4, 2])] {
        let (mut totals, mut cells, mut all) = (0, 0, 0);
        for seed in 0..15 {
            let mut dice = world::Dice::new(seed);
            let (mut programme, mut ledger) = (drawn(&mut dice, n, kinds), Default::default());
            let mut next = n;
            for month in 0..24 {
                let health = programme.release(&world, month, 5, &mut ledger).unwrap();
                let reading = health.reading("table").unwrap();
                let fresh = |f: &reverse_mentoring::health::Figure| f.period == health.period;
                totals += usize::from(reading.total.shown().is_some_and(fresh));
                for (_, figure, _) in programme.cells(reading).into_iter().flatten() {
                    all += 1;
                    cells += usize::from(figure.as_ref().is_some_and(fresh));
                }
                // One or two come, and one or two go.
                for _ in 0..=dice.below(2) {
                    programme.values[dice.below(n)] = (0, 0);
                    programme.values[next.min(119)] = (dice.below(2) as u64, 1);
                    next += 1;
                }
            }
        }
        println!(
            "{n} pairings by {kinds:?}: {totals} of 360 totals afresh, {cells} of {all} cells"
        );
    }
}
