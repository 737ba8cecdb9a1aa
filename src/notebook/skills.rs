//! Sensitive skills go by a reference; what they are is read as one of the pair.

use std::collections::{BTreeMap, BTreeSet};

use super::Notebook;
use crate::ids::{IdSource, ParticipantId};
use crate::pair::Role;
use crate::pairing::Pairing;
use crate::privacy::Member;
use crate::roster::Skill;
use crate::text::TextError;

/// Why there is no reference for a skill.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// The source of ids gave one that it had given before.
    #[error("the reference `{0}` stands for another skill already")]
    Taken(Skill),
    /// A reference is a skill's name, and this one cannot be one; none in fact.
    #[error(transparent)]
    Name(#[from] TextError),
}

/// What a reference stands for, and who has stated it.
pub(super) struct Named {
    pub(super) name: Skill,
    pub(super) stated_by: BTreeSet<ParticipantId>,
}

/// References to sensitive skills, with what they stand for.
// INVARIANT (one for one): no name stands under two references, and each has somebody who stated it. Kept by `refer`
// and `forget`; loading checks it.
#[derive(Default)]
pub(super) struct Skills(pub(super) BTreeMap<Skill, Named>);

impl Skills {
    fn refer(
        &mut self,
        who: ParticipantId,
        name: Skill,
        ids: &mut impl IdSource,
    ) -> Result<Skill, ReferenceError> {
        if let Some((reference, named)) = self.0.iter_mut().find(|(_, named)| named.name == name) {
            named.stated_by.insert(who);
            return Ok(reference.clone());
        }
        let reference = Skill::new(&format!("skill {}", ids.next_uuid()))?;
        if self.0.contains_key(&reference) {
            return Err(ReferenceError::Taken(reference));
        }
        let stated_by = BTreeSet::from([who]);
        self.0.insert(reference.clone(), Named { name, stated_by });
        Ok(reference)
    }

    /// Forgets that somebody stated anything; what nobody else has stated is forgotten altogether.
    pub(super) fn forget(&mut self, who: ParticipantId) {
        self.0.retain(|_, named| {
            named.stated_by.remove(&who);
            !named.stated_by.is_empty()
        });
    }
}

impl Notebook {
    /// The reference under which a sensitive skill goes into the roster, and from there into plans, goals and the journal:
    /// `skill` and an id that says nothing. Everybody who states the same skill, as an offer or as a wish, gets the same reference,
    /// so that the two find each other.
    ///
    /// A name looks up in proportion to how many sensitive skills there are.
    ///
    /// # Errors
    ///
    /// [`ReferenceError::Taken`] where the source of ids repeats itself; nothing has changed then.
    pub fn refer(
        &mut self,
        who: ParticipantId,
        name: Skill,
        ids: &mut impl IdSource,
    ) -> Result<Skill, ReferenceError> {
        self.skills.refer(who, name, ids)
    }

    /// What a reference stands for, read by one of the pair of which one learns it: `None` for everybody else.
    #[must_use]
    pub fn skill(&self, reader: &Member, pairing: &Pairing, reference: &Skill) -> Option<&Skill> {
        if reader.pairing() != pairing.id() {
            return None;
        }
        let goals = [Role::Mentor, Role::Mentee].map(|role| pairing.goals().of(role));
        let theirs = goals.iter().flat_map(|goals| goals.iter());
        let named = theirs.into_iter().any(|goal| goal.skill() == reference);
        named
            .then(|| self.skills.0.get(reference))?
            .map(|it| &it.name)
    }
}
