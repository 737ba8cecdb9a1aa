//! One reason against something, for people and for programs.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

/// A value that a host can put into its own wording of a violation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum Parameter {
    /// A number, in the unit that the parameter's name says.
    Number(i64),
    /// A text.
    Text(String),
    /// Several texts in order, such as the keys of a chain of managers.
    List(Vec<String>),
}

/// Why two people may not be paired: a stable code, typed parameters, a sentence and, where there is any, advice.
///
/// ```
/// use reverse_mentoring::policy::Violation;
///
/// let violation = Violation::new("minimum-gap", "the gap is 0 grades, 1 is needed")
///     .number("grades", 0)
///     .advise("look one grade higher");
/// assert_eq!(violation.to_string(), "the gap is 0 grades, 1 is needed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Violation {
    code: Cow<'static, str>,
    parameters: Vec<(&'static str, Parameter)>,
    message: String,
    advice: Option<String>,
}

impl Violation {
    /// A violation with its stable code and a sentence: lower-case, one line, no full stop.
    #[must_use]
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            parameters: Vec::new(),
            message: message.into(),
            advice: None,
        }
    }

    /// The same with a number by name.
    #[must_use]
    pub fn number(self, name: &'static str, number: impl Into<i64>) -> Self {
        self.parameter(name, Parameter::Number(number.into()))
    }

    /// The same with a text by name.
    #[must_use]
    pub fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.parameter(name, Parameter::Text(text.into()))
    }

    /// The same with a parameter by name.
    #[must_use]
    pub fn parameter(mut self, name: &'static str, parameter: Parameter) -> Self {
        self.parameters.push((name, parameter));
        self
    }

    /// The same with what could be done about it.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The parameters in the order in which they were given.
    #[must_use]
    pub fn parameters(&self) -> &[(&'static str, Parameter)] {
        &self.parameters
    }

    /// The sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What could be done about it.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.advice.as_deref()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
