//! Whether the two can meet in person, or would never meet otherwise.

use std::ops::RangeInclusive;

use super::{UNKNOWN, yes_or_no};
use crate::matching::{Assessment, Bound, Criterion};
use crate::policy::{Attribute, PairView, PluginId, RowView};

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

/// The points of one site and of two, in a row.
fn sites_of(row: &RowView<'_>, points: &mut [u32], [one, two]: [u32; 2]) {
    let (ours, theirs) = row.attribute(Attribute::Site);
    for (points, &site) in points.iter_mut().zip(theirs) {
        *points = match (ours, site) {
            (0, _) | (_, 0) => UNKNOWN.points,
            _ if ours == site => one,
            _ => two,
        };
    }
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

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        sites_of(row, points, [100, 0]);
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
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

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        sites_of(row, points, [0, 100]);
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}
