//! A label for each pairing.

use std::collections::BTreeMap;

use crate::ids::PairingId;
use crate::text::Label;

/// One way to break figures down: each pairing has one label, such as the unit of its mentor, or a reporting group.
///
/// Labels are the host's: they come from its roster and never from matching. A pairing without a label counts in the
/// total alone. **One way means one: do not make labels of two things** ("Sales, part-time"). Figures of several
/// breakdowns are released beside each other, never crossed.
///
/// Ended pairings count in most figures, so keep their labels. One whose label changes is, for what may be told, one
/// who left a group and joined another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    name: Label,
    labels: BTreeMap<PairingId, Label>,
}

impl Breakdown {
    /// By this name, such as `unit`; of a pairing that comes twice the last label holds.
    #[must_use]
    pub fn new(name: Label, labels: impl IntoIterator<Item = (PairingId, Label)>) -> Self {
        let labels = labels.into_iter().collect();
        Self { name, labels }
    }

    /// What it goes by.
    #[must_use]
    pub const fn name(&self) -> &Label {
        &self.name
    }

    /// The label of a pairing.
    #[must_use]
    pub fn label(&self, pairing: PairingId) -> Option<&Label> {
        self.labels.get(&pairing)
    }
}
