//! The linear audit: is there a combination of published sums that rests on few?
//!
//! Every published figure is a sum over a set of units. A combination of figures, whatever the factors, is a sum in which
//! each unit stands with a factor of its own: that of all the sets it is in. Units of the same sets (an *atom*) have the same factor, so each
//! atom is a row of noughts and ones over the sets, and what is looked for are factors of the sets under which the rows
//! that are not nought have fewer units than the threshold, and at least one.
//!
//! Rows are told apart up to a multiple, in classes. A class of as many as the threshold must be nought; that is one
//! equation, by which every other row is reduced, which makes further classes one, and so on. Where that does not settle
//! it, both cases of the largest class are tried. Whole numbers throughout; a step that leaves their range, or more
//! cases than [`CASES`], count as found.

/// Units that are in the same sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// The sets, rising.
    pub(super) sets: Vec<usize>,
    /// How many units.
    pub(super) count: u64,
}

/// How many cases are tried before it counts as found.
const CASES: usize = 100;

/// Factors by set, rising, none of them nought, of the least size and the first of them positive.
type Row = Vec<(usize, i64)>;

#[derive(Debug, Clone)]
struct Class {
    row: Row,
    count: u64,
    /// Whether it is supposed not to be nought.
    rests: bool,
    atoms: Vec<usize>,
}

/// The atoms of a combination that rests on at least one and fewer than `least` units, by index; empty where there is none.
pub(super) fn small_combination(atoms: &[Atom], least: u64) -> Vec<usize> {
    let start = atoms.iter().enumerate().map(|(at, atom)| Class {
        row: atom.sets.iter().map(|&set| (set, 1)).collect(),
        count: atom.count,
        rests: false,
        atoms: vec![at],
    });
    let mut open = vec![merged(start.collect())];
    let mut cases = 0;
    while let Some(case) = open.pop() {
        let Some(settled) = settle(case, least) else {
            continue;
        };
        let classes = match settled {
            Ok(classes) => classes,
            Err(atoms) => return atoms,
        };
        let undecided = classes.iter().filter(|class| !class.rests);
        // Of equals the first, so that the order of rows alone decides.
        let largest = undecided.rev().max_by_key(|class| class.count);
        let Some(row) = largest.map(|class| class.row.clone()) else {
            let found = supposed(&classes);
            if found.is_empty() {
                continue;
            }
            return found;
        };
        cases += 1;
        if cases > CASES {
            return all(&classes);
        }
        let before = all(&classes);
        let mut resting = classes.clone();
        for class in resting.iter_mut().filter(|class| class.row == row) {
            class.rests = true;
        }
        match without(classes, &row) {
            Some(classes) => open.push(classes),
            None => return before,
        }
        // First where it rests: then little else may.
        open.push(resting);
    }
    Vec::new()
}

fn all(classes: &[Class]) -> Vec<usize> {
    classes.iter().flat_map(|c| c.atoms.clone()).collect()
}

fn supposed(classes: &[Class]) -> Vec<usize> {
    let resting = classes.iter().filter(|c| c.rests);
    resting.flat_map(|c| c.atoms.clone()).collect()
}

/// Draws what follows: classes too large to be anything but nought are. `None` where the case cannot be; the atoms at
/// fault where a step leaves the range.
fn settle(mut classes: Vec<Class>, least: u64) -> Option<Result<Vec<Class>, Vec<usize>>> {
    loop {
        // A class that is supposed to rest and turned out to be nought has an empty row.
        if classes.iter().any(|c| c.row.is_empty() && c.rests) {
            return None;
        }
        classes.retain(|c| !c.row.is_empty());
        let resting: u64 = classes.iter().filter(|c| c.rests).map(|c| c.count).sum();
        let left = least.checked_sub(resting).filter(|left| *left > 0)?;
        let nought = classes.iter().find(|c| !c.rests && c.count >= left);
        let Some(row) = nought.map(|c| c.row.clone()) else {
            return Some(Ok(classes));
        };
        let before = all(&classes);
        match without(classes, &row) {
            Some(after) => classes = after,
            None => return Some(Err(before)),
        }
    }
}

/// The same where a row is nought.
fn without(classes: Vec<Class>, row: &Row) -> Option<Vec<Class>> {
    let mut reduced = Vec::with_capacity(classes.len());
    for class in classes {
        let row = reduce(class.row, row)?;
        reduced.push(Class { row, ..class });
    }
    Some(merged(reduced))
}

/// One class for every row.
fn merged(mut classes: Vec<Class>) -> Vec<Class> {
    classes.sort_by(|a, b| a.row.cmp(&b.row));
    classes.dedup_by(|class, known| {
        let same = class.row == known.row;
        if same {
            known.count = known.count.saturating_add(class.count);
            known.rests |= class.rests;
            known.atoms.append(&mut class.atoms);
        }
        same
    });
    classes
}

/// A row less that multiple of another by which the other's first set stands in it no more.
fn reduce(row: Row, by: &Row) -> Option<Row> {
    let Some(&(pivot, lead)) = by.first() else {
        return Some(row);
    };
    let Ok(found) = row.binary_search_by_key(&pivot, |(set, _)| *set) else {
        return Some(row);
    };
    let here = row.get(found).map_or(0, |(_, factor)| *factor);
    let (mut ours, mut theirs) = (row.iter().peekable(), by.iter().peekable());
    let mut sum = Row::with_capacity(row.len() + by.len());
    loop {
        let next = match (ours.peek(), theirs.peek()) {
            (Some((a, _)), Some((b, _))) => *a.min(b),
            (Some((set, _)), None) | (None, Some((set, _))) => *set,
            (None, None) => break,
        };
        let ours = ours.next_if(|(set, _)| *set == next).map_or(0, |(_, f)| *f);
        let theirs = theirs
            .next_if(|(set, _)| *set == next)
            .map_or(0, |(_, f)| *f);
        let factor = ours
            .checked_mul(lead)?
            .checked_sub(theirs.checked_mul(here)?)?;
        if factor != 0 {
            sum.push((next, factor));
        }
    }
    let size = sum
        .iter()
        .fold(0, |size, (_, f)| gcd(size, f.unsigned_abs()));
    let size = i64::try_from(size).ok()?;
    let sign = sum.first().map_or(1, |(_, f)| f.signum());
    for (_, factor) in &mut sum {
        *factor = factor.checked_div(size)?.checked_mul(sign)?;
    }
    Some(sum)
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rank of rows over the rationals, without fractions.
    fn rank(rows: &[Vec<i128>]) -> usize {
        let mut rows = rows.to_vec();
        let columns = rows.first().map_or(0, Vec::len);
        let mut rank = 0;
        for column in 0..columns {
            let Some(pivot) = (rank..rows.len()).find(|&at| rows[at][column] != 0) else {
                continue;
            };
            rows.swap(rank, pivot);
            let by = rows[rank].clone();
            for row in &mut rows[rank + 1..] {
                let (here, lead) = (row[column], by[column]);
                for (ours, theirs) in row.iter_mut().zip(&by) {
                    *ours = *ours * lead - theirs * here;
                }
            }
            rank += 1;
        }
        rank
    }

    /// Whether some factors leave nothing outside of these atoms, and something in them.
    fn rests_on(atoms: &[Atom], sets: usize, of: &[usize]) -> bool {
        let row = |atom: &Atom| -> Vec<i128> {
            let inside = (0..sets).map(|s| atom.sets.contains(&s));
            inside.map(i128::from).collect()
        };
        let all: Vec<_> = atoms.iter().map(row).collect();
        let rest = all.iter().enumerate().filter(|(at, _)| !of.contains(at));
        let rest: Vec<_> = rest.map(|(_, row)| row.clone()).collect();
        rank(&rest) < rank(&all)
    }

    /// Random sets of few atoms, against every choice of atoms that are few: a combination rests on no others where the
    /// rank of the others is less than that of all.
    #[test]
    fn a_combination_is_found_where_there_is_one() {
        let mut state: u64 = 9;
        let mut below = |n: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        let mut found = [0, 0];
        for case in 0..6_000 {
            let (sets, many) = (2 + below(4) as usize, 2 + below(6) as usize);
            let least = 3 + below(4);
            let atoms: Vec<Atom> = (0..many)
                .map(|_| Atom {
                    sets: (0..sets).filter(|_| below(2) == 0).collect(),
                    count: 1 + below(least + 1),
                })
                .collect();
            let few = (1usize..1 << many).filter_map(|bits| {
                let of: Vec<usize> = (0..many).filter(|at| bits >> at & 1 == 1).collect();
                let count: u64 = of.iter().map(|&at| atoms[at].count).sum();
                (count < least).then_some(of)
            });
            let there_is = { few }.any(|of| rests_on(&atoms, sets, &of));
            let answer = small_combination(&atoms, least);
            assert_eq!(
                !answer.is_empty(),
                there_is,
                "case {case}: {atoms:?}, {least}"
            );
            if there_is {
                let count: u64 = answer.iter().map(|&at| atoms[at].count).sum();
                assert!(
                    count < least && rests_on(&atoms, sets, &answer),
                    "case {case}"
                );
            }
            found[usize::from(there_is)] += 1;
        }
        assert!(found.iter().all(|n| *n > 1_000), "{found:?}");
    }
}
