//! Commands about sessions.

use super::*;

impl Run {
    pub(crate) fn session(
        &mut self,
        op: u8,
        which: usize,
        id: PairingId,
        b: u8,
        c: u8,
        stamp: (i64, i64),
    ) {
        let (_, recorded) = stamp;
        let date =
            self.model.today - [0, 0, 0, 0, 0, 0, 1, 2, 5, 10, 40, -1, -2, -9][usize::from(b % 14)];
        let outcome = [held(), held(), held(), CANCELLED, MISSED][usize::from(c % 5)];
        let new = op < 23;
        let number = match c / 5 % 4 {
            _ if self.model.sessions == 0 => 0,
            0..=2 if new => self.model.sessions,
            _ => u32::from(b) % self.model.sessions,
        };
        let session = session_id(number);
        let paired = self.model.paired.get(which);
        let known = paired.is_some_and(|p| p.sessions.contains_key(&session));
        let planned = paired.is_some_and(|p| p.plans.contains_key(&session));
        // Now and then an instant: of the morning or the afternoon, sometimes on a day that it cannot be on.
        let starts = [
            None,
            Some(9 * 60),
            Some(9 * 60 + 30),
            Some(16 * 60),
            Some(3 * 1440),
        ];
        let starts = starts[usize::from(b / 14) % 5].map(|minute| date * 1440 + minute);
        let mut made = reverse_mentoring::session::Session::new(session, id, day(date), outcome);
        if let Some(minute) = starts {
            made = made.with_start(instant(minute));
        }
        let mut met = Met {
            date,
            outcome,
            starts,
            given: BTreeSet::new(),
            planned: None,
        };
        let possible = starts.is_none_or(|starts| on_day(starts, date));
        let busy = self.met_elsewhere(which, session, met.minutes(), recorded);
        let future = date > recorded + 1 && !matches!(outcome, Outcome::Cancelled { .. });
        let open = paired.is_some_and(|p| !p.closed(recorded));
        let sound = open && paired.is_some_and(|p| p.ran_on(date)) && !future && possible && !busy;
        self.model.sessions = self.model.sessions.max(number + 1);
        let done = match op {
            ..=22 => {
                // What the gate has forgotten by now is nobody's.
                let owner = self
                    .model
                    .used
                    .get(&session)
                    .map(|&n| &self.model.paired[n]);
                let fresh = owner.is_none_or(|p| p.closed(self.model.last));
                let fresh = fresh || planned;
                self.verb(sound && fresh, stamp, |p, s, _| p.record(&made, s))
            }
            23 | 24 => self.verb(sound && known, stamp, |p, s, _| p.correct(&made, s)),
            _ => {
                let known = known || planned;
                if self.verb(known && open, stamp, |p, s, _| p.void(id, session, s)) {
                    self.model.paired[which].sessions.remove(&session);
                    self.model.paired[which].plans.remove(&session);
                }
                false
            }
        };
        if done {
            self.model.used.insert(session, which);
            let paired = &mut self.model.paired[which];
            if let Some(plan) = paired.plans.remove(&session) {
                met.planned = Some((plan.on, plan.first, plan.moves));
            }
            if let Some(before) = paired.sessions.remove(&session) {
                met.given = before.given;
                met.planned = before.planned;
            }
            paired.sessions.insert(session, met);
        }
    }
}
