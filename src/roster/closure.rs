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

use super::reporting::Forest;

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

#[derive(Debug, Clone)]
enum Row {
    List(Box<[u32]>),
    Bits {
        words: Box<[u64]>,
        /// Ones before each group of eight words.
        before: Box<[u32]>,
    },
    NotKept,
}

impl Row {
    fn pack(words: &[u64], ones: usize, budget: &mut usize) -> Self {
        let groups = words.len().div_ceil(8);
        let dense = words.len() * 8 + groups * 4;
        let size = (ones * 4).min(dense);
        let Some(left) = budget.checked_sub(size) else {
            return Self::NotKept;
        };
        *budget = left;
        if ones * 4 <= dense {
            return Self::List(ones_of(words).collect());
        }
        let mut sum = 0;
        let before = words
            .chunks(8)
            .map(|group| {
                let here = sum;
                sum += group.iter().map(|w| w.count_ones()).sum::<u32>();
                here
            })
            .collect();
        Self::Bits {
            words: words.into(),
            before,
        }
    }

    /// Whether the row has an entry in `low..high`; `None` where the row is not kept.
    fn any_in(&self, low: u32, high: u32) -> Option<bool> {
        match self {
            Self::List(list) => {
                let at = list.partition_point(|&t| t < low);
                Some(list.get(at).is_some_and(|&t| t < high))
            }
            Self::Bits { words, before } => {
                Some(count_below(words, before, low) < count_below(words, before, high))
            }
            Self::NotKept => None,
        }
    }
}

fn ones_of(words: &[u64]) -> impl Iterator<Item = u32> + '_ {
    (0u32..).step_by(64).zip(words).flat_map(|(base, &word)| {
        (0..64)
            .filter(move |bit| word >> bit & 1 == 1)
            .map(move |bit| base + bit)
    })
}

/// Ones among the first `at` bits.
fn count_below(words: &[u64], before: &[u32], at: u32) -> u32 {
    let (word, bit) = (at as usize / 64, at % 64);
    let group = word / 8;
    let mut count = before.get(group).copied().unwrap_or_else(|| {
        // `at` is the end of a bit set whose words fill whole groups.
        before.last().copied().unwrap_or(0)
    });
    let from = group.min(before.len().saturating_sub(1)) * 8;
    for w in words.get(from..word.min(words.len())).unwrap_or_default() {
        count += w.count_ones();
    }
    if let Some(w) = words.get(word) {
        count += (w & ((1u64 << bit) - 1)).count_ones();
    }
    count
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
            if anchor[p as usize] == NONE && (m as usize) < n {
                anchor[p as usize] = anchor[m as usize];
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
            let above = if (m as usize) < n {
                anchor[m as usize]
            } else {
                NONE
            };
            step.anchors.extend(Some(above).filter(|&a| a != NONE));
        }

        // Components come out with everything reachable first, so each row is the union of finished ones.
        let components = components(steps.len(), |a| &steps[a as usize].anchors);
        let mut row_of = vec![NONE; steps.len()];
        let mut rows: Vec<Row> = Vec::with_capacity(components.len());
        // Where a row was not kept, its words are made again from the rows below it when somebody builds on it.
        let mut words = vec![0u64; targets.len().div_ceil(64)];
        for members in components {
            words.fill(0);
            let number = rows.len() as u32;
            for &a in &members {
                row_of[a as usize] = number;
            }
            let mut kept = true;
            for step in members.iter().map(|&a| &steps[a as usize]) {
                for &t in &step.targets {
                    words[t as usize / 64] |= 1 << (t % 64);
                }
                for row in step.anchors.iter().map(|&a| row_of[a as usize]) {
                    match rows.get(row as usize) {
                        Some(Row::List(list)) => {
                            for &t in list {
                                words[t as usize / 64] |= 1 << (t % 64);
                            }
                        }
                        Some(Row::Bits { words: more, .. }) => {
                            words.iter_mut().zip(more).for_each(|(w, m)| *w |= m);
                        }
                        Some(Row::NotKept) => kept = false,
                        None => {} // the component itself
                    }
                }
            }
            let ones = words.iter().map(|w| w.count_ones() as usize).sum();
            rows.push(if kept {
                Row::pack(&words, ones, &mut budget)
            } else {
                Row::NotKept
            });
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

/// Circles that need a dotted line: the strongly connected groups of two or more people, each sorted, in order.
pub(super) fn circles(manager: &[u32], dotted: &[(u32, u32)]) -> Vec<Vec<u32>> {
    if dotted.is_empty() {
        return Vec::new();
    }
    let n = manager.len();
    let mut ups: Vec<Vec<u32>> = vec![Vec::new(); n];
    for (up, &m) in ups.iter_mut().zip(manager) {
        up.extend(Some(m).filter(|&m| (m as usize) < n));
    }
    for &(s, t) in dotted {
        if let Some(up) = ups.get_mut(s as usize) {
            up.push(t);
        }
    }
    let no_one: &[u32] = &[];
    let mut circles: Vec<Vec<u32>> =
        components(n, |p| ups.get(p as usize).map_or(no_one, Vec::as_slice))
            .into_iter()
            .filter(|c| c.len() > 1)
            .collect();
    for circle in &mut circles {
        circle.sort_unstable();
    }
    circles.sort_unstable();
    circles
}

/// Strongly connected components in reverse topological order (Tarjan 1972, with its own stack).
#[expect(
    clippy::indexing_slicing,
    reason = "every index is a node below `n`, the length of both vectors"
)]
fn components<'a>(n: usize, next: impl Fn(u32) -> &'a [u32]) -> Vec<Vec<u32>> {
    const DONE: u32 = u32::MAX;
    let mut order = vec![0u32; n]; // 0 is unseen
    let mut low = vec![0u32; n];
    let mut count = 0;
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for root in 0..n as u32 {
        if order[root as usize] != 0 {
            continue;
        }
        let mut calls = vec![(root, 0usize)];
        while let Some((v, child)) = calls.pop() {
            let at = v as usize;
            if child == 0 {
                count += 1;
                order[at] = count;
                low[at] = count;
                open.push(v);
            }
            if let Some(&w) = next(v).get(child) {
                calls.push((v, child + 1));
                if order[w as usize] == 0 {
                    calls.push((w, 0));
                } else if low[w as usize] != DONE {
                    low[at] = low[at].min(order[w as usize]);
                }
                continue;
            }
            if low[at] == order[at] {
                let from = open.iter().rposition(|&o| o == v).unwrap_or(0);
                let component = open.split_off(from);
                for &w in &component {
                    low[w as usize] = DONE;
                }
                found.push(component);
            }
            if let Some(&(parent, _)) = calls.last() {
                if low[at] != DONE {
                    low[parent as usize] = low[parent as usize].min(low[at]);
                }
            }
        }
    }
    found
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
        for budget in [0, 40, 200, 1000] {
            let tight = Closure::within(&forest, &manager, &dotted, budget);
            assert!(
                tight.rows.iter().any(|r| matches!(r, Row::NotKept)),
                "{budget}"
            );
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

    /// Counting in a packed row agrees with counting one by one, at every edge of words and groups.
    #[test]
    fn packed_rows_count_right() {
        for words in [1usize, 7, 8, 9, 16, 20] {
            let bits: Vec<u64> = (0..words as u64)
                .map(|w| (w + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
                .collect();
            let mut before = Vec::new();
            let mut sum = 0;
            for group in bits.chunks(8) {
                before.push(sum);
                sum += group.iter().map(|w| w.count_ones()).sum::<u32>();
            }
            let ones: Vec<u32> = ones_of(&bits).collect();
            for at in 0..=(words * 64) as u32 {
                let plain = ones.iter().filter(|&&o| o < at).count() as u32;
                assert_eq!(
                    count_below(&bits, &before, at),
                    plain,
                    "{words} words, {at}"
                );
            }
        }
    }
}
