//! The check of matchers: small graphs of every awkward shape.

use super::{Complaints, Judge};
use crate::matching::assignment::{Edge, Graph, verify};
use crate::matching::{MatchProblem, Matcher, Stability};

/// Rows with their places, columns with theirs, edges as (row, column, score).
type Shape = (
    &'static str,
    &'static [u32],
    &'static [u32],
    &'static [(u32, u32, u32)],
);

const SHAPES: [Shape; 12] = [
    ("nobody", &[], &[], &[]),
    ("mentors only", &[1, 2], &[], &[]),
    ("nobody eligible", &[1, 1], &[1], &[]),
    ("one pair", &[1], &[1], &[(0, 0, 7)]),
    ("a pair worth nothing", &[1], &[1], &[(0, 0, 0)]),
    (
        "no places",
        &[0, 0],
        &[1, 0],
        &[(0, 0, 5), (0, 1, 5), (1, 0, 5)],
    ),
    (
        "some without a place",
        &[0, 1],
        &[1, 0],
        &[(0, 0, 9), (1, 0, 2), (1, 1, 8)],
    ),
    (
        "the best pair in the way",
        &[1, 1],
        &[1, 1],
        &[(0, 0, 9), (0, 1, 8), (1, 0, 7)],
    ),
    (
        "all ties",
        &[1, 1, 1],
        &[1, 1, 1],
        &[
            (0, 0, 4),
            (0, 1, 4),
            (0, 2, 4),
            (1, 0, 4),
            (1, 1, 4),
            (1, 2, 4),
            (2, 0, 4),
            (2, 1, 4),
            (2, 2, 4),
        ],
    ),
    (
        "several places",
        &[3, 1],
        &[2, 2, 1],
        &[(0, 0, 6), (0, 1, 5), (0, 2, 1), (1, 0, 3), (1, 2, 9)],
    ),
    (
        "more places than people",
        &[9, 9],
        &[9, 9],
        &[(0, 0, 1), (0, 1, 2), (1, 1, 3)],
    ),
    (
        "two islands",
        &[1, 1, 1, 1],
        &[1, 1, 1, 1],
        &[
            (0, 0, 5),
            (0, 1, 6),
            (1, 1, 2),
            (2, 2, 1_000_000_000),
            (2, 3, 999_999_999),
            (3, 2, 1_000_000_000),
        ],
    ),
];

/// Lets a matcher solve small graphs of every awkward shape: empty, without places, with several, all ties, islands.
///
/// # Errors
///
/// [`Complaints`] where the matcher fails, returns an unsound plan or two different ones, gives a certificate that
/// does not prove its plan, claims a stable plan that pairs block, or changes its id.
///
/// ```
/// use reverse_mentoring::matching::{Greedy, Optimal};
/// use reverse_mentoring::testing::check_matcher;
///
/// check_matcher(&Optimal::most_pairs())?;
/// check_matcher(&Greedy)?;
/// # Ok::<(), reverse_mentoring::testing::Complaints>(())
/// ```
pub fn check_matcher(matcher: &dyn Matcher) -> Result<(), Complaints> {
    let id = || matcher.id();
    let mut judge = Judge::new(&id);
    for (name, rows, columns, edges) in SHAPES {
        let edges = edges.iter();
        let edges = edges.map(|&(row, column, score)| Edge { row, column, score });
        let Ok(graph) = Graph::new(rows.to_vec(), columns.to_vec(), edges) else {
            continue; // the shapes are sound; a test counts them
        };
        let [first, second] = [(); 2].map(|()| matcher.solve(&MatchProblem::new(&graph)));
        judge.expect(first == second, "steady", || {
            format!("answers `{name}` differently when asked again")
        });
        let solution = match first {
            Ok(solution) => solution,
            Err(error) => {
                judge.expect(false, "error", || format!("fails on `{name}`: {error}"));
                continue;
            }
        };
        if let Err(flaw) = solution.assignment.check(&graph) {
            judge.expect(false, "flaw", || {
                format!("answers `{name}` with an unsound plan: {flaw}")
            });
            continue;
        }
        if let Some(preferences) = matcher.preferences(&MatchProblem::new(&graph)) {
            let found = Stability::of(&graph, &preferences, &solution.assignment.edges);
            let stable = preferences.len() == graph.len() && found.is_stable();
            judge.expect(stable, "stability", || {
                format!("claims a stable plan for `{name}`, which is not stable by its preferences")
            });
        }
        if let Some((objective, proof)) = &solution.proof {
            match verify(&graph, *objective, &solution.assignment, proof) {
                Ok(verified) => judge.expect(verified.proven, "proof", || {
                    format!("gives a certificate for `{name}` that does not prove its plan best by {objective}")
                }),
                Err(flaw) => judge.expect(false, "certificate", || {
                    format!("gives a damaged certificate for `{name}`: {flaw}")
                }),
            }
        }
    }
    judge.verdict()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_a_graph() {
        for (name, rows, columns, edges) in SHAPES {
            let all = edges
                .iter()
                .map(|&(row, column, score)| Edge { row, column, score });
            let graph = Graph::new(rows.to_vec(), columns.to_vec(), all);
            assert_eq!(graph.map(|g| g.len()), Ok(edges.len()), "{name}");
        }
    }
}
