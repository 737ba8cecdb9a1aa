//! The instances of the benches: that they are the published ones, and that their best plans are found.

use std::time::Instant;

use reverse_mentoring::matching::assignment::{Objective, solve, verify};

#[path = "../../benches/matching/instances.rs"]
mod recipes;
use recipes::{ALL, Recipe, Sparse};

use super::second_solver::judge_by_second_solver;
use super::solved;

fn recipe(rows: usize, columns: usize, structured: bool, seed: u64) -> Recipe {
    Recipe {
        name: "of a test",
        rows,
        columns,
        structured,
        seed,
        sparse: None,
        optimum: None,
    }
}

fn sparse(degree: usize, draws: usize, planted: bool, places: [u32; 2]) -> Option<Sparse> {
    Some(Sparse {
        degree,
        draws,
        planted,
        row_places: places[0],
        column_places: places[1],
    })
}

/// Structured near-ties around a hidden perfect matching, like `sp10k_s`.
fn planted(size: usize, seed: u64) -> Recipe {
    Recipe {
        sparse: sparse(50.min(size / 4), 4, true, [1, 1]),
        ..recipe(size, size, true, seed)
    }
}

#[test]
fn the_generator_writes_the_published_bytes() {
    // FNV-1a of what the generator wrote with which the published optima and times were made.
    let expected = [
        (recipe(50, 200, true, 11), None, 0x92d5_ad77_dfe9_3160),
        (recipe(60, 60, false, 12), None, 0xaf40_071b_9c9b_db80),
        (
            recipe(300, 300, true, 21),
            sparse(20, 4, true, [1, 1]),
            0x771f_24ef_f82b_0f24,
        ),
        (
            recipe(300, 300, false, 21),
            sparse(20, 1, true, [1, 1]),
            0x9360_d691_873d_e2c0,
        ),
        (
            recipe(300, 120, true, 31),
            sparse(15, 4, false, [1, 2]),
            0xafd5_319a_cc15_e62d,
        ),
        (
            recipe(200, 160, true, 51),
            sparse(15, 8, false, [2, 2]),
            0x2677_5252_6d34_fb42,
        ),
        (recipe(1, 1, true, 7), None, 0xcd5d_408f_2812_e071),
    ];
    for (recipe, sparse, expected) in expected {
        let recipe = Recipe { sparse, ..recipe };
        let mut bytes = Vec::new();
        recipe.write(&mut bytes).unwrap();
        let digest = bytes
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |digest, &byte| {
                (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        assert_eq!(digest, expected, "{recipe:?} has {} bytes", bytes.len());
    }
}

#[test]
fn a_graph_has_what_its_file_has() {
    let recipe = Recipe {
        sparse: sparse(15, 4, false, [2, 3]),
        ..recipe(40, 30, true, 5)
    };
    let (graph, mut bytes) = (recipe.graph(), Vec::new());
    recipe.write(&mut bytes).unwrap();
    let edges = graph.len();
    assert!(edges > 300);
    assert_eq!(bytes.len(), 24 + 8 * 41 + 8 * edges + 4 * 70);
    let numbers = |from: usize, count: usize| {
        let words = bytes[from..from + 4 * count].chunks_exact(4);
        words.map(|word| u32::from_le_bytes(word.try_into().unwrap()))
    };
    let at = 24 + 8 * 41;
    assert!(numbers(at, edges).eq(graph.edges().map(|edge| edge.column)));
    assert!(numbers(at + 4 * edges, edges).eq(graph.edges().map(|edge| edge.score)));
    assert!(numbers(at + 8 * edges, 40).eq(graph.row_places().iter().copied()));
    assert!(numbers(at + 8 * edges + 160, 30).eq(graph.column_places().iter().copied()));
    let dense = self::recipe(30, 20, true, 5);
    let (graph, mut bytes) = (dense.graph(), Vec::new());
    dense.write(&mut bytes).unwrap();
    let eligible = bytes[16..].chunks_exact(4).filter(|word| *word != [255; 4]);
    assert_eq!((bytes.len(), eligible.count()), (16 + 4 * 600, graph.len()));
}

fn has_the_known_optimum(recipe: &Recipe) {
    let graph = recipe.graph();
    let start = Instant::now();
    let best = solve(&graph, Objective::MostPairs);
    let plan = &best.assignment;
    let verified = verify(&graph, Objective::MostPairs, plan, &best.certificate);
    let verified = verified.expect("in order");
    let (took, name) = (start.elapsed().as_secs_f64(), recipe.name);
    assert!(verified.proven, "{name}");
    let found = (plan.pairs(), plan.total);
    assert_eq!(recipe.optimum.unwrap_or(found), found, "{name}");
    println!(
        "{name}: {} pairs, {}, proven in {took:.3} s",
        found.0, found.1
    );
}

#[test]
fn small_instances_have_the_known_optimum() {
    let all = ALL.iter().filter(|recipe| recipe.small());
    // Slow without optimisation.
    let count = if cfg!(debug_assertions) {
        2
    } else {
        usize::MAX
    };
    all.take(count).for_each(has_the_known_optimum);
}

#[test]
#[ignore = "ten million edges and more: minutes, 5 GB"]
fn large_instances_have_the_known_optimum() {
    let all = ALL.iter().filter(|recipe| !recipe.small());
    all.for_each(has_the_known_optimum);
}

#[test]
fn a_perfect_matching_hidden_in_near_ties() {
    let sizes = if cfg!(debug_assertions) {
        &[60][..]
    } else {
        &[60, 150, 300]
    };
    for (&size, seed) in sizes.iter().zip(900..) {
        let graph = planted(size, seed).graph();
        judge_by_second_solver(&graph);
        let pairs = solve(&graph, Objective::MostPairs).assignment.pairs();
        assert_eq!(pairs, size as u64, "everybody can be paired");
    }
}

#[test]
fn near_ties_at_a_thousand_are_proven() {
    let size = if cfg!(debug_assertions) { 200 } else { 1_000 };
    for recipe in [
        planted(size, 77),
        Recipe {
            sparse: sparse(30, 8, false, [2, 2]),
            ..recipe(size, size * 4 / 5, true, 78)
        },
        Recipe {
            sparse: sparse(30, 4, false, [1, 3]),
            ..recipe(size, size / 3, true, 79)
        },
        recipe(size / 4, size / 4, true, 80),
    ] {
        solved(&recipe.graph());
    }
}

#[test]
#[ignore = "the second solver needs a minute"]
fn near_ties_at_three_thousand_against_a_second_solver() {
    for recipe in [
        planted(3_000, 81),
        planted(1_000, 82),
        Recipe {
            sparse: sparse(50, 4, false, [2, 2]),
            ..recipe(1_500, 1_200, true, 83)
        },
    ] {
        judge_by_second_solver(&recipe.graph());
    }
}
