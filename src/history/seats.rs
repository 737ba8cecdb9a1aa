//! Which places the pairings of somebody take on a day, and since when they have taken none: people and pairings, walked
//! in step.
//!
//! In come the pairings of a history and a day; out come, for one person after the other, the pairings that are open in
//! each role and the end of the last one. Never true inside: a person's seats apart from each other.

use chrono::NaiveDate;

use super::History;
use super::facts::PairingFacts;
use crate::ids::{PairingId, ParticipantId};
use crate::pair::Role;

/// The pairings of people on a day, by person.
#[derive(Debug)]
pub(crate) struct Seats {
    seats: Vec<Seat>,
    pairings: Vec<PairingId>,
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

/// The seats of people in a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SeatsOf<'s> {
    seats: &'s [Seat],
    first: Option<ParticipantId>,
    until: Option<ParticipantId>,
}

/// What one person has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seated<'s> {
    pub(crate) seats: &'s [Seat],
}

impl Seats {
    pub(crate) fn of(history: &History, on: NaiveDate) -> Self {
        let (mut seats, mut pairings) = (Vec::new(), Vec::new());
        for ((id, facts), at) in history.pairings().zip(0_u32..) {
            pairings.push(id);
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

    /// Every pairing that is known, by id.
    pub(crate) fn pairings(&self) -> &[PairingId] {
        &self.pairings
    }

    /// The same, for good.
    pub(crate) fn into_pairings(self) -> Vec<PairingId> {
        self.pairings
    }

    /// All of them.
    pub(crate) fn all(&self) -> SeatsOf<'_> {
        SeatsOf {
            seats: &self.seats,
            first: None,
            until: None,
        }
    }

    /// All of them, in so many parts or fewer: people in a row, nobody in two.
    pub(crate) fn parts(&self, parts: usize) -> Vec<SeatsOf<'_>> {
        let size = self.seats.len().div_ceil(parts.max(1)).max(1);
        let first = |part: &[Seat]| part.first().map(|seat| seat.person);
        let mut firsts: Vec<_> = self.seats.chunks(size).skip(1).filter_map(first).collect();
        firsts.dedup();
        let from = std::iter::once(None).chain(firsts.iter().copied().map(Some));
        let until = firsts.iter().copied().map(Some).chain([None]);
        let parts = from.zip(until);
        let parts = parts.map(|(first, until)| {
            let before = |person| self.seats.partition_point(|seat| seat.person < person);
            let (from, to) = (
                first.map_or(0, before),
                until.map_or(self.seats.len(), before),
            );
            let seats = self.seats.get(from..to).unwrap_or_default();
            SeatsOf {
                seats,
                first,
                until,
            }
        });
        parts.collect()
    }
}

impl<'s> SeatsOf<'s> {
    /// The first of these people; the first of all where there is none.
    pub(crate) const fn first(&self) -> Option<ParticipantId> {
        self.first
    }

    /// The first who comes after them.
    pub(crate) const fn until(&self) -> Option<ParticipantId> {
        self.until
    }

    /// What each person has, asked in the order of their ids.
    pub(crate) fn in_step(self) -> impl FnMut(ParticipantId) -> Seated<'s> {
        let mut rest = self.seats;
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
