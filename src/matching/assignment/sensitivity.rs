//! What the prices of a certificate prove about the cost of a change.
//!
//! A certificate can have two bounds: on what a plan is worth in its unit, in which a pair may even take away, and on the
//! number of pairs by itself. Both are read as one. Adding prices adds bounds: prices that are `a` times those of the
//! value and `b` times those of the pairs bound what a plan is worth where a pair is worth `b` more, and if each bound is that of
//! the best plan, the sum of both is. So `b` is made so large that what comes first outweighs what comes later.

use std::cmp::Ordering;

use super::cost::{Cost, Facts};
use super::{Certificate, Edge, Graph, Objective, Prices, Unit};

/// Sums of this and a few others stay within `i128`.
const WIDE: i128 = i128::MAX / 8;

/// A certificate as it is read here: what things are worth, and the price of a place in each row and column.
///
/// The one place that knows the form of a certificate. Holds for every one that the checker finds to prove a plan; of one whose
/// numbers are too wide to calculate with, it makes use of nothing.
#[derive(Debug)]
pub(super) struct Reading {
    objective: Objective,
    /// Whether an objective that counts people counts pairs instead, as they are the same.
    pairs_first: bool,
    unit: Unit,
    prices: Prices,
    /// How much more the prices allow than the best plan is worth.
    slack: i128,
}

impl Reading {
    /// Reads the certificate that proves a plan with these facts to be the best.
    pub(super) fn of(
        graph: &Graph,
        objective: Objective,
        certificate: &Certificate,
        best: &Facts,
    ) -> Self {
        let read = Self::joined(graph, objective, certificate);
        let read = read.and_then(|reading| {
            let slack = reading
                .bound(graph, best)?
                .checked_sub(reading.value(best)?)?;
            let fits = (0..WIDE).contains(&slack);
            fits.then_some(Self { slack, ..reading })
        });
        read.unwrap_or_else(|| Self::nothing(graph, objective))
    }

    /// Both bounds of a certificate as one, without the slack; `None` where that is too wide.
    fn joined(graph: &Graph, objective: Objective, proof: &Certificate) -> Option<Self> {
        let limit = i128::from(graph.pair_limit());
        let points = limit * i128::from(graph.highest_score());
        let Unit { point, pair, .. } = proof.unit;
        let (times, more) = match (&proof.pairs, objective) {
            (None, _) => (1, 0),
            (Some(_), Objective::BestScore) => (limit + 1, 1),
            (Some(_), _) => {
                let all = point.checked_mul(points + 2)?;
                (1, all.checked_sub(pair)?.max(0))
            }
        };
        let join = |value: &[i128], pairs: Option<&[i128]>| -> Option<Vec<i128>> {
            let pairs = pairs.unwrap_or_default().iter().copied();
            let pairs = pairs.chain(std::iter::repeat(0));
            let both = value.iter().zip(pairs);
            let joined = both.map(|(value, pair)| {
                let (value, pair) = (value.checked_mul(times)?, more.checked_mul(pair)?);
                value.checked_add(pair)
            });
            joined.collect()
        };
        let pairs = proof.pairs.as_ref();
        let prices = Prices {
            rows: join(&proof.prices.rows, pairs.map(|p| p.rows.as_slice()))?,
            columns: join(&proof.prices.columns, pairs.map(|p| p.columns.as_slice()))?,
        };
        let unit = Unit {
            point: point.checked_mul(times)?,
            pair: pair.checked_mul(times)?.checked_add(more)?,
            row: proof.unit.row.checked_mul(times)?,
            column: proof.unit.column.checked_mul(times)?,
        };
        let reading = Self {
            objective,
            pairs_first: objective.counts_pairs_first(graph),
            unit,
            prices,
            slack: 0,
        };
        let everything = reading.value(&most(graph))?;
        let sound = unit.point > 0 && unit.pair > 0 && everything < WIDE;
        sound.then_some(reading)
    }

    /// Prices of nothing, which say nothing.
    fn nothing(graph: &Graph, objective: Objective) -> Self {
        let limit = i128::from(graph.pair_limit());
        let pairs_first = objective.counts_pairs_first(graph);
        // `Graph::new` made sure that none of these can overflow.
        let unit = match objective {
            Objective::BestScore => Unit {
                point: limit + 1,
                pair: 1,
                ..Unit::default()
            },
            Objective::MostPeople if !pairs_first => Unit::people(graph),
            _ => Unit {
                point: 1,
                pair: limit * i128::from(graph.highest_score()) + 1,
                ..Unit::default()
            },
        };
        Self {
            objective,
            pairs_first,
            unit,
            prices: Prices {
                rows: vec![0; graph.row_places().len()],
                columns: vec![0; graph.column_places().len()],
            },
            slack: WIDE,
        }
    }

    /// What a plan is worth.
    fn value(&self, facts: &Facts) -> Option<i128> {
        let Unit {
            point,
            pair,
            row,
            column,
        } = self.unit;
        let parts = [
            (point, facts.total),
            (pair, facts.pairs),
            (row, facts.rows),
            (column, facts.columns),
        ];
        parts.into_iter().try_fold(0_i128, |sum, (worth, number)| {
            sum.checked_add(worth.checked_mul(i128::from(number))?)
        })
    }

    /// What no plan is worth more than; for max-min, no plan without an edge below the lowest score of the best one.
    fn bound(&self, graph: &Graph, best: &Facts) -> Option<i128> {
        let lowest = match self.objective {
            Objective::MaxMin => best.lowest,
            _ => 0,
        };
        let sides = [
            (graph.row_places(), &self.prices.rows, self.unit.row),
            (
                graph.column_places(),
                &self.prices.columns,
                self.unit.column,
            ),
        ];
        let mut sum = 0_i128;
        for edge in graph.edges().filter(|edge| i64::from(edge.score) >= lowest) {
            sum = sum.checked_add(self.short(edge).checked_neg()?.max(0))?;
        }
        for (places, prices, in_use) in sides {
            for (&places, price) in places.iter().zip(prices).filter(|(places, _)| **places > 0) {
                // The first place earns what bringing them into use is worth, and the others may cost.
                let first = price.checked_add(in_use)?;
                let all = price
                    .checked_mul(i128::from(places) - 1)?
                    .checked_add(first)?;
                sum = sum.checked_add(first.max(all).max(0))?;
            }
        }
        Some(sum)
    }

    /// The price of a place in a row.
    pub(super) fn row(&self, row: u32) -> i128 {
        self.prices.rows.get(row as usize).copied().unwrap_or(0)
    }

    /// The price of a place in a column.
    pub(super) fn column(&self, column: u32) -> i128 {
        let price = self.prices.columns.get(column as usize);
        price.copied().unwrap_or(0)
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

    /// A cost that no plan with an edge which the best plan lacks stays below.
    pub(super) fn insisting(&self, graph: &Graph, best: &Facts, edge: Edge) -> Cost {
        let score = i64::from(edge.score);
        if self.objective == Objective::MaxMin && score < best.lowest {
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
        self.at_least(graph, best, &least_left, self.short(edge))
    }

    /// A cost that no plan without an edge which the best plan has stays below.
    pub(super) fn forbidding(&self, graph: &Graph, best: &Facts, edge: Edge) -> Cost {
        let nothing_left = Facts {
            columns: 0,
            rows: 0,
            pairs: 0,
            lowest: 0,
            total: 0,
        };
        let surplus = self.short(edge).saturating_neg();
        self.at_least(graph, best, &nothing_left, surplus)
    }

    /// The least cost, criterion by criterion, of giving away so much in the unit of the prices.
    ///
    /// What one criterion must lose is what all later ones together could not, if each fell from the best plan's figure to
    /// the `left` that the change leaves at the least; and no criterion gains more than the graph has.
    fn at_least(&self, graph: &Graph, best: &Facts, left: &Facts, given_away: i128) -> Cost {
        let given_away = given_away.max(0) - self.slack;
        let all = most(graph);
        let spread = |worth, of: fn(&Facts) -> i64| Criterion {
            worth,
            most_lost: of(best) - of(left),
            most_gained: of(&all) - of(best),
        };
        let columns = spread(self.unit.column, |facts| facts.columns);
        let rows = spread(self.unit.row, |facts| facts.rows);
        let pairs = spread(self.unit.pair, |facts| facts.pairs);
        let score = spread(self.unit.point, |facts| facts.total);
        let mut cost = Cost::NONE;
        match self.objective {
            Objective::MostPairs | Objective::MaxMin => {
                [cost.pairs, cost.score] = least([pairs, score], given_away);
            }
            Objective::BestScore => [cost.score, cost.pairs] = least([score, pairs], given_away),
            Objective::MostPeople if self.pairs_first => {
                [cost.pairs, cost.score] = least([pairs, score], given_away);
                (cost.columns, cost.rows) = (cost.pairs, cost.pairs);
            }
            Objective::MostPeople => {
                [cost.columns, cost.rows, cost.pairs, cost.score] =
                    least([columns, rows, pairs, score], given_away);
            }
        }
        if self.objective == Objective::MaxMin && cost.pairs > 0 && best.lowest > 0 {
            // A plan below the floor, of which the prices say nothing, may lose no pair.
            return Cost {
                lowest: 1,
                ..most_gained(graph, best)
            };
        }
        if self.objective == Objective::MaxMin && cost.pairs > 0 {
            let highest = i64::from(graph.highest_score());
            cost.lowest = best.lowest - highest;
        }
        // The slack can make it look as if a change were of use; to the best plan none is.
        match cost.cmp_by(&Cost::NONE, self.objective) {
            Ordering::Less => Cost::NONE,
            Ordering::Equal | Ordering::Greater => cost,
        }
    }
}

/// What no plan has more of.
fn most(graph: &Graph) -> Facts {
    let side = |side: &[u32]| i64::try_from(side.len()).unwrap_or(i64::MAX);
    Facts {
        columns: side(graph.column_places()),
        rows: side(graph.row_places()),
        pairs: i64::try_from(graph.pair_limit()).unwrap_or(i64::MAX),
        lowest: 0,
        total: most_points(graph),
    }
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
