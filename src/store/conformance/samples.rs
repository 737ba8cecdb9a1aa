//! Entries, texts and records to try a store with.

use chrono::NaiveDate;

use super::bench::Bench;
use crate::ids::{PairingId, ParticipantId, ProgramId};
use crate::journal::{Entry, Event, Places, Stamp};
use crate::pairing::{NewGoal, SharedGoal};
use crate::roster::{Load, RosterFingerprint};
use crate::text::Label;

/// Texts on which careless stores have stumbled; those that are labels go through journals, all of them onto cards.
pub(super) const TEXTS: [&str; 16] = [
    "it's",
    "\"quoted\" and `back` and \\ and %s and ?1 and $1 and :name",
    "'); DROP TABLE journal; --",
    "A\u{0}B",
    "two\r\nlines",
    " leading and trailing ",
    "é",
    "e\u{301}",
    "\u{202e}evil",
    "\u{feff}bom",
    "\u{fffd}\u{ffff}",
    "👩‍👩‍👧‍👦",
    "日本語",
    "\u{10ffff}",
    "=1+1",
    "007",
];

/// A day as good as any.
pub(super) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default()
}

/// The day so many days later.
pub(super) fn later(days: u64) -> NaiveDate {
    day() + chrono::Days::new(days)
}

/// An instant that is not a whole second: it has to come back as it is.
fn stamp(sequence: u64) -> Stamp {
    let instant = day().and_hms_nano_opt(9, 30, 0, 123_456_789);
    let instant = instant.unwrap_or_default().and_utc();
    let later = chrono::TimeDelta::nanoseconds(i64::try_from(sequence).unwrap_or_default());
    Stamp::new(instant + later, day())
}

impl Bench<'_> {
    fn opening(&mut self, program: ProgramId, people: usize) -> Option<Entry> {
        let roster = RosterFingerprint::try_from("0f".repeat(16)).ok()?;
        let people = (0..people).map(|_| Places {
            participant: ParticipantId::new(self.id()),
            as_mentor: 1,
            as_mentee: u32::MAX,
        });
        let people = people.collect();
        let load = Load::DEFAULT;
        Some(Entry::new(
            0,
            stamp(0),
            Event::Opened {
                program,
                roster,
                load,
                people,
            },
        ))
    }

    fn event(&mut self) -> Event {
        Event::Withdrew {
            participant: ParticipantId::new(self.id()),
            ended: vec![PairingId::new(self.id())],
        }
    }

    /// Entries from a place on, each with something of its own. They continue each other; no gate would let all of them pass.
    pub(super) fn entries(&mut self, program: ProgramId, from: u64, count: u64) -> Vec<Entry> {
        let mut entries = Vec::new();
        for sequence in from..from.saturating_add(count) {
            if sequence == 0 {
                entries.extend(self.opening(program, 2));
            } else {
                entries.push(Entry::new(sequence, stamp(sequence), self.event()));
            }
        }
        entries
    }

    /// An opening with many people.
    pub(super) fn crowd(&mut self, program: ProgramId, people: usize) -> Vec<Entry> {
        self.opening(program, people).into_iter().collect()
    }

    /// An entry for each text that is a label, after an opening.
    pub(super) fn texts(&mut self, program: ProgramId) -> Vec<Entry> {
        let mut entries = self.entries(program, 0, 1);
        let long = "é".repeat(crate::text::MAX_LABEL_BYTES / 2);
        let texts = TEXTS.into_iter().map(str::to_owned).chain([long]);
        for label in texts.filter_map(|text| Label::new(text).ok()) {
            let sequence = entries.len() as u64;
            let goal = SharedGoal::new(label, day());
            let event = Event::GoalAdded {
                pairing: PairingId::new(self.id()),
                goal: NewGoal::Shared { goal },
            };
            entries.push(Entry::new(sequence, stamp(sequence), event));
        }
        entries
    }
}
