//! The figures of many programmes as one table.

use std::io::Write;

use super::fault::WriteError;
use super::figures::check;
use crate::health::FigureRow;
use crate::ids::ProgramId;
use crate::import::Faults;
use crate::privacy::Audience;
use crate::tables::{Cell, Sheet, figure_cells, read_program_figures};

/// The columns of the table: the programme, then those of [`FigureRow`].
pub const COLUMNS: [&str; 11] = {
    let [a, b, c, d, e, f, g, h, i, j] = FigureRow::COLUMNS;
    ["program", a, b, c, d, e, f, g, h, i, j]
};

/// Writes the figures of many programmes for one audience as CSV, as [`tables`](crate::tables) does, with the programme
/// as the first column.
///
/// ```
/// use reverse_mentoring::fleet::{FigureTable, read_figure_table};
/// use reverse_mentoring::privacy::Audience;
///
/// let mut file = Vec::new();
/// FigureTable::new(&mut file, Audience::Sponsor)?.finish()?;
/// assert!(file.starts_with(b"program,as_of,audience,metric,"));
/// assert!(read_figure_table(&file)?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct FigureTable<W: Write> {
    sheet: Sheet<W>,
    audience: Audience,
}

impl<W: Write> FigureTable<W> {
    /// With the header.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn new(out: W, audience: Audience) -> Result<Self, WriteError> {
        let sheet = Sheet::new(out, &COLUMNS)?;
        Ok(Self { sheet, audience })
    }

    /// Writes the rows of a programme.
    ///
    /// # Errors
    ///
    /// [`WriteError::Audience`] for a row that is for another audience and [`WriteError::Contradiction`] for one that
    /// somebody changed into what health never gives, before any is written; what the writer says.
    pub fn write(&mut self, program: ProgramId, rows: &[FigureRow]) -> Result<(), WriteError> {
        check(rows, self.audience)?;
        for row in rows {
            let [a, b, c, d, e, f, g, h, i, j] = figure_cells(row);
            let program = Cell::shown(&program);
            self.sheet.row(&[program, a, b, c, d, e, f, g, h, i, j])?;
        }
        Ok(())
    }

    /// Everything is out.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(self) -> Result<(), WriteError> {
        self.sheet.finish()?;
        Ok(())
    }
}

/// Reads figures as [`FigureTable`] wrote them, each with its programme, in their order.
///
/// # Errors
///
/// [`Faults`] with every fault of the file, by line.
pub fn read_figure_table(bytes: &[u8]) -> Result<Vec<(ProgramId, FigureRow)>, Faults> {
    read_program_figures(bytes, COLUMNS)
}
