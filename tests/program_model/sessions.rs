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
        let made = reverse_mentoring::session::Session::new(session, id, day(date), outcome);
        let future = date > recorded + 1 && !matches!(outcome, Outcome::Cancelled { .. });
        let open = paired.is_some_and(|p| !p.closed(recorded));
        let sound = open && paired.is_some_and(|p| p.ran_on(date)) && !future;
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
                self.verb(sound && fresh, stamp, |p, s, _| p.record(&made, s))
            }
            23 | 24 => self.verb(sound && known, stamp, |p, s, _| p.correct(&made, s)),
            _ => {
                if self.verb(known && open, stamp, |p, s, _| p.void(id, session, s)) {
                    self.model.paired[which].sessions.remove(&session);
                }
                false
            }
        };
        if done {
            self.model.used.insert(session, which);
            let sessions = &mut self.model.paired[which].sessions;
            sessions.insert(session, (date, outcome));
        }
    }
}
