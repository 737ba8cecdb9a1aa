//! Health as a table for people at a terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

use super::ladder::Rung;
use super::metric::{Ratio, Target};
use super::status::PairingStatus;
use super::{
    Figure, Period, PeriodHealth, ProgramHealth, PublishedReading, Series, SponsorHealth, Trend,
};
use crate::privacy::Cell;
use crate::summary::count;
use crate::text::{Label, shown};

/// What the shipped metrics are about, in the order in which a programme goes.
const FAMILIES: [(&str, &[&str]); 8] = [
    (
        "people",
        &["match_coverage", "long_waits", "mentor_utilisation"],
    ),
    (
        "rhythm",
        &[
            "cadence_adherence",
            "first_session",
            "active_pairs",
            "load_within_budget",
        ],
    ),
    (
        "sessions",
        &[
            "session_completion",
            "mentor_cancellations",
            "mentee_cancellations",
            "mentor_no_shows",
            "mentee_no_shows",
            "meetings_at_work",
        ],
    ),
    ("teaching", &["role_balance", "role_balance_alert"]),
    (
        "learning",
        &[
            "mentor_goal_progress",
            "mentee_goal_progress",
            "one_sided_progress",
            "mentor_goals_achieved",
            "mentee_goals_achieved",
            "win_win",
            "one_sided_win",
        ],
    ),
    (
        "responses",
        &[
            "mentor_feedback",
            "mentee_feedback",
            "mentor_recognition",
            "mentee_recognition",
            "no_recognition",
        ],
    ),
    (
        "evidence",
        &[
            "training_attendance",
            "training_coverage",
            "agreement_coverage",
            "sponsor_participation",
        ],
    ),
    (
        "leaving",
        &[
            "dropout_proposed",
            "dropout_preparing",
            "dropout_chemistry",
            "dropout_active",
            "return_after_pause",
        ],
    ),
];

/// What a metric of the host's own is about.
const OWN: &str = "of this programme";

/// Readings by what they are about, in their order; families that have none are left out, the host's own come last.
pub(crate) fn families<'r, T>(
    readings: impl IntoIterator<Item = &'r T>,
    metric: impl Fn(&T) -> &str,
) -> Vec<(&'static str, Vec<&'r T>)> {
    let mut found: Vec<(&'static str, Vec<&T>)> =
        FAMILIES.iter().map(|(name, _)| (*name, vec![])).collect();
    found.push((OWN, Vec::new()));
    for reading in readings {
        let mut known = FAMILIES.iter();
        let at = known.position(|(_, names)| names.contains(&metric(reading)));
        if let Some((_, family)) = found.get_mut(at.unwrap_or(FAMILIES.len())) {
            family.push(reading);
        }
    }
    found.retain(|(_, family)| !family.is_empty());
    found
}

/// Columns for names, and the most where labels are longer; one that is longer still moves its row.
const NAMES: usize = 28;
const MOST_NAMES: usize = 48;

/// Columns of a terminal, which lists are wrapped to.
const WIDTH: usize = 100;

/// A list under a heading, wrapped between its words; nothing for an empty one.
fn fold(f: &mut fmt::Formatter<'_>, heading: &str, names: &[String]) -> fmt::Result {
    if names.is_empty() {
        return Ok(());
    }
    let mut line = format!("  {heading}:");
    for (at, name) in names.iter().enumerate() {
        let comma = if at + 1 < names.len() { "," } else { "" };
        if line.chars().count() + 1 + name.chars().count() + comma.len() > WIDTH {
            writeln!(f, "{line}")?;
            line = "   ".to_owned();
        }
        line.push(' ');
        line.push_str(name);
        line.push_str(comma);
    }
    writeln!(f, "{line}")
}

fn words(metric: &str) -> String {
    shown(&metric.replace('_', " "))
}

/// A figure with counts, target, whether that is met, and a note.
fn row(
    f: &mut fmt::Formatter<'_>,
    (indent, width, name): (usize, usize, &str),
    ratio: Cell<Ratio>,
    target: Option<Target>,
    note: &str,
) -> fmt::Result {
    let (value, counts, met) = match ratio {
        Cell::Withheld => ("withheld".to_owned(), String::new(), None),
        Cell::Shown(ratio) => (
            ratio.percent().unwrap_or_else(|| "no data".to_owned()),
            format!("{} / {}", ratio.part(), ratio.whole()),
            target.and_then(|t| t.is_met(ratio)),
        ),
    };
    let mark = match met {
        Some(true) => "met",
        Some(false) => "not met",
        None => "",
    };
    let target = target.map(|t| t.to_string()).unwrap_or_default();
    let (width, nothing) = (width.saturating_sub(indent), "");
    let line = format!(
        "{nothing:indent$}{name:<width$}{value:>9}  {counts:>17}  {target:<9}  {mark:<7}  {note}"
    );
    writeln!(f, "{}", line.trim_end())
}

/// Totals by family, without those that have no data or are withheld, which close the table by name.
struct Totals {
    rows: Vec<(String, Ratio, Option<Target>)>,
    no_data: Vec<String>,
    withheld: Vec<String>,
}

impl Totals {
    fn of<'r>(each: impl Iterator<Item = (&'r str, Cell<Ratio>, Option<Target>)>) -> Self {
        let mut totals = Self {
            rows: Vec::new(),
            no_data: Vec::new(),
            withheld: Vec::new(),
        };
        for (metric, ratio, target) in each {
            match ratio {
                Cell::Withheld => totals.withheld.push(words(metric)),
                Cell::Shown(ratio) if ratio.whole() == 0 => totals.no_data.push(words(metric)),
                Cell::Shown(ratio) => totals.rows.push((metric.to_owned(), ratio, target)),
            }
        }
        totals
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (family, rows) in families(&self.rows, |(metric, ..)| metric) {
            writeln!(f, "  {family}")?;
            for (metric, ratio, target) in rows {
                row(
                    f,
                    (4, NAMES, &words(metric)),
                    Cell::Shown(*ratio),
                    *target,
                    "",
                )?;
            }
        }
        Ok(())
    }

    fn close(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fold(f, "withheld", &self.withheld)?;
        fold(f, "no data", &self.no_data)
    }
}

impl fmt::Display for ProgramHealth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "programme health on {}", self.as_of)?;
        let readings = self.readings.iter();
        let totals =
            Totals::of(readings.map(|r| (r.metric.name(), Cell::Shown(r.ratio), r.target)));
        totals.write(f)?;
        let mut counts: BTreeMap<PairingStatus, usize> = BTreeMap::new();
        for pairing in &self.pairings {
            *counts.entry(pairing.status).or_default() += 1;
        }
        let counts = counts.iter().rev();
        let counts: Vec<String> = counts.map(|(s, n)| format!("{n} {}", s.words())).collect();
        let all = count(self.pairings.len(), "pairing");
        match counts.as_slice() {
            [] => writeln!(f, "  no pairing has started")?,
            counts => writeln!(f, "  {all}: {}", counts.join(", "))?,
        }
        if !self.violations.is_empty() {
            writeln!(f, "  {}", count(self.violations.len(), "broken invariant"))?;
        }
        if !self.missing_evidence.is_empty() {
            writeln!(
                f,
                "  {} in the evidence",
                count(self.missing_evidence.len(), "gap")
            )?;
        }
        if !self.exempted.is_empty() {
            writeln!(
                f,
                "  {} by an exemption",
                count(self.exempted.len(), "pairing")
            )?;
        }
        let mut rungs: BTreeMap<Rung, usize> = BTreeMap::new();
        for next in &self.next_steps {
            *rungs.entry(next.step).or_default() += 1;
        }
        for (rung, n) in rungs.iter().rev() {
            writeln!(f, "  {}: {}", rung.words(), count(*n, "pairing"))?;
        }
        totals.close(f)
    }
}

/// First and latest figure with data, and where they go; `no data` closes the table.
impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.metrics.iter().flat_map(|m| &m.points);
        let days: BTreeSet<NaiveDate> = days.map(|(day, _)| *day).collect();
        match (days.first(), days.last()) {
            (Some(first), Some(last)) if first < last => {
                let all = count(days.len(), "day");
                writeln!(f, "programme health from {first} to {last}, on {all}")?;
            }
            (Some(day), _) => writeln!(f, "programme health on {day}")?,
            _ => return writeln!(f, "programme health, on no day"),
        }
        let (mut rows, mut no_data) = (Vec::new(), Vec::new());
        for metric in &self.metrics {
            let data = metric.points.iter().filter(|(_, r)| r.whole() > 0);
            let data: Vec<Ratio> = data.map(|(_, ratio)| *ratio).collect();
            match (data.first(), data.last()) {
                (Some(first), Some(last)) => rows.push((metric, *first, *last, data.len())),
                _ => no_data.push(words(metric.metric.name())),
            }
        }
        if !rows.is_empty() {
            let [first, last] = ["first", "latest"];
            writeln!(f, "{:NAMES$}{first:>9}{last:>11}  trend", "")?;
        }
        for (family, rows) in families(&rows, |(metric, ..)| metric.metric.name()) {
            writeln!(f, "  {family}")?;
            for (metric, first, last, data) in rows {
                let percent = |ratio: &Ratio| ratio.percent().unwrap_or_default();
                let trend = metric.trend().map(Trend::as_str).unwrap_or_default();
                let some = match data < &days.len() {
                    true => format!("with data on {}", count(*data, "day")),
                    false => String::new(),
                };
                let name = words(metric.metric.name());
                let (first, last, width) = (percent(first), percent(last), NAMES - 4);
                let line = format!("    {name:<width$}{first:>9}  {last:>9}  {trend:<7}  {some}");
                writeln!(f, "{}", line.trim_end())?;
            }
        }
        fold(f, "no data", &no_data)
    }
}

impl fmt::Display for SponsorHealth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "programme health on {}", self.as_of)?;
        let readings = self.readings.iter();
        let totals = Totals::of(readings.map(|r| (r.metric.name(), r.ratio, r.target)));
        totals.write(f)?;
        totals.close(f)
    }
}

impl fmt::Display for PeriodHealth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "programme health, {}", self.period)?;
        let says = |r: &&PublishedReading| {
            let cells = r.breakdowns.iter().flat_map(|b| &b.cells);
            let mut all = cells.map(|(_, cell)| cell).chain([&r.total]);
            all.any(|cell| cell.shown().is_some_and(|f| f.ratio.whole() > 0))
        };
        let readings: Vec<&PublishedReading> = self.readings.iter().filter(says).collect();
        let labels = readings.iter().flat_map(|r| &r.breakdowns).flat_map(|b| {
            let shown = b.cells.iter().filter(|(_, cell)| cell.shown().is_some());
            shown.map(|(label, _)| CELL + called(&b.by, label).chars().count() + 1)
        });
        let width = labels.max().unwrap_or(0).clamp(NAMES, MOST_NAMES);
        for (family, readings) in families(readings.iter(), |r| r.metric.name()) {
            writeln!(f, "  {family}")?;
            for reading in readings {
                published(f, width, reading, self.period)?;
            }
        }
        let silent = self.readings.iter().filter(|r| !says(r));
        let totals = Totals::of(silent.map(|r| (r.metric.name(), ratio(&r.total), None)));
        totals.close(f)
    }
}

const fn ratio(cell: &Cell<Figure>) -> Cell<Ratio> {
    match cell {
        Cell::Shown(figure) => Cell::Shown(figure.ratio),
        Cell::Withheld => Cell::Withheld,
    }
}

/// By how much the cells of a figure are moved in.
const CELL: usize = 6;

fn called(by: &Label, label: &Label) -> String {
    format!("{} {}", shown(by.as_str()), shown(label.as_str()))
}

/// A total, and its cells below it; those that are withheld in one line for each breakdown.
fn published(
    f: &mut fmt::Formatter<'_>,
    width: usize,
    reading: &PublishedReading,
    period: Period,
) -> fmt::Result {
    let note = |cell: &Cell<Figure>| {
        let earlier = cell.shown().filter(|figure| figure.period != period);
        earlier
            .map(|figure| format!("of {}", figure.period))
            .unwrap_or_default()
    };
    let name = words(reading.metric.name());
    let total = &reading.total;
    row(
        f,
        (4, width, &name),
        ratio(total),
        reading.target,
        &note(total),
    )?;
    for breakdown in &reading.breakdowns {
        let by = shown(breakdown.by.as_str());
        let (mut withheld, all) = (Vec::new(), breakdown.cells.len());
        for (label, cell) in &breakdown.cells {
            if cell.shown().is_some() {
                let name = called(&breakdown.by, label);
                row(f, (CELL, width, &name), ratio(cell), None, &note(cell))?;
            } else {
                withheld.push(shown(label.as_str()));
            }
        }
        let each = withheld.len() == all;
        match withheld.as_slice() {
            [] => {}
            _ if each => writeln!(f, "      {by}: withheld")?,
            some => writeln!(f, "      {by}, withheld: {}", some.join(", "))?,
        }
    }
    Ok(())
}
