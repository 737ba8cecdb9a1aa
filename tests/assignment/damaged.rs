//! Damaged plans and certificates, field by field: refused, or at least never proven, and bounds stay bounds.

use proptest::prelude::*;
use reverse_mentoring::matching::assignment::{
    Assignment, Certificate, Graph, Objective, Optimum, Verified, greedy, solve, verify,
};

use super::judges::{Dice, Facts, all_plans, best_of};
use super::{at_least, damage, small_graph};

/// A plan with the total that it has.
fn plan_of(graph: &Graph, edges: &[u32]) -> Option<(Assignment, Facts)> {
    let facts = Facts::of(graph, edges)?;
    let plan = Assignment {
        edges: edges.to_vec(),
        total: facts.total,
    };
    Some((plan, facts))
}

/// What the checker says, with two promises kept: nothing but a best plan is proven, and no plan exceeds the bounds.
fn checked(
    graph: &Graph,
    objective: Objective,
    plan: &(Assignment, Facts),
    proof: &Certificate,
    best: &Facts,
    about: &str,
) -> Option<Verified> {
    let verified = verify(graph, objective, &plan.0, proof).ok()?;
    let (facts, told) = (
        &plan.1,
        format!("{about}: {objective} of {graph:?}, {plan:?}"),
    );
    if verified.proven {
        assert_eq!(
            facts.criteria(objective),
            best.criteria(objective),
            "{told}"
        );
    }
    assert!(verified.pairs_bound >= facts.pairs, "{told}");
    assert!(verified.score_bound >= facts.total, "{told}");
    if best.keeps_up(facts, objective, "pairs") {
        assert!(verified.pairs_bound >= best.pairs, "{told}");
    }
    if best.keeps_up(facts, objective, "total") {
        assert!(verified.score_bound >= best.total, "{told}");
    }
    Some(verified)
}

/// Graphs of all sorts that are small enough to damage everything in them.
fn samples() -> impl Iterator<Item = Graph> {
    let mut dice = Dice(2024);
    (0..if cfg!(debug_assertions) { 12 } else { 60 }).map(move |round| {
        let sizes = [[4, 4], [9, 6], [5, 12], [12, 12]][round % 4];
        let places = [[1, 1], [1, 3], [0, 2]][round % 3];
        let scores = [1, 3, 1_000_000_001][round / 4 % 3];
        dice.graph(sizes, places, 2, scores)
    })
}

fn each_sample(mut judge: impl FnMut(&Graph, Objective, &Optimum, &Facts)) {
    for graph in samples() {
        for objective in Objective::ALL {
            let optimum = solve(&graph, objective);
            let best = Facts::of(&graph, &optimum.assignment.edges).expect("a plan");
            judge(&graph, objective, &optimum, &best);
        }
    }
}

/// The plan with one edge left out or put in.
fn flipped(edges: &[u32], edge: u32) -> Vec<u32> {
    let mut edges = edges.to_vec();
    match edges.binary_search(&edge) {
        Ok(at) => drop(edges.remove(at)),
        Err(at) => edges.insert(at, edge),
    }
    edges
}

#[test]
fn an_edge_flipped_is_noticed() {
    let (mut refused, mut unproven) = (0, 0);
    each_sample(|graph, objective, optimum, best| {
        let Assignment { edges, total } = &optimum.assignment;
        for edge in 0..graph.len() as u32 {
            let edges = flipped(edges, edge);
            let check = |total| {
                let plan = Assignment {
                    edges: edges.clone(),
                    total,
                };
                verify(graph, objective, &plan, &optimum.certificate)
            };
            let Some(plan) = plan_of(graph, &edges) else {
                refused += 1;
                assert!(check(*total).is_err(), "{edge} of {graph:?}");
                continue;
            };
            let about = format!("edge {edge} flipped");
            let verified = checked(graph, objective, &plan, &optimum.certificate, best, &about);
            assert!(!verified.is_some_and(|v| v.proven), "{about}");
            unproven += 1;
            for wrong in [plan.1.total + 1, plan.1.total.wrapping_sub(1), u64::MAX] {
                assert!(check(wrong).is_err(), "{about}, total {wrong}");
            }
        }
    });
    assert!(refused > 100 && unproven > 100, "{refused} {unproven}");
}

#[test]
fn an_edge_swapped_for_another_is_noticed() {
    let (mut equal, mut worse) = (0, 0);
    each_sample(|graph, objective, optimum, best| {
        for &out in &optimum.assignment.edges {
            let rest = flipped(&optimum.assignment.edges, out);
            for edge in (0..graph.len() as u32).filter(|edge| rest.binary_search(edge).is_err()) {
                let Some(plan) = plan_of(graph, &flipped(&rest, edge)) else {
                    continue;
                };
                let about = format!("{edge} for {out}");
                let proof = &optimum.certificate;
                let verified = checked(graph, objective, &plan, proof, best, &about);
                match plan.1.criteria(objective) == best.criteria(objective) {
                    true => equal += u32::from(edge != out),
                    false => {
                        worse += 1;
                        assert!(!verified.is_some_and(|v| v.proven), "{about}");
                    }
                }
            }
        }
    });
    assert!(equal > 20 && worse > 100, "{equal} {worse}");
}

/// Plans that are worse than the best, and the best itself.
fn rivals(graph: &Graph, optimum: &Optimum) -> Vec<(Assignment, Facts)> {
    let edges = &optimum.assignment.edges;
    let mut rivals = vec![edges.clone(), Vec::new(), greedy(graph).edges];
    rivals.extend(edges.iter().map(|&edge| flipped(edges, edge)).take(3));
    rivals.extend(Objective::ALL.map(|objective| solve(graph, objective).assignment.edges));
    let plans = rivals.iter().map(|edges| plan_of(graph, edges));
    plans.map(|plan| plan.expect("a plan")).collect()
}

#[test]
fn a_price_changed_by_anything_proves_nothing_false() {
    let far = 1_i128 << 100;
    let (mut lost, mut all) = (0_u32, 0);
    each_sample(|graph, objective, optimum, best| {
        let rivals = rivals(graph, optimum);
        for field in damage::fields(&optimum.certificate) {
            for by in [-far, -(1 << 40), -1_000, -1, 1, 1_000, 1 << 40, far] {
                let (about, proof) = damage::changed(&optimum.certificate, field, by);
                for plan in &rivals {
                    checked(graph, objective, plan, &proof, best, &about);
                }
                let [of_best, ..] = &rivals[..] else {
                    unreachable!("the best is one of them")
                };
                let verified = checked(graph, objective, of_best, &proof, best, &about);
                let proven = verified.is_some_and(|verified| verified.proven);
                all += 1;
                lost += u32::from(!proven);
                // No price of a member with a place is left unread.
                let places = if field.of_row {
                    graph.row_places()
                } else {
                    graph.column_places()
                };
                if by == far && places[field.member] > 0 {
                    assert!(!proven, "{about}: {objective} of {graph:?}");
                }
            }
        }
    });
    assert!(lost > all / 3, "{lost} of {all} damages were noticed");
}

#[test]
fn a_list_of_another_length_is_refused() {
    each_sample(|graph, objective, optimum, _| {
        for (about, proof) in damage::each_length(&optimum.certificate) {
            let refused = verify(graph, objective, &optimum.assignment, &proof);
            assert!(refused.is_err(), "{about}: {objective} of {graph:?}");
        }
    });
}

#[test]
fn a_certificate_for_another_objective_proves_nothing_false() {
    let mut proven = 0;
    each_sample(|graph, objective, optimum, best| {
        for other in Objective::ALL
            .into_iter()
            .filter(|other| *other != objective)
        {
            let foreign = solve(graph, other);
            for plan in &rivals(graph, optimum) {
                let proof = &foreign.certificate;
                let about = format!("the certificate for {other}");
                let verified = checked(graph, objective, plan, proof, best, &about);
                proven += u32::from(verified.is_some_and(|verified| verified.proven));
            }
        }
    });
    assert!(proven > 0, "where objectives agree, so may their proofs");
}

#[test]
fn a_certificate_of_another_graph_proves_nothing_false() {
    let mut dice = Dice(6);
    for _ in 0..if cfg!(debug_assertions) { 100 } else { 1_000 } {
        let [ours, other] = [0, 1].map(|_| dice.graph([4, 3], [1, 2], 2, 4));
        for objective in Objective::ALL {
            let best = best_of(&all_plans(&ours), objective);
            let proof = solve(&other, objective).certificate;
            let optimum = solve(&ours, objective);
            for plan in &rivals(&ours, &optimum) {
                checked(&ours, objective, plan, &proof, &best, "another graph's");
            }
        }
    }
}

/// The most pairs with the best total, by prices that prove it, and the bounds on pairs of a plan of the best lowest score.
#[test]
fn bounds_on_pairs_of_a_fairer_plan_prove_nothing_false() {
    let mut dice = Dice(5);
    let mut unfair = 0;
    for _ in 0..5_000 {
        let graph = dice.graph([3, 3], [1, 2], 2, 6);
        let best = best_of(&all_plans(&graph), Objective::MaxMin);
        let bold = solve(&graph, Objective::MostPairs);
        let facts = Facts::of(&graph, &bold.assignment.edges).expect("a plan");
        let fair = solve(&graph, Objective::MaxMin).certificate;
        let borrowed = damage::with_prices_of(&fair, &bold.certificate);
        if facts.criteria(Objective::MaxMin) != best.criteria(Objective::MaxMin) {
            unfair += 1;
            let twice = damage::with_pairs_for_above(&borrowed);
            for proof in [fair, borrowed, twice] {
                let verified = verify(&graph, Objective::MaxMin, &bold.assignment, &proof);
                assert!(!verified.is_ok_and(|v| v.proven), "{graph:?}");
            }
        }
    }
    assert!(
        unfair > 20,
        "{unfair} of the graphs put the judge to the test"
    );
}

proptest! {
    #![proptest_config(at_least(3_000))]

    /// Whatever the prices and whatever the plan: bounds hold, and only a best plan is ever proven.
    #[test]
    fn a_damaged_proof_proves_nothing_false(graph in small_graph(), seed: u64) {
        let mut dice = Dice(seed);
        let plans = all_plans(&graph);
        for objective in Objective::ALL {
            let best = solve(&graph, objective);
            let proof = if dice.below(3) == 0 {
                damage::drawn(&best.certificate, &mut dice)
            } else {
                damage::shaken(&best.certificate, &mut dice)
            };
            let mut edges = if dice.below(2) == 0 { best.assignment.edges } else { greedy(&graph).edges };
            if dice.below(2) == 0 {
                edges.retain(|_| dice.below(3) > 0);
            }
            let (plan, facts) = plan_of(&graph, &edges).expect("a plan");
            // The checker may refuse prices that make no sense.
            let Ok(verified) = verify(&graph, objective, &plan, &proof) else { continue };
            let as_good = |before: &'static str| {
                plans.iter().filter(move |other| other.keeps_up(&facts, objective, before))
            };
            if verified.proven {
                prop_assert_eq!(facts.criteria(objective), best_of(&plans, objective).criteria(objective));
            }
            prop_assert!(as_good("pairs").all(|other| other.pairs <= verified.pairs_bound));
            prop_assert!(as_good("total").all(|other| other.total <= verified.score_bound));
        }
    }

    /// Nonsense is refused or bounded, never a panic.
    #[test]
    fn nonsense_does_not_panic(
        graph in small_graph(),
        edges in prop::collection::vec(0_u32..14, 0..5),
        total: u64,
        rows in prop::collection::vec(any::<i128>(), 0..6),
        columns in prop::collection::vec(any::<i128>(), 0..6),
    ) {
        let plan = Assignment { edges, total };
        let fair = Facts::of(&graph, &plan.edges).map(|facts| facts.total);
        for objective in Objective::ALL {
            let proof = solve(&graph, objective).certificate;
            let proof = damage::with_prices(&proof, &rows, &columns);
            for plan in [plan.clone(), Assignment { total: fair.unwrap_or(0), ..plan.clone() }] {
                if let Ok(verified) = verify(&graph, objective, &plan, &proof) {
                    prop_assert_eq!(Some(plan.total), fair);
                    prop_assert!(verified.pairs_bound <= graph.pair_limit());
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(at_least(100))]

    /// Prices of no use at all still bound every plan of a larger graph.
    #[test]
    fn random_prices_bound_the_best_plan(seed: u64, size in 5_u32..40) {
        let mut dice = Dice(seed);
        let graph = dice.graph([size, 45 - size], [1, 3], 3, 1_000_000_001);
        for objective in Objective::ALL {
            let optimum = solve(&graph, objective);
            let best = Facts::of(&graph, &optimum.assignment.edges).expect("a plan");
            let proof = damage::drawn(&optimum.certificate, &mut dice);
            for plan in &rivals(&graph, &optimum) {
                checked(&graph, objective, plan, &proof, &best, "drawn");
            }
        }
    }
}

/// The prices of max-min speak of edges from the lowest score of the plan on: without a bound on the pairs of all edges, a plan
/// of few good pairs would pass for the best.
#[test]
fn max_min_without_a_bound_on_its_pairs_is_refused() {
    let edges = [(0, 0, 9), (0, 1, 1), (1, 0, 1)];
    let graph = super::graph(&[1, 1], &[1, 1], &edges);
    let greedy = greedy(&graph);
    let mut proof = solve(&graph, Objective::MaxMin).certificate;
    proof.unit.point = 1;
    proof.unit.pair = 100;
    proof.prices.rows = vec![109, 0];
    proof.prices.columns = vec![0, 0];
    proof.above = Some(Default::default());
    if let Some(above) = &mut proof.above {
        (above.rows, above.columns) = (vec![0; 2], vec![0; 2]);
    }
    let proven =
        |proof: &Certificate| verify(&graph, Objective::MaxMin, &greedy, proof).map(|v| v.proven);
    assert_eq!(proven(&proof), Ok(false));
    proof.pairs = None;
    assert_eq!(
        proven(&proof).unwrap_err().to_string(),
        "the certificate lacks a bound that `max-min` needs"
    );
}
