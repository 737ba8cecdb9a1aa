//! What a certificate asks of a pair, and a quick test of whole runs that never misses a pair.

use crate::eligibility::RUN;
use crate::matching::MatchError;
use crate::matching::assignment::{Certificate, MAX_SCORE, Objective, Prices, Unit};

/// Beyond this a price says nothing more: a pair is worth at most twice as much.
const LIMIT: i64 = 1 << 59;

/// Prices and the unit that they are in: a pair of score `s` would be preferred to what is planned only if `point` · s +
/// `pair` is more than the prices of its row and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) point: i64,
    pub(super) pair: i64,
    pub(super) rows: Vec<i64>,
    pub(super) columns: Vec<i64>,
}

/// What a certificate asks of every pair that is not in its graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) objective: Objective,
    /// The prices that bound the total.
    pub(super) value: Asked,
    /// Prices in pairs alone, where they are bounded by themselves.
    pub(super) pairs: Option<Asked>,
}

impl Reading {
    /// Reads a certificate, where no score is above `highest`. The one place that knows how it is built.
    ///
    /// # Errors
    ///
    /// In words, where the objective is not one that a price for each pair can prove, or the prices do not fit.
    pub(super) fn of(
        objective: Objective,
        certificate: &Certificate,
        highest: u32,
    ) -> Result<Self, MatchError> {
        if !matches!(objective, Objective::MostPairs | Objective::BestScore) {
            return Err(MatchError::new(format!(
                "`{objective}` is not proven over pairs that are too many to be kept; `most-pairs` and `best-score` are"
            )));
        }
        let Unit { point, pair, .. } = certificate.unit;
        let pairs = certificate.pairs.as_ref();
        Ok(Self {
            objective,
            value: Asked::of(point, pair, &certificate.prices, highest)?,
            pairs: pairs
                .map(|prices| Asked::of(0, 1, prices, highest))
                .transpose()?,
        })
    }
}

impl Asked {
    /// Narrows prices, so that sums of two of them and a worth can be formed: any prices give a true bound, and one
    /// that is beyond every worth, such as that of a column without a place, says no more than the limit does.
    fn of(point: i128, pair: i128, prices: &Prices, highest: u32) -> Result<Self, MatchError> {
        let fit = |value: i128| {
            let value = i64::try_from(value).ok();
            let value = value.filter(|value| value.unsigned_abs() < 1 << 60);
            value.ok_or_else(|| MatchError::new("the prices are too large for so many pairs"))
        };
        let narrow = |price: &i128| -> i64 {
            let limit = i128::from(LIMIT);
            (*price).clamp(-limit, limit) as i64
        };
        fit(point
            .saturating_mul(i128::from(highest))
            .saturating_add(pair))?;
        Ok(Self {
            point: fit(point)?,
            pair: fit(pair)?,
            rows: prices.rows.iter().map(narrow).collect(),
            columns: prices.columns.iter().map(narrow).collect(),
        })
    }

    /// Prices in pairs alone, in points: whatever they let through, they let through at every score, and nothing else.
    pub(super) fn in_points(&self, highest: u32) -> Self {
        let pair = i64::from(highest) + 1;
        let scaled = |price: &i64| price.saturating_mul(2 * pair).clamp(-LIMIT, LIMIT);
        Self {
            point: 1,
            pair,
            rows: self.rows.iter().map(scaled).collect(),
            columns: self.columns.iter().map(scaled).collect(),
        }
    }

    /// By how much a pair would be preferred; at most 0 where it would not.
    pub(super) fn gain(&self, row: u32, column: u32, score: u32) -> i64 {
        let row = self.rows.get(row as usize).copied().unwrap_or(LIMIT);
        let column = self.columns.get(column as usize).copied();
        self.point * i64::from(score) + self.pair - row - column.unwrap_or(LIMIT)
    }
}

/// The highest entry of a lane: no score is above it.
const TOP: i64 = MAX_SCORE as i64 + 1;

/// Prices in points, as lanes of 32 bits: a test that lets through every pair that would be preferred, and few others.
///
/// With `U` = ⌊(row price − `pair`) / `point`⌋ and `V` = ⌊column price / `point`⌋, a preferred pair has a score above
/// `U + V`. Columns are kept as what they are above the lowest of their run, cut at one more than the highest score,
/// which only lowers what is asked.
#[derive(Debug)]
pub(super) struct Lanes32 {
    rows: Vec<i64>,
    lowest: Vec<i64>,
    above: Vec<[i32; RUN]>,
}

impl Lanes32 {
    /// `rows` and `columns` say which price stands at each place of the sweep.
    /// `slack` is what may be missing in points.
    pub(super) fn new(asked: &Asked, slack: u32, rows: &[u32], columns: &[u32]) -> Self {
        let price = |prices: &[i64], at: u32| prices.get(at as usize).copied().unwrap_or(0);
        let point = asked.point.max(1);
        let of_row = |&at: &u32| {
            let price = price(&asked.rows, at) - asked.pair;
            price.div_euclid(point) - i64::from(slack)
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
        }
    }

    /// What a row and a run ask at least, and beyond that in each lane. A score has to be above their sum, which fits
    /// into `i32`.
    pub(super) fn of(&self, row: u32, run: usize) -> Option<(i32, &[i32; RUN])> {
        let (row, low) = (self.rows.get(row as usize)?, self.lowest.get(run)?);
        // From so low on, every score passes whatever a lane adds; and a score less that still fits into `i32`.
        let base = (row + low).clamp(-TOP - 1, TOP);
        Some((base as i32, self.above.get(run)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                    let columns: Vec<i64> = wide.iter().map(|v| (v + low).min(1 << 59)).collect();
                    let asked = Asked {
                        point,
                        pair,
                        rows: vec![row],
                        columns,
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
