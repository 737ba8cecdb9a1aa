//! A roster as the file that reads back to it.

use std::collections::BTreeSet;
use std::fmt;
use std::io;

use super::write::{Cell, Sheet};
use crate::roster::{Capacity, Experience, Offer, Participant, PersonRef, Roster, Skill, Wish};
use crate::text::{Key, Label, Quoted};

const COLUMNS: [&str; 15] = [
    "id",
    "manager",
    "dotted",
    "grade",
    "experience_months",
    "unit",
    "side",
    "capacity",
    "hours_per_month",
    "offers",
    "wants",
    "languages",
    "timezone",
    "site",
    "group",
];

/// What was written of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RosterWritten {
    /// Rows below the header: everybody who has a line.
    pub rows: usize,
    /// People whose interests, values or background are not in the file. [`Traits`](crate::roster::Traits) are read out to
    /// nobody but the person who gave them, and no file of everybody's is an exception.
    pub traits_left_out: usize,
}

/// Why a roster cannot be written so that it reads back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteRosterError {
    /// A file has no form for something in it; nothing was written.
    #[error("{}", crate::summary::summary(.0))]
    Unwritable(
        /// Everything that has none, by key; never empty.
        Vec<RosterGap>,
    ),
    /// The writer failed.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Something of a roster for which its file has no form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RosterGap {
    /// Whose row it would be; `None` where it is the file as a whole.
    pub key: Option<Key>,
    /// In which column.
    pub column: &'static str,
    /// Why.
    pub reason: RosterGapReason,
}

/// Why a file has no form for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RosterGapReason {
    /// An item of a list has the `;` that stands between items.
    Separator,
    /// An item of a list begins or ends with white space, which readers drop.
    OuterWhiteSpace,
    /// A skill that a taxonomy knows by an id; [`SkillCatalogue::to_names`](crate::roster::SkillCatalogue::to_names) puts names
    /// in the place of those that a catalogue has.
    Reference,
    /// The key is `-`, which declares a root.
    RootMark,
    /// Somebody in the roster is measured on this scale and this participant is not.
    Unmeasured,
    /// Nobody in the roster has a grade or months of experience.
    NobodyMeasured,
    /// The roster has nobody in it.
    Nobody,
}

impl fmt::Display for RosterGap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(key) = &self.key {
            write!(f, "{}: ", Quoted(key.as_str()))?;
        }
        write!(f, "`{}` ", self.column)?;
        f.write_str(match self.reason {
            RosterGapReason::Separator => "has an item with `;` in it, which stands between items",
            RosterGapReason::OuterWhiteSpace => {
                "has an item that begins or ends with white space, which readers drop"
            }
            RosterGapReason::Reference => {
                "has a skill that goes by its id in a taxonomy, and a cell has names"
            }
            RosterGapReason::RootMark => "is `-`, which declares a root and cannot be a key",
            RosterGapReason::Unmeasured => "is not known, though that of somebody else is",
            RosterGapReason::NobodyMeasured => {
                "is known of nobody, and no months of experience are"
            }
            RosterGapReason::Nobody => "has nobody in it",
        })
    }
}

/// Writes everybody of a roster with their lines, by key, as a `roster.csv` whose text cells are
/// [escaped](crate::spreadsheet).
///
/// [`read_escaped_roster_after`](crate::import::read_escaped_roster_after) reads it back: given the same roster as the previous
/// one, with the same ids and so the same [fingerprint](Roster::fingerprint). Ids are in no file; reading it without a
/// previous roster gives everybody a new one. Traits stay behind, and [`RosterWritten`] says of how many people.
///
/// ```
/// use reverse_mentoring::ids::SequentialIds;
/// use reverse_mentoring::import::{OnFault, read_escaped_roster_after, read_roster};
/// use reverse_mentoring::tables::write_roster;
///
/// let csv = "id,manager,grade,side,unit\nceo,-,9,,\nada,ceo,2,mentor,=1+1\n";
/// let mut ids = SequentialIds::new(1);
/// let roster = read_roster(csv.as_bytes(), OnFault::Refuse, &mut ids)?.roster;
///
/// let mut file = Vec::new();
/// assert_eq!(write_roster(&mut file, &roster)?.rows, 2);
/// assert!(String::from_utf8_lossy(&file).contains("ada,ceo,,2,,'=1+1,mentor,1,"));
/// let back = read_escaped_roster_after(&file, OnFault::Refuse, &roster, &mut ids)?.roster;
/// assert_eq!(back.fingerprint(), roster.fingerprint());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`Unwritable`](WriteRosterError::Unwritable) with everything for which the file has no form, before anything is written; what the writer says.
pub fn write_roster(
    out: impl io::Write,
    roster: &Roster,
) -> Result<RosterWritten, WriteRosterError> {
    let gaps = gaps(roster);
    if !gaps.is_empty() {
        return Err(WriteRosterError::Unwritable(gaps));
    }
    let mut sheet = Sheet::new(out, &COLUMNS)?;
    let lines = roster.lines();
    let key = |person: PersonRef| lines.key(person).map_or("", Key::as_str);
    let mut seats = roster.seats().peekable();
    for (person, own) in lines.people() {
        let participant = seats.next_if(|(_, at)| *at == person).map(|(p, _)| p);
        let colleague = roster.colleague(person);
        let manager = lines.manager(person).map_or("-", key);
        let dotted: Vec<&str> = lines.dotted_managers(person).map(key).collect();
        let profile = participant.map(Participant::profile);
        let experience = profile
            .map(|p| *p.experience())
            .or_else(|| colleague.and_then(|c| c.experience));
        let capacity = profile
            .map(|p| *p.capacity())
            .or_else(|| colleague.map(|c| c.capacity));
        let label = |label: Option<&Label>| Cell::maybe_text(label.map(Label::as_str));
        sheet.row(&[
            Cell::text(own.as_str()),
            Cell::text(manager),
            Cell::text(&dotted.join(";")),
            Cell::maybe(experience.as_ref().and_then(Experience::as_grade)),
            Cell::maybe(experience.as_ref().and_then(Experience::as_months)),
            label(profile.and_then(|p| p.unit())),
            Cell::maybe(profile.map(|p| p.side().as_str())),
            Cell::maybe(capacity.map(|c| c.pairings())),
            Cell::maybe(capacity.as_ref().and_then(Capacity::hours_per_month)),
            list(profile.map(|p| p.offers()), |o| {
                format!("{}:{}", o.skill(), o.level())
            }),
            list(profile.map(|p| p.wishes()), |w| {
                format!("{}:{}>{}", w.skill(), w.from(), w.to())
            }),
            list(profile.map(|p| p.languages()), Label::to_string),
            label(profile.and_then(|p| p.timezone())),
            label(profile.and_then(|p| p.site())),
            label(participant.and_then(Participant::group)),
        ])?;
    }
    sheet.finish()?;
    let stated = |p: &&Participant| {
        let p = p.profile();
        let traits = [p.interests(), p.values(), p.background()];
        traits.iter().any(|t| !t.is_empty())
    };
    Ok(RosterWritten {
        rows: lines.len(),
        traits_left_out: roster.participants().iter().filter(stated).count(),
    })
}

fn list<T>(items: Option<&[T]>, text: impl Fn(&T) -> String) -> Cell {
    let items: Vec<String> = items.unwrap_or_default().iter().map(text).collect();
    Cell::text(&items.join(";"))
}

/// Everything for which the file has no form.
fn gaps(roster: &Roster) -> Vec<RosterGap> {
    let lines = roster.lines();
    let gap = |key: Option<&Key>, column, reason| RosterGap {
        key: key.cloned(),
        column,
        reason,
    };
    if lines.is_empty() {
        return vec![gap(None, "id", RosterGapReason::Nobody)];
    }
    let (graded, timed) = scales(roster);
    let mut found = Vec::new();
    if !graded && !timed {
        found.push(gap(None, "grade", RosterGapReason::NobodyMeasured));
    }
    let mut seats = roster.seats().peekable();
    for (person, key) in lines.people() {
        let mut say = |column, reason| found.push(gap(Some(key), column, reason));
        if key.as_str() == "-" {
            say("id", RosterGapReason::RootMark);
        }
        let mut dotted = lines.dotted_managers(person).filter_map(|m| lines.key(m));
        if dotted.any(|m| m.as_str().contains(';')) {
            say("dotted", RosterGapReason::Separator);
        }
        let Some((participant, _)) = seats.next_if(|(_, at)| *at == person) else {
            continue;
        };
        let profile = participant.profile();
        let experience = profile.experience();
        if graded && experience.as_grade().is_none() {
            say("grade", RosterGapReason::Unmeasured);
        }
        if timed && experience.as_months().is_none() {
            say("experience_months", RosterGapReason::Unmeasured);
        }
        let offers = profile.offers().iter().map(Offer::skill);
        let wishes = profile.wishes().iter().map(Wish::skill);
        let languages = profile.languages().iter().map(Label::as_str);
        let mut check = |column, items: BTreeSet<RosterItem>| {
            if items.contains(&RosterItem::HasSeparator) {
                say(column, RosterGapReason::Separator);
            }
            if items.contains(&RosterItem::HasOuterWhiteSpace) {
                say(column, RosterGapReason::OuterWhiteSpace);
            }
            if items.contains(&RosterItem::IsReference) {
                say(column, RosterGapReason::Reference);
            }
        };
        check("offers", offers.flat_map(skill).collect());
        check("wants", wishes.flat_map(skill).collect());
        check("languages", languages.flat_map(item).collect());
    }
    found
}

/// Whether anybody has a grade, and whether anybody has months.
fn scales(roster: &Roster) -> (bool, bool) {
    let participants = roster.participants().iter();
    let participants = participants.map(|p| *p.profile().experience());
    let colleagues = roster.colleagues().filter_map(|c| c.experience);
    let all: Vec<Experience> = participants.chain(colleagues).collect();
    (
        all.iter().any(|e| e.as_grade().is_some()),
        all.iter().any(|e| e.as_months().is_some()),
    )
}

/// What an item of a list cannot have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum RosterItem {
    HasSeparator,
    HasOuterWhiteSpace,
    IsReference,
}

fn skill(skill: &Skill) -> impl Iterator<Item = RosterItem> {
    let reference = skill.reference().map(|_| RosterItem::IsReference);
    item(skill.as_str()).chain(reference)
}

fn item(text: &str) -> impl Iterator<Item = RosterItem> {
    let separator = text.contains(';').then_some(RosterItem::HasSeparator);
    let space = (text.trim() != text).then_some(RosterItem::HasOuterWhiteSpace);
    separator.into_iter().chain(space)
}
