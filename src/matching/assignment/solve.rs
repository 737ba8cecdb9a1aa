//! From an objective to one or several solvers, and back to a plan with its proof.
//!
//! Two solvers, because neither is the quicker one everywhere: the auction, which long chains of displaced rows do not
//! slow down, and the search, which knows places on both sides and every objective. Where everybody has one place the
//! auction goes first, elsewhere the search, with a bound on its effort. What both find is checked by the same checker,
//! and the search without a bound always ends.

use super::auction::{self, Found};
use super::cardinality::{Largest, largest};
use super::network::{Network, Value, Weights};
use super::paths::best_plan;
use super::seats::Seats;
use super::solver::{Start, Watch};
use super::{Assignment, Certificate, Graph, Objective, Optimum, Prices, Unit};

/// A row with more places does not go to an auction.
const MOST_SEATS: u32 = 16;

/// Finds the best plan for an objective, and the proof that none is better.
///
/// Always succeeds: what could go wrong was refused by [`Graph::new`]. A graph without edges has the empty plan.
/// An auction with falling steps, or shortest augmenting paths under integer prices, whichever suits the graph; memory
/// is linear in the edges. Max-min looks for the largest plan again for each halving of the list of distinct scores.
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
    solve_watched(graph, objective, None, &mut Watch::nobody())
}

pub(super) fn solve_watched(
    graph: &Graph,
    objective: Objective,
    start: Option<Start<'_>>,
    watch: &mut Watch<'_>,
) -> Optimum {
    let best = match objective {
        Objective::MaxMin => max_min(graph, start, watch),
        Objective::MostPeople if !objective.counts_pairs_first(graph) => {
            searched(graph, objective, watch)
        }
        Objective::MostPairs | Objective::MostPeople => most_pairs(graph, start, watch),
        Objective::BestScore => best_score(graph, start, watch),
    };
    best.optimum(graph)
}

/// Pairs by row and column, and their proof.
struct Best {
    pairs: Vec<(u32, u32)>,
    certificate: Certificate,
}

impl Best {
    fn optimum(self, graph: &Graph) -> Optimum {
        let pairs = self.pairs.iter();
        let found = pairs.filter_map(|&(row, column)| graph.table().find(row, column));
        let (mut edges, mut total) = (Vec::with_capacity(self.pairs.len()), 0);
        for (number, score) in found {
            edges.push(number);
            total += u64::from(score);
        }
        edges.sort_unstable();
        Optimum {
            assignment: Assignment { edges, total },
            certificate: self.certificate,
        }
    }
}

impl From<Found> for Best {
    fn from(found: Found) -> Self {
        let wide = |prices: Vec<i64>| prices.into_iter().map(i128::from).collect();
        let certificate = Certificate {
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
            pairs: Some(cover(found.cover)),
            above: None,
        };
        Self {
            pairs: found.pairs,
            certificate,
        }
    }
}

/// A member of a cover asks 1, everybody else nothing.
fn cover((rows, columns): (Vec<bool>, Vec<bool>)) -> Prices {
    let ones = |side: Vec<bool>| side.into_iter().map(i128::from).collect();
    Prices {
        rows: ones(rows),
        columns: ones(columns),
    }
}

fn most_pairs(graph: &Graph, start: Option<Start<'_>>, watch: &mut Watch<'_>) -> Best {
    let objective = Objective::MostPairs;
    let weights = weights(graph, objective);
    if !one_place_each(graph) {
        if let Some(best) = search(graph, &weights, effort(graph), watch) {
            return best;
        }
    }
    match auction::run(graph, start, watch) {
        Some(found) => found.into(),
        None => searched(graph, objective, watch),
    }
}

fn best_score(graph: &Graph, start: Option<Start<'_>>, watch: &mut Watch<'_>) -> Best {
    let objective = Objective::BestScore;
    if let Some(best) = search(graph, &weights(graph, objective), effort(graph), watch) {
        return best;
    }
    // Where every pair adds to the total and all rows are full, nothing is gained with fewer pairs.
    let all = |cover: &(Vec<bool>, Vec<bool>)| cover.0.iter().all(|&row| row);
    match auction::run(graph, start, watch) {
        Some(found) if found.pair <= 0 && all(&found.cover) => {
            let mut best = Best::from(found);
            // What every pair pays, the rows pay as well.
            for price in &mut best.certificate.prices.rows {
                *price -= best.certificate.unit.pair;
            }
            best.certificate.unit.pair = 0;
            best
        }
        _ => searched(graph, objective, watch),
    }
}

/// Most pairs; then halving for the highest score that can be demanded of every pair without losing one; then the
/// best total among the edges that meet it.
fn max_min(graph: &Graph, start: Option<Start<'_>>, watch: &mut Watch<'_>) -> Best {
    let most = |graph: &Graph| -> Largest {
        let degrees = (0..graph.row_places().len()).map(|row| graph.table().degree(row));
        let places = graph.row_places().iter().zip(degrees);
        let seats = Seats::new(places.map(|(&places, degree)| places.min(degree)));
        largest(graph, seats)
    };
    let all = most(graph);
    let mut above = Prices {
        rows: vec![0; graph.row_places().len()],
        columns: vec![0; graph.column_places().len()],
    };
    let (mut lowest, mut fairest) = (0, all.plan());
    if all.pairs() > 0 {
        let mut scores: Vec<u32> = graph.edges().map(|edge| edge.score).collect();
        scores.sort_unstable();
        scores.dedup();
        // Demanding any of the first `low` scores loses no pair; demanding the one at `high` or more does.
        let (mut low, mut high) = (0, scores.len());
        let mut effort = 0;
        while let Some(&score) = scores.get(low + (high - low) / 2).filter(|_| low < high) {
            effort += graph.len() as u64;
            if !watch.go_on(all.pairs(), effort) {
                break;
            }
            let middle = low + (high - low) / 2;
            let demanding = most(&graph.at_least(score));
            if demanding.pairs() == all.pairs() {
                low = middle + 1;
                lowest = score;
                fairest = demanding.plan();
            } else {
                high = middle;
                above = cover((demanding.cover_rows, demanding.cover_columns));
            }
        }
    }
    let mut best = if lowest > 0 {
        most_pairs(&graph.at_least(lowest), start, watch)
    } else {
        most_pairs(graph, start, watch)
    };
    // Stopped, it may have fewer.
    if best.pairs.len() < fairest.len() {
        best.pairs = fairest;
    }
    best.certificate.pairs = Some(cover((all.cover_rows, all.cover_columns)));
    best.certificate.above = Some(above);
    best
}

fn one_place_each(graph: &Graph) -> bool {
    let mut places = graph.row_places().iter().chain(graph.column_places());
    places.all(|&places| places <= 1)
}

/// So many looks at edges are spent on a search before the auction is tried: a hundred at each edge for each place.
///
/// Rows with many places are left to the search altogether: in the auction every seat bids for itself.
fn effort(graph: &Graph) -> u64 {
    let mut looks = 10_000_000_u64;
    for (row, &places) in graph.row_places().iter().enumerate() {
        let degree = graph.table().degree(row);
        if places.min(degree) > MOST_SEATS {
            return u64::MAX;
        }
        looks = looks.saturating_add(100 * u64::from(places.min(degree)) * u64::from(degree));
    }
    looks
}

/// By search, for as long as it takes.
fn searched(graph: &Graph, objective: Objective, watch: &mut Watch<'_>) -> Best {
    let weights = weights(graph, objective);
    let nothing = || Best {
        pairs: Vec::new(),
        certificate: Certificate::default(),
    };
    search(graph, &weights, u64::MAX, watch).unwrap_or_else(nothing)
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

/// The best plan by these weights, in a unit in which an earlier criterion outweighs all later ones; `None` where that
/// takes more effort.
fn search(graph: &Graph, weights: &Weights, effort: u64, watch: &mut Watch<'_>) -> Option<Best> {
    // The bound that `paths.rs` proves.
    let worth = weights.score * i128::from(graph.highest_score()) + weights.pair;
    let furthest = 4 * worth + 3 * (weights.row + weights.column);
    if furthest < i128::from(i64::MAX) {
        search_with::<i64>(graph, weights, effort, watch)
    } else {
        search_with::<i128>(graph, weights, effort, watch)
    }
}

fn search_with<T: Value>(
    graph: &Graph,
    weights: &Weights,
    effort: u64,
    watch: &mut Watch<'_>,
) -> Option<Best> {
    let network = Network::<T>::new(graph, weights);
    let plan = best_plan(&network, effort, watch)?;
    let turn = |(left, right)| {
        if network.turned {
            (right, left)
        } else {
            (left, right)
        }
    };
    let pairs = plan.pairs().map(turn).collect();
    let left = plan.left_price.iter().map(|price| price.widen()).collect();
    let right = plan.right_price.iter().map(|price| price.widen()).collect();
    let (rows, columns) = if network.turned {
        (right, left)
    } else {
        (left, right)
    };
    let certificate = Certificate {
        unit: weights.unit(),
        prices: Prices { rows, columns },
        pairs: None,
        above: None,
    };
    Some(Best { pairs, certificate })
}
