//! How a cadence is written: an interval in days as ever, any other rhythm by its name.

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize};

use super::rhythm::{Kind, Nth, Rhythm};
use super::{Cadence, CadenceError};

/// Exactly one of `interval_days` and `rhythm`, so that there is one way to write each cadence, and readers that know
/// intervals only go on reading those.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("oneOf" = [{"required": ["interval_days"]}, {"required": ["rhythm"]}])))]
#[serde(deny_unknown_fields)]
pub(super) struct Wire {
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "there"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "u16", range(min = 1, max = 366)))]
    interval_days: Option<u16>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "there"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "RhythmWire"))]
    rhythm: Option<RhythmWire>,
    #[cfg_attr(feature = "schema", schemars(range(max = 366)))]
    grace_days: u16,
    #[cfg_attr(feature = "schema", schemars(range(min = 15, max = 480)))]
    minutes: u16,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    deny_unknown_fields,
    expecting = "a rhythm"
)]
enum RhythmWire {
    Weeks {
        #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 52)))]
        every: u16,
        from: NaiveDate,
    },
    MonthDay {
        #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 31)))]
        day: u8,
    },
    MonthWeekday {
        nth: Nth,
        weekday: Weekday,
    },
}

/// A value that may be left out, and is no `null` where it stands.
fn there<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

impl TryFrom<Wire> for Cadence {
    type Error = CadenceError;

    fn try_from(wire: Wire) -> Result<Self, CadenceError> {
        let rhythm = match (wire.interval_days, wire.rhythm) {
            (Some(days), None) => Rhythm::days(days)?,
            (None, Some(RhythmWire::Weeks { every, from })) => Rhythm::weeks(every, from)?,
            (None, Some(RhythmWire::MonthDay { day })) => Rhythm::month_day(day)?,
            (None, Some(RhythmWire::MonthWeekday { nth, weekday })) => {
                Rhythm::month_weekday(nth, weekday)
            }
            (None, None) | (Some(_), Some(_)) => return Err(CadenceError::OneRhythm),
        };
        Self::of(rhythm, wire.grace_days, wire.minutes)
    }
}

impl From<Cadence> for Wire {
    fn from(cadence: Cadence) -> Self {
        let (interval_days, rhythm) = match cadence.rhythm.0 {
            Kind::Days(days) => (Some(days), None),
            Kind::Weeks { every, from } => (None, Some(RhythmWire::Weeks { every, from })),
            Kind::MonthDay(day) => (None, Some(RhythmWire::MonthDay { day })),
            Kind::MonthWeekday { nth, weekday } => {
                (None, Some(RhythmWire::MonthWeekday { nth, weekday }))
            }
        };
        Self {
            interval_days,
            rhythm,
            grace_days: cadence.grace_days,
            minutes: cadence.minutes,
        }
    }
}
