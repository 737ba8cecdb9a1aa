//! The sessions of a pairing on record, by date, with what readings need of each side by side in memory.

use std::ops::Deref;

use chrono::{Datelike, NaiveDate};

use super::sessions::SessionFact;
use crate::ids::SessionId;
use crate::pair::{Role, Roles};
use crate::session::{Outcome, Venue};

/// The sessions of a pairing on record: a slice of [`SessionFact`]s, by date, those of one day in the order of recording.
///
/// ```
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let (_, facts) = company.history().pairings().next().ok_or("nobody")?;
/// assert!(facts.sessions.is_sorted_by_key(|session| session.date));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (book): `facts` is sorted by date, and `briefs` says the same of each. Kept by the methods that change it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SessionBook {
    facts: Vec<SessionFact>,
    briefs: Vec<Brief>,
}

/// What readings need of a session: a reading of a million sessions goes over these, 20 bytes of 56.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Brief {
    /// The number of its day, as Chrono's `num_days_from_ce`.
    pub(crate) day: i32,
    pub(crate) kind: Kind,
    /// Of one held.
    pub(crate) minutes: u16,
    /// Half minutes that the mentee taught in one held.
    pub(crate) taught_by_mentee: u16,
    pub(crate) venue_known: bool,
    pub(crate) at_work: bool,
    pub(crate) feedback_from: Roles,
    pub(crate) recognition_from: Roles,
    /// Whether the record has an id: one of a log has none.
    pub(crate) has_id: bool,
    /// How the id ends.
    pub(crate) id_end: u8,
}

const _: () = assert!(size_of::<Brief>() == 20);

/// How an id ends, as a number below 64: most differ in it, however they are made.
pub(crate) fn id_end(session: SessionId) -> u8 {
    session
        .as_uuid()
        .as_bytes()
        .last()
        .map_or(0, |last| last % 64)
}

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Held,
    Cancelled(Option<Role>),
    Missed(Option<Role>),
}

impl Brief {
    fn of(session: &SessionFact) -> Self {
        let taught = session.taught();
        let half = taught.map_or(0, |taught| taught.half_minutes(Role::Mentee));
        Self {
            day: session.date.num_days_from_ce(),
            kind: match session.outcome {
                Outcome::Held(_) => Kind::Held,
                Outcome::Cancelled { by } => Kind::Cancelled(by),
                Outcome::Missed { by } => Kind::Missed(by),
            },
            minutes: taught.map_or(0, |taught| taught.minutes().as_u16()),
            // Twice the minutes at most, which are those of a day.
            taught_by_mentee: u16::try_from(half).unwrap_or(u16::MAX),
            venue_known: session.venue.is_some(),
            at_work: session.venue.is_some_and(Venue::at_work),
            feedback_from: session.feedback_from,
            recognition_from: session.recognition_from,
            has_id: session.id.is_some(),
            id_end: session.id.map_or(0, id_end),
        }
    }

    /// Of one held, who taught alone; `None` where both did.
    pub(crate) fn taught_alone(&self) -> Option<Role> {
        match self.taught_by_mentee {
            0 => Some(Role::Mentor),
            all if u32::from(all) == 2 * u32::from(self.minutes) => Some(Role::Mentee),
            _ => None,
        }
    }
}

impl SessionBook {
    /// Those held up to a day, the last first, in brief.
    pub(crate) fn last_held(&self, on: NaiveDate) -> impl Iterator<Item = &Brief> {
        let last = on.num_days_from_ce();
        let briefs = self.briefs.iter().rev();
        let briefs = briefs.skip_while(move |brief| brief.day > last);
        briefs.filter(|brief| brief.kind == Kind::Held)
    }

    /// Those up to a day, with the same in brief.
    pub(crate) fn up_to(&self, on: NaiveDate) -> impl Iterator<Item = (&Brief, &SessionFact)> {
        let last = on.num_days_from_ce();
        let briefs = self
            .briefs
            .iter()
            .take_while(move |brief| brief.day <= last);
        briefs.zip(&self.facts)
    }

    /// Adds one in its place by date, after those of the same day.
    pub(crate) fn insert(&mut self, session: SessionFact) {
        let last = self.facts.last();
        let at = match last.is_none_or(|last| last.date <= session.date) {
            true => self.facts.len(),
            false => self.facts.partition_point(|s| s.date <= session.date),
        };
        if self.facts.len() == self.facts.capacity() {
            // A year of monthly sessions, then as many again.
            let more = self.facts.len().max(12);
            self.facts.reserve_exact(more);
            self.briefs.reserve_exact(more);
        }
        self.facts.insert(at, session);
        self.briefs.insert(at, Brief::of(&session));
    }

    /// Takes one out.
    pub(crate) fn remove(&mut self, id: SessionId) {
        self.facts.retain(|session| session.id != Some(id));
        self.briefs = self.facts.iter().map(Brief::of).collect();
    }

    /// Changes one, but never its date. Total: nothing where there is none of that id.
    pub(crate) fn change(&mut self, id: SessionId, change: impl FnOnce(&mut SessionFact)) {
        let mut both = self.facts.iter_mut().zip(&mut self.briefs);
        if let Some((session, brief)) = both.find(|(session, _)| session.id == Some(id)) {
            let date = session.date;
            change(session);
            session.date = date;
            *brief = Brief::of(session);
        }
    }
}

impl Deref for SessionBook {
    type Target = [SessionFact];

    fn deref(&self) -> &[SessionFact] {
        &self.facts
    }
}

impl FromIterator<SessionFact> for SessionBook {
    fn from_iter<I: IntoIterator<Item = SessionFact>>(sessions: I) -> Self {
        let mut facts: Vec<_> = sessions.into_iter().collect();
        facts.sort_by_key(|session| session.date);
        let briefs = facts.iter().map(Brief::of).collect();
        Self { facts, briefs }
    }
}

impl<'a> IntoIterator for &'a SessionBook {
    type Item = &'a SessionFact;
    type IntoIter = std::slice::Iter<'a, SessionFact>;

    fn into_iter(self) -> Self::IntoIter {
        self.facts.iter()
    }
}
