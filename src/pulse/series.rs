//! The answers of one side to one item, and the sums that are told of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::answer::Answer;
use super::item::Better;
use crate::ids::{PairingId, ParticipantId};

/// What is told of an item: how many people it rests on, and for how many of them the answer is favourable, by their
/// first answer and by their latest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// The day of the sum: what was answered later is not in it.
    pub on: NaiveDate,
    /// How many people.
    pub people: u64,
    /// For how many the first answer is favourable.
    pub before: u64,
    /// For how many the latest is.
    pub now: u64,
}

/// One answer of one person.
#[derive(Clone, Copy)]
pub(super) struct Given {
    pub(super) pairing: PairingId,
    pub(super) on: NaiveDate,
    pub(super) answer: Answer,
    /// The number, from 1, of the sum in which it began to count; 0 while it waits.
    pub(super) sum: u32,
}

/// One series: an item and a side.
// INVARIANT (sums): between two sums that follow each other either `least` people came in with their first answers, or
// `least` of those who are in with their latest, and nobody else's answers differ. Kept by `take_in`; loading checks it.
#[derive(Default)]
pub(super) struct Series {
    pub(super) sums: Vec<Tally>,
    /// Of each person in the order of answering, and so by date; those that wait come last.
    pub(super) people: BTreeMap<ParticipantId, Vec<Given>>,
    /// Who has answered and is in no sum yet.
    pub(super) new: BTreeSet<ParticipantId>,
    /// Who is in a sum and has answered since.
    pub(super) again: BTreeSet<ParticipantId>,
}

impl Series {
    /// The day of somebody's latest answer.
    pub(super) fn latest(&self, person: ParticipantId) -> Option<NaiveDate> {
        self.people.get(&person)?.last().map(|given| given.on)
    }

    /// Keeps an answer and makes the sums for which enough wait now.
    pub(super) fn take_in(
        &mut self,
        person: ParticipantId,
        given: Given,
        better: Better,
        least: usize,
    ) {
        let theirs = self.people.entry(person).or_default();
        let is_in = theirs.iter().any(|given| given.sum > 0);
        theirs.push(given);
        let waiting = if is_in {
            &mut self.again
        } else {
            &mut self.new
        };
        waiting.insert(person);
        if self.new.len() >= least {
            self.let_in(better);
        }
        if self.again.len() >= least {
            self.move_on(better);
        }
    }

    /// The next sum: the last one with the first answers of those who are in none. What else they have answered waits: told
    /// beside the first answers of the others it would be theirs alone.
    fn let_in(&mut self, better: Better) {
        let (number, mut sum) = self.next();
        for person in std::mem::take(&mut self.new) {
            let Some((first, more)) = self
                .people
                .get_mut(&person)
                .and_then(|g| g.split_first_mut())
            else {
                continue;
            };
            first.sum = number;
            sum.on = sum.on.max(first.on);
            sum.people += 1;
            sum.before += u64::from(better.favours(first.answer));
            sum.now += u64::from(better.favours(first.answer));
            if !more.is_empty() {
                self.again.insert(person);
            }
        }
        self.sums.push(sum);
    }

    /// The next sum: the last one with the latest answers of those who have answered again.
    fn move_on(&mut self, better: Better) {
        let (number, mut sum) = self.next();
        for person in std::mem::take(&mut self.again) {
            let theirs = self.people.get_mut(&person).map(Vec::as_mut_slice);
            let theirs = theirs.unwrap_or_default();
            let counted = theirs.partition_point(|given| given.sum > 0);
            let (counted, waiting) = theirs.split_at_mut(counted);
            for given in waiting.iter_mut() {
                given.sum = number;
                sum.on = sum.on.max(given.on);
            }
            let favours = |given: Option<&Given>| {
                u64::from(given.is_some_and(|given| better.favours(given.answer)))
            };
            sum.now += favours(waiting.last());
            sum.now -= favours(counted.last());
        }
        self.sums.push(sum);
    }

    /// The number of the next sum, and the last one.
    fn next(&self) -> (u32, Tally) {
        let number = u32::try_from(self.sums.len() + 1).unwrap_or(u32::MAX);
        let none = Tally {
            on: NaiveDate::MIN,
            people: 0,
            before: 0,
            now: 0,
        };
        (number, self.sums.last().copied().unwrap_or(none))
    }

    /// The latest sum by a day.
    pub(super) fn tally(&self, as_of: NaiveDate) -> Option<Tally> {
        let by = self.sums.partition_point(|sum| sum.on <= as_of);
        self.sums.get(by.checked_sub(1)?).copied()
    }

    /// Forgets what somebody has answered. The sums stay as they are.
    pub(super) fn forget(&mut self, who: ParticipantId) {
        self.people.remove(&who);
        self.new.remove(&who);
        self.again.remove(&who);
    }
}
