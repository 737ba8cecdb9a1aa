//! One mentor and one mentee, their goals, their agreement and where they stand.
//!
//! In come a proof of eligibility, two-way goals and an agreement; steps move the pairing through the
//! [stage table](stage). Never true inside: a pairing without a proof, without goals both ways, or without a cadence.

mod adopted;
mod agreement;
mod celebration;
mod choices;
mod goal;
pub mod stage;
mod step;
mod terms;

use chrono::NaiveDate;
use serde::Serialize;

pub use adopted::{Breach, Decision, Missing};
pub use agreement::{Agreement, Clause, OpenClauses};
pub use celebration::Occasion;
pub use choices::{Choice, Choices};
pub use goal::{
    DropReason, Goal, GoalChange, GoalRef, GoalsError, NewGoal, Priority, SharedGoal, TwoWayGoals,
};
pub use stage::{Consent, EndReason, IllegalStep, Phase, Stage};
pub use step::Step;
pub use terms::{Area, NoTerms, Preference, Terms};

use crate::charter::ChemistryPeriod;
use crate::ids::{CohortId, PairingId, ParticipantId};
use crate::pair::{Pair, Role};
use crate::privacy::Member;
use crate::roster::RosterFingerprint;

/// A mentor and a mentee in a programme.
///
/// There is no public constructor and no `Deserialize`: a pairing comes out of a [`Program`](crate::program::Program),
/// which takes a proof of eligibility or replays a journal.
///
/// ```compile_fail
/// let forged: reverse_mentoring::pairing::Pairing = serde_json::from_str("{}").unwrap();
/// ```
///
/// ```compile_fail
/// let forged: reverse_mentoring::pairing::Stage = serde_json::from_str("{}").unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Pairing {
    id: PairingId,
    pair: Pair,
    cohort: CohortId,
    goals: TwoWayGoals,
    agreement: Agreement,
    /// Of the agreement, from 1.
    version: u32,
    /// The roster in which it was proposed.
    roster: RosterFingerprint,
    stage: Stage,
    proposed_on: NaiveDate,
    began_on: Option<NaiveDate>,
    /// The day of the latest step.
    changed_on: NaiveDate,
    /// Whether the latest roster shows no link between the two.
    link_gone: bool,
    /// Sessions held that are on record.
    held: u32,
    /// Whether it ran elsewhere before.
    adopted: bool,
    chemistry: ChemistryPeriod,
    /// The day of the session that ends the chemistry period.
    enough_held: Option<NaiveDate>,
}

impl Pairing {
    pub(crate) const fn propose(
        id: PairingId,
        pair: Pair,
        cohort: CohortId,
        goals: TwoWayGoals,
        agreement: Agreement,
        roster: RosterFingerprint,
        on: NaiveDate,
    ) -> Self {
        Self {
            id,
            pair,
            cohort,
            goals,
            agreement,
            version: 1,
            roster,
            stage: Stage::PROPOSED,
            proposed_on: on,
            began_on: None,
            changed_on: on,
            link_gone: true,
            held: 0,
            adopted: false,
            chemistry: ChemistryPeriod::DEFAULT,
            enough_held: None,
        }
    }

    /// The pairing's id.
    #[must_use]
    pub const fn id(&self) -> PairingId {
        self.id
    }

    /// Who.
    #[must_use]
    pub const fn pair(&self) -> Pair {
        self.pair
    }

    /// Of which cohort.
    #[must_use]
    pub const fn cohort(&self) -> CohortId {
        self.cohort
    }

    /// What both wanted to reach when it was proposed. What has become of that, and what was added, is on record:
    /// [`Program::goals`](crate::program::Program::goals).
    #[must_use]
    pub const fn goals(&self) -> &TwoWayGoals {
        &self.goals
    }

    /// What both sign.
    #[must_use]
    pub const fn agreement(&self) -> &Agreement {
        &self.agreement
    }

    /// Which version of the agreement that is, counted from 1.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// The roster in which it was proposed.
    #[must_use]
    pub const fn roster(&self) -> RosterFingerprint {
        self.roster
    }

    /// Where it stands.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// The day of the proposal.
    #[must_use]
    pub const fn proposed_on(&self) -> NaiveDate {
        self.proposed_on
    }

    /// The first day of the chemistry period.
    #[must_use]
    pub const fn began_on(&self) -> Option<NaiveDate> {
        self.began_on
    }

    /// The day of the latest step.
    #[must_use]
    pub const fn changed_on(&self) -> NaiveDate {
        self.changed_on
    }

    /// How many sessions held are on record.
    #[must_use]
    pub const fn held(&self) -> u32 {
        self.held
    }

    /// How long they may find out whether they go on: as the charter said when they were proposed.
    #[must_use]
    pub const fn chemistry(&self) -> ChemistryPeriod {
        self.chemistry
    }

    /// Whether the [chemistry period](Self::chemistry) has run on a day: so many sessions held by then, or so many days.
    #[must_use]
    pub fn chemistry_has_run(&self, on: NaiveDate) -> bool {
        let days = self.began_on.map(|began| (on - began).num_days());
        let met = self.enough_held.is_some_and(|enough| enough <= on);
        met || days.is_some_and(|days| days >= i64::from(self.chemistry.days()))
    }

    /// Whether the latest roster shows no link, so that a suspended pairing may go on.
    #[must_use]
    pub const fn link_gone(&self) -> bool {
        self.link_gone
    }

    /// Proof that somebody is one of the two, with which confidential things can be read.
    #[must_use]
    pub fn member(&self, person: ParticipantId) -> Option<Member> {
        [Role::Mentor, Role::Mentee]
            .into_iter()
            .find(|&role| self.pair.person(role) == person)
            .map(|role| Member::new(self.id, role, person))
    }

    /// Whether it was made elsewhere, adopted, and regularised here: then it began before it was signed, and perhaps before
    /// the programme.
    #[must_use]
    pub const fn is_adopted(&self) -> bool {
        self.adopted
    }

    pub(crate) const fn set_adopted(&mut self) {
        self.adopted = true;
    }

    /// Notes what one of the two brings into the agreement.
    pub(crate) fn state(&mut self, by: Role, terms: Terms, on: NaiveDate) {
        self.agreement.set_terms(by, terms);
        self.sign_anew(on);
    }

    /// Takes over a version of the agreement that both want.
    pub(crate) fn agree(&mut self, agreement: Agreement, version: u32, on: NaiveDate) {
        self.agreement = agreement;
        self.version = version;
        self.sign_anew(on);
    }

    /// Something was said of it on a day.
    pub(crate) fn touch(&mut self, on: NaiveDate) {
        self.changed_on = self.changed_on.max(on);
    }

    /// Who has signed another text has not signed this one.
    fn sign_anew(&mut self, on: NaiveDate) {
        if let Stage::Open {
            now: Phase::Preparing { .. },
        } = self.stage
        {
            let signed = Consent::Nobody;
            self.stage = Stage::Open {
                now: Phase::Preparing { signed },
            };
        }
        self.changed_on = self.changed_on.max(on);
    }

    pub(crate) const fn set_chemistry(&mut self, period: ChemistryPeriod) {
        self.chemistry = period;
    }

    /// Notes the first day of the chemistry period.
    pub(crate) const fn begin(&mut self, on: NaiveDate) {
        self.began_on = Some(on);
    }

    /// Moves to a stage that the gate has found legal.
    pub(crate) fn enter(&mut self, stage: Stage, on: NaiveDate) {
        let meets = |stage| matches!(stage, Stage::Open { now } if now.meets());
        if self.began_on.is_none() && meets(stage) {
            self.began_on = Some(on);
        }
        self.stage = stage;
        self.changed_on = self.changed_on.max(on);
    }

    /// Notes whether there is a link; where there is one again, whoever wanted to go on is asked anew.
    pub(crate) const fn set_link_gone(&mut self, gone: bool) {
        self.link_gone = gone;
        if let (Stage::Suspended { before, .. }, false) = (self.stage, gone) {
            let agreed = Consent::Nobody;
            self.stage = Stage::Suspended { before, agreed };
        }
    }

    /// Counts the sessions held anew, given their days, rising.
    pub(crate) fn count_held(&mut self, days: impl Iterator<Item = NaiveDate>) {
        self.held = 0;
        self.enough_held = None;
        days.for_each(|day| self.held_again(day));
    }

    /// Counts one more, held on the day of the last or after it.
    pub(crate) fn held_again(&mut self, day: NaiveDate) {
        self.held = self.held.saturating_add(1);
        if self.held == u32::from(self.chemistry.sessions()) {
            self.enough_held = Some(day);
        }
    }
}
