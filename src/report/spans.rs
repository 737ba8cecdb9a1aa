//! Shares as marks on lines from 0 to 100 %, one below the other: from before to now, or an interval.

use maud::{Markup, html};

const WIDTH: i64 = 480;
const LEFT: i64 = 12;
const RIGHT: i64 = 304;
const ROW: i64 = 52;

/// Whole per cent in the unit of places: hundredths of a percentage point.
const WHOLE: i64 = 10_000;

/// One line. Places are in hundredths of a percentage point.
#[derive(Debug)]
pub(super) struct Span {
    /// Above the line.
    pub(super) label: String,
    /// Beside it.
    pub(super) value: String,
    /// From where to where it is drawn.
    pub(super) line: Option<(i64, i64)>,
    /// A mark that is hollow.
    pub(super) hollow: Option<i64>,
    /// A mark that is filled.
    pub(super) filled: Option<i64>,
}

/// What stands around the lines.
#[derive(Debug)]
pub(super) struct Spans {
    /// What ids begin with.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) rows: Vec<Span>,
}

fn place(at: i64) -> i64 {
    LEFT + at.clamp(0, WHOLE) * (RIGHT - LEFT) / WHOLE
}

impl Spans {
    pub(super) fn render(&self) -> Markup {
        let (title, desc) = (format!("{}-title", self.id), format!("{}-desc", self.id));
        let told: Vec<String> = self
            .rows
            .iter()
            .map(|row| format!("{}: {}", row.label, row.value))
            .collect();
        let bottom = ROW * i64::try_from(self.rows.len()).unwrap_or(0);
        html! {
            svg.spans viewBox={ "0 0 " (WIDTH) " " (bottom + 26) } role="img" aria-labelledby={ (title) " " (desc) } {
                title id=(title) { (self.title) }
                desc id=(desc) { (told.join(". ")) "." }
                @for percent in [0, 50, 100] {
                    @let x = place(100 * percent);
                    line.grid x1=(x) x2=(x) y1="24" y2=(bottom) {}
                    @let anchor = if percent == 0 { "start" } else { "middle" };
                    text.tick x=(x) y=(bottom + 18) text-anchor=(anchor) { (percent) " %" }
                }
                @for (row, at) in self.rows.iter().zip(0i64..) {
                    @let y = ROW * at + 36;
                    text.label x=(LEFT) y=(y - 16) { (row.label) }
                    @if let Some((from, to)) = row.line {
                        line.span x1=(place(from)) x2=(place(to)) y1=(y) y2=(y) {}
                    }
                    @if let Some(at) = row.hollow { circle.before cx=(place(at)) cy=(y) r="7" {} }
                    @if let Some(at) = row.filled { circle.now-mark cx=(place(at)) cy=(y) r="7" {} }
                    text.number x=(RIGHT + 16) y=(y + 6) { (row.value) }
                }
            }
        }
    }
}
