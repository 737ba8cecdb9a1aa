//! What makes a pair good: named integer points that add up.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::assignment::MAX_SCORE;
use crate::pair::Role;
use crate::policy::{PairView, PluginId};

/// One aspect of a pair, in points.
///
/// Pure: the same pair, the same points. It sees profiles and reporting lines, never a reporting group.
///
/// ```
/// use std::ops::RangeInclusive;
/// use reverse_mentoring::matching::{Assessment, Criterion};
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::policy::{PairView, PluginId};
///
/// /// Fifty points for a gap of two to four grades: far enough to differ, near enough to understand each other.
/// #[derive(Debug)]
/// struct ModerateGap;
///
/// impl Criterion for ModerateGap {
///     fn id(&self) -> PluginId {
///         PluginId::new("moderate-gap", 1)
///     }
///
///     fn range(&self) -> RangeInclusive<u32> {
///         0..=50
///     }
///
///     fn assess(&self, pair: &PairView<'_>) -> Assessment {
///         let grade = |role| pair.profile(role).experience().as_grade();
///         let gap = grade(Role::Mentor).zip(grade(Role::Mentee)).map(|(junior, senior)| senior - junior);
///         Assessment::new(if gap.is_some_and(|gap| (2..=4).contains(&gap)) { 50 } else { 0 })
///     }
/// }
/// ```
pub trait Criterion: fmt::Debug + Send + Sync {
    /// Name and version; the name labels the part in every explanation.
    fn id(&self) -> PluginId;

    /// The points that [`assess`](Self::assess) can give, both ends included. The library refuses others.
    fn range(&self) -> RangeInclusive<u32>;

    /// The points of a pair.
    fn assess(&self, pair: &PairView<'_>) -> Assessment;
}

/// What a criterion says of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assessment {
    /// The points, before the weight.
    pub points: u32,
}

impl Assessment {
    /// So many points.
    #[must_use]
    pub const fn new(points: u32) -> Self {
        Self { points }
    }
}

/// Criteria with their weights. The score of a pair is the sum over them of weight × points.
///
/// ```
/// use reverse_mentoring::matching::{Criteria, DifferentUnit, MenteeLearns, MentorLearns};
///
/// let criteria = Criteria::none().with(MenteeLearns, 2)?.with(MentorLearns, 1)?.with(DifferentUnit, 3)?;
/// assert_eq!(criteria.highest_score(), 3_300);
/// # Ok::<(), reverse_mentoring::matching::CriteriaError>(())
/// ```
// INVARIANT (sum): Σ weight × highest points <= MAX_SCORE, names unique. Kept by `with`.
#[derive(Debug, Clone, Default)]
pub struct Criteria {
    weighted: Vec<Weighted>,
    highest: u32,
}

/// A criterion as it was added: what it promised then is what it is held to.
#[derive(Debug, Clone)]
struct Weighted {
    criterion: Arc<dyn Criterion>,
    id: PluginId,
    range: RangeInclusive<u32>,
    weight: u32,
}

impl Weighted {
    fn new(criterion: Arc<dyn Criterion>, weight: u32) -> Self {
        let (id, range) = (criterion.id(), criterion.range());
        Self {
            criterion,
            id,
            range,
            weight,
        }
    }
}

/// Why a criterion cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CriteriaError {
    /// There is one of this name.
    #[error("there are two criteria named `{0}`")]
    Twice(String),
    /// Scores could pass the limit.
    #[error("with `{0}` a score could be above {MAX_SCORE}")]
    TooHigh(String),
}

impl Criteria {
    /// No criterion: all pairs are equally good.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            weighted: Vec::new(),
            highest: 0,
        }
    }

    /// What ships, each with weight 1: [`MenteeLearns`], [`MentorLearns`], [`BothLearn`], [`DifferentUnit`].
    #[must_use]
    pub fn standard() -> Self {
        let shipped: [Arc<dyn Criterion>; 4] = [
            Arc::new(MenteeLearns),
            Arc::new(MentorLearns),
            Arc::new(BothLearn),
            Arc::new(DifferentUnit),
        ];
        let weighted = shipped.into_iter().map(|c| Weighted::new(c, 1));
        let weighted: Vec<_> = weighted.collect();
        let highest = weighted.iter().map(|w| *w.range.end()).sum();
        Self { weighted, highest }
    }

    /// The same with one more criterion.
    ///
    /// # Errors
    ///
    /// [`CriteriaError`] for a name that is taken, or where a score could pass
    /// [`MAX_SCORE`](super::assignment::MAX_SCORE).
    pub fn with(
        mut self,
        criterion: impl Criterion + 'static,
        weight: u32,
    ) -> Result<Self, CriteriaError> {
        let added = Weighted::new(Arc::new(criterion), weight);
        let name = || added.id.name().to_owned();
        if self.weighted.iter().any(|w| w.id.name() == added.id.name()) {
            return Err(CriteriaError::Twice(name()));
        }
        let highest = u64::from(*added.range.end()) * u64::from(weight);
        let highest = u64::from(self.highest).saturating_add(highest);
        match u32::try_from(highest) {
            Ok(highest) if highest <= MAX_SCORE => self.highest = highest,
            _ => return Err(CriteriaError::TooHigh(name())),
        }
        self.weighted.push(added);
        Ok(self)
    }

    /// The highest score that a pair can have.
    #[must_use]
    pub const fn highest_score(&self) -> u32 {
        self.highest
    }

    /// The criteria with their weights, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&dyn Criterion, u32)> {
        self.weighted
            .iter()
            .map(|w| (w.criterion.as_ref(), w.weight))
    }

    /// The score of a pair.
    pub(super) fn score(&self, pair: &PairView<'_>) -> Result<u32, OutOfRange> {
        let mut score = 0;
        for part in self.parts(pair) {
            // Within u32 by INVARIANT (sum), since each part is within its criterion's range.
            score += part?.points;
        }
        Ok(score)
    }

    /// The parts of a pair's score, in order.
    pub(super) fn parts<'a>(
        &'a self,
        pair: &'a PairView<'_>,
    ) -> impl Iterator<Item = Result<Part, OutOfRange>> + 'a {
        self.weighted.iter().map(|w| {
            let points = w.criterion.assess(pair).points;
            if !w.range.contains(&points) {
                return Err(OutOfRange {
                    criterion: w.id.clone(),
                    points,
                    range: w.range.clone(),
                });
            }
            Ok(Part {
                criterion: w.id.clone(),
                points: points * w.weight,
                without_exchange: None,
            })
        })
    }
}

/// A criterion that broke its word.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("criterion `{criterion}` gave {points} points, outside its range of {} to {}", .range.start(), .range.end())]
#[non_exhaustive]
pub struct OutOfRange {
    /// Which.
    pub criterion: PluginId,
    /// What it gave.
    pub points: u32,
    /// What it had promised.
    pub range: RangeInclusive<u32>,
}

/// One part of a score: what a criterion gave, times its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// Which criterion.
    pub criterion: PluginId,
    /// Its points.
    pub points: u32,
    /// What the points would be without the programme's default exchange; `None` where none is declared.
    ///
    /// The difference rests on what the programme supposes of people, not on what they said.
    pub without_exchange: Option<u32>,
}

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
}
