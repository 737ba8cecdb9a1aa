//! Several handles on one vault, one after the other.

use std::num::NonZeroUsize;

use super::bench::{Bench, Broken, Trial};
use super::vault::{Scene, card, list};
use super::{Clause, OpenVault};
use crate::ids::{ParticipantId, ProgramId};
use crate::store::{Card, Drawer, EraseError, PutError, SealError, Vault};
use crate::subject::Erasure;

const CLAUSE: Clause = Clause::VaultAcknowledged;

/// All that a handle shows of a programme.
#[derive(Clone, PartialEq)]
struct Shown {
    cards: Vec<(ParticipantId, Card)>,
    notebook: Option<Vec<u8>>,
    erased: Erasure,
}

impl Shown {
    fn by(
        bench: &mut Bench<'_>,
        vault: &mut dyn Vault,
        program: ProgramId,
    ) -> Result<Self, Broken> {
        let cards = vault.cards(program, None, NonZeroUsize::MAX);
        let notebook = vault.unseal(program, Drawer::Notebook);
        let erased = vault.erased(program);
        Ok(Self {
            cards: bench.answer(CLAUSE, "reading cards", cards)?,
            notebook: bench.answer(CLAUSE, "unsealing", notebook)?,
            erased: bench.answer(CLAUSE, "asking who is erased", erased)?,
        })
    }

    /// Whether a handle shows that and no more, also of somebody alone.
    fn holds(
        &self,
        bench: &mut Bench<'_>,
        vault: &mut dyn Vault,
        program: ProgramId,
        people: [ParticipantId; 3],
    ) -> Trial {
        let mut same = Self::by(bench, vault, program)? == *self;
        for person in people {
            let due = self.cards.iter().find(|(other, _)| *other == person);
            let found = vault.card(program, person);
            let found = bench.answer(CLAUSE, "reading a card", found)?;
            same &= found.as_ref() == due.map(|(_, card)| card);
        }
        for (person, card) in &self.cards {
            let found = vault.find(program, &card.key);
            let found = bench.answer(CLAUSE, "finding a key", found)?;
            same &= found == Some(*person);
        }
        bench.expect(same, CLAUSE, || {
            "what one handle did is not what another shows".to_owned()
        })
    }
}

/// What one handle does, the others know at once, those that have asked before and those that have not.
pub(super) fn acknowledged(bench: &mut Bench<'_>, open: OpenVault<'_>, mut scene: Scene) -> Trial {
    let handle = |bench: &mut Bench<'_>| bench.answer(Clause::Opens, "opening a handle", open());
    let (program, people) = (scene.program, scene.people);
    let [first, second, third] = people;
    let mut other = handle(bench)?;
    let mut due = Shown::by(bench, &mut *scene.vault, program)?;
    let everywhere =
        |bench: &mut Bench<'_>, due: &Shown, other: &mut dyn Vault, one: &mut dyn Vault| {
            due.holds(bench, other, program, people)?;
            let mut fresh = handle(bench)?;
            due.holds(bench, &mut *fresh, program, people)?;
            due.holds(bench, one, program, people)
        };
    everywhere(bench, &due, &mut *other, &mut *scene.vault)?;
    let new = card(bench, "d", "renamed", "")?;
    let put = scene.vault.put(program, first, &new);
    bench.answer(CLAUSE, "replacing a card", put)?;
    due.cards.retain(|(person, _)| *person != first);
    due.cards.insert(0, (first, new.clone()));
    everywhere(bench, &due, &mut *other, &mut *scene.vault)?;
    let sealed = scene
        .vault
        .seal(program, Drawer::Notebook, b"one", &Erasure::new());
    bench.answer(CLAUSE, "sealing", sealed)?;
    due.notebook = Some(b"one".to_vec());
    everywhere(bench, &due, &mut *other, &mut *scene.vault)?;
    let one = list(&[first]);
    let wiped = scene
        .vault
        .erase(program, &one, &[(Drawer::Notebook, b"two")]);
    let _ = bench.answer(CLAUSE, "erasing", wiped)?;
    due.cards.retain(|(person, _)| *person != first);
    due.notebook = Some(b"two".to_vec());
    due.erased = one;
    // What the other refuses rests on what the first has done, and it is asked before it has looked.
    refuses(bench, &mut *other, program, [first, second], &new)?;
    everywhere(bench, &due, &mut *other, &mut *scene.vault)?;
    let two = list(&[first, second]);
    let wiped = other.erase(program, &two, &[(Drawer::Notebook, b"three")]);
    let _ = bench.answer(CLAUSE, "erasing", wiped)?;
    due.cards.retain(|(person, _)| *person == third);
    due.notebook = Some(b"three".to_vec());
    due.erased = two;
    refuses(bench, &mut *scene.vault, program, [second, third], &new)?;
    everywhere(bench, &due, &mut *scene.vault, &mut *other)?;
    drop((other, scene.vault));
    let mut later = handle(bench)?;
    due.holds(bench, &mut *later, program, people)
}

/// Of two people the first is erased, and the list names the other alone.
fn refuses(
    bench: &mut Bench<'_>,
    vault: &mut dyn Vault,
    program: ProgramId,
    [gone, other]: [ParticipantId; 2],
    card: &Card,
) -> Trial {
    let put = matches!(vault.put(program, gone, card), Err(PutError::Erased(who)) if who == gone);
    let sealed = vault.seal(program, Drawer::Notebook, b"late", &list(&[other]));
    let sealed = matches!(&sealed, Err(SealError::Behind(people)) if people.contains(&gone));
    let late = vault.erase(program, &list(&[other]), &[(Drawer::Notebook, b"late")]);
    let late = matches!(&late, Err(EraseError::Behind(people)) if people.contains(&gone));
    bench.expect(put && sealed && late, CLAUSE, || {
        "does not refuse what another handle has forgotten".to_owned()
    })
}
