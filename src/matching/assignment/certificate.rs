//! The checker. It shares no code with the solver, so that a mistake there cannot hide itself here.

use super::{Assignment, Certificate, Flaw, Graph, Objective, Prices, Verified};

/// The value of a point, a pair, a row in use and a column in use; edges that score less than `lowest` do not count.
struct Unit {
    score: i128,
    pair: i128,
    row: i128,
    column: i128,
    lowest: u32,
}

/// Checks a plan and the proof that no plan is better.
///
/// Trusts nothing but the graph; one pass over the edges (three for max-min), integers only, every sum checked. A
/// plan without a good proof is not flawed: the answer is then not `proven`, and says how far from the best it can be.
///
/// # Errors
///
/// The first [`Flaw`]: a plan that is not one for this graph, a total that does not add up, a certificate of the
/// wrong shape, or prices that overflow.
pub fn verify(
    graph: &Graph,
    objective: Objective,
    plan: &Assignment,
    proof: &Certificate,
) -> Result<Verified, Flaw> {
    let mut rows = vec![0_u32; graph.row_places().len()];
    let mut columns = vec![0_u32; graph.column_places().len()];
    let (mut total, mut floor, mut last) = (0_u64, u32::MAX, None);
    for &number in &plan.edges {
        let edge = graph
            .edge(number)
            .ok_or(Flaw::UnknownEdge { edge: number })?;
        if last >= Some(number) {
            let twice = last == Some(number);
            return Err(if twice {
                Flaw::EdgeTwice { edge: number }
            } else {
                Flaw::NotAscending { edge: number }
            });
        }
        (last, floor, total) = (
            Some(number),
            floor.min(edge.score),
            total + u64::from(edge.score),
        );
        fill(&mut rows, graph.row_places(), edge.row).ok_or(Flaw::RowOverfull { row: edge.row })?;
        fill(&mut columns, graph.column_places(), edge.column).ok_or(Flaw::ColumnOverfull {
            column: edge.column,
        })?;
    }
    if total != plan.total {
        return Err(Flaw::WrongTotal {
            claimed: plan.total,
            actual: total,
        });
    }
    if proof.floor.is_some() != (objective == Objective::MaxMin) {
        return Err(Flaw::WrongFloor { objective });
    }
    // `Graph::new` made sure that none of these can overflow.
    let limit = i128::from(graph.pair_limit());
    let (points, pairs) = (
        limit * i128::from(graph.highest_score()),
        plan.edges.len() as i128,
    );
    let used = |side: &[u32]| side.iter().filter(|&&pairs| pairs > 0).count() as i128;
    let mut unit = Unit {
        score: 1,
        pair: points + 1,
        row: 0,
        column: 0,
        lowest: 0,
    };
    match objective {
        Objective::MostPairs => {}
        Objective::BestScore => (unit.score, unit.pair) = (limit + 1, 1),
        Objective::MaxMin => unit.lowest = if pairs == 0 { 0 } else { floor },
        Objective::MostPeople => {
            unit.row = unit.pair * limit + points + 1;
            unit.column = unit.row * rows.len() as i128 + unit.row;
        }
    }
    let best = bound(graph, &unit, &proof.prices)?;
    // What is left for pairs and points in a plan with as many columns and rows in use.
    let rest = best - unit.column * used(&columns) - unit.row * used(&rows);
    let mut proven = rest == unit.pair * pairs + unit.score * i128::from(total);
    let (mut pairs_bound, score_bound) = match objective {
        Objective::BestScore => (rest - unit.score * i128::from(total), rest / unit.score),
        _ => (rest / unit.pair, rest - unit.pair * pairs),
    };
    if let Some(proof) = &proof.floor {
        let cover = |lowest| Unit {
            score: 0,
            pair: 1,
            row: 0,
            column: 0,
            lowest,
        };
        pairs_bound = bound(graph, &cover(0), &proof.pairs)?;
        let above = bound(graph, &cover(floor.saturating_add(1)), &proof.above)?;
        proven = proven && pairs_bound == pairs && (pairs == 0 || above < pairs);
    }
    let clip =
        |bound: i128, limit: i128| u64::try_from(bound.min(limit)).map_err(|_| Flaw::Overflow);
    Ok(Verified {
        pairs_bound: clip(pairs_bound, limit)?,
        score_bound: clip(score_bound, points)?,
        proven,
    })
}

/// Fills one more place, if there is one.
fn fill(used: &mut [u32], places: &[u32], index: u32) -> Option<()> {
    let used = used.get_mut(index as usize)?;
    *used = used.checked_add(1)?;
    (*used <= *places.get(index as usize)?).then_some(())
}

/// No plan that keeps to edges of at least `lowest` has a higher value; [`Prices`] says why.
fn bound(graph: &Graph, unit: &Unit, prices: &Prices) -> Result<i128, Flaw> {
    let (rows, columns) = (graph.row_places(), graph.column_places());
    for (side, prices) in [(rows, &prices.rows), (columns, &prices.columns)] {
        if side.len() != prices.len() {
            return Err(Flaw::WrongLength {
                expected: side.len(),
                found: prices.len(),
            });
        }
    }
    let earned = |places: u32, price: i128, bonus: i128| {
        let full = i128::from(places).checked_mul(price)?.checked_add(bonus)?;
        let most = full.max(price.checked_add(bonus)?).max(0);
        Some(if places == 0 { 0 } else { most })
    };
    let gained = |score: u32, row: usize, column: usize| {
        let worth = unit.score * i128::from(score) + unit.pair;
        let price = prices
            .rows
            .get(row)?
            .checked_add(*prices.columns.get(column)?)?;
        Some(worth.checked_sub(price)?.max(0))
    };
    let rows = rows
        .iter()
        .zip(&prices.rows)
        .map(|(&places, &price)| earned(places, price, unit.row));
    let columns = columns
        .iter()
        .zip(&prices.columns)
        .map(|(&places, &price)| earned(places, price, unit.column));
    let edges = graph
        .edges()
        .iter()
        .filter(|edge| edge.score >= unit.lowest);
    let edges = edges.map(|edge| gained(edge.score, edge.row as usize, edge.column as usize));
    let mut parts = rows.chain(columns).chain(edges);
    parts
        .try_fold(0_i128, |sum, part| sum.checked_add(part?))
        .ok_or(Flaw::Overflow)
}
