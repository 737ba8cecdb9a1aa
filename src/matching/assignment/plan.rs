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

/// A price per place for every row and every column, in the unit that the [module](super) defines.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Bounds the value; for max-min only of plans that use no edge below the lowest score of this one.
    pub prices: Prices,
    /// Present for max-min, and only there.
    pub floor: Option<Floor>,
}

/// The part of a [`Certificate`] that max-min needs besides: nobody pairs more, and nobody as many at a higher floor.
///
/// Here a pair is worth 1 and a score nothing. Prices of 0 and 1 are then a cover: no plan has more pairs than the
/// covering rows and columns have places, plus the edges that they leave uncovered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Floor {
    /// Bounds the number of pairs.
    pub pairs: Prices,
    /// Bounds the number of pairs among the edges above the lowest score of the plan.
    pub above: Prices,
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
    /// The certificate is for max-min and has no [`Floor`].
    #[error("the certificate has no floor, which `max-min` needs")]
    FloorMissing,
    /// The certificate has a [`Floor`] and is not for max-min.
    #[error("the certificate has a floor, which `{objective}` does not use")]
    FloorUnused {
        /// What the plan is to be checked for.
        objective: Objective,
    },
    /// The prices are so large that their sum leaves `i128`.
    #[error("the prices of the certificate are too large to add up")]
    Overflow,
}
