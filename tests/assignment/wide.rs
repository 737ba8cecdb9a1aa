//! Rows of a matrix so long that most of their blocks are never read: by the solver, and by the checker.

use reverse_mentoring::matching::assignment::{Graph, MAX_SCORE, Objective, solve, verify};

use super::judges::{Dice, Facts};
use super::second_solver::judge_by_second_solver;
use super::{damage, plain};

/// A matrix and the same edges as a list, and what they are.
struct Twins {
    matrix: Graph,
    list: Graph,
    about: String,
}

/// Scores of several kinds: all different, few values, popular columns, neighbours that look alike, at the cap.
fn score(dice: &mut Dice, kind: usize, row: u32, column: u32) -> u32 {
    match kind {
        0 => dice.below(1_000_000),
        1 => dice.below(3),
        2 => 1_000 * ((column * 7919) % 900) + dice.below(1_000),
        3 => 900_000 - 1_000 * row.abs_diff(column % 97) + dice.below(3),
        _ => MAX_SCORE - dice.below(2),
    }
}

fn twins(dice: &mut Dice, round: usize, rows: u32, columns: u32) -> Twins {
    let (kind, most_places) = (round % 5, 1 + u32::from(round % 4 == 3));
    let missing = [0, 3, 7][round % 3];
    let mut side =
        |count: u32| -> Vec<u32> { (0..count).map(|_| 1 + dice.below(most_places)).collect() };
    let (row_places, column_places) = (side(rows), side(columns));
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let gone = dice.below(10) < missing;
            let score = score(dice, kind, row, column);
            cells.push(if gone { Graph::NO_EDGE } else { score });
        }
    }
    let matrix = Graph::from_matrix(row_places.clone(), column_places.clone(), cells).unwrap();
    let list = Graph::new(row_places, column_places, matrix.edges()).unwrap();
    Twins {
        matrix,
        list,
        about: format!("round {round}: {rows} x {columns}, scores of kind {kind}"),
    }
}

/// Solves both, compares them, and holds the checker against the plain one, on what is sound and what is damaged.
fn judge(twins: &Twins, objective: Objective, dice: &mut Dice) -> Facts {
    let about = &twins.about;
    let facts = [&twins.matrix, &twins.list].map(|graph| {
        let best = solve(graph, objective);
        let (plan, proof) = (&best.assignment, &best.certificate);
        let facts = Facts::of(graph, &plan.edges).unwrap_or_else(|| panic!("no plan, {about}"));
        let expected = Some((facts.pairs, facts.total, true));
        assert_eq!(
            plain::judge(graph, objective, plan, proof),
            expected,
            "{about}"
        );
        let fields = damage::fields(proof);
        let damaged = (0..12).map(|_| {
            let field = fields[dice.below(fields.len() as u32) as usize];
            let size = proof.unit.point.max(1) * i128::from(1 + dice.below(50_000));
            let by = [1, -1, size, -size][dice.below(4) as usize];
            damage::changed(proof, field, by)
        });
        for (what, proof) in damaged.chain([("nothing".into(), proof.clone())]) {
            let verified = verify(graph, objective, plan, &proof).ok();
            let verified = verified.map(|v| (v.pairs_bound, v.score_bound, v.proven));
            let plain = plain::judge(graph, objective, plan, &proof);
            assert_eq!(verified, plain, "{about}, {objective}, {what}");
        }
        facts
    });
    assert_eq!(
        facts[0].criteria(objective),
        facts[1].criteria(objective),
        "{about}"
    );
    facts[0]
}

#[test]
fn a_matrix_and_a_list_of_the_same_edges_have_the_same_optimum() {
    let mut dice = Dice(64);
    let rounds = if cfg!(debug_assertions) { 6 } else { 60 };
    for round in 0..rounds {
        // Few rows, which hardly meet, and as many as columns or more, which all do.
        let rows = [3, 20, 60, 150, 300, 420][round % 6];
        let columns = 257 + dice.below(300);
        let twins = twins(&mut dice, round, rows, columns);
        for objective in [Objective::MostPairs, Objective::BestScore] {
            judge(&twins, objective, &mut dice);
        }
        if round % 6 < 3 {
            judge(&twins, Objective::MaxMin, &mut dice);
            judge(&twins, Objective::MostPeople, &mut dice);
        }
    }
}

#[test]
fn wide_matrices_against_a_second_solver() {
    let mut dice = Dice(640);
    let rounds = if cfg!(debug_assertions) { 2 } else { 20 };
    for round in 0..rounds {
        let rows = 2 + dice.below(24);
        let columns = 257 + dice.below(200);
        judge_by_second_solver(&twins(&mut dice, round, rows, columns).matrix);
    }
}
