//! The health of a programme that is kept up with its history.
//!
//! In come a history, metrics, a calendar and a day, then the same history as it grows; out comes the health on that day.
//! Never true inside: a figure that a reading of the whole history would not give.

use chrono::NaiveDate;

use super::beside;
use super::day::Day;
use super::exempted;
use super::ladder::Ladder;
use super::metric::{Metrics, UnitKind, UnitView};
use super::status;
use super::sum::{Sum, Total};
use super::view::PairingView;
use super::{HealthError, ProgramHealth, Reading};
use crate::cadence::Calendar;
use crate::history::{History, ReadTo, StageFact};
use crate::ids::PairingId;

/// How many pairings are read again where one of them has changed.
const BLOCK: usize = 64;
/// The health of a programme on a day, kept up with its history: after a session, its pairing is read again and some beside
/// it, and nothing else.
///
/// A dashboard of 50,000 pairings keeps one of these. Whatever reads more than some 16,000 pairings does so by up to four threads, which are
/// gone when it returns; the answer is the same. What sessions and goals change costs little; a step of a pairing, a
/// reorganisation or an enrolment concerns people and places too, and everything is read again, as it is for another day.
///
/// ```
/// use chrono::NaiveDate;
/// use reverse_mentoring::cadence::Calendar;
/// use reverse_mentoring::health::{LiveHealth, Metrics, ProgramHealth};
/// use reverse_mentoring::prelude::*;
/// use reverse_mentoring::testing::{self, Company};
///
/// let (company, mut ids) = (Company::sample()?, SequentialIds::new(9));
/// let day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
/// let now = Stamp::midnight(day);
/// let id = ProgramId::from_source(&mut ids);
/// let (mut program, _) = Program::open(id, company.roster(), Load::DEFAULT, now)?;
/// testing::launch(&mut program, company.roster(), now, &mut ids)?;
///
/// let (metrics, calendar) = (Metrics::standard(), Calendar::OPEN);
/// let mut live = LiveHealth::read(program.history(), metrics.clone(), calendar, day)?;
/// let take_part = |health: &ProgramHealth| health.reading("match_coverage").map(|ratio| ratio.whole());
/// let before = take_part(live.health()).ok_or("nobody")?;
/// let (somebody, _) = program.enrolled().next().ok_or("nobody")?;
/// program.withdraw(somebody, now)?;
/// let health = live.refresh(program.history())?;
/// assert_eq!(take_part(health), Some(before - 1));
/// assert_eq!(health, &ProgramHealth::assess(program.history(), &metrics, day)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// INVARIANT (live): `health` is what the history said at `read_to`; `None` where reading failed half way.
#[derive(Debug)]
pub struct LiveHealth {
    metrics: Metrics,
    calendar: Calendar,
    health: ProgramHealth,
    /// What the pairings add up to, block by block.
    blocks: Vec<Block>,
    /// What people and cohorts add up to.
    rest: Vec<Total>,
    read_to: Option<ReadTo>,
}

/// Pairings from this one up to the next block.
#[derive(Debug)]
struct Block {
    first: PairingId,
    totals: Vec<Total>,
}

impl LiveHealth {
    /// Reads a history on a day, where the programme is closed on some.
    ///
    /// # Errors
    ///
    /// As [`ProgramHealth::assess`].
    pub fn read(
        history: &History,
        metrics: Metrics,
        calendar: Calendar,
        as_of: NaiveDate,
    ) -> Result<Self, HealthError> {
        if let Some(id) = metrics.repeated() {
            return Err(HealthError::Twice(id));
        }
        let mut live = Self {
            metrics,
            calendar,
            health: ProgramHealth::nothing(as_of),
            blocks: Vec::new(),
            rest: Vec::new(),
            read_to: None,
        };
        live.read_all(history)?;
        Ok(live)
    }

    /// The health as it was read last.
    #[must_use]
    pub const fn health(&self) -> &ProgramHealth {
        &self.health
    }

    /// The same, for good.
    #[must_use]
    pub fn into_health(self) -> ProgramHealth {
        self.health
    }

    /// Takes in what has come to the history since it was read last. Another history, a clone of the first one included, is
    /// read as a whole.
    ///
    /// # Errors
    ///
    /// As [`ProgramHealth::assess`]. The health stays as it was, and the next time everything is read again.
    pub fn refresh(&mut self, history: &History) -> Result<&ProgramHealth, HealthError> {
        let read_to = self.read_to.take();
        let changed = read_to.and_then(|read_to| history.changes().since(read_to));
        match changed.map(Iterator::collect::<Vec<_>>) {
            Some(changed) => self.read_again(history, changed)?,
            None => self.read_all(history)?,
        }
        Ok(&self.health)
    }

    fn read_all(&mut self, history: &History) -> Result<(), HealthError> {
        let mut day = Day::new(history, &self.calendar, self.health.as_of);
        // People first: they know what the pairings ask of them.
        let parts = day.people(|people| {
            let mut sums = Sum::all(&self.metrics);
            let mut concerned = Sum::that_concern(&mut sums, &[UnitKind::Person]);
            for unit in people.map(UnitView::Person) {
                concerned.iter_mut().for_each(|sum| sum.add(&unit));
            }
            sums
        });
        let mut sums = Sum::all(&self.metrics);
        for part in parts {
            let both = sums.iter_mut().zip(part);
            both.for_each(|(sum, more)| sum.append(more));
        }
        let mut concerned = Sum::that_concern(&mut sums, &[UnitKind::Cohort]);
        for unit in day.cohorts().map(UnitView::Cohort) {
            concerned.iter_mut().for_each(|sum| sum.add(&unit));
        }
        let rest = Sum::totals(&mut sums)?;
        let firsts: Vec<PairingId> = day.known().iter().copied().step_by(BLOCK).collect();
        let mut health = ProgramHealth::nothing(self.health.as_of);
        let mut blocks = Vec::with_capacity(firsts.len());
        for mut part in in_parts(&day, &self.metrics, &firsts)? {
            health.append(part.health);
            blocks.append(&mut part.blocks);
        }
        health.readings = readings(&self.metrics, &rest, &blocks)?;
        (self.health, self.rest, self.blocks) = (health, rest, blocks);
        self.read_to = Some(history.changes().read_to());
        Ok(())
    }

    fn read_again(
        &mut self,
        history: &History,
        mut changed: Vec<PairingId>,
    ) -> Result<(), HealthError> {
        changed.sort_unstable();
        changed.dedup();
        let day = Day::new(history, &self.calendar, self.health.as_of);
        let mut sums = Sum::all(&self.metrics);
        let mut at = None;
        for pairing in &changed {
            let after = self.blocks.partition_point(|block| block.first <= *pairing);
            let block = after.checked_sub(1);
            if block == at {
                continue;
            }
            at = block;
            let until = self.blocks.get(after).map(|block| block.first);
            let Some(block) = block.and_then(|at| self.blocks.get_mut(at)) else {
                continue;
            };
            let mut concerned = Sum::of_pairings(&mut sums);
            for (view, _) in day.pairings_from(block.first, until) {
                add(&mut concerned, view);
            }
            block.totals = Sum::totals(&mut sums)?;
        }
        let readings = readings(&self.metrics, &self.rest, &self.blocks)?;
        for pairing in changed {
            for (view, stages) in day.pairings_from(pairing, None).take(1) {
                self.health.replace(&view, stages);
            }
        }
        self.health.readings = readings;
        self.read_to = Some(history.changes().read_to());
        Ok(())
    }
}

/// What some blocks in a row say.
struct Part {
    health: ProgramHealth,
    blocks: Vec<Block>,
}

/// Reads all blocks, by the pairings that they begin with.
fn in_parts(
    day: &Day<'_>,
    metrics: &Metrics,
    firsts: &[PairingId],
) -> Result<Vec<Part>, HealthError> {
    let parts = beside::parts(day.known().len());
    let size = firsts.len().div_ceil(parts).max(1);
    let read = |(at, chunk): (usize, &[PairingId])| {
        let next = firsts.get((at + 1) * size).copied();
        read_part(day, metrics, (at * size, chunk), next)
    };
    let parts = beside::read(firsts.chunks(size).enumerate(), read);
    parts.into_iter().collect()
}

/// Reads blocks in a row, the first of which is at a place, before the pairing that comes after them.
fn read_part(
    day: &Day<'_>,
    metrics: &Metrics,
    (at, firsts): (usize, &[PairingId]),
    next: Option<PairingId>,
) -> Result<Part, HealthError> {
    let mut health = ProgramHealth::nothing(day.as_of);
    let (mut blocks, mut sums) = (Vec::with_capacity(firsts.len()), Sum::all(metrics));
    let Some(first) = firsts.first() else {
        return Ok(Part { health, blocks });
    };
    let mut pairings = day.pairings_at(at * BLOCK, *first, next);
    for first in firsts {
        let mut concerned = Sum::of_pairings(&mut sums);
        for (view, stages) in pairings.by_ref().take(BLOCK) {
            health.add(day.history, &view, stages);
            add(&mut concerned, view);
        }
        let totals = Sum::totals(&mut sums)?;
        let first = *first;
        blocks.push(Block { first, totals });
    }
    Ok(Part { health, blocks })
}

fn add(concerned: &mut [&mut Sum<'_>], view: PairingView<'_>) {
    if let Some(unit) = view.into_unit() {
        concerned.iter_mut().for_each(|sum| sum.add(&unit));
    }
}

fn readings(
    metrics: &Metrics,
    rest: &[Total],
    blocks: &[Block],
) -> Result<Vec<Reading>, HealthError> {
    let mut totals = rest.to_vec();
    for block in blocks {
        for ((total, more), metric) in totals.iter_mut().zip(&block.totals).zip(metrics.iter()) {
            let sum = total.checked_add(*more);
            *total = sum.ok_or_else(|| HealthError::Overflow(metric.id()))?;
        }
    }
    let each = metrics.iter().zip(totals);
    Ok(each.map(|(metric, total)| total.reading(metric)).collect())
}

impl ProgramHealth {
    /// Before anything is read.
    fn nothing(as_of: NaiveDate) -> Self {
        Self {
            as_of,
            readings: Vec::new(),
            pairings: Vec::new(),
            violations: Vec::new(),
            missing_evidence: Vec::new(),
            next_steps: Vec::new(),
            exempted: Vec::new(),
        }
    }

    /// Adds what is known of pairings that come after all that are known.
    fn append(&mut self, mut later: Self) {
        self.pairings.append(&mut later.pairings);
        self.violations.append(&mut later.violations);
        self.missing_evidence.append(&mut later.missing_evidence);
        self.next_steps.append(&mut later.next_steps);
        self.exempted.append(&mut later.exempted);
    }

    /// Adds what is known of the next pairing by id.
    fn add(&mut self, history: &History, view: &PairingView<'_>, stages: &[StageFact]) {
        let (id, facts, as_of) = (view.id, view.facts(), self.as_of);
        self.exempted
            .extend(exempted::read(history, id, facts, as_of));
        let health = status::read(view);
        self.next_steps
            .extend(Ladder::DEFAULT.read(view, stages, health.as_ref()));
        if let Some(health) = health {
            self.pairings.push(health);
            if facts.is_open(as_of) {
                let findings = facts.findings_on(as_of).map(|f| (id, f.0.clone()));
                self.violations.extend(findings);
            }
            let missing = facts.missing_on(as_of).map(|missing| (id, missing));
            self.missing_evidence.extend(missing);
        }
    }

    /// Puts in the place of what was known of a pairing what its sessions and goals say now: how it goes, and what might be
    /// done next. They say nothing of the rest.
    fn replace(&mut self, view: &PairingView<'_>, stages: &[StageFact]) {
        let health = status::read(view);
        let next = Ladder::DEFAULT.read(view, stages, health.as_ref());
        let at = self.next_steps.partition_point(|n| n.pairing < view.id);
        let known = self
            .next_steps
            .get(at)
            .is_some_and(|n| n.pairing == view.id);
        self.next_steps.splice(at..at + usize::from(known), next);
        let at = self.pairings.partition_point(|p| p.pairing < view.id);
        let known = self.pairings.get(at).is_some_and(|p| p.pairing == view.id);
        self.pairings.splice(at..at + usize::from(known), health);
    }
}
