//! Random rosters as CSV, by names alone and by what a catalogue of skills says of them, and the catalogue itself.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use reverse_mentoring::ids::{ParticipantId, SequentialIds};
use reverse_mentoring::import::{OnFault, read_escaped_roster_after, read_skills};
use reverse_mentoring::roster::{
    Capacity, Colleague, Experience, Line, NamedSkill, Offer, Participant, Person, ReportingLines,
    ResolveError, Roster, Sensitivity, Side, Skill, SkillCatalogue, Traits, Wish,
};
use reverse_mentoring::tables::{RosterGapReason, WriteRosterError, write_roster};
use reverse_mentoring::text::{Key, Label};

use crate::life::Dice;
use crate::world::{label, labels, pick, skill};

/// What a cell with items can hold.
fn clean(text: &str) -> bool {
    text.trim() == text && !text.contains(';')
}

/// A label for a list: nearly always one that a list can hold.
fn item(dice: &mut Dice) -> Label {
    let any = label(dice);
    if dice.roll(60) == 0 || clean(any.as_str()) {
        return any;
    }
    Label::new(format!("item {}", dice.roll(20))).unwrap()
}

fn key(dice: &mut Dice, n: usize) -> Key {
    let nasty = pick(dice, labels()).as_str();
    let key = match dice.roll(3) {
        0 => format!("E-{n}"),
        1 => format!("{n}{nasty}"),
        _ => nasty.to_owned(),
    };
    Key::new(key).unwrap_or_else(|_| Key::new(format!("long {n}")).unwrap())
}

/// Which scales everybody is measured on: a roster has a grade, months or both.
fn experience(dice: &mut Dice, scales: u64) -> Experience {
    let (grade, months) = (dice.roll(20) as i32 - 5, dice.below(600));
    match scales {
        0 => Experience::grade(grade),
        1 => Experience::months(months),
        _ => Experience::grade(grade).and_months(months),
    }
}

/// Up to nine people in a forest with dotted lines across, of whom some take part.
pub(crate) fn roster(dice: &mut Dice, taxonomy: bool) -> Roster {
    let (scales, count) = (dice.roll(3), 2 + dice.roll(8) as usize);
    let mut keys: Vec<Key> = Vec::new();
    for n in 0..count {
        let next = key(dice, n);
        if !keys.contains(&next)
            && (dice.roll(40) == 0 || clean(next.as_str()) && next.as_str() != "-")
        {
            keys.push(next);
        }
    }
    keys.push(Key::new("somebody").unwrap());
    let (mut lines, mut people): (Vec<Line>, Vec<Person>) = (Vec::new(), Vec::new());
    for (n, own) in keys.iter().enumerate() {
        let above = dice.roll(n as u64 + 1) as usize;
        let mut line = match n {
            0 => Line::root(own.as_str()),
            _ if dice.roll(6) == 0 => Line::root(own.as_str()),
            _ => Line::new(own.as_str(), keys[above.min(n - 1)].as_str()),
        };
        let dotted: BTreeSet<usize> = (0..dice.roll(3))
            .map(|_| dice.roll(keys.len() as u64) as usize)
            .collect();
        for other in dotted.into_iter().filter(|other| *other != n) {
            line = line.dotted(keys[other].as_str());
        }
        lines.push(line);
        let capacity = Capacity::of(NonZeroU32::new(1 + dice.below(5)).unwrap());
        let capacity = match dice.roll(3) {
            0 => capacity.with_hours("12.5".parse().unwrap()),
            _ => capacity,
        };
        let measured = experience(dice, scales);
        match dice.roll(5) {
            0 => {}
            1 => people.push(Person::from(Colleague {
                key: own.clone(),
                experience: Some(measured),
                capacity,
            })),
            _ => people.push(
                participant(dice, own, measured, taxonomy)
                    .with_capacity(capacity)
                    .into(),
            ),
        }
    }
    // Somebody is measured, or there would be no column for it.
    if people.is_empty() {
        let key = keys.last().unwrap().clone();
        let (experience, capacity) = (Some(experience(dice, scales)), Capacity::default());
        people.push(
            Colleague {
                key,
                experience,
                capacity,
            }
            .into(),
        );
    }
    Roster::new(people, ReportingLines::new(lines).unwrap()).unwrap()
}

fn participant(dice: &mut Dice, key: &Key, measured: Experience, taxonomy: bool) -> Participant {
    let id = ParticipantId::from_source(&mut SequentialIds::new(1 + dice.below(u32::MAX)));
    let side = dice.of(&[Side::Mentor, Side::Mentee, Side::Either]);
    let mut person = Participant::new(id, key.clone(), side, measured);
    let skills = |dice: &mut Dice| -> BTreeSet<Skill> {
        let some = (0..dice.roll(4)).map(|_| {
            if taxonomy && dice.roll(2) == 0 {
                skill(dice)
            } else {
                Skill::from(item(dice))
            }
        });
        some.collect()
    };
    let level = |n: u64| (n as u8).try_into().unwrap();
    let offers = skills(dice)
        .into_iter()
        .map(|s| Offer::of(s, level(1 + dice.roll(5))).unwrap());
    person = person.with_offers(offers.collect::<Vec<_>>()).unwrap();
    let wishes = skills(dice).into_iter().map(|s| {
        let from = dice.roll(5);
        Wish::of(s, level(from), level(from + 1 + dice.roll(5 - from))).unwrap()
    });
    person = person.with_wishes(wishes.collect::<Vec<_>>()).unwrap();
    let languages: BTreeSet<Label> = (0..dice.roll(3)).map(|_| item(dice)).collect();
    person = person.with_languages(languages);
    if dice.roll(2) == 0 {
        person = person.with_unit(label(dice)).with_site(label(dice));
    }
    if dice.roll(2) == 0 {
        person = person.with_timezone(label(dice)).with_group(label(dice));
    }
    if dice.roll(4) == 0 {
        person = person.with_values(Traits::of([label(dice)]));
    }
    person
}

/// What a roster says but the traits, which are in no file.
fn said(roster: &Roster) -> (Vec<Participant>, Vec<Colleague>, Vec<Line>) {
    let bare = |p: &Participant| p.clone().with_values(Traits::default());
    let people = roster.participants().iter().map(bare).collect();
    let lines = roster.lines().to_lines().collect();
    (people, roster.colleagues().cloned().collect(), lines)
}

fn skills_of(p: &Participant) -> impl Iterator<Item = &Skill> {
    let offers = p.profile().offers().iter().map(Offer::skill);
    offers.chain(p.profile().wishes().iter().map(Wish::skill))
}

/// Everything in a roster that a file cannot hold, by rules of the test's own.
fn unwritable(roster: &Roster) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut note = |text: &str| {
        if text.contains(';') {
            found.insert("separator");
        }
        if text.trim() != text {
            found.insert("space");
        }
    };
    for p in roster.participants() {
        skills_of(p).for_each(|skill| note(skill.as_str()));
        p.profile()
            .languages()
            .iter()
            .for_each(|l| note(l.as_str()));
    }
    let solid = |line: &Line| {
        usize::from(
            roster
                .lines()
                .manager(roster.lines().find(line.person()).unwrap())
                .is_some(),
        )
    };
    let lines: Vec<Line> = roster.lines().to_lines().collect();
    for line in &lines {
        if line.managers().skip(solid(line)).any(|m| m.contains(';')) {
            found.insert("separator");
        }
        if line.person() == "-" {
            found.insert("root");
        }
    }
    if roster
        .participants()
        .iter()
        .flat_map(skills_of)
        .any(|s| s.reference().is_some())
    {
        found.insert("reference");
    }
    found
}

/// Written, or refused for what the test expects and nothing else.
fn written(roster: &Roster) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let expected = unwritable(roster);
    match write_roster(&mut file, roster) {
        Ok(_) => {
            assert!(expected.is_empty(), "{expected:?}");
            Some(file)
        }
        Err(WriteRosterError::Unwritable(gaps)) => {
            let gaps = gaps.iter().map(|gap| match gap.reason {
                RosterGapReason::Separator => "separator",
                RosterGapReason::OuterWhiteSpace => "space",
                RosterGapReason::RootMark => "root",
                RosterGapReason::Reference => "reference",
                other => panic!("{other:?}"),
            });
            assert_eq!(gaps.collect::<BTreeSet<_>>(), expected);
            None
        }
        Err(other) => panic!("{other}"),
    }
}

/// Whether it was written.
pub(crate) fn names(roster: &Roster) -> bool {
    let Some(file) = written(roster) else {
        return false;
    };
    let mut ids = SequentialIds::new(9);
    let read = read_escaped_roster_after(&file, OnFault::Refuse, roster, &mut ids).unwrap();
    assert_eq!(read.roster.fingerprint(), roster.fingerprint());
    assert!(said(&read.roster) == said(roster));
    // A second writing is the same file.
    let mut again = Vec::new();
    write_roster(&mut again, &read.roster).unwrap();
    assert_eq!(again, file);
    true
}

/// A field of a file, quoted as RFC 4180 has it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Skills of a taxonomy go into the file by the names of a catalogue, which is a file itself, and come back by it; whether they did.
pub(crate) fn taxonomy(dice: &mut Dice, roster: &Roster) -> bool {
    let by_name: BTreeSet<Skill> = roster
        .participants()
        .iter()
        .flat_map(skills_of)
        .cloned()
        .collect();
    let mut named = Vec::new();
    let mut sensitive: BTreeMap<Skill, bool> = BTreeMap::new();
    for (n, skill) in by_name
        .into_iter()
        .filter(|s| s.reference().is_some())
        .enumerate()
    {
        let mark = dice.roll(30) == 0;
        for synonym in 0..1 + dice.roll(2) {
            let named_so: String = item(dice).as_str().chars().take(200).collect();
            let name = Label::new(format!("{named_so} {n}-{synonym}")).ok();
            let name = name.filter(|name| clean(name.as_str()));
            let name = name.unwrap_or_else(|| Label::new(format!("name {n}-{synonym}")).unwrap());
            let sense = if mark {
                Sensitivity::Sensitive
            } else {
                Sensitivity::Ordinary
            };
            named.push(NamedSkill::new(name, skill.clone()).with_sensitivity(sense));
        }
        sensitive.insert(skill, mark);
    }
    let catalogue = SkillCatalogue::new(named).unwrap();
    let mut file = "name,scheme,id,label,sensitive\n".to_owned();
    let mut holds = true;
    for named in catalogue.names() {
        let reference = named.skill().reference().unwrap();
        let parts = [
            named.name().as_str(),
            reference.scheme(),
            reference.id(),
            named.skill().as_str(),
        ];
        holds &= parts.iter().all(|part| part.trim() == *part);
        let mark = ["no", "yes"][usize::from(named.sensitivity() == Sensitivity::Sensitive)];
        let row = parts.map(quoted).join(",");
        file.push_str(&format!("{row},{mark}\n"));
    }
    if holds {
        let read = read_skills(file.as_bytes()).unwrap();
        assert_eq!(read.catalogue, catalogue);
        let label = |c: &SkillCatalogue| {
            c.names()
                .map(|n| n.skill().as_str().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(label(&read.catalogue), label(&catalogue));
    }
    let names = catalogue.to_names(roster).unwrap();
    let Some(file) = written(&names) else {
        return false;
    };
    let mut ids = SequentialIds::new(9);
    let read = read_escaped_roster_after(&file, OnFault::Refuse, roster, &mut ids).unwrap();
    let states = |p: &&Participant| skills_of(p).any(|s| sensitive.get(s) == Some(&true));
    let told: Vec<ParticipantId> = roster
        .participants()
        .iter()
        .filter(states)
        .map(Participant::id)
        .collect();
    match catalogue.resolve(&read.roster) {
        Ok(back) => {
            assert!(told.is_empty());
            assert_eq!(back.roster.fingerprint(), roster.fingerprint());
            assert!(said(&back.roster) == said(roster));
        }
        Err(ResolveError::Sensitive(who)) => assert_eq!(who, told),
        Err(other) => panic!("{other}"),
    }
    true
}
