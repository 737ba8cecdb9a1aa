//! The stretches of a pairing in which nothing was held.

use chrono::NaiveDate;

use crate::cadence::Since;
use crate::history::PairingFacts;

/// From the start or a session held to the next session, or to the last day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// What it began with.
    pub(super) since: Since,
    /// Its last day.
    pub(super) to: NaiveDate,
    /// Whether a session ended it.
    pub(super) met: bool,
}

impl Stretch {
    /// Days of the calendar, never negative.
    pub(super) fn days(self) -> i64 {
        (self.to - self.since.day()).num_days().max(0)
    }
}

/// The stretches between the start, each session held, and the last day.
pub(super) fn stretches(
    facts: &PairingFacts,
    as_of: NaiveDate,
) -> impl Iterator<Item = Stretch> + '_ {
    let run = facts.run(as_of);
    run.into_iter().flat_map(move |(started, until)| {
        let held = facts.held(as_of).map(|day| (day, true));
        let points = held.chain([(until, false)]);
        points.scan(Since::Start(started), |next, (to, met)| {
            let since = *next;
            // A session before the start ends no stretch and begins none.
            if to >= since.day() {
                *next = Since::Session(to);
            }
            Some(Stretch { since, to, met })
        })
    })
}
