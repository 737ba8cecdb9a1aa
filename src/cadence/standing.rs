//! What is due on a day.

use chrono::NaiveDate;

use super::Cadence;
use super::calendar::{Calendar, Holds};
use super::ranges::{date, number};
use super::slots::Slots;

/// What a session falls due after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Since {
    /// The first day on which the two could meet; none has been held.
    Start(NaiveDate),
    /// The day of the last session held.
    Session(NaiveDate),
}

impl Since {
    /// The day.
    #[must_use]
    pub const fn day(self) -> NaiveDate {
        match self {
            Self::Start(day) | Self::Session(day) => day,
        }
    }
}

/// How a pairing stands to its cadence on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// The day that was asked about.
    pub as_of: NaiveDate,
    /// The day on which a session is, was or will be due. `None` where the calendar ends before, or a pause has no end.
    pub due: Option<NaiveDate>,
    /// The first day on which it is overdue: the grace has passed too.
    pub overdue_from: Option<NaiveDate>,
    /// How many slots are past, without a session. On its own day a slot is not past.
    pub missed: u32,
    /// The next slot: the first one on the day or after it.
    pub next: Option<NaiveDate>,
}

impl Standing {
    /// Whether a session is due on the day, or was before it.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.due.is_some_and(|due| due <= self.as_of)
    }

    /// Whether it is overdue on the day.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        self.overdue_from.is_some_and(|from| from <= self.as_of)
    }
}

impl Cadence {
    /// How a pairing stands that has not met since the start or a session. [The module](super) has the table.
    ///
    /// Costs a step for each closed range and each hold between the two days, and for each day of the grace; how far apart
    /// they are does not matter. (An interval that was held up since costs a step for each later closed range as well.) `as_of` may be before `since`; then nothing is due yet.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use reverse_mentoring::cadence::{Cadence, Calendar, Holds, Rhythm, Since};
    ///
    /// let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    /// // On the last day of each month, a week of grace; closed from Christmas to Epiphany; paused in February.
    /// let cadence = Cadence::of(Rhythm::month_day(31)?, 7, 60)?;
    /// let calendar = Calendar::new([day(2026, 12, 24)..=day(2027, 1, 6)])?;
    /// let holds = Holds::new([day(2027, 2, 1)..day(2027, 3, 1)]);
    ///
    /// let last = Since::Session(day(2026, 11, 27)); // counts for 30 November
    /// let standing = cadence.standing(last, &holds, &calendar, day(2027, 4, 10));
    /// assert_eq!(standing.due, Some(day(2027, 1, 7))); // 31 December was closed
    /// assert_eq!(standing.overdue_from, Some(day(2027, 1, 15)));
    /// assert_eq!(standing.missed, 3); // 7 January, 31 January, 31 March; February is not held against them
    /// assert_eq!(standing.next, Some(day(2027, 4, 30)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn standing(
        self,
        since: Since,
        holds: &Holds,
        calendar: &Calendar,
        as_of: NaiveDate,
    ) -> Standing {
        let slots = Slots::new(self.rhythm, since, holds, calendar);
        let day = number(as_of);
        Standing {
            as_of,
            due: date(slots.due_day()),
            overdue_from: date(slots.overdue_from(self.grace_days)),
            missed: u32::try_from(slots.past(day)).unwrap_or(u32::MAX),
            next: date(slots.next_day(day)),
        }
    }

    /// Whether a session is overdue: what [`standing`](Self::standing) says of that, and nothing else.
    pub(crate) fn is_overdue(
        self,
        since: Since,
        holds: &Holds,
        calendar: &Calendar,
        as_of: NaiveDate,
    ) -> bool {
        let slots = Slots::new(self.rhythm, since, holds, calendar);
        slots.overdue_from(self.grace_days) <= number(as_of)
    }

    /// Of an interval in days: so many days after the last session it is not overdue, whatever is closed or held up, and
    /// after more it is, where nothing is. `None` for other rhythms.
    pub(crate) fn in_time_days(self) -> Option<i64> {
        let days = self.rhythm.grid().err()?;
        Some(days + i64::from(self.grace_days))
    }

    /// Of an interval in days: so many days after the last session it is not overdue and no second slot is missed, whatever
    /// is closed or held up.
    pub(crate) fn untroubled_days(self) -> Option<i64> {
        let days = self.rhythm.grid().err()?;
        Some(days + days.min(self.grace_days.into()))
    }

    /// The days on which sessions fall due from the start or a session on, one after the other: what a pair would put into
    /// its diaries. They are due as long as nobody meets; of an interval in days, each session held sets the later ones anew.
    ///
    /// ```
    /// use chrono::{NaiveDate, Weekday};
    /// use reverse_mentoring::cadence::{Cadence, Calendar, Holds, Nth, Rhythm, Since};
    ///
    /// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    /// let cadence = Cadence::of(Rhythm::month_weekday(Nth::First, Weekday::Fri), 5, 60)?;
    /// let calendar = Calendar::new([day(5, 1)..=day(5, 3)])?;
    /// let holds = Holds::NONE;
    /// let slots = cadence.slots(Since::Start(day(3, 10)), &holds, &calendar);
    /// assert_eq!(slots.take(3).collect::<Vec<_>>(), [day(4, 3), day(5, 4), day(6, 5)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn slots<'a>(
        self,
        since: Since,
        holds: &'a Holds,
        calendar: &'a Calendar,
    ) -> impl Iterator<Item = NaiveDate> + 'a {
        Slots::new(self.rhythm, since, holds, calendar).days()
    }
}
