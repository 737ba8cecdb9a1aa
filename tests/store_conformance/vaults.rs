//! Vaults that lie in one way each.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use reverse_mentoring::ids::{ParticipantId, ProgramId};
use reverse_mentoring::store::*;
use reverse_mentoring::subject::Erasure;
use reverse_mentoring::text::Key;

use super::{Open, Shared, vaults as suite};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Lie {
    TakesTheErasedBack,
    SealsWhatIsOld,
    KeepsNoList,
    ErasesElsewhere,
    LeavesDrawers,
    ErasesBeforeItRefuses,
    FindsTheErased,
    ErasesEverybody,
    FoldsKeys,
    TakesKeysTwice,
    TrimsNames,
    EndsDrawersAtZero,
    MixesDrawers,
    PagesFromTheStart,
    CountsTheList,
    SharesCards,
    TakesTheLastDay,
    RemembersTheList,
    KnowsItsOwnErasuresAlone,
    HidesCards,
    TakesADrawerTwice,
    IsGoneWithItsHandles,
}

struct Liar {
    vault: MemoryStore,
    lie: Lie,
    memory: BTreeMap<String, ParticipantId>,
    /// Everybody of all programmes in one.
    common: ProgramId,
    /// The lists that this handle has asked for, or has given.
    lists: BTreeMap<ProgramId, Erasure>,
    /// The keys of those who are erased.
    hidden: BTreeMap<(ProgramId, Key), ParticipantId>,
    _open: Open,
}

impl Liar {
    fn of(&self, program: ProgramId) -> ProgramId {
        match self.lie {
            Lie::SharesCards => self.common,
            _ => program,
        }
    }
}

impl Vault for Liar {
    fn put(&mut self, program: ProgramId, who: ParticipantId, card: &Card) -> Result<(), PutError> {
        let program = self.of(program);
        let mut card = card.clone();
        self.memory.insert(card.key.as_str().to_owned(), who);
        match self.lie {
            Lie::FoldsKeys => {
                let folded = card.key.as_str().replace("e\u{301}", "é").to_lowercase();
                card.key = Key::new(folded).unwrap();
            }
            Lie::HidesCards => {
                let holder = self.hidden.get(&(program, card.key.clone()));
                if let Some(&holder) = holder.filter(|holder| **holder != who) {
                    return Err(PutError::KeyTaken {
                        participant: who,
                        holder,
                    });
                }
            }
            Lie::TrimsNames => card.name = card.name.trim().to_owned(),
            _ => {}
        }
        match self.vault.put(program, who, &card) {
            Err(PutError::Erased(_)) if self.lie == Lie::TakesTheErasedBack => Ok(()),
            Err(PutError::Erased(_))
                if self.lie == Lie::KnowsItsOwnErasuresAlone
                    && !self
                        .lists
                        .get(&program)
                        .is_some_and(|list| list.contains(who)) =>
            {
                Ok(())
            }
            Err(PutError::KeyTaken { .. }) if self.lie == Lie::TakesKeysTwice => Ok(()),
            answer => answer,
        }
    }

    fn card(&mut self, program: ProgramId, who: ParticipantId) -> Result<Option<Card>, StoreError> {
        self.vault.card(self.of(program), who)
    }

    fn find(&mut self, program: ProgramId, key: &Key) -> Result<Option<ParticipantId>, StoreError> {
        match self.lie {
            Lie::FindsTheErased => Ok(self.memory.get(key.as_str()).copied()),
            _ => self.vault.find(self.of(program), key),
        }
    }

    fn cards(
        &mut self,
        program: ProgramId,
        after: Option<ParticipantId>,
        most: NonZeroUsize,
    ) -> Result<Vec<(ParticipantId, Card)>, StoreError> {
        let after = after.filter(|_| self.lie != Lie::PagesFromTheStart);
        self.vault.cards(self.of(program), after, most)
    }

    fn seal(
        &mut self,
        program: ProgramId,
        drawer: Drawer,
        content: &[u8],
        applied: &Erasure,
    ) -> Result<(), SealError> {
        let known = self.vault.erased(program)?;
        let applied = match self.lie {
            Lie::SealsWhatIsOld => &known,
            _ => applied,
        };
        let content = match self.lie {
            Lie::EndsDrawersAtZero => content.split(|b| *b == 0).next().unwrap(),
            _ => content,
        };
        let drawer = match (self.lie, drawer) {
            (Lie::MixesDrawers, Drawer::Pulses) => Drawer::Notebook,
            _ => drawer,
        };
        self.vault.seal(program, drawer, content, applied)
    }

    fn unseal(
        &mut self,
        program: ProgramId,
        drawer: Drawer,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.vault.unseal(program, drawer)
    }

    fn erase(
        &mut self,
        program: ProgramId,
        list: &Erasure,
        drawers: &[(Drawer, &[u8])],
    ) -> Result<Wiped, EraseError> {
        let program = self.of(program);
        let mut given = drawers.to_vec();
        let mut list = list.clone();
        let today = reverse_mentoring::chrono::NaiveDate::default();
        match self.lie {
            Lie::KeepsNoList => return Ok(Wiped::new(1, Traces::Gone)),
            Lie::LeavesDrawers => {
                for drawer in Drawer::ALL {
                    let kept = self.vault.unseal(program, drawer)?;
                    if let Some(kept) = kept.filter(|_| !given.iter().any(|(d, _)| *d == drawer)) {
                        given.push((drawer, kept.leak()));
                    }
                }
            }
            Lie::ErasesBeforeItRefuses => {
                let mut all: Vec<(Drawer, &[u8])> = given.clone();
                all.extend([(Drawer::Notebook, &b"both"[..])]);
                let answer = self.vault.erase(program, &list, &given);
                if answer.is_err() {
                    let _ = self.vault.erase(program, &list, &all);
                }
                return answer;
            }
            Lie::ErasesEverybody => {
                for (person, _) in self.vault.cards(program, None, NonZeroUsize::MAX)? {
                    list.add(person, today);
                }
            }
            Lie::ErasesElsewhere => {
                // The scene's programme is drawn right before its people, the other right after them.
                let scene = program.as_uuid().as_u128() - 4;
                let scene = ProgramId::new(reverse_mentoring::uuid::Uuid::from_u128(scene));
                let _ = self.vault.erase(scene, &list, &given);
            }
            Lie::TakesADrawerTwice => {
                given = Vec::new();
                for drawer in Drawer::ALL {
                    given.extend(drawers.iter().rev().find(|(other, _)| *other == drawer));
                }
            }
            Lie::HidesCards => {
                for (person, card) in self.vault.cards(program, None, NonZeroUsize::MAX)? {
                    if list.contains(person) {
                        self.hidden.insert((program, card.key), person);
                    }
                }
            }
            Lie::TakesTheLastDay => {
                let answer = self.vault.erase(program, &list, &given)?;
                return Ok(answer);
            }
            _ => {}
        }
        let wiped = self.vault.erase(program, &list, &given)?;
        let whole = self.vault.erased(program)?;
        self.lists.insert(program, whole);
        Ok(match self.lie {
            Lie::CountsTheList => Wiped::new(list.people().len() as u64, wiped.traces),
            _ => wiped,
        })
    }

    fn erased(&mut self, program: ProgramId) -> Result<Erasure, StoreError> {
        let erased = self.vault.erased(self.of(program))?;
        if self.lie == Lie::RemembersTheList {
            return Ok(self.lists.entry(program).or_insert(erased).clone());
        }
        if self.lie == Lie::TakesTheLastDay {
            let mut list = Erasure::new();
            for (person, on) in erased.people() {
                list.add(person, on + reverse_mentoring::chrono::Days::new(1));
            }
            return Ok(list);
        }
        Ok(erased)
    }
}

fn broken(lie: Lie) -> Vec<String> {
    let shared = Shared::new(lie == Lie::IsGoneWithItsHandles);
    let common = ProgramId::new(reverse_mentoring::uuid::Uuid::nil());
    suite(|| {
        let (vault, _open) = shared.open();
        Liar {
            vault,
            lie,
            memory: BTreeMap::new(),
            common,
            lists: BTreeMap::new(),
            hidden: BTreeMap::new(),
            _open,
        }
    })
}

#[test]
fn every_lie_is_named() {
    let cases: [(Lie, &[&str]); 22] = [
        (
            Lie::TakesTheErasedBack,
            &["vault-acknowledged", "stays-erased"],
        ),
        (Lie::SealsWhatIsOld, &["vault-acknowledged", "stays-erased"]),
        (
            Lie::KeepsNoList,
            &[
                "vault-acknowledged",
                "erases",
                "stays-erased",
                "erase-whole",
                "forgets-again",
            ],
        ),
        (Lie::ErasesElsewhere, &["vault-blind"]),
        (Lie::LeavesDrawers, &["erase-whole"]),
        (Lie::ErasesBeforeItRefuses, &["erase-whole"]),
        (
            Lie::FindsTheErased,
            &["cards", "vault-acknowledged", "erases", "vault-blind"],
        ),
        (
            Lie::ErasesEverybody,
            &[
                "vault-acknowledged",
                "erases",
                "stays-erased",
                "erase-whole",
                "forgets-again",
            ],
        ),
        (Lie::FoldsKeys, &["cards", "keys"]),
        (Lie::TakesKeysTwice, &["keys"]),
        (Lie::TrimsNames, &["cards"]),
        (Lie::EndsDrawersAtZero, &["drawers"]),
        (Lie::MixesDrawers, &["drawers", "erase-whole"]),
        (Lie::PagesFromTheStart, &["cards"]),
        (Lie::CountsTheList, &["erases"]),
        (Lie::SharesCards, &["cards", "vault-acknowledged"]),
        (
            Lie::TakesTheLastDay,
            &["vault-acknowledged", "erases", "forgets-again"],
        ),
        (Lie::RemembersTheList, &["vault-acknowledged"]),
        (Lie::KnowsItsOwnErasuresAlone, &["vault-acknowledged"]),
        (Lie::HidesCards, &["vault-acknowledged", "erases"]),
        (Lie::TakesADrawerTwice, &["erase-whole"]),
        (Lie::IsGoneWithItsHandles, &["vault-acknowledged"]),
    ];
    let mut wrong = Vec::new();
    for (lie, due) in cases {
        let found = broken(lie);
        if found != due {
            wrong.push((lie, found, due));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_vault_that_no_other_handle_shares_is_named() {
    assert_eq!(suite(MemoryStore::new), ["vault-acknowledged"]);
}
