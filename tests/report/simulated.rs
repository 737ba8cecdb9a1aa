//! The page of two programmes that were played, against the figures that it was made of.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use reverse_mentoring::ids::{CoordinatorId, SequentialIds};
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::report::SimulationReport;
use reverse_mentoring::simulation::experiment::{
    Bands, Contrast, Replicates, Scenario, Tornado, Trial, compare, tornado,
};
use reverse_mentoring::simulation::{Behaviour, Measure, Model, Parameter, Setup};
use reverse_mentoring::testing::Company;

use crate::{NAMES, day, markup};

fn report(name: &str, threads: usize) -> (SimulationReport, Contrast, [Bands; 2], Tornado) {
    let company = Company::sample().unwrap();
    let setup = Setup::new(company.roster(), day(0)).with_months(5);
    let by = CoordinatorId::from_source(&mut SequentialIds::new(1));
    let plan = setup.plan().unwrap().approve(by);
    let a = Scenario::planned(name, setup, &plan);
    let model = Model::standard().with(Parameter::MenteeGain, 100).unwrap();
    let b = a.clone().with_model("little", model);
    let threads = NonZeroUsize::new(threads).unwrap();
    let trial = Trial::on(Measure::MenteeLearning)
        .at_most(32)
        .on_threads(threads);
    let contrast = compare(&a, &b, &trial, |_, _| ControlFlow::Continue(())).unwrap();
    let bands = [&a, &b].map(|s| {
        let replicates = Replicates::new(0..32).on_threads(threads);
        Bands::of(s, &replicates, |_| ControlFlow::Continue(())).unwrap()
    });
    let [one, two] = bands.clone();
    let page = SimulationReport::new(name, contrast.clone(), one.clone(), two.clone());
    let page = page.unwrap();
    let swapped = SimulationReport::new(name, contrast.clone(), two, one).unwrap_err();
    assert_eq!(
        swapped.to_string(),
        "the bands are not of the two programmes that were compared, in their order"
    );
    let asked = [
        Parameter::TrustGain,
        Parameter::Feedback,
        Parameter::Sessions,
    ];
    let decides = tornado(&a, &b, asked, &trial.at_most(16), |_| {
        ControlFlow::Continue(())
    });
    let decides = decides.unwrap();
    let other = tornado(&b, &a, [], &Trial::on(Measure::Trust).at_most(16), |_| {
        ControlFlow::Continue(())
    });
    assert!(page.clone().with_tornado(other.unwrap()).is_err());
    let page = page.with_tornado(decides.clone()).unwrap();
    (page, contrast, bands, decides)
}

fn percent(tenths: u16) -> String {
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[test]
fn every_figure_of_a_contrast_is_on_its_page() {
    for name in NAMES {
        let (report, contrast, bands, decides) = report(name, 1);
        let page = report.to_html();
        let root = markup::check(&page);
        let rows = root.by_id("differences").unwrap().tagged("table")[0].rows();
        assert_eq!(rows.len(), 1 + Measure::ALL.len());
        for (row, m) in rows[1..].iter().zip(&contrast.measures) {
            assert_eq!(row[0], m.measure.as_str().replace('_', " "));
            match m.difference {
                Some(d) => assert_eq!(row[3..], [d.points(), d.ends().join(" to ")]),
                None => assert_eq!(row[3..], ["–", "–"]),
            }
        }
        let weeks = root.by_id("weeks").unwrap();
        let tables = weeks.tagged("table");
        assert_eq!(tables.len(), Measure::ALL.len());
        for (table, measure) in tables.iter().zip(Measure::ALL) {
            let mut courses = bands.each_ref().map(|b| b.of_measure(*measure));
            for row in &table.rows()[1..] {
                let mut expected = Vec::new();
                for course in &mut courses {
                    let (day, band) = course.next().unwrap();
                    assert_eq!(row[0], day.to_string());
                    expected.extend(match band {
                        Some(b) => [b.low, b.middle, b.high].map(percent),
                        None => ["–"; 3].map(str::to_owned),
                    });
                }
                assert_eq!(row[1..], expected);
            }
            assert!(courses.iter_mut().all(|course| course.next().is_none()));
        }
        // What was set for this is told from what is supposed.
        let supposed = root.by_id("supposed").unwrap().tagged("table")[0].rows();
        assert_eq!(supposed.len(), 1 + Parameter::ALL.len());
        let set: Vec<_> = supposed
            .iter()
            .filter(|row| row[5] == "set for this")
            .collect();
        assert_eq!(set.len(), 1);
        assert_eq!(set[0][..3], ["mentee-gain", "750", "100"]);
        let text = root.text();
        assert!(text.contains("In mentee learning ") && text.contains(" points higher than "));
        assert!(text.contains("In the second, mentee-gain is 100 (‰) instead of 750."));
        assert!(text.contains("Bands hold eighteen years of twenty"));
        assert!(text.contains("the bands below on 32 years of each."));
        // What it would take to play it again.
        let played = root.by_id("played").unwrap().tagged("table")[0].rows();
        let of = |what: &str| {
            let row = played.iter().find(|row| row[0] == what).unwrap();
            row[1..].to_vec()
        };
        assert_eq!(of("Seed"), ["1", "1"]);
        assert_eq!(of("Months"), ["5", "5"]);
        assert_eq!(of("First day"), [day(0).to_string(), day(0).to_string()]);
        assert_eq!(of("Behaviour"), ["standard@3", "standard@3"]);
        // A row for each assumption that does something.
        let rows = root.by_id("tornado").unwrap().tagged("table")[0].rows();
        let does: Vec<_> = decides.rows.iter().filter(|row| row.swing() > 0).collect();
        assert_eq!(rows.len(), 1 + does.len());
        for (row, influence) in rows[1..].iter().zip(does) {
            assert_eq!(row[0], influence.parameter);
            assert_eq!(row[3], influence.low.difference.unwrap().to_string());
        }
        assert!(text.contains("Changes nothing: feedback."));
    }
}

/// A name that ends the quotation of names, turns the text round, or never ends.
#[test]
fn no_name_is_taken_for_words() {
    let long = "x".repeat(200);
    for name in ["a` and `b", "`", "a`\u{202e}", "``", &long] {
        let page = report(name, 1).0.to_html();
        let root = markup::check(&page);
        let answer = root.by_id("answer").unwrap();
        let shown: String = match name.chars().count() {
            200 => format!("{}…", "x".repeat(79)),
            _ => name.replace('\u{202e}', "\u{fffd}"),
        };
        let names: Vec<String> = answer
            .tagged("bdi")
            .iter()
            .map(|name| name.text())
            .collect();
        assert_eq!(names, [shown.as_str(), "little"]);
        assert!(
            !page
                .replace(&format!("<title>{name}"), "")
                .replace(&format!("<h1><bdi>{name}"), "")
                .contains('\u{202e}')
        );
    }
}

#[test]
fn the_page_is_the_same_on_any_number_of_threads() {
    assert_eq!(report("one", 1).0.to_html(), report("one", 3).0.to_html());
}

/// A vendor's own.
#[derive(Debug)]
struct Ours;

impl Behaviour for Ours {
    fn id(&self) -> PluginId {
        PluginId::new("ours", 3)
    }
}

#[test]
fn the_page_says_whose_behaviour_it_is_and_what_was_broken_off() {
    let company = Company::sample().unwrap();
    let setup = Setup::new(company.roster(), day(0)).with_months(2);
    let by = CoordinatorId::from_source(&mut SequentialIds::new(1));
    let plan = setup.plan().unwrap().approve(by);
    let a = Scenario::planned("ours", setup.clone().with_behaviour(&Ours), &plan);
    let b = Scenario::planned("standard", setup, &plan);
    let trial = Trial::on(Measure::Trust).at_most(16);
    let contrast = compare(&a, &b, &trial, |done, _| match done {
        3 => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    });
    let [one, two] = [(&a, 1), (&b, 2)].map(|(scenario, most)| {
        let broken = Bands::of(scenario, &Replicates::new(0..5), |done| {
            match done == most {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
        broken.unwrap()
    });
    let page = SimulationReport::new("t", contrast.unwrap(), one, two).unwrap();
    let text = markup::check(&page.to_html())
        .by_id("answer")
        .unwrap()
        .text();
    for told in [
        "It was broken off.",
        "The verdict rests on 3 years of each, the bands below on 1 year of the first and 2 years of the second. The bands were broken off.",
        "In the first people behave by the plug-in ours@3: a number of the model counts only as far as it asks for it.",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
}
