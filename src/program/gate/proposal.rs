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
        let mut ids = BTreeSet::new();
        let mut pairs: BTreeMap<Pair, PairingId> = BTreeMap::new();
        let mut wanted: BTreeMap<(ParticipantId, Role), u32> = BTreeMap::new();
        for new in pairings {
            if self.is_known(new.id) || known(new.id) || !ids.insert(new.id) {
                problems.push(Problem::PairingIdTaken(new.id));
            }
            if new.pair.mentor == new.pair.mentee {
                problems.push(Problem::Oneself(new.pair.mentor));
            }
            let open = self.paired.get(&new.pair).copied();
            let before = pairs.insert(new.pair, new.id);
            if let Some(open) = before.or(open) {
                problems.push(Problem::AlreadyPaired(open));
            }
            for role in ROLES {
                let seats = wanted.entry((new.pair.person(role), role)).or_default();
                *seats = seats.saturating_add(1);
            }
        }
        for ((participant, role), new) in wanted {
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
