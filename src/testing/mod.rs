//! A harness for authors of rules, criteria, matchers and metrics.
//!
//! In come a plug-in and a small company to try it on; out comes nothing, or every way in which the plug-in broke its
//! word. Never true inside: a panic. The library checks plug-ins again when it uses them; the harness finds in a test
//! what would otherwise come up in front of a coordinator.
//!
//! | check | the plug-in's word |
//! |---|---|
//! | [`check_rule`] | same pair, same answer; the violation's code is the rule's name; its words are one line |
//! | [`check_criterion`] | same pair, same points, alone or in a row, within a range that stays |
//! | [`check_matcher`] | sound answers on every small graph, the same twice; a certificate that proves; stable where it says so |
//! | [`check_metric`] | same unit, same ratio, no part above its whole; only units of kinds that concern it; nothing from after the day of the reading |
//!
//! Of each kind of complaint the first is told, not every pair or graph on which it comes up.

mod cohort;
mod company;
mod launch;
mod matcher;
mod metric;
mod outlook;
mod pairs;
mod sample;

use std::collections::BTreeSet;

pub use company::Company;
pub use launch::{begin, charter, launch};
pub use matcher::check_matcher;
pub use metric::check_metric;
pub use pairs::{check_criterion, check_rule};

use crate::policy::PluginId;

/// One way in which a plug-in broke its word.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{plugin}` {message}")]
#[non_exhaustive]
pub struct Complaint {
    /// Which plug-in.
    pub plugin: PluginId,
    /// What it did: a sentence without its subject.
    pub message: String,
}

/// Everything that a check found, in the order in which it came up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", crate::summary::summary(&self.0))]
pub struct Complaints(
    /// The complaints, one of each kind.
    pub Vec<Complaint>,
);

/// Collects complaints about one plug-in.
struct Judge<'a> {
    plugin: PluginId,
    id: &'a dyn Fn() -> PluginId,
    kinds: BTreeSet<&'static str>,
    complaints: Vec<Complaint>,
}

impl<'a> Judge<'a> {
    fn new(id: &'a dyn Fn() -> PluginId) -> Self {
        let plugin = id();
        let mut judge = Self {
            plugin,
            id,
            kinds: BTreeSet::new(),
            complaints: Vec::new(),
        };
        let text = judge.plugin.to_string();
        judge.expect(
            text.parse().as_ref() == Ok(&judge.plugin.clone()),
            "name",
            || "has an id that does not read back from its text".to_owned(),
        );
        judge
    }

    /// Complains, once of each kind, where something does not hold.
    fn expect(&mut self, holds: bool, kind: &'static str, message: impl FnOnce() -> String) {
        if !holds && self.kinds.insert(kind) {
            self.complaints.push(Complaint {
                plugin: self.plugin.clone(),
                message: message(),
            });
        }
    }

    /// Whether there was a complaint of this kind.
    fn complained(&self, kind: &'static str) -> bool {
        self.kinds.contains(kind)
    }

    /// Whether a text is a line: something on it, no control character, no full stop at its end.
    fn expect_line(&mut self, text: &str, kind: &'static str, what: &str) {
        let shown = crate::text::Quoted(text);
        let line = !text.trim().is_empty() && !text.contains(char::is_control);
        self.expect(line && !text.ends_with('.'), kind, || {
            format!("gives {what} that is not one line without a full stop: {shown}")
        });
    }

    fn verdict(mut self) -> Result<(), Complaints> {
        let now = (self.id)();
        self.expect(now == self.plugin, "id", || {
            format!("calls itself `{now}` later on")
        });
        match self.complaints.is_empty() {
            true => Ok(()),
            false => Err(Complaints(self.complaints)),
        }
    }
}
