//! The two files of a return as posts, and what is wrong with single rows.

use reverse_mentoring::import::{Column, Fault, FaultCode, Row, Table};
use reverse_mentoring::roster::Side;
use reverse_mentoring::text::Quoted;

use super::{Finding, grades};

/// One of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    Senior,
    Junior,
}

impl File {
    /// The column that names the manager.
    pub const fn manager_column(self) -> &'static str {
        match self {
            Self::Senior => "Reports to Senior Post",
            Self::Junior => "Reporting Senior Post",
        }
    }
}

/// A senior post, or a junior row.
#[derive(Debug)]
pub struct Post {
    pub file: File,
    pub line: u64,
    pub id: String,
    /// `None` declares a root.
    pub manager: Option<String>,
    pub grade: Option<i32>,
    /// Whether somebody is there.
    pub held: bool,
    pub unit: String,
    pub profession: String,
    /// Whether the row has a fault already: it is known by its id alone.
    pub broken: bool,
}

impl Post {
    /// The side on which they take part, where they do.
    pub fn side(&self) -> Option<Side> {
        self.grade.filter(|_| self.held).map(grades::side)
    }
}

/// The names by which a post is a root. They are nobody's id, no more than `-` is in a roster.
const ROOTS: [&str; 2] = ["XX", "xx"];

struct Columns {
    /// Of senior posts; junior rows have none.
    id: Option<Column>,
    manager: Column,
    /// `Name` of a senior post, `Generic Job Title` of a junior row.
    holder: Column,
    grade: Column,
    unit: Column,
    profession: Column,
}

impl Columns {
    fn of(file: File, table: &mut Table<'_>) -> Self {
        let (id, holder) = match file {
            File::Senior => {
                let id = table.required("Post Unique Reference");
                table.key(id);
                (Some(id), table.required("Name"))
            }
            File::Junior => (None, table.optional("Generic Job Title")),
        };
        Self {
            id,
            manager: table.required(file.manager_column()),
            holder,
            grade: table.required("Grade"),
            unit: table.optional("Unit"),
            profession: table.optional("Professional/Occupational Group"),
        }
    }
}

/// Adds the posts of a file; how many rows it has, or `None` where it cannot be used at all.
pub fn read(
    file: File,
    bytes: &[u8],
    posts: &mut Vec<Post>,
    found: &mut Vec<Finding>,
) -> Option<usize> {
    let mut table = match Table::open(bytes) {
        Ok(table) => table,
        Err(fault) => {
            found.push(finding(file, None, fault));
            return None;
        }
    };
    let of = Columns::of(file, &mut table);
    // The other columns are many, and known not to be needed.
    let fatal = table.close_header();
    if !fatal.is_empty() {
        found.extend(fatal.into_iter().map(|fault| finding(file, None, fault)));
        return None;
    }
    let mut faults = Vec::new();
    let mut rows = 0;
    while let Some(mut row) = table.next_row(&mut faults) {
        rows += 1;
        posts.extend(post(file, &mut row, &of, found));
    }
    found.extend(faults.into_iter().map(|fault| {
        let made = (file == File::Junior).then(|| junior_id(fault.line));
        finding(file, made.as_deref(), fault)
    }));
    if rows == 0 {
        found.push(Finding {
            file,
            line: table.header_line(),
            code: FaultCode::NoRows.as_str(),
            text: "there is a header and nobody below it".to_owned(),
        });
    }
    Some(rows)
}

/// The id of a junior row: its line, which is where to look for it.
fn junior_id(line: u64) -> String {
    format!("junior-{line:04}")
}

/// What the table found. A row that has no id of its own is named by the one made for it.
fn finding(file: File, made: Option<&str>, fault: Fault) -> Finding {
    let text = match made {
        Some(id) => format!("{}: {}", Quoted(id), fault.text),
        None => fault.text,
    };
    Finding {
        file,
        line: fault.line,
        code: fault.code.as_str(),
        text,
    }
}

/// A label without outer white space, and with a blank for each line break that a spreadsheet put into it.
fn one_line(label: &str) -> String {
    let lines = label.split(char::is_control).map(str::trim);
    Vec::from_iter(lines.filter(|line| !line.is_empty())).join(" ")
}

/// The post of a row, where its id is known.
fn post(file: File, row: &mut Row<'_>, of: &Columns, found: &mut Vec<Finding>) -> Option<Post> {
    let line = row.line();
    let id = match of.id {
        None => junior_id(line),
        Some(column) => {
            let id = row.key()?.as_str().to_owned();
            if id == "-" || ROOTS.contains(&id.as_str()) {
                let text = "declares a root and cannot be an id";
                row.fault(column, FaultCode::BadKey, text);
                return None;
            }
            id
        }
    };
    let text = |column| row.cell(column).unwrap_or_default();
    let (manager, grade, holder) = (text(of.manager), text(of.grade), text(of.holder));
    let root = file == File::Senior && ROOTS.contains(&manager);
    let mut post = Post {
        file,
        line,
        id,
        manager: (!root).then(|| manager.to_owned()),
        grade: None,
        held: false,
        unit: one_line(text(of.unit)),
        profession: text(of.profession).trim().to_owned(),
        broken: !row.is_sound(),
    };
    if post.broken {
        return Some(post);
    }
    let mut notice = |code, column: Column, cell: &str, text: &str| {
        let (id, column) = (Quoted(&post.id), column.name());
        let is = match cell {
            "" => "blank".to_owned(),
            cell => Quoted(cell).to_string(),
        };
        let text = format!("{id}: `{column}` is {is}{text}");
        found.push(Finding {
            file,
            line,
            code,
            text,
        });
    };
    let holder = holder.trim();
    post.held = match (file, holder) {
        (File::Senior, "Named" | "N/D") => true,
        (File::Senior, "Vacant" | "Eliminated") => false,
        (File::Senior, status) => {
            let text = ", which is not a known status: takes no part";
            notice("unknown-status", of.holder, status, text);
            false
        }
        (File::Junior, "Vacant") => {
            notice("vacant", of.holder, holder, ": takes no part");
            false
        }
        (File::Junior, _) => true,
    };
    let grade = grade.trim();
    post.grade = grades::number(grade);
    if post.grade.is_none() {
        let text = ", which the grade table does not have: takes no part";
        notice("unknown-grade", of.grade, grade, text);
    }
    Some(post)
}
