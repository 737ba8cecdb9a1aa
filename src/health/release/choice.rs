//! Which cells of one metric are published: a fixpoint that withholds until every audit holds.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::interval::Block;
use super::members::{Members, Numbers, blocks};
use super::sums::Sums;
use crate::health::metric::Ratio;

/// Units with a figure, by id.
pub(super) type Units = BTreeMap<Uuid, Ratio>;

/// A cell that may be published, or one that never is: those without a label.
#[derive(Debug)]
pub(super) struct Set<'a> {
    /// Of which breakdown, by index; `None` for the total.
    pub(super) breakdown: Option<usize>,
    /// Those with a figure, rising.
    pub(super) members: &'a [Uuid],
    /// Whether it may be published afresh.
    pub(super) may: bool,
    /// What its last figure rested on, rising.
    pub(super) last: &'a [Uuid],
}

/// Fewer members than this have a total and no cells.
const FEWEST: usize = 10;

/// Which of these sets are published afresh. `sets` begins with the total; `past` are the sets that are out, each rising.
pub(super) fn choose(units: &Units, sets: &[Set<'_>], past: &[&[Uuid]], least: u64) -> Vec<bool> {
    let out = past.iter().copied().flatten();
    let numbers = Numbers::of(units.keys().chain(out).copied());
    let members = |ids: &[Uuid]| numbers.members(ids.iter().copied());
    let past: Vec<Members> = past.iter().map(|set| members(set)).collect();
    let cells = sets.iter().map(|set| {
        let now = members(set.members);
        // Under ten the total alone.
        let enough = set.breakdown.is_none() || units.len() >= FEWEST;
        Cell {
            breakdown: set.breakdown,
            // Fewer than so many are withheld in any case; known at once, they cost no search, and no larger cell for their sake.
            fresh: set.may && enough && now.count() as u64 >= least,
            new: !past.contains(&now),
            last: members(set.last),
            members: now,
        }
    });
    let ratios = {
        let mut ratios = vec![Ratio::NO_DATA; numbers.count()];
        let all = numbers.members(units.keys().copied());
        for (number, ratio) in all.iter().zip(units.values()) {
            if let Some(place) = ratios.get_mut(number) {
                *place = *ratio;
            }
        }
        ratios
    };
    let mut choice = Choice {
        cells: cells.collect(),
        past,
        ratios,
        least,
    };
    // A combination of fewer sets is one of more, too: what holds for all holds for those that are left. So nothing has to be
    // looked at again. Whether a cell is alone or confined depends on the total, and comes last.
    choice.withhold_what_rests_on_few();
    choice.withhold_what_is_nearly_another();
    choice.withhold_what_the_past_tells();
    choice.withhold_what_confines();
    choice.cells.iter().map(|cell| cell.fresh).collect()
}

/// A set in the choice.
#[derive(Debug)]
struct Cell {
    breakdown: Option<usize>,
    members: Members,
    fresh: bool,
    /// Whether these members are not out already.
    new: bool,
    last: Members,
}

impl Cell {
    /// Whether it is one, and not the total.
    fn is_cell(&self) -> bool {
        self.breakdown.is_some()
    }
}

#[derive(Debug)]
struct Choice {
    cells: Vec<Cell>,
    past: Vec<Members>,
    /// What each unit has, by number.
    ratios: Vec<Ratio>,
    least: u64,
}

impl Choice {
    /// Withholds as long as something has to be; each time one less is published, so it ends.
    fn withhold(&mut self, which: impl Fn(&Self) -> Option<usize>) {
        while let Some(at) = which(self) {
            if let Some(cell) = self.cells.get_mut(at) {
                cell.fresh = false;
            }
        }
    }

    /// The smallest of those that are published and fit; of equals the first.
    fn smallest(&self, fits: impl Fn(&Cell) -> bool) -> Option<usize> {
        let cells = self.cells.iter().enumerate();
        let fitting = cells.filter(|(_, c)| c.fresh && fits(c));
        let smallest = fitting.min_by_key(|(_, c)| c.members.count());
        smallest.map(|(at, _)| at)
    }

    fn total(&self) -> bool {
        self.cells.iter().any(|c| c.fresh && !c.is_cell())
    }

    /// Because figures of this period, combined, rest on few.
    fn withhold_what_rests_on_few(&mut self) {
        let sets: Vec<&Members> = self.cells.iter().map(|c| &c.members).collect();
        let sums = Sums::over(self.ratios.len(), &sets);
        self.withhold(|choice| {
            let fresh = |at: usize| choice.cells.get(at).is_some_and(|c| c.fresh);
            let few = sums.few(fresh, choice.least)?;
            // A breakdown that leaves them over tells of them by what it shows of the others.
            let left_over = |breakdown| {
                let cells = choice.cells.iter().filter(|c| c.breakdown == breakdown);
                { cells }.any(|c| !c.fresh && c.members.meets(&few))
            };
            choice
                .smallest(|c| c.is_cell() && left_over(c.breakdown))
                .or_else(|| choice.smallest(|c| c.is_cell() && c.members.meets(&few)))
                .or_else(|| choice.smallest(Cell::is_cell))
                .or_else(|| choice.smallest(|_| true))
        });
    }

    /// Because they differ by few from what is out.
    fn withhold_what_is_nearly_another(&mut self) {
        let few = 1..self.least;
        for cell in &mut self.cells {
            let members = &cell.members;
            let nearly = |known: &Members| few.contains(&members.differs_by(known));
            cell.fresh &= !self.past.iter().any(nearly);
        }
    }

    /// Because with what is out already, figures combined rest on few.
    fn withhold_what_the_past_tells(&mut self) {
        // A set that is out already is no other one: a difference of nobody.
        let mut sets: Vec<&Members> = self.cells.iter().map(|c| &c.members).collect();
        sets.extend(&self.past);
        sets.sort();
        sets.dedup();
        let published = |choice: &Self, set: &Members| {
            choice.past.contains(set) || choice.cells.iter().any(|c| c.fresh && c.members == *set)
        };
        let sums = Sums::over(self.ratios.len(), &sets);
        let sets: Vec<Members> = sets.into_iter().cloned().collect();
        self.withhold(|choice| {
            // To withhold what is out already helps nobody.
            choice.smallest(|c| c.new)?;
            let is_published: Vec<bool> = sets.iter().map(|set| published(choice, set)).collect();
            let is_published = |at: usize| is_published.get(at).is_some_and(|is| *is);
            let few = sums.few(is_published, choice.least)?;
            // Who has come, then who has gone.
            choice
                .smallest(|c| c.is_cell() && c.members.meets(&few) && c.new)
                .or_else(|| choice.smallest(|c| c.is_cell() && c.last.meets(&few) && c.new))
                .or_else(|| choice.smallest(|c| !c.is_cell() && c.new))
                .or_else(|| choice.smallest(|c| c.new))
        });
    }

    /// Because one cell of a breakdown is withheld alone, or what is published confines one that is not.
    fn withhold_what_confines(&mut self) {
        self.withhold(|choice| choice.alone().or_else(|| choice.confined()));
    }

    /// Where one cell of a breakdown is withheld alone, the smallest of the others. One whose last figure is repeated, and
    /// no total to take the others from, is not withheld.
    fn alone(&self) -> Option<usize> {
        let total = self.total();
        let lonely = |breakdown| {
            let cells = self.cells.iter().filter(|c| c.breakdown == breakdown);
            let mut cells = cells.filter(|c| !c.fresh);
            let first = cells.next();
            cells.next().is_none() && first.is_some_and(|c| total || c.last.count() == 0)
        };
        self.smallest(|c| c.is_cell() && lonely(c.breakdown))
    }

    /// A cell to withhold because what is published confines one that is not.
    fn confined(&self) -> Option<usize> {
        let fresh = self.cells.iter().filter(|c| c.fresh);
        let (of, blocks) = blocks(self.ratios.len(), fresh.map(|c| &c.members));
        let total = self.total();
        let mut hidden = self.cells.iter().filter(|c| c.is_cell() && !c.fresh);
        let cell = hidden.find(|cell| {
            let mut by_block = vec![Block::default(); blocks];
            let mut all = Block::default();
            for (number, (ratio, block)) in self.ratios.iter().zip(&of).enumerate() {
                let inside = cell.members.contains(number);
                all.add(*ratio, inside);
                if let Some(block) = by_block.get_mut(*block) {
                    block.add(*ratio, inside);
                }
            }
            // Nobody has a figure in it, or everybody.
            if all.inside == 0 || all.inside == all.whole {
                return false;
            }
            // Those in no published set may have anything.
            let mut widths = by_block.into_iter();
            let free = widths.next().map_or(0, |block| block.inside);
            let width = widths.map(Block::width).fold(free, u64::saturating_add);
            // What the total alone leaves is taken as given.
            let before = if total { all.width() } else { all.inside };
            width < before.min(self.least - 1).max(1)
        })?;
        self.smallest(|c| c.breakdown == cell.breakdown)
            .or_else(|| self.smallest(|c| c.is_cell() && c.members.meets(&cell.members)))
            .or_else(|| self.smallest(Cell::is_cell))
            .or_else(|| self.smallest(|_| true))
    }
}
