//! Whether stored sums can be those of the stored answers, where some who answered are forgotten.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::item::Better;
use super::series::{Given, Series, Tally};

/// The numbers, from 1, of the sums that cannot follow from the one before them and the answers that came in.
pub(super) fn wrong_sums(series: &Series, better: Better, least: usize) -> Vec<u32> {
    let came = came(series, better);
    let (mut before, mut known) = (None, Figures::default());
    let mut wrong = Vec::new();
    for (sum, number) in series.sums.iter().zip(1..) {
        let came = came.get(&number).copied().unwrap_or_default();
        known = known.and(came.figures);
        let is = Figures::from(sum);
        let step = is.less(before.map(Figures::from).unwrap_or_default());
        let by_day = before.is_none_or(|before: &Tally| before.on <= sum.on);
        let in_time = came.latest.is_none_or(|latest| latest <= sum.on);
        // The rest are people who are forgotten, each favourable or not.
        let rest = is.less(known);
        let leads = came.leads(step, rest.people, least as i128);
        if !(leads && rest.are_people() && by_day && in_time) {
            wrong.push(number);
        }
        before = Some(sum);
    }
    wrong
}

/// People, and for how many of them the first and the latest answer is favourable; or by how much such figures differ.
#[derive(Clone, Copy, Default)]
struct Figures {
    people: i128,
    before: i128,
    now: i128,
}

impl Figures {
    const fn and(self, other: Self) -> Self {
        Self {
            people: self.people + other.people,
            before: self.before + other.before,
            now: self.now + other.now,
        }
    }

    const fn less(self, other: Self) -> Self {
        Self {
            people: self.people - other.people,
            before: self.before - other.before,
            now: self.now - other.now,
        }
    }

    /// Whether there can be such people.
    fn are_people(self) -> bool {
        (0..=self.people).contains(&self.before) && (0..=self.people).contains(&self.now)
    }
}

impl From<&Tally> for Figures {
    fn from(tally: &Tally) -> Self {
        Self {
            people: tally.people.into(),
            before: tally.before.into(),
            now: tally.now.into(),
        }
    }
}

/// What came in with one sum, of those who are not forgotten.
#[derive(Clone, Copy, Default)]
struct Came {
    /// By how much it changes the sum.
    figures: Figures,
    /// How many who were in already.
    again: i128,
    /// Whether somebody came in with more than their first answer.
    twice: bool,
    latest: Option<NaiveDate>,
}

/// What came in with each sum, by its number.
fn came(series: &Series, better: Better) -> BTreeMap<u32, Came> {
    let mut all: BTreeMap<u32, Came> = BTreeMap::new();
    let favours = |given: &Given| i128::from(better.favours(given.answer));
    for theirs in series.people.values() {
        let mut was = None;
        // Those that wait come last and are of sum 0, about which nobody asks.
        for of_one in theirs.chunk_by(|a, b| a.sum == b.sum) {
            let (Some(first), Some(last)) = (of_one.first(), of_one.last()) else {
                continue;
            };
            let came = all.entry(first.sum).or_default();
            match was {
                None => {
                    came.figures.people += 1;
                    came.figures.before += favours(first);
                    came.twice |= of_one.len() > 1;
                }
                Some(_) => came.again += 1,
            }
            came.figures.now += favours(last) - was.unwrap_or_default();
            came.latest = came.latest.max(of_one.iter().map(|given| given.on).max());
            was = Some(favours(last));
        }
    }
    all
}

impl Came {
    /// Whether a step is this, and what some of so many who are forgotten can have added.
    fn leads(&self, step: Figures, forgotten: i128, least: i128) -> bool {
        let rest = step.less(self.figures);
        if step.people > 0 {
            let first = step.before == step.now && !self.twice;
            let some = rest.are_people() && rest.people <= forgotten;
            return step.people == least && self.again == 0 && first && some;
        }
        // One less than the least wait at most; so do those who then come in and have answered again, since whoever comes in
        // last has answered once.
        let more = forgotten.min(2 * (least - 1) - self.again);
        let enough = self.again + more >= least;
        enough && rest.people == 0 && step.before == 0 && rest.now.abs() <= more
    }
}
