//! Something that the two have in common.

use std::ops::RangeInclusive;

use super::{at_most, yes_or_no};
use crate::matching::{Assessment, Bound, Criterion};
use crate::policy::{PairView, PluginId, RowView};

/// `shared-language`: 100 points where the two have a language in common, 0 where both stated languages and have none,
/// 50 where one of them stated none.
///
/// ```
/// use reverse_mentoring::matching::{Criteria, SharedLanguage};
///
/// let criteria = Criteria::standard().with(SharedLanguage, 5)?; // up to 500 beside 3,100 for skills and units
/// assert_eq!(criteria.highest_score(), 3_600);
/// # Ok::<(), reverse_mentoring::matching::CriteriaError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SharedLanguage;

impl Criterion for SharedLanguage {
    fn id(&self) -> PluginId {
        PluginId::new("shared-language", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=100
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let (ours, theirs) = (pair.mentor().languages(), pair.mentee().languages());
        let known = !ours.is_empty() && !theirs.is_empty();
        let spoken = |language| theirs.binary_search(language).is_ok();
        yes_or_no(known.then(|| ours.iter().any(spoken)))
    }

    fn bound_row(&self, _: &RowView<'_>, points: &mut [u32]) -> Bound {
        at_most(points, 100)
    }
}

/// `shared-interest`: 100 points where the two have an interest in common, 0 where both stated interests and have none,
/// 50 where one of them stated none: some common ground, though they differ.
///
/// One is enough, and more count no more. Which one it is stays unsaid; but 0 and 100 tell each of the two something
/// about the other's list, so tell people what the list is for when you ask.
///
/// ```
/// use reverse_mentoring::matching::{Criteria, DifferentUnit, SharedInterest};
///
/// let criteria = Criteria::none().with(DifferentUnit, 1)?.with(SharedInterest, 1)?;
/// assert_eq!(criteria.highest_score(), 200);
/// # Ok::<(), reverse_mentoring::matching::CriteriaError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SharedInterest;

impl Criterion for SharedInterest {
    fn id(&self) -> PluginId {
        PluginId::new("shared-interest", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=100
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let (ours, theirs) = (pair.mentor().interests(), pair.mentee().interests());
        let known = !ours.is_empty() && !theirs.is_empty();
        yes_or_no(known.then(|| ours.in_common(theirs) > 0))
    }

    fn bound_row(&self, _: &RowView<'_>, points: &mut [u32]) -> Bound {
        at_most(points, 100)
    }
}
