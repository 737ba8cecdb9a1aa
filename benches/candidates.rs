//! What it costs to look at every pair of people: rules, scores, and a plan from end to end.
//!
//! `cargo bench --bench candidates`, or with the names of cases after `--`
//!
//! Each case runs in a process of its own, so that its peak memory is its own (read from `/proc`, so on Linux only).
//! Times are processor time, of small cases the least of the runs.

use std::hint::black_box;
use std::ops::{ControlFlow, RangeInclusive};
use std::process::Command;
use std::time::Duration;

use reverse_mentoring::chrono::NaiveDate;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::matching::{
    Assessment, BothLearn, Candidates, Criteria, Criterion, DifferentUnit, Limits, MenteeLearns,
    MentorLearns, Optimal, Progress, plan_within,
};
use reverse_mentoring::policy::{Context, PairView, PluginId, Policy, Rule, Violation};

mod people;

/// A criterion as a host would write it: one pair at a time.
#[derive(Debug)]
struct NearInGrade;

impl Criterion for NearInGrade {
    fn id(&self) -> PluginId {
        PluginId::new("near-in-grade", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=10
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let grades = [pair.mentor(), pair.mentee()].map(|p| p.experience().as_grade());
        let apart = match grades {
            [Some(a), Some(b)] => a.abs_diff(b),
            _ => 10,
        };
        Assessment::new(10 - apart.min(10))
    }
}

/// A rule as a host would write it.
#[derive(Debug)]
struct NotTooFar;

impl Rule for NotTooFar {
    fn id(&self) -> PluginId {
        PluginId::new("not-too-far", 1)
    }

    fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
        let grades = [pair.mentor(), pair.mentee()].map(|p| p.experience().as_grade());
        match grades {
            [Some(a), Some(b)] if a.abs_diff(b) < 100 => Ok(()),
            _ => Err(Violation::new("not-too-far", "they are too far apart")),
        }
    }
}

fn least<T>(runs: usize, mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut best = None;
    let mut last = None;
    for _ in 0..runs {
        // Gone before the next is made, so that the peak is that of one.
        drop(last.take());
        let start = cpu();
        let made = black_box(work());
        let took = cpu() - start;
        best = best.map(|b: Duration| b.min(took)).or(Some(took));
        last = Some(made);
    }
    (best.expect("a run"), last.expect("a run"))
}

/// Time that this process has spent on a processor, of one thread; a loaded machine does not change it much.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|n| n.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kb = peak.and_then(|p| p.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kb.unwrap_or(0) / 1024
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 2).expect("a day")
}

/// Nanoseconds a pair to collect the candidates of `n` × `n` people.
fn per_pair(n: usize, skills: u64, policy: &Policy, criteria: &Criteria) -> (f64, f64) {
    let roster = people::company(n, n, skills, 17);
    let context = Context::new(today());
    let may = Eligibility::new(&roster, policy, &context);
    let (took, candidates) = least(3, || {
        Candidates::collect(&may, criteria).expect("candidates")
    });
    let pairs = (n * n) as f64;
    (
        took.as_secs_f64() * 1e9 / pairs,
        candidates.len() as f64 / pairs,
    )
}

fn scoring() {
    let n = 4_000;
    let shipped = || {
        Criteria::none()
            .with(MenteeLearns, 1)
            .and_then(|c| c.with(MentorLearns, 1))
            .and_then(|c| c.with(BothLearn, 1))
            .and_then(|c| c.with(DifferentUnit, 1))
            .expect("criteria")
    };
    for skills in [40, 64, 200, 1_000] {
        let (bare, _) = per_pair(n, skills, &Policy::core_only(), &Criteria::none());
        let (all, eligible) = per_pair(n, skills, &Policy::core_only(), &shipped());
        println!(
            "pairs of {n} x {n}, {skills:>4} skills, {:.0} % eligible: {all:.2} ns a pair with the shipped criteria, {bare:.2} without; {:.2} ns an eligible pair for scores",
            eligible * 100.0,
            (all - bare) / eligible,
        );
    }
    let (all, eligible) = per_pair(n, 40, &Policy::core_only(), &shipped());
    let custom = shipped().with(NearInGrade, 1).expect("criteria");
    let (more, _) = per_pair(n, 40, &Policy::core_only(), &custom);
    println!(
        "a custom criterion: {:.2} ns an eligible pair",
        (more - all) / eligible
    );
    let (more, _) = per_pair(n, 40, &Policy::core_only().with(NotTooFar), &shipped());
    println!(
        "a custom rule: {:.2} ns for each pair that the core lets pass",
        (more - all) / eligible
    );
    let (more, left) = per_pair(n, 40, &Policy::standard(), &shipped());
    println!(
        "the standard policy: {:.2} ns for each pair that the core lets pass, {:.0} % of all left",
        (more - all) / eligible,
        left * 100.0
    );
}

fn end_to_end(n: usize) {
    let start = cpu();
    let roster = people::company(n, n, 40, 17);
    println!(
        "{n} x {n}: people made in {:.2} s, {} MB",
        (cpu() - start).as_secs_f64(),
        peak_mb()
    );
    let base = peak_mb();
    let (policy, context, criteria) = (
        Policy::core_only(),
        Context::new(today()),
        Criteria::standard(),
    );
    let start = cpu();
    let may = Eligibility::new(&roster, &policy, &context);
    println!("  question {:.2} s", (cpu() - start).as_secs_f64());
    let candidates = Candidates::collect(&may, &criteria).expect("candidates");
    let collected = (cpu() - start).as_secs_f64();
    let eligible = candidates.len();
    println!(
        "  candidates {collected:.2} s: {eligible} eligible, peak {} MB, {:.2} bytes an eligible pair",
        peak_mb(),
        (peak_mb() - base) as f64 * 1048576.0 / eligible as f64
    );
    let plan = candidates.plan(&Optimal::most_pairs()).expect("a plan");
    let planned = (cpu() - start).as_secs_f64();
    println!(
        "  plan {:.2} s: {plan}; peak {} MB, {:.2} bytes an eligible pair",
        planned - collected,
        peak_mb(),
        (peak_mb() - base) as f64 * 1048576.0 / eligible as f64
    );
}

/// A plan whose pairs are not all kept.
fn beyond(n: usize, skills: u64, shortlist: u8) {
    let start = cpu();
    let roster = people::company(n, n, skills, 17);
    println!(
        "{n} x {n}, {skills} skills: people made in {:.2} s, {} MB",
        (cpu() - start).as_secs_f64(),
        peak_mb()
    );
    let (policy, context, criteria) = (
        Policy::core_only(),
        Context::new(today()),
        Criteria::standard(),
    );
    let start = cpu();
    let may = Eligibility::new(&roster, &policy, &context);
    let limits = Limits::default().keep_at_most(0).shortlist(shortlist);
    let mut last = Duration::ZERO;
    let plan = plan_within(
        &may,
        &criteria,
        &Optimal::most_pairs(),
        limits,
        &mut |progress| {
            let now = cpu() - start;
            match progress {
                Progress::Solved {
                    round,
                    candidates,
                    pairs,
                    total,
                } => {
                    println!(
                        "  {:6.1} s: round {round}, {candidates} candidates, {pairs} pairs, total {total}; solved in {:.1} s",
                        now.as_secs_f64(),
                        (now - last).as_secs_f64()
                    );
                }
                Progress::Looking { done, of } if done == of => {
                    println!(
                        "  {:6.1} s: looked at all pairs, in {:.1} s",
                        now.as_secs_f64(),
                        (now - last).as_secs_f64()
                    );
                }
                _ => return ControlFlow::Continue(()),
            }
            last = now;
            ControlFlow::Continue(())
        },
    );
    let plan = plan.expect("a plan");
    let took = cpu() - start;
    println!(
        "  {:6.1} s: audited and explained in {:.1} s: {plan}; {:?}; peak {} MB",
        took.as_secs_f64(),
        (took - last).as_secs_f64(),
        plan.certificate,
        peak_mb()
    );
}

fn main() {
    let cases = ["scoring", "end 2000", "end 10000", "beyond 100000 40 24"];
    if let Ok(case) = std::env::var("CANDIDATES_BENCH_CASE") {
        let words: Vec<&str> = case.split(' ').collect();
        match words.as_slice() {
            ["scoring"] => scoring(),
            ["beyond", n, skills, keep] => beyond(
                n.parse().expect("a number"),
                skills.parse().expect("a number"),
                keep.parse().expect("a number"),
            ),
            ["end", n] => end_to_end(n.parse().expect("a number")),
            _ => {}
        }
        return;
    }
    let me = std::env::current_exe().expect("this program");
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    let cases = cases.map(str::to_owned).to_vec();
    let cases = if asked.is_empty() {
        cases
    } else {
        vec![asked.join(" ")]
    };
    for case in cases {
        let status = Command::new(&me)
            .env("CANDIDATES_BENCH_CASE", &case)
            .status();
        assert!(status.expect("a process").success(), "{case}");
    }
}
