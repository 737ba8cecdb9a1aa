//! Rows of health as events.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};

use super::FIGURE;
use super::attributes::{Incoming, read_lines};
use super::envelope::{Envelope, fingerprint};
use super::fault::{Faults, WriteError};
use super::source::Source;
use crate::health::FigureRow;
use crate::ids::ProgramId;
use crate::privacy::Audience;

/// A figure of a programme, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FigureEvent {
    /// The host's URI.
    pub source: Source,
    /// Of which programme.
    pub program: ProgramId,
    /// The figure.
    pub row: FigureRow,
}

/// Writes the figures of a host's programmes for one audience as lines of JSON.
///
/// Two rows that are the same in everything are one event, which goes out once: releases of one day can share rows, and whoever
/// sums them up would count those twice. The writer keeps 32 bytes of each row for that.
#[derive(Debug)]
pub struct FigureEvents<W: Write> {
    out: BufWriter<W>,
    source: Source,
    audience: Audience,
    written: BTreeSet<(ProgramId, u128)>,
}

impl<W: Write> FigureEvents<W> {
    /// Of the programmes under a URI, for an audience.
    pub fn new(out: W, source: Source, audience: Audience) -> Self {
        Self {
            out: BufWriter::new(out),
            source,
            audience,
            written: BTreeSet::new(),
        }
    }

    /// Writes the rows of a programme, all or none of them.
    ///
    /// # Errors
    ///
    /// [`WriteError::Audience`] for a row that is for another audience, [`WriteError::Contradiction`] for one that somebody
    /// changed into what health never gives, [`WriteError::Time`] for a day in a year for which RFC 3339 has no form,
    /// [`WriteError::Repeat`] for a row of the programme that is there twice or was written before, and what the writer says.
    pub fn write(&mut self, program: ProgramId, rows: &[FigureRow]) -> Result<(), WriteError> {
        check(rows, self.audience)?;
        let (mut lines, mut new) = (String::new(), BTreeSet::new());
        for row in rows {
            let envelope = Envelope::of_figure(&self.source, program, row)?;
            let key = (program, fingerprint(row));
            if self.written.contains(&key) || !new.insert(key) {
                return Err(WriteError::Repeat { id: envelope.id });
            }
            lines.push_str(&envelope.line(row)?);
        }
        self.out.write_all(lines.as_bytes())?;
        self.written.append(&mut new);
        Ok(())
    }

    /// Everything is out.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.out.flush()?;
        Ok(())
    }
}

/// Whether rows are for an audience, and such as health gives them.
pub(super) fn check(rows: &[FigureRow], audience: Audience) -> Result<(), WriteError> {
    for (at, row) in rows.iter().enumerate() {
        if row.audience != audience {
            return Err(WriteError::Audience {
                row: at,
                audience: row.audience,
            });
        }
        if let Some(wrong) = row.contradictions().first() {
            return Err(WriteError::Contradiction {
                row: at,
                text: wrong.to_string(),
            });
        }
    }
    Ok(())
}

/// Reads figures as [`FigureEvents`] wrote them, of any programmes, hosts and audiences, in their order.
///
/// Envelopes and repeats are read as by [`read_journal`](super::read_journal).
///
/// # Errors
///
/// [`Faults`] with every fault of the stream, by line.
pub fn read_figures(bytes: &[u8]) -> Result<Vec<FigureEvent>, Faults> {
    read_lines(bytes, |incoming, _| read(incoming))
}

fn read(incoming: &mut Incoming<'_>) -> Option<FigureEvent> {
    let origin = incoming.origin(FIGURE);
    let data = incoming.data()?;
    let row = match serde_json::from_str::<FigureRow>(&data) {
        Ok(row) => row,
        Err(error) => {
            incoming.fault(Some("data"), format!("is not a figure: {error}"));
            return None;
        }
    };
    let (source, program) = origin?;
    match Envelope::of_figure(&source, program, &row) {
        Ok(envelope) => incoming.check(&envelope),
        Err(error) => incoming.fault(Some("data"), format!("cannot be: {error}")),
    }
    Some(FigureEvent {
        source,
        program,
        row,
    })
}
