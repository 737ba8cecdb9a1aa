//! Strongly connected components, and the circles that dotted lines close.

use super::forest::NOBODY;

/// Circles that need a dotted line: the strongly connected groups of two or more people, each sorted, in order.
///
/// `dotted` is sorted. Solid lines alone close no circle, so somebody with a dotted line is on each: the others are looked at
/// where they stand above such a person.
pub(super) fn circles(manager: &[u32], dotted: &[(u32, u32)]) -> Vec<Vec<u32>> {
    if dotted.is_empty() {
        return Vec::new();
    }
    let no_one: &[u32] = &[];
    let solid = |p: u32| match manager.get(p as usize) {
        Some(m) if *m != NOBODY => std::slice::from_ref(m),
        _ => no_one,
    };
    let lines = dotted.chunk_by(|a, b| a.0 == b.0);
    let several = lines.filter_map(|lines| {
        let (person, _) = *lines.first()?;
        let ups = solid(person).iter().copied();
        let ups: Vec<u32> = ups.chain(lines.iter().map(|line| line.1)).collect();
        Some((person, ups))
    });
    let several: Vec<(u32, Vec<u32>)> = several.collect();
    let ups = |p: u32| {
        let found = several.binary_search_by_key(&p, |(person, _)| *person).ok();
        let found = found.and_then(|at| several.get(at));
        found.map_or_else(|| solid(p), |(_, ups)| ups.as_slice())
    };
    let roots = several.iter().map(|(person, _)| *person);
    let mut circles: Vec<Vec<u32>> = components_from(manager.len(), roots, ups)
        .into_iter()
        .filter(|c| c.len() > 1)
        .collect();
    for circle in &mut circles {
        circle.sort_unstable();
    }
    circles.sort_unstable();
    circles
}

/// Strongly connected components in reverse topological order.
pub(super) fn components<'a>(n: usize, next: impl Fn(u32) -> &'a [u32]) -> Vec<Vec<u32>> {
    components_from(n, 0..n as u32, next)
}

/// Those of the nodes that some roots lead to (Tarjan 1972, with its own stack).
#[expect(
    clippy::indexing_slicing,
    reason = "every index is a node below `n`, the length of both vectors"
)]
fn components_from<'a>(
    n: usize,
    roots: impl Iterator<Item = u32>,
    next: impl Fn(u32) -> &'a [u32],
) -> Vec<Vec<u32>> {
    const DONE: u32 = u32::MAX;
    let mut order = vec![0u32; n]; // 0 is unseen
    let mut low = vec![0u32; n];
    let mut count = 0;
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for root in roots {
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
