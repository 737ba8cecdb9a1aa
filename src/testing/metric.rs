//! The check of metrics: every unit on every day on which something happened, with and without the future.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Company, Complaints, Judge};
use crate::cadence::Calendar;
use crate::charter::Milestone;
use crate::health::{Contribution, Metric, UnitView};
use crate::history::{History, PairingFacts, SessionFact};
use crate::session::Response;

/// Asks a metric about every pairing, proposal, person and cohort of a company's history, on each day on which something happened and the
/// day before; then again with everything removed that happened after the day.
///
/// # Errors
///
/// [`Complaints`] where the metric gives one unit two answers, claims a part above its whole, lets what has not happened yet count (a ratio for
/// `None` included), defines itself on several lines, or changes its id.
///
/// ```
/// use reverse_mentoring::health::{Contribution, Metric, UnitView};
/// use reverse_mentoring::policy::PluginId;
/// use reverse_mentoring::testing::{Company, check_metric};
///
/// #[derive(Debug)]
/// struct HeldSessions;
///
/// impl Metric for HeldSessions {
///     fn id(&self) -> PluginId {
///         PluginId::new("held_sessions", 1)
///     }
///
///     fn definition(&self) -> &str {
///         "sessions held / all sessions"
///     }
///
///     fn contribute(&self, unit: &UnitView<'_>) -> Option<Contribution> {
///         let UnitView::Pairing(pairing) = unit else { return None };
///         let all = &pairing.facts().sessions; // forgets `as_of`
///         let held = all.iter().filter(|s| s.outcome.is_held()).count();
///         Some(Contribution::new(held as u64, all.len() as u64))
///     }
/// }
///
/// let complaints = check_metric(&HeldSessions, &Company::sample()?).unwrap_err();
/// let [complaint] = complaints.0.as_slice() else { panic!("{complaints}") };
/// assert!(complaint.message.starts_with("looks past 2026-01-05: pairing"));
/// assert!(complaint.message.ends_with("gives 5 / 6, and 0 / 0 without what came later"));
/// # Ok::<(), reverse_mentoring::error::Error>(())
/// ```
pub fn check_metric(metric: &dyn Metric, company: &Company) -> Result<(), Complaints> {
    let id = || metric.id();
    let mut judge = Judge::new(&id);
    judge.expect_line(metric.definition(), "definition", "a definition");
    let history = company.history();
    for as_of in days(history) {
        let past = up_to(history, as_of);
        let (known, all) = (units(&past, as_of), units(history, as_of));
        for ((name, unit), (_, in_past)) in all.iter().zip(&known) {
            let [first, second] = [(); 2].map(|()| metric.contribute(unit));
            judge.expect(first == second, "steady", || {
                let (first, second) = (shown(first), shown(second));
                format!("gives {name} on {as_of} first {first}, then {second}")
            });
            judge.expect(first.is_none_or(|c| c.part <= c.whole), "whole", || {
                format!(
                    "gives {name} on {as_of} {}: more than there is",
                    shown(first)
                )
            });
            let without = metric.contribute(in_past);
            judge.expect(first != second || first == without, "future", || {
                let (first, without) = (shown(first), shown(without));
                format!("looks past {as_of}: {name} gives {first}, and {without} without what came later")
            });
        }
    }
    judge.verdict()
}

fn shown(ratio: Option<Contribution>) -> String {
    ratio.map_or("nothing".to_owned(), |r| {
        format!("{} / {}", r.part, r.whole)
    })
}

/// Every unit that health would show to a metric, with a name for it.
fn units(history: &History, as_of: NaiveDate) -> Vec<(String, UnitView<'_>)> {
    let named = |unit: &UnitView<'_>| match unit {
        UnitView::Pairing(pairing) => format!("pairing {}", pairing.id),
        UnitView::Proposal(pairing) => format!("proposal {}", pairing.id),
        UnitView::Person(person) => format!("person {}", person.id),
        UnitView::Cohort(cohort) => format!("cohort {}", cohort.id),
    };
    static OPEN: Calendar = Calendar::OPEN;
    let units = crate::health::Day::new(history, &OPEN, as_of)
        .units()
        .into_iter();
    units.map(|unit| (named(&unit), unit)).collect()
}

/// Each day on which something happened, and the day before it.
fn days(history: &History) -> BTreeSet<NaiveDate> {
    let mut days = BTreeSet::new();
    for (_, facts) in history.pairings() {
        days.insert(facts.proposed);
        days.extend(facts.accepted);
        days.extend(facts.started);
        days.extend(facts.settled);
        days.extend(facts.ended.map(|(day, _)| day));
        days.extend(facts.sessions.iter().map(|s| s.date));
        days.extend(facts.holds.iter().map(|h| h.from));
        days.extend(facts.holds.iter().filter_map(|h| h.until));
        days.extend(facts.agreements.iter().map(|a| a.from));
        days.extend(facts.evidence.days());
        for goal in &facts.goals.learning {
            days.insert(goal.since);
            days.extend(goal.course.iter().map(|(day, _)| day));
        }
        for goal in &facts.goals.shared {
            days.insert(goal.since);
            days.extend(goal.course.iter().map(|(day, _)| day));
        }
    }
    for (_, facts) in history.people() {
        days.extend(facts.enrolled.iter().map(|(day, _)| *day));
        days.extend(facts.trained.iter().map(|(day, _)| *day));
        days.extend(facts.places.iter().map(|(day, _)| *day));
    }
    for (_, facts) in history.cohorts() {
        days.extend(facts.reached.values());
        days.extend(facts.enrolments.iter().map(|e| e.from));
        days.extend(facts.enrolments.iter().filter_map(|e| e.until));
    }
    // The first day of all calendars stands for what nobody knows.
    days.remove(&NaiveDate::MIN);
    let before: Vec<_> = days.iter().filter_map(|day| day.pred_opt()).collect();
    days.extend(before);
    days
}

/// The history as it was known on a day, had everything been recorded at once.
fn up_to(history: &History, as_of: NaiveDate) -> History {
    let mut past = history.clone();
    past.pairings.retain(|_, facts| facts.proposed <= as_of);
    for facts in past.pairings.values_mut() {
        forget_after(facts, as_of);
    }
    for facts in past.people.values_mut() {
        facts.enrolled.retain(|(day, _)| *day <= as_of);
        facts.exempted.retain(|(day, _)| *day <= as_of);
        facts.places.retain(|(day, _)| *day <= as_of);
        facts.trained.retain(|(day, _)| *day <= as_of);
    }
    past.launched.retain(|(day, _)| *day <= as_of);
    for facts in past.cohorts.values_mut() {
        facts.reached.retain(|_, day| *day <= as_of);
        facts.enrolments.retain(|e| e.from <= as_of);
        for enrolment in &mut facts.enrolments {
            enrolment.until = enrolment.until.filter(|day| *day <= as_of);
        }
        if !facts.reached.contains_key(&Milestone::Launch) {
            (facts.charter, facts.days) = (None, None);
        }
    }
    past
}

fn forget_after(facts: &mut PairingFacts, as_of: NaiveDate) {
    facts.cohort = facts.cohort_on(as_of);
    facts.goals = facts.goals_on(as_of).clone();
    let then = facts.sessions(as_of).map(|session| SessionFact {
        feedback_from: facts.given(session, Response::Feedback, as_of),
        recognition_from: facts.given(session, Response::Recognition, as_of),
        ..*session
    });
    facts.sessions = then.collect();
    facts.findings = facts.findings_on(as_of).cloned().collect();
    facts.missing = facts.missing_on(as_of).collect();
    facts.evidence.keep_up_to(as_of);
    facts.accepted = facts.accepted.filter(|day| *day <= as_of);
    facts.introduced = facts.introduced.filter(|day| *day <= as_of);
    facts.started = facts.started.filter(|day| *day <= as_of);
    facts.settled = facts.settled.filter(|day| *day <= as_of);
    facts.ended = facts.ended.filter(|(day, _)| *day <= as_of);
    facts.latest_step = facts.latest_step.min(as_of);
    facts.reviewed.retain(|_, day| *day <= as_of);
    facts.far_links.retain(|(day, _)| *day <= as_of);
    facts.planned.retain(|plan| plan.planning.on <= as_of);
    let first = facts.agreements.first().copied();
    facts.agreements.retain(|a| a.from <= as_of);
    // There is always one.
    if facts.agreements.is_empty() {
        facts.agreements.extend(first);
    }
    facts.holds.retain(|h| h.from <= as_of);
    for hold in &mut facts.holds {
        hold.until = hold.until.filter(|day| *day <= as_of);
    }
    facts.goals.learning.retain(|goal| goal.since <= as_of);
    for goal in &mut facts.goals.learning {
        goal.course.keep_up_to(as_of);
    }
    facts.goals.shared.retain(|goal| goal.since <= as_of);
    for goal in &mut facts.goals.shared {
        goal.course.keep_up_to(as_of);
    }
}
