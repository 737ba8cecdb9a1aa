//! Graphs made to hurt: endless ties, bidding wars, paths through everybody, products, numbers at their caps.
//!
//! Where the best plan is known in closed form, that is the judge; else the second solver.

use reverse_mentoring::matching::assignment::{Edge, Graph, MAX_SCORE, Objective, solve, verify};

use super::judges::{Dice, Facts};
use super::second_solver::judge_by_second_solver;
use super::{graph, solved};

/// Every pair of these, scored.
fn full(rows: u32, columns: u32, score: impl Fn(u32, u32) -> u32) -> Vec<(u32, u32, u32)> {
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    cells
        .map(|(row, column)| (row, column, score(row, column)))
        .collect()
}

/// The same graph with rows and columns called otherwise, and with its sides exchanged.
fn disguises(graph: &Graph, dice: &mut Dice) -> [Graph; 3] {
    let mut order = |count: usize| -> Vec<u32> {
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_by_cached_key(|_| dice.below(u32::MAX));
        order
    };
    let (rows, columns) = (graph.row_places(), graph.column_places());
    let (row_at, column_at) = (order(rows.len()), order(columns.len()));
    let moved = |places: &[u32], at: &[u32]| {
        let mut moved = vec![0; places.len()];
        places
            .iter()
            .zip(at)
            .for_each(|(&p, &at)| moved[at as usize] = p);
        moved
    };
    let renamed = graph.edges().map(|edge| Edge {
        row: row_at[edge.row as usize],
        column: column_at[edge.column as usize],
        ..edge
    });
    let turned = graph.edges().map(|edge| Edge {
        row: edge.column,
        column: edge.row,
        ..edge
    });
    let (new_rows, new_columns) = (moved(rows, &row_at), moved(columns, &column_at));
    [
        graph.clone(),
        Graph::new(new_rows, new_columns, renamed).unwrap(),
        Graph::new(columns.to_vec(), rows.to_vec(), turned).unwrap(),
    ]
}

/// The facts by every objective but most-people, which tells the sides apart.
fn best_however_disguised(graph: &Graph) -> [Facts; 3] {
    let [plain, renamed, turned] = disguises(graph, &mut Dice(99)).map(|graph| {
        let facts = solved(&graph);
        let people = |(objective, _): &(Objective, Facts)| *objective == Objective::MostPeople;
        let facts: Vec<_> = facts.into_iter().filter(|facts| !people(facts)).collect();
        facts
    });
    for ((plain, renamed), turned) in plain.iter().zip(&renamed).zip(&turned) {
        let objective = plain.0;
        let criteria = [plain, renamed, turned].map(|(_, facts)| facts.criteria(objective));
        assert!(criteria.iter().all(|c| *c == criteria[0]), "{objective}");
    }
    [0, 1, 2].map(|at| plain[at].1)
}

#[test]
fn everybody_is_worth_the_same_to_everybody() {
    for score in [0, 1, MAX_SCORE] {
        for (rows, columns, places) in [(120, 120, 1), (150, 40, 3), (30, 90, 2)] {
            let same = full(rows, columns, |_, _| score);
            let same = graph(
                &vec![1; rows as usize],
                &vec![places; columns as usize],
                &same,
            );
            let expected = u64::from(rows.min(columns * places));
            for facts in best_however_disguised(&same) {
                let total = expected * u64::from(score);
                assert_eq!((facts.pairs, facts.total), (expected, total));
            }
        }
    }
}

#[test]
fn products_of_two_ranks() {
    // The hard case of Machol and Wien for methods that grow one tree: scores i · j make every prefix compete.
    // By the rearrangement inequality like goes with like, and with the sign turned, like with unlike.
    let n = if cfg!(debug_assertions) { 60 } else { 250_u32 };
    let places = vec![1; n as usize];
    let squares = (0..n).map(|i| u64::from(i * i)).sum::<u64>();
    let products = graph(&places, &places, &full(n, n, |i, j| i * j));
    let [pairs, score, _] = best_however_disguised(&products);
    assert_eq!((pairs.pairs, pairs.total), (u64::from(n), squares));
    assert_eq!((score.pairs, score.total), (u64::from(n), squares));

    let highest = n * n;
    let against = (0..n).map(|i| u64::from(i * (n - 1 - i))).sum::<u64>();
    let turned = graph(&places, &places, &full(n, n, |i, j| highest - i * j));
    let [pairs, ..] = best_however_disguised(&turned);
    let expected = u64::from(n) * u64::from(highest) - against;
    assert_eq!((pairs.pairs, pairs.total), (u64::from(n), expected));
}

#[test]
fn a_bidding_war_over_too_few() {
    // Everybody wants the same few at the cap and has nothing else, or something worth nothing, or nearly as much.
    for (rows, wanted, other) in [
        (30, 3, None),
        (30, 3, Some(0)),
        (30, 29, Some(MAX_SCORE - 1)),
    ] {
        let mut edges = full(rows, wanted, |_, _| MAX_SCORE);
        edges.extend(
            other
                .iter()
                .flat_map(|&score| (0..rows).map(move |row| (row, wanted + row, score))),
        );
        let columns = vec![1; (wanted + rows) as usize];
        let war = graph(&vec![1; rows as usize], &columns, &edges);
        let lucky = u64::from(wanted);
        let rest = if other.is_some() {
            u64::from(rows) - lucky
        } else {
            0
        };
        let total = lucky * u64::from(MAX_SCORE) + rest * u64::from(other.unwrap_or(0));
        for facts in best_however_disguised(&war) {
            assert_eq!((facts.pairs, facts.total), (lucky + rest, total));
        }
        judge_by_second_solver(&war);
    }
}

#[test]
fn a_war_that_differs_by_one_point_a_step() {
    // Bids that rise by the smallest step alone would take thousand million rounds.
    let mut dice = Dice(31);
    for round in 0..if cfg!(debug_assertions) { 6 } else { 40 } {
        let (rows, columns) = (12 + dice.below(20), 8 + dice.below(20));
        let high = [0, MAX_SCORE - 60][round % 2];
        let near = full(rows, columns, |row, column| {
            high + (row * 7 + column * 11) % 3 + column / 4
        });
        let near = near
            .into_iter()
            .filter(|_| dice.below(5) > 0)
            .collect::<Vec<_>>();
        let places = |count: u32, most: u32| (0..count).map(|at| 1 + at % most).collect::<Vec<_>>();
        judge_by_second_solver(&graph(&places(rows, 2), &places(columns, 3), &near));
    }
}

/// A ladder on which everybody must step up when one more enters; `length` + 1 pairs with all of them on the new rung.
fn ladder(length: u32, high: u32) -> (Vec<(u32, u32, u32)>, u64) {
    // Row i likes column i by one point better than column i + 1; the last row, alone at column 0, pushes all.
    let mut edges: Vec<_> = (0..length)
        .flat_map(|i| [(i, i, high), (i, i + 1, high - 1)])
        .collect();
    edges.push((length, 0, 0));
    (edges, u64::from(length) * u64::from(high - 1))
}

#[test]
fn a_path_through_everybody() {
    let length = if cfg!(debug_assertions) { 300 } else { 3_000 };
    for high in [1, 1_000, MAX_SCORE] {
        let (edges, total) = ladder(length, high);
        let places = vec![1; length as usize + 1];
        let ladder = graph(&places, &places, &edges);
        let [pairs, score, floor] = best_however_disguised(&ladder);
        assert_eq!((pairs.pairs, pairs.total), (u64::from(length) + 1, total));
        assert_eq!(
            (floor.pairs, floor.lowest, floor.total),
            (u64::from(length) + 1, 0, total)
        );
        let alone = u64::from(length) * u64::from(high);
        assert_eq!((score.pairs, score.total), (u64::from(length), alone));
    }
}

#[test]
fn many_paths_through_everybody_with_places() {
    // Ladders side by side whose rungs have two places, crossed by edges that tempt.
    let mut dice = Dice(8);
    for _ in 0..if cfg!(debug_assertions) { 2 } else { 10 } {
        let (length, count) = (9, 6);
        let mut edges = Vec::new();
        for part in 0..count {
            let at = part * (length + 1);
            let (ladder, _) = ladder(length, 1_000);
            edges.extend(ladder.into_iter().map(|(r, c, s)| (at + r, at + c, s)));
            for _ in 0..6 {
                let (row, column) = (dice.below(60), at + dice.below(length + 1));
                edges.push((row, column, 996 + dice.below(8)));
            }
        }
        edges.sort_unstable();
        edges.dedup_by_key(|edge| (edge.0, edge.1));
        let rows: Vec<u32> = (0..60).map(|row| 1 + row % 2).collect();
        let columns: Vec<u32> = (0..60).map(|column| 1 + column / 3 % 2).collect();
        let crossed = graph(&rows, &columns, &edges);
        judge_by_second_solver(&crossed);
        best_however_disguised(&crossed);
    }
}

#[test]
fn places_that_tempt_to_use_an_edge_twice() {
    // The best pair of each two is worth more than all else, and both of its ends have places left.
    for places in [2, 3, u32::MAX] {
        for n in [2, 5, 40] {
            let edges = full(
                n,
                n,
                |i, j| if i == j { MAX_SCORE } else { (i * 3 + j) % 4 },
            );
            let sides = vec![places; n as usize];
            let tempting = graph(&sides, &sides, &edges);
            judge_by_second_solver(&tempting);
            for facts in best_however_disguised(&tempting) {
                assert_eq!(facts.pairs, u64::from(n) * u64::from(places.min(n)));
            }
        }
    }
}

#[test]
fn cliques_that_only_a_long_detour_joins() {
    // Parts with one row too many beside parts with one column too many, joined by single edges of no worth.
    let mut edges = Vec::new();
    let (mut rows, mut columns) = (0, 0);
    for part in 0..8_u32 {
        let (height, width) = if part % 2 == 0 { (6, 5) } else { (5, 6) };
        let cells = full(height, width, |i, j| 500 + (i * j) % 7);
        edges.extend(
            cells
                .into_iter()
                .map(|(r, c, s)| (rows + r, columns + c, s)),
        );
        if part > 0 {
            edges.push((rows - 1, columns, part % 3));
        }
        rows += height;
        columns += width;
    }
    let chain = graph(&vec![1; rows as usize], &vec![1; columns as usize], &edges);
    judge_by_second_solver(&chain);
    best_however_disguised(&chain);
}

#[test]
fn sums_at_the_caps_do_not_wrap() {
    // A million pairs at the cap, places without number on both sides: 10^15 points.
    let n = if cfg!(debug_assertions) {
        150
    } else {
        1_000_u64
    };
    let places = vec![u32::MAX; n as usize];
    let edges = full(n as u32, n as u32, |_, _| MAX_SCORE);
    let wide = graph(&places, &places, &edges);
    drop(edges);
    assert_eq!(wide.pair_limit(), n * n);
    for objective in Objective::ALL {
        let best = solve(&wide, objective);
        let total = n * n * u64::from(MAX_SCORE);
        assert_eq!(
            (best.assignment.pairs(), best.assignment.total),
            (n * n, total)
        );
        let verified = verify(&wide, objective, &best.assignment, &best.certificate).unwrap();
        assert!(verified.proven, "{objective}");
        assert_eq!((verified.pairs_bound, verified.score_bound), (n * n, total));
        let mut claim = best.assignment.clone();
        for wrong in [
            total + 1,
            total - 1,
            total.wrapping_add(1 << 32),
            u64::MAX,
            0,
        ] {
            claim.total = wrong;
            assert!(verify(&wide, objective, &claim, &best.certificate).is_err());
        }
    }
}

#[test]
fn more_places_than_numbers_can_count() {
    // The places of one side add up to more than 2^32, those of the other to three.
    let many = vec![u32::MAX; 400];
    let edges = full(400, 3, |row, column| row * 3 + column);
    let uneven = graph(&many, &[1, 1, 1], &edges);
    judge_by_second_solver(&uneven);
    for facts in best_however_disguised(&uneven) {
        assert_eq!((facts.pairs, facts.total), (3, 3 * 399 * 3 + 3));
    }
}

#[test]
fn scores_that_are_products_with_places_in_the_columns() {
    // In the large steps every row outbids the others in the same columns. Units that were bid up then must not stay
    // above their column's price, or nobody could outbid who holds them.
    let mut dice = Dice(7);
    let (rows, columns) = if cfg!(debug_assertions) {
        (60, 90)
    } else {
        (350, 500)
    };
    for most in [1, 3] {
        let places: Vec<u32> = (0..columns).map(|_| 1 + dice.below(most)).collect();
        let cells = (1..=rows).flat_map(|r| (1..=columns).map(move |c| 1_000_000 - r * c));
        let graph = Graph::from_matrix(vec![1; rows as usize], places, cells.collect()).unwrap();
        let best = solve(&graph, Objective::MostPairs);
        let verified = verify(
            &graph,
            Objective::MostPairs,
            &best.assignment,
            &best.certificate,
        );
        assert!(verified.unwrap().proven);
    }
}
