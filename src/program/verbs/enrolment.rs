//! What a host can do before and around pairings: enrolment, training, and the milestones of a cohort.

use crate::charter::{Charter, Cohort, CohortDays, Milestone, Readiness, Training};
use crate::history::ReadModel;
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::journal::{Enrolment, Entry, Event, Stamp};
use crate::pair::Role;
use crate::pairing::Pairing;
use crate::program::Program;
use crate::program::refusal::{Problem, Refused};

impl<V: ReadModel> Program<V> {
    /// Enrols people in a cohort, each by their own [answer](Readiness). The first enrolment opens the cohort; joiners may
    /// follow until it closes.
    ///
    /// # Errors
    ///
    /// [`Refused`] with everybody who is not in the roster or is enrolled already, and where the cohort is closed.
    pub fn enrol(
        &mut self,
        cohort: CohortId,
        people: impl IntoIterator<Item = (ParticipantId, Readiness)>,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let people = people
            .into_iter()
            .map(|(participant, readiness)| Enrolment {
                participant,
                readiness,
            });
        let people = people.collect();
        self.write(stamp, Event::Enrolled { cohort, people })
    }

    /// Takes somebody out who does not want to take part any more: at any time, without a reason. Their pairings end in
    /// the same entry; those who are left wait for another.
    ///
    /// # Errors
    ///
    /// [`Refused`] where they are not enrolled and have no adopted pairing, or enrolled after that day.
    pub fn withdraw(&mut self, participant: ParticipantId, stamp: Stamp) -> Result<Entry, Refused> {
        let theirs = |p: &Pairing| {
            let roles = [Role::Mentor, Role::Mentee];
            roles.iter().any(|r| p.pair().person(*r) == participant)
        };
        let ended = self.open_ids(theirs);
        let ended = ended.into_iter().chain(self.gate.adopted_of(participant));
        let ended = ended.collect();
        self.write(stamp, Event::Withdrew { participant, ended })
    }

    /// Launches a cohort in which people are enrolled: from now on its pairings may be proposed, with every rule that the
    /// charter names. The cohort goes by this charter to its end, and the programme until the next launch.
    ///
    /// # Errors
    ///
    /// [`Refused`] where nobody is enrolled, the cohort has been launched, its days are outside the charter's, or a pairing
    /// takes more hours than the charter gives.
    pub fn launch(
        &mut self,
        charter: Charter,
        cohort: Cohort,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let charter = Box::new(charter);
        self.write(stamp, Event::Launched { charter, cohort })
    }

    /// Notes that a launched cohort came to its midpoint, its close or its retrospective. The close ends the pairings that
    /// are still open, so complete those that came to their end before.
    ///
    /// # Errors
    ///
    /// [`Refused`] where another milestone comes next.
    pub fn reach(
        &mut self,
        cohort: CohortId,
        milestone: Milestone,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let closes = milestone == Milestone::Close;
        let ended = self.open_ids(|p| closes && p.cohort() == cohort);
        let event = Event::Reached {
            cohort,
            milestone,
            ended,
        };
        self.write(stamp, event)
    }

    /// Notes that people finished a training. Both of a pair have to have finished that of the charter before they begin.
    ///
    /// # Errors
    ///
    /// [`Refused`] with everybody who is not in the roster, or where nobody is named.
    pub fn trained(
        &mut self,
        training: Training,
        people: impl IntoIterator<Item = ParticipantId>,
        stamp: Stamp,
    ) -> Result<Entry, Refused> {
        let people = people.into_iter().collect();
        self.write(stamp, Event::Trained { training, people })
    }

    /// What the programme goes by, once a cohort has been launched.
    #[must_use]
    pub fn charter(&self) -> Option<&Charter> {
        self.gate.cohorts.charter()
    }

    /// Who is enrolled, and in which cohort, by id.
    pub fn enrolled(&self) -> impl Iterator<Item = (ParticipantId, CohortId)> {
        let enrolled = self.gate.cohorts.enrolled.iter();
        enrolled.map(|(person, enrolled)| (*person, enrolled.cohort))
    }

    /// The days for which a launched cohort is planned.
    #[must_use]
    pub fn cohort_days(&self, cohort: CohortId) -> Option<CohortDays> {
        self.gate.cohorts.known.get(&cohort)?.days
    }

    /// The milestone that a cohort comes to next; `None` for one that has come to all of them, or is not known.
    #[must_use]
    pub fn next_milestone(&self, cohort: CohortId) -> Option<Milestone> {
        self.gate.cohorts.known.get(&cohort)?.next()
    }

    /// The cohort in which somebody's pairing would be proposed.
    pub(in crate::program) fn cohort_of(&self, person: ParticipantId) -> Result<CohortId, Refused> {
        let cohorts = &self.gate.cohorts;
        let theirs = cohorts.enrolled.get(&person).map(|e| e.cohort);
        let running = || {
            let mut running = cohorts.known.iter().filter(|(_, c)| c.is_running());
            running.next().map(|(id, _)| *id)
        };
        let any = || cohorts.known.keys().next().copied();
        let cohort = theirs.or_else(running).or_else(any);
        cohort.ok_or_else(|| Refused(vec![Problem::NoCohort]))
    }

    fn open_ids(&self, which: impl Fn(&Pairing) -> bool) -> Vec<PairingId> {
        let open = self.gate.pairings().filter(|p| which(p));
        open.map(Pairing::id).collect()
    }
}
