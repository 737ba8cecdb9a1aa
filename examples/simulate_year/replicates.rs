//! The spread of many years.

use std::fmt::Write as _;

use reverse_mentoring::health::{PairingStatus, Ratio};
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::Simulated;

/// The last readings of many years.
#[derive(Default)]
pub struct Spread {
    years: usize,
    /// By name, in the order of the first year: whether in hundredths of a per cent, and a value a year.
    readings: Vec<(String, bool, Vec<u64>)>,
}

impl Spread {
    /// Adds a year.
    pub fn add(&mut self, health: &ProgramHealth, year: &Simulated) {
        self.years += 1;
        for reading in &health.readings {
            let name = reading.metric.name().replace('_', " ");
            self.value(name, true, hundredths(reading.ratio));
        }
        let history = year.program.history();
        let completed = history.pairings();
        let completed =
            completed.filter(|(_, f)| f.ended.is_some_and(|(_, ending)| ending.is_completed()));
        let sessions = history.pairings().flat_map(|(_, f)| &f.sessions);
        let held = sessions.filter(|s| s.outcome.is_held());
        let counts = [
            ("sessions held", held.count()),
            ("pairings completed", completed.count()),
            ("pairings at risk", health.count(PairingStatus::AtRisk)),
            ("pairings suspended", health.count(PairingStatus::Suspended)),
        ];
        for (name, count) in counts {
            self.value(name.to_owned(), false, u64::try_from(count).ok());
        }
    }

    fn value(&mut self, name: String, percent: bool, value: Option<u64>) {
        let at = self.readings.iter().position(|(n, ..)| *n == name);
        let at = at.unwrap_or_else(|| {
            self.readings.push((name, percent, Vec::new()));
            self.readings.len() - 1
        });
        self.readings[at].2.extend(value);
    }

    /// Median and 5–95 %, each the value of a year (nearest rank).
    pub fn table(mut self) -> String {
        let mut out = format!("\nLast readings of {} years\n", self.years);
        let _ = writeln!(
            out,
            "  {:<24}{:>10}{:>10}{:>10}",
            "", "median", "5 %", "95 %"
        );
        for (name, percent, values) in &mut self.readings {
            values.sort_unstable();
            let _ = write!(out, "  {name:<24}");
            for rank in [50, 5, 95] {
                let at = (rank * values.len()).div_ceil(100).max(1) - 1;
                let text = match values.get(at) {
                    None => "no data".to_owned(),
                    Some(v) if *percent => format!("{}.{} %", (v + 5) / 100, (v + 5) % 100 / 10),
                    Some(v) => v.to_string(),
                };
                let _ = write!(out, "{text:>10}");
            }
            if values.len() < self.years {
                let _ = write!(out, "  ({} years with data)", values.len());
            }
            out.push('\n');
        }
        out
    }
}

/// A ratio in hundredths of a per cent.
fn hundredths(ratio: Ratio) -> Option<u64> {
    let (part, whole) = (u128::from(ratio.part()), u128::from(ratio.whole()));
    let scaled = (20_000 * part + whole).checked_div(2 * whole)?;
    u64::try_from(scaled).ok()
}
