//! The metrics that ship, by room. Where a reading should be, and who says so, stands with each; where nothing stands,
//! nobody has.

mod attendance;
mod evidence;
mod learning;
mod leaving;
mod people;
mod responses;
mod rhythm;
mod teaching;

pub use attendance::{Cancellations, MeetingsAtWork, NoShows, SessionCompletion};
pub use evidence::{AgreementCoverage, SponsorParticipation, TrainingAttendance, TrainingCoverage};
pub use learning::{GoalProgress, GoalsAchieved, OneSidedProgress, OneSidedWin, WinWin};
pub use leaving::{Dropout, DropoutStage, ReturnAfterPause};
pub use people::{LongWaits, MatchCoverage, MentorUtilisation};
pub use responses::{NoRecognition, ResponseRate};
pub use rhythm::{ActivePairs, CadenceAdherence, FirstSession, LoadWithinBudget};
pub use teaching::{RoleBalance, RoleBalanceAlert};

use super::metric::{Metrics, PairingView, UnitView};
use crate::pair::Role;
use crate::session::Response;

/// Days after which somebody has waited long: one slot of the monthly cadence.
const SLOT: u16 = 30;

/// Days within which two should have met: one slot of the monthly cadence and its grace, after which they are overdue.
const SLOT_AND_GRACE: u16 = 37;

/// The metric that says how many sessions were held, and that of how many pairings went on to the end.
const COMPLETION: &str = "session_completion";
const DROPOUT: &str = "dropout_active";

/// The pairing, where the unit is one that has started.
const fn started<'u, 'a>(unit: &'u UnitView<'a>) -> Option<&'u PairingView<'a>> {
    match unit {
        UnitView::Pairing(pairing) => Some(pairing),
        _ => None,
    }
}

impl Metrics {
    /// Those that ship, in this order:
    ///
    #[doc = include_str!("standard.md")]
    ///
    /// ```
    /// use reverse_mentoring::health::{FirstSession, Metrics};
    ///
    /// // A host that meets weekly wants to see the first session within ten days.
    /// let metrics = Metrics::standard().without("first_session").with(FirstSession::within(10));
    /// assert_eq!(metrics.iter().count(), Metrics::standard().iter().count());
    /// ```
    #[must_use]
    pub fn standard() -> Self {
        let mut all = Self::none()
            .with(CadenceAdherence)
            .with(FirstSession::default())
            .with(ActivePairs)
            .with(LoadWithinBudget)
            .with(SessionCompletion)
            .with(Cancellations::by(Role::Mentor))
            .with(Cancellations::by(Role::Mentee))
            .with(NoShows::by(Role::Mentor))
            .with(NoShows::by(Role::Mentee))
            .with(MeetingsAtWork)
            .with(GoalProgress::of(Role::Mentor))
            .with(GoalProgress::of(Role::Mentee))
            .with(OneSidedProgress)
            .with(GoalsAchieved::of(Role::Mentor))
            .with(GoalsAchieved::of(Role::Mentee))
            .with(WinWin)
            .with(OneSidedWin)
            .with(RoleBalance)
            .with(RoleBalanceAlert::default());
        for response in [Response::Feedback, Response::Recognition] {
            all = all
                .with(ResponseRate::of(response, Role::Mentor))
                .with(ResponseRate::of(response, Role::Mentee));
        }
        all = all
            .with(NoRecognition)
            .with(MentorUtilisation)
            .with(MatchCoverage)
            .with(LongWaits::default())
            .with(TrainingAttendance)
            .with(TrainingCoverage)
            .with(AgreementCoverage)
            .with(SponsorParticipation);
        for stage in DropoutStage::ALL {
            all = all.with(Dropout::during(stage));
        }
        all.with(ReturnAfterPause)
    }
}
