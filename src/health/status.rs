//! How one pairing goes, from attendance and administration only.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::tally::{self, Tally};
use super::view::PairingView;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Every status, in the order in which they are tried.
    pub const ALL: [Self; 7] = [
        Self::Ended,
        Self::Suspended,
        Self::Paused,
        Self::AtRisk,
        Self::NeedsCheckIn,
        Self::TooEarly,
        Self::OnTrack,
    ];

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
    pub reasons: &'static [&'static str],
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
pub(super) fn read(pairing: &PairingView<'_>) -> Option<PairingHealth> {
    let (started, until) = pairing.facts().run(pairing.as_of())?;
    let sums = pairing.tally();
    let last_held = sums.last_held.and_then(tally::day);
    let since = last_held.unwrap_or(started);
    let days_since = (until - since).num_days().max(0);
    let (status, reasons) = judge(pairing, sums, days_since);
    Some(PairingHealth {
        pairing: pairing.id,
        status,
        reasons,
        held: u32::try_from(sums.held).unwrap_or(u32::MAX),
        last_held,
        days_since,
        longest_gap_days: sums.longest_days,
    })
}

fn judge(
    pairing: &PairingView<'_>,
    tally: &Tally,
    days_since: i64,
) -> (PairingStatus, &'static [&'static str]) {
    let (facts, as_of) = (pairing.facts(), pairing.as_of());
    if facts.end_by(as_of).is_some() {
        return (PairingStatus::Ended, &["ended"]);
    }
    let hold = facts.held_up(as_of);
    let broken = facts.findings_on(as_of).next().is_some();
    if hold.is_some_and(|h| h.suspended) || broken {
        let reasons: &[&str] = match (hold.is_some_and(|h| h.suspended), broken) {
            (true, true) => &["reorganised", "core-invariant"],
            (true, false) => &["reorganised"],
            _ => &["core-invariant"],
        };
        return (PairingStatus::Suspended, reasons);
    }
    if hold.is_some() {
        return (PairingStatus::Paused, &["paused"]);
    }
    let untroubled = facts.cadence(as_of).untroubled_days();
    let standing = if untroubled.is_some_and(|untroubled| days_since <= untroubled) {
        None
    } else {
        facts.standing(pairing.calendar(), as_of)
    };
    let not_held = tally.not_held_last >= 2;
    let silent = standing.is_some_and(|s| s.missed >= 2);
    if not_held || silent {
        let reasons: &[&str] = match (not_held, silent) {
            (true, true) => &[LAST_TWO, SILENT],
            (true, false) => &[LAST_TWO],
            _ => &[SILENT],
        };
        (PairingStatus::AtRisk, reasons)
    } else if standing.is_some_and(|s| s.is_overdue()) {
        (PairingStatus::NeedsCheckIn, &["overdue"])
    } else if tally.held < 2 {
        (PairingStatus::TooEarly, &["fewer-than-two-held"])
    } else if facts.in_chemistry(as_of) {
        (PairingStatus::TooEarly, &["chemistry-period"])
    } else {
        (PairingStatus::OnTrack, &[])
    }
}
