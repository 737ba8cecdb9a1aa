//! What dotted lines add: which people can be reached upwards over solid and dotted lines mixed.
//!
//! Going up from somebody, the first dotted line can leave from themselves or from somebody above them on the solid
//! line. The *anchor* of a person is the nearest such source, and the anchor alone decides where one can get to. Each
//! anchor has a row: the dotted managers reachable from it, in the order of their interval numbers. Somebody is
//! reached if a dotted manager in the row stands at or below them, that is, if the row has an entry in their interval.
//!
//! A row is a sorted list or a bit set with counts, whichever is smaller, so a query is a binary search over at most
//! as many entries as the bit set has words, or two counts. Anchors on a common circle share a row. With `k` dotted
//! lines the rows take at most about `k² / 7` bytes (2.4 MB for 4,096 lines), usually far less. Rows beyond
//! [`BUDGET_BYTES`] are not kept: a query that needs one searches the dotted lines above the person instead, which is
//! exact and costs up to `k` steps.

use super::components::components;
use super::forest::Forest;
use super::row::{Row, Union};

/// Memory that the rows may take before queries begin to search: 256 MiB.
pub(super) const BUDGET_BYTES: usize = 256 << 20;

const NONE: u32 = u32::MAX;

/// The dotted part of the reachability relation.
#[derive(Debug, Clone, Default)]
pub(super) struct Closure {
    /// Person → anchor, or `NONE`.
    anchor: Vec<u32>,
    /// Anchor → row.
    row_of: Vec<u32>,
    /// How many targets have an interval number below `x`, for every `x`.
    rank: Vec<u32>,
    rows: Vec<Row>,
    /// Anchor → targets it names itself (by rank) and anchors to go on from; for rows that are not kept.
    steps: Vec<Steps>,
}

#[derive(Debug, Clone, Default)]
struct Steps {
    targets: Vec<u32>,
    anchors: Vec<u32>,
}

impl Closure {
    pub(super) fn new(forest: &Forest, manager: &[u32], dotted: &[(u32, u32)]) -> Self {
        Self::within(forest, manager, dotted, BUDGET_BYTES)
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "people index vectors of `manager.len()`, anchors those of `sources.len()`; both are made here"
    )]
    fn within(forest: &Forest, manager: &[u32], dotted: &[(u32, u32)], mut budget: usize) -> Self {
        if dotted.is_empty() {
            return Self::default();
        }
        let n = manager.len();
        // `dotted` is sorted by person, so the anchors are numbered by person too.
        let mut sources: Vec<u32> = dotted.iter().map(|&(s, _)| s).collect();
        sources.dedup();
        let mut anchor = vec![NONE; n];
        for (number, &s) in (0u32..).zip(&sources) {
            anchor[s as usize] = number;
        }
        for &p in &forest.top_down {
            let m = manager[p as usize];
            if anchor[p as usize] == NONE {
                anchor[p as usize] = anchor.get(m as usize).copied().unwrap_or(NONE);
            }
        }

        let mut targets: Vec<u32> = dotted
            .iter()
            .map(|&(_, t)| forest.enter[t as usize])
            .collect();
        targets.sort_unstable();
        targets.dedup();
        let mut rank = vec![0u32; n + 1];
        for &t in &targets {
            rank[t as usize + 1] = 1;
        }
        let mut sum = 0;
        for r in &mut rank {
            sum += *r;
            *r = sum;
        }

        let mut steps = vec![Steps::default(); sources.len()];
        for &(s, t) in dotted {
            let step = &mut steps[anchor[s as usize] as usize];
            step.targets.push(rank[forest.enter[t as usize] as usize]);
            step.anchors
                .extend(Some(anchor[t as usize]).filter(|&a| a != NONE));
        }
        for (step, &s) in steps.iter_mut().zip(&sources) {
            let m = manager[s as usize];
            let above = anchor.get(m as usize).copied().unwrap_or(NONE);
            step.anchors.extend(Some(above).filter(|&a| a != NONE));
        }

        // Components come out with everything reachable first, so each row is the union of finished ones.
        let components = components(steps.len(), |a| &steps[a as usize].anchors);
        let mut row_of = vec![NONE; steps.len()];
        let mut rows: Vec<Row> = Vec::with_capacity(components.len());
        let mut union = Union::new(targets.len());
        for members in components {
            let number = rows.len() as u32;
            for &a in &members {
                row_of[a as usize] = number;
            }
            let below = |a: &u32| rows.get(row_of[*a as usize] as usize); // none of the component itself
            let steps = || members.iter().map(|&a| &steps[a as usize]);
            let lost = |a: &u32| matches!(below(a), Some(Row::NotKept));
            let row = if steps().any(|step| step.anchors.iter().any(lost)) {
                Row::NotKept
            } else {
                for step in steps() {
                    step.targets.iter().for_each(|&t| union.add(t));
                    step.anchors
                        .iter()
                        .filter_map(below)
                        .for_each(|row| union.extend(row));
                }
                union.pack(&mut budget)
            };
            rows.push(row);
        }
        if !rows.iter().any(|r| matches!(r, Row::NotKept)) {
            steps = Vec::new();
        }
        Self {
            anchor,
            row_of,
            rank,
            rows,
            steps,
        }
    }

    /// Whether somebody with an interval number in `first..last` is reached from `person` over at least one dotted line.
    pub(super) fn reaches(&self, person: usize, first: u32, last: u32) -> bool {
        let Some(&anchor) = self.anchor.get(person) else {
            return false;
        };
        if anchor == NONE {
            return false;
        }
        let bound = |at: u32| self.rank.get(at as usize).copied().unwrap_or(0);
        let (low, high) = (bound(first), bound(last));
        if low == high {
            return false;
        }
        self.row(anchor)
            .and_then(|row| row.any_in(low, high))
            .unwrap_or_else(|| self.search(anchor, low, high))
    }

    /// Whether there are no dotted lines.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether nobody has to be searched for.
    pub(super) fn keeps_every_row(&self) -> bool {
        self.steps.is_empty()
    }

    /// The row of somebody from whom a dotted line can be reached.
    pub(super) fn row_number(&self, person: usize) -> Option<u32> {
        let anchor = self.anchor.get(person)?;
        self.row_of.get(*anchor as usize).copied()
    }

    /// Whether a dotted line leads to the person of this interval number.
    pub(super) fn is_target(&self, number: u32) -> bool {
        let rank = |at: usize| self.rank.get(at);
        rank(number as usize) < rank(number as usize + 1)
    }

    /// The ranks of the targets that a row reaches; none of a row that is not kept.
    pub(super) fn targets(&self, row: u32) -> impl Iterator<Item = u32> + '_ {
        self.rows
            .get(row as usize)
            .into_iter()
            .flat_map(Row::entries)
    }

    /// The ranks of the targets with an interval number in `first..last`, if there are any.
    pub(super) fn targets_within(&self, first: u32, last: u32) -> Option<(u32, u32)> {
        let bound = |at: u32| self.rank.get(at as usize).copied();
        let (low, high) = (bound(first)?, bound(last)?);
        (low < high).then_some((low, high))
    }

    /// Whether a row reaches a target with a rank in `low..high`.
    pub(super) fn row_reaches(&self, row: u32, low: u32, high: u32) -> bool {
        let row = self.rows.get(row as usize);
        row.and_then(|row| row.any_in(low, high)) == Some(true)
    }

    fn row(&self, anchor: u32) -> Option<&Row> {
        let row = self.row_of.get(anchor as usize)?;
        self.rows.get(*row as usize)
    }

    fn search(&self, from: u32, low: u32, high: u32) -> bool {
        let mut seen = vec![false; self.steps.len()];
        let mut stack = vec![from];
        while let Some(anchor) = stack.pop() {
            match self.row(anchor).and_then(|row| row.any_in(low, high)) {
                Some(true) => return true,
                Some(false) => continue,
                None => {}
            }
            let Some(step) = self.steps.get(anchor as usize) else {
                continue;
            };
            if step.targets.iter().any(|t| (low..high).contains(t)) {
                return true;
            }
            for &next in &step.anchors {
                if let Some(seen) = seen.get_mut(next as usize).filter(|seen| !**seen) {
                    *seen = true;
                    stack.push(next);
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same answers whether every row is kept, some are, or none is.
    #[test]
    fn rows_that_are_not_kept_change_no_answer() {
        let n = 200u32;
        let manager: Vec<u32> = (0..n)
            .map(|p| if p == 0 { NONE } else { (p - 1) / 2 })
            .collect();
        let mut dotted: Vec<(u32, u32)> = (0..n).map(|p| (p, (p * 37 + 11) % n)).collect();
        dotted.retain(|&(s, t)| s != t && (s % 3 == 0 || t < 20));
        let forest = Forest::number(&manager);
        let full = Closure::within(&forest, &manager, &dotted, usize::MAX);
        assert!(!full.is_empty() && full.keeps_every_row());
        assert!(Closure::within(&forest, &manager, &[], usize::MAX).is_empty());
        for budget in [0, 40, 200, 1000] {
            let tight = Closure::within(&forest, &manager, &dotted, budget);
            assert!(
                tight.rows.iter().any(|r| matches!(r, Row::NotKept)),
                "{budget}"
            );
            assert!(!tight.is_empty() && !tight.keeps_every_row(), "{budget}");
            for lower in 0..n as usize {
                for upper in 0..n as usize {
                    let (first, last) = (forest.enter[upper], forest.exit[upper]);
                    assert_eq!(
                        tight.reaches(lower, first, last),
                        full.reaches(lower, first, last)
                    );
                }
            }
        }
    }
}
