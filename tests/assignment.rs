//! The exact solver before its judges: every plan of small graphs, a second solver for larger ones, and liars.

use proptest::prelude::*;
use reverse_mentoring::matching::assignment::{
    Edge, Graph, MAX_SCORE, Objective, greedy, solve, verify,
};

#[path = "assignment/adversaries.rs"]
mod adversaries;
#[path = "assignment/damage.rs"]
mod damage;
#[path = "assignment/damaged.rs"]
mod damaged;
#[path = "assignment/every_small.rs"]
mod every_small;
#[path = "assignment/hard_cases.rs"]
mod hard_cases;
#[path = "assignment/instances.rs"]
mod instances;
#[path = "assignment/judges.rs"]
mod judges;
#[path = "assignment/order.rs"]
mod order;
#[path = "assignment/plain.rs"]
mod plain;
#[path = "assignment/refusals.rs"]
mod refusals;
#[path = "assignment/second_solver.rs"]
mod second_solver;
#[path = "assignment/shard.rs"]
mod shard;
#[path = "assignment/solver.rs"]
mod solver;
#[path = "assignment/wide.rs"]
mod wide;

use judges::{Dice, Facts, all_plans, as_matrix, best_of, flow_value};

fn graph(rows: &[u32], columns: &[u32], edges: &[(u32, u32, u32)]) -> Graph {
    let edges = edges.iter();
    let edges = edges.map(|&(row, column, score)| Edge { row, column, score });
    Graph::new(rows.to_vec(), columns.to_vec(), edges).unwrap()
}

/// Solves for every objective; the plan must be one, and its certificate must prove it, tightly.
fn solved(graph: &Graph) -> Vec<(Objective, Facts)> {
    let each = Objective::ALL.into_iter().map(|objective| {
        let best = solve(graph, objective);
        let plan = &best.assignment;
        let facts = Facts::of(graph, &plan.edges)
            .unwrap_or_else(|| panic!("no plan: {plan:?} for {objective} of {graph:?}"));
        let verified = verify(graph, objective, plan, &best.certificate)
            .unwrap_or_else(|flaw| panic!("{flaw}: {best:?} for {objective} of {graph:?}"));
        assert!(verified.proven, "{best:?} for {objective} of {graph:?}");
        assert_eq!(
            (verified.pairs_bound, verified.score_bound),
            (facts.pairs, facts.total),
            "{best:?} for {objective} of {graph:?}"
        );
        (objective, facts)
    });
    each.collect()
}

/// The same of a list and of a matrix, which must not differ in what is compared.
fn solved_both_ways(graph: &Graph) -> Vec<(Objective, Facts)> {
    let list = solved(graph);
    for ((objective, list), (_, matrix)) in list.iter().zip(solved(&as_matrix(graph))) {
        assert_eq!(
            list.criteria(*objective),
            matrix.criteria(*objective),
            "{graph:?}"
        );
    }
    list
}

fn judge_by_all_plans(graph: &Graph) {
    let plans = all_plans(graph);
    for (objective, facts) in solved_both_ways(graph) {
        let best = best_of(&plans, objective);
        assert_eq!(
            facts.criteria(objective),
            best.criteria(objective),
            "{objective} of {graph:?}"
        );
    }
    let greedy = greedy(graph);
    let facts = Facts::of(graph, &greedy.edges).expect("a plan");
    assert_eq!(facts.total, greedy.total);
    for extra in 0..graph.len() as u32 {
        let longer = [&greedy.edges[..], &[extra]].concat();
        assert_eq!(Facts::of(graph, &longer), None, "greedy is maximal");
    }
}

fn judge_by_flow(graph: &Graph) {
    // Four criteria that cannot reach into each other: fewer than 10^5 pairs, totals below 10^14.
    let (small, large) = (100_000, 100_000_000_000_000);
    let (column, row) = (small * small * large, small * large);
    for (objective, f) in solved_both_ways(graph) {
        let [pairs, total] = [f.pairs, f.total].map(i128::from);
        let [rows, columns] = [f.rows, f.columns].map(i128::from);
        let (mine, judge) = match objective {
            Objective::BestScore => (total * small + pairs, flow_value(graph, 1, small, 0, 0)),
            Objective::MostPeople => (
                columns * column + rows * row + pairs * large + total,
                flow_value(graph, large, 1, row, column),
            ),
            Objective::MostPairs => (pairs * large + total, flow_value(graph, large, 1, 0, 0)),
            _ => {
                let kept = |score| {
                    let edges = graph.edges().filter(|edge| edge.score >= score);
                    let (rows, columns) = (graph.row_places(), graph.column_places());
                    Graph::new(rows.to_vec(), columns.to_vec(), edges).unwrap()
                };
                let lowest = f.lowest as u32;
                let above = flow_value(&kept(lowest + 1), 1, 0, 0, 0);
                assert!(pairs == 0 || above < pairs, "{graph:?}");
                assert_eq!(pairs, flow_value(graph, 1, 0, 0, 0), "{graph:?}");
                (
                    pairs * large + total,
                    flow_value(&kept(lowest), large, 1, 0, 0),
                )
            }
        };
        assert_eq!(mine, judge, "{objective} of {graph:?}");
    }
}

/// Every graph of this size by number: the score of each pair, where `scores` means none, then one or two places.
fn numbered(rows: u32, columns: u32, scores: u32, mut number: u64) -> Graph {
    let mut digit = |base: u32| {
        let digit = (number % u64::from(base)) as u32;
        number /= u64::from(base);
        digit
    };
    let row_places: Vec<u32> = (0..rows).map(|_| 1 + digit(2)).collect();
    let column_places: Vec<u32> = (0..columns).map(|_| 1 + digit(2)).collect();
    let mut edges = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let score = digit(scores + 1);
            if score < scores {
                edges.push((row, column, score));
            }
        }
    }
    graph(&row_places, &column_places, &edges)
}

fn count(rows: u32, columns: u32, scores: u32) -> u64 {
    u64::from(scores + 1).pow(rows * columns) << (rows + columns)
}

#[test]
fn every_graph_below_three_by_three() {
    for (rows, columns) in [
        (0, 0),
        (1, 0),
        (0, 2),
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
        (1, 3),
        (3, 1),
    ] {
        for number in 0..count(rows, columns, 3) {
            judge_by_all_plans(&numbered(rows, columns, 3, number));
        }
    }
    for (rows, columns) in [(2, 3), (3, 2)] {
        for number in 0..count(rows, columns, 3) {
            judge_by_all_plans(&numbered(rows, columns, 3, number));
        }
    }
}

#[test]
fn a_sample_of_three_by_three_and_four_by_four() {
    // Steps without a factor 2 or 4 reach every digit.
    for number in (0..count(3, 3, 3)).step_by(1_009) {
        judge_by_all_plans(&numbered(3, 3, 3, number));
    }
    let mut dice = Dice(4);
    for _ in 0..300 {
        judge_by_all_plans(&dice.graph([4, 4], [1, 2], 2, 3));
    }
}

#[test]
#[ignore = "seventeen million graphs: `cargo test --release -- --ignored`, some minutes"]
fn every_graph_of_three_by_three() {
    for number in 0..count(3, 3, 3) {
        judge_by_all_plans(&numbered(3, 3, 3, number));
    }
}

#[test]
fn larger_graphs_against_a_plain_flow() {
    let mut dice = Dice(40);
    for round in 0..120 {
        let sizes = [1 + dice.below(40), 1 + dice.below(40)];
        let places = [[1, 1], [1, 2], [0, 3], [2, 9]][round % 4];
        let one_in = [1, 3, 8][round % 3];
        let scores = [2, 10, 1_000_000_001][round % 3];
        judge_by_flow(&dice.graph(sizes, places, one_in, scores));
    }
}

/// So many random cases, or as many as `PROPTEST_CASES` asks for if those are more.
fn at_least(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: default.cases.max(cases),
        failure_persistence: None,
        ..default
    }
}

fn small_graph() -> impl Strategy<Value = Graph> {
    let side = || prop::collection::vec(0_u32..=3, 1..=5);
    let cell = (0_u32..5, 0_u32..5);
    let score = prop_oneof![0_u32..4, Just(MAX_SCORE), Just(MAX_SCORE - 1)];
    let edges = prop::collection::btree_map(cell, score, 0..=11);
    (side(), side(), edges).prop_map(|(rows, columns, edges)| {
        let edges: Vec<_> = edges
            .into_iter()
            .filter(|&((row, column), _)| {
                (row as usize) < rows.len() && (column as usize) < columns.len()
            })
            .map(|((row, column), score)| (row, column, score))
            .collect();
        graph(&rows, &columns, &edges)
    })
}

proptest! {
    #![proptest_config(at_least(3_000))]

    #[test]
    fn small_graphs_against_all_plans(graph in small_graph()) {
        judge_by_all_plans(&graph);
    }

    #[test]
    fn the_order_of_the_edges_does_not_matter(graph in small_graph(), seed: u64) {
        let mut dice = Dice(seed);
        let mut edges = graph.edges().collect::<Vec<_>>();
        edges.sort_by_cached_key(|_| dice.below(u32::MAX));
        let again = Graph::new(graph.row_places().to_vec(), graph.column_places().to_vec(), edges);
        let again = again.unwrap();
        prop_assert_eq!(&again, &graph);
        for objective in Objective::ALL {
            prop_assert_eq!(solve(&again, objective), solve(&graph, objective));
        }
    }
}
