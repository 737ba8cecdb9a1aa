//! The host's skills, from their file.

use std::collections::BTreeMap;

use super::cell::{self, Reading};
use super::code::FaultCode;
use super::fault::{Faults, Notice, given_on};
use super::labels::Labels;
use super::row::{Column, Row};
use super::table::Table;
use crate::roster::{NamedSkill, Sensitivity, Skill, SkillCatalogue, SkillReference};
use crate::text::Label;

const MARKS: &[(&str, Sensitivity)] = &[
    ("no", Sensitivity::Ordinary),
    ("yes", Sensitivity::Sensitive),
];

/// A catalogue that was read, and what people should know of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SkillsImport {
    /// The skills by their names.
    pub catalogue: SkillCatalogue,
    /// Columns that are not read.
    pub notices: Vec<Notice>,
}

/// Reads which skill a name of the other files stands for: `name,scheme,id,label,sensitive`, a row for each name.
///
/// | column | |
/// |---|---|
/// | `name` | required: as rosters and logs write it, each once |
/// | `scheme`, `id` | both or neither: a taxonomy of the host's choosing, and the skill's id there |
/// | `label` | what people read; the name where blank |
/// | `sensitive` | `yes`, or `no` or blank. See [`Notebook::resolve`](crate::notebook::Notebook::resolve) |
///
/// Rows with one scheme and id are names of one skill, and so are rows without them that have one label. No fault repeats what
/// stands in a cell: the names of sensitive skills are among them.
///
/// ```
/// use reverse_mentoring::import::read_skills;
///
/// let csv = "\
/// name,scheme,id,label,sensitive
/// short video,esco,http://data.europa.eu/esco/skill/d9a4,edit moving images,
/// Kurzvideo,esco,http://data.europa.eu/esco/skill/d9a4,bewegte Bilder bearbeiten,
/// chronic illness,,,,yes
/// ";
/// let catalogue = read_skills(csv.as_bytes())?.catalogue;
/// let skill = |name| catalogue.by_name(name).map(|it| it.skill().clone());
/// assert_eq!(skill("short video"), skill("Kurzvideo"));
///
/// let twice = csv.replace("Kurzvideo", "short video");
/// assert_eq!(
///     read_skills(twice.as_bytes()).unwrap_err().0[0].to_string(),
///     "2: name-twice: `name` is given 2 times: lines 2, 3"
/// );
/// # Ok::<(), reverse_mentoring::import::Faults>(())
/// ```
///
/// # Errors
///
/// [`Faults`] with every fault of the file.
pub fn read_skills(bytes: &[u8]) -> Result<SkillsImport, Faults> {
    let mut table = Table::open(bytes).map_err(|fault| Faults::sorted(vec![fault]))?;
    let of = Columns {
        name: table.required("name"),
        scheme: table.optional("scheme"),
        id: table.optional("id"),
        label: table.optional("label"),
        sensitive: table.optional("sensitive"),
    };
    for column in [of.name, of.scheme, of.id, of.label] {
        table.hush(column);
    }
    let mut faults = table.close_header();
    let mut labels = Labels::default();
    let mut read = Vec::new();
    while let Some(mut row) = table.next_row(&mut faults) {
        let line = row.line();
        let (name, skill) = of.read(&mut row, &mut labels);
        let mark = cell::choice(&mut row, of.sensitive, FaultCode::BadMark, MARKS);
        let mark = match mark {
            Reading::Blank => Some(Sensitivity::Ordinary),
            Reading::Bad => None,
            Reading::Is(mark) => Some(mark),
        };
        read.push((line, name, skill, mark));
    }
    if table.is_stopped() {
        return Err(Faults::sorted(faults));
    }
    let mut names: BTreeMap<&Label, Vec<u64>> = BTreeMap::new();
    let mut marks: BTreeMap<&Skill, Vec<(u64, Sensitivity)>> = BTreeMap::new();
    for (line, name, skill, mark) in &read {
        if let Some(name) = name {
            names.entry(name).or_default().push(*line);
        }
        if let (Some(skill), Some(mark)) = (skill, mark) {
            marks.entry(skill).or_default().push((*line, *mark));
        }
    }
    for lines in names.values().filter(|lines| lines.len() > 1) {
        let text = given_on(lines.iter().copied(), lines.len());
        for &line in lines {
            faults.push(of.name.fault_on(line, FaultCode::NameTwice, &text));
        }
    }
    for rows in marks.values() {
        let differ = rows
            .iter()
            .find(|row| Some(row.1) != rows.first().map(|r| r.1));
        if let (Some((first, _)), Some((line, _))) = (rows.first(), differ) {
            let text = format!("is not what it is on line {first}, for the same skill");
            faults.push(of.sensitive.fault_on(*line, FaultCode::BadMark, &text));
        }
    }
    if !faults.is_empty() {
        return Err(table.sorted(faults));
    }
    let named = read.into_iter().filter_map(|(_, name, skill, mark)| {
        Some(NamedSkill::new(name?, skill?).with_sensitivity(mark?))
    });
    match SkillCatalogue::new(named) {
        Ok(catalogue) => Ok(SkillsImport {
            catalogue,
            notices: table.notices().to_vec(),
        }),
        // None in fact: what it refuses has been looked for above.
        Err(refused) => Err(Faults(vec![of.name.fault_on(
            table.header_line(),
            FaultCode::NameTwice,
            &refused.to_string(),
        )])),
    }
}

struct Columns {
    name: Column,
    scheme: Column,
    id: Column,
    label: Column,
    sensitive: Column,
}

impl Columns {
    /// The name of a row and what it stands for, each as far as it can be read.
    fn read(&self, row: &mut Row<'_>, labels: &mut Labels) -> (Option<Label>, Option<Skill>) {
        let name = private(row, self.name, labels).needed(row, self.name, FaultCode::BadLabel);
        let scheme = private(row, self.scheme, labels);
        let id = private(row, self.id, labels);
        let label = private(row, self.label, labels);
        let label = if label.is_blank() {
            name.clone()
        } else {
            label.value()
        };
        let skill = match (scheme, id) {
            (Reading::Blank, Reading::Blank) => label.map(Skill::from),
            (Reading::Is(scheme), Reading::Is(id)) => {
                label.map(|label| Skill::of(SkillReference::new(scheme, id), label))
            }
            (Reading::Is(_), Reading::Blank) => {
                row.fault(
                    self.id,
                    FaultCode::HalfReference,
                    "is blank, and `scheme` is not",
                );
                None
            }
            (Reading::Blank, Reading::Is(_)) => {
                row.fault(
                    self.scheme,
                    FaultCode::HalfReference,
                    "is blank, and `id` is not",
                );
                None
            }
            _ => None,
        };
        (name, skill)
    }
}

/// A label without its outer white space, as items of lists are; no fault repeats it.
fn private(row: &mut Row<'_>, column: Column, labels: &mut Labels) -> Reading<Label> {
    let Some(text) = row.cell(column).map(str::trim) else {
        return Reading::Bad;
    };
    if text.is_empty() {
        return Reading::Blank;
    }
    match labels.intern(text) {
        Ok(label) => Reading::Is(label),
        Err(error) => {
            let text = format!("cannot be kept: {error}");
            row.fault(column, FaultCode::BadLabel, text);
            Reading::Bad
        }
    }
}
