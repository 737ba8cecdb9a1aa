//! What if? Programmes played many times, and against each other.
//!
//! In come [`Scenario`]s; out come [`Bands`] of one and [`Contrast`]s of two. Never true inside: a result that hangs on how many threads there
//! were, memory that grows with the replicates, or a verdict without how sure it is.

mod bands;
mod by_lot;
mod contrast;
mod provenance;
mod replicates;
mod scenario;
mod stats;
mod sweep;
mod tornado;
mod wording;

pub use bands::{Band, Bands};
pub use by_lot::ByLot;
pub use contrast::{Contrast, MeasureContrast, Trial, Verdict, compare};
pub use provenance::Provenance;
pub use replicates::{Replicate, Replicates};
pub use scenario::{NoPlan, Scenario};
pub use stats::Estimate;
pub use sweep::{Sweep, SweepError, SweepPoint, sweep};
pub use tornado::{
    Influence, Sway, Tornado, TornadoEnd, TornadoProgress, assumptions, is_choice, tornado,
};
#[cfg(feature = "report")]
pub(crate) use wording::{Part, percent};
