//! After how many days a coordinator steps in.

use std::fmt;

/// The days of a [`Ladder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LadderDays {
    /// In one stage before they begin, paused, or suspended over a link that stands: somebody should ask.
    pub stuck: u16,
    /// Without a session, or without the answer that a stage waits for: propose to close it.
    pub silence: u16,
    /// After that proposal: close it.
    pub notice: u16,
}

/// When a pairing that does not go on by itself needs a coordinator: an escalation ladder, whose days are policy.
///
/// The first that fits, in this order; each names its [reasons](super::StepReason):
///
/// | what is seen | [rung](super::Rung) |
/// |---|---|
/// | over, or proposed later | nothing |
/// | an adopted pairing breaks a core invariant | `decide_on_breach` |
/// | suspended, the link stands for `stuck` days | `decide_on_breach` |
/// | suspended, the link is gone | `ask_whether_to_go_on`; after `silence` days `propose_closing`, `notice` days later `close` |
/// | paused for `stuck` days | `ask_whether_to_go_on` |
/// | in one stage before they begin for `stuck` days | `ask_what_is_missing`; after `silence` days `propose_closing`, `notice` days later `close` |
/// | silent for `silence` days, two slots missed | `propose_closing`; `notice` days later `close` |
/// | the planned end is past | `complete_or_extend` |
/// | [at risk](super::PairingStatus::AtRisk) | `talk_to_each` |
/// | [overdue](super::PairingStatus::NeedsCheckIn) | `remind` |
/// | else | nothing |
///
/// Days on which a pairing was held up do not count as silence, nor as a stay in a stage. Where two intervals of the
/// cadence are longer than `silence`, they take its place: whoever means to meet each quarter is not silent after one.
/// A pairing of another system's log has no stages before it begins; an adopted one that is regularised is in one from
/// then on, until both have signed and begin. Silence is counted and not what has been done
/// about it: nobody records that a reminder was sent.
///
/// Sources of the days: 21 in a stage, Mentorloop; 90 of silence and 7 of notice, Guider. That overdue asks for a friendly
/// reminder and two sessions lost for a talk follows Jordan & Sorell (HBR): a couple of cancellations kill momentum. That a
/// pause and a link that stands are looked at after as many days as a stage is this library's own choice.
///
/// ```
/// use reverse_mentoring::health::{Ladder, LadderDays, LadderError};
///
/// assert_eq!(Ladder::DEFAULT.days(), LadderDays { stuck: 21, silence: 90, notice: 7 });
/// let refused = Ladder::new(LadderDays { stuck: 30, silence: 20, notice: 0 }).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "nobody is given a day of notice; closing is proposed after 20 days, and what is missing is asked after 30"
/// );
/// # Ok::<(), LadderError>(())
/// ```
// INVARIANT (ladder): no days are zero, and stuck < silence. Kept by `new`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ladder(LadderDays);

/// What is wrong with the days of a ladder: one or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderError(
    /// Every flaw.
    pub Vec<LadderFlaw>,
);

/// One thing that is wrong with the days of a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LadderFlaw {
    /// Everything is stuck at once.
    #[error("nobody is given a day in a stage")]
    Stuck,
    /// Everything is silent at once.
    #[error("nobody is given a day of silence")]
    Silence,
    /// What is proposed is done at once.
    #[error("nobody is given a day of notice")]
    Notice,
    /// The upper rung comes first.
    #[error("closing is proposed after {silence} days, and what is missing is asked after {stuck}")]
    Order {
        /// Days in a stage.
        stuck: u16,
        /// Days of silence.
        silence: u16,
    },
}

impl fmt::Display for LadderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flaws: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&flaws.join("; "))
    }
}

impl std::error::Error for LadderError {}

impl Ladder {
    /// 21 days in a stage, 90 of silence, 7 of notice.
    pub const DEFAULT: Self = Self(LadderDays {
        stuck: 21,
        silence: 90,
        notice: 7,
    });

    /// A ladder of these days.
    ///
    /// # Errors
    ///
    /// [`LadderError`] with every flaw: days that are zero, and a closing that is proposed before, or on the day when, it
    /// is asked what is missing.
    pub fn new(days: LadderDays) -> Result<Self, LadderError> {
        let LadderDays {
            stuck,
            silence,
            notice,
        } = days;
        let mut flaws = Vec::new();
        if stuck == 0 {
            flaws.push(LadderFlaw::Stuck);
        }
        if silence == 0 {
            flaws.push(LadderFlaw::Silence);
        }
        if notice == 0 {
            flaws.push(LadderFlaw::Notice);
        }
        if silence != 0 && stuck >= silence {
            flaws.push(LadderFlaw::Order { stuck, silence });
        }
        if flaws.is_empty() {
            Ok(Self(days))
        } else {
            Err(LadderError(flaws))
        }
    }

    /// Its days.
    #[must_use]
    pub const fn days(self) -> LadderDays {
        self.0
    }
}

impl Default for Ladder {
    fn default() -> Self {
        Self::DEFAULT
    }
}
