//! How a programme goes: exact readings, a status for each pairing, and what each audience may see.
//!
//! In come a [`History`] and metrics; out come readings on a day. Never true inside: a fact from after that day, a
//! figure without data shown as zero, a single pairing in what a sponsor sees.

mod benefits;
mod beside;
mod comparison;
mod day;
mod display;
mod equity;
mod exempted;
mod interval;
mod ladder;
mod live;
mod metric;
mod pulses;
mod record;
mod release;
mod series;
mod shipped;
mod standards;
mod status;
mod sum;
mod tally;
mod tidy;
mod tidy_wire;
mod view;

use chrono::NaiveDate;

pub use benefits::{Benefit, BenefitReading, Gap, GoalsOf, Measure};
pub use comparison::{
    Compared, ComparedCounts, Comparison, ComparisonError, ComparisonRecord, Counted, SideRecord,
};
pub(crate) use day::Day;
#[cfg(feature = "report")]
pub(crate) use display::families;
pub use equity::{
    EquityGroupRecord, EquityMeasure, EquityMeasureRecord, EquityPolicy, EquityReadings,
    EquityRecord, GroupFigure, GroupReading, ReportingGroups,
};
pub use exempted::ExemptedPairing;
pub use interval::Interval;
pub use ladder::{Ladder, LadderDays, LadderError, LadderFlaw, NextStep, Rung, StepReason};
pub use live::LiveHealth;
pub use metric::{
    CohortView, Contribution, Metric, Metrics, PairingView, PersonView, Ratio, Target, UnitKind,
    UnitView,
};
pub use pulses::{BeforeAfter, PulseReading};
pub use record::{
    ExemptedRecord, HealthRecord, MissingRecord, NextStepRecord, PairingRecord, ReadingRecord,
    ViolationRecord,
};
pub use release::{
    Breakdown, BreakdownRecord, CellRecord, Figure, FigureRecord, Ledger, LedgerError, Period,
    PeriodHealth, PeriodReadingRecord, PeriodRecord, PublishedBreakdown, PublishedReading,
    Publisher, ReleaseError,
};
pub use series::{MetricSeries, Series, Trend};
pub use shipped::{
    ActivePairs, AgreementCoverage, CadenceAdherence, Cancellations, Dropout, DropoutStage,
    FirstSession, GoalProgress, GoalsAchieved, LoadWithinBudget, LongWaits, MatchCoverage,
    MeetingsAtWork, MentorUtilisation, NoRecognition, NoShows, OneSidedProgress, OneSidedWin,
    ResponseRate, ReturnAfterPause, RoleBalance, RoleBalanceAlert, SessionCompletion,
    SponsorParticipation, TrainingAttendance, TrainingCoverage, WinWin,
};
pub use standards::{
    Claim, ClaimRecord, DataPoint, DataPointRecord, HostStatement, SelfAssessment,
    SelfAssessmentRecord, Standard, StandardAssessment, StandardRecord, StatementRecord,
};
pub use status::{PairingHealth, PairingStatus};
pub use tidy::{FigureRow, PairingRow};

use crate::cadence::Calendar;
use crate::history::{History, Missing};
use crate::ids::PairingId;
use crate::policy::{PluginId, Violation};
use crate::privacy::{Cell, Threshold};

/// Why there is no reading: a metric that is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HealthError {
    /// Two metrics of one name.
    #[error("there are two metrics named `{}`", .0.name())]
    Twice(PluginId),
    /// It claims more than there is.
    #[error("metric `{metric}` gave a part of {part} of a whole of {whole}")]
    PartAboveWhole {
        /// Which.
        metric: PluginId,
        /// The part.
        part: u64,
        /// The whole.
        whole: u64,
    },
    /// Its sum leaves the range of `u64`.
    #[error("metric `{0}` adds up to more than a reading holds")]
    Overflow(PluginId),
}

/// One figure of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// Which metric.
    pub metric: PluginId,
    /// What is divided by what.
    pub definition: String,
    /// Where it should be.
    pub target: Option<Target>,
    /// The figure.
    pub ratio: Ratio,
    /// How many pairings or people it rests on: those that contributed with data.
    pub contributors: u64,
}

/// How a programme goes on a day, for its coordinators: readings, each pairing, findings.
///
/// Holds attendance and administration only: no pulse, note or wish reaches it. What sponsors may see is
/// [`released`](Self::release).
///
/// Its `Display` is a table for people; nobody should parse it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProgramHealth {
    /// The day.
    pub as_of: NaiveDate,
    /// The figures in the order of the metrics.
    pub readings: Vec<Reading>,
    /// Every pairing that has started, by id.
    pub pairings: Vec<PairingHealth>,
    /// Core invariants that open pairings break, by pairing.
    pub violations: Vec<(PairingId, Violation)>,
    /// What pairings cannot show, by pairing.
    pub missing_evidence: Vec<(PairingId, Missing)>,
    /// What might be done next, by [`Ladder::DEFAULT`], about each pairing that needs something, by id: those that have
    /// not started included, which are not in `pairings`. Another [ladder](Ladder::next_steps) may take its place.
    pub next_steps: Vec<NextStep>,
    /// The open pairings that rest on an [exemption](crate::eligibility#the-one-exemption), by id.
    pub exempted: Vec<ExemptedPairing>,
}

impl ProgramHealth {
    /// Reads a history on a day, with no day closed. Of more than some 16,000 pairings by up to four threads, as a
    /// [`LiveHealth`] does.
    ///
    /// # Errors
    ///
    /// [`HealthError`] where two metrics share a name, or one claims more than there is or adds up to more than a reading
    /// holds.
    pub fn assess(
        history: &History,
        metrics: &Metrics,
        as_of: NaiveDate,
    ) -> Result<Self, HealthError> {
        Self::assess_with(history, metrics, &Calendar::OPEN, as_of)
    }

    /// Reads a history on a day, where the programme is closed on some: nobody is overdue for a holiday.
    ///
    /// ```
    /// use chrono::{Days, NaiveDate};
    /// use reverse_mentoring::cadence::Calendar;
    /// use reverse_mentoring::health::{Metrics, ProgramHealth};
    /// use reverse_mentoring::testing::Company;
    ///
    /// let company = Company::sample()?;
    /// let day = |after| NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(after);
    /// // `fresh` began on day 60, every 30 days, and has not met: due on day 90, overdue from day 98 on.
    /// let due = |closed| -> Result<_, Box<dyn std::error::Error>> {
    ///     let (calendar, metrics) = (Calendar::new(closed)?, Metrics::standard());
    ///     let health = ProgramHealth::assess_with(company.history(), &metrics, &calendar, day(98))?;
    ///     Ok(health.pairings.iter().filter(|p| p.held == 0 && p.reasons == ["overdue"]).count())
    /// };
    /// assert_eq!(due(vec![])?, 1);
    /// assert_eq!(due(vec![day(92)..=day(94)])?, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`assess`](Self::assess).
    pub fn assess_with(
        history: &History,
        metrics: &Metrics,
        calendar: &Calendar,
        as_of: NaiveDate,
    ) -> Result<Self, HealthError> {
        let (metrics, calendar) = (metrics.clone(), calendar.clone());
        let live = LiveHealth::read(history, metrics, calendar, as_of)?;
        Ok(live.into_health())
    }

    /// The figure of a metric by name.
    #[must_use]
    pub fn reading(&self, metric: &str) -> Option<Ratio> {
        let found = self.readings.iter().find(|r| r.metric.name() == metric);
        found.map(|r| r.ratio)
    }

    /// How many pairings have a status.
    #[must_use]
    pub fn count(&self, status: PairingStatus) -> usize {
        self.pairings.iter().filter(|p| p.status == status).count()
    }

    /// What a sponsor may see of one day who sees no other: every reading that rests on enough. All are withheld where
    /// fewer pairings have started than the threshold, and one by one those to which fewer pairings or people contributed:
    /// of five pairings of which four have ended, `active_pairs` would be the figure of one.
    ///
    /// It remembers nothing: what it shows of two days can be subtracted. Sponsors who are told month by month are told
    /// through a [`Publisher`] and its [`Ledger`].
    ///
    /// There is no pairing in it, by type, and a withheld figure does not say why. A reading without data is shown as
    /// such.
    #[must_use]
    pub fn release(&self, threshold: Threshold) -> SponsorHealth {
        let least = u64::from(threshold.pairings());
        let enough = self.pairings.len() as u64 >= least;
        let readings = self.readings.iter().map(|reading| ReleasedReading {
            metric: reading.metric.clone(),
            definition: reading.definition.clone(),
            target: reading.target,
            ratio: if enough && (reading.contributors >= least || reading.ratio.whole() == 0) {
                Cell::Shown(reading.ratio)
            } else {
                Cell::Withheld
            },
        });
        SponsorHealth {
            as_of: self.as_of,
            readings: readings.collect(),
        }
    }
}

/// How a programme goes, as its sponsor may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SponsorHealth {
    /// The day.
    pub as_of: NaiveDate,
    /// The figures in the order of the metrics.
    pub readings: Vec<ReleasedReading>,
}

/// One figure that is shown or withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReleasedReading {
    /// Which metric.
    pub metric: PluginId,
    /// What is divided by what.
    pub definition: String,
    /// Where it should be.
    pub target: Option<Target>,
    /// The figure, unless it is withheld.
    pub ratio: Cell<Ratio>,
}
