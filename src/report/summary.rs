//! Where the programme stands: a card for each figure.

use maud::{Markup, html};

use super::chart::value;
use super::scale::{band, per_mille};
use super::series::Series;
use super::text::{clean, metric};
use crate::health::Ratio;
use crate::privacy::Cell;

/// A card for each figure of the day, with target and verdict.
pub(super) fn render(series: &[Series]) -> Markup {
    html! {
        ul.cards { @for series in series { li { (card(series)) } } }
    }
}

fn card(series: &Series) -> Markup {
    let ratio = series.now();
    html! {
        h3 { (metric(&series.metric)) }
        p.value { (value(ratio)) }
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
    let met = series.target.zip(series.now().shown().copied());
    match met.and_then(|(target, ratio)| target.is_met(ratio)) {
        Some(true) => html! { span.met { span aria-hidden="true" { "✓ " } "met" } },
        Some(false) => html! { span.not-met { span aria-hidden="true" { "✗ " } "not met" } },
        None => html! {},
    }
}

/// The figure as a bar under the target's band; says nothing that the card does not.
fn bar(series: &Series) -> Markup {
    let filled = series
        .now()
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
