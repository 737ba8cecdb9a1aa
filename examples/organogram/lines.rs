//! Who is sound: the library's verdict on the reporting lines, told of the files they came from.

use std::collections::{BTreeMap, BTreeSet};

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{Fault, FaultCode, OnFault, QuarantineReason, read_roster};
use reverse_mentoring::text::Quoted;

use super::Finding;
use super::source::{File, Post};

/// The code of whoever is left out for somebody above them.
pub const BELOW: &str = "below-a-fault";

/// The posts that are neither at fault nor below one that is.
///
/// # Errors
///
/// One line, where the library refuses the whole. It should not: whoever could be at fault is left out.
pub fn sound<'p>(posts: &'p [Post], found: &mut Vec<Finding>) -> Result<Vec<&'p Post>, String> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let by_id = by_id(posts);
    let checked = Checked::write(posts, &by_id, found).map_err(|error| error.to_string())?;
    // Nobody takes part in this text, so no id is drawn.
    let ids = &mut SequentialIds::new(1);
    let read = read_roster(&checked.text, OnFault::Quarantine, ids);
    let read = read.map_err(|faults| faults.to_string())?;

    let mut named = BTreeSet::new();
    for fault in &read.faults {
        named.insert(fault.line);
        let Some(&post) = checked.posts.get(&fault.line) else {
            continue;
        };
        let text = match fault.code {
            // Written by us, and why has been said.
            FaultCode::BlankManager => continue,
            FaultCode::DuplicateId => given(post, &by_id),
            _ => renamed(post, fault),
        };
        found.push(of_post(post, fault.code.as_str(), text));
    }
    let mut left_out = BTreeSet::new();
    for out in &read.quarantined {
        left_out.insert(out.line);
        let Some(&post) = checked.posts.get(&out.line) else {
            continue;
        };
        let id = Quoted(&post.id);
        let text = match &out.reason {
            QuarantineReason::BelowAFault(above) => {
                let above = Quoted(above.as_str());
                format!("{id} stands below {above}, who is in quarantine")
            }
            // A circle is named once, with its members.
            QuarantineReason::Faulty(_) if !named.contains(&out.line) => {
                format!("{id} is in quarantine")
            }
            _ => continue,
        };
        found.push(of_post(post, out.reason.code(), text));
    }
    let rows = checked.posts.into_iter();
    let kept = rows.filter(|(line, _)| !left_out.contains(line));
    Ok(kept.map(|(_, post)| post).collect())
}

/// Every post of an id.
type ById<'p> = BTreeMap<&'p str, Vec<&'p Post>>;

fn by_id(posts: &[Post]) -> ById<'_> {
    let mut by_id = ById::new();
    for post in posts {
        by_id.entry(&post.id).or_default().push(post);
    }
    by_id
}

/// A roster of lines alone, and the post of each of its lines.
struct Checked<'p> {
    text: Vec<u8>,
    posts: BTreeMap<u64, &'p Post>,
}

impl<'p> Checked<'p> {
    /// Whoever is at fault for a reason of the source has a blank manager, for which the library puts them in quarantine.
    fn write(
        all: &'p [Post],
        by_id: &ById<'_>,
        found: &mut Vec<Finding>,
    ) -> Result<Self, csv::Error> {
        let mut table = csv::Writer::from_writer(Vec::new());
        // Somebody has to have a grade.
        table.write_record(["id", "manager", "unit", "grade", "side"])?;
        let mut posts = BTreeMap::new();
        let mut line = 2;
        for post in all {
            let manager = manager(post, by_id, found);
            table.write_record([&post.id, manager, &post.unit, "0", ""])?;
            posts.insert(line, post);
            line += 1 + breaks(manager);
        }
        let text = table.into_inner().map_err(|error| error.into_error())?;
        Ok(Self { text, posts })
    }
}

/// What to write for the manager, with the reason where it is blank.
fn manager<'p>(post: &'p Post, by_id: &ById<'_>, found: &mut Vec<Finding>) -> &'p str {
    if post.broken {
        return "";
    }
    let Some(named) = post.manager.as_deref() else {
        return "-";
    };
    let column = post.file.manager_column();
    let mut fault = |code: FaultCode, text: &str| {
        let text = format!("{}: `{column}` {text}", Quoted(&post.id));
        found.push(of_post(post, code.as_str(), text));
        ""
    };
    if named.trim().is_empty() {
        let text = match post.file {
            File::Senior => "is blank; `XX` declares a root",
            File::Junior => "is blank",
        };
        return fault(FaultCode::BlankManager, text);
    }
    // `-` is a root in a roster and nothing here, and an id that was made for a row is no senior post's.
    let junior = |known: &Vec<&Post>| known.iter().all(|post| post.file == File::Junior);
    if named == "-" || by_id.get(named).is_some_and(junior) {
        let text = format!("is {}, who is not a senior post", Quoted(named));
        return fault(FaultCode::UnknownManager, &text);
    }
    named
}

/// Line breaks as the reader counts them: LF, CRLF, or a lone CR.
fn breaks(cell: &str) -> u64 {
    let ends = cell.replace("\r\n", "\n");
    ends.chars()
        .map(|c| u64::from(matches!(c, '\n' | '\r')))
        .sum()
}

fn of_post(post: &Post, code: &'static str, text: String) -> Finding {
    Finding {
        file: post.file,
        line: post.line,
        code,
        text,
    }
}

/// What a fault says, with the column's name in the source.
fn renamed(post: &Post, fault: &Fault) -> String {
    let id = Quoted(&post.id);
    let (of, column) = match fault.column.as_deref() {
        Some("manager") => ("manager", post.file.manager_column()),
        Some("unit") => ("unit", "Unit"),
        _ => return fault.text.clone(),
    };
    match fault.text.strip_prefix(&format!("{id}: `{of}` ")) {
        Some(rest) => format!("{id}: `{column}` {rest}"),
        None => fault.text.clone(),
    }
}

/// How often an id is given, and up to twelve of the places.
fn given(post: &Post, by_id: &ById<'_>) -> String {
    let rows = by_id.get(post.id.as_str()).map_or(&[][..], Vec::as_slice);
    let one_file = rows.iter().all(|row| row.file == post.file);
    let place = |row: &&Post| match row.file {
        _ if one_file => row.line.to_string(),
        File::Senior => format!("{} of the senior file", row.line),
        File::Junior => format!("{} of the junior file", row.line),
    };
    let shown: Vec<String> = rows.iter().take(12).map(place).collect();
    let more = match rows.len().saturating_sub(shown.len()) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let column = match post.file {
        File::Senior => "`Post Unique Reference`",
        File::Junior => "the id made for this row",
    };
    format!(
        "{}: {column} is given {} times: lines {}{more}",
        Quoted(&post.id),
        rows.len(),
        shown.join(", ")
    )
}
