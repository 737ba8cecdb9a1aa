//! A programme: the one place where things change, and the journal of what changed.
//!
//! In come approved plans, steps, sessions and reorganisations; out come journal [`Entry`]s, which the host stores.
//! Never true inside: a state that the journal does not explain, a pairing proposed beyond somebody's places or without
//! goals both ways, a refusal that left a trace. Places that a reorganisation takes away end nothing: they stay taken
//! until a pairing ends.

mod evolve;
mod gate;
mod refusal;
mod verbs;
mod waits;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

pub use refusal::{Problem, Refused};
pub use verbs::{Reopened, ReplayError, ReplayProblem};

use crate::history::History;
use crate::ids::{PairingId, ParticipantId, ProgramId, SessionId};
use crate::journal::{Enrolment, Entry};
use crate::pair::Role;
use crate::pairing::{Pairing, Stage};
use crate::policy::{Context, PastPair};
use crate::privacy::Member;
use crate::roster::{Load, RosterFingerprint};

/// A reverse-mentoring programme.
///
/// Every verb returns the entry that it wrote; store it, and [`replay`](Self::replay) brings the same state back. A
/// refused verb changes nothing.
///
/// ```compile_fail
/// let forged: reverse_mentoring::program::Program = serde_json::from_str("{}").unwrap();
/// ```
// INVARIANT (gate): the fields change in `evolve` alone, after `check` let the entry pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    id: ProgramId,
    roster: RosterFingerprint,
    load: Load,
    people: BTreeMap<ParticipantId, Enrolment>,
    /// Open pairings of somebody in a role; nobody with none.
    taken: BTreeMap<(ParticipantId, Role), u32>,
    open: BTreeMap<PairingId, Pairing>,
    closed: BTreeMap<PairingId, Stage>,
    history: History,
    /// Every session id ever used, so that none stands for two.
    sessions: BTreeSet<SessionId>,
    opened_on: Option<NaiveDate>,
    next: u64,
    recorded_at: Option<DateTime<Utc>>,
}

impl Program {
    /// The programme's id.
    #[must_use]
    pub const fn id(&self) -> ProgramId {
        self.id
    }

    /// The roster that the programme stands on; proofs of eligibility must come from it.
    #[must_use]
    pub const fn roster(&self) -> RosterFingerprint {
        self.roster
    }

    /// Who is enrolled, by id.
    pub fn people(&self) -> impl Iterator<Item = &Enrolment> {
        self.people.values()
    }

    /// The pairings that are neither completed nor ended, by id.
    pub fn open_pairings(&self) -> impl Iterator<Item = &Pairing> {
        self.open.values()
    }

    /// An open pairing.
    #[must_use]
    pub fn pairing(&self, id: PairingId) -> Option<&Pairing> {
        self.open.get(&id)
    }

    /// Where a pairing stands or how it ended.
    #[must_use]
    pub fn stage(&self, id: PairingId) -> Option<Stage> {
        let open = self.open.get(&id).map(Pairing::stage);
        open.or_else(|| self.closed.get(&id).copied())
    }

    /// Proof that somebody is one of the two of a pairing, over or not: with it the two read their notes.
    #[must_use]
    pub fn member(&self, pairing: PairingId, person: ParticipantId) -> Option<Member> {
        let pair = self.history.pairing(pairing)?.pair;
        let mut roles = [Role::Mentor, Role::Mentee].into_iter();
        let role = roles.find(|&role| pair.person(role) == person)?;
        Some(Member::new(pairing, role))
    }

    /// What the programme knows that eligibility should be asked with: its load, the pairings that are open, and those
    /// that have ended. Former managers, relations and training are the host's to add.
    #[must_use]
    pub fn context(&self, today: NaiveDate) -> Context {
        let past = self.history.pairings().filter_map(|(_, facts)| {
            let (ended, _) = facts.ended?;
            let pair = facts.pair;
            Some(PastPair { pair, ended })
        });
        Context::new(today)
            .with_load(self.load)
            .with_open(self.open.values().map(Pairing::pair))
            .with_past(past)
    }

    /// Facts of everything so far, for health.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// The number that the next entry will have: how long the journal is.
    #[must_use]
    pub const fn next_sequence(&self) -> u64 {
        self.next
    }

    /// Lets an entry through the gate, or leaves everything as it was.
    fn admit(&mut self, entry: Entry) -> Result<Entry, Refused> {
        self.check(&entry)?;
        self.evolve(&entry);
        Ok(entry)
    }
}
