//! What most programs name: `use reverse_mentoring::prelude::*;`.

pub use crate::cadence::Cadence;
pub use crate::charter::{
    Budget, Charter, CharterDraft, Cohort, CohortDays, Curriculum, Milestone, Readiness, Sponsor,
    Training,
};
pub use crate::eligibility::{Eligibility, EligiblePair, Verdict};
pub use crate::health::{Metrics, PairingStatus, ProgramHealth};
pub use crate::history::History;
pub use crate::ids::{
    CohortId, ContactId, CoordinatorId, IdSource, PairingId, ParticipantId, ProgramId,
    SequentialIds, SessionId, SponsorId,
};
pub use crate::journal::{Entry, Event, Stamp};
pub use crate::matching::{
    Candidates, Conditions, Criteria, Greedy, MatchPlan, Optimal, Pin, plan, plan_under,
};
pub use crate::pair::{Pair, Role};
pub use crate::pairing::{
    Agreement, Area, EndReason, Goal, GoalChange, GoalRef, Pairing, Preference, Stage, Step, Terms,
    TwoWayGoals,
};
pub use crate::policy::{Context, Policy, Violation};
pub use crate::privacy::{Confidential, Threshold};
pub use crate::program::Program;
pub use crate::roster::{
    Capacity, Experience, Hours, Level, Line, Load, Offer, Participant, ReportingLines, Roster,
    Side, Skill, Wish,
};
pub use crate::session::{Minutes, Outcome, PlannedSession, Session, Taught, TaughtBy};
pub use crate::text::{Key, Label};
