//! What of a plan rests on a default exchange, and not on what people said.

use std::fmt;

use serde::Serialize;

use super::criterion::{Criteria, OutOfRange, Part};
use super::plan::{MatchPlan, Proposal};
use crate::pair::Role;
use crate::policy::{DefaultExchange, Origin, PairView};

/// A list that somebody left empty and that the programme's default exchange filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Assumed {
    /// What the mentor teaches.
    MentorOffers,
    /// What the mentor wants to learn.
    MentorWishes,
    /// What the mentee teaches.
    MenteeOffers,
    /// What the mentee wants to learn.
    MenteeWishes,
}

impl Assumed {
    /// `mentor-offers`, `mentor-wishes`, `mentee-offers` or `mentee-wishes`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MentorOffers => "mentor-offers",
            Self::MentorWishes => "mentor-wishes",
            Self::MenteeOffers => "mentee-offers",
            Self::MenteeWishes => "mentee-wishes",
        }
    }
}

impl fmt::Display for Assumed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Proposal {
    /// The lists that this pair takes from the programme's default exchange; empty where both said it all.
    #[must_use]
    pub fn assumed(&self) -> Vec<Assumed> {
        // Each list is of one origin, and each of the four serves or is served at least once.
        let learns = |learner| {
            let mut all = self.proof.learning().iter();
            all.find(|learning| learning.learner == learner)
        };
        let (mentor, mentee) = (learns(Role::Mentor), learns(Role::Mentee));
        let lists = [
            (Assumed::MentorOffers, mentee.map(|l| l.offered_by)),
            (Assumed::MentorWishes, mentor.map(|l| l.wished_by)),
            (Assumed::MenteeOffers, mentor.map(|l| l.offered_by)),
            (Assumed::MenteeWishes, mentee.map(|l| l.wished_by)),
        ];
        let by_default = lists
            .into_iter()
            .filter(|(_, origin)| *origin == Some(Origin::DefaultExchange));
        by_default.map(|(list, _)| list).collect()
    }
}

impl MatchPlan {
    /// How many of the pairs take something from the programme's default exchange.
    #[must_use]
    pub fn pairs_by_default(&self) -> usize {
        let proposals = self.proposals.iter();
        proposals.filter(|p| !p.assumed().is_empty()).count()
    }
}

impl Criteria {
    /// The parts of a pair, each with what it would be without the default exchange where one counts.
    pub(super) fn explained(
        &self,
        pair: &PairView<'_>,
        exchange: Option<&DefaultExchange>,
    ) -> Result<Vec<Part>, OutOfRange> {
        let mut parts: Vec<Part> = self.parts(pair).collect::<Result<_, _>>()?;
        if exchange.is_some() {
            let stated = pair.as_stated();
            for (part, without) in parts.iter_mut().zip(self.parts(&stated)) {
                part.without_exchange = Some(without?.points);
            }
        }
        Ok(parts)
    }
}

/// A default exchange in its wire form, in the words of `exchange.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExchangeRecord {
    /// What juniors offer and want.
    pub mentor: ExchangeSideRecord,
    /// What seniors offer and want.
    pub mentee: ExchangeSideRecord,
}

/// One side of a default exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExchangeSideRecord {
    /// `skill:level`, by skill.
    pub offers: Vec<String>,
    /// `skill:from>to`, by skill.
    pub wants: Vec<String>,
}

impl ExchangeRecord {
    pub(super) fn of(exchange: &DefaultExchange) -> Self {
        let side = |role| {
            let offers = exchange.offers(role).iter();
            let wants = exchange.wishes(role).iter();
            ExchangeSideRecord {
                offers: offers
                    .map(|o| format!("{}:{}", o.skill(), o.level()))
                    .collect(),
                wants: wants
                    .map(|w| format!("{}:{}>{}", w.skill(), w.from(), w.to()))
                    .collect(),
            }
        };
        Self {
            mentor: side(Role::Mentor),
            mentee: side(Role::Mentee),
        }
    }
}
