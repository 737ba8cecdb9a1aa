//! The days of a pairing in a record, and its holds.

use chrono::{Days, NaiveDate};

use super::Check;
use crate::pairing::{Phase, Stage};
use crate::program::flaws::{Moment, PairingProblem};
use crate::program::record::PairingRecord;
use crate::program::state::closed;

impl Check<'_> {
    /// The days that the stage asks for, in their order.
    pub(super) fn days(&self, pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
        let stage = pairing.stage.stage();
        // Of what has ended, the stage does not say how far it came.
        let (began, settled) = match stage {
            Stage::Open { now: before }
            | Stage::Paused { before }
            | Stage::Suspended { before, .. } => {
                (Some(before.meets()), Some(before == Phase::Active))
            }
            Stage::Completed => (Some(true), Some(true)),
            Stage::Ended { .. } => (None, None),
        };
        // What was adopted began before it was signed, and perhaps before the programme.
        let began = if pairing.adopted { Some(true) } else { began };
        let accepted = match stage {
            Stage::Open { now: before }
            | Stage::Paused { before }
            | Stage::Suspended { before, .. } => Some(!matches!(before, Phase::Proposed { .. })),
            // What has begun was accepted.
            Stage::Completed | Stage::Ended { .. } => pairing.began_on.is_some().then_some(true),
        };
        let asked = [
            (Moment::Acceptance, pairing.accepted_on, accepted),
            (Moment::Beginning, pairing.began_on, began),
            (Moment::Settling, pairing.settled_on, settled),
            (Moment::End, pairing.ended_on, Some(!stage.is_open())),
        ];
        for (moment, day, needed) in asked {
            if needed.is_some_and(|needed| needed != day.is_some()) {
                let missing = day.is_none();
                found.push(PairingProblem::Dated {
                    stage,
                    moment,
                    missing,
                });
            }
        }
        let recording = self.stamp.on.checked_add_days(Days::new(1));
        let order = [
            (
                Moment::Opening,
                Some(self.record.opened_on).filter(|_| !pairing.adopted),
            ),
            (Moment::Proposal, Some(pairing.proposed_on)),
            (Moment::Acceptance, pairing.accepted_on),
            (
                Moment::Introduction,
                pairing.introduced_on.filter(|_| !pairing.adopted),
            ),
            (Moment::Beginning, pairing.began_on),
            (Moment::Settling, pairing.settled_on),
            (Moment::LatestStep, Some(pairing.changed_on)),
            (Moment::Recording, recording),
        ];
        in_order(&order, found);
        // The end is the latest step.
        let last = Some(pairing.changed_on);
        let end = [(Moment::LatestStep, last), (Moment::End, pairing.ended_on)];
        let start = [(Moment::End, pairing.ended_on), (Moment::LatestStep, last)];
        if pairing.ended_on.is_some() {
            in_order(&end, found);
            in_order(&start, found);
        }
        if let Some(ended) = pairing.ended_on.filter(|ended| closed(*ended, &self.stamp)) {
            found.push(PairingProblem::Closed(ended));
        }
        // What ended while it was suspended keeps its link.
        let may_link = matches!(stage, Stage::Suspended { .. } | Stage::Ended { .. });
        if !pairing.link_gone && !may_link {
            found.push(PairingProblem::Link(stage));
        }
    }
}

/// Each day that is known is not before the one that is known before it.
fn in_order(moments: &[(Moment, Option<NaiveDate>)], found: &mut Vec<PairingProblem>) {
    let known = moments
        .iter()
        .filter_map(|(moment, day)| Some((*moment, (*day)?)));
    let known: Vec<_> = known.collect();
    for pair in known.windows(2) {
        if let [(earlier, earlier_on), (later, later_on)] = *pair {
            if later_on < earlier_on {
                found.push(PairingProblem::Order {
                    earlier,
                    earlier_on,
                    later,
                    later_on,
                });
            }
        }
    }
}

/// Holds follow each other, the last of them lasts where the stage says so, and the others are over.
pub(super) fn holds(pairing: &PairingRecord, found: &mut Vec<PairingProblem>) {
    let stage = pairing.stage.stage();
    let mut free = pairing.proposed_on;
    for (at, hold) in pairing.holds.iter().enumerate() {
        let last = at + 1 == pairing.holds.len();
        let until = hold.until.unwrap_or(hold.from);
        if hold.from < free || until < hold.from || (hold.until.is_none() && !last) {
            found.push(PairingProblem::HoldOrder(hold.from));
        }
        free = free.max(until);
    }
    let lasting = pairing.holds.last().filter(|hold| hold.until.is_none());
    let lasting = lasting.map(|hold| hold.suspended);
    let expected = match stage {
        Stage::Paused { .. } => Some(false),
        Stage::Suspended { .. } => Some(true),
        // One that was adopted and has not begun again since does not meet.
        Stage::Open { now } if pairing.adopted && !now.meets() => Some(false),
        Stage::Open { .. } | Stage::Completed | Stage::Ended { .. } => None,
    };
    if lasting != expected {
        found.push(PairingProblem::HoldOfStage(stage));
    }
}
