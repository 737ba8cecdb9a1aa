//! Edges in as few bytes as their numbers need: a second copy of a graph beside the first.
//!
//! In come edges, each at a position; out comes what was put there. Never true inside: an edge whose column or score
//! takes more bits than were reserved for the largest.

use super::table::Arc;

/// A list of edges, five bytes each where there are a hundred thousand columns and scores up to a million.
#[derive(Debug)]
pub(super) struct Packed {
    /// Eight more than the edges need, so that each can be read as a whole word.
    bytes: Vec<u8>,
    len: usize,
    /// Bytes an edge.
    width: usize,
    /// Bits of a column, the lowest; those of the score are above.
    column_bits: u32,
    /// The bits of an edge.
    mask: u64,
}

impl Packed {
    /// Room for so many edges, each of a column below `columns` and a score up to `highest`.
    pub(super) fn new(len: usize, columns: usize, highest: u32) -> Self {
        let column_bits = usize::BITS - columns.leading_zeros();
        let bits = column_bits + (u32::BITS - highest.leading_zeros());
        let width = bits.div_ceil(8).clamp(1, 8);
        Self {
            bytes: vec![0; len * width as usize + 8],
            len,
            width: width as usize,
            column_bits,
            mask: u64::MAX >> (64 - 8 * width),
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Puts an edge where there is none yet.
    pub(super) fn put(&mut self, at: usize, arc: Arc) {
        let word = (u64::from(arc.score) << self.column_bits) | u64::from(arc.column);
        let bytes = self.bytes.iter_mut().skip(at * self.width).take(self.width);
        for (byte, value) in bytes.zip(word.to_le_bytes()) {
            *byte = value;
        }
    }

    /// The edge at a position; one of column 0 that scores nothing where there is none.
    #[inline]
    pub(super) fn get(&self, at: usize) -> Arc {
        let word = self.bytes.get(at * self.width..);
        let word = word.and_then(|bytes| bytes.first_chunk::<8>());
        let word = word.map_or(0, |&bytes| u64::from_le_bytes(bytes)) & self.mask;
        Arc {
            column: (word & !(u64::MAX << self.column_bits)) as u32,
            score: (word >> self.column_bits) as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::assignment::MAX_SCORE;

    #[test]
    fn what_is_put_comes_back() {
        for (columns, highest) in [
            (1, 0),
            (1, MAX_SCORE),
            (2, 1),
            (255, 1_000_000),
            (256, 1),
            (100_000, 1_000_000),
            (u32::MAX as usize, MAX_SCORE),
        ] {
            let arcs = [
                (0, 0),
                (columns as u32 - 1, highest),
                (columns as u32 / 2, highest / 3),
                (0, highest),
                (columns as u32 - 1, 0),
            ];
            let arcs = arcs.map(|(column, score)| Arc { column, score });
            let mut packed = Packed::new(arcs.len(), columns, highest);
            // In no particular order.
            for at in [3, 0, 4, 1, 2] {
                packed.put(at, arcs[at]);
            }
            let read: Vec<Arc> = (0..packed.len()).map(|at| packed.get(at)).collect();
            assert_eq!(read, arcs, "{columns} columns, scores up to {highest}");
        }
    }
}
