//! What graph, objective and checker refuse, word for word.

use reverse_mentoring::matching::assignment::{
    Assignment, Certificate, Edge, Flaw, Graph, GraphError, MAX_SCORE, Objective, greedy, solve,
    verify,
};

use super::graph;

fn refused(rows: &[u32], columns: &[u32], edges: &[(u32, u32, u32)]) -> String {
    let edges = edges.iter();
    let edges = edges.map(|&(row, column, score)| Edge { row, column, score });
    let refused: GraphError = Graph::new(rows.to_vec(), columns.to_vec(), edges).unwrap_err();
    refused.to_string()
}

#[test]
fn a_graph_says_why_it_refuses() {
    assert_eq!(
        refused(&[1], &[1], &[(1, 0, 0)]),
        "an edge names row `1`, but the graph has `1` rows, counted from 0"
    );
    assert_eq!(
        refused(&[1], &[1, 1], &[(0, 2, 0)]),
        "an edge names column `2`, but the graph has `2` columns, counted from 0"
    );
    assert_eq!(
        refused(&[1], &[1], &[(0, 0, MAX_SCORE + 1)]),
        "row `0` and column `0` score `1000000001`, above the highest score `1000000000`"
    );
    assert_eq!(
        refused(&[1], &[1, 1], &[(0, 1, 4), (0, 0, 1), (0, 1, 5)]),
        "row `0` and column `1` are joined twice"
    );
    assert_eq!(
        GraphError::TooLarge {
            rows: 1,
            columns: 2
        }
        .to_string(),
        "`1` rows and `2` columns are too many to compare plans without overflow"
    );
}

#[test]
fn an_objective_is_read_as_it_is_written() {
    for objective in Objective::ALL {
        assert_eq!(objective.to_string().parse(), Ok(objective));
    }
    assert_eq!(
        "fair\n".parse::<Objective>().unwrap_err().to_string(),
        "no objective is called `fair\\n`; there are `most-pairs`, `best-score`, `max-min` and `most-people`"
    );
    let named = |text: &str| {
        let said = text.parse::<Objective>().unwrap_err().to_string();
        said.split('`').nth(1).unwrap().to_owned()
    };
    assert_eq!(named("a\u{61c}\u{202e}b"), r"a\u{61c}\u{202e}b");
    assert_eq!(named(&"x".repeat(80)), "x".repeat(80));
    assert_eq!(named(&"x".repeat(81)), "x".repeat(80) + "…");
}

#[test]
fn a_liar_is_told_what_is_wrong() {
    let two = graph(
        &[1, 1],
        &[1, 2],
        &[(0, 0, 9), (0, 1, 8), (1, 0, 7), (1, 1, 6)],
    );
    let proof = solve(&two, Objective::MostPairs).certificate;
    let check = |edges: &[u32], total, proof: &Certificate, objective| -> String {
        let edges = edges.to_vec();
        let flaw: Flaw = verify(&two, objective, &Assignment { edges, total }, proof).unwrap_err();
        flaw.to_string()
    };
    let plan = |edges: &[u32], total| check(edges, total, &proof, Objective::MostPairs);
    assert_eq!(
        plan(&[4], 0),
        "the plan names edge `4`, which is not in the graph"
    );
    assert_eq!(plan(&[3, 3], 12), "the plan uses edge `3` twice");
    assert_eq!(
        plan(&[3, 0], 15),
        "the plan names edge `0` after a higher one"
    );
    assert_eq!(
        plan(&[0, 1], 17),
        "the plan gives row `0` more pairs than it has places"
    );
    assert_eq!(
        plan(&[0, 2], 16),
        "the plan gives column `0` more pairs than it has places"
    );
    assert_eq!(
        plan(&[0, 3], 16),
        "the plan claims a total of `16`, but its edges add up to `15`"
    );

    let proved = |damage: fn(&mut Certificate)| {
        let mut proof = proof.clone();
        damage(&mut proof);
        check(&[0, 3], 15, &proof, Objective::MostPairs)
    };
    let length = "the certificate prices `1` members of a side that has `2`";
    assert_eq!(proved(|proof| proof.prices.rows.truncate(1)), length);
    assert_eq!(proved(|proof| proof.prices.columns.truncate(1)), length);
    let overflow = "the prices of the certificate are too large to add up";
    assert_eq!(proved(|proof| proof.prices.rows[0] = i128::MAX), overflow);
    assert_eq!(
        proved(|proof| proof.prices.columns[1] = i128::MAX / 2 + 1),
        overflow
    );
    assert_eq!(
        proved(|proof| proof.prices.columns[1] = i128::MIN),
        overflow
    );
    assert_eq!(
        proved(|proof| proof.above = Some(Default::default())),
        "the certificate has a bound that `most-pairs` does not use"
    );
    assert_eq!(
        check(&[0, 3], 15, &proof, Objective::MaxMin),
        "the certificate lacks a bound that `max-min` needs"
    );
}

#[test]
fn a_plan_without_a_good_proof_learns_how_far_it_may_be_from_the_best() {
    let two = graph(&[1, 1], &[1, 1], &[(0, 0, 9), (0, 1, 8), (1, 0, 7)]);
    let best = solve(&two, Objective::MostPairs);
    let short = greedy(&two);
    let verified = verify(&two, Objective::MostPairs, &short, &best.certificate).unwrap();
    assert!(!verified.proven);
    assert_eq!((verified.pairs_bound, short.pairs()), (2, 1));

    let mut nothing = best.certificate.clone();
    nothing.prices.rows = vec![0; 2];
    nothing.prices.columns = vec![0; 2];
    let verified = verify(&two, Objective::MostPairs, &best.assignment, &nothing).unwrap();
    assert!(!verified.proven);
    assert_eq!((verified.pairs_bound, verified.score_bound), (2, 17)); // no more than the limits
}
