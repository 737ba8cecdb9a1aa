//! The checker's pass over the edges: by how much each is worth more than its two prices.

use super::table::{Dense, Table};
use super::{Flaw, Graph, Prices, Unit};

/// Half of what `i32` holds with room for a score: prices are compared within it, and beyond it looked at exactly.
const NARROW: i128 = 1 << 29;

/// The sum over the edges that score at least `lowest` of what they are worth more than the prices of both ends.
pub(super) fn surplus(
    graph: &Graph,
    unit: Unit,
    prices: &Prices,
    lowest: u32,
) -> Result<i128, Flaw> {
    let sides = [
        (graph.row_places().len(), prices.rows.len()),
        (graph.column_places().len(), prices.columns.len()),
    ];
    if let Some(&(expected, found)) = sides.iter().find(|(expected, found)| expected != found) {
        return Err(Flaw::WrongLength { expected, found });
    }
    let point = unit.point.max(1);
    let Some(columns) = narrow(&prices.columns, point) else {
        return exact(graph, unit, prices, lowest);
    };
    let mut sum = 0_i128;
    for (row, &price) in prices.rows.iter().enumerate() {
        let limit = price.checked_sub(unit.pair).ok_or(Flaw::Overflow)?;
        // No edge that scores at most this and the column's narrow price is worth more than both prices.
        let narrow = match limit.div_euclid(point) {
            low if low < -NARROW => i32::MIN, // to be looked at exactly
            points => points.min(NARROW) as i32,
        };
        let mut add = |column: usize, score: u32| {
            if score >= lowest {
                let asked = prices
                    .columns
                    .get(column)
                    .and_then(|price| price.checked_add(limit));
                let worth = unit.point.checked_mul(i128::from(score))?;
                sum = sum.checked_add(worth.checked_sub(asked?)?.max(0))?;
            }
            Some(())
        };
        let within = match graph.table() {
            Table::Sparse(sparse) => sparse.row(row).iter().try_for_each(|arc| {
                let column = arc.column as usize;
                let free = columns
                    .get(column)
                    .is_some_and(|&price| arc.score as i32 - price <= narrow);
                if free {
                    Some(())
                } else {
                    add(column, arc.score)
                }
            }),
            Table::Dense(dense) => exceeding(dense, row, &columns, narrow, &mut add),
        };
        within.ok_or(Flaw::Overflow)?;
    }
    Ok(sum)
}

/// Hands over the edges of a row that score more than the two narrow prices.
fn exceeding(
    dense: &Dense,
    row: usize,
    columns: &[i32],
    narrow: i32,
    add: &mut impl FnMut(usize, u32) -> Option<()>,
) -> Option<()> {
    // Sixty-four at a time, so that the compiler compares several at once.
    let blocks = dense.row(row).chunks(64).zip(columns.chunks(64));
    for (block, (cells, prices)) in blocks.enumerate() {
        // No edge is -2^30: less than any narrow price.
        let excess = cells
            .iter()
            .zip(prices)
            .map(|(&cell, &price)| cell as i32 - price);
        if excess.fold(i32::MIN, i32::max) <= narrow {
            continue;
        }
        for (at, (&cell, &price)) in cells.iter().zip(prices).enumerate() {
            if cell as i32 >= 0 && cell as i32 - price > narrow {
                add(block * 64 + at, cell)?;
            }
        }
    }
    Some(())
}

/// Prices in whole points, rounded down; `None` where one is so low that it would have to be rounded up.
fn narrow(prices: &[i128], point: i128) -> Option<Vec<i32>> {
    let narrow = prices.iter().map(|&price| {
        // Division of `i64` is several times as fast.
        let points = match (i64::try_from(price), i64::try_from(point)) {
            (Ok(price), Ok(point)) => i128::from(price.div_euclid(point)),
            _ => price.div_euclid(point),
        };
        (points >= -NARROW).then_some(points.min(NARROW) as i32)
    });
    narrow.collect()
}

/// The same, edge by edge.
fn exact(graph: &Graph, unit: Unit, prices: &Prices, lowest: u32) -> Result<i128, Flaw> {
    let mut sum = 0_i128;
    for edge in graph.edges().filter(|edge| edge.score >= lowest) {
        let row = prices.rows.get(edge.row as usize);
        let column = prices.columns.get(edge.column as usize);
        let asked = row
            .zip(column)
            .and_then(|(row, column)| row.checked_add(*column));
        let worth = unit.point.checked_mul(i128::from(edge.score));
        let worth = worth.and_then(|worth| worth.checked_add(unit.pair));
        let more = worth
            .zip(asked)
            .and_then(|(worth, asked)| worth.checked_sub(asked));
        let more = more.and_then(|more| sum.checked_add(more.max(0)));
        sum = more.ok_or(Flaw::Overflow)?;
    }
    Ok(sum)
}
