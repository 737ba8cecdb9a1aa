//! A roster from its rows: what only all of them together show, who has to be left out, and who everybody is.

use std::collections::HashSet;
use std::io;

use super::code::FaultCode;
use super::fault::{Fault, Faults, Notice, NoticeCode};
use super::labels::Labels;
use super::look_alike::{Looks, look_alikes, skill_look_alikes};
use super::mapping::Mapping;
use super::names::Names;
use super::quarantine::quarantine;
use super::references::{Findings, add_line_faults, check_experience, check_references, lines_of};
use super::roster::{OnFault, RosterImport};
use super::roster_row::{Columns, Entry, Manager};
use super::row::Row;
use super::seal::Called;
use super::table::Table;
use crate::ids::ParticipantId;
use crate::roster::{Draft, Participant, ReportingLines, Roster};
use crate::text::{Key, Quoted};

/// Where rows come from.
pub(super) trait Rows {
    /// The columns of a roster, and what is wrong with the header.
    fn columns(&mut self) -> (Columns, Vec<Fault>);

    fn next_row<'t>(&'t mut self, faults: &'t mut Vec<Fault>) -> Option<Row<'t>>;

    /// How many faults are told.
    fn most_faults(&self) -> usize;

    /// Whether the last fault ended the reading.
    fn is_stopped(&self) -> bool;

    fn take_io_error(&mut self) -> Option<io::Error>;

    fn header_line(&self) -> u64;

    fn notices(&self) -> Vec<Notice>;

    /// What is known once every row has been read.
    fn close(&mut self, names: &mut Names, entries: &[Entry], findings: &mut Findings);

    /// Who the source says has left.
    fn gone(&self) -> HashSet<Key> {
        HashSet::new()
    }

    /// What the columns are called, once they have been asked for.
    fn called(&self) -> Called;

    /// Whether what looks alike is to be said.
    fn is_feed(&self) -> bool;

    /// Whether nobody at all is an answer, as of a source that tells changes.
    fn may_be_empty(&self) -> bool {
        false
    }
}

impl Rows for Table<'_> {
    fn columns(&mut self) -> (Columns, Vec<Fault>) {
        let columns = Columns::of(self);
        let faults = self.close_header();
        (columns, faults)
    }

    fn next_row<'t>(&'t mut self, faults: &'t mut Vec<Fault>) -> Option<Row<'t>> {
        Self::next_row(self, faults)
    }

    fn most_faults(&self) -> usize {
        self.limits.faults
    }

    fn is_stopped(&self) -> bool {
        Self::is_stopped(self)
    }

    fn take_io_error(&mut self) -> Option<io::Error> {
        Self::take_io_error(self)
    }

    fn header_line(&self) -> u64 {
        Self::header_line(self)
    }

    fn notices(&self) -> Vec<Notice> {
        Self::notices(self).to_vec()
    }

    fn close(&mut self, _: &mut Names, entries: &[Entry], _: &mut Findings) {
        let Some(mapping) = self.mapping else { return };
        self.notices
            .extend(unknown_roots(mapping, entries, self.header_line));
    }

    fn called(&self) -> Called {
        self.called.clone()
    }

    fn is_feed(&self) -> bool {
        self.mapping.is_some()
    }
}

/// A notice for each root that a mapping declares and no row is.
pub(super) fn unknown_roots(mapping: &Mapping, entries: &[Entry], line: u64) -> Vec<Notice> {
    if mapping.roots().is_empty() {
        return Vec::new();
    }
    let known: HashSet<&Key> = entries.iter().filter_map(|e| e.key.as_ref()).collect();
    let unknown = mapping.roots().iter().filter(|root| !known.contains(root));
    let code = NoticeCode::UnknownRoot;
    let notice = |_| Notice::new(line, code, code.meaning().to_owned());
    unknown.map(notice).collect()
}

/// Why there is no roster.
#[derive(Debug, Default)]
pub(super) struct Stopped {
    /// By line.
    pub(super) faults: Vec<Fault>,
    pub(super) failed: Option<io::Error>,
}

impl Stopped {
    fn at(mut faults: Vec<Fault>, most: usize) -> Self {
        let is_last = |fault: &Fault| fault.code == FaultCode::TooManyFaults;
        let last = faults.iter().position(is_last);
        let last = last.map(|at| faults.remove(at));
        let Faults(mut faults) = Faults::sorted(faults);
        match last {
            Some(last) if faults.len() <= most => faults.push(last),
            _ => Fault::cut(&mut faults, most),
        }
        let failed = None;
        Self { faults, failed }
    }
}

/// Reads every row; whoever of the roster `kept` has none stays as they were. `id_of` says in one line where somebody
/// cannot have an id.
pub(super) fn assemble(
    mut rows: impl Rows,
    (of, mut fatal): (Columns, Vec<Fault>),
    on_fault: OnFault,
    kept: Option<&Roster>,
    id_of: impl FnMut(&Key) -> Result<ParticipantId, String>,
) -> Result<RosterImport, Stopped> {
    let most = rows.most_faults();
    let (mut entries, mut findings) = (Vec::new(), Findings::new(most, rows.is_feed()));
    let (mut labels, mut names, mut drafts) = (Labels::default(), Names::default(), Vec::new());
    let (mut rising, mut looks, of_feed) = (true, Looks::default(), rows.is_feed());
    loop {
        let before = findings.faults.len();
        let Some(mut row) = rows.next_row(&mut findings.faults) else {
            break;
        };
        let entry = Entry::read(&mut row, &of, &mut labels, &mut names, &mut drafts);
        // Asked now that the key is at hand: of a million, each is far away once all have been read.
        rising &= entries
            .last()
            .is_none_or(|last: &Entry| last.key < entry.key);
        if of_feed {
            looks.see(&entry);
        }
        entries.push(entry);
        if let Some(first) = findings.faults.get(before) {
            let code = first.code;
            findings.mark(entries.len() - 1, code);
        }
    }
    let stopped = rows.is_stopped();
    if stopped {
        fatal.extend(findings.faults.pop());
    }
    if let Some(error) = rows.take_io_error() {
        return Err(Stopped {
            failed: Some(error),
            ..Stopped::default()
        });
    }
    let read = entries.len();
    rows.close(&mut names, &entries, &mut findings);
    if let Some(kept) = kept {
        Entry::keep(kept, &rows.gone(), &mut entries, &mut names, &mut drafts);
        rising = entries.is_sorted_by(|a, b| a.key < b.key);
        entries.iter().skip(read).for_each(|entry| looks.see(entry));
    }
    // Of rows that have not been read nobody knows what they would have said.
    if !stopped {
        let nobody = read == 0 && !rows.may_be_empty();
        fatal.extend(check_file(&entries, nobody, &fatal, rows.header_line()));
        check_experience(&entries, &of, &mut findings);
    }
    let mut notices = rows.notices();
    if of_feed {
        notices.extend(look_alikes(&entries, looks));
        notices.extend(skill_look_alikes(&labels));
    }
    drop((rows, labels));
    let mut lines = None;
    if of.id.is_readable() && !stopped {
        lines = sound_lines(&entries, rising, &names, &findings);
        // Beyond the limit rows are no longer marked, and lines would be refused for what has been found already.
        if lines.is_none() && !findings.is_over() {
            check_references(&entries, &names, &of, &mut findings);
        }
        if lines.is_none() && !findings.is_over() {
            let (stated, places) = lines_of(&entries, &names, |_| true);
            match ReportingLines::new(stated) {
                Ok(sound) => lines = Some(sound),
                Err(refused) => add_line_faults(refused, &places, &entries, &of, &mut findings),
            }
        }
    }
    let stop = |mut fatal: Vec<Fault>, more: Vec<Fault>| {
        fatal.extend(more);
        Err(Stopped::at(fatal, most))
    };
    // Somebody whose row is faulty and has no key would stay as they were, and nobody would know it.
    let unknown = kept.is_some() && entries.iter().any(|entry| entry.key.is_none());
    let refused = !findings.faults.is_empty() && (on_fault == OnFault::Refuse || unknown);
    if !fatal.is_empty() || refused || findings.is_over() {
        return stop(fatal, findings.faults);
    }

    let mut quarantined = Vec::new();
    if !findings.faults.is_empty() {
        let (stated, places) = lines_of(&entries, &names, |_| true);
        let out = quarantine(&entries, &stated, &places, &findings.marks);
        let (kept, places) = lines_of(&entries, &names, |at| !out.contains_key(&at));
        match ReportingLines::new(kept) {
            Ok(sound) => lines = Some(sound),
            Err(refused) => {
                // Whoever could be at fault here is out.
                add_line_faults(refused, &places, &entries, &of, &mut findings);
                return stop(fatal, findings.faults);
            }
        }
        let mut at = 0;
        entries.retain(|_| {
            at += 1;
            !out.contains_key(&(at - 1))
        });
        quarantined = out.into_values().collect();
    }
    let Some(lines) = lines else {
        return stop(fatal, findings.faults);
    };
    drop(names);
    // The order of the keys, which is that of the lines too; whose very keys they are, nobody has to compare.
    let in_order = entries.len() == lines.len() && {
        let mut people = lines.people().zip(&entries);
        people.all(|((_, key), entry)| entry.key.as_ref().is_some_and(|own| own.is(key)))
    };
    if !in_order {
        entries.sort_by(|a, b| a.key.cmp(&b.key));
    }
    notices.extend(circles(&lines, &entries));
    notices.sort_by_key(|n| n.line);
    let roster =
        build(entries, drafts, lines, id_of).map_err(|fault| Stopped::at(vec![fault], most))?;
    let Faults(faults) = Faults::sorted(findings.faults);
    Ok(RosterImport {
        roster,
        notices,
        quarantined,
        faults,
    })
}

/// The lines of a file without a fault, and its rows in the order of their keys; nothing where there may be one, and then
/// the rows are as they were.
fn sound_lines(
    entries: &[Entry],
    rising: bool,
    names: &Names,
    findings: &Findings,
) -> Option<ReportingLines> {
    if !findings.faults.is_empty() || entries.iter().any(|e| e.key.is_none()) {
        return None;
    }
    let mut order: Vec<u32> = Vec::new();
    if !rising {
        order = (0u32..).zip(entries.iter()).map(|(at, _)| at).collect();
        order.sort_by_key(|at| entries.get(*at as usize).and_then(|e| e.key.as_ref()));
    }
    let sorted = (0..entries.len()).map(|at| match order.get(at) {
        Some(at) => entries.get(*at as usize),
        None => entries.get(at),
    });
    let sorted: Vec<&Entry> = sorted.flatten().collect();
    let keys: Vec<Key> = sorted.iter().filter_map(|e| e.key.clone()).collect();
    let places = names.places(&keys);
    let mut managers = Vec::with_capacity(keys.len());
    let mut dotted = Vec::new();
    for (person, entry) in (0u32..).zip(&sorted) {
        managers.push(match entry.manager {
            Manager::Root => None,
            // Of a name without a place there is a fault to tell.
            Manager::Named(name) => Some(places.get(name as usize).copied().flatten()?),
            Manager::Unreadable => return None,
        });
        for manager in &entry.dotted {
            let at = keys.binary_search_by(|k| k.as_str().cmp(manager)).ok()?;
            dotted.push((person, u32::try_from(at).ok()?));
        }
    }
    ReportingLines::of_places(keys, managers, dotted)
}

/// The fault of a roster that is nobody's in particular, after those of its header.
fn check_file(entries: &[Entry], nobody: bool, header: &[Fault], line: u64) -> Option<Fault> {
    let fault = |code, text: &str| Fault::of_row(line, code, text.to_owned());
    if nobody {
        let text = "there is a header and nobody below it";
        return Some(fault(FaultCode::NoRows, text));
    }
    let measured = |e: &Entry| e.grade.is_value() || e.months.is_value();
    // Where the header has a fault, nobody knows what its columns would have said.
    if header.is_empty() && !entries.iter().any(measured) {
        let text = "nobody has a `grade` or `experience_months`";
        return Some(fault(FaultCode::NoExperience, text));
    }
    None
}

fn circles(lines: &ReportingLines, entries: &[Entry]) -> Vec<Notice> {
    let notice = |members: &Vec<_>| {
        let keys = members
            .iter()
            .filter_map(|&m| lines.key(m))
            .map(Key::as_str);
        let shown: Vec<String> = keys.take(12).map(|key| Quoted(key).to_string()).collect();
        let more = match members.len().saturating_sub(shown.len()) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let first = lines.key(*members.first()?);
        let at = entries
            .binary_search_by(|e| e.key.as_ref().cmp(&first))
            .ok()?;
        let line = entries.get(at)?.line;
        let text = format!(
            "dotted lines close a circle, and everybody on it counts as linked: {}{more}",
            shown.join(", ")
        );
        Some(Notice::new(line, NoticeCode::DottedCircle, text))
    };
    lines.dotted_circles().iter().filter_map(notice).collect()
}

/// The roster of rows that are sound and sorted by key.
fn build(
    entries: Vec<Entry>,
    mut drafts: Vec<Draft>,
    lines: ReportingLines,
    mut id_of: impl FnMut(&Key) -> Result<ParticipantId, String>,
) -> Result<Roster, Fault> {
    let refused = |line, text| Fault::of_row(line, FaultCode::RosterRefused, text);
    let taking_part = || entries.iter().filter_map(|e| Some((e.draft?, e.line)));
    if !taking_part().map(|(at, _)| at).eq(0..drafts.len()) {
        let mut all: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
        let of_entry = |(at, _)| all.get_mut(at).and_then(Option::take);
        drafts = taking_part().filter_map(of_entry).collect();
    }
    // Collected where they lie: there may be a million.
    let enrolled = drafts.into_iter().zip(taking_part());
    let enrolled = enrolled.map(|(draft, (_, line))| match id_of(draft.key()) {
        Ok(id) => Ok(draft.enrol(id)),
        Err(text) => Err(refused(line, text)),
    });
    let participants = enrolled.collect::<Result<Vec<Participant>, Fault>>()?;
    let others = entries.into_iter().filter(|e| e.draft.is_none());
    let colleagues = others.filter_map(Entry::into_colleague).collect();
    // What can be refused now has no line: a source that gives an id twice.
    Roster::of(participants, colleagues, lines).map_err(|faults| refused(1, faults.to_string()))
}
