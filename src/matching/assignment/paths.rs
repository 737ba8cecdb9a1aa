//! The search: shortest augmenting paths under prices, one place of the left side at a time.
//!
//! Think of each member's price as what it asks for a pair. The *slack* of an unchosen edge is what its ends ask
//! beyond its worth, that of a chosen edge is what it is worth beyond what its ends ask. A member with a free place
//! would take another pair for what that adds to its bonus; one with pairs would give up a pair for what that costs.
//!
//! - INVARIANT (slack): no slack is negative, for all edges of the left members that have entered.
//! - INVARIANT (content): with `d` pairs, a member's price is such that neither `d + 1` (where an entered place is
//!   free) nor `d - 1` pairs would earn it more. Bonuses are concave, so nothing else would either.
//!
//! Both together say that the plan so far is the best for the places that have entered, and that the prices prove it.
//! `enter` opens one place. If the member would gain from it, the cheapest way to serve it is a shortest path over
//! slacks: along unchosen edges to the right, along chosen edges back to the left, ending where somebody is as happy
//! with one pair more (right) or one fewer (left). Prices then move by what is left of the distance, which keeps both
//! invariants; if no path is cheaper than the gain, the place stays empty.
//!
//! Bounds: write W for the largest worth, G and H for the two bonuses. A left price stays within -G ..= W + H, because
//! giving up a pair never costs less than nothing, and a right price within -H ..= W + G, because a price only rises
//! to meet a left price on an edge. A slack is thus at most 3W + 2G + 2H, a gain at most W + G + H, and no distance
//! is formed beyond their sum 4W + 3G + 3H: that must fit, and `solve` picks the integer by it.
#![expect(
    clippy::indexing_slicing,
    reason = "every index comes from a `Network`, whose tables are as long as its sides and edges"
)]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::network::{Network, Value, starts};
use super::solver::Watch;

/// The plan and the prices so far.
#[derive(Debug)]
pub(super) struct Plan<'a, T> {
    network: &'a Network<'a, T>,
    chosen: Vec<u64>,
    pub(super) left_price: Vec<T>,
    pub(super) right_price: Vec<T>,
    left_used: Vec<u32>,
    right_used: Vec<u32>,
    /// The chosen edges of each right member, by left end and position: `right_used` of them from `list_start`.
    list: Vec<(u32, u32)>,
    list_start: Vec<usize>,
}

/// What one search needs; kept between searches so that each costs only what it touches.
///
/// Nodes are the left members, then the right members.
#[derive(Debug)]
struct Search<T> {
    distance: Vec<T>,
    /// How a node was reached: the edge, and for a right node the left one before it, for a left node the spot in the
    /// list of the right one before it.
    by: Vec<(u32, u32)>,
    touched: Vec<usize>,
    heap: BinaryHeap<Reverse<(T, usize)>>,
    /// How far the node at hand is.
    now: T,
    /// Other nodes as near as it; they need no heap.
    near: Vec<usize>,
    /// No path longer than this is of use.
    shortest: T,
    /// Where the shortest path so far ends.
    end: Option<usize>,
    /// How often edges were looked at.
    looks: u64,
}

/// The best plan of a network, with the prices that prove it; `None` where it takes more looks at edges than `effort`.
///
/// Where the watcher stops it, the best plan for those who have entered, and prices that bound all others.
pub(super) fn best_plan<'n, T: Value>(
    network: &'n Network<'n, T>,
    effort: u64,
    watch: &mut Watch<'_>,
) -> Option<Plan<'n, T>> {
    let (left, right) = (network.left.places.len(), network.right.places.len());
    let mut plan = Plan::new(network);
    let mut search = Search {
        distance: vec![T::MAX; left + right],
        by: vec![(0, 0); left + right],
        touched: Vec::new(),
        heap: BinaryHeap::new(),
        now: T::ZERO,
        near: Vec::new(),
        shortest: T::ZERO,
        end: None,
        looks: 0,
    };
    let mut pairs = 0;
    for member in 0..left {
        plan.quote(member);
        if watch.stopped() || (member % 256 == 0 && !watch.go_on(pairs, search.looks)) {
            continue; // a price for everybody, and no further search
        }
        // An unfilled place means that no further place of this member is of use.
        for _ in 0..network.left.places[member] {
            if search.looks > effort {
                return None;
            }
            if !plan.enter(member, &mut search) {
                break;
            }
            pairs += 1;
        }
    }
    Some(plan)
}

impl<'a, T: Value> Plan<'a, T> {
    fn new(network: &'a Network<'a, T>) -> Self {
        let (left, right) = (network.left.places.len(), network.right.places.len());
        let mut room = vec![0_u32; right];
        for edge in 0..network.arcs.len() {
            room[network.right_of(edge)] += 1;
        }
        for (room, &places) in room.iter_mut().zip(&network.right.places) {
            *room = places.min(*room);
        }
        let list_start = starts(&room);
        Self {
            network,
            chosen: vec![0; network.arcs.len().div_ceil(64)],
            left_price: vec![T::ZERO; left],
            right_price: vec![-network.right.bonus; right],
            left_used: vec![0; left],
            right_used: vec![0; right],
            list: vec![(0, 0); list_start.last().copied().unwrap_or(0)],
            list_start,
        }
    }

    /// Sets the price of a left member that is about to enter: the most that an edge leaves it.
    fn quote(&mut self, member: usize) {
        let network = self.network;
        let mut price = -network.left.bonus;
        for edge in network.start[member]..network.start[member + 1] {
            let left_over = network.worth(edge) - self.right_price[network.right_of(edge)];
            price = price.max(left_over);
        }
        self.left_price[member] = price;
    }

    /// Opens one more place of a left member, whose places are all filled. Says whether the new one is filled now.
    fn enter(&mut self, member: usize, search: &mut Search<T>) -> bool {
        let gain = self.left_price[member] + bonus(self.network.left.bonus, self.left_used[member]);
        if gain <= T::ZERO {
            return false;
        }
        search.shortest = gain;
        search.end = None;
        search.reach(member, T::ZERO, (0, 0));
        while let Some((node, distance)) = search.pop() {
            if let Some(right) = node.checked_sub(self.left_price.len()) {
                self.look_left(right, distance, search);
            } else {
                self.look_right(node, distance, search);
            }
        }
        self.reprice(search);
        if let Some(end) = search.end {
            self.flip(member, end, search);
        }
        search.clear();
        search.end.is_some()
    }

    /// From a left member, along its unchosen edges.
    fn look_right(&self, member: usize, distance: T, search: &mut Search<T>) {
        let network = self.network;
        let asked = distance + self.left_price[member];
        search.looks += (network.start[member + 1] - network.start[member]) as u64;
        for edge in network.start[member]..network.start[member + 1] {
            if self.is_chosen(edge) {
                continue;
            }
            let right = network.right_of(edge);
            let price = self.right_price[right];
            let next = asked + price - network.worth(edge);
            if next < search.shortest
                && search.reach(
                    self.left_price.len() + right,
                    next,
                    (edge as u32, member as u32),
                )
                && self.right_used[right] < network.right.places[right]
            {
                let taking = -(price + bonus(network.right.bonus, self.right_used[right]));
                search.arrive(self.left_price.len() + right, next + taking);
            }
        }
    }

    /// From a right member, back along its chosen edges.
    fn look_left(&self, member: usize, distance: T, search: &mut Search<T>) {
        let network = self.network;
        let first = self.list_start[member];
        for spot in first..first + self.right_used[member] as usize {
            let (left, edge) = self.list[spot];
            let left = left as usize;
            let price = self.left_price[left];
            let next = distance + network.worth(edge as usize) - price - self.right_price[member];
            if next < search.shortest && search.reach(left, next, (edge, spot as u32)) {
                // Reached by a chosen edge, so there is a pair to give up.
                let giving = price + bonus(network.left.bonus, self.left_used[left] - 1);
                search.arrive(left, next + giving);
            }
        }
    }

    /// Moves prices by what is left of the shortest distance: keeps (slack) and (content).
    fn reprice(&mut self, search: &Search<T>) {
        for &node in &search.touched {
            let distance = search.distance[node];
            if distance >= search.shortest {
                continue;
            }
            let rest = search.shortest - distance;
            if let Some(right) = node.checked_sub(self.left_price.len()) {
                self.right_price[right] = self.right_price[right] + rest;
            } else {
                self.left_price[node] = self.left_price[node] - rest;
            }
        }
    }

    /// Chooses what is unchosen along the path, and the other way round.
    fn flip(&mut self, from: usize, end: usize, search: &Search<T>) {
        let lefts = self.left_price.len();
        match end.checked_sub(lefts) {
            Some(right) => self.right_used[right] += 1,
            None => self.left_used[end] -= 1,
        }
        self.left_used[from] += 1;
        // Backwards, so a right member gives an edge up, or was counted above, before it takes one.
        let mut node = end;
        let mut freed = None;
        while node != from {
            let (edge, before) = search.by[node];
            if let Some(right) = node.checked_sub(lefts) {
                let last = self.list_start[right] + self.right_used[right] as usize - 1;
                self.list[freed.take().unwrap_or(last)] = (before, edge);
                self.chosen[edge as usize / 64] |= 1 << (edge % 64);
                node = before as usize;
            } else {
                freed = Some(before as usize);
                self.chosen[edge as usize / 64] &= !(1 << (edge % 64));
                node = lefts + self.network.right_of(edge as usize);
            }
        }
    }

    #[inline]
    fn is_chosen(&self, edge: usize) -> bool {
        self.chosen[edge / 64] >> (edge % 64) & 1 == 1
    }

    /// The chosen pairs as (left, right).
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.right_used.len()).flat_map(move |right| {
            let first = self.list_start[right];
            let chosen = &self.list[first..first + self.right_used[right] as usize];
            chosen.iter().map(move |&(left, _)| (left, right as u32))
        })
    }
}

impl<T: Value> Search<T> {
    /// Notes a way to a node, if it is the nearest so far.
    fn reach(&mut self, node: usize, distance: T, by: (u32, u32)) -> bool {
        let known = self.distance[node];
        if distance >= known {
            return false;
        }
        if known == T::MAX {
            self.touched.push(node);
        }
        self.distance[node] = distance;
        self.by[node] = by;
        if distance == self.now {
            self.near.push(node);
        } else {
            self.heap.push(Reverse((distance, node)));
        }
        true
    }

    /// Notes that a path of this length could end at the node.
    fn arrive(&mut self, node: usize, length: T) {
        if length < self.shortest {
            self.shortest = length;
            self.end = Some(node);
        }
    }

    /// The nearest node that may still lead to a shorter path.
    fn pop(&mut self) -> Option<(usize, T)> {
        if self.now >= self.shortest {
            return None;
        }
        if let Some(node) = self.near.pop() {
            return Some((node, self.now));
        }
        while let Some(Reverse((distance, node))) = self.heap.pop() {
            if distance >= self.shortest {
                return None;
            }
            if distance == self.distance[node] {
                self.now = distance;
                return Some((node, distance));
            }
        }
        None
    }

    fn clear(&mut self) {
        for node in self.touched.drain(..) {
            self.distance[node] = T::MAX;
        }
        self.heap.clear();
        self.near.clear();
        self.now = T::ZERO;
    }
}

/// What one pair more adds to a member that has `used`.
fn bonus<T: Value>(first: T, used: u32) -> T {
    if used == 0 { first } else { T::ZERO }
}
