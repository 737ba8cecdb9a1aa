//! All eligible pairs with their scores, in the order of rows and columns, as a graph takes them.

use std::collections::VecDeque;

use super::assignment::Edge;
use super::criterion::{Criteria, OutOfRange};
use super::plan_error::PlanError;
use super::scoring::Scores;
use crate::eligibility::{Lanes, Linked, Losses, RUN, Rows};

/// Pairs that are looked at before the eligible ones among them are handed on. A run of mentees is looked at with all
/// mentors of a batch in turn while its tables are at hand; what waits takes 8 bytes a pair.
const BATCH: usize = 1 << 21;

/// An iterator over the eligible pairs of a question; [`finish`](Self::finish) says what it has counted.
#[derive(Debug)]
pub(super) struct Gather<'r, 'e> {
    rows: &'r Rows<'e>,
    criteria: &'r Criteria,
    /// Pairs to find at most.
    most: usize,
    losses: Losses,
    /// The row whose pairs are handed on, and how many of them were.
    row: u32,
    handed: usize,
    /// Rows that wait, each as (column, score); the first is that of `row`.
    waiting: VecDeque<Vec<(u32, u32)>>,
    found: usize,
    failed: Option<PlanError>,
    lanes: Lanes,
    scores: Scores,
}

impl<'r, 'e> Gather<'r, 'e> {
    pub(super) fn new(rows: &'r Rows<'e>, criteria: &'r Criteria, most: usize) -> Self {
        Self {
            rows,
            criteria,
            most,
            losses: rows.no_losses(),
            row: 0,
            handed: 0,
            waiting: VecDeque::new(),
            found: 0,
            failed: None,
            lanes: Lanes::default(),
            scores: Scores::default(),
        }
    }

    /// How many pairs each rule was the first to object to.
    ///
    /// # Errors
    ///
    /// What ended the iterator before its time: a criterion outside its range, at the first pair where one was, or more
    /// pairs than were to be found at most.
    pub(super) fn finish(self) -> Result<Losses, PlanError> {
        match self.failed {
            Some(error) => Err(error),
            None => Ok(self.losses),
        }
    }

    /// Looks at the next rows.
    fn look(&mut self) {
        let (all, width) = (self.rows.mentors().len(), self.rows.mentees().len());
        let batch = (BATCH / width.max(1)).max(16).min(all - self.row as usize);
        let batch = self.row..self.row + batch as u32;
        self.waiting.extend(batch.clone().map(|_| Vec::new()));
        let linked = self.rows.linked(batch.clone());
        // The first broken word by row, then by column; runs come before rows here.
        let mut broken: Option<(u32, usize, OutOfRange)> = None;
        for run in 0..self.rows.runs() {
            for (at, row) in batch.clone().enumerate() {
                if let Err((lane, error)) = self.look_at(at, row, run, &linked) {
                    let column = run * RUN + lane;
                    if broken.as_ref().is_none_or(|b| (row, column) < (b.0, b.1)) {
                        broken = Some((row, column, error));
                    }
                }
            }
        }
        if let Some((_, _, error)) = broken {
            self.failed = Some(error.into());
        } else if self.found > self.most {
            self.failed = Some(PlanError::TooManyCandidates);
        }
    }

    /// Looks at one row and one run; `at` is the row's place among those that wait.
    fn look_at(
        &mut self,
        at: usize,
        row: u32,
        run: usize,
        linked: &Linked,
    ) -> Result<(), (usize, OutOfRange)> {
        let (rows, lanes) = (self.rows, &mut self.lanes);
        let Some((left, view)) = rows.ask(row, run, linked, lanes, &mut self.losses) else {
            return Ok(());
        };
        let left = left as usize;
        let scored = self.criteria.score_row(&view, &mut self.scores);
        scored.map_err(|broken| (broken.lane, broken.error))?;
        // Every pair is written, and the next one over it unless it was asked about: no branch to guess.
        let mut kept = [(0, 0); RUN];
        let mut next = 0;
        let pairs = view.asked().iter().zip(&self.scores.total);
        for (column, (&asked, &score)) in (run as u32 * RUN as u32..).zip(pairs) {
            if let Some(slot) = kept.get_mut(next) {
                *slot = (column, score);
            }
            next += usize::from(asked);
        }
        if let Some(waiting) = self.waiting.get_mut(at) {
            waiting.extend_from_slice(kept.get(..left).unwrap_or_default());
        }
        self.found += left;
        Ok(())
    }
}

impl Iterator for Gather<'_, '_> {
    type Item = Edge;

    fn next(&mut self) -> Option<Edge> {
        loop {
            if let Some(row) = self.waiting.front() {
                if let Some(&(column, score)) = row.get(self.handed) {
                    self.handed += 1;
                    let row = self.row;
                    return Some(Edge { row, column, score });
                }
                self.waiting.pop_front();
                self.row += 1;
                self.handed = 0;
                continue;
            }
            if self.failed.is_some() || self.row as usize >= self.rows.mentors().len() {
                return None;
            }
            self.look();
            if self.failed.is_some() {
                return None;
            }
        }
    }
}
