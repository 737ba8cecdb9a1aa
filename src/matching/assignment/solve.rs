//! From an objective to one or several searches, and back to a plan with its proof.

use super::auction::{self, Found};
use super::network::{Network, Value, Weights};
use super::paths::best_plan;
use super::{Assignment, Certificate, Graph, Objective, Optimum, Prices, Unit};

/// A pair is worth 1 and nothing else counts.
const PAIRS_ONLY: Weights = Weights {
    score: 0,
    pair: 1,
    row: 0,
    column: 0,
};

/// Finds the best plan for an objective, and the proof that none is better.
///
/// Always succeeds: what could go wrong was refused by [`Graph::new`]. A graph without edges has the empty plan.
/// Shortest augmenting paths under integer prices; memory is linear in the edges. Time grows at most with
/// places times edges times a logarithm and usually stays far below; max-min searches again for each halving of the
/// list of distinct scores.
///
/// ```
/// use reverse_mentoring::matching::assignment::{Edge, Graph, Objective, solve};
///
/// // One mentor with two places; two mentees with one each, and a second mentor for the first of them.
/// let graph = Graph::new(
///     vec![2, 1],
///     vec![1, 1],
///     [
///         Edge { row: 0, column: 0, score: 30 },
///         Edge { row: 0, column: 1, score: 20 },
///         Edge { row: 1, column: 0, score: 10 },
///     ],
/// )?;
/// assert_eq!(solve(&graph, Objective::BestScore).assignment.edges, [0, 1]);
/// // Both mentors in use, for a lower total.
/// assert_eq!(solve(&graph, Objective::MostPeople).assignment.edges, [1, 2]);
/// # Ok::<(), reverse_mentoring::matching::assignment::GraphError>(())
/// ```
#[must_use]
pub fn solve(graph: &Graph, objective: Objective) -> Optimum {
    match objective {
        Objective::MaxMin => max_min(graph),
        Objective::MostPeople if !objective.counts_pairs_first(graph) => searched(graph, objective),
        Objective::MostPairs | Objective::MostPeople => match auction::run(graph) {
            Some(found) => most_pairs(graph, found),
            None => searched(graph, objective),
        },
        Objective::BestScore => match auction::run(graph) {
            // Every pair adds to the total, and all rows are full: nothing is gained with fewer.
            Some(found) if found.pair <= 0 && found.cover.0.iter().all(|&row| row) => {
                best_score(graph, found)
            }
            _ => searched(graph, objective),
        },
    }
}

fn most_pairs(graph: &Graph, found: Found) -> Optimum {
    let edges = numbers(graph, &found.pairs);
    optimum(graph, edges, certificate(found))
}

/// The same plan and prices, with what every pair pays moved to the rows.
fn best_score(graph: &Graph, found: Found) -> Optimum {
    let edges = numbers(graph, &found.pairs);
    let mut certificate = certificate(found);
    for price in &mut certificate.prices.rows {
        *price -= certificate.unit.pair;
    }
    certificate.unit.pair = 0;
    optimum(graph, edges, certificate)
}

/// By search, in a unit in which a pair outweighs all points.
fn searched(graph: &Graph, objective: Objective) -> Optimum {
    let weights = weights(graph, objective);
    let (edges, prices) = search(graph, &weights, 0);
    let certificate = Certificate {
        unit: weights.unit(),
        prices,
        pairs: None,
        above: None,
    };
    optimum(graph, edges, certificate)
}

fn certificate(found: Found) -> Certificate {
    let wide = |prices: Vec<i64>| prices.into_iter().map(i128::from).collect();
    let ones = |side: Vec<bool>| side.into_iter().map(i128::from).collect();
    Certificate {
        unit: Unit {
            point: i128::from(found.point),
            pair: i128::from(found.pair),
            row: 0,
            column: 0,
        },
        prices: Prices {
            rows: wide(found.rows),
            columns: wide(found.columns),
        },
        pairs: Some(Prices {
            rows: ones(found.cover.0),
            columns: ones(found.cover.1),
        }),
        above: None,
    }
}

/// The numbers of edges, ascending.
fn numbers(graph: &Graph, pairs: &[(u32, u32)]) -> Vec<u32> {
    let numbers = pairs.iter();
    let mut edges: Vec<u32> = numbers
        .filter_map(|&(row, column)| graph.number(row, column))
        .collect();
    edges.sort_unstable();
    edges
}

/// Most pairs; then halving for the highest score that can be demanded of every pair without losing one; then the
/// best total among the edges that meet it.
fn max_min(graph: &Graph) -> Optimum {
    let (most, pairs) = search(graph, &PAIRS_ONLY, 0);
    let mut above = Prices {
        rows: vec![0; graph.row_places().len()],
        columns: vec![0; graph.column_places().len()],
    };
    let mut lowest = 0;
    if !most.is_empty() {
        let mut scores: Vec<u32> = graph.edges().map(|edge| edge.score).collect();
        scores.sort_unstable();
        scores.dedup();
        // Demanding any of the first `low` scores loses no pair; demanding the one at `high` or more does.
        let (mut low, mut high) = (0, scores.len());
        while let Some(&score) = scores.get(low + (high - low) / 2).filter(|_| low < high) {
            let middle = low + (high - low) / 2;
            let (edges, prices) = search(graph, &PAIRS_ONLY, score);
            if edges.len() == most.len() {
                low = middle + 1;
                lowest = score;
            } else {
                high = middle;
                above = prices;
            }
        }
    }
    let weights = weights(graph, Objective::MaxMin);
    let (edges, prices) = search(graph, &weights, lowest);
    let certificate = Certificate {
        unit: weights.unit(),
        prices,
        pairs: Some(pairs),
        above: Some(above),
    };
    optimum(graph, edges, certificate)
}

/// The table in the module's documentation. [`Graph::new`] made sure that nothing overflows.
fn weights(graph: &Graph, objective: Objective) -> Weights {
    let pairs = i128::from(graph.pair_limit());
    let points = pairs * i128::from(graph.highest_score());
    let lexicographic = Weights {
        score: 1,
        pair: points + 1,
        row: 0,
        column: 0,
    };
    match objective {
        Objective::MostPairs | Objective::MaxMin => lexicographic,
        Objective::BestScore => Weights {
            score: pairs + 1,
            pair: 1,
            row: 0,
            column: 0,
        },
        Objective::MostPeople => {
            let row = lexicographic.pair * pairs + points + 1;
            let column = row * graph.row_places().len() as i128 + row;
            Weights {
                row,
                column,
                ..lexicographic
            }
        }
    }
}

/// The best plan by these weights among the edges that score at least `lowest`.
fn search(graph: &Graph, weights: &Weights, lowest: u32) -> (Vec<u32>, Prices) {
    // The bound that `paths.rs` proves.
    let worth = weights.score * i128::from(graph.highest_score()) + weights.pair;
    let furthest = 4 * worth + 3 * (weights.row + weights.column);
    if furthest < i128::from(i64::MAX) {
        search_with::<i64>(graph, weights, lowest)
    } else {
        search_with::<i128>(graph, weights, lowest)
    }
}

fn search_with<T: Value>(graph: &Graph, weights: &Weights, lowest: u32) -> (Vec<u32>, Prices) {
    let network = Network::<T>::new(graph, weights, lowest);
    let plan = best_plan(&network);
    let mut edges: Vec<u32> = network
        .number
        .iter()
        .zip(&plan.chosen)
        .filter_map(|(&number, &chosen)| chosen.then_some(number))
        .collect();
    edges.sort_unstable();
    let left = plan.left_price.iter().map(|price| price.widen()).collect();
    let right = plan.right_price.iter().map(|price| price.widen()).collect();
    let (rows, columns) = if network.turned {
        (right, left)
    } else {
        (left, right)
    };
    (edges, Prices { rows, columns })
}

fn optimum(graph: &Graph, edges: Vec<u32>, certificate: Certificate) -> Optimum {
    let total = edges
        .iter()
        .filter_map(|&number| graph.edge(number))
        .map(|edge| u64::from(edge.score))
        .sum();
    Optimum {
        assignment: Assignment { edges, total },
        certificate,
    }
}
