//! What a certificate asks of a pair, and a quick test of whole runs that never misses a pair.

use std::cmp::Ordering;

use crate::eligibility::RUN;
use crate::matching::MatchError;
use crate::matching::assignment::{
    Assignment, Certificate, Graph, MAX_SCORE, Objective, Prices, Unit,
};

/// Beyond this a price says nothing more, and nothing that a pair is worth comes near it.
const FAR: i128 = 1 << 100;

/// Prices and the unit that they are in: a pair of score `s` would be preferred to what is planned only if `point` · s +
/// `pair` is more than the prices of its row and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) point: i128,
    pub(super) pair: i128,
    /// What a row, a column is worth that has any pair at all.
    pub(super) used: [i128; 2],
    pub(super) rows: Vec<i128>,
    pub(super) columns: Vec<i128>,
    /// Pairs below this score are left aside.
    pub(super) lowest: u32,
}

/// What a certificate asks of every pair that is not in its graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) objective: Objective,
    /// The prices that bound the total; for max-min, of the pairs from the lowest score of the plan on.
    pub(super) value: Asked,
    /// Prices in pairs alone, where they are bounded by themselves.
    pub(super) pairs: Option<Asked>,
    /// For max-min, prices in pairs alone of the pairs above the lowest score.
    pub(super) above: Option<Asked>,
}

impl Reading {
    /// Reads the certificate of a plan for a graph. The one place that knows how it is built.
    ///
    /// # Errors
    ///
    /// In words, where the objective is one that this does not know how to prove, or the unit does not fit.
    pub(super) fn of(
        objective: Objective,
        certificate: &Certificate,
        graph: &Graph,
        plan: &Assignment,
    ) -> Result<Self, MatchError> {
        let chosen = plan.edges.iter().filter_map(|&edge| graph.edge(edge));
        let lowest = match objective {
            Objective::MaxMin => chosen.map(|edge| edge.score).min().unwrap_or(0),
            Objective::MostPairs | Objective::BestScore | Objective::MostPeople => 0,
        };
        let pairs = |prices: &Option<Prices>, lowest| {
            let unit = Unit {
                pair: 1,
                ..Unit::default()
            };
            let prices = prices.as_ref();
            let asked = prices.map(|prices| Asked::of(unit, prices, graph, lowest));
            asked.transpose()
        };
        Ok(Self {
            objective,
            value: Asked::of(certificate.unit, &certificate.prices, graph, lowest)?,
            pairs: pairs(&certificate.pairs, 0)?,
            above: pairs(&certificate.above, lowest.saturating_add(1))?,
        })
    }

    /// The same of pairs from this score on.
    pub(super) fn from(self, lowest: u32) -> Self {
        Self {
            objective: self.objective,
            value: self.value.from(lowest),
            pairs: self.pairs.map(|asked| asked.from(lowest)),
            above: self.above.map(|asked| asked.from(lowest)),
        }
    }

    /// All prices, those of the value first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Asked> {
        let others = self.pairs.iter().chain(&self.above);
        std::iter::once(&self.value).chain(others)
    }
}

impl Asked {
    /// Cuts prices off that are beyond every worth, so that sums of two of them and a worth can be formed: any prices
    /// give a true bound. Nobody without a place can be paired, whatever a price says that nothing rests on.
    fn of(unit: Unit, prices: &Prices, graph: &Graph, lowest: u32) -> Result<Self, MatchError> {
        let Unit {
            point,
            pair,
            row,
            column,
        } = unit;
        let worth = point.checked_mul(i128::from(MAX_SCORE));
        let worth = worth.and_then(|worth| worth.checked_add(pair));
        let fits = [worth, Some(pair), Some(row), Some(column)];
        let fits = fits.into_iter();
        if !{ fits }.all(|worth| worth.is_some_and(|worth| worth.abs() < FAR >> 4)) {
            return Err(MatchError::new(
                "the prices are too large for so many pairs",
            ));
        }
        let side = |places: &[u32], prices: &[i128]| -> Vec<i128> {
            let each = places.iter().zip(prices);
            each.map(|(&places, &price)| match places.cmp(&0) {
                Ordering::Greater => price.clamp(-FAR, FAR),
                _ => 4 * FAR,
            })
            .collect()
        };
        Ok(Self {
            point,
            pair,
            used: [row, column],
            rows: side(graph.row_places(), &prices.rows),
            columns: side(graph.column_places(), &prices.columns),
            lowest,
        })
    }

    /// Prices in pairs alone, in points: whatever they let through, they let through at every score, and nothing else.
    pub(super) fn in_points(&self, highest: u32) -> Self {
        let pair = i128::from(highest) + 1;
        let scaled = |price: &i128| price.saturating_mul(2 * pair).clamp(-FAR, 4 * FAR);
        Self {
            point: 1,
            pair,
            used: self.used,
            rows: self.rows.iter().map(scaled).collect(),
            columns: self.columns.iter().map(scaled).collect(),
            lowest: self.lowest,
        }
    }

    /// The same for pairs from this score on.
    pub(super) fn from(mut self, lowest: u32) -> Self {
        self.lowest = lowest.max(self.lowest);
        self
    }

    /// By how much a pair would be preferred; at most 0 where it would not.
    pub(super) fn gain(&self, row: u32, column: u32, score: u32) -> i128 {
        if score < self.lowest {
            return -FAR;
        }
        let row = self.rows.get(row as usize).copied().unwrap_or(FAR);
        let column = self.columns.get(column as usize).copied();
        self.point * i128::from(score) + self.pair - row - column.unwrap_or(FAR)
    }
}

/// The highest entry of a lane: no score is above it.
const TOP: i128 = MAX_SCORE as i128 + 1;

/// Prices in points, as lanes of 32 bits: a test that lets through every pair that would be preferred, and few others.
///
/// With `U` = ⌊(row price − `pair`) / `point`⌋ and `V` = ⌊column price / `point`⌋, a preferred pair has a score above
/// `U + V`. Columns are kept as what they are above the lowest of their run, cut at one more than the highest score,
/// which only lowers what is asked.
#[derive(Debug)]
pub(super) struct Lanes32 {
    rows: Vec<i128>,
    lowest: Vec<i128>,
    above: Vec<[i32; RUN]>,
    /// What a score has to be above in any case.
    floor: i32,
}

impl Lanes32 {
    /// `rows` and `columns` say which price stands at each place of the sweep.
    /// `slack` is what may be missing in points.
    pub(super) fn new(asked: &Asked, slack: u32, rows: &[u32], columns: &[u32]) -> Self {
        let price = |prices: &[i128], at: u32| prices.get(at as usize).copied().unwrap_or(0);
        let point = asked.point.max(1);
        let of_row = |&at: &u32| {
            let price = price(&asked.rows, at) - asked.pair;
            price.div_euclid(point) - i128::from(slack)
        };
        let of_column = |&at: &u32| price(&asked.columns, at).div_euclid(point);
        let (mut lowest, mut above) = (Vec::new(), Vec::new());
        for run in columns.chunks(RUN) {
            let low = run.iter().map(of_column).min().unwrap_or(0);
            let mut lanes = [0; RUN];
            for (lane, at) in lanes.iter_mut().zip(run) {
                *lane = (of_column(at) - low).min(TOP) as i32;
            }
            lowest.push(low);
            above.push(lanes);
        }
        Self {
            rows: rows.iter().map(of_row).collect(),
            lowest,
            above,
            floor: asked.lowest.min(MAX_SCORE) as i32 - 1,
        }
    }

    /// What a row and a run ask at least, and beyond that in each lane. A score has to be above their sum, which fits
    /// into `i32`, and above the [floor](Self::floor).
    pub(super) fn of(&self, row: u32, run: usize) -> Option<(i32, &[i32; RUN])> {
        let (row, low) = (self.rows.get(row as usize)?, self.lowest.get(run)?);
        // From so low on, every score passes whatever a lane adds; and a score less that still fits into `i32`.
        let base = (row + low).clamp(-TOP - 1, TOP);
        Some((base as i32, self.above.get(run)?))
    }

    /// What a score has to be above whatever the prices.
    pub(super) const fn floor(&self) -> i32 {
        self.floor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where pins take the last place, prices that nothing rests on must not send a search for pairs that nobody can have.
    #[test]
    fn nobody_without_a_place_gains() {
        let graph = Graph::new(vec![1, 0], vec![0, 1], []).unwrap();
        let prices = Prices {
            rows: vec![0, -3],
            columns: vec![-3, 0],
        };
        let unit = Unit {
            point: 1,
            pair: 10,
            ..Unit::default()
        };
        let asked = Asked::of(unit, &prices, &graph, 4).unwrap();
        for asked in [asked.in_points(9), asked] {
            let gains = |score| {
                let pairs = [(0, 0), (0, 1), (1, 0), (1, 1)];
                pairs.map(|(row, column)| asked.gain(row, column, score) > 0)
            };
            assert_eq!(gains(9), [false, true, false, false]);
            // Below the lowest score that counts, no pair does.
            assert_eq!(gains(3), [false; 4]);
        }
    }

    /// Prices at every edge of the lanes: whatever is preferred passes.
    #[test]
    fn the_quick_test_misses_nothing() {
        let wide = [
            0,
            1,
            5,
            999,
            1_000_000_000,
            1 << 31,
            (1 << 31) + 7,
            1 << 40,
            1 << 58,
        ];
        let scores = [0, 1, 2, 500, 999_999_999, MAX_SCORE];
        let (mut passed, mut preferred) = (0, 0);
        for (point, pair) in [
            (1, 1),
            (1, 1_000_001),
            (1, 1 << 40),
            (11, 1),
            (1_000_001, 1),
        ] {
            for &low in &wide {
                for &row in &wide {
                    let columns: Vec<i128> = wide.iter().map(|v| v + low).collect();
                    let asked = Asked {
                        point,
                        pair,
                        used: [0; 2],
                        rows: vec![row],
                        columns,
                        lowest: 0,
                    };
                    let all: Vec<u32> = (0..wide.len() as u32).collect();
                    let lanes = Lanes32::new(&asked, 0, &[0], &all);
                    let (base, above) = lanes.of(0, 0).unwrap();
                    for &column in &all {
                        for &score in &scores {
                            let passes = score as i32 > base + above[column as usize];
                            let gains = asked.gain(0, column, score) > 0;
                            assert!(
                                passes || !gains,
                                "{point} {pair} {low} {row} {column} {score}"
                            );
                            passed += u32::from(passes);
                            preferred += u32::from(gains);
                        }
                    }
                }
            }
        }
        assert!(
            preferred > 1_000 && passed < 3 * preferred,
            "{passed} {preferred}"
        );
    }
}
