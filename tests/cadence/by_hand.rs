//! Worked by hand with a printed calendar: ends of months, leap days, fifth weekdays, holidays, pauses.

use std::ops::Range;

use chrono::{NaiveDate, Weekday};
use reverse_mentoring::cadence::{
    Cadence, CadenceError, Calendar, Holds, Nth, Rhythm, Since, Standing,
};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn month_day(day: u8) -> Cadence {
    Cadence::of(Rhythm::month_day(day).unwrap(), 7, 60).unwrap()
}

fn month_weekday(nth: Nth, weekday: Weekday) -> Cadence {
    Cadence::of(Rhythm::month_weekday(nth, weekday), 7, 60).unwrap()
}

fn weeks(every: u16, from: &str) -> Cadence {
    Cadence::of(Rhythm::weeks(every, date(from)).unwrap(), 2, 60).unwrap()
}

fn closed(ranges: &[(&str, &str)]) -> Calendar {
    Calendar::new(ranges.iter().map(|(a, b)| date(a)..=date(b))).unwrap()
}

fn paused(holds: &[Range<&str>]) -> Holds {
    Holds::new(holds.iter().map(|r| date(r.start)..date(r.end)))
}

/// As many slots after a session as are expected.
fn slots(cadence: Cadence, last: &str, calendar: &Calendar, expected: &[&str]) {
    let holds = Holds::NONE;
    let found = cadence.slots(Since::Session(date(last)), &holds, calendar);
    let found: Vec<String> = found.take(expected.len()).map(|d| d.to_string()).collect();
    assert_eq!(found, expected, "{cadence} after {last}");
}

#[test]
fn ends_of_months_and_leap_days() {
    let open = Calendar::OPEN;
    slots(
        month_day(31),
        "2027-12-31",
        &open,
        &[
            "2028-01-31",
            "2028-02-29",
            "2028-03-31",
            "2028-04-30",
            "2028-05-31",
            "2028-06-30",
        ],
    );
    slots(
        month_day(31),
        "2027-01-31",
        &open,
        &["2027-02-28", "2027-03-31", "2027-04-30"],
    );
    slots(
        month_day(30),
        "2028-01-30",
        &open,
        &["2028-02-29", "2028-03-30", "2028-04-30"],
    );
    slots(
        month_day(29),
        "2027-01-29",
        &open,
        &["2027-02-28", "2027-03-29"],
    );
    slots(
        month_day(29),
        "2028-01-29",
        &open,
        &["2028-02-29", "2028-03-29"],
    );
    // 2100 is no leap year, 2000 was one.
    slots(
        month_day(29),
        "2100-01-29",
        &open,
        &["2100-02-28", "2100-03-29"],
    );
    slots(
        month_day(31),
        "2000-01-31",
        &open,
        &["2000-02-29", "2000-03-31"],
    );
    slots(
        month_day(28),
        "2028-01-28",
        &open,
        &["2028-02-28", "2028-03-28"],
    );
    slots(
        month_day(1),
        "2028-12-01",
        &open,
        &["2029-01-01", "2029-02-01"],
    );
    // An interval of days knows no months.
    slots(
        Cadence::MONTHLY,
        "2028-01-31",
        &open,
        &["2028-03-01", "2028-03-31", "2028-04-30"],
    );
    slots(Cadence::MONTHLY, "2100-01-31", &open, &["2100-03-02"]);
}

#[test]
fn weekdays_of_a_month() {
    let open = Calendar::OPEN;
    // January 2026 has five Fridays and begins on a Thursday; February has four of each.
    let fridays = |nth| month_weekday(nth, Weekday::Fri);
    for (nth, january, february) in [
        (Nth::First, "2026-01-02", "2026-02-06"),
        (Nth::Second, "2026-01-09", "2026-02-13"),
        (Nth::Third, "2026-01-16", "2026-02-20"),
        (Nth::Fourth, "2026-01-23", "2026-02-27"),
        (Nth::Last, "2026-01-30", "2026-02-27"),
    ] {
        let slots_of = fridays(nth)
            .slots(Since::Start(date("2025-12-31")), &Holds::NONE, &open)
            .take(2)
            .map(|d| d.to_string())
            .collect::<Vec<_>>();
        assert_eq!(slots_of, [january, february], "{nth:?}");
    }
    // A month that begins on its weekday has it on the 1st and, with 29 days, on the 29th.
    slots(
        month_weekday(Nth::First, Weekday::Tue),
        "2028-01-04",
        &open,
        &["2028-02-01"],
    );
    slots(
        month_weekday(Nth::Last, Weekday::Tue),
        "2028-01-25",
        &open,
        &["2028-02-29"],
    );
    slots(
        month_weekday(Nth::Fourth, Weekday::Tue),
        "2028-01-25",
        &open,
        &["2028-02-22"],
    );
    slots(
        month_weekday(Nth::Last, Weekday::Sun),
        "2100-01-31",
        &open,
        &["2100-02-28"],
    );
}

#[test]
fn weeks_counted_from_a_date() {
    let open = Calendar::OPEN;
    // 6 January 2026 is a Tuesday.
    slots(
        weeks(1, "2026-01-06"),
        "2026-02-27",
        &open,
        &["2026-03-03", "2026-03-10"],
    );
    slots(
        weeks(2, "2026-01-06"),
        "2026-01-06",
        &open,
        &["2026-01-20", "2026-02-03"],
    );
    // Backwards too, over a year's end and a leap day.
    slots(
        weeks(2, "2026-01-06"),
        "2024-02-19",
        &open,
        &["2024-03-05", "2024-03-19"],
    );
    slots(
        weeks(52, "2026-01-06"),
        "2026-01-06",
        &open,
        &["2027-01-05", "2028-01-04"],
    );
    let weekly = Cadence::of(Rhythm::weekly(Weekday::Tue), 2, 60).unwrap();
    slots(weekly, "2026-02-27", &open, &["2026-03-03", "2026-03-10"]);
    for weekday in [Weekday::Mon, Weekday::Wed, Weekday::Thu, Weekday::Sun] {
        let rhythm = Rhythm::weekly(weekday);
        assert!(
            rhythm
                .to_string()
                .starts_with(&format!("every week on {weekday}")),
            "{rhythm}"
        );
        let cadence = Cadence::of(rhythm, 2, 60).unwrap();
        let due = cadence.due(Since::Start(date("2026-01-05"))).unwrap();
        assert_eq!(due.format("%a").to_string(), weekday.to_string());
    }
}

#[test]
fn a_session_counts_for_the_nearest_slot() {
    let fifteenth = month_day(15);
    for (held, due) in [
        ("2026-03-15", "2026-04-15"),
        ("2026-03-01", "2026-03-15"), // 14 days after 15 February, 14 before 15 March: the earlier
        ("2026-03-02", "2026-04-15"), // one day nearer to March
        ("2026-03-30", "2026-04-15"), // 15 after March, 16 before April
        ("2026-03-31", "2026-05-15"),
        ("2026-02-15", "2026-03-15"),
    ] {
        assert_eq!(
            fifteenth.due_after(date(held)),
            Some(date(due)),
            "held on {held}"
        );
    }
    let fortnightly = weeks(2, "2026-01-06");
    for (held, due) in [("2026-01-13", "2026-01-20"), ("2026-01-14", "2026-02-03")] {
        assert_eq!(
            fortnightly.due_after(date(held)),
            Some(date(due)),
            "held on {held}"
        );
    }
    // The start is no session: due is the first slot after it, however near.
    for (start, due) in [
        ("2026-03-02", "2026-03-15"),
        ("2026-03-14", "2026-03-15"),
        ("2026-03-15", "2026-04-15"),
        ("2026-03-31", "2026-04-15"),
    ] {
        assert_eq!(
            fifteenth.due(Since::Start(date(start))),
            Some(date(due)),
            "began on {start}"
        );
    }
}

#[test]
fn closed_days_at_the_end_of_a_month() {
    // Christmas to New Year: 31 December moves to 4 January, and 31 January is the next.
    let holidays = closed(&[("2026-12-24", "2027-01-03")]);
    slots(
        month_day(31),
        "2026-11-30",
        &holidays,
        &["2027-01-04", "2027-01-31", "2027-02-28"],
    );
    // It may move as far as half way to the next slot: 15 of the 31 days from 31 December to 31 January.
    let long = closed(&[("2026-12-24", "2027-01-14")]);
    slots(
        month_day(31),
        "2026-11-30",
        &long,
        &["2027-01-15", "2027-01-31"],
    );
    let longer = closed(&[("2026-12-24", "2027-01-15")]);
    slots(
        month_day(31),
        "2026-11-30",
        &longer,
        &["2027-01-31", "2027-02-28"],
    );
    // The session on the day it moved to counts for 31 December.
    slots(month_day(31), "2027-01-15", &long, &["2027-01-31"]);
    // Easter 2026: Good Friday is 3 April, Easter Monday the 6th.
    let easter = closed(&[("2026-04-03", "2026-04-06")]);
    let first_friday = month_weekday(Nth::First, Weekday::Fri);
    slots(
        first_friday,
        "2026-03-06",
        &easter,
        &["2026-04-07", "2026-05-01"],
    );
}

#[test]
fn quiet_weeks() {
    // 6 January 2026 is a Tuesday. A week without its Tuesday owes nothing: no Monday before the next Tuesday.
    let quiet = closed(&[("2026-01-12", "2026-01-18")]);
    let tuesdays = weeks(1, "2026-01-06");
    slots(
        tuesdays,
        "2026-01-06",
        &quiet,
        &["2026-01-20", "2026-01-27"],
    );
    // Three closed days move it to Friday; a fourth is too many.
    let three = closed(&[("2026-01-13", "2026-01-15")]);
    slots(
        tuesdays,
        "2026-01-06",
        &three,
        &["2026-01-16", "2026-01-20"],
    );
    let four = closed(&[("2026-01-13", "2026-01-16")]);
    slots(tuesdays, "2026-01-06", &four, &["2026-01-20"]);
    // Every fortnight half way is seven days, and the day half way is the earlier slot's.
    let fortnightly = weeks(2, "2026-01-06");
    let week = closed(&[("2026-01-20", "2026-01-26")]);
    slots(
        fortnightly,
        "2026-01-06",
        &week,
        &["2026-01-27", "2026-02-03"],
    );
    let eight = closed(&[("2026-01-20", "2026-01-27")]);
    slots(
        fortnightly,
        "2026-01-06",
        &eight,
        &["2026-02-03", "2026-02-17"],
    );
    // An interval waits for the first open day, however long, and goes on from there.
    let summer = closed(&[("2026-07-20", "2026-08-31")]);
    slots(
        Cadence::WEEKLY,
        "2026-07-15",
        &summer,
        &["2026-09-01", "2026-09-08", "2026-09-15"],
    );
    // A session held in a quiet week counts for the slot that fell out.
    slots(tuesdays, "2026-01-14", &quiet, &["2026-01-20"]);
}

fn on(
    cadence: Cadence,
    last: &str,
    holds: &Holds,
    calendar: &Calendar,
    as_of: &str,
) -> (Standing, Vec<String>) {
    let standing = cadence.standing(Since::Session(date(last)), holds, calendar, date(as_of));
    let dates = [standing.due, standing.overdue_from, standing.next];
    let text = |d: Option<NaiveDate>| d.map_or("never".to_owned(), |d| d.to_string());
    (standing, dates.map(text).to_vec())
}

#[test]
fn grace_counts_open_days_only() {
    // Due Tuesday 13 January, two days of grace: overdue from Friday on. One of them closed: from Saturday on.
    let tuesdays = weeks(1, "2026-01-06");
    let none = Holds::NONE;
    let dates = |calendar: &Calendar| on(tuesdays, "2026-01-06", &none, calendar, "2026-01-13").1;
    assert_eq!(
        dates(&Calendar::OPEN),
        ["2026-01-13", "2026-01-16", "2026-01-13"]
    );
    assert_eq!(
        dates(&closed(&[("2026-01-14", "2026-01-14")])),
        ["2026-01-13", "2026-01-17", "2026-01-13"]
    );
    // A holiday after the grace changes nothing.
    assert_eq!(
        dates(&closed(&[("2026-01-16", "2026-01-30")])),
        ["2026-01-13", "2026-01-16", "2026-01-13"]
    );
    // The pause stops the grace as well: 14 January, then 1 February, make two.
    let pause = paused(&["2026-01-15".."2026-02-01"]);
    let (_, found) = on(
        tuesdays,
        "2026-01-06",
        &pause,
        &Calendar::OPEN,
        "2026-02-01",
    );
    assert_eq!(found, ["2026-01-13", "2026-02-02", "2026-02-03"]);
}

#[test]
fn a_pause_across_several_slots() {
    // Mondays; paused from Wednesday 14 January to Wednesday 11 February: 19, 26 January, 2 and 9 February fall out.
    let mondays = weeks(1, "2026-01-05");
    let pause = paused(&["2026-01-14".."2026-02-11"]);
    let open = Calendar::OPEN;
    let (standing, found) = on(mondays, "2026-01-12", &pause, &open, "2026-02-11");
    assert_eq!(found, ["2026-02-16", "2026-02-19", "2026-02-16"]);
    assert_eq!(
        (standing.missed, standing.is_due(), standing.is_overdue()),
        (0, false, false)
    );
    for (as_of, missed, due, overdue) in [
        ("2026-02-15", 0, false, false),
        ("2026-02-16", 0, true, false), // on its day it is not missed
        ("2026-02-17", 1, true, false),
        ("2026-02-19", 1, true, true),
        ("2026-02-23", 1, true, true),
        ("2026-02-24", 2, true, true),
        ("2026-03-03", 3, true, true),
    ] {
        let (standing, _) = on(mondays, "2026-01-12", &pause, &open, as_of);
        let found = (standing.missed, standing.is_due(), standing.is_overdue());
        assert_eq!(found, (missed, due, overdue), "on {as_of}");
    }
    // One slot was missed before the pause; it stays so, and the pause adds none.
    let (standing, found) = on(mondays, "2026-01-05", &pause, &open, "2026-02-17");
    assert_eq!((standing.missed, found[0].as_str()), (2, "2026-01-12"));
    // Monday 9 February is closed as well as held up, and moves to Wednesday the 11th, after both: due, and the first of three missed.
    let monday = closed(&[("2026-02-09", "2026-02-10")]);
    let (standing, found) = on(mondays, "2026-01-12", &pause, &monday, "2026-02-24");
    assert_eq!((standing.missed, found[0].as_str()), (3, "2026-02-11"));
    // A hold that ends on a slot's day leaves it due; one that begins there takes it away.
    let edges = paused(&["2026-01-19".."2026-01-26"]);
    let (_, found) = on(mondays, "2026-01-12", &edges, &open, "2026-01-20");
    assert_eq!(found[0], "2026-01-26");
    // An interval moves by the days held up: 30 days after 1 January are 31 January, and 10 more.
    let ten = paused(&["2026-01-10".."2026-01-20"]);
    let (_, found) = on(Cadence::MONTHLY, "2026-01-01", &ten, &open, "2026-01-20");
    assert_eq!(found, ["2026-02-10", "2026-02-18", "2026-02-10"]);
    // It does not fall due in a hold.
    let there = paused(&["2026-01-31".."2026-02-05"]);
    let (_, found) = on(Cadence::MONTHLY, "2026-01-01", &there, &open, "2026-01-20");
    assert_eq!(found, ["2026-02-05", "2026-02-13", "2026-02-05"]);
    // A pause without an end.
    let lasting = Holds::new([date("2026-01-10")..]);
    for cadence in [Cadence::MONTHLY, month_day(31), mondays] {
        let (standing, found) = on(cadence, "2026-01-08", &lasting, &open, "2046-01-01");
        assert_eq!(
            (standing.missed, found),
            (0, vec!["never".to_owned(); 3]),
            "{cadence}"
        );
    }
}

/// The shortest closed days that take a slot away between others, and one day less, which only moves it.
#[test]
fn the_shortest_range_that_takes_a_slot_away() {
    for (cadence, last, first_closed, last_closed, as_of) in [
        // From 10 February to 10 March 2027 are 28 days: half way is the 24th.
        (
            month_day(10),
            "2026-12-10",
            "2027-02-10",
            "2027-02-24",
            "2027-04-09",
        ),
        // Wednesday to Wednesday, 10 February and four weeks on.
        (
            month_weekday(Nth::Second, Weekday::Wed),
            "2026-12-09",
            "2027-02-10",
            "2027-02-24",
            "2027-04-09",
        ),
        (
            weeks(1, "2026-01-06"),
            "2026-01-06",
            "2026-01-20",
            "2026-01-23",
            "2026-01-28",
        ),
        (
            weeks(2, "2026-01-06"),
            "2026-01-06",
            "2026-02-03",
            "2026-02-10",
            "2026-02-18",
        ),
        (
            Cadence::WEEKLY,
            "2026-01-06",
            "2026-01-20",
            "2026-01-23",
            "2026-01-28",
        ),
    ] {
        let missed = |closed: &Calendar| on(cadence, last, &Holds::NONE, closed, as_of).0.missed;
        assert_eq!(missed(&Calendar::OPEN), 3, "{cadence}");
        assert_eq!(
            missed(&closed(&[(first_closed, last_closed)])),
            2,
            "{cadence}"
        );
        let shorter = date(last_closed).pred_opt().unwrap().to_string();
        assert_eq!(missed(&closed(&[(first_closed, &shorter)])), 3, "{cadence}");
        let later = date(first_closed).succ_opt().unwrap().to_string();
        assert_eq!(missed(&closed(&[(&later, last_closed)])), 3, "{cadence}");
    }
}

#[test]
fn closed_for_good() {
    let ever = Calendar::new([date("2026-02-01")..=NaiveDate::MAX]).unwrap();
    for cadence in [Cadence::MONTHLY, month_day(31), weeks(2, "2026-01-06")] {
        let (standing, found) = on(cadence, "2026-01-28", &Holds::NONE, &ever, "2126-01-01");
        assert_eq!(
            (standing.missed, found),
            (0, vec!["never".to_owned(); 3]),
            "{cadence}"
        );
    }
}

/// A day that is closed takes the slot of that day with it, where every day has one.
#[test]
fn a_closed_day_of_a_daily_rhythm() {
    let daily = Cadence::of(Rhythm::days(1).unwrap(), 0, 60).unwrap();
    // Met on Sunday the 1st. Past on Sunday the 8th: Monday to Saturday, without Wednesday.
    let wednesday = closed(&[("2026-03-04", "2026-03-04")]);
    let missed = |calendar: &Calendar| {
        let holds = Holds::NONE;
        on(daily, "2026-03-01", &holds, calendar, "2026-03-08")
            .0
            .missed
    };
    assert_eq!(missed(&Calendar::OPEN), 6);
    assert_eq!(missed(&wednesday), 5);
}

/// Nothing overflows, panics or loops where Chrono's calendar begins and ends; and 500,000 years apart cost no more than a week.
#[test]
fn the_ends_of_the_calendar() {
    let (min, max) = (NaiveDate::MIN, NaiveDate::MAX);
    let rhythms = [
        Rhythm::days(1),
        Rhythm::days(366),
        Rhythm::weeks(1, min),
        Rhythm::weeks(52, max),
        Rhythm::month_day(1),
        Rhythm::month_day(31),
        Ok(Rhythm::month_weekday(Nth::Last, Weekday::Sun)),
        Ok(Rhythm::month_weekday(Nth::First, Weekday::Mon)),
    ];
    let calendars = [
        Calendar::OPEN,
        Calendar::new([min..=min, max..=max]).unwrap(),
        Calendar::new([min..=max]).unwrap(),
    ];
    let holds = [Holds::NONE, Holds::new([min..]), Holds::new([max..])];
    for rhythm in rhythms {
        let cadence = Cadence::of(rhythm.unwrap(), 366, 60).unwrap();
        for (calendar, holds) in calendars
            .iter()
            .flat_map(|c| holds.iter().map(move |h| (c, h)))
        {
            for since in [
                Since::Start(min),
                Since::Session(min),
                Since::Start(max),
                Since::Session(max),
            ] {
                for as_of in [min, date("2026-01-01"), max] {
                    let standing = cadence.standing(since, holds, calendar, as_of);
                    assert!(standing.due.is_none_or(|due| due > since.day()));
                    if since.day() == max {
                        assert_eq!((standing.due, standing.missed), (None, 0), "{cadence}");
                    }
                }
            }
        }
        assert_eq!(cadence.due_after(max), None);
    }
    // 191,491,502 days lie between the two: a slot on each but the first and the last is past.
    let daily = Cadence::new(1, 0, 60).unwrap();
    let all = daily.standing(Since::Session(min), &Holds::NONE, &Calendar::OPEN, max);
    assert_eq!(i64::from(all.missed), (max - min).num_days() - 1);
    // 524,286 years of twelve months: less January of the first, which the start takes, and December of the last, which is not past.
    let first = Cadence::of(Rhythm::month_day(31).unwrap(), 0, 60).unwrap();
    let all = first.standing(Since::Session(min), &Holds::NONE, &Calendar::OPEN, max);
    assert_eq!(all.missed, 12 * 524_286 - 1);
}

#[test]
fn numbers_out_of_range_and_their_words() {
    let from = date("2026-01-06");
    let fifteenth = Rhythm::month_day(15).unwrap();
    let refused = |result: Result<Cadence, CadenceError>| result.unwrap_err().to_string();
    let rhythm = |result: Result<Rhythm, CadenceError>| result.unwrap_err().to_string();
    for (message, expected) in [
        (
            rhythm(Rhythm::days(0)),
            "a cadence of 0 days is not between 1 and 366",
        ),
        (
            rhythm(Rhythm::days(367)),
            "a cadence of 367 days is not between 1 and 366",
        ),
        (
            rhythm(Rhythm::weeks(0, from)),
            "a cadence of 0 weeks is not between 1 and 52",
        ),
        (
            rhythm(Rhythm::weeks(53, from)),
            "a cadence of 53 weeks is not between 1 and 52",
        ),
        (
            rhythm(Rhythm::month_day(0)),
            "day 0 of a month is not between 1 and 31",
        ),
        (
            rhythm(Rhythm::month_day(32)),
            "day 32 of a month is not between 1 and 31",
        ),
        (
            refused(Cadence::of(fifteenth, 367, 60)),
            "a grace of 367 days is over 366",
        ),
        (
            refused(Cadence::of(fifteenth, 7, 14)),
            "a session of 14 minutes is not between 15 and 480",
        ),
        (
            refused(Cadence::of(fifteenth, 7, 481)),
            "a session of 481 minutes is not between 15 and 480",
        ),
    ] {
        assert_eq!(message, expected);
    }
    assert!(Rhythm::weeks(1, from).is_ok() && Rhythm::weeks(52, from).is_ok());
    assert!(Rhythm::month_day(1).is_ok() && Rhythm::month_day(31).is_ok());
    assert!(Cadence::of(fifteenth, 366, 480).is_ok() && Cadence::of(fifteenth, 0, 15).is_ok());
    let longest = [
        weeks(3, "2026-01-06").interval_days(),
        month_day(1).interval_days(),
        month_weekday(Nth::Last, Weekday::Mon).interval_days(),
        Cadence::WEEKLY.interval_days(),
    ];
    assert_eq!(longest, [21, 31, 35, 7]);
}

#[test]
fn in_words() {
    for (cadence, words) in [
        (Cadence::MONTHLY, "every 30 days, grace 7 days, 60 minutes"),
        (
            Cadence::new(1, 1, 15).unwrap(),
            "every day, grace 1 day, 15 minutes",
        ),
        (
            weeks(1, "2026-01-06"),
            "every week on Tuesday, grace 2 days, 60 minutes",
        ),
        (
            weeks(2, "2026-01-07"),
            "every 2 weeks on Wednesday, counted from 2026-01-07, grace 2 days, 60 minutes",
        ),
        (
            month_day(28),
            "on day 28 of each month, grace 7 days, 60 minutes",
        ),
        (
            month_day(29),
            "on day 29 of each month, or its last, grace 7 days, 60 minutes",
        ),
        (
            month_weekday(Nth::First, Weekday::Sat),
            "on the first Saturday of each month, grace 7 days, 60 minutes",
        ),
        (
            month_weekday(Nth::Third, Weekday::Sun),
            "on the third Sunday of each month, grace 7 days, 60 minutes",
        ),
    ] {
        assert_eq!(cadence.to_string(), words);
    }
}
