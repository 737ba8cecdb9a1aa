//! What is to happen on which day.

/// Something that is to happen to a pairing, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item {
    /// They look back on 30 days.
    Month(usize),
    /// The chemistry period has run by the days.
    Chemistry(usize),
    /// They answer, sign, or meet.
    Due(usize),
}

/// The days to come, counted from the first. What is put on a day after the last never happens.
#[derive(Debug)]
pub(super) struct Agenda {
    days: Vec<Vec<Item>>,
}

impl Agenda {
    pub(super) fn of(days: u32) -> Self {
        let days = (0..days).map(|_| Vec::new());
        Self {
            days: days.collect(),
        }
    }

    pub(super) fn put(&mut self, day: u32, item: Item) {
        if let Some(items) = self.days.get_mut(day as usize) {
            items.push(item);
        }
    }

    /// What happens on a day, in an order that does not hang on when it was put there.
    pub(super) fn take(&mut self, day: u32) -> Vec<Item> {
        let mut items = self.days.get_mut(day as usize).map(std::mem::take);
        if let Some(items) = &mut items {
            items.sort_unstable();
        }
        items.unwrap_or_default()
    }
}
