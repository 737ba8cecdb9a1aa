//! Opening a programme, and bringing one back from its journal.

use std::collections::{BTreeMap, BTreeSet};

use super::Program;
use super::last::Last;
use super::refusal::{Problem, Refused};
use super::state::{Gate, Held};
use crate::history::{History, ReadModel};
use crate::ids::{PairingId, ParticipantId, ProgramId};
use crate::journal::{Entry, Event, Places, Stamp, Stored, WIRE_VERSION};
use crate::pair::{Pair, Role};
use crate::pairing::Pairing;
use crate::roster::{Levels, Load, Roster};
use crate::summary::list;

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
    /// The mentee stands another number of levels above the mentor than the journal has it, where an exemption asks for it.
    #[error("pairings {} are another number of levels apart in the very roster that the journal names", list(.0))]
    Levels(Vec<PairingId>),
    /// The mentor is not the less experienced in the roster that the journal names, in which the pairing was proposed.
    #[error("pairings {} go the wrong way in the very roster that the journal names", list(.0))]
    WrongWay(Vec<PairingId>),
    /// The roster that the journal names gives these people other places, or does not know them, or knows others.
    #[error("participants {} have other places than in the very roster that the journal names", list(.0))]
    Places(Vec<ParticipantId>),
}

/// A programme read back from its journal.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reopened<V = History> {
    /// The programme.
    pub program: Program<V>,
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
        Self::open_with(History::new(), id, roster, load, stamp)
    }

    /// Brings a programme back from its journal alone. Every entry passes the gate that it passed when it was written.
    ///
    /// # Errors
    ///
    /// [`ReplayError`] with the first entry that cannot have happened and everything that is wrong with it.
    pub fn replay<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Result<Self, ReplayError> {
        Self::replay_with(History::new(), entries)
    }

    /// Brings a programme back from a journal in which a newer release may have written: up to there, and then
    /// [read-only](Self::read_only).
    ///
    /// # Errors
    ///
    /// As [`replay`](Self::replay), of the entries before the first that is newer.
    pub fn replay_stored<'e>(
        stored: impl IntoIterator<Item = &'e Stored>,
    ) -> Result<Self, ReplayError> {
        Self::replay_stored_with(History::new(), stored)
    }

    /// Brings a programme back from its journal and compares it with the roster of today: with another roster than the
    /// journal's latest this is a [`reorganise`](Self::reorganise), with the same one no open pairing can be hierarchical.
    ///
    /// # Errors
    ///
    /// [`ReplayError`], as for [`replay`](Self::replay); [`ReplayProblem::Hierarchical`] for a journal that claims a
    /// pairing along a line of management in its own roster, [`ReplayProblem::Places`] for one that gives people
    /// other places than its own roster, [`ReplayProblem::WrongWay`] for a senior who mentors a junior.
    pub fn reopen<'e>(
        entries: impl IntoIterator<Item = &'e Entry>,
        roster: &Roster,
        stamp: Stamp,
    ) -> Result<Reopened, ReplayError> {
        Self::replay(entries)?.compare(roster, stamp)
    }
}

impl<V: ReadModel> Program<V> {
    /// The same as [`open`](Program::open) with another view than the history, or with none: `()`.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn open_with(
        view: V,
        id: ProgramId,
        roster: &Roster,
        load: Load,
        stamp: Stamp,
    ) -> Result<(Self, Entry), Refused> {
        let event = Event::Opened {
            program: id,
            roster: roster.fingerprint(),
            load,
            people: places_of(roster, load).collect(),
        };
        let entry = Entry::new(0, stamp, event);
        Self::born(view, &entry).map(|program| (program, entry))
    }

    /// A programme of its opening entry alone.
    fn born(view: V, entry: &Entry) -> Result<Self, Refused> {
        let Event::Opened {
            program,
            roster,
            load,
            ..
        } = &entry.event
        else {
            return Err(Refused(vec![Problem::Opening]));
        };
        let gate = Gate::new(*program, *roster, *load);
        let problems = gate.check_header(entry);
        if !problems.is_empty() {
            return Err(Refused(problems));
        }
        let mut born = Self { gate, view };
        born.evolve(entry);
        born.gate.last = Last::of(entry);
        Ok(born)
    }

    /// The same as [`replay`](Program::replay) with another view than the history, or with none: `()`.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn replay_with<'e>(
        view: V,
        entries: impl IntoIterator<Item = &'e Entry>,
    ) -> Result<Self, ReplayError> {
        let refused = |at, refused| ReplayError {
            at,
            problem: ReplayProblem::Refused(refused),
        };
        let mut entries = entries.into_iter().enumerate();
        let opening = entries.next().map(|(_, entry)| entry);
        let nothing = Refused(vec![Problem::Opening]);
        let opening = opening.ok_or_else(|| refused(0, nothing))?;
        let mut program = Self::born(view, opening).map_err(|r| refused(0, r))?;
        let mut last = None;
        for (at, entry) in entries {
            program.check(entry).map_err(|r| refused(at, r))?;
            program.evolve(entry);
            last = Some(entry);
        }
        if let Some(last) = last {
            program.gate.last = Last::of(last);
        }
        Ok(program)
    }

    /// The same as [`replay_stored`](Program::replay_stored) with another view than the history, or with none: `()`.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn replay_stored_with<'e>(
        view: V,
        stored: impl IntoIterator<Item = &'e Stored>,
    ) -> Result<Self, ReplayError> {
        let mut newer = None;
        let read = stored.into_iter().map_while(|stored| match stored {
            Stored::Entry(entry) => Some(entry),
            Stored::Newer(version) => {
                newer = Some(*version);
                None
            }
        });
        let mut program = Self::replay_with(view, read)?;
        program.gate.newer = newer;
        Ok(program)
    }

    /// Takes in entries that its journal already has: what others have written since, or what follows a
    /// [record](super::ProgramRecord). Every entry passes the gate. Where a newer release has written, the programme is
    /// [read-only](Self::read_only) from there, and what follows is not looked at.
    ///
    /// # Errors
    ///
    /// [`ReplayError`] with the first entry that cannot follow; those before it are taken in.
    pub fn follow<'e>(
        &mut self,
        stored: impl IntoIterator<Item = &'e Stored>,
    ) -> Result<(), ReplayError> {
        // What was newer when a record was made may be read by this release.
        self.gate.newer = self.gate.newer.filter(|version| *version > WIRE_VERSION);
        for stored in stored {
            if self.gate.newer.is_some() {
                break;
            }
            match stored {
                Stored::Newer(version) => self.gate.newer = Some(*version),
                Stored::Entry(entry) => {
                    let at = usize::try_from(self.gate.next).unwrap_or(usize::MAX);
                    let refused = |refused| ReplayError {
                        at,
                        problem: ReplayProblem::Refused(refused),
                    };
                    self.check(entry).map_err(refused)?;
                    self.evolve(entry);
                    self.gate.last = Last::of(entry);
                }
            }
        }
        Ok(())
    }

    /// Compares the programme with the roster of today, as [`reopen`](Program::reopen) does.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn compare(self, roster: &Roster, stamp: Stamp) -> Result<Reopened<V>, ReplayError> {
        let mut program = self;
        let at = usize::try_from(program.gate.next).unwrap_or(usize::MAX);
        if program.gate.roster == roster.fingerprint() {
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
        let known: BTreeMap<_, _> = places_of(roster, self.gate.load)
            .map(|e| (e.participant, e))
            .collect();
        let all: BTreeSet<_> = known.keys().chain(self.gate.people.keys()).collect();
        let differ = |id: &&ParticipantId| known.get(id) != self.gate.people.get(id);
        let differ: Vec<_> = all.into_iter().filter(differ).copied().collect();
        if !differ.is_empty() {
            return Some(ReplayProblem::Places(differ));
        }
        let (mut linked, mut farther) = (Vec::new(), Vec::new());
        for Held {
            pairing, record, ..
        } in self.gate.open.values()
        {
            let Some(link) = link(roster, pairing.pair()) else {
                continue;
            };
            // A suspended pairing may be linked, unless it is on record that the link is gone.
            let exempted = self.gate.exempted.contains_key(&pairing.pair().mentee);
            if pairing.link_gone() && !link.is_free(exempted) {
                linked.push(pairing.id());
            } else if link.levels() != record.facts.levels_now() {
                farther.push(pairing.id());
            }
        }
        let adopted = self.gate.open_adopted();
        let adopted = adopted.filter(|(_, adopted)| {
            let link = link(roster, adopted.pair());
            adopted.link_gone && link.is_some_and(|link| link != Link::None)
        });
        linked.extend(adopted.map(|(id, _)| id));
        if !linked.is_empty() {
            return Some(ReplayProblem::Hierarchical(linked));
        }
        if !farther.is_empty() {
            return Some(ReplayProblem::Levels(farther));
        }
        // Promotions since the proposal are fine, so only pairings of this very roster are asked about.
        let fresh = self
            .gate
            .pairings()
            .filter(|p| p.roster() == self.gate.roster);
        let wrong = fresh.filter(|p| !junior_teaches(roster, p.pair()));
        let wrong: Vec<_> = wrong.map(Pairing::id).collect();
        (!wrong.is_empty()).then_some(ReplayProblem::WrongWay(wrong))
    }
}

pub(super) fn places_of(roster: &Roster, load: Load) -> impl Iterator<Item = Places> + '_ {
    roster.participants().iter().map(move |p| Places {
        participant: p.id(),
        as_mentor: p.profile().places(Role::Mentor, load),
        as_mentee: p.profile().places(Role::Mentee, load),
    })
}

/// Whether the mentor is the less experienced.
fn junior_teaches(roster: &Roster, pair: Pair) -> bool {
    let experience = |id| roster.participant(id).map(|p| p.profile().experience());
    let order = experience(pair.mentor).zip(experience(pair.mentee));
    order.and_then(|(junior, senior)| junior.order(senior)) == Some(std::cmp::Ordering::Less)
}

/// How two people stand to each other on the lines of management.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// Neither is above the other.
    None,
    /// The mentee is, by so many levels that they may be exempted.
    Far(Levels),
    /// One is, in a way from which nobody is exempted.
    Near,
}

impl Link {
    pub(super) const fn levels(self) -> Option<Levels> {
        match self {
            Self::Far(levels) => Some(levels),
            Self::None | Self::Near => None,
        }
    }

    /// Whether it holds nothing up, given whether the mentee is exempted.
    pub(super) const fn is_free(self, exempted: bool) -> bool {
        match self {
            Self::None => true,
            Self::Far(_) => exempted,
            Self::Near => false,
        }
    }
}

/// How the two stand to each other; `None` where one of them takes part no more.
pub(super) fn link(roster: &Roster, pair: Pair) -> Option<Link> {
    let (mentor, mentee) = (roster.person(pair.mentor)?, roster.person(pair.mentee)?);
    let lines = roster.lines();
    Some(match lines.far_above(mentee, mentor) {
        Some(levels) => Link::Far(levels),
        None if lines.linked(mentor, mentee) => Link::Near,
        None => Link::None,
    })
}
