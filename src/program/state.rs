//! What the gate knows: what the next entry has to be held against, and no more.
//!
//! Its size is that of the participants, the open pairings and those whose record is not closed, however long the journal is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::adopted::Adopted;
use super::by_id::ById;
use super::cohorts::Cohorts;
use super::exemption::Exemption;
use super::last::Last;
use super::refusal::Problem;
use crate::few::Few;
use crate::folded::{FoldedMap, FoldedSet};
use crate::history::{GoalBook, PairingFacts};
use crate::ids::{PairingId, ParticipantId, ProgramId, SessionId};
use crate::journal::{Places, Stamp};
use crate::pair::{Pair, Role};
use crate::pairing::{Agreement, Occasion, Pairing, Stage};
use crate::roster::{Load, RosterFingerprint};

/// For so many days after its end a pairing's sessions and goals can be recorded late and corrected: a quarter, so that
/// a report by the month finds everything.
pub const RECORD_OPEN_DAYS: u64 = 92;

// INVARIANT (gate): the fields change in `evolve` alone, after `check` let the entry pass; `restore` fills them once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gate {
    pub(super) id: ProgramId,
    pub(super) roster: RosterFingerprint,
    pub(super) load: Load,
    /// The mentees who are exempted from links of three levels or more; all of them are in the roster.
    pub(super) exempted: BTreeMap<ParticipantId, Exemption>,
    /// These two change seldom, and a clone shares them until they do.
    pub(super) people: Arc<BTreeMap<ParticipantId, Places>>,
    pub(super) cohorts: Arc<Cohorts>,
    /// Open pairings of somebody in a role; nobody with none.
    pub(super) taken: FoldedMap<(ParticipantId, Role), u32>,
    pub(super) open: ById<PairingId, Held>,
    /// Those that were made elsewhere and are not regularised, until their record is closed.
    pub(super) adopted: BTreeMap<PairingId, Adopted>,
    /// The open and the adopted ones by who they are.
    pub(super) paired: BTreeMap<Pair, PairingId>,
    /// Those that are over and whose record is not closed.
    pub(super) over: ById<PairingId, Held>,
    /// Both, by each of the two.
    pub(super) pairings_of: FoldedMap<ParticipantId, Few<PairingId>>,
    /// The same by their last day.
    pub(super) closing: BTreeSet<(NaiveDate, PairingId)>,
    /// What somebody agreed to have told, and who: as large as that, however long ago.
    pub(super) celebrated: BTreeMap<(PairingId, Occasion), Words>,
    /// The session ids that these records have used, so that none stands for two.
    pub(super) sessions: FoldedSet<SessionId>,
    pub(super) opened_on: Option<NaiveDate>,
    pub(super) next: u64,
    pub(super) recorded_at: Option<DateTime<Utc>>,
    pub(super) last: Last,
    /// The version in which the journal goes on, where this release does not read it.
    pub(super) newer: Option<u16>,
}

/// A pairing, and what is on record of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) pairing: Pairing,
    pub(super) record: Record,
    /// A version of the agreement that waits for an answer.
    pub(super) offer: Option<Box<Offer>>,
}

/// A version of the agreement that one of the two has put on the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) by: Role,
    pub(super) agreement: Agreement,
}

/// Who of a pair agrees that something is told; somebody does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) pair: Pair,
    pub(super) by: BTreeSet<Role>,
}

/// What is on record of a pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) facts: PairingFacts,
    /// The ids of its sessions that were voided.
    pub(super) voided: BTreeSet<SessionId>,
    /// Whether one of the two has another pairing on record.
    pub(super) shares: bool,
}

impl Record {
    /// Of a pairing that is new here.
    pub(super) const fn of(facts: PairingFacts) -> Self {
        Self {
            facts,
            voided: BTreeSet::new(),
            shares: false,
        }
    }

    /// The session ids that it has used, those of voided sessions too.
    pub(super) fn used(&self) -> impl Iterator<Item = SessionId> {
        let held = self.facts.sessions.iter().filter_map(|session| session.id);
        let planned = self.facts.planned.iter().map(|plan| plan.id);
        held.chain(planned).chain(self.voided.iter().copied())
    }
}

impl Gate {
    pub(super) fn new(id: ProgramId, roster: RosterFingerprint, load: Load) -> Self {
        Self {
            id,
            roster,
            load,
            people: Arc::default(),
            exempted: BTreeMap::new(),
            cohorts: Arc::default(),
            taken: FoldedMap::default(),
            open: ById::new(),
            adopted: BTreeMap::new(),
            paired: BTreeMap::new(),
            over: ById::new(),
            pairings_of: FoldedMap::default(),
            closing: BTreeSet::new(),
            celebrated: BTreeMap::new(),
            sessions: FoldedSet::default(),
            opened_on: None,
            next: 0,
            recorded_at: None,
            last: Last::default(),
            newer: None,
        }
    }

    /// The open pairings, by id.
    pub(super) fn pairings(&self) -> impl Iterator<Item = &Pairing> {
        self.open.values().map(|open| &open.pairing)
    }

    /// What is on record of a pairing; what stands against it where it is nothing, or closed when the entry is written.
    pub(super) fn record(&self, id: PairingId, stamp: &Stamp) -> Result<&PairingFacts, Problem> {
        Ok(&self.recordable(id, stamp)?.facts)
    }

    pub(super) fn recordable(&self, id: PairingId, stamp: &Stamp) -> Result<&Record, Problem> {
        let Some(record) = self.kept(id) else {
            return Err(Problem::UnknownPairing(id));
        };
        match record.facts.ended.filter(|(end, _)| closed(*end, stamp)) {
            Some((ended, _)) => Err(Problem::RecordClosed { pairing: id, ended }),
            None => Ok(record),
        }
    }

    /// The record of a pairing that is open, or whose record is not closed.
    fn kept(&self, id: PairingId) -> Option<&Record> {
        let held = self.open.get(&id).or_else(|| self.over.get(&id));
        let held = held.map(|held| &held.record);
        held.or_else(|| self.adopted.get(&id).map(|adopted| &adopted.record))
    }

    fn kept_mut(&mut self, id: PairingId) -> Option<&mut Record> {
        let held = self.open.get_mut(&id).or_else(|| self.over.get_mut(&id));
        let held = held.map(|held| &mut held.record);
        held.or_else(|| self.adopted.get_mut(&id).map(|adopted| &mut adopted.record))
    }

    /// What is on record of a pairing that is open, or whose record is not closed.
    pub(super) fn facts(&self, id: PairingId) -> Option<&PairingFacts> {
        Some(&self.kept(id)?.facts)
    }

    /// Notes that a pairing, which is on record, is of two people.
    pub(super) fn assign(&mut self, pair: Pair, id: PairingId) {
        let mut shared = false;
        for person in [pair.mentor, pair.mentee] {
            let pairings = self.pairings_of.entry(person).or_default();
            pairings.add(id);
            shared |= pairings.len() > 1;
        }
        if shared {
            self.note_shared(pair);
        }
    }

    /// Says of every pairing of these two whether somebody has another one beside it.
    fn note_shared(&mut self, pair: Pair) {
        let theirs = |person| self.pairings_of.get(&person).into_iter().flatten();
        let ids = theirs(pair.mentor).chain(theirs(pair.mentee));
        let shared = ids.map(|id| {
            let pair = self.facts(*id).map(|facts| facts.pair);
            let people = pair.map(|pair| [pair.mentor, pair.mentee]);
            let mut people = people.into_iter().flatten();
            (*id, people.any(|person| theirs(person).count() > 1))
        });
        let shared: Few<_> = shared.collect();
        for (id, shares) in shared {
            if let Some(record) = self.kept_mut(id) {
                record.shares = shares;
            }
        }
    }

    /// What is on record of the pairings of somebody, given one of them and their role in it: those that are open, and
    /// those whose record is not closed when the entry is written. By id.
    pub(super) fn pairings_with<'g>(
        &'g self,
        pairing: PairingId,
        role: Role,
        stamp: &'g Stamp,
    ) -> impl Iterator<Item = &'g PairingFacts> {
        let own = self.recordable(pairing, stamp).ok();
        let alone = own.filter(|own| !own.shares).map(|own| &own.facts);
        let shares = own.filter(|own| own.shares);
        let person = shares.map(|own| own.facts.pair.person(role));
        let ids = person.and_then(|person| self.pairings_of.get(&person));
        let ids = ids.into_iter().flatten();
        let shared = ids.filter_map(move |id| self.record(*id, stamp).ok());
        alone.into_iter().chain(shared)
    }

    pub(super) fn stage(&self, id: PairingId) -> Option<Stage> {
        let held = self.open.get(&id).or_else(|| self.over.get(&id))?;
        Some(held.pairing.stage())
    }

    pub(super) fn goals(&self, id: PairingId) -> Option<&GoalBook> {
        Some(&self.facts(id)?.goals)
    }

    /// Forgets what the gate needs no more.
    pub(super) fn forget(&mut self, stamp: &Stamp) {
        while let Some(&(ended, id)) = self.closing.first().filter(|(end, _)| closed(*end, stamp)) {
            self.closing.remove(&(ended, id));
            let over = self.over.remove(&id).map(|over| over.record);
            let adopted = || self.adopted.remove(&id).map(|adopted| adopted.record);
            if let Some(record) = over.or_else(adopted) {
                for session in record.used() {
                    self.sessions.remove(&session);
                }
                let pair = record.facts.pair;
                for person in [pair.mentor, pair.mentee] {
                    if let Some(pairings) = self.pairings_of.get_mut(&person) {
                        pairings.retain(|known| *known != id);
                        if pairings.is_empty() {
                            self.pairings_of.remove(&person);
                        }
                    }
                }
                if record.shares {
                    self.note_shared(pair);
                }
            }
        }
    }
}

/// Whether the record of a pairing that ended on a day is closed when an entry is written.
pub(super) fn closed(ended: NaiveDate, stamp: &Stamp) -> bool {
    let since = stamp.recorded_on().num_days_from_ce() - ended.num_days_from_ce();
    i64::from(since) > RECORD_OPEN_DAYS as i64
}
