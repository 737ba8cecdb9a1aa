//! All rows with all runs, in an order in which neighbours share what they need.

use std::ops::ControlFlow;

use super::{Lanes, Linked, Losses, Rows};
use crate::policy::RowView;

/// Rows that are looked at together, one run of mentees after another.
const BATCH: u32 = 512;

impl Rows<'_> {
    /// Calls `look` for every row with every run, until it fails.
    pub(crate) fn each<E>(
        &self,
        look: impl FnMut(u32, usize, &Linked) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_while(look, |_| ControlFlow::Continue(()))
    }

    /// The same, also until `goes_on`, told now and then how many rows are done, says so.
    pub(crate) fn each_while<E>(
        &self,
        mut look: impl FnMut(u32, usize, &Linked) -> Result<(), E>,
        mut goes_on: impl FnMut(u64) -> ControlFlow<()>,
    ) -> Result<(), E> {
        let all = self.mentors.len() as u32;
        for first in (0..all).step_by(BATCH as usize) {
            let batch = first..all.min(first.saturating_add(BATCH));
            let linked = self.linked(batch.clone());
            for run in 0..self.runs() {
                for row in batch.clone() {
                    look(row, run, &linked)?;
                }
            }
            if goes_on(u64::from(batch.end)).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Asks the core and the rules of the policy: how many pairs are eligible, and the row in which they are asked about;
    /// nothing where none is.
    pub(crate) fn ask<'l>(
        &'l self,
        row: u32,
        run: usize,
        linked: &Linked,
        lanes: &'l mut Lanes,
        losses: &mut Losses,
    ) -> Option<(u32, RowView<'l>)> {
        if self.ask_core(row, run, linked, lanes, losses) == 0 {
            return None;
        }
        match self.ask_rules(row, run, lanes, losses) {
            0 => None,
            left => Some((left, self.view(row, run, lanes)?)),
        }
    }
}
