//! Behaviour that a vendor puts in, and what comes from outside.

use chrono::{Datelike, Days, NaiveDate};
use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::journal::Event;
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::roster::{Experience, Offer, Participant, Side, Wish};
use reverse_mentoring::simulation::{
    Behaviour, Chance, Joiner, Lesson, Measure, Model, Parameter as P, SimulationError, Two,
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

/// Who is there from the beginning belongs in the roster that the plan is of.
#[test]
fn who_joins_on_the_first_day_makes_the_plan_stale() {
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
    assert!(matches!(
        error,
        SimulationError::Refused {
            step: "propose",
            ..
        }
    ));
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
