//! Why this is a pair of a plan, or why it is not: the answer.

use std::fmt;

use super::super::criterion::Part;
use super::consequence::Consequence;
use super::side;
use crate::pair::Role;
use crate::policy::Violation;
use crate::roster::Levels;
use crate::summary::count;
use crate::text::{Key, Quoted};

/// Where a pair stands with regard to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// It is in the plan.
    Chosen {
        /// Its score: the sum of the parts.
        score: u32,
        /// What each criterion gave.
        parts: Vec<Part>,
        /// What forbidding it would do; `None` where the plan is not proven to be the best.
        without: Option<Consequence>,
    },
    /// It is in the plan because a coordinator insisted.
    Pinned {
        /// Its score: the sum of the parts.
        score: u32,
        /// What each criterion gave.
        parts: Vec<Part>,
        /// What dropping the pin and forbidding the pair would do; `None` where the plan is not proven to be the best.
        without: Option<Consequence>,
    },
    /// They may be paired, and pins take all places of one of the two, or of both: no plan with these pins has the pair.
    Crowded {
        /// The score that it would have.
        score: u32,
        /// What each criterion would give.
        parts: Vec<Part>,
        /// On which sides pins take all places.
        full: Vec<Role>,
    },
    /// The two may not be paired.
    Ineligible {
        /// Everything that stands against it, core invariants first.
        reasons: Vec<Violation>,
    },
    /// They may be paired, but are not a pair of the plan.
    Beaten {
        /// The score that it would have.
        score: u32,
        /// What each criterion would give.
        parts: Vec<Part>,
        /// What insisting on it would do; `None` where the plan is not proven to be the best.
        with: Option<Consequence>,
    },
}

/// Why two people are a pair of a plan, or why not.
///
/// For coordinators: reasons may name the people of a line of management. Its `Display` is a few lines of sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The mentor's key.
    pub mentor: Key,
    /// The mentee's key.
    pub mentee: Key,
    /// Chosen, ineligible or beaten, and why.
    pub standing: Standing,
    /// By how many levels the mentee stands above the mentor, where the pair may be by an
    /// [exemption](crate::eligibility#the-one-exemption).
    pub exempted: Option<Levels>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.say_standing(f)?;
        match self.exempted {
            Some(levels) => write!(
                f,
                "\nThe mentee stands {levels} above the mentor, and is exempted from that."
            ),
            None => Ok(()),
        }
    }
}

impl Explanation {
    fn say_standing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mentor, mentee) = (Quoted(self.mentor.as_str()), Quoted(self.mentee.as_str()));
        let (score, parts, consequence) = match &self.standing {
            Standing::Ineligible { reasons } => {
                write!(f, "{mentor} and {mentee} may not be paired:")?;
                for reason in reasons {
                    write!(f, "\n- {}: {reason}", reason.code())?;
                }
                return Ok(());
            }
            Standing::Chosen {
                score,
                parts,
                without,
            } => {
                write!(f, "{mentor} and {mentee} are a pair of the plan, ")?;
                (score, parts, without)
            }
            Standing::Pinned {
                score,
                parts,
                without,
            } => {
                write!(f, "{mentor} and {mentee} are a pair of the plan by a pin, ")?;
                (score, parts, without)
            }
            Standing::Beaten { score, parts, with } => {
                let points = points(*score, parts);
                writeln!(
                    f,
                    "{mentor} and {mentee} may be paired ({points}){OTHERWISE}"
                )?;
                return said(f, with.as_ref());
            }
            Standing::Crowded { score, parts, full } => {
                let points = points(*score, parts);
                writeln!(
                    f,
                    "{mentor} and {mentee} may be paired ({points}){OTHERWISE}"
                )?;
                return write!(f, "Pins take all places of {}.", side(full));
            }
        };
        writeln!(f, "{}.", points(*score, parts))?;
        said(f, consequence.as_ref())
    }
}

/// What changing it would do, where that is known.
fn said(f: &mut fmt::Formatter<'_>, consequence: Option<&Consequence>) -> fmt::Result {
    match consequence {
        Some(consequence) => fmt::Display::fmt(consequence, f),
        None => f.write_str(UNKNOWN),
    }
}

/// What follows the points of two who might be a pair.
const OTHERWISE: &str = ", but are not a pair of this plan.";

/// The score and its parts.
fn points(score: u32, parts: &[Part]) -> String {
    let points = count(score, "point");
    let parts: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {}", part.criterion.name(), part.points))
        .collect();
    match parts.as_slice() {
        [] => points,
        parts => format!("{points}: {}", parts.join(", ")),
    }
}

/// Why a consequence is missing.
const UNKNOWN: &str =
    "What a change would cost is not known: the plan is not proven to be the best.";
