//! Prices that count pairs alone: what no pair more is possible without.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is an end of an edge of the graph, whose sides are as long as the vectors"
)]

use super::prices::Asked;
use crate::matching::assignment::{Assignment, Graph};

impl Asked {
    /// Prices by which exactly those pairs are preferred that could lead to one pair more.
    ///
    /// From every row with a free place go to the columns that it could be paired with, from there to the rows that
    /// are paired there, and so on. A plan with one pair more needs a pair that leads from a row so reached to a column
    /// that is not (König 1931, with places).
    pub(super) fn more_pairs(graph: &Graph, plan: &Assignment) -> Self {
        let (rows, columns) = (graph.row_places().len(), graph.column_places().len());
        let mut chosen = vec![false; graph.len()];
        let mut used = vec![0; rows];
        let mut taken_by = vec![Vec::new(); columns];
        for &number in &plan.edges {
            if let Some(edge) = graph.edge(number) {
                chosen[number as usize] = true;
                used[edge.row as usize] += 1;
                taken_by[edge.column as usize].push(edge.row);
            }
        }
        let (mut from, mut to) = (vec![false; rows], vec![false; columns]);
        let free = (0..rows).filter(|&row| used[row] < graph.row_places()[row]);
        let mut next: Vec<u32> = free.map(|row| row as u32).collect();
        for &row in &next {
            from[row as usize] = true;
        }
        while let Some(row) = next.pop() {
            for (number, column, _) in graph.row(row) {
                if chosen[number as usize] || std::mem::replace(&mut to[column as usize], true) {
                    continue;
                }
                for &other in &taken_by[column as usize] {
                    if !std::mem::replace(&mut from[other as usize], true) {
                        next.push(other);
                    }
                }
            }
        }
        let price = |open: &bool| i128::from(!open);
        Self {
            point: 0,
            pair: 1,
            used: [0; 2],
            rows: from.iter().map(price).collect(),
            columns: to.iter().map(|reached| price(&!reached)).collect(),
            lowest: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::assignment::Edge;

    /// Rows 0 and 1 compete for column 0, row 2 has column 1 to itself; column 2 has no edge yet.
    #[test]
    fn only_pairs_that_lead_on_are_preferred() {
        let edges = [(0, 0), (1, 0), (2, 1)].map(|(row, column)| Edge {
            row,
            column,
            score: 7,
        });
        let graph = Graph::new(vec![1; 3], vec![1; 3], edges).unwrap();
        let plan = Assignment {
            edges: vec![0, 2],
            total: 14,
        };
        let asked = Asked::more_pairs(&graph, &plan).in_points(9);
        let preferred = (0..3).flat_map(|row| (0..3).map(move |column| (row, column)));
        // At the lowest score and at the highest alike.
        for score in [0, 9] {
            let preferred = preferred
                .clone()
                .filter(|&(r, c)| asked.gain(r, c, score) > 0);
            // From row 1, or from row 0 that makes way for it, to the columns that they do not reach.
            assert_eq!(
                preferred.collect::<Vec<_>>(),
                [(0, 1), (0, 2), (1, 1), (1, 2)]
            );
        }
        // A place more in column 0 and everybody has a pair: nothing leads on.
        let graph = Graph::new(vec![1; 3], vec![2, 1, 1], edges).unwrap();
        let plan = Assignment {
            edges: vec![0, 1, 2],
            total: 21,
        };
        let asked = Asked::more_pairs(&graph, &plan).in_points(9);
        assert!(preferred.clone().all(|(r, c)| asked.gain(r, c, 9) <= 0));
    }
}
