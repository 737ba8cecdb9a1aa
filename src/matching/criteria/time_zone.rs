//! How far apart the working days of the two are.

use std::ops::RangeInclusive;

use crate::matching::{Assessment, Bound, Criterion};
use crate::policy::{Attribute, PairView, PluginId, RowView};
use crate::roster::{Profile, UtcOffset};

/// `nearby-time-zone`: 120 points in one time zone, 10 less for each hour between the two clocks, down to 0 at twelve hours.
///
/// The hours are counted the shorter way round ([`UtcOffset::apart`](crate::roster::UtcOffset::apart)), and every six
/// minutes begun cost a point. How far apart two time zones are is known where
///
/// - both have the same name, whatever it is: 0 hours;
/// - or both names are [fixed offsets](crate::roster::UtcOffset), such as `UTC+05:30`.
///
/// Otherwise (one has no time zone, or `Europe/London` stands against `UTC+01:00` or `Asia/Kolkata`) the pair gets 60:
/// the offset of a named zone depends on the day and on tables that the library does not have, and a guess could be off
/// by an hour or by a sign. A host that has the tables writes the offset of the season into the column.
///
/// | mentor | mentee | apart | points |
/// |---|---|---|---|
/// | `Europe/London` | `Europe/London` | 0 h | 120 |
/// | `UTC+01:00` | `UTC` | 1 h | 110 |
/// | `UTC+05:45` | `UTC` | 5 h 45 min | 62 |
/// | `UTC+12:00` | `UTC-11:00` | 1 h | 110 |
/// | `UTC+10:00` | `UTC-02:00` | 12 h | 0 |
/// | `Europe/London` | `UTC` | not known | 60 |
///
/// ```
/// use reverse_mentoring::matching::{Criteria, NearbyTimeZone};
///
/// assert_eq!(Criteria::standard().with(NearbyTimeZone, 1)?.highest_score(), 3_220);
/// # Ok::<(), reverse_mentoring::matching::CriteriaError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NearbyTimeZone;

/// Minutes on the clock that cost a point.
const STEP: u16 = 6;
/// The points of one and the same time zone: twelve hours of points to lose.
const NEXT_DOOR: u16 = 12 * 60 / STEP;

/// Minutes of a day.
const DAY: u32 = 24 * 60;

fn from_the_date_line(offset: Option<UtcOffset>) -> u32 {
    // By INVARIANT (offset) at least -720.
    offset.map_or(0, |offset| (i32::from(offset.minutes()) + 721) as u32)
}

impl Criterion for NearbyTimeZone {
    fn id(&self) -> PluginId {
        PluginId::new("nearby-time-zone", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=NEXT_DOOR.into()
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let (ours, theirs) = (pair.mentor(), pair.mentee());
        let minutes = match (ours.timezone(), theirs.timezone()) {
            (Some(a), Some(b)) if a == b => Some(0),
            _ => ours
                .utc_offset()
                .zip(theirs.utc_offset())
                .map(|(a, b)| a.apart(b)),
        };
        let lost = minutes.map_or(NEXT_DOOR / 2, |minutes| minutes.div_ceil(STEP));
        Assessment::new(NEXT_DOOR.saturating_sub(lost).into())
    }

    /// Minutes east of the date line, from 1; 0 where the zone's name is no offset.
    fn note(&self, mentee: &Profile) -> u32 {
        from_the_date_line(mentee.utc_offset())
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        let ours = from_the_date_line(row.mentor().utc_offset());
        let (zone, zones) = row.attribute(Attribute::TimeZone);
        let mentees = row.noted().iter().zip(zones);
        for (points, (&theirs, &other)) in points.iter_mut().zip(mentees) {
            let round = ours.abs_diff(theirs) % DAY;
            let apart = round.min(DAY - round);
            let lost = match (ours, theirs) {
                _ if zone == other && zone != 0 => 0,
                (0, _) | (_, 0) => NEXT_DOOR / 2,
                _ => apart.div_ceil(STEP.into()) as u16,
            };
            *points = NEXT_DOOR.saturating_sub(lost).into();
        }
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}
