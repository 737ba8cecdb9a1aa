//! The best few pairs of everybody, found in one pass over all pairs.

use crate::eligibility::RUN;

/// For each member of a side, up to `keep` pairs with the highest keys.
#[derive(Debug)]
pub(super) struct Best {
    keep: usize,
    /// From which key on a pair is taken: 0 while there is room.
    from: Vec<u32>,
    count: Vec<u8>,
    /// Key and partner, `keep` of each member.
    pairs: Vec<(u32, u32)>,
}

impl Best {
    pub(super) fn new(members: usize, keep: u8) -> Self {
        let keep = usize::from(keep.max(1));
        Self {
            keep,
            from: vec![0; members],
            count: vec![0; members],
            pairs: vec![(0, 0); members * keep],
        }
    }

    /// From which key on a pair of this member is taken.
    pub(super) fn least(&self, member: usize) -> u32 {
        self.from.get(member).copied().unwrap_or(u32::MAX)
    }

    /// The same for a run of members, as far as there are so many.
    pub(super) fn least_of_run(&self, run: usize) -> &[u32] {
        let from = self.from.get(run * RUN..).unwrap_or_default();
        from.get(..RUN).unwrap_or(from)
    }

    /// Takes a pair, if it is among the best so far.
    pub(super) fn take(&mut self, member: usize, key: u32, partner: u32) {
        let kept = self.pairs.chunks_exact_mut(self.keep).nth(member);
        let of = self.from.get_mut(member).zip(self.count.get_mut(member));
        let (Some(kept), Some((from, count))) = (kept, of) else {
            return;
        };
        if key < *from {
            return;
        }
        let room = kept.get_mut(usize::from(*count));
        match room {
            Some(room) => {
                *room = (key, partner);
                *count += 1;
            }
            None => {
                if let Some(lowest) = kept.iter_mut().min() {
                    *lowest = (key, partner);
                }
            }
        }
        if usize::from(*count) == kept.len() {
            let lowest = kept.iter().map(|(key, _)| *key).min();
            *from = lowest.unwrap_or(0).saturating_add(1);
        }
    }

    /// Everybody with their pairs, as (member, partner).
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let members = self.pairs.chunks_exact(self.keep).zip(&self.count);
        (0u32..).zip(members).flat_map(|(member, (kept, count))| {
            let kept = kept.iter().take(usize::from(*count));
            kept.map(move |&(_, partner)| (member, partner))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Best;

    #[test]
    fn the_best_of_a_hundred_in_any_order() {
        for step in [1u32, 3, 7, 33, 99] {
            let mut best = Best::new(2, 5);
            for at in 0..100 {
                let key = at * step % 100;
                best.take(1, key, 1000 + key);
                assert!(best.least(0) == 0, "nobody is taken for the other");
            }
            let mut kept: Vec<_> = best.pairs().collect();
            kept.sort_unstable();
            let expected: Vec<_> = (95..100).map(|key| (1, 1000 + key)).collect();
            let distinct = step % 2 == 1 && step % 5 != 0;
            assert!(!distinct || kept == expected, "step {step}: {kept:?}");
            assert_eq!(best.least(1), 96);
        }
    }
}
