//! Health over time: a small chart for each figure.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::chart::{Chart, scale_of, value};
use super::series::Series;
use super::summary::{has_data, without};
use super::text::{days, heading, metric};
use crate::health::families;

/// A figure with its place among all, which no name of a host can stand twice for.
type Placed<'s> = (usize, &'s Series);

/// The charts of all figures but those that stand elsewhere, and those of which there has been none on any day: these are
/// named.
pub(super) fn render(series: &[Series], elsewhere: &[&Series], last: NaiveDate) -> Markup {
    let scale = scale_of(series, last);
    let here = series.iter().enumerate();
    let here = here.filter(|(_, s)| !elsewhere.contains(s));
    let (there, silent): (Vec<Placed<'_>>, Vec<Placed<'_>>) =
        here.partition(|(_, s)| s.points.iter().any(|(_, ratio)| has_data(ratio)));
    let silent: Vec<&Series> = silent.into_iter().map(|(_, series)| series).collect();
    html! {
        p.soft { "A gap in a line is a day without a figure: no data, or withheld. The band is the target." }
        @for (family, series) in families(&there, |(_, series)| series.metric.name()) {
            h3 { (heading(family)) }
            div.multiples {
                @for (at, series) in series {
                    @let chart = Chart { id: format!("trend-{at}"), title: metric(&series.metric), lines: vec![("", series)], days: scale };
                    figure {
                        figcaption { (chart.title) " " span.soft { (value(series.now)) } @if let Some(period) = series.repeated { " " span.soft { "of " (days(period)) } } }
                        (chart.render())
                        (chart.table().below_a_plot())
                    }
                }
            }
        }
        (without(&silent))
    }
}
