//! Judges that share no code with what they judge: every plan of a small graph, and a plain flow for larger ones.

use std::ops::Range;

use reverse_mentoring::matching::assignment::{Edge, Graph, Objective};

/// What the criteria look at in a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) pairs: u64,
    pub(crate) total: u64,
    pub(crate) lowest: u64,
    pub(crate) rows: u64,
    pub(crate) columns: u64,
}

impl Facts {
    /// The facts of these edges, or nothing where they are not a plan.
    pub(crate) fn of(graph: &Graph, edges: &[u32]) -> Option<Self> {
        let mut rows = vec![0; graph.row_places().len()];
        let mut columns = vec![0; graph.column_places().len()];
        let mut scores = Vec::new();
        for (at, number) in edges.iter().enumerate() {
            if edges[..at].contains(number) {
                return None;
            }
            let edge = graph.edge(*number)?;
            rows[edge.row as usize] += 1;
            columns[edge.column as usize] += 1;
            scores.push(u64::from(edge.score));
        }
        let keeps = |used: &[u32], places: &[u32]| used.iter().zip(places).all(|(u, p)| u <= p);
        (keeps(&rows, graph.row_places()) && keeps(&columns, graph.column_places())).then(|| Self {
            pairs: scores.len() as u64,
            total: scores.iter().sum(),
            lowest: scores.iter().min().copied().unwrap_or(0),
            rows: rows.iter().filter(|used| **used > 0).count() as u64,
            columns: columns.iter().filter(|used| **used > 0).count() as u64,
        })
    }

    /// The criteria in their order, straight from the documentation of `Objective`.
    pub(crate) fn criteria(&self, objective: Objective) -> Vec<(&'static str, u64)> {
        let (pairs, total) = (("pairs", self.pairs), ("total", self.total));
        let (rows, columns) = (("rows", self.rows), ("columns", self.columns));
        match objective {
            Objective::MostPairs => vec![pairs, total],
            Objective::BestScore => vec![total, pairs],
            Objective::MaxMin => vec![pairs, ("lowest", self.lowest), total],
            Objective::MostPeople => vec![columns, rows, pairs, total],
            _ => unreachable!("an objective without a judge"),
        }
    }

    /// Whether this is at least as good in each single criterion before the one named.
    pub(crate) fn keeps_up(&self, with: &Self, objective: Objective, before: &str) -> bool {
        let pairs = self
            .criteria(objective)
            .into_iter()
            .zip(with.criteria(objective));
        pairs
            .take_while(|(mine, _)| mine.0 != before)
            .all(|(mine, other)| mine.1 >= other.1)
    }
}

/// The facts of every plan there is.
pub(crate) fn all_plans(graph: &Graph) -> Vec<Facts> {
    fn visit(
        graph: &Graph,
        at: usize,
        free: (&mut Vec<u32>, &mut Vec<u32>),
        chosen: &mut Vec<u64>,
        found: &mut Vec<Facts>,
    ) {
        let (rows, columns) = free;
        let Some(Edge { row, column, score }) = graph.edge(at as u32) else {
            let used = |free: &[u32], all: &[u32]| {
                free.iter()
                    .zip(all)
                    .filter(|(free, all)| free < all)
                    .count() as u64
            };
            found.push(Facts {
                pairs: chosen.len() as u64,
                total: chosen.iter().sum(),
                lowest: chosen.iter().min().copied().unwrap_or(0),
                rows: used(rows, graph.row_places()),
                columns: used(columns, graph.column_places()),
            });
            return;
        };
        visit(graph, at + 1, (&mut *rows, &mut *columns), chosen, found);
        let (row, column) = (row as usize, column as usize);
        if rows[row] > 0 && columns[column] > 0 {
            rows[row] -= 1;
            columns[column] -= 1;
            chosen.push(u64::from(score));
            visit(graph, at + 1, (&mut *rows, &mut *columns), chosen, found);
            chosen.pop();
            rows[row] += 1;
            columns[column] += 1;
        }
    }
    let (mut rows, mut columns) = (graph.row_places().to_vec(), graph.column_places().to_vec());
    let mut found = Vec::new();
    visit(
        graph,
        0,
        (&mut rows, &mut columns),
        &mut Vec::new(),
        &mut found,
    );
    found
}

/// The best of them.
pub(crate) fn best_of(plans: &[Facts], objective: Objective) -> Facts {
    let best = plans.iter().max_by_key(|plan| plan.criteria(objective));
    *best.expect("the empty plan is a plan")
}

/// The value of the best plan by a plain flow: Bellman and Ford find the dearest path from source to sink over
/// parallel arcs, one unit at a time, as long as it gains.
pub(crate) fn flow_value(graph: &Graph, pair: i128, point: i128, row: i128, column: i128) -> i128 {
    let (rows, columns) = (graph.row_places().len(), graph.column_places().len());
    let (source, sink) = (rows + columns, rows + columns + 1);
    // From, to, room, gain; the arc back stands next to it.
    let mut arcs: Vec<(usize, usize, u32, i128)> = Vec::new();
    let mut join = |from, to, room, gain: i128| {
        arcs.push((from, to, room, gain));
        arcs.push((to, from, 0, -gain));
    };
    for (node, &places) in graph.row_places().iter().enumerate() {
        join(source, node, places.min(1), row);
        join(source, node, places.saturating_sub(1), 0);
    }
    for (node, &places) in graph.column_places().iter().enumerate() {
        join(rows + node, sink, places.min(1), column);
        join(rows + node, sink, places.saturating_sub(1), 0);
    }
    for edge in graph.edges() {
        let gain = pair + point * i128::from(edge.score);
        join(edge.row as usize, rows + edge.column as usize, 1, gain);
    }
    let mut value = 0;
    loop {
        let mut best: Vec<Option<(i128, usize)>> = vec![None; sink + 1];
        best[source] = Some((0, usize::MAX));
        let mut moved = true;
        while moved {
            moved = false;
            for (number, &(from, to, room, gain)) in arcs.iter().enumerate() {
                let Some((so_far, _)) = best[from] else {
                    continue;
                };
                if room > 0 && best[to].is_none_or(|(known, _)| so_far + gain > known) {
                    best[to] = Some((so_far + gain, number));
                    moved = true;
                }
            }
        }
        match best[sink] {
            Some((gain, _)) if gain > 0 => value += gain,
            _ => return value,
        }
        let mut node = sink;
        while node != source {
            let (_, arc) = best[node].expect("on the path");
            arcs[arc].2 -= 1;
            arcs[arc ^ 1].2 += 1;
            node = arcs[arc].0;
        }
    }
}

/// The same edges as a matrix, which the solver reads in other ways than a list.
pub(crate) fn as_matrix(graph: &Graph) -> Graph {
    let columns = graph.column_places().len();
    let mut cells = vec![Graph::NO_EDGE; graph.row_places().len() * columns];
    for edge in graph.edges() {
        cells[edge.row as usize * columns + edge.column as usize] = edge.score;
    }
    let places = (graph.row_places().to_vec(), graph.column_places().to_vec());
    Graph::from_matrix(places.0, places.1, cells).expect("sound before")
}

/// A plain generator, so that a failure can be repeated: splitmix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(limit)).expect("below a u32")
    }

    /// A graph of this size; one in `one_in` of the pairs is an edge and scores less than `scores`.
    pub(crate) fn graph(
        &mut self,
        sizes: [u32; 2],
        places: [u32; 2],
        one_in: u32,
        scores: u32,
    ) -> Graph {
        self.graph_from(sizes, places, one_in, 0..scores)
    }

    /// The same, with scores of a range.
    pub(crate) fn graph_from(
        &mut self,
        sizes: [u32; 2],
        places: [u32; 2],
        one_in: u32,
        scores: Range<u32>,
    ) -> Graph {
        let [rows, columns] = sizes;
        let mut side = |count| -> Vec<u32> {
            (0..count)
                .map(|_| places[0] + self.below(places[1] - places[0] + 1))
                .collect()
        };
        let (row_places, column_places) = (side(rows), side(columns));
        let mut edges = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                if self.below(one_in) == 0 {
                    let score = scores.start + self.below(scores.end - scores.start);
                    edges.push(Edge { row, column, score });
                }
            }
        }
        Graph::new(row_places, column_places, edges).expect("small and sound")
    }
}
