//! Names and codes as people read them.

use maud::{Markup, html};

use crate::health::{PairingStatus, Period};
use crate::policy::PluginId;

/// Text of a host that cannot change the page: what no document may hold becomes U+FFFD.
pub(super) fn clean(text: &str) -> String {
    let clean = |c: char| match c {
        '\t' | '\n' => ' ',
        c if c.is_control() || matches!(c, '\u{fdd0}'..='\u{fdef}') => char::REPLACEMENT_CHARACTER,
        // The last two of every plane are no characters.
        c if u32::from(c) & 0xfffe == 0xfffe => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(clean).collect()
}

/// A name in its own direction, whatever it does to the direction of text.
pub(super) fn name(text: &str) -> Markup {
    html! { bdi { (clean(text)) } }
}

/// `session_completion` as `Session completion`.
pub(super) fn metric(id: &PluginId) -> String {
    heading(&clean(&id.name().replace('_', " ")))
}

/// A period as its two days.
pub(super) fn days(period: Period) -> Markup {
    html! {
        time datetime=(period.first()) { (period.first()) } " to " time datetime=(period.last()) { (period.last()) }
    }
}

/// Words as a heading: with a capital.
pub(super) fn heading(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A reason of health in words; a code that nobody has put into words, with spaces.
pub(super) fn reason(code: &str) -> String {
    let words = match code {
        "ended" => "completed or ended",
        "reorganised" => "a line of management came between the two",
        "core-invariant" => "breaks a core invariant",
        "paused" => "held up for a while",
        "last-two-not-held" => "the last two sessions were cancelled or missed",
        "silent-for-two-cadences" => "two slots have passed without a session",
        "overdue" => "the next session is overdue",
        "silence" => "so long a silence that they may have given up",
        "stuck-in-proposed" => "proposed, and not accepted by both",
        "stuck-in-accepted" => "accepted, and they do not prepare",
        "stuck-in-preparing" => "they prepare, and do not begin",
        "waits-for-mentor" => "waits for the mentor",
        "waits-for-mentee" => "waits for the mentee",
        "paused-long" => "paused, and nobody has resumed it",
        "link-gone" => "the line of management between the two is gone",
        "link-stands" => "the line of management between the two is still there",
        "past-planned-end" => "it goes on beyond the planned end",
        "fewer-than-two-held" => "fewer than two sessions held",
        "chemistry-period" => "the chemistry period is not over",
        "goals" => "learning goals of both",
        "experience" => "the experience of one of the two, on a scale that compares",
        "one_tree" => "the mentee heads the company, which is one tree",
        "heads_all_mentors" => "the mentee heads everybody who mentors",
        _ => return clean(code).replace(['-', '_'], " "),
    };
    words.to_owned()
}

/// Whom a coordinator should look at first; the order of statuses on the page.
pub(super) const fn urgency(status: PairingStatus) -> u8 {
    match status {
        PairingStatus::AtRisk => 0,
        PairingStatus::NeedsCheckIn => 1,
        PairingStatus::Suspended => 2,
        PairingStatus::Paused => 3,
        PairingStatus::TooEarly => 4,
        PairingStatus::OnTrack => 5,
        PairingStatus::Ended => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_document_may_hold() {
        assert_eq!(
            clean("a\u{0}b\u{1b}c\u{fffe}d\u{1ffff}e\tf"),
            "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e f"
        );
        assert_eq!(clean("<b>&\"' \u{202e}שלום"), "<b>&\"' \u{202e}שלום");
        assert_eq!(
            name("<b>&\"").into_string(),
            "<bdi>&lt;b&gt;&amp;&quot;</bdi>"
        );
    }

    #[test]
    fn metrics_and_reasons_in_words() {
        assert_eq!(
            metric(&PluginId::new("session_completion", 1)),
            "Session completion"
        );
        assert_eq!(metric(&PluginId::new("", 1)), "");
        assert_eq!(reason("overdue"), "the next session is overdue");
        assert_eq!(reason("own-code_x"), "own code x");
    }
}
