//! Every graph up to four by four: no pair or one that scores 0, 1 or 2 in each cell, one or two places for everybody.
//!
//! Graphs that differ only in the order of rows and columns are the same graph, so one of each kind is enough; which
//! order the solver sees is drawn. The judge is a table over the rows that knows no graph algorithm: the best value for
//! each number of places that the columns have given away, for all vectors of places at once.

use std::collections::BTreeSet;

use reverse_mentoring::matching::assignment::{Edge, Graph, Objective};

use super::judges::Dice;
use super::shard::Shard;
use super::{solved, solved_both_ways};

/// A cell: 0 for no pair, else one more than its score.
const SYMBOLS: u32 = 4;
/// A value that no plan reaches: it marks what cannot be.
const NEVER: i32 = -1;
/// Values are digits of this base: at most 8 pairs and a total of 16.
const BASE: i32 = 64;

fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for next in 0..count {
        let longer = |shorter: Vec<usize>| {
            (0..=next).map(move |at| {
                let mut longer = shorter.clone();
                longer.insert(at, next);
                longer
            })
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

/// Calls `visit` with one of each kind of matrix of this size, in a fixed order: the one whose sorted rows, as numbers,
/// come first among all orders of its columns.
fn each_kind(rows: usize, columns: usize, mut visit: impl FnMut(u64, &[u32])) {
    let kinds = SYMBOLS.pow(columns as u32);
    // What becomes of each row when the columns change places.
    let moved = permutations(columns).into_iter().map(|order| {
        let row = |row: u32| {
            let cell = |to: &usize| row / SYMBOLS.pow(*to as u32) % SYMBOLS;
            order
                .iter()
                .rev()
                .fold(0, |sum, to| sum * SYMBOLS + cell(to))
        };
        (0..kinds).map(row).collect::<Vec<u32>>()
    });
    let moved: Vec<Vec<u32>> = moved.collect();
    let mut matrix = vec![0_u32; rows];
    let mut other = matrix.clone();
    let mut number = 0;
    loop {
        let first = moved.iter().all(|moved| {
            for (other, row) in other.iter_mut().zip(&matrix) {
                *other = moved[*row as usize];
            }
            other.sort_unstable();
            matrix <= other
        });
        if first {
            visit(number, &matrix);
            number += 1;
        }
        // The next sequence of rows that does not fall.
        let Some(at) = matrix.iter().rposition(|row| row + 1 < kinds) else {
            return;
        };
        let next = matrix[at] + 1;
        matrix[at..].fill(next);
    }
}

/// How many kinds there are, by the lemma that is not Burnside's.
fn kinds(rows: usize, columns: usize) -> u64 {
    let lengths = |order: &Vec<usize>| {
        let mut seen = BTreeSet::new();
        let cycle = |&start: &usize| {
            let mut at = start;
            let mut length = 0_u32;
            while seen.insert(at) {
                at = order[at];
                length += 1;
            }
            length
        };
        let starts: Vec<usize> = (0..order.len()).collect();
        let lengths = starts.iter().map(cycle).filter(|length| *length > 0);
        lengths.collect::<Vec<u32>>()
    };
    let divisor = |mut a: u32, mut b: u32| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let (mut fixed, mut orders) = (0_u64, 0);
    for of_rows in permutations(rows).iter().map(lengths) {
        for of_columns in permutations(columns).iter().map(lengths) {
            let pairs = of_rows
                .iter()
                .flat_map(|a| of_columns.iter().map(|b| divisor(*a, *b)));
            fixed += u64::from(SYMBOLS).pow(pairs.sum());
            orders += 1;
        }
    }
    fixed / orders
}

/// The best values for one vector of row places, by the places that each column has given away.
#[derive(Clone)]
struct Table {
    /// At index Σ given(column) · 3^column.
    best: Vec<Best>,
}

/// Most-pairs among the edges that score at least 0, 1 and 2; best-score; most-people but for the columns.
#[derive(Clone, Copy)]
struct Best {
    pairs: [i32; 3],
    score: i32,
    people: i32,
}

impl Best {
    const NEVER: Self = Self {
        pairs: [NEVER; 3],
        score: NEVER,
        people: NEVER,
    };

    fn raise(&mut self, from: &Self, gain: &Self) {
        let raise = |to: &mut i32, from: i32, gain: i32| {
            if from != NEVER && gain != NEVER {
                *to = (*to).max(from + gain);
            }
        };
        for least in 0..3 {
            raise(&mut self.pairs[least], from.pairs[least], gain.pairs[least]);
        }
        raise(&mut self.score, from.score, gain.score);
        raise(&mut self.people, from.people, gain.people);
    }
}

/// What a row may take: how many pairs, the step in the index of a table, and what it gains.
struct Choice {
    taken: Vec<usize>,
    step: usize,
    gain: Best,
}

fn choices(row: u32, columns: usize) -> Vec<Choice> {
    let cell = |column: usize| row / SYMBOLS.pow(column as u32) % SYMBOLS;
    let mut all = Vec::new();
    for set in 0..1_u32 << columns {
        let taken: Vec<usize> = (0..columns)
            .filter(|column| set >> column & 1 == 1)
            .collect();
        let scores: Vec<i32> = taken
            .iter()
            .map(|&column| cell(column) as i32 - 1)
            .collect();
        if taken.len() > 2 || scores.contains(&-1) {
            continue;
        }
        let (pairs, total) = (taken.len() as i32, scores.iter().sum::<i32>());
        let lowest = scores.iter().min().copied().unwrap_or(i32::MAX);
        let plain = pairs * BASE + total;
        all.push(Choice {
            step: taken.iter().map(|&column| 3_usize.pow(column as u32)).sum(),
            gain: Best {
                pairs: [0, 1, 2].map(|least| if lowest >= least { plain } else { NEVER }),
                score: total * BASE + pairs,
                people: i32::from(pairs > 0) * BASE * BASE + plain,
            },
            taken,
        });
    }
    all
}

impl Table {
    fn empty(columns: usize) -> Self {
        let mut best = vec![Best::NEVER; 3_usize.pow(columns as u32)];
        best[0] = Best {
            pairs: [0; 3],
            score: 0,
            people: 0,
        };
        Self { best }
    }

    /// After one more row, with so many places.
    fn with(&self, choices: &[Choice], places: usize) -> Self {
        let mut next = Self {
            best: vec![Best::NEVER; self.best.len()],
        };
        for (given, from) in self
            .best
            .iter()
            .enumerate()
            .filter(|(_, b)| b.score != NEVER)
        {
            for choice in choices.iter().filter(|choice| choice.taken.len() <= places) {
                let full = |column: &usize| given / 3_usize.pow(*column as u32) % 3 == 2;
                if !choice.taken.iter().any(full) {
                    next.best[given + choice.step].raise(from, &choice.gain);
                }
            }
        }
        next
    }

    /// The criteria of each objective, in the order of `Objective::ALL`, where column c has two places if bit c is set.
    fn criteria(&self, columns: usize, two: u32) -> [Vec<u64>; 4] {
        let mut most = [0; 3];
        let (mut score, mut people) = (0, 0);
        for (given, best) in self.best.iter().enumerate() {
            let given = |column: usize| given / 3_usize.pow(column as u32) % 3;
            if (0..columns).any(|column| given(column) == 2 && two >> column & 1 == 0) {
                continue;
            }
            for (most, pairs) in most.iter_mut().zip(best.pairs) {
                *most = pairs.max(*most);
            }
            score = best.score.max(score);
            if best.people != NEVER {
                let used = (0..columns).filter(|column| given(*column) > 0).count() as i32;
                people = (used * BASE.pow(3) + best.people).max(people);
            }
        }
        let digits = |value: i32, count: u32| -> Vec<u64> {
            let digit = |place| (value / BASE.pow(place) % BASE) as u64;
            (0..count).rev().map(digit).collect()
        };
        // The highest score that can be demanded of every pair without losing one.
        let least = (0..3).rfind(|&least| most[least] / BASE == most[0] / BASE);
        let least = least.filter(|_| most[0] > 0).unwrap_or(0);
        let [pairs, total] = [0, 1].map(|digit| digits(most[least], 2)[digit]);
        [
            digits(most[0], 2),
            digits(score, 2),
            vec![pairs, least as u64, total],
            digits(people, 4),
        ]
    }
}

/// Solves this matrix with every vector of places; returns how many graphs these are.
fn judge(matrix: &[u32], columns: usize, dice: &mut Dice) -> u64 {
    let rows = matrix.len();
    let mut tables = vec![Table::empty(columns)];
    for &row in matrix {
        let choices = choices(row, columns);
        let places = |table: &Table| [1, 2].map(|places| table.with(&choices, places));
        tables = tables.iter().flat_map(places).collect();
    }
    let mut order = |count: u32| -> Vec<u32> {
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_by_cached_key(|_| dice.below(u32::MAX));
        order
    };
    let (row_at, column_at) = (order(rows as u32), order(columns as u32));
    let mut judged = 0;
    // The first row decides the highest bit of a table's index.
    for (index, table) in tables.iter().enumerate() {
        for two in 0..1_u32 << columns {
            let mut row_places = vec![0; rows];
            let mut column_places = vec![0; columns];
            let mut edges = Vec::with_capacity(rows * columns);
            for (row, cells) in matrix.iter().enumerate() {
                let to = row_at[row];
                row_places[to as usize] = 1 + (index >> (rows - 1 - row) & 1) as u32;
                for (column, &at) in column_at.iter().enumerate() {
                    column_places[at as usize] = 1 + (two >> column & 1);
                    let cell = cells / SYMBOLS.pow(column as u32) % SYMBOLS;
                    let score = cell.wrapping_sub(1);
                    edges.push((to, at, score));
                }
            }
            let edges = edges.into_iter().filter(|edge| edge.2 != u32::MAX);
            let edges = edges.map(|(row, column, score)| Edge { row, column, score });
            let graph = Graph::new(row_places, column_places, edges).expect("a sound graph");
            let expected = table.criteria(columns, two);
            let solved = if judged % 8 == 0 {
                solved_both_ways(&graph)
            } else {
                solved(&graph)
            };
            for ((objective, facts), expected) in solved.into_iter().zip(expected) {
                let criteria = facts.criteria(objective).into_iter();
                assert!(
                    criteria
                        .map(|(_, value)| value)
                        .eq(expected.iter().copied()),
                    "{objective}: {facts:?}, but {expected:?} is the best of {graph:?}"
                );
            }
            judged += 1;
        }
    }
    judged
}

/// Judges every graph of this size that falls into the shard.
fn judge_all(rows: usize, columns: usize, shard: Shard) {
    let mut dice = Dice((rows * 10 + columns) as u64);
    let (mut matrices, mut judged, mut graphs) = (0, 0_u64, 0_u64);
    each_kind(rows, columns, |number, matrix| {
        matrices += 1;
        if shard.has(number) {
            judged += 1;
            graphs += judge(matrix, columns, &mut dice);
        }
    });
    assert_eq!(matrices, kinds(rows, columns), "{rows} x {columns}");
    println!("{rows} x {columns}: {judged} of {matrices} matrices, {graphs} graphs ({shard})");
}

#[test]
fn there_is_one_of_each_kind() {
    // Counted by hand: a cell has four kinds, two cells side by side are ten, and so on.
    assert_eq!(
        [kinds(1, 1), kinds(1, 2), kinds(2, 1), kinds(1, 3)],
        [4, 10, 10, 20]
    );
    assert_eq!(kinds(4, 4), 7_880_456);
    let mut seen = BTreeSet::new();
    each_kind(2, 3, |_, matrix| {
        assert!(seen.insert(matrix.to_vec()));
    });
    assert_eq!(seen.len() as u64, kinds(2, 3));
}

#[test]
fn objectives_stand_in_the_order_of_the_judge() {
    let order = [
        Objective::MostPairs,
        Objective::BestScore,
        Objective::MaxMin,
        Objective::MostPeople,
    ];
    assert_eq!(Objective::ALL, order);
}

#[test]
fn every_graph_below_three_by_four() {
    for (rows, columns) in [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
        (1, 3),
        (3, 1),
        (1, 4),
        (4, 1),
    ] {
        judge_all(rows, columns, Shard::ALL);
    }
    // Slow without optimisation, where a part must do.
    let shard = Shard::ALL.thinned(if cfg!(debug_assertions) { 60 } else { 1 });
    for (rows, columns) in [(2, 3), (3, 2), (2, 4), (4, 2), (3, 3)] {
        judge_all(rows, columns, shard);
    }
}

#[test]
#[ignore = "thirty million graphs: minutes"]
fn every_graph_of_three_by_four_and_four_by_three() {
    judge_all(3, 4, Shard::ALL);
    judge_all(4, 3, Shard::ALL);
}

#[test]
#[ignore = "two thousand million graphs, hours: ASSIGNMENT_SHARD=i/n takes the i-th of n parts, counted from 0"]
fn every_graph_of_four_by_four() {
    judge_all(4, 4, Shard::from_environment());
}
