//! Differences with their intervals about nought, one below the other.

use maud::{Markup, html};

use crate::simulation::experiment::{Contrast, Estimate};

const WIDTH: i64 = 480;
const LEFT: i64 = 12;
const RIGHT: i64 = 304;
const MIDDLE: i64 = (LEFT + RIGHT) / 2;
const ROW: i64 = 52;

/// The differences of a contrast that have one.
pub(super) fn render(contrast: &Contrast) -> Markup {
    let rows = contrast.measures.iter();
    let rows: Vec<(String, Estimate)> = rows
        .filter_map(|m| Some((m.measure.as_str().replace('_', " "), m.difference?)))
        .collect();
    // To the next ten points, so that the ends are round.
    let ends = rows.iter().flat_map(|(_, d)| [d.low, d.high]);
    let widest = ends.map(i64::abs).max().unwrap_or(0);
    let scale = (widest.saturating_add(99_999) / 100_000).max(1) * 100_000;
    let place = |at: i64| {
        let moved = i128::from(at.clamp(-scale, scale)) * i128::from(MIDDLE - LEFT);
        MIDDLE + i64::try_from(moved.div_euclid(i128::from(scale))).unwrap_or(0)
    };
    let bottom = ROW * i64::try_from(rows.len()).unwrap_or(0);
    let told: Vec<String> = rows
        .iter()
        .map(|(name, d)| format!("{name}: {d}"))
        .collect();
    html! {
        svg.spans viewBox={ "0 0 " (WIDTH) " " (bottom + 26) } role="img" aria-labelledby="differences-plot-title differences-plot-desc" {
            title id="differences-plot-title" { "Differences at the end, in points" }
            desc id="differences-plot-desc" { (told.join(". ")) "." }
            @for at in [-scale, 0, scale] {
                @let x = place(at);
                line.grid x1=(x) x2=(x) y1="24" y2=(bottom) {}
                @let anchor = if at < 0 { "start" } else { "middle" };
                text.tick x=(x) y=(bottom + 18) text-anchor=(anchor) { @if at < 0 { "−" } @else if at > 0 { "+" } (at.abs() / 10_000) }
            }
            @for ((name, difference), at) in rows.iter().zip(0i64..) {
                @let y = ROW * at + 36;
                text.label x=(LEFT) y=(y - 16) { (name) }
                line.span x1=(place(difference.low)) x2=(place(difference.high)) y1=(y) y2=(y) {}
                circle.now-mark cx=(place(difference.mean)) cy=(y) r="7" {}
                text.number x=(RIGHT + 16) y=(y + 6) { (difference.points()) }
            }
        }
    }
}
