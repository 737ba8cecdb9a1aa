//! How long nothing has happened, with the days taken out on which a pairing was held up.

use chrono::NaiveDate;

use crate::history::PairingFacts;

/// Days from one day to a later one, less those on which the pairing was held up. Never negative.
pub(super) fn days_between(facts: &PairingFacts, from: NaiveDate, to: NaiveDate) -> i64 {
    let mut days = (to - from).num_days();
    for hold in facts.holds.iter().filter(|h| h.from < to) {
        let until = hold.until.unwrap_or(to).min(to);
        days -= (until - hold.from.max(from)).num_days().max(0);
    }
    days.max(0)
}

/// The stretches between the start, each session held, and the last day, as (days, whether the next session ended it).
pub(super) fn stretches(
    facts: &PairingFacts,
    as_of: NaiveDate,
) -> impl Iterator<Item = (NaiveDate, NaiveDate, bool)> + '_ {
    let run = facts.run(as_of);
    run.into_iter().flat_map(move |(started, until)| {
        let held = facts.held(as_of).map(|day| (day, true));
        let points = held.chain([(until, false)]);
        points.scan(started, |from, (to, met)| {
            let stretch = (*from, to, met);
            *from = to.max(*from);
            Some(stretch)
        })
    })
}
