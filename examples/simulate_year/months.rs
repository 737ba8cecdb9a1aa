//! One row a month: a table, bars, a file.

use std::fmt::Write as _;

use chrono::NaiveDate;
use reverse_mentoring::health::{PairingStatus, Ratio};
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::Simulated;

/// How a pairing goes, from best to worst, then those that are over.
pub const STATES: [(&str, &str, char); 7] = [
    ("on track", "on_track", '█'),
    ("too early to tell", "too_early", '▓'),
    ("needs check-in", "needs_check_in", '▒'),
    ("at risk", "at_risk", '!'),
    ("suspended", "suspended", 's'),
    ("completed", "completed", '·'),
    ("ended early", "ended_early", 'x'),
];

/// The figures in the order of the columns: their name in the file, and the metric.
const FIGURES: [(&str, &str); 5] = [
    ("adherence", "cadence_adherence"),
    ("completion", "session_completion"),
    ("role balance", "role_balance"),
    ("mentor goals", "mentor_goal_progress"),
    ("mentee goals", "mentee_goal_progress"),
];

/// A programme at the end of a month.
pub struct Month {
    pub date: NaiveDate,
    /// Pairings that have started, by [`STATES`].
    pub states: [usize; 7],
    /// Pairings that are open, those that have not started too.
    pub open: usize,
    /// Sessions of the month: held, cancelled, missed.
    pub sessions: [usize; 3],
    /// Since the beginning, by [`FIGURES`].
    pub figures: [Ratio; 5],
}

/// Reads each month off the facts of the year. What came in late counts on its day.
pub fn read(year: &Simulated) -> Vec<Month> {
    let history = year.program.history();
    let mut before = NaiveDate::MIN;
    let months = year.months.iter().map(|end| {
        let month = month(history, before, end.date);
        before = end.date;
        month
    });
    months.collect()
}

fn month(history: &History, before: NaiveDate, date: NaiveDate) -> Month {
    let health = crate::assess(history, date);
    let (mut states, mut sessions, mut open) = ([0; 7], [0; 3], 0);
    for pairing in &health.pairings {
        let facts = history.pairing(pairing.pairing);
        let completed =
            facts.is_some_and(|f| f.ended.is_some_and(|(_, ending)| ending.is_completed()));
        let at = match pairing.status {
            PairingStatus::OnTrack => 0,
            PairingStatus::TooEarly => 1,
            PairingStatus::NeedsCheckIn => 2,
            PairingStatus::AtRisk => 3,
            PairingStatus::Ended if completed => 5,
            PairingStatus::Ended => 6,
            _ => 4,
        };
        states[at] += 1;
    }
    for (_, facts) in history.pairings() {
        open += usize::from(facts.is_open(date));
        for session in facts.sessions(date).filter(|s| s.date > before) {
            let at = match session.outcome {
                Outcome::Held(_) => 0,
                Outcome::Cancelled { .. } => 1,
                _ => 2, // missed
            };
            sessions[at] += 1;
        }
    }
    let figures = FIGURES.map(|(_, metric)| health.reading(metric).unwrap_or(Ratio::NO_DATA));
    Month {
        date,
        states,
        open,
        sessions,
        figures,
    }
}

impl Month {
    /// `2026-03`.
    pub fn name(&self) -> String {
        self.date.format("%Y-%m").to_string()
    }
}

/// The table that a programme manager reads.
pub fn table(months: &[Month]) -> String {
    let mut out = String::from(
        "                   pairings that have started                         | sessions          | since the beginning, in %\n\
         \x20 month     open   on  too  needs  at    sus-   com-   ended | held canc- miss- | ca-    com-   role   goals  goals\n\
         \x20                track early check- risk  pended pleted early |      elled  ed  | dence  pletion bal-  mentor mentee\n\
         \x20                            in                              |                   |               ance\n",
    );
    for m in months {
        let [track, early, check, risk, suspended, completed, ended] = m.states;
        let [held, cancelled, missed] = m.sessions;
        let _ = write!(
            out,
            "  {:<8}{:>6}{track:>6}{early:>6}{check:>6}{risk:>6}{suspended:>7}{completed:>7}{ended:>7} |{held:>5}{cancelled:>6}{missed:>6} |",
            m.name(),
            m.open
        );
        for ratio in m.figures {
            let text = ratio.percent().unwrap_or_else(|| "–".to_owned());
            let _ = write!(out, "{:>7}", text.trim_end_matches(" %"));
        }
        out.push('\n');
    }
    out.push_str(
        "  open: whatever takes a place of both, so proposed, not yet begun and suspended ones too\n\
         \x20 goals: over all goals of the pairings past their chemistry period, so that progress falls when new ones come out of it\n\
         \x20 role balance: the part of the taught minutes in which the mentee taught\n",
    );
    out
}

/// The same as bars, one character for one pairing or for several.
pub fn bars(months: &[Month]) -> String {
    let total = |m: &Month| m.states.iter().sum::<usize>();
    let most = months.iter().map(total).max().unwrap_or(0).max(1);
    let each = most.div_ceil(90);
    let mut out = String::from("\n");
    for m in months {
        let _ = write!(out, "  {}  ", m.name());
        for (count, (_, _, mark)) in marks(m.states, each).into_iter().zip(STATES) {
            out.extend(std::iter::repeat_n(mark, count));
        }
        let _ = writeln!(out, " {}", total(m));
    }
    let legend = STATES.map(|(name, _, mark)| format!("{mark} {name}"));
    let _ = writeln!(out, "  {}", legend.join("   "));
    let _ = match each {
        1 => writeln!(out, "  a mark is one pairing"),
        _ => writeln!(
            out,
            "  a mark is {each} pairings, rounded; a status that any pairing has shows at least one mark"
        ),
    };
    out
}

/// How many marks each state has, where one is `each` pairings; a state that has pairings has a mark.
fn marks(states: [usize; 7], each: usize) -> [usize; 7] {
    // Cumulated, so that the rounding of the parts does not change the length of the whole.
    let (mut sum, mut drawn) = (0usize, 0);
    let mut marks = states.map(|count| {
        sum += count;
        let before = drawn;
        drawn = sum.div_ceil(each);
        drawn - before
    });
    // At risk comes first where marks are few: it is what somebody should see.
    for at in [3, 4, 2, 6, 5, 1, 0] {
        if states[at] == 0 || marks[at] > 0 {
            continue;
        }
        // From whoever has most; where nobody has two, the bar is a mark longer.
        let most = (0..marks.len()).max_by_key(|&from| marks[from]);
        if let Some(from) = most.filter(|&from| marks[from] > 1) {
            marks[from] -= 1;
        }
        marks[at] = 1;
    }
    marks
}

/// `months.csv`: counts, and each figure as part and whole.
pub fn csv(months: &[Month]) -> String {
    let mut out = String::from("month,as_of,open");
    for (_, column, _) in STATES {
        let _ = write!(out, ",{column}");
    }
    out.push_str(",held,cancelled,missed");
    for (_, metric) in FIGURES {
        let _ = write!(out, ",{metric}_part,{metric}_whole");
    }
    out.push('\n');
    for m in months {
        let _ = write!(out, "{},{},{}", m.name(), m.date, m.open);
        for count in m.states.iter().chain(&m.sessions) {
            let _ = write!(out, ",{count}");
        }
        for ratio in m.figures {
            let _ = write!(out, ",{},{}", ratio.part(), ratio.whole());
        }
        out.push('\n');
    }
    out
}
