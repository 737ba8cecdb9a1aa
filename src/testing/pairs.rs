//! Checks of what looks at two people: rules and criteria.

use super::{Company, Complaints, Judge};
use crate::eligibility::{Eligibility, Lanes, Rows};
use crate::matching::{Bound, Criterion};
use crate::policy::{PairView, Policy, RowView, Rule};
use crate::text::Quoted;

/// Asks a rule about every ordered pair of a company.
///
/// # Errors
///
/// [`Complaints`] where the rule answers the same question differently, alone or in a row, names a violation unlike itself, words it on
/// several lines, or changes its id.
///
/// ```
/// use reverse_mentoring::policy::{Context, PairView, PluginId, Rule, Violation};
/// use reverse_mentoring::testing::{Company, check_rule};
///
/// #[derive(Debug)]
/// struct SameSite;
///
/// impl Rule for SameSite {
///     fn id(&self) -> PluginId {
///         PluginId::new("same-site", 1)
///     }
///
///     fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
///         if pair.mentor().site() == pair.mentee().site() {
///             return Ok(());
///         }
///         Err(Violation::new("same-location", "the two work at different sites"))
///     }
/// }
///
/// let complaints = check_rule(&SameSite, &Company::sample()?).unwrap_err();
/// assert_eq!(complaints.to_string(), "`same-site@1` gives a violation the code `same-location`, not its own name");
/// # Ok::<(), reverse_mentoring::error::Error>(())
/// ```
pub fn check_rule(rule: &dyn Rule, company: &Company) -> Result<(), Complaints> {
    let id = || rule.id();
    let mut judge = Judge::new(&id);
    let context = company.context();
    for_each_pair(company, |pair| {
        let answers = [rule.check(pair, context), rule.check(pair, context)];
        judge.expect(answers[0] == answers[1], "steady", || {
            format!("answers differently when asked again about {}", named(pair))
        });
        for violation in answers.iter().filter_map(|a| a.as_ref().err()) {
            let code = Quoted(violation.code());
            judge.expect(violation.code() == rule.id().name(), "code", || {
                format!("gives a violation the code {code}, not its own name")
            });
            judge.expect_line(violation.message(), "message", "a message");
            if let Some(advice) = violation.advice() {
                judge.expect_line(advice, "advice", "advice");
            }
        }
    });
    if !judge.complained("steady") {
        check_rule_in_rows(rule, company, &mut judge);
    }
    judge.verdict()
}

/// Asks a criterion about every ordered pair of a company.
///
/// # Errors
///
/// [`Complaints`] where the criterion's range is empty or changes, where it leaves the range, gives the same pair
/// different points, alone or in a row, breaks its bound, or changes its id.
///
/// ```
/// use reverse_mentoring::matching::{BothLearn, MenteeLearns};
/// use reverse_mentoring::testing::{Company, check_criterion};
///
/// let company = Company::sample()?;
/// check_criterion(&BothLearn, &company)?;
/// check_criterion(&MenteeLearns, &company)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_criterion(criterion: &dyn Criterion, company: &Company) -> Result<(), Complaints> {
    let id = || criterion.id();
    let mut judge = Judge::new(&id);
    let range = criterion.range();
    let (low, high) = (*range.start(), *range.end());
    judge.expect(low <= high, "empty", || {
        format!("has the range {low} to {high}, in which there is nothing")
    });
    for_each_pair(company, |pair| {
        let [first, second] = [(); 2].map(|()| criterion.assess(pair).points);
        judge.expect(first == second, "steady", || {
            format!("gives {} first {first} points, then {second}", named(pair))
        });
        let outside = [first, second].into_iter().find(|p| !range.contains(p));
        judge.expect(outside.is_none(), "range", || {
            let points = outside.unwrap_or_default();
            format!(
                "gives {} {points} points, outside its range of {low} to {high}",
                named(pair)
            )
        });
    });
    if !judge.complained("steady") {
        check_criterion_in_rows(criterion, company, &mut judge);
    }
    let now = criterion.range();
    judge.expect(now == range, "promise", || {
        format!(
            "changes its range from {low} to {high} into {} to {}",
            now.start(),
            now.end()
        )
    });
    judge.verdict()
}

/// Asks a rule about whole rows: the same answers as about their pairs.
fn check_rule_in_rows(rule: &dyn Rule, company: &Company, judge: &mut Judge<'_>) {
    let context = company.context();
    for_each_row(company, |row| {
        let noted: Vec<u32> = row.notes(|mentee| rule.note(mentee, context)).collect();
        let row = &row.with_noted(&noted);
        let mut consents = vec![true; row.len()];
        rule.check_row(row, context, &mut consents);
        for (at, pair) in row.pairs() {
            let alone = rule.check(&pair, context).is_ok();
            judge.expect(consents.get(at) == Some(&alone), "row", || {
                let [a, b] = if alone {
                    ["consents to", "objects"]
                } else {
                    ["objects to", "consents"]
                };
                format!("{a} {}, and {b} in a row of pairs", named(&pair))
            });
        }
    });
}

/// Asks a criterion about whole rows: the same points as of their pairs, and no bound below them.
fn check_criterion_in_rows(criterion: &dyn Criterion, company: &Company, judge: &mut Judge<'_>) {
    for_each_row(company, |row| {
        let noted: Vec<u32> = row.notes(|mentee| criterion.note(mentee)).collect();
        let row = &row.with_noted(&noted);
        let [mut points, mut bounds] = [(); 2].map(|()| vec![0; row.len()]);
        criterion.assess_row(row, &mut points);
        let bound = criterion.bound_row(row, &mut bounds);
        for (at, pair) in row.pairs() {
            let of = |list: &[u32]| list.get(at).copied().unwrap_or_default();
            let (points, limit, alone) = (of(&points), of(&bounds), criterion.assess(&pair).points);
            judge.expect(points == alone, "row", || {
                format!(
                    "gives {} {alone} points, and {points} in a row of pairs",
                    named(&pair)
                )
            });
            let (holds, what) = match bound {
                Bound::Exact => (limit == alone, "exactly"),
                Bound::Upper => (limit >= alone, "at most"),
                Bound::Unknown => (true, ""),
            };
            judge.expect(holds, "bound", || {
                format!(
                    "gives {} {alone} points, and said {what} {limit}",
                    named(&pair)
                )
            });
        }
    });
}

/// Everybody with everybody else, a row at a time.
fn for_each_row(company: &Company, mut ask: impl FnMut(&RowView<'_>)) {
    let (policy, people) = (Policy::core_only(), company.roster().participants().len());
    let eligibility = Eligibility::new(company.roster(), &policy, company.context());
    let rows = Rows::new(&eligibility, (0..people).collect(), (0..people).collect());
    let mut lanes = Lanes::default();
    for row in 0..people as u32 {
        for run in 0..rows.runs() {
            rows.ask_about_all(row, run, &mut lanes);
            if let Some(view) = rows.view(row, run, &lanes) {
                ask(&view);
            }
        }
    }
}

/// Every ordered pair of two different participants.
fn for_each_pair(company: &Company, mut ask: impl FnMut(&PairView<'_>)) {
    let (policy, people) = (Policy::core_only(), company.roster().participants().len());
    let eligibility = Eligibility::new(company.roster(), &policy, company.context());
    for mentor in 0..people {
        for mentee in (0..people).filter(|&mentee| mentee != mentor) {
            if let Some(view) = eligibility.view(mentor, mentee) {
                ask(&view);
            }
        }
    }
}

fn named(pair: &PairView<'_>) -> String {
    let [mentor, mentee] = [pair.mentor(), pair.mentee()].map(|p| Quoted(p.key().as_str()));
    format!("{mentor} with {mentee}")
}
