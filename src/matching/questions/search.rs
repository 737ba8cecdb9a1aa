//! The search for single changes that would find somebody a partner.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::candidates::Candidates;
use super::super::conditions::Conditions;
use super::super::matcher::Matcher;
use super::super::plan::MatchPlan;
use super::QuestionError;
use super::change::Change;
use super::counterfactual::{Counterfactual, Counterfactuals};
use super::trial::{Success, Trial};
use crate::pair::Role;
use crate::policy::PairView;
use crate::roster::{Roster, Skill};

/// How far a search for counterfactuals goes, and what it keeps to itself.
///
/// It tries single changes kind by kind, what costs least first, and takes the first of each kind that helps (of each
/// rule, for rules):
///
/// 1. room for one more pairing, where the person has none; nothing else helps then;
/// 2. one wish more of the person, of one level: what most people on the other side offer first;
/// 3. one offer more of the person, or a higher level, as low as helps: what most people on the other side wish first;
/// 4. a milder form of a rule that leaves the person more partners, the mildest first;
/// 5. one place more with one of the people on the other side who offer a skill, if there are at least three of them;
/// 6. one more person on the other side, made for the person: one of their wishes and one of their offers, then all.
///
/// What people offer and wish is what counts: their own lists, and where they stated none, what the
/// [default exchange](crate::policy::DefaultExchange) makes of it.
///
/// Equal demand goes by the skill's name. So the same plan and roster have the same answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    answers: usize,
    tries: u32,
    sensitive: BTreeSet<Skill>,
}

impl Default for Search {
    /// Five answers, two hundred tries, no skill kept back.
    fn default() -> Self {
        Self {
            answers: 5,
            tries: 200,
            sensitive: BTreeSet::new(),
        }
    }
}

impl Search {
    /// The same with at most so many answers.
    #[must_use]
    pub const fn with_answers(mut self, answers: usize) -> Self {
        self.answers = answers;
        self
    }

    /// The same with at most so many plans made. A try costs what planning costs, two where it helps.
    #[must_use]
    pub const fn with_tries(mut self, tries: u32) -> Self {
        self.tries = tries;
        self
    }

    /// The same, keeping skills to itself: no change that names one is tried, whoever offers or wishes it.
    ///
    /// Nothing in a roster says which skills are sensitive (one about health, say, or faith): the host does.
    #[must_use]
    pub fn with_sensitive(mut self, skills: impl IntoIterator<Item = Skill>) -> Self {
        self.sensitive.extend(skills);
        self
    }
}

impl Candidates<'_> {
    /// Single changes that would find somebody without a pairing a partner, each tried by planning again with the same
    /// matcher; for a plan that was made without conditions.
    ///
    /// Makes as many plans as the search allows: some seconds for a programme of hundreds, so ask for one person at
    /// a time. The answer may be shown to the person: see [`Counterfactuals`].
    ///
    /// # Errors
    ///
    /// As [`counterfactuals_under`](Self::counterfactuals_under).
    ///
    /// ```
    /// use reverse_mentoring::eligibility::Eligibility;
    /// use reverse_mentoring::matching::{Candidates, Criteria, Optimal, Search};
    /// use reverse_mentoring::pair::Role;
    /// use reverse_mentoring::policy::Policy;
    /// use reverse_mentoring::testing::Company;
    ///
    /// let company = Company::sample()?;
    /// let policy = Policy::standard();
    /// let eligibility = Eligibility::new(company.roster(), &policy, company.context());
    /// let (criteria, matcher) = (Criteria::standard(), Optimal::most_pairs());
    /// let candidates = Candidates::collect(&eligibility, &criteria)?;
    /// let plan = candidates.plan(&matcher)?;
    ///
    /// let search = Search::default();
    /// let what = candidates.counterfactuals(&plan, &matcher, "jo", Role::Mentee, &search)?;
    /// assert_eq!(
    ///     what.to_string(),
    ///     "`jo` would have a pairing as mentee with\n\
    ///      - one more mentor (grade 2, 0 months, of another unit, same site, same time zone, same languages, \
    ///      no line of management between the two) who offers `generative AI` at level 3 and wishes to learn `leading` from level 0 to level 5 (6 pairs in all instead of 5)"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn counterfactuals(
        &self,
        plan: &MatchPlan,
        matcher: &dyn Matcher,
        key: &str,
        role: Role,
        search: &Search,
    ) -> Result<Counterfactuals, QuestionError> {
        self.counterfactuals_under(&Conditions::none(), plan, matcher, key, role, search)
    }

    /// The same for a plan that was made [under conditions](Candidates::plan_under): each change is tried by planning
    /// again under them.
    ///
    /// All pins are judged anew, so that a change can make one hold that was rejected. Exclusions, pairings that run and
    /// the default exchange are of the [question](crate::eligibility::Eligibility) that the candidates answer, and count
    /// as they did. A change with which the conditions could not be [kept exactly](super::PlanError::NoRoomForConditions)
    /// is no answer.
    ///
    /// # Errors
    ///
    /// [`QuestionError::Unknown`] and [`QuestionError::NotUnmatched`] for somebody who is not left over on that side,
    /// [`QuestionError::ForeignPlan`] and [`QuestionError::OtherConditions`] for a plan of other candidates or under other
    /// conditions, [`QuestionError::Plan`] where a plug-in breaks its word on the way.
    pub fn counterfactuals_under(
        &self,
        conditions: &Conditions,
        plan: &MatchPlan,
        matcher: &dyn Matcher,
        key: &str,
        role: Role,
        search: &Search,
    ) -> Result<Counterfactuals, QuestionError> {
        let person = self.place(key)?;
        self.made_from(conditions, plan)?;
        let left = plan.unmatched.iter();
        let left = left
            .filter(|left| left.role == role)
            .find(|left| left.key.as_str() == key);
        let left = left.ok_or_else(|| QuestionError::NotUnmatched {
            key: key.to_owned(),
            role,
        })?;
        let mut run = Run {
            trial: Trial {
                candidates: self,
                conditions,
                matcher,
                person,
                key: left.key.clone(),
                role,
            },
            search,
            found: Vec::new(),
            tried: 0,
            complete: true,
        };
        run.all()?;
        Ok(Counterfactuals {
            participant: left.participant,
            key: left.key.clone(),
            role,
            pairs_now: plan.proposals.len() as u64,
            found: run.found,
            tried: run.tried,
            complete: run.complete,
        })
    }
}

/// A search on its way.
pub(super) struct Run<'c, 'e> {
    pub(super) trial: Trial<'c, 'e>,
    search: &'c Search,
    pub(super) found: Vec<Counterfactual>,
    tried: u32,
    complete: bool,
}

impl Run<'_, '_> {
    fn all(&mut self) -> Result<(), QuestionError> {
        let eligibility = self.trial.eligibility();
        if eligibility.places_left(self.trial.person, self.trial.role) == 0 {
            return self.own_place();
        }
        for kind in [
            Self::own_wish,
            Self::own_offer,
            Self::policy,
            Self::place_among,
            Self::newcomer,
        ] {
            if self.found.len() >= self.search.answers {
                break;
            }
            kind(self)?;
        }
        Ok(())
    }

    /// Tries a roster with the policy as it is.
    pub(super) fn try_roster(
        &mut self,
        roster: Option<Roster>,
        change: &Change,
    ) -> Result<bool, QuestionError> {
        let Some(roster) = roster else {
            return Ok(false);
        };
        let policy = self.trial.eligibility().policy();
        let eligibility = self.trial.asked(&roster, policy);
        if self.trial.partners(&eligibility) == 0 || !self.may_try() {
            return Ok(false);
        }
        self.note(self.trial.plan_again(&eligibility)?, change)
    }

    pub(super) fn may_try(&mut self) -> bool {
        if self.tried >= self.search.tries || self.found.len() >= self.search.answers {
            self.complete &= self.found.len() >= self.search.answers;
            return false;
        }
        self.tried += 1;
        true
    }

    pub(super) fn note(
        &mut self,
        success: Option<Success>,
        change: &Change,
    ) -> Result<bool, QuestionError> {
        let Some(success) = success else {
            return Ok(false);
        };
        self.found.push(Counterfactual {
            change: change.clone(),
            pairs: success.pairs,
            total_score: success.total_score,
        });
        Ok(true)
    }

    pub(super) fn may_name(&self, skill: &Skill) -> bool {
        !self.search.sensitive.contains(skill)
    }

    /// Everybody on the other side.
    pub(super) fn others(&self) -> impl Iterator<Item = PairView<'_>> {
        let others = self.trial.others().iter();
        others
            .filter(|&&at| at != self.trial.person)
            .filter_map(|&at| self.trial.seen(at))
    }

    /// Skills that may be named, by how many of the others have them, then by name.
    pub(super) fn by_demand<'a>(&self, skills: impl Iterator<Item = &'a Skill>) -> Vec<Skill> {
        let mut demand: BTreeMap<&Skill, usize> = BTreeMap::new();
        for skill in skills.filter(|skill| self.may_name(skill)) {
            *demand.entry(skill).or_default() += 1;
        }
        let mut skills: Vec<_> = demand.into_iter().collect();
        skills.sort_by_key(|&(skill, count)| (Reverse(count), skill));
        skills.into_iter().map(|(skill, _)| skill.clone()).collect()
    }
}
