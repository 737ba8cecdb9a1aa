//! Invitations to planned sessions, as calendars read them (RFC 5545 and 5546). Feature `calendar`.
//!
//! In come a planned session with its instant, who organises and who is invited; out comes one iCalendar message, to be sent as
//! `text/calendar; charset=utf-8; method=REQUEST` (or `CANCEL`). Never true inside: a line that somebody's name, a title or an address could
//! have begun; a message whose length or day hangs on the clock of the machine.
//!
//! # What a calendar goes by
//!
//! | property | is | so that |
//! |---|---|---|
//! | `UID` | the session's id | a session that is moved is the same event |
//! | `SEQUENCE` | twice the times it was moved, and one more for a cancellation | what was sent later wins, also where a session that fell away is put back |
//! | `DTSTAMP` | the instant that the host gives | the same input is the same bytes |
//! | `DTSTART`, `DTEND` | instants in UTC | every calendar shows its own hour, and no table of time zones travels along |
//! | `CLASS` | `PRIVATE` | whoever may look into somebody's calendar sees that they are busy and not with whom they learn |
//!
//! Nothing of the pairing is in it but what the host writes: no goal, no role, no pairing's id.
//!
//! ```
//! use chrono::{DateTime, NaiveDate, Utc};
//! use reverse_mentoring::calendar::{Invite, Mailbox};
//! use reverse_mentoring::ids::{PairingId, SequentialIds, SessionId};
//! use reverse_mentoring::session::{Minutes, PlannedSession};
//! use reverse_mentoring::text::Label;
//!
//! let mut ids = SequentialIds::new(1);
//! let (pairing, id) = (PairingId::from_source(&mut ids), SessionId::from_source(&mut ids));
//! let day = NaiveDate::from_ymd_opt(2026, 2, 3).ok_or("no such day")?;
//! let planned = PlannedSession::new(id, pairing, day).at("2026-02-03T12:00:00Z".parse()?, Minutes::new(60)?);
//! let now: DateTime<Utc> = "2026-01-20T08:00:00Z".parse()?;
//!
//! let office = Mailbox::new("mentoring@example.com")?;
//! let ada = Mailbox::new("ada@example.com")?.named(Label::new("Ada \"the first\" Byron")?);
//! let invite = Invite::new(&planned, 0, office, ada, Label::new("Reverse mentoring")?, now)?
//!     .with_attendee(Mailbox::new("cfo@example.com")?);
//! let message = invite.request();
//! assert!(message.contains("METHOD:REQUEST\r\n") && message.contains("DTSTART:20260203T120000Z\r\n"));
//! assert!(invite.cancellation().contains("SEQUENCE:1\r\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod invite;
mod mailbox;

pub use invite::{Invite, InviteError, MAX_DESCRIPTION_BYTES};
pub use mailbox::{MAX_ADDRESS_BYTES, Mailbox, MailboxError};
