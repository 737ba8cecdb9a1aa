//! Six mentors and six mentees in seven pairings, and a book that they answer.

use std::sync::LazyLock;

use proptest::prelude::*;
use reverse_mentoring::pair::Role;
use reverse_mentoring::privacy::{Cell, Member, Threshold};
use reverse_mentoring::pulse::{Answer, AnswersRefused, Items, PulseBook, Round, Tally};
use reverse_mentoring::roster::{Roster, Side};
use reverse_mentoring::text::Label;

use crate::support::*;

pub(crate) const SIX: u32 = 6;

/// Ids 1 to 6 are mentors, 11 to 16 mentees, each the mentee of the mentor ten before; mentor 1 has mentee 12, too, in
/// pairing 7.
pub(crate) const PAIRS: [(u32, u32); 7] = [
    (1, 11),
    (2, 12),
    (3, 13),
    (4, 14),
    (5, 15),
    (6, 16),
    (1, 12),
];

pub(crate) fn roster() -> Roster {
    let staff = |id, side, grade| Staff {
        key: format!("p{id}"),
        id,
        side: Some(side),
        grade,
        places: 3,
        manager: Some("boss".to_owned()),
        dotted: Vec::new(),
    };
    let mentors = (1..=SIX).map(|id| staff(id, Side::Mentor, 2));
    let mentees = (11..=10 + SIX).map(|id| staff(id, Side::Mentee, 8));
    let mut all: Vec<Staff> = mentors.chain(mentees).collect();
    all.push(Staff {
        side: None,
        manager: None,
        key: "boss".to_owned(),
        ..all[0].clone()
    });
    Company(all).roster()
}

pub(crate) fn kept() -> Kept {
    let roster = roster();
    let mut kept = Kept::open(&roster);
    let names = PAIRS.map(|(mentor, mentee)| (format!("p{mentor}"), format!("p{mentee}")));
    let names: Vec<_> = names
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    kept.propose(&roster, &names, 1);
    kept
}

/// The members of pairing 1, 2, … 7: the mentor and the mentee.
static MEMBERS: LazyLock<Vec<[Member; 2]>> = LazyLock::new(|| {
    let kept = kept();
    let member = |n: usize, person| {
        let pairing = pairing_id(n as u32 + 1);
        kept.program.member(pairing, person_id(person)).unwrap()
    };
    let pairs = PAIRS.iter().enumerate();
    pairs
        .map(|(n, (mentor, mentee))| [member(n, *mentor), member(n, *mentee)])
        .collect()
});

pub(crate) fn member(pairing: usize, side: Role) -> Member {
    MEMBERS[pairing - 1][usize::from(side == Role::Mentee)]
}

pub(crate) fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

pub(crate) fn answer(n: u8) -> Answer {
    Answer::new(n).unwrap()
}

pub(crate) fn least(pairings: u32) -> Threshold {
    Threshold::new(pairings).unwrap()
}

pub(crate) fn book(threshold: u32) -> PulseBook {
    PulseBook::new(Items::standard(), least(threshold))
}

/// One answer to one item.
pub(crate) fn say(
    book: &mut PulseBook,
    (pairing, side): (usize, Role),
    item: &str,
    on: i64,
    n: u8,
) -> Result<(), AnswersRefused> {
    let round = Round::new(book.items().find(item)).unwrap();
    let answers = [(label(item), answer(n))];
    book.answer(&member(pairing, side), &round, day(on), answers)
}

/// Day, people, before and now.
pub(crate) type Told = (i64, u64, u64, u64);

pub(crate) fn told(book: &PulseBook, item: &str, side: Role, on: i64) -> Option<Told> {
    match book.tally(item, side, day(on)).unwrap() {
        Cell::Shown(Tally {
            on,
            people,
            before,
            now,
            ..
        }) => Some(((on - day(0)).num_days(), people, before, now)),
        Cell::Withheld => None,
    }
}

/// Who says what when: pairing, item, days since the last answer of all, the answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said {
    pub(crate) pairing: usize,
    pub(crate) item: &'static str,
    pub(crate) on: i64,
    pub(crate) answer: u8,
}

/// A random course of answers of mentors, by day.
pub(crate) fn course(most: usize) -> impl Strategy<Value = Vec<Said>> {
    let one = (
        1..=PAIRS.len(),
        prop::sample::select(vec!["trust", "apprehension"]),
        prop::sample::select(vec![0i64, 0, 1, 5]),
        1..=5u8,
    );
    prop::collection::vec(one, 0..=most).prop_map(|all| {
        let mut on = 0;
        let said = all.into_iter().map(|(pairing, item, later, answer)| {
            on += later;
            Said {
                pairing,
                item,
                on,
                answer,
            }
        });
        said.collect()
    })
}

pub(crate) fn mentors_say(book: &mut PulseBook, said: &Said) {
    let by = (said.pairing, Role::Mentor);
    say(book, by, said.item, said.on, said.answer).unwrap();
}
