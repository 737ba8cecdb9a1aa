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
//!
//! What follows from a case does not depend on the order of the steps: classes only grow, and the first set of each row that is nought
//! stands in no class, so that what is left of a row is the same whichever way it came about.

use std::rc::Rc;
use std::{mem, slice};

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

/// Rows that are alike up to a multiple: all of them are nought, or none.
#[derive(Debug, Clone)]
struct Class {
    row: Rc<Row>,
    count: u64,
    /// Whether it is supposed not to be nought.
    rests: bool,
}

/// What is supposed, and what follows from it.
#[derive(Debug, Clone)]
struct Case {
    /// Those that may be other than nought, by row: a class for each.
    classes: Vec<Class>,
    /// The rows that are nought, each less those before it: an echelon form, in which the first set of each is in no later one, and in no class.
    nought: Vec<Rc<Row>>,
}

/// A factor that is in the range of whole numbers no more.
struct OutOfRange;

/// The atoms of a combination that rests on at least one and fewer than `least` units, by index; empty where there is none.
pub(super) fn small_combination(atoms: &[Atom], least: u64) -> Vec<usize> {
    search(atoms, least, CASES)
}

/// The same with so many cases.
fn search(atoms: &[Atom], least: u64, most: usize) -> Vec<usize> {
    let row = |atom: &Atom| Rc::new(atom.sets.iter().map(|&set| (set, 1)).collect());
    let rows: Vec<Rc<Row>> = atoms.iter().map(row).collect();
    let classes = rows.iter().zip(atoms).map(|(row, atom)| Class {
        row: Rc::clone(row),
        count: atom.count,
        rests: false,
    });
    let mut start = Case {
        classes: classes.collect(),
        nought: Vec::new(),
    };
    start.merge();
    let mut open = vec![start];
    let mut cases = 0;
    while let Some(mut case) = open.pop() {
        match case.settle(least) {
            Ok(true) => {}
            Ok(false) => continue,
            Err(OutOfRange) => return case.not_nought(&rows),
        }
        let undecided = case.classes.iter().enumerate().filter(|(_, c)| !c.rests);
        // Of equals the first, so that the order of rows alone decides.
        let largest = undecided.rev().max_by_key(|(_, class)| class.count);
        let Some((largest, _)) = largest else {
            // Every class that is left is supposed to rest; where there is none, this is the combination that is nought throughout.
            if case.classes.is_empty() {
                continue;
            }
            return case.not_nought(&rows);
        };
        cases += 1;
        if cases > most {
            return case.not_nought(&rows);
        }
        let mut resting = case.clone();
        if let Some(class) = resting.classes.get_mut(largest) {
            class.rests = true;
        }
        if case.let_be_nought(largest).is_err() {
            return case.not_nought(&rows);
        }
        open.push(case);
        // First where it rests: then little else may.
        open.push(resting);
    }
    Vec::new()
}

impl Case {
    /// Draws what follows: classes too large to be anything but nought are. Whether the case can be.
    fn settle(&mut self, least: u64) -> Result<bool, OutOfRange> {
        loop {
            let resting = self.classes.iter().filter(|c| c.rests);
            let resting = resting.map(|c| c.count).fold(0, u64::saturating_add);
            let left = least.saturating_sub(resting);
            if left == 0 {
                return Ok(false);
            }
            let large = |c: &Class| !c.rests && c.count >= left;
            if !self.classes.iter().any(large) {
                return Ok(true);
            }
            let classes = mem::take(&mut self.classes);
            let (large, mut others): (Vec<_>, Vec<_>) = classes.into_iter().partition(large);
            let known = self.nought.len();
            // Those with the fewest sets come late, as a rule: they make the others no longer.
            for mut class in large.into_iter().rev() {
                class.reduce(self.nought_from(known))?;
                if class.row.is_empty() {
                    continue;
                }
                for other in others.iter_mut().filter(|c| c.rests) {
                    other.reduce(slice::from_ref(&class.row))?;
                    // It is supposed not to be nought, and is.
                    if other.row.is_empty() {
                        return Ok(false);
                    }
                }
                self.nought.push(class.row);
            }
            for other in others.iter_mut().filter(|c| !c.rests) {
                other.reduce(self.nought_from(known))?;
            }
            self.classes = others;
            self.merge();
        }
    }

    fn nought_from(&self, at: usize) -> &[Rc<Row>] {
        self.nought.get(at..).unwrap_or_default()
    }

    /// Lets a class be nought, and takes its row out of the others.
    fn let_be_nought(&mut self, at: usize) -> Result<(), OutOfRange> {
        let nought = self.classes.remove(at).row;
        for class in &mut self.classes {
            class.reduce(slice::from_ref(&nought))?;
        }
        self.nought.push(nought);
        self.merge();
        Ok(())
    }

    /// One class for every row that is not nought, in their order.
    fn merge(&mut self) {
        self.classes.retain(|class| !class.row.is_empty());
        self.classes.sort_by(|a, b| a.row.cmp(&b.row));
        self.classes.dedup_by(|class, known| {
            let same = class.row == known.row;
            if same {
                known.count = known.count.saturating_add(class.count);
                known.rests |= class.rests;
            }
            same
        });
    }

    /// The rows that are not nought, by index. One that cannot be told is taken for one.
    fn not_nought(&self, rows: &[Rc<Row>]) -> Vec<usize> {
        let rows = rows.iter().enumerate().filter(|(_, row)| {
            let left = reduced(row, &self.nought);
            left.map_or(true, |left| !left.as_ref().unwrap_or(row).is_empty())
        });
        rows.map(|(at, _)| at).collect()
    }
}

impl Class {
    /// Takes rows that are nought out of its own.
    fn reduce(&mut self, nought: &[Rc<Row>]) -> Result<(), OutOfRange> {
        if let Some(row) = reduced(&self.row, nought)? {
            self.row = Rc::new(row);
        }
        Ok(())
    }
}

/// A row less the multiples of others, one after the other, by which the first set of each stands in it no more; `None` where none does anyway.
fn reduced(row: &Row, nought: &[Rc<Row>]) -> Result<Option<Row>, OutOfRange> {
    let mut left: Option<Row> = None;
    for by in nought {
        let row = left.as_ref().unwrap_or(row);
        let Some(&(pivot, lead)) = by.first() else {
            continue;
        };
        let here = row.binary_search_by_key(&pivot, |(set, _)| *set).ok();
        let Some(&(_, here)) = here.and_then(|at| row.get(at)) else {
            continue;
        };
        let less = less(row, lead, by, here).and_then(in_lowest_terms);
        left = Some(less.ok_or(OutOfRange)?);
    }
    Ok(left)
}

/// `row` times `lead`, less `by` times `here`.
fn less(row: &Row, lead: i64, by: &Row, here: i64) -> Option<Row> {
    let (mut ours, mut theirs) = (row.as_slice(), by.as_slice());
    let mut sum = Row::with_capacity(row.len() + by.len());
    loop {
        let next = match (ours, theirs) {
            ([(a, _), ..], [(b, _), ..]) => *a.min(b),
            ([(set, _), ..], []) | ([], [(set, _), ..]) => *set,
            ([], []) => return Some(sum),
        };
        let taken = take(&mut theirs, next).checked_mul(here)?;
        let factor = take(&mut ours, next)
            .checked_mul(lead)?
            .checked_sub(taken)?;
        if factor != 0 {
            sum.push((next, factor));
        }
    }
}

/// The factor of a set, if it is the next of a row.
fn take(row: &mut &[(usize, i64)], next: usize) -> i64 {
    match *row {
        [(set, factor), rest @ ..] if *set == next => {
            *row = rest;
            *factor
        }
        _ => 0,
    }
}

/// The multiple of a row of the least size of which the first factor is positive.
fn in_lowest_terms(mut row: Row) -> Option<Row> {
    let mut size = 0;
    for (_, factor) in &row {
        size = gcd(size, factor.unsigned_abs());
        // Mostly the first is.
        if size == 1 {
            break;
        }
    }
    let sign = row.first().map_or(1, |(_, factor)| factor.signum());
    let by = i64::try_from(size).ok()?.checked_mul(sign)?;
    if by != 1 {
        for (_, factor) in &mut row {
            *factor = factor.checked_div(by)?;
        }
    }
    Some(row)
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

    /// Every case counts, and what is known saves some: of two rows in one class both are supposed to rest, and a row is told to be
    /// a multiple of another.
    #[test]
    fn as_many_cases_are_tried_as_it_takes_and_no_more() {
        for (rows, least, cases) in [
            // Of three that are three each, one at most can be nought.
            (&[(&[0][..], 3), (&[1], 3), (&[0, 1], 3)][..], 5, 1),
            (&[(&[2], 2), (&[0, 2], 2), (&[0, 1], 2), (&[1, 2], 2)], 3, 2),
            (
                &[
                    (&[0, 1], 1),
                    (&[1, 2], 1),
                    (&[0, 2], 1),
                    (&[1], 1),
                    (&[0, 1, 2], 1),
                    (&[0], 1),
                ],
                3,
                3,
            ),
        ] {
            let atoms = rows.iter().map(|(sets, count)| Atom {
                sets: sets.to_vec(),
                count: *count,
            });
            let atoms: Vec<Atom> = atoms.collect();
            assert!(search(&atoms, least, cases).is_empty(), "{rows:?}");
            assert!(!search(&atoms, least, cases - 1).is_empty(), "{rows:?}");
        }
    }
}
