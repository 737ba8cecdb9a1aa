//! Participants' rankings of each other, from their file.

use super::cell;
use super::code::FaultCode;
use super::fault::{Fault, Faults, Notice};
use super::near::Near;
use super::row::Column;
use super::table::Table;
use crate::matching::stable::Rank;
use crate::matching::{Choice, RankingFault, RankingFaultKind, RankingFaults, Rankings};
use crate::pair::Role;
use crate::roster::Roster;
use crate::text::Quoted;

const ROLES: &[(&str, Role)] = &[("mentor", Role::Mentor), ("mentee", Role::Mentee)];

/// Rankings that were read, and what people should know of their file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RankingsImport {
    /// Who would like whom.
    pub rankings: Rankings,
    /// Columns that are not read.
    pub notices: Vec<Notice>,
}

/// Reads who would like whom: `mentor,mentee,by,rank`, a row for each partner that somebody ranks.
///
/// `by` says which of the two ranks the other, `mentor` or `mentee`; `rank` is a whole number from 1, the best. Equal ranks
/// of one person are a tie, gaps mean nothing, and whoever has no row for a partner does not accept them. The rows may
/// stand in any order.
///
/// ```
/// use reverse_mentoring::import::read_rankings;
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let csv = "\
/// mentor,mentee,by,rank
/// ada,gus,mentee,1
/// bo,gus,mentee,2
/// bo,gus,mentor,1
/// ";
/// let read = read_rankings(csv.as_bytes(), company.roster())?;
/// assert_eq!((read.rankings.rankers(Role::Mentor), read.rankings.rankers(Role::Mentee)), (1, 1));
///
/// let mistyped = csv.replace("bo,gus,mentor", "bo,gsu,mentor");
/// let faults = read_rankings(mistyped.as_bytes(), company.roster()).unwrap_err();
/// assert_eq!(
///     faults.0[0].located("rankings.csv"),
///     "rankings.csv:4: unknown-person: `mentee` is `gsu`, whom the roster does not know"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Faults`] with every fault of the file.
pub fn read_rankings(bytes: &[u8], roster: &Roster) -> Result<RankingsImport, Faults> {
    let mut table = Table::open(bytes).map_err(|fault| Faults::sorted(vec![fault]))?;
    let of = Columns {
        mentor: table.required("mentor"),
        mentee: table.required("mentee"),
        by: table.required("by"),
        rank: table.required("rank"),
    };
    let mut faults = table.close_header();
    let (mut said, mut unsaid) = (Said::default(), Said::default());
    while let Some(mut row) = table.next_row(&mut faults) {
        let people = (row.cell(of.mentor), row.cell(of.mentee));
        let by = cell::choice(&mut row, of.by, FaultCode::BadSide, ROLES);
        let by = by.needed(&mut row, of.by, FaultCode::BadSide);
        let not = "a whole number from 1 to 4294967295";
        let rank = cell::parsed(&mut row, of.rank, FaultCode::BadRank, not, cell::whole);
        let rank = rank.needed(&mut row, of.rank, FaultCode::BadRank);
        if let (Some(mentor), Some(mentee)) = people {
            // The people of a row are looked up even where its other cells are faulty.
            let to = if by.is_some() { &mut said } else { &mut unsaid };
            to.lines.push(row.line());
            to.choices.push(Choice {
                by: by.unwrap_or(Role::Mentor),
                mentor: mentor.to_owned(),
                mentee: mentee.to_owned(),
                rank: rank.unwrap_or(Rank::MIN),
            });
        }
    }
    if table.is_stopped() {
        return Err(Faults::sorted(faults));
    }
    let near = Near::new(|| roster.lines().people().map(|(_, key)| key.as_str()));
    let mut add = |lines: &[u64], found: RankingFaults| {
        let of = |f: &RankingFault| of.fault(lines, f, |key| near.hint(key));
        faults.extend(found.0.iter().filter_map(of));
    };
    if let Err(mut found) = Rankings::new(roster, unsaid.choices) {
        // Nobody knows who ranks here, so nobody can do it twice.
        let twice = |f: &RankingFault| matches!(f.kind, RankingFaultKind::Twice { .. });
        found.0.retain(|f| !twice(f));
        add(&unsaid.lines, found);
    }
    let rankings = Rankings::new(roster, said.choices)
        .map_err(|found| add(&said.lines, found))
        .ok();
    match rankings {
        Some(rankings) if faults.is_empty() => Ok(RankingsImport {
            rankings,
            notices: table.notices().to_vec(),
        }),
        _ => Err(table.sorted(faults)),
    }
}

/// Rows as choices, each with its line.
#[derive(Default)]
struct Said {
    choices: Vec<Choice>,
    lines: Vec<u64>,
}

struct Columns {
    mentor: Column,
    mentee: Column,
    by: Column,
    rank: Column,
}

impl Columns {
    /// A fault of a choice as one of its row.
    fn fault(
        &self,
        lines: &[u64],
        RankingFault { choice, kind, .. }: &RankingFault,
        hint: impl Fn(&str) -> String,
    ) -> Option<Fault> {
        let named = |role: &Role| match role {
            Role::Mentor => self.mentor.name(),
            Role::Mentee => self.mentee.name(),
        };
        let (column, code, text) = match kind {
            RankingFaultKind::UnknownPerson { role, key } => {
                let text = match key.trim() {
                    "" => "is blank".to_owned(),
                    _ => format!(
                        "is {}, whom the roster does not know{}",
                        Quoted(key),
                        hint(key)
                    ),
                };
                (named(role), FaultCode::UnknownPerson, text)
            }
            RankingFaultKind::NotOnSide { role, key } => {
                let text = format!("is {}, who does not take part as {role}", Quoted(key));
                (named(role), FaultCode::NotOnSide, text)
            }
            RankingFaultKind::Oneself { key } => {
                let text = format!("is {}, the same person as the mentor", Quoted(key));
                (self.mentee.name(), FaultCode::RanksOneself, text)
            }
            RankingFaultKind::Twice { by, first, .. } => {
                let first = lines.get(*first)?;
                let text = format!("is `{by}`, who ranks the other on line {first} already");
                (self.by.name(), FaultCode::RankedTwice, text)
            }
        };
        Some(Fault::in_cell(
            *lines.get(*choice)?,
            None,
            column,
            code,
            text,
        ))
    }
}
