//! What stands against an entry, as a host translates it: a code, typed parameters, a sentence.

use chrono::NaiveDate;

use super::{AdoptionProblem, ExemptionProblem, LaunchProblem, Problem, SessionProblem};
use crate::history::GoalProblem;
use crate::pairing::{GoalRef, IllegalStep, Step};
use crate::policy::{Parameter, Violation};

impl Problem {
    /// The problem as rules state theirs: a stable code, the numbers, days, ids and names of it as parameters, and its
    /// sentence. So a host has one way to say no, whoever says it, and translates by the code.
    ///
    /// ```
    /// use reverse_mentoring::policy::Parameter;
    /// use reverse_mentoring::prelude::*;
    /// use reverse_mentoring::testing::{self, Company};
    ///
    /// let (company, mut ids) = (Company::sample()?, SequentialIds::new(9));
    /// let now = Stamp::midnight(reverse_mentoring::chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
    /// let (mut program, _) = Program::open(ProgramId::from_source(&mut ids), company.roster(), Load::DEFAULT, now)?;
    /// let refused = program.reach(CohortId::from_source(&mut ids), Milestone::Midpoint, now).unwrap_err();
    /// let no = refused.0[0].violation();
    /// assert_eq!(no.code(), "unknown-cohort");
    /// assert_eq!(no.parameters(), [("cohort", Parameter::Text("00000009-0000-8000-8000-000000000002".to_owned()))]);
    /// assert_eq!(no.message(), refused.to_string());
    /// # Ok::<(), reverse_mentoring::error::Error>(())
    /// ```
    #[must_use]
    pub fn violation(&self) -> Violation {
        match self {
            Self::Version(it) => said("journal-version", self).number("version", *it),
            Self::ReadOnly(it) => said("read-only", self).number("version", *it),
            Self::Sequence { expected, found } => said("sequence", self)
                .parameter("expected", number(*expected))
                .parameter("found", number(*found)),
            Self::Backwards { last, found } => said("backwards", self)
                .text("last", format!("{last:?}"))
                .text("found", format!("{found:?}")),
            Self::Opening => said("one-opening", self),
            Self::BeforeOpening { on, opened } => said("before-opening", self)
                .text("on", on.to_string())
                .text("opened", opened.to_string()),
            Self::Evidence => said("evidence", self),
            Self::Future { on, recorded } => said("in-the-future", self)
                .text("on", on.to_string())
                .text("recorded", recorded.to_string()),
            Self::StaleProof => said("stale-proof", self),
            Self::EmptyProposal => said("empty-proposal", self),
            Self::NobodyTrained => said("nobody-trained", self),
            Self::UnknownParticipant(it) => {
                said("unknown-participant", self).text("participant", it.to_string())
            }
            Self::NotEnrolled(it) => said("not-enrolled", self).text("participant", it.to_string()),
            Self::BeforeEnrolment {
                on,
                participant,
                since,
            } => said("before-enrolment", self)
                .text("on", on.to_string())
                .text("participant", participant.to_string())
                .text("since", since.to_string()),
            Self::EnrolledAlready {
                participant,
                cohort,
            } => said("enrolled-already", self)
                .text("participant", participant.to_string())
                .text("cohort", cohort.to_string()),
            Self::OtherCohort {
                participant,
                cohort,
            } => said("other-cohort", self)
                .text("participant", participant.to_string())
                .text("cohort", cohort.to_string()),
            Self::NobodyEnrolled(it) => {
                said("nobody-enrolled", self).text("cohort", it.to_string())
            }
            Self::UnknownCohort(it) => said("unknown-cohort", self).text("cohort", it.to_string()),
            Self::NotLaunched(it) => said("not-launched", self).text("cohort", it.to_string()),
            Self::NoCohort => said("no-cohort", self),
            Self::CohortClosed(it) => said("cohort-closed", self).text("cohort", it.to_string()),
            Self::Milestone {
                cohort,
                milestone,
                next,
            } => {
                let said = said("milestone", self)
                    .text("cohort", cohort.to_string())
                    .text("milestone", milestone.as_str());
                match next {
                    Some(next) => said.text("next", next.as_str()),
                    None => said,
                }
            }
            Self::BeforeMilestone {
                on,
                latest,
                latest_on,
            } => said("before-milestone", self)
                .text("on", on.to_string())
                .text("latest", latest.to_string())
                .text("latest_on", latest_on.to_string()),
            Self::Launch(problem) => problem.violation(),
            Self::RulesNotAsked(rules) => said("rules-not-asked", self).parameter(
                "rules",
                Parameter::List(rules.iter().map(ToString::to_string).collect()),
            ),
            Self::NotTrained {
                participant,
                curriculum,
            } => said("not-trained", self)
                .text("participant", participant.to_string())
                .text("curriculum", curriculum.to_string()),
            Self::WouldGoOn(it) => said("would-go-on", self).text("pairing", it.to_string()),
            Self::WouldEnd(it) => said("would-end", self).text("pairing", it.to_string()),
            Self::Oneself(it) => said("oneself", self).text("participant", it.to_string()),
            Self::NoPlace {
                participant,
                role,
                places,
                wanted,
            } => said("no-place", self)
                .text("participant", participant.to_string())
                .text("role", role.to_string())
                .number("places", *places)
                .number("wanted", *wanted),
            Self::AlreadyPaired(it) => said("already-paired", self).text("pairing", it.to_string()),
            Self::PairingIdTaken(it) => {
                said("pairing-id-taken", self).text("pairing", it.to_string())
            }
            Self::UnknownPairing(it) => {
                said("unknown-pairing", self).text("pairing", it.to_string())
            }
            Self::RecordClosed { pairing, ended } => said("record-closed", self)
                .text("pairing", pairing.to_string())
                .text("ended", ended.to_string()),
            Self::Illegal(IllegalStep { stage, step }) => said("illegal-step", self)
                .text("stage", stage.as_str())
                .text("step", step.as_str())
                .parameter(
                    "possible",
                    Parameter::List(
                        stage
                            .legal()
                            .filter(|step| *step != Step::Suspend)
                            .map(|step| step.as_str().to_owned())
                            .collect(),
                    ),
                ),
            Self::NotNow { stage, what } => said("not-now", self)
                .text("stage", stage.to_string())
                .text("what", *what),
            Self::IntroducedAlready(it) => {
                said("introduced-already", self).text("on", it.to_string())
            }
            Self::Silent(it) => said("silent", self).text("role", it.to_string()),
            Self::OfferPending(it) => said("offer-pending", self).text("role", it.to_string()),
            Self::NoOffer => said("no-offer", self),
            Self::OwnOffer(it) => said("own-offer", self).text("role", it.to_string()),
            Self::NothingChanges => said("nothing-changes", self),
            Self::PlannedEnd { planned, on, ends } => with_day(
                said("planned-end", self)
                    .text("planned", planned.to_string())
                    .text("on", on.to_string()),
                "ends",
                *ends,
            ),
            Self::NothingToReview => said("nothing-to-review", self),
            Self::ReviewedAlready { by, on } => said("reviewed-already", self)
                .text("by", by.to_string())
                .text("on", on.to_string()),
            Self::NotHappened(it) => said("not-happened", self).text("occasion", it.to_string()),
            Self::SameWord { by, agrees } => said("same-word", self)
                .text("by", by.to_string())
                .text("agrees", agrees.to_string()),
            Self::NoBallot => said("no-ballot", self),
            Self::NotByHand => said("not-by-hand", self),
            Self::BeforeLatestStep { on, latest } => said("before-latest-step", self)
                .text("on", on.to_string())
                .text("latest", latest.to_string()),
            Self::BeforeSession { on, session } => said("before-session", self)
                .text("on", on.to_string())
                .text("session", session.to_string()),
            Self::BeforeCheckIn { on, checked_in } => said("before-check-in", self)
                .text("on", on.to_string())
                .text("checked_in", checked_in.to_string()),
            Self::GoesOnAlone(it) => said("goes-on-alone", self).text("pairing", it.to_string()),
            Self::NobodyLeft(it) => said("nobody-left", self).text("pairing", it.to_string()),
            Self::Adoption(problem) => problem.violation(),
            Self::Exemption(problem) => problem.violation(),
            Self::Chemistry { period, held, days } => said("chemistry", self)
                .number("sessions", period.sessions())
                .number("days_needed", period.days())
                .number("held", *held)
                .number("days", *days),
            Self::LinkRemains => said("link-remains", self),
            Self::Session(problem) => problem.violation(),
            Self::NotBegun => said("not-begun", self),
            Self::OutsidePairing { date, began, ended } => with_day(
                said("outside-pairing", self)
                    .text("date", date.to_string())
                    .text("began", began.to_string()),
                "ended",
                *ended,
            ),
            Self::HeldUp(it) => said("held-up", self).text("on", it.to_string()),
            Self::UnknownGoal(goal) => with_goal(said("unknown-goal", self), goal),
            Self::Goal { goal, problem } => {
                with_goal(said(goal_code(problem), self), goal).text("problem", problem.to_string())
            }
            Self::OneWay { role, on } => said("one-way", self)
                .text("role", role.to_string())
                .text("on", on.to_string()),
            Self::NotAccepted => said("not-accepted", self),
            Self::BeforeAcceptance { on, accepted } => said("before-acceptance", self)
                .text("on", on.to_string())
                .text("accepted", accepted.to_string()),
        }
    }
}

impl AdoptionProblem {
    pub(super) fn violation(&self) -> Violation {
        match self {
            Self::NothingAdopted => said("nothing-adopted", self),
            Self::DeadlinePast { on, deadline } => said("deadline-past", self)
                .text("on", on.to_string())
                .text("deadline", deadline.to_string()),
            Self::GoalsOnRecord(it) => {
                said("goals-on-record", self).text("pairing", it.to_string())
            }
            Self::Instant(it) => said("log-with-instant", self).text("session", it.to_string()),
            Self::NotAdopted(it) => said("not-adopted", self).text("pairing", it.to_string()),
            Self::NotRegularised(it) => {
                said("not-regularised", self).text("pairing", it.to_string())
            }
            Self::NotHeldUp(it) => said("not-held-up", self).text("pairing", it.to_string()),
            Self::NotPaused(it) => said("not-paused", self).text("pairing", it.to_string()),
            Self::HeldUpAlready(it) => {
                said("held-up-already", self).text("pairing", it.to_string())
            }
            Self::NoReasonToEnd(it) => said("no-reason-to-end", self).text("reason", it.as_str()),
            Self::NotBegunAgain(it) => said("not-begun-again", self).text("on", it.to_string()),
            Self::OtherPeople(it) => said("other-people", self).text("pairing", it.to_string()),
        }
    }
}

impl ExemptionProblem {
    pub(super) fn violation(&self) -> Violation {
        match self {
            Self::NotExempted { mentee, on } => said("not-exempted", self)
                .text("mentee", mentee.to_string())
                .text("on", on.to_string()),
            Self::AlreadyExempted(it) => {
                said("already-exempted", self).text("participant", it.to_string())
            }
            Self::NotExcused(it) => said("not-excused", self).text("pairing", it.to_string()),
            Self::Excused(it) => said("excused", self).text("pairing", it.to_string()),
            Self::HangsOnExemption(it) => {
                said("hangs-on-exemption", self).text("pairing", it.to_string())
            }
            Self::NotOnExemption(it) => {
                said("not-on-exemption", self).text("pairing", it.to_string())
            }
        }
    }
}

impl LaunchProblem {
    pub(super) fn violation(&self) -> Violation {
        match self {
            Self::OutsideCharter {
                launch,
                close,
                starts,
                ends,
            } => said("outside-charter", self)
                .text("launch", launch.to_string())
                .text("close", close.to_string())
                .text("starts", starts.to_string())
                .text("ends", ends.to_string()),
            Self::Budget { load, month } => said("working-time", self)
                .text("load", load.to_string())
                .text("month", month.to_string()),
        }
    }
}

impl SessionProblem {
    pub(super) fn violation(&self) -> Violation {
        match self {
            Self::Unknown(it) => said("unknown-session", self).text("session", it.to_string()),
            Self::IdTaken(it) => said("session-id-taken", self).text("session", it.to_string()),
            Self::AlreadyPlanned(it) => {
                said("already-planned", self).text("session", it.to_string())
            }
            Self::NotPlanned(it) => said("not-planned", self).text("session", it.to_string()),
            Self::MovedBefore {
                session,
                on,
                planned,
            } => said("moved-before", self)
                .text("session", session.to_string())
                .text("on", on.to_string())
                .text("planned", planned.to_string()),
            Self::NotMoved(it) => said("not-moved", self).text("session", it.to_string()),
            Self::OnlyPlanned(it) => said("only-planned", self).text("session", it.to_string()),
            Self::PlannedBefore { date, on } => said("planned-before", self)
                .text("date", date.to_string())
                .text("on", on.to_string()),
            Self::NothingToPlan(it) => said("nothing-to-plan", self).text("on", it.to_string()),
            Self::NotOnDay { starts, date } => said("not-on-day", self)
                .text("starts", format!("{starts:?}"))
                .text("date", date.to_string()),
            Self::Overlap { role, session, at } => said("overlap", self)
                .text("role", role.to_string())
                .text("session", session.to_string())
                .text("starts", format!("{:?}", at.starts))
                .text("ends", format!("{:?}", at.ends())),
            Self::AlreadyResponded {
                session,
                from,
                response,
            } => said("already-responded", self)
                .text("session", session.to_string())
                .text("from", from.to_string())
                .text("response", response.to_string()),
            Self::RespondedBefore {
                response,
                on,
                session,
            } => said("responded-before", self)
                .text("response", response.to_string())
                .text("on", on.to_string())
                .text("session", session.to_string()),
        }
    }
}

/// The sentence is that of the problem, whatever its kind.
fn said(code: &'static str, problem: &impl ToString) -> Violation {
    Violation::new(code, problem.to_string())
}

/// No journal is so long that its number does not fit.
fn number(number: u64) -> Parameter {
    Parameter::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

fn with_day(violation: Violation, name: &'static str, day: Option<NaiveDate>) -> Violation {
    match day {
        Some(day) => violation.text(name, day.to_string()),
        None => violation,
    }
}

fn with_goal(violation: Violation, goal: &GoalRef) -> Violation {
    match goal {
        GoalRef::Learning { learner, skill } => violation
            .text("learner", learner.as_str())
            .text("skill", skill.as_str()),
        GoalRef::Shared { name } => violation.text("shared_goal", name.as_str()),
    }
}

const fn goal_code(problem: &GoalProblem) -> &'static str {
    match problem {
        GoalProblem::Illegal { .. } => "goal-state",
        GoalProblem::NotReached { .. } => "goal-not-reached",
        GoalProblem::NotRising { .. } => "goal-not-rising",
        GoalProblem::Due { .. } => "goal-due",
        GoalProblem::NoLevels => "goal-no-levels",
        GoalProblem::NothingRevised => "goal-nothing-revised",
        GoalProblem::Twice => "goal-twice",
        GoalProblem::OnRecord { .. } => "goal-on-record",
    }
}
