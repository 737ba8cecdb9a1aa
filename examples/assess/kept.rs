//! Two figures of this tool's own, beside those that ship: what a sponsor may see of broken invariants and missing evidence,
//! which name pairings.

use reverse_mentoring::health::{Contribution, Metric, UnitView};
use reverse_mentoring::policy::PluginId;

/// `invariants_kept`: open pairings that break no core invariant.
#[derive(Debug)]
pub struct InvariantsKept;

impl Metric for InvariantsKept {
    fn id(&self) -> PluginId {
        PluginId::new("invariants_kept", 1)
    }

    fn definition(&self) -> &str {
        "open pairings that break no core invariant / open pairings that have started"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let (facts, as_of) = (pairing.facts(), pairing.as_of());
        let broken = facts.findings_on(as_of).next().is_some();
        let open = facts.is_open(as_of);
        open.then(|| Contribution::whether(!broken))
    }
}

/// `evidence_complete`: pairings of which a log can show everything that is asked of a pairing made here.
#[derive(Debug)]
pub struct EvidenceComplete;

impl Metric for EvidenceComplete {
    fn id(&self) -> PluginId {
        PluginId::new("evidence_complete", 1)
    }

    fn definition(&self) -> &str {
        "pairings without a gap in the evidence / pairings that have started"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let missing = pairing.facts().missing_on(pairing.as_of()).next().is_some();
        Some(Contribution::whether(!missing))
    }
}
