//! The rules about pairs of which something is known: what they are to each other, that they were paired, that they
//! must not be.

use chrono::Months;

use super::{Context, PairView, PluginId, Relaxation, RowView, Rule, Violation, relax};
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::summary::count;

/// Consents to all pairs but some of those with these mentees, of whom there are few.
fn all_but(
    row: &RowView<'_>,
    consents: &mut [bool],
    mentees: impl Iterator<Item = ParticipantId>,
    may: impl Fn(&PairView<'_>) -> bool,
) {
    consents.fill(true);
    for at in mentees.filter_map(|mentee| row.place_of(mentee)) {
        if let Some((consents, pair)) = consents.get_mut(at).zip(row.pair(at)) {
            *consents = may(&pair);
        }
    }
}

/// `conflicting-role`: neither evaluates, sponsors or coaches the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConflictingRole;

impl Rule for ConflictingRole {
    fn id(&self) -> PluginId {
        PluginId::new("conflicting-role", 1)
    }

    fn check(&self, pair: &PairView<'_>, context: &Context) -> Result<(), Violation> {
        let Some(relation) = context.relations(pair.pair()).next() else {
            return Ok(());
        };
        let (by, of) = if relation.by == pair.mentor().id() {
            (Role::Mentor, Role::Mentee)
        } else {
            (Role::Mentee, Role::Mentor)
        };
        let kind = relation.kind.as_str();
        Err(
            Violation::new("conflicting-role", format!("the {by} is the {of}'s {kind}"))
                .text("relation", kind)
                .text("by", by.as_str())
                .advise(
                    "a mentor is nobody's judge, sponsor or coach: look for somebody without a say",
                ),
        )
    }

    fn check_row(&self, row: &RowView<'_>, context: &Context, consents: &mut [bool]) {
        let related = context.related_to(row.mentor().id());
        all_but(row, consents, related, |pair| {
            self.check(pair, context).is_ok()
        });
    }
}

/// `cooling-off`: a number of months between two pairings of the same people, in either direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoolingOff {
    pub(super) months: u32,
}

impl CoolingOff {
    /// At least `months` from the end of one to the start of the next.
    #[must_use]
    pub const fn months(months: u32) -> Self {
        Self { months }
    }
}

impl Rule for CoolingOff {
    fn id(&self) -> PluginId {
        PluginId::new("cooling-off", 1)
    }

    fn check(&self, pair: &PairView<'_>, context: &Context) -> Result<(), Violation> {
        let Some(ended) = context.last_paired(pair.pair()) else {
            return Ok(());
        };
        let free = ended.checked_add_months(Months::new(self.months));
        if free.is_some_and(|free| free <= context.today()) {
            return Ok(());
        }
        let months = count(self.months, "month");
        let have = if self.months == 1 { "has" } else { "have" };
        let mut violation = Violation::new(
            "cooling-off",
            format!("the two were paired until {ended}, {months} {have} to pass"),
        )
        .text("ended", ended.to_string())
        .number("months", self.months);
        if let Some(free) = free {
            violation = violation.advise(format!("possible again from {free}"));
        }
        Err(violation)
    }

    fn relaxed(&self) -> Vec<Relaxation> {
        relax::cooling_off(self)
    }

    fn check_row(&self, row: &RowView<'_>, context: &Context, consents: &mut [bool]) {
        let past = context.past_partners(row.mentor().id());
        all_but(row, consents, past, |pair| {
            self.check(pair, context).is_ok()
        });
    }
}

/// `not-excluded`: the pair is not on the host's list of exclusions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NotExcluded;

impl Rule for NotExcluded {
    fn id(&self) -> PluginId {
        PluginId::new("not-excluded", 1)
    }

    fn check(&self, pair: &PairView<'_>, context: &Context) -> Result<(), Violation> {
        if context.is_excluded(pair.pair()) {
            // No reason is given on purpose: exclusions are often somebody's private matter.
            return Err(Violation::new("not-excluded", "the pair is excluded"));
        }
        Ok(())
    }

    fn check_row(&self, row: &RowView<'_>, context: &Context, consents: &mut [bool]) {
        let excluded = context.excluded_for(row.mentor().id());
        all_but(row, consents, excluded, |_| false);
    }
}
