//! What insisting on an edge or forbidding one costs, before a judge that looks at every plan there is.

#[path = "support/dice.rs"]
mod dice;

use dice::Dice;
use reverse_mentoring::matching::assignment::{
    Alternative, Certificate, Cost, CostBounds, Edge, Flaw, Graph, MAX_SCORE, Objective, Optimum,
    Prices, Unit, WhatIf, WhatIfError, solve,
};

/// What the criteria look at in a plan, by name, in the order of an objective.
type Criteria = Vec<(&'static str, i64)>;

/// A plan: a bit for each edge.
type Plan = u32;

fn has(plan: Plan, edge: u32) -> bool {
    plan >> edge & 1 == 1
}

/// The criteria of a plan, straight from the documentation of `Objective`.
fn criteria(edges: &[Edge], plan: Plan, objective: Objective) -> Criteria {
    let chosen = || {
        (0..)
            .zip(edges)
            .filter(move |(n, _)| has(plan, *n))
            .map(|(_, e)| e)
    };
    let in_use = |end: fn(&Edge) -> u32| {
        let mut ends: Vec<u32> = chosen().map(end).collect();
        ends.sort_unstable();
        ends.dedup();
        ends.len() as i64
    };
    let pairs = ("pairs", i64::from(plan.count_ones()));
    let total = ("score", chosen().map(|e| i64::from(e.score)).sum());
    let lowest = (
        "lowest",
        chosen().map(|e| i64::from(e.score)).min().unwrap_or(0),
    );
    match objective {
        Objective::MostPairs => vec![pairs, total],
        Objective::BestScore => vec![total, pairs],
        Objective::MaxMin => vec![pairs, lowest, total],
        Objective::MostPeople => vec![
            ("columns", in_use(|e| e.column)),
            ("rows", in_use(|e| e.row)),
            pairs,
            total,
        ],
        _ => unreachable!("an objective without a judge"),
    }
}

/// Every plan there is, by brute force over the subsets of the edges.
fn all_plans(graph: &Graph) -> Vec<Plan> {
    let edges: Vec<Edge> = graph.edges().collect();
    assert!(edges.len() <= 16, "too many to look at");
    let fits = |plan: Plan| {
        let mut rows = graph.row_places().to_vec();
        let mut columns = graph.column_places().to_vec();
        (0..)
            .zip(&edges)
            .filter(|(n, _)| has(plan, *n))
            .all(|(_, e)| {
                let places = [&mut rows[e.row as usize], &mut columns[e.column as usize]];
                places.into_iter().all(|left| {
                    let free = *left > 0;
                    *left -= u32::from(free);
                    free
                })
            })
    };
    (0..1 << edges.len()).filter(|&plan| fits(plan)).collect()
}

fn best(
    edges: &[Edge],
    plans: impl Iterator<Item = Plan>,
    objective: Objective,
) -> Option<Criteria> {
    plans
        .map(|plan| criteria(edges, plan, objective))
        .max_by_key(|criteria| {
            let values: Vec<i64> = criteria.iter().map(|(_, value)| *value).collect();
            values
        })
}

/// The difference of two plans as a cost.
fn cost(more: &Criteria, less: &Criteria) -> Cost {
    let mut cost = Cost::NONE;
    for ((name, more), (_, less)) in more.iter().zip(less) {
        let field = match *name {
            "columns" => &mut cost.columns,
            "rows" => &mut cost.rows,
            "pairs" => &mut cost.pairs,
            "lowest" => &mut cost.lowest,
            _ => &mut cost.score,
        };
        *field = more - less;
    }
    cost
}

#[derive(Default)]
struct Seen {
    questions: u32,
    free: u32,
    tight: u32,
}

/// Asks both questions about every edge, for every objective.
fn judge(graph: &Graph, seen: &mut Seen) {
    let edges: Vec<Edge> = graph.edges().collect();
    let plans = all_plans(graph);
    for objective in Objective::ALL {
        let optimum = solve(graph, objective);
        let what_if = WhatIf::new(graph, objective, &optimum).unwrap();
        let whole = best(&edges, plans.iter().copied(), objective).unwrap();
        judge_together(graph, &what_if, objective, &edges, &plans);
        for edge in 0..edges.len() as u32 {
            let among = |wanted: bool| {
                let plans = plans
                    .iter()
                    .copied()
                    .filter(|&plan| has(plan, edge) == wanted);
                best(&edges, plans, objective)
            };
            let context = || format!("edge {edge}, {objective} of {graph:?}");
            let mut answer =
                |found: Alternative, bounds: CostBounds, expected: &Criteria, wanted| {
                    let expected = cost(&whole, expected);
                    assert_eq!(found.cost, expected, "{}", context());
                    // The plan that is shown is one, keeps to the change, and costs what is said.
                    let numbers = &found.assignment.edges;
                    let plan = numbers.iter().fold(0, |plan, n| plan | 1 << n);
                    assert!(
                        plans.contains(&plan) && numbers.is_sorted(),
                        "{}",
                        context()
                    );
                    assert_eq!(has(plan, edge), wanted, "{}", context());
                    assert_eq!(
                        cost(&whole, &criteria(&edges, plan, objective)),
                        expected,
                        "{}",
                        context()
                    );
                    found.assignment.check(graph).unwrap();
                    // What is said without solving holds.
                    let CostBounds { at_least, at_most } = bounds;
                    assert!(
                        at_least.cmp_by(&expected, objective).is_le(),
                        "{} {at_least:?} {expected:?}",
                        context()
                    );
                    assert!(
                        at_most.cmp_by(&expected, objective).is_ge(),
                        "{} {at_most:?} {expected:?}",
                        context()
                    );
                    assert!(bounds.exact().is_none_or(|exact| exact == expected));
                    seen.questions += 1;
                    seen.free += u32::from(expected.is_none());
                    seen.tight += u32::from(bounds.exact().is_some());
                };
            match among(true) {
                Some(expected) => answer(
                    what_if.insist(edge).unwrap(),
                    what_if.bounds_of_insisting(edge).unwrap(),
                    &expected,
                    true,
                ),
                None => {
                    let no = Err(WhatIfError::NoPlace { edge });
                    assert_eq!(what_if.insist(edge), no, "{}", context());
                    assert_eq!(what_if.bounds_of_insisting(edge).err(), no.err());
                }
            }
            // The empty plan lacks every edge.
            answer(
                what_if.forbid(edge).unwrap(),
                what_if.bounds_of_forbidding(edge).unwrap(),
                &among(false).unwrap(),
                false,
            );
        }
    }
}

/// Asks about all edges of each row and each column at once.
fn judge_together(
    graph: &Graph,
    what_if: &WhatIf<'_>,
    objective: Objective,
    edges: &[Edge],
    plans: &[Plan],
) {
    let optimum = best(edges, plans.iter().copied(), objective).unwrap();
    let made = solve(graph, objective).assignment.edges;
    let rows = (0..graph.row_places().len() as u32).map(|row| {
        let expected: Vec<u32> = (0..)
            .zip(edges)
            .filter(|(_, e)| e.row == row)
            .map(|(n, _)| n)
            .collect();
        (what_if.row(row), expected)
    });
    let columns = (0..graph.column_places().len() as u32).map(|column| {
        let expected: Vec<u32> = (0..)
            .zip(edges)
            .filter(|(_, e)| e.column == column)
            .map(|(n, _)| n)
            .collect();
        (what_if.column(column), expected)
    });
    for (found, mut expected) in rows.chain(columns) {
        // An edge without a place on one end is in no plan.
        expected.retain(|edge| plans.iter().any(|plan| has(*plan, *edge)));
        assert_eq!(
            found.iter().map(|(edge, _)| *edge).collect::<Vec<_>>(),
            expected,
            "{graph:?}"
        );
        for (edge, bounds) in found {
            let wanted = !made.contains(&edge);
            let with = plans
                .iter()
                .copied()
                .filter(|&plan| has(plan, edge) == wanted);
            let cost = cost(&optimum, &best(edges, with, objective).unwrap());
            let context = || format!("edge {edge}, {objective} of {graph:?}");
            if objective == Objective::MaxMin {
                assert!(
                    bounds.at_least.cmp_by(&cost, objective).is_le(),
                    "{}",
                    context()
                );
                assert!(
                    bounds.at_most.cmp_by(&cost, objective).is_ge(),
                    "{}",
                    context()
                );
            } else {
                assert_eq!(bounds.exact(), Some(cost), "{}", context());
            }
        }
    }
}

/// Every graph of this size by number: the score of each pair, where `scores` means none, then places from `least`.
fn numbered(
    rows: usize,
    columns: usize,
    scores: u32,
    [least, most]: [u32; 2],
    number: u64,
) -> Graph {
    let mut rest = number;
    let mut digit = |base: u32| {
        let digit = (rest % u64::from(base)) as u32;
        rest /= u64::from(base);
        digit
    };
    let mut places = |n| {
        (0..n)
            .map(|_| least + digit(most - least + 1))
            .collect::<Vec<_>>()
    };
    let (row_places, column_places) = (places(rows), places(columns));
    let mut edges = Vec::new();
    for row in 0..rows as u32 {
        for column in 0..columns as u32 {
            let score = digit(scores + 1);
            if score < scores {
                edges.push(Edge { row, column, score });
            }
        }
    }
    assert_eq!(rest, 0);
    Graph::new(row_places, column_places, edges).unwrap()
}

fn count(rows: usize, columns: usize, scores: u32, [least, most]: [u32; 2]) -> u64 {
    u64::from(scores + 1).pow((rows * columns) as u32)
        * u64::from(most - least + 1).pow((rows + columns) as u32)
}

#[test]
fn every_small_graph() {
    let mut seen = Seen::default();
    for (rows, columns, scores, places) in [
        (1, 1, 3, [0, 2]),
        (1, 2, 3, [0, 2]),
        (2, 1, 3, [0, 2]),
        (2, 2, 3, [0, 2]),
        (2, 3, 2, [1, 2]),
        (3, 2, 2, [1, 2]),
    ] {
        for number in 0..count(rows, columns, scores, places) {
            judge(&numbered(rows, columns, scores, places, number), &mut seen);
        }
    }
    assert!(seen.questions > 500_000, "{}", seen.questions);
    assert!(seen.free > 1_000 && seen.free < seen.questions - 1_000);
}

#[test]
fn a_sample_of_three_by_three() {
    let mut seen = Seen::default();
    let all = count(3, 3, 2, [1, 2]);
    for number in (0..all).step_by(1_009) {
        judge(&numbered(3, 3, 2, [1, 2], number), &mut seen);
    }
    assert!(seen.questions > 10_000, "{}", seen.questions);
}

impl Dice {
    fn graph(&mut self, rows: u32, columns: u32, places: u32, highest: u32, edges: u32) -> Graph {
        let mut side = |n| (0..n).map(|_| 1 + self.below(places)).collect::<Vec<_>>();
        let (row_places, column_places) = (side(rows), side(columns));
        let mut all: Vec<(u32, u32)> = (0..rows)
            .flat_map(|r| (0..columns).map(move |c| (r, c)))
            .collect();
        let mut chosen = Vec::new();
        while chosen.len() < edges as usize && !all.is_empty() {
            let (row, column) = all.swap_remove(self.below(all.len() as u32) as usize);
            let score = match self.below(8) {
                0 => highest,
                _ => self.below(highest) / 7 * 7,
            };
            chosen.push(Edge { row, column, score });
        }
        Graph::new(row_places, column_places, chosen).unwrap()
    }
}

#[test]
fn random_graphs() {
    let mut dice = Dice(2_026);
    let mut seen = Seen::default();
    for round in 0..700 {
        let highest = [3, 50, 1_000, MAX_SCORE][round % 4];
        let (rows, columns) = (2 + dice.below(4), 2 + dice.below(4));
        let (places, edges) = (1 + dice.below(3), 4 + dice.below(7));
        judge(
            &dice.graph(rows, columns, places, highest, edges),
            &mut seen,
        );
    }
    // Without solving, three answers in five are exact already.
    assert!(
        seen.tight * 5 > seen.questions * 3,
        "{} of {}",
        seen.tight,
        seen.questions
    );
    assert!(
        seen.questions - seen.free > 5_000,
        "{} of {}",
        seen.free,
        seen.questions
    );
}

/// Larger graphs, where only the two answers can be held against each other and against one more plan.
#[test]
fn bounds_hold_where_no_one_can_look_at_every_plan() {
    let mut dice = Dice(7);
    for round in 0..60 {
        let graph = dice.graph(12, 10, 1 + round % 3, 400, 60);
        for objective in Objective::ALL {
            let optimum = solve(&graph, objective);
            let what_if = WhatIf::new(&graph, objective, &optimum).unwrap();
            let rows = (0..12).flat_map(|row| what_if.row(row));
            let columns = (0..10).flat_map(|column| what_if.column(column));
            let together: Vec<(u32, CostBounds)> = rows.chain(columns).collect();
            assert_eq!(together.len(), 2 * graph.len());
            for (edge, bounds) in together {
                let has = optimum.assignment.edges.contains(&edge);
                let exact = if has {
                    what_if.forbid(edge)
                } else {
                    what_if.insist(edge)
                };
                let exact = exact.unwrap().cost;
                if objective != Objective::MaxMin {
                    assert_eq!(
                        bounds.exact(),
                        Some(exact),
                        "edge {edge}, {objective} of {graph:?}"
                    );
                }
            }
            for edge in 0..graph.len() as u32 {
                let questions = [
                    (what_if.insist(edge), what_if.bounds_of_insisting(edge)),
                    (what_if.forbid(edge), what_if.bounds_of_forbidding(edge)),
                ];
                for (exact, bounds) in questions {
                    let (exact, bounds) = (exact.unwrap().cost, bounds.unwrap());
                    assert!(exact.cmp_by(&Cost::NONE, objective).is_ge());
                    assert!(
                        bounds.at_least.cmp_by(&exact, objective).is_le(),
                        "{bounds:?} {exact:?}"
                    );
                    assert!(
                        bounds.at_most.cmp_by(&exact, objective).is_ge(),
                        "{bounds:?} {exact:?}"
                    );
                }
            }
        }
    }
}

/// The same proof in other numbers: counted in more of a unit, with prices a little off, or with both bounds in one.
fn retold(dice: &mut Dice, graph: &Graph, proof: &Certificate) -> Certificate {
    let mut proof = proof.clone();
    let joined = proof.pairs.is_some() && dice.below(2) == 0;
    if joined && proof.above.is_none() {
        // A pair outweighs all points: the bound on the pairs goes into the prices.
        let limit = i128::from(graph.pair_limit());
        let more = proof.unit.point * (limit * i128::from(graph.highest_score()) + 2);
        let pairs = proof.pairs.take().unwrap();
        let sides = [
            (&mut proof.prices.rows, &pairs.rows),
            (&mut proof.prices.columns, &pairs.columns),
        ];
        for (prices, cover) in sides {
            prices
                .iter_mut()
                .zip(cover)
                .for_each(|(price, one)| *price += more * one);
        }
        proof.unit.pair += more;
    }
    let times = 1 + dice.below(40) as i128;
    let Unit {
        point,
        pair,
        row,
        column,
    } = proof.unit;
    proof.unit = Unit {
        point: point * times,
        pair: pair * times,
        row: row * times,
        column: column * times,
    };
    let Prices { rows, columns } = &mut proof.prices;
    for price in rows.iter_mut().chain(columns) {
        *price *= times;
        if dice.below(3) == 0 {
            *price += dice.below(2 * times as u32) as i128 - times / 2;
        }
    }
    proof
}

/// What the prices say holds whoever wrote them, if they prove the plan: also where they allow a little more than it is worth.
#[test]
fn bounds_hold_for_every_proof_of_the_plan() {
    let mut dice = Dice(31);
    let mut tried = [0; 4];
    let mut loose = 0;
    for round in 0..1_500 {
        let highest = [3, 50, 1_000][round % 3];
        let places = 1 + dice.below(2);
        let (rows, columns) = (2 + dice.below(4), 2 + dice.below(4));
        let graph = dice.graph(rows, columns, places, highest, 9);
        for (objective, tried) in Objective::ALL.into_iter().zip(&mut tried) {
            let optimum = solve(&graph, objective);
            let exact = WhatIf::new(&graph, objective, &optimum).unwrap();
            let proof = retold(&mut dice, &graph, &optimum.certificate);
            let Ok(retold) = WhatIf::of(&graph, objective, &optimum.assignment, &proof) else {
                continue; // too far off to prove anything
            };
            *tried += 1;
            for edge in 0..graph.len() as u32 {
                let questions = [
                    (
                        exact.insist(edge),
                        retold.insist(edge),
                        retold.bounds_of_insisting(edge),
                    ),
                    (
                        exact.forbid(edge),
                        retold.forbid(edge),
                        retold.bounds_of_forbidding(edge),
                    ),
                ];
                for (expected, again, bounds) in questions {
                    let Ok(expected) = expected else { continue };
                    let context = || format!("edge {edge}, {objective} of {graph:?} by {proof:?}");
                    // Solving from other prices finds a plan that is as good.
                    assert_eq!(again.unwrap().cost, expected.cost, "{}", context());
                    let (expected, CostBounds { at_least, at_most }) =
                        (expected.cost, bounds.unwrap());
                    assert!(
                        at_least.cmp_by(&Cost::NONE, objective).is_ge(),
                        "{}",
                        context()
                    );
                    assert!(
                        at_least.cmp_by(&expected, objective).is_le(),
                        "{at_least:?} {expected:?} {}",
                        context()
                    );
                    assert!(
                        at_most.cmp_by(&expected, objective).is_ge(),
                        "{at_most:?} {expected:?} {}",
                        context()
                    );
                    loose += u32::from(at_least != expected);
                }
            }
            for row in 0..rows {
                assert!(objective == Objective::MaxMin || exact.row(row) == retold.row(row));
            }
        }
    }
    assert!(tried.iter().all(|tried| *tried > 300), "{tried:?}");
    assert!(loose > 1_000, "{loose}");
}

#[test]
fn refusals() {
    let edge = |row, column, score| Edge { row, column, score };
    let graph = Graph::new(
        vec![1, 0],
        vec![1, 1],
        [edge(0, 0, 3), edge(0, 1, 2), edge(1, 0, 9)],
    )
    .unwrap();
    let objective = Objective::MostPairs;
    let mut optimum = solve(&graph, objective);
    {
        let what_if = WhatIf::new(&graph, objective, &optimum).unwrap();
        assert_eq!(
            what_if.insist(3).unwrap_err().to_string(),
            "edge `3` is not in the graph"
        );
        assert_eq!(
            what_if.forbid(9).unwrap_err(),
            WhatIfError::UnknownEdge { edge: 9 }
        );
        assert_eq!(
            what_if.bounds_of_insisting(3).unwrap_err(),
            WhatIfError::UnknownEdge { edge: 3 }
        );
        assert_eq!(
            what_if.bounds_of_forbidding(3).unwrap_err(),
            WhatIfError::UnknownEdge { edge: 3 }
        );
        assert_eq!(
            what_if.insist(2).unwrap_err().to_string(),
            "edge `2` leads to a row or column without a place"
        );
        assert!(what_if.forbid(2).unwrap().cost.is_none());
    }
    // A plan that is not the best, with a certificate that says how far it is: nothing can be said of changes.
    optimum.assignment = Optimum {
        assignment: Default::default(),
        ..optimum.clone()
    }
    .assignment;
    let unproven = WhatIf::new(&graph, objective, &optimum).unwrap_err();
    assert_eq!(
        unproven.to_string(),
        "the plan is not proven to be the best by `most-pairs`"
    );
    optimum.assignment.edges.push(7);
    let flawed = WhatIf::new(&graph, objective, &optimum).unwrap_err();
    assert_eq!(flawed, WhatIfError::Flaw(Flaw::UnknownEdge { edge: 7 }));
}
