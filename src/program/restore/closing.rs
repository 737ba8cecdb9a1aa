//! Closing reviews in a record, and what may be told.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use crate::program::flaws::{PairingProblem, RecordProblem};
use crate::program::record::PairingRecord;

impl Check<'_> {
    pub(super) fn reviews(&self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        let mut seen = BTreeSet::new();
        let since = pairing.settled_on.or(pairing.ended_on);
        for review in &pairing.reviewed {
            let late = since.is_some_and(|since| review.on >= since) && self.may_be(review.on);
            if !late || pairing.began_on.is_none() || !seen.insert(review.by) {
                found.push(PairingProblem::Review(review.by));
            }
        }
    }

    /// Somebody agrees, once; a pairing that is known is of those two.
    pub(super) fn celebrated(&mut self) {
        let record = self.record;
        let pairs: BTreeMap<_, _> = record.pairings.iter().map(|p| (p.id, p.pair)).collect();
        let mut seen = BTreeSet::new();
        for told in &record.celebrated {
            let known = pairs.get(&told.pairing);
            let theirs = known.is_none_or(|pair| *pair == told.pair);
            if told.by.is_empty() || !theirs || !seen.insert((told.pairing, told.occasion)) {
                self.problems.push(RecordProblem::Celebration {
                    pairing: told.pairing,
                    occasion: told.occasion,
                });
            }
        }
    }
}
