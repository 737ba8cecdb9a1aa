//! One mentor against a run of mentees: the core invariants, in loops over lanes.
#![expect(clippy::indexing_slicing, reason = "every array has `RUN` lanes")]

use super::RUN;
use super::run::{Divisor, Run};

/// What is worked out for one mentor and one run; kept between rows, so that nothing is allocated.
#[derive(Debug, Clone)]
pub(crate) struct Lanes {
    /// 1 where the mentee is the more experienced and nothing of the reporting lines is between the two.
    pub(super) open: [u16; RUN],
    /// Sums of shares: what the mentor, the mentee learns.
    pub(super) sums: [[u16; RUN]; 2],
    /// The same as a mean, where some pair is still asked about.
    pub(super) learned: [[u16; RUN]; 2],
    /// The pairs to which nothing objects so far.
    pub(crate) asked: [bool; RUN],
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            open: [0; RUN],
            sums: [[0; RUN]; 2],
            learned: [[0; RUN]; 2],
            asked: [false; RUN],
        }
    }
}

impl Lanes {
    /// Compares experience; how many in the run are the more experienced.
    pub(super) fn seniors(&mut self, run: &Run, rank: u32) -> u32 {
        let mut count = 0;
        for lane in 0..RUN {
            let senior = u16::from(run.rank[lane] > rank);
            self.open[lane] = senior;
            count += senior;
        }
        u32::from(count)
    }

    /// Looks for what each side learns, and for places; how many pairs learn both ways, and how many of them have
    /// places besides.
    pub(super) fn two_way(&mut self, run: &Run, free: bool) -> (u32, u32) {
        let [up, down] = &self.sums;
        let free = u16::from(free);
        let (mut learn, mut fit) = (0, 0);
        for lane in 0..RUN {
            let both = self.open[lane] & u16::from(up[lane] > 0) & u16::from(down[lane] > 0);
            let asked = both & run.wanted[lane] & free;
            learn += both;
            fit += asked;
            self.asked[lane] = asked > 0;
        }
        (u32::from(learn), u32::from(fit))
    }

    /// Turns sums into means.
    pub(super) fn divide(&mut self, run: &Run, mentor: Divisor<u16>) {
        let ([of_mentor, of_mentee], [up, down]) = (&mut self.learned, &self.sums);
        for (learned, &sum) in of_mentor.iter_mut().zip(up) {
            *learned = mentor.quotient(sum);
        }
        let divisors = run.divisor.by.iter().zip(&run.divisor.reciprocal);
        for ((learned, &sum), (&by, &reciprocal)) in of_mentee.iter_mut().zip(down).zip(divisors) {
            *learned = Divisor { by, reciprocal }.quotient(sum);
        }
    }
}
