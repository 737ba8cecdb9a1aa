//! The first judge: somebody with a release who knows all but the parts, and works out the rest. Elimination in
//! whole numbers, every small set of people, bounds carried from sum to sum, and every world that fits.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use reverse_mentoring::health::{Ledger, PeriodHealth};

use crate::world::*;

/// The rank of sets as rows of noughts and ones over columns: elimination without fractions (Bareiss), in which every number is a minor.
pub(crate) fn rank(sets: &[u128], columns: &[u128]) -> usize {
    let row = |set: &u128| -> Vec<i64> {
        let inside = columns.iter().map(|column| set & column != 0);
        inside.map(i64::from).collect()
    };
    let mut rows: Vec<Vec<i64>> = sets.iter().map(row).collect();
    let times = |a: i64, b: i64| {
        a.checked_mul(b)
            .expect("a minor of noughts and ones is small")
    };
    let (mut done, mut before) = (0, 1);
    for column in 0..columns.len() {
        let Some(at) = (done..rows.len()).find(|&at| rows[at][column] != 0) else {
            continue;
        };
        rows.swap(done, at);
        let (pivots, others) = rows.split_at_mut(done + 1);
        let (pivot, lead) = (&pivots[done], pivots[done][column]);
        for row in others {
            let here = row[column];
            for (cell, above) in row.iter_mut().zip(pivot).skip(column) {
                *cell = (times(*cell, lead) - times(*above, here)) / before;
            }
        }
        (done, before) = (done + 1, lead);
    }
    done
}

/// Groups that lie in the same sets, each with those in it.
fn atoms(all: u128, sets: &[u128]) -> Vec<u128> {
    let mut atoms: BTreeMap<Vec<bool>, u128> = BTreeMap::new();
    for at in 0..128 {
        if all >> at & 1 == 1 {
            let key = sets.iter().map(|s| s >> at & 1 == 1).collect();
            *atoms.entry(key).or_default() |= 1 << at;
        }
    }
    atoms.into_values().collect()
}

/// Whether a combination of sums over these sets rests on one to `least - 1`: take them away, and a rank is lost.
pub(crate) fn rests_on_few(sets: &[u128], least: u32) -> bool {
    let all = sets.iter().fold(0, |a, b| a | b);
    let atoms = atoms(all, sets);
    let whole = rank(sets, &atoms);
    let small: Vec<u128> = atoms
        .iter()
        .copied()
        .filter(|a| a.count_ones() < least)
        .collect();
    let mut open = vec![(0u128, 0usize)];
    while let Some((without, from)) = open.pop() {
        if without != 0 {
            let left: Vec<u128> = atoms.iter().copied().filter(|a| a & without == 0).collect();
            if rank(sets, &left) < whole {
                return true;
            }
        }
        for (at, atom) in small.iter().enumerate().skip(from) {
            if (without | atom).count_ones() < least {
                open.push((without | atom, at + 1));
            }
        }
    }
    false
}

/// The lowest and highest that carrying bounds from sum to sum leaves of each group, then of the hidden set.
fn carried(caps: &[u64], groups: &[u128], sums: &[(u128, u64)], hidden: u128) -> (u64, u64) {
    let mut bounds: Vec<(u64, u64)> = caps.iter().map(|&cap| (0, cap)).collect();
    let inside = |set: u128| (0..groups.len()).filter(move |&g| groups[g] & set != 0);
    loop {
        let before = bounds.clone();
        for (set, part) in sums {
            for g in inside(*set) {
                let others = inside(*set).filter(|&o| o != g);
                let (low, high) =
                    others.fold((0, 0), |(l, h), o| (l + bounds[o].0, h + bounds[o].1));
                bounds[g].0 = bounds[g].0.max(part.saturating_sub(high));
                bounds[g].1 = bounds[g].1.min(part - low);
            }
        }
        if bounds == before {
            break;
        }
    }
    let mut low: u64 = inside(hidden).map(|g| bounds[g].0).sum();
    let mut high: u64 = inside(hidden).map(|g| bounds[g].1).sum();
    for (set, part) in sums {
        let others: u64 = inside(set & !hidden).map(|g| bounds[g].1).sum();
        let outside: u64 = inside(hidden & !set).map(|g| bounds[g].1).sum();
        low = low.max(part.saturating_sub(others));
        high = high.min(part + outside);
    }
    (low, high)
}

/// Every part of the hidden set in any world that fits, as bits; `None` where there are too many worlds to go through.
fn every_world(caps: &[u64], groups: &[u128], sums: &[(u128, u64)], hidden: u128) -> Option<u128> {
    let mut left: Vec<u64> = sums
        .iter()
        .map(|(set, _)| capacity(caps, groups, *set))
        .collect();
    let mut states: HashMap<Vec<u64>, u128> = HashMap::from([(vec![0; sums.len()], 1)]);
    for (group, cap) in groups.iter().zip(caps) {
        for (at, (set, _)) in sums.iter().enumerate() {
            left[at] -= if set & group != 0 { *cap } else { 0 };
        }
        let mut next: HashMap<Vec<u64>, u128> = HashMap::new();
        for (state, seen) in states {
            for value in 0..=*cap {
                let mut state = state.clone();
                let mut fits = true;
                for (at, (set, part)) in sums.iter().enumerate() {
                    if set & group != 0 {
                        state[at] += value;
                    }
                    fits &= state[at] <= *part && state[at] + left[at] >= *part;
                }
                if fits {
                    let by = if hidden & group != 0 { value } else { 0 };
                    *next.entry(state).or_default() |= seen << by;
                }
            }
        }
        if next.len() > 4000 {
            return None;
        }
        states = next;
    }
    let end: Vec<u64> = sums.iter().map(|(_, part)| *part).collect();
    Some(states[&end])
}

fn capacity(caps: &[u64], groups: &[u128], set: u128) -> u64 {
    let inside = groups.iter().zip(caps).filter(|(g, _)| *g & set != 0);
    inside.map(|(_, cap)| cap).sum()
}

/// What an attack has seen.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) totals: usize,
    pub(crate) totals_shown: usize,
    /// Cells of the threshold or more.
    pub(crate) cells: usize,
    pub(crate) cells_shown: usize,
    pub(crate) hidden: usize,
    /// Hidden cells of which every world was gone through.
    pub(crate) exhausted: usize,
}

/// Attacks one release, the first of its programme.
pub(crate) fn attack(programme: &Programme, health: &PeriodHealth, least: u32, seen: &mut Seen) {
    let reading = health.reading("table").unwrap();
    let all = programme.members(|_| true);
    let total = reading
        .total
        .shown()
        .filter(|f| f.ratio.whole() > 0)
        .map(|_| all);
    let cells = programme.cells(reading);
    let mut sums: Vec<(u128, u64)> = Vec::new();
    let mut hidden: Vec<u128> = Vec::new();
    let mut say = |set: u128, figure: &reverse_mentoring::health::Figure| {
        let true_sum = programme.sum(set);
        assert_eq!((figure.ratio.part(), figure.ratio.whole()), true_sum);
        assert!(set.count_ones() >= least, "{set:b}");
        sums.push((set, true_sum.0));
    };
    if let (Some(set), Some(figure)) = (total, reading.total.shown()) {
        say(set, figure);
    }
    for breakdown in &cells {
        let withheld = breakdown
            .iter()
            .filter(|(_, f, l)| f.is_none() && l.is_some())
            .count();
        let listed = breakdown
            .iter()
            .filter(|(set, _, l)| l.is_some() || *set != 0)
            .count();
        let unlabelled = listed > breakdown.iter().filter(|(_, _, l)| l.is_some()).count();
        assert!(
            withheld != 1 || unlabelled || listed == 1,
            "one alone: {programme:?}"
        );
        for (set, figure, l) in breakdown {
            seen.cells += usize::from(set.count_ones() >= least && l.is_some());
            seen.cells_shown += usize::from(figure.is_some());
            match figure {
                Some(figure) => {
                    assert!(all.count_ones() >= 10, "cells under ten");
                    say(*set, figure);
                }
                // A whole of nought is a part of nought; all is the total.
                None if *set != 0 && *set != all => hidden.push(*set),
                None => {}
            }
        }
    }
    seen.totals += usize::from(all.count_ones() >= least);
    seen.totals_shown += usize::from(total.is_some());

    let published: Vec<u128> = sums.iter().map(|(set, _)| *set).collect();
    assert!(
        !rests_on_few(&published, least),
        "on few: {programme:?} {health}"
    );
    // What is left of a total is a sum, too.
    if let Some(all) = total {
        for breakdown in &cells {
            let shown = breakdown.iter().filter(|(_, f, _)| f.is_some());
            let rest = shown.fold(all, |rest, (set, _, _)| rest & !set);
            if rest != 0 {
                sums.push((rest, programme.sum(rest).0));
            }
        }
    }
    let labelled: Vec<u128> = cells.iter().flatten().map(|(set, _, _)| *set).collect();
    let groups = atoms(all, &labelled);
    let caps: Vec<u64> = groups.iter().map(|g| programme.sum(*g).1).collect();
    let known = rank(&published, &groups);
    for cell in hidden {
        let mut with = published.clone();
        with.push(cell);
        assert!(
            rank(&with, &groups) > known,
            "computed: {cell:b} {programme:?} {health}"
        );
        let inside = capacity(&caps, &groups, cell);
        let before = match total {
            Some(all) => {
                let (part, whole) = programme.sum(all);
                part.min(inside) - part.saturating_sub(whole - inside)
            }
            None => inside,
        };
        let need = before.min(u64::from(least) - 1).max(1);
        let (low, high) = carried(&caps, &groups, &sums, cell);
        assert!(
            high - low >= need,
            "bounds {low} to {high} of {cell:b}: {programme:?} {health}"
        );
        seen.hidden += 1;
        if let Some(worlds) = every_world(&caps, &groups, &sums, cell) {
            seen.exhausted += 1;
            let (low, high) = (worlds.trailing_zeros(), 127 - worlds.leading_zeros());
            assert!(
                u64::from(high - low) >= need,
                "worlds {low} to {high} of {cell:b}: {programme:?} {health}"
            );
            assert!(
                worlds >> (programme.sum(cell).0) & 1 == 1,
                "the attack is wrong"
            );
        }
    }
}

/// A programme of up to 40 pairings with one to three breakdowns, often alike.
pub(crate) fn random(dice: &mut Dice) -> Programme {
    let n = 4 + dice.below(37);
    let rate = dice.one_of(&[0, 3, 10, 30, 50, 80, 95, 100]);
    let most = dice.one_of(&[1, 1, 3]);
    let values = (0..n).map(|_| {
        let whole = if dice.percent(4) {
            0
        } else {
            1 + dice.below(most)
        };
        let part = (0..whole).filter(|_| dice.percent(rate)).count();
        (part as u64, whole as u64)
    });
    let values = values.collect();
    let mut labels: Vec<Vec<Option<usize>>> = Vec::new();
    for _ in 0..=dice.below(3) {
        let (kinds, skew) = (1 + dice.below(5), dice.below(3));
        let alike = dice.one_of(&[0, 0, 60, 90, 97]);
        let missing = dice.one_of(&[0, 0, 0, 5]);
        let row = (0..n).map(|at| {
            let drawn = (0..=skew).map(|_| dice.below(kinds)).min().unwrap();
            let before = labels
                .last()
                .and_then(|l| l[at])
                .filter(|_| dice.percent(alike));
            (!dice.percent(missing)).then_some(before.map_or(drawn, |b| b % 6))
        });
        let row = row.collect();
        labels.push(row);
    }
    Programme { values, labels }
}

pub(crate) fn attack_many(seeds: Range<u64>) -> Seen {
    let world = World::of(40);
    let mut seen = Seen::default();
    for seed in seeds {
        let mut dice = Dice::new(seed);
        let least = dice.one_of(&[5, 5, 5, 3, 4, 6]) as u32;
        let programme = random(&mut dice);
        let health = programme
            .release(&world, 0, least, &mut Ledger::new())
            .unwrap();
        attack(&programme, &health, least, &mut seen);
    }
    seen
}
