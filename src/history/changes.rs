//! What a history has taken in lately, for whoever has read it before.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::ids::PairingId;
use crate::journal::Event;

/// How many of the latest are kept: whoever reads less often reads everything.
const KEPT: usize = 4_096;

/// The pairings that were last changed, one by one, by what concerns nothing else: their sessions and goals.
pub(crate) struct Changes {
    lineage: u64,
    /// How many changes there were, of all kinds.
    count: u64,
    /// Of the latest of them; none is older than the last one that concerned more.
    latest: VecDeque<PairingId>,
}

/// Up to where somebody has read which history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReadTo {
    lineage: u64,
    count: u64,
}

impl Changes {
    pub(super) fn note(&mut self, event: &Event) {
        self.count += 1;
        match event {
            Event::SessionPlanned(planned) | Event::SessionMoved(planned) => {
                self.note_pairing(planned.pairing);
            }
            Event::SessionRecorded(session) | Event::SessionCorrected(session) => {
                self.note_pairing(session.pairing);
            }
            Event::SessionVoided { pairing, .. }
            | Event::Responded { pairing, .. }
            | Event::Reviewed { pairing, .. }
            | Event::GoalAdded { pairing, .. }
            | Event::GoalChanged { pairing, .. } => self.note_pairing(*pairing),
            _ => self.latest.clear(),
        }
    }

    fn note_pairing(&mut self, pairing: PairingId) {
        if self.latest.len() == KEPT {
            self.latest.pop_front();
        }
        self.latest.push_back(pairing);
    }

    pub(crate) const fn read_to(&self) -> ReadTo {
        ReadTo {
            lineage: self.lineage,
            count: self.count,
        }
    }

    /// The pairings that changed since somebody read it, perhaps more than once; `None` where more did, or nobody knows.
    pub(crate) fn since(&self, read: ReadTo) -> Option<impl Iterator<Item = PairingId>> {
        let known = read.lineage == self.lineage;
        let new = self.count.checked_sub(read.count).filter(|_| known)?;
        let before = self.latest.len().checked_sub(usize::try_from(new).ok()?)?;
        Some(self.latest.iter().skip(before).copied())
    }
}

/// A new history: what was read of another one says nothing of it.
impl Default for Changes {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self {
            lineage: NEXT.fetch_add(1, Ordering::Relaxed),
            count: 0,
            latest: VecDeque::new(),
        }
    }
}

/// A clone goes its own way.
impl Clone for Changes {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Which history it is says nothing of what happened.
impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").finish_non_exhaustive()
    }
}

/// Two histories are equal by what happened, not by who has read them.
impl PartialEq for Changes {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Changes {}
