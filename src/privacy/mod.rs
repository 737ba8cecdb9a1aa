//! What is confidential, who is asking, and what a withheld figure looks like.
//!
//! Three audiences: the two of a pairing, each by a [`Member`]; the [`Contact`] whom a [`Concern`] is for; and the
//! readers of reports, [`Audience`]. The first two are types that the last has no way to: a
//! [`CoordinatorId`](crate::ids::CoordinatorId) turns into neither. Never true inside: an answer of one readable by the
//! other before both have answered; a "no" in a [`Ballot`] readable by anybody but who said it.
//!
//! The library knows no logins: the host finds out who somebody is, and then asks for their `Member` or `Contact`.

mod audience;
mod ballot;
mod concern;
mod confidential;
mod exchange;

pub use audience::{Audience, Cell, Threshold, ThresholdTooLow};
pub use ballot::{Ballot, Decision};
pub use concern::{Concern, Contact, Report};
pub use confidential::{Confidential, Member};
pub use exchange::{AnswerError, Exchange};
