//! The spread of many years.

use std::fmt::Write as _;

use reverse_mentoring::health::{PairingStatus, Ratio};
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::Measure;
use reverse_mentoring::simulation::experiment::{Band, Bands};

/// The last readings of many years.
#[derive(Default)]
pub struct Spread {
    years: u32,
    /// By name, in the order of the first year: a value a year.
    readings: Vec<(String, Vec<Ratio>)>,
}

impl Spread {
    /// Adds a year.
    pub fn add(&mut self, health: &ProgramHealth) {
        self.years += 1;
        for reading in &health.readings {
            self.value(words(reading.metric.name()), reading.ratio);
        }
        let over = health.count(PairingStatus::Ended);
        let open = health.pairings.len() - over;
        for (name, status) in [
            ("at risk, of those open", PairingStatus::AtRisk),
            ("suspended, of those open", PairingStatus::Suspended),
        ] {
            let ratio = Ratio::new(health.count(status) as u64, open as u64);
            self.value(name.to_owned(), ratio.unwrap_or(Ratio::NO_DATA));
        }
    }

    fn value(&mut self, name: String, value: Ratio) {
        let at = self.readings.iter().position(|(n, _)| *n == name);
        let at = at.unwrap_or_else(|| {
            self.readings.push((name, Vec::new()));
            self.readings.len() - 1
        });
        self.readings[at].1.push(value);
    }

    /// Median and 5–95 % of what the programme reads, and of what the simulation counts.
    pub fn table(&self, bands: &Bands) -> String {
        let mut out = format!("\nLast readings of {} years\n", self.years);
        let _ = writeln!(
            out,
            "  {:<26}{:>10}{:>10}{:>10}",
            "", "median", "5 %", "95 %"
        );
        for (name, values) in &self.readings {
            self.row(&mut out, name, Band::of(values.iter().copied()));
        }
        out.push_str("\nThe same years, as the simulation counts them\n");
        for measure in Measure::ALL {
            let band = bands.at_the_end(*measure);
            self.row(&mut out, &words(measure.as_str()), band);
        }
        out
    }

    fn row(&self, out: &mut String, name: &str, band: Option<Band>) {
        let _ = write!(out, "  {name:<26}");
        let values = band.map(|band| [band.middle, band.low, band.high]);
        for at in 0..3 {
            let text = match values {
                None => "no data".to_owned(),
                Some(values) => format!("{}.{} %", values[at] / 10, values[at] % 10),
            };
            let _ = write!(out, "{text:>10}");
        }
        let with_data = band.map_or(0, |band| band.replicates);
        if with_data < self.years {
            let _ = write!(out, "  ({with_data} years with data)");
        }
        out.push('\n');
    }
}

/// `session_completion` as `session completion`.
fn words(name: &str) -> String {
    name.replace('_', " ")
}
