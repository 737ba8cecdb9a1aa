#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
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

pub mod cadence;
mod summary;
pub mod ids;
pub mod matching;
pub mod pairing;
pub mod session;
pub mod journal;
pub mod history;
pub mod program;
pub mod health;
#[cfg(feature = "import")]
pub mod import;
pub mod pair;
pub mod privacy;
pub mod roster;
pub mod policy;
pub mod eligibility;
pub mod text;
pub mod prelude;
