//! What makes a pair good: named integer points that add up.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::assignment::MAX_SCORE;
use super::shipped::{BothLearn, DifferentUnit, MenteeLearns, MentorLearns};
use crate::policy::{PairView, PluginId, RowView};
use crate::roster::Profile;

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

    /// A number of a mentee that every row needs again: asked once for many rows, and found by the row forms in
    /// [`RowView::noted`]; 0 unless a criterion says otherwise.
    ///
    /// For what would cost a look-up for each pair: the days for which somebody has waited, for example.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use std::ops::RangeInclusive;
    /// use reverse_mentoring::matching::{Assessment, Bound, Criterion};
    /// use reverse_mentoring::policy::{PairView, PluginId, RowView};
    /// use reverse_mentoring::roster::Profile;
    /// use reverse_mentoring::text::Key;
    ///
    /// /// Five points for a mentee on the board's list.
    /// #[derive(Debug)]
    /// struct OnTheList(BTreeSet<Key>);
    ///
    /// impl Criterion for OnTheList {
    ///     fn id(&self) -> PluginId {
    ///         PluginId::new("on-the-list", 1)
    ///     }
    ///
    ///     fn range(&self) -> RangeInclusive<u32> {
    ///         0..=5
    ///     }
    ///
    ///     fn assess(&self, pair: &PairView<'_>) -> Assessment {
    ///         Assessment::new(self.note(pair.mentee()))
    ///     }
    ///
    ///     // One look-up a mentee …
    ///     fn note(&self, mentee: &Profile) -> u32 {
    ///         if self.0.contains(mentee.key()) { 5 } else { 0 }
    ///     }
    ///
    ///     // … for hundreds of rows.
    ///     fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
    ///         points.copy_from_slice(row.noted());
    ///     }
    ///
    ///     fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
    ///         self.assess_row(row, points);
    ///         Bound::Exact
    ///     }
    /// }
    ///
    /// # let company = reverse_mentoring::testing::Company::sample()?;
    /// let list = OnTheList([Key::new("hal")?].into());
    /// reverse_mentoring::testing::check_criterion(&list, &company)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn note(&self, mentee: &Profile) -> u32 {
        let _ = mentee;
        0
    }

    /// The points of a row of pairs: the same as [`assess`](Self::assess), for each that is [asked](RowView::asked)
    /// about.
    ///
    /// Unless a criterion knows a quicker way, it assesses one pair after another. `points` has an entry for each
    /// mentee of the row. What it holds for the pairs that are not asked about is ignored. A pair of a plan is
    /// assessed once more by itself, and a criterion that then says something else is [named](super::PlanError).
    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        for (at, pair) in row.pairs() {
            if let Some(points) = points.get_mut(at) {
                *points = self.assess(&pair).points;
            }
        }
    }

    /// Points that no pair of the row exceeds, pair by pair, if they are known at a fraction of the cost of
    /// [`assess`](Self::assess): what a programme too large for all of its pairs to be kept needs to prove its plan.
    ///
    /// Unless a criterion says otherwise, nothing is known, and the proof then speaks of the
    /// [candidates](super::Scope::Candidates) only. A bound that a pair exceeds is refused like points outside the
    /// range.
    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        let _ = (row, points);
        Bound::Unknown
    }
}

/// Whichever criterion is in the box, row forms and all: for criteria that are chosen while the program runs.
///
/// ```
/// use reverse_mentoring::matching::{Criteria, Criterion, DifferentUnit, MenteeLearns};
///
/// let shipped: [Box<dyn Criterion>; 2] = [Box::new(MenteeLearns), Box::new(DifferentUnit)];
/// let mut criteria = Criteria::none();
/// for criterion in shipped {
///     let weight = if criterion.id().name() == "mentee-learns" { 2 } else { 1 };
///     criteria = criteria.with(criterion, weight)?;
/// }
/// assert_eq!(criteria.highest_score(), 2_100);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl<C: Criterion + ?Sized> Criterion for Box<C> {
    fn id(&self) -> PluginId {
        (**self).id()
    }

    fn range(&self) -> RangeInclusive<u32> {
        (**self).range()
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        (**self).assess(pair)
    }

    fn note(&self, mentee: &Profile) -> u32 {
        (**self).note(mentee)
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        (**self).assess_row(row, points);
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        (**self).bound_row(row, points)
    }
}

/// What the points are that a criterion gives by [`Criterion::bound_row`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// The pairs' own points.
    Exact,
    /// No pair has more.
    Upper,
    /// Nothing: `points` was left as it is.
    Unknown,
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
    pub(super) weighted: Vec<Weighted>,
    highest: u32,
}

/// A criterion as it was added: what it promised then is what it is held to.
#[derive(Debug, Clone)]
pub(super) struct Weighted {
    pub(super) criterion: Arc<dyn Criterion>,
    pub(super) id: PluginId,
    pub(super) range: RangeInclusive<u32>,
    pub(super) weight: u32,
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

    /// The criteria whose bound for a pair of a row is not what they say of it alone, else all of them.
    pub(super) fn unsteady_in_row(&self, row: &RowView<'_>, lane: usize) -> Vec<PluginId> {
        let pair = row.pairs().find(|(at, _)| *at == lane);
        let changed = |weighted: &&Weighted| {
            let mut points = vec![0; row.len()];
            let noted: Vec<u32> = row.notes(|m| weighted.criterion.note(m)).collect();
            let row = row.with_noted(&noted);
            let bound = weighted.criterion.bound_row(&row, &mut points);
            let alone = pair.map(|(_, pair)| weighted.criterion.assess(&pair).points);
            let found = points.get(lane).copied();
            match bound {
                Bound::Exact => found != alone,
                Bound::Upper => found < alone,
                Bound::Unknown => false,
            }
        };
        let ids = |w: &Weighted| w.id.clone();
        let changed: Vec<_> = self.weighted.iter().filter(changed).map(ids).collect();
        match changed.is_empty() {
            true => self.weighted.iter().map(ids).collect(),
            false => changed,
        }
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
