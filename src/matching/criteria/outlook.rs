//! Alike in what matters to them, unlike in where they come from: two criteria that never read each other's traits.

use std::ops::RangeInclusive;

use super::{UNKNOWN, at_most};
use crate::matching::{Assessment, Bound, Criterion};
use crate::policy::{PairView, PluginId, RowView};
use crate::roster::Traits;

/// `similar-values`: how alike the two are in what they value, 0 to 100; 50 where one of them stated nothing.
///
/// The values that both stated, of all that either stated, in hundredths rounded down (the Jaccard index). With
/// {candour, fairness, thrift} and {fairness, thrift, daring} it is 2 of 4: 50 points.
///
/// Deep similarity, of values and attitudes, goes with the quality of a mentoring relationship (ρ .38 to .59 over 173
/// samples: Eby et al., 2013), while surface demographics do not. The articles on reverse mentoring ask for *different*
/// profiles. The two do not contradict each other once they are scored apart: this criterion reads values and nothing
/// else, [`DifferentBackground`] reads the background and nothing else, and their weights are the programme's to choose.
///
/// What a pairing reveals is described [there](DifferentBackground#what-it-reveals), and holds here too.
///
/// ```
/// use reverse_mentoring::matching::{Criteria, DifferentBackground, SimilarValues};
///
/// let criteria = Criteria::standard().with(SimilarValues, 4)?.with(DifferentBackground, 2)?;
/// assert_eq!(criteria.highest_score(), 3_100 + 400 + 200);
/// # Ok::<(), reverse_mentoring::matching::CriteriaError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SimilarValues;

/// `different-background`: how unlike the two are in background, 0 to 100; 50 where one of them stated nothing.
///
/// What only one of the two stated, of all that either stated, in hundredths rounded down. With {law, rural} and {rural,
/// engineering} it is 2 of 3: 66 points.
///
/// It never reads the [reporting group](crate::roster::Participant::group), which is of another type and stands where no
/// criterion can look.
///
/// # What it reveals
///
/// A pairing tells each of the two something about the other, and a score tells it to whoever sees the plan: no list of
/// traits is shown, but 100 points for somebody whose background one knows rule things out. In a simulation of a
/// programme in which "must differ in a trait" made up 5 % of the score, the odds that somebody's partner held a
/// trait that 30 % of the people hold fell to 0.44 times what they were. So ask only for what may be inferred, let
/// people leave it blank (blank costs nothing: 50 points), keep `plan.json` and `candidates.csv` with the coordinators,
/// and give it no weight where a trait is rare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DifferentBackground;

/// What both have, and what either has; `None` where one of the two stated nothing.
fn overlap(ours: &Traits, theirs: &Traits) -> Option<(usize, usize)> {
    let known = !ours.is_empty() && !theirs.is_empty();
    let both = ours.in_common(theirs);
    known.then(|| (both, ours.len() + theirs.len() - both))
}

/// A part of a whole in hundredths, rounded down.
fn hundredths(part: usize, whole: usize) -> Assessment {
    let points = (100 * part).checked_div(whole).unwrap_or(0);
    Assessment::new(u32::try_from(points).unwrap_or(100))
}

impl Criterion for SimilarValues {
    fn id(&self) -> PluginId {
        PluginId::new("similar-values", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=100
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        match overlap(pair.mentor().values(), pair.mentee().values()) {
            Some((both, either)) => hundredths(both, either),
            None => UNKNOWN,
        }
    }

    fn bound_row(&self, _: &RowView<'_>, points: &mut [u32]) -> Bound {
        at_most(points, 100)
    }
}

impl Criterion for DifferentBackground {
    fn id(&self) -> PluginId {
        PluginId::new("different-background", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=100
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        match overlap(pair.mentor().background(), pair.mentee().background()) {
            Some((both, either)) => hundredths(either - both, either),
            None => UNKNOWN,
        }
    }

    fn bound_row(&self, _: &RowView<'_>, points: &mut [u32]) -> Bound {
        at_most(points, 100)
    }
}
