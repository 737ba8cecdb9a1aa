//! A step that is suggested, and why.

use std::fmt;

use serde::Serialize;

use crate::ids::PairingId;
use crate::summary::count;

/// What a coordinator might do about a pairing, from the lowest rung to the highest. Suggested, never done: every one of
/// them is a person's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Rung {
    /// A friendly reminder to both.
    Remind,
    /// Ask what is missing before they can begin.
    AskWhatIsMissing,
    /// Ask both whether they go on, now that they can.
    AskWhetherToGoOn,
    /// Talk to each of the two alone.
    TalkToEach,
    /// Ask both whether they are through, or want to go on beyond the planned end.
    CompleteOrExtend,
    /// Decide what becomes of a line of management or a core invariant that stands in the way.
    DecideOnBreach,
    /// Propose to both to close it.
    ProposeClosing,
    /// Close it: that was proposed, and nothing has happened.
    Close,
}

impl Rung {
    /// All, rising.
    pub const ALL: [Self; 8] = [
        Self::Remind,
        Self::AskWhatIsMissing,
        Self::AskWhetherToGoOn,
        Self::TalkToEach,
        Self::CompleteOrExtend,
        Self::DecideOnBreach,
        Self::ProposeClosing,
        Self::Close,
    ];

    /// The stable code, such as `talk_to_each`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Remind => "remind",
            Self::AskWhatIsMissing => "ask_what_is_missing",
            Self::AskWhetherToGoOn => "ask_whether_to_go_on",
            Self::TalkToEach => "talk_to_each",
            Self::CompleteOrExtend => "complete_or_extend",
            Self::DecideOnBreach => "decide_on_breach",
            Self::ProposeClosing => "propose_closing",
            Self::Close => "close",
        }
    }

    /// The same for people, such as `talk to each`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Remind => "send both a friendly reminder",
            Self::AskWhatIsMissing => "ask what is missing",
            Self::AskWhetherToGoOn => "ask both whether they go on",
            Self::TalkToEach => "talk to each",
            Self::CompleteOrExtend => "ask whether it is complete or goes on",
            Self::DecideOnBreach => "decide what becomes of it",
            Self::ProposeClosing => "propose to close it",
            Self::Close => "close it",
        }
    }
}

impl fmt::Display for Rung {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a step is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StepReason {
    /// More than cadence and grace since they met.
    Overdue,
    /// The last two sessions were cancelled or missed.
    LastTwoNotHeld,
    /// More than two cadences since they met.
    SilentForTwoCadences,
    /// So long that they may have given up.
    Silence,
    /// One of the two has not accepted.
    StuckInProposed,
    /// Both have accepted, and do not prepare.
    StuckInAccepted,
    /// They prepare, and do not begin.
    StuckInPreparing,
    /// The mentor has not accepted, signed or said that they go on.
    WaitsForMentor,
    /// The mentee has not.
    WaitsForMentee,
    /// Nobody has resumed it.
    PausedLong,
    /// The line of management that suspended it is gone.
    LinkGone,
    /// The line of management that suspended it is still there.
    LinkStands,
    /// It was made elsewhere and breaks a core invariant.
    CoreInvariant,
    /// It goes on beyond the day that was agreed.
    PastPlannedEnd,
}

impl StepReason {
    /// The stable code, such as `stuck-in-proposed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::LastTwoNotHeld => "last-two-not-held",
            Self::SilentForTwoCadences => "silent-for-two-cadences",
            Self::Silence => "silence",
            Self::StuckInProposed => "stuck-in-proposed",
            Self::StuckInAccepted => "stuck-in-accepted",
            Self::StuckInPreparing => "stuck-in-preparing",
            Self::WaitsForMentor => "waits-for-mentor",
            Self::WaitsForMentee => "waits-for-mentee",
            Self::PausedLong => "paused-long",
            Self::LinkGone => "link-gone",
            Self::LinkStands => "link-stands",
            Self::CoreInvariant => "core-invariant",
            Self::PastPlannedEnd => "past-planned-end",
        }
    }
}

impl fmt::Display for StepReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a coordinator might do next about one pairing, and why.
///
/// Its `Display` is a sentence for people; nobody should parse it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextStep {
    /// Which.
    pub pairing: PairingId,
    /// What.
    pub step: Rung,
    /// Why, at least one.
    pub reasons: Vec<StepReason>,
    /// For how many days: of silence, in the stage, held up, or since the link has been gone.
    pub days: i64,
}

impl fmt::Display for NextStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons: Vec<&str> = self.reasons.iter().map(|r| r.as_str()).collect();
        let (step, days) = (self.step.words(), count(self.days, "day"));
        write!(f, "{step} ({}, {days})", reasons.join(", "))
    }
}
