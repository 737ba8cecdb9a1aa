//! Reporting lines against an oracle that climbs the raw lines by itself.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;
use reverse_mentoring::ids::ParticipantId;
use reverse_mentoring::roster::{
    Experience, Line, LineFaultKind, Participant, Person, ReportingLines, Roster, RosterFault, Side,
};
use reverse_mentoring::text::Key;
use uuid::Uuid;

/// One person: number, manager, dotted managers.
type Raw = (usize, Option<usize>, Vec<usize>);

fn lines_of(raw: &[Raw]) -> Vec<Line> {
    let name = |n: usize| format!("p{n:06}");
    raw.iter()
        .map(|(person, manager, dotted)| {
            let line = match manager {
                Some(m) => Line::new(name(*person), name(*m)),
                None => Line::root(name(*person)),
            };
            dotted.iter().fold(line, |line, d| line.dotted(name(*d)))
        })
        .collect()
}

/// Everybody above each person, found by walking the raw lines one step at a time.
fn above(raw: &[Raw]) -> HashMap<usize, BTreeSet<usize>> {
    let ups: HashMap<usize, Vec<usize>> = raw
        .iter()
        .map(|(p, m, d)| (*p, m.iter().chain(d).copied().collect()))
        .collect();
    raw.iter()
        .map(|(person, ..)| {
            let mut seen = BTreeSet::new();
            let mut todo = ups[person].clone();
            while let Some(up) = todo.pop() {
                if seen.insert(up) {
                    todo.extend(&ups[&up]);
                }
            }
            (*person, seen)
        })
        .collect()
}

fn agrees(raw: &[Raw]) {
    let lines = ReportingLines::new(lines_of(raw)).unwrap();
    let oracle = above(raw);
    let find = |n: usize| lines.find(&format!("p{n:06}")).unwrap();
    for (lower, ups) in &oracle {
        for upper in oracle.keys().filter(|u| *u != lower) {
            let expected = ups.contains(upper);
            assert_eq!(
                lines.is_above(find(*upper), find(*lower)),
                expected,
                "{upper} above {lower} in {raw:?}"
            );
            let path = lines.path_up(find(*lower), find(*upper));
            assert_eq!(path.is_some(), expected);
            if let Some(path) = path {
                let numbers: Vec<usize> = path
                    .iter()
                    .map(|p| lines.key(*p).unwrap().as_str()[1..].parse().unwrap())
                    .collect();
                assert_eq!(
                    (numbers.first(), numbers.last()),
                    (Some(lower), Some(upper))
                );
                for step in numbers.windows(2) {
                    let (_, m, d) = raw.iter().find(|r| r.0 == step[0]).unwrap();
                    assert!(m.iter().chain(d).any(|up| *up == step[1]));
                }
            }
        }
    }
    // On a circle: above each other in the oracle.
    let on_circle: BTreeSet<usize> = oracle
        .iter()
        .filter(|(p, ups)| ups.contains(p))
        .map(|(p, _)| *p)
        .collect();
    let reported: BTreeSet<usize> = lines
        .dotted_circles()
        .iter()
        .flatten()
        .map(|p| lines.key(*p).unwrap().as_str()[1..].parse().unwrap())
        .collect();
    assert_eq!(reported, on_circle);
    for circle in lines.dotted_circles() {
        for a in circle {
            for b in circle.iter().filter(|b| *b != a) {
                assert!(lines.is_above(*a, *b) && lines.linked(*a, *b));
            }
        }
    }
}

/// A forest in which everybody's manager has a smaller number, then shuffled names and dotted lines anywhere.
fn company(people: usize, dotted: usize) -> impl Strategy<Value = Vec<Raw>> {
    (
        Just((0..people).collect::<Vec<_>>()).prop_shuffle(),
        proptest::collection::vec(any::<prop::sample::Index>(), people),
        proptest::collection::vec((0..people, 0..people), 0..=dotted),
    )
        .prop_map(move |(names, managers, dotted)| {
            let mut raw: Vec<Raw> = (0..people)
                .map(|n| {
                    // One in eight is a root.
                    let manager = (n > 0)
                        .then(|| managers[n].index(n + n / 8 + 1))
                        .filter(|m| *m < n);
                    (names[n], manager.map(|m| names[m]), Vec::new())
                })
                .collect();
            for (from, to) in dotted {
                let target = raw[to].0;
                if raw[from].0 != target {
                    raw[from].2.push(target);
                }
            }
            raw
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn links_agree_with_many_dotted_lines(raw in company(70, 140)) {
        agrees(&raw);
    }
}

proptest! {
    #[test]
    fn links_agree_with_climbing(raw in company(24, 12)) {
        agrees(&raw);
    }


    #[test]
    fn order_of_the_input_is_nothing(raw in company(20, 10), seed in any::<u64>()) {
        let mut turned = raw.clone();
        turned.rotate_left((seed % 20) as usize);
        let (a, b) = (ReportingLines::new(lines_of(&raw)).unwrap(), ReportingLines::new(lines_of(&turned)).unwrap());
        let everybody: Vec<_> = a.people().map(|(p, _)| p).collect();
        for &p in &everybody {
            prop_assert_eq!(a.key(p), b.key(p));
            for &q in &everybody {
                prop_assert_eq!(a.is_above(p, q), b.is_above(p, q));
            }
        }
        prop_assert!(a.to_lines().eq(b.to_lines()));
    }

    #[test]
    fn any_graph_loads_or_names_its_faults(
        managers in proptest::collection::vec(proptest::option::of(0usize..14), 12),
    ) {
        let raw: Vec<Raw> = managers.iter().enumerate().map(|(p, m)| (p, *m, vec![])).collect();
        let faulty: BTreeSet<&str> = match ReportingLines::new(lines_of(&raw)) {
            Ok(_) => BTreeSet::new(),
            Err(faults) => faults.0.iter().map(|f| f.kind.code()).collect(),
        };
        let known = |p: usize| p < raw.len();
        prop_assert_eq!(faulty.contains("self-report"), raw.iter().any(|r| r.1 == Some(r.0)));
        prop_assert_eq!(faulty.contains("unknown-manager"), raw.iter().any(|r| r.1.is_some_and(|m| !known(m))));
        let circle = raw.iter().any(|&(start, ..)| {
            let mut at = start;
            for steps in 1..=raw.len() {
                match raw[at].1.filter(|&m| known(m) && m != at) {
                    Some(up) if up == start => return steps > 1,
                    Some(up) => at = up,
                    None => return false,
                }
            }
            false
        });
        prop_assert_eq!(faulty.contains("cycle"), circle);
    }
}

#[test]
fn ten_thousand_dotted_lines_still_agree() {
    // 3,000 people, three dotted lines each for the first 2,500: rows of both kinds, one large circle.
    let raw: Vec<Raw> = (0..3000usize)
        .map(|p| {
            let dotted = (1..=3)
                .filter(|_| p < 2500)
                .map(|k| (p * 7919 + k * 104_729) % 3000)
                .filter(|d| *d != p)
                .collect();
            (p, (p > 0).then(|| (p - 1) / 3), dotted)
        })
        .collect();
    let lines = ReportingLines::new(lines_of(&raw)).unwrap();
    let oracle = above(&raw);
    let find = |n: usize| lines.find(&format!("p{n:06}")).unwrap();
    for lower in (0..3000).step_by(331) {
        for upper in (0..3000).filter(|u| *u != lower) {
            let expected = oracle[&lower].contains(&upper);
            assert_eq!(lines.is_above(find(upper), find(lower)), expected);
        }
    }
}

#[test]
fn a_chain_of_200_000_needs_no_stack() {
    let raw: Vec<Raw> = (0..200_000usize)
        .map(|p| (p, p.checked_sub(1), vec![]))
        .collect();
    let work = move || {
        let lines = ReportingLines::new(lines_of(&raw)).unwrap();
        let (top, bottom) = (
            lines.find("p000000").unwrap(),
            lines.find("p199999").unwrap(),
        );
        assert!(lines.is_above(top, bottom) && !lines.is_above(bottom, top));
        assert_eq!(lines.path_up(bottom, top).unwrap().len(), 200_000);
    };
    let small = std::thread::Builder::new().stack_size(128 * 1024);
    small.spawn(work).unwrap().join().unwrap();
}

#[test]
fn a_circle_of_200_000_is_one_fault() {
    let raw: Vec<Raw> = (0..200_000usize)
        .map(|p| (p, Some((p + 1) % 200_000), vec![]))
        .collect();
    let faults = ReportingLines::new(lines_of(&raw)).unwrap_err().0;
    assert_eq!(faults.len(), 1);
    assert!(
        matches!(&faults[0].kind, LineFaultKind::Cycle { members } if members.len() == 200_000)
    );
    let text = faults[0].to_string();
    assert!(text.starts_with("a circle of solid lines: `p000000` → `p000001` → "));
    assert!(text.ends_with("`p000999` → … 199000 more → `p000000`"));
}

#[test]
fn every_fault_has_its_words() {
    let faults = ReportingLines::new([
        Line::root("a"),
        Line::new("b", "b"),
        Line::new("c", "nobody"),
        Line::new("d", "e").dotted("d"),
        Line::new("e", "f"),
        Line::new("f", "d"),
        Line::root("a"),
        Line::root(" "),
    ])
    .unwrap_err();
    let said: Vec<_> = faults
        .0
        .iter()
        .map(|f| format!("{} {}: {f}", f.line, f.kind.code()))
        .collect();
    assert_eq!(
        said,
        [
            "0 duplicate-id: `a` has 2 lines",
            "1 self-report: `b` reports to themselves",
            "2 unknown-manager: `c` reports to `nobody`, whom no line defines",
            "3 self-report: `d` reports to themselves",
            "3 cycle: a circle of solid lines: `d` → `e` → `f` → `d`",
            "6 duplicate-id: `a` has 2 lines",
            "7 bad-key: ` ` cannot be a key: the text is blank",
        ]
    );
    assert_eq!(faults.to_string(), "`a` has 2 lines (and 6 more)");
}

#[test]
fn nobody_is_no_company() {
    let lines = ReportingLines::new([]).unwrap();
    assert!(lines.is_empty() && lines.find("x").is_none());
    assert_eq!((lines.len(), lines.dotted_len()), (0, 0));
    let lines = ReportingLines::new([Line::root("a")]).unwrap();
    assert!(!lines.is_empty());
}

/// Lines in a log say how many they are, and name nobody.
#[test]
fn lines_in_a_log_are_counted() {
    let two = [
        Line::root("E-1").dotted("E-2"),
        Line::new("E-2", "E-1").dotted("E-3").dotted("E-3"),
        Line::root("E-3").dotted("E-2"),
    ];
    let lines = ReportingLines::new(two).unwrap();
    assert_eq!((lines.len(), lines.dotted_len()), (3, 3));
    let logged = format!("{lines:?}");
    assert_eq!(logged, "ReportingLines { people: 3, dotted: 3, .. }");
    let roster = Roster::new::<Person>([], lines).unwrap();
    let fingerprint = format!("{:?}", roster.fingerprint());
    assert_eq!(
        format!("{roster:?}"),
        format!("Roster {{ participants: 0, lines: {logged}, fingerprint: {fingerprint}, .. }}")
    );
}

/// A circle whose members a message can just name.
#[test]
fn a_circle_of_a_thousand_is_named_whole() {
    let circle = |of: usize| -> String {
        let raw: Vec<Raw> = (0..of).map(|p| (p, Some((p + 1) % of), vec![])).collect();
        ReportingLines::new(lines_of(&raw)).unwrap_err().0[0].to_string()
    };
    assert!(circle(1000).ends_with("`p000998` → `p000999` → `p000000`"));
    assert!(circle(1001).ends_with("`p000999` → … 1 more → `p000000`"));
}

/// A line of the organogram in a log names nobody.
#[test]
fn a_line_in_a_log_says_how_many_managers() {
    let line = Line::new("E-2", "E-1").dotted("E-9");
    assert_eq!(format!("{line:?}"), "Line { managers: 2, .. }");
    assert_eq!(
        format!("{:?}", Line::root("E-1")),
        "Line { managers: 0, .. }"
    );
}

/// Whether ids rise with the keys, as those of a new roster do, or not: each is found, and one that stands twice is a fault.
#[test]
fn ids_in_any_order() {
    let names = ["a", "b", "c"];
    for number in 0..27u32 {
        let ids = [number % 3, number / 3 % 3, number / 9];
        let id = |n: u32| ParticipantId::from_source(&mut || Uuid::from_u128(n.into()));
        let people = names.iter().zip(ids).map(|(name, n)| {
            let (key, grade) = (Key::new(*name).unwrap(), Experience::grade(1));
            Participant::new(id(n), key, Side::Mentor, grade)
        });
        let lines = ReportingLines::new(names.map(Line::root)).unwrap();
        let built = Roster::new(people, lines);
        let once: BTreeSet<u32> = ids.into_iter().collect();
        match built {
            Ok(roster) => {
                assert_eq!(once.len(), 3);
                for (name, n) in names.iter().zip(ids) {
                    assert_eq!(roster.participant(id(n)).unwrap().key().as_str(), *name);
                    let person = roster.person(id(n)).unwrap();
                    assert_eq!(roster.lines().key(person).unwrap().as_str(), *name);
                }
                assert!(roster.participant(id(3)).is_none());
            }
            Err(faults) => {
                let twice = |f: &RosterFault| matches!(f, RosterFault::DuplicateId(_));
                assert!(faults.0.iter().all(twice), "{faults}");
                assert_eq!(faults.0.len(), 3 - once.len(), "{ids:?}");
            }
        }
    }
}
