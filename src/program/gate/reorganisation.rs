//! Whether the company may have changed so.

use std::collections::BTreeSet;

use super::ROLES;
use crate::ids::{PairingId, ParticipantId};
use crate::pair::Role;
use crate::pairing::{IllegalStep, Stage, Step};
use crate::program::refusal::Problem;
use crate::program::state::Gate;

impl Gate {
    pub(super) fn check_reorganisation(
        &self,
        left: &[ParticipantId],
        suspended: &[PairingId],
        cleared: &[PairingId],
        ended: &[PairingId],
        problems: &mut Vec<Problem>,
    ) {
        for person in left.iter().filter(|p| !self.people.contains_key(p)) {
            problems.push(Problem::UnknownParticipant(*person));
        }
        let named = suspended.iter().chain(cleared).chain(ended);
        for id in named.filter(|id| !self.open.contains_key(id)) {
            problems.push(Problem::UnknownPairing(*id));
        }
        // A link can be gone only where one was: what is cleared could be reinstated.
        let suspended = suspended.iter().map(|id| (id, Step::Suspend));
        let reinstate = Step::Reinstate { by: Role::Mentor };
        let cleared = cleared.iter().map(|id| (id, reinstate));
        for (id, step) in suspended.chain(cleared) {
            let Some(stage) = self.open.get(id).map(|open| open.pairing.stage()) else {
                continue;
            };
            let held_up = matches!(stage, Stage::Suspended { .. });
            if held_up == (step == Step::Suspend) {
                problems.push(Problem::Illegal(IllegalStep { stage, step }));
            }
        }
        let (left, ended): (BTreeSet<_>, BTreeSet<_>) =
            (left.iter().collect(), ended.iter().collect());
        for pairing in self.pairings() {
            let alone = ROLES
                .iter()
                .any(|r| left.contains(&pairing.pair().person(*r)));
            match (alone, ended.contains(&pairing.id())) {
                (true, false) => problems.push(Problem::GoesOnAlone(pairing.id())),
                (false, true) => problems.push(Problem::NobodyLeft(pairing.id())),
                _ => {}
            }
        }
    }
}
