//! How a pairing stands to its cadence, by its facts.

use std::ops::Bound;

use chrono::NaiveDate;

use super::facts::PairingFacts;
use crate::cadence::{Calendar, Holds, Since, Standing};

impl PairingFacts {
    /// The days on which it was held up.
    #[must_use]
    pub fn held_up_days(&self) -> Holds {
        if self.holds.is_empty() {
            return Holds::NONE;
        }
        let until = |day: Option<NaiveDate>| day.map_or(Bound::Unbounded, Bound::Excluded);
        Holds::new(
            self.holds
                .iter()
                .map(|h| (Bound::Included(h.from), until(h.until))),
        )
    }

    /// What is due, overdue and missed on a day. `None` before its start, and from its end on.
    ///
    /// Whether it is due, overdue and how much it missed by the day hangs on nothing that came later; the dates after it
    /// know of the end of a pause.
    #[must_use]
    pub fn standing(&self, calendar: &Calendar, as_of: NaiveDate) -> Option<Standing> {
        let (started, _) = self.run(as_of)?;
        if self.end_by(as_of).is_some() {
            return None;
        }
        let last = self.held(as_of).last();
        let since = last.map_or(Since::Start(started), Since::Session);
        let holds = self.held_up_days();
        Some(self.cadence(as_of).standing(since, &holds, calendar, as_of))
    }
}
