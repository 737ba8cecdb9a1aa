//! What the model supposes, one number each, with where the number comes from.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

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

            /// The name in kebab case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
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
    Held, "held", "‰", 0, 1000, 870, Assumed, "that a session is held, all being well (a vendor's target is 800)";
    Missed, "missed", "‰", 0, 1000, 250, Assumed, "that a session not held was missed rather than cancelled";
    Contagion, "contagion", "‰", 0, 1000, 130, Assumed,
        "less chance to hold the next for each one in a row that was not (Jordan & Sorell: a couple of cancellations kill momentum)";
    Momentum, "momentum", "‰", 0, 1000, 15, Assumed, "more chance to hold the next for each one in a row that was, three at most";
    RetryDays, "retry-days", "days", 1, 366, 14, Assumed, "after a session not held they try again after";
    DelayDays, "delay-days", "days", 0, 60, 6, Assumed, "a session is set at most so long after it falls due";
    MinutesSpread, "minutes-spread", "‰", 0, 900, 250, Assumed, "a session's length is the cadence's, up or down by at most";
    Both, "both", "‰", 0, 1000, 300, Assumed, "that both teach in a session (UK Analysis Function splits sessions in halves)";
    MenteeTeaches, "mentee-teaches", "‰", 0, 1000, 200, Assumed,
        "that the mentee teaches alone where not both do (with shift, 20–50 % of the time: article E)";
    Shift, "shift", "‰", 0, 1000, 200, Assumed, "more chance of that for each session in a row that the mentor taught alone";
    MenteeGain, "mentee-gain", "‰", 0, 1000, 480, Reported,
        "that a mentee who was taught rises a level in a goal (set so that 95 % learn in six sessions: Clutterbuck)";
    MentorGain, "mentor-gain", "‰", 0, 1000, 450, Reported,
        "that a mentor who was taught does (set so that 80 % learn in six sessions: Clutterbuck)";
    Feedback, "feedback", "‰", 0, 1000, 700, Assumed, "that somebody gives feedback on a session held";
    Late, "late", "‰", 0, 1000, 150, Assumed, "that a session is recorded late";
    LateDays, "late-days", "days", 1, 60, 10, Assumed, "a late record comes within";
    Exit, "exit", "‰", 0, 1000, 10, Assumed, "that a pair takes the no-fault exit when the chemistry period has run";
    Dropout, "dropout", "‰ in 30 days", 0, 1000, 3, Measured,
        "that a pair gives up (set so that, with the exit above and the strain below, 1 of 26 pairs does not complete: Leeds 2022)";
    StrainedDropout, "strained-dropout", "‰ in 30 days", 0, 1000, 60, Assumed, "that it does after two sessions in a row that were not held";
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
/// let reliable = Model::standard().with(Parameter::Held, 1000)?.with(Parameter::Contagion, 0)?;
/// assert_eq!(reliable.value(Parameter::Held), 1000);
///
/// let error = Model::standard().with(Parameter::Held, 1001).unwrap_err();
/// assert_eq!(error.to_string(), "`held` is 1001, outside 0 to 1000");
/// # Ok::<(), reverse_mentoring::simulation::OutOfRange>(())
/// ```
// INVARIANT (ranges): every value is in its parameter's range. Kept by `with`; the defaults are under test.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Model {
    changed: BTreeMap<Parameter, u32>,
}

impl Model {
    /// The defaults.
    #[must_use]
    pub const fn standard() -> Self {
        Self {
            changed: BTreeMap::new(),
        }
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
        self.changed.insert(parameter, value);
        Ok(self)
    }

    /// The value of a parameter.
    #[must_use]
    pub fn value(&self, parameter: Parameter) -> u32 {
        let changed = self.changed.get(&parameter).copied();
        changed.unwrap_or(parameter.default())
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
