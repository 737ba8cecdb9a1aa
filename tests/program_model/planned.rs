//! Commands about sessions that are to come, and about what the two gave each other for those that were.

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;

/// A minute, counted from the midnight with which day 0 begins.
pub(crate) fn instant(minute: i64) -> DateTime<Utc> {
    at(0).recorded_at + TimeDelta::minutes(minute)
}

/// Whether a minute can be on a day: on that of Greenwich, the one before or the one after.
pub(crate) fn on_day(minute: i64, date: i64) -> bool {
    (date - 1..=date + 1).contains(&minute.div_euclid(1440))
}

fn overlap(a: &Range<i64>, b: &Range<i64>) -> bool {
    a.clone().any(|minute| b.contains(&minute))
}

impl Run {
    /// The pairings that share a person with one, itself included, and whose record is not closed.
    fn shared(&self, which: usize, recorded: i64) -> impl Iterator<Item = &Paired> {
        let people = self.model.paired.get(which).map(|p| [p.mentor, p.mentee]);
        let all = self.model.paired.iter();
        all.filter(move |p| {
            let of = |people: [usize; 2]| people.contains(&p.mentor) || people.contains(&p.mentee);
            people.is_some_and(of) && !p.closed(recorded)
        })
    }

    /// Whether one of the two met somebody, in another session, in these minutes.
    pub(crate) fn met_elsewhere(
        &self,
        which: usize,
        session: SessionId,
        minutes: Option<Range<i64>>,
        recorded: i64,
    ) -> bool {
        let Some(minutes) = minutes else {
            return false;
        };
        self.shared(which, recorded).any(|p| {
            let mut met = p.sessions.iter().filter(|(id, _)| **id != session);
            met.any(|(_, met)| met.minutes().is_some_and(|m| overlap(&m, &minutes)))
        })
    }

    /// Whether one of the two means to meet somebody, in another session, in these minutes.
    fn planned_elsewhere(
        &self,
        which: usize,
        session: SessionId,
        minutes: &Range<i64>,
        recorded: i64,
    ) -> bool {
        let mut open = self.shared(which, recorded).filter(|p| p.now.is_open());
        open.any(|p| {
            let plans = p.plans.iter().filter(|(id, _)| **id != session);
            let mut plans = plans.filter(|(_, plan)| plan.lapsed.is_none());
            plans.any(|(_, plan)| plan.minutes.as_ref().is_some_and(|m| overlap(m, minutes)))
        })
    }

    pub(crate) fn around(
        &mut self,
        op: u8,
        which: usize,
        id: PairingId,
        b: u8,
        c: u8,
        stamp: (i64, i64),
    ) {
        if op >= 24 {
            self.respond(which, id, b, c, stamp);
            return;
        }
        let (on, recorded) = stamp;
        let date = on + [0, 1, 1, 2, 5, 9, 30, -1][usize::from(b % 8)];
        // Hours that meet, touch and overlap; one cannot be on the day.
        let time = [
            None,
            Some((9 * 60, 60)),
            Some((10 * 60, 30)),
            Some((9 * 60 + 30, 90)),
            Some((23 * 60, 180)),
            Some((-20, 30)),
            Some((2 * 1440, 15)),
        ][usize::from(b / 8) % 7];
        let minutes = time.map(|(minute, length)| {
            let starts = date * 1440 + minute;
            starts..starts + i64::from(length)
        });
        let session = self.any_session(which, op < 21, c);
        let mut made = PlannedSession::new(session, id, day(date));
        if let (Some(minutes), Some((_, length))) = (&minutes, time) {
            made = made.at(instant(minutes.start), Minutes::new(length).unwrap());
        }
        let paired = self.model.paired.get(which);
        let free = minutes.as_ref().is_none_or(|minutes| {
            on_day(minutes.start, date)
                && !self.met_elsewhere(which, session, Some(minutes.clone()), recorded)
                && !self.planned_elsewhere(which, session, minutes, recorded)
        });
        let meets = paired.is_some_and(|p| p.now.is_open() && p.ran_on(date));
        let sound = meets && date >= on && free;
        if op < 21 {
            let owner = self.model.used.get(&session);
            let owner = owner.map(|&n| &self.model.paired[n]);
            let fresh = owner.is_none_or(|p| p.closed(self.model.last));
            if self.verb(sound && fresh, stamp, |p, s, _| p.plan_session(&made, s)) {
                self.model.used.insert(session, which);
                let plan = Plan {
                    date,
                    minutes,
                    on,
                    first: date,
                    moves: 0,
                    lapsed: None,
                };
                self.model.paired[which].plans.insert(session, plan);
            }
            return;
        }
        let before = paired.and_then(|p| p.plans.get(&session));
        let moves = before.is_some_and(|plan| {
            let stands = plan.lapsed.is_none();
            on >= plan.on && !(stands && (plan.date, &plan.minutes) == (date, &minutes))
        });
        if self.verb(sound && moves, stamp, |p, s, _| p.move_session(&made, s)) {
            let plans = &mut self.model.paired[which].plans;
            let plan = plans.get_mut(&session).unwrap();
            (plan.date, plan.minutes, plan.lapsed) = (date, minutes, None);
            plan.moves += 1;
        }
    }

    /// A new session id, or one that has been used: often one of the pairing's own.
    fn any_session(&mut self, which: usize, new: bool, c: u8) -> SessionId {
        let sessions = self.model.sessions;
        if new && (sessions == 0 || c % 8 != 0) {
            self.model.sessions += 1;
            return session_id(sessions);
        }
        let own = self.model.paired.get(which).into_iter();
        let own = own.flat_map(|p| p.plans.keys().chain(p.sessions.keys()).copied());
        let own: Vec<SessionId> = own.collect();
        match own.get(usize::from(c / 8) % own.len().max(1)) {
            Some(id) if c % 8 != 1 => *id,
            _ => session_id(u32::from(c) % sessions.max(1)),
        }
    }

    fn respond(&mut self, which: usize, id: PairingId, b: u8, c: u8, stamp: (i64, i64)) {
        let (on, recorded) = stamp;
        let session = self.any_session(which, false, c);
        let from = [Role::Mentor, Role::Mentee][usize::from(b % 2)];
        let what = [Response::Feedback, Response::Recognition][usize::from(b / 2 % 2)];
        let paired = self.model.paired.get(which);
        let paired = paired.filter(|p| !p.closed(recorded));
        let passes = paired
            .and_then(|p| p.sessions.get(&session))
            .is_some_and(|met| {
                !met.given.contains(&(from, what)) && (on >= met.date || met.outcome == CANCELLED)
            });
        if self.verb(passes, stamp, |p, s, _| {
            p.respond(id, session, from, what, s)
        }) {
            let sessions = &mut self.model.paired[which].sessions;
            sessions
                .get_mut(&session)
                .unwrap()
                .given
                .insert((from, what));
        }
    }

    /// What the pairing and both of its people have coming, by day.
    pub(crate) fn compare_coming(&self, which: usize) {
        let (model, today) = (&self.model, self.model.today);
        let Some(p) = model.paired.get(which) else {
            return;
        };
        let key = |plan: &Plan, id: SessionId| {
            let minutes = plan.minutes.clone();
            (
                plan.date,
                minutes.is_none(),
                minutes.map(|m| (m.start, m.end)),
                id,
            )
        };
        let coming = |of: &dyn Fn(&Paired) -> bool| {
            let pairings = model.paired.iter();
            let pairings = pairings.filter(|p| of(p) && !p.closed(model.last));
            let plans = pairings.flat_map(|p| p.plans.iter().map(|(id, plan)| (p.id, *id, plan)));
            let plans = plans.filter(|(_, _, plan)| plan.lapsed.is_none() && plan.date >= today);
            let plans = plans.map(|(pairing, id, plan)| (key(plan, id), pairing));
            let mut plans: Vec<_> = plans.collect();
            plans.sort();
            plans
        };
        let told = |plans: Vec<PlannedSession>| -> Vec<_> {
            let plans = plans.into_iter().map(|plan| {
                let minutes = plan.time.map(|time| {
                    let start = (time.starts - instant(0)).num_minutes();
                    (start, start + i64::from(time.minutes.as_u16()))
                });
                let date = Self::days(plan.date);
                (
                    (date, minutes.is_none(), minutes, plan.session),
                    plan.pairing,
                )
            });
            plans.collect()
        };
        let program = &self.program;
        let from = day(today);
        assert_eq!(
            told(program.planned(p.id, from)),
            coming(&|other| other.id == p.id)
        );
        for person in [p.mentor, p.mentee] {
            assert_eq!(
                told(program.planned_of(person_id(person as u32), from)),
                coming(&|other| [other.mentor, other.mentee].contains(&person))
            );
        }
    }

    pub(crate) fn met_of(fact: &SessionFact) -> Met {
        let given = [Response::Feedback, Response::Recognition].map(|what| {
            let from = fact.response_from(what);
            from.iter().map(move |role| (role, what))
        });
        Met {
            date: Self::days(fact.date),
            outcome: fact.outcome,
            starts: fact.starts.map(|at| (at - instant(0)).num_minutes()),
            given: given.into_iter().flatten().collect(),
            planned: fact
                .planned
                .map(|p| (Self::days(p.on), Self::days(p.first), p.moves)),
        }
    }

    pub(crate) fn plan_of(fact: &PlannedFact) -> Plan {
        let minutes = |time: Time| {
            let start = (time.starts - instant(0)).num_minutes();
            start..start + i64::from(time.minutes.as_u16())
        };
        Plan {
            date: Self::days(fact.date),
            minutes: fact.time.map(minutes),
            on: Self::days(fact.planning.on),
            first: Self::days(fact.planning.first),
            moves: fact.planning.moves,
            lapsed: fact
                .lapsed
                .map(|lapse| (Self::days(lapse.on), lapse.by.as_str())),
        }
    }
}
