//! The life of a pairing as one table: (stage, step) → stage.
//!
//! | | accept | decline | introduce | prepare | sign | begin | settle | pause | resume | suspend | reinstate | complete | end |
//! |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
//! | proposed | accepted¹ | ended | | | | | | | | suspended | | | ended |
//! | accepted | | | accepted | preparing | | | | | | suspended | | | ended |
//! | preparing | | | preparing | | preparing | chemistry² | | | | suspended | | | ended |
//! | chemistry | | | | | | | active | paused | | suspended | | | ended |
//! | active | | | | | | | | paused | | suspended | | completed | ended |
//! | paused | | | | | | | | | as before | suspended | | | ended |
//! | suspended | | | | | | | | | | | as before³ | | ended |
//! | completed | | | | | | | | | | | | | |
//! | ended | | | | | | | | | | | | | |
//!
//! ¹ when both have; ² when both have signed; ³ when both want to. The gate of a programme asks for more where a step
//! needs facts that a stage does not know: they introduce themselves once; the agreement is whole before it is signed;
//! both have finished the curriculum before they begin; the chemistry period has run and both said that they go on before
//! they settle; a link is gone before anybody is reinstated. Only a reorganisation suspends. An
//! end by hand is an exit or the programme's close, and while suspended also the link; the other reasons follow by
//! themselves. What was paused when it was suspended is under way again when it is reinstated.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::step::Step;
use crate::pair::Role;

/// Who of the two has said yes, or signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nobody yet.
    #[default]
    Nobody,
    /// The mentor.
    Mentor,
    /// The mentee.
    Mentee,
    /// Both.
    Both,
}

impl Consent {
    /// Whether somebody in a role has consented.
    #[must_use]
    pub const fn includes(self, role: Role) -> bool {
        matches!(
            (self, role),
            (Self::Both, _) | (Self::Mentor, Role::Mentor) | (Self::Mentee, Role::Mentee)
        )
    }

    /// With one more voice; `None` where that voice is in it already.
    const fn and(self, role: Role) -> Option<Self> {
        match (self, role) {
            (Self::Nobody, Role::Mentor) => Some(Self::Mentor),
            (Self::Nobody, Role::Mentee) => Some(Self::Mentee),
            (Self::Mentor, Role::Mentee) | (Self::Mentee, Role::Mentor) => Some(Self::Both),
            _ => None,
        }
    }
}

/// How far a pairing that has not ended has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "phase", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Phase {
    /// Waits for both to accept.
    Proposed {
        /// Who has accepted.
        accepted: Consent,
    },
    /// Both accepted.
    Accepted,
    /// They prepare, and both sign the agreement. Whether they are trained is a matter of policy, see
    /// [`SameTraining`](crate::policy::SameTraining).
    Preparing {
        /// Who has signed.
        signed: Consent,
    },
    /// The first sessions, with a no-fault exit.
    Chemistry,
    /// Under way.
    Active,
}

impl Phase {
    /// `proposed`, `accepted`, `preparing`, `chemistry` or `active`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed { .. } => "proposed",
            Self::Accepted => "accepted",
            Self::Preparing { .. } => "preparing",
            Self::Chemistry => "chemistry",
            Self::Active => "active",
        }
    }

    /// Whether they meet in this phase.
    #[must_use]
    pub const fn meets(self) -> bool {
        matches!(self, Self::Chemistry | Self::Active)
    }
}

/// Why a pairing ended before it was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EndReason {
    /// One of the two did not accept the proposal.
    Declined,
    /// The no-fault exit, or any exit that needs no reason.
    Exit,
    /// One of the two takes part no more.
    Left,
    /// The programme closed.
    ProgramClosed,
    /// A line of management between them is there to stay.
    Link,
}

impl EndReason {
    /// Whether somebody can give this reason in a stage. `Declined` follows from the step, `Left` from a
    /// reorganisation, and `Link` needs one that is there.
    const fn by_hand(self, stage: Stage) -> bool {
        match self {
            Self::Exit | Self::ProgramClosed => true,
            Self::Link => matches!(stage, Stage::Suspended { .. }),
            Self::Declined | Self::Left => false,
        }
    }

    /// A stable code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Exit => "exit",
            Self::Left => "left",
            Self::ProgramClosed => "program_closed",
            Self::Link => "link",
        }
    }
}

/// Where a pairing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "stage", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// Neither held up nor over.
    Open {
        /// How far it has come.
        now: Phase,
    },
    /// Held up for a while, whoever asked for it.
    Paused {
        /// Where it goes on.
        before: Phase,
    },
    /// Held up by a reorganisation that put one of the two above the other.
    Suspended {
        /// Where it goes on.
        before: Phase,
        /// Who wants to go on, now that the link is gone.
        agreed: Consent,
    },
    /// Came to its planned end.
    Completed,
    /// Ended before that.
    Ended {
        /// Why.
        reason: EndReason,
    },
}

/// A step that the stage does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IllegalStep {
    /// Where the pairing stands.
    pub stage: Stage,
    /// What was tried.
    pub step: Step,
}

impl fmt::Display for IllegalStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a pairing that is `{}` cannot `{}`",
            self.stage,
            self.step.as_str()
        )?;
        let repeated = self.stage.repeats(self.step);
        if let Some(by) = repeated {
            write!(f, " twice by the {by}")?;
        }
        if let Step::End { reason } = self.step {
            write!(f, " as `{}`", reason.as_str())?;
        }
        // Only a reorganisation suspends, so it is no advice.
        let by_hand = self.stage.legal().filter(|s| *s != Step::Suspend);
        let legal = by_hand.map(|s| match repeated {
            // What one has said is left to the other.
            Some(by) if s.as_str() == self.step.as_str() => {
                format!("`{}` by the {}", s.as_str(), by.other())
            }
            _ => format!("`{}`", s.as_str()),
        });
        let legal: Vec<_> = legal.collect();
        match legal.as_slice() {
            [] => f.write_str("; nothing is possible any more"),
            _ => write!(f, "; possible: {}", legal.join(", ")),
        }
    }
}

impl std::error::Error for IllegalStep {}

impl Stage {
    /// The first stage.
    pub const PROPOSED: Self = Self::Open {
        now: Phase::Proposed {
            accepted: Consent::Nobody,
        },
    };

    /// The name: that of the phase, `paused`, `suspended`, `completed` or `ended`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open { now } => now.as_str(),
            Self::Paused { .. } => "paused",
            Self::Suspended { .. } => "suspended",
            Self::Completed => "completed",
            Self::Ended { .. } => "ended",
        }
    }

    /// Whether the pairing takes a place of both: it is not completed and has not ended.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Completed | Self::Ended { .. })
    }

    /// The stage after a step.
    ///
    /// # Errors
    ///
    /// [`IllegalStep`], which names the stage, the step and what would be possible.
    pub const fn after(self, step: Step) -> Result<Self, IllegalStep> {
        use Phase::{Accepted, Active, Chemistry, Preparing, Proposed};
        let next = match (self, step) {
            (
                Self::Open {
                    now: Proposed { accepted },
                },
                Step::Accept { by },
            ) => match accepted.and(by) {
                Some(Consent::Both) => Some(Self::Open { now: Accepted }),
                Some(accepted) => Some(Self::Open {
                    now: Proposed { accepted },
                }),
                None => None,
            },
            (
                Self::Open {
                    now: Proposed { .. },
                },
                Step::Decline { .. },
            ) => Some(Self::Ended {
                reason: EndReason::Declined,
            }),
            (
                Self::Open {
                    now: now @ (Accepted | Preparing { .. }),
                },
                Step::Introduce,
            ) => Some(Self::Open { now }),
            (Self::Open { now: Accepted }, Step::Prepare) => Some(Self::Open {
                now: Preparing {
                    signed: Consent::Nobody,
                },
            }),
            (
                Self::Open {
                    now: Preparing { signed },
                },
                Step::Sign { by },
            ) => match signed.and(by) {
                Some(signed) => Some(Self::Open {
                    now: Preparing { signed },
                }),
                None => None,
            },
            (
                Self::Open {
                    now:
                        Preparing {
                            signed: Consent::Both,
                        },
                },
                Step::Begin,
            ) => Some(Self::Open { now: Chemistry }),
            (Self::Open { now: Chemistry }, Step::Settle) => Some(Self::Open { now: Active }),
            (Self::Open { now }, Step::Pause) if now.meets() => Some(Self::Paused { before: now }),
            (Self::Paused { before }, Step::Resume) => Some(Self::Open { now: before }),
            (Self::Suspended { before, agreed }, Step::Reinstate { by }) => match agreed.and(by) {
                Some(Consent::Both) => Some(Self::Open { now: before }),
                Some(agreed) => Some(Self::Suspended { before, agreed }),
                None => None,
            },
            (Self::Open { now: before } | Self::Paused { before }, Step::Suspend) => {
                let agreed = Consent::Nobody;
                Some(Self::Suspended { before, agreed })
            }
            (Self::Open { now: Active }, Step::Complete) => Some(Self::Completed),
            (stage, Step::End { reason }) if stage.is_open() && reason.by_hand(stage) => {
                Some(Self::Ended { reason })
            }
            _ => None,
        };
        match next {
            Some(stage) => Ok(stage),
            None => Err(IllegalStep { stage: self, step }),
        }
    }

    /// What is possible from here: one step of each legal kind.
    pub fn legal(self) -> impl Iterator<Item = Step> {
        Step::KINDS.into_iter().filter(move |&step| {
            let by_the_other = match step {
                Step::Accept { by } => Step::Accept { by: by.other() },
                Step::Sign { by } => Step::Sign { by: by.other() },
                Step::Reinstate { by } => Step::Reinstate { by: by.other() },
                step => step,
            };
            self.after(step).is_ok() || self.after(by_the_other).is_ok()
        })
    }

    /// Who has taken this very step already.
    const fn repeats(self, step: Step) -> Option<Role> {
        let (said, by) = match (self, step) {
            (
                Self::Open {
                    now: Phase::Proposed { accepted },
                },
                Step::Accept { by },
            ) => (accepted, by),
            (
                Self::Open {
                    now: Phase::Preparing { signed },
                },
                Step::Sign { by },
            ) => (signed, by),
            (Self::Suspended { agreed, .. }, Step::Reinstate { by }) => (agreed, by),
            _ => return None,
        };
        if said.includes(by) { Some(by) } else { None }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
