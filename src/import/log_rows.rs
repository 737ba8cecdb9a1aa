//! One row of each log: what its cells say.

use super::cell::{self, Reading};
use super::code::FaultCode;
use super::labels::Labels;
use super::row::{Column, Row};
use super::skills;
use super::table::Table;
use crate::cadence::Cadence;
use crate::history::{LoggedGoal, LoggedPairing, LoggedPulse, LoggedSession};
use crate::pair::Role;
use crate::roster::PersonRef;
use crate::session::{Minutes, Outcome, Taught, TaughtBy};

pub(super) const ROLES: &[(&str, Role)] = &[("mentor", Role::Mentor), ("mentee", Role::Mentee)];

/// Minutes of a planned session: the logs do not say, and nothing that health reads depends on it.
const PLANNED_MINUTES: u16 = 60;

pub(super) struct PairColumns {
    pub(super) pairing: Column,
    mentor: Column,
    mentee: Column,
    started: Column,
    cadence_days: Column,
    grace_days: Column,
    ended: Column,
    end_reason: Column,
}

impl PairColumns {
    pub(super) fn of(table: &mut Table<'_>) -> Self {
        let columns = Self {
            pairing: table.required("pairing"),
            mentor: table.required("mentor"),
            mentee: table.required("mentee"),
            started: table.required("started"),
            cadence_days: table.required("cadence_days"),
            grace_days: table.required("grace_days"),
            ended: table.required("ended"),
            end_reason: table.required("end_reason"),
        };
        table.key(columns.pairing);
        columns
    }

    pub(super) fn read(
        &self,
        row: &mut Row<'_>,
        mut person: impl FnMut(&mut Row<'_>, Column) -> Option<PersonRef>,
        labels: &mut Labels,
    ) -> Option<LoggedPairing> {
        let mentor = person(row, self.mentor);
        let mentee = person(row, self.mentee);
        let started = cell::date(row, self.started).needed(row, self.started, FaultCode::BadDate);
        // Each number against a sound other one, so that both faults of a row are named.
        let interval = cell::parsed(
            row,
            self.cadence_days,
            FaultCode::BadCadence,
            "a whole number of 1 to 366",
            |text| cell::whole(text).filter(|&days| Cadence::new(days, 0, PLANNED_MINUTES).is_ok()),
        )
        .needed(row, self.cadence_days, FaultCode::BadCadence);
        let grace = cell::parsed(
            row,
            self.grace_days,
            FaultCode::BadGrace,
            "a whole number of 0 to 366",
            |text| cell::whole(text).filter(|&days| Cadence::new(1, days, PLANNED_MINUTES).is_ok()),
        )
        .needed(row, self.grace_days, FaultCode::BadGrace);
        let ended = cell::date(row, self.ended);
        let reason = cell::label(row, self.end_reason, labels);
        if ended.is_blank() && reason.is_value() {
            let text = "is filled, though `ended` is blank";
            row.fault(self.end_reason, FaultCode::ReasonWithoutEnd, text);
        }
        if let (Some(started), Reading::Is(ended)) = (started, ended) {
            if ended < started {
                let text = format!("is {ended}, before `started`, {started}");
                row.fault(self.ended, FaultCode::EndedBeforeStart, text);
            }
        }
        Some(LoggedPairing {
            key: row.key()?.clone(),
            mentor: mentor?,
            mentee: mentee?,
            started: started?,
            cadence: Cadence::new(interval?, grace?, PLANNED_MINUTES).ok()?,
            ended: ended.value().map(|date| (date, reason.value())),
            sessions: Vec::new(),
            goals: Vec::new(),
            pulses: Vec::new(),
        })
    }
}

pub(super) struct SessionColumns {
    date: Column,
    outcome: Column,
    minutes: Column,
    taught_by: Column,
    by: Column,
}

#[derive(Clone, Copy)]
enum Became {
    Held,
    Cancelled,
    Missed,
}

impl SessionColumns {
    pub(super) fn of(table: &mut Table<'_>) -> Self {
        let pairing = table.required("pairing");
        table.key(pairing);
        Self {
            date: table.required("date"),
            outcome: table.required("outcome"),
            minutes: table.required("minutes"),
            taught_by: table.required("taught_by"),
            by: table.required("by"),
        }
    }

    pub(super) fn read(&self, row: &mut Row<'_>) -> Option<LoggedSession> {
        let date = cell::date(row, self.date).needed(row, self.date, FaultCode::BadDate);
        let became = cell::choice(
            row,
            self.outcome,
            FaultCode::BadOutcome,
            &[
                ("held", Became::Held),
                ("cancelled", Became::Cancelled),
                ("missed", Became::Missed),
            ],
        )
        .needed(row, self.outcome, FaultCode::BadOutcome);
        let minutes = cell::parsed(
            row,
            self.minutes,
            FaultCode::BadMinutes,
            "a whole number of 1 to 1440",
            |text| cell::whole(text).and_then(|minutes| Minutes::new(minutes).ok()),
        );
        let taught_by = cell::choice(
            row,
            self.taught_by,
            FaultCode::BadTaughtBy,
            &[
                ("mentor", TaughtBy::Mentor),
                ("mentee", TaughtBy::Mentee),
                ("both", TaughtBy::Both),
            ],
        );
        let by = cell::choice(row, self.by, FaultCode::BadSide, ROLES);
        let outcome = match became? {
            Became::Held => {
                if by.is_value() {
                    let text = "is filled, though the session was held";
                    row.fault(self.by, FaultCode::HeldBy, text);
                }
                let minutes = minutes.needed(row, self.minutes, FaultCode::BadMinutes);
                let taught_by = taught_by.needed(row, self.taught_by, FaultCode::BadTaughtBy);
                Outcome::Held(Taught::new(taught_by?, minutes?))
            }
            became => {
                let filled = [
                    (self.minutes, minutes.is_value()),
                    (self.taught_by, taught_by.is_value()),
                ];
                for (column, _) in filled.iter().filter(|(_, filled)| *filled) {
                    let text = "is filled, though the session was not held";
                    row.fault(*column, FaultCode::NotHeld, text);
                }
                let by = by.value();
                match became {
                    Became::Missed => Outcome::Missed { by },
                    _ => Outcome::Cancelled { by },
                }
            }
        };
        Some(LoggedSession {
            date: date?,
            outcome,
        })
    }
}

pub(super) struct GoalColumns {
    learner: Column,
    pub(super) skill: Column,
    from: Column,
    to: Column,
    now: Column,
}

impl GoalColumns {
    pub(super) fn of(table: &mut Table<'_>) -> Self {
        let pairing = table.required("pairing");
        table.key(pairing);
        Self {
            learner: table.required("learner"),
            skill: table.required("skill"),
            from: table.required("from"),
            to: table.required("to"),
            now: table.required("now"),
        }
    }

    /// The goal; whether the learner has another for the skill, only the whole file shows.
    pub(super) fn read(&self, row: &mut Row<'_>, labels: &mut Labels) -> Option<LoggedGoal> {
        let learner = cell::choice(row, self.learner, FaultCode::BadSide, ROLES).needed(
            row,
            self.learner,
            FaultCode::BadSide,
        );
        let skill = skills::skill(row, self.skill, labels);
        let (from, to) = (skills::level(row, self.from), skills::level(row, self.to));
        let now = skills::level(row, self.now);
        if let (Some(from), Some(to)) = (from, to) {
            if to <= from {
                let text = format!("is {to}, not above `from`, {from}");
                row.fault(self.to, FaultCode::NotRising, text);
            }
        }
        Some(LoggedGoal {
            learner: learner?,
            skill: skill?,
            from: from?,
            to: to?,
            now: now?,
        })
    }
}

pub(super) struct PulseColumns {
    side: Column,
    question: Column,
    date: Column,
    score: Column,
}

impl PulseColumns {
    pub(super) fn of(table: &mut Table<'_>) -> Self {
        let pairing = table.required("pairing");
        table.key(pairing);
        Self {
            side: table.required("side"),
            question: table.required("question"),
            date: table.required("date"),
            score: table.required("score"),
        }
    }

    pub(super) fn read(&self, row: &mut Row<'_>, labels: &mut Labels) -> Option<LoggedPulse> {
        let side = cell::choice(row, self.side, FaultCode::BadSide, ROLES).needed(
            row,
            self.side,
            FaultCode::BadSide,
        );
        let question =
            cell::label(row, self.question, labels).needed(row, self.question, FaultCode::BadLabel);
        let date = cell::date(row, self.date).needed(row, self.date, FaultCode::BadDate);
        let code = FaultCode::BadScore;
        let score = cell::parsed(row, self.score, code, "a whole number of 1 to 5", |text| {
            cell::whole(text).filter(|score| (1..=5).contains(score))
        })
        .needed(row, self.score, code);
        Some(LoggedPulse {
            side: side?,
            question: question?,
            date: date?,
            score: score?,
        })
    }
}
