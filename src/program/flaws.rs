//! What can be wrong with a record.

use std::fmt;

use chrono::NaiveDate;

use crate::history::GoalProblem;
use crate::ids::{CohortId, PairingId, ParticipantId, SessionId};
use crate::journal::WIRE_VERSION;
use crate::pair::Role;
use crate::pairing::{GoalRef, GoalsError, Occasion, Stage};
use crate::roster::Levels;

/// One thing that cannot be true of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordProblem {
    /// Written by a newer release, or by none.
    #[error(
        "version {0} of the record is not among those that this release reads, 1 to {WIRE_VERSION}"
    )]
    Version(u16),
    /// It stands on no entry.
    #[error("it stands on no entry: a journal begins with its opening")]
    Empty,
    /// Opened after the latest entry was recorded.
    #[error("it opened on {opened}, after its latest entry was recorded on {recorded}")]
    OpenedLater {
        /// The day of the opening.
        opened: NaiveDate,
        /// The day of the latest recording.
        recorded: NaiveDate,
    },
    /// Somebody in two rows.
    #[error("participant {0} is there twice")]
    PersonTwice(ParticipantId),
    /// Somebody enrolled in two rows.
    #[error("participant {0} is enrolled twice")]
    EnrolledTwice(ParticipantId),
    /// Exempted in two rows.
    #[error("participant {0} is exempted twice")]
    ExemptedTwice(ParticipantId),
    /// Exempted before the opening or after the latest recording.
    #[error("participant {mentee} is exempted since {since}, a day that is not in the journal")]
    ExemptedOn {
        /// Who.
        mentee: ParticipantId,
        /// Since when.
        since: NaiveDate,
    },
    /// Enrolled, trained or exempted, and not in the roster.
    #[error("participant {0} is not in the roster")]
    NotInRoster(ParticipantId),
    /// Enrolled where or when nobody can be.
    #[error("participant {participant} cannot be enrolled in cohort {cohort} on that day")]
    Enrolment {
        /// Who.
        participant: ParticipantId,
        /// Where.
        cohort: CohortId,
    },
    /// Trained after the latest entry was recorded.
    #[error("participant {0} finished a training after the latest entry was recorded")]
    Training(ParticipantId),
    /// The cohort that was launched last is none that was launched.
    #[error("the cohort that was launched last is none of those that were launched")]
    Latest,
    /// The same training of somebody in two rows.
    #[error("participant {0} finished the same training twice")]
    TrainedTwice(ParticipantId),
    /// Something of one cohort.
    #[error("cohort {cohort}: {problem}")]
    Cohort {
        /// Which.
        cohort: CohortId,
        /// What.
        problem: CohortProblem,
    },
    /// A pairing in two rows.
    #[error("pairing {0} is there twice")]
    PairingTwice(PairingId),
    /// Something of one adopted pairing.
    #[error("adopted pairing {pairing}: {problem}")]
    Adopted {
        /// Which.
        pairing: PairingId,
        /// What.
        problem: AdoptedProblem,
    },
    /// Consents to tell something that nobody gave, that stand twice, or are of two others.
    #[error("what may be told of pairing {pairing} as `{occasion}` cannot be")]
    Celebration {
        /// Which.
        pairing: PairingId,
        /// What.
        occasion: Occasion,
    },
    /// Somebody in two sessions at once.
    #[error("participant {participant} is in sessions {first} and {second} at the same time")]
    Overlap {
        /// Who.
        participant: ParticipantId,
        /// The one that begins first.
        first: SessionId,
        /// The other.
        second: SessionId,
    },
    /// Something of one pairing.
    #[error("pairing {pairing}: {problem}")]
    Pairing {
        /// Which.
        pairing: PairingId,
        /// What.
        problem: PairingProblem,
    },
}

/// One thing that cannot be true of a cohort in a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CohortProblem {
    /// In two rows.
    #[error("it is there twice")]
    Twice,
    /// None, or more than there are.
    #[error("it came to {0} milestones, not to 1 to 5")]
    Milestones(usize),
    /// Launched without days or a charter, or planned and not launched.
    #[error("what is launched has its days and a charter; what is not has neither")]
    Launch,
    /// Milestones out of order, before the opening or after the latest recording.
    #[error("the days of its milestones cannot be")]
    Days,
}

/// One thing that cannot be true of a pairing in a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PairingProblem {
    /// Mentor and mentee are one.
    #[error("somebody is paired with themselves")]
    Oneself,
    /// An open pairing of somebody who takes no part.
    #[error("participant {0} is not in the roster")]
    NotInRoster(ParticipantId),
    /// Of a cohort that is not known, or was launched after the proposal.
    #[error("cohort {0} was not launched when it was proposed")]
    Cohort(CohortId),
    /// Open, and one of the two does not take part in its cohort.
    #[error("participant {0} is not enrolled in its cohort")]
    NotEnrolled(ParticipantId),
    /// Versions of the agreement that are no story, or another one than the agreement's last.
    #[error("the versions of its agreement do not follow each other up to the one that holds")]
    Versions,
    /// An agreement that was signed before it was whole.
    #[error("its agreement is signed, and the {0} has not said what they bring in")]
    Silent(Role),
    /// An offer that could not have been made.
    #[error("it is `{0}`, and an agreement on offer cannot be")]
    Offer(Stage),
    /// Consents that would have led on, or could not have been given.
    #[error("it is `{0}`, and the consents on record cannot be")]
    Consent(Stage),
    /// A closing review twice, or before there was anything to look back on.
    #[error("the closing review of the {0} cannot be")]
    Review(Role),
    /// The same two have another that is open.
    #[error("pairing {0} of the same two is open, too")]
    AlreadyPaired(PairingId),
    /// It ended so long ago that the gate has forgotten it.
    #[error("it ended on {0}, and its record is closed")]
    Closed(NaiveDate),
    /// Two days in the wrong order.
    #[error("{later} on {later_on} is before {earlier} on {earlier_on}")]
    Order {
        /// What comes first.
        earlier: Moment,
        /// Its day.
        earlier_on: NaiveDate,
        /// What comes after.
        later: Moment,
        /// Its day.
        later_on: NaiveDate,
    },
    /// A day that the stage needs, or rules out.
    #[error("it is `{stage}`, {} {moment}", if *.missing { "and has no day of" } else { "and has a day of" })]
    Dated {
        /// Where it stands.
        stage: Stage,
        /// The day of what.
        moment: Moment,
        /// Whether that is missing, or is there where it should not be.
        missing: bool,
    },
    /// A hold that lasts although the stage is another, or the other way round.
    #[error("it is `{0}`, and its holds say something else")]
    HoldOfStage(Stage),
    /// Holds that overlap, run backwards, or go on one after the other.
    #[error("the hold from {0} is out of order")]
    HoldOrder(NaiveDate),
    /// A link that is not gone, of a pairing that goes on.
    #[error("it is `{0}`, and a link is on record")]
    Link(Stage),
    /// The levels between the two changed before the opening or after the latest recording.
    #[error("the levels between the two changed on {0}, a day that is not in the journal")]
    FarLinkDay(NaiveDate),
    /// It goes on over a link that no exemption excuses.
    #[error("it goes on over {0} of management, and its mentee is not exempted")]
    NotExcused(Levels),
    /// It is held up by a link that an exemption excuses.
    #[error("it is held up over {0} of management, and its mentee is exempted")]
    Excused(Levels),
    /// Sessions before the pairing began.
    #[error("it has not begun, and has sessions")]
    NotBegun,
    /// A session after a later one.
    #[error("session {0} is out of order")]
    SessionOrder(SessionId),
    /// A session id that stands for two.
    #[error("session {0} is there twice")]
    SessionTwice(SessionId),
    /// A session held or missed outside the days of the pairing, in a hold, or to come; one called off before the beginning.
    #[error("the pairing did not run on {date}, the day of session {session}")]
    SessionDay {
        /// Which.
        session: SessionId,
        /// Its day.
        date: NaiveDate,
    },
    /// A session planned for a day before the beginning, after the end, or in a hold.
    #[error("the pairing does not run on {date}, for which session {session} is planned")]
    PlannedDay {
        /// Which.
        session: SessionId,
        /// Its day.
        date: NaiveDate,
    },
    /// A planning that is to come, is after what it planned, or moved it without a move.
    #[error("the planning of session {0} contradicts itself")]
    Planning(SessionId),
    /// A planned session that fell away with a hold or an end that is not there, or is not before its day.
    #[error("session {0} fell away with nothing that is on record")]
    Lapse(SessionId),
    /// An instant and a day that have nothing in common on any clock.
    #[error("session {session} begins at an instant that is not on {date} by any clock")]
    NotOnDay {
        /// Which.
        session: SessionId,
        /// Its day.
        date: NaiveDate,
    },
    /// The goals of the proposal do not go both ways, or one is there twice.
    #[error("as proposed, {0}")]
    Goals(GoalsError),
    /// A goal of the proposal after one that was added.
    #[error("{0} is of the proposal, and stands after one that was added")]
    GoalPlace(GoalRef),
    /// An entry of a goal after one of a later day.
    #[error("{0}: what is on record of it is out of order")]
    GoalOrder(GoalRef),
    /// A check-in on a day on which the pairing did not run; anything else before both had accepted, before the goal was
    /// added, or to come.
    #[error("{goal}: nothing can be on record of {on}")]
    GoalDay {
        /// Which.
        goal: GoalRef,
        /// The day.
        on: NaiveDate,
    },
    /// The rules of [goals](GoalProblem) are against it.
    #[error("{goal}: {problem}")]
    Goal {
        /// Which.
        goal: GoalRef,
        /// What stands against it.
        problem: GoalProblem,
    },
    /// All learning goals of a side are dropped.
    #[error("the {role} has no learning goal on {on}: goals go both ways")]
    OneWay {
        /// Whose.
        role: Role,
        /// The first such day.
        on: NaiveDate,
    },
    /// Goals that were changed though both had not accepted.
    #[error("both have not accepted, and its goals have changed")]
    NotAccepted,
}

/// One thing that cannot be true of an adopted pairing in a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AdoptedProblem {
    /// Mentor and mentee are one.
    #[error("somebody is paired with themselves")]
    Oneself,
    /// An open pairing of somebody who is not in the roster.
    #[error("participant {0} is not in the roster")]
    NotInRoster(ParticipantId),
    /// The same two have another that is open.
    #[error("another pairing of the same two is open")]
    AlreadyPaired,
    /// A day before its start, after the latest recording, or an end that is not its latest step.
    #[error("{0} is no day of its own")]
    Day(NaiveDate),
    /// It ended so long ago that the gate has forgotten it.
    #[error("it ended on {0}, and its record is closed")]
    Closed(NaiveDate),
    /// Holds that overlap, run backwards, go on one after the other, or are not the roster's.
    #[error("the hold from {0} is out of order")]
    Hold(NaiveDate),
    /// A link that holds nothing up, or a hold that lasts beyond the end.
    #[error("its link and its holds say different things")]
    Link,
    /// A session out of order, on a day on which it did not run, or after the deadline.
    #[error("session {0} is out of order, or of a day on which it did not run")]
    Session(SessionId),
    /// What cannot be true of sessions that are, or were, planned.
    #[error(transparent)]
    Plan(PairingProblem),
    /// A session id that stands for two.
    #[error("session {0} is there twice")]
    SessionTwice(SessionId),
    /// Goals of both where it lacks them, or the other way round.
    #[error("it has goals of both, or lacks them, against what it claims")]
    Goals,
}

/// A day in the life of a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Moment {
    /// The programme opens.
    Opening,
    /// It is proposed.
    Proposal,
    /// Both have accepted.
    Acceptance,
    /// The two introduce themselves.
    Introduction,
    /// It begins.
    Beginning,
    /// Both go on after the chemistry period.
    Settling,
    /// Its latest step.
    LatestStep,
    /// It ends.
    End,
    /// The latest entry is recorded; a day may be ahead of it by one.
    Recording,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Opening => "the opening",
            Self::Proposal => "the proposal",
            Self::Acceptance => "the acceptance",
            Self::Introduction => "the introduction",
            Self::Beginning => "the beginning",
            Self::Settling => "the settling",
            Self::LatestStep => "the latest step",
            Self::End => "the end",
            Self::Recording => "the latest recording",
        })
    }
}

/// A record that cannot be the state of a programme, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct RestoreError(
    /// The problems, in the order of the record.
    pub Vec<RecordProblem>,
);
