//! The page of two programmes that were played, against the figures that it was made of.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use reverse_mentoring::ids::{CoordinatorId, SequentialIds};
use reverse_mentoring::report::SimulationReport;
use reverse_mentoring::simulation::experiment::{
    Bands, Contrast, Replicates, Scenario, Trial, compare,
};
use reverse_mentoring::simulation::{Measure, Model, Parameter, Setup};
use reverse_mentoring::testing::Company;

use crate::{NAMES, day, markup};

fn report(name: &str, threads: usize) -> (SimulationReport, Contrast, [Bands; 2]) {
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
    let page = SimulationReport::new(name, contrast.clone(), one, two, model);
    (page, contrast, bands)
}

fn percent(tenths: u16) -> String {
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[test]
fn every_figure_of_a_contrast_is_on_its_page() {
    for name in NAMES {
        let (report, contrast, bands) = report(name, 1);
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
            .filter(|row| row[4] == "set for this")
            .collect();
        assert_eq!(set.len(), 1);
        assert_eq!(set[0][..2], ["mentee-gain", "100"]);
        assert!(root.text().contains("more mentee learning than"));
    }
}

#[test]
fn the_page_is_the_same_on_any_number_of_threads() {
    assert_eq!(report("one", 1).0.to_html(), report("one", 3).0.to_html());
}
