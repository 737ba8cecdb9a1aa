//! The gate: `check` is fallible and pure, `evolve` is total.
//!
//! Live verbs and replay go through the same two functions, so nothing can be replayed that could not have happened.

mod adoption;
mod exemption;
mod agreement;
mod closing;
mod cohorts;
mod goals;
mod planning;
mod proposal;
mod reorganisation;
mod sessions;
mod steps;

use chrono::{Days, NaiveDate};

use super::refusal::{Problem, Refused};
use super::state::Gate;
use crate::eligibility::Evidence;
use crate::ids::PairingId;
use crate::journal::{Entry, Event, Stamp, WIRE_VERSION};
use crate::pair::Role;

pub(super) const ROLES: [Role; 2] = [Role::Mentor, Role::Mentee];

impl Gate {
    /// Whether an entry may follow; changes nothing. `known` are ids of pairings whose record is closed.
    pub(super) fn check(
        &self,
        entry: &Entry,
        known: &dyn Fn(PairingId) -> bool,
    ) -> Result<(), Refused> {
        let mut problems = self.check_header(entry);
        match &entry.event {
            // A programme is born of its opening; a second one never passes.
            Event::Opened { .. } => problems.push(Problem::Opening),
            Event::Enrolled { cohort, people } => {
                self.check_enrolment(*cohort, people, entry.stamp.on, &mut problems);
            }
            Event::Withdrew { participant, ended } => {
                let [adopted, ended] = self.sort_out(ended);
                self.check_adopted_ended(*participant, &adopted, &mut problems);
                self.check_withdrawal(*participant, &ended, entry.stamp.on, &mut problems);
            }
            Event::Launched { charter, cohort } => {
                self.check_launch(charter, cohort, entry.stamp.on, &mut problems);
            }
            Event::Reached {
                cohort,
                milestone,
                ended,
            } => {
                let on = entry.stamp.on;
                self.check_reached(*cohort, *milestone, ended, on, &mut problems);
            }
            Event::Trained { people, .. } => self.check_trained(people, &mut problems),
            Event::Proposed {
                cohort,
                pairings,
                evidence,
                ..
            } => {
                self.check_evidence(evidence, &entry.stamp, &mut problems);
                let on = entry.stamp.on;
                self.check_cohort(*cohort, pairings, evidence, on, &mut problems);
                for new in pairings {
                    self.check_planned_end(&new.agreement, *cohort, on, &mut problems);
                }
                self.check_proposal(pairings, known, &mut problems);
                self.check_levels(pairings, entry.stamp.on, &mut problems);
                goals::check_days(pairings, entry.stamp.on, &mut problems);
            }
            Event::Advanced { pairing, step } => {
                self.check_step(*pairing, *step, entry.stamp.on, &mut problems);
            }
            Event::TermsStated { pairing, .. } => {
                self.check_terms(*pairing, entry.stamp.on, &mut problems);
            }
            Event::AmendmentOffered {
                pairing, agreement, ..
            } => self.check_offer(*pairing, agreement, entry.stamp.on, &mut problems),
            Event::AmendmentAnswered {
                pairing,
                by,
                accepted,
            } => {
                let on = entry.stamp.on;
                self.check_answer(*pairing, *by, *accepted, on, &mut problems);
            }
            Event::SessionPlanned(planned) => {
                self.check_planned(planned, &entry.stamp, &mut problems);
            }
            Event::SessionMoved(planned) => {
                self.check_moved(planned, &entry.stamp, &mut problems);
            }
            Event::SessionRecorded(session) => {
                self.check_recorded(session, &entry.stamp, &mut problems);
            }
            Event::SessionCorrected(session) => {
                self.check_corrected(session, &entry.stamp, &mut problems);
            }
            Event::SessionVoided { pairing, session } => {
                self.check_voided(*pairing, *session, &entry.stamp, &mut problems);
            }
            Event::Responded {
                pairing,
                session,
                from,
                response,
            } => {
                let stamp = &entry.stamp;
                self.check_response(*pairing, *session, *from, *response, stamp, &mut problems);
            }
            Event::GoalAdded { pairing, goal } => {
                self.check_goal_added(*pairing, goal, &entry.stamp, &mut problems);
            }
            Event::GoalChanged {
                pairing,
                goal,
                change,
            } => self.check_goal_changed(*pairing, goal, *change, &entry.stamp, &mut problems),
            Event::Reviewed { pairing, by } => {
                self.check_review(*pairing, *by, &entry.stamp, &mut problems);
            }
            Event::Celebrated {
                pairing,
                occasion,
                by,
                agrees,
            } => {
                let word = (*by, *agrees);
                self.check_celebration(*pairing, *occasion, word, &entry.stamp, &mut problems);
            }
            Event::Reorganised {
                left,
                suspended,
                cleared,
                ended,
                far_links,
                ..
            } => {
                let sorted = [suspended, cleared, ended].map(|ids| self.sort_out(ids));
                let [[held_up, suspended], [freed, cleared], [over, ended]] = &sorted;
                self.check_reorganisation(left, suspended, cleared, ended, &mut problems);
                self.check_adopted_links(left, [held_up, freed, over], &mut problems);
                self.check_far_links(&entry.event, far_links, &mut problems);
            }
            Event::Exempted {
                mentee, cleared, ..
            } => self.check_exempted(*mentee, cleared, &mut problems),
            Event::ExemptionRevoked {
                mentee, suspended, ..
            } => self.check_revoked(*mentee, suspended, entry.stamp.on, &mut problems),
            Event::Adopted { .. } | Event::Decided { .. } | Event::Regularised { .. } => {
                self.check_adoption(&entry.event, known, &entry.stamp, &mut problems);
            }
        }
        if problems.is_empty() {
            return Ok(());
        }
        Err(Refused(problems))
    }

    fn check_evidence(&self, evidence: &Evidence, stamp: &Stamp, problems: &mut Vec<Problem>) {
        if evidence.roster != self.roster {
            problems.push(Problem::StaleProof);
        }
        if !evidence.covers_core() {
            problems.push(Problem::Evidence);
        }
        not_in_future(problems, evidence.asked_on, stamp);
    }

    /// Whether an id stands for a pairing whose record is not closed.
    fn is_known(&self, id: PairingId) -> bool {
        let proposed = self.open.contains_key(&id) || self.over.contains_key(&id);
        proposed || self.adopted.contains_key(&id)
    }

    /// What can be wrong with an entry whatever it says.
    pub(super) fn check_header(&self, entry: &Entry) -> Vec<Problem> {
        let mut problems: Vec<_> = self.newer.into_iter().map(Problem::ReadOnly).collect();
        if entry.version > WIRE_VERSION || entry.version == 0 {
            problems.push(Problem::Version(entry.version));
        }
        if entry.sequence != self.next {
            problems.push(Problem::Sequence {
                expected: self.next,
                found: entry.sequence,
            });
        }
        let recorded_at = entry.stamp.recorded_at;
        if let Some(last) = self.recorded_at.filter(|last| *last > recorded_at) {
            let found = recorded_at;
            problems.push(Problem::Backwards { last, found });
        }
        not_in_future(&mut problems, entry.stamp.on, &entry.stamp);
        if let Some(opened) = self.opened_on.filter(|opened| entry.stamp.on < *opened) {
            let on = entry.stamp.on;
            problems.push(Problem::BeforeOpening { on, opened });
        }
        problems
    }
}

/// A day may be ahead of the instant by one, for calendars east of Greenwich.
fn not_in_future(problems: &mut Vec<Problem>, on: NaiveDate, stamp: &Stamp) {
    let recorded = stamp.recorded_on();
    if on <= recorded {
        return;
    }
    let latest = recorded.checked_add_days(Days::new(1));
    if latest.is_some_and(|latest| on > latest) {
        problems.push(Problem::Future { on, recorded });
    }
}
