//! The HTML pages: whatever is in a name, the page has the elements and attributes that it has under plain names, and no name
//! moves what stands around it.

use std::collections::BTreeMap;

use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::health::{
    Breakdown, EquityPolicy, EquityReadings, Ledger, Metrics, Period, Publisher, PulseReading,
    ReportingGroups,
};
use reverse_mentoring::history::{Adopted, History, LoggedPairing, LoggedPulse, adopt_pulses};
use reverse_mentoring::pair::{Role, Roles};
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::pulse::{Better, Item, Items, PulseBook};
use reverse_mentoring::report::{CoordinatorReport, EquityReport, SponsorReport};
use reverse_mentoring::roster::Roster;
use reverse_mentoring::text::Label;

use crate::judge::disturbs;
use crate::markup::{self, Element, Node};
use crate::nasty::nasty;
use crate::support::*;

/// How many names are on a page, and how many pairings each is of.
const NAMES: usize = 12;
const EACH: usize = 4;

/// What becomes of a name on a page: line ends are blanks, and what no document may hold is U+FFFD.
fn clean(text: &str) -> String {
    let clean = |c: char| match u32::from(c) {
        9 | 10 => ' ',
        0..0x20 | 0x7f..0xa0 | 0xfdd0..=0xfdef => '\u{fffd}',
        n if n & 0xfffe == 0xfffe => '\u{fffd}',
        _ => c,
    };
    text.chars().map(clean).collect()
}

/// Every tag with the names of its attributes, sorted: rows go by name, so their order is not compared.
fn shape(page: &str) -> Vec<(String, Vec<String>)> {
    let root = markup::read(page);
    let all = root.all().into_iter();
    let mut all: Vec<_> = all
        .map(|e| (e.tag.clone(), e.attributes.keys().cloned().collect()))
        .collect();
    all.sort();
    all
}

/// Text that turns its direction stands in an element that keeps it in, or has nothing of the page's behind it.
fn kept_in(page: &str, names: &[String]) {
    let names: Vec<String> = names.iter().map(|name| clean(name)).collect();
    let turns = |text: &str| text.chars().any(|c| disturbs(c) && !c.is_control());
    // `Figure` or `By`, and then the name: nothing may follow it.
    let ends = |text: &str| {
        names
            .iter()
            .any(|name| text.ends_with(name.as_str()) && turns(name))
    };
    let root = markup::read(page);
    let mut open: Vec<(&Element, bool)> = vec![(&root, false)];
    while let Some((element, inside)) = open.pop() {
        let own = element.tag == "bdi" || element.attribute("dir").is_some();
        // The title of the document is of the window's, not of the page.
        let inside = inside || own || element.tag == "title";
        for (name, value) in &element.attributes {
            assert!(
                !turns(value) || ends(value),
                "{}, {name}: {value:?}",
                element.tag
            );
        }
        for node in &element.children {
            match node {
                Node::Element(child) => open.push((child, inside)),
                Node::Text(text) => {
                    assert!(
                        inside || !turns(text) || ends(text),
                        "{}: {text:?}",
                        element.tag
                    );
                }
            }
        }
    }
}

/// Mentors enough, each in a pairing of their own that has fallen silent.
fn programme() -> (Roster, Vec<LoggedPairing>, Adopted) {
    let mut company = Company::base().places("cto", 1_000);
    let cleo = company.0.iter().find(|s| s.key == "cleo").unwrap().clone();
    for n in 0..NAMES * EACH {
        let (key, id) = (format!("m{n:03}"), 100 + n as u32);
        company.0.push(Staff {
            key,
            id,
            ..cleo.clone()
        });
    }
    let roster = company.roster();
    let logs: Vec<_> = (0..NAMES * EACH)
        .map(|n| {
            let key = format!("m{n:03}");
            let mut log = logged(&roster, &key, (&key, "cto"), n as i64 % 7);
            let sessions = [(10, held()), (20, MISSED), (21, MISSED)];
            log.sessions = logged_sessions(&sessions[..1 + n % 3]);
            log
        })
        .collect();
    let (_, adopted) = health_of(&logs, &roster, 90);
    (roster, logs, adopted)
}

fn coordinators(
    history: &History,
    names: &BTreeMap<reverse_mentoring::ids::PairingId, String>,
    pulses: Vec<PulseReading>,
    title: &str,
) -> String {
    let metrics = Metrics::standard();
    let report = CoordinatorReport::assess(title, history, &metrics, &Calendar::OPEN, day(90));
    let report = report.unwrap().with_pulses(pulses);
    report.to_html(|id| names[&id].clone())
}

fn sponsors(
    history: &History,
    labels: &BTreeMap<reverse_mentoring::ids::PairingId, Label>,
    by: &Label,
    title: &str,
) -> String {
    let metrics = Metrics::standard();
    let labels: Vec<_> = labels
        .iter()
        .map(|(id, label)| (*id, label.clone()))
        .collect();
    let publisher = Publisher::new(history, &metrics, day(91))
        .threshold(Threshold::new(3).unwrap())
        .by(Breakdown::new(by.clone(), labels));
    let mut ledger = Ledger::new();
    let period = Period::new(day(0), day(90)).unwrap();
    SponsorReport::new(title, publisher.release(period, &mut ledger).unwrap()).to_html()
}

fn by_group(history: &History, groups: &[Label], title: &str) -> String {
    let people = history.people().zip(groups.iter().cycle());
    let groups: BTreeMap<_, _> = people.map(|((id, _), group)| (id, group.clone())).collect();
    let policy = EquityPolicy {
        threshold: Threshold::new(3).unwrap(),
        ..EquityPolicy::default()
    };
    let readings = EquityReadings::read(history, &ReportingGroups::from(groups), policy, day(90));
    EquityReport::new(title, readings).to_html()
}

/// Everybody answers twice to an item of each name.
fn answered(logs: &[LoggedPairing], adopted: &Adopted, labels: &[Label]) -> Vec<PulseReading> {
    let mut items = Items::none();
    for label in labels {
        let item = Item::new(label.clone(), label.clone(), Better::High, Roles::BOTH).unwrap();
        items = items.with(item).unwrap();
    }
    let mut logs = logs.to_vec();
    for log in &mut logs {
        let answers = labels
            .iter()
            .flat_map(|label| [(30, 2), (60, 5)].map(|(on, score)| (label, on, score)));
        let answers = answers.map(|(label, on, score)| LoggedPulse {
            side: Role::Mentor,
            question: label.clone(),
            date: day(on),
            score,
        });
        log.pulses = answers.collect();
        log.pulses.sort_by_key(|pulse| pulse.date);
    }
    let mut book = PulseBook::new(items, Threshold::new(3).unwrap());
    adopt_pulses(&logs, &adopted.keys, &adopted.history, &mut book);
    let readings = PulseReading::all(&book, day(90));
    assert!(
        readings
            .iter()
            .any(|reading| reading.reading.shown().is_some())
    );
    readings
}

#[test]
fn under_every_nasty_name() {
    let (_, logs, adopted) = programme();
    let history = &adopted.history;
    let pages = |names: &[String], labels: &[Label]| -> [String; 3] {
        let ids: Vec<_> = history.pairings().map(|(id, _)| id).collect();
        let named: BTreeMap<_, _> = ids
            .iter()
            .copied()
            .zip(names.iter().cloned().cycle())
            .collect();
        let labelled: BTreeMap<_, _> = ids
            .iter()
            .copied()
            .zip(labels.iter().cloned().cycle())
            .collect();
        let pulses = answered(&logs, &adopted, labels);
        [
            coordinators(history, &named, pulses, &names[0]),
            sponsors(history, &labelled, &labels[0], &names[0]),
            by_group(history, labels, &names[0]),
        ]
    };
    let texts = nasty();
    let labels: Vec<Label> = texts
        .iter()
        .filter_map(|t| Label::new(t.as_str()).ok())
        .collect();
    let plain = |n: usize| format!("name {n:02}");
    let plain: Vec<String> = (0..NAMES).map(plain).collect();
    let plain_labels: Vec<Label> = plain
        .iter()
        .map(|t| Label::new(t.as_str()).unwrap())
        .collect();
    let due = pages(&plain, &plain_labels).map(|page| shape(&page));
    assert!(due.iter().all(|shape| shape.len() > 100));
    let mut shown = 0;
    for at in (0..texts.len()).step_by(NAMES) {
        let names: Vec<String> = texts.iter().cycle().skip(at).take(NAMES).cloned().collect();
        let labels: Vec<Label> = labels
            .iter()
            .cycle()
            .skip(at)
            .take(NAMES)
            .cloned()
            .collect();
        let mut all = names.clone();
        all.extend(labels.iter().map(Label::to_string));
        let pages = pages(&names, &labels);
        for (page, due) in pages.iter().zip(&due) {
            kept_in(page, &all);
            assert!(shape(page) == *due, "from {at}");
        }
        // Every name of a pairing is there as it is.
        let root = markup::read(&pages[0]);
        let told: Vec<String> = root.tagged("bdi").iter().map(|e| e.text()).collect();
        assert!(
            names.iter().all(|name| told.contains(&clean(name))),
            "from {at}"
        );
        let heads = markup::read(&pages[1]);
        let heads: Vec<String> = heads.tagged("th").iter().map(|e| e.text()).collect();
        shown += labels
            .iter()
            .filter(|label| heads.contains(&clean(label.as_str())))
            .count();
    }
    assert!(shown > 150, "{shown} labels of cells");
}

/// Two programmes that were played, under names that are compared with each other.
#[cfg(feature = "simulation")]
mod played {
    use std::ops::ControlFlow;

    use reverse_mentoring::ids::{CoordinatorId, SequentialIds};
    use reverse_mentoring::report::SimulationReport;
    use reverse_mentoring::simulation::experiment::{
        Bands, Contrast, Replicates, Scenario, Trial, compare,
    };
    use reverse_mentoring::simulation::{Measure, Model, Parameter, Setup};
    use reverse_mentoring::testing::Company;

    use super::{kept_in, shape};
    use crate::judge::{lines, message};
    use crate::nasty::nasty;
    use crate::support::day;

    struct Played<'a>(Scenario<'a>, Scenario<'a>);

    fn compared(played: &Played<'_>) -> (Contrast, SimulationReport) {
        let Played(a, b) = played;
        let trial = Trial::on(Measure::Trust).at_most(16);
        let contrast = compare(a, b, &trial, |_, _| ControlFlow::Continue(())).unwrap();
        let [one, two] = [a, b]
            .map(|s| Bands::of(s, &Replicates::new(0..2), |_| ControlFlow::Continue(())).unwrap());
        let report = SimulationReport::new("compared", contrast.clone(), one, two).unwrap();
        (contrast, report)
    }

    #[test]
    fn under_every_nasty_name() {
        let company = Company::sample().unwrap();
        let setup = Setup::new(company.roster(), day(0)).with_months(1);
        let by = CoordinatorId::from_source(&mut SequentialIds::new(1));
        let plan = setup.plan().unwrap().approve(by);
        let model = Model::standard().with(Parameter::MenteeGain, 100).unwrap();
        let pair = |name: &str| {
            let a = Scenario::planned(name, setup.clone(), &plan);
            let b = a.clone().with_model("other", model);
            Played(a, b)
        };
        let due = shape(&compared(&pair("plain")).1.to_html());
        for text in nasty() {
            let (contrast, report) = compared(&pair(&text));
            message(&contrast.sentence());
            lines(&contrast.to_string());
            let json = serde_json::to_value(&contrast).unwrap();
            assert_eq!(json["a"]["name"], text);
            let page = report.to_html();
            kept_in(&page, &[]);
            assert!(shape(&page) == due, "{text:?}");
        }
    }
}
