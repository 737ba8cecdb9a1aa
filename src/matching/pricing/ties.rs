//! Breaking ties over all pairs: how much a point of score has to outweigh, found in one pass.

use super::worth::{Room, Worth};
use crate::eligibility::{Lanes, RUN, Rows};
use crate::matching::assignment::{Graph, MAX_SCORE, Objective};
use crate::matching::conditions::{Scale, gcd};
use crate::matching::criterion::{Bound, Criteria};
use crate::matching::plan_error::PlanError;

/// What a pass over every eligible pair has found of scores and tie-breaking points.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ties {
    /// What divides the points of every pair; 0 where no pair has any.
    unit: u32,
    /// What the points of no plan exceed, in units.
    most: u128,
    /// The most pairs that fit.
    pairs: u64,
    /// What no score exceeds, and no pair's points.
    highest: [u32; 2],
}

/// What somebody's points can come to: so many pairs have any, and none more than so many.
#[derive(Debug, Default, Clone, Copy)]
struct Top {
    pairs: u32,
    points: u32,
}

impl Top {
    fn add(side: &mut [Self], at: usize, points: u32) {
        if let Some(top) = side.get_mut(at) {
            top.pairs += 1;
            top.points = points.max(top.points);
        }
    }

    /// What no plan exceeds on one side.
    fn sum(side: &[Self], places: &[u32], unit: u32) -> u128 {
        let each = side.iter().zip(places);
        each.map(|(top, &places)| {
            u128::from(top.pairs.min(places)) * u128::from(top.points / unit.max(1))
        })
        .sum()
    }
}

impl Ties {
    /// Looks at every eligible pair; `left` has the places that pins leave.
    pub(super) fn find(
        rows: &Rows<'_>,
        worth: &Worth<'_>,
        by: &Criteria,
        left: &Graph,
    ) -> Result<Self, PlanError> {
        let by = Worth::plain(by);
        let (mut lanes, mut losses) = (Lanes::default(), rows.no_losses());
        let (mut scores, mut points) = (Room::default(), Room::default());
        let mut of_rows = vec![Top::default(); rows.mentors().len()];
        let mut of_columns = vec![Top::default(); rows.mentees().len()];
        let (mut found, mut eligible) = (Self::default(), 0);
        rows.each(|row, run, linked| {
            let asked = rows.ask(row, run, linked, &mut lanes, &mut losses);
            let Some((_, view)) = asked else {
                return Ok(());
            };
            worth.bound_row(&view, &mut scores);
            let known = by.bound_row(&view, &mut points);
            let [highest, most] = &mut found.highest;
            for (lane, pair) in view.pairs() {
                let bounds = [&scores, &points].map(|room| room.totals().get(lane));
                let [score, bound] = bounds.map(|bound| bound.copied().unwrap_or(0));
                let points = match known {
                    Bound::Exact => bound,
                    Bound::Upper | Bound::Unknown => by.score(&pair)?,
                };
                *highest = score.max(*highest);
                // What is asked of rows is the bound.
                *most = points.max(bound).max(*most);
                eligible += 1;
                if points > 0 {
                    found.unit = gcd(found.unit, points);
                    Top::add(&mut of_rows, row as usize, points);
                    Top::add(&mut of_columns, run * RUN + lane, points);
                }
            }
            Ok::<(), PlanError>(())
        })?;
        let (in_rows, in_columns) = (left.row_places(), left.column_places());
        let most = |side: &[Top], places| Top::sum(side, places, found.unit);
        found.most = most(&of_rows, in_rows).min(most(&of_columns, in_columns));
        let side = |places: &[u32]| places.iter().map(|&p| u64::from(p)).sum::<u64>();
        found.pairs = side(in_rows).min(side(in_columns)).min(eligible);
        Ok(found)
    }

    /// Whether there is nothing to choose by.
    pub(super) const fn is_without(&self) -> bool {
        self.unit == 0
    }

    /// The scales to break ties with, best first: the next is only for where there is no room for the one before, and
    /// then proves nothing of plans with more pairs.
    pub(super) fn scales(&self, objective: Objective) -> Vec<Scale> {
        let plain = Scale::new(self.unit, self.most);
        match objective {
            Objective::BestScore => vec![plain.with_pairs(self.pairs), plain],
            Objective::MostPairs | Objective::MaxMin | Objective::MostPeople => vec![plain],
        }
    }

    /// The highest scaled score.
    ///
    /// # Errors
    ///
    /// [`PlanError::NoRoomForConditions`] where no graph takes it.
    pub(super) fn highest(&self, scale: Scale) -> Result<u32, PlanError> {
        let [score, points] = self.highest;
        let needed = scale.scaled(score, points);
        let fits = u32::try_from(needed).ok().filter(|&n| n <= MAX_SCORE);
        fits.ok_or(PlanError::NoRoomForConditions { needed })
    }
}
