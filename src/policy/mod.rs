//! The rules that a programme may choose: what they see, what they answer, and those that ship.
//!
//! In come two people and a [`Context`]; out comes consent or a [`Violation`]. A policy is an argument of the question
//! "may they?", never a part of a programme's state, and it can only forbid: the core invariants are not among its rules.

mod choices;
mod context;
mod difference;
mod exchange;
mod known_pairs;
mod plugin;
mod relax;
mod row;
mod rules;
mod violation;

use std::fmt;
use std::sync::Arc;

pub use choices::{ChosenTwice, MentorChoice, MentorChoices, RankedOnly};
pub use context::{Context, FormerManager, PastPair, Relation, RelationKind};
pub use difference::DifferentProfile;
pub(crate) use exchange::Filled;
pub use exchange::{DefaultExchange, Origin};
pub use known_pairs::{ConflictingRole, CoolingOff, NotExcluded};
pub use plugin::{PluginId, PluginIdError};
pub use relax::Relaxation;
pub use row::{Attribute, RowView};
pub(crate) use row::{Person, Whereabouts};
pub use rules::{MinimumGap, OtherUnit, SameManager, SameTraining};
pub use violation::{Parameter, Violation};

use crate::pair::{Pair, Role};
use crate::roster::{Offer, PersonRef, Profile, ReportingLines, Wish};

/// Two people who might be paired, as rules and criteria see them: no reporting group, nothing confidential.
#[derive(Debug, Clone, Copy)]
pub struct PairView<'a> {
    pub(crate) mentor: &'a Profile,
    pub(crate) mentee: &'a Profile,
    pub(crate) mentor_at: PersonRef,
    pub(crate) mentee_at: PersonRef,
    pub(crate) lines: &'a ReportingLines,
    /// Of the mentor, of the mentee: what a default exchange fills in.
    pub(crate) filled: [Option<&'a Filled>; 2],
}

impl<'a> PairView<'a> {
    /// The junior, who would teach.
    #[must_use]
    pub const fn mentor(&self) -> &'a Profile {
        self.mentor
    }

    /// The senior, who would learn and teach back.
    #[must_use]
    pub const fn mentee(&self) -> &'a Profile {
        self.mentee
    }

    /// The person who would take a role.
    #[must_use]
    pub const fn profile(&self, role: Role) -> &'a Profile {
        match role {
            Role::Mentor => self.mentor,
            Role::Mentee => self.mentee,
        }
    }

    /// What the person in a role can teach, sorted by skill: as they stated it, or the programme's
    /// [`DefaultExchange`] where they stated nothing.
    ///
    /// [`Profile::offers`] is what they stated themselves.
    #[must_use]
    pub fn offers(&self, role: Role) -> &'a [Offer] {
        let filled = self.filled(role).map(|f| &*f.offers);
        filled.unwrap_or_else(|| self.profile(role).offers())
    }

    /// What the person in a role wants to learn, sorted by skill: as they stated it, or the programme's
    /// [`DefaultExchange`] where they stated nothing.
    ///
    /// [`Profile::wishes`] is what they stated themselves.
    #[must_use]
    pub fn wishes(&self, role: Role) -> &'a [Wish] {
        let filled = self.filled(role).map(|f| &*f.wishes);
        filled.unwrap_or_else(|| self.profile(role).wishes())
    }

    /// Whose words the [`offers`](Self::offers) of a role are.
    #[must_use]
    pub fn offers_origin(&self, role: Role) -> Origin {
        let filled = self.filled(role);
        filled.map_or(Origin::Stated, |f| f.offers_origin)
    }

    /// Whose words the [`wishes`](Self::wishes) of a role are.
    #[must_use]
    pub fn wishes_origin(&self, role: Role) -> Origin {
        let filled = self.filled(role);
        filled.map_or(Origin::Stated, |f| f.wishes_origin)
    }

    const fn filled(&self, role: Role) -> Option<&'a Filled> {
        let [mentor, mentee] = self.filled;
        match role {
            Role::Mentor => mentor,
            Role::Mentee => mentee,
        }
    }

    /// The same two people without any default exchange.
    pub(crate) const fn as_stated(mut self) -> Self {
        self.filled = [None; 2];
        self
    }

    /// Their place in the reporting lines.
    #[must_use]
    pub const fn person(&self, role: Role) -> PersonRef {
        match role {
            Role::Mentor => self.mentor_at,
            Role::Mentee => self.mentee_at,
        }
    }

    /// The reporting lines of the whole company.
    #[must_use]
    pub const fn lines(&self) -> &'a ReportingLines {
        self.lines
    }

    /// Both ids.
    #[must_use]
    pub const fn pair(&self) -> Pair {
        Pair {
            mentor: self.mentor.id(),
            mentee: self.mentee.id(),
        }
    }
}

/// Something that a programme forbids beyond the core invariants.
///
/// A rule is pure: the same pair and context, the same answer.
///
/// ```
/// use reverse_mentoring::policy::{Context, PairView, PluginId, Rule, Violation};
///
/// /// Meetings are in person, so both work at one site.
/// #[derive(Debug)]
/// struct SameSite;
///
/// impl Rule for SameSite {
///     fn id(&self) -> PluginId {
///         PluginId::new("same-site", 1)
///     }
///
///     fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
///         if pair.mentor().site().is_some() && pair.mentor().site() == pair.mentee().site() {
///             return Ok(());
///         }
///         Err(Violation::new("same-site", "the two do not work at the same site")
///             .advise("look among the colleagues at the site"))
///     }
/// }
/// ```
pub trait Rule: fmt::Debug + Send + Sync {
    /// Name and version, recorded as evidence with every pair that passed.
    fn id(&self) -> PluginId;

    /// Consent, or what stands against the pair.
    ///
    /// # Errors
    ///
    /// The [`Violation`] is the answer "no", with its reason; it is not a failure of the rule.
    fn check(&self, pair: &PairView<'_>, context: &Context) -> Result<(), Violation>;

    /// Milder forms of this rule that a programme could live with, the mildest change first; none unless stated.
    ///
    /// Tried where somebody without a partner asks what would have to change.
    fn relaxed(&self) -> Vec<Relaxation> {
        Vec::new()
    }

    /// A number of a mentee that every row needs again: asked once for many rows, and found by
    /// [`check_row`](Self::check_row) in [`RowView::noted`]; 0 unless a rule says otherwise.
    ///
    /// For what would cost a look-up for each pair: whether somebody is on a list, for example.
    fn note(&self, mentee: &Profile, context: &Context) -> u32 {
        let _ = (mentee, context);
        0
    }

    /// [`check`](Self::check) of a row of pairs: for each that is [asked](RowView::asked) about, whether the rule consents.
    ///
    /// Unless a rule knows a quicker way, it [checks](Self::check) one pair after another. `consents` has an entry for
    /// each mentee of the row. What it holds for the pairs that are not asked about is ignored.
    fn check_row(&self, row: &RowView<'_>, context: &Context, consents: &mut [bool]) {
        for (at, pair) in row.pairs() {
            if let Some(consents) = consents.get_mut(at) {
                *consents = self.check(&pair, context).is_ok();
            }
        }
    }
}

/// Whichever rule is in the box, row form and all: for rules that are chosen while the program runs.
impl<R: Rule + ?Sized> Rule for Box<R> {
    fn id(&self) -> PluginId {
        (**self).id()
    }

    fn check(&self, pair: &PairView<'_>, context: &Context) -> Result<(), Violation> {
        (**self).check(pair, context)
    }

    fn relaxed(&self) -> Vec<Relaxation> {
        (**self).relaxed()
    }

    fn note(&self, mentee: &Profile, context: &Context) -> u32 {
        (**self).note(mentee, context)
    }

    fn check_row(&self, row: &RowView<'_>, context: &Context, consents: &mut [bool]) {
        (**self).check_row(row, context, consents);
    }
}

/// An ordered list of rules.
///
/// ```
/// use reverse_mentoring::policy::{OtherUnit, Policy};
///
/// let policy = Policy::standard().with(OtherUnit);
/// assert_eq!(policy.rules().count(), 4);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Policy {
    rules: Vec<Arc<dyn Rule>>,
}

impl Policy {
    /// No rule: the core invariants alone decide.
    #[must_use]
    pub const fn core_only() -> Self {
        Self { rules: Vec::new() }
    }

    /// What most programmes want: a gap of a grade or 36 months ([`MinimumGap`]), no common manager now or in the
    /// last 12 months ([`SameManager`]), and nobody who evaluates, sponsors or coaches the other ([`ConflictingRole`]).
    #[must_use]
    pub fn standard() -> Self {
        Self::core_only()
            .with(MinimumGap::default())
            .with(SameManager::default())
            .with(ConflictingRole)
    }

    /// The standard with a gap of two grades (UK Analysis Function), another unit, and two years between two
    /// pairings of the same people.
    #[must_use]
    pub fn strict() -> Self {
        Self::core_only()
            .with(MinimumGap::of_grades(2))
            .with(SameManager::default())
            .with(ConflictingRole)
            .with(OtherUnit)
            .with(CoolingOff::months(24))
    }

    /// The same with one more rule at the end.
    #[must_use]
    pub fn with(mut self, rule: impl Rule + 'static) -> Self {
        self.rules.push(Arc::new(rule));
        self
    }

    /// The rules in their order.
    pub fn rules(&self) -> impl Iterator<Item = &dyn Rule> {
        self.rules.iter().map(AsRef::as_ref)
    }
}
