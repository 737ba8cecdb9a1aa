//! The roster, the plan and what happened, in words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use reverse_mentoring::history::PairingFacts;
use reverse_mentoring::journal::Event;
use reverse_mentoring::matching::ApprovedPlan;
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::{Happening, Move, Simulated};
use reverse_mentoring::text::Quoted;

use crate::months::{Month, STATES};

/// How many of a long list are named.
const NAMED: usize = 6;

/// Who is there, in a paragraph.
pub fn roster(roster: &Roster) -> String {
    let of = |side| {
        let all = roster.participants().iter();
        all.filter(|p| p.profile().side() == side).count()
    };
    let people = roster.lines().len();
    let roots = roster.lines().people();
    let roots = roots.filter(|(p, _)| roster.lines().manager(*p).is_none());
    format!(
        "Roster\n  {people} people; {} solid and {} dotted lines\n  {} take part: {} as mentors, {} as mentees, {} on either side\n",
        people - roots.count(),
        roster.lines().dotted_len(),
        roster.participants().len(),
        of(Side::Mentor),
        of(Side::Mentee),
        of(Side::Either),
    )
}

/// Which rule took how many pairs away, what is proposed, and who is left over.
pub fn plan(plan: &MatchPlan) -> String {
    let mut out =
        String::from("\nWho may be paired (each pair counts for the first rule that objects)\n");
    let mut left = plan.funnel.considered;
    let mut row = |name: &str, lost: Option<u64>, left: u64| {
        let bar = "█".repeat(scaled(left, plan.funnel.considered, 30));
        let lost = lost.map(|n| format!("−{n}")).unwrap_or_default();
        let line = format!("  {name:<22}{lost:>10}{left:>10}  {bar}");
        let _ = writeln!(out, "{}", line.trim_end());
    };
    row("everybody × everybody", None, left);
    for loss in &plan.funnel.lost {
        left = left.saturating_sub(loss.pairs);
        row(loss.rule.name(), Some(loss.pairs), left);
    }
    let _ = writeln!(out, "\nPlan\n  {plan}");
    let mut without: BTreeMap<(Role, &str), Vec<&Key>> = BTreeMap::new();
    for u in &plan.unmatched {
        let keys = without.entry((u.role, u.reason.code())).or_default();
        keys.push(&u.key);
    }
    for ((role, reason), keys) in without {
        let named = keys.iter().map(|k| Quoted(k.as_str()).to_string());
        let _ = writeln!(
            out,
            "  {:>4} without a pairing as {role}: {reason:<20} {}",
            keys.len(),
            list(named.collect())
        );
    }
    out
}

/// Who stands for the plan.
pub fn approval(approved: &ApprovedPlan, on: NaiveDate) -> String {
    let pairs = approved.plan().proposals.len();
    let by = approved.approved_by();
    format!(
        "  approved on {on} by coordinator {by}: {} proposed\n",
        pairings(pairs)
    )
}

/// Rounds of matching and reorganisations, with the pairings that they hold up, and who came to an end in each month.
pub fn happenings(year: &Simulated, roster: &Roster) -> String {
    let pairs = |words: &str, ids: &[PairingId]| -> String {
        let line = |id: &PairingId| {
            let [mentor, mentee] = pair_keys(year, roster, *id);
            let (mentor, mentee) = (Quoted(&mentor), Quoted(&mentee));
            format!("              {words}: {mentor} who teaches {mentee}\n")
        };
        ids.iter().map(line).collect()
    };
    let mut said: Vec<(NaiveDate, String)> = Vec::new();
    for happening in &year.happenings {
        said.extend(match happening {
            Happening::Round { on, proposed, .. } => {
                let text = format!("  {on}  matching: {} proposed\n", pairings(*proposed));
                Some((*on, text))
            }
            Happening::Reorganised {
                on,
                moved,
                suspended,
                ..
            } => {
                let text = format!("  {on}  reorganisation: {}\n", moves(moved));
                Some((*on, text + &pairs("suspended", suspended)))
            }
            Happening::MovedBack {
                on,
                moved,
                reinstated,
                suspended,
                ..
            } => {
                let text = format!("  {on}  one moves back: {}\n", moves(moved));
                let (goes_on, held_up) =
                    (pairs("goes on", reinstated), pairs("suspended", suspended));
                Some((*on, text + &goes_on + &held_up))
            }
            _ => None,
        });
    }
    let mut before = NaiveDate::MIN;
    for month in &year.months {
        said.push((month.date, ends(year, roster, before, month.date)));
        before = month.date;
    }
    // What happens on a day stands before what its month came to.
    said.sort_by_key(|(day, _)| *day);
    let said: String = said.into_iter().map(|(_, text)| text).collect();
    format!("\nWhat happened\n{said}")
}

/// Who declined, completed and ended early after one day and up to another: a line each, none where nobody did.
fn ends(year: &Simulated, roster: &Roster, after: NaiveDate, until: NaiveDate) -> String {
    let history = year.program.history();
    let mut kinds: BTreeMap<Fate, Vec<String>> = BTreeMap::new();
    for (id, facts) in history.pairings() {
        if facts
            .ended
            .is_some_and(|(day, _)| after < day && day <= until)
        {
            let pair = pair_keys(year, roster, id).join("/");
            let fate = Fate::of(facts, until);
            kinds
                .entry(fate)
                .or_default()
                .push(Quoted(&pair).to_string());
        }
    }
    let month = until.format("%Y-%m");
    let line = |(fate, pairs): (Fate, Vec<String>)| {
        let count = pairs.len();
        format!("  {month}     {count} {}: {}\n", fate.as_str(), list(pairs))
    };
    kinds.into_iter().map(line).collect()
}

/// How the pairings that were ever proposed add up.
pub fn tally(year: &Simulated, last: NaiveDate) -> String {
    let mut counts: BTreeMap<Fate, usize> = BTreeMap::new();
    let mut all = 0;
    for (_, facts) in year.program.history().pairings() {
        *counts.entry(Fate::of(facts, last)).or_default() += 1;
        all += 1;
    }
    let counts: Vec<String> = counts
        .iter()
        .map(|(fate, count)| format!("{count} {}", fate.as_str()))
        .collect();
    format!(
        "  in all      {} proposed: {}\n",
        pairings(all),
        counts.join(", ")
    )
}

/// What became of a proposed pairing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Declined,
    NotBegun,
    Open,
    Completed,
    EndedEarly,
}

impl Fate {
    fn of(facts: &PairingFacts, day: NaiveDate) -> Self {
        let started = facts.started.is_some_and(|started| started <= day);
        match facts.ended.filter(|(end, _)| *end <= day) {
            None if started => Self::Open,
            None => Self::NotBegun,
            Some((_, ending)) if ending.is_completed() => Self::Completed,
            Some(_) if started => Self::EndedEarly,
            Some(_) => Self::Declined,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::NotBegun => "not begun yet",
            Self::Open => "begun and open",
            Self::Completed => "completed",
            Self::EndedEarly => "ended early",
        }
    }
}

/// The readings of the last day, and its pairings in the words of the table.
pub fn health(health: &ProgramHealth, last: Option<&Month>) -> String {
    let text = health.to_string();
    // The library knows one kind of end, so its line of counts gives way to that of the table.
    let counts = format!("  {}:", pairings(health.pairings.len()));
    let mut out = String::new();
    for line in text.lines() {
        match last.filter(|_| line.starts_with(&counts)) {
            Some(month) => {
                let there = month.states.iter().zip(STATES).filter(|(n, _)| **n > 0);
                let said = there.map(|(n, (name, ..))| format!("{n} {name}"));
                let said: Vec<String> = said.collect();
                let _ = writeln!(out, "{counts} {}", said.join(", "));
            }
            None => {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    out
}

/// Whether the sponsor is among those who take part, and since when they are not: what `sponsor_participation` counts.
pub fn sponsor(year: &Simulated, roster: &Roster) -> String {
    let charter = year.program.charter();
    let sponsor = charter.and_then(|charter| charter.sponsor().takes_part_as());
    let Some(sponsor) = sponsor else {
        return "  the sponsor takes no part\n".to_owned();
    };
    let person = roster.participant(sponsor);
    let name = person.map_or("", |person| person.key().as_str());
    let left = year.journal.iter().find_map(|entry| match &entry.event {
        Event::Withdrew { participant, .. } if *participant == sponsor => Some(entry.stamp.on),
        _ => None,
    });
    match left {
        Some(day) => format!("  the sponsor, {name}, left the company on {day}\n"),
        None => format!("  the sponsor, {name}, takes part\n"),
    }
}

/// The days on which the company changed.
pub fn reorganisations(year: &Simulated) -> Vec<NaiveDate> {
    let days = year.happenings.iter().filter_map(|h| match h {
        Happening::Reorganised { on, .. } => Some(*on),
        _ => None,
    });
    days.collect()
}

/// The keys of mentor and mentee: journals hold ids only, the roster knows whose they are.
pub fn pair_keys(year: &Simulated, roster: &Roster, id: PairingId) -> [String; 2] {
    let facts = year.program.history().pairing(id);
    [Role::Mentor, Role::Mentee].map(|role| {
        let person = facts.and_then(|f| roster.participant(f.pair.person(role)));
        person.map_or_else(|| "?".to_owned(), |p| p.key().to_string())
    })
}

fn moves(moved: &[Move]) -> String {
    let key = |key: &Option<Key>| {
        key.as_ref()
            .map_or("nobody".to_owned(), |k| Quoted(k.as_str()).to_string())
    };
    let said = moved.iter().map(|m| {
        let person = Quoted(m.person.as_str());
        format!("{person} from {} to {}", key(&m.from), key(&m.to))
    });
    list(said.collect())
}

fn list(mut items: Vec<String>) -> String {
    let more = items.len().saturating_sub(NAMED);
    if more > 1 {
        items.truncate(NAMED);
        items.push(format!("… {more} more"));
    }
    items.join(", ")
}

fn pairings(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} pairing{plural}")
}

/// A part of a whole on a scale, rounded up so that something is never nothing.
pub fn scaled(part: u64, whole: u64, scale: u64) -> usize {
    let scaled = (u128::from(part) * u128::from(scale)).div_ceil(u128::from(whole.max(1)));
    usize::try_from(scaled).unwrap_or(0)
}
