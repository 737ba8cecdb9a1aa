//! Programmes with figures of their own: a history of pairings that have started, and a metric that looks them up.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use reverse_mentoring::health::{
    Breakdown, Contribution, Figure, Ledger, Metric, Metrics, Period, PeriodHealth,
    PublishedReading, Publisher, ReleaseError, UnitView,
};
use reverse_mentoring::history::{History, LoggedPairing, adopt};
use reverse_mentoring::ids::{PairingId, SequentialIds};
use reverse_mentoring::policy::PluginId;
use reverse_mentoring::privacy::Threshold;
use reverse_mentoring::roster::Load;
use reverse_mentoring::text::Label;

use crate::support::*;

pub(crate) struct World {
    pub(crate) history: History,
    pub(crate) ids: Vec<PairingId>,
}

impl World {
    /// So many pairings that started on day 0.
    pub(crate) fn of(pairings: usize) -> Self {
        let roster = Company::base()
            .places("cto", 999)
            .places("cleo", 999)
            .roster();
        let logs: Vec<LoggedPairing> = (0..pairings)
            .map(|n| logged(&roster, &format!("p{n:03}"), ("cleo", "cto"), 0))
            .collect();
        let ids = &mut SequentialIds::new(8);
        let adopted = adopt(&logs, &roster, Load::DEFAULT, day(0), ids);
        let ids = adopted.keys.keys().copied().collect();
        Self {
            history: adopted.history,
            ids,
        }
    }
}

/// The part and whole of each pairing by the day of the reading; who is not in it has none.
#[derive(Debug, Clone)]
pub(crate) struct Table(
    pub(crate) u16,
    pub(crate) BTreeMap<(NaiveDate, PairingId), (u64, u64)>,
);

impl Metric for Table {
    fn id(&self) -> PluginId {
        PluginId::new("table", self.0)
    }

    fn definition(&self) -> &str {
        "what the test says"
    }

    fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
        let UnitView::Pairing(pairing) = unit else {
            return None;
        };
        let (part, whole) = *self.1.get(&(pairing.as_of(), pairing.id))?;
        Some(Contribution::new(part, whole))
    }
}

/// A programme on one day: part and whole of each pairing by its place (a whole of 0: no data), and the labels.
#[derive(Debug, Clone)]
pub(crate) struct Programme {
    pub(crate) values: Vec<(u64, u64)>,
    pub(crate) labels: Vec<Vec<Option<usize>>>,
}

/// Members, what is published of them, and their label.
pub(crate) type Seen = (u128, Option<Figure>, Option<usize>);

pub(crate) const BREAKDOWNS: [&str; 3] = ["unit", "group", "site"];

pub(crate) fn label(n: usize) -> String {
    format!("l{n}")
}

/// The period `n` of the tests: ten days, the first of them from day 1 on.
pub(crate) fn period(n: i64) -> Period {
    Period::new(day(10 * n + 1), day(10 * n + 10)).unwrap()
}

impl Programme {
    /// Releases it as period `n`.
    pub(crate) fn release(
        &self,
        world: &World,
        n: i64,
        threshold: u32,
        ledger: &mut Ledger,
    ) -> Result<PeriodHealth, ReleaseError> {
        let on = period(n).last();
        let rows = world.ids.iter().zip(&self.values);
        let table = rows.map(|(id, value)| ((on, *id), *value)).collect();
        let metrics = Metrics::none().with(Table(1, table));
        let mut publisher = Publisher::new(&world.history, &metrics, day(10 * n + 11))
            .threshold(Threshold::new(threshold).unwrap());
        for (name, labels) in BREAKDOWNS.iter().zip(&self.labels) {
            let labels = world.ids.iter().zip(labels);
            let labels =
                labels.filter_map(|(id, l)| Some((*id, Label::new(label((*l)?)).unwrap())));
            publisher = publisher.by(Breakdown::new(Label::new(*name).unwrap(), labels));
        }
        publisher.release(period(n), ledger)
    }

    /// The members, as bits.
    pub(crate) fn members(&self, of: impl Fn(usize) -> bool) -> u128 {
        let places = (0..self.values.len()).filter(|&at| self.values[at].1 > 0 && of(at));
        places.fold(0, |set, at| set | 1 << at)
    }

    pub(crate) fn sum(&self, set: u128) -> (u64, u64) {
        let values = self.values.iter().enumerate();
        let values = values.filter(|(at, _)| set >> at & 1 == 1);
        values.fold((0, 0), |(p, w), (_, (part, whole))| (p + part, w + whole))
    }

    /// Everything that has a cell: members, and what the release says; those without a label last, with nothing.
    pub(crate) fn cells(&self, reading: &PublishedReading) -> Vec<Vec<Seen>> {
        let breakdowns = BREAKDOWNS.iter().zip(&self.labels);
        let cells = breakdowns.map(|(name, labels)| {
            let mut known: Vec<Option<usize>> = labels.clone();
            known.sort_unstable();
            known.dedup();
            let cell = |l: Option<usize>| {
                let members = self.members(|at| labels[at] == l);
                let said = l.map(|l| reading.cell(name, &label(l)).unwrap());
                (members, said.and_then(|cell| cell.shown().copied()), l)
            };
            known.into_iter().map(cell).collect()
        });
        cells.collect()
    }
}

/// Numbers from a seed (xorshift).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        for (left, shift) in [(true, 13), (false, 7), (true, 17)] {
            self.0 ^= if left {
                self.0 << shift
            } else {
                self.0 >> shift
            };
        }
        ((self.0 >> 11) % n as u64) as usize
    }

    pub(crate) fn one_of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// So many times in a hundred.
    pub(crate) fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }
}
