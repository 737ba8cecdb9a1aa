//! Scores of whole rows: what each criterion gives, added up lane by lane.

use super::criterion::{Bound, Criteria, OutOfRange, Weighted};
use crate::eligibility::RUN;
use crate::policy::RowView;

/// Scores of one mentor with a run of mentees; kept between rows, so that nothing is allocated.
#[derive(Debug, Clone)]
pub(super) struct Scores {
    /// The sums; what stands at pairs that were not asked about means nothing.
    pub(super) total: [u32; RUN],
    points: [u32; RUN],
    notes: Notes,
}

/// What the criteria have noted of each mentee: asked when the first row of a run is.
// INVARIANT (one question): scores are kept between rows of one question by one list of criteria, never beyond.
#[derive(Debug, Clone, Default)]
struct Notes {
    /// By run, then by criterion.
    runs: Vec<Vec<Vec<u32>>>,
}

impl Notes {
    /// By criterion, for the run of a row.
    fn of(&mut self, row: &RowView<'_>, weighted: &[Weighted]) -> &[Vec<u32>] {
        let run = row.whereabouts.first as usize / RUN;
        if self.runs.len() <= run {
            self.runs.resize_with(run + 1, Vec::new);
        }
        let Some(notes) = self.runs.get_mut(run) else {
            return &[];
        };
        if notes.is_empty() {
            let each = weighted.iter();
            notes.extend(each.map(|w| row.notes(|mentee| w.criterion.note(mentee)).collect()));
        }
        notes
    }
}

impl Default for Scores {
    fn default() -> Self {
        Self {
            total: [0; RUN],
            points: [0; RUN],
            notes: Notes::default(),
        }
    }
}

/// A criterion that broke its word in a row, and the pair at which it did, by its place in the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) lane: usize,
    pub(super) error: OutOfRange,
}

impl Criteria {
    /// The scores of the pairs that are asked about.
    ///
    /// # Errors
    ///
    /// [`Broken`] at the first pair of the row for which a criterion leaves its range.
    pub(super) fn score_row(&self, row: &RowView<'_>, scores: &mut Scores) -> Result<(), Broken> {
        let Scores {
            total,
            points,
            notes,
        } = scores;
        let (Some(total), Some(points)) = (total.get_mut(..row.len()), points.get_mut(..row.len()))
        else {
            return Ok(()); // no row is longer than a run
        };
        total.fill(0);
        let mut broken: Option<Broken> = None;
        let notes = notes.of(row, &self.weighted);
        for (weighted, noted) in self.weighted.iter().zip(notes) {
            weighted
                .criterion
                .assess_row(&row.with_noted(noted), points);
            let (low, high) = (*weighted.range.start(), *weighted.range.end());
            if let Some(lane) = outside(row.asked(), points, low, high) {
                // The first pair counts, and at that pair the first criterion.
                if broken.as_ref().is_none_or(|first| lane < first.lane) {
                    let error = OutOfRange {
                        criterion: weighted.id.clone(),
                        points: points.get(lane).copied().unwrap_or_default(),
                        range: weighted.range.clone(),
                    };
                    broken = Some(Broken { lane, error });
                }
            }
            add(total, points, weighted.weight);
        }
        broken.map_or(Ok(()), Err)
    }

    /// What the scores of the pairs cannot exceed, into `scores`, and what is known of it: exact where every criterion
    /// is. A criterion that knows no bound counts with the lowest points that it can give.
    pub(super) fn bound_row(&self, row: &RowView<'_>, scores: &mut Scores) -> Bound {
        let Scores {
            total,
            points,
            notes,
        } = scores;
        let (Some(total), Some(points)) = (total.get_mut(..row.len()), points.get_mut(..row.len()))
        else {
            return Bound::Unknown;
        };
        total.fill(0);
        let mut known = Bound::Exact;
        let notes = notes.of(row, &self.weighted);
        for (weighted, noted) in self.weighted.iter().zip(notes) {
            let bound = weighted.criterion.bound_row(&row.with_noted(noted), points);
            if bound == Bound::Unknown {
                points.fill(*weighted.range.start());
            }
            known = known.max(bound);
            add(total, points, weighted.weight);
        }
        known
    }
}

/// The first pair asked about with points outside a range.
fn outside(asked: &[bool], points: &[u32], low: u32, high: u32) -> Option<usize> {
    let lies = |points: u32| (points < low) | (points > high);
    let pairs = asked.iter().zip(points);
    let mut any = false;
    for (&asked, &points) in pairs.clone() {
        any |= asked & lies(points);
    }
    let mut pairs = pairs;
    any.then(|| pairs.position(|(&asked, &points)| asked && lies(points)))?
}

/// Adds weighted points. For pairs asked about nothing wraps, by INVARIANT (sum) of the criteria.
fn add(total: &mut [u32], points: &[u32], weight: u32) {
    // A multiplication of 32 bits costs several instructions; weight 1 is what most criteria have.
    if weight == 1 {
        for (total, &points) in total.iter_mut().zip(points) {
            *total = total.wrapping_add(points);
        }
    } else {
        for (total, &points) in total.iter_mut().zip(points) {
            *total = total.wrapping_add(points.wrapping_mul(weight));
        }
    }
}
