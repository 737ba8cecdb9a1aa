//! The exemptions of a record, and the far links of its pairings.

use std::collections::BTreeSet;

use super::Check;
use crate::ids::ParticipantId;
use crate::pairing::Stage;
use crate::program::flaws::{PairingProblem, RecordProblem};
use crate::program::record::PairingRecord;

impl Check<'_> {
    pub(super) fn exemptions(&mut self, people: &BTreeSet<ParticipantId>) {
        let record = self.record;
        let mut mentees = BTreeSet::new();
        for exemption in &record.exemptions {
            let mentee = exemption.mentee;
            if !mentees.insert(mentee) {
                self.problems.push(RecordProblem::ExemptedTwice(mentee));
            }
            if !people.contains(&mentee) {
                self.problems.push(RecordProblem::NotInRoster(mentee));
            }
            let since = exemption.since;
            if since < record.opened_on || !self.may_be(since) {
                self.problems
                    .push(RecordProblem::ExemptedOn { mentee, since });
            }
        }
    }

    /// A pairing over a far link is held up, unless its mentee is exempted.
    pub(super) fn far_links(&self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        for link in &pairing.far_links {
            if link.on < self.record.opened_on || !self.may_be(link.on) {
                found.push(PairingProblem::FarLinkDay(link.on));
            }
        }
        let stage = pairing.stage.stage();
        let levels = pairing.far_links.last().and_then(|link| link.levels);
        let Some(levels) = levels.filter(|_| stage.is_open()) else {
            return;
        };
        let mut exemptions = self.record.exemptions.iter();
        let exempted = exemptions.any(|e| e.mentee == pairing.pair.mentee);
        let held_up = matches!(stage, Stage::Suspended { .. }) && !pairing.link_gone;
        match (exempted, held_up) {
            (false, false) => found.push(PairingProblem::NotExcused(levels)),
            (true, true) => found.push(PairingProblem::Excused(levels)),
            _ => {}
        }
    }
}
