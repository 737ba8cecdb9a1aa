//! Bringing a programme back from its journal, and what the gate costs when the journal is long.
//!
//! `cargo bench --bench journal`
//!
//! A programme of 2,000 open pairings that begins anew every seven months: acceptance, agreement, six sessions of which one
//! is corrected, progress both ways, completion. Each case runs in a process of its own, so that its memory is its own
//! (read from `/proc`, so on Linux only). Times are the least of the runs, in CPU-bound wall time of one core.

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

#[path = "people/pairs.rs"]
mod pairs;

use chrono::{Days, NaiveDate};
use pairs::Failed;
use reverse_mentoring::history::ReadModel;
use reverse_mentoring::prelude::*;
use reverse_mentoring::privacy::{Ballot, Decision};

const PAIRS: usize = 2_000;
/// A cohort has 36,000 entries, so each ends where the same pairings have met once.
const LENGTHS: [usize; 3] = [20_000, 200_000, 1_028_000];

/// What happens to a pairing, and on which day after its proposal.
#[derive(Clone, Copy)]
enum Happens {
    Step(Step),
    Terms(Role),
    Session(u8),
    Correction,
    Progress(Role),
}

/// Both say that they go on.
fn goes_on(program: &Program<()>, pairing: PairingId) -> Result<Decision, Failed> {
    let open = program.pairing(pairing).ok_or("no pairing")?;
    let mut ballot = Ballot::of(pairing);
    for person in [open.pair().mentor, open.pair().mentee] {
        ballot.vote(&open.member(person).ok_or("no member")?, true)?;
    }
    ballot.decision().ok_or_else(|| "no decision".into())
}

fn life() -> Vec<(u64, Happens)> {
    let (mentor, mentee) = (Role::Mentor, Role::Mentee);
    let mut life: Vec<(u64, Happens)> = [
        (1, Step::Accept { by: mentor }),
        (2, Step::Accept { by: mentee }),
        (3, Step::Prepare),
        (5, Step::Sign { by: mentee }),
        (6, Step::Sign { by: mentor }),
        (7, Step::Begin),
        (70, Step::Settle),
        (195, Step::Complete),
    ]
    .map(|(day, step)| (day, Happens::Step(step)))
    .into();
    life.extend((0..6).map(|n| (10 + 30 * u64::from(n), Happens::Session(n))));
    life.extend([(3, Happens::Terms(mentor)), (4, Happens::Terms(mentee))]);
    life.push((12, Happens::Correction));
    life.push((100, Happens::Progress(mentor)));
    life.push((130, Happens::Progress(mentee)));
    life.sort_by_key(|(day, _)| *day);
    life
}

/// A journal of so many entries, written by the verbs themselves, and who wrote it: kept, so that nothing that is measured
/// afterwards finds room where it was.
fn journal(length: usize) -> Result<(Program<()>, Vec<Entry>), Failed> {
    let mut ids = SequentialIds::new(1);
    let roster = pairs::company(PAIRS, &mut ids)?;
    let first = NaiveDate::from_ymd_opt(2000, 1, 3).ok_or("no day")?;
    let at = |day: u64| Stamp::midnight(first + Days::new(day));
    let id = ProgramId::from_source(&mut ids);
    let (mut program, opening) = Program::open_with((), id, &roster, Load::default(), at(0))?;
    let proofs = pairs::proofs(&roster, PAIRS, &Context::new(first))?;
    let coordinator = CoordinatorId::from_source(&mut ids);
    let mut entries = vec![opening];
    entries.extend(reverse_mentoring::testing::launch(
        &mut program,
        &roster,
        at(0),
        &mut ids,
    )?);
    let skill = [Skill::new("budgeting")?, Skill::new("short video")?];
    let held = Outcome::Held(Taught::both(Minutes::new(50)?));
    for cohort in 0_u64.. {
        let start = cohort * 210;
        let mut pairings = Vec::new();
        for proof in &proofs {
            let id = PairingId::from_source(&mut ids);
            let agreement = Agreement::standard(Cadence::MONTHLY);
            let goals = TwoWayGoals::draft(proof, at(start + 180).on);
            entries.push(program.propose(id, proof, goals, agreement, coordinator, at(start))?);
            pairings.push((id, SessionId::from_source(&mut ids)));
        }
        for (day, happens) in life() {
            for n in 0..PAIRS {
                // In no order that memory would like.
                let (pairing, first) = pairings[n * 1_009 % PAIRS];
                let stamp = at(start + day);
                entries.push(match happens {
                    Happens::Step(Step::Settle) => {
                        program.settle(goes_on(&program, pairing)?, stamp)?
                    }
                    Happens::Step(step) => program.advance(pairing, step, stamp)?,
                    Happens::Terms(by) => {
                        let terms = Terms::new([Preference::Video], [Area::Skills])?;
                        program.state(pairing, by, terms, stamp)?
                    }
                    Happens::Session(number) => {
                        let id = match number {
                            0 => first,
                            _ => SessionId::from_source(&mut ids),
                        };
                        program.record(&Session::new(id, pairing, stamp.on, held), stamp)?
                    }
                    Happens::Correction => {
                        let corrected = Session::new(first, pairing, at(start + 10).on, held);
                        program.correct(&corrected, stamp)?
                    }
                    Happens::Progress(learner) => {
                        let skill = skill[usize::from(learner == Role::Mentee)].clone();
                        program.progress(pairing, learner, skill, Level::new(2)?, stamp)?
                    }
                });
            }
            if entries.len() >= length {
                entries.truncate(length);
                return Ok((program, entries));
            }
        }
    }
    unreachable!("cohorts go on")
}

/// The least of several runs.
fn least<T>(runs: u32, mut run: impl FnMut() -> T) -> Duration {
    let times = (0..runs).map(|_| {
        let begun = Instant::now();
        black_box(run());
        begun.elapsed()
    });
    times.min().unwrap_or_default()
}

/// Bytes that are resident.
fn resident() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

fn nanos(time: Duration, entries: usize) -> f64 {
    time.as_secs_f64() * 1e9 / entries as f64
}

/// Replays, keeps what came out, and says how long an entry took and how much memory the programme needs.
fn replay<V: ReadModel + Clone>(
    name: &str,
    view: V,
    entries: &[Entry],
) -> Result<Program<V>, Failed> {
    let before = resident();
    let program = Program::replay_with(view.clone(), entries)?;
    let grown = resident()
        .zip(before)
        .map(|(after, before)| after.saturating_sub(before));
    let time = least(5, || Program::replay_with(view.clone(), entries).is_ok());
    let (one, rate) = (
        nanos(time, entries.len()),
        entries.len() as f64 / time.as_secs_f64(),
    );
    println!(
        "{name:<24} {:>9} entries  {one:>7.0} ns an entry  {rate:>10.0} entries/s  {:>6.1} MB",
        entries.len(),
        grown.unwrap_or(0) as f64 / 1e6,
    );
    Ok(program)
}

fn case(name: &str, length: usize) -> Result<(), Failed> {
    let (writer, entries) = journal(length)?;
    match name {
        "gate" => {
            replay("replay, gate alone", (), &entries)?;
        }
        "history" => {
            replay(
                "replay, with history",
                reverse_mentoring::history::History::new(),
                &entries,
            )?;
        }
        "verb" => {
            // What one more entry costs: a session recorded and taken back, over and over.
            let mut program = Program::replay_with((), &entries[..entries.len() - 1])?;
            let last = entries[entries.len() - 2].stamp;
            let open = program.open_pairings().filter(|p| p.began_on().is_some());
            let open: Vec<PairingId> = open.map(Pairing::id).collect();
            let mut ids = SequentialIds::new(9);
            let mut entries = 0;
            let mut failed = None;
            let time = least(20, || {
                entries = 0;
                for &pairing in open.iter().take(1_000) {
                    let id = SessionId::from_source(&mut ids);
                    let session =
                        Session::new(id, pairing, last.on, Outcome::Cancelled { by: None });
                    let done = program.record(&session, last);
                    let done = done.and_then(|_| program.void(pairing, id, last));
                    failed = failed.take().or(done.err());
                    entries += 2;
                }
            });
            if let Some(failed) = failed {
                return Err(failed.into());
            }
            println!(
                "{:<24} {length:>9} entries  {:>7.0} ns a verb",
                "one more entry",
                nanos(time, entries)
            );
        }
        "decode" => {
            let lines: Result<Vec<String>, _> = entries.iter().map(serde_json::to_string).collect();
            let lines = lines?;
            let bytes: usize = lines.iter().map(String::len).sum();
            let time = least(3, || {
                let mut read = 0_u64;
                for line in &lines {
                    let entry: Result<Entry, _> = serde_json::from_str(line);
                    read += u64::from(entry.is_ok());
                }
                read
            });
            println!(
                "{:<24} {length:>9} entries  {:>7.0} ns an entry  {:>10.0} entries/s  {:.0} bytes an entry",
                "decode JSON",
                nanos(time, length),
                length as f64 / time.as_secs_f64(),
                bytes as f64 / length as f64
            );
        }
        other => return Err(format!("no case `{other}`").into()),
    }
    black_box(writer);
    Ok(())
}

fn main() -> Result<(), Failed> {
    if let Some(asked) = std::env::var_os("JOURNAL_BENCH_CASE") {
        let asked = asked.into_string().map_err(|_| "not UTF-8")?;
        let (name, length) = asked.split_once(' ').ok_or("a name and a length")?;
        return case(name, length.parse()?);
    }
    let me = std::env::current_exe()?;
    for name in ["gate", "history", "verb", "decode"] {
        for length in LENGTHS {
            let asked = format!("{name} {length}");
            let done = Command::new(&me)
                .env("JOURNAL_BENCH_CASE", &asked)
                .status()?;
            if !done.success() {
                return Err(format!("case `{asked}` failed").into());
            }
        }
    }
    Ok(())
}
