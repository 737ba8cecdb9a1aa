//! A second solver as judge: `ac-library-rs`, the Rust port of the AtCoder Library.
//!
//! Why this one: exact on integers of any width, so that no penalty is ever rounded; Dijkstra's algorithm on potentials
//! and Dinic's, both in use by thousands of contestants and kept by the Japanese Rust community; no dependencies of its
//! own; Rust 1.70. `pathfinding` and `microlp` need a newer compiler than this crate, `rs-graph` is under the GPL,
//! `mcmf` needs a C++ compiler, and the linear programming crates count in floats.

use ac_library::{MfGraph, MinCostFlowGraph};
use reverse_mentoring::matching::assignment::{Edge, Graph, MAX_SCORE, Objective, solve};

use super::judges::{Dice, Facts};
use super::solved_both_ways;

/// Solves for every objective and compares all criteria with what the second solver finds.
pub(crate) fn judge_by_second_solver(graph: &Graph) {
    let slope = slope(graph, 0);
    let most_pairs = *slope.last().expect("the empty plan");
    let best_score = slope.iter().max_by_key(|(pairs, points)| (*points, *pairs));
    for (objective, f) in solved_both_ways(graph) {
        let (pairs, total) = (f.pairs as i64, f.total as i64);
        match objective {
            Objective::MostPairs => assert_eq!((pairs, total), most_pairs, "{graph:?}"),
            Objective::BestScore => assert_eq!(Some(&(pairs, total)), best_score, "{graph:?}"),
            Objective::MaxMin => max_min(graph, &f, most_pairs.0),
            Objective::MostPeople => assert_eq!(f, most_people(graph, &f), "{graph:?}"),
            _ => unreachable!("an objective without a judge"),
        }
    }
}

/// No pair is lost at the lowest score of the plan, one is lost above it, and the total is the best from there on.
fn max_min(graph: &Graph, facts: &Facts, most: i64) {
    let lowest = facts.lowest as u32;
    assert_eq!(facts.pairs as i64, most, "{graph:?}");
    if most > 0 {
        assert_eq!(most_edges(graph, lowest), most, "{graph:?}");
        assert!(most_edges(graph, lowest + 1) < most, "{graph:?}");
    }
    let best = slope(graph, lowest);
    assert_eq!(best.last(), Some(&(most, facts.total as i64)), "{graph:?}");
}

/// The nodes of the flow: rows, columns, source, sink.
struct Nodes {
    rows: usize,
    source: usize,
    sink: usize,
}

impl Nodes {
    fn of(graph: &Graph) -> Self {
        let (rows, columns) = (graph.row_places().len(), graph.column_places().len());
        Self {
            rows,
            source: rows + columns,
            sink: rows + columns + 1,
        }
    }
}

/// The largest number of pairs among the edges that score at least so much.
fn most_edges(graph: &Graph, least: u32) -> i64 {
    let Nodes { rows, source, sink } = Nodes::of(graph);
    let mut flow = MfGraph::<i64>::new(sink + 1);
    for (row, &places) in graph.row_places().iter().enumerate() {
        flow.add_edge(source, row, places.into());
    }
    for (column, &places) in graph.column_places().iter().enumerate() {
        flow.add_edge(rows + column, sink, places.into());
    }
    for edge in graph.edges().filter(|edge| edge.score >= least) {
        flow.add_edge(edge.row as usize, rows + edge.column as usize, 1);
    }
    flow.flow(source, sink)
}

/// Pairs and points of the best plans by number of pairs, wherever the gain of one more pair changes.
///
/// The gain never rises, so the plan of most points is among them, and the last has most pairs.
fn slope(graph: &Graph, least: u32) -> Vec<(i64, i64)> {
    let Nodes { rows, source, sink } = Nodes::of(graph);
    let mut flow = MinCostFlowGraph::<i64>::new(sink + 1);
    for (row, &places) in graph.row_places().iter().enumerate() {
        flow.add_edge(source, row, places.into(), 0);
    }
    for (column, &places) in graph.column_places().iter().enumerate() {
        flow.add_edge(rows + column, sink, places.into(), 0);
    }
    for edge in graph.edges().filter(|edge| edge.score >= least) {
        let cost = (MAX_SCORE - edge.score).into();
        flow.add_edge(edge.row as usize, rows + edge.column as usize, 1, cost);
    }
    let slope = flow.slope(source, sink, i64::MAX);
    let points = |(pairs, cost)| (pairs, pairs * i64::from(MAX_SCORE) - cost);
    slope.into_iter().map(points).collect()
}

/// The criteria of the best plan for most people; the lowest score is none of them and taken over.
fn most_people(graph: &Graph, like: &Facts) -> Facts {
    // Decimal places that cannot reach into each other: totals below 10^14, fewer than 10^5 of the rest.
    let (pair, row, column) = (10_i128.pow(14), 10_i128.pow(19), 10_i128.pow(24));
    let highest = pair + i128::from(MAX_SCORE);
    let Nodes { rows, source, sink } = Nodes::of(graph);
    let mut flow = MinCostFlowGraph::<i128>::new(sink + 1);
    // The first pair of a member earns what the others do not, so it costs less and goes first.
    let mut member = |from, to, places: u32, worth| {
        flow.add_edge(from, to, places.min(1).into(), 0);
        flow.add_edge(from, to, places.saturating_sub(1).into(), worth);
    };
    for (at, &places) in graph.row_places().iter().enumerate() {
        member(source, at, places, row);
    }
    for (at, &places) in graph.column_places().iter().enumerate() {
        member(rows + at, sink, places, column);
    }
    for edge in graph.edges() {
        let cost = highest - pair - i128::from(edge.score);
        flow.add_edge(edge.row as usize, rows + edge.column as usize, 1, cost);
    }
    let slope = flow.slope(source, sink, i128::MAX).into_iter();
    let values = slope.map(|(pairs, cost)| pairs * (highest + row + column) - cost);
    let best = values.max().expect("the empty plan");
    let digits = |from: i128, to: i128| (best % from / to) as u64;
    Facts {
        columns: (best / column) as u64,
        rows: digits(column, row),
        pairs: digits(row, pair),
        total: digits(pair, 1),
        lowest: like.lowest,
    }
}

/// The random graph of this number: up to 60 by 60, one to three places, thin to full, ties to caps.
fn random(number: u64) -> Graph {
    let mut dice = Dice(number.wrapping_mul(0x0100_0000_01b3));
    let sizes = match number % 4 {
        0 => [1 + dice.below(12), 1 + dice.below(12)],
        1 => [1 + dice.below(60), 1 + dice.below(8)],
        2 => [1 + dice.below(8), 1 + dice.below(60)],
        _ => [1 + dice.below(60), 1 + dice.below(60)],
    };
    let places = [[1, 1], [1, 2], [1, 3], [2, 3], [3, 3]][(number / 4 % 5) as usize];
    let one_in = [1, 2, 3, 6, 15][(number / 20 % 5) as usize];
    let (low, scores) = [
        (0, 1),
        (0, 2),
        (3, 4),
        (0, 1_000),
        (0, MAX_SCORE + 1),
        (MAX_SCORE - 2, 3),
        (MAX_SCORE, 1),
    ][(number / 100 % 7) as usize];
    dice.graph_from(sizes, places, one_in, low..low + scores)
}

/// Paths that add a pair leave nobody alone who had one, so counting people first costs no pair; and by the theorem of
/// Mendelsohn and Dulmage as many rows are in use as could be if columns did not count at all.
#[test]
fn counting_people_first_loses_no_pair() {
    for number in 0..if cfg!(debug_assertions) { 60 } else { 2_000 } {
        let graph = random(number * 701 + 350);
        let turned = graph.edges().map(|edge| Edge {
            row: edge.column,
            column: edge.row,
            ..edge
        });
        let (rows, columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
        let turned = Graph::new(columns, rows, turned).unwrap();
        let facts = |graph: &Graph, objective| {
            let plan = solve(graph, objective).assignment;
            Facts::of(graph, &plan.edges).expect("a plan")
        };
        let people = facts(&graph, Objective::MostPeople);
        let other = facts(&turned, Objective::MostPeople);
        assert_eq!(
            people.pairs,
            facts(&graph, Objective::MostPairs).pairs,
            "{graph:?}"
        );
        assert_eq!(
            (people.rows, people.columns),
            (other.columns, other.rows),
            "{graph:?}"
        );
    }
}

#[test]
fn thousands_of_random_graphs_against_a_second_solver() {
    // Seven hundred different mixtures of sizes, places, density and scores.
    let count = if cfg!(debug_assertions) { 120 } else { 3_500 };
    for number in 0..count {
        judge_by_second_solver(&random(number * 701));
    }
}

#[test]
#[ignore = "a hundred thousand graphs: minutes"]
fn a_hundred_thousand_random_graphs_against_a_second_solver() {
    (0..100_000)
        .map(random)
        .for_each(|graph| judge_by_second_solver(&graph));
}
