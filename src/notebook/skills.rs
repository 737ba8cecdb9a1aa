//! Sensitive skills go by a reference; what they are is read as one of the pair.

use std::collections::{BTreeMap, BTreeSet};

use super::Notebook;
use crate::ids::{IdSource, ParticipantId};
use crate::pair::Role;
use crate::pairing::Pairing;
use crate::privacy::Member;
use crate::roster::{ResolveError, Resolved, Roster, Skill, SkillCatalogue};
use crate::text::{Quoted, TextError};

/// Why there is no reference for a skill.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// The source of ids gave one that it had given before.
    #[error("the reference {} stands for another skill already", Quoted(.0.as_str()))]
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

    /// The roster with everybody's skills in the place of the names that a catalogue knows, and what is
    /// sensitive among them under references as of [`refer`](Self::refer).
    ///
    /// Call it for every roster that is read: the same skills get the same references.
    ///
    /// ```
    /// use reverse_mentoring::ids::{ParticipantId, SequentialIds};
    /// use reverse_mentoring::notebook::Notebook;
    /// use reverse_mentoring::roster::{
    ///     Experience, Line, NamedSkill, Offer, Participant, ReportingLines, Roster, Sensitivity, Side, Skill, SkillCatalogue,
    /// };
    /// use reverse_mentoring::text::{Key, Label};
    ///
    /// let grief = NamedSkill::new(Label::new("grief")?, Skill::new("living with a loss")?);
    /// let catalogue = SkillCatalogue::new([grief.with_sensitivity(Sensitivity::Sensitive)])?;
    /// let mut ids = SequentialIds::new(1);
    /// let ada = Participant::new(ParticipantId::from_source(&mut ids), Key::new("ada")?, Side::Mentor, Experience::grade(2))
    ///     .with_offers([Offer::new("grief", 4)?])?;
    /// let roster = Roster::new([ada], ReportingLines::new([Line::root("ada")])?)?;
    ///
    /// let mut notebook = Notebook::new();
    /// let resolved = notebook.resolve(&catalogue, &roster, &mut ids)?;
    /// let stated = resolved.roster.participants()[0].profile().offers()[0].skill().as_str();
    /// assert_eq!(stated, "skill 00000001-0000-8000-8000-000000000002");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ResolveError::StatedTwice`] with everybody who states a skill under two names, and nothing has changed;
    /// [`ResolveError::Reference`] where the source of ids repeats itself: the notebook may know of some people
    /// then what they state, and knows nothing wrong.
    pub fn resolve(
        &mut self,
        catalogue: &SkillCatalogue,
        roster: &Roster,
        ids: &mut impl IdSource,
    ) -> Result<Resolved, ResolveError<ReferenceError>> {
        let mut resolved =
            catalogue.resolve_with(roster, |who, skill| self.refer(who, skill.clone(), ids))?;
        let kept = &self.skills.0;
        resolved.unknown.retain(|name, _| !kept.contains_key(name));
        Ok(resolved)
    }

    /// The references to everything sensitive that is stated: for [`Search::with_sensitive`](crate::matching::Search::with_sensitive).
    pub fn references(&self) -> impl ExactSizeIterator<Item = &Skill> {
        self.skills.0.keys()
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
