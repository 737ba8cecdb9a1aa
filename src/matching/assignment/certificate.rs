//! The checker. It shares no code with the solver: a mistake there cannot hide itself here.

use super::tally::Tally;
use super::{Assignment, Certificate, Flaw, Graph, Objective, Prices, Verified};

/// What a point, a pair, a row in use and a column in use are worth, and from which score on.
struct Unit(i128, i128, i128, i128, u32);

/// Checks a plan and the proof that no plan is better.
///
/// Trusts nothing but the graph; one pass over the edges (three for max-min), every sum checked. A plan without a good
/// proof is not flawed: it is then not `proven`, and the bounds say how far from the best it can be.
///
/// # Errors
///
/// The first [`Flaw`]: not a plan for this graph, a total that does not add up, a certificate of the wrong shape, or
/// prices that overflow.
pub fn verify(
    graph: &Graph,
    objective: Objective,
    plan: &Assignment,
    proof: &Certificate,
) -> Result<Verified, Flaw> {
    let tally = Tally::new(graph, plan)?;
    match (objective, &proof.floor) {
        (Objective::MaxMin, None) => return Err(Flaw::FloorMissing),
        (Objective::MaxMin, _) | (_, None) => {}
        _ => return Err(Flaw::FloorUnused { objective }),
    }
    // `Graph::new` made sure that none of these can overflow.
    let limit = i128::from(graph.pair_limit());
    let points = limit * i128::from(graph.highest_score());
    let (pair, row) = (points + 1, (points + 1) * limit + points + 1);
    let column = row * graph.row_places().len() as i128 + row;
    let unit = match objective {
        Objective::MostPairs => Unit(1, pair, 0, 0, 0),
        Objective::BestScore => Unit(limit + 1, 1, 0, 0, 0),
        Objective::MaxMin if tally.pairs == 0 => Unit(1, pair, 0, 0, 0),
        Objective::MaxMin => Unit(1, pair, 0, 0, tally.lowest),
        Objective::MostPeople => Unit(1, pair, row, column, 0),
    };
    let best = bound(graph, &unit, &proof.prices)?;
    // What a plan with as many rows and columns in use can have besides.
    let rest = best - unit.2 * tally.rows - unit.3 * tally.columns;
    let mut proven = rest == unit.0 * tally.total + unit.1 * tally.pairs;
    let (mut pairs_bound, score_bound) = match objective {
        Objective::BestScore => (rest - unit.0 * tally.total, rest / unit.0),
        _ => (rest / unit.1, rest - unit.1 * tally.pairs),
    };
    if let Some(floor) = &proof.floor {
        let above = Unit(0, 1, 0, 0, tally.lowest.saturating_add(1));
        let above = bound(graph, &above, &floor.above)?;
        pairs_bound = bound(graph, &Unit(0, 1, 0, 0, 0), &floor.pairs)?;
        proven &= pairs_bound == tally.pairs && (pairs_bound == 0 || above < pairs_bound);
    }
    let clip = |bound: i128, most| u64::try_from(bound.min(most)).map_err(|_| Flaw::Overflow);
    Ok(Verified {
        pairs_bound: clip(pairs_bound, limit)?,
        score_bound: clip(score_bound, points)?,
        proven,
    })
}

/// A value that no plan among the edges that count exceeds; [`Prices`] says why.
fn bound(graph: &Graph, unit: &Unit, prices: &Prices) -> Result<i128, Flaw> {
    let &Unit(point, pair, row, column, lowest) = unit;
    let sides = [
        (graph.row_places(), &prices.rows, row),
        (graph.column_places(), &prices.columns, column),
    ];
    let mut sum = 0_i128;
    let mut add = |part: Option<i128>| {
        sum = sum.checked_add(part?)?;
        Some(())
    };
    for (side, prices, bonus) in sides {
        let (expected, found) = (side.len(), prices.len());
        if expected != found {
            return Err(Flaw::WrongLength { expected, found });
        }
        for (&places, price) in side.iter().zip(prices).filter(|(places, _)| **places > 0) {
            let first = price.checked_add(bonus).ok_or(Flaw::Overflow)?;
            let others = price.checked_mul(i128::from(places) - 1);
            let all = others.and_then(|others| first.checked_add(others));
            add(all.map(|all| all.max(first).max(0))).ok_or(Flaw::Overflow)?;
        }
    }
    for edge in graph.edges().filter(|edge| edge.score >= lowest) {
        let row = prices.rows.get(edge.row as usize);
        let column = prices.columns.get(edge.column as usize);
        let asked = row
            .zip(column)
            .and_then(|(row, column)| row.checked_add(*column));
        let worth = point * i128::from(edge.score) + pair;
        let gain = asked.and_then(|asked| worth.checked_sub(asked));
        add(gain.map(|gain| gain.max(0))).ok_or(Flaw::Overflow)?;
    }
    Ok(sum)
}
