//! A default exchange from CSV, and the sensitive columns of a roster: every fault word for word, and nothing repeated
//! that is nobody's business.
#![cfg(feature = "import")]

use reverse_mentoring::ids::SequentialIds;
use reverse_mentoring::import::{OnFault, read_exchange, read_roster};
use reverse_mentoring::pair::Role;
use reverse_mentoring::policy::DefaultExchange;
use reverse_mentoring::roster::{Offer, Traits, UtcOffset, Wish};

const SOUND: &str = "\
side,offers,wants
mentor,digital tools:3;short video:2,business practice:2
mentee,business practice:3,digital tools:1>4;short video:2
";

fn sound() -> DefaultExchange {
    let offer = |skill, level| Offer::new(skill, level).unwrap();
    let wish = |skill, from, to| Wish::new(skill, from, to).unwrap();
    let exchange = DefaultExchange::none();
    let offers = [offer("short video", 2), offer("digital tools", 3)];
    let exchange = exchange.with_offers(Role::Mentor, offers).unwrap();
    let wishes = [wish("business practice", 0, 2)];
    let exchange = exchange.with_wishes(Role::Mentor, wishes).unwrap();
    let offers = [offer("business practice", 3)];
    let exchange = exchange.with_offers(Role::Mentee, offers).unwrap();
    let wishes = [wish("digital tools", 1, 4), wish("short video", 0, 2)];
    exchange.with_wishes(Role::Mentee, wishes).unwrap()
}

#[test]
fn it_says_what_its_cells_say_in_any_order() {
    let read = read_exchange(SOUND.as_bytes()).unwrap();
    assert_eq!((read.exchange, read.notices), (sound(), vec![]));
    let turned = "\u{feff}wants,note,offers,side\r\n digital tools:1>4 ; short video:2,,business practice:3, mentee \r\nbusiness practice:2,x,short video:2;digital tools:3,mentor\r\n";
    let read = read_exchange(turned.as_bytes()).unwrap();
    assert_eq!(read.exchange, sound());
    assert_eq!(
        read.notices[0].to_string(),
        "1: unknown-column: the column `note` is not read"
    );
    // One side, one list: the rest is not declared.
    let half = read_exchange(b"side,offers\nmentee,business practice:3\n").unwrap();
    assert_eq!(half.exchange.offers(Role::Mentee).len(), 1);
    assert!(half.exchange.wishes(Role::Mentee).is_empty());
    assert!(half.exchange.offers(Role::Mentor).is_empty());
    // Without `from` a wish begins at the level that the row offers.
    let own = read_exchange(b"side,offers,wants\nmentee,sql:2,sql:4\n").unwrap();
    assert_eq!(
        own.exchange.wishes(Role::Mentee),
        [Wish::new("sql", 2, 4).unwrap()]
    );
}

#[test]
fn every_fault_word_for_word() {
    let header = "side,offers,wants\n";
    for (file, expected) in [
        ("", vec!["1: empty-file: the file is empty"]),
        (
            header,
            vec!["1: no-rows: there is a header and no side below it"],
        ),
        (
            "offers,wants\nsql:1,law:2\n",
            vec!["1: missing-column: there is no column `side`"],
        ),
        (
            "side,offers,wants\nmentor,sql:1,\nsenior,,\n,,\n",
            vec![
                "3: bad-side: `side` is `senior`, not `mentor` or `mentee`",
                "4: bad-side: `side` is blank",
            ],
        ),
        (
            "side,offers,wants\neither,sql:1,\n",
            vec!["2: bad-side: `side` is `either`, not `mentor` or `mentee`"],
        ),
        (
            "side,offers,wants\nmentor,sql:1,\nmentee,,\nmentor,law:1,\n",
            vec![
                "2: side-twice: `side` is `mentor`, which is given 2 times: lines 2, 4",
                "4: side-twice: `side` is `mentor`, which is given 2 times: lines 2, 4",
            ],
        ),
        (
            "side,offers,wants\nmentor,sql:0;sql:1,law\nmentee,a:1;;b:9,c:2>2\n",
            vec![
                "2: bad-level: `offers` has `sql:0`, whose level is not 1 to 5",
                "2: skill-twice: `offers` has the skill `sql` more than once",
                "2: bad-wish: `wants` has `law`, not `skill:to` or `skill:from>to`",
                "3: empty-item: `offers` has an empty item",
                "3: bad-level: `offers` has `b:9`, whose level is not 1 to 5",
                "3: not-rising: `wants` has `c:2>2`: a wish from level 2 to level 2 does not rise",
            ],
        ),
        (
            "side,offers,wants\nmentor,sql:1\n",
            vec!["2: field-count: the row has 2 fields and the header 3"],
        ),
    ] {
        let faults = read_exchange(file.as_bytes()).unwrap_err();
        let said: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
        assert_eq!(said, expected, "{file}");
    }
}

const PEOPLE: &str = "\
id,manager,grade,side,timezone,interests,values,background
ceo,-,9,mentee,UTC+01:00,chess; choir ;chess,candour,law;city
ada,ceo,2,mentor,Europe/London,,fairness;candour,
";

#[test]
fn the_sensitive_columns_say_what_their_cells_say() {
    let mut ids = SequentialIds::new(1);
    let read = read_roster(PEOPLE.as_bytes(), OnFault::Refuse, &mut ids).unwrap();
    assert_eq!(read.notices, []);
    let of = |key| read.roster.by_key(key).unwrap().profile();
    let traits = |list: &[&'static str]| Traits::new(list.iter().copied()).unwrap();
    assert_eq!(of("ceo").interests(), &traits(&["choir", "chess"]));
    assert_eq!(of("ceo").values(), &traits(&["candour"]));
    assert_eq!(of("ceo").background(), &traits(&["city", "law"]));
    assert!(of("ada").interests().is_empty() && of("ada").background().is_empty());
    assert_eq!(of("ada").values(), &traits(&["candour", "fairness"]));
    assert_eq!(of("ceo").utc_offset(), UtcOffset::of_name("+01:00"));
    assert_eq!(of("ada").utc_offset(), None);
}

#[test]
fn no_fault_repeats_what_somebody_values() {
    let header = b"id,manager,grade,side,interests,values,background\n";
    let row = b"ceo,-,9,mentee,hush\x01;a;;b,hush\xff,\"hush\x7f\"\n";
    let broken = read_roster(
        &[&header[..], &row[..]].concat(),
        OnFault::Refuse,
        &mut SequentialIds::new(1),
    );
    let said: Vec<String> = broken
        .unwrap_err()
        .0
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said,
        [
            "2: invalid-utf8: `ceo`: `values` is not UTF-8",
            "2: empty-item: `ceo`: `interests` has an empty item",
            "2: bad-label: `ceo`: `interests` has an item that cannot be kept: the text has a control character",
            "2: bad-label: `ceo`: `background` has an item that cannot be kept: the text has a control character",
        ]
    );
    assert!(said.iter().all(|line| !line.contains("hush")));
}
