//! A start from earlier prices, and a watcher who stops the solver: the plan and the bounds stay true.

use std::ops::ControlFlow;

use reverse_mentoring::matching::assignment::{
    Certificate, Edge, Graph, Objective, Progress, Solver, solve, verify,
};

use super::judges::{Dice, Facts};

/// The same graph with some edges gone, some new and some scores changed.
fn changed(graph: &Graph, dice: &mut Dice) -> Graph {
    let mut edges: Vec<Edge> = graph.edges().filter(|_| dice.below(20) > 0).collect();
    for edge in &mut edges {
        if dice.below(10) == 0 {
            edge.score = dice.below(1_000);
        }
    }
    let [rows, columns] = [graph.row_places(), graph.column_places()];
    for _ in 0..3 {
        let (row, column) = (
            dice.below(rows.len() as u32),
            dice.below(columns.len() as u32),
        );
        if !edges
            .iter()
            .any(|edge| (edge.row, edge.column) == (row, column))
        {
            edges.push(Edge {
                row,
                column,
                score: dice.below(1_000),
            });
        }
    }
    Graph::new(rows.to_vec(), columns.to_vec(), edges).unwrap()
}

fn sample(dice: &mut Dice, round: u32) -> Graph {
    let sizes = [[30, 30], [12, 60], [60, 12], [40, 37]][round as usize % 4];
    let places = [[1, 1], [1, 1], [1, 3]][round as usize % 3];
    dice.graph(sizes, places, 1 + round % 4, 1_000)
}

#[test]
fn a_start_from_earlier_prices_ends_with_as_good_a_plan() {
    let mut dice = Dice(71);
    for round in 0..if cfg!(debug_assertions) { 15 } else { 400 } {
        let before = sample(&mut dice, round);
        let after = changed(&before, &mut dice);
        for objective in Objective::ALL {
            // Also from the prices of another objective, in another unit.
            for earlier in [objective, Objective::MostPairs] {
                let start = solve(&before, earlier).certificate;
                let warm = Solver::new(&after, objective).from(&start).solve();
                let found = verify(&after, objective, &warm.assignment, &warm.certificate).unwrap();
                assert!(found.proven, "{objective} from {earlier} of {after:?}");
                let cold = solve(&after, objective);
                let facts = |edges: &[u32]| Facts::of(&after, edges).unwrap().criteria(objective);
                assert_eq!(facts(&warm.assignment.edges), facts(&cold.assignment.edges));
            }
        }
    }
}

#[test]
fn a_start_that_makes_no_sense_is_left_aside() {
    let mut dice = Dice(72);
    let graph = dice.graph([20, 20], [1, 1], 2, 1_000);
    let fair = solve(&graph, Objective::MostPairs);
    let mut wild: Vec<Certificate> = vec![Certificate::default()];
    for extreme in [
        i128::MIN,
        i128::from(i64::MIN),
        -1,
        0,
        i128::from(i64::MAX),
        i128::MAX,
    ] {
        for spoil in [
            |proof: &mut Certificate, by: i128| proof.unit.point = by,
            |proof: &mut Certificate, by: i128| proof.unit.pair = by,
            |proof: &mut Certificate, by: i128| proof.prices.columns.fill(by),
            |proof: &mut Certificate, by: i128| proof.prices.rows.fill(by),
        ] {
            let mut proof = fair.certificate.clone();
            spoil(&mut proof, extreme);
            wild.push(proof);
        }
    }
    for start in &wild {
        for objective in Objective::ALL {
            let found = Solver::new(&graph, objective).from(start).solve();
            let verified =
                verify(&graph, objective, &found.assignment, &found.certificate).unwrap();
            assert!(verified.proven, "{objective} from {start:?}");
        }
    }
}

#[test]
fn a_solver_that_is_stopped_says_how_far_from_the_best_it_can_be() {
    let mut dice = Dice(73);
    let (mut short, mut whole) = (0, 0);
    for round in 0..if cfg!(debug_assertions) { 20 } else { 120 } {
        let graph = sample(&mut dice, round);
        for objective in Objective::ALL {
            let best = solve(&graph, objective);
            let best = Facts::of(&graph, &best.assignment.edges).unwrap();
            for patience in [0, 1, 2, 5, 9, 14] {
                let (mut calls, mut reported) = (0, 0);
                let mut watch = |progress: Progress| {
                    calls += 1;
                    reported = progress.pairs;
                    if calls > patience {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                };
                let found = Solver::new(&graph, objective).watched(&mut watch).solve();
                let plan = &found.assignment;
                let bounds = verify(&graph, objective, plan, &found.certificate)
                    .unwrap_or_else(|flaw| panic!("{flaw}: {objective} of {graph:?}"));
                let facts = Facts::of(&graph, &plan.edges).unwrap();
                assert!(
                    facts.pairs >= reported,
                    "{objective}: {reported} pairs were reported"
                );
                assert!(bounds.pairs_bound >= facts.pairs && bounds.score_bound >= facts.total);
                if best.keeps_up(&facts, objective, "pairs") {
                    assert!(bounds.pairs_bound >= best.pairs, "{objective} of {graph:?}");
                }
                if best.keeps_up(&facts, objective, "total") {
                    assert!(bounds.score_bound >= best.total, "{objective} of {graph:?}");
                }
                if bounds.proven {
                    assert_eq!(facts.criteria(objective), best.criteria(objective));
                    whole += 1;
                } else {
                    short += 1;
                }
                if calls > patience {
                    continue;
                }
                assert!(bounds.proven, "nobody stopped it");
            }
        }
    }
    assert!(short > 100 && whole > 100, "{short} {whole}");
}
