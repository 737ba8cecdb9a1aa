//! Deferred acceptance: one side proposes, the other holds on to the best it has been offered.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is an end of an edge of the graph, and there is a cell for each row and each column"
)]

use std::collections::BinaryHeap;

use super::preferences::{Preferences, Rank};
use crate::matching::assignment::{Assignment, Edge, Graph};

/// Who proposes in [`deferred_acceptance`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Proposers {
    /// Rows, the mentors.
    #[default]
    Rows,
    /// Columns, the mentees.
    Columns,
}

/// An edge that both ends accept, as its proposer sees it.
#[derive(Debug)]
struct Offer {
    from: u32,
    /// What the proposer thinks of the receiver.
    rank: Rank,
    to: u32,
    /// What the receiver thinks of the proposer.
    standing: Rank,
    edge: u32,
}

/// Pairs by deferred acceptance (Gale and Shapley 1962; with places, Roth 1984).
///
/// Whoever proposes goes down their own order while they have a free place; whoever is proposed to holds the best
/// offers, as many as there are places, and lets the worst go when a better one comes. Ties fall to the lower index.
/// No two who accept each other are left without each other while both would have it so: see the
/// [module](super#what-stable-means). Of all such plans it is the best for every proposer and the worst for everybody
/// else, and the order in which proposals are made does not matter.
///
/// Takes as many steps as there are edges that both ends accept, each a step in a heap of the receiver's places;
/// sorting them by proposer and rank comes first. About 20 bytes for each such edge.
///
/// ```
/// use std::num::NonZeroU32;
/// use reverse_mentoring::matching::assignment::{Edge, Graph};
/// use reverse_mentoring::matching::stable::{Preferences, Proposers, Ranks, deferred_acceptance};
///
/// // Row 0 wants column 0 and row 1 wants column 1, both columns the other way round.
/// let edges = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(row, column)| Edge { row, column, score: 0 });
/// let graph = Graph::new(vec![1, 1], vec![1, 1], edges)?;
/// let preferences = Preferences::new(&graph, |edge| {
///     let same = edge.row == edge.column;
///     Ranks { by_row: NonZeroU32::new(if same { 1 } else { 2 }), by_column: NonZeroU32::new(if same { 2 } else { 1 }) }
/// });
/// assert_eq!(deferred_acceptance(&graph, &preferences, Proposers::Rows).edges, [0, 3]);
/// assert_eq!(deferred_acceptance(&graph, &preferences, Proposers::Columns).edges, [1, 2]);
/// # Ok::<(), reverse_mentoring::matching::assignment::GraphError>(())
/// ```
#[must_use]
pub fn deferred_acceptance(
    graph: &Graph,
    preferences: &Preferences,
    proposers: Proposers,
) -> Assignment {
    let offers = offers(graph, preferences, proposers);
    let (mut left, places) = match proposers {
        Proposers::Rows => (graph.row_places().to_vec(), graph.column_places()),
        Proposers::Columns => (graph.column_places().to_vec(), graph.row_places()),
    };
    // The next offer that each proposer has not made yet.
    let mut next = vec![offers.len(); left.len()];
    for (at, offer) in offers.iter().enumerate().rev() {
        next[offer.from as usize] = at;
    }
    // What each receiver holds; the top of the heap is what goes first.
    let mut held: Vec<BinaryHeap<(Rank, u32, usize)>> = vec![BinaryHeap::new(); places.len()];
    let mut free: Vec<u32> = (0u32..).zip(&left).map(|(from, _)| from).collect();
    while let Some(from) = free.pop() {
        while left[from as usize] > 0 {
            let at = next[from as usize];
            let Some(offer) = offers.get(at).filter(|offer| offer.from == from) else {
                break; // nobody left to ask
            };
            next[from as usize] += 1;
            left[from as usize] -= 1;
            let holds = &mut held[offer.to as usize];
            holds.push((offer.standing, from, at));
            if holds.len() as u64 <= u64::from(places[offer.to as usize]) {
                continue;
            }
            if let Some((_, refused, _)) = holds.pop() {
                left[refused as usize] += 1;
                if refused != from {
                    free.push(refused);
                }
            }
        }
    }
    let mut edges: Vec<u32> = held
        .iter()
        .flatten()
        .map(|(_, _, at)| offers[*at].edge)
        .collect();
    edges.sort_unstable();
    let scores = edges.iter().filter_map(|&edge| graph.edge(edge));
    let total = scores.map(|edge| u64::from(edge.score)).sum();
    Assignment { edges, total }
}

/// The edges that both ends accept, each proposer's together and in the order in which they are made.
fn offers(graph: &Graph, preferences: &Preferences, proposers: Proposers) -> Vec<Offer> {
    let offer = |(edge, Edge { row, column, .. }): (u32, Edge)| {
        let (by_row, by_column) = preferences.ranks(edge).mutual()?;
        let ((from, rank), (to, standing)) = match proposers {
            Proposers::Rows => ((row, by_row), (column, by_column)),
            Proposers::Columns => ((column, by_column), (row, by_row)),
        };
        Some(Offer {
            from,
            rank,
            to,
            standing,
            edge,
        })
    };
    let mut offers: Vec<Offer> = (0u32..).zip(graph.edges()).filter_map(offer).collect();
    offers.sort_unstable_by_key(|offer| (offer.from, offer.rank, offer.to));
    offers
}
