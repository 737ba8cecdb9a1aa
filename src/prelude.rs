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
pub use crate::notebook::Notebook;
pub use crate::pair::{Pair, Role};
pub use crate::pairing::{
    Agreement, Area, DropReason, EndReason, Goal, GoalChange, GoalRef, NewGoal, Occasion, Pairing,
    Preference, Priority, SharedGoal, Stage, Step, Terms, TwoWayGoals,
};
pub use crate::policy::{Context, Policy, Violation};
pub use crate::privacy::{Ballot, Concern, Confidential, Threshold};
pub use crate::program::{Program, Refused};
pub use crate::pulse::PulseBook;
pub use crate::roster::{
    Capacity, Experience, Hours, Level, Line, Load, Offer, Participant, ReportingLines, Roster,
    Side, Skill, Wish,
};
pub use crate::session::{
    Minutes, Outcome, PlannedSession, Response, Session, Taught, TaughtBy, Venue,
};
pub use crate::subject::{Erasure, Export};
pub use crate::text::{Key, Label};
