//! Behaviour that a vendor puts in, and what comes from outside.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::journal::Event;
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::roster::{
    Capacity, Experience, Hours, Line, Load, Offer, Participant, ReportingLines, Roster, Side, Wish,
};
use reverse_mentoring::simulation::{
    Behaviour, Chance, Happening, Joiner, Lesson, Measure, Model, Parameter as P, Setup,
    SimulationError, Two,
};
use reverse_mentoring::text::Key;

use crate::company::*;

/// Nobody meets whose mentor's key ends in an odd number; everybody else learns at once.
#[derive(Debug)]
struct Odd;

impl Behaviour for Odd {
    fn id(&self) -> PluginId {
        PluginId::new("odd", 1)
    }

    fn keeps(&self, _: &Model, two: &Two<'_>, _: Role) -> Chance {
        let key = two.mentor.profile.key().as_str();
        match key.ends_with(['1', '3', '5', '7', '9']) {
            true => Chance::NEVER,
            false => Chance::ALWAYS,
        }
    }

    fn rises(&self, _: &Model, _: &Two<'_>, lesson: Lesson) -> Chance {
        assert!(lesson.overlap() <= 1000);
        Chance::ALWAYS
    }

    // More than there is counts as all.
    fn trust_after(&self, _: &Model, _: &Two<'_>, _: bool) -> u32 {
        u32::MAX
    }

    fn apprehension_after(&self, _: &Model, _: &Two<'_>) -> u32 {
        u32::MAX
    }
}

#[test]
fn a_vendor_replaces_what_they_have_data_on() {
    let roster = company(10, 10, 1);
    let setup = setup(&roster, still()).with_behaviour(&Odd);
    let year = play(&setup);
    for (_, facts) in year.program.history().pairings() {
        let key = roster
            .participant(facts.pair.mentor)
            .unwrap()
            .key()
            .as_str()
            .to_owned();
        let even = key.ends_with(['0', '2', '4', '6', '8']);
        assert!(
            facts.sessions.iter().all(|s| s.outcome.is_held() == even),
            "{key}"
        );
        assert_eq!(
            facts.ended.is_some(),
            even,
            "six sessions and a goal of three levels"
        );
    }
    let last = year.weeks.last().unwrap().measured;
    let of = |measure| {
        let ratio = last.of(measure);
        (ratio.part(), ratio.whole())
    };
    assert_eq!(of(Measure::MenteeGoals), (15, 30));
    assert_eq!(of(Measure::Trust), (5000, 5000));
    assert_eq!(of(Measure::Apprehension), (5 * 1000 + 5 * 500, 10_000));
}

#[test]
fn nobody_meets_on_closed_days() {
    let roster = company(12, 12, 1);
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let calendar = Calendar::new([day(2, 1)..=day(2, 28), day(7, 20)..=day(8, 31)]).unwrap();
    let model = with(Model::standard(), &[(P::Sessions, 60)]);
    let setup = setup(&roster, model).with_calendar(calendar.clone());
    let year = play(&setup);
    let mut sessions = 0;
    for (_, facts) in year.program.history().pairings() {
        for session in &facts.sessions {
            assert!(!calendar.is_closed(session.date), "{}", session.date);
            assert_ne!(session.date.month(), 2);
            sessions += 1;
        }
    }
    assert!(sessions > 60, "{sessions}");
    // A calendar that never opens again is no endless loop.
    let closed = Calendar::new([day(1, 20)..=NaiveDate::MAX]).unwrap();
    let never = setup.with_calendar(closed);
    let plan = approved(&never);
    let error = reverse_mentoring::simulation::simulate(&never, &plan, |_| {
        std::ops::ControlFlow::Continue(())
    });
    let year = error.unwrap();
    assert!(
        year.program
            .history()
            .pairings()
            .all(|(_, f)| f.sessions.iter().all(|s| s.date < day(1, 20)))
    );
}

#[test]
fn who_joins_is_matched_in_the_next_round() {
    let roster = company(6, 9, 1);
    let mut ids = SequentialIds::new(50);
    let on = start() + Days::new(40);
    let joiner = |n: usize, ids: &mut SequentialIds| {
        let id = ParticipantId::from_source(ids);
        let key = Key::new(format!("new{n}")).unwrap();
        let participant = Participant::new(id, key, Side::Mentor, Experience::grade(1))
            .with_offers([Offer::new("video", 5).unwrap()])
            .unwrap()
            .with_wishes([Wish::new("budgets", 0, 3).unwrap()])
            .unwrap();
        Joiner::new(on, participant, Key::new("one").unwrap())
    };
    let joiners: Vec<_> = (0..3).map(|n| joiner(n, &mut ids)).collect();
    let new: Vec<_> = joiners.iter().map(|j| j.participant.id()).collect();
    let model = with(still(), &[(P::RoundMonths, 2)]);
    let setup = setup(&roster, model).with_joiners(joiners);
    let year = play(&setup);
    for mentor in new {
        let pairings = year.program.history().pairings();
        let first = pairings.filter(|(_, facts)| facts.pair.mentor == mentor);
        let first = first.map(|(_, facts)| facts.proposed).min();
        assert_eq!(first, NaiveDate::from_ymd_opt(2026, 3, 1));
    }
    let last = year.weeks.last().unwrap().measured.of(Measure::MentorsHere);
    assert_eq!((last.part(), last.whole()), (9, 9));
    assert_eq!(year.roster.participants().len(), 18);
}

/// Nobody is there on the first day, so the programme is launched when somebody joins; the order in which they are listed is nobody's business.
#[test]
fn who_joins_an_empty_company_launches_it() {
    let roster = company(0, 0, 1);
    let person = |n: u32| {
        let (side, grade, teaches, learns, under) = match n % 2 {
            0 => (Side::Mentor, 2, "video", "budgets", "one"),
            _ => (Side::Mentee, 8, "budgets", "video", "two"),
        };
        let id = ParticipantId::from_source(&mut SequentialIds::new(900 - n));
        let key = Key::new(format!("p{n}")).unwrap();
        let person = Participant::new(id, key, side, Experience::grade(grade))
            .with_offers([Offer::new(teaches, 5).unwrap()])
            .unwrap()
            .with_wishes([Wish::new(learns, 0, 3).unwrap()])
            .unwrap();
        let on = start() + Days::new(if n < 6 { 1 } else { 30 });
        Joiner::new(on, person, Key::new(under).unwrap())
    };
    let played = |order: &[u32], last: Option<Joiner>| {
        let model = with(Model::standard(), &[(P::RoundMonths, 1)]);
        let joiners = order.iter().map(|n| person(*n)).chain(last);
        play(&setup(&roster, model).with_joiners(joiners))
    };
    let year = played(&[0, 1, 2, 3, 4, 5, 6, 7], None);
    let launched = year.journal.iter().find_map(|entry| match &entry.event {
        Event::Launched { charter, .. } => Some((entry.stamp.on, charter.clone())),
        _ => None,
    });
    let (on, charter) = launched.unwrap();
    assert_eq!((on, charter.starts()), (start() + Days::new(1), on));
    let sponsor = person(1).participant.id();
    assert_eq!(charter.sponsor().takes_part_as(), Some(sponsor));
    assert!(year.program.history().pairings().count() >= 4);
    let other = played(&[7, 2, 5, 0, 6, 4, 1, 3], None);
    assert_eq!(year.journal, other.journal);
    assert_eq!(year.weeks, other.weeks);
    // On the last day alone.
    let mut latest = person(0);
    latest.on = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
    let year = played(&[], Some(latest));
    assert_eq!(year.roster.participants().len(), 1);
}

/// Days at the end of time: whatever would be set for a day that does not exist never happens.
#[test]
fn a_programme_may_end_with_the_calendar() {
    let roster = company(8, 8, 1);
    let starts = NaiveDate::MAX - chrono::Months::new(12);
    for (retry, late) in [(14, 0), (366, 1000)] {
        let changes = [
            (P::RetryDays, retry),
            (P::Late, late),
            (P::MenteeKeeps, 500),
        ];
        let setup = Setup::new(&roster, starts)
            .with_policy(reverse_mentoring::policy::Policy::core_only())
            .with_model(with(Model::standard(), &changes));
        let year = play(&setup);
        assert_eq!(year.months.len(), 12);
        let facts = year.program.history().pairings();
        assert!(facts.flat_map(|(_, f)| &f.sessions).count() > 8);
    }
    let closed = Calendar::new([starts + Days::new(90)..=NaiveDate::MAX]).unwrap();
    play(&setup(&roster, still()).with_calendar(closed));
    let end = Setup::new(&roster, starts)
        .with_calendar(Calendar::new([starts + Days::new(90)..=NaiveDate::MAX]).unwrap());
    play(&end);
}

/// Everything that is wrong is said at once, before anything is played.
#[test]
fn what_does_not_go_together_is_refused_at_once() {
    let hours = Capacity::of(std::num::NonZeroU32::new(2).unwrap()).with_hours(Hours::whole(2));
    let whole = company(6, 6, 2);
    let people = whole.participants().iter();
    let people = people.map(|p| p.clone().with_capacity(hours));
    let roster = Roster::new(people, whole.lines().clone()).unwrap();
    let id = ParticipantId::from_source(&mut SequentialIds::new(50));
    let grade = Experience::grade(1);
    let new = Participant::new(id, Key::new("new").unwrap(), Side::Mentor, grade);
    let joins = |on| Joiner::new(on, new.clone(), Key::new("one").unwrap());
    let end = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let before = start() - Days::new(1);
    let asked = Setup::new(&roster, before)
        .with_policy(reverse_mentoring::policy::Policy::core_only())
        .with_load(Load::new(Hours::whole(1)).unwrap());
    let plan = approved(&asked);
    let setup = setup(&roster, still()).with_joiners([joins(end), joins(before), joins(start())]);
    let go_on = |_| std::ops::ControlFlow::Continue(());
    let error = reverse_mentoring::simulation::simulate(&setup, &plan, go_on).unwrap_err();
    let SimulationError::Setup(faults) = &error else {
        panic!("{error}");
    };
    let texts: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "`new` joins on 2025-12-31; people join after 2026-01-01, the first day, and before 2027-01-01",
            "`new` joins on 2026-01-01; people join after 2026-01-01, the first day, and before 2027-01-01",
            "`new` joins on 2027-01-01; people join after 2026-01-01, the first day, and before 2027-01-01",
            "eligibility was asked on 2025-12-31 and the simulation starts on 2026-01-01: ask again",
            "eligibility was asked with another load: `j000` had 2 places and has 1: ask again",
        ]
    );
    assert!(
        error
            .to_string()
            .starts_with("the simulation cannot begin: `new` joins on 2025-12-31;")
    );
}

/// Who is there from the beginning belongs in the roster that the plan is of.
#[test]
fn nobody_joins_on_the_first_day() {
    let roster = company(6, 6, 1);
    let id = ParticipantId::from_source(&mut SequentialIds::new(50));
    let new = Participant::new(
        id,
        Key::new("new").unwrap(),
        Side::Mentor,
        Experience::grade(1),
    );
    let joins = |on| Joiner::new(on, new.clone(), Key::new("one").unwrap());
    let played = |on| {
        let setup = setup(&roster, still()).with_joiners([joins(on)]);
        let plan = approved(&setup);
        let go_on = |_| std::ops::ControlFlow::Continue(());
        reverse_mentoring::simulation::simulate(&setup, &plan, go_on)
    };
    assert!(played(start() + Days::new(1)).is_ok());
    let error = played(start()).unwrap_err();
    assert!(matches!(error, SimulationError::Setup(faults) if faults.0.len() == 1));
}

#[test]
fn a_sponsor_who_leaves_is_no_example_any_more() {
    let roster = company(20, 20, 1);
    let keeps = [
        (P::MenteeKeeps, 0),
        (P::SponsorExample, 1000),
        (P::Sessions, 60),
        (P::RetryDays, 10),
    ];
    let held = |leaves: u32, takes_part: u32| {
        let more = [
            (P::SponsorLeavesMonth, leaves),
            (P::SponsorTakesPart, takes_part),
        ];
        let model = with(with(still(), &keeps), &more);
        let year = play(&setup(&roster, model));
        let mut days = Vec::new();
        for (_, facts) in year.program.history().pairings() {
            days.extend(
                facts
                    .sessions
                    .iter()
                    .filter(|s| s.outcome.is_held())
                    .map(|s| s.date),
            );
        }
        let charter = year.journal.iter().find_map(|entry| match &entry.event {
            Event::Launched { charter, .. } => Some(charter.sponsor().takes_part_as().is_some()),
            _ => None,
        });
        assert_eq!(charter, Some(takes_part > 0));
        days.sort_unstable();
        (days.len(), days.last().copied())
    };
    assert_eq!(held(0, 0).0, 0);
    let (some, last) = held(4, 1);
    assert!(some > 0 && last < NaiveDate::from_ymd_opt(2026, 5, 1));
    assert!(held(0, 1).0 > some);
}

/// The sponsor is the first executive: whenever that one leaves, by the parameter or as anybody may, they leave the programme, and the others
/// keep nothing any more.
#[test]
fn the_example_does_not_outlive_the_sponsor() {
    let roster = company(20, 20, 1);
    let keeps = [
        (P::MenteeKeeps, 0),
        (P::SponsorExample, 1000),
        (P::Sessions, 60),
        (P::RetryDays, 10),
    ];
    let played = |more: &[(P, u32)]| play(&setup(&roster, with(with(still(), &keeps), more)));
    let sponsor = roster.by_key("s000").unwrap().id();
    let left = |year: &reverse_mentoring::simulation::Simulated| {
        let mut left = year.journal.iter().filter_map(|entry| match &entry.event {
            Event::Withdrew { participant, .. } if *participant == sponsor => Some(entry.stamp.on),
            _ => None,
        });
        left.next()
    };
    let last = |year: &reverse_mentoring::simulation::Simulated| {
        let pairings = year.program.history().pairings();
        let sessions = pairings.flat_map(|(_, facts)| facts.sessions.iter());
        sessions
            .filter(|s| s.outcome.is_held())
            .map(|s| s.date)
            .max()
    };
    let year = played(&[(P::SponsorLeavesMonth, 4)]);
    assert_eq!(left(&year), NaiveDate::from_ymd_opt(2026, 5, 1));
    let here = year.weeks.last().unwrap().measured.of(Measure::MenteesHere);
    assert_eq!((here.part(), here.whole()), (19, 20));
    // By chance: whoever it is, on the day of the sponsor's leaving everybody stops.
    let mut years = 0;
    for seed in 0..20 {
        let model = with(with(still(), &keeps), &[(P::PairedMenteeQuits, 80)]);
        let year = play(&setup(&roster, model).with_seed(seed, 0));
        if let Some(day) = left(&year) {
            assert!(last(&year) < Some(day), "{day}");
            years += 1;
        }
    }
    assert!(years > 3, "{years}");
}

/// A manager for each of 200 people, and who moves ends up under any of them.
#[test]
fn who_moves_ends_up_anywhere() {
    let mut ids = SequentialIds::new(1);
    let mut lines = vec![Line::root("ceo")];
    let mut people = Vec::new();
    for n in 0..201 {
        lines.push(Line::new(format!("m{n:03}"), "ceo"));
        lines.push(Line::new(format!("p{n:03}"), format!("m{n:03}")));
        let id = ParticipantId::from_source(&mut ids);
        let key = Key::new(format!("p{n:03}")).unwrap();
        let grade = Experience::grade(1 + i32::from(n > 100) * 7);
        let side = if n > 100 { Side::Mentee } else { Side::Mentor };
        people.push(Participant::new(id, key, side, grade));
    }
    let roster = Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap();
    let moves = [
        (P::ReorganisationMonth, 1),
        (P::Movers, 200),
        (P::Linked, 0),
    ];
    let year = play(&setup(&roster, with(still(), &moves)));
    let moved = year
        .happenings
        .iter()
        .find_map(|happening| match happening {
            Happening::Reorganised { moved, .. } => Some(moved),
            _ => None,
        });
    let moved = moved.unwrap();
    let to: BTreeSet<_> = moved.iter().filter_map(|m| m.to.clone()).collect();
    // 200 balls in 202 urns leave about 127 with one or more.
    assert_eq!(moved.len(), 200);
    assert!((105..150).contains(&to.len()), "{}", to.len());
}

/// Whatever a vendor can say beyond chances: how well two get on, who teaches, who recommends, when they try again, and when of the year it is.
#[derive(Debug)]
struct Seasonal;

impl Behaviour for Seasonal {
    fn id(&self) -> PluginId {
        PluginId::new("seasonal", 1)
    }

    fn keeps(&self, _: &Model, two: &Two<'_>, who: Role) -> Chance {
        assert_eq!(two.person(who).today, two.today);
        match two.today.month() {
            7 | 8 => Chance::NEVER,
            _ => Chance::ALWAYS,
        }
    }

    fn chemistry(&self, _: &Model, two: &Two<'_>, luck: i32) -> u32 {
        assert!((-1000..=1000).contains(&luck) && two.chemistry == 0);
        u32::MAX
    }

    fn retries_after(&self, _: &Model, _: &Two<'_>) -> u32 {
        0
    }

    fn both_teach(&self, _: &Model, _: &Two<'_>) -> Chance {
        Chance::NEVER
    }

    fn mentee_teaches(&self, _: &Model, two: &Two<'_>) -> Chance {
        assert_eq!(two.held == 0, two.taught_last.is_none());
        match two.mentor_in_a_row {
            2 => Chance::ALWAYS,
            _ => Chance::NEVER,
        }
    }

    fn recommends(&self, _: &Model, two: &Two<'_>, who: Role) -> Chance {
        assert_eq!(two.chemistry, 1000);
        match who {
            Role::Mentor => Chance::ALWAYS,
            Role::Mentee => Chance::NEVER,
        }
    }
}

#[test]
fn a_season_and_everything_else_that_can_be_said() {
    let roster = company(10, 10, 1);
    let model = with(still(), &[(P::Sessions, 9)]);
    let year = play(&setup(&roster, model).with_behaviour(&Seasonal));
    for (_, facts) in year.program.history().pairings() {
        let mut row = Vec::new();
        for session in &facts.sessions {
            let summer = [7, 8].contains(&session.date.month());
            assert_eq!(session.outcome.is_held(), !summer, "{}", session.date);
            row.extend(session.outcome.taught().map(|t| t.taught_by()));
        }
        use reverse_mentoring::session::TaughtBy::{Mentee, Mentor};
        let expected = [Mentor, Mentor, Mentee].into_iter().cycle();
        assert!(row.iter().copied().eq(expected.take(row.len())), "{row:?}");
        // Every day of the summer from the day on that was due, since they try again on the next.
        let missed = facts
            .sessions
            .iter()
            .filter(|s| !s.outcome.is_held())
            .count();
        assert!(missed > 31, "{missed}");
    }
    let last = year.weeks.last().unwrap().measured;
    let said = last.of(Measure::Recommendation);
    assert_eq!((said.part(), said.whole()), (10, 20));
}
