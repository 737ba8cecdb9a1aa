//! What holds of every metric that ships: a case worked by hand, a definition in the docs, and nothing below the threshold.
//! That ids do not matter, and that none looks ahead, is in `random.rs`. A metric that is added without these is found here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use reverse_mentoring::charter::Readiness;
use reverse_mentoring::health::{Contribution, Metric, Metrics, ProgramHealth, UnitKind, UnitView};
use reverse_mentoring::ids::PairingId;
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pairing::{DropReason, GoalChange, Step};
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::privacy::{Cell, Threshold};
use reverse_mentoring::roster::{Level, Side};
use reverse_mentoring::session::{Outcome, Response, Session, TaughtBy, Venue};

use super::random::lives;
use super::sponsored;
use crate::support::*;

/// The adopted pairing of the story among the proposed ones, which are 1 to 7.
const ADOPTED: u32 = 8;

/// Eighty days of a programme: all seven pairs that its first cohort allows, and an adopted one.
#[derive(Debug)]
struct Story {
    kept: Kept,
    adopted: PairingId,
}

impl Story {
    fn id(&self, n: u32) -> PairingId {
        if n == ADOPTED {
            self.adopted
        } else {
            pairing_id(n)
        }
    }

    fn put(&mut self, n: u32, on: i64, outcome: Outcome, venue: Option<Venue>) {
        let session = session_id(1000 * n + u32::try_from(on).unwrap());
        let session = Session::new(session, self.id(n), day(on), outcome);
        let session = match venue {
            Some(venue) => session.with_venue(venue),
            None => session,
        };
        self.kept.record(&session, at(on));
    }

    /// An hour in which the junior taught.
    fn met(&mut self, n: u32, on: i64) {
        self.put(n, on, held(), None);
    }

    /// What a side gave, today, for the sessions of some days.
    fn gave(&mut self, n: u32, from: Role, what: Response, sessions: &[i64], today: i64) {
        for on in sessions {
            let session = session_id(1000 * n + u32::try_from(*on).unwrap());
            let (id, program) = (self.id(n), &mut self.kept.program);
            let entry = program.respond(id, session, from, what, at(today));
            self.kept.journal.push(entry.unwrap());
        }
    }
}

/// The diary of the programme. Beside those of the base there is dora, a junior, who joins the second cohort on day 60; its
/// sponsor is the cto, who is in the first. Ops has had no training.
fn diary() -> Story {
    let mut company = Company::base();
    for (key, places) in [("ada", 2), ("cleo", 2), ("cto", 9), ("cfo", 9)] {
        company = company.places(key, places);
    }
    let mut dora = company.0[1].clone();
    (dora.key, dora.id) = ("dora".to_owned(), 7);
    assert_eq!(dora.side, Some(Side::Mentor));
    company.0.push(dora);
    let roster = company.roster();

    let mut kept = Kept::opened(&roster);
    let first = everybody(&roster).into_iter();
    let first: Vec<_> = first.filter(|(id, _)| *id != person_id(7)).collect();
    let enrolled = kept.program.enrol(cohort_id(1), first, at(0));
    let launched = kept.program.launch(sponsored(4), cohort(1), at(0));
    let training = charter().curriculum().training();
    let trained = kept
        .program
        .trained(training, (1..=5).map(person_id), at(0));
    kept.journal
        .extend([enrolled, launched, trained].map(Result::unwrap));
    let pairs = [
        ("ada", "cto"),  // 1: goes on
        ("ada", "cfo"),  // 2: completed, a win for both
        ("ben", "cto"),  // 3: completed, a win for ben
        ("ben", "cfo"),  // 4: leaves in the chemistry period
        ("cleo", "cto"), // 5: leaves out of a pause
        ("cleo", "cfo"), // 6: is given up before it begins
        ("ops", "cfo"),  // 7: is declined
    ];
    kept.propose(&roster, &pairs, 1);
    for pairing in 1..=5 {
        kept.begin(pairing, 2);
    }
    for by in [Mentor, Mentee] {
        kept.step(6, Step::Accept { by }, 2);
    }
    kept.step(7, Step::Decline { by: Mentee }, 3);
    kept.step(6, END, 4);

    let mut story = Story {
        adopted: pairing_id(ADOPTED),
        kept,
    };
    let cancelled = |by| Outcome::Cancelled { by };
    let missed = |by| Outcome::Missed { by };
    for on in 5..=80 {
        match on {
            5 => story.met(1, on),
            6 => story.met(2, on),
            7 => story.met(3, on),
            8 => {
                story.met(1, on);
                story.kept.step(1, Step::Settle, on);
            }
            9 => {
                story.met(2, on);
                story.kept.step(2, Step::Settle, on);
            }
            10 => {
                story.met(3, on);
                story.kept.step(3, Step::Settle, on);
                // Sixty minutes more than a month has.
                story.put(4, on, held_for(1200, TaughtBy::Mentor), None);
            }
            11 => story.met(4, on),
            12 => {
                story.put(1, on, cancelled(Some(Mentee)), None);
                story.put(3, on, missed(Some(Mentee)), None);
                story.kept.step(4, END, on);
            }
            13 => story.met(5, on),
            14 => {
                story.put(1, on, cancelled(Some(Mentor)), None);
                story.put(3, on, missed(Some(Mentee)), None);
            }
            15 => {
                story.put(1, on, cancelled(Some(Mentor)), Some(Venue::Workplace));
                story.met(5, on);
                story.kept.step(5, Step::Settle, on);
            }
            16 => story.put(1, on, missed(Some(Mentor)), None),
            17 | 19 => story.put(1, on, cancelled(Some(Mentor)), None),
            18 => story.put(1, on, missed(None), None),
            20 => {
                story.put(5, on, cancelled(None), None);
                story.put(2, on, held_for(30, TaughtBy::Both), Some(Venue::Online));
                let mut log = logged(&roster, "k", ("ops", "cto"), -13);
                log.goals = vec![
                    logged_goal(Mentor, "budget", [0, 4, 2]),
                    logged_goal(Mentee, "video", [1, 3, 2]),
                ];
                story.adopted = story.kept.adopt_log(&roster, log, on);
            }
            22 => story.put(1, on, missed(Some(Mentee)), None),
            25 => {
                let taught = held_for(45, TaughtBy::Mentee);
                story.put(3, on, taught, Some(Venue::Elsewhere));
                story.met(ADOPTED, on); // 38 days after its start
            }
            28 => story.put(ADOPTED, on, held_for(60, TaughtBy::Mentee), None),
            30 => {
                story.put(5, on, cancelled(Some(Mentee)), None);
                story.put(ADOPTED, on, held_for(60, TaughtBy::Both), None);
                story.gave(2, Mentor, Response::Recognition, &[6, 9, 20], on);
                story.gave(3, Mentee, Response::Recognition, &[7, 10, 25], on);
                story.gave(3, Mentor, Response::Feedback, &[25], on);
            }
            35 => {
                let kept = &mut story.kept;
                for skill in ["budget", "video"] {
                    kept.achieve(2, Mentor, skill, at(on));
                    kept.achieve(2, Mentee, skill, at(on));
                    kept.achieve(3, Mentor, skill, at(on));
                }
                let level = Level::new(3).unwrap();
                kept.goal(1, Mentor, "budget", GoalChange::CheckedIn { level }, on);
                let reason = DropReason::NotWanted;
                kept.goal(5, Mentee, "video", GoalChange::Dropped { reason }, on);
            }
            40 => story.kept.step(3, Step::Complete, on),
            42 => story.kept.step(2, Step::Complete, on),
            50 => {
                story.put(1, on, held(), Some(Venue::Workplace)); // after 42 days
                story.kept.step(5, Step::Pause, on);
            }
            52 => story.kept.step(1, Step::Pause, on),
            54 => story.kept.step(1, Step::Resume, on),
            60 => {
                story.kept.step(5, END, on);
                let joins = [(person_id(7), Readiness::confirmed())];
                let program = &mut story.kept.program;
                let enrolled = program.enrol(cohort_id(2), joins, at(on));
                let launched = program.launch(sponsored(4), cohort(2), at(on));
                story
                    .kept
                    .journal
                    .extend([enrolled, launched].map(Result::unwrap));
            }
            75 => {
                story.put(1, on, held(), Some(Venue::Workplace));
                story.gave(1, Mentor, Response::Feedback, &[50], on);
                story.gave(1, Mentee, Response::Feedback, &[75], on);
                story.gave(1, Mentee, Response::Recognition, &[50], on);
            }
            _ => {}
        }
    }
    story
}

#[test]
fn every_metric_worked_by_hand_in_one_programme() {
    let story = diary();
    // In each row the pairings of the diary in their order, 1 to 5, then the adopted one.
    let by_hand = [
        // Stretches that met: 4 3 3 2 2 3. Late: the 42 days of 1, the first of the adopted one, and since day 30 that again.
        ("cadence_adherence", (15, 18)),
        // The adopted one took 38 days.
        ("first_session", (5, 6)),
        // Open are 1, which met five days ago, and the adopted one.
        ("active_pairs", (1, 2)),
        // 4 took 1,260 minutes in a month of 1,200; the adopted one has no budget.
        ("load_within_budget", (4, 5)),
        // Held 4 3 3 2 2 3, on record 12 3 5 2 4 3.
        ("session_completion", (17, 29)),
        // Of 29, nobody knows why one of 1 and one of 5 fell out.
        ("mentor_cancellations", (4, 27)),
        ("mentee_cancellations", (2, 27)),
        ("mentor_no_shows", (1, 27)),
        ("mentee_no_shows", (3, 27)),
        // Twice 1; 2 met on line and 3 elsewhere.
        ("meetings_at_work", (2, 4)),
        // Six levels are aimed at on each side, four in the log and, since one is dropped, by the mentee of 5; 4 is not judged.
        ("mentor_goal_progress", (3 + 6 + 6 + 2, 4 * 6 + 4)),
        ("mentee_goal_progress", (6 + 1, 3 * 6 + 4 + 2)),
        // In 1 only ada has gained; in the adopted one both have.
        ("one_sided_progress", (1, 2)),
        ("mentor_goals_achieved", (4, 8)),
        ("mentee_goals_achieved", (2, 7)),
        ("win_win", (1, 2)),
        ("one_sided_win", (1, 2)),
        // Half minutes: of 480 300 330 2520 240 360, by the senior 0 30 90 0 0 180.
        ("role_balance", (300, 4230)),
        // 1: three times ada.
        ("role_balance_alert", (1, 2)),
        // Seventeen were held, all of them here.
        ("mentor_feedback", (2, 17)),
        ("mentee_feedback", (1, 17)),
        ("mentor_recognition", (3, 17)),
        ("mentee_recognition", (4, 17)),
        // Past the chemistry period are all but 4; nobody recognised anybody in 5 and in the adopted one.
        ("no_recognition", (2, 5)),
        // ada and ops, of these, ben, cleo and dora.
        ("mentor_utilisation", (2, 5)),
        // ada, ops and the cto of seven.
        ("match_coverage", (3, 7)),
        // Each has a free place. ben since day 40 and the cfo since 42 have no pairing; cleo and dora, since day 60.
        ("long_waits", (2, 7)),
        // Not ops and dora.
        ("training_attendance", (5, 7)),
        ("training_coverage", (1, 2)),
        ("agreement_coverage", (1, 2)),
        ("sponsor_participation", (1, 2)),
        // Proposed were seven, and 7 was declined; 6 did not begin; 4 did not settle; 5 left, 2 and 3 were completed.
        ("dropout_proposed", (1, 7)),
        ("dropout_preparing", (1, 6)),
        ("dropout_chemistry", (1, 5)),
        ("dropout_active", (1, 3)),
        // 1 came back, 5 did not.
        ("return_after_pause", (1, 2)),
    ];
    let expected: BTreeMap<String, (u64, u64)> =
        by_hand.map(|(name, ratio)| (name.to_owned(), ratio)).into();
    assert_eq!(expected.len(), by_hand.len());
    // A case of which all is true, or nothing, tells too little.
    assert!(
        expected
            .values()
            .all(|(part, whole)| 0 < *part && part < whole)
    );
    let history = story.kept.program.history();
    let health = ProgramHealth::assess(history, &Metrics::standard(), day(80)).unwrap();
    let read = health.readings.iter().map(|r| {
        let ratio = (r.ratio.part(), r.ratio.whole());
        (r.metric.name().to_owned(), ratio)
    });
    assert_eq!(read.collect::<BTreeMap<_, _>>(), expected);
}

/// A metric that keeps count of the units that it has data of.
#[derive(Debug)]
struct Witness {
    metric: &'static dyn Metric,
    seen: Arc<Mutex<u64>>,
}

impl Metric for Witness {
    fn id(&self) -> PluginId {
        self.metric.id()
    }

    fn definition(&self) -> &str {
        self.metric.definition()
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let given = self.metric.contribute(unit);
        *self.seen.lock().unwrap() += u64::from(given.is_some_and(|c| c.whole > 0));
        given
    }
}

#[test]
fn every_metric_is_withheld_below_the_threshold() {
    let standard: &'static Metrics = Box::leak(Box::new(Metrics::standard()));
    // Of each metric: how often it was shown with data, and withheld by itself.
    let mut tried: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (life, today) in lives().take(12) {
        for on in (0..today).step_by(31) {
            let mut metrics = Metrics::none();
            let mut counts = Vec::new();
            for metric in standard.iter() {
                let seen = Arc::new(Mutex::new(0));
                counts.push(Arc::clone(&seen));
                metrics = metrics.with(Witness { metric, seen });
            }
            let history = life.program.history();
            let health = ProgramHealth::assess(history, &metrics, day(on)).unwrap();
            let started = history.pairings();
            let started = started.filter(|(_, facts)| facts.started.is_some_and(|s| s <= day(on)));
            let started = started.count() as u64;
            for threshold in 3..=12 {
                let released = health.release(Threshold::new(threshold).unwrap());
                assert_eq!(released.readings.len(), counts.len());
                let least = u64::from(threshold);
                for ((cell, read), people) in
                    released.readings.iter().zip(&health.readings).zip(&counts)
                {
                    let people = *people.lock().unwrap();
                    let enough = started >= least && (people >= least || people == 0);
                    let expected = if enough {
                        Cell::Shown(read.ratio)
                    } else {
                        Cell::Withheld
                    };
                    let name = cell.metric.name();
                    assert_eq!(cell.ratio, expected, "{name} on {on} of {people}");
                    let [shown, alone] = tried.entry(name.to_owned()).or_default();
                    *shown += usize::from(enough && people > 0);
                    *alone += usize::from(!enough && started >= least);
                }
            }
        }
    }
    println!("{tried:?}");
    let names = standard.iter().map(|m| m.id().name().to_owned());
    assert!(tried.keys().eq(&names.collect::<BTreeSet<_>>()));
    // Three cohorts, or three open pairings of three sessions each, are rare in these lives.
    let rare = ["role_balance_alert", "sponsor_participation"];
    for (name, [shown, alone]) in tried {
        assert!(alone > 0, "{name} is never withheld");
        assert!(
            shown > 0 || rare.contains(&name.as_str()),
            "{name} is never shown"
        );
    }
}

/// In the table of `Metrics::standard()`, each in its place with its definition and its target; and in the docs of its own.
#[test]
fn every_metric_is_defined_in_the_docs() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/health/shipped");
    let table = std::fs::read_to_string(folder.join("standard.md")).unwrap();
    let rows = table.lines().skip(2).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        assert!(!cells[1].is_empty(), "{line}");
        cells[2..5].join(" | ")
    });
    let standard = Metrics::standard();
    let metrics = standard.iter().map(|metric| {
        let definition = metric.definition();
        let (part, whole) = definition.split_once(" / ").unwrap();
        assert!(part.len() > 10 && whole.len() > 5, "{definition}");
        let target = metric.target().map(|t| t.to_string());
        let target = target.unwrap_or_else(|| "none".to_owned());
        format!("`{}` | {definition} | {target}", metric.id().name())
    });
    let (rows, metrics): (Vec<_>, Vec<_>) = (rows.collect(), metrics.collect());
    assert_eq!(rows, metrics);

    let mut defined = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (before, line) in lines.iter().zip(&lines[1..]) {
            // "`one`, `other` or `third`: what it is."
            if !before.starts_with("///") && line.starts_with("/// `") {
                let (names, words) = line.split_once(':').unwrap();
                assert!(words.len() > 20, "{line}");
                defined.extend(names.split('`').skip(1).step_by(2).map(str::to_owned));
            }
        }
    }
    let mut names: Vec<_> = standard.iter().map(|m| m.id().name().to_owned()).collect();
    defined.sort();
    names.sort();
    assert_eq!(defined, names);
}

/// Of the others nobody asks it: what is asked in vain costs a programme of 100,000 people its time.
#[test]
fn every_metric_is_asked_about_its_own_kind() {
    let of_people = [
        "mentor_utilisation",
        "match_coverage",
        "long_waits",
        "training_attendance",
    ];
    let all = [
        UnitKind::Pairing,
        UnitKind::Proposal,
        UnitKind::Person,
        UnitKind::Cohort,
    ];
    for metric in Metrics::standard().iter() {
        let id = metric.id();
        let expected: &[UnitKind] = match id.name() {
            "sponsor_participation" => &[UnitKind::Cohort],
            name if of_people.contains(&name) => &[UnitKind::Person],
            // Who ends before the start is a proposal yet.
            "dropout_proposed" | "dropout_preparing" => &[UnitKind::Pairing, UnitKind::Proposal],
            _ => &[UnitKind::Pairing],
        };
        let kinds = all.into_iter().filter(|kind| metric.concerns(*kind));
        assert_eq!(kinds.collect::<Vec<_>>(), expected, "{id}");
    }
}
