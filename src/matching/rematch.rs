//! Matching again: what an earlier plan proposed, and who has waited, as criteria.
//!
//! What *runs* needs nothing of this: an open pairing of the [`Context`](crate::policy::Context) holds its places, so that no plan
//! can take them, and the two are not proposed again. [`Program::context`](crate::program::Program::context) gives it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::criterion::{Assessment, Bound, Criterion};
use crate::ids::ParticipantId;
use crate::pair::{Pair, Role};
use crate::policy::{PairView, PluginId, RowView};
use crate::roster::Profile;

/// `kept-pair`: 1 for a pair that an earlier plan proposed, else 0. The weight is what a change costs in points.
///
/// With weight 500 a proposal is given up for others only if the objective gains something that it ranks above the
/// score (under `most-pairs` one more pair), or more than 500 points in the total for each proposal given up; between plans that
/// are equal in that, the one with fewer changes wins. In [`Conditions::with_tie_break`](super::Conditions::with_tie_break) a change costs
/// nothing, and the plan with the fewest is taken among the best. What must not change at all is [pinned](super::Pin).
///
/// ```
/// use reverse_mentoring::eligibility::Eligibility;
/// use reverse_mentoring::matching::{Criteria, KeptPair, Optimal, plan};
/// use reverse_mentoring::policy::Policy;
/// use reverse_mentoring::testing::Company;
///
/// let company = Company::sample()?;
/// let policy = Policy::standard();
/// let eligibility = Eligibility::new(company.roster(), &policy, company.context());
/// let first = plan(&eligibility, &Criteria::standard(), &Optimal::most_pairs())?;
///
/// // The company goes on; the same question later, with a weight of 500 points for each change.
/// let kept = KeptPair::of(first.proposals.iter().map(|p| p.proof.pair()));
/// let again = plan(&eligibility, &Criteria::standard().with(kept, 500)?, &Optimal::most_pairs())?;
/// assert_eq!(again.total_score, first.total_score + 5 * 500);
/// # Ok::<(), reverse_mentoring::error::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptPair {
    /// By mentor.
    pairs: BTreeMap<ParticipantId, BTreeSet<ParticipantId>>,
}

impl KeptPair {
    /// Keeps these pairs where that costs little.
    #[must_use]
    pub fn of(pairs: impl IntoIterator<Item = Pair>) -> Self {
        let mut by_mentor: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for Pair { mentor, mentee } in pairs {
            by_mentor.entry(mentor).or_default().insert(mentee);
        }
        Self { pairs: by_mentor }
    }
}

impl Criterion for KeptPair {
    fn id(&self) -> PluginId {
        PluginId::new("kept-pair", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=1
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let Pair { mentor, mentee } = pair.pair();
        let with = self.pairs.get(&mentor);
        Assessment::new(with.is_some_and(|with| with.contains(&mentee)).into())
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        points.fill(0);
        let with = self.pairs.get(&row.mentor().id()).into_iter().flatten();
        for at in with.filter_map(|&mentee| row.place_of(mentee)) {
            if let Some(points) = points.get_mut(at) {
                *points = 1;
            }
        }
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}

/// Somebody who waits for a pairing in a role, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wait {
    /// Who waits.
    pub person: ParticipantId,
    /// For which role.
    pub role: Role,
    /// The first day of it.
    pub since: NaiveDate,
}

/// `waiting`: the days for which the two have waited, added up, each at most [`Waiting::MOST`].
///
/// The mentor's days of waiting to mentor, and the mentee's of waiting to be mentored. With weight 3, of two people who
/// compete for one partner the one who has waited a hundred days longer comes first, unless the other's pair is better by more
/// than 300 points. Where there are several waits of somebody in a role the longest counts; a wait that begins after the
/// day of the question counts nothing.
///
/// Points and not an order of queueing: a strict queue would let one day's wait outweigh everything that makes a pair
/// good, and could not be shown as a part of the score. A weight above the highest score of the other criteria comes close to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    days: BTreeMap<(ParticipantId, Role), u32>,
}

impl Waiting {
    /// Days of one person that count at most: a year.
    pub const MOST: u32 = 365;

    /// The waits on a day.
    #[must_use]
    pub fn on(today: NaiveDate, waits: impl IntoIterator<Item = Wait>) -> Self {
        let mut days: BTreeMap<_, u32> = BTreeMap::new();
        for Wait {
            person,
            role,
            since,
        } in waits
        {
            let waited = (today - since).num_days().clamp(0, Self::MOST.into());
            let waited = u32::try_from(waited).unwrap_or(Self::MOST);
            let longest = days.entry((person, role)).or_default();
            *longest = waited.max(*longest);
        }
        Self { days }
    }

    fn waited(&self, person: &Profile, role: Role) -> u32 {
        let days = self.days.get(&(person.id(), role));
        days.copied().unwrap_or(0)
    }
}

impl Criterion for Waiting {
    fn id(&self) -> PluginId {
        PluginId::new("waiting", 1)
    }

    fn range(&self) -> RangeInclusive<u32> {
        0..=2 * Self::MOST
    }

    fn assess(&self, pair: &PairView<'_>) -> Assessment {
        let [mentor, mentee] =
            [Role::Mentor, Role::Mentee].map(|role| self.waited(pair.profile(role), role));
        Assessment::new(mentor + mentee)
    }

    /// The days that the mentee has waited.
    fn note(&self, mentee: &Profile) -> u32 {
        self.waited(mentee, Role::Mentee)
    }

    fn assess_row(&self, row: &RowView<'_>, points: &mut [u32]) {
        let ours = self.waited(row.mentor(), Role::Mentor);
        for (points, theirs) in points.iter_mut().zip(row.noted()) {
            *points = ours + theirs;
        }
    }

    fn bound_row(&self, row: &RowView<'_>, points: &mut [u32]) -> Bound {
        self.assess_row(row, points);
        Bound::Exact
    }
}
