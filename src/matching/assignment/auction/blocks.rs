//! Rows of a matrix, block by block: many cells are compared with their prices at once, and most need not be.

use super::super::dense::BLOCK;
use super::super::table::NO_EDGE;
use super::money::Money;

/// Prices in whole points, rounded down.
// INVARIANT (least): least[b] is the least of the prices of block b. Empty once a price was out of reach.
#[derive(Clone, Debug, Default)]
pub(super) struct Whole {
    prices: Vec<i32>,
    least: Vec<i32>,
    /// All are the same so far.
    flat: bool,
}

impl Whole {
    pub(super) fn new<P: Money>(prices: &[P], point: i64) -> Self {
        let whole = prices.iter().map(|price| whole(price.get(), point));
        let Some(prices) = whole.collect::<Option<Vec<i32>>>() else {
            return Self::default();
        };
        let least = prices.chunks(BLOCK).map(least).collect();
        Self {
            flat: prices.iter().all(|price| Some(price) == prices.first()),
            prices,
            least,
        }
    }

    /// All prices; none where one is out of reach.
    pub(super) fn prices(&self) -> &[i32] {
        &self.prices
    }

    /// The least price of each block of columns.
    pub(super) fn least(&self) -> &[i32] {
        &self.least
    }

    /// Notes that a price has risen.
    pub(super) fn rise(&mut self, column: usize, price: i64, point: i64) {
        let block = column / BLOCK;
        let (Some(known), Some(least_known)) =
            (self.prices.get_mut(column), self.least.get_mut(block))
        else {
            return;
        };
        let Some(price) = whole(price, point) else {
            *self = Self::default();
            return;
        };
        let before = std::mem::replace(known, price);
        self.flat = false;
        if before == *least_known && before < price {
            let block = self.prices.chunks(BLOCK).nth(block);
            *least_known = block.map_or(i32::MAX, least);
        }
    }
}

fn least(prices: &[i32]) -> i32 {
    prices.iter().copied().fold(i32::MAX, i32::min)
}

/// A price in whole points, rounded down, if that is in reach.
fn whole(price: i64, point: i64) -> Option<i32> {
    let whole = i32::try_from(price / point).ok()?;
    (0..1 << 30).contains(&whole).then_some(whole)
}

/// From so many blocks a list takes the best edges; others of theirs may fill it up.
const SURE: usize = 4;

/// More than a list has edges.
pub(super) const LANES: usize = 8;

/// What the blocks of a row leave at most, in whole points.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    of_block: Vec<i32>,
    keys: Vec<i64>,
    /// Prices of a block differ so much by now that its highest cell and its least price say little.
    in_vain: bool,
}

impl Bounds {
    /// Bounds each block, exactly if its edges may be among the best; returns what the last of the best edges leaves at
    /// least, and the bounds.
    ///
    /// Each of [`SURE`] blocks has an edge that leaves the most of the block. Where there are no more blocks with edges
    /// than that, no edge is left out.
    pub(super) fn of_row(
        &mut self,
        cells: &[u32],
        highest: &[i32],
        whole: &Whole,
    ) -> (Option<i32>, &[i32]) {
        let each = highest.iter().zip(whole.least());
        let promised = each.map(|(&highest, &price)| highest - price);
        self.of_block.clear();
        self.of_block.extend(promised);
        let last = if whole.flat {
            self.last()
        } else {
            self.sharpen_best(cells, whole.prices())
        };
        ((last > NO_EDGE).then_some(last), &self.of_block)
    }

    /// Of a row of edges, those that may be among the best [`LANES`], given what each leaves.
    ///
    /// As keys: what it leaves above, and below, from the highest down, where it stands.
    pub(super) fn promising(&mut self, left: impl Iterator<Item = i32>) -> &[i64] {
        self.of_block.clear();
        self.of_block.extend(left);
        // The best of each lane leave as much as the worst of them, and are as many as there are lanes.
        let mut lanes = [i32::MIN; LANES];
        let strides = self.of_block.chunks_exact(LANES);
        for stride in strides {
            for (best, &left) in lanes.iter_mut().zip(stride) {
                *best = left.max(*best);
            }
        }
        let floor = lanes.into_iter().fold(i32::MAX, i32::min);
        let enough = self.keys.len().max(self.of_block.len());
        self.keys.resize(enough, 0);
        let mut count = 0;
        for (&left, at) in self.of_block.iter().zip((0..=u32::MAX).rev()) {
            if let Some(key) = self.keys.get_mut(count) {
                *key = (i64::from(left) << 32) | i64::from(at);
            }
            count += usize::from(left >= floor);
        }
        self.keys.get(..count).unwrap_or_default()
    }

    /// Sharpens the bounds of the best blocks, or all; returns the last of the best.
    fn sharpen_best(&mut self, cells: &[u32], prices: &[i32]) -> i32 {
        if !self.in_vain {
            // Those that promise most first: then often few others promise more than what those leave.
            let promised = self.last();
            let sure = self.sharpen(cells, prices, promised);
            if sure == promised {
                return sure;
            }
            let others = self.of_block.iter().filter(|&&bound| bound >= sure);
            self.in_vain = others.count() > self.of_block.len() / 2;
            if !self.in_vain {
                self.sharpen(cells, prices, sure);
                return self.last();
            }
        }
        let exact = blocks(cells, prices).map(|(cells, prices)| most(cells, prices, 1));
        self.of_block.clear();
        self.of_block.extend(exact);
        self.last()
    }

    /// Looks at the cells of the blocks that promise so much; returns the least that one of them leaves.
    fn sharpen(&mut self, cells: &[u32], prices: &[i32], promised: i32) -> i32 {
        let mut least = i32::MAX;
        let each = blocks(cells, prices).zip(&mut self.of_block);
        for ((cells, prices), bound) in each.filter(|(_, bound)| **bound >= promised) {
            *bound = most(cells, prices, 1);
            least = least.min(*bound);
        }
        least
    }

    /// The least of the [`SURE`] highest bounds.
    fn last(&self) -> i32 {
        let mut best = [i32::MIN; SURE];
        for &bound in &self.of_block {
            // Without branches: in what order bounds come is anybody's guess.
            let mut next = bound;
            for best in &mut best {
                (*best, next) = ((*best).max(next), (*best).min(next));
            }
        }
        best[SURE - 1]
    }
}

/// Cells and their prices, block by block.
pub(super) fn blocks<'a, P>(
    cells: &'a [u32],
    prices: &'a [P],
) -> impl Iterator<Item = (&'a [u32], &'a [P])> {
    cells.chunks(BLOCK).zip(prices.chunks(BLOCK))
}

/// The most that a cell leaves.
#[inline]
pub(super) fn most<P: Money>(cells: &[u32], prices: &[P], point: i64) -> P {
    let left = cells.iter().zip(prices);
    left.map(|(&cell, &price)| P::left_over(cell, point, price))
        .fold(P::LEAST, P::max)
}
