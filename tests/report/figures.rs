//! Every number on the pages, read back from the tables and the plots, against health and facts.

use std::collections::{BTreeMap, BTreeSet};

use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility::ExemptionReason;
use reverse_mentoring::health::{PairingStatus, PeriodHealth, ProgramHealth, Ratio};
use reverse_mentoring::history::History;
use reverse_mentoring::ids::ParticipantId;
use reverse_mentoring::pairing::{Agreement, Step, TwoWayGoals};
use reverse_mentoring::privacy::{Cell, Threshold};
use reverse_mentoring::report::{Funnel, month_ends};
use reverse_mentoring::roster::Side;

use super::markup::{self, Element};
use super::support::*;
use super::{adopted, assess, company, logs, released, report, sponsors_page};

/// `session_completion` as the page says it.
fn title(metric: &str) -> String {
    let words = metric.replace('_', " ");
    words[..1].to_uppercase() + &words[1..]
}

fn value(ratio: Cell<Ratio>) -> String {
    match ratio {
        Cell::Withheld => "withheld".to_owned(),
        Cell::Shown(r) => r.percent().unwrap_or("no data".to_owned()),
    }
}

/// Part, whole and value as a table has them.
fn cells(ratio: Cell<Ratio>) -> [String; 3] {
    let counts = ratio
        .shown()
        .map(|r| [r.part().to_string(), r.whole().to_string()]);
    let [part, whole] = counts.unwrap_or(["–".to_owned(), "–".to_owned()]);
    [part, whole, value(ratio)]
}

type Figures = Vec<(String, Cell<Ratio>)>;

fn of_program(health: &ProgramHealth) -> Figures {
    let readings = health.readings.iter();
    readings
        .map(|r| (r.metric.name().to_owned(), Cell::Shown(r.ratio)))
        .collect()
}

/// The totals of releases as they are published: each figure on the last day of its own period, and once.
fn of_releases(releases: &[PeriodHealth]) -> (Figures, Courses) {
    let mut courses = Courses::new();
    for release in releases {
        for reading in &release.readings {
            let course = courses.entry(reading.metric.name().to_owned()).or_default();
            let point = match reading.total {
                Cell::Withheld => (release.period.last(), Cell::Withheld),
                Cell::Shown(figure) => (figure.period.last(), Cell::Shown(figure.ratio)),
            };
            if !course.contains(&point) {
                course.push(point);
            }
        }
    }
    let now = releases.last().unwrap().readings.iter().map(|reading| {
        let figure = reading.total.shown();
        let ratio = figure.map_or(Cell::Withheld, |figure| Cell::Shown(figure.ratio));
        (reading.metric.name().to_owned(), ratio)
    });
    (now.collect(), courses)
}

fn of_days(days: &[(chrono::NaiveDate, Figures)]) -> (Figures, Courses) {
    let mut courses = Courses::new();
    for (day, figures) in days {
        for (metric, ratio) in figures {
            courses
                .entry(metric.clone())
                .or_default()
                .push((*day, *ratio));
        }
    }
    (days.last().unwrap().1.clone(), courses)
}

type Courses = BTreeMap<String, Vec<(chrono::NaiveDate, Cell<Ratio>)>>;

fn has_data(ratio: &Cell<Ratio>) -> bool {
    ratio.shown().is_some_and(|r| r.whole() > 0)
}

/// The figures that a section names as withheld, and those of which it says that there are no data.
fn silent(section: &Element) -> [BTreeSet<String>; 2] {
    let said: Vec<String> = section
        .by_class("silent")
        .iter()
        .map(|p| p.text())
        .collect();
    ["Withheld: ", "No data: "].map(|head| {
        let names = said
            .iter()
            .filter_map(|p| p.strip_prefix(head)?.strip_suffix('.'));
        names
            .flat_map(|names| names.split(", "))
            .map(str::to_owned)
            .collect()
    })
}

/// Those that a section without a figure for them has to name.
fn unshown<'f>(figures: impl Iterator<Item = &'f (String, Cell<Ratio>)>) -> [BTreeSet<String>; 2] {
    let mut named: [BTreeSet<String>; 2] = Default::default();
    for (metric, ratio) in figures {
        named[usize::from(*ratio != Cell::Withheld)].insert(title(metric));
    }
    named
}

/// Cards, tables and marks of a page against its figures and their courses.
fn judge(root: &Element, (now, courses): &(Figures, Courses)) {
    let summary = root.by_id("summary").unwrap();
    let cards: Vec<&Element> = summary
        .by_class("cards")
        .iter()
        .flat_map(|c| c.elements())
        .collect();
    let (shown, rest): (Vec<_>, Vec<_>) = now.iter().partition(|(_, ratio)| has_data(ratio));
    assert_eq!(cards.len(), shown.len());
    assert_eq!(silent(summary), unshown(rest.into_iter()));
    for (metric, ratio) in shown {
        let titled = |card: &&&Element| card.tagged("h4")[0].text() == title(metric);
        let card = cards.iter().find(titled).unwrap();
        assert_eq!(card.by_class("value")[0].text(), value(*ratio));
        let counts = card.by_class("counts")[0].text();
        let r = ratio.shown().unwrap();
        assert!(
            counts.starts_with(&format!("{} of {}", r.part(), r.whole())),
            "{counts}"
        );
    }
    let trends = root.by_id("trends").unwrap();
    let figures = trends.tagged("figure");
    let goals = ["mentor_goal_progress", "mentee_goal_progress"];
    let here = now
        .iter()
        .filter(|(metric, _)| !goals.contains(&metric.as_str()));
    let ever = |metric: &str| courses[metric].iter().any(|(_, ratio)| has_data(ratio));
    let (here, never): (Vec<_>, Vec<_>) = here.partition(|(metric, _)| ever(metric));
    assert_eq!(figures.len(), here.len());
    assert_eq!(silent(trends), unshown(never.into_iter()));
    for (metric, ratio) in here {
        let titled = |figure: &&&Element| figure.tagged("title")[0].text() == title(metric);
        let figure = figures.iter().find(titled).unwrap();
        let caption = figure.tagged("figcaption")[0].text();
        assert!(caption.starts_with(&format!("{} {}", title(metric), value(*ratio))));
        let course = &courses[metric];
        let expected: Vec<Vec<String>> = course
            .iter()
            .map(|(day, ratio)| {
                std::iter::once(day.to_string())
                    .chain(cells(*ratio))
                    .collect()
            })
            .collect();
        assert_eq!(figure.tagged("table")[0].rows()[1..], expected, "{metric}");
        let description = figure.tagged("desc")[0].text();
        for (day, ratio) in course {
            assert!(
                description.contains(&format!("{} on {day}", value(*ratio))),
                "{description}"
            );
        }
        marks(&figure.tagged("circle"), "cy", 0, course);
        lines(figure, course);
    }
    let chart = root.by_id("goals").unwrap();
    let [mentor, mentee] = goals.map(|metric| &courses[metric]);
    let on = |course: &[(chrono::NaiveDate, Cell<Ratio>)], day| {
        let point = course.iter().find(|(known, _)| *known == day);
        point.map_or(["–"; 3].map(str::to_owned), |(_, ratio)| cells(*ratio))
    };
    let days: BTreeSet<chrono::NaiveDate> =
        mentor.iter().chain(mentee).map(|(day, _)| *day).collect();
    let rows = days.into_iter().map(|day| {
        let row = std::iter::once(day.to_string());
        row.chain(on(mentor, day))
            .chain(on(mentee, day))
            .collect::<Vec<String>>()
    });
    assert_eq!(
        chart.tagged("table")[0].rows()[1..],
        rows.collect::<Vec<_>>()
    );
    let plot = chart.by_class("chart")[0];
    marks(&plot.tagged("circle"), "cy", 0, mentor);
    marks(&plot.tagged("rect"), "y", 6, mentee);
}

/// The marks stand where the figures are: 0 % at 250, 100 % at 34, and a day without a figure has none.
fn marks(
    found: &[&Element],
    attribute: &str,
    offset: i64,
    course: &[(chrono::NaiveDate, Cell<Ratio>)],
) {
    let there = course.iter().filter_map(|(day, ratio)| {
        let ratio = ratio.shown().filter(|r| r.whole() > 0)?;
        Some((*day, *ratio))
    });
    let there: Vec<_> = there.collect();
    assert_eq!(found.len(), there.len());
    let mut before = i64::MIN;
    for (mark, (_, ratio)) in found.iter().zip(there) {
        let at = |name: &str| mark.attribute(name).unwrap().parse::<i64>().unwrap() + offset;
        let exact = 250.0 - 216.0 * ratio.part() as f64 / ratio.whole() as f64;
        assert!(
            (at(attribute) as f64 - exact).abs() <= 1.2,
            "{ratio:?} at {}",
            at(attribute)
        );
        let x = at(if attribute == "cy" { "cx" } else { "x" });
        assert!(x > before && (84..=602).contains(&x));
        before = x;
    }
}

/// A line for each run of two days or more with a figure, through the marks of these days and no others.
fn lines(figure: &Element, course: &[(chrono::NaiveDate, Cell<Ratio>)]) {
    let has = |(_, ratio): &(chrono::NaiveDate, Cell<Ratio>)| {
        ratio.shown().is_some_and(|r| r.whole() > 0)
    };
    let runs = course.split(|point| !has(point)).map(<[_]>::len);
    let runs: Vec<usize> = runs.filter(|length| *length > 1).collect();
    let drawn = figure.tagged("polyline").into_iter();
    let drawn: Vec<usize> = drawn
        .map(|line| line.attribute("points").unwrap().split(' ').count())
        .collect();
    assert_eq!(drawn, runs);
    let words = figure
        .tagged("text")
        .into_iter()
        .filter(|t| t.has_class("nothing"));
    let words: Vec<String> = words.map(Element::text).collect();
    let withheld = course.iter().any(|(_, ratio)| *ratio == Cell::Withheld);
    let expected = if withheld { "withheld" } else { "no data" };
    let nothing = !course.iter().any(has);
    assert_eq!(words, vec![expected; usize::from(nothing)]);
}

/// One of one is a figure like any other.
#[test]
fn figures_of_a_single_pairing() {
    let roster = company();
    let adopted = adopted(&logs(&roster)[..1], 100);
    let days = month_ends(day(0), day(100));
    let root = markup::check(&report(&adopted.history, 100).to_html(|id| id.to_string()));
    let figures = days
        .iter()
        .map(|on| (*on, of_program(&assess(&adopted.history, *on))));
    let figures: Vec<_> = figures.collect();
    let ones = figures.last().unwrap().1.iter();
    assert!(
        ones.filter(|(_, r)| r.shown().unwrap().whole() == 1)
            .count()
            > 1
    );
    judge(&root, &of_days(&figures));
}

#[test]
fn every_figure_is_that_of_health() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let history = &adopted.history;
    let days = month_ends(day(0), day(200));
    let root = markup::check(&report(history, 200).to_html(|id| adopted.keys[&id].to_string()));
    let figures: Vec<_> = days
        .iter()
        .map(|day| (*day, of_program(&assess(history, *day))))
        .collect();
    judge(&root, &of_days(&figures));
    for threshold in [3, 5, 9] {
        let threshold = Threshold::new(threshold).unwrap();
        let root = markup::check(&sponsors_page(history, 200, threshold));
        let releases = released(history, 200, threshold);
        let figures = of_releases(&releases);
        let all = || figures.1.values().flatten().map(|(_, ratio)| ratio);
        assert!(all().any(|ratio| *ratio == Cell::Withheld));
        assert!(all().any(has_data));
        judge(&root, &figures);
    }
}

/// What had a figure once keeps its chart when there is none any more.
#[test]
fn a_chart_outlasts_its_data() {
    let roster = company();
    let mut logs = logs(&roster);
    for log in &mut logs {
        log.ended = Some((day(150), None));
        log.sessions.retain(|session| session.date < day(150));
    }
    let adopted = adopted(&logs, 200);
    let root = markup::check(&report(&adopted.history, 200).to_html(|id| id.to_string()));
    let named = |section: &str| {
        let [_, no_data] = silent(root.by_id(section).unwrap());
        no_data.contains("Active pairs")
    };
    assert!(named("summary") && !named("trends"));
    let figures = root.by_id("trends").unwrap().tagged("figure");
    let titled = |f: &&&Element| f.tagged("title")[0].text() == "Active pairs";
    let figure = figures.iter().find(titled).unwrap();
    let rows = figure.tagged("table")[0].rows();
    assert_eq!(
        rows.last().unwrap()[1..],
        ["0", "0", "no data"].map(str::to_owned)
    );
    assert!(!figure.tagged("circle").is_empty());
}

#[test]
fn a_year_and_a_day_at_most() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 900);
    let root =
        markup::check(&report(&adopted.history, 900).to_html(|id| adopted.keys[&id].to_string()));
    let rows = root.by_id("trends").unwrap().tagged("table")[0].rows();
    assert_eq!(rows.len(), 1 + 13);
    assert_eq!(rows.last().unwrap()[0], day(900).to_string());
    assert_eq!(rows[1][0], "2027-06-30");
}

#[test]
fn targets_are_drawn_and_judged() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let health = assess(&adopted.history, day(200));
    let root = markup::check(&report(&adopted.history, 200).to_html(|id| id.to_string()));
    let cards = root.by_class("cards").into_iter();
    let cards: Vec<&Element> = cards.flat_map(Element::elements).collect();
    let there = health.readings.iter().filter(|r| r.ratio.whole() > 0);
    for reading in there {
        let called = title(reading.metric.name());
        let card = cards
            .iter()
            .find(|card| card.tagged("h4")[0].text() == called)
            .unwrap();
        let met = reading
            .target
            .and_then(|target| target.is_met(reading.ratio));
        let said = card.by_class("counts")[0].text();
        assert_eq!(
            card.by_class("met").len(),
            usize::from(met == Some(true)),
            "{said}"
        );
        assert_eq!(
            card.by_class("not-met").len(),
            usize::from(met == Some(false)),
            "{said}"
        );
        assert_eq!(said.contains("target"), reading.target.is_some());
    }
    let all = root.by_id("trends").unwrap().tagged("figure");
    let bands: Vec<(String, Vec<[i64; 2]>)> = all
        .iter()
        .map(|figure| {
            let number = |e: &Element, name| e.attribute(name).unwrap().parse::<i64>().unwrap();
            let bands = figure.by_class("target").into_iter();
            let bands = bands
                .map(|b| [number(b, "y"), number(b, "height")])
                .collect();
            (figure.tagged("title")[0].text(), bands)
        })
        .collect();
    // 80 to 100 % and 20 to 50 % of 216 units.
    assert!(
        bands.contains(&("Session completion".to_owned(), vec![[34, 43]])),
        "{bands:?}"
    );
    assert!(
        bands.contains(&("Role balance".to_owned(), vec![[142, 64]])),
        "{bands:?}"
    );
    assert!(
        bands.contains(&("Match coverage".to_owned(), vec![])),
        "{bands:?}"
    );
}

#[test]
fn check_ins_and_findings_are_those_of_health() {
    let roster = company();
    let adopted = adopted(&logs(&roster), 200);
    let health = assess(&adopted.history, day(200));
    let name = |id| adopted.keys[&id].to_string();
    let root = markup::check(&report(&adopted.history, 200).to_html(name));
    let wanting = |s: PairingStatus| matches!(s.as_str(), "at_risk" | "needs_check_in");
    let mut expected: Vec<Vec<String>> = Vec::new();
    for p in health.pairings.iter().filter(|p| wanting(p.status)) {
        let last = p
            .last_held
            .map_or("never".to_owned(), |day| day.to_string());
        let reasons: Vec<&str> = p
            .reasons
            .iter()
            .map(|code| match *code {
                "overdue" => "the next session is overdue",
                "last-two-not-held" => "the last two sessions were cancelled or missed",
                "silent-for-two-cadences" => "two slots have passed without a session",
                other => panic!("{other}"),
            })
            .collect();
        expected.push(vec![
            name(p.pairing),
            p.status.words().to_owned(),
            reasons.join("; "),
            p.held.to_string(),
            last,
            p.days_since.to_string(),
        ]);
    }
    let found = root.by_id("check-in").unwrap().tagged("table")[0].rows()[1..].to_vec();
    let urgency: Vec<(bool, i64)> = found
        .iter()
        .map(|row| (row[1] != "at risk", -row[5].parse::<i64>().unwrap()))
        .collect();
    assert!(urgency.is_sorted() && urgency.len() >= 3, "{urgency:?}");
    let sorted = |rows: &[Vec<String>]| rows.iter().cloned().collect::<BTreeSet<_>>();
    assert_eq!(
        (sorted(&found), found.len()),
        (sorted(&expected), expected.len())
    );

    let findings = root.by_id("findings").unwrap().tagged("table");
    let rows: Vec<Vec<Vec<String>>> = findings.iter().map(|t| t.rows()[1..].to_vec()).collect();
    assert_eq!(rows.len(), 2);
    let broken = health.violations.iter();
    let broken = broken.map(|(id, v)| vec![name(*id), v.code().to_owned(), v.message().to_owned()]);
    assert_eq!(sorted(&rows[0]), broken.collect());
    assert_eq!(rows[0].len(), health.violations.len());
    assert_eq!(rows[1].len(), health.missing_evidence.len());

    let counts: Vec<String> = root.by_class("statuses")[0]
        .elements()
        .map(Element::text)
        .collect();
    for count in &counts {
        let (number, words) = count.split_once(' ').unwrap();
        let of_status = health
            .pairings
            .iter()
            .filter(|p| p.status.words() == words)
            .count();
        assert_eq!(number, of_status.to_string(), "{count}");
    }
    let all: usize = counts
        .iter()
        .map(|c| c.split(' ').next().unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(all, health.pairings.len());
}

/// Everybody who came so far or farther, step by step and over all pairings again.
fn funnel_by_sets(history: &History, on: chrono::NaiveDate) -> [u64; 6] {
    let mut sets: [BTreeSet<ParticipantId>; 6] = Default::default();
    for (id, person) in history.people() {
        // Nobody of these tests withdraws before the day.
        if person.is_enrolled(on) {
            sets[0].insert(id);
        }
    }
    for (_, p) in history.pairings().filter(|(_, p)| p.proposed <= on) {
        let completed = p
            .ended
            .is_some_and(|(day, how)| day <= on && how.as_str().starts_with("completed"));
        let met = p
            .sessions
            .iter()
            .any(|s| s.date <= on && s.outcome.is_held());
        let started = p.started.is_some_and(|day| day <= on);
        let accepted = p.accepted.is_some_and(|day| day <= on);
        let came = [
            true,
            true,
            accepted || started || met || completed,
            started || met || completed,
            met || completed,
            completed,
        ];
        for (set, _) in sets.iter_mut().zip(came).filter(|(_, came)| *came) {
            set.extend([p.pair.mentor, p.pair.mentee]);
        }
    }
    sets.map(|set| set.len() as u64)
}

#[test]
fn the_funnel_counts_people_once() {
    let roster = company();
    let logged = adopted(&logs(&roster), 200);
    let mut kept = Kept::open(&roster);
    kept.propose(
        &roster,
        &[("ada", "cto"), ("ben", "cfo"), ("cleo", "cto")],
        1,
    );
    kept.begin(1, 10);
    kept.begin(2, 12);
    kept.record(&session(1, 1, 14, held()), at(14));
    kept.record(&session(2, 1, 20, held()), at(20));
    kept.step(1, Step::Settle, 25);
    kept.step(1, Step::Complete, 60);
    let live = kept.program.history().clone();
    let mut seen = BTreeSet::new();
    for n in 0..=200 {
        for history in [&logged.history, &live] {
            let people = Funnel::of(history, day(n)).people;
            assert_eq!(people, funnel_by_sets(history, day(n)), "day {n}");
            assert!(people.is_sorted_by(|a, b| a >= b));
            seen.insert(people);
        }
    }
    assert!(seen.len() > 6, "{seen:?}");
    // By hand: six enrolled, five in three pairings, four in the two that began, two who met and were through.
    assert_eq!(Funnel::of(&live, day(60)).people, [6, 5, 4, 4, 2, 2]);
    assert_eq!(Funnel::of(&live, day(59)).people, [6, 5, 4, 4, 2, 0]);
    assert_eq!(Funnel::of(&live, day(13)).people, [6, 5, 4, 4, 0, 0]);

    let root = markup::check(&report(&live, 60).to_html(|id| id.to_string()));
    let rows = root.by_id("funnel").unwrap().tagged("table")[0].rows();
    let figures: Vec<&str> = rows[1..].iter().map(|row| row[1].as_str()).collect();
    assert_eq!(figures, ["6", "5", "4", "4", "2", "2"]);
    let bars = root.by_id("funnel").unwrap().by_class("fill");
    let widths: Vec<&str> = bars
        .iter()
        .map(|bar| bar.attribute("width").unwrap())
        .collect();
    // Of 240 units for six.
    assert_eq!(widths, ["240", "200", "160", "160", "80", "80"]);
}

#[test]
fn an_exemption_is_among_the_findings() {
    let base = Company::base().reports("cfo", "cto").reports("ops", "cfo");
    let roster = base.side("ceo", Some(Side::Mentee)).roster();
    let mut kept = Kept::open(&roster);
    let ceo = person_id(0);
    let entry = kept
        .program
        .exempt(ceo, ExemptionReason::OneTree, coordinator(), at(1));
    kept.journal.push(entry.unwrap());
    let proof = proof_where(&roster, "ada", "ceo", |context| context.with_exempt([ceo]));
    let goals = TwoWayGoals::draft(&proof, day(300));
    let agreement = Agreement::standard(Cadence::MONTHLY);
    let proposed = kept.program.propose(
        pairing_id(1),
        &proof,
        goals,
        agreement,
        coordinator(),
        at(2),
    );
    kept.journal.push(proposed.unwrap());
    let root =
        markup::check(&report(kept.program.history(), 30).to_html(|_| "the <one>".to_owned()));
    let tables = root.by_id("findings").unwrap().tagged("table");
    let expected = [
        "the <one>",
        "4",
        "the mentee heads the company, which is one tree",
    ];
    assert_eq!(
        (tables.len(), &tables[0].rows()[1..]),
        (1, &[expected.map(str::to_owned).to_vec()][..])
    );
}
