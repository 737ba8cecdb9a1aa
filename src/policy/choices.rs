//! Whom people would choose: mentees who rank their mentors, and the rule that holds a programme to it.

use std::collections::BTreeMap;
use std::num::NonZeroU16;
use std::sync::Arc;

use super::{Context, PairView, PluginId, RowView, Rule, Violation};
use crate::ids::ParticipantId;
use crate::pair::Pair;
use crate::roster::Profile;
use crate::summary::count;

/// One choice: the mentee of the pair would take its mentor, 1 before all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MentorChoice {
    /// The mentee, who chooses, and the mentor.
    pub pair: Pair,
    /// 1 for the first choice. Equal ranks are equally welcome; a number that is left out is nobody's.
    pub rank: NonZeroU16,
}

/// Mentees' ranked choices of their mentors, as at General Electric, where executives chose.
///
/// A mentee may rank any number of mentors, or none. What a ranking does depends on where it is put:
///
/// - **hard**: [`RankedOnly`] in a policy: who ranked gets a mentor of the list or nobody;
/// - **soft**: [`RankedChoice`](crate::matching::RankedChoice) among the criteria: points by rank, a part of the score;
/// - **tie-breaking**: the same in [`Conditions::with_tie_break`](crate::matching::Conditions::with_tie_break): it decides
///   between plans that are equally good without it.
///
/// Cheap to clone.
///
/// ```
/// use std::num::NonZeroU16;
/// use reverse_mentoring::ids::{ParticipantId, SequentialIds};
/// use reverse_mentoring::pair::Pair;
/// use reverse_mentoring::policy::{MentorChoice, MentorChoices};
///
/// let mut ids = SequentialIds::new(1);
/// let [ceo, ada, ben, lin] = [(); 4].map(|()| ParticipantId::from_source(&mut ids));
/// let would_take = |mentor, rank| MentorChoice { pair: Pair { mentor, mentee: ceo }, rank };
/// let [first, second] = [1, 2].map(|n| NonZeroU16::new(n).unwrap());
///
/// let rankings = MentorChoices::new([would_take(lin, second), would_take(ada, first), would_take(ben, second)])?;
/// assert_eq!(rankings.rank(Pair { mentor: ben, mentee: ceo }), Some(second));
/// assert_eq!(rankings.choices(ceo).next(), Some((ada, first)));
/// assert_eq!(rankings.chosen_by(ben).next(), Some((ceo, second)));
/// # Ok::<(), reverse_mentoring::policy::ChosenTwice>(())
/// ```
// INVARIANT (once): a mentee ranks a mentor once. Kept by `new`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MentorChoices(Arc<Lists>);

/// Everybody's ranks, from both ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Lists {
    by_mentee: BTreeMap<ParticipantId, BTreeMap<ParticipantId, NonZeroU16>>,
    by_mentor: BTreeMap<ParticipantId, BTreeMap<ParticipantId, NonZeroU16>>,
}

/// Mentees who rank somebody twice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a mentee ranks a mentor more than once, {} in all", count(.0.len(), "time"))]
pub struct ChosenTwice(
    /// The pairs, one for each choice that is too many, sorted.
    pub Vec<Pair>,
);

impl MentorChoices {
    /// Puts choices together; their order means nothing.
    ///
    /// # Errors
    ///
    /// [`ChosenTwice`] with every pair that is ranked more than once, be it with the same rank.
    pub fn new(choices: impl IntoIterator<Item = MentorChoice>) -> Result<Self, ChosenTwice> {
        let Lists {
            mut by_mentee,
            mut by_mentor,
        } = Lists::default();
        let mut twice = Vec::new();
        for MentorChoice { pair, rank } in choices {
            let ranked = by_mentee.entry(pair.mentee).or_default();
            if ranked.insert(pair.mentor, rank).is_some() {
                twice.push(pair);
            }
            by_mentor
                .entry(pair.mentor)
                .or_default()
                .insert(pair.mentee, rank);
        }
        twice.sort_unstable();
        if twice.is_empty() {
            let lists = Lists {
                by_mentee,
                by_mentor,
            };
            Ok(Self(Arc::new(lists)))
        } else {
            Err(ChosenTwice(twice))
        }
    }

    /// The same without what some have said, and without what others have said of them.
    pub(crate) fn without(&self, gone: impl Fn(ParticipantId) -> bool) -> Self {
        type Ranks = BTreeMap<ParticipantId, BTreeMap<ParticipantId, NonZeroU16>>;
        let kept = |all: &Ranks| -> Ranks {
            let all = all.iter().filter(|(who, _)| !gone(**who));
            let rows = all.map(|(who, ranks)| {
                let ranks = ranks.iter().filter(|(other, _)| !gone(**other));
                (*who, ranks.map(|(other, rank)| (*other, *rank)).collect())
            });
            rows.filter(|(_, ranks): &(_, BTreeMap<_, _>)| !ranks.is_empty())
                .collect()
        };
        Self(Arc::new(Lists {
            by_mentee: kept(&self.0.by_mentee),
            by_mentor: kept(&self.0.by_mentor),
        }))
    }

    /// The rank of the pair's mentor with its mentee, 1 being first; `None` where they are not on the list.
    #[must_use]
    pub fn rank(&self, pair: Pair) -> Option<NonZeroU16> {
        self.0
            .by_mentee
            .get(&pair.mentee)?
            .get(&pair.mentor)
            .copied()
    }

    /// The mentors of somebody's list with their ranks, by rank, then id; none where they rank nobody.
    pub fn choices(
        &self,
        mentee: ParticipantId,
    ) -> impl Iterator<Item = (ParticipantId, NonZeroU16)> {
        let ranked = self.0.by_mentee.get(&mentee).into_iter().flatten();
        let mut ranked: Vec<_> = ranked.map(|(&mentor, &rank)| (mentor, rank)).collect();
        ranked.sort_by_key(|&(mentor, rank)| (rank, mentor));
        ranked.into_iter()
    }

    /// How many mentors somebody ranks.
    #[must_use]
    pub fn len_of(&self, mentee: ParticipantId) -> usize {
        self.0.by_mentee.get(&mentee).map_or(0, BTreeMap::len)
    }

    /// Everybody who ranks somebody, by id.
    pub fn mentees(&self) -> impl Iterator<Item = ParticipantId> {
        self.0.by_mentee.keys().copied()
    }

    /// The mentees who rank a mentor, by id, each with the rank.
    pub fn chosen_by(
        &self,
        mentor: ParticipantId,
    ) -> impl Iterator<Item = (ParticipantId, NonZeroU16)> {
        let ranked = self.0.by_mentor.get(&mentor).into_iter().flatten();
        ranked.map(|(&mentee, &rank)| (mentee, rank))
    }
}

/// `ranked-only`: a mentee who ranks mentors gets one of them or nobody; who ranks nobody may get anybody.
///
/// It names neither the mentors of the list nor their ranks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedOnly {
    rankings: MentorChoices,
}

impl RankedOnly {
    /// Holds the plan to these lists.
    #[must_use]
    pub const fn of(rankings: MentorChoices) -> Self {
        Self { rankings }
    }
}

impl Rule for RankedOnly {
    fn id(&self) -> PluginId {
        PluginId::new("ranked-only", 1)
    }

    fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
        let pair = pair.pair();
        let ranked = self.rankings.len_of(pair.mentee);
        if ranked == 0 || self.rankings.rank(pair).is_some() {
            return Ok(());
        }
        let list = count(ranked, "mentor");
        let text = format!("the mentee's list has {list}, and this one is not on it");
        Err(Violation::new("ranked-only", text)
            .number("ranked", i64::try_from(ranked).unwrap_or(i64::MAX))
            .advise("ask the mentee for a longer list, or take the list as a wish"))
    }
    /// Whether the mentee ranks anybody.
    fn note(&self, mentee: &Profile, _: &Context) -> u32 {
        u32::from(self.rankings.len_of(mentee.id()) > 0)
    }

    fn check_row(&self, row: &RowView<'_>, _: &Context, consents: &mut [bool]) {
        for (consents, &ranks) in consents.iter_mut().zip(row.noted()) {
            *consents = ranks == 0;
        }
        for (mentee, _) in self.rankings.chosen_by(row.mentor().id()) {
            let at = row.place_of(mentee);
            if let Some(consents) = at.and_then(|at| consents.get_mut(at)) {
                *consents = true;
            }
        }
    }
}
