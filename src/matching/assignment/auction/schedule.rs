//! How large the steps are, and when there are enough of them.
#![expect(
    clippy::indexing_slicing,
    reason = "columns come from a `Graph`, which checked them"
)]

use super::super::cardinality::{Largest, largest};
use super::super::seats::Seats;
use super::super::{Edge, Graph, GraphError};
use super::money::{Money, Worth};
use super::proof::{Proof, proof};
use super::state::{Auction, Pause};

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
const FINER: i64 = 7;

/// Scores up to here are first bid for in `i32`: prices then have room to rise to sixty-four times the highest.
const COARSE_SCORE: u32 = 1 << 24;

/// The plan with most pairs, and among those with the best total; `None` where numbers would not fit or bidding goes on too long.
pub(in super::super) fn run(graph: &Graph) -> Option<Found> {
    if graph.column_places().contains(&0) {
        return run_without_full(graph);
    }
    run_open(graph)
}

/// Leaves out the edges to columns without a place.
fn run_without_full(graph: &Graph) -> Option<Found> {
    let places = graph.column_places();
    let open = |edge: &Edge| places[edge.column as usize] > 0;
    let part: Result<Graph, GraphError> = Graph::new(
        graph.row_places().to_vec(),
        places.to_vec(),
        graph.edges().filter(open),
    );
    let mut found = run_open(&part.ok()?)?;
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

fn run_open(graph: &Graph) -> Option<Found> {
    let rows_scarce = places(graph.row_places()).saturating_mul(2) <= places(graph.column_places());
    if rows_scarce
        && graph.highest_score() < COARSE_SCORE
        && let Some(found) = without_contest(graph)
    {
        return Some(found);
    }
    if graph.highest_score() < COARSE_SCORE {
        let coarse = coarse::<i32>(graph);
        if let Some((auction, largest)) = coarse {
            return fine(auction, graph, largest);
        }
    }
    let (auction, largest) = coarse::<i64>(graph)?;
    fine(auction, graph, largest)
}

fn places(side: &[u32]) -> u64 {
    side.iter().map(|&places| u64::from(places)).sum()
}

/// Rows are few and hardly meet: everybody bids at prices of nothing, in the smallest steps. Columns without a bid keep
/// the price of nothing, so nothing has to be held for them.
fn without_contest(graph: &Graph) -> Option<Found> {
    let columns = graph.column_places().len();
    let away = walk_away(graph);
    let mut auction = Auction::<i32>::new(graph, Worth::PLAIN, vec![0; columns], away)?;
    auction.write_lists();
    let worth = fine_worth(&auction, graph)?;
    let mut auction = auction.refine::<i64>(worth);
    auction.everybody_waits();
    let budget = 8 * auction.seats() + 64;
    let done = auction.bid_all(1, false, budget) == Pause::Done;
    if !done || auction.idle() > 0 {
        return None;
    }
    finish(auction, graph, None)
}

/// What walking away leaves at first: less than an edge that is bid for beyond half again the highest score.
fn walk_away(graph: &Graph) -> i64 {
    let highest = i64::from(graph.highest_score());
    -(highest + highest / 2 + 1)
}

/// Large steps, from an eighth of the highest score down to 1.
fn coarse<P: Money>(graph: &Graph) -> Option<(Auction<'_, P>, Option<Largest>)> {
    // Columns are wanted, and what is best in them is a first guess at their price.
    let mut prices = vec![0_u32; graph.column_places().len()];
    for row in 0..graph.row_places().len() {
        for arc in graph.table().arcs(row) {
            let price = &mut prices[arc.column as usize];
            *price = arc.score.max(*price);
        }
    }
    let prices = prices.into_iter().map(|price| P::new(i64::from(price)));
    let mut auction = Auction::<P>::new(graph, Worth::PLAIN, prices.collect(), walk_away(graph))?;
    let highest = i64::from(graph.highest_score());
    let mut step = (highest / 8).max(1);
    auction.everybody_waits();
    let pause = auction.bid_all(step, true, 8 * auction.seats() + 64);
    let most = match pause {
        Pause::Limit => return None,
        Pause::Done if auction.idle() == 0 => None,
        _ => Some(largest(graph, seats(&auction, graph))),
    };
    let pairs = most.as_ref().map_or(auction.seats(), Largest::pairs);
    auction.settle_on(pairs);
    loop {
        let direct = step > highest / 100;
        settle(&mut auction, step, direct)?;
        if step == 1 {
            return Some((auction, most));
        }
        step = (step / FINER).max(1);
    }
}

/// One step: bids until nobody would gain more than it by a change.
fn settle<P: Money>(auction: &mut Auction<'_, P>, step: i64, direct: bool) -> Option<()> {
    auction.prepare(step);
    let budget = allowance(auction);
    (auction.bid_all(step, direct, budget) == Pause::Done).then_some(())
}

/// The last steps, in a unit so fine that a step of 1 leaves no better plan.
fn fine<P: Money>(
    auction: Auction<'_, P>,
    graph: &Graph,
    largest: Option<Largest>,
) -> Option<Found> {
    let worth = fine_worth(&auction, graph)?;
    let mut auction = auction.refine::<i64>(worth);
    let mut step = worth.point;
    while step > 1 {
        step = (step / FINER).max(1);
        settle(&mut auction, step, false)?;
    }
    finish(auction, graph, largest)
}

fn finish(mut auction: Auction<'_, i64>, graph: &Graph, largest: Option<Largest>) -> Option<Found> {
    let proof = proof(&mut auction, graph);
    if proof.slack >= i128::from(auction.worth.point) {
        debug_assert!(false, "the auction ended without a proof: {}", proof.slack);
        return None;
    }
    let cover = match largest {
        Some(largest) => (largest.cover_rows, largest.cover_columns),
        None => (
            vec![true; graph.row_places().len()],
            vec![false; graph.column_places().len()],
        ),
    };
    Some(found(&auction, proof, cover))
}

/// A number above that of all places: what a score is multiplied by, so that steps of 1 cannot add up to a point.
fn fine_unit<P: Money>(auction: &Auction<'_, P>) -> i64 {
    (2 * (auction.seats() + auction.units()) + 1) as i64
}

/// The worth of edges in the last steps; `None` where prices could leave `i64`.
fn fine_worth<P: Money>(auction: &Auction<'_, P>, graph: &Graph) -> Option<Worth> {
    let unit = fine_unit(auction);
    let worth = Worth {
        point: unit,
        pair: 0,
    };
    let highest = i64::from(graph.highest_score().max(1));
    let most = auction
        .price
        .iter()
        .map(|price| price.get())
        .max()
        .unwrap_or(0);
    let reach = worth
        .point
        .checked_mul(most.max(highest).checked_mul(16)?)?;
    (reach.checked_add(worth.pair)? < <i64 as Money>::LIMIT).then_some(worth)
}

/// So many bids in one step that something must be wrong.
fn allowance<P: Money>(auction: &Auction<'_, P>) -> u64 {
    1_000 * (auction.seats() + auction.units()) + 1_000_000
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

fn found(auction: &Auction<'_, i64>, proof: Proof, cover: Cover) -> Found {
    let mut pairs = Vec::new();
    for row in 0..auction.rows {
        let held = auction.held(row).iter();
        pairs.extend(held.map(|arc| (row as u32, arc.column)));
    }
    Found {
        pairs,
        point: auction.worth.point,
        pair: -proof.pair,
        rows: proof.rows,
        columns: proof.columns,
        cover,
    }
}
