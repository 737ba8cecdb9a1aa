//! Cadences before a calendar of their own: counted day by day, without a date library.

#[path = "cadence/by_hand.rs"]
mod by_hand;
#[path = "cadence/health.rs"]
mod health;
#[path = "cadence/judge.rs"]
mod judge;
#[path = "cadence/properties.rs"]
mod properties;
mod support;
#[path = "cadence/wire.rs"]
mod wire;
#[path = "cadence/years.rs"]
mod years;

/// So many cases, unless the environment asks for another number.
fn cases(unasked: u32) -> proptest::prelude::ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.and_then(|n| n.parse().ok()).unwrap_or(unasked);
    proptest::prelude::ProptestConfig::with_cases(cases)
}
