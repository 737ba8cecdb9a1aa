//! What charter and history show of a standard.

use std::fmt;

use chrono::NaiveDate;
use serde::Serialize;

use super::Standard;
use crate::cadence::Calendar;
use crate::charter::{Charter, Milestone};
use crate::health::ladder::Ladder;
use crate::health::metric::Ratio;
use crate::history::{CohortFacts, History, PairingFacts, StageFact};
use crate::ids::PairingId;
use crate::pair::Role;
use crate::pairing::{Consent, Phase};

/// Something that can be counted: for which part of a whole it holds. Of the charter, the whole is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DataPoint {
    /// The charter names a purpose.
    PurposeFiled,
    /// The charter names a sponsor.
    SponsorNamed,
    /// Pairings that began, with goals of both sides.
    GoalsBothWays,
    /// The charter names a curriculum.
    CurriculumNamed,
    /// Pairings in which both have signed here and then met, which nobody does untrained, of all that began.
    BegunTrained,
    /// The charter names the rules of a match, or that there are none beside the core.
    RulesOnRecord,
    /// Pairings that both have accepted here, of all that began.
    AcceptedByBoth,
    /// The charter has a chemistry period with its no-fault exit.
    NoFaultExit,
    /// Pairings that began, with a session on record, held or not.
    SessionsOnRecord,
    /// Midpoints, closes and retrospectives of cohorts that were planned by the day, and reached by it.
    ReviewsReached,
    /// Closing reviews of both, of the pairings that were completed.
    ClosingReviews,
    /// Pairings in which both have signed here, of all that began.
    AgreementSigned,
    /// The charter names a contact for concerns.
    ContactNamed,
    /// Open pairings that break no core invariant and are not suspended.
    InvariantsKept,
    /// The charter names the working time that is given.
    TimeGiven,
    /// The charter names who approved it.
    ApproverNamed,
    /// Open pairings that need no [next step](crate::health::NextStep).
    NobodyStuck,
}

impl DataPoint {
    /// All, by standard.
    pub const ALL: [Self; 17] = [
        Self::PurposeFiled,
        Self::SponsorNamed,
        Self::GoalsBothWays,
        Self::CurriculumNamed,
        Self::BegunTrained,
        Self::RulesOnRecord,
        Self::AcceptedByBoth,
        Self::NoFaultExit,
        Self::SessionsOnRecord,
        Self::ReviewsReached,
        Self::ClosingReviews,
        Self::AgreementSigned,
        Self::ContactNamed,
        Self::InvariantsKept,
        Self::TimeGiven,
        Self::ApproverNamed,
        Self::NobodyStuck,
    ];

    /// The standard that it speaks to.
    #[must_use]
    pub const fn standard(self) -> Standard {
        match self {
            Self::PurposeFiled | Self::SponsorNamed | Self::GoalsBothWays => Standard::Purpose,
            Self::CurriculumNamed | Self::BegunTrained => Standard::Training,
            Self::RulesOnRecord | Self::AcceptedByBoth | Self::NoFaultExit => Standard::Matching,
            Self::SessionsOnRecord | Self::ReviewsReached | Self::ClosingReviews => {
                Standard::Measurement
            }
            Self::AgreementSigned | Self::ContactNamed | Self::InvariantsKept => Standard::Ethics,
            Self::TimeGiven | Self::ApproverNamed | Self::NobodyStuck => Standard::Administration,
        }
    }

    /// The stable code, such as `goals_both_ways`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PurposeFiled => "purpose_filed",
            Self::SponsorNamed => "sponsor_named",
            Self::GoalsBothWays => "goals_both_ways",
            Self::CurriculumNamed => "curriculum_named",
            Self::BegunTrained => "begun_trained",
            Self::RulesOnRecord => "rules_on_record",
            Self::AcceptedByBoth => "accepted_by_both",
            Self::NoFaultExit => "no_fault_exit",
            Self::SessionsOnRecord => "sessions_on_record",
            Self::ReviewsReached => "reviews_reached",
            Self::ClosingReviews => "closing_reviews",
            Self::AgreementSigned => "agreement_signed",
            Self::ContactNamed => "contact_named",
            Self::InvariantsKept => "invariants_kept",
            Self::TimeGiven => "time_given",
            Self::ApproverNamed => "approver_named",
            Self::NobodyStuck => "nobody_stuck",
        }
    }

    /// The same in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::PurposeFiled => "a purpose in the charter",
            Self::SponsorNamed => "a sponsor in the charter",
            Self::GoalsBothWays => "goals of both sides in pairings that began",
            Self::CurriculumNamed => "a curriculum in the charter",
            Self::BegunTrained => "both trained before they began",
            Self::RulesOnRecord => "the rules of a match in the charter",
            Self::AcceptedByBoth => "both accepted before they began",
            Self::NoFaultExit => "a chemistry period with its exit in the charter",
            Self::SessionsOnRecord => "sessions on record of pairings that began",
            Self::ReviewsReached => "midpoints, closes and retrospectives reached as planned",
            Self::ClosingReviews => "closing reviews of both where it was completed",
            Self::AgreementSigned => "an agreement signed by both",
            Self::ContactNamed => "a contact for concerns in the charter",
            Self::InvariantsKept => "open pairings that keep the core invariants",
            Self::TimeGiven => "working time in the charter",
            Self::ApproverNamed => "an approver in the charter",
            Self::NobodyStuck => "open pairings that need no next step",
        }
    }
}

impl fmt::Display for DataPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What the points are counted on.
pub(super) struct Data<'a> {
    charter: Option<&'a Charter>,
    history: &'a History,
    needing: usize,
    as_of: NaiveDate,
}

impl<'a> Data<'a> {
    pub(super) fn of(charter: Option<&'a Charter>, history: &'a History, as_of: NaiveDate) -> Self {
        let steps = Ladder::DEFAULT.next_steps(history, &Calendar::OPEN, as_of);
        Self {
            charter,
            history,
            needing: steps.len(),
            as_of,
        }
    }

    pub(super) fn read(&self, point: DataPoint) -> Ratio {
        let as_of = self.as_of;
        match point {
            // No charter is whole without these.
            DataPoint::PurposeFiled
            | DataPoint::SponsorNamed
            | DataPoint::CurriculumNamed
            | DataPoint::RulesOnRecord
            | DataPoint::NoFaultExit
            | DataPoint::TimeGiven
            | DataPoint::ApproverNamed => self.chartered(|_| true),
            DataPoint::ContactNamed => self.chartered(|charter| charter.contact().is_some()),
            DataPoint::GoalsBothWays => self.begun(|_, facts| {
                let mut sides = [Role::Mentor, Role::Mentee].into_iter();
                sides.all(|side| {
                    let mut goals = facts.goals.side(side);
                    goals.any(|g| g.state(as_of).is_some_and(|state| !state.is_dropped()))
                })
            }),
            DataPoint::AcceptedByBoth => {
                self.begun(|id, _| self.stages(id).any(|fact| fact.phase == Phase::Accepted))
            }
            DataPoint::AgreementSigned => self.begun(|id, _| self.stages(id).any(is_signed)),
            // Whoever has signed begins when both are trained, and not before.
            DataPoint::BegunTrained => self.begun(|id, _| {
                let mut since = self.stages(id).skip_while(|fact| !is_signed(fact));
                since.any(|fact| fact.phase.meets())
            }),
            DataPoint::SessionsOnRecord => {
                self.begun(|_, facts| facts.sessions(as_of).next().is_some())
            }
            DataPoint::ReviewsReached => {
                let cohorts = self.history.cohorts();
                count(cohorts.flat_map(|(_, cohort)| reviews(cohort, as_of)))
            }
            DataPoint::ClosingReviews => {
                let over = self.history.pairings().filter(|(_, facts)| {
                    let ended = facts.ended.filter(|(day, _)| *day <= as_of);
                    ended.is_some_and(|(_, how)| how.is_completed())
                });
                count(over.map(|(_, facts)| {
                    let given = facts.reviewed.values().filter(|day| **day <= as_of);
                    given.count() == 2
                }))
            }
            DataPoint::InvariantsKept => count(self.open().map(|facts| {
                let suspended = facts.held_up(as_of).is_some_and(|hold| hold.suspended);
                facts.findings_on(as_of).next().is_none() && !suspended
            })),
            DataPoint::NobodyStuck => {
                let open = self.open().count();
                let fine = open.saturating_sub(self.needing);
                Ratio::new(fine as u64, open as u64).unwrap_or(Ratio::NO_DATA)
            }
        }
    }

    fn chartered(&self, holds: impl Fn(&Charter) -> bool) -> Ratio {
        let holds = self.charter.is_some_and(holds);
        Ratio::new(u64::from(holds), 1).unwrap_or(Ratio::NO_DATA)
    }

    fn begun(&self, holds: impl Fn(PairingId, &PairingFacts) -> bool) -> Ratio {
        let pairings = self.history.pairings();
        let begun = pairings.filter(|(_, facts)| facts.run(self.as_of).is_some());
        count(begun.map(|(id, facts)| holds(id, facts)))
    }

    /// How far a pairing has come by the day. One of a log has no stages, and an adopted one none before it is regularised
    /// but that it meets.
    fn stages(&self, id: PairingId) -> impl Iterator<Item = &StageFact> {
        let stages = self.history.stages(id).iter();
        stages.take_while(|fact| fact.from <= self.as_of)
    }

    fn open(&self) -> impl Iterator<Item = &PairingFacts> {
        let pairings = self.history.pairings().map(|(_, facts)| facts);
        pairings.filter(|facts| facts.is_open(self.as_of))
    }
}

fn is_signed(fact: &StageFact) -> bool {
    let signed = Consent::Both;
    fact.phase == Phase::Preparing { signed }
}

/// Of the reviews that were planned by a day, whether each was reached.
fn reviews(cohort: &CohortFacts, as_of: NaiveDate) -> impl Iterator<Item = bool> {
    let milestones = [
        Milestone::Midpoint,
        Milestone::Close,
        Milestone::Retrospective,
    ];
    let reached = move |milestone: Milestone| {
        let day = cohort.reached.get(&milestone);
        day.is_some_and(|day| *day <= as_of)
    };
    // The days are known from the launch on.
    let days = cohort.days.filter(|_| reached(Milestone::Launch));
    milestones.into_iter().filter_map(move |milestone| {
        let planned = days.filter(|days| days.on(milestone) <= as_of);
        planned.map(|_| reached(milestone))
    })
}

fn count(each: impl Iterator<Item = bool>) -> Ratio {
    let (part, whole) = each.fold((0, 0), |(part, whole), yes| {
        (part + u64::from(yes), whole + 1)
    });
    Ratio::new(part, whole).unwrap_or(Ratio::NO_DATA)
}
