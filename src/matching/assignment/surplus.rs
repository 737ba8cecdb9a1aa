//! The checker's pass over the edges: by how much each is worth more than its two prices.

use super::dense::{BLOCK, Dense};
use super::table::Table;
use super::{Flaw, Graph, Prices, Unit};

/// So many cells are compared at once.
const PART: usize = 16;

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
    // Where points count for nothing, prices are compared with no score at all.
    let counts = unit.point > 0;
    let point = unit.point.max(1);
    let Some(columns) = narrow(&prices.columns, point) else {
        return exact(graph, unit, prices, lowest);
    };
    let highest = if counts {
        graph.highest_score() as i32
    } else {
        0
    };
    let reach = columns.iter().min().map_or(0, |&least| highest - least);
    let least: Vec<i32> = columns
        .chunks(BLOCK)
        .map(|block| block.iter().copied().fold(i32::MAX, i32::min))
        .collect();
    let mut sum = 0_i128;
    for (row, &price) in prices.rows.iter().enumerate() {
        let limit = price.checked_sub(unit.pair).ok_or(Flaw::Overflow)?;
        // No edge that scores at most this and the column's narrow price is worth more than both prices.
        let narrow = match limit.div_euclid(point) {
            low if low < -NARROW => i32::MIN, // to be looked at exactly
            points => points.min(NARROW) as i32,
        };
        if reach <= narrow {
            continue; // not even the highest score with the lowest price
        }
        let mut add = |column: usize, score: u32| {
            if score >= lowest {
                let asked = prices.columns.get(column)?.checked_add(limit)?;
                let worth = unit.point.checked_mul(i128::from(score))?;
                sum = sum.checked_add(worth.checked_sub(asked)?.max(0))?;
            }
            Some(())
        };
        let within = match graph.table() {
            Table::Sparse(sparse) => sparse.row(row).iter().try_for_each(|arc| {
                let column = arc.column as usize;
                let score = if counts { arc.score as i32 } else { 0 };
                let below = |&price: &i32| score - price <= narrow;
                if columns.get(column).is_some_and(below) {
                    return Some(());
                }
                add(column, arc.score)
            }),
            Table::Dense(dense) if counts => exceeding(
                dense,
                row,
                [&columns, &least],
                narrow,
                |cell| cell,
                &mut add,
            ),
            Table::Dense(dense) => exceeding(
                dense,
                row,
                [&columns, &least],
                narrow,
                |cell| cell.min(0),
                &mut add,
            ),
        };
        within.ok_or(Flaw::Overflow)?;
    }
    Ok(sum)
}

/// Hands over the edges of a row that score more than the two narrow prices.
fn exceeding(
    dense: &Dense,
    row: usize,
    [columns, least]: [&[i32]; 2],
    narrow: i32,
    score: impl Fn(i32) -> i32,
    add: &mut impl FnMut(usize, u32) -> Option<()>,
) -> Option<()> {
    // Most blocks need not be read: even their highest cell with their least price is within.
    let bounds = dense.highest(row).iter().zip(least);
    let blocks = dense.row(row).chunks(BLOCK).zip(columns.chunks(BLOCK));
    for (block, ((cells, prices), (&highest, &least))) in blocks.zip(bounds).enumerate() {
        if score(highest) - least <= narrow {
            continue;
        }
        // Then several at a time, so that the compiler compares them at once.
        let parts = cells.chunks(PART).zip(prices.chunks(PART));
        for (part, (cells, prices)) in parts.enumerate() {
            let excess = cells.iter().zip(prices);
            let excess = excess.map(|(&cell, &price)| score(cell as i32) - price);
            if excess.fold(i32::MIN, i32::max) <= narrow {
                continue;
            }
            let first = block * BLOCK + part * PART;
            for (at, (&cell, &price)) in cells.iter().zip(prices).enumerate() {
                if score(cell as i32) - price > narrow && cell as i32 >= 0 {
                    add(first + at, cell)?;
                }
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
