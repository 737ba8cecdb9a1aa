//! What the charts over days have in common: paper, axes, marks and the key to them.

use chrono::NaiveDate;
use maud::{Markup, Render, html};

use super::scale::{Scale, day_number};

/// The paper, and the rectangle of the plot on it.
const WIDTH: i64 = 640;
const HEIGHT: i64 = 300;
pub(super) const LEFT: i64 = 84;
pub(super) const RIGHT: i64 = 602;
const TOP: i64 = 34;
const BOTTOM: i64 = 250;

/// Tenths of a per cent, from the bottom up.
pub(super) const UP: Scale = Scale {
    from: (0, BOTTOM),
    to: (1000, TOP),
};

/// Days, from left to right.
pub(super) fn across((first, last): (NaiveDate, NaiveDate)) -> Scale {
    Scale {
        from: (day_number(first), LEFT),
        to: (day_number(last), RIGHT),
    }
}

/// The paper with a title, the same in sentences, and what is drawn.
pub(super) fn paper(id: &str, title: &str, description: &str, drawn: Markup) -> Markup {
    let (titled, described) = (format!("{id}-title"), format!("{id}-desc"));
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ (titled) " " (described) } {
            title id=(titled) { (title) }
            desc id=(described) { (description) }
            (drawn)
        }
    }
}

/// Lines at 0, 50 and 100 %.
pub(super) fn grid() -> Markup {
    html! {
        @for percent in [0, 50, 100] {
            line.grid x1=(LEFT) x2=(RIGHT) y1=(UP.place(10 * percent)) y2=(UP.place(10 * percent)) {}
            text.tick x=(LEFT - 12) y=(UP.place(10 * percent) + 8) text-anchor="end" { (percent) " %" }
        }
    }
}

/// The first day and the last.
pub(super) fn ends((first, last): (NaiveDate, NaiveDate)) -> Markup {
    html! {
        @if first < last {
            text.tick x=(LEFT) y=(BOTTOM + 34) text-anchor="start" { (first) }
        }
        text.tick x=(RIGHT) y=(BOTTOM + 34) text-anchor="end" { (last) }
    }
}

/// What stands in a plot without a single mark.
pub(super) fn nothing(words: &str) -> Markup {
    html! {
        text.nothing x=((LEFT + RIGHT) / 2) y=((TOP + BOTTOM) / 2 + 40) text-anchor="middle" { (words) }
    }
}

/// A line through places; one place is none.
pub(super) fn through(places: impl Iterator<Item = (i64, i64)>) -> Markup {
    let path: Vec<String> = places.map(|(x, y)| format!("{x},{y}")).collect();
    html! { @if path.len() > 1 { polyline points=(path.join(" ")) {} } }
}

/// The mark of a line: a dot on the first, a square on others.
pub(super) fn mark(number: usize, (x, y): (i64, i64)) -> Markup {
    html! {
        @if number == 0 {
            circle cx=(x) cy=(y) r="6" {}
        } @else {
            rect x=(x - 6) y=(y - 6) width="12" height="12" {}
        }
    }
}

/// Which line is whose.
pub(super) fn legend(names: impl IntoIterator<Item = impl Render>) -> Markup {
    html! {
        ul.legend {
            @for (at, name) in names.into_iter().enumerate() {
                li {
                    svg.key viewBox="0 0 60 20" aria-hidden="true" {
                        g class={ "line-" (at) } {
                            polyline points="2,10 58,10" {}
                            (mark(at, (30, 10)))
                        }
                    }
                    " " (name)
                }
            }
        }
    }
}
