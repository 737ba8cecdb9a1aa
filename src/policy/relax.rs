//! Milder forms of a rule: what a programme could allow without giving the rule's purpose up.

use std::sync::Arc;

use super::{CoolingOff, MinimumGap, OtherUnit, Policy, Rule, SameManager};
use crate::summary::count;

/// A milder form of a rule, or the policy without it, in words that complete "with …".
///
/// A rule [offers](Rule::relaxed) it for questions such as "what would have to change for this person to find a
/// partner?"; nothing applies it but the host.
#[derive(Debug, Clone)]
pub struct Relaxation {
    rule: Option<Arc<dyn Rule>>,
    words: String,
}

impl Relaxation {
    /// The rule in a milder form, such as "a minimum gap of 1 grade instead of 2 grades".
    #[must_use]
    pub fn to(rule: impl Rule + 'static, words: impl Into<String>) -> Self {
        Self {
            rule: Some(Arc::new(rule)),
            words: words.into(),
        }
    }

    /// No such rule, such as "pairs within a unit".
    #[must_use]
    pub fn without(words: impl Into<String>) -> Self {
        Self {
            rule: None,
            words: words.into(),
        }
    }

    /// What is allowed: a phrase without a full stop that names nobody.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }
}

impl Policy {
    /// The same with the rule at a place, counted from 0, in a milder form.
    #[must_use]
    pub fn relaxed(&self, at: usize, relaxation: &Relaxation) -> Self {
        let rules = self.rules.iter().enumerate();
        let rules = rules.filter_map(|(n, rule)| {
            if n == at {
                relaxation.rule.clone()
            } else {
                Some(Arc::clone(rule))
            }
        });
        Self {
            rules: rules.collect(),
        }
    }
}

/// One grade less at a time, then a year less at a time, then no gap.
pub(super) fn minimum_gap(rule: &MinimumGap) -> Vec<Relaxation> {
    let mut milder = Vec::new();
    let now = rule.gap();
    for grades in (1..rule.grades).rev() {
        let rule = MinimumGap { grades, ..*rule };
        let words = format!("a minimum gap of {} instead of {now}", rule.gap());
        milder.push(Relaxation::to(rule, words));
    }
    let mut months = rule.months.unwrap_or(0);
    while months > 12 {
        months -= 12;
        let rule = MinimumGap {
            months: Some(months),
            ..*rule
        };
        let words = format!("a minimum gap of {} instead of {now}", rule.gap());
        milder.push(Relaxation::to(rule, words));
    }
    let words = format!("any mentee who is ahead instead of a minimum gap of {now}");
    milder.push(Relaxation::without(words));
    milder
}

/// Half as far back, then today only.
pub(super) fn same_manager(rule: &SameManager) -> Vec<Relaxation> {
    let back = |months| match months {
        0 => "today".to_owned(),
        months => format!("in the last {}", count(months, "month")),
    };
    let shorter = halves(rule.months).into_iter();
    let milder = shorter.map(|months| {
        let words = format!(
            "managers in common ruled out {} instead of {}",
            back(months),
            back(rule.months)
        );
        Relaxation::to(SameManager::within_months(months), words)
    });
    milder.collect()
}

/// Half as long, then not at all.
pub(super) fn cooling_off(rule: &CoolingOff) -> Vec<Relaxation> {
    let now = count(rule.months, "month");
    let shorter = halves(rule.months).into_iter();
    let milder = shorter.map(|months| match months {
        0 => Relaxation::without(format!("no cooling-off instead of {now}")),
        months => Relaxation::to(
            CoolingOff::months(months),
            format!(
                "a cooling-off of {} instead of {now}",
                count(months, "month")
            ),
        ),
    });
    milder.collect()
}

/// Pairs within a unit.
pub(super) fn other_unit(_: &OtherUnit) -> Vec<Relaxation> {
    vec![Relaxation::without("pairs within a unit")]
}

/// Half of it and nothing, without what is there already.
fn halves(months: u32) -> Vec<u32> {
    let mut shorter = vec![months / 2, 0];
    shorter.retain(|&less| less < months);
    shorter.dedup();
    shorter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{ConflictingRole, NotExcluded, SameTraining};
    use crate::text::Label;

    fn words(rule: &dyn Rule) -> Vec<String> {
        let milder = rule.relaxed().into_iter();
        milder.map(|relaxation| relaxation.words).collect()
    }

    #[test]
    fn milder_forms_by_hand() {
        assert_eq!(
            words(&MinimumGap::of_grades(3).or_months(24)),
            [
                "a minimum gap of 2 grades or 24 months instead of 3 grades or 24 months",
                "a minimum gap of 1 grade or 24 months instead of 3 grades or 24 months",
                "a minimum gap of 3 grades or 12 months instead of 3 grades or 24 months",
                "any mentee who is ahead instead of a minimum gap of 3 grades or 24 months",
            ]
        );
        assert_eq!(
            words(&SameManager::default()),
            [
                "managers in common ruled out in the last 6 months instead of in the last 12 months",
                "managers in common ruled out today instead of in the last 12 months",
            ]
        );
        assert_eq!(words(&SameManager::within_months(0)), Vec::<String>::new());
        assert_eq!(
            words(&SameManager::within_months(1)),
            ["managers in common ruled out today instead of in the last 1 month"]
        );
        assert_eq!(
            words(&CoolingOff::months(24)),
            [
                "a cooling-off of 12 months instead of 24 months",
                "no cooling-off instead of 24 months",
            ]
        );
        assert_eq!(words(&OtherUnit), ["pairs within a unit"]);
        // Nobody is asked to put up with these.
        let curriculum = Label::new("first steps").unwrap();
        let strict: [&dyn Rule; 3] = [
            &ConflictingRole,
            &NotExcluded,
            &SameTraining::of(curriculum),
        ];
        for rule in strict {
            assert_eq!(words(rule), Vec::<String>::new());
        }
    }

    #[test]
    fn a_policy_with_one_rule_in_a_milder_form() {
        let policy = Policy::strict();
        let names = |policy: &Policy| -> Vec<String> {
            policy.rules().map(|rule| format!("{rule:?}")).collect()
        };
        let gap = MinimumGap::of_grades(2).relaxed();
        let milder = policy.relaxed(0, &gap[0]);
        assert_eq!(names(&milder)[0], format!("{:?}", MinimumGap::of_grades(1)));
        assert_eq!(names(&milder)[1..], names(&policy)[1..]);
        let without = policy.relaxed(3, &OtherUnit.relaxed()[0]);
        assert_eq!(without.rules().count(), 4);
        assert!(!names(&without).contains(&"OtherUnit".to_owned()));
    }
}
