//! An instance file, read straight into a graph.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::path::Path;

use reverse_mentoring::matching::assignment::{Edge, Graph};

const BUFFER: usize = 1 << 20;

/// Reads a file; its name tells its kind. One line says what is wrong with it.
pub fn read(path: &Path, name: &str) -> Result<Graph, String> {
    if name.starts_with('d') || name.starts_with("ge") {
        dense(path)
    } else {
        sparse(path)
    }
}

fn dense(path: &Path) -> Result<Graph, String> {
    let mut file = open(path, 0)?;
    let [rows, columns] = header(&mut file)?;
    let scores = rows.checked_mul(columns);
    let size = scores.and_then(|scores| scores.checked_mul(4)?.checked_add(16));
    let about = format!("{rows} rows and {columns} columns");
    whole(&file, size, &about)?;
    let places = |count| Ok::<_, String>(vec![1; index(count, &about)?]);
    let (row_places, column_places) = (places(rows)?, places(columns)?);

    let mut scores = vec![0; index(scores.unwrap_or(u64::MAX), &about)?];
    let mut fault = None;
    for score in &mut scores {
        match catch(u32_of(&mut file), &mut fault) {
            Some(read) => *score = read,
            None => break,
        }
    }
    let graph = Graph::from_matrix(row_places, column_places, scores);
    finish(graph, fault)
}

fn sparse(path: &Path) -> Result<Graph, String> {
    let mut file = open(path, 0)?;
    let [rows, columns, edges] = header(&mut file)?;
    let about = format!("{rows} rows, {columns} columns and {edges} edges");
    let size = || {
        let starts = rows.checked_add(1)?.checked_mul(8)?;
        let ends = edges.checked_mul(8)?;
        let places = rows.checked_add(columns)?.checked_mul(4)?;
        starts
            .checked_add(ends)?
            .checked_add(places)?
            .checked_add(24)
    };
    whole(&file, size(), &about)?;
    index(edges, &about)?;
    let mut starts = Vec::with_capacity(index(rows, &about)?.saturating_add(1));
    for row in 0..=rows {
        let start = u64_of(&mut file).map_err(|error| unreadable(&error))?;
        let least = starts.last().copied().unwrap_or(0);
        let most = if row == 0 { 0 } else { edges };
        if start < least || start > most || (row == rows && start != edges) {
            return Err(format!(
                "row start {row} is {start}; they must not fall, and go from 0 to {edges}, the number of edges"
            ));
        }
        starts.push(start);
    }

    // Columns, scores and places lie one after the other: each is read by a handle of its own, so none waits in memory.
    let at = 24 + 8 * (rows + 1);
    let mut column_file = open(path, at)?;
    let mut score_file = open(path, at + 4 * edges)?;
    let mut places_file = open(path, at + 8 * edges)?;
    let mut places = |count: u64| -> Result<Vec<u32>, String> {
        let places = (0..count).map(|_| u32_of(&mut places_file));
        places
            .collect::<io::Result<_>>()
            .map_err(|error| unreadable(&error))
    };
    let (row_places, column_places) = (places(rows)?, places(columns)?);
    let of_row = starts
        .iter()
        .zip(starts.iter().skip(1))
        .map(|(from, to)| to - from);
    let row_of = (0_u32..).zip(of_row);
    let row_of = row_of.flat_map(|(row, degree)| (0..degree).map(move |_| row));
    let mut fault = None;
    let edges = row_of.map_while(|row| {
        let column = catch(u32_of(&mut column_file), &mut fault)?;
        let score = catch(u32_of(&mut score_file), &mut fault)?;
        Some(Edge { row, column, score })
    });
    let graph = Graph::new(row_places, column_places, edges);
    finish(graph, fault)
}

fn open(path: &Path, at: u64) -> Result<BufReader<File>, String> {
    let open = || {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(at))?;
        Ok(BufReader::with_capacity(BUFFER, file))
    };
    open().map_err(|error: io::Error| unreadable(&error))
}

fn unreadable(error: &io::Error) -> String {
    format!("cannot be read: {error}")
}

fn header<const N: usize>(file: &mut impl Read) -> Result<[u64; N], String> {
    let mut head = [0; N];
    for number in &mut head {
        *number = u64_of(file).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => {
                format!("is cut off: shorter than its header of {} bytes", 8 * N)
            }
            _ => unreadable(&error),
        })?;
    }
    Ok(head)
}

/// Compares the file's size with what its header says, before anything is allocated.
fn whole(file: &BufReader<File>, size: Option<u64>, about: &str) -> Result<(), String> {
    let found = file.get_ref().metadata();
    let found = found.map_err(|error| unreadable(&error))?.len();
    match size {
        Some(size) if size == found => Ok(()),
        Some(size) => Err(format!(
            "its header says {about}, which take {size} bytes, but it has {found}"
        )),
        None => Err(format!(
            "its header says {about}, which no file can hold; it has {found} bytes"
        )),
    }
}

/// Rows, columns and edges are counted in 32 bits.
fn index(count: u64, about: &str) -> Result<usize, String> {
    let small = u32::try_from(count).ok();
    let small = small.and_then(|count| usize::try_from(count).ok());
    small.ok_or_else(|| format!("its header says {about}, more than 32 bits can number"))
}

fn u64_of(file: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    file.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

fn u32_of(file: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    file.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

/// The value, or nothing and the fault kept: an iterator of edges cannot fail.
fn catch<T>(read: io::Result<T>, fault: &mut Option<io::Error>) -> Option<T> {
    read.map_err(|error| *fault = Some(error)).ok()
}

/// A fault of reading goes before what the graph made of the part that was read.
fn finish(
    graph: Result<Graph, impl std::fmt::Display>,
    fault: Option<io::Error>,
) -> Result<Graph, String> {
    match (fault, graph) {
        (Some(fault), _) => Err(unreadable(&fault)),
        (None, Err(error)) => Err(error.to_string()),
        (None, Ok(graph)) => Ok(graph),
    }
}
