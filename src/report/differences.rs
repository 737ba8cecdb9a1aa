//! Differences with their intervals about nought, one below the other.

use maud::{Markup, html};

use super::scale::{Scale, round_steps};
use crate::simulation::experiment::{Contrast, Estimate};

const WIDTH: i64 = 560;
const LEFT: i64 = 16;
const RIGHT: i64 = 470;
const ROW: i64 = 48;

/// Millionths as points of a per cent, with a decimal where the steps have one.
fn tick(at: i64, step: i64) -> String {
    let sign = match at {
        at if at < 0 => "−",
        0 => "",
        _ => "+",
    };
    let tenths = at.abs() / 1_000;
    match step % 10_000 {
        0 => format!("{sign}{}", tenths / 10),
        _ => format!("{sign}{}.{}", tenths / 10, tenths % 10),
    }
}

/// The differences of a contrast that have one, on a scale from the lowest end of an interval to the highest.
pub(super) fn render(contrast: &Contrast) -> Markup {
    let rows = contrast.measures.iter();
    let rows: Vec<(String, Estimate)> = rows
        .filter_map(|m| Some((m.measure.as_str().replace('_', " "), m.difference?)))
        .collect();
    let ends = || rows.iter().flat_map(|(_, d)| [d.low, d.high]);
    let lowest = ends().min().unwrap_or(0).min(0);
    let highest = ends().max().unwrap_or(0).max(0);
    let steps = round_steps(lowest, highest, 1_000, 5);
    let scale = Scale {
        from: (steps.from, LEFT),
        to: (steps.to, RIGHT),
    };
    let bottom = ROW * i64::try_from(rows.len()).unwrap_or(0);
    let told: Vec<String> = rows
        .iter()
        .map(|(name, d)| format!("{name}: {d}"))
        .collect();
    html! {
        svg.spans.contrast viewBox={ "0 0 " (WIDTH) " " (bottom + 30) } role="img" aria-labelledby="differences-plot-title differences-plot-desc" {
            title id="differences-plot-title" { "Differences at the end, in points" }
            desc id="differences-plot-desc" { (told.join(". ")) "." }
            @for at in steps.values() {
                @let x = scale.place(at);
                line class=(if at == 0 { "grid nought" } else { "grid" }) x1=(x) x2=(x) y1="24" y2=(bottom) {}
                @let anchor = if x <= LEFT { "start" } else { "middle" };
                text.tick x=(x) y=(bottom + 20) text-anchor=(anchor) { (tick(at, steps.step)) }
            }
            @for ((name, difference), at) in rows.iter().zip(0i64..) {
                @let y = ROW * at + 36;
                text.label x=(LEFT) y=(y - 14) { (name) }
                line.span x1=(scale.place(difference.low)) x2=(scale.place(difference.high)) y1=(y) y2=(y) {}
                circle.now-mark cx=(scale.place(difference.mean)) cy=(y) r="6" {}
                text.number x=(WIDTH - 4) y=(y + 6) text-anchor="end" { (difference.points()) }
            }
        }
    }
}
