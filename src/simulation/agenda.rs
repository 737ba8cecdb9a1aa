//! What is to happen on which day.

/// Something that is to happen to a pairing, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// They look back on 30 days.
    Month(usize),
    /// The chemistry period has run by the days.
    Chemistry(usize),
    /// They answer, sign, or meet.
    Due(usize),
}

impl Item {
    /// As a number: kinds in their order, pairings of one kind in theirs.
    const fn number(self) -> u64 {
        let (kind, at) = match self {
            Self::Month(at) => (0, at),
            Self::Chemistry(at) => (1, at),
            Self::Due(at) => (2, at),
        };
        (kind << KIND) | at as u64
    }

    const fn of(number: u64) -> Self {
        let at = (number & ((1 << KIND) - 1)) as usize;
        match number >> KIND {
            0 => Self::Month(at),
            1 => Self::Chemistry(at),
            _ => Self::Due(at),
        }
    }
}

/// Bits of a pairing's number, of which there are never so many.
const KIND: u32 = 60;

/// What is left of a day, the next item last.
#[derive(Debug)]
pub(super) struct Today(Vec<u64>);

impl Iterator for Today {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        self.0.pop().map(Item::of)
    }
}

/// The days to come, counted from the first, each with the numbers of its items. What is put on a day after the last never happens.
#[derive(Debug)]
pub(super) struct Agenda {
    days: Vec<Vec<u64>>,
    /// Lists of days that are over, for days to come.
    spare: Vec<Vec<u64>>,
}

impl Agenda {
    pub(super) fn of(days: u32) -> Self {
        let days = (0..days).map(|_| Vec::new());
        Self {
            days: days.collect(),
            spare: Vec::new(),
        }
    }

    pub(super) fn put(&mut self, day: u32, item: Item) {
        if let Some(items) = self.days.get_mut(day as usize) {
            if items.capacity() == 0 {
                *items = self.spare.pop().unwrap_or_default();
            }
            items.push(item.number());
        }
    }

    /// What happens on a day, in an order that does not hang on when it was put there.
    pub(super) fn take(&mut self, day: u32) -> Today {
        let items = self.days.get_mut(day as usize).map(std::mem::take);
        let mut items = items.unwrap_or_default();
        items.sort_unstable_by(|a, b| b.cmp(a));
        Today(items)
    }

    /// A day is over.
    pub(super) fn done(&mut self, Today(mut items): Today) {
        items.clear();
        self.spare.push(items);
    }
}
