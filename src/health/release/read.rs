//! What a metric adds up to, unit by unit and label by label.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::breakdown::Breakdown;
use super::choice::Units;
use crate::health::HealthError;
use crate::health::metric::{Metric, Ratio, UnitKind, UnitView};
use crate::ids::PairingId;
use crate::text::Label;

/// What a metric adds up to.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) total: Ratio,
    pub(super) units: Units,
    /// Whether somebody or something contributes, or might, that a breakdown of pairings has no label for.
    pub(super) unlabelled: bool,
}

/// The members of each label, rising, by label; those without one first, if there are any.
pub(super) fn cells<'b>(
    breakdown: &'b Breakdown,
    started: &[PairingId],
    units: &Units,
) -> BTreeMap<Option<&'b Label>, Vec<Uuid>> {
    let mut cells: BTreeMap<Option<&Label>, Vec<Uuid>> = BTreeMap::new();
    for id in started {
        let label = breakdown.label(*id);
        let unit = units.contains_key(id.as_uuid()).then_some(*id.as_uuid());
        if label.is_some() || unit.is_some() {
            cells.entry(label).or_default().extend(unit);
        }
    }
    for members in cells.values_mut() {
        members.sort_unstable();
    }
    cells
}

pub(super) fn pairing(view: &UnitView<'_>) -> Option<PairingId> {
    match view {
        UnitView::Pairing(pairing) => Some(pairing.id),
        UnitView::Proposal(_) | UnitView::Person(_) | UnitView::Cohort(_) => None,
    }
}

/// Whether a metric says that it concerns other units than pairings that have started. One that says nothing concerns all.
///
/// Of such a metric no breakdown is published, whoever contributes: else the day on which the cells are gone would tell that
/// somebody has, such as the one pairing that ended before it started.
fn says_it_concerns_others(metric: &dyn Metric) -> bool {
    let others = [UnitKind::Proposal, UnitKind::Person, UnitKind::Cohort];
    let concerned = others.into_iter().filter(|kind| metric.concerns(*kind));
    (1..others.len()).contains(&concerned.count())
}

/// Adds a metric up, and keeps what each unit has.
pub(super) fn read(metric: &dyn Metric, views: &[UnitView<'_>]) -> Result<Read, HealthError> {
    let (mut total, mut units) = (Ratio::NO_DATA, Units::new());
    let mut unlabelled = says_it_concerns_others(metric);
    for view in views {
        let Some(contribution) = metric.contribute(view) else {
            continue;
        };
        let (part, whole) = (contribution.part, contribution.whole);
        let ratio = Ratio::new(part, whole).ok_or_else(|| HealthError::PartAboveWhole {
            metric: metric.id(),
            part,
            whole,
        })?;
        let more = total.checked_add(ratio);
        total = more.ok_or_else(|| HealthError::Overflow(metric.id()))?;
        unlabelled |= pairing(view).is_none();
        let id = match view {
            UnitView::Pairing(pairing) | UnitView::Proposal(pairing) => *pairing.id.as_uuid(),
            UnitView::Person(person) => *person.id.as_uuid(),
            UnitView::Cohort(cohort) => *cohort.id.as_uuid(),
        };
        if whole > 0 {
            // A host may have given one id to two kinds of things: then they are one unit, of both.
            let sum = units.entry(id).or_insert(Ratio::NO_DATA);
            *sum = sum.checked_add(ratio).unwrap_or(*sum);
        }
    }
    Ok(Read {
        total,
        units,
        unlabelled,
    })
}
