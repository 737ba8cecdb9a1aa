//! Where the programme stands: a card for each figure that there is.

use maud::{Markup, html};

use super::chart::value;
use super::scale::{band, per_mille};
use super::series::Series;
use super::text::{clean, days, heading, metric};
use crate::health::{Ratio, families};
use crate::privacy::Cell;

/// A card for each figure, with target and verdict, by what it is about; those without a figure are named below.
pub(super) fn render(series: &[Series]) -> Markup {
    let (there, silent): (Vec<&Series>, Vec<&Series>) =
        series.iter().partition(|series| has_data(&series.now));
    html! {
        @for (family, series) in families(there, |series| series.metric.name()) {
            h3 { (heading(family)) }
            ul.cards { @for series in series { li { (card(series)) } } }
        }
        (without(&silent))
    }
}

/// Whether there is something to show.
pub(super) fn has_data(ratio: &Cell<Ratio>) -> bool {
    ratio.shown().is_some_and(|ratio| ratio.whole() > 0)
}

/// Figures of which there is nothing to show, by name.
pub(super) fn without(silent: &[&Series]) -> Markup {
    let names = |withheld: bool| -> String {
        let fits = silent
            .iter()
            .filter(|s| (s.now == Cell::Withheld) == withheld);
        let names: Vec<String> = fits.map(|s| metric(&s.metric)).collect();
        names.join(", ")
    };
    html! {
        @for (words, names) in [("Withheld: ", names(true)), ("No data: ", names(false))] {
            @if !names.is_empty() { p.soft.silent { (words) (names) "." } }
        }
    }
}

fn card(series: &Series) -> Markup {
    let ratio = series.now;
    html! {
        h4 { (metric(&series.metric)) }
        p.value { (value(ratio)) }
        @if let Some(period) = series.repeated { p.soft { "of " (days(period)) } }
        (bar(series))
        p.counts {
            @if let Cell::Shown(ratio) = ratio { (ratio.part()) " of " (ratio.whole()) }
            @if let Some(target) = series.target { span { "target " (target) } }
            (verdict(series))
        }
        p.soft { (clean(&series.definition)) }
    }
}

/// Whether a target is met, with a mark and in words.
fn verdict(series: &Series) -> Markup {
    let met = series.target.zip(series.now.shown().copied());
    match met.and_then(|(target, ratio)| target.is_met(ratio)) {
        Some(true) => html! { span.met { span aria-hidden="true" { "✓ " } "met" } },
        Some(false) => html! { span.not-met { span aria-hidden="true" { "✗ " } "not met" } },
        None => html! {},
    }
}

/// The figure as a bar under the target's band; says nothing that the card does not.
fn bar(series: &Series) -> Markup {
    let filled = series
        .now
        .shown()
        .copied()
        .and_then(|r: Ratio| per_mille(r));
    html! {
        svg.bar viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true" {
            rect.track x="0" y="8" width="1000" height="8" {}
            @if let Some(filled) = filled { rect.fill x="0" y="8" width=(filled) height="8" {} }
            @if let Some((low, high)) = series.target.and_then(band) {
                rect.goal x=(10 * low - 2) y="2" width="4" height="20" {}
                @if high < 100 { rect.goal x=(10 * high - 2) y="2" width="4" height="20" {} }
            }
        }
    }
}
