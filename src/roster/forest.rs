//! The solid lines as a forest: intervals, and the circles that make it none.

/// No manager.
pub(super) const NOBODY: u32 = u32::MAX;

/// The interval numbering of a forest.
pub(super) struct Forest {
    /// People, every manager before those below.
    pub(super) top_down: Vec<u32>,
    pub(super) enter: Vec<u32>,
    pub(super) exit: Vec<u32>,
}

impl Forest {
    /// Numbers a forest without recursion: sizes upwards, then intervals downwards.
    #[expect(
        clippy::indexing_slicing,
        reason = "every index is a person below `manager.len()`, the length of all the vectors"
    )]
    pub(super) fn number(manager: &[u32]) -> Self {
        let n = manager.len();
        let mut reports = vec![0u32; n];
        for &m in manager.iter().filter(|&&m| m != NOBODY) {
            reports[m as usize] += 1;
        }
        // Peel leaves: whoever has no unprocessed report comes next. The reverse is top-down.
        let mut top_down: Vec<u32> = Vec::with_capacity(n);
        top_down.extend((0..n as u32).filter(|&p| reports[p as usize] == 0));
        let mut next = 0;
        while let Some(&p) = top_down.get(next) {
            next += 1;
            let m = manager[p as usize];
            if m != NOBODY {
                reports[m as usize] -= 1;
                if reports[m as usize] == 0 {
                    top_down.push(m);
                }
            }
        }
        let mut size = vec![1u32; n];
        for &p in &top_down {
            let m = manager[p as usize];
            if m != NOBODY {
                size[m as usize] += size[p as usize];
            }
        }
        top_down.reverse();
        let (mut enter, mut free) = (vec![0u32; n], vec![0u32; n]);
        let mut roots = 0;
        for &p in &top_down {
            let m = manager[p as usize];
            let slot = if m == NOBODY {
                &mut roots
            } else {
                &mut free[m as usize]
            };
            let at = *slot;
            *slot += size[p as usize];
            enter[p as usize] = at;
            free[p as usize] = at + 1;
        }
        let exit = enter.iter().zip(&size).map(|(e, s)| e + s).collect();
        Self {
            top_down,
            enter,
            exit,
        }
    }
}

/// The circles of a graph in which everybody has at most one manager, each from its smallest member upwards.
pub(super) fn solid_circles(manager: &[u32]) -> Vec<Vec<u32>> {
    const FRESH: u32 = u32::MAX;
    let mut walked_by = vec![FRESH; manager.len()];
    let mut circles = Vec::new();
    for start in 0..manager.len() as u32 {
        let mut at = start;
        // Walk up until somebody has been seen: on this walk, then a circle closes there; on an earlier one, none new.
        while let Some(seen) = walked_by.get_mut(at as usize) {
            if *seen != FRESH {
                if *seen == start {
                    circles.push(circle_through(manager, at));
                }
                break;
            }
            *seen = start;
            at = manager.get(at as usize).copied().unwrap_or(NOBODY);
        }
    }
    circles
}

fn circle_through(manager: &[u32], member: u32) -> Vec<u32> {
    let mut members = Vec::new();
    let mut at = member;
    while let Some(&up) = manager.get(at as usize) {
        members.push(at);
        at = up;
        if at == member {
            break;
        }
    }
    let first = members.iter().enumerate().min_by_key(|&(_, m)| *m);
    let by = first.map_or(0, |(at, _)| at);
    members.rotate_left(by);
    members
}
