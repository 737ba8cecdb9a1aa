//! How far a teacher takes a wish, for one mentor and a run of mentees: additions of tables.
//!
//! For one side of the learning, everybody in the run has a code for each of their skills: the level of an offer, or
//! the ends of a wish. A mentor's code for the same skill makes each of them a share in thousandths. Where many in the
//! run have the skill, the shares are a table with an entry for everybody, one for each code that a mentor has; where
//! few have it, they are listed. A row of pairs is then a sum of tables, and a few single additions. There may be any
//! number of skills; what costs is only those that somebody has.
#![expect(
    clippy::indexing_slicing,
    reason = "lanes are below `RUN`, the length of every table; skills were numbered below the length of `place`"
)]

use super::RUN;
use crate::pair::Role;
use crate::roster::Level;

/// From so many in a run who have a skill, a table costs less than the list.
const MANY: usize = 24;

/// Codes of a wish: 6 × from + to.
const WISHES: usize = 36;

/// Thousandths of the way of a wish that a teacher covers, by 36 × level + wish; each share rounded down.
const SHARES: [u16; 6 * WISHES] = {
    let mut shares = [0; 6 * WISHES];
    let (mut at, levels) = (0, 6);
    while at < shares.len() {
        let (level, wish) = (at / WISHES, at % WISHES);
        let (from, to) = (wish / levels, wish % levels);
        if from < to && level > from {
            let reached = if level < to { level } else { to };
            shares[at] = (1000 * (reached - from) / (to - from)) as u16;
        }
        at += 1;
    }
    shares
};

static NOTHING: [u16; RUN] = [0; RUN];

/// The code of an offer.
pub(in crate::eligibility) const fn offer(level: Level) -> u8 {
    level.as_u8()
}

/// The code of a wish.
pub(in crate::eligibility) const fn wish(from: Level, to: Level) -> u8 {
    6 * from.as_u8() + to.as_u8()
}

/// Thousandths of the way of a wish that a teacher covers.
pub(in crate::eligibility) const fn share(offer: u8, wish: u8) -> u16 {
    SHARES[WISHES * offer as usize + wish as usize]
}

/// The shares of a run, for learners on one side.
#[derive(Debug)]
pub(super) struct Shares {
    learner: Role,
    /// By skill.
    place: Vec<Place>,
    /// By mentor's code, from the start of each skill in a table; `u32::MAX` where no mentor has the code.
    number: Vec<u32>,
    tables: Vec<[u16; RUN]>,
    /// Lane, code.
    listed: Vec<(u8, u8)>,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Nobody,
    /// Where the skill's part of `number` starts.
    Table(u32),
    /// From, to in `listed`.
    List(u32, u32),
}

impl Shares {
    /// Prepares a run whose people have (skill, lane, code); `used` has a bit for each code that a mentor has, by skill.
    pub(super) fn new(learner: Role, mut run: Vec<(u32, u8, u8)>, used: &[u64]) -> Self {
        run.sort_unstable();
        let mut shares = Self {
            learner,
            place: vec![Place::Nobody; used.len()],
            number: Vec::new(),
            tables: Vec::new(),
            listed: Vec::new(),
        };
        for having in run.chunk_by(|a, b| a.0 == b.0) {
            let skill = having[0].0 as usize;
            shares.place[skill] = if used[skill] == 0 {
                Place::Nobody
            } else if having.len() < MANY {
                let from = shares.listed.len() as u32;
                let listed = having.iter().map(|&(_, lane, code)| (lane, code));
                shares.listed.extend(listed);
                Place::List(from, shares.listed.len() as u32)
            } else {
                let from = shares.number.len() as u32;
                for code in 0..WISHES as u8 {
                    if used[skill] >> code & 1 == 0 {
                        shares.number.push(u32::MAX);
                        continue;
                    }
                    let mut table = NOTHING;
                    for &(_, lane, theirs) in having {
                        table[lane as usize] = share_of(learner, code, theirs);
                    }
                    shares.number.push(shares.tables.len() as u32);
                    shares.tables.push(table);
                }
                Place::Table(from)
            };
        }
        shares
    }

    /// Sums the shares of a mentor who has these (skill, code), pair by pair; sums stop at `u16::MAX`.
    pub(super) fn sum(&self, mentor: impl Iterator<Item = (u32, u8)>, sums: &mut [u16; RUN]) {
        *sums = NOTHING;
        // Four at a time: the sums are read and written a quarter as often.
        let (mut four, mut count) = ([&NOTHING; 4], 0);
        for (skill, code) in mentor {
            match self.place[skill as usize] {
                Place::Nobody => {}
                Place::List(from, to) => {
                    for &(lane, theirs) in &self.listed[from as usize..to as usize] {
                        let sum = &mut sums[lane as usize];
                        *sum = sum.saturating_add(share_of(self.learner, code, theirs));
                    }
                }
                Place::Table(from) => {
                    let number = self.number[from as usize + code as usize];
                    four[count] = &self.tables[number as usize];
                    count += 1;
                    if count == 4 {
                        add(sums, four);
                        (four, count) = ([&NOTHING; 4], 0);
                    }
                }
            }
        }
        if count > 0 {
            add(sums, four);
        }
    }
}

fn add(sums: &mut [u16; RUN], [a, b, c, d]: [&[u16; RUN]; 4]) {
    for lane in 0..RUN {
        let two = a[lane].saturating_add(b[lane]);
        let more = c[lane].saturating_add(d[lane]);
        sums[lane] = sums[lane].saturating_add(two).saturating_add(more);
    }
}

fn share_of(learner: Role, mentor: u8, mentee: u8) -> u16 {
    match learner {
        Role::Mentee => share(mentor, mentee),
        Role::Mentor => share(mentee, mentor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Offer, Wish};

    /// Every offer with every wish, against what the roster says of one offer and one wish.
    #[test]
    fn shares_are_those_of_an_offer_and_a_wish() {
        let mut served = 0;
        for level in 1..=5 {
            for (from, to) in (0..5).flat_map(|from| (from + 1..=5).map(move |to| (from, to))) {
                let (one, other) = (
                    Offer::new("s", level).unwrap(),
                    Wish::new("s", from, to).unwrap(),
                );
                let reached = other.served_by(&one).map(Level::as_u8);
                let expected = reached.map_or(0, |reached| {
                    1000 * u16::from(reached - from) / u16::from(to - from)
                });
                assert_eq!(
                    share(offer(one.level()), wish(other.from(), other.to())),
                    expected
                );
                served += usize::from(expected > 0);
            }
        }
        // 5 wishes from 0 served by 5 levels each, 4 from 1 by 4, and so on.
        assert_eq!(served, 25 + 16 + 9 + 4 + 1);
    }
}
