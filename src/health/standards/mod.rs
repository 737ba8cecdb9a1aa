//! The six standards of the EMCC for mentoring programmes: what the data show, what the host states, what is missing.

mod claim;
mod point;
mod record;

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

pub use claim::{Claim, HostStatement};
pub use point::DataPoint;
pub use record::{
    ClaimRecord, DataPointRecord, SelfAssessmentRecord, StandardRecord, StatementRecord,
};

use super::metric::Ratio;
use crate::charter::Charter;
use crate::history::History;

/// A core standard of the EMCC's International Standards for Mentoring and Coaching Programmes (ISMCP). The names are
/// theirs; the questions below them are this library's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Standard {
    /// Clarity of purpose.
    Purpose,
    /// Stakeholder training and briefing.
    Training,
    /// Processes for selection and matching.
    Matching,
    /// Processes for measurement and review.
    Measurement,
    /// A high standard of ethics.
    Ethics,
    /// Administration and support.
    Administration,
}

impl Standard {
    /// All six, in their order.
    pub const ALL: [Self; 6] = [
        Self::Purpose,
        Self::Training,
        Self::Matching,
        Self::Measurement,
        Self::Ethics,
        Self::Administration,
    ];

    /// The stable code, such as `purpose`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Training => "training",
            Self::Matching => "matching",
            Self::Measurement => "measurement",
            Self::Ethics => "ethics",
            Self::Administration => "administration",
        }
    }

    /// Its name.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Purpose => "clarity of purpose",
            Self::Training => "training and briefing",
            Self::Matching => "selection and matching",
            Self::Measurement => "measurement and review",
            Self::Ethics => "ethics",
            Self::Administration => "administration and support",
        }
    }
}

impl fmt::Display for Standard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A programme held against the six standards on a day, by itself.
///
/// For each: what charter and history [show](DataPoint), as counts; what the host has [stated](HostStatement), and when;
/// and what is missing, which is every data point that is not whole and every [`Claim`] that nobody has stated by the day.
/// It is for coordinators, who improve their programme by it.
///
/// **It is no award.** The EMCC's assessors award, on documents and interviews, after a full cycle; nothing here says
/// which of their levels a programme would reach, and every output has the words of
/// [`NOT_AN_AWARD`](Self::NOT_AN_AWARD).
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::health::{Claim, HostStatement, SelfAssessment, Standard};
/// use reverse_mentoring::ids::{CoordinatorId, SequentialIds};
/// use reverse_mentoring::testing::{Company, charter};
///
/// let company = Company::sample()?;
/// let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
/// let mut ids = SequentialIds::new(1);
/// let by = CoordinatorId::from_source(&mut ids);
/// let stated = [HostStatement { claim: Claim::ObjectivesTold, on: day(2, 2), by }];
/// let charter = charter(day(1, 5), &mut ids)?;
/// let assessment = SelfAssessment::new(Some(&charter), company.history(), &stated, day(4, 14));
///
/// let purpose = assessment.standard(Standard::Purpose);
/// assert_eq!(purpose.unstated(), [Claim::OutcomesDefined]);
/// // Purpose and sponsor are in the charter; of four pairings of the log, one has goals of both.
/// let shown: Vec<_> = purpose.shown.iter().map(|(_, ratio)| (ratio.part(), ratio.whole())).collect();
/// assert_eq!(shown, [(1, 1), (1, 1), (1, 4)]);
/// assert!(assessment.to_string().ends_with(SelfAssessment::NOT_AN_AWARD));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Its `Display` is a list for people; nobody should parse it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SelfAssessment {
    /// The day.
    pub as_of: NaiveDate,
    /// The six, in their order.
    pub standards: Vec<StandardAssessment>,
}

/// What there is on one standard.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StandardAssessment {
    /// Which.
    pub standard: Standard,
    /// What charter and history show: the part for which it holds, of the whole.
    pub shown: Vec<(DataPoint, Ratio)>,
    /// What the host states, each claim by its latest statement.
    pub stated: Vec<HostStatement>,
}

impl StandardAssessment {
    /// The data points that are not whole, or on which there are no data.
    #[must_use]
    pub fn lacking(&self) -> Vec<DataPoint> {
        let lacking = self.shown.iter().filter(|(_, ratio)| !is_whole(*ratio));
        lacking.map(|(point, _)| *point).collect()
    }

    /// The claims that nobody has stated.
    #[must_use]
    pub fn unstated(&self) -> Vec<Claim> {
        let claims = Claim::ALL.into_iter();
        let claims = claims.filter(|claim| claim.standard() == self.standard);
        let stated = |claim: &Claim| self.stated.iter().any(|s| s.claim == *claim);
        claims.filter(|claim| !stated(claim)).collect()
    }

    /// How many of its data points and claims are there, of all of them.
    #[must_use]
    pub fn there(&self) -> Ratio {
        let missing = self.lacking().len() + self.unstated().len();
        let all = self.shown.len() + self.stated.len() + self.unstated().len();
        Ratio::new((all - missing) as u64, all as u64).unwrap_or(Ratio::NO_DATA)
    }
}

const fn is_whole(ratio: Ratio) -> bool {
    ratio.whole() > 0 && ratio.part() == ratio.whole()
}

impl SelfAssessment {
    /// What is said of every self-assessment, wherever it is shown.
    pub const NOT_AN_AWARD: &'static str =
        "This is a self-assessment, not an award: only the EMCC's assessors award.\n";

    /// Holds a programme against the six standards: its charter, if it has one, its history, and what the host states.
    /// What is stated after the day is not known on it.
    #[must_use]
    pub fn new(
        charter: Option<&Charter>,
        history: &History,
        statements: &[HostStatement],
        as_of: NaiveDate,
    ) -> Self {
        let data = point::Data::of(charter, history, as_of);
        let standards = Standard::ALL.into_iter().map(|standard| {
            let points = DataPoint::ALL.into_iter();
            let points = points.filter(|point| point.standard() == standard);
            let claims = Claim::ALL.into_iter();
            let claims = claims.filter(|claim| claim.standard() == standard);
            let latest = |claim| {
                let known = statements
                    .iter()
                    .filter(|s| s.claim == claim && s.on <= as_of);
                known.max_by_key(|s| (s.on, s.by)).copied()
            };
            StandardAssessment {
                standard,
                shown: points.map(|point| (point, data.read(point))).collect(),
                stated: claims.filter_map(latest).collect(),
            }
        });
        Self {
            as_of,
            standards: standards.collect(),
        }
    }

    /// One of the six.
    #[must_use]
    pub fn standard(&self, standard: Standard) -> StandardAssessment {
        let found = self.standards.iter().find(|s| s.standard == standard);
        found.cloned().unwrap_or(StandardAssessment {
            standard,
            shown: Vec::new(),
            stated: Vec::new(),
        })
    }
}

impl fmt::Display for SelfAssessment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the six EMCC ISMCP standards on {}", self.as_of)?;
        for standard in &self.standards {
            let there = standard.there();
            let name = standard.standard.words();
            writeln!(f, "  {name}: {} of {}", there.part(), there.whole())?;
            for (point, ratio) in &standard.shown {
                let mark = if is_whole(*ratio) { "shown" } else { "missing" };
                let counts = match ratio.whole() {
                    0 => "no data".to_owned(),
                    whole => format!("{} / {whole}", ratio.part()),
                };
                writeln!(f, "    {mark:<9}{} ({counts})", point.words())?;
            }
            for stated in &standard.stated {
                writeln!(f, "    stated   {} ({})", stated.claim.words(), stated.on)?;
            }
            for claim in standard.unstated() {
                writeln!(f, "    to state {}", claim.words())?;
            }
        }
        f.write_str(Self::NOT_AN_AWARD)
    }
}
