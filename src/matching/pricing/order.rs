//! In which order a sweep goes over people, and who they are by key.

use crate::eligibility::{Eligibility, Rows};

/// People by experience, so that whole runs are above nobody of a batch and are passed over.
#[derive(Debug)]
pub(super) struct Order {
    /// By place in the sweep: the row and the column by key.
    pub(super) rows: Vec<u32>,
    pub(super) columns: Vec<u32>,
}

impl Order {
    /// The order of these people, who come by key, and the people compiled in it.
    pub(super) fn new<'e>(
        eligibility: &'e Eligibility<'_>,
        mentors: &[usize],
        mentees: &[usize],
    ) -> (Self, Rows<'e>) {
        let sorted = |side: &[usize]| -> (Vec<u32>, Vec<usize>) {
            let mut order: Vec<(u32, u32, usize)> = (0u32..)
                .zip(side)
                .map(|(at, &place)| (eligibility.rank(place), at, place))
                .collect();
            order.sort_unstable();
            order.into_iter().map(|(_, at, place)| (at, place)).unzip()
        };
        let ((rows, row_places), (columns, column_places)) = (sorted(mentors), sorted(mentees));
        let compiled = Rows::new(eligibility, row_places, column_places);
        (Self { rows, columns }, compiled)
    }

    /// Row and column by key of a pair by its place in the sweep.
    pub(super) fn by_key(&self, (row, column): (u32, u32)) -> (u32, u32) {
        let find = |order: &[u32], at: u32| order.get(at as usize).copied().unwrap_or(u32::MAX);
        (find(&self.rows, row), find(&self.columns, column))
    }
}
