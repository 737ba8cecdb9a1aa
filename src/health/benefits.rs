//! The nine benefits of article B, and what can be said of each.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::pulses::{BeforeAfter, PulseReading, words};
use crate::history::{GoalFacts, GoalState, History};
use crate::ids::ParticipantId;
use crate::pair::Role;
use crate::privacy::{Cell, Threshold};
use crate::pulse::PulseBook;
use crate::roster::{Level, Skill};

/// A benefit that article B (Technologia) expects of reverse mentoring, and what is read for it.
///
/// | benefit | read from |
/// |---|---|
/// | `new_perspective` | pulse `perspective` of mentors, pulse `perspective` of mentees |
/// | `retention` | pulse `staying` of mentors |
/// | `digital_knowledge` | levels of mentees in digital goals |
/// | `culture` | pulse `culture` of mentors, pulse `culture` of mentees |
/// | `ties` | pulse `ties` of mentors, pulse `ties` of mentees |
/// | `diversity` | pulse `diversity` of mentors, pulse `diversity` of mentees |
/// | `valued_opinions` | pulse `voice` of mentors |
/// | `skills` | levels of mentors in all goals, levels of mentees in other goals |
/// | `engagement` | pulse `engagement` of mentors, pulse `engagement` of mentees |
///
/// Before and after are no proof of a cause, and what people say is not what they do: `staying` is what mentors expect, and
/// who has left is in the company's own figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Benefit {
    /// Both see things as they did not before.
    NewPerspective,
    /// The less experienced stay.
    Retention,
    /// The more experienced know their way about digital things.
    DigitalKnowledge,
    /// A culture that is open to what is new.
    Culture,
    /// Ties between people who would not have met.
    Ties,
    /// People who differ get on.
    Diversity,
    /// The opinions of the less experienced count.
    ValuedOpinions,
    /// Both know more.
    Skills,
    /// Both put effort into their work gladly.
    Engagement,
}

/// What is read for a benefit. Its `Display` is that of the table of [`Benefit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Measure {
    /// The answers of one side to an item of the [catalogue](crate::pulse::Items::catalogue).
    Pulse {
        /// The item's code.
        item: &'static str,
        /// Who is asked.
        side: Role,
    },
    /// The levels of one side in their learning goals: at the start and on the day, of 5 for each goal. A goal that is
    /// dropped does not count.
    Goals {
        /// Who learns.
        learner: Role,
        /// In which goals.
        of: GoalsOf,
    },
}

/// Which learning goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GoalsOf {
    /// All.
    All,
    /// Those of skills that the host calls digital.
    Digital,
    /// All others. Not all, so that nobody gets to the others by subtracting.
    Other,
}

impl Benefit {
    /// The nine, in the order of the article.
    pub const ALL: [Self; 9] = [
        Self::NewPerspective,
        Self::Retention,
        Self::DigitalKnowledge,
        Self::Culture,
        Self::Ties,
        Self::Diversity,
        Self::ValuedOpinions,
        Self::Skills,
        Self::Engagement,
    ];

    /// A stable code, such as `new_perspective`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewPerspective => "new_perspective",
            Self::Retention => "retention",
            Self::DigitalKnowledge => "digital_knowledge",
            Self::Culture => "culture",
            Self::Ties => "ties",
            Self::Diversity => "diversity",
            Self::ValuedOpinions => "valued_opinions",
            Self::Skills => "skills",
            Self::Engagement => "engagement",
        }
    }

    /// What is read for it, in order.
    #[must_use]
    pub fn measures(self) -> Vec<Measure> {
        use GoalsOf::{All, Digital, Other};
        use Role::{Mentee, Mentor};
        let of = |side, item| Measure::Pulse { item, side };
        let both = |item| vec![of(Mentor, item), of(Mentee, item)];
        let goals = |learner, of| Measure::Goals { learner, of };
        match self {
            Self::NewPerspective => both("perspective"),
            Self::Retention => vec![of(Mentor, "staying")],
            Self::DigitalKnowledge => vec![goals(Mentee, Digital)],
            Self::Culture => both("culture"),
            Self::Ties => both("ties"),
            Self::Diversity => both("diversity"),
            Self::ValuedOpinions => vec![of(Mentor, "voice")],
            Self::Skills => vec![goals(Mentor, All), goals(Mentee, Other)],
            Self::Engagement => both("engagement"),
        }
    }
}

impl fmt::Display for Benefit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str().replace('_', " "))
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pulse { item, side } => write!(f, "pulse `{item}` of {side}s"),
            Self::Goals { learner, of } => {
                let which = match of {
                    GoalsOf::All => "all",
                    GoalsOf::Digital => "digital",
                    GoalsOf::Other => "other",
                };
                write!(f, "levels of {learner}s in {which} goals")
            }
        }
    }
}

/// Why nothing can be said, where that is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Gap {
    /// The item is not in the book, or not asked of that side.
    #[error("no data: nobody was asked `{item}` as {side}")]
    NotAsked {
        /// The item's code.
        item: &'static str,
        /// Who is not asked.
        side: Role,
    },
    /// The host has not said which skills are digital.
    #[error("no data: no skill is named as digital")]
    NoDigitalSkills,
    /// Nobody has such a goal on the day.
    #[error("no data: no {0} has such a goal")]
    NoGoals(Role),
}

/// What can be said of one benefit on a day.
///
/// Written as the code of the `benefit` and `parts`, each with its `measure`, the `reading`, null where there is none or it is
/// withheld, and the `gap`, null where there is none.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(from = "BenefitWire", into = "BenefitWire")
)]
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BenefitReading {
    /// Which.
    pub benefit: Benefit,
    /// Each measure with its figure, withheld or not, or with what is missing.
    pub parts: Vec<(Measure, Result<Cell<BeforeAfter>, Gap>)>,
}

impl BenefitReading {
    /// Reads one benefit. `digital` are the skills that the host calls digital.
    ///
    /// Withheld under the threshold of the book: pulses by themselves, levels where fewer people have such a goal. Levels of goals
    /// are no secret to a coordinator, who has the history; for a sponsor this is a reading of one day, and readings of
    /// two days can be subtracted.
    #[must_use]
    pub fn of(
        benefit: Benefit,
        history: &History,
        book: &PulseBook,
        digital: &BTreeSet<Skill>,
        as_of: NaiveDate,
    ) -> Self {
        let read = |measure: Measure| match measure {
            Measure::Pulse { item, side } => PulseReading::of(book, item, side, as_of)
                .map(|found| found.reading)
                .ok_or(Gap::NotAsked { item, side }),
            Measure::Goals { learner, of } => {
                levels(history, (learner, of), digital, book.threshold(), as_of)
            }
        };
        let parts = benefit.measures().into_iter();
        Self {
            benefit,
            parts: parts.map(|measure| (measure, read(measure))).collect(),
        }
    }

    /// Reads all nine, in the order of the article.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use chrono::NaiveDate;
    /// use reverse_mentoring::health::{Benefit, BenefitReading, Gap};
    /// use reverse_mentoring::privacy::Threshold;
    /// use reverse_mentoring::pulse::{Items, PulseBook};
    /// use reverse_mentoring::testing::Company;
    ///
    /// let company = Company::sample()?;
    /// let book = PulseBook::new(Items::standard(), Threshold::default());
    /// let day = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
    /// let all = BenefitReading::all(company.history(), &book, &BTreeSet::new(), day);
    /// assert_eq!(all.len(), 9);
    /// assert_eq!(all[1].to_string(), "retention: no data: nobody was asked `staying` as mentor");
    /// assert_eq!(all[2].gaps().next(), Some(Gap::NoDigitalSkills));
    /// # Ok::<(), reverse_mentoring::error::Error>(())
    /// ```
    #[must_use]
    pub fn all(
        history: &History,
        book: &PulseBook,
        digital: &BTreeSet<Skill>,
        as_of: NaiveDate,
    ) -> Vec<Self> {
        let of = |benefit| Self::of(benefit, history, book, digital, as_of);
        Benefit::ALL.map(of).into()
    }

    /// What is missing.
    pub fn gaps(&self) -> impl Iterator<Item = Gap> {
        let parts = self.parts.iter();
        parts.filter_map(|(_, part)| part.as_ref().err().copied())
    }
}

impl fmt::Display for BenefitReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = self.parts.iter().map(|(measure, part)| match part {
            Ok(reading) => format!("{measure}: {}", words(reading)),
            Err(gap) => gap.to_string(),
        });
        let parts: Vec<String> = parts.collect();
        write!(f, "{}: {}", self.benefit, parts.join("; "))
    }
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct BenefitWire {
    benefit: &'static str,
    parts: Vec<Part>,
}
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Part {
    measure: String,
    reading: Cell<BeforeAfter>,
    gap: Option<String>,
}

impl Serialize for BenefitReading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = self.parts.iter().map(|(measure, part)| Part {
            measure: measure.to_string(),
            reading: part.unwrap_or(Cell::Withheld),
            gap: part.err().map(|gap| gap.to_string()),
        });
        let wire = BenefitWire {
            benefit: self.benefit.as_str(),
            parts: parts.collect(),
        };
        wire.serialize(serializer)
    }
}

/// The levels of one side in such goals of pairings that have started, at the start and on a day.
fn levels(
    history: &History,
    (learner, of): (Role, GoalsOf),
    digital: &BTreeSet<Skill>,
    threshold: Threshold,
    as_of: NaiveDate,
) -> Result<Cell<BeforeAfter>, Gap> {
    if of == GoalsOf::Digital && digital.is_empty() {
        return Err(Gap::NoDigitalSkills);
    }
    let counts = |goal: &&GoalFacts| {
        let open_or_achieved = goal
            .state(as_of)
            .is_some_and(|s: GoalState| !s.is_dropped());
        open_or_achieved
            && match of {
                GoalsOf::All => true,
                GoalsOf::Digital => digital.contains(&goal.skill),
                GoalsOf::Other => !digital.contains(&goal.skill),
            }
    };
    let mut people: BTreeSet<ParticipantId> = BTreeSet::new();
    let (mut before, mut now, mut whole) = (0, 0, 0);
    for (_, facts) in history.pairings() {
        if facts.run(as_of).is_none() {
            continue;
        }
        for goal in facts.goals.side(learner).filter(counts) {
            people.insert(facts.pair.person(learner));
            before += u64::from(goal.from.as_u8());
            now += u64::from(goal.level(as_of).as_u8());
            whole += u64::from(Level::MAX.as_u8());
        }
    }
    let count = people.len() as u64;
    if count == 0 {
        return Err(Gap::NoGoals(learner));
    }
    let enough = count >= u64::from(threshold.pairings());
    let reading = BeforeAfter::of(as_of, count, [before, now], whole).filter(|_| enough);
    Ok(reading.map_or(Cell::Withheld, Cell::Shown))
}
