//! Reverse mentoring as a library.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::todo,
    clippy::unimplemented,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::get_unwrap
)]
#![warn(clippy::allow_attributes_without_reason)]

pub mod matching;
