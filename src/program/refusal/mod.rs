//! Why the gate does not let something pass.

mod adoption;
mod exemption;
mod launch;
mod sessions;
mod violation;
mod words;

use chrono::{DateTime, NaiveDate, Utc};

pub use adoption::AdoptionProblem;
pub use exemption::ExemptionProblem;
pub use launch::LaunchProblem;
pub use sessions::SessionProblem;

use words::{comes_next, no_goal, rules, sessions, within};

use crate::charter::{ChemistryPeriod, Milestone};
use crate::history::GoalProblem;
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::journal::WIRE_VERSION;
use crate::pair::Role;
use crate::pairing::{GoalRef, IllegalStep, Occasion, Stage};
use crate::policy::PluginId;
use crate::summary::count;
use crate::text::{Label, Quoted};

/// One thing that stands against an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Written by a newer release, or by none.
    #[error(
        "version {0} of the journal is not among those that this release reads, 1 to {WIRE_VERSION}"
    )]
    Version(u16),
    /// The journal goes on in a version that this release does not read.
    #[error(
        "the journal goes on in version {0}, which this release does not read: the programme is read-only"
    )]
    ReadOnly(u16),
    /// A gap or a repetition in the journal.
    #[error("entry {found} stands where entry {expected} belongs")]
    Sequence {
        /// The next number.
        expected: u64,
        /// The entry's.
        found: u64,
    },
    /// Recorded before what is recorded already.
    #[error("the time of recording runs backwards: {found} after {last}")]
    Backwards {
        /// The latest on record.
        last: DateTime<Utc>,
        /// The entry's.
        found: DateTime<Utc>,
    },
    /// A journal begins with its opening, once.
    #[error("a journal has one opening, at its beginning")]
    Opening,
    /// Dated before the programme opened.
    #[error("{on} is before the opening of the programme on {opened}")]
    BeforeOpening {
        /// The day it is dated.
        on: NaiveDate,
        /// The day of the opening.
        opened: NaiveDate,
    },
    /// The evidence does not name the core invariants.
    #[error("the evidence does not name every core invariant")]
    Evidence,
    /// Dated more than a day after the instant of recording: calendars east of Greenwich are ahead of it by one.
    #[error("{on} is in the future of its recording on {recorded}")]
    Future {
        /// The day it is dated.
        on: NaiveDate,
        /// The day it is recorded.
        recorded: NaiveDate,
    },
    /// Eligibility was asked of another roster than the programme's.
    #[error("eligibility was asked of another roster than the programme's: ask again")]
    StaleProof,
    /// Nothing is proposed.
    #[error("the proposal is empty")]
    EmptyProposal,
    /// Nobody finished the training.
    #[error("nobody finished the training")]
    NobodyTrained,
    /// Takes no part in the roster that the programme stands on.
    #[error("participant {0} is not in the roster")]
    UnknownParticipant(ParticipantId),
    /// Does not take part, or not any more.
    #[error("participant {0} is not enrolled")]
    NotEnrolled(ParticipantId),
    /// Before somebody enrolled.
    #[error("{on} is before participant {participant} enrolled on {since}")]
    BeforeEnrolment {
        /// The day.
        on: NaiveDate,
        /// Who.
        participant: ParticipantId,
        /// The day of their answer.
        since: NaiveDate,
    },
    /// Takes part in a cohort that is not closed.
    #[error("participant {participant} is enrolled in cohort {cohort} already")]
    EnrolledAlready {
        /// Who.
        participant: ParticipantId,
        /// Where.
        cohort: CohortId,
    },
    /// Takes part in another cohort than the proposal's.
    #[error(
        "participant {participant} is enrolled in cohort {cohort}, not in that of the proposal"
    )]
    OtherCohort {
        /// Who.
        participant: ParticipantId,
        /// Where.
        cohort: CohortId,
    },
    /// Nobody takes part in it.
    #[error("nobody is enrolled in cohort {0}")]
    NobodyEnrolled(CohortId),
    /// No such cohort.
    #[error("there is no cohort {0}")]
    UnknownCohort(CohortId),
    /// Not launched yet.
    #[error("cohort {0} is not launched: that takes a charter")]
    NotLaunched(CohortId),
    /// No cohort runs in which a pairing could be proposed.
    #[error("no cohort is launched: that takes enrolment and a charter")]
    NoCohort,
    /// Over.
    #[error("cohort {0} is closed")]
    CohortClosed(CohortId),
    /// Not the milestone that comes next.
    #[error("cohort {cohort} cannot come to its {milestone} now; {}", comes_next(*.next))]
    Milestone {
        /// Which.
        cohort: CohortId,
        /// What it would come to.
        milestone: Milestone,
        /// What comes next, unless it has come to all of them.
        next: Option<Milestone>,
    },
    /// Before an earlier milestone.
    #[error("{on} is before the {latest} of the cohort on {latest_on}")]
    BeforeMilestone {
        /// The day of this one.
        on: NaiveDate,
        /// The one before it.
        latest: Milestone,
        /// Its day.
        latest_on: NaiveDate,
    },
    /// What stands against a launch.
    #[error(transparent)]
    Launch(#[from] LaunchProblem),
    /// Rules of the charter that eligibility was not asked with.
    #[error("eligibility was not asked with every rule of the charter: {} missing", rules(.0))]
    RulesNotAsked(Vec<PluginId>),
    /// Has not finished the curriculum of the charter by the day.
    #[error("participant {participant} has not finished {}", Quoted(.curriculum.as_str()))]
    NotTrained {
        /// Who.
        participant: ParticipantId,
        /// What.
        curriculum: Label,
    },
    /// A withdrawal or a close that keeps a pairing.
    #[error("pairing {0} would go on")]
    WouldGoOn(PairingId),
    /// A withdrawal or a close that ends a pairing of others.
    #[error("pairing {0} would end, though it has nothing to do with it")]
    WouldEnd(PairingId),
    /// Mentor and mentee are one.
    #[error("participant {0} would be paired with themselves")]
    Oneself(ParticipantId),
    /// More pairings than places.
    #[error("participant {participant} has {} as {role}, and {} would be open", count(*.places, "place"), count(*.wanted, "pairing"))]
    NoPlace {
        /// Who.
        participant: ParticipantId,
        /// On which side.
        role: Role,
        /// Places in all.
        places: u32,
        /// Open pairings that there would be.
        wanted: u32,
    },
    /// The two have an open pairing.
    #[error("pairing {0} of the same two is open already")]
    AlreadyPaired(PairingId),
    /// An id that stands for something.
    #[error("the id {0} stands for a pairing already")]
    PairingIdTaken(PairingId),
    /// No such pairing.
    #[error("there is no pairing {0}")]
    UnknownPairing(PairingId),
    /// Over for so long that nothing of it can be recorded or corrected, see
    /// [`RECORD_OPEN_DAYS`](super::RECORD_OPEN_DAYS).
    #[error("pairing {pairing} ended on {ended}, and its record is closed")]
    RecordClosed {
        /// Which.
        pairing: PairingId,
        /// Its last day.
        ended: NaiveDate,
    },
    /// The stage does not allow the step.
    #[error(transparent)]
    Illegal(#[from] IllegalStep),
    /// The stage does not allow it.
    #[error("a pairing that is `{stage}` cannot {what}")]
    NotNow {
        /// Where the pairing stands.
        stage: Stage,
        /// What was tried.
        what: &'static str,
    },
    /// They introduce themselves once.
    #[error("they introduced themselves on {0}")]
    IntroducedAlready(NaiveDate),
    /// The agreement is not whole.
    #[error("the {0} has not said what they bring into the agreement")]
    Silent(Role),
    /// An offer waits for an answer.
    #[error("the {0} has offered another agreement: answer that first")]
    OfferPending(Role),
    /// Nothing waits for an answer.
    #[error("no other agreement is on the table")]
    NoOffer,
    /// One's own offer is for the other to accept.
    #[error("the {0} cannot accept their own offer")]
    OwnOffer(Role),
    /// The agreement as it is.
    #[error("the agreement offered is the one that holds")]
    NothingChanges,
    /// A planned end that is past, or beyond the charter.
    #[error("a planned end on {planned} is not after {on}{}", within(*.ends))]
    PlannedEnd {
        /// The planned end.
        planned: NaiveDate,
        /// The day of the entry.
        on: NaiveDate,
        /// The last day of the charter.
        ends: Option<NaiveDate>,
    },
    /// They have not settled, and nothing has ended that had begun.
    #[error("there is nothing to look back on yet")]
    NothingToReview,
    /// Everybody gives one closing review.
    #[error("the {by} gave the closing review on {on}")]
    ReviewedAlready {
        /// Who.
        by: Role,
        /// When.
        on: NaiveDate,
    },
    /// What would be told has not happened.
    #[error("`{0}` has not happened, so that nobody can agree to have it told")]
    NotHappened(Occasion),
    /// They say what they have said.
    #[error("the {by} {} that it is told", if *.agrees { "agrees already" } else { "has not agreed" })]
    SameWord {
        /// Who.
        by: Role,
        /// What they say.
        agrees: bool,
    },
    /// Whether they go on is asked of both in private, see [`settle`](super::Program::settle).
    #[error("both say in private whether they go on: settle by their ballot")]
    NoBallot,
    /// Suspension follows from a reorganisation.
    #[error("only a reorganisation suspends a pairing")]
    NotByHand,
    /// Before the latest step of the pairing.
    #[error("{on} is before the latest step of the pairing on {latest}")]
    BeforeLatestStep {
        /// The day of this step.
        on: NaiveDate,
        /// The day of the latest.
        latest: NaiveDate,
    },
    /// A pause or an end before a session that is on record.
    #[error("{on} is before a session on record, that of {session}: correct or void it first")]
    BeforeSession {
        /// The day of this step.
        on: NaiveDate,
        /// The day of the latest session that was not called off.
        session: NaiveDate,
    },
    /// A pause or an end before a check-in that is on record.
    #[error("{on} is before a check-in on record, that of {checked_in}")]
    BeforeCheckIn {
        /// The day of this step.
        on: NaiveDate,
        /// The day of the latest check-in.
        checked_in: NaiveDate,
    },
    /// A reorganisation that lets somebody go and keeps their pairing.
    #[error("pairing {0} would go on without one of the two")]
    GoesOnAlone(PairingId),
    /// A reorganisation that ends a pairing of which nobody goes.
    #[error("pairing {0} would end, though both still take part")]
    NobodyLeft(PairingId),
    /// What stands against adopting, deciding or regularising.
    #[error(transparent)]
    Adoption(#[from] AdoptionProblem),
    /// What stands against an exemption, its end, or something that rests on one.
    #[error(transparent)]
    Exemption(#[from] ExemptionProblem),
    /// The chemistry period has not run.
    #[error(
        "the chemistry period runs until {} held or {} have passed: {held} held, {days} days",
        sessions(*.period), count(.period.days(), "day")
    )]
    Chemistry {
        /// What ends it.
        period: ChemistryPeriod,
        /// Sessions held by the day.
        held: u32,
        /// Days since it began.
        days: i64,
    },
    /// The line of management is still there.
    #[error("the line of management between the two is still there")]
    LinkRemains,
    /// A session cannot be planned, moved, recorded at that time or answered to.
    #[error(transparent)]
    Session(#[from] SessionProblem),
    /// The two did not meet in this stage.
    #[error("the pairing has not begun, so there can be no session")]
    NotBegun,
    /// Before the first day or after the last.
    #[error("{date} is outside the days of the pairing, {began} to {end}", end = .ended.map_or("now".to_owned(), |d| d.to_string()))]
    OutsidePairing {
        /// The day of the session.
        date: NaiveDate,
        /// The first day.
        began: NaiveDate,
        /// The last, once it has ended.
        ended: Option<NaiveDate>,
    },
    /// While the pairing was held up.
    #[error("the pairing was held up on {0}")]
    HeldUp(NaiveDate),
    /// No such goal on that day.
    #[error("{}", no_goal(.0))]
    UnknownGoal(GoalRef),
    /// The rules of [goals](GoalProblem) are against it.
    #[error("{goal}: {problem}")]
    Goal {
        /// Which.
        goal: GoalRef,
        /// What stands against it.
        problem: GoalProblem,
    },
    /// The last learning goal of a side that is not dropped.
    #[error("the {role} would have no learning goal on {on}: goals go both ways")]
    OneWay {
        /// Whose.
        role: Role,
        /// The first such day.
        on: NaiveDate,
    },
    /// Goals stand as proposed until both have accepted.
    #[error("the goals stand as proposed until both have accepted")]
    NotAccepted,
    /// Of a day before both had accepted.
    #[error(
        "{on} is before both had accepted on {accepted}: until then the goals stand as proposed"
    )]
    BeforeAcceptance {
        /// The day it is dated.
        on: NaiveDate,
        /// The day of the second acceptance.
        accepted: NaiveDate,
    },
}

/// What the gate refuses, with every problem. The programme is what it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct Refused(
    /// The problems.
    pub Vec<Problem>,
);
