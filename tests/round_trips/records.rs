//! Everything that reads back from JSON: entries, the gate, plans, and what a host keeps beside the journal.

use reverse_mentoring::cadence::Calendar;
use reverse_mentoring::charter::CharterDraft;
use reverse_mentoring::eligibility::Eligibility;
use reverse_mentoring::health::{Breakdown, Ledger, Period, Publisher};
use reverse_mentoring::ids::{ContactId, SequentialIds};
use reverse_mentoring::journal::{Entry, Stored};
use reverse_mentoring::matching::{Criteria, EarlierPlan, Optimal, plan};
use reverse_mentoring::notebook::{Kind, Notebook, SealedRecord};
use reverse_mentoring::pair::Roles;
use reverse_mentoring::policy::{Context, Policy};
use reverse_mentoring::privacy::{Concern, Contact, Threshold};
use reverse_mentoring::program::{Program, ProgramRecord};
use reverse_mentoring::pulse::{Answer, Better, Item, Items, PulseBook, PulseRecord, Round};
use reverse_mentoring::roster::Roster;
use reverse_mentoring::subject::Erasure;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::life::{Dice, ROLES};
use crate::metrics;
use crate::support::*;
use crate::world::{World, label, pick, skill, texts};

/// What is read of what was written; the second writing has the bytes of the first.
fn again<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).unwrap();
    let read: T = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    read
}

/// Every entry, on its own line and with its fields in another order, as an entry and as a stored one; and the programme.
pub(crate) fn entries(world: &World) {
    let mut stored = Vec::new();
    for entry in &world.journal {
        let text = serde_json::to_string(entry).unwrap();
        assert!(!text.contains('\n'));
        let read: Entry = serde_json::from_str(&text).unwrap();
        assert_eq!(read, *entry);
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        // A value has its fields by name, and its texts to itself.
        let value = serde_json::from_str::<serde_json::Value>(&text).unwrap();
        assert_eq!(serde_json::from_value::<Entry>(value).unwrap(), *entry);
        let kept = Stored::read(
            || serde_json::from_str(&text),
            || serde_json::from_str(&text),
        );
        stored.push(kept.unwrap());
        assert_eq!(stored.last(), Some(&Stored::Entry(read)));
    }
    let replayed = Program::replay_stored(&stored).unwrap();
    assert!(replayed == world.program);
}

/// The gate by its record.
pub(crate) fn record(world: &World) {
    let gate = Program::replay_with((), &world.journal).unwrap();
    let record: ProgramRecord = again(&gate.to_record());
    assert_eq!(record, world.program.to_record());
    assert!(Program::restore(&record).unwrap() == gate);
}

/// What is private to the two, with every nasty string in it that comes to hand.
pub(crate) fn notebook(world: &World, dice: &mut Dice) {
    let mut book = Notebook::new();
    let words = |dice: &mut Dice| pick(dice, texts()).clone();
    let contact = Contact::recognised(ContactId::from_source(&mut SequentialIds::new(5)));
    for pair in world.members() {
        for member in &pair {
            for kind in [Kind::Note, Kind::Insight, Kind::Clause] {
                let session = (dice.roll(2) == 0).then(|| session_id(dice.below(9)));
                book.write(
                    member,
                    kind,
                    session,
                    day(dice.roll(99) as i64),
                    words(dice),
                );
            }
            if dice.roll(2) == 0 {
                let session = (dice.roll(2) == 0).then(|| session_id(3));
                book.give_feedback(member, session, words(dice)).unwrap();
                book.vote(member, dice.roll(2) == 0).unwrap();
            }
        }
        let concern = Concern::about(pair[0].pairing(), contact.id(), day(5), words(dice));
        book.file(if dice.roll(2) == 0 {
            concern.signed(pair[1].person())
        } else {
            concern
        });
    }
    if let Some(pair) = world.members().first() {
        let sensitive = skill(dice);
        book.refer(pair[0].person(), sensitive, &mut SequentialIds::new(9))
            .unwrap();
    }
    let record: SealedRecord = again(&book.to_record());
    let back = Notebook::from_record(record).unwrap();
    for member in world.members().iter().flatten() {
        assert!(book.pages(member).eq(back.pages(member)));
        assert!(book.pages(member).count() >= 3);
        for session in [None, Some(session_id(3))] {
            let said = |book: &Notebook| {
                let exchange = book.feedback(member, session);
                exchange.map(|e| (e.own(member).cloned(), e.theirs(member).cloned()))
            };
            assert_eq!(said(&book), said(&back));
        }
        assert_eq!(book.own_vote(member), back.own_vote(member));
        assert_eq!(
            book.decision(member.pairing()),
            back.decision(member.pairing())
        );
    }
    let told = |book: &Notebook| -> Vec<_> {
        let all = book.concerns(&contact);
        all.map(|r| (r.pairing, r.on, r.reporter, r.words.to_owned()))
            .collect()
    };
    assert_eq!(told(&book), told(&back));
    assert!(book.references().eq(back.references()));
}

/// Answers to what ships and to an item of the host's, enough of them that there are sums.
pub(crate) fn pulses(world: &World, dice: &mut Dice) {
    let own = Item::new(label(dice), label(dice), Better::High, Roles::BOTH);
    let mut items = Items::standard();
    if let Ok(more) = own
        .map_err(drop)
        .and_then(|own| items.clone().with(own).map_err(drop))
    {
        items = more;
    }
    let mut book = PulseBook::new(items, Threshold::new(3).unwrap());
    for on in [30, 60] {
        for member in world.members().iter().flatten() {
            let theirs = book
                .items()
                .iter()
                .filter(|item| item.asked().contains(member.role()));
            let theirs: Vec<Item> = theirs.cloned().collect();
            let asked = theirs.iter().skip(dice.roll(3) as usize).take(3);
            let round = Round::new(asked).unwrap();
            let answers: Vec<_> = round
                .items()
                .map(|item| {
                    (
                        item.code().clone(),
                        Answer::new(1 + dice.roll(5) as u8).unwrap(),
                    )
                })
                .collect();
            book.answer(member, &round, day(on), answers).unwrap();
        }
    }
    let record: PulseRecord = again(&book.to_record());
    let back = PulseBook::from_record(record).unwrap();
    for member in world.members().iter().flatten() {
        assert!(book.own(member).eq(back.own(member)));
    }
    assert_eq!(book.threshold(), back.threshold());
    assert!(book.items() == back.items());
    for (item, side) in book
        .items()
        .iter()
        .flat_map(|item| ROLES.map(|side| (item, side)))
    {
        let code = item.code().as_str();
        assert_eq!(
            book.tally(code, side, day(60)),
            back.tally(code, side, day(60))
        );
    }
}

/// What a release leaves behind, by a label of the host's.
pub(crate) fn ledger(world: &World, dice: &mut Dice) {
    let labels: Vec<_> = world
        .history()
        .pairings()
        .map(|(id, _)| (id, label(dice)))
        .collect();
    let publisher = Publisher::new(world.history(), metrics(), day(world.today + 90))
        .threshold(Threshold::new(3).unwrap())
        .by(Breakdown::new(label(dice), labels));
    let mut ledger = Ledger::new();
    for first in [0, 45] {
        let period = Period::new(day(first), day(first + 40)).unwrap();
        publisher.release(period, &mut ledger).unwrap();
        assert_eq!(again(&ledger), ledger);
    }
}

/// The small ones: a list of the erased, closed days, a charter in the making.
pub(crate) fn small(dice: &mut Dice) {
    let mut erasure = Erasure::new();
    for _ in 0..dice.roll(6) {
        erasure.add(person_id(dice.below(20)), day(dice.roll(400) as i64));
    }
    assert_eq!(again(&erasure), erasure);
    let closed = (0..dice.roll(5)).map(|_| {
        let first = dice.roll(300) as i64;
        day(first)..=day(first + dice.roll(20) as i64)
    });
    let calendar = Calendar::new(closed.collect::<Vec<_>>()).unwrap();
    assert_eq!(again(&calendar), calendar);
    let mut open = draft();
    open.purpose = (dice.roll(3) > 0).then(|| label(dice));
    open.sponsor = open.sponsor.filter(|_| dice.roll(3) > 0);
    open.curriculum = open.curriculum.filter(|_| dice.roll(3) > 0);
    open.budget = open.budget.filter(|_| dice.roll(3) > 0);
    open.ends = open.ends.filter(|_| dice.roll(3) > 0);
    let read: CharterDraft = again(&open);
    assert_eq!(read, open);
}

/// A plan, as far as it reads back: its pairs and their scores, whatever the people are called.
pub(crate) fn plans(roster: &Roster) {
    let (policy, context) = (Policy::core_only(), Context::new(day(0)));
    let eligibility = Eligibility::new(roster, &policy, &context);
    let Ok(plan) = plan(&eligibility, &Criteria::standard(), &Optimal::most_pairs()) else {
        return;
    };
    let text = serde_json::to_string(&plan.to_record()).unwrap();
    let read: EarlierPlan = serde_json::from_str(&text).unwrap();
    assert_eq!(read, EarlierPlan::from(&plan));
    assert_eq!(read.pairs().len(), plan.proposals.len());
    let same: Vec<_> = read.pairs_in(roster).collect();
    for proposal in &plan.proposals {
        assert!(same.contains(&proposal.proof.pair()));
    }
}
