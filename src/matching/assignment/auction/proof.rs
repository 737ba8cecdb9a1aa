//! From the prices of the auction to prices that bound every plan.

use super::super::Graph;
use super::lists::NOTHING;
use super::money::Money;
use super::state::Auction;

/// Prices of seats and units, none below 0, and what every pair pays besides, of either sign.
///
/// For every edge that is not held, worth <= row + column + pair; and free seats and free units cost about nothing.
#[derive(Debug)]
pub(super) struct Proof {
    pub(super) rows: Vec<i64>,
    pub(super) columns: Vec<i64>,
    pub(super) pair: i64,
    /// By how much the bound is above what is held.
    pub(super) slack: i128,
}

/// The proof at the prices of the day.
pub(super) fn proof<P: Money>(auction: &mut Auction<'_, P>, graph: &Graph) -> Proof {
    let mut rows: Vec<i64> = (0..auction.rows)
        .map(|row| auction.elsewhere(row, true))
        .collect();
    let mut columns: Vec<i64> = auction.price.iter().map(|price| price.get()).collect();
    let priced = (0..auction.columns).zip(&columns);
    let priced = priced.filter(|&(column, _)| auction.units_of(column) > 0);
    let column_least = priced.map(|(_, &price)| price).min().unwrap_or(0);
    let away = auction.walk_away;
    let row_least = if auction.idle() > 0 && away > NOTHING {
        away
    } else {
        // Nobody walked away who had an edge to bid for: what the held edges leave counts.
        let seated = (0..auction.rows).filter(|&row| auction.seats_of(row) > 0);
        let least = seated.filter_map(|row| {
            let held = auction.held(row).iter().map(|&arc| auction.left_over(arc));
            held.min()
        });
        least.min().unwrap_or(0)
    };
    for price in &mut rows {
        *price = (*price).max(row_least).saturating_sub(row_least);
    }
    for (column, price) in columns.iter_mut().enumerate() {
        // A column without a place takes part in nothing, and may ask what keeps everybody away.
        if auction.units_of(column) > 0 {
            *price -= column_least;
        }
    }
    let pair = row_least + column_least;
    let slack = slack(auction, graph, &rows, &columns, pair);
    Proof {
        rows,
        columns,
        pair,
        slack,
    }
}

fn slack<P: Money>(
    auction: &Auction<'_, P>,
    graph: &Graph,
    rows: &[i64],
    columns: &[i64],
    pair: i64,
) -> i128 {
    let priced = |places: &[u32], prices: &[i64]| -> i128 {
        let each = places.iter().zip(prices);
        each.map(|(&places, &price)| i128::from(places) * i128::from(price))
            .sum()
    };
    let mut slack = priced(graph.row_places(), rows) + priced(graph.column_places(), columns);
    for (row, &price) in rows.iter().enumerate() {
        for &arc in auction.held(row) {
            let asked = columns
                .get(arc.column as usize)
                .map_or(0, |&column| price + column + pair);
            let worth = i64::from(arc.score) * auction.point;
            // The bound counts what is worth more than it pays; what it pays for is not slack.
            slack += i128::from((worth - asked).max(0)) - i128::from(worth) + i128::from(pair);
        }
    }
    slack
}
