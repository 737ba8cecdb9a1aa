//! Ranked choices as points.

use std::num::NonZeroU16;
use std::ops::RangeInclusive;

use crate::matching::criterion::{Assessment, Bound, Criterion};
use crate::policy::{MentorChoices, PairView, PluginId, RowView};

/// `ranked-choice`: points for a mentor whom the mentee chose, by rank; 500, 400, 300, 200, 100 unless stated.
///
/// The last number of the table is for every later rank too; a mentor who is not on the list gives 0, and so does
/// everybody to a mentee without a list. As a criterion it is a part of the score like any other; in
/// [`Conditions::with_tie_break`](super::Conditions::with_tie_break) the best plan by ranks is the one with the most of these points.
/// A list without a table would not say whether a first choice and nothing is better than two second ones; with 500
/// and 400 it is not.
///
/// ```
/// use reverse_mentoring::matching::{Criteria, RankedChoice};
/// use reverse_mentoring::policy::MentorChoices;
///
/// let soft = Criteria::standard().with(RankedChoice::of(MentorChoices::default()), 2)?;
/// assert_eq!(soft.highest_score(), 3_100 + 2 * 500);
/// assert!(RankedChoice::of(MentorChoices::default()).with_points([3, 4]).is_err());
/// # Ok::<(), reverse_mentoring::matching::CriteriaError>(())
/// ```
// INVARIANT (table): at least one entry, falling or level, the last above 0. Kept by `with_points`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedChoice {
    rankings: MentorChoices,
    points: Vec<u32>,
}

/// Points that no ranks can have: none at all, rising ones, or 0, which is what a mentor gives who is not on the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("points by rank are one number or more, none above the one before, the last above 0")]
#[non_exhaustive]
pub struct RankPointsError;

impl RankedChoice {
    /// The points of the first choice, the second and so on, unless others are stated.
    pub const POINTS: [u32; 5] = [500, 400, 300, 200, 100];

    /// The usual points for these lists.
    #[must_use]
    pub fn of(rankings: MentorChoices) -> Self {
        Self {
            rankings,
            points: Self::POINTS.to_vec(),
        }
    }

    /// The same with other points: for the first choice, the second and so on, the last for all later ones.
    ///
    /// # Errors
    ///
    /// [`RankPointsError`] for an empty or rising table, or one that ends in 0.
    pub fn with_points(
        mut self,
        points: impl IntoIterator<Item = u32>,
    ) -> Result<Self, RankPointsError> {
        self.points = points.into_iter().collect();
        let falls = self.points.is_sorted_by(|a, b| a >= b);
        match self.points.last() {
            Some(last) if falls && *last > 0 => Ok(self),
            _ => Err(RankPointsError),
        }
    }

    fn points_of(&self, rank: NonZeroU16) -> u32 {
        let at = usize::from(rank.get()) - 1;
        let points = self.points.get(at).or(self.points.last());
        points.copied().unwrap_or(0)
    }
}

impl Criterion for RankedChoice {
    fn id(&self) -> PluginId {
        PluginId::new("ranked-choice", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=self.points.first().copied().unwrap_or(0)
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let rank = self.rankings.rank(pair.pair());
        Assessment::new(rank.map_or(0, |rank| self.points_of(rank)))
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        points.fill(0);
        for (mentee, rank) in self.rankings.chosen_by(row.mentor().id()) {
            let at = row.place_of(mentee);
            if let Some(points) = at.and_then(|at| points.get_mut(at)) {
                *points = self.points_of(rank);
            }
        }
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}
