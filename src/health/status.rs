//! How one pairing goes, from attendance and administration only.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::silence::stretches;
use crate::cadence::Calendar;
use crate::history::PairingFacts;
use crate::ids::PairingId;

/// How a pairing goes. The first that fits, in this order:
///
/// | status | when |
/// |---|---|
/// | `ended` | completed or ended by the day |
/// | `suspended` | a reorganisation holds it up, or an adopted pairing breaks a core invariant |
/// | `paused` | held up for a while, whoever asked for it, or adopted, regularised and not begun again; never in a log from elsewhere |
/// | `at_risk` | the last two sessions cancelled or missed, or more than two cadences since the last held: the due slot and the one after it are past |
/// | `needs_check_in` | more than cadence and grace since the last held: [overdue](crate::cadence::Standing::is_overdue) |
/// | `too_early` | fewer than two held, or the chemistry period is not over: silence is judged in it, and nothing else |
/// | `on_track` | else |
///
/// Where none was held, the days count from the start. Days of a hold and [closed](crate::cadence::Calendar) ones count as
/// [`cadence`](crate::cadence) says. Sources: HBR (a couple of cancellations kill momentum) for two in
/// a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PairingStatus {
    /// Completed or ended.
    Ended,
    /// Held up by a line of management, or in breach of a core invariant.
    Suspended,
    /// Held up for a while, whoever asked for it.
    Paused,
    /// Losing its momentum.
    AtRisk,
    /// Overdue.
    NeedsCheckIn,
    /// Too few sessions to tell.
    TooEarly,
    /// As it should be.
    OnTrack,
}

impl PairingStatus {
    /// The stable code, such as `on_track`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::Suspended => "suspended",
            Self::Paused => "paused",
            Self::AtRisk => "at_risk",
            Self::NeedsCheckIn => "needs_check_in",
            Self::TooEarly => "too_early",
            Self::OnTrack => "on_track",
        }
    }
}

impl PairingStatus {
    /// The same for people, such as `on track`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::AtRisk => "at risk",
            Self::NeedsCheckIn => "needs check-in",
            Self::TooEarly => "too early to tell",
            Self::OnTrack => "on track",
            Self::Ended | Self::Suspended | Self::Paused => self.as_str(),
        }
    }
}

impl fmt::Display for PairingStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One pairing as a coordinator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PairingHealth {
    /// Which.
    pub pairing: PairingId,
    /// How it goes.
    pub status: PairingStatus,
    /// Why, as stable codes; empty for `on_track`.
    pub reasons: Vec<&'static str>,
    /// Sessions held.
    pub held: u32,
    /// The day of the last one.
    pub last_held: Option<NaiveDate>,
    /// Days from the last session held, else from the start, to the day of the reading or the last day of the pairing.
    pub days_since: i64,
    /// The longest stretch without a session held, from the start through to the same day.
    pub longest_gap_days: i64,
}

/// Two sessions in a row were not held.
pub(super) const LAST_TWO: &str = "last-two-not-held";
/// Two slots of the cadence are missed.
pub(super) const SILENT: &str = "silent-for-two-cadences";

/// Reads a pairing on a day; `None` before its start.
pub(super) fn read(
    pairing: PairingId,
    facts: &PairingFacts,
    calendar: &Calendar,
    as_of: NaiveDate,
) -> Option<PairingHealth> {
    let (started, until) = facts.run(as_of)?;
    let last_held = facts.held(as_of).last();
    let since = last_held.unwrap_or(started);
    let longest = stretches(facts, as_of).map(|stretch| stretch.days());
    let held = facts.held(as_of).count();
    let (status, reasons) = judge(facts, calendar, as_of, held);
    Some(PairingHealth {
        pairing,
        status,
        reasons,
        held: u32::try_from(held).unwrap_or(u32::MAX),
        last_held,
        days_since: (until - since).num_days().max(0),
        longest_gap_days: longest.max().unwrap_or(0),
    })
}

fn judge(
    facts: &PairingFacts,
    calendar: &Calendar,
    as_of: NaiveDate,
    held: usize,
) -> (PairingStatus, Vec<&'static str>) {
    if facts.end_by(as_of).is_some() {
        return (PairingStatus::Ended, vec!["ended"]);
    }
    let hold = facts.held_up(as_of);
    let broken = facts.findings_on(as_of).next().is_some();
    if hold.is_some_and(|h| h.suspended) || broken {
        let mut reasons = Vec::new();
        if hold.is_some_and(|h| h.suspended) {
            reasons.push("reorganised");
        }
        if broken {
            reasons.push("core-invariant");
        }
        return (PairingStatus::Suspended, reasons);
    }
    if hold.is_some() {
        return (PairingStatus::Paused, vec!["paused"]);
    }
    let standing = facts.standing(calendar, as_of);
    let mut last_two = facts.sessions(as_of).rev().take(2);
    let neither = last_two.all(|s| !s.outcome.is_held()) && facts.sessions(as_of).count() >= 2;
    let mut at_risk = Vec::new();
    if neither {
        at_risk.push(LAST_TWO);
    }
    if standing.is_some_and(|s| s.missed >= 2) {
        at_risk.push(SILENT);
    }
    if !at_risk.is_empty() {
        (PairingStatus::AtRisk, at_risk)
    } else if standing.is_some_and(|s| s.is_overdue()) {
        (PairingStatus::NeedsCheckIn, vec!["overdue"])
    } else if held < 2 {
        (PairingStatus::TooEarly, vec!["fewer-than-two-held"])
    } else if facts.in_chemistry(as_of) {
        (PairingStatus::TooEarly, vec!["chemistry-period"])
    } else {
        (PairingStatus::OnTrack, Vec::new())
    }
}
