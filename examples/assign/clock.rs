//! Time and memory of this process as the system counts them; from `/proc`, so that nothing unsafe is needed.

use std::fs;
use std::sync::Once;
use std::time::Instant;

/// The kernel states times of a whole process in hundredths of a second, on every Linux.
const TICK: f64 = 0.01;

/// Started before the work, stopped after it.
pub struct Clock {
    wall: Instant,
    cpu: Option<Cpu>,
}

impl Clock {
    pub fn start() -> Self {
        let cpu = Cpu::now();
        let wall = Instant::now();
        Self { wall, cpu }
    }

    /// Seconds of CPU of all threads and seconds of wall time since the start.
    ///
    /// Where the system does not say what the CPU did, wall time stands for both, and standard error says so once.
    pub fn stop(&self) -> (f64, f64) {
        let wall = self.wall.elapsed().as_secs_f64();
        let both = self.cpu.as_ref().zip(Cpu::now());
        let cpu = both.map(|(then, now)| now.since(then));
        (cpu.unwrap_or_else(|| unknown(wall)), wall)
    }
}

fn unknown(wall: f64) -> f64 {
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        use std::io::Write as _;
        // Nobody who listens is no error.
        let _ = writeln!(
            std::io::stderr(),
            "this system has no CPU time in /proc: cpu_min is wall time"
        );
    });
    wall
}

/// CPU time so far.
struct Cpu {
    /// All threads, also those that ended, in whole ticks.
    process: f64,
    /// The thread that asks, to the nanosecond.
    thread: f64,
}

impl Cpu {
    fn now() -> Option<Self> {
        // Reading the first makes the kernel bring the second up to date, which it otherwise does once a tick.
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let schedule = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        // The name in parentheses may hold anything; user and system time are the 12th and 13th word after it.
        let (_, words) = stat.rsplit_once(')')?;
        let mut words = words.split_ascii_whitespace().skip(11);
        let mut ticks = || words.next()?.parse::<u64>().ok();
        let ticks = ticks()? + ticks()?;
        let nanoseconds: u64 = schedule.split_ascii_whitespace().next()?.parse().ok()?;
        Some(Self {
            process: ticks as f64 * TICK,
            thread: nanoseconds as f64 / 1e9,
        })
    }

    /// The fine figure where this thread alone worked, the coarse one where others did besides.
    fn since(&self, then: &Self) -> f64 {
        let (process, thread) = (self.process - then.process, self.thread - then.thread);
        if process - thread > 2.0 * TICK {
            process
        } else {
            thread
        }
    }
}

/// Counts the peak from here on; where that is refused, it stays that of the whole run.
pub fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that was resident, in MB of 1024 x 1024 bytes, if the system says.
pub fn peak_mb() -> Option<f64> {
    megabytes("VmHWM:")
}

/// The memory that is resident now.
#[allow(dead_code, reason = "for the bench that shares this file")]
pub fn resident_mb() -> Option<f64> {
    megabytes("VmRSS:")
}

fn megabytes(name: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1024.0)
}
