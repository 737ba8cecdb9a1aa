//! The checker once more, as plain as its definition: edge by edge, no shortcuts, in less than a hundred lines.
//!
//! The library's `verify` skips whatever cannot matter, many cells of a matrix at once. Here nothing is skipped, so the
//! two have only the definition in common, which the documentation of `Certificate`, `Prices` and `Verified` states.

use reverse_mentoring::matching::assignment::{
    Assignment, Certificate, Graph, Objective, Prices, Unit,
};

use super::judges::Facts;

/// The bounds on pairs and on the total, and whether they prove the plan.
pub(crate) type Judgement = (u64, u64, bool);

/// What the certificate proves of the plan; `None` where the plan is none or the certificate is not of a kind that
/// proves anything for the objective. Prices must be small enough to add up.
pub(crate) fn judge(
    graph: &Graph,
    objective: Objective,
    plan: &Assignment,
    proof: &Certificate,
) -> Option<Judgement> {
    let facts = Facts::of(graph, &plan.edges).filter(|facts| facts.total == plan.total)?;
    let [k, t] = [facts.pairs, facts.total].map(i128::from);
    let used =
        proof.unit.row * i128::from(facts.rows) + proof.unit.column * i128::from(facts.columns);
    let (max_min, unit) = (objective == Objective::MaxMin, proof.unit);
    let places = graph.row_places().iter().chain(graph.column_places());
    let people = objective == Objective::MostPeople && !places.clone().all(|&places| places <= 1);
    let wrong_bounds = if max_min {
        proof.pairs.is_none() || proof.above.is_none()
    } else {
        proof.above.is_some() || (people && proof.pairs.is_some())
    };
    let sound = if people {
        unit == people_first(graph)
    } else {
        unit.point > 0 && unit.row == 0 && unit.column == 0
    };
    let free = objective == Objective::BestScore && unit.pair < 0;
    if wrong_bounds || !sound || free || (unit.pair <= 0 && proof.pairs.is_none()) {
        return None;
    }
    let cover = Unit {
        point: 0,
        pair: 1,
        row: 0,
        column: 0,
    };
    let by_cover = proof
        .pairs
        .as_ref()
        .map(|prices| bound(graph, cover, prices, 0));
    let floor = if max_min && k > 0 {
        facts.lowest as u32
    } else {
        0
    };
    let best = bound(graph, unit, &proof.prices, floor);
    let (pairs, total) = if objective == Objective::BestScore {
        let pairs = by_cover.unwrap_or_else(|| (best - unit.point * t).div_euclid(unit.pair));
        (pairs, best.div_euclid(unit.point))
    } else {
        let pairs = by_cover
            .unwrap_or_else(|| (best - used).div_euclid(unit.pair))
            .max(k);
        // A bound that is a straight line in the pairs is highest at one end.
        let at = |pairs: i128| (best - used - unit.pair * pairs).div_euclid(unit.point);
        (pairs, at(k).max(at(pairs)))
    };
    let no_more = |prices: &Prices| bound(graph, cover, prices, floor + u32::from(k > 0)) < k;
    let above = k == 0 || proof.above.as_ref().is_none_or(no_more);
    let most = i128::from(graph.pair_limit());
    let least_of = |bound: i128, limit: i128| u64::try_from(bound.min(limit)).ok();
    Some((
        least_of(pairs, most)?,
        least_of(total, most * i128::from(graph.highest_score()))?,
        pairs == k && total == t && above,
    ))
}

/// A pair outweighs all points, a row in use all pairs, a column in use all rows.
fn people_first(graph: &Graph) -> Unit {
    let most = i128::from(graph.pair_limit());
    let points = most * i128::from(graph.highest_score());
    let row = (points + 1) * most + points + 1;
    let column = row * (graph.row_places().len() as i128 + 1);
    Unit {
        point: 1,
        pair: points + 1,
        row,
        column,
    }
}

/// What no plan among the edges that score at least so much is worth more than.
fn bound(graph: &Graph, unit: Unit, prices: &Prices, lowest: u32) -> i128 {
    let edges = graph.edges().filter(|edge| edge.score >= lowest);
    let surplus = edges.map(|edge| {
        let asked = prices.rows[edge.row as usize] + prices.columns[edge.column as usize];
        (unit.point * i128::from(edge.score) + unit.pair - asked).max(0)
    });
    let side = |places: &[u32], prices: &[i128], bonus: i128| -> i128 {
        let open = places.iter().zip(prices).filter(|(places, _)| **places > 0);
        open.map(|(&places, price)| (price * i128::from(places)).max(*price) + bonus)
            .map(|earned| earned.max(0))
            .sum()
    };
    surplus.sum::<i128>()
        + side(graph.row_places(), &prices.rows, unit.row)
        + side(graph.column_places(), &prices.columns, unit.column)
}
