//! One picture of the year, by hand: no script, readable in light and dark.

use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::months::{Month, STATES};

/// Colours that differ for colour-blind readers too (Okabe and Ito), good on white and on near-black.
const COLOURS: [&str; 7] = [
    "#009e73", "#56b4e9", "#f0b429", "#d55e00", "#cc79a7", "#3d7ab8", "#8f8f8f",
];
const WIDTH: usize = 960;
const HEIGHT: usize = 480;
/// The rectangle of the plot.
const LEFT: usize = 64;
const RIGHT: usize = WIDTH - 24;
const TOP: usize = 112;
const BOTTOM: usize = HEIGHT - 40;

const STYLE: &str = "\
text{font:13px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1b1f24}\
.title{font-size:19px;font-weight:600}.small{font-size:12px;fill:#57606a}\
.back{fill:#ffffff}.grid{stroke:#d7dce1}.axis{stroke:#57606a}.mark{stroke:#1b1f24;stroke-dasharray:5 4}\
.bar rect{stroke:#ffffff;stroke-width:.6}\
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9aa6b2}.back{fill:#12161c}.grid{stroke:#2d343d}\
.axis{stroke:#9aa6b2}.mark{stroke:#e6edf3}.bar rect{stroke:#12161c}}";

/// Stacked bars of the pairings by status, a bar a month; `marks` are the days of reorganisations.
pub fn year(months: &[Month], marks: &[NaiveDate]) -> String {
    let total = |m: &Month| m.states.iter().sum::<usize>();
    let most = months.iter().map(total).max().unwrap_or(0);
    let step = step(most);
    let top = most.div_ceil(step).max(1) * step;
    let y = |value: usize| BOTTOM - (BOTTOM - TOP) * value / top;
    let count = months.len().max(1);
    let x = |at: usize| LEFT + (RIGHT - LEFT) * at / count;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">Pairings by status at the end of each month</title>\n<desc id=\"d\">{}</desc>\n\
         <style>{STYLE}</style>\n<rect class=\"back\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\n\
         <text class=\"title\" x=\"{LEFT}\" y=\"34\">Pairings by status at the end of each month</text>\n",
        describe(months)
    );
    let mut at = LEFT;
    for ((name, ..), colour) in STATES.iter().zip(COLOURS) {
        let _ = writeln!(
            out,
            "<rect x=\"{at}\" y=\"53\" width=\"13\" height=\"13\" rx=\"2\" fill=\"{colour}\"/><text x=\"{}\" y=\"64\">{name}</text>",
            at + 19
        );
        at += 19 + 8 * name.len() + 22;
    }
    for value in (0..=top).step_by(step) {
        let class = if value == 0 { "axis" } else { "grid" };
        let (line, text) = (y(value), y(value) + 4);
        let _ = writeln!(
            out,
            "<line class=\"{class}\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{line}\" y2=\"{line}\"/><text class=\"small\" x=\"{}\" y=\"{text}\" text-anchor=\"end\">{value}</text>",
            LEFT - 8
        );
    }
    let _ = writeln!(
        out,
        "<text class=\"small\" transform=\"translate(20 {}) rotate(-90)\" text-anchor=\"middle\">pairings that have started</text>",
        (TOP + BOTTOM) / 2
    );
    let every = count.div_ceil(18);
    for (n, month) in months.iter().enumerate() {
        let (from, to) = (x(n), x(n + 1));
        let gap = ((to - from) / 8).max(1);
        let middle = (from + to) / 2;
        out.push_str("<g class=\"bar\">");
        let mut sum = 0;
        for ((count, (name, ..)), colour) in month.states.iter().zip(STATES).zip(COLOURS) {
            let (low, high) = (y(sum), y(sum + count));
            sum += count;
            if *count > 0 {
                let _ = write!(
                    out,
                    "<rect x=\"{}\" y=\"{high}\" width=\"{}\" height=\"{}\" fill=\"{colour}\"><title>{}: {count} {name}</title></rect>",
                    from + gap,
                    (to - from).saturating_sub(2 * gap).max(1),
                    (low - high).max(1),
                    month.name()
                );
            }
        }
        out.push_str("</g>\n");
        if n % every == 0 {
            let _ = writeln!(
                out,
                "<text class=\"small\" x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{sum}</text><text class=\"small\" x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                y(sum) - 6,
                BOTTOM + 20,
                month.name()
            );
        }
    }
    for day in marks {
        // Before the first month that ends after it.
        let Some(n) = months.iter().position(|m| m.date >= *day) else {
            continue;
        };
        let at = x(n);
        let _ = writeln!(
            out,
            "<line class=\"mark\" x1=\"{at}\" x2=\"{at}\" y1=\"{}\" y2=\"{BOTTOM}\"/><text class=\"small\" x=\"{}\" y=\"{}\" text-anchor=\"end\">reorganisation</text>",
            TOP - 20,
            at - 6,
            TOP - 8
        );
    }
    out.push_str("</svg>\n");
    out
}

/// A round distance between grid lines, for five or so of them.
fn step(most: usize) -> usize {
    let rough = most.div_ceil(5).max(1);
    let mut unit = 1;
    while unit * 10 <= rough {
        unit *= 10;
    }
    let round = [1, 2, 5, 10].into_iter().find(|n| n * unit >= rough);
    round.unwrap_or(10) * unit
}

/// The last bar in words, for those who do not see the picture.
fn describe(months: &[Month]) -> String {
    let Some(last) = months.last() else {
        return "No month was played.".to_owned();
    };
    let parts = last.states.iter().zip(STATES);
    let parts: Vec<String> = parts.map(|(n, (name, ..))| format!("{n} {name}")).collect();
    format!("In {}: {}.", last.name(), parts.join(", "))
}
