//! A claim of stability under conditions: it is of the problem that the pins leave, and not of a plan that ties have changed.

use std::num::NonZeroU32;

use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::assignment::Objective;
use reverse_mentoring::matching::stable::{Preferences, Ranks};
use reverse_mentoring::matching::{
    Candidates, Choice, Conditions, Criteria, KeptPair, MatchError, MatchPlan, MatchProblem,
    Matcher, Optimal, Pin, PlanError, Rankings, Solution, Stable,
};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{PluginId, Policy};
use reverse_mentoring::testing::Company;
use reverse_mentoring::text::Key;

/// Everybody likes everybody alike, so that whoever has a place left blocks, and nobody else.
#[derive(Debug)]
struct Content {
    pairs: bool,
}

impl Matcher for Content {
    fn id(&self) -> PluginId {
        PluginId::new("content", 1)
    }

    fn objective(&self) -> Option<Objective> {
        self.pairs.then_some(Objective::MostPairs)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        if self.pairs {
            return Optimal::most_pairs().solve(problem);
        }
        Ok(Solution::unproven(problem.graph(), []))
    }

    fn preferences(&self, problem: &MatchProblem<'_>) -> Option<Preferences> {
        let first = NonZeroU32::new(1);
        Some(Preferences::new(problem.graph(), |_| Ranks {
            by_row: first,
            by_column: first,
        }))
    }
}

fn with_candidates<T>(ask: impl FnOnce(&Company, &Candidates<'_>) -> T) -> T {
    let company = Company::sample().unwrap();
    let (policy, criteria) = (Policy::core_only(), Criteria::standard());
    let eligibility = Eligibility::new(company.roster(), &policy, company.context());
    let candidates = Candidates::collect(&eligibility, &criteria).unwrap();
    ask(&company, &candidates)
}

fn pinned(mentor: &str, mentee: &str) -> Conditions {
    Conditions::none().with_pins([Pin {
        mentor: Key::new(mentor).unwrap(),
        mentee: Key::new(mentee).unwrap(),
        line: None,
    }])
}

fn pairs(plan: &MatchPlan) -> Vec<String> {
    let pairs = plan.proposals.iter();
    pairs
        .map(|p| format!("{} with {}", p.mentor, p.mentee))
        .collect()
}

#[test]
fn the_rest_is_stable_beside_a_pin() {
    with_candidates(|company, candidates| {
        let (mentor, mentee) = (Role::Mentor, Role::Mentee);
        let choices = Choice::list(mentor, "ada", [["flo"], ["gus"]])
            .chain(Choice::list(mentor, "eli", [["gus"], ["flo"]]))
            .chain(Choice::list(mentee, "flo", [["eli"], ["ada"]]))
            .chain(Choice::list(mentee, "gus", [["ada"], ["eli"]]));
        let rankings = Rankings::new(company.roster(), choices).unwrap();
        let stable = Stable::new(candidates, &rankings).unwrap();
        let free = candidates.plan(&stable).unwrap();
        assert_eq!(pairs(&free), ["ada with flo", "eli with gus"]);
        // The other way round than the mentors want it: what is left to them is stable, and is said to be.
        let plan = candidates
            .plan_under(&pinned("ada", "gus"), &stable)
            .unwrap();
        assert_eq!(pairs(&plan), ["ada with gus", "eli with flo"]);
        let found = plan.stability.unwrap();
        assert!(found.is_stable());
        assert_eq!(found.mutual_pairs, 3, "all four but the pin");
        assert!(plan.to_string().ends_with(", stable, 1 pinned"), "{plan}");
    });
}

#[test]
fn a_false_claim_is_refused_beside_a_pin() {
    with_candidates(|_, candidates| {
        let lazy = Content { pairs: false };
        let refused = candidates.plan_under(&pinned("ada", "gus"), &lazy);
        let Err(PlanError::Unstable { found, .. }) = refused else {
            panic!("{refused:?}");
        };
        let free = candidates.plan(&lazy);
        let Err(PlanError::Unstable { found: all, .. }) = free else {
            panic!("{free:?}");
        };
        assert!(found.blocking_pairs > 0 && found.blocking_pairs < all.blocking_pairs);
    });
}

#[test]
fn whoever_breaks_ties_asks_nobodys_preferences() {
    with_candidates(|_, candidates| {
        let content = Content { pairs: true };
        let plan = candidates.plan(&content).unwrap();
        assert!(plan.stability.is_some_and(|found| found.is_stable()));
        let other = KeptPair::of(plan.proposals.iter().take(1).map(|p| p.proof.pair()));
        let ties = Criteria::none().with(other, 1).unwrap();
        let conditions = Conditions::none().with_tie_break(ties);
        let plan = candidates.plan_under(&conditions, &content).unwrap();
        assert_eq!((plan.stability, plan.tie_points), (None, Some(1)));
        assert!(plan.certificate.unwrap().verified);
    });
}
