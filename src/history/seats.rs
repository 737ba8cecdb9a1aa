//! Which places the pairings of somebody take on a day, and since when they have taken none: people and pairings, walked
//! in step.
//!
//! In come the pairings of a history and a day; out come, for one person after the other, the pairings that are open in
//! each role and the end of the last one. Never true inside: a person's seats apart from each other.

use chrono::NaiveDate;

use super::History;
use super::facts::PairingFacts;
use crate::ids::ParticipantId;
use crate::pair::Role;

/// The pairings of people on a day, by person.
#[derive(Debug)]
pub(crate) struct Seats {
    seats: Vec<Seat>,
    pairings: usize,
}

/// A place that a pairing takes, or took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seat {
    person: ParticipantId,
    role: Role,
    taken: Taken,
    /// The place of the pairing among all, by id.
    pairing: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Now,
    /// By a pairing that ended on a day, and was more than a proposal and a trial.
    Until(NaiveDate),
    /// By one that was not, or is not proposed yet.
    Never,
}

/// What one person has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seated<'s> {
    pub(crate) seats: &'s [Seat],
}

impl Seats {
    pub(crate) fn of(history: &History, on: NaiveDate) -> Self {
        let (mut seats, mut pairings) = (Vec::new(), 0);
        for ((_, facts), at) in history.pairings().zip(0_u32..) {
            pairings += 1;
            let taken = if facts.is_open(on) {
                Taken::Now
            } else {
                let end = facts.end_by(on).filter(|_| went_on(facts));
                end.map_or(Taken::Never, Taken::Until)
            };
            for role in [Role::Mentor, Role::Mentee] {
                seats.push(Seat {
                    person: facts.pair.person(role),
                    role,
                    taken,
                    pairing: at,
                });
            }
        }
        seats.sort_unstable_by_key(|seat| seat.person);
        Self { seats, pairings }
    }

    /// How many pairings there are.
    pub(crate) const fn pairings(&self) -> usize {
        self.pairings
    }

    /// What each person has, asked in the order of their ids.
    pub(crate) fn in_step<'s>(&'s self) -> impl FnMut(ParticipantId) -> Seated<'s> {
        let mut rest = self.seats.as_slice();
        move |person| {
            let before = rest.iter().take_while(|seat| seat.person < person);
            rest = rest.split_at(before.count()).1;
            let theirs = rest.iter().take_while(|seat| seat.person == person);
            let (seats, later) = rest.split_at(theirs.count());
            rest = later;
            Seated { seats }
        }
    }
}

impl Seated<'_> {
    /// The places of the pairings, and the role in each.
    pub(crate) fn pairings(&self) -> impl Iterator<Item = (Role, usize)> {
        let seats = self.seats.iter();
        seats.filter_map(|seat| Some((seat.role, usize::try_from(seat.pairing).ok()?)))
    }

    /// Open pairings as mentor and as mentee.
    pub(crate) fn open(&self) -> [u32; 2] {
        [Role::Mentor, Role::Mentee].map(|role| {
            let open = self.seats.iter();
            let open = open.filter(|seat| seat.role == role && seat.taken == Taken::Now);
            u32::try_from(open.count()).unwrap_or(u32::MAX)
        })
    }

    /// Since when somebody waits in a role who has had a place in it since a day: since then, or since the end of the last
    /// pairing in it. `None` where they have one.
    pub(crate) fn waits_since(&self, role: Role, place_since: NaiveDate) -> Option<NaiveDate> {
        let mut theirs = self.seats.iter().filter(|seat| seat.role == role);
        theirs.try_fold(place_since, |since, seat| match seat.taken {
            Taken::Now => None,
            Taken::Until(end) => Some(since.max(end)),
            Taken::Never => Some(since),
        })
    }
}

/// Whether it was more than a proposal and a trial.
const fn went_on(facts: &PairingFacts) -> bool {
    // What was adopted is of no cohort before it is regularised.
    facts.settled.is_some() || facts.cohort.is_none()
}
