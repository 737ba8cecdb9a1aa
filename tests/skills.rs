//! Skills by name and by reference, catalogues, and rosters resolved by them.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use chrono::NaiveDate;
use proptest::prelude::*;
use reverse_mentoring::cadence::Cadence;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::ids::{CoordinatorId, ParticipantId, ProgramId, SequentialIds};
use reverse_mentoring::journal::{Entry, Stamp};
use reverse_mentoring::matching::{Criteria, Optimal, plan};
use reverse_mentoring::notebook::Notebook;
use reverse_mentoring::policy::Policy;
use reverse_mentoring::program::Program;
use reverse_mentoring::roster::{
    Capacity, Colleague, Experience, Line, Load, NamedSkill, Offer, Participant, Person,
    ReportingLines, ResolveError, Roster, Sensitivity, Side, Skill, SkillCatalogue, Wish,
};
use reverse_mentoring::testing;
use reverse_mentoring::text::{Key, Label};

#[path = "support/nasty.rs"]
mod nasty;

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

fn named(name: &str, skill: &Skill) -> NamedSkill {
    NamedSkill::new(label(name), skill.clone())
}

/// What a skill is the same by, stated independently of the type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Same {
    Name(String),
    Reference(String, String),
}

fn any_skill() -> impl Strategy<Value = (Same, Skill)> {
    let text = || prop::sample::select(vec!["a", "b", "A", "ab", "é"]);
    (prop::option::of((text(), text())), text()).prop_map(|(reference, name)| match reference {
        None => (Same::Name(name.to_owned()), Skill::new(name).unwrap()),
        Some((scheme, id)) => (
            Same::Reference(scheme.to_owned(), id.to_owned()),
            Skill::referenced(scheme, id, name).unwrap(),
        ),
    })
}

fn hash(skill: &Skill) -> u64 {
    let mut hasher = DefaultHasher::new();
    skill.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #[test]
    fn skills_are_told_apart_as_their_references_are((one, a) in any_skill(), (two, b) in any_skill()) {
        prop_assert_eq!(a == b, one == two);
        prop_assert_eq!(a.cmp(&b), one.cmp(&two));
        prop_assert!(a != b || hash(&a) == hash(&b));
        let json = serde_json::to_string(&a).unwrap();
        let read: Skill = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &a);
        prop_assert_eq!(read.as_str(), a.as_str());
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let written = match &one {
            Same::Name(name) => serde_json::json!(name),
            Same::Reference(scheme, id) => serde_json::json!({"scheme": scheme, "id": id, "label": a.as_str()}),
        };
        prop_assert_eq!(value, written);
    }
}

#[test]
fn a_text_that_is_no_label_is_refused_in_every_part() {
    for text in nasty::nasty() {
        let sound = Label::new(text.as_str()).is_ok();
        for parts in [
            [text.as_str(), "i", "l"],
            ["s", &text, "l"],
            ["s", "i", &text],
        ] {
            let [scheme, id, name] = parts;
            let skill = Skill::referenced(scheme, id, name);
            assert_eq!(skill.is_ok(), sound, "{text:?}");
            let json = serde_json::json!({"scheme": scheme, "id": id, "label": name});
            let read: Result<Skill, _> = serde_json::from_value(json);
            assert_eq!(read.is_ok(), sound, "{text:?}");
            if let (Ok(skill), Ok(read)) = (skill, read) {
                assert_eq!(read, skill);
                let it = read.reference().unwrap();
                assert_eq!([it.scheme(), it.id(), read.as_str()], parts);
            }
        }
    }
}

#[test]
fn what_is_no_skill_is_refused_with_a_reason() {
    for (json, reason) in [
        (
            "7",
            "invalid type: integer `7`, expected a skill's name, or its `scheme`, `id` and `label` at line 1 column 1",
        ),
        (
            r#"{"scheme": "esco", "id": "1"}"#,
            "missing field `label` at line 1 column 29",
        ),
        (
            r#"{"scheme": "esco", "id": "1", "label": "x", "level": 2}"#,
            "unknown field `level`, expected one of `scheme`, `id`, `label` at line 1 column 51",
        ),
        (r#"" ""#, "the text is blank at line 1 column 3"),
    ] {
        let refused = serde_json::from_str::<Skill>(json).unwrap_err();
        assert_eq!(refused.to_string(), reason);
    }
}

#[test]
fn a_catalogue_names_every_fault_and_no_skill() {
    let (sql, grief) = (
        Skill::referenced("esco", "1", "SQL").unwrap(),
        Skill::new("living with a loss").unwrap(),
    );
    let faults = SkillCatalogue::new([
        named("sql", &sql),
        named("grief", &grief).with_sensitivity(Sensitivity::Sensitive),
        named("sql", &grief),
        named("loss", &grief).with_sensitivity(Sensitivity::Sensitive),
        named("grief", &sql),
    ])
    .unwrap_err();
    let said: Vec<String> = faults.0.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "entries 1 and 3 have the same name",
            "entries 2 and 3 are one skill, sensitive in one of them alone",
            "entries 2 and 5 have the same name"
        ]
    );
}

#[test]
fn a_skill_is_found_under_its_first_name() {
    let sql = Skill::referenced("esco", "1", "SQL").unwrap();
    let plain = Skill::new("plain").unwrap();
    let catalogue = SkillCatalogue::new([
        named("sql", &sql),
        named(
            "s.q.l.",
            &Skill::referenced("esco", "1", "another label").unwrap(),
        ),
        named("simple", &plain),
    ])
    .unwrap();
    let name = |skill: &Skill| {
        catalogue
            .find(skill)
            .map(|it| it.name().as_str().to_owned())
    };
    assert_eq!(name(&sql).as_deref(), Some("sql"));
    assert_eq!(
        name(&Skill::new("s.q.l.").unwrap()).as_deref(),
        Some("s.q.l.")
    );
    assert_eq!(name(&plain).as_deref(), Some("simple"));
    assert_eq!(name(&Skill::referenced("esco", "2", "SQL").unwrap()), None);
    assert_eq!(name(&Skill::new("SQL").unwrap()), None);
    assert_eq!(catalogue.names().len(), 3);
    assert!(catalogue.by_name("Simple").is_none());
}

/// Names that people state, and what they stand for in the judge's own table: `None` is not in the catalogue.
const NAMES: [(&str, Option<&str>); 8] = [
    ("sql", Some("1")),
    ("SQL", Some("1")),
    ("databases", Some("1")),
    ("video", Some("2")),
    ("Video", Some("2")),
    ("grief", Some("3")),
    ("loss", Some("3")),
    ("juggling", None),
];
const SENSITIVE: &str = "3";

fn catalogue() -> SkillCatalogue {
    let named = NAMES.iter().filter_map(|(name, id)| {
        let id = (*id)?;
        let skill = Skill::referenced("own", id, &format!("label of {name}")).unwrap();
        let mark = if id == SENSITIVE {
            Sensitivity::Sensitive
        } else {
            Sensitivity::Ordinary
        };
        Some(named(name, &skill).with_sensitivity(mark))
    });
    SkillCatalogue::new(named).unwrap()
}

/// For each person the names they offer (with a level) and wish for.
type Stated = Vec<(BTreeMap<usize, u8>, BTreeMap<usize, u8>)>;

fn stated() -> impl Strategy<Value = Stated> {
    let skills = || prop::collection::btree_map(0..NAMES.len(), 1u8..=5, 0..4);
    prop::collection::vec((skills(), skills()), 1..6)
}

fn roster(stated: &Stated) -> Roster {
    let mut ids = SequentialIds::new(9);
    let lines = (0..stated.len()).map(|n| Line::root(format!("p{n}")));
    let lines = ReportingLines::new(lines.chain([Line::new("boss", "p0")])).unwrap();
    let people = stated.iter().enumerate().map(|(n, (offers, wishes))| {
        let id = ParticipantId::from_source(&mut ids);
        let person = Participant::new(
            id,
            Key::new(format!("p{n}")).unwrap(),
            Side::Either,
            Experience::grade(1),
        )
        .with_unit(label("Sales"))
        .with_offers(
            offers
                .iter()
                .map(|(&at, &level)| Offer::new(NAMES[at].0, level).unwrap()),
        )
        .unwrap()
        .with_wishes(
            wishes
                .iter()
                .map(|(&at, &to)| Wish::new(NAMES[at].0, 0, to).unwrap()),
        )
        .unwrap();
        Person::Participant(person)
    });
    let boss = Person::Colleague(Colleague {
        key: Key::new("boss").unwrap(),
        experience: Some(Experience::grade(4)),
        capacity: Capacity::default(),
    });
    Roster::new(people.collect::<Vec<_>>().into_iter().chain([boss]), lines).unwrap()
}

fn doubles<'a>(names: impl Iterator<Item = &'a usize>) -> usize {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for &at in names {
        *seen.entry(NAMES[at].1.unwrap_or(NAMES[at].0)).or_default() += 1;
    }
    seen.values().filter(|&&n| n > 1).count()
}

proptest! {
    #[test]
    fn a_roster_is_resolved_name_by_name(stated in stated()) {
        let roster = roster(&stated);
        let mut notebook = Notebook::new();
        let mut ids = SequentialIds::new(77);
        let resolved = notebook.resolve(&catalogue(), &roster, &mut ids);
        let twice: Vec<(ParticipantId, usize, usize)> = roster
            .participants()
            .iter()
            .zip(&stated)
            .map(|(p, (offers, wishes))| (p.id(), doubles(offers.keys()), doubles(wishes.keys())))
            .filter(|(_, offers, wishes)| offers + wishes > 0)
            .collect();
        let resolved = match resolved {
            Err(ResolveError::StatedTwice(found)) => {
                let found: Vec<_> = found.iter().map(|it| (it.participant, it.offers, it.wishes)).collect();
                prop_assert_eq!(found, twice);
                prop_assert_eq!(notebook.references().len(), 0, "refused, and something has changed");
                return Ok(());
            }
            other => other.unwrap(),
        };
        prop_assert!(twice.is_empty());
        // One reference for the sensitive skill, whoever states it, and what is not in the catalogue is counted.
        let mut references: BTreeSet<Skill> = BTreeSet::new();
        let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
        for (before, (after, (offers, wishes))) in
            roster.participants().iter().zip(resolved.roster.participants().iter().zip(&stated))
        {
            prop_assert_eq!(after.profile().unit(), before.profile().unit());
            let mut said: BTreeSet<usize> = offers.keys().copied().collect();
            said.extend(wishes.keys());
            if said.contains(&7) {
                *unknown.entry("juggling".to_owned()).or_default() += 1;
            }
            let mut check = |skill: &Skill, level: u8, at: usize, stated: u8| {
                assert_eq!(level, stated);
                match NAMES[at].1 {
                    None => assert_eq!(skill, &Skill::new(NAMES[at].0).unwrap()),
                    Some(SENSITIVE) => {
                        assert!(skill.reference().is_none() && skill.as_str().starts_with("skill "));
                        references.insert(skill.clone());
                    }
                    Some(id) => {
                        let it = skill.reference().unwrap();
                        assert_eq!((it.scheme(), it.id()), ("own", id));
                    }
                }
            };
            let offered = after.profile().offers();
            let wished = after.profile().wishes();
            prop_assert_eq!((offered.len(), wished.len()), (offers.len(), wishes.len()));
            for (&at, &level) in offers {
                let name = NAMES[at];
                let find = offered.iter().find(|o| stands_for(o.skill(), name)).unwrap();
                check(find.skill(), find.level().as_u8(), at, level);
            }
            for (&at, &to) in wishes {
                let name = NAMES[at];
                let find = wished.iter().find(|w| stands_for(w.skill(), name)).unwrap();
                check(find.skill(), find.to().as_u8(), at, to);
            }
        }
        prop_assert!(references.len() <= 1);
        prop_assert_eq!(notebook.references().cloned().collect::<BTreeSet<_>>(), references);
        let found: BTreeMap<String, usize> =
            resolved.unknown.iter().map(|(skill, n)| (skill.as_str().to_owned(), *n)).collect();
        prop_assert_eq!(found, unknown);
        // What is not a skill is as it was, and the same again comes to the same.
        prop_assert_eq!(resolved.roster.lines().len(), roster.lines().len());
        prop_assert_eq!(resolved.roster.colleagues().count(), 1);
        let again = notebook.resolve(&catalogue(), &roster, &mut ids).unwrap();
        prop_assert_eq!(again.roster.fingerprint(), resolved.roster.fingerprint());
        let over = notebook.resolve(&catalogue(), &resolved.roster, &mut ids).unwrap();
        prop_assert_eq!(over.roster.fingerprint(), resolved.roster.fingerprint());
        prop_assert_eq!(over.unknown.len(), again.unknown.len(), "a reference is no unknown name");
        // Without a notebook only what is ordinary is resolved.
        let sensitive: Vec<ParticipantId> = roster
            .participants()
            .iter()
            .zip(&stated)
            .filter(|(_, (offers, wishes))| offers.keys().chain(wishes.keys()).any(|&at| NAMES[at].1 == Some(SENSITIVE)))
            .map(|(p, _)| p.id())
            .collect();
        match catalogue().resolve(&roster) {
            Err(ResolveError::Sensitive(who)) => prop_assert_eq!(who, sensitive),
            other => {
                prop_assert!(sensitive.is_empty());
                prop_assert_eq!(other.unwrap().roster.fingerprint(), resolved.roster.fingerprint());
            }
        }
    }
}

fn stands_for(skill: &Skill, (name, id): (&str, Option<&str>)) -> bool {
    match (skill.reference(), id) {
        (Some(it), Some(id)) => it.id() == id,
        (None, Some(SENSITIVE)) => skill.as_str().starts_with("skill "),
        (None, None) => skill.as_str() == name,
        _ => false,
    }
}

#[test]
fn refusals_word_for_word() {
    let stated: Stated = vec![
        ([(0, 3), (1, 4)].into(), [(3, 1), (4, 1)].into()),
        ([(5, 3), (6, 4)].into(), BTreeMap::new()),
    ];
    let roster = roster(&stated);
    let mut notebook = Notebook::new();
    let twice = notebook
        .resolve(&catalogue(), &roster, &mut SequentialIds::new(1))
        .unwrap_err();
    let [one, two] = [0, 1].map(|at| roster.participants()[at].id());
    let ResolveError::StatedTwice(who) = twice else {
        panic!("{twice}");
    };
    let said: Vec<String> = who.iter().map(ToString::to_string).collect();
    let text = |id, offers, wishes| {
        format!("{id} offers {offers} and wishes for {wishes} skills under more than one name")
    };
    assert_eq!(said, [text(one, 1, 1), text(two, 1, 0)]);
    let sensitive = catalogue().resolve(&roster).unwrap_err();
    assert_eq!(
        sensitive.to_string(),
        "1 people state skills that are sensitive, which need a notebook"
    );
}

#[test]
fn a_source_of_ids_that_repeats_itself_is_named() {
    let two = SkillCatalogue::new(["grief", "faith"].map(|name| {
        named(name, &Skill::new(&format!("about {name}")).unwrap())
            .with_sensitivity(Sensitivity::Sensitive)
    }))
    .unwrap();
    let id = ParticipantId::from_source(&mut SequentialIds::new(1));
    let person = Participant::new(
        id,
        Key::new("a").unwrap(),
        Side::Mentor,
        Experience::grade(1),
    )
    .with_offers([
        Offer::new("grief", 1).unwrap(),
        Offer::new("faith", 1).unwrap(),
    ])
    .unwrap();
    let roster = Roster::new([person], ReportingLines::new([Line::root("a")]).unwrap()).unwrap();
    let mut stuck = || reverse_mentoring::uuid::Uuid::from_u128(5);
    let refused = Notebook::new()
        .resolve(&two, &roster, &mut stuck)
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the reference `skill 00000000-0000-0000-0000-000000000005` stands for another skill already"
    );
}

/// Names in two languages, one reference: the two find each other, and the id travels into goals, journal and record.
#[test]
fn ids_of_a_taxonomy_travel_into_the_journal() {
    let reference = |id: &str, text: &str| Skill::referenced("esco", id, text).unwrap();
    let catalogue = SkillCatalogue::new([
        named("short video", &reference("uri/1", "edit moving images")),
        named(
            "Kurzvideo",
            &reference("uri/1", "bewegte Bilder bearbeiten"),
        ),
        named("budgeting", &reference("uri/2", "manage budgets")),
        named("Haushalt", &reference("uri/2", "Budgets verwalten")),
    ])
    .unwrap();
    let mut ids = SequentialIds::new(1);
    let mut person = |key, side, grade, teaches, learns| {
        let id = ParticipantId::from_source(&mut ids);
        Participant::new(id, Key::new(key).unwrap(), side, Experience::grade(grade))
            .with_offers([Offer::new(teaches, 4).unwrap()])
            .unwrap()
            .with_wishes([Wish::new(learns, 0, 3).unwrap()])
            .unwrap()
    };
    let people = [
        person("ada", Side::Mentor, 2, "short video", "Haushalt"),
        person("cfo", Side::Mentee, 8, "budgeting", "Kurzvideo"),
    ];
    let lines = [
        Line::root("ceo"),
        Line::new("ada", "ceo"),
        Line::new("cfo", "ceo"),
        Line::new("cto", "cfo"),
    ];
    let named_only = Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap();
    let roster = catalogue.resolve(&named_only).unwrap().roster;
    assert_ne!(roster.fingerprint(), named_only.fingerprint());

    let now = Stamp::midnight(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
    let id = ProgramId::from_source(&mut ids);
    let (mut program, opening) = Program::open(id, &roster, Load::DEFAULT, now).unwrap();
    let mut journal = vec![opening];
    journal.extend(testing::launch(&mut program, &roster, now, &mut ids).unwrap());
    let (policy, criteria) = (Policy::core_only(), Criteria::standard());
    let pairs = |roster: &Roster| {
        let context = program.context(now.on);
        let may = Eligibility::new(roster, &policy, &context);
        plan(&may, &criteria, &Optimal::most_pairs()).unwrap()
    };
    assert_eq!(
        pairs(&named_only).proposals.len(),
        0,
        "two names are two skills"
    );
    let plan = pairs(&roster);
    let approved = plan.approve(CoordinatorId::from_source(&mut ids));
    journal.push(
        program
            .propose_all(&approved, Cadence::MONTHLY, now, &mut ids)
            .unwrap(),
    );
    let pairing = program.open_pairings().next().unwrap().id();
    journal.extend(testing::begin(&mut program, pairing, now).unwrap());

    let written: Vec<String> = journal
        .iter()
        .map(|e| serde_json::to_string(e).unwrap())
        .collect();
    let proposed = written
        .iter()
        .find(|line| line.contains("\"proposed\""))
        .unwrap();
    // As the learner has worded it.
    for (id, text) in [
        ("uri/1", "bewegte Bilder bearbeiten"),
        ("uri/2", "Budgets verwalten"),
    ] {
        let whole = format!(r#""skill":{{"scheme":"esco","id":"{id}","label":"{text}"}}"#);
        assert!(proposed.contains(&whole), "{proposed}");
    }
    let read: Vec<Entry> = written
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(read, journal);
    assert_eq!(Program::replay(&read).unwrap(), program);
    let record = serde_json::to_string(&program.to_record()).unwrap();
    let restored = Program::restore(&serde_json::from_str(&record).unwrap()).unwrap();
    assert_eq!(
        restored.open_pairings().next().unwrap(),
        program.open_pairings().next().unwrap()
    );
}
