//! The stored form of a notebook.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::page::{Kept, Kind};
use super::skills::{Named, Skills};
use super::{Ballot, Concern, Confidential, Exchange, Notebook};
use crate::ids::{ContactId, PairingId, ParticipantId, SessionId};
use crate::pair::Role;
use crate::roster::Skill;
use crate::text::Quoted;

/// The version of the stored form that this release writes. It reads every version up to this one.
pub const SEALED_VERSION: u16 = 1;

/// A notebook for the host's store, and nothing else: it is written and read by serde, has no field that can be looked at,
/// and an empty `Debug`.
///
/// **The host encrypts it.** The type keeps code from reading it in passing, not a reader of the disk: the bytes that serde
/// writes hold every word in clear. Encrypt them with a key that neither coordinators nor sponsors have, apart from the
/// store of the journal, and keep them no longer than the programme says.
///
/// ```
/// use reverse_mentoring::notebook::{Notebook, SealedRecord};
///
/// let notebook = Notebook::new();
/// let stored: Vec<u8> = serde_json::to_vec(&notebook.to_record())?; // encrypt this
/// let record: SealedRecord = serde_json::from_slice(&stored)?;
/// let notebook = Notebook::from_record(record)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// ```compile_fail,E0616
/// # use reverse_mentoring::notebook::Notebook;
/// let words = Notebook::new().to_record().pages;
/// ```
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SealedRecord {
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = SEALED_VERSION)))]
    version: u16,
    pages: Vec<PageRow>,
    feedback: Vec<FeedbackRow>,
    ballots: Vec<BallotRow>,
    skills: Vec<SkillRow>,
    concerns: Vec<ConcernRow>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct PageRow {
    pairing: PairingId,
    kind: Kind,
    author: Role,
    session: Option<SessionId>,
    on: NaiveDate,
    words: String,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct FeedbackRow {
    pairing: PairingId,
    session: Option<SessionId>,
    mentor: Option<String>,
    mentee: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct BallotRow {
    pairing: PairingId,
    mentor: Option<bool>,
    mentee: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct SkillRow {
    reference: Skill,
    name: Skill,
    stated_by: BTreeSet<ParticipantId>,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct ConcernRow {
    pairing: PairingId,
    to: ContactId,
    on: NaiveDate,
    reporter: Option<ParticipantId>,
    words: String,
}

impl fmt::Debug for SealedRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedRecord(..)")
    }
}

/// One thing that cannot be true of a notebook. It repeats no word of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotebookProblem {
    /// Written by a newer release, or by none.
    #[error(
        "version {0} of the notebook is not among those that this release reads, 1 to {SEALED_VERSION}"
    )]
    Version(u16),
    /// Feedback on the same in two rows.
    #[error("pairing {0} has two rows of feedback on the same")]
    FeedbackTwice(PairingId),
    /// A ballot in two rows.
    #[error("pairing {0} has two ballots")]
    BallotTwice(PairingId),
    /// A reference in two rows.
    #[error("the reference {} stands for two skills", Quoted(.0.as_str()))]
    ReferenceTwice(Skill),
    /// One name in two rows.
    #[error("the references {} and {} stand for the same skill", Quoted(.0.as_str()), Quoted(.1.as_str()))]
    SkillTwice(Skill, Skill),
    /// A sensitive skill that is kept for nobody.
    #[error("nobody has stated the skill of the reference {}", Quoted(.0.as_str()))]
    StatedByNobody(Skill),
}

/// A record that cannot be a notebook, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct NotebookError(
    /// The problems, in the order of the record.
    pub Vec<NotebookProblem>,
);

impl Notebook {
    /// The notebook for the host's store.
    #[must_use]
    pub fn to_record(&self) -> SealedRecord {
        let pages = self.pages.iter().flat_map(|(pairing, pages)| {
            pages.iter().map(|page| PageRow {
                pairing: *pairing,
                kind: page.kind,
                author: page.author,
                session: page.session,
                on: page.on,
                words: page.words.stored().clone(),
            })
        });
        let feedback = self.feedback.iter().map(|((pairing, session), said)| {
            let [mentor, mentee] = [Role::Mentor, Role::Mentee].map(|role| said.by(role).cloned());
            FeedbackRow {
                pairing: *pairing,
                session: *session,
                mentor,
                mentee,
            }
        });
        let ballots = self.ballots.iter().map(|(pairing, ballot)| BallotRow {
            pairing: *pairing,
            mentor: ballot.votes().by(Role::Mentor).copied(),
            mentee: ballot.votes().by(Role::Mentee).copied(),
        });
        let skills = self.skills.0.iter().map(|(reference, named)| SkillRow {
            reference: reference.clone(),
            name: named.name.clone(),
            stated_by: named.stated_by.clone(),
        });
        let concerns = self.concerns.iter().map(|concern| {
            let (to, report) = concern.stored();
            ConcernRow {
                pairing: report.pairing,
                to,
                on: report.on,
                reporter: report.reporter,
                words: report.words.to_owned(),
            }
        });
        SealedRecord {
            version: SEALED_VERSION,
            pages: pages.collect(),
            feedback: feedback.collect(),
            ballots: ballots.collect(),
            skills: skills.collect(),
            concerns: concerns.collect(),
        }
    }

    /// The notebook of a record.
    ///
    /// # Errors
    ///
    /// [`NotebookError`] with every problem of the record.
    pub fn from_record(record: SealedRecord) -> Result<Self, NotebookError> {
        let mut problems = Vec::new();
        if record.version == 0 || record.version > SEALED_VERSION {
            problems.push(NotebookProblem::Version(record.version));
        }
        let mut book = Self::new();
        for row in record.pages {
            let pages = book.pages.entry(row.pairing).or_default();
            pages.push(Kept {
                kind: row.kind,
                author: row.author,
                session: row.session,
                on: row.on,
                words: Confidential::seal(row.pairing, row.words),
            });
        }
        for row in record.feedback {
            let said = Exchange::stored(row.pairing, row.mentor, row.mentee);
            let on = (row.pairing, row.session);
            if book.feedback.insert(on, said).is_some() {
                problems.push(NotebookProblem::FeedbackTwice(row.pairing));
            }
        }
        for row in record.ballots {
            let votes = Exchange::stored(row.pairing, row.mentor, row.mentee);
            let ballot = Ballot::stored(votes);
            if book.ballots.insert(row.pairing, ballot).is_some() {
                problems.push(NotebookProblem::BallotTwice(row.pairing));
            }
        }
        book.skills = skills(record.skills, &mut problems);
        let concerns = record.concerns.into_iter().map(|row| {
            let concern = Concern::about(row.pairing, row.to, row.on, row.words);
            match row.reporter {
                Some(reporter) => concern.signed(reporter),
                None => concern,
            }
        });
        book.concerns = concerns.collect();
        if problems.is_empty() {
            Ok(book)
        } else {
            Err(NotebookError(problems))
        }
    }
}

fn skills(rows: Vec<SkillRow>, problems: &mut Vec<NotebookProblem>) -> Skills {
    let mut skills = Skills::default();
    let mut names: BTreeMap<Skill, Skill> = BTreeMap::new();
    for row in rows {
        let (reference, name, stated_by) = (row.reference, row.name, row.stated_by);
        if stated_by.is_empty() {
            problems.push(NotebookProblem::StatedByNobody(reference.clone()));
        }
        if let Some(other) = names.insert(name.clone(), reference.clone()) {
            if other != reference {
                let twice = NotebookProblem::SkillTwice(other, reference.clone());
                problems.push(twice);
            }
        }
        let named = Named { name, stated_by };
        if skills.0.insert(reference.clone(), named).is_some() {
            problems.push(NotebookProblem::ReferenceTwice(reference));
        }
    }
    skills
}
