//! Readings as exact ratios, and what contributes to them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

pub use super::view::{CohortView, PairingView, PersonView, UnitKind, UnitView};
use crate::policy::PluginId;

/// A part of a whole, exact. A whole of 0 is "no data", which is not zero.
///
/// ```
/// use reverse_mentoring::health::Ratio;
///
/// let ratio = Ratio::new(2, 3).unwrap();
/// assert_eq!(ratio.decimal().as_deref(), Some("0.6667"));
/// assert_eq!(Ratio::NO_DATA.decimal(), None);
/// assert_eq!(Ratio::new(4, 3), None);
/// ```
// INVARIANT (ratio): part <= whole. Kept by `new`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    part: u64,
    whole: u64,
}

impl Ratio {
    /// Nothing to judge by.
    pub const NO_DATA: Self = Self { part: 0, whole: 0 };

    /// `part` of `whole`; `None` where the part is the larger.
    #[must_use]
    pub const fn new(part: u64, whole: u64) -> Option<Self> {
        if part > whole {
            return None;
        }
        Some(Self { part, whole })
    }

    /// The part.
    #[must_use]
    pub const fn part(self) -> u64 {
        self.part
    }

    /// The whole.
    #[must_use]
    pub const fn whole(self) -> u64 {
        self.whole
    }

    /// Four decimals, halves rounded up; `None` without data.
    #[must_use]
    pub fn decimal(self) -> Option<String> {
        let scaled = self.scaled(10_000)?;
        Some(format!("{}.{:04}", scaled / 10_000, scaled % 10_000))
    }

    /// Per cent with one decimal, halves rounded up; `None` without data.
    #[must_use]
    pub fn percent(self) -> Option<String> {
        let scaled = self.scaled(1000)?;
        Some(format!("{}.{} %", scaled / 10, scaled % 10))
    }

    fn scaled(self, by: u128) -> Option<u128> {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole));
        (2 * by * part + whole).checked_div(2 * whole)
    }

    /// Both added up; `None` past the range of `u64`.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            part: self.part.checked_add(other.part)?,
            whole: self.whole.checked_add(other.whole)?,
        })
    }
}

/// What one unit adds to a reading: a part of a whole, as the metric claims it. The library checks that the part is not
/// the larger, and names the metric where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl Contribution {
    /// `part` of `whole`.
    #[must_use]
    pub const fn new(part: u64, whole: u64) -> Self {
        Self { part, whole }
    }

    /// How many of them are true, of all of them.
    #[must_use]
    pub fn counted(each: impl IntoIterator<Item = bool>) -> Self {
        let each = each.into_iter();
        let add = |sum: Self, yes| Self::new(sum.part + u64::from(yes), sum.whole + 1);
        each.fold(Self::new(0, 0), add)
    }

    /// One of one, or none of one.
    #[must_use]
    pub const fn whether(yes: bool) -> Self {
        Self::new(yes as u64, 1)
    }
}

/// Where a reading should be, in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// This or above.
    AtLeast(u8),
    /// Between the two, both included.
    Between(u8, u8),
}

impl Target {
    /// Whether a reading is where it should be; `None` without data.
    #[must_use]
    pub fn is_met(self, ratio: Ratio) -> Option<bool> {
        if ratio.whole == 0 {
            return None;
        }
        let part = 100 * u128::from(ratio.part);
        let at = |percent: u8| u128::from(percent) * u128::from(ratio.whole);
        Some(match self {
            Self::AtLeast(low) => part >= at(low),
            Self::Between(low, high) => part >= at(low) && part <= at(high),
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(low) => write!(f, "≥ {low} %"),
            Self::Between(low, high) => write!(f, "{low}–{high} %"),
        }
    }
}

/// A figure about a programme, as a sum over its pairings or people.
///
/// The metric looks at one unit at a time; the library adds up and withholds. Pure: the same unit, the same answer.
///
/// ```
/// use reverse_mentoring::health::{Contribution, Metric, UnitView};
/// use reverse_mentoring::policy::PluginId;
///
/// /// Of the sessions held, those of 45 minutes or more.
/// #[derive(Debug)]
/// struct LongSessions;
///
/// impl Metric for LongSessions {
///     fn id(&self) -> PluginId {
///         PluginId::new("long_sessions", 1)
///     }
///
///     fn definition(&self) -> &str {
///         "sessions of 45 minutes or more / sessions held"
///     }
///
///     // Its whole are the sessions held.
///     fn tells(&self) -> &[&str] {
///         &["session_completion"]
///     }
///
///     fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
///         let UnitView::Pairing(pairing) = unit else { return None };
///         let taught = pairing.facts().sessions(pairing.as_of()).filter_map(|s| s.outcome.taught());
///         let minutes = taught.map(|taught| taught.minutes().as_u16());
///         let (long, all) = minutes.fold((0, 0), |(l, a), m| (l + u64::from(m >= 45), a + 1));
///         Some(Contribution::new(long, all))
///     }
/// }
/// ```
pub trait Metric: fmt::Debug + Send + Sync {
    /// Name, in snake_case, and version.
    fn id(&self) -> PluginId;

    /// What is divided by what, in one line.
    fn definition(&self) -> &str;

    /// Where the reading should be, if anybody has said so.
    fn target(&self) -> Option<Target> {
        None
    }

    /// Whether units of a kind contribute at all: of the others nobody asks it. All do unless it says so; to say so is worth
    /// it in a programme of 100,000 people.
    fn concerns(&self, kind: UnitKind) -> bool {
        let _ = kind;
        true
    }

    /// Whether a [release](super::Publisher) may break it down by groups. Metrics of which the parts add up to something that is
    /// broken down as well should not be: in a cell, all but one would tell the last.
    fn breaks_down(&self) -> bool {
        true
    }

    /// The names of metrics whose part this one's figures tell: the whole of a share of the sessions held is the number of
    /// sessions held. A [release](super::Publisher) shows a total or a cell of this one afresh where theirs are, and nowhere
    /// else.
    fn tells(&self) -> &[&str] {
        &[]
    }

    /// What one unit adds; `None` where it is not concerned.
    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution>;
}

/// An ordered list of metrics.
#[derive(Debug, Clone, Default)]
pub struct Metrics {
    list: Vec<Arc<dyn Metric>>,
}

impl Metrics {
    /// None.
    #[must_use]
    pub const fn none() -> Self {
        Self { list: Vec::new() }
    }

    /// The same with one more.
    #[must_use]
    pub fn with(mut self, metric: impl Metric + 'static) -> Self {
        self.list.push(Arc::new(metric));
        self
    }

    /// The same without the one of a name; as it is where there is none.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.list.retain(|metric| metric.id().name() != name);
        self
    }

    /// The metrics in order.
    pub fn iter(&self) -> impl Iterator<Item = &dyn Metric> {
        self.list.iter().map(AsRef::as_ref)
    }

    /// The first name that stands twice.
    pub(super) fn repeated(&self) -> Option<PluginId> {
        let mut names = BTreeSet::new();
        let ids = self.list.iter().map(|m| m.id());
        ids.into_iter()
            .find(|id| !names.insert(id.name().to_owned()))
    }
}
