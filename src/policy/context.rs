//! What is known beside the roster when somebody asks "may they?".

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use crate::ids::ParticipantId;
use crate::pair::{Pair, Role};
use crate::roster::Load;
use crate::text::{Key, Label};

/// A line of management that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerManager {
    /// Who reported.
    pub person: ParticipantId,
    /// To whom; often somebody who takes no part.
    pub manager: Key,
    /// The last day of it.
    pub until: NaiveDate,
}

/// A pairing of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastPair {
    /// Who was paired.
    pub pair: Pair,
    /// The last day of it.
    pub ended: NaiveDate,
}

/// What one person is to another beside the reporting lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RelationKind {
    /// Judges the other's work.
    Evaluator,
    /// Furthers the other's career.
    Sponsor,
    /// Coaches the other.
    Coach,
}

impl RelationKind {
    /// `evaluator`, `sponsor` or `coach`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Evaluator => "evaluator",
            Self::Sponsor => "sponsor",
            Self::Coach => "coach",
        }
    }
}

/// `of` is judged, furthered or coached by `by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// What `by` is to `of`.
    pub kind: RelationKind,
    /// Who has the say.
    pub by: ParticipantId,
    /// About whom.
    pub of: ParticipantId,
}

/// What rules may ask besides the two people: the day, open pairings, and the past.
///
/// Empty but for the day unless the host fills it.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::policy::Context;
///
/// let context = Context::new(NaiveDate::from_ymd_opt(2026, 1, 5).unwrap());
/// assert_eq!(context.load().hours().to_string(), "1.5");
/// ```
#[derive(Debug, Clone)]
pub struct Context {
    today: NaiveDate,
    load: Load,
    /// Who takes part of their own wish; `None` where the roster alone says so.
    enrolled: Option<BTreeSet<ParticipantId>>,
    open: BTreeMap<(ParticipantId, Role), u32>,
    open_pairs: BTreeSet<Pair>,
    past: BTreeMap<Pair, NaiveDate>,
    /// Sorted, so that the order in which a host names them changes no answer.
    former: BTreeMap<ParticipantId, BTreeSet<(Key, NaiveDate)>>,
    relations: BTreeSet<Relation>,
    trained: BTreeSet<(ParticipantId, Label)>,
    /// Mentees by mentor.
    excluded: Partners,
    exempt: BTreeSet<ParticipantId>,
    /// Whom somebody was paired with, and has a relation to, both ways: for rows of pairs.
    past_with: Partners,
    related: Partners,
}

/// A few others for each person.
type Partners = BTreeMap<ParticipantId, BTreeSet<ParticipantId>>;

fn others(partners: &Partners, person: ParticipantId) -> impl Iterator<Item = ParticipantId> {
    partners.get(&person).into_iter().flatten().copied()
}

impl Context {
    /// The question is asked on `today`.
    #[must_use]
    pub const fn new(today: NaiveDate) -> Self {
        Self {
            today,
            load: Load::DEFAULT,
            enrolled: None,
            open: BTreeMap::new(),
            open_pairs: BTreeSet::new(),
            past: BTreeMap::new(),
            former: BTreeMap::new(),
            relations: BTreeSet::new(),
            trained: BTreeSet::new(),
            past_with: BTreeMap::new(),
            related: BTreeMap::new(),
            excluded: BTreeMap::new(),
            exempt: BTreeSet::new(),
        }
    }

    /// Sets the hours a month that a pairing takes.
    #[must_use]
    pub const fn with_load(mut self, load: Load) -> Self {
        self.load = load;
        self
    }

    /// Names those who are enrolled: nobody else has a place. Without this, everybody with a side in the roster counts as
    /// enrolled.
    #[must_use]
    pub fn with_enrolled(mut self, people: impl IntoIterator<Item = ParticipantId>) -> Self {
        self.enrolled.get_or_insert_default().extend(people);
        self
    }

    /// Adds pairings that are open: each takes a place of both, and the two are not paired a second time.
    #[must_use]
    pub fn with_open(mut self, pairs: impl IntoIterator<Item = Pair>) -> Self {
        for pair in pairs {
            for role in [Role::Mentor, Role::Mentee] {
                let open = self.open.entry((pair.person(role), role)).or_default();
                *open = open.saturating_add(1);
            }
            self.open_pairs.insert(pair);
        }
        self
    }

    /// Adds pairings of the past; the latest end of a pair counts.
    #[must_use]
    pub fn with_past(mut self, past: impl IntoIterator<Item = PastPair>) -> Self {
        for PastPair { pair, ended } in past {
            let last = self.past.entry(pair).or_insert(ended);
            *last = ended.max(*last);
            for (one, other) in [(pair.mentor, pair.mentee), (pair.mentee, pair.mentor)] {
                self.past_with.entry(one).or_default().insert(other);
            }
        }
        self
    }

    /// Adds lines of management that have ended.
    #[must_use]
    pub fn with_former_managers(mut self, former: impl IntoIterator<Item = FormerManager>) -> Self {
        for f in former {
            let list = self.former.entry(f.person).or_default();
            list.insert((f.manager, f.until));
        }
        self
    }

    /// Adds evaluators, sponsors and coaches.
    #[must_use]
    pub fn with_relations(mut self, relations: impl IntoIterator<Item = Relation>) -> Self {
        for relation in relations {
            let Relation { by, of, .. } = relation;
            for (one, other) in [(by, of), (of, by)] {
                self.related.entry(one).or_default().insert(other);
            }
            self.relations.insert(relation);
        }
        self
    }

    /// Adds somebody who finished a curriculum.
    #[must_use]
    pub fn with_trained(
        mut self,
        trained: impl IntoIterator<Item = (ParticipantId, Label)>,
    ) -> Self {
        self.trained.extend(trained);
        self
    }

    /// Adds pairs that shall not be made, whatever the reason.
    #[must_use]
    pub fn with_excluded(mut self, pairs: impl IntoIterator<Item = Pair>) -> Self {
        for pair in pairs {
            let excluded = self.excluded.entry(pair.mentor).or_default();
            excluded.insert(pair.mentee);
        }
        self
    }

    /// Adds mentees whom the programme has exempted by name from links of three levels or more: a mentor who stands so far
    /// below them may be paired with them, see [`eligibility`](crate::eligibility#the-one-exemption). A
    /// [programme](crate::program::Program::context) names those that are on its record, and refuses a proposal that
    /// rests on any other.
    #[must_use]
    pub fn with_exempt(mut self, mentees: impl IntoIterator<Item = ParticipantId>) -> Self {
        self.exempt.extend(mentees);
        self
    }

    /// The day of the question.
    #[must_use]
    pub const fn today(&self) -> NaiveDate {
        self.today
    }

    /// Hours a month that a pairing takes.
    #[must_use]
    pub const fn load(&self) -> Load {
        self.load
    }

    /// Whether somebody takes part, as far as is known.
    #[must_use]
    pub fn is_enrolled(&self, person: ParticipantId) -> bool {
        let enrolled = self.enrolled.as_ref();
        enrolled.is_none_or(|enrolled| enrolled.contains(&person))
    }

    /// How many pairings somebody has open in a role.
    #[must_use]
    pub fn open(&self, person: ParticipantId, role: Role) -> u32 {
        self.open.get(&(person, role)).copied().unwrap_or(0)
    }

    /// Whether the two have a pairing open, in these roles.
    #[must_use]
    pub fn is_open(&self, pair: Pair) -> bool {
        self.open_pairs.contains(&pair)
    }

    /// The pairings that are open.
    pub(crate) fn open_pairs(&self) -> impl Iterator<Item = Pair> + '_ {
        self.open_pairs.iter().copied()
    }

    /// When the two were last paired, in either direction.
    #[must_use]
    pub fn last_paired(&self, pair: Pair) -> Option<NaiveDate> {
        let turned = Pair {
            mentor: pair.mentee,
            mentee: pair.mentor,
        };
        self.past.get(&pair).max(self.past.get(&turned)).copied()
    }

    /// Managers whom somebody had until a day within the last `months`, with that day, by key.
    pub fn former_managers(
        &self,
        person: ParticipantId,
        months: u32,
    ) -> impl Iterator<Item = (&Key, NaiveDate)> {
        let since = self.today.checked_sub_months(Months::new(months));
        let since = since.unwrap_or(NaiveDate::MIN);
        let all = self.former.get(&person).into_iter().flatten();
        all.filter(move |(_, until)| *until >= since)
            .map(|(manager, until)| (manager, *until))
    }

    /// Whatever one of two people is to the other, both ways.
    pub fn relations(&self, pair: Pair) -> impl Iterator<Item = Relation> + '_ {
        let kinds = [
            RelationKind::Evaluator,
            RelationKind::Sponsor,
            RelationKind::Coach,
        ];
        let ways = [(pair.mentor, pair.mentee), (pair.mentee, pair.mentor)];
        kinds
            .into_iter()
            .flat_map(move |kind| ways.map(|(by, of)| Relation { kind, by, of }))
            .filter(|relation| self.relations.contains(relation))
    }

    /// Whether somebody finished a curriculum.
    #[must_use]
    pub fn is_trained(&self, person: ParticipantId, curriculum: &Label) -> bool {
        self.trained.contains(&(person, curriculum.clone()))
    }

    /// The curricula that somebody finished, by name.
    pub(crate) fn curricula(&self, person: ParticipantId) -> impl Iterator<Item = &Label> {
        let all = self.trained.iter().filter(move |(who, _)| *who == person);
        all.map(|(_, curriculum)| curriculum)
    }

    /// How many pairs with somebody, in either role, are excluded.
    pub(crate) fn exclusions_of(&self, person: ParticipantId) -> usize {
        let as_mentor = self.excluded_for(person).count();
        let all = self.excluded.values();
        as_mentor + all.filter(|mentees| mentees.contains(&person)).count()
    }

    /// Whether a pair is excluded.
    #[must_use]
    pub fn is_excluded(&self, pair: Pair) -> bool {
        let excluded = self.excluded.get(&pair.mentor);
        excluded.is_some_and(|mentees| mentees.contains(&pair.mentee))
    }

    /// Whether a mentee is exempted from links of three levels or more.
    #[must_use]
    pub fn is_exempt(&self, mentee: ParticipantId) -> bool {
        self.exempt.contains(&mentee)
    }

    /// The mentees who are.
    pub(crate) fn exempt(&self) -> impl Iterator<Item = ParticipantId> + '_ {
        self.exempt.iter().copied()
    }

    /// Whom somebody was ever paired with, in either role.
    pub(crate) fn past_partners(
        &self,
        person: ParticipantId,
    ) -> impl Iterator<Item = ParticipantId> {
        others(&self.past_with, person)
    }

    /// Who is something to somebody, or the other way.
    pub(crate) fn related_to(&self, person: ParticipantId) -> impl Iterator<Item = ParticipantId> {
        others(&self.related, person)
    }

    /// Whom a mentor must not be paired with.
    pub(crate) fn excluded_for(
        &self,
        mentor: ParticipantId,
    ) -> impl Iterator<Item = ParticipantId> {
        others(&self.excluded, mentor)
    }
}
