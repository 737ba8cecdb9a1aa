//! Releases: by hand, and attacked.

mod support;

#[path = "release/attack.rs"]
mod attack;
#[path = "release/by_hand.rs"]
mod by_hand;
#[path = "release/periods.rs"]
mod periods;
#[path = "release/world.rs"]
mod world;

use attack::{Seen, attack_many};
use periods::follow_many;

#[test]
fn no_hidden_cell_is_computed_or_confined() {
    let seen = attack_many(1_500);
    println!("{seen:?}");
    assert!(
        seen.cells_shown > 1000 && seen.hidden > 2000 && seen.exhausted > 1000,
        "{seen:?}"
    );
}

/// In the figures of the issue.
#[test]
#[ignore = "minutes"]
fn no_hidden_cell_of_200_000_programmes_is_computed_or_confined() {
    let seen: Seen = attack_many(200_000);
    println!("{seen:?}");
}

#[test]
fn two_releases_cannot_be_subtracted() {
    let seen = follow_many(20);
    println!("{seen:?}");
    assert!(seen.afresh > 300 && seen.repeated > 500, "{seen:?}");
}

/// In the figures of the issue.
#[test]
#[ignore = "minutes"]
fn of_100_000_programmes_two_releases_cannot_be_subtracted() {
    println!("{:?}", follow_many(100_000));
}
