//! Answers of other systems: the same readings as if they had been given here.

use proptest::prelude::*;
use reverse_mentoring::health::PulseReading;
use reverse_mentoring::history::{Adopted, LoggedPairing, LoggedPulse, adopt, adopt_pulses};
use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::pair::Role::{self, Mentee, Mentor};
use reverse_mentoring::pair::Roles;
use reverse_mentoring::pulse::{Better, Item, Items, PulseBook};
use reverse_mentoring::roster::Load;

use crate::support::*;
use crate::world::*;

/// The pairings of the company as logs, without pulses; keys in the order of the pairings.
pub(crate) fn logs() -> Vec<LoggedPairing> {
    let roster = roster();
    let names = |n| format!("p{n}");
    let pairs = PAIRS.iter().enumerate();
    pairs
        .map(|(n, (mentor, mentee))| {
            let pair = (names(*mentor), names(*mentee));
            logged(&roster, &format!("log{n}"), (&pair.0, &pair.1), 0)
        })
        .collect()
}

pub(crate) fn adopted(logs: &[LoggedPairing]) -> Adopted {
    adopt(
        logs,
        &roster(),
        Load::DEFAULT,
        day(400),
        &mut SequentialIds::new(2),
    )
}

fn pulse(side: Role, question: &str, on: i64, score: u8) -> LoggedPulse {
    LoggedPulse {
        side,
        question: label(question),
        date: day(on),
        score,
    }
}

fn taken(logs: &[LoggedPairing], book: &mut PulseBook) -> Vec<String> {
    let Adopted { history, keys, .. } = adopted(logs);
    let left_out = adopt_pulses(logs, &keys, &history, book);
    let left_out = left_out.iter();
    left_out
        .map(|left| {
            let (key, side, question) = (left.key.as_str(), left.side, &left.question);
            format!("{key} {side} {question}: {}", left.why)
        })
        .collect()
}

#[test]
fn logs_by_hand() {
    let mut logs = logs();
    // Known questions are items; 5 to `apprehension` is bad news, as the item says.
    logs[0].pulses = vec![
        pulse(Mentor, "apprehension", 60, 1),
        pulse(Mentor, "apprehension", 30, 5),
        pulse(Mentee, "belonging", 30, 5),
        pulse(Mentor, "trust", 31, 9),
    ];
    logs[1].pulses = vec![
        pulse(Mentor, "apprehension", 30, 2),
        pulse(Mentor, "apprehension", 61, 3),
    ];
    logs[2].pulses = vec![
        pulse(Mentor, "apprehension", 32, 4),
        pulse(Mentor, "apprehension", 62, 2),
        pulse(Mentee, "Do you like it?", 32, 4),
    ];
    logs[3].pulses = vec![pulse(Mentee, "Do you like it?", 33, 2)];
    logs[4].pulses = vec![pulse(Mentee, "Do you like it?", 34, 5)];
    let mut book = book(3);
    assert_eq!(
        taken(&logs, &mut book),
        [
            "log0 mentee belonging: `belonging` is not asked of the mentee",
            "log0 mentor trust: an answer of 9 is not between 1 and 5",
        ]
    );
    assert_eq!(told(&book, "apprehension", Mentor, 61), Some((32, 3, 1, 1)));
    assert_eq!(told(&book, "apprehension", Mentor, 62), Some((62, 3, 1, 2)));
    // Unknown ones are the host's own, asked of both, high is good.
    let own = book.items().find("Do you like it?").unwrap();
    assert_eq!(
        (own.wording(), own.better(), own.asked()),
        (own.code(), Better::High, Roles::BOTH)
    );
    assert_eq!(book.items().iter().len(), 7);
    assert_eq!(
        told(&book, "Do you like it?", Mentee, 34),
        Some((34, 3, 2, 2))
    );
    // Unless the host has said otherwise.
    let worry = Item::new(
        label("Do you like it?"),
        label("?"),
        Better::Low,
        Roles::BOTH,
    )
    .unwrap();
    let items = Items::none().with(worry).unwrap();
    let mut book = PulseBook::new(items, least(3));
    taken(&logs, &mut book);
    assert_eq!(
        told(&book, "Do you like it?", Mentee, 34),
        Some((34, 3, 1, 1))
    );
    // What comes before what is in the book is left out, and told.
    let again = taken(&logs, &mut book);
    assert!(again.contains(
        &"log0 mentor apprehension: an answer of 2026-01-31 to `apprehension` comes after one of 2026-03-02"
            .to_owned()
    ));
    // An item that only bad answers name is none.
    logs[0].pulses = vec![pulse(Mentor, "nothing", 31, 0)];
    assert_eq!(
        taken(&logs, &mut PulseBook::new(Items::none(), least(3))),
        ["log0 mentor nothing: an answer of 0 is not between 1 and 5"]
    );
    taken(&logs, &mut book);
    assert!(book.items().find("nothing").is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A log says the same as the answers themselves, in whatever order its pairings stand.
    #[test]
    fn a_log_is_the_answers_in_their_order(said in course(40), turn in 0..7usize) {
        let mut logs = logs();
        for one in &said {
            logs[one.pairing - 1].pulses.push(pulse(Mentor, one.item, one.on, one.answer));
        }
        logs.rotate_left(turn);
        let mut of_log = book(3);
        prop_assert_eq!(taken(&logs, &mut of_log), Vec::<String>::new());
        let mut in_order: Vec<&Said> = said.iter().collect();
        in_order.sort_by_key(|one| (one.on, one.pairing));
        let mut here = book(3);
        in_order.into_iter().for_each(|one| mentors_say(&mut here, one));
        for on in 0..200 {
            prop_assert_eq!(PulseReading::all(&of_log, day(on)), PulseReading::all(&here, day(on)));
        }
    }
}
