//! Who is barred by a link of management, row by row.

use std::ops::Range;

use super::{RUN, Rows};
use crate::eligibility::seat::Seat;

/// Who is linked to whom, for some rows.
#[derive(Debug)]
pub(crate) struct Linked {
    first: u32,
    start: Vec<usize>,
    columns: Vec<u32>,
}

impl<'e> Rows<'e> {
    /// Who is linked to whom, for a range of rows, but for links that a mentee is exempted from.
    pub(crate) fn linked(&self, rows: Range<u32>) -> Linked {
        let mut linked = Linked {
            first: rows.start,
            start: vec![0],
            columns: Vec::new(),
        };
        let mut found = Vec::new();
        for row in rows {
            if let Some(seat) = self.seat(row) {
                self.links.of(seat.at, &mut found);
                if !self.exempt.is_empty() {
                    found.retain(|column| !self.exempts(seat, *column));
                }
            }
            linked.columns.append(&mut found);
            linked.start.push(linked.columns.len());
        }
        linked
    }

    fn exempts(&self, mentor: &Seat<'e>, column: u32) -> bool {
        let mentee = self.mentees.get(column as usize);
        let mentee = mentee.and_then(|&at| self.eligibility.seats.get(at));
        self.exempt.binary_search(&column).is_ok()
            && mentee.is_some_and(|mentee| self.eligibility.exempts(mentor, mentee))
    }
}

impl Linked {
    pub(super) fn of(&self, row: u32) -> &[u32] {
        let at = row.checked_sub(self.first).map(|at| at as usize);
        let bounds = at.and_then(|at| Some((*self.start.get(at)?, *self.start.get(at + 1)?)));
        let of = bounds.and_then(|(from, to)| self.columns.get(from..to));
        of.unwrap_or_default()
    }
}

/// The lanes of a run that ascending columns fall into.
pub(super) fn lanes_of(columns: &[u32], run: usize) -> impl Iterator<Item = usize> + '_ {
    let first = run * RUN;
    let from = columns.partition_point(|&column| (column as usize) < first);
    let rest = columns.get(from..).unwrap_or_default().iter();
    rest.map(move |&column| column as usize - first)
        .take_while(|&lane| lane < RUN)
}
