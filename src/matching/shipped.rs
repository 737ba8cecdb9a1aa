//! The criteria that ship.

use std::ops::RangeInclusive;

use super::criterion::{Assessment, Bound, Criterion};
use crate::pair::Role;
use crate::policy::{Attribute, PairView, PluginId, RowView};

/// How far the other side takes the wishes of a learner, in thousandths.
///
/// Each wish counts for the share of its way that the teacher's level covers: a wish from 1 to 5 served by a teacher of
/// level 3 counts ½. The mean over all wishes of the learner, each share rounded down.
fn thousandths(pair: &PairView<'_>, learner: Role) -> u32 {
    let (wishes, offers) = (pair.wishes(learner), pair.offers(learner.other()));
    let mut sum = 0;
    for wish in wishes {
        let at = offers.binary_search_by(|o| o.skill().cmp(wish.skill()));
        let offer = at.ok().and_then(|at| offers.get(at));
        if let Some(reached) = offer.and_then(|offer| wish.served_by(offer)) {
            let span = |level: crate::roster::Level| u32::from(level.as_u8() - wish.from().as_u8());
            sum += 1000 * span(reached) / span(wish.to());
        }
    }
    u32::try_from(wishes.len()).map_or(0, |n| sum.checked_div(n).unwrap_or(0))
}

/// `mentee-learns`: how much of the mentee's wishes the mentor serves, 0 to 1000.
///
/// The mean over the mentee's wishes of the share of the way that the mentor's level covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MenteeLearns;

/// `mentor-learns`: how much of the mentor's wishes the mentee serves, 0 to 1000; the same measure the other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MentorLearns;

/// `both-learn`: the smaller of the two, 0 to 1000. It weighs what goes both ways: 600 and 600 beats 1000 and 200.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BothLearn;

/// `different-unit`: 100 points where both units are known and differ, else 0: somebody one would not otherwise meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DifferentUnit;

impl Criterion for MenteeLearns {
    fn id(&self) -> PluginId {
        PluginId::new("mentee-learns", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=1000
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        Assessment::new(thousandths(pair, Role::Mentee))
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        for (points, &learned) in points.iter_mut().zip(row.learned(Role::Mentee)) {
            *points = u32::from(learned);
        }
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}

impl Criterion for MentorLearns {
    fn id(&self) -> PluginId {
        PluginId::new("mentor-learns", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=1000
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        Assessment::new(thousandths(pair, Role::Mentor))
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        for (points, &learned) in points.iter_mut().zip(row.learned(Role::Mentor)) {
            *points = u32::from(learned);
        }
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}

impl Criterion for BothLearn {
    fn id(&self) -> PluginId {
        PluginId::new("both-learn", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=1000
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let [a, b] = [Role::Mentor, Role::Mentee].map(|role| thousandths(pair, role));
        Assessment::new(a.min(b))
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        let [a, b] = [Role::Mentor, Role::Mentee].map(|role| row.learned(role));
        for (points, (&a, &b)) in points.iter_mut().zip(a.iter().zip(b)) {
            *points = u32::from(a.min(b));
        }
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}

impl Criterion for DifferentUnit {
    fn id(&self) -> PluginId {
        PluginId::new("different-unit", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=100
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let units = pair.mentor().unit().zip(pair.mentee().unit());
        Assessment::new(if units.is_some_and(|(a, b)| a != b) {
            100
        } else {
            0
        })
    }
    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        let (ours, theirs) = row.attribute(Attribute::Unit);
        let points = points.iter_mut();
        if ours == 0 {
            points.for_each(|points| *points = 0);
            return;
        }
        for (points, &unit) in points.zip(theirs) {
            let differ = (unit != 0) & (unit != ours);
            *points = if differ { 100 } else { 0 };
        }
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}
