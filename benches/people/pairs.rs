//! Companies of pairs: as many mentors as mentees, each with one place, who all serve each other's wish.

use std::num::NonZeroU32;

use reverse_mentoring::eligibility::{EligiblePair, Verdict};
use reverse_mentoring::pair::Pair;
use reverse_mentoring::prelude::*;

pub type Failed = Box<dyn std::error::Error>;

/// Mentors `j0`, `j1` and so on, mentees `s0`, `s1` and so on, all right below one head.
pub fn company(pairs: usize, ids: &mut SequentialIds) -> Result<Roster, Failed> {
    let (mut people, mut lines) = (Vec::new(), vec![Line::root("ceo")]);
    let place = Capacity::of(NonZeroU32::MIN);
    for n in 0..pairs {
        for (side, key, grade, teaches, learns) in [
            (Side::Mentor, format!("j{n}"), 2, "short video", "budgeting"),
            (Side::Mentee, format!("s{n}"), 8, "budgeting", "short video"),
        ] {
            let id = ParticipantId::from_source(ids);
            let person =
                Participant::new(id, Key::new(key.as_str())?, side, Experience::grade(grade))
                    .with_capacity(place)
                    .with_offers([Offer::new(teaches, 4)?])?
                    .with_wishes([Wish::new(learns, 0, 3)?])?;
            people.push(person);
            lines.push(Line::new(key, "ceo"));
        }
    }
    Ok(Roster::new(people, ReportingLines::new(lines)?)?)
}

/// That each mentor may have the mentee of their number.
pub fn proofs(
    roster: &Roster,
    pairs: usize,
    context: &Context,
) -> Result<Vec<EligiblePair>, Failed> {
    let policy = Policy::core_only();
    let may = Eligibility::new(roster, &policy, context);
    let id = |key: String| roster.by_key(&key).map(Participant::id).ok_or("nobody");
    (0..pairs)
        .map(|n| {
            let pair = Pair {
                mentor: id(format!("j{n}"))?,
                mentee: id(format!("s{n}"))?,
            };
            match may.check(pair)? {
                Verdict::Eligible(proof) => Ok(proof),
                Verdict::Ineligible(why) => Err(format!("{why:?}").into()),
            }
        })
        .collect()
}
