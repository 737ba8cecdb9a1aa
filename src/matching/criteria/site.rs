//! Whether the two can meet in person, or would never meet otherwise.

use std::ops::RangeInclusive;

use super::yes_or_no;
use crate::matching::{Assessment, Criterion};
use crate::policy::{PairView, PluginId};

/// `same-site`: 100 points where the two work at the same site, 0 at different ones, 50 where one of the sites is not known.
///
/// For programmes that meet in person. With [`DifferentSite`] of the same weight beside it, neither says anything.
///
/// ```
/// use reverse_mentoring::matching::{Criteria, SameSite};
///
/// assert_eq!(Criteria::standard().with(SameSite, 2)?.highest_score(), 3_300);
/// # Ok::<(), reverse_mentoring::matching::CriteriaError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SameSite;

/// `different-site`: 100 points where the two work at different sites, 0 at the same, 50 where one of the sites is not known.
///
/// For programmes that meet online and want new ties.
///
/// ```
/// use reverse_mentoring::matching::{Criteria, DifferentSite};
///
/// assert_eq!(Criteria::standard().with(DifferentSite, 2)?.highest_score(), 3_300);
/// # Ok::<(), reverse_mentoring::matching::CriteriaError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DifferentSite;

fn at_one_site(pair: &PairView<'_>) -> Option<bool> {
    let sites = pair.mentor().site().zip(pair.mentee().site());
    sites.map(|(a, b)| a == b)
}

impl Criterion for SameSite {
    fn id(&self) -> PluginId {
        PluginId::new("same-site", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=100
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        yes_or_no(at_one_site(pair))
    }
}

impl Criterion for DifferentSite {
    fn id(&self) -> PluginId {
        PluginId::new("different-site", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=100
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        yes_or_no(at_one_site(pair).map(|same| !same))
    }
}
