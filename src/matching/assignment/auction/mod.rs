//! The auction: rows bid for places in columns, prices rise, and in the end nobody wants to change.
//!
//! In comes a graph, out comes its plan with most pairs, of those the one with the best total, and prices that prove it;
//! or the word that the numbers would not fit or that bidding went on too long, and then the search of `paths.rs` takes
//! over. Never true
//! inside: a price that falls, an edge used twice, or a number that wraps.
//!
//! # How it works
//!
//! Every row with a free seat bids for the column that is worth most to it after its price, and bids so much that this
//! column is worth as much as its second best, less a little (ε); the cheapest unit of the column changes hands, and
//! whoever loses it bids again (Bertsekas 1979). When all is assigned, nobody could gain more than ε by a change, so
//! the plan is within ε times the number of places of the best. Bidding in large steps first and smaller ones later
//! (ε-scaling, Bertsekas and Castañon 1989) keeps price wars short. In the last step worth is multiplied by a number
//! above that of all places and ε is 1: the plan is then the best, since worths are integers.
//!
//! - **Places.** A column with places has units with prices of their own; its price is that of its cheapest. A row
//!   with places bids seat by seat, and never for a column that it holds.
//! - **Leftovers.** The auction fills every unit: those that stay free in a plan of `k` pairs are held by a *spare
//!   row*, to which all columns are worth the same; `k` is the largest number of pairs there is, see `cardinality.rs`.
//!   Rows walk away from prices beyond a bound. If more walk away than the largest plan leaves out, the bound was too
//!   low, and they are called back at a higher one.
//! - **Lists.** A row remembers its best few edges and a bound on all others. Prices only rise, so the bound stays
//!   true, and most bids need not look at the whole row.
//! - **Matrices.** A long row is looked at in blocks of cells. The highest cell of a block less its least price bounds
//!   what the block leaves: where prices are low, as in a contest of few rows for many columns, few blocks are read.
//! - **Order.** Who lost bids next, while what the bid touched is near. With a million rows nothing is near: then who
//!   waited longest bids next, and what the ones after need is asked for meanwhile.
//! - **Coarse and fine.** The large steps are made in `i32` and in the unit of scores, the last in `i64`.

mod bidding;
mod blocks;
mod lists;
mod money;
mod proof;
mod schedule;
mod state;

pub(super) use schedule::{Found, run};
