//! A metric of one's own: how many sessions were 45 minutes or longer.
//!
//! `cargo run --example custom_metric`

use std::error::Error;

use chrono::{Days, NaiveDate};
use reverse_mentoring::health::{Contribution, Metric, Target, UnitView};
use reverse_mentoring::history::{LoggedPairing, LoggedSession, adopt};
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::prelude::*;

/// Of the sessions held, those of 45 minutes or more.
#[derive(Debug)]
struct LongSessions;

impl Metric for LongSessions {
    fn id(&self) -> PluginId {
        PluginId::new("long_sessions", 1)
    }

    fn definition(&self) -> &str {
        "sessions of 45 minutes or more / sessions held"
    }

    fn target(&self) -> Option<Target> {
        Some(Target::AtLeast(50))
    }

    /// Its whole are the sessions held, by which one could tell what is withheld of session completion: sponsors are shown
    /// this where they are shown that.
    fn tells(&self) -> &[&str] {
        &["session_completion"]
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let sessions = pairing.facts().sessions(pairing.as_of());
        let taught = sessions.filter_map(|s| s.outcome.taught());
        let minutes = taught.map(|taught| taught.minutes().as_u16());
        let (long, all) = minutes.fold((0, 0), |(l, a), m| (l + u64::from(m >= 45), a + 1));
        Some(Contribution::new(long, all))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    // The log of a programme that runs elsewhere: one pairing, four sessions.
    let roster = Roster::new(
        [] as [Participant; 0],
        ReportingLines::new(["ada", "cfo"].map(Line::root))?,
    )?;
    let person = |key| roster.lines().find(key).ok_or("nobody");
    let started = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    let session = |week: u64, minutes| -> Result<LoggedSession, Box<dyn Error>> {
        let outcome = Outcome::Held(Taught::both(Minutes::new(minutes)?));
        let date = started + Days::new(7 * week);
        Ok(LoggedSession { date, outcome })
    };
    let log = LoggedPairing {
        key: Key::new("P-1")?,
        mentor: person("ada")?,
        mentee: person("cfo")?,
        started,
        cadence: Cadence::WEEKLY,
        ended: None,
        sessions: vec![
            session(1, 60)?,
            session(2, 30)?,
            session(3, 45)?,
            session(4, 50)?,
        ],
        goals: Vec::new(),
        pulses: Vec::new(),
    };
    let today = started + Days::new(30);
    let adopted = adopt(
        &[log],
        &roster,
        Load::default(),
        today,
        &mut SequentialIds::new(1),
    );
    let metrics = Metrics::standard().with(LongSessions);
    print!(
        "{}",
        ProgramHealth::assess(&adopted.history, &metrics, today)?
    );
    Ok(())
}
