//! A UK organogram return in, a roster out: what is sound, and every fault by file and line.
//!
//! `cargo run --release --features import --example organogram -- staff/home-office > roster.csv`
//!
//! How rows become people is told in `organogram/mod.rs`, the grade table is `organogram/grades.rs` and printed by
//! `--grades`, and what is drawn is in `organogram/skills.rs`.

#[path = "organogram/mod.rs"]
mod organogram;
mod support;

use organogram::{Source, convert, grades};
use support::{Args, misuse, print, read};

const USAGE: &str = "\
organogram PREFIX [--seed S]

Reads PREFIX-senior.csv and PREFIX-junior.csv, an organogram return as UK departments publish it, and writes the
roster of what is sound to standard output: senior posts in the order of their file, then junior rows in theirs.

  PREFIX       path and beginning of the two names, as in `staff/home-office`
  --seed S     what offers and wishes are drawn from, 0 to 2^64 - 1; 1 unless stated. The source has none, so they
               are invented, and the column `skills_source` says so in every row that has them
  --grades     print the grade table as CSV, `grade,spelling`, and stop

A senior post is `Named` or `N/D` (takes part), `Vacant` or `Eliminated` (keeps its place in the lines). A junior row
is one participant, whatever its FTE, called after its line: `junior-0012`. A junior row titled `Vacant` and a grade
that the table does not have take no part. Below SEO people are mentors, SEO to Grade 6 either, SCS mentees.

Whoever is at fault and everybody below them are left out. Faults and notices go to standard error as
`file:line: code: text`. Then one line
says how many are left out. Exit 0 also with faults, 1 where a file cannot be used, 2 for a command line that cannot.";

fn main() {
    let args = Args::parse(USAGE, &["--seed"], &["--grades"], 1);
    if args.has("--grades") {
        print(&grades::table());
        return;
    }
    let [prefix] = args.alone() else {
        misuse("`PREFIX` is missing; try `--help`");
    };
    let seed = args.whole("--seed", 0..=u64::MAX).unwrap_or(1);
    let paths = ["senior", "junior"].map(|file| format!("{prefix}-{file}.csv"));
    let bytes = paths.each_ref().map(|path| read(path));
    let ([senior, junior], [of_seniors, of_juniors]) = (&paths, &bytes);
    let source = |path, bytes| Source { path, bytes };
    match convert(source(senior, of_seniors), source(junior, of_juniors), seed) {
        Ok(converted) => {
            crate::support::tell(format_args!("{}", converted.said));
            print(&converted.roster);
        }
        Err(said) => {
            crate::support::tell(format_args!("{said}"));
            std::process::exit(1);
        }
    }
}
