//! What withholding costs: the shares that `src/guide/privacy.md` gives under "What it costs".

use reverse_mentoring::health::{Figure, Ledger};

use crate::world::*;

const PLACES: usize = 120;

/// So many pairings with a part of nought or one, and for each of `kinds` a breakdown of as many groups, the first of them the largest.
fn drawn(dice: &mut Dice, pairings: usize, kinds: &[usize]) -> Programme {
    let rate = 10 + dice.below(81);
    let values = (0..PLACES).map(|at| match at < pairings {
        true => (u64::from(dice.percent(rate)), 1),
        false => (0, 0),
    });
    let values = values.collect();
    let label = |dice: &mut Dice, k: usize| Some(dice.below(k).min(dice.below(k + 2)));
    let labels = kinds
        .iter()
        .map(|&k| (0..PLACES).map(|_| label(dice, k)).collect());
    let labels = labels.collect();
    Programme { values, labels }
}

fn per_cent(part: usize, whole: usize) -> usize {
    (100 * part + whole / 2) / whole
}

#[test]
fn of_one_release() {
    let world = World::of(PLACES);
    for (pairings, kinds, share) in [
        (40, &[4][..], 76),
        (40, &[6], 50),
        (40, &[6, 2, 4], 30),
        (80, &[4], 99),
        (80, &[6], 82),
        (80, &[6, 2, 4], 80),
    ] {
        let (mut five_or_more, mut published) = (0, 0);
        for seed in 0..100 {
            let programme = drawn(&mut Dice::new(seed), pairings, kinds);
            let health = programme.release(&world, 0, 5, &mut Ledger::new()).unwrap();
            let reading = health.reading("table").unwrap();
            assert!(reading.total.shown().is_some(), "{pairings} by {kinds:?}");
            for (set, figure, _) in programme.cells(reading).into_iter().flatten() {
                five_or_more += usize::from(set.count_ones() >= 5);
                published += usize::from(figure.is_some());
            }
        }
        println!("{pairings} by {kinds:?}: {published} of {five_or_more}");
        let found = per_cent(published, five_or_more);
        assert!(
            found.abs_diff(share) <= 1,
            "{pairings} by {kinds:?}: {found} %, not {share} %"
        );
    }
}

/// Of 80 pairings by four units over 24 months, in each of which one or two come and one or two go.
#[test]
fn of_many_releases() {
    let world = World::of(PLACES);
    let (mut totals, mut cells, mut all_totals, mut all_cells) = (0, 0, 0, 0);
    for seed in 0..15 {
        let mut dice = Dice::new(seed);
        let (mut programme, mut ledger) = (drawn(&mut dice, 80, &[4]), Ledger::new());
        let mut next = 80;
        for month in 0..24 {
            let health = programme.release(&world, month, 5, &mut ledger).unwrap();
            let reading = health.reading("table").unwrap();
            let fresh = |f: &Figure| f.period == health.period;
            all_totals += 1;
            totals += usize::from(reading.total.shown().is_some_and(fresh));
            for (_, figure, _) in programme.cells(reading).into_iter().flatten() {
                all_cells += 1;
                cells += usize::from(figure.as_ref().is_some_and(fresh));
            }
            for _ in 0..=dice.below(2) {
                programme.values[dice.below(80)] = (0, 0);
                programme.values[next.min(PLACES - 1)] = (dice.below(2) as u64, 1);
                next += 1;
            }
        }
    }
    println!("{totals} of {all_totals} totals afresh, {cells} of {all_cells} cells");
    // Five and three months of twelve.
    let (totals, cells) = (per_cent(totals, all_totals), per_cent(cells, all_cells));
    assert!(totals.abs_diff(42) <= 2, "{totals} % of totals");
    assert!(cells.abs_diff(25) <= 2, "{cells} % of cells");
}
