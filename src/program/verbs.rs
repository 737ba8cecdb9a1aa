//! What a host can do with a programme.

use std::collections::{BTreeMap, BTreeSet};

use super::Program;
use super::refusal::{Problem, Refused};
use crate::cadence::Cadence;
use crate::eligibility::EligiblePair;
use crate::history::History;
use crate::ids::{CoordinatorId, IdSource, PairingId, ParticipantId, ProgramId, SessionId};
use crate::journal::{Enrolment, Entry, Event, ProposedPairing, Stamp};
use crate::matching::ApprovedPlan;
use crate::pair::Role;
use crate::pairing::{Agreement, Stage, Step, TwoWayGoals};
use crate::roster::{Level, Load, Roster, Skill};
use crate::session::Session;

/// A journal that cannot be what happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {at}: {problem}")]
#[non_exhaustive]
pub struct ReplayError {
    /// The place of the entry, from 0.
    pub at: usize,
    /// What is wrong.
    pub problem: ReplayProblem,
}

/// What is wrong with a journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayProblem {
    /// The gate does not let an entry pass.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There is a line of management in the roster that the journal names.
    #[error("pairings {} are hierarchical in the very roster that the journal names", list(.0))]
    Hierarchical(Vec<PairingId>),
    /// The mentor is not the less experienced in the roster that the journal names, in which the pairing was proposed.
    #[error("pairings {} go the wrong way in the very roster that the journal names", list(.0))]
    WrongWay(Vec<PairingId>),
    /// The roster that the journal names gives these people other places, or does not know them, or knows others.
    #[error("participants {} are not enrolled as in the very roster that the journal names", list(.0))]
    Enrolment(Vec<ParticipantId>),
}

fn list<I: ToString>(ids: &[I]) -> String {
    let ids: Vec<String> = ids.iter().map(I::to_string).collect();
    ids.join(", ")
}

/// A programme read back from its journal.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reopened {
    /// The programme.
    pub program: Program,
    /// What is new in the journal because the roster is: store it.
    pub entry: Option<Entry>,
}

impl Program {
    /// Opens a programme with a roster and writes its first entry. `load` is the hours a month that a pairing takes.
    ///
    /// # Errors
    ///
    /// [`Refused`] where the day is in the future of the instant.
    pub fn open(
        id: ProgramId,
        roster: &Roster,
        load: Load,
        stamp: Stamp,
    ) -> Result<(Self, Entry), Refused> {
        let event = Event::Opened {
            program: id,
            roster: roster.fingerprint(),
            load,
            people: enrolments(roster, load).collect(),
        };
        let entry = Entry::new(0, stamp, event);
        Self::born(&entry).map(|program| (program, entry))
    }

    /// A programme of its opening entry alone.
    fn born(entry: &Entry) -> Result<Self, Refused> {
        let Event::Opened {
            program,
            roster,
            load,
            ..
        } = &entry.event
        else {
            return Err(Refused(vec![Problem::Opening]));
        };
        let mut born = Self {
            id: *program,
            roster: *roster,
            load: *load,
            people: BTreeMap::new(),
            taken: BTreeMap::new(),
            open: BTreeMap::new(),
            closed: BTreeMap::new(),
            history: History::new(),
            sessions: BTreeSet::new(),
            opened_on: None,
            next: 0,
            recorded_at: None,
        };
        let problems = born.check_header(entry);
        if !problems.is_empty() {
            return Err(Refused(problems));
        }
        born.evolve(entry);
        Ok(born)
    }

    /// Proposes every pair of an approved plan, or none. Goals are drafted from the wishes that matched, the agreement
    /// is the standard one at `cadence`.
    ///
    /// # Errors
    ///
    /// [`Refused`] with every problem of every pair: a proof from another roster, no place left, already paired.
    pub fn propose_all(
        &mut self,
        approved: &ApprovedPlan,
        cadence: Cadence,
        stamp: Stamp,
        ids: &mut impl IdSource,
    ) -> Result<Entry, Refused> {
        let plan = approved.plan();
        let agreement = Agreement::standard(cadence);
        let pairings = plan.proposals.iter().map(|proposal| ProposedPairing {
            id: PairingId::from_source(ids),
            pair: proposal.proof.pair(),
            goals: TwoWayGoals::draft(&proposal.proof),
            agreement: agreement.clone(),
        });
        let pairings = pairings.collect();
        let mut proofs = plan.proposals.iter().map(|p| &p.proof);
        let Some(first) = proofs.next() else {
            return Err(Refused(vec![Problem::EmptyProposal]));
        };
        let mixed = proofs.any(|proof| proof.evidence() != first.evidence());
        let event = Event::Proposed {
            approved_by: approved.approved_by(),
            matcher: Some(plan.matcher.clone()),
            evidence: first.evidence().clone(),
            pairings,
        };
        if mixed {
            // The entry has room for one evidence; a plan put together by hand from several questions has more.
            let entry = Entry::new(self.next, stamp, event);
            let refused = self.check(&entry).err();
            let mut problems = refused.map(|refused| refused.0).unwrap_or_default();
            if !problems.contains(&Problem::StaleProof) {
                problems.push(Problem::StaleProof);
            }
            return Err(Refused(problems));
        }
        self.write(stamp, event)
    }

    /// Proposes one pair that a coordinator chose, with goals written by hand.
    ///
    /// # Errors
    ///
    /// [`Refused`], as for [`propose_all`](Self::propose_all).
    pub fn propose(
        &mut self,
        id: PairingId,
        proof: &EligiblePair,
        goals: TwoWayGoals,
        agreement: Agreement,
        approved_by: CoordinatorId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(
            stamp,
            Event::Proposed {
                approved_by,
                matcher: None,
                evidence: proof.evidence().clone(),
                pairings: vec![ProposedPairing {
                    id,
                    pair: proof.pair(),
                    goals,
                    agreement,
                }],
            },
        )
    }

    /// Moves a pairing by a step of the [stage table](crate::pairing::stage).
    ///
    /// # Errors
    ///
    /// [`Refused`]: an illegal step names the stage, the step and what would be possible.
    pub fn advance(
        &mut self,
        pairing: PairingId,
        step: Step,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(stamp, Event::Advanced { pairing, step })
    }

    /// Records a session, late if need be. Its note does not go on record.
    ///
    /// # Errors
    ///
    /// [`Refused`] where the pairing did not run on that day or the session is on record already.
    pub fn record(&mut self, session: &Session, stamp: Stamp) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionRecorded(session.facts().clone()))
    }

    /// Corrects a session on record.
    ///
    /// # Errors
    ///
    /// [`Refused`] where no such session of that pairing is on record, or the pairing did not run on that day.
    pub fn correct(&mut self, session: &Session, stamp: Stamp) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionCorrected(session.facts().clone()))
    }

    /// Takes a session back that never was.
    ///
    /// # Errors
    ///
    /// [`Refused`] where no such session of that pairing is on record.
    pub fn void(
        &mut self,
        pairing: PairingId,
        session: SessionId,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        self.write(stamp, Event::SessionVoided { pairing, session })
    }

    /// Notes the level that a learner has reached in one of their goals.
    ///
    /// # Errors
    ///
    /// [`Refused`] where there is no such goal or the pairing did not run on that day.
    pub fn progress(
        &mut self,
        pairing: PairingId,
        learner: Role,
        skill: Skill,
        level: Level,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let event = Event::Progressed {
            pairing,
            learner,
            skill,
            level,
        };
        self.write(stamp, event)
    }

    /// Takes over a new roster: in one entry, suspends the pairings that became hierarchical, notes which suspended
    /// ones could go on, and ends those of whom one takes part no more.
    ///
    /// # Errors
    ///
    /// [`Refused`] where the reorganisation is dated in the future of its recording or before the opening. A pairing that
    /// has a later step or session on record is held up, or ends, from that day on.
    pub fn reorganise(&mut self, roster: &Roster, stamp: Stamp) -> Result<Entry, Refused> {
        let people: Vec<Enrolment> = enrolments(roster, self.load).collect();
        let left = self.people.keys().copied();
        let left = left
            .filter(|id| roster.participant(*id).is_none())
            .collect();
        let (mut suspended, mut cleared, mut ended) = (vec![], vec![], vec![]);
        for pairing in self.open.values() {
            let held_up = matches!(pairing.stage(), Stage::Suspended { .. });
            match linked(roster, pairing.pair()) {
                None => ended.push(pairing.id()),
                Some(true) if !held_up => suspended.push(pairing.id()),
                Some(false) if held_up => cleared.push(pairing.id()),
                _ => {}
            }
        }
        let news = |e: &Enrolment| self.people.get(&e.participant) != Some(e);
        let event = Event::Reorganised {
            roster: roster.fingerprint(),
            people: people.into_iter().filter(news).collect(),
            left,
            suspended,
            cleared,
            ended,
        };
        self.write(stamp, event)
    }

    /// Brings a programme back from its journal alone. Every entry passes the gate that it passed when it was written.
    ///
    /// # Errors
    ///
    /// [`ReplayError`] with the first entry that cannot have happened and everything that is wrong with it.
    pub fn replay<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Result<Self, ReplayError> {
        let refused = |at, refused| ReplayError {
            at,
            problem: ReplayProblem::Refused(refused),
        };
        let mut entries = entries.into_iter().enumerate();
        let opening = entries.next().map(|(_, entry)| entry);
        let nothing = Refused(vec![Problem::Opening]);
        let opening = opening.ok_or_else(|| refused(0, nothing))?;
        let mut program = Self::born(opening).map_err(|r| refused(0, r))?;
        for (at, entry) in entries {
            program.check(entry).map_err(|r| refused(at, r))?;
            program.evolve(entry);
        }
        Ok(program)
    }

    /// Brings a programme back from its journal and compares it with the roster of today: with another roster than the
    /// journal's latest this is a [`reorganise`](Self::reorganise), with the same one no open pairing can be hierarchical.
    ///
    /// # Errors
    ///
    /// [`ReplayError`], as for [`replay`](Self::replay); [`ReplayProblem::Hierarchical`] for a journal that claims a
    /// pairing along a line of management in its own roster, [`ReplayProblem::Enrolment`] for one that gives people
    /// other places than its own roster, [`ReplayProblem::WrongWay`] for a senior who mentors a junior.
    pub fn reopen<'e>(
        entries: impl IntoIterator<Item = &'e Entry>,
        roster: &Roster,
        stamp: Stamp,
    ) -> Result<Reopened, ReplayError> {
        let mut program = Self::replay(entries)?;
        let at = usize::try_from(program.next).unwrap_or(usize::MAX);
        if program.roster == roster.fingerprint() {
            if let Some(problem) = program.contradicts(roster) {
                return Err(ReplayError { at, problem });
            }
            let entry = None;
            return Ok(Reopened { program, entry });
        }
        let entry = program.reorganise(roster, stamp);
        let entry = entry.map_err(|refused| ReplayError {
            at,
            problem: ReplayProblem::Refused(refused),
        })?;
        Ok(Reopened {
            program,
            entry: Some(entry),
        })
    }

    /// What the journal claims against the roster that it names.
    fn contradicts(&self, roster: &Roster) -> Option<ReplayProblem> {
        let known: BTreeMap<_, _> = enrolments(roster, self.load)
            .map(|e| (e.participant, e))
            .collect();
        let all: BTreeSet<_> = known.keys().chain(self.people.keys()).collect();
        let differ = |id: &&ParticipantId| known.get(id) != self.people.get(id);
        let differ: Vec<_> = all.into_iter().filter(differ).copied().collect();
        if !differ.is_empty() {
            return Some(ReplayProblem::Enrolment(differ));
        }
        // A suspended pairing may be linked, unless it is on record that the link is gone.
        let free = self.open.values().filter(|p| p.link_gone());
        let linked = free.filter(|p| linked(roster, p.pair()) == Some(true));
        let linked: Vec<_> = linked.map(crate::pairing::Pairing::id).collect();
        if !linked.is_empty() {
            return Some(ReplayProblem::Hierarchical(linked));
        }
        // Promotions since the proposal are fine, so only pairings of this very roster are asked about.
        let fresh = self.open.values().filter(|p| p.roster() == self.roster);
        let wrong = fresh.filter(|p| !junior_teaches(roster, p.pair()));
        let wrong: Vec<_> = wrong.map(crate::pairing::Pairing::id).collect();
        (!wrong.is_empty()).then_some(ReplayProblem::WrongWay(wrong))
    }

    fn write(&mut self, stamp: Stamp, event: Event) -> Result<Entry, Refused> {
        self.admit(Entry::new(self.next, stamp, event))
    }
}

fn enrolments(roster: &Roster, load: Load) -> impl Iterator<Item = Enrolment> {
    roster.participants().iter().map(move |p| Enrolment {
        participant: p.id(),
        as_mentor: p.profile().places(Role::Mentor, load),
        as_mentee: p.profile().places(Role::Mentee, load),
    })
}

/// Whether the mentor is the less experienced.
fn junior_teaches(roster: &Roster, pair: crate::pair::Pair) -> bool {
    let experience = |id| roster.participant(id).map(|p| p.profile().experience());
    let order = experience(pair.mentor).zip(experience(pair.mentee));
    order.and_then(|(junior, senior)| junior.order(senior)) == Some(std::cmp::Ordering::Less)
}

/// Whether one of the two is above the other; `None` where one of them takes part no more.
fn linked(roster: &Roster, pair: crate::pair::Pair) -> Option<bool> {
    let (mentor, mentee) = (roster.person(pair.mentor)?, roster.person(pair.mentee)?);
    Some(roster.lines().linked(mentor, mentee))
}
