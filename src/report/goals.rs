//! Goal progress both ways, in one chart.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::chart::{Chart, value};
use super::plot;
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
    let names = chart.lines.iter();
    let names = names.map(|(name, series)| html! { (name) ": " strong { (value(series.now)) } });
    html! {
        p { "Levels gained of the levels aimed at. Both sides learn: lines that stay together are a programme that gives to both." }
        figure.single {
            figcaption {
                (plot::legend(names))
            }
            (chart.render())
            (chart.table().below_a_plot())
        }
    }
}
