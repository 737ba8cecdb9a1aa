//! Plans that hang on chance: mentees take their turns by lot.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use crate::matching::assignment::Edge;
use crate::matching::{MatchError, MatchProblem, Matcher, Solution};
use crate::policy::PluginId;

/// Mentees in an order that is drawn each take a mentor who may be asked and has a place: whoever is drawn, or the one with most points.
///
/// With [`any`](Self::any) nobody looks at anything: what matching at random would do. With [`best`](Self::best) whoever comes first has the
/// choice, as where executives pick their own mentor; the points are how much they like whom, so give criteria that say so, and among equals it is
/// drawn. Whoever has room for several takes one in each round of turns. It claims to be neither the best plan nor stable, and may leave somebody over whom
/// another order would have served.
///
/// One seed and number, one plan, on every machine: see [`Scenario::planned_by_turns`](super::Scenario::planned_by_turns) for many of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByLot {
    seed: u64,
    number: u64,
    takes: Takes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Any,
    Best,
}

impl ByLot {
    /// Each takes anyone: the plan of that number of a seed.
    #[must_use]
    pub const fn any(seed: u64, number: u64) -> Self {
        let takes = Takes::Any;
        Self {
            seed,
            number,
            takes,
        }
    }

    /// Each takes the one with most points, of whom there are several any of them.
    #[must_use]
    pub const fn best(seed: u64, number: u64) -> Self {
        let takes = Takes::Best;
        Self {
            seed,
            number,
            takes,
        }
    }
}

/// A mentee, with the places that are left and whom they try, the last first.
struct Turns {
    left: u32,
    edges: Vec<(u32, Edge)>,
}

/// The words of a stream, one after the other.
struct Lots(ChaCha8Rng);

impl Lots {
    fn of(by: &ByLot) -> Self {
        let mut words = ChaCha8Rng::seed_from_u64(by.seed);
        // Counted from the far end: replicates go by the streams from the near one.
        words.set_stream(u64::MAX - by.number);
        Self(words)
    }

    /// A number below `n`, uneven by less than n / 2³²; of none, 0.
    fn below(&mut self, n: usize) -> usize {
        let mut word = [0; 4];
        self.0.fill_bytes(&mut word);
        let word = u128::from(u32::from_le_bytes(word));
        usize::try_from((word * n as u128) >> 32).unwrap_or(0)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let at = self.below(last + 1);
            list.swap(at, last);
        }
    }
}

impl Matcher for ByLot {
    fn id(&self) -> PluginId {
        let name = match self.takes {
            Takes::Any => "any_by_lot",
            Takes::Best => "best_by_lot",
        };
        PluginId::new(name, 1)
    }

    fn solve(&self, problem: &MatchProblem<'_>) -> Result<Solution, MatchError> {
        let graph = problem.graph();
        let mut lots = Lots::of(self);
        let mut free = graph.row_places().to_vec();
        let column = |places: &u32| Turns {
            left: *places,
            edges: Vec::new(),
        };
        let mut columns: Vec<Turns> = graph.column_places().iter().map(column).collect();
        for (number, edge) in (0u32..).zip(graph.edges()) {
            if let Some(column) = columns.get_mut(edge.column as usize) {
                column.edges.push((number, edge));
            }
        }
        for column in &mut columns {
            lots.shuffle(&mut column.edges);
            if self.takes == Takes::Best {
                // Stable, so that equals stay as they were drawn.
                column.edges.sort_by_key(|(_, edge)| edge.score);
            }
        }
        lots.shuffle(&mut columns);
        let mut chosen = Vec::new();
        let mut before = None;
        while before != Some(chosen.len()) {
            before = Some(chosen.len());
            for Turns { left, edges } in &mut columns {
                if *left == 0 {
                    continue;
                }
                while let Some((number, edge)) = edges.pop() {
                    let row = free.get_mut(edge.row as usize);
                    let Some(places) = row.filter(|places| **places > 0) else {
                        continue;
                    };
                    (*places, *left) = (*places - 1, *left - 1);
                    chosen.push(number);
                    break;
                }
            }
        }
        Ok(Solution::unproven(graph, chosen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::assignment::Graph;

    fn graph(scores: [[u32; 3]; 3], places: [u32; 3]) -> Graph {
        let rows = (0u32..).zip(scores);
        let edges = rows.flat_map(|(row, scores)| {
            (0u32..)
                .zip(scores)
                .map(move |(column, score)| Edge { row, column, score })
        });
        Graph::new(places.to_vec(), vec![1; 3], edges.collect::<Vec<_>>()).unwrap()
    }

    /// Of six plans of three and three, each comes up about as often.
    #[test]
    fn any_is_uniform() {
        let graph = graph([[9, 1, 1], [1, 9, 1], [1, 1, 9]], [1; 3]);
        let mut seen = std::collections::BTreeMap::new();
        for number in 0..600 {
            let plan = ByLot::any(7, number)
                .solve(&MatchProblem::new(&graph))
                .unwrap();
            *seen.entry(plan.assignment.edges).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|n| (65..=135).contains(n)), "{seen:?}");
    }

    /// All like the first mentor best: who has them changes, and who has two places is taken twice.
    #[test]
    fn whoever_comes_first_has_the_choice() {
        let one = graph([[9, 9, 9], [5, 5, 5], [1, 1, 1]], [1; 3]);
        let served = |graph: &Graph, number| {
            let plan = ByLot::best(7, number)
                .solve(&MatchProblem::new(graph))
                .unwrap();
            let of = |e: &u32| graph.edge(*e).unwrap();
            let edges: Vec<Edge> = plan.assignment.edges.iter().map(of).collect();
            edges
                .into_iter()
                .filter(|e| e.row == 0)
                .map(|e| e.column)
                .collect::<Vec<_>>()
        };
        let firsts: std::collections::BTreeSet<_> = (0..50).flat_map(|n| served(&one, n)).collect();
        assert_eq!(firsts.into_iter().collect::<Vec<_>>(), [0, 1, 2]);
        let two = graph([[9, 9, 9], [5, 5, 5], [1, 1, 1]], [2, 1, 1]);
        assert!((0..50).all(|n| served(&two, n).len() == 2));
        assert_eq!(ByLot::best(7, 3), ByLot::best(7, 3));
    }
}
