//! How large the steps are, and when there are enough of them.
#![expect(
    clippy::indexing_slicing,
    reason = "columns come from a `Graph`, which checked them"
)]

use super::super::cardinality::{Largest, largest};
use super::super::seats::Seats;
use super::super::solver::{Start, Watch};
use super::super::table::Table;
use super::super::{Edge, Graph, GraphError};
use super::bidding::Pause;
use super::money::Money;
use super::proof::{Proof, proof};
use super::state::Auction;

/// Rows and columns that cover.
type Cover = (Vec<bool>, Vec<bool>);

/// A plan and its proof.
#[derive(Debug)]
pub(in super::super) struct Found {
    /// The pairs as (row, column), by row.
    pub(in super::super) pairs: Vec<(u32, u32)>,
    /// What a point is worth in the unit of the prices, and a pair besides.
    pub(in super::super) point: i64,
    pub(in super::super) pair: i64,
    pub(in super::super) rows: Vec<i64>,
    pub(in super::super) columns: Vec<i64>,
    /// Rows and columns whose places, with the edges that they leave uncovered, are no more than the pairs.
    pub(in super::super) cover: Cover,
}

/// A step is so many times smaller than the one before it.
const FINER: i64 = 10;

/// The same below a point: few rows meet there, and each step asks every row once.
const FINEST: i64 = 16;

/// Scores up to here are first bid for in `i32`: prices then have room to rise to sixty-four times the highest.
const COARSE_SCORE: u32 = 1 << 24;

/// The plan with most pairs, and among those with the best total; `None` where numbers would not fit or bidding goes on
/// too long. Where the watcher stops it, some plan, and prices that bound all others.
pub(in super::super) fn run(
    graph: &Graph,
    start: Option<Start<'_>>,
    watch: &mut Watch<'_>,
) -> Option<Found> {
    if !graph.column_places().contains(&0) {
        return run_open(graph, start, watch);
    }
    // Leaves out the edges to columns without a place.
    let places = graph.column_places();
    let open = |edge: &Edge| places[edge.column as usize] > 0;
    let part: Result<Graph, GraphError> = Graph::new(
        graph.row_places().to_vec(),
        places.to_vec(),
        graph.edges().filter(open),
    );
    let mut found = run_open(&part.ok()?, start, watch)?;
    // A place that is not there costs nothing, so it may ask what every edge is worth.
    let worth = found.point.checked_mul(i64::from(graph.highest_score()))?;
    let worth = worth.checked_add(found.pair)?.max(0);
    let full = |column: &usize| places[*column] == 0;
    for column in (0..places.len()).filter(full) {
        found.columns[column] = worth;
        found.cover.1[column] = true;
    }
    Some(found)
}

fn run_open(graph: &Graph, start: Option<Start<'_>>, watch: &mut Watch<'_>) -> Option<Found> {
    let rows_scarce = places(graph.row_places()).saturating_mul(2) <= places(graph.column_places());
    let low = graph.highest_score() < COARSE_SCORE;
    if rows_scarce && low {
        if let Some(found) = without_contest(graph, watch) {
            return Some(found);
        }
    }
    let mut course = Course {
        graph,
        watch,
        largest: None,
        best: Vec::new(),
    };
    let warm = start.and_then(|start| Guess::warm(graph, start));
    let cold = std::iter::once_with(|| Guess::cold(graph));
    warm.into_iter().chain(cold).find_map(|guess| {
        let found = if low { course.run::<i32>(&guess) } else { None };
        found.or_else(|| course.run::<i64>(&guess))
    })
}

fn places(side: &[u32]) -> u64 {
    side.iter().map(|&places| u64::from(places)).sum()
}

/// Rows are few and hardly meet: everybody bids at prices of nothing, in the smallest steps. Columns without a bid keep
/// the price of nothing, so nothing has to be held for them.
fn without_contest(graph: &Graph, watch: &mut Watch<'_>) -> Option<Found> {
    let columns = graph.column_places().len();
    let away = -i64::from(graph.highest_score()) - 1;
    let mut auction = Auction::<i32>::new(graph, 1, vec![0; columns], away)?;
    auction.write_lists();
    let point = fine_point(&auction, graph)?;
    let mut auction = auction.refine::<i64>(point);
    auction.everybody_waits();
    let budget = 8 * auction.seats() + 64;
    match auction.bid_all(1, false, budget, watch) {
        Pause::Done if auction.idle() == 0 => finish(auction, graph, None),
        Pause::Stopped => {
            let proof = proof(&mut auction, graph);
            Some(found(&auction, proof, cover(graph, None)))
        }
        _ => None,
    }
}

/// Where the auction starts, in points.
struct Guess {
    columns: Vec<i64>,
    /// What walking away leaves at first.
    walk_away: i64,
    /// The first step.
    step: i64,
    /// So many bids a place are made in one step before it is given up.
    patience: u64,
}

impl Guess {
    /// Columns are wanted, and what is best in them is a first guess at their price. Whoever would lose much of the
    /// highest score everywhere walks away: those that no plan can seat find out soon, and others are called back.
    ///
    /// The first step is a compromise: too large, and prices overshoot; too small, and rows outbid each other for long.
    /// Both shares were found by trial on the instances of the benchmark.
    fn cold(graph: &Graph) -> Self {
        let columns = graph.table().column_highest(graph.column_places().len());
        let highest = i64::from(graph.highest_score());
        let (away, first) = match graph.table() {
            Table::Dense(_) => (highest / 2, highest / 64),
            Table::Sparse(_) => (highest / 8 * 7, highest / 16),
        };
        Self {
            columns: columns.into_iter().map(i64::from).collect(),
            walk_away: -away - 1,
            step: first.max(1),
            patience: 1_000, // something must be wrong
        }
    }

    /// The prices of before, and small steps at once; `None` where those are prices of another kind.
    fn warm(graph: &Graph, start: Start<'_>) -> Option<Self> {
        let highest = i64::from(graph.highest_score());
        let points = |price: i128| {
            let points = price.checked_div_euclid(start.unit.point)?;
            let points = i64::try_from(points).ok()?;
            (0..=highest * 16).contains(&points).then_some(points)
        };
        if start.unit.point <= 0 {
            return None;
        }
        let columns: Option<Vec<i64>> = start
            .prices
            .columns
            .iter()
            .map(|&price| points(price))
            .collect();
        let pair = i64::try_from(start.unit.pair.div_euclid(start.unit.point)).ok()?;
        (pair.unsigned_abs() <= highest.unsigned_abs() * 16).then_some(())?;
        Some(Self {
            columns: columns?,
            walk_away: -pair.max(0) - 1,
            step: (highest / 1_000).max(1),
            patience: 40, // prices so far off that a cold start is quicker
        })
    }
}

/// The auction from the first step to the last.
struct Course<'g, 'w, 'c> {
    graph: &'g Graph,
    watch: &'w mut Watch<'c>,
    /// Known once somebody has walked away.
    largest: Option<Largest>,
    /// The best plan at the end of a step, for a watcher who may stop the next.
    best: Vec<(u32, u32)>,
}

impl<'g> Course<'g, '_, '_> {
    fn run<P: Money>(&mut self, guess: &Guess) -> Option<Found> {
        let graph = self.graph;
        let prices = guess.columns.iter().map(|&price| P::new(price)).collect();
        let mut auction = Auction::<P>::new(graph, 1, prices, guess.walk_away)?;
        let highest = i64::from(graph.highest_score());
        let mut step = guess.step;
        auction.everybody_waits();
        let budget = 8 * auction.seats() + 64;
        // Large steps use up the list of a short row at once; a long row is worth a list of any length.
        let matrix = matches!(graph.table(), Table::Dense(_));
        let direct = |step| !matrix && step > highest / 40;
        let mut pause = auction.bid_all(step, direct(step), budget, self.watch);
        // The last few are seated sooner by bidding on than by looking for the largest plan.
        if pause == Pause::Done && (1..=auction.seats() / 1_000).contains(&auction.idle()) {
            auction.call_all_back();
            pause = auction.bid_all(step, direct(step), budget, self.watch);
        }
        match pause {
            Pause::Limit => return None,
            Pause::Stopped => return Some(self.stop(auction)),
            Pause::Done if auction.idle() == 0 => self.keep(&auction),
            _ => self.largest = Some(largest(graph, seats(&auction, graph))),
        }
        let pairs = self
            .largest
            .as_ref()
            .map_or(auction.seats(), Largest::pairs);
        auction.settle_on(pairs);
        loop {
            match settle(&mut auction, step, direct(step), guess.patience, self.watch) {
                Pause::Done => self.keep(&auction),
                Pause::Stopped => return Some(self.stop(auction)),
                Pause::Budget | Pause::Limit => return None,
            }
            if step == 1 {
                break;
            }
            step = (step / FINER).max(1);
        }
        let point = fine_point(&auction, graph)?;
        let mut auction = auction.refine::<i64>(point);
        let mut step = point;
        while step > 1 {
            step = (step / FINEST).max(1);
            match settle(&mut auction, step, false, guess.patience, self.watch) {
                Pause::Done => self.keep(&auction),
                Pause::Stopped => return Some(self.stop(auction)),
                Pause::Budget | Pause::Limit => return None,
            }
        }
        finish(auction, graph, self.largest.take())
    }

    /// Keeps the plan at the end of a step if it is the best so far and somebody may stop the next.
    fn keep<P: Money>(&mut self, auction: &Auction<'g, P>) {
        if self.watch.watched() {
            let stands = pairs(auction);
            if self.value(&stands) > self.value(&self.best) {
                self.best = stands;
            }
        }
    }

    /// Pairs and total.
    fn value(&self, pairs: &[(u32, u32)]) -> (usize, u64) {
        let table = self.graph.table();
        let scores = pairs
            .iter()
            .filter_map(|&(row, column)| table.find(row, column));
        (pairs.len(), scores.map(|(_, score)| u64::from(score)).sum())
    }

    /// The best of what stands, what stood before and what is known to be possible, at the prices of the day.
    fn stop<P: Money>(&mut self, mut auction: Auction<'g, P>) -> Found {
        let proof = proof(&mut auction, self.graph);
        let largest = self.largest.take();
        let possible = largest.as_ref().map(Largest::plan).unwrap_or_default();
        let mut found = found(&auction, proof, cover(self.graph, largest));
        for other in [possible, std::mem::take(&mut self.best)] {
            if self.value(&other) > self.value(&found.pairs) {
                found.pairs = other;
            }
        }
        found
    }
}

/// One step: bids until nobody would gain more than it by a change, or patience ends.
fn settle<P: Money>(
    auction: &mut Auction<'_, P>,
    step: i64,
    direct: bool,
    patience: u64,
    watch: &mut Watch<'_>,
) -> Pause {
    auction.prepare(step);
    let budget = patience * (auction.seats() + auction.units() + 1_000);
    auction.bid_all(step, direct, budget, watch)
}

fn finish(mut auction: Auction<'_, i64>, graph: &Graph, largest: Option<Largest>) -> Option<Found> {
    let proof = proof(&mut auction, graph);
    if proof.slack >= i128::from(auction.point) {
        debug_assert!(false, "the auction ended without a proof: {}", proof.slack);
        return None;
    }
    Some(found(&auction, proof, cover(graph, largest)))
}

/// The cover of the largest plan; all rows where nobody walked away.
fn cover(graph: &Graph, largest: Option<Largest>) -> Cover {
    match largest {
        Some(largest) => (largest.cover_rows, largest.cover_columns),
        None => (
            vec![true; graph.row_places().len()],
            vec![false; graph.column_places().len()],
        ),
    }
}

/// What a point is worth in the last steps: a number above that of all places, so that steps of 1 cannot add up to it.
/// `None` where prices could leave `i64`.
fn fine_point<P: Money>(auction: &Auction<'_, P>, graph: &Graph) -> Option<i64> {
    let point = (2 * (auction.seats() + auction.units()) + 1) as i64;
    let highest = i64::from(graph.highest_score().max(1));
    let prices = auction.price.iter().map(|price| price.get());
    let most = prices.max().unwrap_or(0).max(highest);
    let reach = point.checked_mul(most.checked_mul(16)?)?;
    (reach < <i64 as Money>::LIMIT).then_some(point)
}

/// What rows hold, to start the search for the largest plan from.
fn seats<P: Money>(auction: &Auction<'_, P>, graph: &Graph) -> Seats {
    let degrees = (0..auction.rows).map(|row| graph.table().degree(row));
    let places = graph.row_places().iter().zip(degrees);
    let mut seats = Seats::new(places.map(|(&places, degree)| places.min(degree)));
    for row in 0..auction.rows {
        for arc in auction.held(row) {
            seats.add(row, arc.column);
        }
    }
    seats
}

fn found<P: Money>(auction: &Auction<'_, P>, proof: Proof, cover: Cover) -> Found {
    Found {
        pairs: pairs(auction),
        point: auction.point,
        pair: -proof.pair,
        rows: proof.rows,
        columns: proof.columns,
        cover,
    }
}

fn pairs<P: Money>(auction: &Auction<'_, P>) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for row in 0..auction.rows {
        let held = auction.held(row).iter();
        pairs.extend(held.map(|arc| (row as u32, arc.column)));
    }
    pairs
}
