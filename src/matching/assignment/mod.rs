//! The exact solver: which edges of a two-sided graph to choose, with a proof.
//!
//! Knows integers and indices, nothing of people. A [`Graph`] has rows (mentors), columns (mentees), places on both
//! sides and scored edges. [`solve`] chooses edges by one of four [`Objective`]s and returns the best [`Assignment`]
//! together with a [`Certificate`]; [`verify`] checks both and shares no code with the solver. [`greedy()`] is the
//! yardstick: quick, never better, without a proof.
//!
//! Use it directly when you write a matcher of your own; otherwise the matching room calls it for you.
//!
//! ```
//! use reverse_mentoring::matching::assignment::{Edge, Graph, Objective, greedy, solve, verify};
//!
//! let edges = [
//!     Edge { row: 0, column: 0, score: 9 },
//!     Edge { row: 0, column: 1, score: 8 },
//!     Edge { row: 1, column: 0, score: 7 },
//! ];
//! let graph = Graph::new(vec![1, 1], vec![1, 1], edges)?;
//!
//! assert_eq!(greedy(&graph).pairs(), 1); // takes the 9 and blocks the rest
//!
//! let best = solve(&graph, Objective::MostPairs);
//! assert_eq!((best.assignment.pairs(), best.assignment.total), (2, 15));
//!
//! let verified = verify(&graph, Objective::MostPairs, &best.assignment, &best.certificate)?;
//! assert!(verified.proven);
//! assert_eq!((verified.pairs_bound, verified.score_bound), (2, 15));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How an objective becomes one number
//!
//! Every plan has a *value*: `pair` for each pair, `score` for each point, `row` for each row in use and `column` for
//! each column in use. The four weights are chosen so that an earlier criterion outweighs all later ones together.
//! With `P` = [`Graph::pair_limit`] and `S` = [`Graph::highest_score`]:
//!
//! | objective | `score` | `pair` | `row` | `column` |
//! |---|---|---|---|---|
//! | most-pairs, max-min | 1 | P·S + 1 | 0 | 0 |
//! | best-score | P + 1 | 1 | 0 | 0 |
//! | most-people | 1 | P·S + 1 | `pair`·P + P·S + 1 | `row`·rows + `pair`·P + P·S + 1 |
//!
//! The search solves in this unit. The auction needs no such weights for most-pairs: it finds the largest number of pairs
//! first and holds it, in a unit in which a point is worth more than all that its steps could add up to. So a
//! [`Certificate`] says itself which [`Unit`] its prices are in, and bounds the number of pairs apart where `pair` does
//! not; [`verify`] says what follows. Most-people is most-pairs where nobody has two places. [`Graph::new`] refuses
//! sizes at which a value could leave `i128`.
//!
//! # Two solvers
//!
//! An auction with falling steps, which long chains of displaced rows do not slow down, and shortest augmenting paths,
//! which know places on both sides and every objective. [`solve()`] picks: where everybody has one place the auction
//! goes first, elsewhere the search with a bound on its effort; whichever does not get through is followed by the other.
//! [`Solver`] starts from earlier prices and may be stopped, with the best plan so far and a proven gap.
//!
//! # Ties
//!
//! The same graph gives the same plan, whatever the order in which its edges were handed over. Which of several
//! equally good plans it is, follows from the search and is not promised from one release to the next.

mod auction;
mod cardinality;
mod certificate;
mod cost;
mod dense;
mod exchange;
mod graph;
mod greedy;
mod net;
mod network;
mod objective;
mod packed;
mod paths;
mod plan;
mod repair;
mod resolve;
mod seats;
mod sensitivity;
mod solve;
mod solver;
mod sparse;
mod surplus;
mod table;
mod tally;
mod what_if;

pub use certificate::verify;
pub use cost::{Cost, CostBounds};
pub use graph::{Edge, Graph, GraphError, MAX_SCORE};
pub use greedy::greedy;
pub use objective::{Objective, ParseObjectiveError};
pub use plan::{Assignment, Certificate, Flaw, Optimum, Prices, Unit, Verified};
pub use solve::solve;
pub use solver::{Progress, Solver};
pub use what_if::{Alternative, WhatIf, WhatIfError};
