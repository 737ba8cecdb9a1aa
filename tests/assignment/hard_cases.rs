//! Graphs on which solvers go wrong.

use reverse_mentoring::matching::assignment::{Edge, Graph, MAX_SCORE, Objective, solve, verify};

use super::judges::{Dice, Facts};
use super::{graph, judge_by_all_plans, judge_by_flow, solved, solved_both_ways};

#[test]
fn nothing_to_choose_from() {
    for empty in [
        graph(&[], &[], &[]),
        graph(&[3], &[], &[]),
        graph(&[1], &[1], &[]),
    ] {
        for (_, facts) in solved(&empty) {
            assert_eq!(facts, Facts::default());
        }
    }
    let closed = graph(&[0, 0], &[5, 0], &[(0, 0, 3), (1, 1, 4)]);
    for (_, facts) in solved(&closed) {
        assert_eq!(facts, Facts::default());
    }
}

#[test]
fn one_edge_is_used_once_however_many_places_its_ends_have() {
    let lone = graph(&[5], &[5], &[(0, 0, 7)]);
    for (_, facts) in solved(&lone) {
        assert_eq!((facts.pairs, facts.total), (1, 7));
    }
    // Slots on both sides would take the 9 twice.
    let tempting = graph(&[2, 1], &[2, 1], &[(0, 0, 9), (0, 1, 1), (1, 0, 1)]);
    for (_, facts) in solved(&tempting) {
        assert_eq!((facts.pairs, facts.total), (3, 11));
    }
}

#[test]
fn places_without_number_on_both_sides() {
    let all = u32::MAX;
    let wide = graph(&[all, all], &[all], &[(0, 0, MAX_SCORE), (1, 0, 0)]);
    for (_, facts) in solved(&wide) {
        assert_eq!((facts.pairs, facts.total), (2, u64::from(MAX_SCORE)));
    }
}

#[test]
fn objectives_differ_where_they_should() {
    let torn = graph(
        &[1, 1, 2],
        &[1, 1, 1, 2],
        &[(0, 0, 9), (0, 1, 1), (1, 0, 1), (2, 2, 5), (2, 3, 5)],
    );
    judge_by_all_plans(&torn);
    let facts = |objective| Facts::of(&torn, &solve(&torn, objective).assignment.edges).unwrap();
    assert_eq!(
        (
            facts(Objective::MostPairs).pairs,
            facts(Objective::MostPairs).total
        ),
        (4, 12)
    );
    assert_eq!(
        (
            facts(Objective::BestScore).pairs,
            facts(Objective::BestScore).total
        ),
        (3, 19)
    );
    // A lower total for a higher floor.
    let uneven = graph(
        &[1, 1],
        &[1, 1],
        &[(0, 0, 9), (0, 1, 3), (1, 0, 3), (1, 1, 1)],
    );
    judge_by_all_plans(&uneven);
    let low = Facts::of(&uneven, &solve(&uneven, Objective::MaxMin).assignment.edges).unwrap();
    assert_eq!((low.pairs, low.lowest, low.total), (2, 3, 6));
}

#[test]
fn everybody_scores_the_same() {
    for score in [0, 1, MAX_SCORE] {
        let mut dice = Dice(7);
        for _ in 0..6 {
            let uneven = dice.graph([25, 20], [1, 2], 3, 1);
            let edges = uneven.edges().map(|edge| Edge { score, ..edge });
            let (rows, columns) = (uneven.row_places(), uneven.column_places());
            judge_by_flow(&Graph::new(rows.to_vec(), columns.to_vec(), edges).unwrap());
        }
    }
}

#[test]
fn one_popular_mentor() {
    let mut edges: Vec<_> = (0..300).map(|column| (0, column, 1000 + column)).collect();
    edges.extend((1..100).map(|row| (row, row * 3, row % 5)));
    for places in [1, 7, 250] {
        let mut rows = vec![2; 100];
        rows[0] = places;
        let popular = graph(&rows, &[1; 300], &edges);
        for (objective, facts) in solved(&popular) {
            let expected = (99 + u64::from(places)).min(300);
            if objective != Objective::BestScore {
                assert_eq!(facts.pairs, expected, "{objective}");
            }
        }
    }
}

#[test]
fn a_chain_of_near_ties_is_pushed_through_to_its_end() {
    // Each row prefers the column that the row before it needs; the last to enter moves all the others.
    let length = 400;
    let mut edges = Vec::new();
    for row in 0..length {
        edges.push((row, row, 1_000));
        if row + 1 < length {
            edges.push((row, row + 1, 999));
        }
    }
    edges.push((length, 0, 1));
    let mut columns = vec![1; length as usize];
    columns.push(1);
    edges.push((length - 1, length, 2));
    let chain = graph(&vec![1; length as usize + 1], &columns, &edges);
    for (objective, facts) in solved(&chain) {
        if objective == Objective::BestScore {
            assert_eq!(facts.total, u64::from(length) * 1_000);
        } else {
            assert_eq!(facts.pairs, u64::from(length) + 1, "{objective}");
        }
    }
}

#[test]
fn scores_at_the_cap_add_up() {
    let mut dice = Dice(9);
    let base = dice.graph([30, 30], [1, 3], 2, 2);
    let edges = base.edges();
    let edges = edges.map(|edge| Edge {
        score: MAX_SCORE - edge.score,
        ..edge
    });
    let (rows, columns) = (base.row_places(), base.column_places());
    judge_by_flow(&Graph::new(rows.to_vec(), columns.to_vec(), edges).unwrap());
}

#[test]
fn parts_that_do_not_touch() {
    let mut edges = Vec::new();
    for part in 0..10 {
        for (row, column, score) in [(0, 0, 5), (0, 1, 4), (1, 0, 4), (2, 2, 1)] {
            edges.push((part * 3 + row, part * 3 + column, score));
        }
    }
    judge_by_flow(&graph(&[1; 30], &[1; 30], &edges));
}

#[test]
fn large_enough_to_need_wide_integers() {
    // Most people weighs a mentee at more than 2^64 here.
    let mut dice = Dice(12);
    let wide = dice.graph([2000, 60], [50, 90], 8, MAX_SCORE);
    for (objective, facts) in solved(&wide) {
        assert!(facts.pairs > 3_000, "{objective}");
    }
}

#[test]
fn members_give_up_places_one_by_one() {
    // Mentor 0 has all three mentees until the others enter; the fourth mentor must not take the last one for less.
    // Mentor 4 has mentees enough, so that the mentors are the side that enters; turned round, the mentees are.
    let mut edges = vec![(0, 0, 9), (0, 1, 9), (0, 2, 9)];
    edges.extend((1..4).flat_map(|row| (0..3).map(move |column| (row, column, 9 - row))));
    edges.extend((3..13).map(|column| (4, column, 5)));
    judge_by_flow(&graph(&[3, 1, 1, 1, 1], &[1; 13], &edges));
    for edge in &mut edges {
        *edge = (edge.1, edge.0, edge.2);
    }
    judge_by_flow(&graph(&[1; 13], &[3, 1, 1, 1, 1], &edges));
}

#[test]
fn a_contended_part_beside_a_roomy_one() {
    let mut dice = Dice(77);
    for round in 0..150 {
        let tight = dice.graph([12, 4], [1, 4], 2, 9);
        let roomy = dice.graph([6, 20], [3, 4], 2, 9);
        let mut edges = tight.edges().collect::<Vec<_>>();
        edges.extend(roomy.edges().map(|edge| Edge {
            row: edge.row + 12,
            column: edge.column + 4,
            ..edge
        }));
        let mut rows = [tight.row_places(), roomy.row_places()].concat();
        let mut columns = [tight.column_places(), roomy.column_places()].concat();
        if round % 2 == 1 {
            std::mem::swap(&mut rows, &mut columns);
            for edge in &mut edges {
                std::mem::swap(&mut edge.row, &mut edge.column);
            }
        }
        judge_by_flow(&Graph::new(rows, columns, edges).unwrap());
    }
}

/// A graph of so many rows that rows are asked for ahead: a few parts, over and over, in any order.
fn far(dice: &mut Dice, parts: &[Graph], rows: u32) -> (Graph, Vec<usize>) {
    let mut order = |count: u32| -> Vec<u32> {
        let mut order: Vec<u32> = (0..count).collect();
        order.sort_by_cached_key(|_| dice.below(u32::MAX));
        order
    };
    let size = parts[0].row_places().len() as u32;
    let (row_at, column_at) = (order(rows), order(rows));
    let (mut row_places, mut column_places) = (vec![0; rows as usize], vec![0; rows as usize]);
    let (mut edges, mut kinds) = (Vec::new(), Vec::new());
    for part in 0..rows / size {
        let kind = (part as usize * 7) % parts.len();
        let first = part * size;
        let at = |side: &[u32], member: u32| side[(first + member) as usize];
        for member in 0..size {
            let (row, column) = (at(&row_at, member), at(&column_at, member));
            row_places[row as usize] = parts[kind].row_places()[member as usize];
            column_places[column as usize] = parts[kind].column_places()[member as usize];
        }
        edges.extend(parts[kind].edges().map(|edge| Edge {
            row: at(&row_at, edge.row),
            column: at(&column_at, edge.column),
            ..edge
        }));
        kinds.push(kind);
    }
    let graph = Graph::new(row_places, column_places, edges).unwrap();
    (graph, kinds)
}

#[test]
fn hundreds_of_thousands_of_rows_in_parts_that_are_judged_one_by_one() {
    let mut dice = Dice(300_001);
    // Short rows that are read whole, and rows whose best edges are remembered; with one place each and with more.
    let shapes = [(6, 2, 1), (30, 2, 1), (6, 2, 2)];
    let count = if cfg!(debug_assertions) { 1 } else { 3 };
    for (size, one_in, places) in shapes.into_iter().take(count) {
        let parts = (0..24).map(|_| dice.graph([size, size], [1, places], one_in, 1_000));
        let parts: Vec<Graph> = parts.collect();
        let (whole, kinds) = far(&mut dice, &parts, 300_060);
        assert_eq!(whole.len() / 12 >= whole.row_places().len(), size > 24);
        for objective in [Objective::MostPairs, Objective::BestScore] {
            let best = solve(&whole, objective);
            let verified = verify(&whole, objective, &best.assignment, &best.certificate);
            assert!(verified.unwrap().proven, "{objective}");
            let each = parts.iter().map(|part| {
                let facts = solved_both_ways(part).into_iter();
                let mut facts = facts.filter(|(other, _)| *other == objective);
                facts.next().map_or((0, 0), |(_, f)| (f.pairs, f.total))
            });
            let each: Vec<(u64, u64)> = each.collect();
            let sum = kinds.iter().map(|&kind| each[kind]);
            let sum = sum.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
            let pairs = best.assignment.edges.len() as u64;
            assert_eq!((pairs, best.assignment.total), sum, "{objective}");
        }
    }
}
