//! How far apart the working days of the two are.

use std::ops::RangeInclusive;

use super::at_most;
use crate::matching::{Assessment, Bound, Criterion};
use crate::policy::{PairView, PluginId, RowView};

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

    fn bound_row(&self, _: &RowView<'_>, points: &mut [u32]) -> Bound {
        at_most(points, NEXT_DOOR.into())
    }
}
