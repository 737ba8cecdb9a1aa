//! What holds of any slot on any clock.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use reverse_mentoring::zones::{Resolution, Slot, Zone};

use super::{slot, zone};

pub(super) fn any_zone() -> impl Strategy<Value = Zone> {
    let named: Vec<Zone> = Zone::all().collect();
    let fixed = (-720..=840_i32).prop_map(|minutes: i32| {
        let sign = if minutes < 0 { '-' } else { '+' };
        let minutes = minutes.unsigned_abs();
        zone(&format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60))
    });
    prop_oneof![4 => prop::sample::select(named), 1 => fixed]
}

/// A minute of 1973 to 2099: in 1972 the last zone gave up offsets with seconds, which no whole minute of UTC shows.
fn any_minute() -> impl Strategy<Value = NaiveDateTime> {
    let first = NaiveDate::from_ymd_opt(1973, 1, 1).unwrap();
    let last = NaiveDate::from_ymd_opt(2099, 12, 31).unwrap();
    let days = (last - first).num_days().unsigned_abs();
    (0..=days, 0..24_u32, 0..60_u32)
        .prop_map(move |(days, h, m)| (first + Days::new(days)).and_hms_opt(h, m, 0).unwrap())
}

proptest! {
    /// There is one instant; what the clock then shows is what was agreed on, or later where that is skipped.
    #[test]
    fn one_instant_and_what_the_clock_shows(zone in any_zone(), agreed in any_minute()) {
        let slot = slot(agreed, zone).unwrap();
        let shown = slot.local(zone);
        match slot.resolution() {
            Resolution::Exact => prop_assert_eq!(shown, agreed),
            Resolution::Skipped => {
                let step = shown - agreed;
                prop_assert!(step > TimeDelta::zero() && step <= TimeDelta::hours(24));
                // Before it the clock was as much behind: it is the offset before that counts.
                prop_assert_eq!(zone.local(slot.at() - step), agreed - step);
            }
            Resolution::Repeated => {
                prop_assert_eq!(shown, agreed);
                let again = (1..=24 * 60).map(|m| slot.at() + TimeDelta::minutes(m));
                prop_assert!(again.into_iter().any(|at| zone.local(at) == agreed));
            }
        }
        let earlier = (1..=240).map(|m| slot.at() - TimeDelta::minutes(m));
        prop_assert!(earlier.into_iter().all(|at| zone.local(at) != agreed), "not the first");
    }

    /// Written down and read, and found again from its instant: the same slot, unless its time is skipped.
    #[test]
    fn a_slot_comes_back(zone in any_zone(), agreed in any_minute()) {
        let slot = slot(agreed, zone).unwrap();
        let text = serde_json::to_string(&slot).unwrap();
        prop_assert_eq!(serde_json::from_str::<Slot>(&text).unwrap(), slot);
        let found = Slot::beginning(slot.at(), zone);
        match slot.resolution() {
            Resolution::Skipped => prop_assert_eq!(found.unwrap().at(), slot.at()),
            _ => prop_assert_eq!(found, Ok(slot)),
        }
    }

    /// The later of two times on a clock is never the earlier instant, unless the clocks were changed between them.
    #[test]
    fn without_a_change_order_is_kept(zone in any_zone(), agreed in any_minute(), ahead in 1..600_i64) {
        let later = agreed + TimeDelta::minutes(ahead);
        prop_assume!(later < end_of_tables());
        let [first, second] = [agreed, later].map(|shown| slot(shown, zone).unwrap());
        let offsets = [first, second].map(|slot| slot.local(zone) - slot.at().naive_utc());
        if offsets[0] == offsets[1] && first.resolution() == Resolution::Exact && second.resolution() == Resolution::Exact {
            prop_assert_eq!(second.at() - first.at(), TimeDelta::minutes(ahead));
        }
    }

    /// Whatever name is asked for: a zone that reads back from its own, or one line that quotes the name.
    #[test]
    fn any_name(name in "(Europe/|UTC|[+-])?[A-Za-z0-9:/_ \\n+-]{0,12}") {
        match Zone::new(&name) {
            Ok(zone) => prop_assert_eq!(Zone::new(&zone.to_string()), Ok(zone)),
            Err(error) => {
                let text = error.to_string();
                prop_assert!(text.starts_with('`') && !text.contains('\n'), "{}", text);
                prop_assert_eq!(error.name, name);
            }
        }
    }
}

/// The first minute of which the tables do not tell.
fn end_of_tables() -> NaiveDateTime {
    let last = NaiveDate::from_ymd_opt(2100, 1, 1).unwrap();
    last.and_hms_opt(0, 0, 0).unwrap()
}
