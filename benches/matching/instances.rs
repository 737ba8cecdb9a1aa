//! The instances that solvers are measured on: generated, never stored, the same bytes everywhere.
//!
//! Rows are mentees, columns mentors. `_s` is structured: scores come from skills, interests, language, time zone and
//! unit, with many near-ties; `_u` is uniform: every score from 1 to 1,000,000 is as likely.
#![allow(dead_code, reason = "bench and tests each use a part")]

use std::cmp::Reverse;
use std::io::{self, Write};

use reverse_mentoring::matching::assignment::{Edge, Graph};

#[path = "people.rs"]
mod people;
use people::{Numbers, Person, people, score};

/// The score of a pair that may not be, in dense files.
const INELIGIBLE: u32 = u32::MAX;

/// How an instance is made.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    pub name: &'static str,
    pub rows: usize,
    pub columns: usize,
    pub structured: bool,
    pub seed: u64,
    /// Nothing where every pair is looked at.
    pub sparse: Option<Sparse>,
    /// Pairs and total that every exact solver finds for most-pairs, where it is known.
    pub optimum: Option<(u64, u64)>,
}

/// How the edges of a sparse instance are chosen: each row draws `draws` times `degree` eligible columns and keeps the
/// best `degree`.
#[derive(Clone, Copy, Debug)]
pub struct Sparse {
    pub degree: usize,
    pub draws: usize,
    /// Whether a hidden permutation makes sure that everybody can be paired.
    pub planted: bool,
    pub row_places: u32,
    pub column_places: u32,
}

const fn dense(
    name: &'static str,
    [rows, columns]: [usize; 2],
    structured: bool,
    seed: u64,
    optimum: Option<(u64, u64)>,
) -> Recipe {
    Recipe {
        name,
        rows,
        columns,
        structured,
        seed,
        sparse: None,
        optimum,
    }
}

/// A perfect matching is planted.
const fn planted(
    name: &'static str,
    size: usize,
    structured: bool,
    seed: u64,
    optimum: Option<(u64, u64)>,
) -> Recipe {
    let sparse = Sparse {
        degree: if size > 100_000 { 20 } else { 50 },
        draws: if structured { 4 } else { 1 },
        planted: true,
        row_places: 1,
        column_places: 1,
    };
    Recipe {
        sparse: Some(sparse),
        ..dense(name, [size, size], structured, seed, optimum)
    }
}

/// No perfect matching is planted, so some stay alone.
const fn open(
    name: &'static str,
    size: [usize; 2],
    places: [u32; 2],
    draws: usize,
    seed: u64,
    optimum: (u64, u64),
) -> Recipe {
    let sparse = Sparse {
        degree: 50,
        draws,
        planted: false,
        row_places: places[0],
        column_places: places[1],
    };
    Recipe {
        sparse: Some(sparse),
        ..dense(name, size, true, seed, Some(optimum))
    }
}

/// All of them, small ones first.
#[rustfmt::skip]
pub const ALL: [Recipe; 22] = [
    dense("ge500x2000_s", [500, 2_000], true, 11, Some((500, 305_417_910))),
    dense("ge500x2000_u", [500, 2_000], false, 11, Some((500, 499_729_987))),
    dense("d1000_s", [1_000; 2], true, 12, Some((990, 536_161_535))),
    dense("d1000_u", [1_000; 2], false, 12, Some((1_000, 998_373_065))),
    dense("d2000_s", [2_000; 2], true, 12, Some((1_972, 1_101_028_827))),
    dense("d2000_u", [2_000; 2], false, 12, Some((2_000, 1_998_336_426))),
    planted("sp10k_s", 10_000, true, 21, Some((10_000, 5_041_517_688))),
    planted("sp10k_u", 10_000, false, 21, Some((10_000, 9_687_337_881))),
    open("cap10k_s", [10_000, 4_000], [1, 2], 4, 31, (7_845, 4_197_853_461)),
    open("lex10k_s", [10_000; 2], [1, 1], 8, 41, (9_419, 5_058_317_810)),
    open("both10k_s", [10_000, 8_000], [2, 2], 4, 51, (15_544, 8_152_702_339)),
    dense("d5000_s", [5_000; 2], true, 12, Some((4_927, 2_826_748_268))),
    dense("d5000_u", [5_000; 2], false, 12, Some((5_000, 4_998_376_203))),
    planted("sp100k_s", 100_000, true, 22, Some((100_000, 50_399_464_145))),
    planted("sp100k_u", 100_000, false, 22, Some((100_000, 96_817_570_601))),
    open("cap100k_s", [100_000, 40_000], [1, 2], 4, 32, (78_535, 42_174_077_465)),
    open("lex100k_s", [100_000; 2], [1, 1], 8, 42, (94_546, 50_792_910_052)),
    open("both100k_s", [100_000, 80_000], [2, 2], 4, 52, (155_657, 81_833_923_361)),
    dense("d10000_s", [10_000; 2], true, 12, Some((9_884, 5_801_922_819))),
    dense("d10000_u", [10_000; 2], false, 12, Some((10_000, 9_998_366_387))),
    planted("sp1m_s", 1_000_000, true, 23, Some((1_000_000, 471_364_197_715))),
    planted("sp1m_u", 1_000_000, false, 23, None),
];

impl Recipe {
    /// Whether it is measured without being asked for: at most a million edges or so.
    pub fn small(&self) -> bool {
        match self.sparse {
            Some(_) => self.rows <= 10_000,
            None => self.rows * self.columns <= 4_000_000,
        }
    }

    /// The instance as a graph.
    pub fn graph(&self) -> Graph {
        let built = match &self.sparse {
            Some(sparse) => {
                let edges = self.edges(sparse);
                let row_places = vec![sparse.row_places; self.rows];
                let column_places = vec![sparse.column_places; self.columns];
                let rows = (0_u32..).zip(&edges.ends).scan(0, |from, (row, &to)| {
                    let range = *from..to;
                    *from = to;
                    Some(range.map(move |at| (row, at)))
                });
                let edges = rows.flatten().map(|(row, at)| Edge {
                    row,
                    column: edges.columns[at],
                    score: edges.scores[at],
                });
                Graph::new(row_places, column_places, edges)
            }
            None => {
                let mut maker = Maker::new(self);
                let scores = (0..self.rows).flat_map(|row| maker.row(row)).collect();
                Graph::from_matrix(vec![1; self.rows], vec![1; self.columns], scores)
            }
        };
        built.expect("a sound recipe")
    }

    /// The instance as a file that the example `assign` reads.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut wide = |number: usize| out.write_all(&(number as u64).to_le_bytes());
        wide(self.rows)?;
        wide(self.columns)?;
        let Some(sparse) = &self.sparse else {
            let mut maker = Maker::new(self);
            return (0..self.rows).try_for_each(|row| narrow(out, maker.row(row)));
        };
        let edges = self.edges(sparse);
        wide(edges.columns.len())?;
        wide(0)?;
        edges.ends.iter().try_for_each(|&end| wide(end))?;
        narrow(out, edges.columns)?;
        narrow(out, edges.scores)?;
        narrow(out, vec![sparse.row_places; self.rows])?;
        narrow(out, vec![sparse.column_places; self.columns])
    }

    fn edges(&self, sparse: &Sparse) -> Edges {
        let mut maker = Maker::new(self);
        let mut partners: Vec<u32> = (0..self.columns as u32).collect();
        for at in (1..self.columns).rev() {
            partners.swap(at, maker.numbers.below(at as u64 + 1) as usize);
        }
        let mut edges = Edges::default();
        let mut taken_by = vec![usize::MAX; self.columns];
        for row in 0..self.rows {
            let mut kept = Vec::with_capacity(sparse.degree + 1);
            let drawn = maker.draw(row, sparse.degree * sparse.draws);
            if let (true, Some(&column)) = (sparse.planted, partners.get(row)) {
                let score = maker.score(row, column);
                let score = score.unwrap_or_else(|| 1 + maker.numbers.below(300_000) as u32);
                kept.push((column, score));
                taken_by[column as usize] = row;
            }
            for (score, column) in drawn {
                if kept.len() < sparse.degree && taken_by[column as usize] != row {
                    taken_by[column as usize] = row;
                    kept.push((column, score));
                }
            }
            kept.sort_unstable();
            edges.columns.extend(kept.iter().map(|&(column, _)| column));
            edges.scores.extend(kept.iter().map(|&(_, score)| score));
            edges.ends.push(edges.columns.len());
        }
        edges
    }
}

fn narrow(out: &mut impl Write, numbers: Vec<u32>) -> io::Result<()> {
    numbers
        .into_iter()
        .try_for_each(|number| out.write_all(&number.to_le_bytes()))
}

/// Edges by row; row r ends before `ends[r]`.
#[derive(Default)]
struct Edges {
    ends: Vec<usize>,
    columns: Vec<u32>,
    scores: Vec<u32>,
}

/// Draws scores in the one order that makes an instance what it is.
struct Maker {
    numbers: Numbers,
    /// Nobody in uniform instances.
    people: Option<(Vec<Person>, Vec<Person>)>,
    columns: usize,
}

impl Maker {
    fn new(recipe: &Recipe) -> Self {
        let &Recipe { rows, columns, .. } = recipe;
        let people = || people(rows, columns, recipe.seed);
        Self {
            numbers: Numbers(recipe.seed ^ 0x00ab_cdef),
            people: recipe.structured.then(people),
            columns,
        }
    }

    fn score(&mut self, row: usize, column: u32) -> Option<u32> {
        match &self.people {
            Some((mentees, mentors)) => score(&mentees[row], &mentors[column as usize]),
            None => Some(1 + self.numbers.below(1_000_000) as u32),
        }
    }

    /// A row of a dense instance.
    fn row(&mut self, row: usize) -> Vec<u32> {
        let columns = 0..self.columns as u32;
        let scores = columns.map(|column| self.score(row, column).unwrap_or(INELIGIBLE));
        scores.collect()
    }

    /// So many eligible columns, or those of four times as many draws, the best first; the same one may come again.
    fn draw(&mut self, row: usize, count: usize) -> Vec<(u32, u32)> {
        let mut drawn = Vec::with_capacity(count);
        for _ in 0..count * 4 {
            if drawn.len() == count {
                break;
            }
            let column = self.numbers.below(self.columns as u64) as u32;
            drawn.extend(self.score(row, column).map(|score| (score, column)));
        }
        if self.people.is_some() {
            drawn.sort_unstable_by(|a, b| b.cmp(a));
        } else {
            // Equal scores stay in the order in which they were drawn.
            drawn.sort_by_key(|&(score, _)| Reverse(score));
        }
        drawn
    }
}
