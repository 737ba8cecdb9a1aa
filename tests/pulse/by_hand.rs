//! Tables worked by hand.

use reverse_mentoring::health::PulseReading;
use reverse_mentoring::pair::Role::{Mentee, Mentor};
use reverse_mentoring::pair::Roles;
use reverse_mentoring::pulse::{
    Answer, AnswerProblem, Better, Item, Items, Round, RoundProblem, Schedule,
};

use crate::support::*;
use crate::world::*;

/// Of three people, the least: pairing, day, answer, and what is told from then on.
#[test]
fn trust_by_hand() {
    let mut book = book(3);
    let table: [(usize, i64, u8, Option<Told>); 13] = [
        (1, 30, 4, None),
        // Person 1 again, in their other pairing: still one person.
        (7, 30, 2, None),
        (2, 31, 3, None),
        // Three people: 4, 3, 5 at first. The second answer of person 1 waits.
        (3, 32, 5, Some((32, 3, 2, 2))),
        (4, 33, 5, Some((32, 3, 2, 2))),
        (2, 90, 4, Some((32, 3, 2, 2))),
        (2, 91, 5, Some((32, 3, 2, 2))),
        // Three have answered again: now 2, 5, 1.
        (3, 92, 1, Some((92, 3, 2, 1))),
        (5, 93, 3, Some((92, 3, 2, 1))),
        // Persons 4, 5 and 6 come in: 5, 3, 2.
        (6, 94, 2, Some((94, 6, 3, 2))),
        (4, 95, 1, Some((94, 6, 3, 2))),
        (5, 95, 4, Some((94, 6, 3, 2))),
        // Persons 4, 5 and 6 again: 1, 4, 4.
        (6, 95, 4, Some((95, 6, 3, 3))),
    ];
    for (at, (pairing, on, n, expected)) in table.into_iter().enumerate() {
        say(&mut book, (pairing, Mentor), "trust", on, n).unwrap();
        assert_eq!(told(&book, "trust", Mentor, on), expected, "row {at}");
        assert_eq!(told(&book, "trust", Mentee, on), None);
    }
    // Any day is read as it was, also after later answers.
    let by_day = [29, 31, 32, 91, 92, 93, 94, 400].map(|on| told(&book, "trust", Mentor, on));
    let [first, second] = [Some((32, 3, 2, 2)), Some((92, 3, 2, 1))];
    let [third, last] = [Some((94, 6, 3, 2)), Some((95, 6, 3, 3))];
    assert_eq!(
        by_day,
        [None, None, first, first, second, second, third, last]
    );
    let reading = PulseReading::of(&book, "trust", Mentor, day(92)).unwrap();
    assert_eq!(
        reading.to_string(),
        "trust of mentors, favourable: 66.7 % before, 33.3 % now (-1 of 3), of 3 people, on 2026-04-03"
    );
    let shown = reading.reading.shown().unwrap();
    assert_eq!(
        (shown.change(), shown.before.part(), shown.now.whole()),
        (-1, 2, 3)
    );
}

/// Where low is good, 1 and 2 are favourable: apprehension that fades is a rise.
#[test]
fn apprehension_counts_the_other_way() {
    for (n, high, low) in [
        (1, false, true),
        (2, false, true),
        (3, false, false),
        (4, true, false),
        (5, true, false),
    ] {
        assert_eq!(Better::High.favours(answer(n)), high);
        assert_eq!(Better::Low.favours(answer(n)), low);
    }
    let mut book = book(5);
    for (on, answers) in [(30, [5, 4, 3, 2, 5]), (90, [4, 2, 1, 2, 1])] {
        for (pairing, n) in (1..).zip(answers) {
            say(&mut book, (pairing, Mentee), "apprehension", on, n).unwrap();
        }
    }
    let read = |on| PulseReading::of(&book, "apprehension", Mentee, day(on)).unwrap();
    assert_eq!(
        [30, 90].map(|on| read(on).to_string()),
        [
            "apprehension of mentees, favourable: 20.0 % before, 20.0 % now (+0 of 5), of 5 people, on 2026-01-31",
            "apprehension of mentees, favourable: 20.0 % before, 80.0 % now (+3 of 5), of 5 people, on 2026-04-01"
        ]
    );
    assert_eq!(
        read(29).to_string(),
        "apprehension of mentees, favourable: withheld"
    );
    let all = PulseReading::all(&book, day(90));
    let all = all.iter().map(|r| format!("{} {}", r.item, r.side));
    assert_eq!(
        all.collect::<Vec<_>>(),
        [
            "trust mentor",
            "trust mentee",
            "belonging mentor",
            "comfort mentee",
            "apprehension mentor",
            "apprehension mentee",
            "energy mentor",
            "energy mentee",
            "recognition mentor",
            "recognition mentee"
        ]
    );
}

#[test]
fn one_reads_ones_own_and_nobody_elses() {
    let mut book = book(3);
    for (pairing, side, on, n) in [
        (1, Mentor, 30, 4),
        (7, Mentor, 31, 2),
        (1, Mentee, 30, 5),
        (1, Mentor, 90, 1),
        (7, Mentee, 31, 3),
        (2, Mentee, 32, 3),
    ] {
        say(&mut book, (pairing, side), "trust", on, n).unwrap();
    }
    say(&mut book, (1, Mentor), "energy", 90, 5).unwrap();
    let own = |pairing, side| {
        let me = member(pairing, side);
        let own = book.own(&me);
        own.map(|own| {
            assert_eq!((own.pairing, own.side), (me.pairing(), side));
            assert_eq!(format!("{own:?}"), "OwnAnswer(..)");
            (own.item.as_str().to_owned(), own.on, own.answer.as_u8())
        })
        .collect::<Vec<_>>()
    };
    let row = |item: &str, on, n| (item.to_owned(), day(on), n);
    assert_eq!(
        own(1, Mentor),
        [
            row("energy", 90, 5),
            row("trust", 30, 4),
            row("trust", 90, 1)
        ]
    );
    assert_eq!(own(7, Mentor), [row("trust", 31, 2)]);
    assert_eq!(own(1, Mentee), [row("trust", 30, 5)]);
    // Mentee 12 has two mentors.
    assert_eq!(own(2, Mentee), [row("trust", 32, 3)]);
    assert_eq!(own(7, Mentee), [row("trust", 31, 3)]);
    assert_eq!(own(2, Mentor), []);
    assert_eq!(
        format!("{book:?} {:?} {:?}", book.to_record(), answer(3)),
        "PulseBook(..) PulseRecord(..) Answer(..)"
    );
}

#[test]
fn everything_that_stands_against_answers_is_told_and_nothing_is_kept() {
    let mut book = book(3);
    let me = member(1, Mentor);
    say(&mut book, (1, Mentor), "trust", 40, 4).unwrap();
    let items = Items::catalogue();
    let other = Item::new(
        label("energy"),
        label("I sleep well"),
        Better::High,
        Roles::BOTH,
    );
    let find = |code: &str| items.find(code).unwrap().clone();
    let round = Round::new(&[find("trust"), find("comfort"), other.unwrap()]).unwrap();
    let answers = ["trust", "comfort", "energy", "voice", "trust"];
    let answers = answers.map(|code| (label(code), answer(3)));
    let refused = book.answer(&me, &round, day(39), answers).unwrap_err();
    let backdated = || AnswerProblem::Backdated {
        item: label("trust"),
        on: day(39),
        latest: day(40),
    };
    assert_eq!(
        refused.0,
        [
            backdated(),
            AnswerProblem::NotAsked {
                item: label("comfort"),
                side: Mentor
            },
            AnswerProblem::NotInBook(label("energy")),
            AnswerProblem::NotInRound(label("voice")),
            backdated(),
            AnswerProblem::Twice(label("trust")),
        ]
    );
    assert_eq!(
        refused
            .0
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        [
            "an answer of 2026-02-09 to `trust` comes after one of 2026-02-10",
            "`comfort` is not asked of the mentor",
            "`energy` is not among the items of the book",
            "the round does not ask `voice`",
            "an answer of 2026-02-09 to `trust` comes after one of 2026-02-10",
            "`trust` is answered twice",
        ]
    );
    assert!(refused.to_string().ends_with(" (and 5 more)"));
    assert_eq!(book.own(&me).count(), 1);
    // Not answering is fine, and so is the same day.
    book.answer(&me, &round, day(1), []).unwrap();
    say(&mut book, (1, Mentor), "trust", 40, 5).unwrap();
    // Somebody else's days are their own; in another pairing the same person's are not.
    say(&mut book, (2, Mentor), "trust", 1, 5).unwrap();
    assert!(say(&mut book, (7, Mentor), "trust", 39, 5).is_err());
}

#[test]
fn three_items_at_a_time() {
    let items = Items::catalogue();
    let of = |codes: &[&str]| Round::new(codes.iter().map(|code| items.find(code).unwrap()));
    for codes in [
        &[][..],
        &["joy"],
        &["joy", "ties"],
        &["joy", "ties", "voice"],
    ] {
        assert_eq!(of(codes).unwrap().to_string(), codes.join(", "));
    }
    let refused = of(&["joy", "ties", "joy", "joy"]).unwrap_err();
    let twice = || RoundProblem::Twice(label("joy"));
    assert_eq!(refused.0, [RoundProblem::TooMany(4), twice(), twice()]);
    assert_eq!(refused.0[1].to_string(), "the round asks `joy` twice");
    assert_eq!(
        refused.to_string(),
        "a round of 4 items asks more than three at a time (and 2 more)"
    );
    // Each item of a side comes in turn, three at a time and no other.
    for (side, n, through) in [(Mentor, 20, 7), (Mentee, 18, 6)] {
        let theirs: Vec<&Item> = items.iter().filter(|i| i.asked().contains(side)).collect();
        assert_eq!(theirs.len(), n, "{side}");
        let rounds: Vec<Round> = (1..=through)
            .map(|number| items.round(side, number))
            .collect();
        let asked: Vec<&Item> = rounds.iter().flat_map(Round::items).collect();
        assert_eq!(asked, theirs);
        assert!(
            rounds
                .iter()
                .all(|round| (1..=Round::MOST).contains(&round.items().len()))
        );
        assert_eq!(items.round(side, through + 1), rounds[0]);
        assert_eq!(items.round(side, through * 500_000_000 + 3), rounds[2]);
        assert_eq!(items.round(side, 0).items().len(), 0);
        assert_eq!(Items::none().round(side, 1).items().len(), 0);
    }
}

#[test]
fn day_30_and_every_60_days() {
    let due = |schedule: Schedule, today| {
        let due = schedule.due(day(100), day(today))?;
        Some((due.number, (due.on - day(0)).num_days()))
    };
    let usual = |today| due(Schedule::default(), today);
    assert_eq!(usual(99), None);
    assert_eq!([100, 129].map(usual), [None, None]);
    assert_eq!([130, 189].map(usual), [Some((1, 130)); 2]);
    assert_eq!([190, 249].map(usual), [Some((2, 190)); 2]);
    assert_eq!(usual(250), Some((3, 250)));
    // From the outset, and every day.
    let daily = Schedule::new(0, 1).unwrap();
    assert_eq!((daily.first(), daily.every()), (0, 1));
    assert_eq!(
        [99, 100, 101].map(|n| due(daily, n)),
        [None, Some((1, 100)), Some((2, 101))]
    );
    // Day by day: a round is due from its day on, and the next is `every` days later.
    for (first, every) in [(30, 60), (0, 7), (1, 1), (14, 366)] {
        let schedule = Schedule::new(first, every).unwrap();
        assert_eq!((schedule.first(), schedule.every()), (first, every));
        let (mut number, mut on) = (0, 0);
        for today in 100..1500 {
            let asks = today - 100 - i64::from(first);
            if asks >= 0 && asks % i64::from(every) == 0 {
                (number, on) = (number + 1, today);
            }
            let expected = (number > 0).then_some((number, on));
            assert_eq!(due(schedule, today), expected);
        }
    }
    let none = Schedule::new(30, 0).unwrap_err();
    assert_eq!(
        none.to_string(),
        "an interval of 0 days between rounds is none"
    );
    let far = Schedule::DEFAULT.due(chrono::NaiveDate::MIN, chrono::NaiveDate::MAX);
    assert!(far.unwrap().number > 3_000_000);
}

#[test]
fn items_are_whole_and_their_codes_differ() {
    let asked = |item| book(3).asked(item);
    assert_eq!(asked("trust"), Roles::NONE.with(Mentor).with(Mentee));
    assert_eq!(asked("belonging"), Roles::NONE.with(Mentor));
    assert_eq!(asked("unheard of"), Roles::NONE);
    let nobody = Item::new(label("x"), label("y"), Better::Low, Roles::NONE).unwrap_err();
    assert_eq!(nobody.to_string(), "item `x` is asked of neither side");
    let again = Items::standard().with(Items::catalogue().find("energy").unwrap().clone());
    let twice = again.unwrap_err();
    assert_eq!(
        twice.to_string(),
        "there are two items under the code `energy`"
    );
    assert_eq!([0, 6, 255].map(|n| Answer::new(n).is_ok()), [false; 3]);
    let mut book = book(3);
    assert!(
        book.ask(Items::catalogue().find("energy").unwrap().clone())
            .is_err()
    );
    assert_eq!(*book.items(), Items::standard());
    assert!(book.tally("joy", Mentor, day(9)).is_none());
    book.ask(Items::catalogue().find("joy").unwrap().clone())
        .unwrap();
    assert_eq!(told(&book, "joy", Mentor, 9), None);
    assert_eq!(book.items().iter().len(), 7);
    assert_eq!(book.threshold(), least(3));
    assert!(book.tally("belonging", Mentee, day(9)).is_none());
    let json = r#"{"code": "x", "wording": "y", "better": "low", "asked": []}"#;
    let refused = serde_json::from_str::<Item>(json).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("item `x` is asked of neither side")
    );
    assert!(
        serde_json::from_str::<Answer>("6").is_err()
            && serde_json::from_str::<Answer>("0").is_err()
    );
}

/// The table in the documentation is that of the code.
#[test]
fn the_catalogue_is_the_one_that_is_printed() {
    let printed = include_str!("../../src/pulse/catalogue.md");
    let items = Items::catalogue();
    let rows: Vec<Vec<&str>> = printed
        .lines()
        .skip(2)
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert_eq!((rows.len(), items.iter().len()), (22, 22));
    for (row, item) in rows.iter().zip(items.iter()) {
        let good = match item.better() {
            Better::High => "high",
            Better::Low => "low",
        };
        let asked = match (item.asked().contains(Mentor), item.asked().contains(Mentee)) {
            (true, true) => "both",
            (true, false) => "mentors",
            _ => "mentees",
        };
        let code = format!("`{}`", item.code());
        assert_eq!(row[1..5], [&code, item.wording().as_str(), good, asked]);
        assert!(!row[5].is_empty());
        assert_eq!(items.find(item.code().as_str()), Some(item));
    }
    let standard: Vec<&Item> = items.iter().take(6).collect();
    assert_eq!(Items::standard().iter().collect::<Vec<_>>(), standard);
}
