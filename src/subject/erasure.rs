//! The list of those who are forgotten, and forgetting them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::history::History;
use crate::ids::{PairingId, ParticipantId};
use crate::notebook::Notebook;
use crate::pair::Role;
use crate::policy::MentorChoices;
use crate::pulse::PulseBook;
use crate::roster::{Line, LineFaults, Person, PersonRef, ReportingLines, Roster, RosterFaults};
use crate::text::Key;

/// The people whom a host has erased: ids and days, only ever added to.
///
/// Store it apart from the backups that it is for, and apply it to whatever comes out of one: what it names is forgotten
/// again. Applying it twice, or an earlier state of it before or after a later one, comes to the same.
///
/// What an id stood for is not in it, so it recognises somebody only where their id stands: in a roster, a notebook, a book of pulses, choices.
/// A host's own files that name people by key (plans, pins, rankings, logs of another system) are the host's to erase;
/// [`keys`](Self::keys) says which keys, as long as the roster has not forgotten them.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::subject::Erasure;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let bo = company.roster().by_key("bo").unwrap();
/// let mut erasure = Erasure::new();
/// erasure.add(bo.id(), NaiveDate::from_ymd_opt(2026, 6, 1).unwrap());
///
/// let roster = erasure.roster(company.roster())?;
/// assert!(roster.by_key("bo").is_none() && roster.lines().find("bo").is_none());
/// assert_eq!(roster.lines().len(), company.roster().lines().len()); // somebody without a name is in their place
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (once): nobody is on it twice. Kept by `add`; loading checks it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Vec<Row>", into = "Vec<Row>")]
pub struct Erasure {
    /// In the order of erasing.
    rows: Vec<Row>,
    /// Each with their number, from 1.
    numbers: BTreeMap<ParticipantId, u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Row {
    participant: ParticipantId,
    on: NaiveDate,
}

/// People who are on the list twice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the list of the erased names {} more than once", list(.0))]
pub struct ErasureListError(
    /// Who, one for each row that is too many, in the order of the list.
    pub Vec<ParticipantId>,
);

fn list(ids: &[ParticipantId]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(", ")
}

/// Why a roster could not be put together again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
#[non_exhaustive]
pub enum ErasureError {
    /// The lines are at fault.
    Lines(#[from] LineFaults),
    /// The people are at fault.
    Roster(#[from] RosterFaults),
}

/// What an erasure leaves standing in a notebook, for people to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
#[must_use]
pub struct Standing {
    /// Concerns, told by others or without a name, about pairings of somebody who is erased: nobody erases a report about
    /// themselves by asking to be forgotten. Their contact [settles](Notebook::settle) them.
    pub concerns: usize,
}

impl Erasure {
    /// Nobody yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds somebody; whether they are new on the list. Of whom is on it, the first day stands.
    pub fn add(&mut self, participant: ParticipantId, on: NaiveDate) -> bool {
        let number = self.rows.len() as u64 + 1;
        if self.contains(participant) {
            return false;
        }
        self.numbers.insert(participant, number);
        self.rows.push(Row { participant, on });
        true
    }

    /// Whether somebody is erased.
    #[must_use]
    pub fn contains(&self, participant: ParticipantId) -> bool {
        self.numbers.contains_key(&participant)
    }

    /// Everybody with the day, in the order of erasing.
    pub fn people(&self) -> impl ExactSizeIterator<Item = (ParticipantId, NaiveDate)> {
        self.rows.iter().map(|row| (row.participant, row.on))
    }

    /// The keys that a roster still knows of people who are erased: for a host to strike them from its own files, before it
    /// applies the list to the roster.
    #[must_use]
    pub fn keys(&self, roster: &Roster) -> BTreeSet<Key> {
        let gone = roster.participants().iter();
        let gone = gone.filter(|p| self.contains(p.id()));
        gone.map(|p| p.key().clone()).collect()
    }

    /// The roster without those who are erased: they take no part, and what they stated is gone.
    ///
    /// In the reporting lines somebody without a name stands in their place, so that the links of all others are what they were,
    /// and so are the answers of the rules that ask for managers. The place has the name `erased-` with the number on this
    /// list, and as many `'` as it takes to be nobody else's key. That says nothing about the person; who knows the
    /// company may know the place, until the host's next file of lines no longer has it.
    ///
    /// Give it to [`Program::reorganise`](crate::program::Program::reorganise) or
    /// [`reopen`](crate::program::Program::reopen): open pairings of those who are gone end there, because they take part
    /// no more.
    ///
    /// # Errors
    ///
    /// None in fact: what was a roster is one without somebody.
    pub fn roster(&self, roster: &Roster) -> Result<Roster, ErasureError> {
        let lines = roster.lines();
        let renamed: BTreeMap<PersonRef, String> = roster
            .seats()
            .filter_map(|(p, at)| Some((at, self.pseudonym(p.id(), lines)?)))
            .collect();
        if renamed.is_empty() {
            return Ok(roster.clone());
        }
        let name = |person: PersonRef| match renamed.get(&person) {
            Some(pseudonym) => pseudonym.clone(),
            None => lines.key(person).map_or("", Key::as_str).to_owned(),
        };
        let lines = lines.people().map(|(person, _)| {
            let line = match lines.manager(person) {
                Some(manager) => Line::new(name(person), name(manager)),
                None => Line::root(name(person)),
            };
            let dotted = lines.dotted_managers(person);
            dotted.fold(line, |line, manager| line.dotted(name(manager)))
        });
        let lines = ReportingLines::new(lines)?;
        let stay = roster.participants().iter();
        let stay = stay.filter(|p| !self.contains(p.id())).cloned();
        let colleagues = roster.colleagues().cloned().map(Person::from);
        Ok(Roster::new(
            stay.map(Person::from).chain(colleagues),
            lines,
        )?)
    }

    /// A name for a place in the lines that says nothing about who had it.
    fn pseudonym(&self, participant: ParticipantId, lines: &ReportingLines) -> Option<String> {
        let number = self.numbers.get(&participant)?;
        let mut name = format!("erased-{number}");
        while lines.find(&name).is_some() {
            name.push('\'');
        }
        Some(name)
    }

    /// Takes everything out of a notebook that is about those who are erased: what they wrote, told and stated, and, of their
    /// pairings, every page that both could read, all feedback and the ballot, whoever wrote it. Such a page is about both,
    /// and nobody else can read it to decide. What a partner wrote for themselves alone stays theirs.
    ///
    /// The history says who is in which pairing.
    pub fn notebook(&self, notebook: &mut Notebook, history: &History) -> Standing {
        for (person, _) in self.people() {
            notebook.forget(person);
        }
        let mut concerns = 0;
        for (pairing, role) in self.seats(history) {
            notebook.forget_in(pairing, role);
        }
        let pairings: BTreeSet<PairingId> = self.seats(history).map(|(id, _)| id).collect();
        for pairing in pairings {
            concerns += notebook.concerns_about(pairing);
        }
        Standing { concerns }
    }

    /// Takes everything out of a book of pulses that those who are erased have answered. The [sums](PulseBook::tally) stay as
    /// they are, and go on from there: they say of nobody what they answered, and a sum that lost one person would say it.
    pub fn pulses(&self, book: &mut PulseBook) {
        for (person, _) in self.people() {
            book.forget(person);
        }
    }

    /// The pairings of those who are erased, with their role.
    fn seats(&self, history: &History) -> impl Iterator<Item = (PairingId, Role)> {
        let all = history.pairings();
        let all = all.flat_map(|(id, facts)| {
            [Role::Mentor, Role::Mentee].map(|role| (id, role, facts.pair.person(role)))
        });
        all.filter(|(_, _, person)| self.contains(*person))
            .map(|(id, role, _)| (id, role))
    }

    /// The choices without those of people who are erased, and without what others chose about them.
    #[must_use]
    pub fn choices(&self, choices: &MentorChoices) -> MentorChoices {
        choices.without(|person| self.contains(person))
    }
}

impl TryFrom<Vec<Row>> for Erasure {
    type Error = ErasureListError;

    fn try_from(rows: Vec<Row>) -> Result<Self, ErasureListError> {
        let mut erasure = Self::new();
        let again = rows
            .into_iter()
            .filter(|row| !erasure.add(row.participant, row.on));
        let again: Vec<_> = again.map(|row| row.participant).collect();
        if again.is_empty() {
            Ok(erasure)
        } else {
            Err(ErasureListError(again))
        }
    }
}

impl From<Erasure> for Vec<Row> {
    fn from(erasure: Erasure) -> Self {
        erasure.rows
    }
}
