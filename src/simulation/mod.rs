//! A programme played from a seed, on the gate that runs in production, and [experiments](experiment) with it.
//!
//! In come a roster, an approved plan, a [`Model`] and a [`Behaviour`]; out come a [`Program`], its journal and what was
//! [measured](Measure) every week. Only the behaviour is made up. Everything goes through the programme that a host would use: eligibility,
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
//! Things happen one after the other, on days; nothing happens to a pair between two of them. A proposed pair answers, trains and signs, the mentor
//! first; one that is never ready is given up. They first meet within `first-days`, and then an interval of the cadence after the last session
//! held, on a day that is not [closed](Setup::with_calendar). A session is held where both [keep](Behaviour::keeps) it: that hangs on the
//! side, the person, their other pairings, trust, and how the last ones went (`contagion`, `momentum`), and for mentees on a sponsor who
//! goes first and has not left. Where one of them has no hour left in the day it is put off to the next open day. In a session the mentor teaches unless both do or the roles shift. Whoever is taught may [rise](Behaviour::rises) a level in a
//! goal: more where learner and teacher overlap moderately, where there is trust, where both sides are trained, and where the mentee is not
//! apprehensive. Trust grows with sessions held, as far as two get on, and falls with those that are not; apprehension fades. Who does not meet for
//! `forget-days` may fall a level. When the chemistry period has run they may part, in any month they may give up, and any of the two may
//! [leave the company](Behaviour::quits), sooner without a pairing than with one. A pairing that has held its sessions is complete, and
//! goals that are reached are recorded so.
//!
//! From outside: every `round-months` free people are matched again with what is known by then; people [join](Setup::with_joiners); the sponsor leaves; in one
//! month the company reorganises: some mentors move into their own mentee's team, others move anywhere, the programme suspends what became
//! hierarchical, and one of those mentors moves back later.
//!
//! The table of [`Parameter`]s says what each number is, and whether somebody measured it. Most are assumed: read a result as what the
//! assumptions say, and ask a [`tornado`](experiment::tornado) which of them decides.
//!
//! # Beside what was published
//!
//! | figure | source | setup, and what differs from the defaults | the model, 5–95 % of 400 programmes | covered | held out |
//! |---|---|---|---|---|---|
//! | 25 of 26 pairs complete, 96.2 % | Leeds 2022 | 26 pairs, a year; nothing. `completed_of_over`: of those over, since rounds begin pairings that still run | 76.7–100 %, half 88.5 % | yes | no: `dropout` was set by it |
//! | 26 % of staff of two years' tenure or less quit in a year without a mentor | MentorcliQ, a vendor | 50 mentors, a year; `accept` and `sponsor-example` 0, so that nobody has a pairing | 16–36 %, half 26 % | yes | no: `mentor-quits` was set by it |
//! | 8 % with a mentor | the same | 50 mentors, a year; `sessions` 60, so that no pairing is over before the year is | 2–16 %, half 8 % | yes | no: `paired-mentor-quits` was set by it |
//! | training one side gives less than half the benefit | Clutterbuck | 60 pairs, a year; `train-mentors` or `train-mentees` 0, `reorganisation-month` 0. Levels risen by session planned | of the halves of both trained 44 % for mentors, 44–45 % for mentees | yes | no: `one-trained` was set by it |
//! | the same | the same | the same; of what each wishes, what they have learnt: goals are reached | 45 % for mentors, 50–52 % for mentees | not for mentees | no |
//! | six sessions in six months | AXA, NHS | 60 pairs, a year; nothing, and `sessions` 60 beside it. Counted from the day on which a pair began, 184 days | 4–6, half 6; all six of 68 % | yes | no, and nothing was set by it |
//! | 97 % recommend it | AXA | 440 mentors, 498 mentees, a year: the example `axa`; `at-work` and `reorganisation-month` 0 | 97.1–98.9 % of 100 plays | no, by 0.1 points | yes |
//! | 96 % of the first mentors stayed | BNY Mellon Pershing | 77 pairs, a year; `reorganisation-month` 0 | 80.5–93.5 %, half 87 % | no | yes |
//!
//! The last two were looked at once, after the defaults were set; they are printed as they came. The model lets those without a pairing, and those
//! whose pairing is complete, leave as the vendor's figure says, which is more than that cohort did.
//!
//! # Common draws
//!
//! ChaCha with 8 rounds, one stream a replicate, integers only. A stream is read by place and not by turn: each person and each pairing of a
//! mentor has a lane in it, and what happens to them for the n-th time always has the same words. So two programmes of one seed
//! differ by what differs in them, and [`compare`](experiment::compare) needs few replicates.
//!
//! Seed and replicate fix every byte, whatever the number of threads and whatever features another crate has switched on. People and pairings take
//! their turns in the order of their ids, which a plan hands out in the order of the keys, so shuffled rows change nothing.
//!
//! # What it leaves out
//!
//! What is said in sessions; pulses; that people learn from anybody else; that a programme changes who joins it. Everybody is briefed, since the gate
//! lets nobody begin who is not: `train-mentors` and `train-mentees` are about training beyond that.

mod agenda;
mod behaviour;
mod chance;
mod desk;
pub mod experiment;
mod faults;
mod joining;
mod life;
mod measure;
mod meetings;
mod moves;
mod outcome;
mod parameter;
mod people;
mod reorganisation;
mod reports;
mod play;
mod run;
mod setup;
pub mod standard;
mod turns;

pub use behaviour::{Behaviour, Lesson, Person, Standard, Two};
pub use chance::Chance;
pub use faults::{SetupFault, SetupFaults};
pub use joining::Joiner;
pub use measure::{Measure, Measured, UnknownMeasure};
pub use moves::Move;
pub use outcome::{Happening, MonthEnd, Simulated, WeekEnd};
pub use parameter::{Model, OutOfRange, Parameter, Source, UnknownParameter};
pub use play::simulate;
pub use setup::{Progress, Setup, SimulationError};
