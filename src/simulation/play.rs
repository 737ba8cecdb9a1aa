//! A programme played from the first day to the last.
//!
//! In come a setup and what the programme begins with; out comes what was written and what it came to. Never true inside: a day that
//! begins before the one before it is over.

use std::ops::ControlFlow;

use super::desk::Desk;
use super::outcome::Simulated;
use super::run::Run;
use super::setup::{Begun, Progress, Setup, SimulationError};
use crate::history::{History, ReadModel};
use crate::matching::ApprovedPlan;

/// Plays a programme from its opening and an approved plan of its first day.
///
/// What happens happens in the order of days, and on one day: late records come in, people join, leave and move, free people are
/// matched, then whatever the pairings have on that day, in the order of their ids. Whoever approved the first plan approves the later
/// ones. `watch` is called at the beginning of every day; breaking there hands back what was played so far, less the
/// records that had not come in.
///
/// # Errors
///
/// [`SimulationError`]: the plan is of another roster, day or load, somebody joins on a day that is not played, or the calendar ends before the
/// last month does.
pub fn simulate(
    setup: &Setup<'_>,
    approved: &ApprovedPlan,
    watch: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Simulated, SimulationError> {
    whole(setup, Begun::Plan(approved), watch)
}

/// Plays it with its history and its journal.
pub(super) fn whole(
    setup: &Setup<'_>,
    begun: Begun<'_>,
    watch: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Simulated, SimulationError> {
    let desk = Desk::open(setup, begun, History::new(), Some(Vec::new()))?;
    let (run, finished) = play(setup, begun, desk, watch)?;
    Ok(Simulated {
        program: run.desk.program,
        journal: run.desk.journal.unwrap_or_default(),
        roster: run.company.unwrap_or_else(|| setup.roster.clone()),
        months: run.months,
        weeks: run.weeks,
        happenings: run.happenings,
        finished,
    })
}

/// Plays it from the desk that was opened for it, with any view and with or without a journal; whether to the end.
pub(super) fn play<'a, V: ReadModel>(
    setup: &'a Setup<'a>,
    begun: Begun<'a>,
    desk: Desk<V>,
    mut watch: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<(Run<'a, V>, bool), SimulationError> {
    let mut run = Run::begin_with(setup, begun, desk)?;
    let days = run.days;
    for (done, today) in (0..days).zip(setup.start.iter_days()) {
        if watch(Progress { today, done, days }).is_break() {
            return Ok((run, false));
        }
        (run.desk.today, run.day) = (today, done);
        run.day()?;
    }
    Ok((run, true))
}
