//! Strongly connected components, and the circles that dotted lines close.

use super::forest::NOBODY;

/// Circles that need a dotted line: the strongly connected groups of two or more people, each sorted, in order.
pub(super) fn circles(manager: &[u32], dotted: &[(u32, u32)]) -> Vec<Vec<u32>> {
    if dotted.is_empty() {
        return Vec::new();
    }
    let n = manager.len();
    let mut ups: Vec<Vec<u32>> = vec![Vec::new(); n];
    for (up, &m) in ups.iter_mut().zip(manager) {
        up.extend(Some(m).filter(|&m| m != NOBODY));
    }
    for &(s, t) in dotted {
        if let Some(up) = ups.get_mut(s as usize) {
            up.push(t);
        }
    }
    let no_one: &[u32] = &[];
    let mut circles: Vec<Vec<u32>> =
        components(n, |p| ups.get(p as usize).map_or(no_one, Vec::as_slice))
            .into_iter()
            .filter(|c| c.len() > 1)
            .collect();
    for circle in &mut circles {
        circle.sort_unstable();
    }
    circles.sort_unstable();
    circles
}

/// Strongly connected components in reverse topological order (Tarjan 1972, with its own stack).
#[expect(
    clippy::indexing_slicing,
    reason = "every index is a node below `n`, the length of both vectors"
)]
pub(super) fn components<'a>(n: usize, next: impl Fn(u32) -> &'a [u32]) -> Vec<Vec<u32>> {
    const DONE: u32 = u32::MAX;
    let mut order = vec![0u32; n]; // 0 is unseen
    let mut low = vec![0u32; n];
    let mut count = 0;
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for root in 0..n as u32 {
        if order[root as usize] != 0 {
            continue;
        }
        let mut calls = vec![(root, 0usize)];
        while let Some((v, child)) = calls.pop() {
            let at = v as usize;
            if child == 0 {
                count += 1;
                order[at] = count;
                low[at] = count;
                open.push(v);
            }
            if let Some(&w) = next(v).get(child) {
                calls.push((v, child + 1));
                if order[w as usize] == 0 {
                    calls.push((w, 0));
                } else if low[w as usize] != DONE {
                    low[at] = low[at].min(order[w as usize]);
                }
                continue;
            }
            if low[at] == order[at] {
                let from = open.iter().rposition(|&o| o == v).unwrap_or(0);
                let component = open.split_off(from);
                for &w in &component {
                    low[w as usize] = DONE;
                }
                found.push(component);
            }
            if let Some(&(parent, _)) = calls.last() {
                if low[at] != DONE {
                    low[parent as usize] = low[parent as usize].min(low[at]);
                }
            }
        }
    }
    found
}
