//! From the first day to the last.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::chance::Chance;
use super::desk::Desk;
use super::life::Life;
use super::moves::Move;
use super::outcome::{Happening, MonthEnd, Simulated};
use super::parameter::Parameter;
use super::setup::{Progress, Setup, SimulationError};
use crate::eligibility::Eligibility;
use crate::ids::PairingId;
use crate::matching::{self, ApprovedPlan, Optimal};
use crate::pairing::Pairing;
use crate::policy::{Context, FormerManager, NotExcluded, PastPair, Rule as _};
use crate::roster::Roster;

/// Plays a programme from its opening and an approved plan of its first day.
///
/// Each day, late records come in, people move, free people are matched, then every pairing has its day. Whoever
/// approved the first plan approves the later ones. `watch` is called at the beginning of every day; breaking there
/// hands back what was played so far, less the records that had not come in.
///
/// # Errors
///
/// [`SimulationError`]: the plan is of another roster, or the calendar ends.
pub fn simulate(
    setup: &Setup<'_>,
    approved: &ApprovedPlan,
    mut watch: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Simulated, SimulationError> {
    let end = setup.month(u32::from(setup.months))?;
    let last = end.pred_opt().unwrap_or(end).max(setup.start);
    let mut run = Run {
        setup,
        approved,
        chance: Chance::new(setup.seed, setup.replicate),
        desk: Desk::open(setup, approved.approved_by(), last)?,
        roster: setup.roster.clone(),
        lives: BTreeMap::new(),
        former: Vec::new(),
        moved: Vec::new(),
        months: Vec::new(),
        happenings: Vec::new(),
    };
    let days = u32::try_from((end - setup.start).num_days()).unwrap_or(u32::MAX);
    let mut finished = true;
    for (done, today) in (0u32..).zip(setup.start.iter_days().take_while(|day| *day < end)) {
        if watch(Progress { today, done, days }).is_break() {
            finished = false;
            break;
        }
        run.desk.today = today;
        run.day()?;
    }
    Ok(Simulated {
        program: run.desk.program,
        journal: run.desk.journal,
        roster: run.roster,
        months: run.months,
        happenings: run.happenings,
        finished,
    })
}

/// A simulation on its way.
pub(super) struct Run<'a> {
    pub(super) setup: &'a Setup<'a>,
    approved: &'a ApprovedPlan,
    pub(super) chance: Chance,
    pub(super) desk: Desk,
    pub(super) roster: Roster,
    pub(super) lives: BTreeMap<PairingId, Life>,
    pub(super) former: Vec<FormerManager>,
    /// The mentor who will move back.
    pub(super) moved: Vec<Move>,
    months: Vec<MonthEnd>,
    pub(super) happenings: Vec<Happening>,
}

impl Run<'_> {
    fn day(&mut self) -> Result<(), SimulationError> {
        self.desk.collect()?;
        // Months that have passed: months.len() of them, where today is the first day of the next.
        let passed = u32::try_from(self.months.len()).unwrap_or(u32::MAX);
        if self.desk.today == self.setup.month(passed)? {
            self.first_of_month(passed)?;
        }
        for life in self.lives.values_mut() {
            life.day(&mut self.desk, &self.setup.model, &mut self.chance)?;
        }
        let tomorrow = super::setup::after(self.desk.today, 1)?;
        if tomorrow == self.setup.month(passed.saturating_add(1))? {
            self.months.push(MonthEnd {
                date: self.desk.today,
                entries: self.desk.journal.len(),
                open: self.desk.program.open_pairings().count(),
            });
        }
        Ok(())
    }

    fn first_of_month(&mut self, passed: u32) -> Result<(), SimulationError> {
        let value = |parameter| self.setup.model.value(parameter);
        let (rounds, back) = (
            value(Parameter::RoundMonths),
            value(Parameter::ReturnMonths),
        );
        let reorganisation = value(Parameter::ReorganisationMonth);
        if passed == 0 {
            self.desk.propose(self.approved, self.setup.cadence)?;
            let plan = self.approved.plan();
            return self.welcome(plan.proposals.len(), plan.unmatched.len());
        }
        if reorganisation > 0 && passed == reorganisation {
            self.reorganise()?;
        }
        if reorganisation > 0 && back > 0 && passed == reorganisation + back {
            self.move_back()?;
        }
        if rounds > 0 && passed % rounds == 0 {
            self.round()?;
        }
        Ok(())
    }

    /// Gives every new pairing a life.
    fn welcome(&mut self, proposed: usize, unmatched: usize) -> Result<(), SimulationError> {
        let on = self.desk.today;
        for pairing in self.desk.program.open_pairings() {
            let id = pairing.id();
            if !self.lives.contains_key(&id) {
                let life = Life::proposed(id, on, &self.setup.model, &mut self.chance)?;
                self.lives.insert(id, life);
            }
        }
        self.happenings.push(Happening::Round {
            on,
            proposed,
            unmatched,
        });
        Ok(())
    }

    /// Matches whoever has a place left, with the lines as they are now.
    fn round(&mut self) -> Result<(), SimulationError> {
        let program = &self.desk.program;
        let open: Vec<_> = program.open_pairings().map(Pairing::pair).collect();
        let past = program.history().pairings().filter_map(|(_, facts)| {
            let (ended, _) = facts.ended?;
            Some(PastPair {
                pair: facts.pair,
                ended,
            })
        });
        let context = Context::new(self.desk.today)
            .with_load(self.setup.load)
            .with_open(open.iter().copied())
            .with_excluded(open)
            .with_past(past)
            .with_former_managers(self.former.iter().cloned());
        let mut policy = self.setup.policy.clone();
        if policy.rules().all(|rule| rule.id() != NotExcluded.id()) {
            policy = policy.with(NotExcluded);
        }
        let eligibility = Eligibility::new(&self.roster, &policy, &context);
        let plan = matching::plan(&eligibility, &self.setup.criteria, &Optimal::most_pairs())?;
        let counts = (plan.proposals.len(), plan.unmatched.len());
        let approved = plan.approve(self.approved.approved_by());
        self.desk.propose(&approved, self.setup.cadence)?;
        self.welcome(counts.0, counts.1)
    }
}
