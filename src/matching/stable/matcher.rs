//! The matcher that follows participants' rankings.

use std::cmp::Reverse;
use std::fmt;

use super::check::Stability;
use super::deferred::{Proposers, deferred_acceptance};
use super::preferences::{Preferences, Rank, Ranks};
use super::rankings::Rankings;
use crate::matching::assignment::{Edge, Graph, MAX_SCORE};
use crate::matching::candidates::Candidates;
use crate::matching::matcher::{MatchError, MatchProblem, Matcher, Solution};
use crate::matching::plan::MatchPlan;
use crate::pair::Role;
use crate::policy::PluginId;

/// Which of two partners with equal ranks comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ties {
    /// The one with the lower key.
    #[default]
    ByKey,
    /// The one with whom the pair scores higher; between equal scores the one with the lower key.
    ByScore,
}

/// Whom somebody accepts who ranks nobody in a role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Silent {
    /// Nobody, as with everybody who is not ranked: they stay without a pairing in that role.
    #[default]
    AcceptNobody,
    /// Every eligible partner, the one with whom the pair scores higher first. For a side that is not asked.
    AcceptAllByScore,
}

/// The stable plan by participants' own rankings: deferred acceptance, mentors proposing unless said otherwise.
///
/// Only eligible pairs of two who accept each other are made, and no two who could have each other would both rather.
/// Scores break ties if [`Ties`] says so, and stand in for people who rank nobody if [`Silent`] says so; otherwise they
/// only explain the plan. The library checks every answer for blocking pairs, with the ties broken as stated, and
/// [`MatchPlan::stability`] says what it found. Who can gain by misreporting is in the guide,
/// [choosing a matcher](crate::guide::matchers).
///
/// It answers for the rows and columns of the candidates it was made for, also where some of their pairs or places have
/// been taken away. Its ids are `stable-mentors-propose` and `stable-mentees-propose`.
///
/// ```
/// use reverse_mentoring::eligibility::Eligibility;
/// use reverse_mentoring::matching::{Candidates, Choice, Criteria, Rankings, Stable};
/// use reverse_mentoring::pair::Role;
/// use reverse_mentoring::policy::Policy;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let policy = Policy::core_only();
/// let (eligibility, criteria) = (Eligibility::new(company.roster(), &policy, company.context()), Criteria::standard());
/// let candidates = Candidates::collect(&eligibility, &criteria)?;
///
/// let (mentor, mentee) = (Role::Mentor, Role::Mentee);
/// let choices = Choice::list(mentor, "ada", [["flo"], ["gus"]])
///     .chain(Choice::list(mentor, "eli", [["gus"], ["flo"]]))
///     .chain(Choice::list(mentee, "flo", [["eli"], ["ada"]]))
///     .chain(Choice::list(mentee, "gus", [["ada"], ["eli"]]));
/// let rankings = Rankings::new(company.roster(), choices)?;
/// let pairs = |matcher: &Stable| -> Result<Vec<String>, Box<dyn std::error::Error>> {
///     let plan = candidates.plan(matcher)?;
///     assert_eq!(plan.stability.map(|s| s.blocking_pairs), Some(0));
///     Ok(plan.proposals.iter().map(|p| format!("{} with {}", p.mentor, p.mentee)).collect())
/// };
/// let stable = Stable::new(&candidates, &rankings)?;
/// assert_eq!(pairs(&stable)?, ["ada with flo", "eli with gus"]); // what the mentors want
/// assert_eq!(pairs(&stable.with_proposing(mentee))?, ["ada with gus", "eli with flo"]); // what the mentees want
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Stable {
    rows: Vec<Ranked>,
    columns: Vec<Ranked>,
    in_vain: usize,
    proposing: Role,
    ties: Ties,
    silent: Silent,
}

/// Whom a row or column ranks, by index and ascending; `None` where nobody is asked.
type Ranked = Option<Box<[(u32, Rank)]>>;

/// Sizes and options only.
impl fmt::Debug for Stable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stable")
            .field("rows", &self.rows.len())
            .field("columns", &self.columns.len())
            .field("proposing", &self.proposing)
            .field("ties", &self.ties)
            .field("silent", &self.silent)
            .finish_non_exhaustive()
    }
}

/// The rankings name the people of another roster than the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the rankings were checked against another roster than that of the candidates")]
#[non_exhaustive]
pub struct AnotherRoster;

impl Stable {
    /// The rankings as the candidates' rows and columns see them. Mentors propose, ties fall to the lower key, and
    /// whoever ranks nobody accepts nobody.
    ///
    /// # Errors
    ///
    /// [`AnotherRoster`] where the rankings were checked against another roster, be it one that has changed since.
    pub fn new(candidates: &Candidates<'_>, rankings: &Rankings) -> Result<Self, AnotherRoster> {
        if candidates.eligibility.roster().fingerprint() != rankings.roster() {
            return Err(AnotherRoster);
        }
        let ranked = |role, side: &[usize], partners: &[usize]| -> Vec<Ranked> {
            let index = |place: &usize| {
                let at = partners.binary_search(place).ok()?;
                u32::try_from(at).ok()
            };
            let of = |at: &usize| {
                let list = rankings.lists(role).get(at)?.iter();
                Some(list.filter_map(|(p, rank)| Some((index(p)?, *rank))))
            };
            let side = side.iter();
            side.map(|at| of(at).map(Iterator::collect)).collect()
        };
        let (mentors, mentees) = (&candidates.mentors, &candidates.mentees);
        let (rows, columns) = (
            ranked(Role::Mentor, mentors, mentees),
            ranked(Role::Mentee, mentees, mentors),
        );
        let stable = Self {
            in_vain: 0,
            rows,
            columns,
            proposing: Role::Mentor,
            ties: Ties::ByKey,
            silent: Silent::AcceptNobody,
        };
        let all = stable.rows.iter().chain(&stable.columns).flatten();
        let choices: usize = all.map(|list| list.len()).sum();
        let usable = candidates.graph.edges().map(|edge| {
            let ranks = stable.stated(edge);
            usize::from(ranks.by_row.is_some()) + usize::from(ranks.by_column.is_some())
        });
        let in_vain = choices.saturating_sub(usable.sum());
        Ok(Self { in_vain, ..stable })
    }

    /// The same with another side proposing. The plan is then the best stable one for each of that side.
    #[must_use]
    pub fn with_proposing(self, proposing: Role) -> Self {
        Self { proposing, ..self }
    }

    /// The same with ties broken another way.
    #[must_use]
    pub fn with_ties(self, ties: Ties) -> Self {
        Self { ties, ..self }
    }

    /// The same with another word for people who rank nobody in a role that they offer.
    #[must_use]
    pub fn with_silent(self, silent: Silent) -> Self {
        Self { silent, ..self }
    }

    /// How many choices are in vain, because the two may not be paired.
    #[must_use]
    pub const fn in_vain(&self) -> usize {
        self.in_vain
    }

    /// How stable any plan for the same candidates is, whoever made it: what the best score costs in stability.
    ///
    /// Ties stay ties here: a pair blocks where each of the two ranks the other strictly above somebody whom they have,
    /// or has a free place. A pair of the plan that is no candidate counts as unwanted.
    #[must_use]
    pub fn stability_of(&self, candidates: &Candidates<'_>, plan: &MatchPlan) -> Stability {
        let people = candidates.eligibility.roster().participants();
        let index = |side: &[usize], key: &str| {
            let place = people
                .binary_search_by(|p| p.key().as_str().cmp(key))
                .ok()?;
            u32::try_from(side.binary_search(&place).ok()?).ok()
        };
        let edge = |mentor, mentee| {
            let row = index(&candidates.mentors, mentor)?;
            let column = index(&candidates.mentees, mentee)?;
            candidates.graph.number(row, column)
        };
        let pairs = plan.proposals.iter();
        let edges: Vec<u32> = pairs
            .filter_map(|p| edge(p.mentor.as_str(), p.mentee.as_str()))
            .collect();
        let foreign = plan.proposals.len().saturating_sub(edges.len()) as u64;
        let graph = &candidates.graph;
        let mut found = Stability::of(graph, &Preferences::new(graph, |e| self.stated(e)), &edges);
        found.unwanted_pairs += foreign;
        found
    }

    /// How the two ends of an edge rank each other in their own words, ties and all.
    fn stated(&self, edge: Edge) -> Ranks {
        let rank = |side: &[Ranked], of: u32, partner: u32| match side.get(of as usize)? {
            Some(list) => {
                let at = list.binary_search_by_key(&partner, |(partner, _)| *partner);
                list.get(at.ok()?).map(|(_, rank)| *rank)
            }
            None => match self.silent {
                Silent::AcceptNobody => None,
                Silent::AcceptAllByScore => Rank::MIN.checked_add(MAX_SCORE - edge.score),
            },
        };
        Ranks {
            by_row: rank(&self.rows, edge.row, edge.column),
            by_column: rank(&self.columns, edge.column, edge.row),
        }
    }

    /// The ranks of a problem's edges with every tie broken; `None` where the problem has other rows or columns.
    fn strict(&self, graph: &Graph) -> Option<Preferences> {
        let sizes = (graph.row_places().len(), graph.column_places().len());
        (sizes == (self.rows.len(), self.columns.len())).then(|| {
            let of_row = |edge: Edge| Some((edge.row, self.stated(edge).by_row?, edge.column));
            let of_column =
                |edge: Edge| Some((edge.column, self.stated(edge).by_column?, edge.row));
            let (by_row, by_column) = (self.untied(graph, of_row), self.untied(graph, of_column));
            Preferences::of(by_row, by_column)
        })
    }

    /// The ranks at one end of every edge, counted 1, 2, 3 for each row or column; `end` gives (whose, rank, partner).
    fn untied(
        &self,
        graph: &Graph,
        end: impl Fn(Edge) -> Option<(u32, Rank, u32)>,
    ) -> Vec<Option<Rank>> {
        let wanted = (0u32..).zip(graph.edges()).filter_map(|(number, edge)| {
            let (of, rank, partner) = end(edge)?;
            let score = match self.ties {
                Ties::ByKey => 0,
                Ties::ByScore => edge.score,
            };
            Some((of, rank, Reverse(score), partner, number))
        });
        let mut wanted: Vec<_> = wanted.collect();
        wanted.sort_unstable();
        let mut ranks = vec![None; graph.len()];
        let mut last: Option<(u32, Rank)> = None;
        for (of, .., number) in wanted {
            // At most one for each partner, so the count stays within u32.
            let rank = match last {
                Some((same, rank)) if same == of => rank.saturating_add(1),
                _ => Rank::MIN,
            };
            last = Some((of, rank));
            if let Some(place) = ranks.get_mut(number as usize) {
                *place = Some(rank);
            }
        }
        ranks
    }
}

impl Matcher for Stable {
    fn id(&self) -> PluginId {
        match self.proposing {
            Role::Mentor => PluginId::new("stable-mentors-propose", 1),
            Role::Mentee => PluginId::new("stable-mentees-propose", 1),
        }
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        let graph = problem.graph();
        let preferences = self
            .strict(graph)
            .ok_or_else(|| MatchError::new("the rankings are of other people than the problem"))?;
        let proposers = match self.proposing {
            Role::Mentor => Proposers::Rows,
            Role::Mentee => Proposers::Columns,
        };
        Ok(Solution {
            assignment: deferred_acceptance(graph, &preferences, proposers),
            proof: None,
        })
    }

    fn preferences(&self, problem: &MatchProblem<'_>) -> Option<Preferences> {
        self.strict(problem.graph())
    }
}
