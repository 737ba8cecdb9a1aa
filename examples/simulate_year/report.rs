//! The roster, the plan and what happened, in words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use reverse_mentoring::matching::ApprovedPlan;
use reverse_mentoring::prelude::*;
use reverse_mentoring::simulation::{Happening, Move, Simulated};
use reverse_mentoring::text::Quoted;

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

/// Rounds of matching and reorganisations, with the pairings that they hold up.
pub fn happenings(year: &Simulated, roster: &Roster) -> String {
    let mut out = String::from("\nWhat happened\n");
    let pairs = |out: &mut String, word: &str, ids: &[PairingId]| {
        for id in ids {
            let [mentor, mentee] = pair_keys(year, roster, *id);
            let (mentor, mentee) = (Quoted(&mentor), Quoted(&mentee));
            let _ = writeln!(out, "              {word}: {mentor} who teaches {mentee}");
        }
    };
    for happening in &year.happenings {
        match happening {
            Happening::Round { on, proposed, .. } => {
                let _ = writeln!(out, "  {on}  matching: {} proposed", pairings(*proposed));
            }
            Happening::Reorganised {
                on,
                moved,
                suspended,
                ..
            } => {
                let _ = writeln!(out, "  {on}  reorganisation: {}", moves(moved));
                pairs(&mut out, "suspended", suspended);
            }
            Happening::MovedBack {
                on,
                moved,
                reinstated,
                suspended,
                ..
            } => {
                let _ = writeln!(out, "  {on}  one moves back: {}", moves(moved));
                pairs(&mut out, "goes on", reinstated);
                pairs(&mut out, "suspended", suspended);
            }
            _ => {}
        }
    }
    out
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
