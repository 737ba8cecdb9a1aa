//! What a change costs, criterion by criterion.

use std::cmp::Ordering;

use super::tally::Tally;
use super::{Assignment, Flaw, Graph, Objective};

/// What the best plan with a change has less than the best plan without it.
///
/// Positive is lost, negative is gained. Only what the objective looks at is counted, the other fields are 0: how many
/// rows are in use, say, differs between equally good plans where nobody asks for it. Read in the objective's order,
/// the first field that is not 0 is positive: a change never makes the best plan better, but what it costs in an
/// earlier criterion may bring a gain in a later one.
///
/// | objective | order |
/// |---|---|
/// | most-pairs | `pairs`, `score` |
/// | best-score | `score`, `pairs` |
/// | max-min | `pairs`, `lowest`, `score` |
/// | most-people | `columns`, `rows`, `pairs`, `score` |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cost {
    /// Columns with a pair.
    pub columns: i64,
    /// Rows with a pair.
    pub rows: i64,
    /// Pairs.
    pub pairs: i64,
    /// Points of the lowest score of a pair; a plan without pairs counts as 0.
    pub lowest: i64,
    /// Points of the total.
    pub score: i64,
}

impl Cost {
    /// Nothing is lost, nothing gained.
    pub const NONE: Self = Self {
        columns: 0,
        rows: 0,
        pairs: 0,
        lowest: 0,
        score: 0,
    };

    /// Whether the best plan is as good with the change as without it.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }

    /// What one plan of a graph has less than another, in what an objective looks at.
    ///
    /// # Errors
    ///
    /// The first [`Flaw`] of the two plans.
    pub fn of(
        graph: &Graph,
        objective: Objective,
        more: &Assignment,
        less: &Assignment,
    ) -> Result<Self, Flaw> {
        let (more, less) = (Facts::of(graph, more)?, Facts::of(graph, less)?);
        Ok(Self::between(&more, &less, objective))
    }

    /// Which of two costs is the smaller by an objective: its first criterion decides, the next where it is equal.
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use reverse_mentoring::matching::assignment::{Cost, Objective};
    ///
    /// let a_pair = Cost { pairs: 1, score: -40, ..Cost::NONE };
    /// let points = Cost { score: 70, ..Cost::NONE };
    /// assert_eq!(points.cmp_by(&a_pair, Objective::MostPairs), Ordering::Less);
    /// assert_eq!(points.cmp_by(&a_pair, Objective::BestScore), Ordering::Greater);
    /// ```
    #[must_use]
    pub fn cmp_by(&self, other: &Self, objective: Objective) -> Ordering {
        self.in_order(objective).cmp(&other.in_order(objective))
    }

    /// The fields that an objective looks at, in its order; 0 for the rest.
    pub(super) const fn in_order(&self, objective: Objective) -> [i64; 4] {
        match objective {
            Objective::MostPairs => [self.pairs, self.score, 0, 0],
            Objective::BestScore => [self.score, self.pairs, 0, 0],
            Objective::MaxMin => [self.pairs, self.lowest, self.score, 0],
            Objective::MostPeople => [self.columns, self.rows, self.pairs, self.score],
        }
    }

    /// The cost of these fields in the order of an objective.
    pub(super) fn from_order(objective: Objective, fields: [i64; 4]) -> Self {
        let mut cost = Self::NONE;
        match objective {
            Objective::MostPairs => [cost.pairs, cost.score, _, _] = fields,
            Objective::BestScore => [cost.score, cost.pairs, _, _] = fields,
            Objective::MaxMin => [cost.pairs, cost.lowest, cost.score, _] = fields,
            Objective::MostPeople => [cost.columns, cost.rows, cost.pairs, cost.score] = fields,
        }
        cost
    }

    /// What `less` has less than `more`, in the fields that the objective looks at.
    pub(super) const fn between(more: &Facts, less: &Facts, objective: Objective) -> Self {
        let all = Self {
            columns: more.columns - less.columns,
            rows: more.rows - less.rows,
            pairs: more.pairs - less.pairs,
            lowest: more.lowest - less.lowest,
            score: more.total - less.total,
        };
        match objective {
            Objective::MostPairs | Objective::BestScore => Self {
                columns: 0,
                rows: 0,
                lowest: 0,
                ..all
            },
            Objective::MaxMin => Self {
                columns: 0,
                rows: 0,
                ..all
            },
            Objective::MostPeople => Self { lowest: 0, ..all },
        }
    }
}

/// Between which costs the cost of a change lies, both ends included, in the order of the objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostBounds {
    /// No plan with the change costs less: the prices of the certificate prove it.
    pub at_least: Cost,
    /// A plan with the change costs this much: one was found.
    pub at_most: Cost,
}

impl CostBounds {
    /// Both ends at once.
    pub(super) const fn exactly(cost: Cost) -> Self {
        Self {
            at_least: cost,
            at_most: cost,
        }
    }

    /// The cost, where the two ends meet.
    #[must_use]
    pub fn exact(&self) -> Option<Cost> {
        (self.at_least == self.at_most).then_some(self.at_least)
    }
}

/// What the criteria look at in a plan. Fits: at most 2³² pairs of scores below 2³⁰.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) columns: i64,
    pub(super) rows: i64,
    pub(super) pairs: i64,
    pub(super) lowest: i64,
    pub(super) total: i64,
}

impl Facts {
    /// Counts, and refuses a plan that is not one for this graph.
    pub(super) fn of(graph: &Graph, plan: &Assignment) -> Result<Self, Flaw> {
        let tally = Tally::new(graph, plan)?;
        let whole = |n: i128| i64::try_from(n).map_err(|_| Flaw::Overflow);
        Ok(Self {
            columns: whole(tally.columns)?,
            rows: whole(tally.rows)?,
            pairs: whole(tally.pairs)?,
            lowest: if tally.pairs == 0 {
                0
            } else {
                i64::from(tally.lowest)
            },
            total: whole(tally.total)?,
        })
    }
}
