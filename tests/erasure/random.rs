//! Companies of any shape, some of whose people are erased, against links walked by hand; lists applied in any order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use reverse_mentoring::eligibility::{Eligibility, Verdict};
use reverse_mentoring::notebook::Notebook;
use reverse_mentoring::policy::{Context, Policy};
use reverse_mentoring::roster::{Line, Participant, Person, ReportingLines, Roster, Side};
use reverse_mentoring::subject::Erasure;
use reverse_mentoring::text::Key;

use crate::support::*;
use crate::world::*;

/// A company of any shape: for each, a manager before them or none, dotted managers, and whether they take part.
#[derive(Debug, Clone)]
struct Shape {
    people: Vec<(Option<usize>, Vec<usize>, bool)>,
    erased: Vec<usize>,
}

impl Shape {
    /// Keys that are anything but in the order of the tree.
    fn key(at: usize) -> String {
        format!("{}-{at}", ["m", "c", "x", "a"][at % 4])
    }

    fn lines(&self) -> Vec<Line> {
        let lines = self
            .people
            .iter()
            .enumerate()
            .map(|(at, (manager, dotted, _))| {
                let line = match manager {
                    Some(manager) => Line::new(Self::key(at), Self::key(*manager)),
                    None => Line::root(Self::key(at)),
                };
                let dotted = dotted.iter().filter(|d| **d != at);
                dotted.fold(line, |line, d| line.dotted(Self::key(*d)))
            });
        lines.collect()
    }

    fn roster(&self) -> Roster {
        let people = self
            .people
            .iter()
            .enumerate()
            .filter(|(_, p)| p.2)
            .map(|(at, _)| {
                let n = at as u32 + 1;
                let mut person = participant(n, Side::Either, (at % 5) as i32);
                // The key is another one than that of the small company.
                let named = Participant::new(
                    person.id(),
                    Key::new(Self::key(at)).unwrap(),
                    Side::Either,
                    *person.profile().experience(),
                );
                person = named
                    .with_offers(person.profile().offers().to_vec())
                    .and_then(|p| p.with_wishes(person.profile().wishes().to_vec()))
                    .unwrap();
                Person::from(person)
            });
        Roster::new(
            people.collect::<Vec<_>>(),
            ReportingLines::new(self.lines()).unwrap(),
        )
        .unwrap()
    }

    /// Who is above whom, walked by hand over the lines as they were.
    fn above(&self) -> BTreeMap<usize, BTreeSet<usize>> {
        let up = |at: usize| {
            let (manager, dotted, _) = &self.people[at];
            manager
                .iter()
                .chain(dotted.iter().filter(|d| **d != at))
                .copied()
                .collect::<Vec<_>>()
        };
        let all = (0..self.people.len()).map(|at| {
            let mut reached = BTreeSet::new();
            let mut next = up(at);
            while let Some(one) = next.pop() {
                if reached.insert(one) {
                    next.extend(up(one));
                }
            }
            (at, reached)
        });
        all.collect()
    }

    fn list(&self, first: usize) -> Erasure {
        let mut erasure = Erasure::new();
        for at in &self.erased[..first] {
            erasure.add(person_id(*at as u32 + 1), day(1));
        }
        erasure
    }
}

fn shapes() -> impl Strategy<Value = Shape> {
    let person = (
        any::<prop::sample::Index>(),
        prop::bool::weighted(0.9),
        prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        prop::bool::weighted(0.8),
    );
    (
        prop::collection::vec(person, 3..14),
        any::<u64>(),
        1..7usize,
    )
        .prop_map(|(people, seed, erased)| {
            let n = people.len();
            let people: Vec<_> = people
                .into_iter()
                .enumerate()
                .map(|(at, (manager, has, dotted, takes_part))| {
                    let manager = (at > 0 && has).then(|| manager.index(at));
                    let dotted = dotted.iter().map(|d| d.index(n)).collect();
                    (manager, dotted, takes_part)
                })
                .collect();
            // Any order of any of them, those who take no part included.
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
            order.truncate(erased);
            Shape {
                people,
                erased: order,
            }
        })
}

/// Codes against each pair of those who are left, by keys.
fn verdicts(roster: &Roster, left: &[String], policy: &Policy) -> Vec<String> {
    let context = Context::new(day(0));
    let eligibility = Eligibility::new(roster, policy, &context);
    let pairs = left.iter().flat_map(|a| left.iter().map(move |b| (a, b)));
    let codes = pairs.map(|(a, b)| match eligibility.check_keys(a, b).unwrap() {
        Verdict::Eligible(_) => format!("{a} {b}"),
        Verdict::Ineligible(why) => {
            let codes: Vec<_> = why.iter().map(|v| v.code().to_owned()).collect();
            format!("{a} {b}: {codes:?}")
        }
    });
    codes.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nobody_elses_answers_change(shape in shapes()) {
        let (before, list) = (shape.roster(), shape.list(shape.erased.len()));
        let after = list.roster(&before).unwrap();
        let gone = |at: &usize| shape.people[*at].2 && shape.erased.contains(at);
        let stay: Vec<usize> = (0..shape.people.len()).filter(|at| !gone(at)).collect();
        prop_assert_eq!(after.lines().len(), before.lines().len());
        prop_assert_eq!(after.lines().dotted_len(), before.lines().dotted_len());
        let above = shape.above();
        for (&a, &b) in stay.iter().flat_map(|a| stay.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            let find = |at| after.lines().find(&Shape::key(at)).unwrap();
            prop_assert_eq!(after.lines().is_above(find(a), find(b)), above[&b].contains(&a));
        }
        for at in (0..shape.people.len()).filter(gone) {
            prop_assert!(after.lines().find(&Shape::key(at)).is_none());
            prop_assert!(after.participant(person_id(at as u32 + 1)).is_none());
        }
        let left: Vec<String> = after.participants().iter().map(|p| p.key().as_str().to_owned()).collect();
        for policy in [Policy::core_only(), Policy::standard(), Policy::strict()] {
            prop_assert_eq!(verdicts(&before, &left, &policy), verdicts(&after, &left, &policy));
        }
    }

    /// Earlier and later states of the list, in any order, as long as the whole of it is among them.
    #[test]
    fn a_restored_backup_forgets_again(shape in shapes(), states in prop::collection::vec(0..7usize, 0..4), whole in 0..4usize) {
        let all = shape.erased.len();
        let backup = shape.roster();
        let expected = picture(&shape.list(all).roster(&backup).unwrap());
        let mut states: Vec<usize> = states.into_iter().map(|n| n.min(all)).collect();
        states.insert(whole.min(states.len()), all);
        let mut roster = backup;
        for first in states {
            roster = shape.list(first).roster(&roster).unwrap();
        }
        prop_assert_eq!(picture(&roster), expected);
    }

    #[test]
    fn a_notebook_forgets_in_any_order(order in prop::collection::vec(1..6u32, 1..9)) {
        let world = World::new();
        let history = world.kept.program.history();
        let list = |people: &mut dyn Iterator<Item = u32>| {
            let mut erasure = Erasure::new();
            for n in people {
                erasure.add(person_id(n), day(60));
            }
            erasure
        };
        let bytes = |book: &Notebook| serde_json::to_string(&book.to_record()).unwrap();
        let copy = |book: &Notebook| Notebook::from_record(book.to_record()).unwrap();
        let mut at_once = copy(&world.book);
        let whole = list(&mut order.iter().copied());
        let standing = whole.notebook(&mut at_once, history);
        let mut one_by_one = copy(&world.book);
        for n in order.iter().rev() {
            let _ = list(&mut [*n].into_iter()).notebook(&mut one_by_one, history);
        }
        prop_assert_eq!(bytes(&one_by_one), bytes(&at_once));
        prop_assert_eq!(whole.notebook(&mut one_by_one, history), standing);
        prop_assert_eq!(bytes(&one_by_one), bytes(&at_once));
    }
}
