//! A small company to try things out on.

use super::sample;
use crate::error::Error;
use crate::history::History;
use crate::policy::Context;
use crate::roster::Roster;

/// A company of a dozen people, or your own, for the checks of this module, for examples and for your tests.
///
/// The sample has ten participants and two colleagues, wishes that are served both ways, a dotted line, people who are
/// equally experienced, somebody without a place and two with two, units, sites, time zones, interests, values and
/// backgrounds (one stated none of them), open and past pairings,
/// former managers, an evaluator, a curriculum, an exclusion, and a history of three months. It is the same in every
/// run; later releases may add to it.
///
/// ```
/// use reverse_mentoring::matching::{Criteria, Optimal, plan};
/// use reverse_mentoring::eligibility::Eligibility;
/// use reverse_mentoring::policy::Policy;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let policy = Policy::standard();
/// let eligibility = Eligibility::new(company.roster(), &policy, company.context());
/// let plan = plan(&eligibility, &Criteria::standard(), &Optimal::most_pairs())?;
/// assert_eq!(plan.to_string(), "5 pairs of 9 eligible, total score 5623, proven best");
/// # Ok::<(), reverse_mentoring::error::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Company {
    roster: Roster,
    context: Context,
    history: History,
}

impl Company {
    /// The sample, put together by the constructors that everybody uses.
    ///
    /// # Errors
    ///
    /// None in fact: the constructors can refuse, and find nothing to refuse here.
    pub fn sample() -> Result<Self, Error> {
        let roster = sample::roster()?;
        let (context, history) = (sample::context(&roster)?, sample::history(&roster)?);
        Ok(Self {
            roster,
            context,
            history,
        })
    }

    /// A company of your own, without a history.
    #[must_use]
    pub fn new(roster: Roster, context: Context) -> Self {
        Self {
            roster,
            context,
            history: History::new(),
        }
    }

    /// The same with a history.
    #[must_use]
    pub fn with_history(mut self, history: History) -> Self {
        self.history = history;
        self
    }

    /// Everybody.
    #[must_use]
    pub const fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The day of the question, and what is known on it.
    #[must_use]
    pub const fn context(&self) -> &Context {
        &self.context
    }

    /// What happened.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }
}
