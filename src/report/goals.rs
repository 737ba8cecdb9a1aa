//! Goal progress both ways, in one chart.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::chart::{Chart, value};
use super::series::Series;

/// The names under which the two directions are read.
const METRICS: [&str; 2] = ["mentor_goal_progress", "mentee_goal_progress"];

/// The two figures of the chart, where both are there.
pub(super) fn both(series: &[Series]) -> Option<[&Series; 2]> {
    let [mentor, mentee] = METRICS.map(|name| series.iter().find(|s| s.metric.name() == name));
    Some([mentor?, mentee?])
}

/// What mentors and what mentees gained of the levels that they aim at.
pub(super) fn render([mentor, mentee]: [&Series; 2], days: (NaiveDate, NaiveDate)) -> Markup {
    let lines = vec![("Mentors", mentor), ("Mentees", mentee)];
    let chart = Chart {
        id: "goal-progress".to_owned(),
        title: "Goal progress both ways".to_owned(),
        lines,
        days,
    };
    html! {
        p { "Levels gained of the levels aimed at. Both sides learn: lines that stay together are a programme that gives to both." }
        figure.single {
            figcaption {
                ul.legend {
                    @for (at, (name, series)) in chart.lines.iter().enumerate() {
                        li {
                            svg.key viewBox="0 0 60 20" aria-hidden="true" {
                                g class={ "line-" (at) } {
                                    polyline points="2,10 58,10" {}
                                    @if at == 0 { circle cx="30" cy="10" r="6" {} } @else { rect x="24" y="4" width="12" height="12" {} }
                                }
                            }
                            " " (name) ": " strong { (value(series.now)) }
                        }
                    }
                }
            }
            (chart.render())
            (chart.table().below_a_plot())
        }
    }
}
