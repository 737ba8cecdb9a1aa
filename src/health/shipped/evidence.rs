//! What a programme can show for its preparation: training, signatures, a sponsor who takes part. No target but the rule:
//! nobody begins without training and signature, and only pairings made elsewhere lack them for a while.

use super::started;
use crate::health::metric::{Contribution, Metric, UnitKind, UnitView};
use crate::health::view::PairingView;
use crate::pair::Role;
use crate::policy::PluginId;

/// `training_attendance`: how many of those who take part have finished the training.
///
/// That of the charter that they go by. No data before a cohort is launched, and in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrainingAttendance;

impl Metric for TrainingAttendance {
    fn id(&self) -> PluginId {
        PluginId::new("training_attendance", 1)
    }

    fn definition(&self) -> &str {
        "people who have finished the training / people who take part"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Person
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Person(person) = unit else {
            return None;
        };
        person.is_trained().map(Contribution::whether)
    }
}

/// A pairing that has started and is open.
fn running<'u, 'a>(unit: &'u UnitView<'a>) -> Option<&'u PairingView<'a>> {
    started(unit).filter(|pairing| pairing.facts().is_open(pairing.as_of()))
}

/// `training_coverage`: in how many of the open pairings that have started both have finished the training.
///
/// Those without were made elsewhere, or the training that counts has changed since. No data without a charter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrainingCoverage;

impl Metric for TrainingCoverage {
    fn id(&self) -> PluginId {
        PluginId::new("training_coverage", 1)
    }

    fn definition(&self) -> &str {
        "open pairings of which both have finished the training / open pairings that have started"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = running(unit)?;
        let mentor = pairing.is_trained(Role::Mentor)?;
        let mentee = pairing.is_trained(Role::Mentee)?;
        Some(Contribution::whether(mentor && mentee))
    }
}

/// `agreement_coverage`: in how many of the open pairings that have started both have signed the agreement.
///
/// Those without were made elsewhere, and are not [regularised](crate::program::Program::regularise) or have not signed
/// since, or signed another text than [that of the day](PairingView::is_signed). No data without a charter: a log has no
/// signatures to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AgreementCoverage;

impl Metric for AgreementCoverage {
    fn id(&self) -> PluginId {
        PluginId::new("agreement_coverage", 1)
    }

    fn definition(&self) -> &str {
        "open pairings of which both have signed the agreement / open pairings that have started"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Pairing
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let pairing = running(unit)?;
        pairing.charter()?;
        Some(Contribution::whether(pairing.is_signed()))
    }
}

/// `sponsor_participation`: in how many of the cohorts launched the sponsor takes part themselves. Where the leader goes
/// first, others follow (article C).
///
/// The charter says as whom they take part, and they are enrolled in the cohort; after its close, they were to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SponsorParticipation;

impl Metric for SponsorParticipation {
    fn id(&self) -> PluginId {
        PluginId::new("sponsor_participation", 1)
    }

    fn definition(&self) -> &str {
        "cohorts in which the sponsor takes part / cohorts launched"
    }

    fn concerns(&self, kind: UnitKind) -> bool {
        kind == UnitKind::Cohort
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Cohort(cohort) = unit else {
            return None;
        };
        let takes_part = cohort.facts().sponsor_takes_part(cohort.as_of());
        Some(Contribution::whether(takes_part))
    }
}
