//! Health over time: a small chart for each figure.

use maud::{Markup, html};

use super::chart::{Chart, value};
use super::series::Series;
use super::text::metric;

/// The charts of all figures but those that stand elsewhere.
pub(super) fn render(series: &[Series], elsewhere: &[&Series]) -> Markup {
    let here = series.iter().filter(|s| !elsewhere.contains(s));
    html! {
        p.soft { "A gap in a line is a day without a figure: no data, or withheld. The band is the target." }
        div.multiples {
            @for (at, series) in here.enumerate() {
                @let chart = Chart { id: format!("trend-{at}"), title: metric(&series.metric), lines: vec![("", series)] };
                figure {
                    figcaption { (chart.title) " " span.soft { (value(series.now())) } }
                    (chart.render())
                    (chart.table().below_a_plot())
                }
            }
        }
    }
}
