//! The stored form of a roster, with the ids and the traits that no file has.

use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::Roster;
use super::experience::Experience;
use super::offer::Level;
use super::participant::{Colleague, Participant};
use super::places::Hours;
use super::profile::Side;
use super::reporting::PersonRef;
use super::skill::Skill;
use super::traits::Traits;
use crate::ids::ParticipantId;
use crate::text::{Key, Label};

/// The version of the stored form that this release writes. It reads every version up to this one.
pub const ROSTER_VERSION: u16 = 1;

/// A roster for the host's store, and nothing else: it is written and read by serde, has no field that can be looked at,
/// and an empty `Debug`.
///
/// It holds all of the roster: everybody's lines, ids, skills with scheme, id and label, traits and reporting groups. A host
/// that restarts has the same roster from it, where a file would give everybody another id. Skills that were put under
/// [references](crate::notebook::Notebook::refer) are in it by these; what they stand for is in the notebook.
///
/// **The host encrypts it**, as it does the [notebook](crate::notebook::SealedRecord): the bytes that serde writes hold keys,
/// traits and groups in clear, and a key is as much as a name. Whoever is forgotten goes from the roster first
/// ([`Erasure::roster`](crate::subject::Erasure::roster)), and the record that is made of that replaces the old one.
///
/// ```
/// use reverse_mentoring::roster::{Roster, RosterRecord};
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let stored: Vec<u8> = serde_json::to_vec(&company.roster().to_record())?; // encrypt this
///
/// // Later: the same people under the same ids.
/// let record: RosterRecord = serde_json::from_slice(&stored)?;
/// let roster = Roster::from_record(record)?;
/// assert_eq!(roster.participants(), company.roster().participants());
/// assert_eq!(roster.fingerprint(), company.roster().fingerprint());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// ```compile_fail,E0616
/// # use reverse_mentoring::testing::Company;
/// let people = Company::sample().unwrap().roster().to_record().people;
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RosterRecord {
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = ROSTER_VERSION)))]
    pub(super) version: u16,
    pub(super) people: Vec<PersonRow>,
}

/// One person of the company: their lines, and what else is known.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct PersonRow {
    pub(super) key: Key,
    pub(super) solid: Solid,
    pub(super) dotted: BTreeSet<Key>,
    #[serde(rename = "is")]
    pub(super) known: Known,
}

/// To whom somebody reports. That it is nobody is said, and is no default for a row that says nothing.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum Solid {
    Root,
    Manager(Key),
}

/// What is known of somebody beyond their lines.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum Known {
    Unknown,
    Colleague(ColleagueRow),
    Participant(Box<ParticipantRow>),
}

#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ColleagueRow {
    pub(super) grade: Option<i32>,
    pub(super) experience_months: Option<u32>,
    pub(super) capacity: NonZeroU32,
    pub(super) hours_per_month: Option<Hours>,
}

#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ParticipantRow {
    pub(super) id: ParticipantId,
    pub(super) side: Side,
    pub(super) grade: Option<i32>,
    pub(super) experience_months: Option<u32>,
    pub(super) capacity: NonZeroU32,
    pub(super) hours_per_month: Option<Hours>,
    pub(super) offers: Vec<OfferRow>,
    pub(super) wishes: Vec<WishRow>,
    pub(super) unit: Option<Label>,
    pub(super) site: Option<Label>,
    pub(super) timezone: Option<Label>,
    pub(super) languages: BTreeSet<Label>,
    pub(super) interests: BTreeSet<Label>,
    pub(super) values: BTreeSet<Label>,
    pub(super) background: BTreeSet<Label>,
    pub(super) group: Option<Label>,
}

#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct OfferRow {
    pub(super) skill: Skill,
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub(super) level: Level,
}

#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct WishRow {
    pub(super) skill: Skill,
    #[cfg_attr(feature = "schema", schemars(range(max = 4)))]
    pub(super) from: Level,
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub(super) to: Level,
}

impl fmt::Debug for RosterRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RosterRecord(..)")
    }
}

impl Roster {
    /// The roster for the host's store.
    #[must_use]
    pub fn to_record(&self) -> RosterRecord {
        let mut participants = self.seats().peekable();
        let people = self.lines.people().map(|(person, key)| {
            // Both are by key.
            let own = participants.next_if(|(_, at)| *at == person);
            let known = match (own, self.colleague(person)) {
                (Some((p, _)), _) => Known::Participant(Box::new(ParticipantRow::of(p))),
                (None, Some(colleague)) => Known::Colleague(ColleagueRow::of(colleague)),
                (None, None) => Known::Unknown,
            };
            let key_of = |person: PersonRef| self.lines.key(person).cloned();
            let manager = self.lines.manager(person).and_then(key_of);
            let dotted = self.lines.dotted_managers(person);
            PersonRow {
                key: key.clone(),
                solid: manager.map_or(Solid::Root, Solid::Manager),
                dotted: dotted.filter_map(key_of).collect(),
                known,
            }
        });
        RosterRecord {
            version: ROSTER_VERSION,
            people: people.collect(),
        }
    }
}

impl ColleagueRow {
    fn of(colleague: &Colleague) -> Self {
        let experience = colleague.experience.as_ref();
        Self {
            grade: experience.and_then(Experience::as_grade),
            experience_months: experience.and_then(Experience::as_months),
            capacity: colleague.capacity.pairings(),
            hours_per_month: colleague.capacity.hours_per_month(),
        }
    }
}

impl ParticipantRow {
    fn of(participant: &Participant) -> Self {
        let p = participant.profile();
        let set = |traits: &Traits| traits.labels().iter().cloned().collect();
        let offers = p.offers().iter().map(|offer| OfferRow {
            skill: offer.skill().clone(),
            level: offer.level(),
        });
        let wishes = p.wishes().iter().map(|wish| WishRow {
            skill: wish.skill().clone(),
            from: wish.from(),
            to: wish.to(),
        });
        Self {
            id: p.id(),
            side: p.side(),
            grade: p.experience().as_grade(),
            experience_months: p.experience().as_months(),
            capacity: p.capacity().pairings(),
            hours_per_month: p.capacity().hours_per_month(),
            offers: offers.collect(),
            wishes: wishes.collect(),
            unit: p.unit().cloned(),
            site: p.site().cloned(),
            timezone: p.timezone().cloned(),
            languages: p.languages().iter().cloned().collect(),
            interests: set(p.interests()),
            values: set(p.values()),
            background: set(p.background()),
            group: participant.group().cloned(),
        }
    }
}
