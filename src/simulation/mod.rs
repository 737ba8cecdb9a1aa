//! A programme played from a seed: a first model, small and documented.
//!
//! In come a roster, an approved plan and a [`Model`] of how people behave; out come a [`Program`], its journal and what
//! happened. Only the behaviour is made up. Everything goes through the programme that a host would use: eligibility,
//! a plan that somebody approves, every step and session through its gate. A step that the gate refuses is an error.
//!
//! [`Program`]: crate::program::Program
//!
//! ```
//! use std::ops::ControlFlow;
//!
//! use chrono::NaiveDate;
//! use reverse_mentoring::ids::{CoordinatorId, ParticipantId, SequentialIds};
//! use reverse_mentoring::program::Program;
//! use reverse_mentoring::roster::{Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Wish};
//! use reverse_mentoring::simulation::{Setup, simulate};
//! use reverse_mentoring::text::Key;
//!
//! let lines = ReportingLines::new([Line::root("ceo"), Line::new("cto", "ceo"), Line::new("cfo", "ceo"), Line::new("ada", "cto")])?;
//! let mut ids = SequentialIds::new(1);
//! let ada = Participant::new(ParticipantId::from_source(&mut ids), Key::new("ada")?, Side::Mentor, Experience::grade(2))
//!     .with_offers([Offer::new("short video", 4)?])?
//!     .with_wishes([Wish::new("budgeting", 0, 3)?])?;
//! let cfo = Participant::new(ParticipantId::from_source(&mut ids), Key::new("cfo")?, Side::Mentee, Experience::grade(8))
//!     .with_offers([Offer::new("budgeting", 5)?])?
//!     .with_wishes([Wish::new("short video", 0, 3)?])?;
//! let roster = Roster::new([ada, cfo], lines)?;
//!
//! let start = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
//! let setup = Setup::new(&roster, start).with_seed(7, 0);
//! let approved = setup.plan()?.approve(CoordinatorId::from_source(&mut ids));
//! let year = simulate(&setup, &approved, |_| ControlFlow::Continue(()))?;
//! assert_eq!(year.months.len(), 12);
//! assert_eq!(Program::replay(&year.journal)?, year.program);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The model
//!
//! Time goes by days; every day is a working day. A proposed pair answers, trains and signs, the mentor first; a session
//! falls due an interval after the last one held, or after the beginning. Whether it is held hangs on how the last ones
//! went: cancellations breed cancellations (`contagion`), held sessions carry (`momentum`). One session not held is tried
//! again after `retry-days`; after two in a row a pair is more likely to give up. In a session held, the mentor teaches
//! unless both do or the roles shift; whoever was taught may rise a level in one of their goals, never above its target.
//! A pairing that has held its sessions is complete. Every `round-months` free people are matched again, with what is
//! known by then: open and past pairings, former managers. In one month the company reorganises: some mentors move into
//! their own mentee's team, others move anywhere; the programme suspends what became hierarchical, and one of those
//! mentors moves back later. The table of [`Parameter`]s says what each number is, and whether somebody measured it.
//!
//! What it leaves out: people who join or leave the company, holidays, pauses, that a good match meets more often (Eby
//! 2013), training on one side only (Clutterbuck). Read its results as what the rules do to a programme, not as a forecast.
//!
//! # The same bytes
//!
//! Seed and replicate fix every draw: ChaCha with 8 rounds, one stream a replicate, integers only. People and pairings take
//! their turns in the order of their ids, which a plan hands out in the order of the keys, so shuffled rows change nothing.

mod chance;
mod desk;
mod lessons;
mod life;
mod moves;
mod outcome;
mod parameter;
mod reorganisation;
mod run;
mod setup;

pub use moves::Move;
pub use outcome::{Happening, MonthEnd, Simulated};
pub use parameter::{Model, OutOfRange, Parameter, Source};
pub use run::simulate;
pub use setup::{Progress, Setup, SimulationError};
