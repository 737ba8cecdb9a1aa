//! The page around its sections.

use chrono::NaiveDate;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::text::{clean, days};
use crate::health::Period;

const STYLE: &str = include_str!("page.css");
/// The same in the head of every page. By its policy nothing may be fetched and nothing may run, whatever a name holds.
const HEAD: &str = include_str!("head.html");

/// What stands above and below the sections.
#[derive(Debug)]
pub(super) struct Shell<'a> {
    pub(super) title: &'a str,
    /// What it is about.
    pub(super) what: &'static str,
    /// Whom it is for.
    pub(super) audience: &'static str,
    pub(super) when: When,
    pub(super) sections: Vec<Section>,
    pub(super) foot: Vec<&'static str>,
}

/// Of which day or period it speaks.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    Day(NaiveDate),
    Period(Period),
}

impl When {
    const fn last(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Period(period) => period.last(),
        }
    }
}

/// A part of the page under a heading of its own.
#[derive(Debug)]
pub(super) struct Section {
    /// The anchor, of letters and hyphens.
    pub(super) id: &'static str,
    pub(super) heading: &'static str,
    pub(super) body: Markup,
}

impl Section {
    pub(super) const fn new(id: &'static str, heading: &'static str, body: Markup) -> Self {
        Self { id, heading, body }
    }
}

impl Shell<'_> {
    pub(super) fn render(&self) -> String {
        let title = clean(self.title);
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    (PreEscaped(HEAD))
                    title { (title) " · " (self.when.last()) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header {
                        h1 { bdi { (title) } }
                        @match self.when {
                            When::Day(day) => p { (self.what) " on " time datetime=(day) { (day) } },
                            When::Period(period) => p { (self.what) ", " (days(period)) },
                        }
                        p.soft { (self.audience) }
                        nav aria-label="Sections" {
                            ul { @for s in &self.sections { li { a href={ "#" (s.id) } { (s.heading) } } } }
                        }
                    }
                    main {
                        @for s in &self.sections {
                            section id=(s.id) aria-labelledby={ (s.id) "-heading" } {
                                h2 id={ (s.id) "-heading" } { (s.heading) }
                                (s.body)
                            }
                        }
                    }
                    footer { @for line in &self.foot { p { (line) } } }
                }
            }
        };
        page.into_string() + "\n"
    }
}
