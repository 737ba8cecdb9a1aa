//! What the model supposes, one number each, with where the number comes from.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// The words of [`Source::as_str`], for the table in the documentation.
macro_rules! word {
    (Measured) => {
        "measured"
    };
    (Reported) => {
        "reported second-hand"
    };
    (Assumed) => {
        "assumed"
    };
}

/// How good the grounds of a number are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Source {
    /// Counted in a programme that published the count.
    Measured,
    /// Told by somebody about a programme or a study.
    Reported,
    /// Nobody's number: a guess to try others against.
    Assumed,
}

impl Source {
    /// `measured`, `reported second-hand` or `assumed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Measured => word!(Measured),
            Self::Reported => word!(Reported),
            Self::Assumed => word!(Assumed),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! parameters {
    ($($name:ident, $code:literal, $unit:literal, $low:literal, $high:literal, $default:literal, $source:ident, $about:literal;)*) => {
        /// One number that the model supposes. Chances are in thousandths, so that no result hangs on floating point.
        ///
        /// | parameter | what it is | unit | range | default | source |
        /// |---|---|---|---|---|---|
        $(#[doc = concat!(
            "| `", $code, "` | ", $about, " | ", $unit, " | ", stringify!($low), "–", stringify!($high), " | ",
            stringify!($default), " | *", word!($source), "* |"
        )])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Parameter {
            $(#[doc = concat!("`", $code, "`: ", $about, ".")] $name,)*
        }

        impl Parameter {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The default of each, in their order.
            const DEFAULTS: [u32; Self::ALL.len()] = [$($default),*];

            /// The name in kebab case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// What it is, in a line.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$name => $about,)*
                }
            }

            /// What it counts.
            #[must_use]
            pub const fn unit(self) -> &'static str {
                match self {
                    $(Self::$name => $unit,)*
                }
            }

            /// The values that it may have.
            #[must_use]
            pub const fn range(self) -> RangeInclusive<u32> {
                match self {
                    $(Self::$name => $low..=$high,)*
                }
            }

            /// Its value unless stated.
            #[must_use]
            pub const fn default(self) -> u32 {
                match self {
                    $(Self::$name => $default,)*
                }
            }

            /// Where the default comes from.
            #[must_use]
            pub const fn source(self) -> Source {
                match self {
                    $(Self::$name => Source::$source,)*
                }
            }
        }
    };
}

parameters! {
    Sessions, "sessions", "sessions", 1, 60, 6, Reported,
        "sessions held after which a pairing is complete (AXA; NHS Yorkshire & Humber)";
    Accept, "accept", "‰", 0, 1000, 970, Assumed, "that somebody accepts a proposal";
    AnswerDays, "answer-days", "days", 1, 60, 7, Assumed, "somebody answers a proposal within";
    PrepareDays, "prepare-days", "days", 1, 60, 7, Assumed, "somebody trains and signs within";
    Unprepared, "unprepared", "‰", 0, 1000, 5, Assumed, "that somebody never gets ready, and the pair is given up";
    MentorKeeps, "mentor-keeps", "‰", 0, 1000, 950, Assumed,
        "that a mentor keeps an appointment, all being well (with the mentee's, a vendor's target is 800)";
    MenteeKeeps, "mentee-keeps", "‰", 0, 1000, 910, Assumed,
        "that a mentee does (Jordan & Sorell: executives who do not put it first are the first cause of failure)";
    Spread, "spread", "‰", 0, 1000, 60, Assumed, "people differ in that, up or down by at most";
    Load, "load", "‰", 0, 1000, 30, Assumed, "less chance to keep it for every other pairing that somebody has";
    Contagion, "contagion", "‰", 0, 1000, 130, Assumed,
        "less chance to hold the next for each one in a row that was not (Jordan & Sorell: a couple of cancellations kill momentum)";
    Momentum, "momentum", "‰", 0, 1000, 15, Assumed, "more chance to hold the next for each one in a row that was, three at most";
    TrustKeeps, "trust-keeps", "‰", 0, 1000, 60, Assumed,
        "more chance of each to keep it with full trust than with none, half of it either way (Eby 2013: quality with frequency ρ .25)";
    Missed, "missed", "‰", 0, 1000, 250, Assumed, "that a session not held was missed rather than cancelled";
    RetryDays, "retry-days", "days", 1, 366, 14, Assumed, "after a session not held they try again after";
    FirstDays, "first-days", "days", 0, 60, 14, Assumed, "two who begin first meet within; 0 for an interval after, as later";
    DelayDays, "delay-days", "days", 0, 60, 6, Assumed, "a session is set at most so long after it falls due";
    MinutesSpread, "minutes-spread", "‰", 0, 900, 250, Assumed, "a session's length is the cadence's, up or down by at most";
    AtWork, "at-work", "‰", 0, 1000, 600, Assumed, "that they meet at work, and on line otherwise";
    SponsorTakesPart, "sponsor-takes-part", "0 or 1", 0, 1, 1, Assumed, "whether the sponsor, the most experienced mentee of the first day, takes part";
    SponsorLeavesMonth, "sponsor-leaves-month", "months", 0, 120, 0, Assumed, "after so many, the sponsor who takes part leaves the company; 0 for never";
    SponsorExample, "sponsor-example", "‰", 0, 1000, 20, Assumed,
        "more chance that a mentee accepts, and keeps an appointment, while the sponsor takes part (article C: the top leader goes first)";
    Both, "both", "‰", 0, 1000, 300, Assumed, "that both teach in a session (UK Analysis Function splits sessions in halves)";
    MenteeTeaches, "mentee-teaches", "‰", 0, 1000, 200, Assumed,
        "that the mentee teaches alone where not both do (with shift, 20–50 % of the time: article E)";
    Shift, "shift", "‰", 0, 1000, 200, Assumed, "more chance of that for each session in a row that the mentor taught alone";
    MenteeGain, "mentee-gain", "‰", 0, 1000, 750, Reported,
        "that a mentee who was taught rises a level in a goal, at full trust and the best overlap (set so that 95 % learn in six sessions: Clutterbuck)";
    MentorGain, "mentor-gain", "‰", 0, 1000, 655, Reported,
        "that a mentor who was taught does (set so that 80 % learn in six sessions: Clutterbuck)";
    OverlapPeak, "overlap-peak", "‰", 0, 1000, 500, Assumed,
        "of what the teacher knows the learner knows so much where it passes best (Nan 2013 says a moderate overlap, and no number)";
    OverlapCurve, "overlap-curve", "‰", 0, 1000, 300, Assumed, "less chance to rise at 500 ‰ from there, and less by the square between";
    TrustLearns, "trust-learns", "‰", 0, 1000, 300, Assumed, "less chance to rise with no trust than with full trust";
    TrainMentors, "train-mentors", "0 or 1", 0, 1, 1, Assumed, "whether mentors are trained beyond the briefing that the programme asks of all";
    TrainMentees, "train-mentees", "0 or 1", 0, 1, 1, Assumed, "whether mentees are";
    OneTrained, "one-trained", "‰", 0, 1000, 450, Reported,
        "of the chance to rise, where one side is trained (Clutterbuck: less than half the benefit of training both)";
    NoneTrained, "none-trained", "‰", 0, 1000, 250, Assumed, "of it, where none is";
    ForgetDays, "forget-days", "days", 1, 366, 60, Assumed, "without a session after which what was learnt begins to fade";
    Forget, "forget", "‰ in 30 days", 0, 1000, 80, Assumed, "that somebody then falls a level in a goal";
    Chemistry, "chemistry", "‰", 0, 1000, 600, Assumed, "how well two get on, on average";
    ChemistrySpread, "chemistry-spread", "‰", 0, 1000, 300, Assumed, "up or down by at most";
    Kinship, "kinship", "‰", 0, 1000, 400, Assumed,
        "of that which hangs on how many values they share (Eby 2013 gives a correlation of deep similarity with quality, ρ .38–.59, and no share)";
    Trust, "trust", "‰", 0, 1000, 400, Assumed, "trust of two who begin";
    TrustGain, "trust-gain", "‰", 0, 1000, 300, Assumed, "of the trust that is missing, what a session held brings where they get on perfectly";
    TrustLoss, "trust-loss", "‰", 0, 1000, 80, Assumed, "of the trust, what a session not held takes";
    Apprehension, "apprehension", "‰", 0, 1000, 500, Assumed, "of mentees who begin and are trained; untrained ones half as much more";
    Fade, "fade", "‰", 0, 1000, 250, Assumed, "of it, what a session held takes (Technologia: it fades gradually)";
    ApprehensionCosts, "apprehension-costs", "‰", 0, 1000, 200, Assumed, "less chance that a mentee rises, at full apprehension";
    Recommend, "recommend", "‰", 0, 1000, 500, Assumed, "trust from which on most who have completed recommend it";
    RecommendSpread, "recommend-spread", "‰", 0, 1000, 300, Assumed, "people differ in that, up or down by at most";
    Feedback, "feedback", "‰", 0, 1000, 700, Assumed, "that somebody gives feedback on a session held";
    Recognition, "recognition", "‰", 0, 1000, 400, Assumed, "that somebody recognises what the other brings to it";
    Late, "late", "‰", 0, 1000, 150, Assumed, "that a session is recorded late";
    LateDays, "late-days", "days", 1, 60, 10, Assumed, "a late record comes within";
    Exit, "exit", "‰", 0, 1000, 10, Assumed, "that a pair of average chemistry takes the no-fault exit when the chemistry period has run";
    Dropout, "dropout", "‰ in 30 days", 0, 1000, 2, Assumed,
        "that a pair gives up (set so that, with the exit above and the strain below, which are assumed, 1 of 26 pairs gives up, which Leeds counted in 2022)";
    StrainedDropout, "strained-dropout", "‰ in 30 days", 0, 1000, 60, Assumed, "that it does after two sessions in a row that were not held";
    MentorQuits, "mentor-quits", "‰ in 30 days", 0, 1000, 24, Reported,
        "that a mentor without a pairing leaves the company (26 % in a year of staff with two years' tenure or less: MentorcliQ, a vendor)";
    PairedMentorQuits, "paired-mentor-quits", "‰ in 30 days", 0, 1000, 7, Reported, "that one with a pairing does (8 % in a year: the same)";
    MenteeQuits, "mentee-quits", "‰ in 30 days", 0, 1000, 4, Assumed, "that a mentee without a pairing leaves the company";
    PairedMenteeQuits, "paired-mentee-quits", "‰ in 30 days", 0, 1000, 2, Assumed, "that one with a pairing does";
    RoundMonths, "round-months", "months", 0, 120, 3, Assumed, "free people are matched again every; 0 for never";
    ReorganisationMonth, "reorganisation-month", "months", 0, 120, 5, Assumed, "after so many, people move; 0 for never";
    Linked, "linked", "pairings", 0, 100, 2, Assumed, "mentors who then move into their own mentee's team";
    Movers, "movers", "people", 0, 1000, 6, Assumed, "participants who then move to another manager";
    ReturnMonths, "return-months", "months", 0, 120, 3, Assumed, "the first of those mentors moves back after so many more; 0 for never";
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The name of no parameter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no parameter {}", crate::text::Quoted(.0))]
pub struct UnknownParameter(
    /// The name.
    pub String,
);

impl FromStr for Parameter {
    type Err = UnknownParameter;

    fn from_str(name: &str) -> Result<Self, UnknownParameter> {
        let mut all = Self::ALL.iter().copied();
        let found = all.find(|parameter| parameter.as_str() == name);
        found.ok_or_else(|| UnknownParameter(name.to_owned()))
    }
}

/// A value that a parameter cannot have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{parameter}` is {value}, outside {} to {}", .parameter.range().start(), .parameter.range().end())]
#[non_exhaustive]
pub struct OutOfRange {
    /// Which.
    pub parameter: Parameter,
    /// The value.
    pub value: u32,
}

/// A value for every [`Parameter`].
///
/// ```
/// use reverse_mentoring::simulation::{Model, Parameter};
///
/// let reliable = Model::standard().with(Parameter::MenteeKeeps, 1000)?.with(Parameter::Contagion, 0)?;
/// assert_eq!(reliable.value(Parameter::MenteeKeeps), 1000);
///
/// let error = Model::standard().with(Parameter::MenteeKeeps, 1001).unwrap_err();
/// assert_eq!(error.to_string(), "`mentee-keeps` is 1001, outside 0 to 1000");
/// # Ok::<(), reverse_mentoring::simulation::OutOfRange>(())
/// ```
// INVARIANT (ranges): every value is in its parameter's range. Kept by `with`; the defaults are under test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Model([u32; Parameter::ALL.len()]);

impl Default for Model {
    fn default() -> Self {
        Self::standard()
    }
}

impl Model {
    /// The defaults.
    #[must_use]
    pub const fn standard() -> Self {
        Self(Parameter::DEFAULTS)
    }

    /// The same with another value.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] where the parameter cannot have it.
    pub fn with(mut self, parameter: Parameter, value: u32) -> Result<Self, OutOfRange> {
        if !parameter.range().contains(&value) {
            return Err(OutOfRange { parameter, value });
        }
        if let Some(place) = self.0.get_mut(parameter as usize) {
            *place = value;
        }
        Ok(self)
    }

    /// The value of a parameter.
    #[must_use]
    pub fn value(&self, parameter: Parameter) -> u32 {
        let known = self.0.get(parameter as usize).copied();
        known.unwrap_or(parameter.default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_in_their_ranges() {
        for &p in Parameter::ALL {
            assert!(p.range().contains(&p.default()), "{p}");
            let (low, high) = (*p.range().start(), *p.range().end());
            assert!(
                Model::standard().with(p, low).is_ok() && Model::standard().with(p, high).is_ok()
            );
            assert!(Model::standard().with(p, high + 1).is_err(), "{p}");
        }
    }
}
