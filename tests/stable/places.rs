//! Small graphs with places and ties: every plan there is, and the theorems that must hold of the stable ones.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use proptest::collection::vec;
use proptest::prelude::*;
use reverse_mentoring::matching::assignment::{Edge, Graph};
use reverse_mentoring::matching::stable::{
    Preferences, Proposers, Ranks, Stability, deferred_acceptance,
};

/// Places of rows and columns; edges as (row, column, rank by row, rank by column), 0 for not accepted.
#[derive(Clone, Debug)]
struct Market {
    places: [Vec<u32>; 2],
    edges: Vec<([usize; 2], [u32; 2])>,
}

/// The numbers of the edges that are chosen.
type Plan = BTreeSet<usize>;

impl Market {
    fn graph(&self) -> Graph {
        let edges = (0u32..).zip(&self.edges).map(|(n, (ends, _))| Edge {
            row: ends[0] as u32,
            column: ends[1] as u32,
            score: 1 << n, // so that a total tells which
        });
        let [rows, columns] = self.places.clone();
        Graph::new(rows, columns, edges).unwrap()
    }

    fn preferences(&self, graph: &Graph) -> Preferences {
        Preferences::new(graph, |edge| {
            let ends = [edge.row as usize, edge.column as usize];
            let (_, ranks) = self.edges.iter().find(|e| e.0 == ends).unwrap();
            Ranks {
                by_row: NonZeroU32::new(ranks[0]),
                by_column: NonZeroU32::new(ranks[1]),
            }
        })
    }

    fn is_mutual(&self, edge: usize) -> bool {
        self.edges[edge].1.iter().all(|&rank| rank > 0)
    }

    /// The edges of a plan at one end.
    fn at(&self, plan: &Plan, side: usize, of: usize) -> Plan {
        let edges = plan.iter().copied();
        edges.filter(|&e| self.edges[e].0[side] == of).collect()
    }

    /// Every plan within the places, wanted or not.
    fn plans(&self) -> Vec<Plan> {
        let all = (0..1u32 << self.edges.len()).map(|bits| {
            let edges = 0..self.edges.len();
            edges.filter(|e| bits >> e & 1 == 1).collect::<Plan>()
        });
        let fits = |plan: &Plan| {
            (0..2).all(|side| {
                let mut places = (0..).zip(&self.places[side]);
                places.all(|(of, &places)| self.at(plan, side, of).len() <= places as usize)
            })
        };
        all.filter(fits).collect()
    }

    /// Whether one end of an edge would take it, for a free place or for somebody ranked strictly lower.
    fn would(&self, plan: &Plan, side: usize, edge: usize) -> bool {
        let of = self.edges[edge].0[side];
        let rank = |e: usize| match self.edges[e].1[side] {
            0 => u32::MAX,
            rank => rank,
        };
        let has = self.at(plan, side, of);
        has.len() < self.places[side][of] as usize || has.iter().any(|&e| rank(edge) < rank(e))
    }

    /// (unwanted, blocking).
    fn flaws(&self, plan: &Plan) -> (usize, usize) {
        let unwanted = plan.iter().filter(|&&e| !self.is_mutual(e)).count();
        let blocks = |&e: &usize| {
            let outside = self.is_mutual(e) && !plan.contains(&e);
            outside && self.would(plan, 0, e) && self.would(plan, 1, e)
        };
        (unwanted, (0..self.edges.len()).filter(blocks).count())
    }

    fn stable(&self) -> Vec<Plan> {
        let plans = self.plans().into_iter();
        plans.filter(|plan| self.flaws(plan) == (0, 0)).collect()
    }

    /// The best of some edges at one end, as many as there are places.
    fn choice(&self, side: usize, of: usize, edges: &Plan) -> Plan {
        let mut edges: Vec<usize> = edges.iter().copied().collect();
        edges.sort_by_key(|&e| self.edges[e].1[side]);
        edges.truncate(self.places[side][of] as usize);
        edges.into_iter().collect()
    }

    fn solve(&self, proposers: Proposers) -> Plan {
        let graph = self.graph();
        let plan = deferred_acceptance(&graph, &self.preferences(&graph), proposers);
        plan.check(&graph).unwrap();
        plan.edges.iter().map(|&e| e as usize).collect()
    }
}

/// Up to four on each side with up to three places and up to ten edges. Without ties each end ranks by a shuffled order.
fn market(ties: bool) -> impl Strategy<Value = Market> {
    let side = || {
        vec(
            prop_oneof![1 => Just(0u32), 4 => Just(1), 3 => Just(2), 1 => Just(3)],
            1..=4,
        )
    };
    let edge = (any::<u8>(), any::<[u8; 2]>(), any::<[u16; 2]>());
    (side(), side(), vec(edge, 16)).prop_map(move |(rows, columns, drawn)| {
        let pairs =
            (0..rows.len()).flat_map(|row| (0..columns.len()).map(move |column| [row, column]));
        let mut edges: Vec<([usize; 2], [u32; 2])> = Vec::new();
        for (ends, (there, accepts, order)) in pairs.zip(drawn) {
            if there < 190 && edges.len() < 10 {
                let rank = |side: usize| match accepts[side] {
                    0..30 => 0,
                    _ if ties => 1 + u32::from(order[side]) % 3,
                    // Distinct, whatever was drawn.
                    _ => 1 + u32::from(order[side] % 64) * 16 + edges.len() as u32,
                };
                edges.push((ends, [rank(0), rank(1)]));
            }
        }
        Market {
            places: [rows, columns],
            edges,
        }
    })
}

const SIDES: [(Proposers, usize); 2] = [(Proposers::Rows, 0), (Proposers::Columns, 1)];

proptest! {
    #![proptest_config(super::cases(300))]

    #[test]
    fn the_check_counts_what_the_definition_says(market in market(true)) {
        let graph = market.graph();
        let preferences = market.preferences(&graph);
        let mutual = (0..market.edges.len()).filter(|&e| market.is_mutual(e)).count();
        for plan in market.plans() {
            let chosen: Vec<u32> = plan.iter().rev().map(|&e| e as u32).collect();
            let found = Stability::of(&graph, &preferences, &chosen);
            let (unwanted, blocking) = market.flaws(&plan);
            let counted = [found.mutual_pairs, found.unwanted_pairs, found.blocking_pairs];
            prop_assert_eq!(counted, [mutual, unwanted, blocking].map(|n| n as u64), "{:?}", plan);
            prop_assert_eq!(found.is_stable(), (unwanted, blocking) == (0, 0));
        }
    }

    #[test]
    fn best_for_every_proposer_and_worst_for_the_others(market in market(false)) {
        let stable = market.stable();
        for (proposers, side) in SIDES {
            let found = market.solve(proposers);
            prop_assert!(stable.contains(&found), "{:?} of {:?}", found, stable);
            for other in &stable {
                for end in [side, 1 - side] {
                    for of in 0..market.places[end].len() {
                        let (ours, theirs) = (market.at(&found, end, of), market.at(other, end, of));
                        let best = market.choice(end, of, &ours.union(&theirs).copied().collect());
                        prop_assert_eq!(&best, if end == side { &ours } else { &theirs });
                    }
                }
            }
        }
    }

    #[test]
    fn rural_hospitals(market in market(false)) {
        let stable = market.stable();
        for plan in &stable {
            for side in 0..2 {
                for (of, &places) in market.places[side].iter().enumerate() {
                    let [one, other] = [&stable[0], plan].map(|plan| market.at(plan, side, of));
                    prop_assert_eq!(one.len(), other.len());
                    prop_assert!(one.len() == places as usize || one == other);
                }
            }
        }
    }

    /// Not only where everybody has one place: it is enough that the liar has.
    #[test]
    fn a_proposer_with_one_place_cannot_gain(market in market(true)) {
        for (proposers, side) in SIDES {
            let honest = market.solve(proposers);
            for of in (0..market.places[side].len()).filter(|&of| market.places[side][of] == 1) {
                let own: Vec<usize> = (0..market.edges.len()).filter(|&e| market.edges[e].0[side] == of).collect();
                let worth = |plan: &Plan| match market.at(plan, side, of).first().map(|&e| market.edges[e].1[side]) {
                    None => u32::MAX - 1,
                    Some(0) => u32::MAX,
                    Some(rank) => rank,
                };
                // Every word there is: a rank from 0, unacceptable, to the number of partners for each of them.
                let words = own.len() + 1;
                for word in 0..words.pow(own.len() as u32) {
                    let mut lie = market.clone();
                    for (nth, &e) in (0u32..).zip(&own) {
                        lie.edges[e].1[side] = (word / words.pow(nth) % words) as u32;
                    }
                    prop_assert!(worth(&honest) <= worth(&lie.solve(proposers)), "{} of {}: {:?}", of, side, lie);
                }
            }
        }
    }

    #[test]
    fn ties_are_broken_by_index_and_never_a_reason_to_break_up(market in market(true)) {
        for (proposers, side) in SIDES {
            let found = market.solve(proposers);
            prop_assert_eq!(market.flaws(&found), (0, 0));
            // The same as with the ties broken beforehand: between equal ranks the lower index first.
            let mut strict = market.clone();
            for (ends, ranks) in &mut strict.edges {
                for end in 0..2 {
                    ranks[end] = if ranks[end] == 0 { 0 } else { ranks[end] * 10 + ends[1 - end] as u32 };
                }
            }
            prop_assert_eq!(&strict.solve(proposers), &found, "{}", side);
        }
    }
}

fn market_of(rows: &[u32], columns: &[u32], edges: &[(usize, usize, u32, u32)]) -> Market {
    let edges = edges
        .iter()
        .map(|&(r, c, by_row, by_column)| ([r, c], [by_row, by_column]));
    Market {
        places: [rows.to_vec(), columns.to_vec()],
        edges: edges.collect(),
    }
}

/// Gale and Shapley's own example of three on each side (1962, example 1), the second stable plan left to neither side.
#[test]
fn three_rounds_of_wishes() {
    let ranks = [
        [(1, 3), (2, 2), (3, 1)],
        [(3, 1), (1, 3), (2, 2)],
        [(2, 2), (3, 1), (1, 3)],
    ];
    let edges: Vec<_> = (0..3)
        .flat_map(|r| (0..3).map(move |c| (r, c, ranks[r][c].0, ranks[r][c].1)))
        .collect();
    let market = market_of(&[1; 3], &[1; 3], &edges);
    assert_eq!(market.stable().len(), 3);
    assert_eq!(market.solve(Proposers::Rows), Plan::from([0, 4, 8]));
    assert_eq!(market.solve(Proposers::Columns), Plan::from([2, 3, 7]));
}

/// A stable plan is maximal, and may have half the pairs that are possible.
#[test]
fn stability_may_cost_half_the_pairs() {
    let market = market_of(
        &[1, 1],
        &[1, 1],
        &[(0, 0, 1, 1), (0, 1, 2, 1), (1, 0, 1, 2)],
    );
    assert_eq!(market.stable(), [Plan::from([0])]);
    assert_eq!(market.solve(Proposers::Rows), Plan::from([0]));
    assert!(market.plans().contains(&Plan::from([1, 2])));
}

#[test]
fn nobody_and_no_places() {
    for (rows, columns) in [(&[][..], &[][..]), (&[1, 2], &[]), (&[0, 1], &[0])] {
        let edges: Vec<_> = (0..rows.len().min(columns.len()))
            .map(|n| (n, n, 1, 1))
            .collect();
        let market = market_of(rows, columns, &edges);
        for (proposers, _) in SIDES {
            assert_eq!(market.solve(proposers), Plan::new());
        }
    }
}

/// Preferences of another graph say nothing of the edges beyond them.
#[test]
fn preferences_that_are_too_short() {
    let market = market_of(&[2], &[1, 1], &[(0, 0, 1, 1), (0, 1, 2, 1)]);
    let graph = market.graph();
    let short = market_of(&[2], &[1, 1], &[(0, 0, 1, 1)]);
    let preferences = short.preferences(&short.graph());
    assert_eq!((preferences.len(), preferences.is_empty()), (1, false));
    let plan = deferred_acceptance(&graph, &preferences, Proposers::Rows);
    assert_eq!((plan.edges, plan.total), (vec![0], 1));
    // Twice the same, and what is not there, counts for nothing: the row has a place left.
    let found = Stability::of(&graph, &market.preferences(&graph), &[0, 0, 7]);
    assert_eq!(
        (
            found.mutual_pairs,
            found.unwanted_pairs,
            found.blocking_pairs
        ),
        (2, 0, 1)
    );
    let found = Stability::of(&graph, &preferences, &[0, 0, 1, 7]);
    assert_eq!(
        (
            found.mutual_pairs,
            found.unwanted_pairs,
            found.blocking_pairs
        ),
        (1, 1, 0)
    );
}

/// Roth (1985): row 0 has two places and proposes. Its true order is columns 0, 1, 2, 3; by stating 1 and 3 only it gets
/// 1 and 3 instead of 2 and 3. With one place each nobody who proposes can do that: `profiles.rs` tries every lie.
#[test]
fn a_proposer_with_two_places_can_gain() {
    let columns_rank_rows = [[2, 3, 1], [2, 1, 3], [1, 3, 2], [1, 2, 3]];
    let with = |first: [u32; 4]| {
        let rows = [first, [1, 2, 3, 4], [2, 3, 1, 4]];
        let pairs = (0..3).flat_map(|r| (0..4).map(move |c| (r, c)));
        let edges = pairs.map(|(r, c)| (r, c, rows[r][c], columns_rank_rows[c][r]));
        market_of(&[2, 1, 1], &[1; 4], &edges.collect::<Vec<_>>())
    };
    let (honest, lie) = (with([1, 2, 3, 4]), with([0, 1, 0, 2]));
    let got = |market: &Market| market.at(&market.solve(Proposers::Rows), 0, 0);
    assert_eq!(got(&honest), Plan::from([2, 3]));
    assert_eq!(got(&lie), Plan::from([1, 3]));
    assert!(
        honest.flaws(&lie.solve(Proposers::Rows)).1 > 0,
        "by the truth a pair blocks"
    );
}
