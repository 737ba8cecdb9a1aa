//! The example `http_service` as a process on the loopback, driven by a client of its own: what it answers, whom it answers, and
//! that nothing brings it down.
//!
//! `cargo test` builds the examples beside the tests, and they are found there.
#![cfg(feature = "import")]

#[path = "http_service/audiences.rs"]
mod audiences;
#[cfg(feature = "sqlite")]
#[path = "http_service/file.rs"]
mod file;
#[path = "http_service/flow.rs"]
mod flow;
#[path = "support/nasty.rs"]
mod nasty;
#[path = "http_service/page.rs"]
mod page;
#[path = "http_service/races.rs"]
mod races;
#[path = "http_service/refusals.rs"]
mod refusals;
#[path = "http_service/rough.rs"]
mod rough;
#[path = "http_service/wire.rs"]
mod wire;
#[path = "http_service/world.rs"]
mod world;
