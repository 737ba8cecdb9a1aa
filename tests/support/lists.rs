//! A store of journals against a reference of twenty lines: a list for each programme.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use proptest::prelude::*;
use reverse_mentoring::chrono::NaiveDate;
use reverse_mentoring::ids::{EntryId, PairingId, ParticipantId, ProgramId};
use reverse_mentoring::journal::{Entry, Event, Stamp, Stored};
use reverse_mentoring::roster::{Load, RosterFingerprint};
use reverse_mentoring::store::*;

fn uuid<T: std::str::FromStr>(space: u32, n: u32) -> T {
    let text = format!("{:08x}-0000-8000-8000-{:012x}", space, n);
    text.parse().ok().unwrap()
}

/// An entry in a place; `content` tells two of one place apart.
fn entry(program: u32, sequence: u64, content: u32) -> Entry {
    let stamp = Stamp::midnight(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
    let event = if sequence == 0 {
        Event::Opened {
            program: uuid::<ProgramId>(1, program),
            roster: RosterFingerprint::try_from(format!("{content:032x}")).unwrap(),
            load: Load::DEFAULT,
            people: Vec::new(),
        }
    } else {
        Event::Withdrew {
            participant: uuid::<ParticipantId>(2, content),
            ended: vec![uuid::<PairingId>(3, content)],
        }
    };
    Entry::new(sequence, stamp, event)
}

/// One question: where, and of which (id, content) the batch is made.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    program: u32,
    /// How far from the end the first entry stands.
    off: i64,
    made_of: Vec<(u32, u32)>,
}

pub(crate) fn asks() -> impl Strategy<Value = Vec<Ask>> {
    // Few ids and contents, so that the same come again.
    let off = prop_oneof![6 => Just(0_i64), 1 => -3..=3_i64];
    let ask = (
        0..3_u32,
        off,
        prop::collection::vec((0..24_u32, 0..2_u32), 1..4),
    );
    let ask = ask.prop_map(|(program, off, made_of)| Ask {
        program,
        off,
        made_of,
    });
    let again = (0..40_usize).prop_map(Err);
    // A new question, or one that was asked before with the same entries.
    prop::collection::vec(prop_oneof![3 => ask.prop_map(Ok), 1 => again], 1..40).prop_map(|all| {
        let mut asked: Vec<Ask> = Vec::new();
        for one in all {
            match one {
                Ok(ask) => asked.push(ask),
                Err(at) if !asked.is_empty() => asked.push(asked[at % asked.len()].clone()),
                Err(_) => {}
            }
        }
        asked
    })
}

/// The reference: of each programme the ids and contents in order.
#[derive(Default)]
struct Lists(BTreeMap<u32, Vec<(u32, u32)>>);

impl Lists {
    /// What is due, in the words of [`told`].
    fn append(&mut self, program: u32, from: usize, made_of: &[(u32, u32)]) -> String {
        let list = self.0.entry(program).or_default();
        let stands = |id: u32| list.iter().position(|(other, _)| *other == id);
        let known: Vec<_> = made_of
            .iter()
            .filter_map(|(id, _)| Some((*id, stands(*id)?)))
            .collect();
        if list.get(from..from + made_of.len()) == Some(made_of) {
            return "already".to_owned();
        }
        if !known.is_empty() {
            return format!("taken {known:?}");
        }
        if from != list.len() {
            return format!("conflict {from} {}", list.len());
        }
        list.extend(made_of);
        "stored".to_owned()
    }
}

fn told(answer: Result<Appended, AppendError>) -> String {
    match answer {
        Ok(Appended::Stored) => "stored".to_owned(),
        Ok(Appended::Already) => "already".to_owned(),
        Err(AppendError::Conflict(c)) => format!("conflict {} {}", c.expected, c.found),
        Err(AppendError::Taken(taken)) => {
            let number = |id: EntryId| (id.as_uuid().as_u128() & 0xffff) as u32;
            let known: Vec<_> = taken
                .ids
                .iter()
                .map(|(id, at)| (number(*id), *at))
                .collect();
            format!("taken {known:?}")
        }
        other => format!("{other:?}"),
    }
}

/// What a store answers, and has after every question, against the lists.
pub(crate) fn same(store: &mut dyn Journal, asks: &[Ask]) -> Result<(), TestCaseError> {
    let mut lists = Lists::default();
    // What was asked where: the same question again is in the same place.
    let mut places: BTreeMap<String, u64> = BTreeMap::new();
    for ask in asks {
        let end = lists.0.get(&ask.program).map_or(0, Vec::len) as i64;
        let from = (end + ask.off).max(0) as u64;
        let from = *places.entry(format!("{ask:?}")).or_insert(from);
        let filed = ask
            .made_of
            .iter()
            .zip(from..)
            .map(|((id, content), sequence)| Filed {
                id: uuid(4, *id),
                entry: entry(ask.program, sequence, *content),
            });
        let filed: Vec<Filed> = filed.collect();
        let Ok(batch) = Batch::new(uuid(1, ask.program), filed) else {
            continue; // an id twice
        };
        let due = lists.append(ask.program, from as usize, &ask.made_of);
        prop_assert_eq!(told(store.append(&batch)), due);
        for program in 0..4 {
            let list = lists.0.get(&program).map_or(&[][..], Vec::as_slice);
            let of = uuid(1, program);
            prop_assert_eq!(store.version(of).unwrap(), Version::new(list.len() as u64));
            let due: Vec<Found> = list
                .iter()
                .zip(0..)
                .map(|((id, content), at)| {
                    let stored = Stored::Entry(entry(program, at, *content));
                    Found::new(at, uuid(4, *id), stored)
                })
                .collect();
            for most in [1, 3, 1_000] {
                let from = (list.len() as u64).saturating_sub(2);
                let most = NonZeroUsize::new(most).unwrap();
                let found = store.read(of, Version::new(from), most).unwrap();
                let page = due.iter().skip(from as usize).take(most.get());
                prop_assert_eq!(found, page.cloned().collect::<Vec<_>>());
            }
            let all: Result<Vec<_>, _> = entries(store, of, Version::EMPTY).collect();
            prop_assert_eq!(all.unwrap(), due);
        }
    }
    Ok(())
}
