//! Whose figures are added up together in reports on equity.

use std::collections::BTreeMap;
use std::fmt;

use crate::ids::ParticipantId;
use crate::roster::Roster;
use crate::text::Label;

/// Which reporting group each person is in, as they or the host state it; who is in none has no entry.
///
/// Nothing that decides who is paired with whom takes it, by type: not rules, not criteria, not matchers.
///
/// ```compile_fail,E0308
/// use reverse_mentoring::eligibility::Eligibility;
/// use reverse_mentoring::health::ReportingGroups;
/// use reverse_mentoring::policy::{Context, Policy};
/// use reverse_mentoring::roster::Roster;
///
/// fn by_group(roster: &Roster, policy: &Policy, groups: &ReportingGroups) {
///     let _ = Eligibility::new(roster, policy, groups); // a `Context` is what is asked with
/// }
/// ```
///
/// ```compile_fail,E0308
/// use reverse_mentoring::eligibility::Eligibility;
/// use reverse_mentoring::health::ReportingGroups;
/// use reverse_mentoring::matching::{self, Greedy};
///
/// fn by_group(eligibility: &Eligibility<'_>, groups: &ReportingGroups) {
///     let _ = matching::plan(eligibility, groups, &Greedy); // criteria score, and groups are none
/// }
/// ```
///
/// ```compile_fail,E0599
/// use reverse_mentoring::policy::PairView;
///
/// fn by_group(pair: &PairView<'_>) {
///     let _ = pair.mentor().group(); // a profile has none
/// }
/// ```
///
/// Its `Debug` names nobody and no group, because logs travel.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ReportingGroups(BTreeMap<ParticipantId, Label>);

impl ReportingGroups {
    /// The groups that a roster states.
    #[must_use]
    pub fn of(roster: &Roster) -> Self {
        let people = roster.participants().iter();
        let stated = people.filter_map(|p| Some((p.id(), p.group()?.clone())));
        Self(stated.collect())
    }

    /// The group of somebody, where it is stated.
    #[must_use]
    pub fn group(&self, person: ParticipantId) -> Option<&Label> {
        self.0.get(&person)
    }
}

impl From<BTreeMap<ParticipantId, Label>> for ReportingGroups {
    fn from(groups: BTreeMap<ParticipantId, Label>) -> Self {
        Self(groups)
    }
}

impl fmt::Debug for ReportingGroups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReportingGroups(..)")
    }
}
