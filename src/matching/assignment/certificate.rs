//! The checker. It shares no code with the solver: a mistake there cannot hide itself here.

use super::surplus::surplus;
use super::tally::Tally;
use super::{Assignment, Certificate, Flaw, Graph, Objective, Prices, Unit, Verified};

/// Where only pairs count.
const PAIRS: Unit = Unit {
    point: 0,
    pair: 1,
    row: 0,
    column: 0,
};

/// Checks a plan and the proof that no plan is better.
///
/// Trusts nothing but the graph; one pass over the edges for each bound that the certificate has, every sum checked. A
/// plan without a good proof is not flawed: it is then not `proven`, and the bounds say how far from the best it can be.
///
/// # Errors
///
/// The first [`Flaw`]: not a plan for this graph, a total that does not add up, a certificate of the wrong shape or
/// unit, or prices that overflow.
pub fn verify(
    graph: &Graph,
    objective: Objective,
    plan: &Assignment,
    proof: &Certificate,
) -> Result<Verified, Flaw> {
    let tally = Tally::new(graph, plan)?;
    let floor = if objective == Objective::MaxMin && tally.pairs > 0 {
        tally.lowest
    } else {
        0
    };
    let people = objective == Objective::MostPeople && !objective.counts_pairs_first(graph);
    let pairs = match &proof.pairs {
        Some(_) if people => return Err(Flaw::BoundUnused { objective }),
        Some(prices) => Some(bound(graph, PAIRS, prices, 0)?),
        // The prices of max-min speak only of edges from its floor on.
        None if objective == Objective::MaxMin => return Err(Flaw::BoundMissing),
        None => None,
    };
    let above = match (objective, &proof.above) {
        (Objective::MaxMin, Some(prices)) => {
            bound(graph, PAIRS, prices, tally.lowest.saturating_add(1))?
        }
        (Objective::MaxMin, None) => return Err(Flaw::BoundMissing),
        (_, Some(_)) => return Err(Flaw::BoundUnused { objective }),
        (_, None) => 0,
    };
    let Unit {
        point,
        pair,
        row,
        column,
    } = proof.unit;
    let sound = if people {
        proof.unit == Unit::people(graph)
    } else {
        point > 0 && row == 0 && column == 0
    };
    // Where the total comes first, a pair that takes from it would bound nothing.
    let least = if objective == Objective::BestScore {
        0
    } else {
        i128::MIN
    };
    if !sound || pair < least || (pair <= 0 && pairs.is_none()) {
        return Err(Flaw::WrongUnit { objective });
    }
    let best = bound(graph, proof.unit, &proof.prices, floor)?;
    // What is left for points where a plan has as many rows and columns in use and so many pairs, and the other way.
    let used = row * tally.rows + column * tally.columns;
    let points = |pairs: i128| {
        let others = pair.checked_mul(pairs)?.checked_add(used)?;
        Some(best.checked_sub(others)?.div_euclid(point))
    };
    let (pairs_bound, score_bound) = if objective == Objective::BestScore {
        let rest = point
            .checked_mul(tally.total)
            .and_then(|worth| best.checked_sub(worth));
        let most = pairs.or_else(|| rest?.checked_div_euclid(pair));
        (most, Some(best.div_euclid(point)))
    } else {
        // The best total at any number of pairs from those of the plan to the bound is at one of both ends.
        let most = pairs.or_else(|| (best - used).checked_div_euclid(pair));
        let most = most.map(|most| most.max(tally.pairs));
        let score = most.and_then(points).zip(points(tally.pairs));
        (most, score.map(|(a, b)| a.max(b)))
    };
    let (pairs_bound, score_bound) = pairs_bound.zip(score_bound).ok_or(Flaw::Overflow)?;
    let limit = i128::from(graph.pair_limit());
    let clip = |bound: i128, most| u64::try_from(bound.min(most)).map_err(|_| Flaw::Overflow);
    Ok(Verified {
        pairs_bound: clip(pairs_bound, limit)?,
        score_bound: clip(score_bound, limit * i128::from(graph.highest_score()))?,
        proven: pairs_bound == tally.pairs
            && score_bound == tally.total
            && (tally.pairs == 0 || objective != Objective::MaxMin || above < tally.pairs),
    })
}

/// A value that no plan among the edges that score at least `lowest` exceeds; [`Prices`] says why.
fn bound(graph: &Graph, unit: Unit, prices: &Prices, lowest: u32) -> Result<i128, Flaw> {
    let sides = [
        (graph.row_places(), &prices.rows, unit.row),
        (graph.column_places(), &prices.columns, unit.column),
    ];
    let mut sum = surplus(graph, unit, prices, lowest)?;
    for (side, prices, bonus) in sides {
        for (&places, price) in side.iter().zip(prices).filter(|(places, _)| **places > 0) {
            let first = price.checked_add(bonus).ok_or(Flaw::Overflow)?;
            let others = price.checked_mul(i128::from(places) - 1);
            let all = others.and_then(|others| first.checked_add(others));
            let most = all.map(|all| all.max(first).max(0));
            sum = most
                .and_then(|most| sum.checked_add(most))
                .ok_or(Flaw::Overflow)?;
        }
    }
    Ok(sum)
}
