//! A roster from its file.

use super::assemble::{Rows as _, assemble};
use super::fault::{Fault, Faults, Notice};
use super::quarantine::Quarantined;
use super::table::Table;
use crate::ids::{IdSource, ParticipantId};
use crate::roster::Roster;
use crate::text::{Key, Quoted};

/// What to do with a roster in which somebody's row is faulty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnFault {
    /// No roster, every fault.
    Refuse,
    /// Faulty people and everybody below them, over solid or dotted lines, are left out; the rest is a roster.
    ///
    /// Faults of the file as a whole are refused all the same.
    Quarantine,
}

/// A roster that was read, and what people should know of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RosterImport {
    /// The roster.
    pub roster: Roster,
    /// Columns that are not read, and circles closed by dotted lines; by line.
    pub notices: Vec<Notice>,
    /// Who was left out, by line; empty under [`OnFault::Refuse`].
    pub quarantined: Vec<Quarantined>,
    /// The faults for which they were, by line; empty under [`OnFault::Refuse`].
    pub faults: Vec<Fault>,
}

/// Reads the first roster of a programme, or one that stands alone.
///
/// **Ids are new on every read.** The same file read twice with one source is two rosters of strangers, and a programme
/// that takes the second over sees everybody leave. Read the next roster of a programme with [`read_roster_after`].
///
/// | column | |
/// |---|---|
/// | `id` | required: the person's key, byte for byte; each once, and none is `-` |
/// | `manager` | required: the key of the solid-line manager, `-` for a root, never blank |
/// | `side` | required: `mentor`, `mentee`, `either`, or blank for somebody who does not take part |
/// | `grade` | a whole number, larger is more senior. Participants need one if anybody in the file has one |
/// | `experience_months` | likewise. A file in which nobody has either is a fault |
/// | `dotted` | keys of dotted-line managers, byte for byte, with `;` between them |
/// | `capacity` | pairings at a time, 1 or more; 1 where blank |
/// | `hours_per_month` | a decimal number |
/// | `offers` | `skill:level` with `;` between them, levels 1 to 5 |
/// | `wants` | `skill:to` or `skill:from>to`, levels 0 to 5. Without `from` it is the level one offers oneself, else 0 |
/// | `languages` | with `;` between them |
/// | `interests`, `values`, `background` | with `;` between them; sensitive: no fault repeats what stands there |
/// | `unit`, `site`, `timezone`, `group` | labels, byte for byte |
///
/// Cells of people who do not take part are checked where they are filled. Ids are drawn in the order of the keys, so
/// the order of the rows and columns changes nothing.
///
/// # Errors
///
/// [`Faults`] with every fault of the file: any fault under [`OnFault::Refuse`], those of the file as a whole under
/// [`OnFault::Quarantine`].
pub fn read_roster(
    bytes: &[u8],
    on_fault: OnFault,
    ids: &mut impl IdSource,
) -> Result<RosterImport, Faults> {
    let table = Table::open(bytes);
    read(table, on_fault, |_| Ok(ParticipantId::from_source(ids)))
}

/// Reads a roster as [`read_roster`] does, from a file whose cells were [escaped](crate::spreadsheet) for spreadsheets, as
/// `tables::write_roster` (feature `tables`) writes it.
///
/// # Errors
///
/// As for [`read_roster`].
pub fn read_escaped_roster(
    bytes: &[u8],
    on_fault: OnFault,
    ids: &mut impl IdSource,
) -> Result<RosterImport, Faults> {
    let table = Table::open_escaped(bytes);
    read(table, on_fault, |_| Ok(ParticipantId::from_source(ids)))
}

/// Reads the next roster of a programme: whoever takes part in the `previous` one keeps their id.
///
/// People are known by their keys, byte for byte; keys that are new draw from `ids` in their order. Give the roster that
/// the programme runs on: somebody who left, or took no part in it, is new here.
///
/// ```
/// use reverse_mentoring::ids::SequentialIds;
/// use reverse_mentoring::import::{OnFault, read_roster, read_roster_after};
///
/// let mut ids = SequentialIds::new(1); // a product passes `&mut Uuid::now_v7`
/// let spring = "id,manager,grade,side\nceo,-,9,mentee\ncto,ceo,8,mentee\nada,cto,2,mentor\n";
/// let spring = read_roster(spring.as_bytes(), OnFault::Refuse, &mut ids)?.roster;
///
/// // `abe` is hired, and `ada` moves.
/// let autumn = "id,manager,grade,side\nceo,-,9,mentee\ncto,ceo,8,mentee\nabe,cto,1,mentor\nada,ceo,2,mentor\n";
/// let autumn = read_roster_after(autumn.as_bytes(), OnFault::Refuse, &spring, &mut ids)?.roster;
/// for known in spring.participants() {
///     let now = autumn.by_key(known.key().as_str()).ok_or("somebody left")?;
///     assert_eq!(now.id(), known.id());
/// }
/// let abe = autumn.by_key("abe").ok_or("abe is missing")?;
/// assert!(spring.participant(abe.id()).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// As for [`read_roster`]; and [`RosterRefused`](super::FaultCode::RosterRefused) where the source gives an id that somebody of
/// the previous roster has, gone or not: a stranger would inherit their pairings.
pub fn read_roster_after(
    bytes: &[u8],
    on_fault: OnFault,
    previous: &Roster,
    ids: &mut impl IdSource,
) -> Result<RosterImport, Faults> {
    read(Table::open(bytes), on_fault, after(previous, ids))
}

/// Reads the next roster of a programme as [`read_roster_after`] does, from a file whose cells were
/// [escaped](crate::spreadsheet) for spreadsheets, as `tables::write_roster` (feature `tables`) writes it.
///
/// # Errors
///
/// As for [`read_roster_after`].
pub fn read_escaped_roster_after(
    bytes: &[u8],
    on_fault: OnFault,
    previous: &Roster,
    ids: &mut impl IdSource,
) -> Result<RosterImport, Faults> {
    read(Table::open_escaped(bytes), on_fault, after(previous, ids))
}

/// Who somebody of the previous roster is, and an id for everybody else.
pub(super) fn after(
    previous: &Roster,
    ids: &mut impl IdSource,
) -> impl FnMut(&Key) -> Result<ParticipantId, String> {
    |key| {
        if let Some(known) = previous.by_key(key.as_str()) {
            return Ok(known.id());
        }
        let id = ParticipantId::from_source(ids);
        match previous.participant(id) {
            None => Ok(id),
            Some(known) => {
                let (key, known) = (Quoted(key.as_str()), Quoted(known.key().as_str()));
                Err(format!(
                    "{key}: the id {id} is that of {known} in the previous roster"
                ))
            }
        }
    }
}

/// Reads a roster; `id_of` says in one line where somebody cannot have an id.
fn read(
    table: Result<Table<'_>, Fault>,
    on_fault: OnFault,
    id_of: impl FnMut(&Key) -> Result<ParticipantId, String>,
) -> Result<RosterImport, Faults> {
    let mut table = table.map_err(|fault| Faults(vec![fault]))?;
    let columns = table.columns();
    // A slice does not fail.
    let read = assemble(table, columns, on_fault, None, id_of);
    read.map_err(|stopped| Faults(stopped.faults))
}
