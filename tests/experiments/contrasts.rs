//! Two programmes by the same draws.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility;
use reverse_mentoring::matching::{Candidates, Criteria};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::prelude::{Context, Eligibility};
use reverse_mentoring::simulation::experiment::{
    Bands, ByLot, Contrast, Replicates, Scenario, Sway, TornadoProgress, Trial, Verdict,
    assumptions, compare, sweep, tornado,
};
use reverse_mentoring::simulation::{Behaviour, Chance, Measure, Model, Parameter as P, Two};

use crate::company::*;

const GO: fn(u64, u64) -> ControlFlow<()> = |_, _| ControlFlow::Continue(());

fn threads(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}

/// That nothing differs has to be seen as often as it takes: 5.886 of 2,048 are 0.287 points.
#[test]
fn the_same_twice_differs_in_nothing() {
    let roster = company(2, 2, 1);
    let setup = setup(&roster, Model::standard()).with_months(1);
    let plan = approved(&setup);
    let one = Scenario::planned("one", setup.clone(), &plan);
    let same = Scenario::planned("same", setup.clone(), &plan);
    let trial = Trial::on(Measure::Matched);
    let few = compare(&one, &same, &trial.clone().at_most(1024), GO).unwrap();
    assert_eq!((few.verdict, few.replicates), (Verdict::CannotTell, 1024));
    assert_eq!(
        few.sentence(),
        "Cannot tell whether `one` or `same` is higher in matched (95 % interval −0.6 to 0.6 points, 1024 replicates, none of which differs)."
    );
    let contrast = compare(&one, &same, &trial, GO).unwrap();
    assert_eq!(
        (contrast.verdict, contrast.replicates),
        (Verdict::Alike, 2048)
    );
    for measure in &contrast.measures {
        assert_eq!(measure.a, measure.b);
        let Some(difference) = measure.difference else {
            continue;
        };
        assert_eq!((difference.mean, difference.differing), (0, 0));
        assert!(difference.low <= -2_874 && difference.high >= 2_874);
    }
    assert_eq!(
        contrast.sentence(),
        "In matched `one` and `same` differ by less than 0.5 points (95 % interval −0.3 to 0.3 points, 2048 replicates, none of which differs)."
    );
    // Of one name, and with no margin nothing is alike.
    let trial = trial.margin(0).at_most(16);
    assert_eq!(
        compare(&one, &one, &trial, GO).unwrap().sentence(),
        "Cannot tell whether `one` (the first) or `one` (the second) is higher in matched (95 % interval −36.8 to 36.8 points, 16 replicates, none of which differs)."
    );
}

#[test]
fn only_what_has_the_same_draws_and_days_is_compared() {
    let roster = company(2, 2, 1);
    let base = setup(&roster, Model::standard()).with_months(1);
    let plan = approved(&base);
    let a = Scenario::planned("a", base.clone(), &plan);
    let seed = Scenario::planned("b", base.clone().with_seed(7, 0), &plan);
    let longer = Scenario::planned("b", base.with_months(2), &plan);
    let trial = Trial::on(Measure::Trust);
    let refused = |b| compare(&a, b, &trial, GO).unwrap_err().to_string();
    assert_eq!(
        refused(&seed),
        "two programmes are compared by the same draws over the same time, and their seeds differ: 1 and 7"
    );
    assert_eq!(
        refused(&longer),
        "two programmes are compared by the same draws over the same time, and their months differ: 1 and 2"
    );
}

/// What is clear shows at once, with its sign; and what differs in nothing but draws that are the same stays the same.
#[test]
fn a_clear_difference_has_its_sign() {
    let roster = company(20, 20, 1);
    let base = setup(&roster, Model::standard());
    let plan = approved(&base);
    let monthly = Scenario::planned("monthly", base.clone(), &plan);
    let often = base.with_cadence(Cadence::FORTNIGHTLY);
    let fortnightly = Scenario::planned("fortnightly", often, &plan);
    let trial = Trial::on(Measure::MenteeLearning);
    let up = compare(&fortnightly, &monthly, &trial, GO).unwrap();
    let down = compare(&monthly, &fortnightly, &trial, GO).unwrap();
    assert_eq!(
        (up.verdict, down.verdict),
        (Verdict::Higher, Verdict::Lower)
    );
    let (u, d) = (up.difference().unwrap(), down.difference().unwrap());
    assert_eq!((u.mean, u.low, u.high), (-d.mean, -d.high, -d.low));
    let says = |contrast: &Contrast, start: &str, middle: &str| {
        let sentence = contrast.sentence();
        assert!(
            sentence.starts_with(start) && sentence.contains(middle),
            "{sentence}"
        );
    };
    says(
        &up,
        "In mentee learning `fortnightly` is ",
        " points higher than `monthly` (95 % interval ",
    );
    says(
        &down,
        "In mentee learning `monthly` is ",
        " points lower than `fortnightly` (95 % interval −",
    );
    assert!(up.replicates <= 64, "{}", up.replicates);
    // Common draws: who keeps appointments does not hang on who is trained, and nobody else's draws move.
    let untrained = with(
        Model::standard(),
        &[(P::NoneTrained, 100), (P::TrainMentors, 0)],
    );
    let untrained = monthly.clone().with_model("untrained", untrained);
    let contrast = compare(&monthly, &untrained, &trial, GO).unwrap();
    assert_eq!(contrast.verdict, Verdict::Higher);
    let attendance = contrast
        .of(Measure::Attendance)
        .unwrap()
        .difference
        .unwrap();
    assert_eq!((attendance.mean, attendance.differing), (0, 0));
}

/// More than nought and not known to be more than what is worth a decision: it goes on, and at the end says so.
#[test]
fn a_margin_is_passed_wholly_or_it_goes_on() {
    let roster = company(20, 20, 1);
    let base = setup(&roster, Model::standard()).with_months(6);
    let plan = approved(&base);
    let monthly = Scenario::planned("monthly", base.clone(), &plan);
    let fortnightly = Scenario::planned(
        "fortnightly",
        base.with_cadence(Cadence::FORTNIGHTLY),
        &plan,
    );
    let trial = Trial::on(Measure::MenteeLearning).at_most(32);
    let found = compare(&fortnightly, &monthly, &trial.clone().margin(0), GO).unwrap();
    assert_eq!((found.verdict, found.replicates), (Verdict::Higher, 16));
    let mean = found.difference().unwrap().mean;
    let margin = u16::try_from(mean / 1000).unwrap();
    let trial = trial.margin(margin);
    let found = compare(&fortnightly, &monthly, &trial, GO).unwrap();
    assert_eq!((found.verdict, found.replicates), (Verdict::Higher, 32));
    let end = format!(
        " replicates), which may be less than the {}.{} points that are worth a decision.",
        margin / 10,
        margin % 10
    );
    assert!(found.sentence().ends_with(&end), "{}", found.sentence());
}

/// Differences by the same draws vary less than those of programmes that know nothing of each other.
#[test]
fn common_draws_make_differences_steadier() {
    let roster = company(20, 20, 1);
    let base = setup(&roster, Model::standard());
    let plan = approved(&base);
    let keeps = with(Model::standard(), &[(P::MenteeKeeps, 900)]);
    let a = Scenario::planned("a", base.clone(), &plan);
    let b = a.clone().with_model("b", keeps);
    let spread = |pairs: &[(u64, u64)]| {
        let share = |s: &Scenario<'_>, n| {
            let ratio = s.play(n).unwrap().at_the_end(Measure::Attendance);
            ratio.part() as f64 / ratio.whole() as f64
        };
        let differences: Vec<f64> = pairs
            .iter()
            .map(|(x, y)| share(&a, *x) - share(&b, *y))
            .collect();
        let mean = differences.iter().sum::<f64>() / differences.len() as f64;
        differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>()
    };
    let common: Vec<_> = (0..60).map(|n| (n, n)).collect();
    let apart: Vec<_> = (0..60).map(|n| (n, 1000 + n)).collect();
    let (common, apart) = (spread(&common), spread(&apart));
    assert!(common < 0.6 * apart, "{common} {apart}");
}

#[test]
fn threads_change_nothing() {
    let roster = company(16, 12, 2);
    let base = setup(&roster, Model::standard()).with_months(7);
    let plan = approved(&base);
    let a = Scenario::planned("a", base, &plan);
    let b = a
        .clone()
        .with_model("b", with(Model::standard(), &[(P::TrustGain, 250)]));
    let trial = |n| Trial::on(Measure::Trust).at_most(64).on_threads(threads(n));
    let bands = |n| {
        let replicates = Replicates::new(3..70).on_threads(threads(n));
        Bands::of(&a, &replicates, |_| ControlFlow::Continue(())).unwrap()
    };
    let (one, first) = (compare(&a, &b, &trial(1), GO).unwrap(), bands(1));
    for n in [2, 3, 16] {
        assert_eq!(compare(&a, &b, &trial(n), GO).unwrap(), one);
        assert_eq!(bands(n), first);
    }
    assert_eq!(first.replicates(), 67);
    for measure in Measure::ALL {
        for (day, band) in first.of_measure(*measure) {
            let Some(band) = band else { continue };
            assert!(
                band.low <= band.middle && band.middle <= band.high && band.high <= 1000,
                "{day}"
            );
        }
    }
}

#[test]
fn breaking_hands_back_what_is_there() {
    let roster = company(16, 12, 2);
    let base = setup(&roster, Model::standard()).with_months(7);
    let plan = approved(&base);
    let a = Scenario::planned("a", base, &plan);
    // So near that it goes on past the first looks.
    let b = a.clone().with_model(
        "b",
        with(
            Model::standard(),
            &[(P::Feedback, 690), (P::MenteeKeeps, 909)],
        ),
    );
    let trial = Trial::on(Measure::MentorLearning).margin(0);
    let stop = |at: u64| {
        let mut seen = Vec::new();
        let contrast = compare(&a, &b, &trial, |done, most| {
            assert_eq!(most, 4096);
            seen.push(done);
            if done == at {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert_eq!(seen, (1..=at).collect::<Vec<_>>());
        contrast.unwrap()
    };
    let early = stop(5);
    assert!(!early.finished);
    assert_eq!((early.replicates, early.verdict), (5, Verdict::CannotTell));
    assert!(
        early
            .sentence()
            .starts_with("Cannot tell: `a` and `b` have too little data"),
        "{}",
        early.sentence()
    );
    let later = stop(40);
    assert_eq!((later.replicates, later.finished), (40, false));
    assert_eq!(later.difference().unwrap().replicates, 40);
    let bands = |of| {
        Bands::of(&a, &Replicates::new(0..of), |done| {
            if done == 7 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
    };
    let broken = bands(100).unwrap();
    assert_eq!((broken.replicates(), broken.finished()), (7, false));
    assert!(bands(6).unwrap().finished());
}

/// Any number of threads that a type can hold is no more work than there are replicates.
#[test]
fn more_threads_than_anybody_has() {
    let roster = company(2, 2, 1);
    let base = setup(&roster, Model::standard()).with_months(1);
    let plan = approved(&base);
    let a = Scenario::planned("a", base, &plan);
    for n in [usize::MAX, 1 << 61, 257] {
        for count in [0, 1, 5] {
            let mut held = Vec::new();
            let replicates = Replicates::new(0..count).on_threads(threads(n));
            let all = replicates.each(std::slice::from_ref(&a), |played| {
                held.push(played[0].number);
                ControlFlow::Continue(())
            });
            assert_eq!(all, Ok(true));
            assert_eq!(held, (0..count).collect::<Vec<_>>());
        }
    }
}

/// People who take a while to say whether they come.
#[derive(Debug)]
struct Slow;

impl Behaviour for Slow {
    fn id(&self) -> PluginId {
        PluginId::new("slow", 1)
    }

    fn keeps(&self, _: &Model, _: &Two<'_>, _: Role) -> Chance {
        std::thread::sleep(std::time::Duration::from_millis(2));
        Chance::ALWAYS
    }
}

/// When the first replicate is handed out the others are on their next, and do not play it to its end.
#[test]
fn breaking_stops_what_still_plays() {
    let roster = company(12, 12, 1);
    let base = setup(&roster, Model::standard()).with_behaviour(&Slow);
    let plan = approved(&base);
    let a = Scenario::planned("a", base, &plan);
    let begun = std::time::Instant::now();
    let mut broke = None;
    let all = Replicates::new(0..50)
        .on_threads(threads(4))
        .each(std::slice::from_ref(&a), |_| {
            broke = Some(std::time::Instant::now());
            ControlFlow::Break(())
        });
    assert_eq!(all, Ok(false));
    let (one, after) = (broke.unwrap() - begun, broke.unwrap().elapsed());
    assert!(after < one / 2, "{after:?} after {one:?}");
    // Day by day, and then nothing is handed back.
    let mut days = 0;
    let broken = a.play_watched(0, |_| {
        days += 1;
        if days == 10 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!((broken, days), (Ok(None), 10));
}

/// Somebody's plug-in that fails.
#[derive(Debug)]
struct Fails;

impl Behaviour for Fails {
    fn id(&self) -> PluginId {
        PluginId::new("fails", 1)
    }

    fn keeps(&self, _: &Model, _: &Two<'_>, _: Role) -> Chance {
        panic!("no such person")
    }
}

#[test]
fn a_behaviour_that_panics_leaves_nobody_waiting() {
    let roster = company(2, 2, 1);
    let base = setup(&roster, Model::standard()).with_behaviour(&Fails);
    let plan = approved(&base);
    let a = Scenario::planned("a", base, &plan);
    for n in [1, 3] {
        let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let replicates = Replicates::new(0..50).on_threads(threads(n));
            replicates.each(std::slice::from_ref(&a), |_| ControlFlow::Continue(()))
        }));
        assert!(played.is_err());
    }
}

/// What all replicates begin with is made once where several are played, and they come out as if each had been played alone.
#[test]
fn what_all_begin_with_changes_nothing() {
    let roster = company(6, 6, 2);
    let model = with(Model::standard(), &[(P::RoundMonths, 3)]);
    let base = setup(&roster, model);
    let plan = approved(&base);
    let (policy, context) = (base.policy().clone(), Context::new(start()));
    let may = Eligibility::new(&roster, &policy, &context);
    let proof = |n| match may.check_keys(&format!("j{n:03}"), &format!("s{n:03}")) {
        Ok(eligibility::Verdict::Eligible(proof)) => proof,
        other => panic!("{other:?}"),
    };
    let pairs: Vec<_> = (0..4).map(proof).collect();
    let criteria = Criteria::none();
    let drawn = Candidates::collect(&may, &criteria).unwrap();
    let drawn = drawn.plan(&ByLot::any(3, 1)).unwrap();
    let plans = [plan.clone(), drawn.approve(coordinator())];
    let short = |months| base.clone().with_months(months);
    let scenarios = [
        Scenario::planned("planned", base.clone(), &plan),
        Scenario::chosen("chosen", base.clone(), &pairs, coordinator()),
        Scenario::planned_by_turns("turns", base.clone(), &plans).unwrap(),
        Scenario::planned("nothing", short(0), &plan),
        Scenario::planned("a month", short(1), &plan),
    ];
    for (numbers, threads) in [(0..9, threads(1)), (2..9, threads(3)), (5..6, threads(1))] {
        let mut expected = numbers.clone();
        let replicates = Replicates::new(numbers).on_threads(threads);
        let all = replicates.each(&scenarios, |played| {
            let number = expected.next().unwrap();
            let alone = scenarios
                .iter()
                .map(|scenario| scenario.play(number).unwrap());
            assert!(played.iter().cloned().eq(alone), "replicate {number}");
            ControlFlow::Continue(())
        });
        assert_eq!((all, expected.next()), (Ok(true), None));
    }
}

/// Where it cannot begin, every replicate says so, as it does alone.
#[test]
fn what_cannot_begin_is_refused_alike() {
    let (roster, other) = (company(6, 6, 2), company(5, 6, 2));
    let base = setup(&roster, Model::standard());
    let foreign = approved(&setup(&other, Model::standard()));
    let scenarios = [Scenario::planned("of another roster", base, &foreign)];
    let alone = scenarios[0].play(3).unwrap_err();
    let nobody = |_: &[_]| -> ControlFlow<()> { panic!("nothing was played") };
    for threads in [threads(1), threads(2)] {
        let replicates = Replicates::new(3..8).on_threads(threads);
        assert_eq!(replicates.each(&scenarios, nobody).unwrap_err(), alone);
    }
}

/// Replicate n begins with plan n mod their number, and with nothing of the others.
#[test]
fn plans_take_turns() {
    let roster = company(6, 6, 1);
    let base = setup(&roster, Model::standard());
    let context = Context::new(start());
    let may = Eligibility::new(&roster, base.policy(), &context);
    let criteria = Criteria::none();
    let candidates = Candidates::collect(&may, &criteria).unwrap();
    let drawn = |n| candidates.plan(&ByLot::any(3, n)).unwrap();
    let plans: Vec<_> = (0..3).map(|n| drawn(n).approve(coordinator())).collect();
    let each: Vec<_> = plans
        .iter()
        .map(|plan| Scenario::planned("one", base.clone(), plan))
        .collect();
    assert!((0..3).any(|n| each[0].play(n) != each[1].play(n)));
    let turns = Scenario::planned_by_turns("turns", base.clone(), &plans).unwrap();
    assert_eq!(turns.provenance().plans, 3);
    for n in 0..7u8 {
        assert_eq!(
            turns.play(n.into()),
            each[usize::from(n % 3)].play(n.into())
        );
    }
    let none = Scenario::planned_by_turns("none", base, &[]).unwrap_err();
    assert_eq!(
        none.to_string(),
        "a scenario whose plans take turns needs a plan"
    );
}

#[test]
fn a_sweep_goes_up_where_its_parameter_helps() {
    let roster = company(16, 16, 1);
    let base = setup(&roster, Model::standard());
    let plan = approved(&base);
    let scenario = Scenario::planned("standard", base, &plan);
    let trial = Trial::on(Measure::MenteeLearning).at_most(32);
    let found = sweep(&scenario, P::MenteeGain, [100, 400, 750, 1000], &trial, GO).unwrap();
    assert!(found.finished && found.left_out.is_empty());
    let means: Vec<i64> = found
        .points
        .iter()
        .map(|p| p.contrast.difference().unwrap().mean)
        .collect();
    assert!(means.is_sorted_by(|a, b| a < b), "{means:?}");
    assert_eq!(means[2], 0, "itself");
    let broken = sweep(
        &scenario,
        P::MenteeGain,
        [750, 100, 400],
        &trial,
        |done, _| {
            if done == 20 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    let broken = broken.unwrap();
    assert_eq!((broken.points.len(), broken.finished), (1, false));
    assert_eq!(broken.left_out, [100, 400]);
    let error = sweep(&scenario, P::MenteeGain, [100, 1001], &trial, GO).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`mentee-gain` is 1001, outside 0 to 1000"
    );
}

const NEXT: fn(TornadoProgress) -> ControlFlow<()> = |_| ControlFlow::Continue(());

#[test]
fn a_tornado_finds_the_assumption_that_decides() {
    let roster = company(16, 16, 1);
    let base = setup(&roster, Model::standard());
    let plan = approved(&base);
    let a = Scenario::planned("trained", base, &plan);
    let untrained = with(Model::standard(), &[(P::TrainMentees, 0)]);
    let b = a.clone().with_model("mentors alone", untrained);
    let trial = Trial::on(Measure::MenteeLearning).at_most(32);
    let asked = [
        P::Feedback,
        P::OneTrained,
        P::TrainMentees,
        P::Late,
        P::Shift,
    ];
    let changed = with(Model::standard(), &[(P::Shift, 0)]);
    let (a, b) = (
        a.with_model("a", changed),
        b.with_model("b", with(changed, &[(P::TrainMentees, 0)])),
    );
    let mut most = 0;
    let found = tornado(&a, &b, asked, &trial, |progress| {
        assert!(progress.done <= progress.most);
        most = progress.done;
        ControlFlow::Continue(())
    });
    let found = found.unwrap();
    let names: Vec<&str> = found.rows.iter().map(|i| i.parameter.as_str()).collect();
    // What differs is the question and no assumption; what has no two ends says nothing.
    assert_eq!(names, ["one-trained", "late", "feedback"]);
    assert_eq!(
        (&found.asked[..], &found.unvaried[..]),
        (&["train-mentees".to_owned()][..], &["shift".to_owned()][..])
    );
    let row = &found.rows[0];
    assert_eq!((row.low.value, row.value, row.high.value), (225, 450, 675));
    assert_eq!((row.value_unit, row.source), ("‰", "reported second-hand"));
    assert_eq!(row.sway, Sway::Keeps);
    // The judge: the same two, compared by themselves.
    for end in [row.low, row.high] {
        let [a, b] = [&a, &b].map(|s| {
            let model = s.model().with(P::OneTrained, end.value).unwrap();
            s.clone().with_model(s.name(), model)
        });
        let all = Trial::on(Measure::MenteeLearning)
            .at_most(found.replicates)
            .margin(1000);
        let difference = compare(&a, &b, &all, GO).unwrap().difference().unwrap();
        let expected = (0..found.replicates).map(|n| {
            let share = |s: &Scenario<'_>| {
                let ratio = s.play(n).unwrap().at_the_end(Measure::MenteeLearning);
                i64::try_from(1_000_000 * ratio.part() / ratio.whole()).unwrap()
            };
            share(&a) - share(&b)
        });
        let sum: i64 = expected.sum();
        let mean = end.difference.unwrap().mean;
        assert!((mean * i64::try_from(found.replicates).unwrap() - sum).abs() <= 16);
        assert!(difference.replicates <= found.replicates);
    }
    // Who gives feedback changes nothing that is learnt.
    let feedback = &found.rows[2];
    assert_eq!(
        (feedback.low.difference, feedback.high.difference),
        (found.base, found.base)
    );
    assert!(found.finished && found.left_out.is_empty());
    // Broken off, it says what it did not come to.
    let broken = tornado(&a, &b, asked, &trial, |progress| match progress.parameter {
        Some(P::OneTrained) => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    });
    let broken = broken.unwrap();
    assert_eq!((broken.rows.len(), broken.finished), (1, false));
    assert_eq!(broken.left_out, ["one-trained", "late"]);
    assert_eq!(broken.rows[0].parameter, "feedback");
    let json = serde_json::to_value(&broken).unwrap();
    assert_eq!(json["unit"], "millionths of the whole");
    assert_eq!(json["rows"][0]["low"]["value"], 400);
}

/// An assumption on which the sign of the answer hangs, and one that takes the answer away.
#[test]
fn a_tornado_marks_what_turns_the_answer_and_what_takes_it_away() {
    let roster = company(16, 16, 1);
    let base = setup(&roster, still()).with_months(1);
    let plan = approved(&base);
    // 500 · (500 + `sponsor-example`) against 650²: 0.475 as it is, 0.3625 and 0.5 at the ends, against 0.4225.
    let model = with(still(), &[(P::Accept, 500), (P::SponsorExample, 450)]);
    let a = Scenario::planned("a", base, &plan).with_model("a", model);
    let b = a.clone().with_model(
        "b",
        with(
            still(),
            &[
                (P::Accept, 650),
                (P::SponsorExample, 450),
                (P::SponsorTakesPart, 0),
            ],
        ),
    );
    let trial = Trial::on(Measure::Matched).margin(0).at_most(256);
    let found = tornado(&a, &b, [P::SponsorExample, P::Late], &trial, NEXT).unwrap();
    assert_eq!(found.verdict, Verdict::Higher);
    assert_eq!(found.rows[0].sway, Sway::Turns, "{:?}", found.rows[0]);
    assert_eq!(found.unvaried, ["late"]);
}

#[test]
fn what_somebody_chooses_is_no_assumption() {
    let names: Vec<&str> = assumptions().map(|p| p.as_str()).collect();
    for choice in [
        "sessions",
        "round-months",
        "train-mentors",
        "train-mentees",
        "reorganisation-month",
        "sponsor-takes-part",
    ] {
        assert!(!names.contains(&choice), "{choice}");
    }
    assert!(names.contains(&"sponsor-example") && names.len() + 12 == P::ALL.len());
}

/// What a file has to say for itself.
#[test]
fn results_say_what_they_are_of() {
    let roster = company(3, 2, 1);
    let base = setup(&roster, Model::standard())
        .with_months(2)
        .with_seed(9, 0);
    let plan = approved(&base);
    let a = Scenario::planned("a", base, &plan);
    let model = with(Model::standard(), &[(P::Late, 10)]);
    let b = a.clone().with_model("b", model);
    let trial = Trial::on(Measure::Trust).at_most(16);
    let contrast = serde_json::to_value(compare(&a, &b, &trial, GO).unwrap()).unwrap();
    assert_eq!(contrast["unit"], "millionths of the whole");
    assert_eq!(contrast["replicates"], 16);
    let of = &contrast["b"];
    assert_eq!(
        (&of["name"], &of["seed"], &of["months"], &of["start"]),
        (&"b".into(), &9.into(), &2.into(), &"2026-01-01".into())
    );
    assert_eq!(
        (&of["mentors"], &of["mentees"], &of["pairs"]),
        (&3.into(), &2.into(), &2.into())
    );
    assert_eq!(
        (&of["model"]["late"], &of["behaviour"]),
        (&10.into(), &"standard@3".into())
    );
    let bands = Bands::of(&a, &Replicates::new(0..3), |_| ControlFlow::Continue(())).unwrap();
    let json = serde_json::to_value(&bands).unwrap();
    assert_eq!(
        (&json["unit"], &json["replicates"], &json["finished"]),
        (&"thousandths of the whole".into(), &3.into(), &true.into())
    );
    let days = json["measures"]["matched"].as_array().unwrap();
    assert_eq!(days.len(), bands.of_measure(Measure::Matched).count());
    assert_eq!(days[0]["day"], "2026-01-07");
    let points = sweep(&a, P::Late, [10], &trial, GO).unwrap();
    let json = serde_json::to_value(&points).unwrap();
    assert_eq!(
        (&json["parameter"], &json["points"][0]["value"]),
        (&"late".into(), &10.into())
    );
}
