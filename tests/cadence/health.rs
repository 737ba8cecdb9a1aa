//! Health and its metrics by rhythms, closed days and holds; for an interval in days as ever.

use chrono::{NaiveDate, Weekday};
use proptest::prelude::*;
use reverse_mentoring::cadence::{Cadence, Calendar, Nth, Rhythm};
use reverse_mentoring::health::{Metrics, ProgramHealth};
use reverse_mentoring::history::{History, adopt};
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::pairing::Step;
use reverse_mentoring::roster::Load;

use super::support::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One pairing that began on a day and met on others.
fn history(cadence: Cadence, started: &str, met: &[&str]) -> History {
    let roster = Company::base().roster();
    let mut log = logged(&roster, "p", ("ada", "cto"), 0);
    log.cadence = cadence;
    log.started = date(started);
    log.sessions = logged_sessions(&vec![(0, held()); met.len()]);
    for (session, on) in log.sessions.iter_mut().zip(met) {
        session.date = date(on);
    }
    let ids = &mut SequentialIds::new(8);
    adopt(&[log], &roster, Load::DEFAULT, date("2030-01-01"), ids).history
}

fn read(history: &History, calendar: &Calendar, as_of: &str) -> (&'static str, Vec<&'static str>) {
    let metrics = Metrics::standard();
    let health = ProgramHealth::assess_with(history, &metrics, calendar, date(as_of)).unwrap();
    let p = &health.pairings[0];
    (p.status.as_str(), p.reasons.to_vec())
}

#[test]
fn statuses_on_the_last_friday_of_each_month() {
    let rhythm = Rhythm::month_weekday(Nth::Last, Weekday::Fri);
    let cadence = Cadence::of(rhythm, 7, 60).unwrap();
    // Last Fridays of 2026: 30 October, 27 November, 25 December; of 2027: 29 January, 26 February.
    let met = history(cadence, "2026-10-01", &["2026-10-30", "2026-11-26"]);
    let open = Calendar::OPEN;
    for (as_of, status) in [
        ("2026-10-29", "too_early"),
        ("2026-12-25", "on_track"),
        ("2027-01-01", "on_track"),
        ("2027-01-02", "needs_check_in"),
        ("2027-01-29", "needs_check_in"),
        ("2027-01-30", "at_risk"),
    ] {
        assert_eq!(read(&met, &open, as_of).0, status, "{as_of}");
    }
    assert_eq!(read(&met, &open, "2027-01-02").1, ["overdue"]);
    assert_eq!(
        read(&met, &open, "2027-01-30").1,
        ["silent-for-two-cadences"]
    );
    // Closed from Christmas Eve to 3 January: due on the 4th, and overdue from the 12th on.
    let closed = Calendar::new([date("2026-12-24")..=date("2027-01-03")]).unwrap();
    for (as_of, status) in [
        ("2027-01-02", "on_track"),
        ("2027-01-11", "on_track"),
        ("2027-01-12", "needs_check_in"),
        ("2027-01-29", "needs_check_in"),
        ("2027-01-30", "at_risk"),
    ] {
        assert_eq!(read(&met, &closed, as_of).0, status, "{as_of}");
    }
    // Nothing held: the first slot after the start.
    let new = history(cadence, "2026-10-29", &[]);
    for (as_of, status) in [
        ("2026-11-06", "too_early"),
        ("2026-11-07", "needs_check_in"),
        ("2026-11-27", "needs_check_in"),
        ("2026-11-28", "at_risk"),
    ] {
        assert_eq!(read(&new, &open, as_of).0, status, "{as_of}");
    }
}

#[test]
fn metrics_keep_to_the_same_standing() {
    let rhythm = Rhythm::month_day(15).unwrap();
    let cadence = Cadence::of(rhythm, 7, 60).unwrap();
    // 15 January kept on the 22nd, its last day of grace; 15 February kept; March not met; April met late, on the 24th.
    let met = ["2026-01-22", "2026-02-14", "2026-04-24"];
    let history = history(cadence, "2026-01-02", &met);
    let readings = |calendar: &Calendar, as_of: &str| {
        let metrics = Metrics::standard();
        let health = ProgramHealth::assess_with(&history, &metrics, calendar, date(as_of)).unwrap();
        let ratio = |name: &str| {
            let ratio = health.reading(name).unwrap();
            (ratio.part(), ratio.whole())
        };
        (ratio("cadence_adherence"), ratio("active_pairs"))
    };
    let open = Calendar::OPEN;
    assert_eq!(readings(&open, "2026-01-21"), ((0, 0), (1, 1)));
    assert_eq!(readings(&open, "2026-01-22"), ((1, 1), (1, 1)));
    assert_eq!(readings(&open, "2026-03-22"), ((2, 2), (1, 1)));
    assert_eq!(readings(&open, "2026-03-23"), ((2, 3), (0, 1)));
    assert_eq!(readings(&open, "2026-05-22"), ((2, 3), (1, 1)));
    assert_eq!(readings(&open, "2026-05-23"), ((2, 4), (0, 1)));
    // A week closed around 15 March: due on the 21st, seven open days from there.
    let closed = Calendar::new([date("2026-03-14")..=date("2026-03-20")]).unwrap();
    assert_eq!(readings(&closed, "2026-03-28"), ((2, 2), (1, 1)));
    assert_eq!(readings(&closed, "2026-03-29"), ((2, 3), (0, 1)));
}

/// A live pairing begun on day 0 that meets, pauses and goes on; then the status by the rule of the first release: silent days
/// less those held up, against interval and grace and twice the interval.
fn as_ever(
    interval: i64,
    grace: i64,
    moves: &[(i64, bool)],
    as_of: i64,
) -> Result<(), TestCaseError> {
    let roster = Company::base().roster();
    let mut kept = Kept::open(&roster);
    let plan = plan_of(&roster, &[proof(&roster, "ada", "cto")]).approve(coordinator());
    let short = |n: i64| u16::try_from(n).unwrap();
    let cadence = Cadence::new(short(interval), short(grace), 60).unwrap();
    let ids = &mut kept.ids;
    kept.program
        .propose_all(&plan, cadence, at(0), ids)
        .unwrap();
    kept.begin(1, 0);
    let (mut on, mut met, mut holds, mut since) = (0, 0, Vec::new(), 0);
    let mut paused: Option<i64> = None;
    for (n, &(later, pauses)) in moves.iter().enumerate() {
        on += later;
        match paused.take() {
            Some(from) => {
                kept.step(1, Step::Resume, on);
                holds.push((from, on));
            }
            None if pauses => {
                kept.step(1, Step::Pause, on);
                paused = Some(on);
            }
            None => {
                let id = u32::try_from(n).unwrap() + 1;
                kept.record(&session(id, 1, on, held()), at(on));
                if on <= as_of {
                    (met, since) = (met + 1, on);
                }
            }
        }
    }
    holds.extend(paused.map(|from| (from, i64::MAX)));
    let held_up = |day: i64| {
        holds
            .iter()
            .any(|&(from, until)| from <= day && day < until)
    };
    let silent = i64::try_from((since..as_of).filter(|&day| !held_up(day)).count()).unwrap();
    let status = if held_up(as_of) {
        "paused"
    } else if silent > 2 * interval {
        "at_risk"
    } else if silent > interval + grace {
        "needs_check_in"
    } else {
        // They never settle, so nothing but silence is judged.
        "too_early"
    };
    let metrics = Metrics::standard();
    let health = ProgramHealth::assess(kept.program.history(), &metrics, day(as_of)).unwrap();
    prop_assert_eq!(health.pairings[0].status.as_str(), status);
    let active = health.reading("active_pairs").unwrap();
    let quiet = silent <= interval + grace && !held_up(as_of);
    prop_assert_eq!((active.part(), active.whole()), (u64::from(quiet), 1));
    // The dates say the same as the status.
    let facts = kept.program.history().pairing(pairing_id(1)).unwrap();
    let standing = facts.standing(&Calendar::OPEN, day(as_of)).unwrap();
    prop_assert_eq!(standing.is_overdue(), silent > interval + grace);
    prop_assert_eq!(i64::from(standing.missed), (silent - 1).max(0) / interval);
    Ok(())
}

proptest! {
    #![proptest_config(super::cases(1_500))]

    #[test]
    fn intervals_are_judged_as_ever(
        interval in 1..40i64, grace in 0..30i64,
        moves in proptest::collection::vec((0..40i64, any::<bool>()), 0..12),
        as_of in 0..300i64,
    ) {
        as_ever(interval, grace, &moves, as_of)?;
    }
}

/// Who meets on the first day has met for the slot of the next.
#[test]
fn a_session_on_the_day_of_the_start() {
    let cadence = Cadence::of(Rhythm::month_day(15).unwrap(), 7, 60).unwrap();
    let history = history(cadence, "2026-01-14", &["2026-01-14"]);
    let metrics = Metrics::standard();
    let health = ProgramHealth::assess(&history, &metrics, date("2026-02-01")).unwrap();
    let adherence = health.reading("cadence_adherence").unwrap();
    assert_eq!((adherence.part(), adherence.whole()), (1, 1));
    assert_eq!(health.pairings[0].status.as_str(), "too_early");
}

#[test]
fn what_is_due_before_the_start_and_after_the_end() {
    let roster = Company::base().roster();
    let mut log = logged(&roster, "p", ("ada", "cto"), 10);
    log.ended = Some((day(50), None));
    let ids = &mut SequentialIds::new(8);
    let history = adopt(&[log], &roster, Load::DEFAULT, day(60), ids).history;
    let (_, facts) = history.pairings().next().unwrap();
    let on = |n| facts.standing(&Calendar::OPEN, day(n));
    assert_eq!((on(9), on(50)), (None, None));
    assert_eq!(on(10).unwrap().due, Some(day(40)));
    assert_eq!(on(49).unwrap().overdue_from, Some(day(48)));
}
