//! What if? Programmes played many times, and against each other.
//!
//! In come [`Scenario`]s; out come [`Bands`] of one and [`Contrast`]s of two. Never true inside: a result that hangs on how many threads there
//! were, memory that grows with the replicates, or a verdict without how sure it is.

mod bands;
mod contrast;
mod replicates;
mod scenario;
mod stats;
mod sweep;

pub use bands::{Band, Bands};
pub use contrast::{Contrast, MeasureContrast, Trial, Verdict, compare};
pub use replicates::{Replicate, Replicates};
pub use scenario::Scenario;
pub use stats::Estimate;
pub use sweep::{Influence, SweepError, SweepPoint, sweep, tornado};
