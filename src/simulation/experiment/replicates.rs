//! Scenarios played many times, on any number of threads, in order.

use std::num::NonZeroUsize;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::scenario::Scenario;
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
/// The answers come in the order of their numbers, whatever the number of threads: the same bytes with one as with many. No more than a handful
/// for each thread are kept at a time.
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

/// Replicates that a thread plays before all are handed out.
const A_THREAD: usize = 8;

type Played = Result<Vec<Replicate>, SimulationError>;

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

    /// On so many threads.
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

    /// Hands out each replicate, a slice in the order of the scenarios; breaking ends it. Whether all were handed out.
    ///
    /// # Errors
    ///
    /// [`SimulationError`] of the first replicate that cannot be played; those before it have been handed out.
    pub fn each(
        &self,
        scenarios: &[Scenario<'_>],
        mut hand_out: impl FnMut(&[Replicate]) -> ControlFlow<()>,
    ) -> Result<bool, SimulationError> {
        let mut next = self.numbers.start;
        while next < self.numbers.end {
            let many = (self.threads.get() * A_THREAD) as u64;
            let end = self.numbers.end.min(next.saturating_add(many));
            for played in self.batch(scenarios, next..end) {
                if hand_out(&played?).is_break() {
                    return Ok(false);
                }
            }
            next = end;
        }
        Ok(true)
    }

    fn batch(&self, scenarios: &[Scenario<'_>], numbers: Range<u64>) -> Vec<Played> {
        let play = |number| -> Played { scenarios.iter().map(|s| s.play(number)).collect() };
        let numbers: Vec<u64> = numbers.collect();
        let threads = self.threads.get().min(numbers.len());
        if threads <= 1 {
            return numbers.into_iter().map(play).collect();
        }
        let places: Vec<Mutex<Option<Played>>> = numbers.iter().map(|_| Mutex::new(None)).collect();
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let (Some(number), Some(place)) = (numbers.get(at), places.get(at)) else {
                            return;
                        };
                        let played = play(*number);
                        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(played);
                    }
                });
            }
        });
        let places = places.into_iter();
        let played = places.filter_map(|p| p.into_inner().unwrap_or_else(PoisonError::into_inner));
        played.collect()
    }
}
