//! A programme: the one place where things change, and the journal of what changed.
//!
//! In come approved plans, steps, sessions and reorganisations; out come journal [`Entry`]s, which the host stores.
//! Never true inside: a state that the journal does not explain, a pairing proposed beyond somebody's places or without
//! goals both ways, a refusal that left a trace. Places that a reorganisation takes away end nothing: they stay taken
//! until a pairing ends.

mod adopted;
mod adoption;
mod by_id;
mod cohorts;
mod evolve;
mod exemption;
mod flaws;
mod gate;
mod last;
mod opening;
mod record;
mod refusal;
mod restore;
mod state;
mod verbs;
mod waits;

use chrono::NaiveDate;

pub use adoption::{Adoption, AdoptionStanding, LeftOut, WhyLeftOut};
pub use exemption::Exemption;
pub use flaws::{
    AdoptedProblem, CohortProblem, Moment, PairingProblem, RecordProblem, RestoreError,
};
pub use opening::{Reopened, ReplayError, ReplayProblem};
pub use record::ProgramRecord;
pub use refusal::{
    AdoptionProblem, ExemptionProblem, LaunchProblem, Problem, Refused, SessionProblem,
};
pub use state::RECORD_OPEN_DAYS;
pub use verbs::USUAL_DAYS;
#[cfg(feature = "simulation")]
pub(crate) use verbs::settled;

use crate::history::{History, ReadModel};
use crate::ids::{PairingId, ParticipantId, ProgramId};
use crate::journal::{Entry, Event, Places, Stamp};
use crate::pair::{Pair, Role};
use crate::pairing::{Pairing, Stage};
use crate::policy::{Context, PastPair};
use crate::privacy::Member;
use crate::roster::{Load, RosterFingerprint};
use state::Gate;

/// A reverse-mentoring programme: the gate, and a [view](ReadModel) that it feeds.
///
/// Every verb returns the entry that it wrote; store it, and [`replay`](Self::replay) brings the same state back. A
/// refused verb changes nothing.
///
/// The view is the [`History`] unless stated, from which health is read. It grows with the journal; the gate does not:
/// `Program<()>` is the gate alone, as large as the roster's participants, the open pairings and those that ended less than
/// [`RECORD_OPEN_DAYS`] ago.
///
/// ```compile_fail
/// let forged: reverse_mentoring::program::Program = serde_json::from_str("{}").unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program<V = History> {
    gate: Gate,
    view: V,
}

impl<V: ReadModel> Program<V> {
    /// The programme's id.
    #[must_use]
    pub const fn id(&self) -> ProgramId {
        self.gate.id
    }

    /// The roster that the programme stands on; proofs of eligibility must come from it.
    #[must_use]
    pub const fn roster(&self) -> RosterFingerprint {
        self.gate.roster
    }

    /// Hours a month that a pairing takes.
    #[must_use]
    pub const fn load(&self) -> Load {
        self.gate.load
    }

    /// Who takes part in the roster, with their places, by id.
    pub fn people(&self) -> impl Iterator<Item = &Places> {
        self.gate.people.values()
    }

    /// The pairings that are neither completed nor ended, by id; without the [`adoptions`](Self::adoptions).
    pub fn open_pairings(&self) -> impl Iterator<Item = &Pairing> {
        self.gate.pairings()
    }

    /// An open pairing; an adopted one that is not regularised is among the [`adoptions`](Self::adoptions) instead.
    #[must_use]
    pub fn pairing(&self, id: PairingId) -> Option<&Pairing> {
        self.gate.open.get(&id).map(|open| &open.pairing)
    }

    /// Where a pairing stands or how it ended, until its record [closes](RECORD_OPEN_DAYS). An adopted one has no stage
    /// before it is regularised: [`adoptions`](Self::adoptions) says how it stands.
    #[must_use]
    pub fn stage(&self, id: PairingId) -> Option<Stage> {
        self.gate.stage(id)
    }

    /// The number that the next entry will have: how long the journal is.
    #[must_use]
    pub const fn next_sequence(&self) -> u64 {
        self.gate.next
    }

    /// The version in which the journal goes on, where this release does not read it; every verb is refused then.
    #[must_use]
    pub const fn read_only(&self) -> Option<u16> {
        self.gate.newer
    }

    /// What is kept beside the gate.
    #[must_use]
    pub const fn view(&self) -> &V {
        &self.view
    }

    /// Whether an entry may follow; changes nothing.
    fn check(&self, entry: &Entry) -> Result<(), Refused> {
        self.gate.check(entry, &|pairing| self.view.knows(pairing))
    }

    /// Takes an entry in that may follow. Whoever calls it says which [is the last](Last).
    fn evolve(&mut self, entry: &Entry) {
        let stage = self.gate.evolve(entry);
        self.view.take_in(entry, stage);
    }

    /// Lets an event through the gate, as the next entry, or leaves everything as it was. The entry is kept as the last: who wants
    /// it for a journal clones it.
    // Inlined, so that the entry is built where it stands and not copied there: a tenth of what an entry costs.
    #[inline(always)]
    pub(crate) fn pass(&mut self, stamp: Stamp, event: Event) -> Result<&Entry, Refused> {
        let entry = Entry::new(self.gate.next, stamp, event);
        self.check(&entry)?;
        self.evolve(&entry);
        Ok(self.gate.last.keep(entry))
    }
}

impl Program {
    /// Proof that somebody is one of the two of a pairing, over or not: with it the two read their notes.
    #[must_use]
    pub fn member(&self, pairing: PairingId, person: ParticipantId) -> Option<Member> {
        let pair = self.view.pairing(pairing)?.pair;
        let mut roles = [Role::Mentor, Role::Mentee].into_iter();
        let role = roles.find(|&role| pair.person(role) == person)?;
        Some(Member::new(pairing, role, person))
    }

    /// What the programme knows that eligibility should be asked with: its load, who is enrolled, who has finished the
    /// curriculum of the charter, the pairings that are open, those that have ended, and who is
    /// [exempted](Self::exempt). Former managers, relations and
    /// other training are the host's to add.
    #[must_use]
    pub fn context(&self, today: NaiveDate) -> Context {
        self.context_with(today, self.gate.paired.keys().copied())
    }

    fn context_with(&self, today: NaiveDate, open: impl IntoIterator<Item = Pair>) -> Context {
        let past = self.view.pairings().filter_map(|(_, facts)| {
            let (ended, _) = facts.ended?;
            let pair = facts.pair;
            Some(PastPair { pair, ended })
        });
        Context::new(today)
            .with_load(self.gate.load)
            .with_enrolled(self.enrolled().map(|(person, _)| person))
            .with_trained(self.gate.cohorts.finished(today))
            .with_open(open)
            .with_past(past)
            .with_exempt(self.gate.exempted.keys().copied())
    }

    /// Facts of everything so far, for health.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.view
    }
}
