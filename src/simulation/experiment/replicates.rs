//! Scenarios played many times, on any number of threads, in order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

use super::scenario::{Opening, Scenario};
use crate::health::Ratio;
use crate::simulation::{Measure, SimulationError, WeekEnd};

/// One replicate that was played.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replicate {
    /// Its number: which stream of the seed.
    pub number: u64,
    /// The end of each week, and the last day.
    pub weeks: Vec<WeekEnd>,
    /// How many entries the gate let through.
    pub entries: u64,
}

impl Replicate {
    /// A measure on the last day; no data where no day was played.
    #[must_use]
    pub fn at_the_end(&self, measure: Measure) -> Ratio {
        let last = self.weeks.last();
        last.map_or(Ratio::NO_DATA, |week| week.measured.of(measure))
    }
}

/// Plays replicates of several scenarios, the same numbers of each, so that the n-th of each goes by the same draws.
///
/// The answers come in the order of their numbers, whatever the number of threads: the same bytes with one as with many. Each is handed out as
/// soon as those before it are, while later ones still play; no more than four for each thread are kept at a time.
///
/// ```
/// # use reverse_mentoring::ids::{CoordinatorId, SequentialIds};
/// # use reverse_mentoring::testing::Company;
/// use std::ops::ControlFlow;
///
/// use chrono::NaiveDate;
/// use reverse_mentoring::simulation::Setup;
/// use reverse_mentoring::simulation::experiment::{Replicates, Scenario};
///
/// # let company = Company::sample()?;
/// # let roster = company.roster();
/// let setup = Setup::new(roster, NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()).with_months(6);
/// let plan = setup.plan()?.approve(CoordinatorId::from_source(&mut SequentialIds::new(1)));
/// let monthly = [Scenario::planned("monthly", setup, &plan)];
///
/// let mut held = Vec::new();
/// Replicates::new(0..20).each(&monthly, |played| {
///     held.push(played[0].number);
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(held, (0..20).collect::<Vec<_>>());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replicates {
    numbers: Range<u64>,
    threads: NonZeroUsize,
}

/// Threads at most, whatever is asked for: beyond them a machine gains nothing.
const MOST_THREADS: usize = 256;

/// Replicates that a thread may be ahead of what is handed out.
const AHEAD: u64 = 4;

/// Of each scenario one; nothing where playing was broken off.
type Played = Result<Option<Vec<Replicate>>, SimulationError>;

impl Replicates {
    /// These numbers, on as many threads as the machine has.
    #[must_use]
    pub fn new(numbers: Range<u64>) -> Self {
        let threads = std::thread::available_parallelism();
        Self {
            numbers,
            threads: threads.unwrap_or(NonZeroUsize::MIN),
        }
    }

    /// On so many threads: never on more than there are replicates, nor on more than 256.
    #[must_use]
    pub const fn on_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = threads;
        self
    }

    /// How many replicates of each scenario.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.numbers.end.saturating_sub(self.numbers.start)
    }

    /// How many threads are spawned; with one, nothing is.
    fn threads(&self) -> usize {
        let count = usize::try_from(self.count()).unwrap_or(usize::MAX);
        self.threads.get().min(MOST_THREADS).min(count)
    }

    /// Hands out each replicate, a slice in the order of the scenarios; breaking ends it. Whether all were handed out.
    ///
    /// When it breaks, whatever still plays ends before its next day.
    ///
    /// # Errors
    ///
    /// [`SimulationError`] of the first replicate that cannot be played; those before it have been handed out.
    ///
    /// # Panics
    ///
    /// Where a [`Behaviour`](crate::simulation::Behaviour) panics, as it would have without threads.
    pub fn each(
        &self,
        scenarios: &[Scenario<'_>],
        mut hand_out: impl FnMut(&[Replicate]) -> ControlFlow<()>,
    ) -> Result<bool, SimulationError> {
        let threads = self.threads();
        let cast = Cast::of(scenarios, self.count());
        if threads <= 1 {
            let never = AtomicBool::new(false);
            for number in self.numbers.clone() {
                if let Some(played) = cast.play(number, &never)? {
                    if hand_out(&played).is_break() {
                        return Ok(false);
                    }
                }
            }
            return Ok(true);
        }
        let desk = Desk {
            stop: AtomicBool::new(false),
            state: Mutex::new(State {
                next: self.numbers.start,
                handed: self.numbers.start,
                ready: BTreeMap::new(),
            }),
            turn: Condvar::new(),
        };
        let window = AHEAD.saturating_mul(threads as u64);
        std::thread::scope(|scope| {
            // Whatever way this ends, nobody is left waiting.
            let _stop = Stop {
                desk: &desk,
                always: true,
            };
            for _ in 0..threads {
                scope.spawn(|| {
                    let _stop = Stop {
                        desk: &desk,
                        always: false,
                    };
                    while let Some(number) = desk.take(self.numbers.end, window) {
                        desk.put(number, cast.play(number, &desk.stop));
                    }
                });
            }
            for number in self.numbers.clone() {
                // Nothing comes any more where a thread has panicked: the scope says so.
                let Some(played) = desk.hand(number) else {
                    return Ok(false);
                };
                if let Some(played) = played? {
                    if hand_out(&played).is_break() {
                        return Ok(false);
                    }
                }
            }
            Ok(true)
        })
    }
}

/// The scenarios, each with what all of its replicates begin with, once somebody has needed it.
struct Cast<'a> {
    scenarios: &'a [Scenario<'a>],
    /// Of as many scenarios; of none where there is one replicate.
    openings: Vec<OnceLock<Option<Opening>>>,
}

impl<'a> Cast<'a> {
    fn of(scenarios: &'a [Scenario<'a>], replicates: u64) -> Self {
        let many = scenarios.iter().filter(|_| replicates > 1);
        Self {
            scenarios,
            openings: many.map(|_| OnceLock::new()).collect(),
        }
    }

    fn play(&self, number: u64, stop: &AtomicBool) -> Played {
        let go_on = || match stop.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        };
        let played = self.scenarios.iter().enumerate().map(|(at, scenario)| {
            let opening = self.openings.get(at);
            let opening =
                opening.and_then(|known| known.get_or_init(|| scenario.opening()).as_ref());
            scenario.play_from(number, opening, |_| go_on())
        });
        played.collect()
    }
}

/// Where threads take numbers and put down what they played.
struct Desk {
    stop: AtomicBool,
    state: Mutex<State>,
    turn: Condvar,
}

// INVARIANT (in order): every number below `next` is handed out, ready, or being played by one thread.
struct State {
    next: u64,
    handed: u64,
    ready: BTreeMap<u64, Played>,
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.turn
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The next number to play, once there is room for what comes of it.
    fn take(&self, end: u64, window: u64) -> Option<u64> {
        let mut state = self.state();
        loop {
            if self.stopped() || state.next >= end {
                return None;
            }
            if state.next - state.handed < window {
                let number = state.next;
                state.next += 1;
                return Some(number);
            }
            state = self.wait(state);
        }
    }

    fn put(&self, number: u64, played: Played) {
        self.state().ready.insert(number, played);
        self.turn.notify_all();
    }

    /// What came of a number, as soon as it is there.
    fn hand(&self, number: u64) -> Option<Played> {
        let mut state = self.state();
        loop {
            if let Some(played) = state.ready.remove(&number) {
                state.handed = number.saturating_add(1);
                self.turn.notify_all();
                return Some(played);
            }
            if self.stopped() {
                return None;
            }
            state = self.wait(state);
        }
    }
}

/// Stops all when it goes: the one who hands out always, a thread where it panics.
struct Stop<'a> {
    desk: &'a Desk,
    always: bool,
}

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        if self.always || std::thread::panicking() {
            // Under the lock, or somebody may look before and wait after.
            let state = self.desk.state();
            self.desk.stop.store(true, Ordering::Relaxed);
            drop(state);
            self.desk.turn.notify_all();
        }
    }
}
