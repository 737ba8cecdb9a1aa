//! What a coordinator asks of a plan, from files: pins, exclusions, pairings that run, ranked choices.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::condition_rows::{People, choices, pairs};
use super::fault::{Fault, Notice, NoticeCode, first_of};
use super::logs::read_pairs;
use super::quarantine::Quarantined;
use super::table::Table;
use crate::ids::{IdSource, ParticipantId};
use crate::matching::Pin;
use crate::pair::{Pair, Role};
use crate::policy::{MentorChoice, MentorChoices};
use crate::roster::{Line, ReportingLines, Roster};
use crate::summary::count;
use crate::text::{Key, Quoted};

/// The files of one plan, as bytes; each may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct ConditionFiles<'a> {
    /// `mentor,mentee`: pairs that must be in the plan; earlier rows win where places are short.
    pub pins: Option<&'a [u8]>,
    /// `mentor,mentee`: pairs that must not be in it.
    pub exclude: Option<&'a [u8]>,
    /// `pairing,mentor,mentee,started,cadence_days,grace_days,ended,end_reason`: the pairings of a programme. Those without
    /// `ended` run.
    pub running: Option<&'a [u8]>,
    /// `mentee,mentor,rank`: whom mentees would choose, 1 first. Equal ranks are ties. With a column `by`, only its rows by
    /// `mentee` (or blank) are read.
    pub rankings: Option<&'a [u8]>,
}

/// Which of the [`ConditionFiles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ConditionFile {
    /// Pairs that must be in the plan.
    Pins,
    /// Pairs that must not be in it.
    Exclude,
    /// Pairings that run.
    Running,
    /// Ranked choices.
    Rankings,
}

impl ConditionFile {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Pins, Self::Exclude, Self::Running, Self::Rankings];

    /// `pins`, `exclude`, `running` or `rankings`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pins => "pins",
            Self::Exclude => "exclude",
            Self::Running => "running",
            Self::Rankings => "rankings",
        }
    }
}

impl fmt::Display for ConditionFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One fault of one of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConditionFault {
    /// Which file.
    pub file: ConditionFile,
    /// What is wrong with it.
    pub fault: Fault,
}

/// `file:line: code: text`, the file without its path.
impl fmt::Display for ConditionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.csv:{}", self.file, self.fault)
    }
}

/// Every fault of every file, by file and line. Displays the first and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", first_of(&self.0))]
pub struct ConditionFaults(
    /// The faults; never empty.
    pub Vec<ConditionFault>,
);

/// What the files say.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConditionImport {
    /// The pins in the order of the file, for [`Conditions::with_pins`](crate::matching::Conditions::with_pins). Whether they hold, the
    /// plan says: a pin of somebody who does not take part is rejected, and no fault.
    pub pins: Vec<Pin>,
    /// The exclusions, sorted, for [`Context::with_excluded`](crate::policy::Context::with_excluded).
    pub excluded: Vec<Pair>,
    /// The pairings that run, sorted, for [`Context::with_open`](crate::policy::Context::with_open). Whoever takes no part any more
    /// has an id of nobody: the other one's place is taken all the same.
    pub running: Vec<Pair>,
    /// Whom mentees would choose.
    pub choices: MentorChoices,
    /// Columns that are not read, and rows that say nothing: somebody takes no part, or an exclusion names one person, two who take no
    /// part on these sides, or a pair for the second time; by file and line.
    pub notices: Vec<(ConditionFile, Notice)>,
}

/// Reads what a coordinator asks of a plan for the people of a roster, and of those who were left out when it was read.
///
/// A key without a row in the roster is a fault in the exclusions, the rankings and the pairings that run; in the pins it is a
/// reason against the pin. Somebody who has a row and takes no part, or is in quarantine, is no fault: an exclusion or a choice
/// of theirs becomes a [`Notice`]. The order of the rows means something in the pins alone.
///
/// ```
/// use reverse_mentoring::ids::SequentialIds;
/// use reverse_mentoring::import::{ConditionFiles, OnFault, read_conditions, read_roster};
///
/// let csv = b"id,manager,grade,side\nceo,-,9,\ncfo,ceo,8,mentee\nada,ceo,2,mentor\n";
/// let mut ids = SequentialIds::new(1);
/// let roster = read_roster(csv, OnFault::Refuse, &mut ids)?.roster;
/// let files = ConditionFiles {
///     pins: Some(b"mentor,mentee\nada,cfo\n"),
///     exclude: Some(b"mentor,mentee\nada,ceo\nADA,cfo\n"),
///     ..ConditionFiles::default()
/// };
/// let faults = read_conditions(files, &roster, &[], &mut ids).unwrap_err();
/// assert_eq!(
///     faults.to_string(),
///     "exclude.csv:3: unknown-person: `ADA`: `mentor` is `ADA`, whom the roster does not know; did you mean `ada`?"
/// );
/// let files = ConditionFiles { exclude: Some(b"mentor,mentee\nada,ceo\n"), ..files };
/// let read = read_conditions(files, &roster, &[], &mut ids)?;
/// assert_eq!((read.pins[0].line, read.excluded.len()), (Some(2), 0));
/// assert_eq!(read.notices[0].1.to_string(), "2: not-taking-part: `ceo` takes no part, so the row says nothing");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`ConditionFaults`] with every fault of every file.
pub fn read_conditions(
    files: ConditionFiles<'_>,
    roster: &Roster,
    left_out: &[Quarantined],
    ids: &mut impl IdSource,
) -> Result<ConditionImport, ConditionFaults> {
    let mut reading = Reading::new(Some((roster, left_out)));
    let read = reading.all(files);
    if !reading.faults.is_empty() {
        return Err(ConditionFaults(reading.faults));
    }
    let (pins, mut excluded, running, choices) = read;
    excluded.sort_unstable();
    excluded.dedup();
    // Twice is a fault, so there is nothing to refuse.
    let choices = MentorChoices::new(choices).unwrap_or_default();
    let mut notices = reading.notices;
    notices.sort_by_key(|(file, notice)| (*file, notice.line));
    Ok(ConditionImport {
        pins,
        excluded,
        running: with_ids(running, roster, ids),
        choices,
        notices,
    })
}

/// The faults of files whose roster cannot be read: all but those that only a roster can show. For one run that names every
/// fault of every file.
#[must_use]
pub fn check_conditions(files: ConditionFiles<'_>) -> Vec<ConditionFault> {
    let mut reading = Reading::new(None);
    reading.all(files);
    reading.faults
}

/// Pairs of the running pairings, by key.
type Keys = Vec<(Key, Key)>;

struct Reading<'a> {
    roster: Option<&'a Roster>,
    people: People<'a>,
    faults: Vec<ConditionFault>,
    notices: Vec<(ConditionFile, Notice)>,
}

impl<'a> Reading<'a> {
    fn new(people: Option<(&'a Roster, &'a [Quarantined])>) -> Self {
        Self {
            roster: people.map(|(roster, _)| roster),
            people: People::of(people),
            faults: Vec::new(),
            notices: Vec::new(),
        }
    }

    fn all(&mut self, files: ConditionFiles<'_>) -> (Vec<Pin>, Vec<Pair>, Keys, Vec<MentorChoice>) {
        let pins = self.table(ConditionFile::Pins, files.pins, |_, table, faults| {
            pairs(table, faults, None)
        });
        let excluded = self.table(
            ConditionFile::Exclude,
            files.exclude,
            |people, table, faults| pairs(table, faults, Some(people)),
        );
        let running = self.running(files.running);
        let chosen = self.table(ConditionFile::Rankings, files.rankings, choices);
        let (chosen, by_mentors): (Vec<_>, Vec<_>) =
            chosen.into_iter().partition(|row| row.by == Role::Mentee);
        if let Some(first) = by_mentors.first() {
            let (line, rows) = (first.line, count(by_mentors.len(), "row"));
            let text =
                format!("{rows} by mentors, from here on, say nothing of what mentees choose");
            let code = NoticeCode::ByMentors;
            let notice = Notice::new(line, code, text);
            self.notices.push((ConditionFile::Rankings, notice));
        }
        self.idle_exclusions(&excluded);
        let excluded = excluded.into_iter().filter_map(|pin| {
            let ids = self.ids_of(&pin.mentor, &pin.mentee);
            self.or_notice(ConditionFile::Exclude, pin.line.unwrap_or_default(), ids)
        });
        let excluded = excluded.collect();
        let chosen = chosen.into_iter().filter_map(|row| {
            let ids = self.ids_of(&row.mentor, &row.mentee);
            let pair = self.or_notice(ConditionFile::Rankings, row.line, ids)?;
            let rank = row.rank;
            Some(MentorChoice { pair, rank })
        });
        let chosen = chosen.collect();
        self.faults.sort_by_key(|f| (f.file, f.fault.line));
        (pins, excluded, running, chosen)
    }

    /// Notes the exclusions of people who take part that forbid nothing which was not forbidden without them.
    fn idle_exclusions(&mut self, rows: &[Pin]) {
        let mut first: BTreeMap<(&Key, &Key), u64> = BTreeMap::new();
        for row in rows {
            let (mentor, mentee) = (&row.mentor, &row.mentee);
            let line = row.line.unwrap_or_default();
            let mut note = |code, text| {
                let notice = Notice::new(line, code, text);
                self.notices.push((ConditionFile::Exclude, notice));
            };
            if let Some(first) = first.get(&(mentor, mentee)) {
                let text = format!("line {first} excludes the same pair");
                note(NoticeCode::ExcludedTwice, text);
                continue;
            }
            first.insert((mentor, mentee), line);
            let person = |key: &Key| self.roster.and_then(|r| r.by_key(key.as_str()));
            let (Some(a), Some(b)) = (person(mentor), person(mentee)) else {
                continue; // who takes no part is noted with the pair
            };
            let name = Quoted(mentor.as_str());
            if mentor == mentee {
                let text = format!("{name} is never paired with {name}, so the row says nothing");
                note(NoticeCode::ExcludesOneself, text);
                continue;
            }
            let ends = [(a, Role::Mentor), (b, Role::Mentee)];
            let not = ends
                .iter()
                .filter(|(person, role)| !person.profile().side().includes(*role))
                .map(|(person, role)| {
                    let name = Quoted(person.key().as_str());
                    format!("{name} takes no part as {role}")
                });
            let not: Vec<String> = not.collect();
            if !not.is_empty() {
                let sides = [a, b].map(|person| person.profile().side());
                let turned = sides[0].includes(Role::Mentee) && sides[1].includes(Role::Mentor);
                let hint = match turned {
                    true => format!("; did you mean {} as mentor?", Quoted(mentee.as_str())),
                    false => String::new(),
                };
                let text = format!("{}, so the row says nothing{hint}", not.join(", "));
                note(NoticeCode::WrongWayRound, text);
            }
        }
    }

    fn table<T>(
        &mut self,
        file: ConditionFile,
        bytes: Option<&[u8]>,
        read: impl FnOnce(&People<'a>, &mut Table<'_>, &mut Vec<Fault>) -> Vec<T>,
    ) -> Vec<T> {
        let (mut faults, mut rows) = (Vec::new(), Vec::new());
        match bytes.map(Table::open) {
            None => {}
            Some(Err(fault)) => faults.push(fault),
            Some(Ok(mut table)) => {
                rows = read(&self.people, &mut table, &mut faults);
                faults = table.sorted(faults).0;
                let notices = table.notices().iter().cloned();
                self.notices.extend(notices.map(|notice| (file, notice)));
            }
        }
        let faults = faults.into_iter();
        self.faults
            .extend(faults.map(|fault| ConditionFault { file, fault }));
        rows
    }

    fn running(&mut self, bytes: Option<&[u8]>) -> Keys {
        let file = ConditionFile::Running;
        // Only who has a row matters here; whoever is in quarantine has one.
        let lines = ReportingLines::new(self.people.keys().map(Line::root));
        let (Some(bytes), Ok(lines)) = (bytes, lines) else {
            return Vec::new();
        };
        let known = self.roster.map(|_| &lines);
        let (read, notices, faults) = read_pairs(bytes, known);
        let faults = faults.into_iter();
        self.faults
            .extend(faults.map(|fault| ConditionFault { file, fault }));
        let notices = notices.into_iter();
        self.notices.extend(notices.map(|notice| (file, notice)));
        let open = read.into_iter().filter(|pairing| pairing.ended.is_none());
        let keys = open.filter_map(|pairing| {
            let [a, b] = [pairing.mentor, pairing.mentee].map(|p| lines.key(p).cloned());
            a.zip(b)
        });
        keys.collect()
    }

    /// The pair, or somebody in it who takes no part.
    fn ids_of(&self, mentor: &Key, mentee: &Key) -> Result<Pair, Key> {
        let id = |key: &Key| {
            let person = self.roster.and_then(|r| r.by_key(key.as_str()));
            person.map(|p| p.id()).ok_or_else(|| key.clone())
        };
        Ok(Pair {
            mentor: id(mentor)?,
            mentee: id(mentee)?,
        })
    }

    fn or_notice(
        &mut self,
        file: ConditionFile,
        line: u64,
        pair: Result<Pair, Key>,
    ) -> Option<Pair> {
        let gone = match pair {
            Ok(pair) => return Some(pair),
            Err(gone) => gone,
        };
        let text = format!(
            "{} takes no part, so the row says nothing",
            Quoted(gone.as_str())
        );
        let code = NoticeCode::NotTakingPart;
        self.notices.push((file, Notice::new(line, code, text)));
        None
    }
}

/// The pairings with ids, sorted; one of nobody's for each key that takes no part, drawn in the order of the keys.
fn with_ids(keys: Keys, roster: &Roster, ids: &mut impl IdSource) -> Vec<Pair> {
    let people: BTreeSet<&Key> = keys.iter().flat_map(|(a, b)| [a, b]).collect();
    let people: BTreeMap<&Key, ParticipantId> = people
        .into_iter()
        .map(|key| {
            let known = roster.by_key(key.as_str()).map(|p| p.id());
            (
                key,
                known.unwrap_or_else(|| ParticipantId::from_source(ids)),
            )
        })
        .collect();
    let id = |key| people.get(key).copied();
    let pairs = keys.iter().filter_map(|(mentor, mentee)| {
        Some(Pair {
            mentor: id(mentor)?,
            mentee: id(mentee)?,
        })
    });
    let mut pairs: Vec<Pair> = pairs.collect();
    pairs.sort_unstable();
    pairs
}
