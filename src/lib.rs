#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(missing_docs, missing_debug_implementations, unreachable_pub)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::todo,
    clippy::unimplemented,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::get_unwrap,
    clippy::allow_attributes_without_reason
)]

// What the public functions take and give: hosts need not guess a version.
pub use {chrono, uuid};

// In the order in which data flows: a module names only those above it.
mod few;
mod folded;
mod summary;
pub mod ids;
pub mod text;
pub mod spreadsheet;
pub mod pair;
pub mod privacy;
pub mod cadence;
pub mod roster;
#[cfg(feature = "zones")]
pub mod zones;
pub mod policy;
pub mod eligibility;
pub mod matching;
pub mod charter;
pub mod pairing;
pub mod session;
pub mod notebook;
pub mod pulse;
pub mod journal;
pub mod history;
#[cfg(feature = "calendar")]
pub mod calendar;
pub mod program;
pub mod dry_run;
pub mod subject;
pub mod health;
pub mod error;
pub mod testing;
pub mod store;
#[cfg(feature = "import")]
pub mod import;
#[cfg(feature = "simulation")]
pub mod simulation;
#[cfg(feature = "report")]
pub mod report;
#[cfg(feature = "tables")]
pub mod tables;
#[cfg(feature = "fleet")]
pub mod fleet;
#[cfg(feature = "schema")]
pub mod schema;
pub mod prelude;
pub mod guide;
