//! A small company in which every word is somebody's own, and a programme with something of everything.

use std::num::NonZeroU16;

use reverse_mentoring::ids::{ContactId, SequentialIds};
use reverse_mentoring::notebook::{Kind, Notebook};
use reverse_mentoring::policy::{MentorChoice, MentorChoices};
use reverse_mentoring::privacy::{Concern, Contact};
use reverse_mentoring::roster::{
    Capacity, Colleague, Experience, Line, Offer, Participant, Person, ReportingLines, Roster,
    Side, Skill, Traits, Wish,
};
use reverse_mentoring::subject::{Erasure, Export};
use reverse_mentoring::text::{Key, Label};

use crate::support::*;

/// A word that says `what` about person `n`, and stands nowhere else.
pub(crate) fn word(what: &str, n: u32) -> String {
    format!("QX{what}{n}X")
}

pub(crate) fn key(n: u32) -> Key {
    Key::new(word("key", n)).unwrap()
}

/// What is said of everybody who takes part, besides their key.
pub(crate) const SAID: [&str; 10] = [
    "offer",
    "wish",
    "unit",
    "site",
    "zone",
    "language",
    "interest",
    "value",
    "background",
    "group",
];

/// Somebody with a word of their own in every field.
pub(crate) fn participant(n: u32, side: Side, grade: i32) -> Participant {
    let label = |what: &str| Label::new(word(what, n)).unwrap();
    let traits = |what: &str| Traits::of([label(what)]);
    let offers = [
        ("video".to_owned(), 4),
        ("budget".to_owned(), 4),
        (word("offer", n), 3),
    ];
    let offers = offers.map(|(skill, level)| Offer::new(&skill, level).unwrap());
    let wishes = [
        ("video".to_owned(), 0),
        ("budget".to_owned(), 1),
        (word("wish", n), 2),
    ];
    let wishes = wishes.map(|(skill, from)| Wish::new(&skill, from, 5).unwrap());
    Participant::new(
        person_id(n),
        key(n),
        side,
        Experience::grade(grade).and_months(9),
    )
    .with_offers(offers)
    .and_then(|p| p.with_wishes(wishes))
    .unwrap()
    .with_capacity(Capacity::of(3.try_into().unwrap()).with_hours("4.5".parse().unwrap()))
    .with_unit(label("unit"))
    .with_site(label("site"))
    .with_timezone(label("zone"))
    .with_languages([label("language")])
    .with_interests(traits("interest"))
    .with_values(traits("value"))
    .with_background(traits("background"))
    .with_group(label("group"))
}

/// Ids of the small company: 1 and 2 are mentors below 3, who mentors too; 4 and 5 are mentees; 6 is above all, and 7
/// beside them; neither takes part.
pub(crate) const SIDES: [(u32, Side, i32); 5] = [
    (1, Side::Mentor, 2),
    (2, Side::Mentor, 2),
    (3, Side::Either, 5),
    (4, Side::Mentee, 8),
    (5, Side::Mentee, 8),
];

pub(crate) fn small_roster() -> Roster {
    let people = SIDES.map(|(n, side, grade)| participant(n, side, grade));
    let name = |n| word("key", n);
    let lines = [
        Line::root(name(6)),
        Line::new(name(3), name(6)).dotted(name(7)),
        Line::new(name(1), name(3)),
        Line::new(name(2), name(3)).dotted(name(4)),
        Line::new(name(4), name(6)),
        Line::new(name(5), name(6)),
        Line::new(name(7), name(6)),
    ];
    let colleague = Colleague {
        key: key(7),
        experience: Some(Experience::grade(6)),
        capacity: Capacity::default(),
    };
    let people = people
        .map(Person::from)
        .into_iter()
        .chain([colleague.into()]);
    Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap()
}

/// A whole programme: pairing 1 of 1 and 4, running, pairing 2 of 3 and 4, over, pairing 3 of 2 and 5, running.
pub(crate) struct World {
    pub(crate) roster: Roster,
    pub(crate) kept: Kept,
    pub(crate) book: Notebook,
    pub(crate) choices: MentorChoices,
    pub(crate) erasure: Erasure,
}

pub(crate) fn contact() -> Contact {
    let id: ContactId = "00000006-0000-8000-8000-000000000001".parse().unwrap();
    Contact::recognised(id)
}

pub(crate) const PAIRS: [(u32, u32, u32); 3] = [(1, 1, 4), (2, 3, 4), (3, 2, 5)];

impl World {
    pub(crate) fn new() -> Self {
        let roster = small_roster();
        let mut kept = Kept::open(&roster);
        let names = PAIRS.map(|(_, mentor, mentee)| [mentor, mentee].map(|n| word("key", n)));
        let pairs: Vec<_> = names
            .iter()
            .map(|[a, b]| (a.as_str(), b.as_str()))
            .collect();
        kept.propose(&roster, &pairs, 1);
        for (pairing, ..) in PAIRS {
            kept.begin(pairing, 2);
        }
        for n in 0..3 {
            for (pairing, ..) in PAIRS {
                let outcome = if n == 2 { MISSED } else { held() };
                let on = 10 + 14 * i64::from(n);
                let session = session(10 * pairing + n, pairing, on, outcome);
                kept.record(&session.with_note("QXnote".to_owned()), at(on));
            }
        }
        kept.step(2, END, 50);
        let mut book = Notebook::new();
        let mut ids = SequentialIds::new(9);
        for (pairing, mentor, mentee) in PAIRS {
            for n in [mentor, mentee] {
                let member = kept
                    .program
                    .member(pairing_id(pairing), person_id(n))
                    .unwrap();
                let words = |what: &str| format!("{} {pairing}", word(what, n));
                book.write(&member, Kind::Difficulty, None, day(5), words("page"));
                book.write(
                    &member,
                    Kind::Insight,
                    Some(session_id(10 * pairing)),
                    day(6),
                    words("insight"),
                );
                let session = Some(session_id(10 * pairing));
                book.give_feedback(&member, session, words("feedback"))
                    .unwrap();
                book.vote(&member, true).unwrap();
            }
        }
        for n in 1..=5 {
            let own = Skill::new(&word("sensitive", n)).unwrap();
            book.refer(person_id(n), own, &mut ids).unwrap();
            let common = Skill::new("QXcommon").unwrap();
            book.refer(person_id(n), common, &mut ids).unwrap();
            let concern = Concern::about(pairing_id(3), contact().id(), day(7), word("concern", n));
            book.file(concern.signed(person_id(n)));
        }
        let unsigned = Concern::about(pairing_id(1), contact().id(), day(8), "QXunsigned");
        book.file(unsigned);
        let rank = |mentor, mentee, rank| MentorChoice {
            pair: pair(mentor, mentee),
            rank: NonZeroU16::new(rank).unwrap(),
        };
        let choices = [
            rank(1, 4, 1),
            rank(2, 4, 2),
            rank(3, 4, 2),
            rank(1, 5, 3),
            rank(3, 5, 1),
        ];
        Self {
            roster,
            kept,
            book,
            choices: MentorChoices::new(choices).unwrap(),
            erasure: Erasure::new(),
        }
    }

    /// Forgets somebody everywhere.
    pub(crate) fn erase(&mut self, n: u32) -> usize {
        assert!(self.erasure.add(person_id(n), day(60)));
        self.roster = self.erasure.roster(&self.roster).unwrap();
        self.choices = self.erasure.choices(&self.choices);
        let standing = self
            .erasure
            .notebook(&mut self.book, self.kept.program.history());
        standing.concerns
    }

    /// Everything that there is, in bytes.
    pub(crate) fn everything(&self) -> String {
        let program = &self.kept.program;
        [
            picture(&self.roster),
            serde_json::to_string(&self.book.to_record()).unwrap(),
            format!("{:?}", self.choices),
            serde_json::to_string(&self.erasure).unwrap(),
            serde_json::to_string(&self.kept.journal).unwrap(),
            serde_json::to_string(&program.to_record()).unwrap(),
            format!("{:?}", program.history()),
            self.exports(),
        ]
        .join("\n")
    }

    pub(crate) fn exports(&self) -> String {
        let exports = (1..=5).map(|n| serde_json::to_string(&self.export(n)).unwrap());
        exports.collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn export(&self, n: u32) -> Export {
        let history = self.kept.program.history();
        Export::of(person_id(n))
            .with_roster(&self.roster)
            .with_history(history)
            .with_journal(&self.kept.journal)
            .with_notebook(&self.book, history)
            .with_choices(&self.choices)
    }
}

/// Everything that a roster says: people, lines and colleagues.
pub(crate) fn picture(roster: &Roster) -> String {
    let mut all = String::new();
    for p in roster.participants() {
        let export = Export::of(p.id()).with_roster(roster);
        all += &serde_json::to_string(&export).unwrap();
    }
    for line in roster.lines().to_lines() {
        let managers: Vec<_> = line.managers().collect();
        all += &format!("\n{}: {managers:?}", line.person());
    }
    all += &format!("\n{:?}", roster.colleagues().collect::<Vec<_>>());
    all + &roster.fingerprint().to_string()
}

/// Every word that is about somebody.
pub(crate) fn words_of(n: u32) -> Vec<String> {
    let said = SAID.into_iter().chain(["key", "sensitive", "concern"]);
    let mut words: Vec<String> = said.map(|what| word(what, n)).collect();
    for what in ["page", "insight", "feedback"] {
        let pairings = PAIRS.iter().filter(|(_, a, b)| [*a, *b].contains(&n));
        words.extend(pairings.map(|(pairing, ..)| format!("{} {pairing}", word(what, n))));
    }
    words
}
