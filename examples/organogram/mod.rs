//! From an organogram return to a roster.
//!
//! | source | roster |
//! |---|---|
//! | `Post Unique Reference` | `id`, byte for byte |
//! | a junior row, which has no id | `id` after the line it stands on: `junior-0012` |
//! | `Reports to Senior Post`, `Reporting Senior Post` | `manager`, byte for byte; in the senior file `XX` and `xx` declare a root |
//! | `Grade` | `grade` by the table in [`grades`]; blank where the table does not have it |
//! | `Unit` | `unit`, a label: without outer white space, published with and without, and with a blank for a line break |
//! | `Name` | `Named` and `N/D` take part, `Vacant` and `Eliminated` do not |
//! | `Generic Job Title` | a group of posts titled `Vacant` takes no part: nobody is there |
//! | `Professional/Occupational Group` | what is offered and wished for, see [`skills`] |
//!
//! Everything else, FTE and pay among it, is not read. White space around the words of `Name`, `Grade`, the title and the
//! group is let pass. Ids are never trimmed, folded or merged: `0012` and `12` are two posts.
//!
//! The lines are checked by the library: `read_roster` reads them from a text made for the purpose, puts in quarantine
//! whoever is at fault and everybody below, and what it says of that text is told of the file and line it came from.

pub mod grades;
mod lines;
mod skills;
mod source;

use std::fmt::Write as _;

use source::{File, Post};

/// The columns of `roster.csv`, and one that says where the skills are from.
const COLUMNS: [&str; 16] = [
    "id",
    "manager",
    "dotted",
    "grade",
    "experience_months",
    "unit",
    "side",
    "capacity",
    "hours_per_month",
    "offers",
    "wants",
    "languages",
    "timezone",
    "site",
    "group",
    "skills_source",
];

/// A file: its path as it was given, and its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub path: &'a str,
    pub bytes: &'a [u8],
}

/// What came of a return.
#[derive(Debug)]
pub struct Converted {
    /// The roster, as CSV.
    pub roster: String,
    /// What people should read: faults and notices, the seed, the numbers. A line each.
    pub said: String,
}

/// Something that is said of a row.
#[derive(Debug)]
struct Finding {
    file: File,
    line: u64,
    code: &'static str,
    text: String,
}

/// Converts a return.
///
/// # Errors
///
/// What is wrong, a line each, where a file as a whole cannot be used.
pub fn convert(senior: Source<'_>, junior: Source<'_>, seed: u64) -> Result<Converted, String> {
    let mut found = Vec::new();
    let mut posts = Vec::new();
    // Both, so that every fault comes out of one run.
    let rows = [(File::Senior, senior), (File::Junior, junior)]
        .map(|(file, source)| source::read(file, source.bytes, &mut posts, &mut found));
    let kept = match rows {
        [Some(_), Some(_)] => Some(lines::sound(&posts, &mut found)),
        _ => None,
    };
    // Within a line, in the order in which they were found.
    found.sort_by_key(|f| (f.file, f.line));
    let mut said = String::new();
    for finding in &found {
        let path = match finding.file {
            File::Senior => senior.path,
            File::Junior => junior.path,
        };
        let Finding {
            line, code, text, ..
        } = finding;
        let _ = writeln!(said, "{path}:{line}: {code}: {text}");
    }
    let kept = match kept {
        Some(Ok(kept)) => kept,
        Some(Err(whole)) => return Err(format!("{said}{whole}\n")),
        None => return Err(said),
    };
    let taking_part = kept.iter().filter(|post| post.side().is_some()).count();
    let _ = writeln!(
        said,
        "offers and wants are drawn from seed {seed}: the source has none"
    );
    let _ = writeln!(
        said,
        "{} people are in the roster, {taking_part} of them take part",
        kept.len()
    );
    let rows: usize = rows.into_iter().flatten().sum();
    let out = rows.saturating_sub(kept.len());
    if out > 0 {
        let below = found.iter().filter(|f| f.code == lines::BELOW).count();
        let faulty = out.saturating_sub(below);
        let _ = writeln!(
            said,
            "{out} of {rows} rows are left out: {faulty} at fault, {below} below them"
        );
    }
    match roster(&kept, seed) {
        Ok(roster) => Ok(Converted { roster, said }),
        Err(error) => Err(format!("{said}{error}\n")),
    }
}

fn roster(posts: &[&Post], seed: u64) -> Result<String, Box<dyn std::error::Error>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    for post in posts {
        let grade = post.grade.map(|grade| grade.to_string());
        let drawn = post.side().map(|side| skills::draw(seed, post, side));
        let (side, capacity, offers, wants, from) = match (post.side(), &drawn) {
            (Some(side), Some(drawn)) => (
                side.as_str(),
                "1",
                drawn.offers.as_str(),
                drawn.wants.as_str(),
                format!("drawn from seed {seed}"),
            ),
            _ => ("", "", "", "", String::new()),
        };
        table.write_record([
            &post.id,
            post.manager.as_deref().unwrap_or("-"),
            "",
            grade.as_deref().unwrap_or_default(),
            "",
            &post.unit,
            side,
            capacity,
            "",
            offers,
            wants,
            "",
            "",
            "",
            "",
            &from,
        ])?;
    }
    Ok(String::from_utf8(table.into_inner()?)?)
}
