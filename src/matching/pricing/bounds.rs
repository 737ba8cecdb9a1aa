//! From what an audit has summed up to bounds on the plans of all eligible pairs.

use std::collections::BTreeSet;

use super::prices::Reading;
use crate::matching::assignment::{Assignment, Graph, Objective};

/// What no plan exceeds by the prices of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    /// In the unit of the prices.
    pub(super) value: i128,
    /// In pairs, where they are priced by themselves.
    pub(super) pairs: Option<i128>,
    /// In pairs above the lowest score, where they are priced.
    pub(super) above: Option<i128>,
}

/// Bounds on every plan there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) pairs: u64,
    pub(super) score: u64,
    pub(super) proven: bool,
}

impl Bounds {
    /// What the sums say of pairs and total, for a plan of the objective.
    ///
    /// A plan of `k` pairs that is as good in what comes before them has at most (value − `pair` · k) / `point` points,
    /// after what its rows and columns in use are worth. Where pairs come before the total, k lies between this plan's
    /// pairs and the bound on them, and the worst of both ends holds for all. With max-min the value is that of the
    /// pairs from the lowest score on, and no plan has a higher lowest score where there are fewer pairs above it.
    ///
    /// With most-people a column in use is worth more than all rows, pairs and points of this plan together, a row than
    /// its pairs and points, and a pair than its points, which the checker has seen to. So where no plan is worth more
    /// than this one, none has a column more; of those with as many, none a row more; and so on.
    pub(super) fn of(
        sums: Sums,
        reading: &Reading,
        (graph, plan): (&Graph, &Assignment),
        [most, highest]: [u64; 2],
    ) -> Option<Self> {
        let value = &reading.value;
        let (point, pair, [in_row, in_column]) = (value.point, value.pair, value.used);
        let (pairs, total) = (i128::from(plan.pairs()), i128::from(plan.total));
        let ends = plan.edges.iter().filter_map(|&edge| graph.edge(edge));
        let ends: Vec<_> = ends.map(|edge| (edge.row, edge.column)).collect();
        let count = |ends: BTreeSet<u32>| ends.len() as i128;
        let used = in_row * count(ends.iter().map(|end| end.0).collect())
            + in_column * count(ends.iter().map(|end| end.1).collect());
        let best = sums.value - used;
        let points = |k: i128| (best - pair * k).checked_div_euclid(point);
        let (of_pairs, of_score) = match (reading.objective, sums.pairs) {
            (Objective::BestScore, bound) => {
                let rest = (pair > 0).then(|| (best - point * total).checked_div_euclid(pair));
                (bound.or(rest.flatten())?, points(0)?)
            }
            (_, bound) => {
                let of_pairs = bound.or_else(|| best.checked_div_euclid(pair))?;
                let ends = points(pairs)?.max(points(of_pairs.max(pairs))?);
                (of_pairs, ends)
            }
        };
        let lowest = match reading.objective {
            Objective::MaxMin => pairs == 0 || sums.above? < pairs,
            Objective::MostPairs | Objective::BestScore | Objective::MostPeople => true,
        };
        let clip = |bound: i128, limit: u64| u64::try_from(bound.min(i128::from(limit))).ok();
        Some(Self {
            pairs: clip(of_pairs, most)?,
            score: clip(of_score, highest)?,
            proven: of_pairs == pairs && of_score == total && lowest,
        })
    }

    /// Pairs and points that no plan of all eligible pairs exceeds, whatever the prices; `highest` is the highest score.
    pub(super) fn limit(graph: &Graph, eligible: u64, highest: u32) -> [u64; 2] {
        let side = |places: &[u32]| places.iter().map(|&p| u64::from(p)).sum::<u64>();
        let most = side(graph.row_places())
            .min(side(graph.column_places()))
            .min(eligible);
        [most, most.saturating_mul(u64::from(highest))]
    }
}
