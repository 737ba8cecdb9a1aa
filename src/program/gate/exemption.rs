//! Whether somebody may be exempted, and what hangs on it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::ids::{PairingId, ParticipantId};
use crate::journal::{Event, FarLink, ProposedPairing};
use crate::pairing::Stage;
use crate::program::refusal::{ExemptionProblem, Problem};
use crate::program::state::Gate;

impl Gate {
    pub(super) fn check_exempted(
        &self,
        mentee: ParticipantId,
        cleared: &[PairingId],
        problems: &mut Vec<Problem>,
    ) {
        if !self.people.contains_key(&mentee) {
            problems.push(Problem::UnknownParticipant(mentee));
        }
        if self.exempted.contains_key(&mentee) {
            problems.push(ExemptionProblem::AlreadyExempted(mentee).into());
            return;
        }
        same(&self.excusable(mentee), cleared, problems);
    }

    pub(super) fn check_revoked(
        &self,
        mentee: ParticipantId,
        suspended: &[PairingId],
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        if !self.is_exempted(mentee, on) {
            problems.push(ExemptionProblem::NotExempted { mentee, on }.into());
            return;
        }
        same(&self.excused(mentee), suspended, problems);
    }

    fn is_exempted(&self, mentee: ParticipantId, on: NaiveDate) -> bool {
        let exemption = self.exempted.get(&mentee);
        exemption.is_some_and(|exemption| exemption.since <= on)
    }

    /// Whether what is proposed over a link rests on an exemption that is on record.
    pub(super) fn check_levels(
        &self,
        pairings: &[ProposedPairing],
        on: NaiveDate,
        problems: &mut Vec<Problem>,
    ) {
        let linked = pairings.iter().filter(|new| new.levels.is_some());
        let mentees: BTreeSet<_> = linked.map(|new| new.pair.mentee).collect();
        let bare = mentees.into_iter().filter(|m| !self.is_exempted(*m, on));
        problems.extend(bare.map(|mentee| ExemptionProblem::NotExempted { mentee, on }.into()));
    }

    /// Whether a reorganisation holds up exactly those over a far link that no exemption excuses.
    // INVARIANT (far link): a pairing over one is suspended and not cleared, unless its mentee is exempted; then it is not
    // suspended, or cleared.
    pub(super) fn check_far_links(
        &self,
        event: &Event,
        far_links: &[FarLink],
        problems: &mut Vec<Problem>,
    ) {
        let Event::Reorganised {
            left,
            suspended,
            cleared,
            ended,
            ..
        } = event
        else {
            return;
        };
        let unknown = far_links.iter().map(|link| link.pairing);
        let unknown = unknown.filter(|id| !self.open.contains_key(id));
        problems.extend(unknown.map(Problem::UnknownPairing));
        let new: BTreeMap<_, _> = far_links.iter().map(|l| (l.pairing, l.levels)).collect();
        let [suspended, cleared, ended] =
            [suspended, cleared, ended].map(|ids| ids.iter().collect::<BTreeSet<_>>());
        for (id, held) in self.open.iter().filter(|(id, _)| !ended.contains(id)) {
            let before = held.record.facts.levels_now();
            if new.get(id).copied().unwrap_or(before).is_none() {
                continue;
            }
            let goes_on = match held.pairing.stage() {
                Stage::Suspended { .. } => cleared.contains(id),
                _ => !suspended.contains(id),
            };
            let mentee = held.pairing.pair().mentee;
            let exempted = self.exempted.contains_key(&mentee) && !left.contains(&mentee);
            match (exempted, goes_on) {
                (false, true) => problems.push(ExemptionProblem::NotExcused(*id).into()),
                (true, false) => problems.push(ExemptionProblem::Excused(*id).into()),
                _ => {}
            }
        }
    }
}

/// Whether an entry names exactly these pairings.
fn same(expected: &[PairingId], named: &[PairingId], problems: &mut Vec<Problem>) {
    let [expected, named] = [expected, named].map(|ids| ids.iter().collect::<BTreeSet<_>>());
    let left_out = expected.difference(&named);
    problems.extend(left_out.map(|id| ExemptionProblem::HangsOnExemption(**id).into()));
    let beyond = named.difference(&expected);
    problems.extend(beyond.map(|id| ExemptionProblem::NotOnExemption(**id).into()));
}
