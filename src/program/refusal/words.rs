//! Parts of what the messages say.

use chrono::NaiveDate;

use crate::charter::{ChemistryPeriod, Milestone};
use crate::pairing::GoalRef;
use crate::policy::PluginId;
use crate::summary::list;
use crate::text::{Quoted, shown};

/// That there is no such goal.
pub(super) fn no_goal(goal: &GoalRef) -> String {
    match goal {
        GoalRef::Learning { learner, skill } => {
            format!("the {learner} has no goal in {}", Quoted(skill.as_str()))
        }
        GoalRef::Shared { name } => format!("there is no shared goal {}", Quoted(name.as_str())),
    }
}

/// Rules by name and version, as a charter has them.
pub(super) fn rules(missing: &[PluginId]) -> String {
    let names: Vec<String> = missing.iter().map(|id| shown(&id.to_string())).collect();
    list(&names)
}

pub(super) fn within(ends: Option<NaiveDate>) -> String {
    ends.map_or(String::new(), |ends| {
        format!(" and within the charter, which ends on {ends}")
    })
}

pub(super) fn sessions(period: ChemistryPeriod) -> String {
    match period.sessions() {
        1 => "1 session is".to_owned(),
        2 => "two sessions are".to_owned(),
        n => format!("{n} sessions are"),
    }
}

pub(super) fn comes_next(milestone: Option<Milestone>) -> String {
    milestone.map_or("it has come to all of its milestones".to_owned(), |next| {
        format!("its {next} comes next")
    })
}
