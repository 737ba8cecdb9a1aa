//! A roster written and read back: the same people, ids, lines and fingerprint; or what its file has no form for.

use std::num::NonZeroU32;

use proptest::prelude::*;
use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::import::{
    FaultCode, OnFault, read_escaped_roster, read_escaped_roster_after, read_roster,
};
use reverse_mentoring::roster::{
    Capacity, Colleague, Experience, Line, Offer, Participant, Person, ReportingLines, Roster,
    Side, Skill, Traits, Wish,
};
use reverse_mentoring::spreadsheet::starts_formula;
use reverse_mentoring::tables::{WriteRosterError, write_roster};
use reverse_mentoring::text::{Key, Label};

use super::cells;
use super::nasty::nasty;

fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

fn written(roster: &Roster) -> Vec<u8> {
    let mut file = Vec::new();
    let written = write_roster(&mut file, roster).unwrap();
    assert_eq!(written.rows, roster.lines().len());
    file
}

fn refused(roster: &Roster) -> Vec<String> {
    let mut file = Vec::new();
    let Err(WriteRosterError::Unwritable(gaps)) = write_roster(&mut file, roster) else {
        panic!("the roster was written")
    };
    assert!(file.is_empty());
    gaps.iter().map(ToString::to_string).collect()
}

fn assert_back(roster: &Roster) {
    let file = written(roster);
    for row in cells(&file) {
        for (at, cell) in row.iter().enumerate() {
            // `grade` is a number, and -3 is none that a spreadsheet works out.
            assert!(at == 3 || !starts_formula(cell), "{cell:?}");
        }
    }
    let read =
        read_escaped_roster_after(&file, OnFault::Refuse, roster, &mut SequentialIds::new(9));
    let read = read.unwrap().roster;
    assert_eq!(read.fingerprint(), roster.fingerprint());
    assert_eq!(read.participants(), roster.participants());
    assert!(read.colleagues().eq(roster.colleagues()));
    let lines = |roster: &Roster| roster.lines().to_lines().collect::<Vec<_>>();
    assert_eq!(lines(&read), lines(roster));
}

/// A root, somebody known and somebody unknown who take no part, and below them somebody for each key.
fn company(people: Vec<(String, Participant)>) -> Roster {
    let mut lines = vec![
        Line::root("boss"),
        Line::new("known", "boss"),
        Line::new("line alone", "known").dotted("boss"),
    ];
    let mut all: Vec<Person> = vec![
        Colleague {
            key: key("known"),
            experience: None,
            capacity: Capacity::default(),
        }
        .into(),
    ];
    for (above, person) in people {
        lines.push(Line::new(person.key().as_str(), above).dotted("known"));
        all.push(person.into());
    }
    Roster::new(all, ReportingLines::new(lines).unwrap()).unwrap()
}

fn somebody(n: u32, text: &str) -> Participant {
    let id: ParticipantId = format!("00000001-0000-8000-8000-{n:012x}").parse().unwrap();
    Participant::new(id, key(text), Side::Either, Experience::grade(-3))
}

/// Every nasty string in every place that takes it: what a list cannot have is left out here, and refused below.
#[test]
fn under_every_nasty_name() {
    let (mut people, mut above) = (Vec::new(), "boss".to_owned());
    for (n, text) in (0..).zip(nasty()) {
        let Ok(own) = Key::new(text.as_str()) else {
            continue;
        };
        if matches!(own.as_str(), "-" | "boss") || text.contains(';') {
            continue;
        }
        let label = Label::new(text.as_str()).unwrap();
        let mut person = somebody(n, &text)
            .with_unit(label.clone())
            .with_site(label.clone())
            .with_timezone(label.clone())
            .with_group(label.clone());
        if text.trim() == text {
            let skill = Skill::from(label.clone());
            person = person
                .with_offers([Offer::of(skill.clone(), 3u8.try_into().unwrap()).unwrap()])
                .unwrap()
                .with_wishes([Wish::new(&text, 0, 5).unwrap()])
                .unwrap()
                .with_languages([label, Label::new("z").unwrap()]);
        }
        people.push((std::mem::replace(&mut above, text), person));
    }
    assert!(people.len() > 100);
    assert_back(&company(people));
}

#[test]
fn a_file_that_is_not_escaped_is_read_as_before() {
    let plain = "id,manager,grade,side,unit\n'boss,-,9,,\nada,'boss,2,mentor,'=1+1\n";
    let mut ids = SequentialIds::new(1);
    let roster = read_roster(plain.as_bytes(), OnFault::Refuse, &mut ids).unwrap();
    let unit = roster
        .roster
        .by_key("ada")
        .unwrap()
        .profile()
        .unit()
        .unwrap();
    assert_eq!(unit.as_str(), "'=1+1");
    assert!(roster.roster.lines().find("'boss").is_some());
    assert_back(&roster.roster);
    // Read as escaped, the marks come off, and `-` is a root with or without one.
    let escaped = plain.replace(",-,", ",'-,");
    for file in [plain, escaped.as_str()] {
        let read = read_escaped_roster(file.as_bytes(), OnFault::Refuse, &mut ids).unwrap();
        let unit = read.roster.by_key("ada").unwrap().profile().unit().unwrap();
        assert_eq!(unit.as_str(), "=1+1");
        assert!(read.roster.lines().find("boss").is_some());
    }
    // And the mark of a root is a key to who reads the cells as they stand.
    let faults = read_roster(escaped.as_bytes(), OnFault::Refuse, &mut ids).unwrap_err();
    assert_eq!(faults.0[0].code, FaultCode::UnknownManager);
}

#[test]
fn capacity_hours_and_months() {
    let hours = "4.5".parse().unwrap();
    let capacity = Capacity::of(NonZeroU32::new(7).unwrap()).with_hours(hours);
    let id = |n: u32| format!("00000001-0000-8000-8000-{n:012x}").parse().unwrap();
    let both = Experience::grade(i32::MIN).and_months(u32::MAX);
    let people = [Side::Mentor, Side::Mentee, Side::Either].map(|side| {
        let text = side.as_str();
        let n = text.bytes().map(u32::from).sum();
        let person = Participant::new(id(n), key(text), side, both).with_capacity(capacity);
        ("boss".to_owned(), person)
    });
    assert_back(&company(people.into()));
    // Nobody takes part, and one colleague is measured.
    let lines = ReportingLines::new([Line::root("boss"), Line::root("other")]).unwrap();
    let boss = Colleague {
        key: key("boss"),
        experience: Some(Experience::months(3)),
        capacity,
    };
    assert_back(&Roster::new([boss], lines).unwrap());
}

#[test]
fn traits_stay_behind_and_that_is_said() {
    let plain = somebody(1, "ada");
    let told = plain.clone().with_values(Traits::new(["candour"]).unwrap());
    let roster = company(vec![("boss".to_owned(), told)]);
    let mut file = Vec::new();
    let written = write_roster(&mut file, &roster).unwrap();
    assert_eq!((written.rows, written.traits_left_out), (4, 1));
    assert!(!String::from_utf8(file.clone()).unwrap().contains("candour"));
    let read =
        read_escaped_roster_after(&file, OnFault::Refuse, &roster, &mut SequentialIds::new(9));
    let read = read.unwrap().roster;
    assert_eq!(read.participants(), std::slice::from_ref(&plain));
    assert_eq!(read.fingerprint(), roster.fingerprint());
    // Any of the three kinds counts, and each person once.
    let traits = || Traits::new(["candour"]).unwrap();
    let all = plain.clone().with_interests(traits());
    let all = all.with_values(traits()).with_background(traits());
    for (told, count) in [
        (plain.clone(), 0),
        (plain.clone().with_interests(traits()), 1),
        (plain.with_background(traits()), 1),
        (all, 1),
    ] {
        let roster = company(vec![("boss".to_owned(), told)]);
        let written = write_roster(&mut Vec::new(), &roster).unwrap();
        assert_eq!(written.traits_left_out, count);
    }
}

#[test]
fn what_has_no_form_is_refused_all_at_once() {
    let label = |text: &str| Label::new(text).unwrap();
    let odd = somebody(1, "a;b")
        .with_offers([Offer::new("x;y", 1).unwrap(), Offer::new(" x", 1).unwrap()])
        .unwrap()
        .with_wishes([Wish::new("x\u{a0}", 0, 1).unwrap()])
        .unwrap()
        .with_languages([label("en;de")]);
    let lines = [
        Line::root("-"),
        Line::new("a;b", "-"),
        Line::new("c", "a;b").dotted("-"),
        Line::new("d", "c").dotted("a;b"),
    ];
    let months = Colleague {
        key: key("c"),
        experience: Some(Experience::months(3)),
        capacity: Capacity::default(),
    };
    let people: [Person; 2] = [odd.into(), months.into()];
    let roster = Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap();
    let space = "has an item that begins or ends with white space, which readers drop";
    let separator = "has an item with `;` in it, which stands between items";
    assert_eq!(
        refused(&roster),
        [
            "`-`: `id` is `-`, which declares a root and cannot be a key".to_owned(),
            "`a;b`: `experience_months` is not known, though that of somebody else is".to_owned(),
            format!("`a;b`: `offers` {separator}"),
            format!("`a;b`: `offers` {space}"),
            format!("`a;b`: `wants` {space}"),
            format!("`a;b`: `languages` {separator}"),
            format!("`d`: `dotted` {separator}"),
        ]
    );
    let nobody = Roster::new::<Person>([], ReportingLines::new([]).unwrap()).unwrap();
    assert_eq!(refused(&nobody), ["`id` has nobody in it"]);
    let unmeasured = ReportingLines::new([Line::root("a")]).unwrap();
    let unmeasured = Roster::new::<Person>([], unmeasured).unwrap();
    assert_eq!(
        refused(&unmeasured),
        ["`grade` is known of nobody, and no months of experience are"]
    );
}

/// Texts of the signs that a file takes for something.
fn text() -> impl Strategy<Value = String> {
    "[-'=;:> ,\"@a\u{a0}]{1,5}"
}

proptest! {
    /// Whatever is written reads back; whatever is refused would not have.
    #[test]
    fn random_companies(
        texts in proptest::collection::vec((text(), text(), text(), any::<bool>()), 1..6),
    ) {
        let mut people = Vec::new();
        let mut keys = std::collections::BTreeSet::from(["boss".to_owned()]);
        let mut above = "boss".to_owned();
        for (n, (own, skill, label, whole)) in (0..).zip(texts) {
            let (Ok(_), Ok(label), true) = (Key::new(own.as_str()), Label::new(label), keys.insert(own.clone())) else {
                continue;
            };
            let mut person = somebody(n, &own).with_unit(label.clone());
            if let (Ok(offer), Ok(wish)) = (Offer::new(&skill, 2), Wish::new(&skill, 1, 2)) {
                person = person.with_offers([offer]).unwrap().with_wishes([wish]).unwrap();
            }
            if whole {
                person = person.with_languages([label]);
            }
            people.push((std::mem::replace(&mut above, own), person));
        }
        let anybody = !people.is_empty();
        let roster = company(people);
        match write_roster(&mut Vec::new(), &roster) {
            Ok(_) => assert_back(&roster),
            Err(_) => {
                let bad = |text: &str| text.contains(';') || text.trim() != text;
                let found = roster.participants().iter().any(|p| {
                    let lists = p.profile().offers().iter().map(|o| o.skill().as_str());
                    let languages = p.profile().languages().iter().map(Label::as_str);
                    p.key().as_str() == "-" || lists.chain(languages).any(bad)
                });
                prop_assert!(found || !anybody);
            }
        }
    }
}

/// A skill by reference has no form in a cell; by the names of a catalogue it has, and comes back.
#[test]
fn skills_of_a_taxonomy_are_written_by_their_names() {
    use reverse_mentoring::roster::{NamedSkill, SkillCatalogue};

    let of = |id: &str| Skill::referenced("esco", id, "any label").unwrap();
    let person = |offers: [Offer; 2]| {
        let id = ParticipantId::from_source(&mut SequentialIds::new(4));
        let person = Participant::new(id, key("ada"), Side::Mentor, Experience::grade(2));
        let person = person.with_offers(offers).unwrap();
        let wish = Wish::of(of("2"), 0.try_into().unwrap(), 3.try_into().unwrap()).unwrap();
        person.with_wishes([wish]).unwrap()
    };
    let five = || 5.try_into().unwrap();
    let lines = || ReportingLines::new([Line::root("ada")]).unwrap();
    let offers = [
        Offer::of(of("1"), five()).unwrap(),
        Offer::new("juggling", 1).unwrap(),
    ];
    let roster = Roster::new([person(offers)], lines()).unwrap();
    let gap = |column: &str| {
        format!(
            "`ada`: `{column}` has a skill that goes by its id in a taxonomy, and a cell has names"
        )
    };
    assert_eq!(refused(&roster), [gap("offers"), gap("wants")]);

    let named = |name: &str, id: &str| NamedSkill::new(Label::new(name).unwrap(), of(id));
    let catalogue =
        SkillCatalogue::new([named("sql", "1"), named("SQL", "1"), named("=video", "2")]).unwrap();
    let names = catalogue.to_names(&roster).unwrap();
    let file = written(&names);
    let text = String::from_utf8(file.clone()).unwrap();
    assert!(text.contains("\"juggling:1;sql:5\",'=video:0>3"), "{text}");
    let read =
        read_escaped_roster_after(&file, OnFault::Refuse, &roster, &mut SequentialIds::new(9));
    let read = catalogue.resolve(&read.unwrap().roster).unwrap().roster;
    assert_eq!(read.fingerprint(), roster.fingerprint());
    assert_eq!(read.participants(), roster.participants());

    let both = [
        Offer::of(of("1"), five()).unwrap(),
        Offer::new("sql", 1).unwrap(),
    ];
    let both = Roster::new([person(both)], lines()).unwrap();
    let id = both.participants()[0].id();
    assert_eq!(
        catalogue.to_names(&both).unwrap_err().to_string(),
        format!("{id} offers 1 and wishes for 0 skills under more than one name")
    );
}
