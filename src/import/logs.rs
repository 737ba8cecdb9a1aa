//! The logs of a programme that runs elsewhere, from their files.

use std::collections::HashMap;
use std::fmt;

use super::code::FaultCode;
use super::fault::{Fault, Faults, Notice, NoticeCode, first_of, given_on};
use super::labels::Labels;
use super::log_rows::{GoalColumns, PairColumns, PulseColumns, SessionColumns};
use super::near::Near;
use super::row::{Column, Row};
use super::table::Table;
use crate::history::LoggedPairing;
use crate::pair::Role;
use crate::roster::{ReportingLines, Skill};
use crate::text::{Key, Quoted};

/// The files of one programme, as bytes.
#[derive(Debug, Clone, Copy)]
pub struct LogFiles<'a> {
    /// `pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason`, the last two blank while it is open.
    pub pairs: &'a [u8],
    /// `pairing,date,outcome,minutes,taught_by,by`.
    pub sessions: &'a [u8],
    /// `pairing,learner,skill,from,to,now`.
    pub goals: Option<&'a [u8]>,
    /// `pairing,side,question,date,score`.
    pub pulses: Option<&'a [u8]>,
}

/// Which of the [`LogFiles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LogFile {
    /// The pairings.
    Pairs,
    /// Their sessions.
    Sessions,
    /// Their learning goals.
    Goals,
    /// Answers to short questions.
    Pulses,
}

impl LogFile {
    /// `pairs`, `sessions`, `goals` or `pulses`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Sessions => "sessions",
            Self::Goals => "goals",
            Self::Pulses => "pulses",
        }
    }
}

impl fmt::Display for LogFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One fault of one of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogFault {
    /// Which file.
    pub file: LogFile,
    /// What is wrong with it.
    pub fault: Fault,
}

/// `file:line: code: text`, the file without its path.
impl fmt::Display for LogFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.csv:{}", self.file, self.fault)
    }
}

/// Every fault of every file, by file and line. Displays the first and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", first_of(&self.0))]
pub struct LogFaults(
    /// The faults; never empty.
    pub Vec<LogFault>,
);

/// Logs that were read, and what people should know of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogImport {
    /// The pairings by key. Sessions stand by date, those of a day in the order of the file; goals and pulses in the
    /// order of the file.
    pub pairings: Vec<LoggedPairing>,
    /// Columns that are not read, and sessions outside their pairing; by file and line.
    pub notices: Vec<(LogFile, Notice)>,
}

/// Reads the logs of a programme whose people stand in `lines`.
///
/// A pairing that should not be, as of somebody with themselves, is not a fault of the file: health judges it. Nor is a
/// session before its pairing starts or after it ends, which becomes a [`Notice`].
///
/// ```
/// use reverse_mentoring::import::{LogFiles, read_logs};
/// use reverse_mentoring::roster::{Line, ReportingLines};
///
/// let lines = ReportingLines::new([Line::root("cfo"), Line::root("cto"), Line::new("ada", "cto")])?;
/// let pairs = b"pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason\n\
///               P1,ada,cfo,2026-01-05,30,7,,\n";
/// let sessions = b"pairing,date,outcome,minutes,taught_by,by\n\
///                  P1,2026-01-12,held,60,mentor,\n\
///                  P1,2026-02-09,missed,,,mentee\n";
/// let files = LogFiles { pairs, sessions, goals: None, pulses: None };
/// let logs = read_logs(files, &lines)?;
/// assert_eq!(logs.pairings[0].sessions.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`LogFaults`] with every fault of every file.
pub fn read_logs(files: LogFiles<'_>, lines: &ReportingLines) -> Result<LogImport, LogFaults> {
    let Logs {
        faults,
        mut notices,
        pairings,
        ..
    } = Logs::read(files, Some(lines));
    if !faults.is_empty() {
        return Err(LogFaults(faults));
    }
    let mut pairings: Vec<LoggedPairing> = pairings.into_iter().flatten().collect();
    pairings.sort_by(|a, b| a.key.cmp(&b.key));
    for pairing in &mut pairings {
        pairing.sessions.sort_by_key(|session| session.date);
    }
    notices.sort_by_key(|(file, notice)| (*file, notice.line));
    Ok(LogImport { pairings, notices })
}

/// The faults of logs whose roster cannot be read: all but those that only a roster can show. For one run that names
/// every fault of every file.
#[must_use]
pub fn check_logs(files: LogFiles<'_>) -> Vec<LogFault> {
    Logs::read(files, None).faults
}

/// The pairs alone: those that are sound, notices, and every fault, by line. Without a company nobody in particular is unknown.
pub(super) fn read_pairs(
    bytes: &[u8],
    lines: Option<&ReportingLines>,
) -> (Vec<LoggedPairing>, Vec<Notice>, Vec<Fault>) {
    let mut reading = Logs::default();
    reading.pairs(bytes, lines);
    let notices = reading.notices.into_iter().map(|(_, notice)| notice);
    let mut faults: Vec<Fault> = reading.faults.into_iter().map(|f| f.fault).collect();
    faults.sort_by_key(|fault| fault.line);
    let pairings = reading.pairings.into_iter().flatten();
    (pairings.collect(), notices.collect(), faults)
}

/// What has been read so far.
#[derive(Default)]
struct Logs {
    faults: Vec<LogFault>,
    notices: Vec<(LogFile, Notice)>,
    /// One for each row of the pairs; `None` where the row is faulty.
    pairings: Vec<Option<LoggedPairing>>,
    /// The pairings that have a row, faulty or not; `None` where their keys cannot be read at all.
    known: Option<HashMap<Key, usize>>,
    labels: Labels,
}

impl Logs {
    /// Reads every file; the faults by file and line.
    fn read(files: LogFiles<'_>, lines: Option<&ReportingLines>) -> Self {
        let mut reading = Self::default();
        reading.pairs(files.pairs, lines);
        reading.sessions(files.sessions);
        if let Some(goals) = files.goals {
            reading.goals(goals);
        }
        if let Some(pulses) = files.pulses {
            reading.pulses(pulses);
        }
        reading.faults.sort_by_key(|f| (f.file, f.fault.line));
        reading
    }

    fn open<'a>(&mut self, file: LogFile, bytes: &'a [u8]) -> Option<Table<'a>> {
        match Table::open(bytes) {
            Ok(table) => Some(table),
            Err(fault) => {
                self.faults.push(LogFault { file, fault });
                None
            }
        }
    }

    fn close(&mut self, file: LogFile, table: &Table<'_>, faults: Vec<Fault>) {
        let Faults(faults) = table.sorted(faults);
        let faults = faults.into_iter().map(|fault| LogFault { file, fault });
        self.faults.extend(faults);
        let notices = table.notices().iter().cloned();
        self.notices.extend(notices.map(|notice| (file, notice)));
    }

    fn pairs(&mut self, bytes: &[u8], lines: Option<&ReportingLines>) {
        let file = LogFile::Pairs;
        let Some(mut table) = self.open(file, bytes) else {
            return;
        };
        let of = PairColumns::of(&mut table);
        let mut faults = table.close_header();
        let people = || lines.into_iter().flat_map(ReportingLines::people);
        let near = Near::new(|| people().map(|(_, key)| key.as_str()));
        let mut rows: HashMap<Key, Vec<(u64, usize)>> = HashMap::new();
        while let Some(mut row) = table.next_row(&mut faults) {
            let at = self.pairings.len();
            if let Some(key) = row.key() {
                rows.entry(key.clone()).or_default().push((row.line(), at));
            }
            let mut person = |row: &mut Row<'_>, column: Column| {
                let text = row.cell(column)?;
                let found = lines?.find(text);
                if found.is_none() {
                    let text = match text.trim() {
                        "" => "is blank".to_owned(),
                        _ => {
                            let hint = near.hint(text);
                            format!("is {}, whom the roster does not know{hint}", Quoted(text))
                        }
                    };
                    row.fault(column, FaultCode::UnknownPerson, text);
                }
                found
            };
            let pairing = of.read(&mut row, &mut person, &mut self.labels);
            self.pairings.push(pairing.filter(|_| row.is_sound()));
        }
        if table.is_stopped() {
            // Nobody knows what pairings there are.
            return self.close(file, &table, faults);
        }
        for (key, places) in rows.iter().filter(|(_, places)| places.len() > 1) {
            let lines = places.iter().map(|(line, _)| *line);
            let text = given_on(lines, places.len());
            for (line, _) in places {
                let code = FaultCode::DuplicatePairing;
                faults.push(Fault::in_cell(
                    *line,
                    Some(key),
                    of.pairing.name(),
                    code,
                    &text,
                ));
            }
        }
        if of.pairing.is_readable() {
            let first = |(key, places): (Key, Vec<(u64, usize)>)| Some((key, places.first()?.1));
            self.known = Some(rows.into_iter().filter_map(first).collect());
        }
        self.close(file, &table, faults);
    }

    /// Reads a file whose rows belong to pairings, and hands each that is sound to its pairing.
    fn rows_of<C, T>(
        &mut self,
        file: LogFile,
        bytes: &[u8],
        columns: impl FnOnce(&mut Table<'_>) -> C,
        mut read: impl FnMut(&C, &mut Row<'_>, &mut Labels) -> Option<T>,
        mut put: impl FnMut(u64, &mut LoggedPairing, T) -> Option<Notice>,
    ) {
        let Some(mut table) = self.open(file, bytes) else {
            return;
        };
        let of = columns(&mut table);
        let mut faults = table.close_header();
        let near = Near::new(|| self.known.iter().flatten().map(|(key, _)| key.as_str()));
        while let Some(mut row) = table.next_row(&mut faults) {
            let mut pairing = None;
            if let (Some(key), Some(known)) = (row.key(), &self.known) {
                pairing = known.get(key).copied();
                if pairing.is_none() {
                    let hint = near.hint(key.as_str());
                    let text = format!("has no row in the pairs{hint}");
                    row.key_fault(FaultCode::UnknownPairing, text);
                }
            }
            let (line, read) = (row.line(), read(&of, &mut row, &mut self.labels));
            let Some(value) = read.filter(|_| row.is_sound()) else {
                continue;
            };
            let place = pairing.and_then(|at| self.pairings.get_mut(at));
            if let Some(pairing) = place.and_then(Option::as_mut) {
                let notice = put(line, pairing, value);
                self.notices.extend(notice.map(|notice| (file, notice)));
            }
        }
        self.close(file, &table, faults);
    }

    fn sessions(&mut self, bytes: &[u8]) {
        self.rows_of(
            LogFile::Sessions,
            bytes,
            SessionColumns::of,
            |of, row, _| of.read(row),
            |line, pairing, session| {
                let (date, key) = (session.date, Quoted(pairing.key.as_str()));
                pairing.sessions.push(session);
                let ended = pairing.ended.as_ref().map(|(date, _)| *date);
                let text = match ended.filter(|ended| date > *ended) {
                    Some(ended) => {
                        format!("{key}: the session of {date} is after the end on {ended}")
                    }
                    None if date < pairing.started => {
                        let started = pairing.started;
                        format!("{key}: the session of {date} is before the start on {started}")
                    }
                    None => return None,
                };
                let code = NoticeCode::SessionOutside;
                Some(Notice::new(line, code, text))
            },
        );
    }

    fn goals(&mut self, bytes: &[u8]) {
        let mut first: HashMap<(Key, Role, Skill), u64> = HashMap::new();
        self.rows_of(
            LogFile::Goals,
            bytes,
            GoalColumns::of,
            |of, row, labels| {
                let goal = of.read(row, labels)?;
                let key = row.key()?.clone();
                let line = row.line();
                let stands = first
                    .entry((key, goal.learner, goal.skill.clone()))
                    .or_insert(line);
                if *stands != line {
                    let text = format!(
                        "is {}, for which the {} has a goal on line {stands}",
                        Quoted(goal.skill.as_str()),
                        goal.learner
                    );
                    row.fault(of.skill, FaultCode::GoalTwice, text);
                }
                Some(goal)
            },
            |_, pairing, goal| {
                pairing.goals.push(goal);
                None
            },
        );
    }

    fn pulses(&mut self, bytes: &[u8]) {
        self.rows_of(
            LogFile::Pulses,
            bytes,
            PulseColumns::of,
            PulseColumns::read,
            |_, pairing, pulse| {
                pairing.pulses.push(pulse);
                None
            },
        );
    }
}
