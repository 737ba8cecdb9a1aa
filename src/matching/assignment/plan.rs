//! What the solver claims: a plan, the prices that prove it, and what the checker found.

use thiserror::Error;

use super::Objective;

/// A plan: which edges of a graph are chosen, and what they add up to.
///
/// A claim, not a proof: whoever writes it may err. [`verify`](super::verify) checks every word of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The numbers of the chosen edges, ascending.
    pub edges: Vec<u32>,
    /// The sum of their scores.
    pub total: u64,
}

impl Assignment {
    /// How many pairs the plan has.
    #[must_use]
    pub fn pairs(&self) -> u64 {
        self.edges.len() as u64
    }
}

/// What a plan is worth in the unit of its certificate: so much for each point, each pair, each row in use and each
/// column in use.
///
/// Which numbers these are is up to the solver: [`verify`](super::verify) says what follows from them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// A point of score; above 0.
    pub point: i128,
    /// A pair; where the number of pairs is bounded by itself it may be below 0.
    pub pair: i128,
    /// A row in use.
    pub row: i128,
    /// A column in use.
    pub column: i128,
}

/// A price per place for every row and every column, in the [`Unit`] of the certificate.
///
/// Any prices give a true bound, good ones a tight one. The value of a plan is what its edges are worth after paying
/// the prices of both ends, plus what rows and columns are worth that are paid for each of their pairs. So no plan is
/// worth more than the sum of: every edge that is worth more than its two prices, by the difference; and every row and
/// column, by the most it could earn with 0, 1 or all of its places filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    /// The price of a place in each row.
    pub rows: Vec<i128>,
    /// The price of a place in each column.
    pub columns: Vec<i128>,
}

/// The proof that a plan is the best: prices that bound the value of every plan.
///
/// At `k` pairs of a total `t` the bound says: `point`·t + `pair`·k is at most the sum that [`Prices`] describes. With
/// `k` bounded by `pairs`, this is the bound of linear programming, λ being `-pair`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// What the prices are counted in.
    pub unit: Unit,
    /// Bounds the value; for max-min only of plans that use no edge below the lowest score of this one.
    pub prices: Prices,
    /// Bounds the number of pairs by itself, where a pair is worth 1 and a score nothing. Prices of 0 and 1 are then a
    /// cover: no plan has more pairs than the covering rows and columns have places, plus the edges left uncovered.
    /// Needed for max-min; for most-pairs where `pair` is not so large that `prices` bound the pairs too.
    pub pairs: Option<Prices>,
    /// For max-min, and only there: bounds the number of pairs among the edges above the lowest score of the plan.
    pub above: Option<Prices>,
}

/// The best plan for an objective, and the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Optimum {
    /// The plan.
    pub assignment: Assignment,
    /// The proof that none is better.
    pub certificate: Certificate,
}

/// What [`verify`](super::verify) found about a plan that is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// No plan has more pairs that is at least as good as this one in each criterion before the number of pairs.
    ///
    /// For most-pairs and max-min there is none before it: the bound holds of every plan. For best-score it holds of
    /// plans with at least this total; for most-people, of plans with at least as many columns and rows in use.
    pub pairs_bound: u64,
    /// No plan has a higher total that is at least as good as this one in each criterion before the total.
    ///
    /// For best-score there is none before it: the bound holds of every plan. For max-min it holds of plans with at
    /// least as many pairs and no lower score than the lowest of this one.
    pub score_bound: u64,
    /// Whether the certificate leaves no room for a better plan. When it is `false`, the bounds still hold.
    pub proven: bool,
}

/// What is wrong with a plan or a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Flaw {
    /// The plan names an edge that is not there.
    #[error("the plan names edge `{edge}`, which is not in the graph")]
    UnknownEdge {
        /// Its number.
        edge: u32,
    },
    /// The plan uses an edge twice.
    #[error("the plan uses edge `{edge}` twice")]
    EdgeTwice {
        /// Its number.
        edge: u32,
    },
    /// The edges of the plan are not in ascending order.
    #[error("the plan names edge `{edge}` after a higher one")]
    NotAscending {
        /// The number that is too low.
        edge: u32,
    },
    /// A row has more pairs than places.
    #[error("the plan gives row `{row}` more pairs than it has places")]
    RowOverfull {
        /// The row.
        row: u32,
    },
    /// A column has more pairs than places.
    #[error("the plan gives column `{column}` more pairs than it has places")]
    ColumnOverfull {
        /// The column.
        column: u32,
    },
    /// The total is not the sum of the scores.
    #[error("the plan claims a total of `{claimed}`, but its edges add up to `{actual}`")]
    WrongTotal {
        /// What the plan says.
        claimed: u64,
        /// What the edges say.
        actual: u64,
    },
    /// The certificate does not price each row, or each column, once.
    #[error("the certificate prices `{found}` members of a side that has `{expected}`")]
    WrongLength {
        /// How many rows or columns the graph has.
        expected: usize,
        /// How many prices the certificate has for them.
        found: usize,
    },
    /// The certificate is for max-min and lacks a bound on the pairs or on those above the lowest score.
    #[error("the certificate lacks a bound that `max-min` needs")]
    BoundMissing,
    /// The certificate bounds something that the objective does not ask for.
    #[error("the certificate has a bound that `{objective}` does not use")]
    BoundUnused {
        /// What the plan is to be checked for.
        objective: Objective,
    },
    /// The unit of the certificate is not one that proves anything for the objective.
    #[error("the unit of the certificate is not one for `{objective}`")]
    WrongUnit {
        /// What the plan is to be checked for.
        objective: Objective,
    },
    /// The prices are so large that their sum leaves `i128`.
    #[error("the prices of the certificate are too large to add up")]
    Overflow,
}
