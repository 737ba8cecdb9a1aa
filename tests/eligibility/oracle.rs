//! Random companies as plain data, and who may be paired in them, worked out step by step from that data alone.
//! `matching.rs` asks it too.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use chrono::NaiveDate;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::Index;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::pair::Pair;
use reverse_mentoring::policy::Context;
use reverse_mentoring::roster::{
    Capacity, Experience, Line, Load, Offer, Participant, ReportingLines, Roster, Side, Wish,
};
use reverse_mentoring::text::{Key, Label};

/// The codes of the core in their order.
pub(crate) const CODES: [&str; 6] = [
    "not-oneself",
    "sides",
    "experience-order",
    "no-hierarchical-link",
    "two-way",
    "places",
];

/// One person, as a file might have them. Skills, units and groups are numbers, hours are tenths.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) key: String,
    pub(crate) manager: Option<usize>,
    pub(crate) dotted: Vec<usize>,
    pub(crate) grade: Option<i32>,
    pub(crate) months: Option<u32>,
    pub(crate) unit: Option<u8>,
    /// Mentor, mentee; neither for a colleague who does not take part.
    pub(crate) sides: [bool; 2],
    pub(crate) capacity: u32,
    pub(crate) hours: Option<u32>,
    /// Skill → level.
    pub(crate) offers: BTreeMap<u8, u8>,
    /// Skill → from, to.
    pub(crate) wishes: BTreeMap<u8, (u8, u8)>,
    pub(crate) group: Option<u8>,
}

/// A company; people are named by their place in the list.
#[derive(Clone, Debug)]
pub(crate) struct Company {
    pub(crate) people: Vec<Person>,
    /// Tenths of an hour a month.
    pub(crate) load: u32,
    /// Pairings that are open, as (mentor, mentee).
    pub(crate) open: Vec<(usize, usize)>,
    /// Mentees who are exempted from links of three levels or more.
    pub(crate) exempt: Vec<usize>,
}

/// So many companies, unless `PROPTEST_CASES` asks for another number.
pub(crate) fn cases(unasked: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig::with_cases(asked.and_then(|n| n.parse().ok()).unwrap_or(unasked))
}

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 31).unwrap()
}

fn hours(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What the oracle knows of a company.
impl Company {
    pub(crate) fn takes_part(&self, at: usize) -> bool {
        self.people[at].sides != [false, false]
    }

    /// Everybody who takes part, sorted by key.
    pub(crate) fn participants(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.people.len())
            .filter(|&p| self.takes_part(p))
            .collect();
        all.sort_by_key(|&p| &self.people[p].key);
        all
    }

    /// Everybody above somebody: climbs one line at a time, solid or dotted.
    pub(crate) fn above(&self, person: usize) -> BTreeSet<usize> {
        let ups = |p: usize| self.people[p].manager.iter().chain(&self.people[p].dotted);
        let mut seen = BTreeSet::new();
        let mut todo: Vec<usize> = ups(person).copied().collect();
        while let Some(up) = todo.pop() {
            if seen.insert(up) {
                todo.extend(ups(up));
            }
        }
        seen
    }

    pub(crate) fn linked(&self, a: usize, b: usize) -> bool {
        a != b && (self.above(a).contains(&b) || self.above(b).contains(&a))
    }

    /// Lines on the shortest way up, one generation of managers after another.
    pub(crate) fn levels(&self, lower: usize, upper: usize) -> Option<u32> {
        let (mut generation, mut seen) = (BTreeSet::from([lower]), BTreeSet::<usize>::new());
        for levels in 1.. {
            let ups = generation.iter().map(|&p| &self.people[p]);
            let ups = ups.flat_map(|p| p.manager.iter().chain(&p.dotted).copied());
            generation = ups.filter(|up| !seen.contains(up)).collect();
            if generation.contains(&upper) {
                return Some(levels);
            }
            if generation.is_empty() {
                return None;
            }
            seen.extend(&generation);
        }
        None
    }

    /// Over how many levels the two may be paired by an exemption.
    pub(crate) fn excused(&self, mentor: usize, mentee: usize) -> Option<u32> {
        let turned = self.above(mentee).contains(&mentor);
        let levels = self.levels(mentor, mentee).filter(|&levels| levels >= 3);
        levels.filter(|_| !turned && mentor != mentee && self.exempt.contains(&mentee))
    }

    pub(crate) fn is_junior(&self, mentor: usize, mentee: usize) -> bool {
        let (a, b) = (&self.people[mentor], &self.people[mentee]);
        match a.grade.cmp(&b.grade) {
            std::cmp::Ordering::Equal => a.months < b.months,
            order => order.is_lt(),
        }
    }

    /// What a learner can learn of a teacher: skill → from, reached, wished.
    pub(crate) fn learns(&self, learner: usize, teacher: usize) -> BTreeMap<u8, (u8, u8, u8)> {
        let mut learns = BTreeMap::new();
        for (&skill, &(from, to)) in &self.people[learner].wishes {
            if let Some(&level) = self.people[teacher].offers.get(&skill) {
                if level > from {
                    learns.insert(skill, (from, if level < to { level } else { to }, to));
                }
            }
        }
        learns
    }

    /// Places in a role (0 mentor, 1 mentee) before open pairings.
    pub(crate) fn places(&self, person: usize, role: usize) -> u32 {
        let p = &self.people[person];
        match p.hours {
            _ if !p.sides[role] => 0,
            Some(hours) => p.capacity.min(hours / self.load),
            None => p.capacity,
        }
    }

    /// What is said of the hours of somebody whom they leave fewer places than they would take.
    #[allow(
        dead_code,
        reason = "only the plans are asked why somebody is left over"
    )]
    pub(crate) fn short_of_hours(&self, person: usize, role: usize) -> String {
        let p = &self.people[person];
        let shown = |tenths: u32| match tenths % 10 {
            0 => (tenths / 10).to_string(),
            _ => hours(tenths),
        };
        match p.hours {
            Some(hours) if self.places(person, role) < p.capacity => {
                let unit = if hours == 10 { "hour" } else { "hours" };
                let (has, takes) = (shown(hours), shown(self.load));
                format!(" ({has} {unit} a month, {takes} a pairing)")
            }
            _ => String::new(),
        }
    }

    pub(crate) fn open_pairings(&self, person: usize, role: usize) -> u32 {
        let of = |pair: &(usize, usize)| [pair.0, pair.1][role] == person;
        self.open.iter().filter(|pair| of(pair)).count() as u32
    }

    pub(crate) fn places_left(&self, person: usize, role: usize) -> u32 {
        let places = self.places(person, role);
        places.saturating_sub(self.open_pairings(person, role))
    }

    /// Every core code that stands against a pair, in order.
    pub(crate) fn codes(&self, mentor: usize, mentee: usize) -> Vec<&'static str> {
        let offered = |person: usize, role: usize| self.people[person].sides[role];
        let full = |person, role| offered(person, role) && self.places_left(person, role) == 0;
        let teaches = |teacher, learner| !self.learns(learner, teacher).is_empty();
        let broken = [
            mentor == mentee,
            !offered(mentor, 0) || !offered(mentee, 1),
            !self.is_junior(mentor, mentee),
            self.linked(mentor, mentee) && self.excused(mentor, mentee).is_none(),
            !teaches(mentor, mentee) || !teaches(mentee, mentor),
            full(mentor, 0) || full(mentee, 1) || self.open.contains(&(mentor, mentee)),
        ];
        let codes = CODES.into_iter().zip(broken);
        codes.filter_map(|(code, is)| is.then_some(code)).collect()
    }

    #[allow(dead_code, reason = "each test file uses a part")]
    pub(crate) fn eligible(&self) -> Vec<(usize, usize)> {
        let people = self.participants();
        let pairs = people
            .iter()
            .flat_map(|&a| people.iter().map(move |&b| (a, b)));
        pairs
            .filter(|&(a, b)| self.codes(a, b).is_empty())
            .collect()
    }
}

/// The same company as the crate's values.
impl Company {
    pub(crate) fn id(&self, at: usize) -> ParticipantId {
        let mut ids = SequentialIds::new(1);
        let mut id = ParticipantId::from_source(&mut ids);
        for _ in 0..at {
            id = ParticipantId::from_source(&mut ids);
        }
        id
    }

    pub(crate) fn pair(&self, mentor: usize, mentee: usize) -> Pair {
        Pair {
            mentor: self.id(mentor),
            mentee: self.id(mentee),
        }
    }

    pub(crate) fn key(&self, at: usize) -> &str {
        &self.people[at].key
    }

    fn line(&self, at: usize) -> Line {
        let person = &self.people[at];
        let line = match person.manager {
            Some(manager) => Line::new(self.key(at), self.key(manager)),
            None => Line::root(self.key(at)),
        };
        let dotted = person.dotted.iter();
        dotted.fold(line, |line, &d| line.dotted(self.key(d)))
    }

    fn participant(&self, at: usize) -> Participant {
        let p = &self.people[at];
        let side = match p.sides {
            [true, true] => Side::Either,
            [true, false] => Side::Mentor,
            _ => Side::Mentee,
        };
        let capacity = Capacity::of(NonZeroU32::new(p.capacity).unwrap());
        let capacity = match p.hours {
            Some(tenths) => capacity.with_hours(hours(tenths).parse().unwrap()),
            None => capacity,
        };
        let offers = p.offers.iter();
        let offers = offers.map(|(s, level)| Offer::new(&format!("skill {s}"), *level).unwrap());
        let wishes = p.wishes.iter();
        let wishes =
            wishes.map(|(s, (from, to))| Wish::new(&format!("skill {s}"), *from, *to).unwrap());
        let experience = Experience::of(p.grade, p.months).unwrap();
        let key = Key::new(self.key(at)).unwrap();
        // Skills in falling order: the roster has to sort them itself.
        let mut person = Participant::new(self.id(at), key, side, experience)
            .with_offers(offers.rev())
            .unwrap()
            .with_wishes(wishes.rev())
            .unwrap()
            .with_capacity(capacity);
        if let Some(unit) = p.unit {
            person = person.with_unit(Label::new(format!("unit {unit}")).unwrap());
        }
        if let Some(group) = p.group {
            person = person.with_group(Label::new(format!("group {group}")).unwrap());
        }
        person
    }

    /// The roster with its rows in this order.
    pub(crate) fn roster_in(&self, order: &[usize]) -> Roster {
        let lines = ReportingLines::new(order.iter().map(|&at| self.line(at))).unwrap();
        let people = order.iter().rev().filter(|&&at| self.takes_part(at));
        Roster::new(people.map(|&at| self.participant(at)), lines).unwrap()
    }

    pub(crate) fn roster(&self) -> Roster {
        self.roster_in(&(0..self.people.len()).collect::<Vec<_>>())
    }

    pub(crate) fn context(&self) -> Context {
        let load = Load::new(hours(self.load).parse().unwrap()).unwrap();
        let open = self.open.iter().map(|&(a, b)| self.pair(a, b));
        let exempt = self.exempt.iter().map(|&at| self.id(at));
        let context = Context::new(today()).with_load(load).with_open(open);
        context.with_exempt(exempt)
    }
}

fn person() -> impl Strategy<Value = (Index, Person)> {
    let sides = prop_oneof![
        3 => Just([true, false]),
        3 => Just([false, true]),
        3 => Just([true, true]),
        1 => Just([false, false]),
    ];
    let wish = (prop_oneof![2 => 0u8..3, 1 => 3u8..5], 1u8..=5)
        .prop_map(|(from, by)| (from, (from + by).min(5)));
    let tenths = prop_oneof![
        Just(0u32),
        Just(10),
        Just(14),
        Just(15),
        Just(29),
        30u32..60
    ];
    (
        any::<Index>(),
        (0i32..6, 0u32..4),
        proptest::option::weighted(0.8, 0u8..3),
        sides,
        1u32..=3,
        proptest::option::weighted(0.3, tenths),
        btree_map(0u8..4, 1u8..=5, 1..=4),
        btree_map(0u8..4, wish, 1..=4),
        proptest::option::of(0u8..2),
    )
        .prop_map(
            |(manager, (grade, months), unit, sides, capacity, hours, offers, wishes, group)| {
                let person = Person {
                    key: String::new(),
                    manager: None,
                    dotted: Vec::new(),
                    grade: Some(grade - 1),
                    months: Some(months * 12),
                    unit,
                    sides,
                    capacity,
                    hours,
                    offers,
                    wishes,
                    group,
                };
                (manager, person)
            },
        )
}

/// Companies of so many people: a forest of solid lines, a few dotted lines anywhere, one scale of experience, open
/// pairings of anybody with anybody.
pub(crate) fn company(people: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Company> {
    let two = || (any::<Index>(), any::<Index>());
    (
        vec(person(), people),
        vec(two(), 0..=8),
        vec(two(), 0..=6),
        0usize..3,
        prop_oneof![Just(5u32), Just(10), Just(15), Just(25)],
        any::<u64>(),
    )
        .prop_map(|(drawn, dotted, open, scale, load, seed)| {
            let n = drawn.len();
            let mut people = Vec::new();
            for (at, (manager, mut person)) in drawn.into_iter().enumerate() {
                // Half of them report to somebody drawn before them; the others are roots of their own.
                person.manager = Some(manager.index(2 * at + 1)).filter(|&m| m < at);
                // A key that has nothing to do with the order of the rows.
                let turned = (at as u64 * 7 + seed % 97) * 31 % 101;
                person.key = format!("key-{turned:03}-{at:02}");
                match scale {
                    0 => person.months = None,
                    1 => person.grade = None,
                    _ => {}
                }
                people.push(person);
            }
            for (from, to) in dotted {
                let (from, to) = (from.index(n), to.index(n));
                if from != to {
                    people[from].dotted.push(to);
                }
            }
            let mut company = Company {
                people,
                load,
                open: Vec::new(),
                exempt: Vec::new(),
            };
            let take_part = company.participants();
            for (mentor, mentee) in open {
                let among = |at: Index| take_part[at.index(take_part.len())];
                if !take_part.is_empty() {
                    company.open.push((among(mentor), among(mentee)));
                }
            }
            company
        })
}

/// Companies whose lines go deep, of which some mentees are exempted from far links.
#[allow(dead_code, reason = "one test file asks about exemptions")]
pub(crate) fn deep_company(
    people: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = Company> {
    let steps = vec(0usize..8, *people.end());
    let exempt = vec(any::<Index>(), 0..=12);
    (company(people), steps, exempt, any::<bool>()).prop_map(
        |(mut company, steps, exempt, graded)| {
            let all = company.people.len();
            if graded {
                // Whoever reports to somebody is the junior.
                for (at, person) in company.people.iter_mut().enumerate() {
                    person.grade = person.grade.map(|_| (all - at) as i32);
                    person.months = person.months.map(|_| (all - at) as u32);
                }
            }
            for (at, person) in company.people.iter_mut().enumerate() {
                // Most report to one of the three before them, one in eight as drawn.
                person.manager = match steps[at] {
                    0 => person.manager,
                    by => at.checked_sub(1 + by % 3),
                };
                // Few dotted lines close a circle: on one there is nobody to exempt.
                person.dotted.retain(|&up| up < at || steps[at] == 3);
            }
            let all = company.people.len();
            company.exempt = exempt.iter().map(|at| at.index(all)).collect();
            company
        },
    )
}
