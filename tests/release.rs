//! Releases: by hand, and attacked.

mod support;

#[path = "release/attack.rs"]
mod attack;
#[path = "release/by_hand.rs"]
mod by_hand;
#[path = "release/costs.rs"]
mod costs;
#[path = "release/telling.rs"]
mod telling;
#[path = "release/ledger.rs"]
mod ledger;
#[path = "release/past.rs"]
mod past;
#[path = "release/periods.rs"]
mod periods;
#[path = "release/series.rs"]
mod series;
#[path = "release/world.rs"]
mod world;

use attack::attack_many;
use periods::follow_many;

#[test]
fn no_hidden_cell_is_computed_or_confined() {
    let seen = attack_many(0..1_500);
    println!("{seen:?}");
    assert!(
        seen.cells_shown > 1000 && seen.hidden > 2000 && seen.exhausted > 1000,
        "{seen:?}"
    );
}

/// In the figures of the issue.
#[test]
#[ignore = "a minute"]
fn no_hidden_cell_of_200_000_programmes_is_computed_or_confined() {
    println!("{:?}", attack_many(0..200_000));
}

#[test]
fn two_releases_cannot_be_subtracted() {
    let seen = follow_many(0..20);
    println!("{seen:?}");
    assert!(seen.afresh > 300 && seen.repeated > 500, "{seen:?}");
}

/// In the figures of the issue, or so many programmes as `RELEASE_PROGRAMMES` says, from the one that `RELEASE_FROM` names: parts can run
/// beside each other.
#[test]
#[ignore = "half an hour, unless RELEASE_PROGRAMMES says how many"]
fn of_100_000_programmes_two_releases_cannot_be_subtracted() {
    let number = |name: &str| {
        let value = std::env::var(name).ok()?;
        Some(value.parse::<u64>().expect("a number of programmes"))
    };
    let from = number("RELEASE_FROM").unwrap_or(0);
    let programmes = number("RELEASE_PROGRAMMES").unwrap_or(100_000);
    println!("{:?}", follow_many(from..from + programmes));
}
