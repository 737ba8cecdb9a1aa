//! What the prices of a certificate prove about the cost of a change.

use super::cost::{Cost, Facts};
use super::{Certificate, Edge, Graph, Objective};

/// What a column in use, a row in use, a pair and a point are worth in the unit of the prices.
struct Unit {
    column: i128,
    row: i128,
    pair: i128,
    point: i128,
}

/// What is known of an edge from the prices: the unit, and by how much the edge is worth less than its two prices
/// (negative where it is worth more).
///
/// The one place that knows the form of a certificate: the table in the documentation of the solver.
fn reading(
    graph: &Graph,
    objective: Objective,
    certificate: &Certificate,
    edge: Edge,
) -> (Unit, i128) {
    // `Graph::new` made sure that none of these can overflow.
    let limit = i128::from(graph.pair_limit());
    let points = limit * i128::from(graph.highest_score());
    let mut unit = Unit {
        column: 0,
        row: 0,
        pair: points + 1,
        point: 1,
    };
    match objective {
        Objective::MostPairs | Objective::MaxMin => {}
        Objective::BestScore => (unit.pair, unit.point) = (1, limit + 1),
        Objective::MostPeople => {
            unit.row = unit.pair * limit + points + 1;
            unit.column = unit.row * graph.row_places().len() as i128 + unit.row;
        }
    }
    let prices = &certificate.prices;
    let asked = prices.rows.get(edge.row as usize);
    let asked = asked.zip(prices.columns.get(edge.column as usize));
    let asked = asked.and_then(|(row, column)| row.checked_add(*column));
    let worth = unit.point * i128::from(edge.score) + unit.pair;
    // Prices that the checker accepted add up. If they did not, nothing would be known of the edge.
    (
        unit,
        asked
            .and_then(|asked| asked.checked_sub(worth))
            .unwrap_or(0),
    )
}

/// A cost that no plan with an edge which the best plan lacks stays below.
pub(super) fn insisting(
    graph: &Graph,
    objective: Objective,
    certificate: &Certificate,
    best: &Facts,
    edge: Edge,
) -> Cost {
    let (unit, short) = reading(graph, objective, certificate, edge);
    let score = i64::from(edge.score);
    if objective == Objective::MaxMin && score < best.lowest {
        // The prices speak of plans above the floor only, and this one is not.
        return Cost {
            lowest: best.lowest - score,
            ..most_gained(graph, best)
        };
    }
    let least_left = Facts {
        columns: 1,
        rows: 1,
        pairs: 1,
        lowest: 0,
        total: score,
    };
    at_least(graph, objective, best, &least_left, &unit, short.max(0))
}

/// A cost that no plan without an edge which the best plan has stays below.
pub(super) fn forbidding(
    graph: &Graph,
    objective: Objective,
    certificate: &Certificate,
    best: &Facts,
    edge: Edge,
) -> Cost {
    let (unit, short) = reading(graph, objective, certificate, edge);
    let nothing_left = Facts {
        columns: 0,
        rows: 0,
        pairs: 0,
        lowest: 0,
        total: 0,
    };
    let given_away = short.saturating_neg().max(0);
    at_least(graph, objective, best, &nothing_left, &unit, given_away)
}

/// A cost for max-min that loses no pair and gains as many points as there could be.
fn most_gained(graph: &Graph, best: &Facts) -> Cost {
    Cost {
        score: best.total.saturating_sub(most_points(graph)),
        ..Cost::NONE
    }
}

/// No plan has a higher total.
fn most_points(graph: &Graph) -> i64 {
    let pairs = i64::try_from(graph.pair_limit()).unwrap_or(i64::MAX);
    pairs.saturating_mul(i64::from(graph.highest_score()))
}

/// The least cost, criterion by criterion, of giving away so much in the unit of the prices.
///
/// What one criterion must lose is what all later ones together could not, if each fell from the best plan's figure to
/// the `left` that the change leaves at the least; and no criterion gains more than the graph has.
fn at_least(
    graph: &Graph,
    objective: Objective,
    best: &Facts,
    left: &Facts,
    unit: &Unit,
    given_away: i128,
) -> Cost {
    let most = |side: &[u32]| i64::try_from(side.len()).unwrap_or(i64::MAX);
    let all = Facts {
        columns: most(graph.column_places()),
        rows: most(graph.row_places()),
        pairs: i64::try_from(graph.pair_limit()).unwrap_or(i64::MAX),
        lowest: 0,
        total: most_points(graph),
    };
    let spread = |worth, of: fn(&Facts) -> i64| Criterion {
        worth,
        most_lost: of(best) - of(left),
        most_gained: of(&all) - of(best),
    };
    let columns = spread(unit.column, |facts| facts.columns);
    let rows = spread(unit.row, |facts| facts.rows);
    let pairs = spread(unit.pair, |facts| facts.pairs);
    let score = spread(unit.point, |facts| facts.total);
    let mut cost = Cost::NONE;
    match objective {
        Objective::MostPairs | Objective::MaxMin => {
            [cost.pairs, cost.score] = least([pairs, score], given_away);
        }
        Objective::BestScore => [cost.score, cost.pairs] = least([score, pairs], given_away),
        Objective::MostPeople => {
            [cost.columns, cost.rows, cost.pairs, cost.score] =
                least([columns, rows, pairs, score], given_away);
        }
    }
    if objective == Objective::MaxMin && cost.pairs > 0 && best.lowest > 0 {
        // A plan below the floor, of which the prices say nothing, may lose no pair.
        return Cost {
            lowest: 1,
            ..most_gained(graph, best)
        };
    }
    if objective == Objective::MaxMin && cost.pairs > 0 {
        let highest = i64::from(graph.highest_score());
        cost.lowest = best.lowest - highest;
    }
    cost
}

/// One criterion of an objective.
#[derive(Clone, Copy)]
struct Criterion {
    /// What one of it is worth in the unit of the prices.
    worth: i128,
    most_lost: i64,
    most_gained: i64,
}

fn least<const N: usize>(criteria: [Criterion; N], given_away: i128) -> [i64; N] {
    let (mut rest, mut lost) = (given_away, [0; N]);
    let mut later: i128 = criteria.iter().map(Criterion::most_worth).sum();
    for (lost, criterion) in lost.iter_mut().zip(&criteria) {
        later -= criterion.most_worth();
        let whole = ceiling(rest - later, criterion.worth);
        let whole = whole.max(-i128::from(criterion.most_gained));
        *lost = i64::try_from(whole).unwrap_or(i64::MAX);
        rest -= criterion.worth * i128::from(*lost);
    }
    lost
}

impl Criterion {
    fn most_worth(&self) -> i128 {
        self.worth * i128::from(self.most_lost)
    }
}

/// The least whole number that is not below a quotient; what divides is above 0.
fn ceiling(number: i128, by: i128) -> i128 {
    let (whole, rest) = (number.div_euclid(by), number.rem_euclid(by));
    whole + i128::from(rest > 0)
}
