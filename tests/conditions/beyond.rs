//! Conditions where not every eligible pair is kept: the same answers as where all are, in companies with far more plans
//! than one can look at.

use proptest::collection::vec;
use proptest::prelude::*;
use reverse_mentoring::matching::KeptPair;

use super::*;

/// Tie-breaking points drawn from the keys, with bounds as the scores have them.
#[derive(Debug)]
struct Points(Drawn);

impl Criterion for Points {
    fn id(&self) -> PluginId {
        PluginId::new("points", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=7
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        self.0.assess(pair)
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.0.bound_row(row, points)
    }
}

/// A criterion without bounds.
#[derive(Debug)]
struct Unbounded(Drawn);

impl Criterion for Unbounded {
    fn id(&self) -> PluginId {
        PluginId::new("unbounded", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=7
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        self.0.assess(pair)
    }
}

/// What must be the same however the plan was found. Who is left over may differ: equals are equal.
fn facts(plan: &MatchPlan) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        (plan.proposals.len(), plan.total_score, plan.tie_points),
        (plan.objective, plan.certificate, plan.funnel.clone()),
        (plan.pinned.clone(), plan.rejected_pins.clone()),
    )
}

fn lowest(plan: &MatchPlan) -> Option<u32> {
    plan.proposals.iter().map(|p| p.score).min()
}

/// How many mentees, and mentors, have anybody.
fn people(case: &Case, plan: &MatchPlan) -> [usize; 2] {
    let pairs = case.pairs_of(plan);
    [1, 0].map(|role| {
        let all = pairs.iter().map(|p| [p.0, p.1][role]);
        all.collect::<BTreeSet<_>>().len()
    })
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn the_same_answers_as_with_every_pair(
        company in company(20..=45),
        seed in any::<u64>(),
        drawn in some_pins(),
        kept in vec(any::<Index>(), 0..6),
        broken in any::<bool>(),
    ) {
        // Every tenth pair is excluded.
        let mut case = Case::new(company, usize::MAX, seed);
        let all = case.eligible();
        case.excluded = all.iter().enumerate().filter(|(at, _)| at % 10 == 3).map(|(_, &p)| p).collect();
        let pins = case.pins(&drawn);
        let mut conditions = case.conditions(&pins);
        if broken {
            conditions = conditions.with_tie_break(Criteria::none().with(Points(Drawn(seed ^ 7)), 1).unwrap());
        }
        let kept = kept.iter().filter(|_| !all.is_empty()).map(|at| all[at.index(all.len())]);
        let kept = KeptPair::of(kept.map(|(a, b)| case.company.pair(a, b)));
        let criteria = case.criteria().with(kept, 3).unwrap();
        for objective in Objective::ALL {
            let plan = |way| case.plan_by(way, &criteria, &conditions, &Optimal::by(objective)).unwrap();
            let all = plan(Way::Kept);
            for shortlist in [1, 4] {
                let few = plan(Way::Beyond(shortlist));
                prop_assert_eq!(facts(&few), facts(&all), "{}", objective);
                prop_assert!(few.certificate.is_some_and(|c| c.verified && c.scope == Scope::AllEligible));
                // What these two compare besides, and no certificate says.
                if objective == Objective::MaxMin {
                    prop_assert_eq!(lowest(&few), lowest(&all));
                }
                if objective == Objective::MostPeople {
                    prop_assert_eq!(people(&case, &few), people(&case, &all));
                }
            }
        }
    }

    /// Where scores or points have no bounds, the plan claims no more than the candidates prove.
    #[test]
    fn ties_without_bounds(company in company(20..=40), seed in any::<u64>(), unbounded_scores in any::<bool>()) {
        let case = Case::new(company, usize::MAX, seed);
        let (scores, points) = (Drawn(seed & !1), Drawn((seed ^ 9) & !1));
        let (criteria, ties) = if unbounded_scores {
            (Criteria::none().with(Unbounded(scores), 1), Criteria::none().with(Points(points), 1))
        } else {
            (Criteria::none().with(scores, 1), Criteria::none().with(Unbounded(points), 1))
        };
        let (criteria, ties) = (criteria.unwrap(), ties.unwrap());
        let conditions = Conditions::none().with_tie_break(ties);
        for objective in Objective::ALL {
            let plan = |way| case.plan_by(way, &criteria, &conditions, &Optimal::by(objective)).unwrap();
            let (all, few) = (plan(Way::Kept), plan(Way::Beyond(1)));
            let proof = few.certificate.unwrap();
            prop_assert!(proof.verified);
            if objective == Objective::MostPairs {
                prop_assert_eq!(few.proposals.len(), all.proposals.len());
            }
            if !unbounded_scores {
                prop_assert_eq!((few.proposals.len(), few.total_score), (all.proposals.len(), all.total_score));
                prop_assert!(few.tie_points <= all.tie_points);
            }
            if proof.scope == Scope::AllEligible {
                prop_assert_eq!((few.total_score, few.tie_points), (all.total_score, all.tie_points));
            }
        }
    }

    /// Stopped at any time: the pins are in the plan, and no plan with them is better than the bounds.
    #[test]
    fn stopped_with_conditions(company in company(20..=40), seed in any::<u64>(), drawn in some_pins(), after in 0u32..9) {
        let case = Case::new(company, usize::MAX, seed);
        let pins = case.pins(&drawn);
        let (held, _) = case.judge_pins(&pins);
        let ties = Criteria::none().with(Points(Drawn(seed ^ 7)), 1).unwrap();
        let conditions = case.conditions(&pins).with_tie_break(ties);
        let criteria = case.criteria();
        for objective in [Objective::MostPairs, Objective::BestScore] {
            let matcher = Optimal::by(objective);
            let best = case.plan_by(Way::Kept, &criteria, &conditions, &matcher).unwrap();
            let mut told = 0;
            let limits = Limits::default().keep_at_most(0).shortlist(1);
            let plan = case.ask(&Case::policy(), |may| {
                plan_under(may, &criteria, &conditions, &matcher, limits, &mut |_| {
                    told += 1;
                    if told > after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                })
            });
            let plan = plan.unwrap();
            let pairs = case.pairs_of(&plan);
            prop_assert!(held.iter().all(|pin| pairs.contains(pin)));
            let room = |person, role| used(&pairs, person, role) <= case.company.places_left(person, role);
            prop_assert!(pairs.iter().all(|&(a, b)| room(a, 0) && room(b, 1)));
            let bounds = plan.certificate.unwrap();
            prop_assert_eq!(bounds.scope, Scope::AllEligible);
            let first = |plan: &MatchPlan| match objective {
                Objective::BestScore => (plan.total_score, plan.proposals.len() as u64),
                _ => (plan.proposals.len() as u64, plan.total_score),
            };
            let bound = match objective {
                Objective::BestScore => bounds.score_bound,
                _ => bounds.pairs_bound,
            };
            prop_assert!(bound >= first(&best).0);
            if bounds.verified {
                prop_assert_eq!((first(&plan), plan.tie_points), (first(&best), best.tie_points));
            }
        }
    }
}

/// One point at most, and a bound that says a million.
#[derive(Debug)]
struct Loose;

impl Criterion for Loose {
    fn id(&self) -> PluginId {
        PluginId::new("loose", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=1_000_000
    }

    fn assess(&self, _: &PairView<'_>) -> Assessment {
        Assessment::new(1)
    }

    fn bound_row(&self, _: &RowView<'_>, points: &mut [u32]) -> Bound {
        points.fill(1_000_000);
        Bound::Upper
    }
}

/// What rows are asked about is the bound, so it is the bound that must fit: two for each point of 499,900,000, and a million.
#[test]
fn the_room_for_ties_is_that_of_the_bounds() {
    let company = words::people(&[("a", 1), ("A", 1)]);
    let (roster, policy, context) = (company.roster(), Case::policy(), company.context());
    let may = Eligibility::new(&roster, &policy, &context);
    let scores = words::Scores(vec![("a", "A", 499_900_000)]);
    let criteria = Criteria::none().with(scores, 1).unwrap();
    let conditions = Conditions::none().with_tie_break(Criteria::none().with(Loose, 1).unwrap());
    let plan = |way: Way| way.plan(&may, &criteria, &conditions, &Optimal::most_pairs());
    assert_eq!(plan(Way::Kept).unwrap().tie_points, Some(1));
    let refused = plan(Way::Beyond(1)).unwrap_err();
    assert_eq!(
        refused,
        PlanError::NoRoomForConditions {
            needed: 1_000_800_000
        }
    );
}
