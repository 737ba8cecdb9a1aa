//! The rules that ship.

use super::{Attribute, Context, PairView, PluginId, Relaxation, RowView, Rule, Violation, relax};
use crate::pair::Role;
use crate::roster::Profile;
use crate::summary::count;
use crate::text::{Key, Label, Quoted};

/// Answers for each pair that is asked about, without a word on why.
fn each(row: &RowView<'_>, consents: &mut [bool], may: impl Fn(&PairView<'_>) -> bool) {
    for (at, pair) in row.pairs() {
        if let Some(consents) = consents.get_mut(at) {
            *consents = may(&pair);
        }
    }
}

/// `minimum-gap`: the mentee is ahead by a number of grades *or* of months; one grade or 36 months unless stated.
///
/// Where a roster has one of the two measures, that one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinimumGap {
    pub(super) grades: i64,
    pub(super) months: Option<i64>,
}

impl Default for MinimumGap {
    fn default() -> Self {
        Self {
            grades: 1,
            months: Some(36),
        }
    }
}

impl MinimumGap {
    /// A gap of grades alone; `of_grades(2)` is the UK Analysis Function's.
    #[must_use]
    pub const fn of_grades(grades: u16) -> Self {
        Self {
            grades: grades as i64,
            months: None,
        }
    }

    /// The same, or a gap of months.
    #[must_use]
    pub const fn or_months(mut self, months: u16) -> Self {
        self.months = Some(months as i64);
        self
    }

    /// `1 grade or 36 months`.
    pub(super) fn gap(&self) -> String {
        let mut needed = count(self.grades, "grade");
        if let Some(months) = self.months {
            needed.push_str(&format!(" or {}", count(months, "month")));
        }
        needed
    }
}

/// By how much a mentee is ahead in grades, and in months, where both have them.
fn gaps(pair: &PairView<'_>) -> [Option<i64>; 2] {
    let (junior, senior) = (pair.mentor().experience(), pair.mentee().experience());
    let grades = junior.as_grade().zip(senior.as_grade());
    let months = junior.as_months().zip(senior.as_months());
    [
        grades.map(|(j, s)| i64::from(s) - i64::from(j)),
        months.map(|(j, s)| i64::from(s) - i64::from(j)),
    ]
}

impl MinimumGap {
    fn is_met(&self, [grades, months]: [Option<i64>; 2]) -> bool {
        let by_months = months.zip(self.months);
        grades.is_some_and(|gap| gap >= self.grades)
            || by_months.is_some_and(|(gap, needed)| gap >= needed)
    }
}

impl Rule for MinimumGap {
    fn id(&self) -> PluginId {
        PluginId::new("minimum-gap", 1)
    }

    fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
        let [grades, months] = gaps(pair);
        if self.is_met([grades, months]) {
            return Ok(());
        }
        let needed = self.gap();
        let verb = if self.grades == 1 && self.months.is_none() {
            "is"
        } else {
            "are"
        };
        let gap = match (grades, months) {
            (Some(g), Some(m)) => format!("{} and {}", count(g, "grade"), count(m, "month")),
            (Some(g), None) => count(g, "grade"),
            (None, Some(m)) => count(m, "month"),
            (None, None) => "unknown".to_owned(),
        };
        // The core refuses a mentee who is behind, and is asked for all reasons beside this rule.
        let behind = grades.is_some_and(|g| g < 0) || months.is_some_and(|m| m < 0);
        let message = if behind {
            format!("the mentee is not ahead, {needed} {verb} needed")
        } else {
            format!("the mentee is ahead by {gap}, {needed} {verb} needed")
        };
        let mut violation = Violation::new("minimum-gap", message);
        for (name, value) in [
            ("needed_grades", Some(self.grades)),
            ("needed_months", self.months),
            ("grades", grades),
            ("months", months),
        ] {
            if let Some(value) = value {
                violation = violation.number(name, value);
            }
        }
        Err(violation.advise("look for a mentee with more experience"))
    }

    fn relaxed(&self) -> Vec<Relaxation> {
        relax::minimum_gap(self)
    }

    fn check_row(&self, row: &RowView<'_>, _: &Context, consents: &mut [bool]) {
        each(row, consents, |pair| self.is_met(gaps(pair)));
    }
}

/// `same-manager`: the two do not report to the same person, now or in the last 12 months.
///
/// Compares solid lines, present and [former](Context::with_former_managers). Two roots have no common manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameManager {
    pub(super) months: u32,
}

impl Default for SameManager {
    fn default() -> Self {
        Self { months: 12 }
    }
}

impl SameManager {
    /// Looks back over `months`; 0 asks about today only.
    #[must_use]
    pub const fn within_months(months: u32) -> Self {
        Self { months }
    }
}

impl Rule for SameManager {
    fn id(&self) -> PluginId {
        PluginId::new("same-manager", 1)
    }

    fn check(&self, pair: &PairView<'_>, context: &Context) -> Result<(), Violation> {
        let lines = pair.lines();
        let now = |role| lines.manager(pair.person(role)).and_then(|m| lines.key(m));
        let before = |role: Role| {
            let former = context.former_managers(pair.profile(role).id(), self.months);
            former.map(|(manager, _)| manager)
        };
        let (ours, theirs) = (now(Role::Mentor), now(Role::Mentee));
        let today = ours.filter(|_| ours == theirs);
        let common = today.or_else(|| {
            let shared = |m: &&Key| theirs == Some(*m) || before(Role::Mentee).any(|o| o == *m);
            let mut of_mentee = before(Role::Mentee);
            before(Role::Mentor)
                .find(shared)
                .or_else(|| of_mentee.find(|m| ours == Some(*m)))
        });
        let Some(manager) = common.map(Key::as_str) else {
            return Ok(());
        };
        let mut message = format!("both report to {}", Quoted(manager));
        if today.is_none() {
            message.push_str(&format!(
                ", or did in the last {}",
                count(self.months, "month")
            ));
        }
        Err(Violation::new("same-manager", message)
            .text("manager", manager)
            .number("months", self.months)
            .advise("look in another team"))
    }

    fn relaxed(&self) -> Vec<Relaxation> {
        relax::same_manager(self)
    }

    /// Whether somebody had another manager in these months.
    fn note(&self, person: &Profile, context: &Context) -> u32 {
        let mut former = context.former_managers(person.id(), self.months);
        u32::from(former.next().is_some())
    }

    fn check_row(&self, row: &RowView<'_>, context: &Context, consents: &mut [bool]) {
        let manager = |pair: &PairView<'_>, role| row.lines().manager(pair.person(role));
        let before = self.note(row.mentor(), context) > 0;
        for (at, pair) in row.pairs() {
            let today = !before && row.noted().get(at) == Some(&0);
            let ours = manager(&pair, Role::Mentor);
            if let Some(consents) = consents.get_mut(at) {
                *consents = if today {
                    ours.is_none() || ours != manager(&pair, Role::Mentee)
                } else {
                    self.check(&pair, context).is_ok()
                };
            }
        }
    }
}

/// `other-unit`: the two work in different organisational units, both known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OtherUnit;

impl Rule for OtherUnit {
    fn id(&self) -> PluginId {
        PluginId::new("other-unit", 1)
    }

    fn check(&self, pair: &PairView<'_>, _: &Context) -> Result<(), Violation> {
        let violation = |message: String| Err(Violation::new("other-unit", message));
        match (pair.mentor().unit(), pair.mentee().unit()) {
            (Some(a), Some(b)) if a != b => Ok(()),
            (Some(a), Some(_)) => violation(format!("both work in {}", Quoted(a.as_str()))),
            (None, None) => violation("the units of the two are not known".to_owned()),
            _ => violation("the unit of one of the two is not known".to_owned()),
        }
        .map_err(|v: Violation| v.advise("look in another unit"))
    }

    fn relaxed(&self) -> Vec<Relaxation> {
        relax::other_unit(self)
    }

    fn check_row(&self, row: &RowView<'_>, _: &Context, consents: &mut [bool]) {
        let (ours, theirs) = row.attribute(Attribute::Unit);
        for (consents, &unit) in consents.iter_mut().zip(theirs) {
            *consents = (ours != 0) & (unit != 0) & (unit != ours);
        }
    }
}

/// `same-training`: both finished one and the same curriculum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameTraining {
    curriculum: Label,
}

impl SameTraining {
    /// The curriculum that both must have finished.
    #[must_use]
    pub const fn of(curriculum: Label) -> Self {
        Self { curriculum }
    }
}

impl Rule for SameTraining {
    fn id(&self) -> PluginId {
        PluginId::new("same-training", 1)
    }

    fn check(&self, pair: &PairView<'_>, context: &Context) -> Result<(), Violation> {
        let roles = [Role::Mentor, Role::Mentee];
        let missing: Vec<Role> = roles
            .into_iter()
            .filter(|&role| !context.is_trained(pair.profile(role).id(), &self.curriculum))
            .collect();
        let who = match missing.as_slice() {
            [] => return Ok(()),
            [one] => format!("the {one} has"),
            _ => "neither has".to_owned(),
        };
        let not = if missing.len() == 1 { " not" } else { "" };
        Err(Violation::new(
            "same-training",
            format!("{who}{not} finished {}", Quoted(self.curriculum.as_str())),
        )
        .text("curriculum", self.curriculum.as_str())
        .advise("train both in the same curriculum first"))
    }
    /// Whether the mentee has finished it.
    fn note(&self, mentee: &Profile, context: &Context) -> u32 {
        u32::from(context.is_trained(mentee.id(), &self.curriculum))
    }

    fn check_row(&self, row: &RowView<'_>, context: &Context, consents: &mut [bool]) {
        let ours = context.is_trained(row.mentor().id(), &self.curriculum);
        for (consents, &theirs) in consents.iter_mut().zip(row.noted()) {
            *consents = ours && theirs > 0;
        }
    }
}
