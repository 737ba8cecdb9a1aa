//! The same graph gives the same plan and the same certificate, however its edges come.

use reverse_mentoring::matching::assignment::{Edge, Graph, Objective, Optimum, greedy, solve};

use super::judges::Dice;

fn shuffled(graph: &Graph, dice: &mut Dice) -> Graph {
    let mut edges: Vec<Edge> = graph.edges().collect();
    for at in (1..edges.len()).rev() {
        edges.swap(at, dice.below(at as u32 + 1) as usize);
    }
    let (rows, columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
    Graph::new(rows, columns, edges).unwrap()
}

/// Every number of the plan and of the certificate, as text.
fn bytes(optimum: &Optimum) -> String {
    format!("{optimum:?}")
}

#[test]
fn ten_thousand_shuffles_change_no_byte() {
    let (graphs, shuffles) = if cfg!(debug_assertions) {
        (5, 100)
    } else {
        (25, 400)
    };
    let mut dice = Dice(10_000);
    for round in 0..graphs {
        let sizes = [2 + dice.below(24), 2 + dice.below(24)];
        // Ties everywhere, so that an order would have something to decide.
        let scores = [1, 2, 5, 1_000][round % 4];
        let graph = dice.graph(sizes, [1, 1 + round as u32 % 3], 2, scores);
        let solve = |graph: &Graph| Objective::ALL.map(|objective| solve(graph, objective));
        let (first, taken) = (solve(&graph), greedy(&graph));
        for shuffle in 0..shuffles {
            let again = shuffled(&graph, &mut dice);
            assert_eq!(again, graph, "shuffle {shuffle}");
            assert_eq!(greedy(&again), taken, "shuffle {shuffle}");
            for (first, again) in first.iter().zip(&solve(&again)) {
                assert_eq!(bytes(first), bytes(again), "shuffle {shuffle} of {graph:?}");
            }
        }
    }
}

#[test]
fn the_first_edge_last_changes_no_byte() {
    // One edge out of place is another way in than all of them.
    let graph = Dice(3).graph([30, 30], [1, 2], 2, 3);
    let (rows, columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
    let edges: Vec<Edge> = graph.edges().collect();
    let mut last = edges.clone();
    last.rotate_left(1);
    let backwards: Vec<Edge> = edges.iter().rev().copied().collect();
    for edges in [last, backwards] {
        let again = Graph::new(rows.clone(), columns.clone(), edges).unwrap();
        for objective in Objective::ALL {
            assert_eq!(
                bytes(&solve(&again, objective)),
                bytes(&solve(&graph, objective))
            );
        }
    }
}
