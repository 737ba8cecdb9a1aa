//! Health as a table for people, line by line.

mod support;

use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::health::{
    Breakdown, Contribution, Ledger, Metric, Metrics, Period, PeriodHealth, ProgramHealth,
    Publisher, Series, Target, UnitView,
};
use reverse_mentoring::history::{Adopted, History};
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::text::Label;
use support::*;

/// Pairings that met, of those that started; under whatever name.
#[derive(Debug)]
struct Met(&'static str, Option<Target>);

impl Metric for Met {
    fn id(&self) -> PluginId {
        PluginId::new(self.0, 1)
    }

    fn definition(&self) -> &str {
        "pairings that met / pairings that started"
    }

    fn target(&self) -> Option<Target> {
        self.1
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let mut held = pairing.facts().held(pairing.as_of());
        Some(Contribution::whether(held.next().is_some()))
    }
}

/// Of the first few pairings alone, by the order of their ids; none of them has any data for nought.
#[derive(Debug)]
struct First(&'static str, u128);

impl Metric for First {
    fn id(&self) -> PluginId {
        PluginId::new(self.0, 1)
    }

    fn definition(&self) -> &str {
        "nothing / the first pairings"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let number = pairing.id.as_uuid().as_u128() & 0xffff;
        (number % 100 < self.1).then(|| Contribution::whether(true))
    }
}

/// Eighteen pairings, of which those with an even number meet; a nineteenth comes on day 20, to the last unit.
fn nineteen() -> Adopted {
    let roster = Company::base()
        .places("cto", 30)
        .places("cleo", 30)
        .roster();
    let logs: Vec<_> = (0..19)
        .map(|n| {
            let start = if n < 18 { 1 } else { 20 };
            let mut log = logged(&roster, &format!("p{n:02}"), ("cleo", "cto"), start);
            let met = [(start + 1, held())];
            log.sessions = logged_sessions(if n % 2 == 0 { &met } else { &[] });
            log
        })
        .collect();
    health_of(&logs, &roster, 60).1
}

/// Two periods by a breakdown whose labels are these of the eighteen, in order; the nineteenth has the last.
fn released(labels: [&str; 18], metrics: &Metrics) -> [PeriodHealth; 2] {
    let adopted = nineteen();
    let label = |text: &str| Label::new(text).unwrap();
    let of = |key: &str| {
        let number: usize = key[1..].parse().unwrap();
        label(labels[number.min(17)])
    };
    let by = adopted.keys.iter().map(|(id, key)| (*id, of(key.as_str())));
    let by = Breakdown::new(label("unit"), by.collect::<Vec<_>>());
    let publisher = Publisher::new(&adopted.history, metrics, day(61)).by(by);
    let mut ledger = Ledger::new();
    [(0, 9), (10, 30)].map(|(first, last)| {
        let period = Period::new(day(first), day(last)).unwrap();
        publisher.release(period, &mut ledger).unwrap()
    })
}

#[test]
fn a_release_with_its_cells_and_what_is_repeated() {
    let labels = [
        "A", "A", "A", "A", "A", "A", "B", "B", "B", "B", "B", "B", "C", "C", "C", "C", "C", "C",
    ];
    let metrics = Metrics::none()
        .with(Met("own_share", Some(Target::AtLeast(60))))
        .with(First("few", 3))
        .with(First("none", 0))
        .with(Met("active_pairs", None));
    let [first, second] = released(labels, &metrics);
    // Metrics that ship stand with what they are about, those of the host last.
    let expected = "\
programme health, 2026-01-01 to 2026-01-10
  rhythm
    active pairs               50.0 %             9 / 18
      unit A                   50.0 %              3 / 6
      unit B                   50.0 %              3 / 6
      unit C                   50.0 %              3 / 6
  of this programme
    own share                  50.0 %             9 / 18  ≥ 60 %     not met
      unit A                   50.0 %              3 / 6
      unit B                   50.0 %              3 / 6
      unit C                   50.0 %              3 / 6
  withheld: few
  no data: none
";
    assert_eq!(first.to_string(), expected);
    let of = "of 2026-01-01 to 2026-01-10";
    let share = |head: &str, target: &str| {
        let total = format!("    {head:<24}   50.0 %             9 / 18  {target:<20}{of}\n");
        let unit = |name: &str, note: &str| {
            let line =
                format!("      unit {name}                   50.0 %              3 / 6{note}");
            line.trim_end().to_owned() + "\n"
        };
        let repeated = format!("{:22}{of}", "");
        total + &unit("A", "") + &unit("B", "") + &unit("C", &repeated)
    };
    let expected = format!(
        "programme health, 2026-01-11 to 2026-01-31\n  rhythm\n{}  of this programme\n{}  withheld: few\n  no data: none\n",
        share("active pairs", ""),
        share("own share", "≥ 60 %     not met")
    );
    assert_eq!(second.to_string(), expected);
}

#[test]
fn withheld_cells_share_a_line_and_long_labels_have_room() {
    let long = "Research, development and innovation";
    let labels = [
        long, long, long, long, long, long, long, long, long, long, "B", "B", "B", "B", "C", "C",
        "C", "C",
    ];
    let [health, _] = released(labels, &Metrics::none().with(Met("own_share", None)));
    let expected = "\
programme health, 2026-01-01 to 2026-01-10
  of this programme
    own share                                      50.0 %             9 / 18
      unit Research, development and innovation    50.0 %             5 / 10
      unit, withheld: B, C
";
    assert_eq!(health.to_string(), expected);
    // Each unit too small: the total stands alone.
    let labels: [&str; 18] = std::array::from_fn(|n| ["A", "B", "C", "D", "E", "F"][n / 3]);
    let [health, _] = released(labels, &Metrics::none().with(Met("own_share", None)));
    let expected = "\
programme health, 2026-01-01 to 2026-01-10
  of this programme
    own share                  50.0 %             9 / 18
      unit: withheld
";
    assert_eq!(health.to_string(), expected);
}

#[test]
fn one_day_for_a_sponsor_by_family() {
    let adopted = nineteen();
    let metrics = Metrics::none()
        .with(Met("own_share", None))
        .with(First("few", 3))
        .with(First("none", 0))
        .with(Met("role_balance", Some(Target::Between(20, 50))));
    let health = ProgramHealth::assess(&adopted.history, &metrics, day(10)).unwrap();
    let expected = "\
programme health on 2026-01-11
  teaching
    role balance               50.0 %             9 / 18  20–50 %    met
  of this programme
    own share                  50.0 %             9 / 18
  withheld: few
  no data: none
";
    assert_eq!(health.release(Threshold::default()).to_string(), expected);
    // A coordinator reads what is withheld, and is told the states last.
    let said = health.to_string();
    assert!(
        said.contains("    few                       100.0 %"),
        "{said}"
    );
    assert!(said.ends_with("  no data: none\n"), "{said}");
}

/// Names are wrapped between words, none is lost, and no line is longer than it has to be short.
#[test]
fn closing_lines_are_wrapped_at_a_hundred() {
    let health = ProgramHealth::assess(&History::new(), &Metrics::standard(), day(0)).unwrap();
    let said = health.to_string();
    let (_, closing) = said.split_once("  no data: ").unwrap();
    let lines: Vec<&str> = closing.lines().collect();
    assert!(lines.len() > 3);
    let mut words = lines[0].to_owned();
    for (at, pair) in lines.windows(2).enumerate() {
        let (before, next) = (pair[0], pair[1]);
        let head = if at == 0 { "  no data: ".len() } else { 0 };
        let length = head + before.chars().count();
        assert!(length <= 100 && before.ends_with(','), "{before}");
        // The next name did not fit any more.
        let name = next.trim_start().split_inclusive(", ").next().unwrap();
        assert!(
            length + 1 + name.trim_end().chars().count() > 100,
            "{before} | {name}"
        );
        assert!(next.starts_with("    ") && !next.starts_with("     "));
        words.push(' ');
        words.push_str(next.trim_start());
    }
    let names: Vec<String> = words.split(", ").map(str::to_owned).collect();
    let metrics = Metrics::standard();
    let expected: Vec<String> = metrics
        .iter()
        .map(|metric| metric.id().name().replace('_', " "))
        .collect();
    assert_eq!(names, expected);
}

/// Every metric that ships is about something: none of them stands with the host's own.
#[test]
fn a_series_has_its_ends_and_where_it_goes() {
    let adopted = nineteen();
    let metrics = Metrics::none()
        .with(Met("own_share", None))
        .with(First("none", 0))
        .with(Met("active_pairs", None));
    let read = |days: &[i64]| {
        let days = days.iter().map(|n| day(*n));
        Series::read(&adopted.history, &metrics, &Calendar::OPEN, days).unwrap()
    };
    // They meet on the second day: of the first day nothing is known, on the second nobody has met.
    let expected = "\
programme health from 2026-01-01 to 2026-01-22, on 5 days
                                first     latest  trend
  rhythm
    active pairs                0.0 %     52.6 %  rising   with data on 4 days
  of this programme
    own share                   0.0 %     52.6 %  rising   with data on 4 days
  no data: none
";
    assert_eq!(read(&[0, 1, 2, 10, 21]).to_string(), expected);
    let expected = "\
programme health on 2026-01-11
                                first     latest  trend
  rhythm
    active pairs               50.0 %     50.0 %
  of this programme
    own share                  50.0 %     50.0 %
  no data: none
";
    assert_eq!(read(&[10]).to_string(), expected);
    assert_eq!(
        read(&[0]).to_string(),
        "programme health on 2026-01-01\n  no data: own share, none, active pairs\n"
    );
    assert_eq!(read(&[]).to_string(), "programme health, on no day\n");
}

#[test]
fn every_shipped_metric_has_a_family() {
    let adopted = nineteen();
    let metrics = Metrics::standard();
    let mut all = Metrics::none();
    for metric in metrics.iter() {
        let name: &'static str = Box::leak(metric.id().name().to_owned().into_boxed_str());
        all = all.with(Met(name, None));
    }
    let health = ProgramHealth::assess(&adopted.history, &all, day(10)).unwrap();
    let said = health.to_string();
    assert!(
        !said.contains("of this programme") && !said.contains("no data"),
        "{said}"
    );
    let heads: Vec<&str> = said
        .lines()
        .skip(1)
        .filter_map(|line| {
            line.strip_prefix("  ")
                .filter(|rest| !rest.starts_with(' '))
        })
        .collect();
    let families = [
        "people",
        "rhythm",
        "sessions",
        "teaching",
        "learning",
        "responses",
        "evidence",
        "leaving",
    ];
    assert_eq!(heads[..8], families);
}

/// A hundred columns are not too many, and one more is.
#[test]
fn a_line_may_be_full() {
    let first: &'static str = "x".repeat(44).leak();
    for (length, between) in [(43, ", "), (44, ",\n    ")] {
        let other: &'static str = "y".repeat(length).leak();
        let metrics = Metrics::none().with(First(first, 0)).with(First(other, 0));
        let health = ProgramHealth::assess(&History::new(), &metrics, day(0)).unwrap();
        let closing = format!("\n  no data: {first}{between}{other}\n");
        assert!(health.to_string().ends_with(&closing), "{health}");
    }
}
