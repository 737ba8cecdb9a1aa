//! What a pair is worth in a run of pricing: its score, or its score and what breaks ties.

use crate::matching::assignment::MAX_SCORE;
use crate::matching::conditions::Scale;
use crate::matching::criterion::{Bound, Criteria, OutOfRange};
use crate::matching::scoring::Scores;
use crate::policy::{PairView, PluginId, RowView};

/// How pairs are scored.
#[derive(Debug)]
pub(super) struct Worth<'a> {
    criteria: &'a Criteria,
    /// The criteria that break ties, and how both become one score.
    ties: Option<(&'a Criteria, Scale)>,
    highest: u32,
}

/// Room for the scores of a row; kept between rows.
#[derive(Debug, Default)]
pub(super) struct Room {
    scores: Scores,
    points: Scores,
}

impl Room {
    /// What [`Worth::bound_row`] has found, pair by pair.
    pub(super) const fn totals(&self) -> &[u32] {
        &self.scores.total
    }
}

impl<'a> Worth<'a> {
    /// By criteria alone.
    pub(super) const fn plain(criteria: &'a Criteria) -> Self {
        Self {
            criteria,
            ties: None,
            highest: criteria.highest_score(),
        }
    }

    /// Scaled scores and points together, where none is above `highest`, which no graph refuses.
    pub(super) const fn scaled(&self, by: &'a Criteria, scale: Scale, highest: u32) -> Self {
        Self {
            criteria: self.criteria,
            ties: Some((by, scale)),
            highest,
        }
    }

    /// No pair is worth more.
    pub(super) const fn highest(&self) -> u32 {
        self.highest
    }

    /// What a pair is worth.
    pub(super) fn score(&self, pair: &PairView<'_>) -> Result<u32, OutOfRange> {
        let score = self.criteria.score(pair)?;
        let Some((by, scale)) = &self.ties else {
            return Ok(score);
        };
        let scaled = scale.scaled(score, by.score(pair)?);
        // A pair beyond that has more than its criteria's bounds, which the audit finds.
        Ok(u32::try_from(scaled).unwrap_or(MAX_SCORE).min(MAX_SCORE))
    }

    /// The score of a pair of a plan that was worth so much.
    pub(super) fn score_in(&self, worth: u32) -> u32 {
        let scale = self.ties.as_ref().map(|(_, scale)| scale);
        scale.map_or(worth, |scale| scale.score_in(worth))
    }

    /// What the pairs of a row are worth at most, into `room`, and what is known of it.
    pub(super) fn bound_row(&self, row: &RowView<'_>, room: &mut Room) -> Bound {
        let known = self.criteria.bound_row(row, &mut room.scores);
        let Some((by, scale)) = &self.ties else {
            return known;
        };
        let points = by.bound_row(row, &mut room.points);
        let worths = room.scores.total.iter_mut().zip(&room.points.total);
        for (worth, &points) in worths.take(row.len()) {
            *worth = scale.wrapped(*worth, points);
        }
        known.max(points)
    }

    /// The criteria whose bound for a pair of a row is not what they say of it alone, else all of them.
    pub(super) fn unsteady_in_row(&self, row: &RowView<'_>, lane: usize) -> Vec<PluginId> {
        let ties = self.ties.iter().map(|(by, _)| *by);
        let all = std::iter::once(self.criteria).chain(ties);
        all.flat_map(|criteria| criteria.unsteady_in_row(row, lane))
            .collect()
    }
}
