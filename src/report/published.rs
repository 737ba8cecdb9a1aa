//! How far pairings come, from what is published.

use crate::health::{Dropout, DropoutStage, Figure, MatchCoverage, Metric, PeriodHealth, Ratio};
use crate::policy::PluginId;
use crate::privacy::Cell;

/// From enrolled to completed, as a sponsor may see it: of those that are through a stage, how many went on from it.
///
/// Worked out from a release of [`Publisher`](crate::health::Publisher) and nothing else: from `match_coverage`, and from the
/// [dropout](Dropout) of the four stages, which it turns round. So it went through the one ledger, tells nothing that the release
/// does not, and is withheld or repeated where that is. The [`Funnel`](super::Funnel) of coordinators counts how many *people* ever came so far;
/// were that released beside the figures of a stage, somebody who knows who is through it could take one from the other.
///
/// Shares of different stages rest on different pairings and do not multiply to a share of all.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::health::{Ledger, Metrics, Period, Publisher};
/// use reverse_mentoring::privacy::Cell;
/// use reverse_mentoring::report::PublishedFunnel;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let (metrics, today) = (Metrics::standard(), NaiveDate::from_ymd_opt(2026, 5, 4).unwrap());
/// let publisher = Publisher::new(company.history(), &metrics, today);
/// let april = publisher.release(Period::month(2026, 4).unwrap(), &mut Ledger::new())?;
/// // A handful of pairings: every stage is withheld.
/// let funnel = PublishedFunnel::of(&april);
/// assert!(funnel.stages.iter().all(|(_, through)| *through == Some(Cell::Withheld)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedFunnel {
    /// Of the people who take part, those with an open pairing; `None` where the release has no `match_coverage`.
    pub people: Option<Cell<Figure>>,
    /// Each stage in order: of the pairings that are through it, those that went on to the next, in the end those completed;
    /// `None` where the release has no such figure.
    pub stages: [(DropoutStage, Option<Cell<Figure>>); 4],
}

impl PublishedFunnel {
    /// From a release.
    #[must_use]
    pub fn of(release: &PeriodHealth) -> Self {
        // By name and version: a host's metric of that name may count something else.
        let total = |id: &PluginId| {
            let reading = release.readings.iter().find(|r| r.metric == *id);
            reading.map(|reading| reading.total)
        };
        let went_on = |stage| {
            let left = total(&Dropout::during(stage).id())?;
            Some(match left {
                Cell::Shown(figure) => Cell::Shown(Figure {
                    ratio: rest(figure.ratio),
                    ..figure
                }),
                Cell::Withheld => Cell::Withheld,
            })
        };
        Self {
            people: total(&MatchCoverage.id()),
            stages: DropoutStage::ALL.map(|stage| (stage, went_on(stage))),
        }
    }

    /// Whether the release has none of its figures.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_none() && self.stages.iter().all(|(_, figure)| figure.is_none())
    }
}

/// What is not in the part, of the same whole.
fn rest(ratio: Ratio) -> Ratio {
    let rest = ratio.whole() - ratio.part();
    Ratio::new(rest, ratio.whole()).unwrap_or(Ratio::NO_DATA)
}
