//! A run of mentees, compiled: everything that a row of pairs needs of them, lane by lane.

use super::lanes::Lanes;
use super::shares::{Shares, offer, wish};
use super::{RUN, WIDE};
use crate::eligibility::seat::Seat;
use crate::pair::Role;
use crate::policy::Attribute;

/// Up to [`RUN`] mentees. Lanes beyond their number have rank 0, so that nobody is below them.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) len: usize,
    /// The highest rank in the run.
    pub(super) highest: u32,
    pub(super) rank: [u32; RUN],
    /// 1 where a place is left.
    pub(super) wanted: [u16; RUN],
    pub(super) divisor: Divisor<[u16; RUN]>,
    /// Whether somebody has more wishes than lanes can sum.
    pub(super) wide: bool,
    pub(super) attributes: [[u32; RUN]; Attribute::ALL.len()],
    /// What the mentor, the mentee learns.
    pub(super) shares: [Shares; 2],
}

/// A number of wishes to divide a sum by, and 65536 over it, rounded down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Divisor<T> {
    pub(super) by: T,
    pub(super) reciprocal: T,
}

impl Divisor<u16> {
    /// Nobody without wishes learns anything, whatever their sum of nothing is divided by.
    pub(super) fn of(wishes: usize) -> Self {
        let by = u16::try_from(wishes).unwrap_or(u16::MAX).max(1);
        Self {
            by,
            reciprocal: u16::try_from(65536 / u32::from(by)).unwrap_or(u16::MAX),
        }
    }

    /// A sum divided, rounded down, without a division: the product with the reciprocal is the quotient or one less.
    ///
    /// With d the divisor and m its reciprocal, 65536 − d·m < d (for d = 1: = 1), so s·m / 65536 falls short of s / d
    /// by less than s / 65536 < 1.
    pub(super) const fn quotient(self, sum: u16) -> u16 {
        let low = ((sum as u32 * self.reciprocal as u32) >> 16) as u16;
        let rest = sum.wrapping_sub(low.wrapping_mul(self.by));
        low + (rest >= self.by) as u16
    }
}

impl Run {
    /// Compiles up to [`RUN`] people; `used` has a bit for each code that a mentor has, by skill: wishes, offers.
    pub(super) fn new<'s>(
        people: impl Iterator<Item = &'s Seat<'s>>,
        used: &[Vec<u64>; 2],
    ) -> Self {
        let (mut rank, mut wanted) = ([0; RUN], [0; RUN]);
        let (mut by, mut reciprocal) = ([1; RUN], [u16::MAX; RUN]);
        let mut attributes = [[0; RUN]; Attribute::ALL.len()];
        let (mut offers, mut wishes) = (Vec::new(), Vec::new());
        let (mut len, mut wide) = (0, false);
        let lanes = rank.iter_mut().zip(&mut wanted);
        let lanes = lanes.zip(by.iter_mut().zip(&mut reciprocal));
        for ((lane, seat), ((rank, wanted), (by, reciprocal))) in
            (0u8..=u8::MAX).zip(people).zip(lanes)
        {
            *rank = seat.rank;
            *wanted = u16::from(seat.free[1]);
            let skills = seat.skills(Role::Mentee);
            let divisor = Divisor::of(skills.wishes.len());
            (*by, *reciprocal) = (divisor.by, divisor.reciprocal);
            for (all, &theirs) in attributes.iter_mut().zip(&seat.attributes) {
                if let Some(slot) = all.get_mut(usize::from(lane)) {
                    *slot = theirs;
                }
            }
            let have = skills.offers.iter();
            offers.extend(have.map(|&(skill, level)| (skill, lane, offer(level))));
            let want = skills.wishes.iter();
            wishes.extend(want.map(|&(skill, from, to)| (skill, lane, wish(from, to))));
            wide |= skills.wishes.len() > WIDE;
            len += 1;
        }
        let [wished, offered] = used;
        Self {
            len,
            highest: rank.iter().copied().max().unwrap_or(0),
            rank,
            wanted,
            divisor: Divisor { by, reciprocal },
            wide,
            attributes,
            shares: [
                Shares::new(Role::Mentor, offers, wished),
                Shares::new(Role::Mentee, wishes, offered),
            ],
        }
    }

    /// Sums what a mentor and each mentee of the run learn of each other.
    pub(super) fn sum(&self, mentor: &Seat<'_>, lanes: &mut Lanes) {
        let skills = mentor.skills(Role::Mentor);
        let wishes = skills.wishes.iter();
        let wishes = wishes.map(|&(skill, from, to)| (skill, wish(from, to)));
        let offers = skills.offers.iter();
        let offers = offers.map(|&(skill, level)| (skill, offer(level)));
        let ([mentor_learns, mentee_learns], [up, down]) = (&self.shares, &mut lanes.sums);
        mentor_learns.sum(wishes, up);
        mentee_learns.sum(offers, down);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sum that lanes can hold, by every number of wishes that they are used for.
    #[test]
    fn quotients_are_those_of_a_division() {
        for wishes in 0..=WIDE {
            let divisor = Divisor::of(wishes);
            for sum in 0..=u16::MAX {
                if usize::from(sum) <= 1000 * wishes {
                    let expected = usize::from(sum) / wishes.max(1);
                    assert_eq!(
                        usize::from(divisor.quotient(sum)),
                        expected,
                        "{sum} by {wishes}"
                    );
                }
            }
        }
    }
}
