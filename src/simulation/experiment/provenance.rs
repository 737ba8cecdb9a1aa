//! What was played: enough to play it again, and to tell it from another.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::pair::Role;
use crate::simulation::{Model, Parameter, Setup};

/// Of which programme replicates are: all that a reader has to know beside the people and the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Provenance {
    /// The name of the scenario.
    pub name: String,
    /// The seed; replicate n goes by its n-th stream.
    pub seed: u64,
    /// The first day.
    pub start: NaiveDate,
    /// How many months.
    pub months: u16,
    /// People of the roster who mentor, those who also are mentored among them.
    pub mentors: usize,
    /// People who are mentored, likewise.
    pub mentees: usize,
    /// People who join on the way.
    pub joiners: usize,
    /// Pairs on the first day; of the first plan, where plans take turns.
    pub pairs: usize,
    /// Plans that take turns, one of which each replicate begins with.
    pub plans: usize,
    /// How often pairs mean to meet, in words.
    pub cadence: String,
    /// Hours a month that a pairing takes.
    pub load: String,
    /// Days on which nobody meets, as ranges, the first and the last included.
    pub closed: Vec<[NaiveDate; 2]>,
    /// Name and version of the [`Behaviour`](crate::simulation::Behaviour).
    pub behaviour: String,
    /// Whether that is the library's own. Of another, parameters count as far as it asks them.
    pub standard_behaviour: bool,
    /// The value of every parameter; written as a map from its name.
    #[serde(serialize_with = "by_name")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, u32>")
    )]
    pub model: Model,
}

fn by_name<S: Serializer>(model: &Model, serializer: S) -> Result<S::Ok, S::Error> {
    let named = Parameter::ALL.iter().map(|p| (p.as_str(), model.value(*p)));
    named.collect::<BTreeMap<_, _>>().serialize(serializer)
}

impl Provenance {
    pub(super) fn of(name: &str, setup: &Setup<'_>, pairs: usize, plans: usize) -> Self {
        let on = |role| {
            let people = setup.roster.participants().iter();
            people.filter(|p| p.profile().side().includes(role)).count()
        };
        let behaviour = setup.behaviour.id();
        Self {
            name: name.to_owned(),
            seed: setup.seed,
            start: setup.start,
            months: setup.months,
            mentors: on(Role::Mentor),
            mentees: on(Role::Mentee),
            joiners: setup.joining.len(),
            pairs,
            plans,
            cadence: setup.cadence.to_string(),
            load: setup.load.hours().to_string(),
            closed: setup
                .calendar
                .closed()
                .map(|r| [*r.start(), *r.end()])
                .collect(),
            standard_behaviour: behaviour
                == crate::simulation::Behaviour::id(&crate::simulation::Standard),
            behaviour: behaviour.to_string(),
            model: setup.model,
        }
    }

    /// The parameters whose value is not the default, in the order of the table.
    pub fn changed(&self) -> impl Iterator<Item = (Parameter, u32)> {
        let all = Parameter::ALL.iter().map(|p| (*p, self.model.value(*p)));
        all.filter(|(parameter, value)| *value != parameter.default())
    }
}
