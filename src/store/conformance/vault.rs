//! What has to be forgotten, and what must not be.

use std::num::NonZeroUsize;

use super::bench::{Bench, Broken, Trial};
use super::handles::acknowledged;
use super::samples::{TEXTS, day, later};
use super::{Clause, OpenVault};
use crate::ids::{ParticipantId, ProgramId};
use crate::store::{Card, Drawer, EraseError, PutError, SealError, Vault};
use crate::subject::Erasure;
use crate::text::Key;

pub(super) fn check(bench: &mut Bench<'_>, open: OpenVault<'_>) {
    let clauses = [
        cards,
        keys,
        drawers,
        erases,
        stays_erased,
        erase_whole,
        forgets_again,
        blind,
    ];
    let scene = Scene::set(bench, open);
    let (Ok(()) | Err(Broken)) = scene.and_then(|scene| acknowledged(bench, open, scene));
    for clause in clauses {
        let scene = Scene::set(bench, open);
        let (Ok(()) | Err(Broken)) = scene.and_then(|mut scene| clause(bench, &mut scene));
    }
}

/// A programme of the suite with three people who have cards.
pub(super) struct Scene {
    pub(super) vault: Box<dyn Vault>,
    pub(super) program: ProgramId,
    pub(super) people: [ParticipantId; 3],
}

impl Scene {
    fn set(bench: &mut Bench<'_>, open: OpenVault<'_>) -> Result<Self, Broken> {
        let vault = bench.answer(Clause::Opens, "opening a handle", open())?;
        let program = bench.program();
        let mut people = [0; 3].map(|_| ParticipantId::new(bench.id()));
        people.sort_unstable();
        let mut scene = Self {
            vault,
            program,
            people,
        };
        for (person, key) in people.into_iter().zip(["a", "b", "c"]) {
            let card = card(bench, key, "somebody", "")?;
            let put = scene.vault.put(program, person, &card);
            bench.answer(Clause::Cards, "putting a card", put)?;
        }
        Ok(scene)
    }

    fn first(&self) -> ParticipantId {
        let [first, ..] = self.people;
        first
    }

    fn erase(
        &mut self,
        bench: &mut Bench<'_>,
        clause: Clause,
        list: &Erasure,
        drawers: &[(Drawer, &[u8])],
    ) -> Result<u64, Broken> {
        let wiped = self.vault.erase(self.program, list, drawers);
        Ok(bench.answer(clause, "erasing", wiped)?.cards)
    }

    /// Whose cards there are.
    fn there(
        &mut self,
        bench: &mut Bench<'_>,
        clause: Clause,
    ) -> Result<Vec<ParticipantId>, Broken> {
        let cards = self.vault.cards(self.program, None, NonZeroUsize::MAX);
        let cards = bench.answer(clause, "reading cards", cards)?;
        Ok(cards.into_iter().map(|(person, _)| person).collect())
    }
}

pub(super) fn card(
    bench: &mut Bench<'_>,
    key: &str,
    name: &str,
    notes: &str,
) -> Result<Card, Broken> {
    let key = bench.answer(Clause::Opens, "a key of the suite itself", Key::new(key))?;
    Ok(Card {
        key,
        name: name.to_owned(),
        notes: notes.to_owned(),
    })
}

pub(super) fn list(people: &[ParticipantId]) -> Erasure {
    let mut list = Erasure::new();
    for (person, days) in people.iter().zip(0..) {
        list.add(*person, later(days));
    }
    list
}

fn cards(bench: &mut Bench<'_>, scene: &mut Scene) -> Trial {
    let (clause, program) = (Clause::Cards, scene.program);
    let long = "x".repeat(100_000);
    for text in TEXTS.into_iter().chain(["", long.as_str()]) {
        let key = Key::new(text).map_or_else(|_| "plain".to_owned(), |_| text.to_owned());
        let given = card(bench, &key, text, text)?;
        let put = scene.vault.put(program, scene.first(), &given);
        bench.answer(clause, "replacing a card", put)?;
        let found = scene.vault.card(program, scene.first());
        let found = bench.answer(clause, "reading a card", found)?;
        bench.expect(found == Some(given.clone()), clause, || {
            format!("does not give back the text {}", crate::text::Quoted(text))
        })?;
        let holder = scene.vault.find(program, &given.key);
        let holder = bench.answer(clause, "finding a key", holder)?;
        bench.expect(holder == Some(scene.first()), clause, || {
            format!("does not find the key {}", crate::text::Quoted(&key))
        })?;
    }
    let gone = card(bench, "a", "", "")?.key;
    let holder = scene.vault.find(program, &gone);
    let holder = bench.answer(clause, "finding a key", holder)?;
    bench.expect(holder.is_none(), clause, || {
        "finds a key that was replaced".to_owned()
    })?;
    let mut found = Vec::new();
    while found.len() < 4 {
        let after = found.last().copied();
        let page = scene.vault.cards(program, after, NonZeroUsize::MIN);
        match bench.answer(clause, "reading cards", page)?.first() {
            Some((person, _)) => found.push(*person),
            None => break,
        }
    }
    bench.expect(found == scene.people, clause, || {
        "does not give each card once, by id, in pages of one".to_owned()
    })
}

fn keys(bench: &mut Bench<'_>, scene: &mut Scene) -> Trial {
    let (clause, [first, second, _]) = (Clause::Keys, scene.people);
    let twice = card(bench, "b", "another", "")?;
    let put = scene.vault.put(scene.program, first, &twice);
    let named = matches!(put, Err(PutError::KeyTaken { participant, holder }) if (participant, holder) == (first, second));
    bench.expect(named, clause, || {
        "a key of somebody else is not refused with who has it".to_owned()
    })?;
    let kept = scene.vault.card(scene.program, first);
    let kept = bench.answer(clause, "reading a card", kept)?;
    bench.expect(
        kept.is_some_and(|card| card.key.as_str() == "a"),
        clause,
        || "a refused card is kept".to_owned(),
    )?;
    // Bytes are compared: neither case nor accents nor white space make two keys one.
    for (person, key) in scene.people.into_iter().zip(["é", "e\u{301}", "É"]) {
        let card = card(bench, key, "", "")?;
        let put = scene.vault.put(scene.program, person, &card);
        bench.answer(clause, "putting a key that looks like another", put)?;
    }
    Ok(())
}

fn drawers(bench: &mut Bench<'_>, scene: &mut Scene) -> Trial {
    let (clause, program) = (Clause::Drawers, scene.program);
    let bytes: Vec<u8> = (0..=255).collect();
    let long = bytes.repeat(1_000);
    let none = Erasure::new();
    for content in [&b""[..], &bytes, &long, b"short"] {
        for drawer in Drawer::ALL {
            let sealed = scene.vault.seal(program, drawer, content, &none);
            bench.answer(clause, "sealing", sealed)?;
        }
        for drawer in Drawer::ALL {
            let found = scene.vault.unseal(program, drawer);
            let found = bench.answer(clause, "unsealing", found)?;
            bench.expect(found.as_deref() == Some(content), clause, || {
                format!("the drawer `{drawer}` gives something else than was put in")
            })?;
        }
    }
    Ok(())
}

fn erases(bench: &mut Bench<'_>, scene: &mut Scene) -> Trial {
    let (clause, program, [first, second, third]) = (Clause::Erases, scene.program, scene.people);
    let mut list = list(&[second]);
    for (gone, left) in [(1, vec![first, third]), (0, vec![first, third])] {
        let cards = scene.erase(bench, clause, &list, &[])?;
        bench.expect(cards == gone, clause, || {
            format!("says that {cards} cards are gone where it is {gone}")
        })?;
        let there = scene.there(bench, clause)?;
        bench.expect(there == left, clause, || {
            "has other cards than those of who is left".to_owned()
        })?;
    }
    let key = card(bench, "b", "", "")?.key;
    let holder = scene.vault.find(program, &key);
    let holder = bench.answer(clause, "finding a key", holder)?;
    bench.expect(holder.is_none(), clause, || {
        "finds the key of somebody who is erased".to_owned()
    })?;
    // Who is only hidden still has it.
    let next = ParticipantId::new(bench.id());
    let put = scene
        .vault
        .put(program, next, &card(bench, "b", "new", "")?);
    bench.answer(clause, "putting the key of somebody who is erased", put)?;
    // Somebody without a card, too; and the day of who was erased before stays.
    let unknown = ParticipantId::new(bench.id());
    list.add(unknown, later(3));
    let mut another = Erasure::new();
    another.add(unknown, later(3));
    another.add(second, later(9));
    scene.erase(bench, clause, &another, &[])?;
    let found = scene.vault.erased(program);
    let found = bench.answer(clause, "asking who is erased", found)?;
    bench.expect(found == list, clause, || {
        "gives another list of the erased than it was given, first days first".to_owned()
    })
}

fn stays_erased(bench: &mut Bench<'_>, scene: &mut Scene) -> Trial {
    let (clause, program, first) = (Clause::StaysErased, scene.program, scene.first());
    let list = list(&[first]);
    scene.erase(bench, clause, &list, &[])?;
    let back = card(bench, "back", "again", "")?;
    let put = scene.vault.put(program, first, &back);
    let refused = matches!(put, Err(PutError::Erased(person)) if person == first);
    bench.expect(refused, clause, || {
        "a card of somebody who is erased is not refused".to_owned()
    })?;
    let there = scene.there(bench, clause)?;
    bench.expect(!there.contains(&first), clause, || {
        "has a card of somebody who is erased".to_owned()
    })?;
    let drawer = Drawer::Notebook;
    let sealed = scene.vault.seal(program, drawer, b"old", &Erasure::new());
    let refused = matches!(&sealed, Err(SealError::Behind(people)) if *people == [first]);
    bench.expect(refused, clause, || {
        "what is from before an erasure is sealed".to_owned()
    })?;
    let found = scene.vault.unseal(program, drawer);
    let found = bench.answer(clause, "unsealing", found)?;
    bench.expect(found.is_none(), clause, || {
        "has in a drawer what it refused".to_owned()
    })?;
    let sealed = scene.vault.seal(program, drawer, b"new", &list);
    bench.answer(clause, "sealing", sealed)
}

fn erase_whole(bench: &mut Bench<'_>, scene: &mut Scene) -> Trial {
    let (clause, program, [first, second, _]) = (Clause::EraseWhole, scene.program, scene.people);
    for drawer in [Drawer::Notebook, Drawer::Pulses] {
        let sealed = scene.vault.seal(program, drawer, b"both", &Erasure::new());
        bench.answer(clause, "sealing", sealed)?;
    }
    let one = list(&[first]);
    let given: [(Drawer, &[u8]); 2] = [(Drawer::Pulses, b"new"), (Drawer::Roster, b"new")];
    let refused = scene.vault.erase(program, &one, &given);
    let named = matches!(&refused, Err(EraseError::Drawers(left)) if *left == [Drawer::Notebook]);
    bench.expect(named, clause, || {
        "an erasure that leaves a drawer as it was is not refused by its name".to_owned()
    })?;
    unchanged(bench, scene, 3, b"both")?;
    let twice: [(Drawer, &[u8]); 3] = [
        (Drawer::Pulses, b"new"),
        (Drawer::Notebook, b"new"),
        (Drawer::Pulses, b"newer"),
    ];
    let refused = scene.vault.erase(program, &one, &twice);
    let named = matches!(&refused, Err(EraseError::Twice(given)) if *given == [Drawer::Pulses]);
    bench.expect(named, clause, || {
        "an erasure that gives a drawer twice is not refused by its name".to_owned()
    })?;
    unchanged(bench, scene, 3, b"both")?;
    let given: [(Drawer, &[u8]); 2] = [(Drawer::Pulses, b"new"), (Drawer::Notebook, b"new")];
    scene.erase(bench, clause, &one, &given)?;
    unchanged(bench, scene, 2, b"new")?;
    let given: [(Drawer, &[u8]); 2] = [(Drawer::Pulses, b"late"), (Drawer::Notebook, b"late")];
    let refused = scene.vault.erase(program, &list(&[second]), &given);
    let named = matches!(&refused, Err(EraseError::Behind(people)) if *people == [first]);
    bench.expect(named, clause, || {
        "a list that is older than the vault's is not refused with whom it lacks".to_owned()
    })?;
    unchanged(bench, scene, 2, b"new")
}

fn unchanged(bench: &mut Bench<'_>, scene: &mut Scene, cards: usize, content: &[u8]) -> Trial {
    let clause = Clause::EraseWhole;
    let there = scene.there(bench, clause)?.len();
    let erased = scene.vault.erased(scene.program);
    let erased = bench.answer(clause, "asking who is erased", erased)?;
    let mut same = there == cards && erased.people().len() == 3 - cards;
    for drawer in [Drawer::Notebook, Drawer::Pulses] {
        let found = scene.vault.unseal(scene.program, drawer);
        let found = bench.answer(clause, "unsealing", found)?;
        same &= found.as_deref() == Some(content);
    }
    bench.expect(same, clause, || {
        "an erasure is done in part, or a refused one is".to_owned()
    })
}

/// As after a backup: the vault has everybody, the list that was kept apart has two.
fn forgets_again(bench: &mut Bench<'_>, scene: &mut Scene) -> Trial {
    let (clause, [first, second, third]) = (Clause::ForgetsAgain, scene.people);
    let (one, two) = (list(&[second]), list(&[second, first]));
    for list in [&one, &two, &two] {
        scene.erase(bench, clause, list, &[])?;
    }
    let there = scene.there(bench, clause)?;
    let erased = scene.vault.erased(scene.program);
    let erased = bench.answer(clause, "asking who is erased", erased)?;
    bench.expect(there == [third] && erased == two, clause, || {
        "a longer list does not leave those alone whom it does not name".to_owned()
    })
}

fn blind(bench: &mut Bench<'_>, scene: &mut Scene) -> Trial {
    let (clause, other, first) = (Clause::VaultBlind, bench.program(), scene.first());
    let (none, drawer) = (Erasure::new(), Drawer::Notebook);
    let strange = card(bench, "a", "of another programme", "")?;
    let found = scene.vault.card(other, first);
    let found = bench.answer(clause, "reading a card", found)?;
    let holder = scene.vault.find(other, &strange.key);
    let holder = bench.answer(clause, "finding a key", holder)?;
    bench.expect(found.is_none() && holder.is_none(), clause, || {
        "gives a card of another programme".to_owned()
    })?;
    let put = scene.vault.put(other, first, &strange);
    bench.answer(clause, "putting the same person and key elsewhere", put)?;
    for (program, content) in [(scene.program, &b"one"[..]), (other, b"other")] {
        let sealed = scene.vault.seal(program, drawer, content, &none);
        bench.answer(clause, "sealing", sealed)?;
    }
    let mut gone = Erasure::new();
    gone.add(first, day());
    let wiped = scene.vault.erase(other, &gone, &[(drawer, b"less")]);
    let _ = bench.answer(clause, "erasing", wiped)?;
    let there = scene.there(bench, clause)?;
    let erased = scene.vault.erased(scene.program);
    let erased = bench.answer(clause, "asking who is erased", erased)?;
    let found = scene.vault.unseal(scene.program, drawer);
    let found = bench.answer(clause, "unsealing", found)?;
    let same = there == scene.people && erased == none && found.as_deref() == Some(b"one");
    bench.expect(same, clause, || {
        "an erasure in one programme shows in another".to_owned()
    })
}
