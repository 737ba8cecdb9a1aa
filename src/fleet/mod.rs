//! Journals and figures of many programmes as streams of events and as one table, for whoever sums them up.
//!
//! An entry of a journal, or a [row of health](crate::health::FigureRow), goes out as one line of JSON in an envelope of
//! [CloudEvents 1.0](https://github.com/cloudevents/spec), which queues, warehouses and their tools read; rows also as
//! CSV with the programme as the first column. Both come back: to the same values, or to every fault with its line.
//!
//! | attribute | of an entry | of a figure |
//! |---|---|---|
//! | `specversion` | `1.0` | `1.0` |
//! | `id` | programme, `/entry/`, sequence | programme, `/figure/`, a fingerprint of the row |
//! | `source` | the host's URI and the programme, see [`Source`] | the same |
//! | `type` | [`ENTRY`] | [`FIGURE`] |
//! | `subject` | the programme: never a person | the programme |
//! | `time` | when it was recorded, RFC 3339 | midnight (UTC) of `as_of` |
//! | `datacontenttype` | `application/json` | `application/json` |
//! | `dataschema` | the `$id` of the schema, with the version of the format | the same |
//! | `data` | the entry as the journal has it | the row |
//!
//! The same entry is the same bytes wherever and whenever it is written: ids come from what is written, and there is no
//! clock. What goes out again is the same event again, under one `source` and `id`, by which consumers of CloudEvents drop
//! repeats. Within one stream an event is there once: a writer refuses it a second time, and the readers, which drop nothing,
//! refuse the stream with both lines.
//!
//! An envelope adds nothing about people. A journal holds ids of people, dates and names of skills and is for those who
//! run the programme; rows go out under an [`Audience`](crate::privacy::Audience) that is named once, and a row for
//! another audience is refused, so that no coordinator's row ends up in a stream for sponsors.
//!
//! ```
//! use reverse_mentoring::fleet::{FigureEvents, Source, read_figures};
//! use reverse_mentoring::health::{Metrics, ProgramHealth};
//! use reverse_mentoring::ids::{ProgramId, SequentialIds};
//! use reverse_mentoring::privacy::Audience;
//! use reverse_mentoring::testing::Company;
//!
//! let company = Company::sample()?;
//! let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 31).ok_or("no such day")?;
//! let rows = ProgramHealth::assess(company.history(), &Metrics::standard(), day)?.figure_rows();
//!
//! let source = Source::new("https://hr.example/programmes/")?;
//! let program = ProgramId::from_source(&mut SequentialIds::new(1));
//! let mut stream = Vec::new();
//! let mut out = FigureEvents::new(&mut stream, source, Audience::Coordinator);
//! out.write(program, &rows)?;
//! out.finish()?;
//!
//! let read = read_figures(&stream)?;
//! assert_eq!(read.len(), rows.len());
//! assert!(read.iter().zip(&rows).all(|(event, row)| event.row == *row && event.program == program));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attributes;
mod envelope;
mod fault;
mod figures;
mod journal;
mod repeats;
mod source;
mod table;

pub use fault::{Fault, Faults, WriteError};
pub use figures::{FigureEvent, FigureEvents, read_figures};
pub use journal::{EntryEvent, JournalEvent, JournalEvents, NewerEvent, read_journal};
pub use source::{Source, SourceError};
pub use table::{COLUMNS, FigureTable, read_figure_table};

/// The `type` of the event of an entry.
pub const ENTRY: &str = "reverse-mentoring.entry";
/// The `type` of the event of a figure.
pub const FIGURE: &str = "reverse-mentoring.figure";
/// The version of the form of a figure.
pub const FIGURE_VERSION: u16 = 1;
