//! Who sits where: for each member of one side, the members of the other that it is paired with.
#![expect(
    clippy::indexing_slicing,
    reason = "members are counted by the caller; starts and counts are built here"
)]

/// A list for each member, each with room for so many.
// INVARIANT (room): member m holds taken[m] entries from start[m] on, and start[m] + taken[m] <= start[m + 1].
#[derive(Clone, Debug)]
pub(super) struct Seats {
    start: Vec<usize>,
    count: Vec<u32>,
    list: Vec<u32>,
}

impl Seats {
    pub(super) fn new(room: impl Iterator<Item = u32>) -> Self {
        let mut start = vec![0];
        let mut sum = 0;
        for room in room {
            sum += room as usize;
            start.push(sum);
        }
        Self {
            count: vec![0; start.len() - 1],
            list: vec![0; sum],
            start,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.count.len()
    }

    /// How many seats are taken.
    pub(super) fn taken(&self) -> u64 {
        self.count.iter().map(|&count| u64::from(count)).sum()
    }

    pub(super) fn of(&self, member: usize) -> &[u32] {
        let start = self.start[member];
        &self.list[start..start + self.count[member] as usize]
    }

    /// How many seats a member has.
    pub(super) fn room(&self, member: usize) -> usize {
        self.start[member + 1] - self.start[member]
    }

    pub(super) fn free(&self, member: usize) -> usize {
        self.room(member) - self.count[member] as usize
    }

    /// Takes a free seat.
    pub(super) fn add(&mut self, member: usize, other: u32) {
        debug_assert!(self.free(member) > 0, "no free seat");
        let at = self.start[member] + self.count[member] as usize;
        self.list[at] = other;
        self.count[member] += 1;
    }

    /// Frees the seat of one that sits here.
    pub(super) fn remove(&mut self, member: usize, other: u32) {
        let start = self.start[member];
        let end = start + self.count[member] as usize;
        let seats = &mut self.list[start..end];
        if let Some(at) = seats.iter().position(|&seat| seat == other) {
            seats.swap(at, end - start - 1);
            self.count[member] -= 1;
        }
    }
}
