//! Made-up companies of the sizes that programmes have published, and how their results are shown.

// Each example uses a part of it.
#![allow(
    dead_code,
    reason = "every example compiles this module and uses what it needs"
)]

use std::fmt::Write as _;
use std::num::NonZeroU32;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use reverse_mentoring::prelude::*;
use reverse_mentoring::roster::Traits;
use reverse_mentoring::simulation::Measure;
use reverse_mentoring::simulation::experiment::{
    Bands, Contrast, Replicates, Scenario, Trial, compare,
};
use reverse_mentoring::text::Label;

/// How many there are, and of what.
pub struct Company {
    pub mentors: u32,
    pub mentees: u32,
    /// Pairings that a mentor has room for at a time, and a mentee.
    pub places: [u32; 2],
    pub sites: u32,
}

const MODERN: [&str; 6] = [
    "short video",
    "prompting",
    "social media",
    "data tools",
    "new customers",
    "inclusion",
];
const SENIOR: [&str; 6] = [
    "budgeting",
    "negotiation",
    "strategy",
    "stakeholders",
    "law",
    "leading people",
];
const VALUES: [&str; 8] = [
    "candour",
    "care",
    "curiosity",
    "craft",
    "fairness",
    "freedom",
    "loyalty",
    "results",
];

/// Numbers that hang on nothing but who they are of.
fn dice(who: u32, what: u32) -> usize {
    let mut state = u64::from(who) << 32 | u64::from(what);
    for _ in 0..3 {
        state = state
            .wrapping_add(0x9e37_79b9_7f4a_7c15)
            .wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state ^= state >> 29;
    }
    (state >> 33) as usize
}

/// Two different ones of a list, and a level from 3 to 5 each.
fn two(list: &[&'static str], who: u32, what: u32) -> [(&'static str, u8); 2] {
    let first = dice(who, what) % list.len();
    let second = (first + 1 + dice(who, what + 1) % (list.len() - 1)) % list.len();
    [first, second].map(|at| (list[at], 3 + (dice(who, what + 2 + at as u32) % 3) as u8))
}

impl Company {
    /// Everybody: executives who lead a team each, and juniors in those teams, who can mentor any other executive.
    pub fn roster(&self) -> Result<Roster, Box<dyn std::error::Error>> {
        let mut ids = SequentialIds::new(1);
        let (mut people, mut lines) = (Vec::new(), vec![Line::root("chief")]);
        for n in 0..self.mentees + self.mentors {
            let junior = n.checked_sub(self.mentees);
            let (key, manager) = match junior {
                None => (format!("e{n:04}"), "chief".to_owned()),
                Some(k) => (format!("j{k:04}"), format!("e{:04}", k % self.mentees)),
            };
            let (side, grade, [room, _]) = match junior {
                None => (Side::Mentee, 9, [self.places[1], 0]),
                Some(_) => (Side::Mentor, 2, [self.places[0], 0]),
            };
            let (teaches, learns) = match junior {
                None => (two(&SENIOR, n, 10), two(&MODERN, n, 20)),
                Some(_) => (two(&MODERN, n, 10), two(&SENIOR, n, 20)),
            };
            let [a, b] = teaches;
            let [c, d] = learns;
            let values = (0..3).map(|k| VALUES[dice(n, 30 + k) % VALUES.len()]);
            lines.push(Line::new(key.as_str(), manager));
            let id = ParticipantId::from_source(&mut ids);
            let person = Participant::new(id, Key::new(key)?, side, Experience::grade(grade))
                .with_capacity(Capacity::of(NonZeroU32::new(room).ok_or("no room")?))
                .with_offers([Offer::new(a.0, a.1)?, Offer::new(b.0, b.1)?])?
                .with_wishes([Wish::new(c.0, 1, 3)?, Wish::new(d.0, 0, 3)?])?
                .with_values(Traits::new(values)?)
                .with_site(Label::new(format!(
                    "site {}",
                    1 + dice(n, 40) as u32 % self.sites
                ))?);
            people.push(person);
        }
        Ok(Roster::new(people, ReportingLines::new(lines)?)?)
    }
}

/// The first day of every scenario.
pub fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default()
}

/// Who approves what is proposed.
pub fn coordinator() -> CoordinatorId {
    CoordinatorId::from_source(&mut SequentialIds::new(9))
}

/// A scenario played so often: 5, 50 and 95 % of its replicates at the end.
pub fn played(
    scenario: &Scenario<'_>,
    replicates: u64,
    measures: &[Measure],
) -> Result<String, Box<dyn std::error::Error>> {
    let bands = Bands::of(scenario, &Replicates::new(0..replicates), |_| {
        ControlFlow::Continue(())
    })?;
    let mut out = format!("{}, played {replicates} times\n", bands.name());
    let heads = ["5 %", "half", "95 %"];
    let _ = writeln!(
        out,
        "  {:<18}{:>9}{:>9}{:>9}",
        "at the end", heads[0], heads[1], heads[2]
    );
    for measure in measures {
        let name = measure.as_str().replace('_', " ");
        let shown = match bands.at_the_end(*measure) {
            Some(band) => [band.low, band.middle, band.high].map(percent),
            None => ["no data", "", ""].map(str::to_owned),
        };
        let line = format!("  {name:<18}{:>9}{:>9}{:>9}", shown[0], shown[1], shown[2]);
        let _ = writeln!(out, "{}", line.trim_end());
    }
    Ok(out)
}

/// In tenths of a percent, as a percentage.
pub fn percent(thousandths: u16) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

/// The first against the second.
pub fn against(
    a: &Scenario<'_>,
    b: &Scenario<'_>,
    on: Measure,
    most: u64,
) -> Result<Contrast, Box<dyn std::error::Error>> {
    let trial = Trial::on(on).at_most(most);
    Ok(compare(a, b, &trial, |_, _| ControlFlow::Continue(()))?)
}
