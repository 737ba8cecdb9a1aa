//! Mentors below one head and mentees below another, who serve each other's wish, and models with everything switched off.

use std::num::NonZeroU32;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use reverse_mentoring::ids::{CoordinatorId, ParticipantId, SequentialIds};
use reverse_mentoring::matching::ApprovedPlan;
use reverse_mentoring::policy::Policy;
use reverse_mentoring::roster::{
    Capacity, Experience, Line, Offer, Participant, ReportingLines, Roster, Side, Wish,
};
use reverse_mentoring::simulation::{Model, Parameter as P, Setup, Simulated, simulate};
use reverse_mentoring::text::Key;

pub fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()
}

pub fn coordinator() -> CoordinatorId {
    CoordinatorId::from_source(&mut SequentialIds::new(2))
}

/// So many of each, with so many places each; levels from 0 to 3, taught by somebody at 5.
pub fn company(mentors: usize, mentees: usize, places: u32) -> Roster {
    let mut ids = SequentialIds::new(1);
    let place = Capacity::of(NonZeroU32::new(places).unwrap());
    let mut lines = vec![
        Line::root("ceo"),
        Line::new("one", "ceo"),
        Line::new("two", "ceo"),
    ];
    let mut person = |key: String, side, grade, teaches, learns, under: &str| {
        lines.push(Line::new(key.as_str(), under));
        let id = ParticipantId::from_source(&mut ids);
        Participant::new(id, Key::new(key).unwrap(), side, Experience::grade(grade))
            .with_capacity(place)
            .with_offers([Offer::new(teaches, 5).unwrap()])
            .unwrap()
            .with_wishes([Wish::new(learns, 0, 3).unwrap()])
            .unwrap()
    };
    let mut people = Vec::new();
    for n in 0..mentors {
        people.push(person(
            format!("j{n:03}"),
            Side::Mentor,
            2,
            "video",
            "budgets",
            "one",
        ));
    }
    for n in 0..mentees {
        people.push(person(
            format!("s{n:03}"),
            Side::Mentee,
            8,
            "budgets",
            "video",
            "two",
        ));
    }
    Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap()
}

pub fn with(model: Model, changes: &[(P, u32)]) -> Model {
    let with =
        |model: Model, (parameter, value): &(P, u32)| model.with(*parameter, *value).unwrap();
    changes.iter().fold(model, with)
}

/// Everybody keeps everything, nobody leaves, nothing is late, nobody feels or learns more or less for any reason.
pub fn still() -> Model {
    let off = [
        P::Unprepared,
        P::Spread,
        P::Load,
        P::TrustKeeps,
        P::Contagion,
        P::Momentum,
        P::SponsorExample,
        P::DelayDays,
        P::FirstDays,
        P::MinutesSpread,
        P::OverlapCurve,
        P::TrustLearns,
        P::ApprehensionCosts,
        P::Forget,
        P::ChemistrySpread,
        P::Late,
        P::Exit,
        P::Dropout,
        P::StrainedDropout,
        P::MentorQuits,
        P::PairedMentorQuits,
        P::MenteeQuits,
        P::PairedMenteeQuits,
        P::RoundMonths,
        P::ReorganisationMonth,
    ];
    let model = with(Model::standard(), &off.map(|parameter| (parameter, 0)));
    let always = [P::Accept, P::MentorKeeps, P::MenteeKeeps, P::Both];
    let model = with(model, &always.map(|parameter| (parameter, 1000)));
    with(model, &[(P::AnswerDays, 1), (P::PrepareDays, 1)])
}

pub fn setup(roster: &Roster, model: Model) -> Setup<'_> {
    Setup::new(roster, start())
        .with_policy(Policy::core_only())
        .with_model(model)
}

pub fn approved(setup: &Setup<'_>) -> ApprovedPlan {
    setup.plan().unwrap().approve(coordinator())
}

pub fn play(setup: &Setup<'_>) -> Simulated {
    simulate(setup, &approved(setup), |_| ControlFlow::Continue(())).unwrap()
}
