//! Pulses: answers by hand, a second computation of the sums, an attacker who subtracts everything that is told, forged
//! records, logs, and the benefits.

mod support;

#[path = "pulse/attack.rs"]
mod attack;
#[path = "pulse/benefits.rs"]
mod benefits;
#[path = "pulse/by_hand.rs"]
mod by_hand;
#[path = "pulse/forgetting.rs"]
mod forgetting;
#[path = "pulse/forged.rs"]
mod forged;
#[path = "pulse/logs.rs"]
mod logs;
#[path = "pulse/naive.rs"]
mod naive;
#[path = "pulse/world.rs"]
mod world;
