//! What is counted while a programme is played.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::health::Ratio;

macro_rules! measures {
    ($($name:ident, $code:literal, $about:literal;)*) => {
        /// A share that a simulated programme has on any day. Exact: a part of a whole, of which nothing is no data.
        ///
        /// | measure | what is divided by what |
        /// |---|---|
        $(#[doc = concat!("| `", $code, "` | ", $about, " |")])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Measure {
            $(#[doc = concat!("`", $code, "`: ", $about, ".")] $name,)*
        }

        impl Measure {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in snake case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// What is divided by what.
            #[must_use]
            pub const fn definition(self) -> &'static str {
                match self {
                    $(Self::$name => $about,)*
                }
            }
        }
    };
}

measures! {
    Attendance, "attendance", "sessions held / sessions that fell due";
    Sessions, "sessions", "sessions held / sessions planned of all pairings that began";
    Completion, "completion", "pairings completed / pairings that began, those that still run among them";
    CompletedOfOver, "completed_of_over", "pairings completed / pairings that began and are over; those that still run are left out";
    Dropout, "dropout", "pairings that ended before their time, by whatever / pairings that began";
    MentorLearning, "mentor_learning", "levels that mentors rose and have kept / sessions planned of all pairings that began, in each of which they can rise one";
    MenteeLearning, "mentee_learning", "levels that mentees rose and have kept / sessions planned of all pairings that began, in each of which they can rise one";
    MentorGoals, "mentor_goals", "levels that mentors rose and have kept / levels aimed at in pairings that began";
    MenteeGoals, "mentee_goals", "levels that mentees rose and have kept / levels aimed at in pairings that began";
    MentorLevels, "mentor_levels", "levels that mentors rose and have kept, in each skill as many as they wish for at most / levels that all who ever took part as mentors wish for";
    MenteeLevels, "mentee_levels", "levels that mentees rose and have kept, in each skill as many as they wish for at most / levels that all who ever took part as mentees wish for";
    Hours, "hours", "time of people in sessions held, an hour a week each at most / an hour a week of everybody who ever took part, for as long as they were here (an hour a week: article C)";
    Trust, "trust", "trust of the pairs that meet / full trust";
    Apprehension, "apprehension", "apprehension of the mentees who are still here / full apprehension";
    Matched, "matched", "people who have been in a pairing that both accepted / people who ever took part";
    MentorsHere, "mentors_here", "mentors who have not left the company / mentors who ever took part";
    MenteesHere, "mentees_here", "mentees who have not left the company / mentees who ever took part";
    Recommendation, "recommendation", "people who would recommend it / people who have completed a pairing, once for each";
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The name of no measure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no measure {}", crate::text::Quoted(.0))]
pub struct UnknownMeasure(
    /// The name.
    pub String,
);

impl FromStr for Measure {
    type Err = UnknownMeasure;

    fn from_str(name: &str) -> Result<Self, UnknownMeasure> {
        let mut all = Self::ALL.iter().copied();
        let found = all.find(|measure| measure.as_str() == name);
        found.ok_or_else(|| UnknownMeasure(name.to_owned()))
    }
}

/// What has come about by a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) due: u64,
    pub(super) held: u64,
    pub(super) planned: u64,
    pub(super) begun: u64,
    pub(super) completed: u64,
    pub(super) dropped: u64,
    /// Of mentors, of mentees.
    pub(super) risen: [u64; 2],
    pub(super) aimed: [u64; 2],
    /// What of their wishes they have learnt, and what they wish.
    pub(super) learnt: [u64; 2],
    pub(super) wished: [u64; 2],
    /// Sevenths of minutes, by the end of the week.
    pub(super) spent: u64,
    pub(super) promised: u64,
    /// Pairs that meet, and their trust in thousandths.
    pub(super) meeting: u64,
    pub(super) trust: u64,
    pub(super) apprehension: u64,
    pub(super) people: [u64; 2],
    pub(super) here: [u64; 2],
    pub(super) matched: u64,
    pub(super) asked: u64,
    pub(super) recommend: u64,
}

impl Counts {
    /// A measure; `None` never, unless a count is wrong.
    pub(super) fn ratio(&self, measure: Measure) -> Ratio {
        let [risen_mentors, risen_mentees] = self.risen;
        let [aimed_mentors, aimed_mentees] = self.aimed;
        let [learnt_mentors, learnt_mentees] = self.learnt;
        let [wished_mentors, wished_mentees] = self.wished;
        let ([mentors, mentees], [mentors_here, mentees_here]) = (self.people, self.here);
        let (part, whole) = match measure {
            Measure::Attendance => (self.held, self.due),
            Measure::Sessions => (self.held, self.planned),
            Measure::Completion => (self.completed, self.begun),
            Measure::CompletedOfOver => (self.completed, self.completed + self.dropped),
            Measure::Dropout => (self.dropped, self.begun),
            Measure::MentorLearning => (risen_mentors, self.planned),
            Measure::MenteeLearning => (risen_mentees, self.planned),
            Measure::MentorGoals => (risen_mentors, aimed_mentors),
            Measure::MenteeGoals => (risen_mentees, aimed_mentees),
            Measure::MentorLevels => (learnt_mentors, wished_mentors),
            Measure::MenteeLevels => (learnt_mentees, wished_mentees),
            Measure::Hours => (self.spent, self.promised),
            Measure::Trust => (self.trust, 1000 * self.meeting),
            Measure::Apprehension => (self.apprehension, 1000 * mentees_here),
            Measure::Matched => (self.matched, mentors + mentees),
            Measure::MentorsHere => (mentors_here, mentors),
            Measure::MenteesHere => (mentees_here, mentees),
            Measure::Recommendation => (self.recommend, self.asked),
        };
        Ratio::new(part, whole).unwrap_or(Ratio::NO_DATA)
    }
}

/// Every measure on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured(pub(super) Counts);

impl Measured {
    /// One of them.
    #[must_use]
    pub fn of(&self, measure: Measure) -> Ratio {
        self.0.ratio(measure)
    }
}
