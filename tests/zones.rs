//! Slots: what is agreed by somebody's clock, and the one instant that it is.
//!
//! The judge of instants ([`inverse`]) goes the other way round: it walks the instants and looks at the clock. It calls nothing but
//! [`Zone::local`], which `.ci/deep.d/zones.sh` holds against tables that another program compiled.
#![cfg(feature = "zones")]

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use reverse_mentoring::zones::{Slot, SlotError, Zone};

#[path = "zones/by_hand.rs"]
mod by_hand;
#[path = "zones/inverse.rs"]
mod inverse;
#[path = "zones/names.rs"]
mod names;
#[path = "zones/properties.rs"]
mod properties;
#[path = "zones/shared.rs"]
mod shared;

fn zone(name: &str) -> Zone {
    Zone::new(name).unwrap()
}

/// `2026-03-29`.
fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `02:30`.
fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

/// `2026-03-29 02:30`, on a clock.
fn clock(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

/// `2026-03-29 02:30`, in UTC.
fn utc(text: &str) -> DateTime<Utc> {
    clock(text).and_utc()
}

fn slot(shown: NaiveDateTime, zone: Zone) -> Result<Slot, SlotError> {
    Slot::new(shown.date(), shown.time(), zone)
}
