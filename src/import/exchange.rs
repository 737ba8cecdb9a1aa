//! A default exchange from its file.

use super::cell;
use super::code::FaultCode;
use super::fault::{Fault, Faults, Notice, given_on};
use super::labels::Labels;
use super::row::{Column, Row};
use super::skills;
use super::table::Table;
use crate::pair::Role;
use crate::policy::DefaultExchange;
use crate::roster::{Offer, Wish};

/// A default exchange that was read, and what people should know of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExchangeImport {
    /// The exchange.
    pub exchange: DefaultExchange,
    /// Columns that are not read.
    pub notices: Vec<Notice>,
}

/// Reads what a programme takes for granted of people who stated nothing: a row for the juniors, one for the seniors.
///
/// | column | |
/// |---|---|
/// | `side` | required: `mentor` for every junior, `mentee` for every senior; each at most once |
/// | `offers` | as in a roster: `skill:level` with `;` between them, levels 1 to 5 |
/// | `wants` | as in a roster: `skill:to` or `skill:from>to`, levels 0 to 5. Without `from` it is the level that the row offers, else 0 |
///
/// ```
/// use reverse_mentoring::import::read_exchange;
/// use reverse_mentoring::pair::Role;
///
/// let csv = "\
/// side,offers,wants
/// mentor,digital tools:3,business practice:2
/// mentee,business practice:3,digital tools:3
/// ";
/// let exchange = read_exchange(csv.as_bytes())?.exchange;
/// assert_eq!(exchange.offers(Role::Mentee)[0].skill().as_str(), "business practice");
/// # Ok::<(), reverse_mentoring::import::Faults>(())
/// ```
///
/// # Errors
///
/// [`Faults`] with every fault of the file.
pub fn read_exchange(bytes: &[u8]) -> Result<ExchangeImport, Faults> {
    let mut table = Table::open(bytes).map_err(|fault| Faults(vec![fault]))?;
    let of = Columns {
        side: table.required("side"),
        offers: table.optional("offers"),
        wants: table.optional("wants"),
    };
    let mut faults = table.close_header();
    let mut labels = Labels::default();
    let mut rows = Vec::new();
    while let Some(mut row) = table.next_row(&mut faults) {
        rows.push(Side::read(&mut row, &of, &mut labels));
    }
    if table.is_stopped() {
        return Err(Faults::sorted(faults));
    }
    let line = table.header_line();
    if rows.is_empty() {
        let text = "there is a header and no side below it".to_owned();
        faults.push(Fault::of_row(line, FaultCode::NoRows, text));
    }
    for role in [Role::Mentor, Role::Mentee] {
        let same = || rows.iter().filter(|row| row.role == Some(role));
        let times = same().count();
        for row in same().filter(|_| times > 1) {
            let text = given_on(same().map(|row| row.line), times);
            let text = format!("is `{role}`, which {text}");
            let code = FaultCode::SideTwice;
            faults.push(Fault::in_cell(row.line, None, of.side.name(), code, text));
        }
    }
    if !faults.is_empty() {
        return Err(table.sorted(faults));
    }
    let mut exchange = DefaultExchange::none();
    for row in rows {
        let Some(role) = row.role else { continue };
        let filled = exchange.with_offers(role, row.offers);
        let filled = filled.and_then(|exchange| exchange.with_wishes(role, row.wishes));
        // A skill that stands twice in a cell is a fault of the cell, and found above.
        exchange = filled.map_err(|error| {
            let code = FaultCode::SkillTwice;
            Faults(vec![Fault::in_cell(row.line, None, "side", code, error)])
        })?;
    }
    Ok(ExchangeImport {
        exchange,
        notices: table.notices().to_vec(),
    })
}

struct Columns {
    side: Column,
    offers: Column,
    wants: Column,
}

/// What a row says, as far as it can be read.
struct Side {
    line: u64,
    role: Option<Role>,
    offers: Box<[Offer]>,
    wishes: Box<[Wish]>,
}

impl Side {
    fn read(row: &mut Row<'_>, of: &Columns, labels: &mut Labels) -> Self {
        let sides = [("mentor", Role::Mentor), ("mentee", Role::Mentee)];
        let role = cell::choice(row, of.side, FaultCode::BadSide, &sides);
        let offers = skills::offers(row, of.offers, labels);
        Self {
            line: row.line(),
            role: role.needed(row, of.side, FaultCode::BadSide),
            wishes: skills::wishes(row, of.wants, &offers, labels),
            offers,
        }
    }
}
