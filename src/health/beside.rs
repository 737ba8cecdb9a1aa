//! Parts read beside each other, by as many threads as there are processors, where there is much to read.
//!
//! In come parts and how one is read; out comes what each says, in their order. Never true inside: an answer that hangs on the number of
//! threads, as long as that of a part hangs on the part alone.

use std::panic::resume_unwind;
use std::thread;

/// From how many pairings on they are read beside each other.
const MANY: usize = 16_000;
/// By how many threads at most.
const THREADS: usize = 4;

/// In how many parts so many pairings are read.
pub(super) fn parts(pairings: usize) -> usize {
    match pairings {
        MANY.. => thread::available_parallelism().map_or(1, |n| n.get().min(THREADS)),
        _ => 1,
    }
}

/// Reads each part, the first one here. Where the system gives no thread, one after the other.
pub(super) fn read<P: Copy + Send, R: Send>(
    parts: impl IntoIterator<Item = P>,
    read: impl Fn(P) -> R + Sync,
) -> Vec<R> {
    thread::scope(|scope| {
        let read = &read;
        let mut parts = parts.into_iter();
        let own = parts.next();
        let started = parts.map(|part| {
            let begun = thread::Builder::new().spawn_scoped(scope, move || read(part));
            begun.map_err(|_| part)
        });
        // Begun before anything is read here.
        let started: Vec<_> = started.collect();
        let own = own.map(read);
        let others = started.into_iter().map(|begun| match begun {
            // A metric that panics does so here.
            Ok(begun) => begun.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(part) => read(part),
        });
        own.into_iter().chain(others).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    #[test]
    fn every_part_is_read_once_and_in_order() {
        for parts in 0..9 {
            let squares: Vec<u32> = (0..parts).map(|n| n * n).collect();
            assert_eq!(read(0..parts, |n| n * n), squares);
        }
        assert_eq!(super::parts(MANY - 1), 1);
        assert!((1..=THREADS).contains(&super::parts(MANY)));
    }

    #[test]
    fn who_panics_in_a_part_panics_here() {
        for wrong in 0..3 {
            let all = catch_unwind(|| read(0..3, |n| assert_ne!(n, wrong)));
            assert!(all.is_err(), "{wrong}");
        }
    }
}
