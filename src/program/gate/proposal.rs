//! Whether pairings may be proposed.

use std::collections::{BTreeMap, BTreeSet};

use super::ROLES;
use crate::ids::{PairingId, ParticipantId};
use crate::journal::ProposedPairing;
use crate::pair::{Pair, Role};
use crate::program::refusal::Problem;
use crate::program::state::Gate;

impl Gate {
    pub(super) fn check_proposal(
        &self,
        pairings: &[ProposedPairing],
        known: &dyn Fn(PairingId) -> bool,
        problems: &mut Vec<Problem>,
    ) {
        if pairings.is_empty() {
            problems.push(Problem::EmptyProposal);
        }
        // Of one alone nothing comes twice.
        let many = pairings.len() > 1;
        let mut ids = BTreeSet::new();
        let mut pairs: BTreeMap<Pair, PairingId> = BTreeMap::new();
        let mut wanted: Vec<(ParticipantId, Role)> = Vec::with_capacity(2 * pairings.len());
        for new in pairings {
            let twice = many && !ids.insert(new.id);
            if twice || self.is_known(new.id) || known(new.id) {
                problems.push(Problem::PairingIdTaken(new.id));
            }
            if new.pair.mentor == new.pair.mentee {
                problems.push(Problem::Oneself(new.pair.mentor));
            }
            let open = self.paired.get(&new.pair).copied();
            let before = many.then(|| pairs.insert(new.pair, new.id)).flatten();
            if let Some(open) = before.or(open) {
                problems.push(Problem::AlreadyPaired(open));
            }
            wanted.extend(ROLES.map(|role| (new.pair.person(role), role)));
        }
        wanted.sort_unstable();
        for seats in wanted.chunk_by(|a, b| a == b) {
            let Some(&(participant, role)) = seats.first() else {
                continue;
            };
            let new = u32::try_from(seats.len()).unwrap_or(u32::MAX);
            let Some(enrolled) = self.people.get(&participant) else {
                problems.push(Problem::UnknownParticipant(participant));
                continue;
            };
            let taken = self.taken.get(&(participant, role)).copied().unwrap_or(0);
            let wanted = taken.saturating_add(new);
            let places = enrolled.places(role);
            if wanted > places {
                problems.push(Problem::NoPlace {
                    participant,
                    role,
                    places,
                    wanted,
                });
            }
        }
    }
}
