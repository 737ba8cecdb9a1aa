//! What happened in which week of each pairing.

use chrono::{Datelike, Days, NaiveDate};

use super::text::urgency;
use crate::health::{PairingHealth, PairingStatus, ProgramHealth};
use crate::history::{History, PairingFacts};
use crate::ids::PairingId;

/// One week of a pairing. The first that fits, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Week {
    /// At least one session was held.
    Held,
    /// At least one was cancelled or missed.
    NotHeld,
    /// Held up on a day of it, whoever or whatever did that.
    HeldUp,
    /// It ran, and nothing is on record.
    Nothing,
    /// Before its start or after its end.
    Outside,
}

impl Week {
    /// Every kind, in order.
    pub const ALL: [Self; 5] = [
        Self::Held,
        Self::NotHeld,
        Self::HeldUp,
        Self::Nothing,
        Self::Outside,
    ];

    /// A stable code, such as `held_up`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::NotHeld => "not_held",
            Self::HeldUp => "held_up",
            Self::Nothing => "nothing",
            Self::Outside => "outside",
        }
    }
}

/// One pairing, week by week.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeatRow {
    /// Which.
    pub pairing: PairingId,
    /// How it goes.
    pub status: PairingStatus,
    /// Its weeks, as many as the map has.
    pub weeks: Vec<Week>,
}

/// Pairings × weeks up to a day. For coordinators alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct HeatMap {
    /// The Mondays on which the weeks begin, rising.
    pub mondays: Vec<NaiveDate>,
    /// The pairings that ran in one of them, those first that need attention first, then by id.
    pub rows: Vec<HeatRow>,
}

impl HeatMap {
    /// The last `weeks` weeks up to the day of the health, that of the day included, or fewer where the first pairing started
    /// later. Nothing after the day is looked at.
    #[must_use]
    pub fn of(history: &History, health: &ProgramHealth, weeks: u16) -> Self {
        let as_of = health.as_of;
        let pairings = health.pairings.iter();
        let started: Vec<(&PairingHealth, &PairingFacts)> = pairings
            .filter_map(|p| Some((p, history.pairing(p.pairing)?)))
            .collect();
        let starts = started.iter().filter_map(|(_, facts)| facts.run(as_of));
        let Some(first) = starts.map(|(started, _)| monday(started)).min() else {
            return Self::default();
        };
        let backwards = |week: u16| monday(as_of).checked_sub_days(Days::new(7 * u64::from(week)));
        let mut mondays: Vec<NaiveDate> = (0..weeks)
            .map_while(backwards)
            .take_while(|monday| *monday >= first)
            .collect();
        mondays.reverse();
        let mut rows: Vec<HeatRow> = started
            .iter()
            .map(|(pairing, facts)| HeatRow {
                pairing: pairing.pairing,
                status: pairing.status,
                weeks: weeks_of(facts, &mondays, as_of),
            })
            .collect();
        rows.retain(|row| row.weeks.iter().any(|week| *week != Week::Outside));
        rows.sort_by_key(|row| (urgency(row.status), row.pairing));
        Self { mondays, rows }
    }
}

/// The Monday of a day's week; the day itself where the calendar begins within the week.
fn monday(day: NaiveDate) -> NaiveDate {
    let since = day.weekday().num_days_from_monday();
    day.checked_sub_days(Days::new(since.into())).unwrap_or(day)
}

fn weeks_of(facts: &PairingFacts, mondays: &[NaiveDate], as_of: NaiveDate) -> Vec<Week> {
    let mut sessions = facts.sessions(as_of).peekable();
    let run = facts.run(as_of);
    let weeks = mondays.iter().map(|monday| {
        let next = monday.checked_add_days(Days::new(7));
        let within = |day: NaiveDate| day >= *monday && next.is_none_or(|next| day < next);
        let (mut held, mut other) = (false, false);
        // Sessions stand by date, so each is looked at once.
        while let Some(session) = sessions.next_if(|s| next.is_none_or(|next| s.date < next)) {
            let here = within(session.date);
            held |= here && session.outcome.is_held();
            other |= here && !session.outcome.is_held();
        }
        let last = next
            .and_then(|next| next.pred_opt())
            .unwrap_or(NaiveDate::MAX)
            .min(as_of);
        let held_up = facts
            .holds
            .iter()
            .any(|hold| hold.from <= last && hold.until.is_none_or(|until| until > *monday));
        let runs = run.is_some_and(|(from, until)| from <= last && until >= *monday);
        match (held, other) {
            (true, _) => Week::Held,
            (false, true) => Week::NotHeld,
            _ if runs && held_up => Week::HeldUp,
            _ if runs => Week::Nothing,
            _ => Week::Outside,
        }
    });
    weeks.collect()
}
