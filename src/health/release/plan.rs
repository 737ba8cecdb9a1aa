//! What of each metric is published: every metric by itself, then those that tell of others after them.
//!
//! In come what metrics add up to, breakdowns and what is out; out come cells and which of them are afresh. Never true in
//! what is decided: a cell that one metric shows afresh and of which it tells what another one withholds.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::breakdown::Breakdown;
use super::choice::{Set, choose};
use super::ledger::{Key, Ledger};
use super::read::{self, Read};
use crate::health::metric::Metric;
use crate::ids::PairingId;
use crate::policy::PluginId;

/// The total, a cell, or those without a label, who have a cell that is never published.
pub(super) struct Asked<'a> {
    pub(super) breakdown: Option<usize>,
    pub(super) key: Key<'a>,
    pub(super) members: Vec<Uuid>,
}

impl Asked<'_> {
    pub(super) fn is_listed(&self) -> bool {
        self.breakdown.is_none() || self.key.is_some()
    }
}

/// What is decided of one metric.
pub(super) struct Decided<'a> {
    pub(super) read: &'a Read,
    /// The total, then every cell, and whether it is published afresh.
    pub(super) cells: Vec<(Asked<'a>, bool)>,
    /// Whether there are enough pairings for anything.
    pub(super) enough: bool,
    /// How many of the breakdowns are asked for: none where the metric has units without a label.
    pub(super) breakdowns: usize,
}

/// What is planned for one metric.
pub(super) struct Plan<'a, 'l> {
    name: PluginId,
    tells: &'a [&'a str],
    read: &'a Read,
    cells: Vec<Asked<'a>>,
    /// Which cells may be published afresh, and which are.
    may: Vec<bool>,
    fresh: Vec<bool>,
    breakdowns: usize,
    rules: Rules<'l>,
}

/// What a plan goes by.
#[derive(Clone, Copy)]
pub(super) struct Rules<'l> {
    pub(super) least: u64,
    /// Whether there are enough pairings for anything.
    pub(super) enough: bool,
    pub(super) ledger: &'l Ledger,
}

impl<'a, 'l> Plan<'a, 'l> {
    pub(super) fn new(
        metric: &'a dyn Metric,
        read: &'a Read,
        started: &[PairingId],
        breakdowns: &'a [Breakdown],
        rules: Rules<'l>,
    ) -> Self {
        let breakdowns = match read.unlabelled || !metric.breaks_down() {
            true => &[],
            false => breakdowns,
        };
        let mut cells = vec![Asked {
            breakdown: None,
            key: None,
            members: read.units.keys().copied().collect(),
        }];
        for (at, breakdown) in breakdowns.iter().enumerate() {
            for (label, members) in read::cells(breakdown, started, &read.units) {
                cells.push(Asked {
                    breakdown: Some(at),
                    key: label.map(|label| (breakdown.name(), label)),
                    members,
                });
            }
        }
        let listed = cells.iter().map(Asked::is_listed);
        let mut plan = Self {
            name: metric.id(),
            tells: metric.tells(),
            read,
            may: listed.map(|listed| listed && rules.enough).collect(),
            fresh: Vec::new(),
            cells,
            breakdowns: breakdowns.len(),
            rules,
        };
        plan.choose();
        plan
    }

    fn choose(&mut self) {
        let metric = self.name.name();
        let ledger = self.rules.ledger;
        let past: Vec<&[Uuid]> = ledger.sets(metric).collect();
        let sets = self.cells.iter().zip(&self.may).map(|(cell, may)| Set {
            breakdown: cell.breakdown,
            members: &cell.members,
            may: *may,
            last: match cell.is_listed() {
                true => ledger.last_set(metric, cell.key),
                false => &[],
            },
        });
        let sets: Vec<Set<'_>> = sets.collect();
        self.fresh = choose(&self.read.units, &sets, &past, self.rules.least);
    }

    /// The cells with data that are not published afresh.
    fn withheld(&self) -> impl Iterator<Item = Key<'a>> {
        let cells = self.cells.iter().zip(&self.fresh);
        let withheld =
            cells.filter(|(cell, fresh)| cell.is_listed() && !cell.members.is_empty() && !**fresh);
        withheld.map(|(cell, _)| cell.key)
    }

    /// Withholds these, too; whether there was any to withhold. What is not listed is never published afresh.
    fn withhold(&mut self, keys: &BTreeSet<Key<'a>>) -> bool {
        let mut any = false;
        let cells = self.cells.iter().zip(&self.fresh);
        for ((cell, fresh), may) in cells.zip(&mut self.may) {
            if *fresh && keys.contains(&cell.key) {
                (*may, any) = (false, true);
            }
        }
        any
    }

    pub(super) fn decided(self) -> Decided<'a> {
        Decided {
            read: self.read,
            cells: self.cells.into_iter().zip(self.fresh).collect(),
            enough: self.rules.enough,
            breakdowns: self.breakdowns,
        }
    }
}

/// What tells of another metric is published where that one is. Each time less is published, so it ends.
pub(super) fn keep_from_telling(plans: &mut [Plan<'_, '_>]) {
    let mut again = true;
    while again {
        let withheld = plans.iter().map(|plan| {
            let keys: BTreeSet<Key<'_>> = plan.withheld().collect();
            (plan.name.name().to_owned(), keys)
        });
        let withheld: BTreeMap<String, BTreeSet<Key<'_>>> = withheld.collect();
        again = false;
        for plan in plans.iter_mut() {
            let told = plan.tells.iter().filter_map(|of| withheld.get(*of));
            let keys: BTreeSet<Key<'_>> = told.flatten().copied().collect();
            if plan.withhold(&keys) {
                plan.choose();
                again = true;
            }
        }
    }
}
