//! One session as an event, and the messages that announce, move and cancel it.

use chrono::{DateTime, Datelike, Timelike, Utc};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};

use super::mailbox::Mailbox;
use crate::history::PlannedFact;
use crate::ids::SessionId;
use crate::session::{PlannedSession, Time};
use crate::text::Label;

/// Longest description, in bytes.
pub const MAX_DESCRIPTION_BYTES: usize = 16 * 1024;

/// An invitation to a planned session. Each step takes it over, and [`request`](Self::request) or [`cancellation`](Self::cancellation) writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    session: SessionId,
    time: Time,
    moves: u32,
    organiser: Mailbox,
    attendees: Vec<Mailbox>,
    title: Label,
    place: Option<Label>,
    description: Option<String>,
    stamped: DateTime<Utc>,
}

/// Why a session has no invitation, or a text no place in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InviteError {
    /// Only the day is settled.
    #[error("the session has no time yet, only a day")]
    NoTime,
    /// An instant of a year that iCalendar cannot write with four digits.
    #[error("calendars write years from 1 to 9999")]
    Year,
    /// Moved too often for a rising sequence.
    #[error("the session was moved more often than a sequence number can tell")]
    Moves,
    /// Over [`MAX_DESCRIPTION_BYTES`].
    #[error("the description is longer than {MAX_DESCRIPTION_BYTES} bytes")]
    TooLong,
    /// A control character in the description that is neither a tab nor the end of a line.
    #[error("the description has a control character")]
    ControlCharacter,
}

impl Invite {
    /// An invitation to a session that was moved so many times, from whoever organises it to somebody, as of an instant: that at which it is
    /// written. Another is invited [as well](Self::with_attendee), or has a message of their own, which does not show them the other's address.
    ///
    /// Instants are written to the second; what is left of one is cut off, and a leap second is the second before it (RFC 5545, 3.3.12).
    ///
    /// # Errors
    ///
    /// [`InviteError`] where the session has no time, or one that calendars cannot write.
    pub fn new(
        planned: &PlannedSession,
        moves: u32,
        organiser: Mailbox,
        attendee: Mailbox,
        title: Label,
        stamped: DateTime<Utc>,
    ) -> Result<Self, InviteError> {
        let time = planned.time.ok_or(InviteError::NoTime)?;
        Self::at(
            (planned.session, time),
            moves,
            (organiser, attendee),
            title,
            stamped,
        )
    }

    /// The same from what the [history](crate::history) knows of a plan, which has counted how often it was moved.
    ///
    /// A session that is recorded as cancelled is no plan any more, and one that was moved to a day without a time has none: make the
    /// [`cancellation`](Self::cancellation) of the plan before that step.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn of(
        plan: &PlannedFact,
        organiser: Mailbox,
        attendee: Mailbox,
        title: Label,
        stamped: DateTime<Utc>,
    ) -> Result<Self, InviteError> {
        let time = plan.time.ok_or(InviteError::NoTime)?;
        let moves = plan.planning.moves;
        Self::at(
            (plan.id, time),
            moves,
            (organiser, attendee),
            title,
            stamped,
        )
    }

    fn at(
        (session, time): (SessionId, Time),
        moves: u32,
        (organiser, attendee): (Mailbox, Mailbox),
        title: Label,
        stamped: DateTime<Utc>,
    ) -> Result<Self, InviteError> {
        for instant in [time.starts, time.ends(), stamped] {
            if !(1..=9999).contains(&instant.year()) {
                return Err(InviteError::Year);
            }
        }
        // The sequence is written as a signed number of 32 bits (RFC 5545, 3.3.8).
        if moves > (i32::MAX.unsigned_abs() - 1) / 2 {
            return Err(InviteError::Moves);
        }
        Ok(Self {
            session,
            time,
            moves,
            organiser,
            attendees: vec![attendee],
            title,
            place: None,
            description: None,
            stamped,
        })
    }

    /// With one more who is invited and asked to answer.
    #[must_use]
    pub fn with_attendee(mut self, attendee: Mailbox) -> Self {
        self.attendees.push(attendee);
        self
    }

    /// With a place: a room, or the address of a call.
    #[must_use]
    pub fn with_place(mut self, place: Label) -> Self {
        self.place = Some(place);
        self
    }

    /// With a description, of several lines if need be; `\r\n` counts as the end of a line.
    ///
    /// # Errors
    ///
    /// [`InviteError`] for one that is too long or has a control character.
    pub fn with_description(mut self, description: &str) -> Result<Self, InviteError> {
        let description = description.replace("\r\n", "\n");
        if description.len() > MAX_DESCRIPTION_BYTES {
            return Err(InviteError::TooLong);
        }
        let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
        if !description.chars().all(plain) {
            return Err(InviteError::ControlCharacter);
        }
        self.description = Some(description);
        Ok(self)
    }

    /// The message that invites, or says where the session has been moved to: `METHOD:REQUEST`.
    #[must_use]
    pub fn request(&self) -> String {
        self.message("REQUEST", EventStatus::Confirmed, 2 * self.moves)
    }

    /// The message that takes the invitation back, where the session was called off or has fallen away: `METHOD:CANCEL`.
    #[must_use]
    pub fn cancellation(&self) -> String {
        self.message("CANCEL", EventStatus::Cancelled, 2 * self.moves + 1)
    }

    fn message(&self, method: &str, status: EventStatus, sequence: u32) -> String {
        let mut event = Event::new();
        event
            .uid(&self.session.as_uuid().to_string())
            .timestamp(second(self.stamped))
            .sequence(sequence)
            .starts(second(self.time.starts))
            .ends(second(self.time.ends()))
            .summary(self.title.as_str())
            .class(Class::Private);
        event.status(status);
        if let Some(place) = &self.place {
            event.location(place.as_str());
        }
        if let Some(description) = &self.description {
            event.description(description);
        }
        event.append_property(party("ORGANIZER", &self.organiser));
        for attendee in &self.attendees {
            let mut attendee = party("ATTENDEE", attendee);
            attendee.add_parameter("ROLE", "REQ-PARTICIPANT");
            if method == "REQUEST" {
                attendee.add_parameter("PARTSTAT", "NEEDS-ACTION");
                attendee.add_parameter("RSVP", "TRUE");
            }
            event.append_multi_property(attendee);
        }
        let mut calendar = Calendar::empty();
        calendar
            .append_property(("VERSION", "2.0"))
            .append_property(("PRODID", "-//reverse-mentoring//reverse-mentoring//EN"))
            .append_property(("CALSCALE", "GREGORIAN"))
            .append_property(("METHOD", method))
            .push(event.done());
        folded(&calendar.done().to_string())
    }
}

/// The whole second; chrono has a leap second as the fraction of the second before it.
fn second(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_nanosecond(0).unwrap_or(at)
}

fn party(kind: &str, mailbox: &Mailbox) -> Property {
    let mut party = Property::new(kind, mailbox.uri());
    if let Some(name) = mailbox.name() {
        party.add_parameter("CN", &quoted(name.as_str()));
    }
    party
}

/// The value of a parameter, which knows no backslash: a quotation mark and a caret are written as RFC 6868 has them, and whatever else could end
/// the value stands between quotation marks.
fn quoted(value: &str) -> String {
    let value = value.replace('^', "^^").replace('"', "^'");
    // `icalendar` sets the marks itself where there is a colon or a semicolon, and only there.
    match value.contains([':', ';']) {
        true => value,
        false => format!("\"{value}\""),
    }
}

/// Octets of a line, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// Folds lines anew: `icalendar` (up to 0.17.17 at least) counts the blank before a continued line as none, so that its last line can have 76 octets.
fn folded(message: &str) -> String {
    let mut out = String::with_capacity(message.len() + message.len() / LINE * 3);
    for line in message.replace("\r\n ", "").split_inclusive("\r\n") {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LINE && !matches!(c, '\r' | '\n') {
                out.push_str("\r\n ");
                octets = 1;
            }
            out.push(c);
            octets += c.len_utf8();
        }
    }
    out
}
