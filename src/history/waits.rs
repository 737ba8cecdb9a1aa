//! Who waits for a pairing, and since when.

use chrono::NaiveDate;

use super::History;
use super::seats::Seats;
use crate::matching::Wait;
use crate::pair::Role;

impl History {
    /// Everybody who waits for a pairing on a day, by id, then role: see [`Program::waits`](crate::program::Program::waits).
    /// Of a log, nobody knows since when somebody takes part: since the first day of all calendars.
    #[must_use]
    pub fn waits(&self, today: NaiveDate) -> Vec<Wait> {
        let seats = Seats::of(self, today);
        let mut seated = seats.all().in_step();
        let mut waits = Vec::new();
        for (person, facts) in self.people() {
            let seated = seated(person);
            for role in [Role::Mentor, Role::Mentee] {
                let began = facts.places_since(role, today);
                let since = began.and_then(|began| seated.waits_since(role, began));
                waits.extend(since.map(|since| Wait {
                    person,
                    role,
                    since,
                }));
            }
        }
        waits
    }
}
