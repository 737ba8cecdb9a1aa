//! Everything that is held about one person, for that person.

use std::fmt;

use serde::Serialize;

use super::journal;
use super::parts::{NotebookPart, PairingPart, RosterPart};
use super::person::{EnrolmentPart, ExemptionPart, PlacesPart, TrainingPart};
use super::planned::{ChoicePart, FormerPart, PinPart, PlanningPart, RelationPart};
use super::pulses::PulsePart;
use crate::history::History;
use crate::ids::{PairingId, ParticipantId};
use crate::journal::Entry;
use crate::matching::Pin;
use crate::notebook::Notebook;
use crate::pair::{Pair, Role};
use crate::policy::{Context, MentorChoices};
use crate::privacy::Member;
use crate::pulse::PulseBook;
use crate::roster::Roster;

/// What the library's types hold about one person, to be written out for that person by serde.
///
/// It starts with their id alone and is given one source after the other. What is in it:
///
/// - of a [roster](Self::with_roster): key, experience, places, offers, wishes, traits (which otherwise only the host's [record](crate::roster::RosterRecord) holds),
///   reporting group, their own lines;
/// - of a [history](Self::with_history): places, enrolments and exemptions over time, the training that they finished, and their
///   pairings with sessions, what they responded to them and when, the day on which they signed, goals and holds;
/// - of a [journal](Self::with_journal): every entry about them, without what it says about others;
/// - of a [notebook](Self::with_notebook): what they wrote, voted, stated and signed, and feedback that is revealed to them;
/// - of a [book of pulses](Self::with_pulses): what they answered;
/// - of [choices](Self::with_choices), [pins](Self::with_pins) and a [context](Self::with_context): what they stated, and
///   what is known about them. Of choices and exclusions made by others it says the rank and the number, not who made them.
///
/// Partners appear by their ids, managers by their keys. In JSON every key is always there; lists are in the order of
/// their source, which is one that does not hang on the order of rows. `Debug` shows the id alone.
///
/// ```
/// use reverse_mentoring::subject::Export;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let bo = company.roster().by_key("bo").unwrap();
/// let export = Export::of(bo.id()).with_roster(company.roster()).with_history(company.history());
/// let json = serde_json::to_value(&export)?;
/// assert_eq!(json["roster"]["key"], "bo");
/// assert!(json["journal"].as_array().is_some_and(Vec::is_empty)); // no journal was given
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Export {
    participant: ParticipantId,
    roster: Option<RosterPart>,
    places: Vec<PlacesPart>,
    enrolments: Vec<EnrolmentPart>,
    training: Vec<TrainingPart>,
    exemptions: Vec<ExemptionPart>,
    pairings: Vec<PairingPart>,
    journal: Vec<Entry>,
    notebook: NotebookPart,
    pulses: Vec<PulsePart>,
    planning: PlanningPart,
}

/// The id alone.
impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Export")
            .field("participant", &self.participant)
            .finish_non_exhaustive()
    }
}

/// The pairings of somebody with their role, by id.
fn seats(
    person: ParticipantId,
    history: &History,
) -> impl Iterator<Item = (PairingId, Role)> + use<'_> {
    history.pairings().filter_map(move |(id, facts)| {
        let mut roles = [Role::Mentor, Role::Mentee].into_iter();
        let role = roles.find(|role| facts.pair.person(*role) == person)?;
        Some((id, role))
    })
}

impl Export {
    /// Somebody of whom nothing is known yet.
    #[must_use]
    pub fn of(participant: ParticipantId) -> Self {
        Self {
            participant,
            roster: None,
            places: Vec::new(),
            enrolments: Vec::new(),
            training: Vec::new(),
            exemptions: Vec::new(),
            pairings: Vec::new(),
            journal: Vec::new(),
            notebook: NotebookPart::default(),
            pulses: Vec::new(),
            planning: PlanningPart::default(),
        }
    }

    /// Sets what a roster holds; null where they are not in it.
    #[must_use]
    pub fn with_roster(mut self, roster: &Roster) -> Self {
        let person = roster.participant(self.participant);
        let at = roster.person(self.participant);
        self.roster = person
            .zip(at)
            .map(|(person, at)| RosterPart::of(person, at, roster));
        self
    }

    /// Adds what the history of a programme holds; a person may be in several.
    #[must_use]
    pub fn with_history(mut self, history: &History) -> Self {
        let own = history.people().filter(|(id, _)| *id == self.participant);
        for (_, facts) in own {
            self.places.extend(PlacesPart::all(facts));
            self.training.extend(TrainingPart::all(facts));
            self.exemptions.extend(ExemptionPart::all(facts));
        }
        for (cohort, facts) in history.cohorts() {
            let own = facts.enrolments.iter();
            let own = own.filter(|e| e.participant == self.participant);
            self.enrolments.extend(own.map(|e| EnrolmentPart {
                cohort,
                from: e.from,
                until: e.until,
            }));
        }
        for (id, role) in seats(self.participant, history) {
            let facts = history.pairing(id);
            let part = facts.map(|facts| PairingPart::of(id, role, facts));
            self.pairings.extend(part);
        }
        self
    }

    /// Adds the entries of a journal that are about them, from its first entry on.
    #[must_use]
    pub fn with_journal<'e>(mut self, entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        self.journal
            .extend(journal::about(self.participant, entries));
        self
    }

    /// Sets what a notebook holds of theirs and reveals to them; the history says which pairings are theirs.
    #[must_use]
    pub fn with_notebook(mut self, notebook: &Notebook, history: &History) -> Self {
        let member = |(id, role)| Member::new(id, role, self.participant);
        let seats: Vec<_> = seats(self.participant, history).map(member).collect();
        self.notebook = NotebookPart::of(self.participant, &seats, notebook);
        self
    }

    /// Sets what they answered in a book of pulses, item by item.
    #[must_use]
    pub fn with_pulses(mut self, book: &PulseBook) -> Self {
        self.pulses = book.of(self.participant).map(PulsePart::of).collect();
        self
    }

    /// Sets whom they would choose, and which ranks others gave them.
    #[must_use]
    pub fn with_choices(mut self, choices: &MentorChoices) -> Self {
        let own = choices.choices(self.participant);
        self.planning.choices = own
            .map(|(mentor, rank)| ChoicePart { mentor, rank })
            .collect();
        let ranks = choices.chosen_by(self.participant);
        self.planning.ranked_by_others = ranks.map(|(_, rank)| rank).collect();
        self.planning.ranked_by_others.sort_unstable();
        self
    }

    /// Sets the pins that name them; the roster says what their key is.
    #[must_use]
    pub fn with_pins<'p>(
        mut self,
        pins: impl IntoIterator<Item = &'p Pin>,
        roster: &Roster,
    ) -> Self {
        let Some(own) = roster.participant(self.participant) else {
            return self;
        };
        let mut named = Vec::new();
        for pin in pins {
            for (role, me, partner) in [
                (Role::Mentor, &pin.mentor, &pin.mentee),
                (Role::Mentee, &pin.mentee, &pin.mentor),
            ] {
                if me == own.key() {
                    let partner = partner.clone();
                    named.push(PinPart { role, partner });
                }
            }
        }
        self.planning.pins = named;
        self
    }

    /// Sets what a question about eligibility knows of them beside the roster: relations, former managers, training, and how many
    /// exclusions name them.
    #[must_use]
    pub fn with_context(mut self, context: &Context) -> Self {
        let person = self.participant;
        let related = context.related_to(person).flat_map(|other| {
            let pair = Pair {
                mentor: person,
                mentee: other,
            };
            context.relations(pair)
        });
        let planning = &mut self.planning;
        planning.relations = related
            .map(|relation| RelationPart {
                kind: relation.kind.as_str(),
                by: relation.by,
                of: relation.of,
            })
            .collect();
        // Further back than the calendar goes.
        let former = context.former_managers(person, u32::MAX);
        planning.former_managers = former
            .map(|(manager, until)| FormerPart {
                manager: manager.clone(),
                until,
            })
            .collect();
        planning.curricula = context.curricula(person).cloned().collect();
        planning.exclusions = context.exclusions_of(person);
        self
    }
}
