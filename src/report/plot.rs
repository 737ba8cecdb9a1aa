//! What the charts over days have in common: paper, axes, marks and the key to them.

#[cfg(feature = "simulation")]
use chrono::Datelike as _;
use chrono::NaiveDate;
use maud::{Markup, Render, html};

#[cfg(feature = "simulation")]
use super::scale::Steps;
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

/// Tenths of a per cent between round values, from the bottom up.
#[cfg(feature = "simulation")]
pub(super) const fn up(steps: Steps) -> Scale {
    Scale {
        from: (steps.from, BOTTOM),
        to: (steps.to, TOP),
    }
}

/// Lines at round values of tenths of a per cent.
#[cfg(feature = "simulation")]
pub(super) fn levels(steps: Steps) -> Markup {
    let words = |tenths: i64| match steps.step % 10 {
        0 => format!("{} %", tenths / 10),
        _ => format!("{}.{} %", tenths / 10, tenths % 10),
    };
    html! {
        @for at in steps.values() {
            @let y = up(steps).place(at);
            line.grid x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) {}
            text.tick x=(LEFT - 12) y=(y + 8) text-anchor="end" { (words(at)) }
        }
    }
}

/// Months between two days, as many as fit: their first days with year and month. Where none begins between the two, the two days.
#[cfg(feature = "simulation")]
pub(super) fn months(days: (NaiveDate, NaiveDate)) -> Markup {
    let number = |day: NaiveDate| 12 * i64::from(day.year()) + i64::from(day.month0());
    let (from, to) = (number(days.0), number(days.1));
    let every = [1, 2, 3, 6, 12, 24, 60, 120, 600]
        .into_iter()
        .find(|every| (to - from) / every < 5)
        .unwrap_or(6_000);
    let of = |month: i64| {
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        NaiveDate::from_ymd_opt(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)
    };
    let first = from + i64::from(days.0.day() > 1);
    let marks = (0..6).filter_map(|n| of(first + n * every));
    let marks: Vec<NaiveDate> = marks.filter(|day| *day <= days.1).collect();
    let x = across(days);
    html! {
        @if marks.len() < 2 { (ends(days)) } @else {
            @for day in marks {
                @let at = x.place(day_number(day));
                line.grid x1=(at) x2=(at) y1=(BOTTOM) y2=(BOTTOM + 8) {}
                @let anchor = if at > RIGHT - 44 { "end" } else { "middle" };
                text.tick x=(at) y=(BOTTOM + 34) text-anchor=(anchor) { (day.format("%Y-%m")) }
            }
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
