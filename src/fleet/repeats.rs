//! Which entries a writer has written, so that none goes out twice.

use std::collections::BTreeMap;

use super::source::Source;
use crate::ids::ProgramId;

/// The sequences of each programme under each source, as runs from the first to the last: a journal in its order is one.
#[derive(Debug, Default)]
pub(super) struct Written(BTreeMap<Source, BTreeMap<ProgramId, BTreeMap<u64, u64>>>);

impl Written {
    pub(super) fn has(&self, source: &Source, program: ProgramId, sequence: u64) -> bool {
        let runs = self.0.get(source).and_then(|all| all.get(&program));
        let run = runs.and_then(|runs| runs.range(..=sequence).next_back());
        run.is_some_and(|(_, last)| sequence <= *last)
    }

    /// Adds one that is not there.
    pub(super) fn add(&mut self, source: &Source, program: ProgramId, sequence: u64) {
        let all = self.0.entry(source.clone()).or_default();
        let runs = all.entry(program).or_default();
        match runs.range_mut(..=sequence).next_back() {
            Some((_, last)) if last.checked_add(1) == Some(sequence) => *last = sequence,
            _ => {
                runs.insert(sequence, sequence);
            }
        }
    }
}
