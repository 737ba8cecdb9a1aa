//! The envelope as it is written, and what it has to be for the data in it.

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;

use super::fault::WriteError;
use super::source::Source;
use super::{ENTRY, FIGURE, FIGURE_VERSION};
use crate::health::FigureRow;
use crate::ids::ProgramId;
use crate::journal::{Entry, Event};
use crate::roster::Hasher;

pub(super) const JSON: &str = "application/json";

/// The attributes of an event, all of them worked out from what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Envelope {
    specversion: &'static str,
    pub(super) id: String,
    pub(super) source: String,
    #[serde(rename = "type")]
    kind: &'static str,
    pub(super) subject: String,
    /// Unknown of an entry that a newer release wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<String>,
    datacontenttype: &'static str,
    pub(super) dataschema: String,
}

#[derive(Serialize)]
struct Whole<'a, T> {
    #[serde(flatten)]
    envelope: &'a Envelope,
    data: &'a T,
}

impl Envelope {
    pub(super) fn of_entry(
        source: &Source,
        program: ProgramId,
        entry: &Entry,
    ) -> Result<Self, WriteError> {
        if matches!(&entry.event, Event::Opened { program: opened, .. } if *opened != program) {
            return Err(WriteError::OtherProgram);
        }
        let time = rfc3339(entry.stamp.recorded_at)?;
        let place = (entry.version, entry.sequence);
        Ok(Self::of_sequence(source, program, place, Some(time)))
    }

    /// Of an entry of any release, by version and sequence.
    pub(super) fn of_sequence(
        source: &Source,
        program: ProgramId,
        (version, sequence): (u16, u64),
        time: Option<String>,
    ) -> Self {
        let dataschema = format!("urn:reverse-mentoring:schema:entry:{version}");
        let id = format!("{program}/entry/{sequence}");
        Self::new(source, program, (ENTRY, id), dataschema, time)
    }

    pub(super) fn of_figure(
        source: &Source,
        program: ProgramId,
        row: &FigureRow,
    ) -> Result<Self, WriteError> {
        let time = rfc3339(row.as_of.and_time(chrono::NaiveTime::MIN).and_utc())?;
        let dataschema = format!("urn:reverse-mentoring:schema:figure-row:{FIGURE_VERSION}");
        let id = format!("{program}/figure/{:032x}", fingerprint(row));
        Ok(Self::new(
            source,
            program,
            (FIGURE, id),
            dataschema,
            Some(time),
        ))
    }

    fn new(
        source: &Source,
        program: ProgramId,
        (kind, id): (&'static str, String),
        dataschema: String,
        time: Option<String>,
    ) -> Self {
        Self {
            specversion: "1.0",
            id,
            source: source.of(program),
            kind,
            subject: program.to_string(),
            time,
            datacontenttype: JSON,
            dataschema,
        }
    }

    /// The event on one line, with its end.
    pub(super) fn line<T: Serialize>(&self, data: &T) -> Result<String, WriteError> {
        let whole = Whole {
            envelope: self,
            data,
        };
        let mut line = serde_json::to_string(&whole)?;
        line.push('\n');
        Ok(line)
    }
}

fn rfc3339(time: DateTime<Utc>) -> Result<String, WriteError> {
    if !(0..=9999).contains(&time.year()) {
        return Err(WriteError::Time);
    }
    Ok(time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

/// Of everything in a row, so that a figure that was corrected is another event.
pub(super) fn fingerprint(row: &FigureRow) -> u128 {
    let mut hash = Hasher::new();
    let number = |hash: &mut Hasher, number: Option<u64>| {
        hash.number(number.is_some().into())
            .number(number.unwrap_or_default());
    };
    let day = |day: NaiveDate| day.to_string();
    hash.text(Some(&day(row.as_of)))
        .text(Some(row.audience.as_str()))
        .text(Some(&row.metric))
        .text(row.breakdown.as_deref())
        .text(row.group.as_deref());
    number(&mut hash, row.numerator);
    number(&mut hash, row.denominator);
    hash.text(row.value.as_deref())
        .number(row.withheld.into())
        .text(row.repeated_from.map(day).as_deref());
    hash.value()
}
