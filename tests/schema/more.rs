//! Further values of the crate's own: those that coordinators read, that a person gets, and that somebody plays.

use std::collections::BTreeSet;

use reverse_mentoring::dry_run::{RosterDifference, forecast};
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::health::{
    BenefitReading, Claim, Compared, ComparedCounts, Comparison, Counted, EquityPolicy,
    EquityReadings, HostStatement, ReportingGroups, SelfAssessment,
};
use reverse_mentoring::matching::{Criteria, Greedy, Optimal, plan};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::{DefaultExchange, Policy};
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::pulse::{Answer, Items, PulseBook};
use reverse_mentoring::roster::{Offer, Skill, Wish};
use serde_json::Value;

use super::support::*;
use super::world::World;

type Add<'a> = &'a mut dyn FnMut(&'static str, Value);

fn json(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

pub(crate) fn add_all(add: Add<'_>) {
    of_people(add);
    of_plans(add);
    of_health(add);
    #[cfg(feature = "fleet")]
    events(add);
    #[cfg(feature = "simulation")]
    played(add);
    #[cfg(feature = "zones")]
    slots(add);
}

/// What is held about somebody, in words that are theirs, before and after one of them is forgotten.
fn of_people(add: Add<'_>) {
    let mut world = World::new();
    for _ in 0..2 {
        add("notebook", json(world.book.to_record()));
        for n in 1..=5 {
            add("export", json(world.export(n)));
        }
        add("erasure", json(&world.erasure));
        if world.erasure.people().len() == 0 {
            world.erase(4);
        }
    }
    let mut book = PulseBook::new(Items::catalogue(), Threshold::default());
    for (pairing, mentor, mentee) in super::world::PAIRS {
        for (role, n) in [(Role::Mentor, mentor), (Role::Mentee, mentee)] {
            let member = world
                .kept
                .program
                .member(pairing_id(pairing), person_id(n))
                .unwrap();
            assert_eq!(member.role(), role);
            for number in 1..=3 {
                let round = book.items().round(role, number);
                let answers: Vec<_> = round
                    .items()
                    .map(|item| (item.code().clone(), Answer::new(4).unwrap()))
                    .collect();
                book.answer(&member, &round, day(30 * i64::from(number)), answers)
                    .unwrap();
            }
        }
    }
    add("pulses", json(book.to_record()));
    let digital = BTreeSet::from([Skill::new("video").unwrap()]);
    for as_of in [0, 30, 120] {
        for reading in
            BenefitReading::all(world.kept.program.history(), &book, &digital, day(as_of))
        {
            add("benefit-reading", json(reading));
        }
    }
}

fn of_plans(add: Add<'_>) {
    let company = reverse_mentoring::testing::Company::sample().unwrap();
    let (core, standard) = (Policy::core_only(), Policy::standard());
    let [open, strict] = [&core, &standard]
        .map(|policy| Eligibility::new(company.roster(), policy, company.context()));
    let best = plan(&strict, &Criteria::standard(), &Optimal::most_pairs()).unwrap();
    let other = plan(&open, &Criteria::standard(), &Greedy).unwrap();
    add("plan", json(other.to_record()));
    let (offers, wishes) = (
        Offer::new("=1+1", 5).unwrap(),
        Wish::new("tools", 0, 3).unwrap(),
    );
    let exchange = DefaultExchange::none().with_offers(Role::Mentee, [offers]);
    let exchange = exchange
        .and_then(|e| e.with_wishes(Role::Mentor, [wishes]))
        .unwrap();
    for exchange in [DefaultExchange::none(), exchange] {
        let filled =
            Eligibility::new(company.roster(), &core, company.context()).with_exchange(&exchange);
        let plan = plan(&filled, &Criteria::standard(), &Greedy)
            .unwrap()
            .to_record();
        // Nothing by default is no exchange.
        if let Some(exchange) = &plan.default_exchange {
            add("default-exchange", json(exchange));
        }
        add("plan", json(plan));
    }
    add("plan-diff", json(other.diff(&best, &open).to_record()));
    add("plan-diff", json(best.diff(&best, &strict).to_record()));
    add("plan-diff", json(best.diff(&other, &strict).to_record()));

    let company = Company::base();
    let roster = company.roster();
    let mut kept = Kept::open(&roster);
    kept.propose(&roster, &[("ada", "cto"), ("ben", "cfo")], 1);
    for next in [
        company.reports("ada", "cto").dotted("ben", "cto"),
        Company::base().side("ben", None).grade("cfo", 9),
    ] {
        let next = next.roster();
        let difference = RosterDifference::between(&roster, &next);
        add("roster-difference", json(&difference));
        add("roster-difference-summary", json(difference.summary()));
        for pairing in forecast(&kept.program, &next) {
            add("pairing-forecast", json(pairing));
        }
    }
}

fn of_health(add: Add<'_>) {
    let company = reverse_mentoring::testing::Company::sample().unwrap();
    let history = company.history();
    let groups = ReportingGroups::of(company.roster());
    let one = EquityPolicy {
        threshold: Threshold::new(3).unwrap(),
        wait_days: 0,
    };
    for policy in [EquityPolicy::default(), one] {
        add(
            "equity",
            json(EquityReadings::read(history, &groups, policy, day(90)).to_record()),
        );
    }
    let counted = |(yes, no)| Counted { yes, no };
    for (participants, others) in [((30, 70), (20, 180)), ((1, 1), (2, 4))] {
        let counts = ComparedCounts {
            what: Compared::Promoted,
            from: day(1),
            until: day(31),
            participants: counted(participants),
            others: counted(others),
        };
        add(
            "comparison",
            json(
                Comparison::new(counts, Threshold::default())
                    .unwrap()
                    .to_record(),
            ),
        );
    }
    let statement = HostStatement {
        claim: Claim::ReviewsUsed,
        on: day(20),
        by: coordinator(),
    };
    add("host-statement", json(statement));
    for assessment in [
        SelfAssessment::new(Some(&charter()), history, &[statement], day(80)),
        SelfAssessment::new(None, history, &[], day(0)),
    ] {
        add("self-assessment", json(assessment.to_record()));
    }
    add("charter-draft", json(draft()));
}

#[cfg(feature = "fleet")]
fn events(add: Add<'_>) {
    use reverse_mentoring::fleet::{FigureEvents, JournalEvents, Source};
    use reverse_mentoring::health::{Metrics, ProgramHealth};
    use reverse_mentoring::privacy::Audience;
    let source = || Source::new("https://hr.example/programmes/").unwrap();
    let mut lines = |name, bytes: Vec<u8>| {
        for line in String::from_utf8(bytes).unwrap().lines() {
            add(name, serde_json::from_str(line).unwrap());
        }
    };
    let world = World::new();
    let mut bytes = Vec::new();
    let mut out = JournalEvents::new(&mut bytes, source());
    for entry in &world.kept.journal {
        out.write(program_id(), entry).unwrap();
    }
    out.finish().unwrap();
    lines("entry-event", bytes);
    let health =
        ProgramHealth::assess(world.kept.program.history(), &Metrics::standard(), day(60)).unwrap();
    let mut bytes = Vec::new();
    let mut out = FigureEvents::new(&mut bytes, source(), Audience::Coordinator);
    out.write(program_id(), &health.figure_rows()).unwrap();
    out.finish().unwrap();
    lines("figure-event", bytes);
}

#[cfg(feature = "simulation")]
fn played(add: Add<'_>) {
    use reverse_mentoring::cadence::Cadence;
    use reverse_mentoring::simulation::experiment::{
        Bands, Replicates, Scenario, Trial, compare, sweep, tornado,
    };
    use reverse_mentoring::simulation::{Measure, Parameter, Setup};
    use std::ops::ControlFlow::Continue;
    let company = reverse_mentoring::testing::Company::sample().unwrap();
    let setup = Setup::new(company.roster(), day(0)).with_months(3);
    let plan = setup.plan().unwrap().approve(coordinator());
    let monthly = Scenario::planned("=1+1", setup.clone(), &plan);
    let weekly = Scenario::planned("weekly", setup.with_cadence(Cadence::WEEKLY), &plan);
    let trial = Trial::on(Measure::Sessions).at_most(16);
    add(
        "contrast",
        json(compare(&weekly, &monthly, &trial, |_, _| Continue(())).unwrap()),
    );
    let parameter = Parameter::MentorKeeps;
    add(
        "sweep",
        json(
            sweep(
                &monthly,
                parameter,
                [500, 1000],
                &trial,
                |_, _| Continue(()),
            )
            .unwrap(),
        ),
    );
    add(
        "tornado",
        json(tornado(&weekly, &monthly, [parameter], &trial, |_| Continue(())).unwrap()),
    );
    add(
        "bands",
        json(Bands::of(&monthly, &Replicates::new(0..4), |_| Continue(())).unwrap()),
    );
}

#[cfg(feature = "zones")]
fn slots(add: Add<'_>) {
    use reverse_mentoring::zones::{Slot, WorkingHours};
    let time = |text: &str| text.parse().unwrap();
    for zone in ["Europe/Paris", "UTC+05:30"] {
        add(
            "slot",
            json(Slot::new(day(9), time("10:30:00"), zone.parse().unwrap()).unwrap()),
        );
    }
    add(
        "working-hours",
        json(WorkingHours::new(time("08:30:00"), time("17:00:00")).unwrap()),
    );
}
