//! Who waits for a pairing, and since when.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Program;
use crate::history::PairingFacts;
use crate::ids::ParticipantId;
use crate::matching::Wait;
use crate::pair::Role;

impl Program {
    /// Everybody who waits for a pairing on a day, by id, then role, for [`Waiting`](crate::matching::Waiting).
    ///
    /// Somebody waits in a role who is enrolled, has a place in it and no open pairing: since they began to, or since
    /// their last pairing in the role ended, if that is later. A proposal that came to nothing does not set the clock
    /// back, and neither does a chemistry period after which one of the two did not go on: the partner keeps the time
    /// that they have waited. One that was adopted and ended without being regularised was no trial: it counts. Reads the history alone, so that what is dated after the day has not happened.
    ///
    /// ```
    /// use reverse_mentoring::matching::{Criteria, Waiting};
    /// use reverse_mentoring::prelude::*;
    /// # use chrono::NaiveDate;
    /// # use reverse_mentoring::testing::Company;
    /// # let company = Company::sample()?;
    /// # let mut ids = SequentialIds::new(9);
    /// # let start = Stamp::midnight(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
    /// # let (mut program, _) = Program::open(ProgramId::from_source(&mut ids), company.roster(), Load::default(), start)?;
    /// # reverse_mentoring::testing::launch(&mut program, company.roster(), start, &mut ids)?;
    /// # let today = NaiveDate::from_ymd_opt(2026, 4, 15).unwrap();
    ///
    /// // A hundred days after everybody enrolled: three points for each day that one of the two has waited.
    /// let waits = program.waits(today);
    /// let criteria = Criteria::standard().with(Waiting::on(today, waits), 3)?;
    /// # assert!(program.waits(today).iter().all(|wait| wait.since == start.on));
    /// # Ok::<(), reverse_mentoring::error::Error>(())
    /// ```
    #[must_use]
    pub fn waits(&self, today: NaiveDate) -> Vec<Wait> {
        let mut open: BTreeSet<(ParticipantId, Role)> = BTreeSet::new();
        let mut last_end: BTreeMap<(ParticipantId, Role), NaiveDate> = BTreeMap::new();
        for (_, facts) in self.view.pairings() {
            for role in [Role::Mentor, Role::Mentee] {
                let seat = (facts.pair.person(role), role);
                if facts.is_open(today) {
                    open.insert(seat);
                } else if let Some(end) = facts.end_by(today).filter(|_| went_on(facts)) {
                    let last = last_end.entry(seat).or_insert(end);
                    *last = end.max(*last);
                }
            }
        }
        let mut waits = Vec::new();
        for (person, facts) in self.view.people() {
            for role in [Role::Mentor, Role::Mentee] {
                let seat = (person, role);
                let began = facts.places_since(role, today);
                let Some(began) = began.filter(|_| !open.contains(&seat)) else {
                    continue;
                };
                let since = last_end.get(&seat).map_or(began, |end| began.max(*end));
                waits.push(Wait {
                    person,
                    role,
                    since,
                });
            }
        }
        waits
    }
}

/// Whether it was more than a proposal and a trial.
const fn went_on(facts: &PairingFacts) -> bool {
    // What was adopted is of no cohort before it is regularised.
    facts.settled.is_some() || facts.cohort.is_none()
}
