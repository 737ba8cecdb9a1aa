//! The health of a programme as one HTML page.
//!
//! In come readings, in the page for coordinators the [history](crate::history::History), too; out comes a file that needs nothing
//! else: no script, no font, no address. Light and dark, narrow and wide, on paper and read aloud: every plot has a title
//! and a description, tells nothing by colour alone, and has its figures in a table below it. The same input gives the
//! same bytes, on every machine: all geometry is in whole numbers.
//!
//! [`CoordinatorReport`] has each pairing. [`SponsorReport`] has none, by type: it is made of what a
//! [`Publisher`](crate::health::Publisher) has published, and there is nothing to hide. [`EquityReport`] has shares by reporting group,
//! for those who do not see the pairings.
//!
//! ```
//! use chrono::NaiveDate;
//! use reverse_mentoring::cadence::Calendar;
//! use reverse_mentoring::health::{Ledger, Metrics, Period, Publisher};
//! use reverse_mentoring::report::{CoordinatorReport, SponsorReport};
//! use reverse_mentoring::testing::Company;
//!
//! let company = Company::sample()?;
//! let (history, metrics) = (company.history(), Metrics::standard());
//! let day = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
//!
//! let report = CoordinatorReport::assess("Reverse mentoring <2026>", history, &metrics, &Calendar::OPEN, day)?;
//! let page = report.to_html(|pairing| format!("pairing {pairing}"));
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! assert!(page.contains("Reverse mentoring &lt;2026&gt;"));
//!
//! let mut ledger = Ledger::new(); // as the host has stored it
//! let today = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
//! let march = Publisher::new(history, &metrics, today).release(Period::month(2026, 3).unwrap(), &mut ledger)?;
//! let page = SponsorReport::new("Reverse mentoring", march).to_html();
//! assert!(page.contains("withheld"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "simulation")]
mod band_chart;
mod before_after;
mod breakdowns;
mod chart;
mod check_ins;
mod coordinator;
mod days;
#[cfg(feature = "simulation")]
mod differences;
mod equity;
mod findings;
mod funnel;
mod funnel_plot;
mod goals;
mod heat;
mod heat_plot;
mod next_steps;
mod plot;
mod published;
mod published_plot;
mod scale;
mod series;
mod shell;
#[cfg(feature = "simulation")]
mod simulation;
mod spans;
mod sponsor;
mod standards;
mod statuses;
mod summary;
mod table;
mod text;
mod trends;

pub use coordinator::CoordinatorReport;
pub use days::month_ends;
pub use equity::EquityReport;
pub use funnel::{Funnel, FunnelStep};
pub use heat::{HeatMap, HeatRow, Week};
pub use published::PublishedFunnel;
#[cfg(feature = "simulation")]
pub use simulation::{ForeignBands, SimulationReport};
pub use sponsor::SponsorReport;
