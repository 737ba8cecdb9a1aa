//! One error type for callers who want `?`.

#[cfg(feature = "zones")]
use crate::zones;
use crate::{
    cadence, charter, eligibility, health, matching, notebook, pairing, policy, privacy, program,
    pulse, roster, session, subject, text,
};

/// Any error of the library about a value, for a caller who only passes it on. What a [store](crate::store) says is not among
/// them: [some of it is to be asked again](crate::guide::stores#errors-of-a-store).
///
/// ```
/// use reverse_mentoring::prelude::*;
///
/// fn read(cadence_days: u16, minutes: u16) -> Result<Minutes, reverse_mentoring::error::Error> {
///     Cadence::new(cadence_days, 7, 60)?;
///     Ok(Minutes::new(minutes)?)
/// }
///
/// assert_eq!(read(0, 60).unwrap_err().to_string(), "a cadence of 0 days is not between 1 and 366");
/// assert_eq!(read(30, 0).unwrap_err().to_string(), "0 minutes is not between 1 and 1440");
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error(transparent)]
#[non_exhaustive]
pub enum Error {
    /// See [`text::TextError`].
    Text(#[from] text::TextError),
    /// See [`cadence::CadenceError`].
    Cadence(#[from] cadence::CadenceError),
    /// See [`privacy::ThresholdTooLow`].
    Threshold(#[from] privacy::ThresholdTooLow),
    /// See [`privacy::AnswerError`].
    Answer(#[from] privacy::AnswerError),
    /// See [`pulse::NotOneToFive`].
    PulseAnswer(#[from] pulse::NotOneToFive),
    /// See [`pulse::NobodyAsked`].
    NobodyAsked(#[from] pulse::NobodyAsked),
    /// See [`pulse::ItemTwice`].
    ItemTwice(#[from] pulse::ItemTwice),
    /// See [`pulse::RoundError`].
    Round(#[from] pulse::RoundError),
    /// See [`pulse::NoInterval`].
    NoInterval(#[from] pulse::NoInterval),
    /// See [`pulse::AnswersRefused`].
    AnswersRefused(#[from] pulse::AnswersRefused),
    /// See [`pulse::PulseRecordError`].
    PulseRecord(#[from] pulse::PulseRecordError),
    /// See [`roster::SkillError`].
    Skill(#[from] roster::SkillError),
    /// See [`roster::HoursError`].
    Hours(#[from] roster::HoursError),
    /// See [`roster::ZeroLoad`].
    Load(#[from] roster::ZeroLoad),
    /// See [`roster::ParticipantError`].
    Participant(#[from] roster::ParticipantError),
    /// See [`roster::LineFaults`].
    Lines(#[from] roster::LineFaults),
    /// See [`roster::RosterFaults`].
    Roster(#[from] roster::RosterFaults),
    /// See [`roster::CatalogueFaults`].
    Catalogue(#[from] roster::CatalogueFaults),
    /// See [`roster::ResolveError`].
    Resolve(#[from] roster::ResolveError),
    /// See [`notebook::Notebook::resolve`].
    ResolveConfidential(#[from] roster::ResolveError<notebook::ReferenceError>),
    /// See [`zones::ZoneError`].
    #[cfg(feature = "zones")]
    Zone(#[from] zones::ZoneError),
    /// See [`zones::SlotError`].
    #[cfg(feature = "zones")]
    Slot(#[from] zones::SlotError),
    /// See [`zones::WorkingHoursError`].
    #[cfg(feature = "zones")]
    WorkingHours(#[from] zones::WorkingHoursError),
    /// See [`policy::PluginIdError`].
    PluginId(#[from] policy::PluginIdError),
    /// See [`policy::ChosenTwice`].
    ChosenTwice(#[from] policy::ChosenTwice),
    /// See [`eligibility::UnknownParticipant`].
    UnknownParticipant(#[from] eligibility::UnknownParticipant),
    /// See [`matching::CriteriaError`].
    Criteria(#[from] matching::CriteriaError),
    /// See [`matching::RankPointsError`].
    RankPoints(#[from] matching::RankPointsError),
    /// See [`matching::EarlierPlanError`].
    EarlierPlan(#[from] matching::EarlierPlanError),
    /// See [`matching::PlanError`].
    Plan(#[from] matching::PlanError),
    /// See [`matching::RankingFaults`].
    Rankings(#[from] matching::RankingFaults),
    /// See [`matching::AnotherRoster`].
    AnotherRoster(#[from] matching::AnotherRoster),
    /// See [`pairing::GoalsError`].
    Goals(#[from] pairing::GoalsError),
    /// See [`pairing::OpenClauses`].
    Agreement(#[from] pairing::OpenClauses),
    /// See [`pairing::NoTerms`].
    Terms(#[from] pairing::NoTerms),
    /// See [`session::MinutesError`].
    Minutes(#[from] session::MinutesError),
    /// See [`charter::CharterError`].
    Charter(#[from] charter::CharterError),
    /// See [`charter::BudgetError`].
    Budget(#[from] charter::BudgetError),
    /// See [`charter::ChemistryPeriodError`].
    Chemistry(#[from] charter::ChemistryPeriodError),
    /// See [`charter::CohortDaysError`].
    Cohort(#[from] charter::CohortDaysError),
    /// See [`charter::NotReady`].
    NotReady(#[from] charter::NotReady),
    /// See [`notebook::ReferenceError`].
    Reference(#[from] notebook::ReferenceError),
    /// See [`notebook::NotebookError`].
    Notebook(#[from] notebook::NotebookError),
    /// See [`program::Refused`].
    Refused(#[from] program::Refused),
    /// See [`program::ReplayError`].
    Replay(#[from] program::ReplayError),
    /// See [`subject::ErasureError`].
    Erasure(#[from] subject::ErasureError),
    /// See [`subject::ErasureListError`].
    ErasureList(#[from] subject::ErasureListError),
    /// See [`health::HealthError`].
    Health(#[from] health::HealthError),
}
