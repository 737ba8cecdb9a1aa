//! Entries of journals as events.

use std::io::{BufWriter, Write};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::ENTRY;
use super::attributes::{Incoming, read_lines};
use super::envelope::Envelope;
use super::fault::{Faults, WriteError};
use super::repeats::Written;
use super::source::Source;
use crate::ids::ProgramId;
use crate::journal::{Claim, Entry, Stored, WIRE_VERSION};

/// An entry of a programme's journal, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntryEvent {
    /// The host's URI.
    pub source: Source,
    /// Of which programme.
    pub program: ProgramId,
    /// What was written down.
    pub entry: Entry,
}

/// An event of a journal, as far as this release reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalEvent {
    /// One that reads.
    Entry(EntryEvent),
    /// One whose entry a newer release wrote.
    Newer(NewerEvent),
}

/// The event of an entry that a newer release wrote: kept byte for byte, and written so.
// INVARIANT (newer): one line without its end; an event of this source, programme, version and sequence. Kept by `new` and `read_journal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewerEvent {
    source: Source,
    program: ProgramId,
    version: u16,
    sequence: u64,
    line: String,
}

/// What is read of an entry of any release.
#[derive(Deserialize)]
struct Place {
    version: u16,
    sequence: u64,
}

impl NewerEvent {
    /// The event of a stored entry that this release does not read, with its text as it is. It has no `time`.
    ///
    /// ```
    /// use reverse_mentoring::fleet::{NewerEvent, Source};
    /// use reverse_mentoring::ids::{ProgramId, SequentialIds};
    ///
    /// let source = Source::new("https://hr.example/programmes/")?;
    /// let program = ProgramId::from_source(&mut SequentialIds::new(1));
    /// let text = r#"{"version": 7, "sequence": 12,  "mood": "bright"}"#;
    /// let event = NewerEvent::new(source, program, text)?;
    /// assert!(event.as_line().ends_with(r#","data":{"version": 7, "sequence": 12,  "mood": "bright"}}"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`WriteError::NotNewer`] where the text is not JSON on one line with a `version` above [`WIRE_VERSION`] and a `sequence`.
    pub fn new(source: Source, program: ProgramId, text: &str) -> Result<Self, WriteError> {
        let place: Place = serde_json::from_str(text).map_err(|_| WriteError::NotNewer)?;
        if place.version <= WIRE_VERSION || text.contains(['\n', '\r']) {
            return Err(WriteError::NotNewer);
        }
        let Place { version, sequence } = place;
        let envelope = Envelope::of_sequence(&source, program, (version, sequence), None);
        let data = RawValue::from_string(text.to_owned())?;
        let mut line = envelope.line(&data)?;
        line.truncate(line.trim_end_matches('\n').len());
        Ok(Self {
            source,
            program,
            version,
            sequence,
            line,
        })
    }

    /// The host's URI.
    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Of which programme.
    #[must_use]
    pub const fn program(&self) -> ProgramId {
        self.program
    }

    /// The version of the format of the entry.
    #[must_use]
    pub const fn version(&self) -> u16 {
        self.version
    }

    /// The place of the entry in its journal.
    #[must_use]
    pub const fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The event, without the end of its line.
    #[must_use]
    pub fn as_line(&self) -> &str {
        &self.line
    }
}

/// Writes the journals of a host's programmes as lines of JSON.
///
/// In any order; each entry goes out once.
///
/// ```
/// use reverse_mentoring::fleet::{JournalEvent, JournalEvents, Source, read_journal};
/// use reverse_mentoring::ids::{ProgramId, SequentialIds};
/// use reverse_mentoring::journal::Stamp;
/// use reverse_mentoring::program::Program;
/// use reverse_mentoring::roster::Load;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let id = ProgramId::from_source(&mut SequentialIds::new(1));
/// let stamp = Stamp::midnight(chrono::NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?);
/// let (_, opening) = Program::open(id, company.roster(), Load::default(), stamp)?;
///
/// let mut stream = Vec::new();
/// let mut out = JournalEvents::new(&mut stream, Source::new("https://hr.example/programmes/")?);
/// out.write(id, &opening)?;
/// out.finish()?;
/// let [JournalEvent::Entry(event)] = &read_journal(&stream)?[..] else { return Err("one entry".into()) };
/// assert_eq!((event.program, &event.entry), (id, &opening));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct JournalEvents<W: Write> {
    out: BufWriter<W>,
    source: Source,
    written: Written,
}

impl<W: Write> JournalEvents<W> {
    /// Of the programmes under a URI.
    pub fn new(out: W, source: Source) -> Self {
        let out = BufWriter::new(out);
        Self {
            out,
            source,
            written: Written::default(),
        }
    }

    /// Writes an entry.
    ///
    /// # Errors
    ///
    /// [`WriteError::Time`] where it was recorded in a year for which RFC 3339 has no form,
    /// [`WriteError::OtherProgram`] where it opens another programme, [`WriteError::Repeat`] where one of this sequence was
    /// written before, and what the writer says.
    pub fn write(&mut self, program: ProgramId, entry: &Entry) -> Result<(), WriteError> {
        let envelope = Envelope::of_entry(&self.source, program, entry)?;
        if self.written.has(&self.source, program, entry.sequence) {
            return Err(WriteError::Repeat { id: envelope.id });
        }
        let line = envelope.line(entry)?;
        self.out.write_all(line.as_bytes())?;
        self.written.add(&self.source, program, entry.sequence);
        Ok(())
    }

    /// Writes the event of an entry of a newer release, byte for byte, from wherever it comes.
    ///
    /// # Errors
    ///
    /// [`WriteError::Repeat`] where one of this source, programme and sequence was written before, and what the writer says.
    pub fn write_newer(&mut self, event: &NewerEvent) -> Result<(), WriteError> {
        let (source, program, sequence) = (&event.source, event.program, event.sequence);
        if self.written.has(source, program, sequence) {
            let id = format!("{program}/entry/{sequence}");
            return Err(WriteError::Repeat { id });
        }
        self.out.write_all(event.line.as_bytes())?;
        self.out.write_all(b"\n")?;
        self.written.add(source, program, sequence);
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

/// Reads entries as [`JournalEvents`] wrote them, of any programmes and hosts, in their order.
///
/// The envelope has to be that of the entry in it, attribute by attribute; `time` may be another form of the same
/// instant. Extension attributes, which those who pass events on may add, are not read, but none is there twice. An event of
/// the `source` and `id` of one before it is a fault, also where it is the same: repeats are dropped by whoever takes events
/// from a queue. So are a blank line and a byte order mark. Whether the entries of a programme are a journal is for [`Program::replay`](crate::program::Program::replay) to say.
///
/// # Errors
///
/// [`Faults`] with every fault of the stream, by line.
pub fn read_journal(bytes: &[u8]) -> Result<Vec<JournalEvent>, Faults> {
    read_lines(bytes, read)
}

fn read(incoming: &mut Incoming<'_>, text: &[u8]) -> Option<JournalEvent> {
    let origin = incoming.origin(ENTRY);
    let data = incoming.data()?;
    let read = Stored::read(
        || serde_json::from_str::<Claim>(&data),
        || serde_json::from_str::<Entry>(&data),
    );
    match read {
        Err(error) => {
            incoming.fault(Some("data"), format!("is not an entry: {error}"));
            None
        }
        Ok(Stored::Newer(version)) => {
            let Ok(place) = serde_json::from_str::<Place>(&data) else {
                let text = "is an entry of a newer release without a sequence";
                incoming.fault(Some("data"), text);
                return None;
            };
            let (source, program) = origin?;
            let sequence = place.sequence;
            let envelope = Envelope::of_sequence(&source, program, (version, sequence), None);
            incoming.check(&envelope);
            Some(JournalEvent::Newer(NewerEvent {
                source,
                program,
                version,
                sequence,
                line: String::from_utf8(text.to_vec()).ok()?,
            }))
        }
        Ok(Stored::Entry(entry)) => {
            let (source, program) = origin?;
            match Envelope::of_entry(&source, program, &entry) {
                Ok(envelope) => incoming.check(&envelope),
                Err(error) => incoming.fault(Some("data"), format!("cannot be: {error}")),
            }
            Some(JournalEvent::Entry(EntryEvent {
                source,
                program,
                entry,
            }))
        }
    }
}
