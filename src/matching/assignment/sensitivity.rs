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

/// A certificate as it is read here: what things are worth, and the price of a place in each row and column.
///
/// The one place that knows the form of a certificate: the table in the documentation of the solver.
pub(super) struct Reading<'a> {
    objective: Objective,
    unit: Unit,
    rows: &'a [i128],
    columns: &'a [i128],
}

impl<'a> Reading<'a> {
    pub(super) fn of(graph: &Graph, objective: Objective, certificate: &'a Certificate) -> Self {
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
        Self {
            objective,
            unit,
            rows: &certificate.prices.rows,
            columns: &certificate.prices.columns,
        }
    }

    /// The price of a place in a row.
    pub(super) fn row(&self, row: u32) -> i128 {
        self.rows.get(row as usize).copied().unwrap_or(0)
    }

    /// The price of a place in a column.
    pub(super) fn column(&self, column: u32) -> i128 {
        self.columns.get(column as usize).copied().unwrap_or(0)
    }

    /// What figures in the objective's order are worth together.
    pub(super) fn worth(&self, figures: [i64; 4]) -> i128 {
        let Unit {
            column,
            row,
            pair,
            point,
        } = self.unit;
        let weights = match self.objective {
            Objective::MostPairs => [pair, point, 0, 0],
            Objective::BestScore => [point, pair, 0, 0],
            Objective::MaxMin => [pair, 0, point, 0],
            Objective::MostPeople => [column, row, pair, point],
        };
        let each = weights.into_iter().zip(figures);
        each.map(|(weight, figure)| weight.saturating_mul(i128::from(figure)))
            .fold(0, i128::saturating_add)
    }

    /// By how much an edge is worth less than its two prices; negative where it is worth more.
    fn short(&self, edge: Edge) -> i128 {
        // Prices that the checker accepted add up.
        let asked = self.row(edge.row).saturating_add(self.column(edge.column));
        asked.saturating_sub(self.unit.point * i128::from(edge.score) + self.unit.pair)
    }
}

/// A cost that no plan with an edge which the best plan lacks stays below.
pub(super) fn insisting(
    graph: &Graph,
    objective: Objective,
    certificate: &Certificate,
    best: &Facts,
    edge: Edge,
) -> Cost {
    let reading = Reading::of(graph, objective, certificate);
    let given_away = reading.short(edge).max(0);
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
    at_least(
        graph,
        objective,
        best,
        &least_left,
        &reading.unit,
        given_away,
    )
}

/// A cost that no plan without an edge which the best plan has stays below.
pub(super) fn forbidding(
    graph: &Graph,
    objective: Objective,
    certificate: &Certificate,
    best: &Facts,
    edge: Edge,
) -> Cost {
    let reading = Reading::of(graph, objective, certificate);
    let nothing_left = Facts {
        columns: 0,
        rows: 0,
        pairs: 0,
        lowest: 0,
        total: 0,
    };
    let given_away = reading.short(edge).saturating_neg().max(0);
    at_least(
        graph,
        objective,
        best,
        &nothing_left,
        &reading.unit,
        given_away,
    )
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
