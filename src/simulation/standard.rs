//! The standard answers, for behaviours that replace some of them. All in whole numbers; each is a line of arithmetic.

use super::behaviour::{Lesson, Person, Two};
use super::chance::Chance;
use super::parameter::{Model, Parameter as P};
use crate::pair::Role;
use crate::roster::Profile;
use crate::session::TaughtBy;

/// From a sum of thousandths, which may be below nought.
fn chance(thousandths: i64) -> Chance {
    Chance::permille(u32::try_from(thousandths.max(0)).unwrap_or(u32::MAX))
}

fn value(model: &Model, parameter: P) -> i64 {
    i64::from(model.value(parameter))
}

/// More for a mentee while the sponsor takes part.
fn example(model: &Model, two: &Two<'_>, who: Role) -> i64 {
    match who {
        Role::Mentee if two.sponsor => value(model, P::SponsorExample),
        Role::Mentee | Role::Mentor => 0,
    }
}

/// How many of their values two share, in thousandths of all that either has; half where nothing is known.
fn likeness(a: &Profile, b: &Profile) -> i64 {
    let common = a.values().in_common(b.values());
    let all = a.values().len() + b.values().len() - common;
    let share = (1000 * common).checked_div(all);
    i64::try_from(share.unwrap_or(500)).unwrap_or(1000)
}

/// `chemistry`, up or down by at most `chemistry-spread`: `kinship` of that by the values that the two share, the rest by luck.
#[must_use]
pub fn chemistry(model: &Model, two: &Two<'_>, luck: i32) -> u32 {
    let (kinship, spread) = (value(model, P::Kinship), value(model, P::ChemistrySpread));
    let likeness = likeness(two.mentor.profile, two.mentee.profile);
    let known = kinship * 2 * (likeness - 500) * spread / 1_000_000;
    let unknown = (1000 - kinship) * spread * i64::from(luck.clamp(-1000, 1000)) / 1_000_000;
    let sum = value(model, P::Chemistry) + known + unknown;
    u32::try_from(sum.clamp(0, 1000)).unwrap_or_default()
}

/// `accept`, and for a mentee `sponsor-example`.
#[must_use]
pub fn accepts(model: &Model, two: &Two<'_>, who: Role) -> Chance {
    chance(value(model, P::Accept) + example(model, two, who))
}

/// `mentor-keeps` or `mentee-keeps`, their steadiness, `load`, `trust-keeps`, `momentum`, `contagion`, `sponsor-example`, added up.
#[must_use]
pub fn keeps(model: &Model, two: &Two<'_>, who: Role) -> Chance {
    let (person, keeps) = match who {
        Role::Mentor => (&two.mentor, P::MentorKeeps),
        Role::Mentee => (&two.mentee, P::MenteeKeeps),
    };
    let others = i64::from(person.open.saturating_sub(1));
    // Half of it above the middle of trust, half below.
    let trust = value(model, P::TrustKeeps) * (i64::from(two.trust.min(1000)) - 500) / 1000;
    // Both bear what breeds in a row.
    let row = value(model, P::Momentum) * i64::from(two.held_in_a_row.min(3))
        - value(model, P::Contagion).saturating_mul(two.not_held_in_a_row.into());
    let sum = value(model, keeps) + i64::from(person.steadiness) + trust + example(model, two, who);
    chance((sum - value(model, P::Load).saturating_mul(others)).saturating_add(row / 2))
}

/// `mentee-teaches`, more by `shift` for each session in a row that the mentor taught alone; never twice in a row.
#[must_use]
pub fn mentee_teaches(model: &Model, two: &Two<'_>) -> Chance {
    if two.taught_last == Some(TaughtBy::Mentee) {
        return Chance::NEVER;
    }
    let shift = value(model, P::Shift) * i64::from(two.mentor_in_a_row);
    chance(value(model, P::MenteeTeaches) + shift)
}

/// `mentor-gain` or `mentee-gain`, less by `overlap-curve` away from `overlap-peak`, by `trust-learns`, by who is trained, and for a
/// mentee by `apprehension-costs`: multiplied. Nobody rises above who teaches them.
#[must_use]
pub fn rises(model: &Model, two: &Two<'_>, lesson: Lesson) -> Chance {
    if lesson.level >= lesson.teacher {
        return Chance::NEVER;
    }
    let away = lesson.overlap().abs_diff(model.value(P::OverlapPeak));
    let curve = u64::from(model.value(P::OverlapCurve)) * u64::from(away).pow(2) / 250_000;
    let curve = u32::try_from(curve).unwrap_or(u32::MAX);
    let trust = model.value(P::TrustLearns) * (1000 - two.trust.min(1000)) / 1000;
    let trained = match [P::TrainMentors, P::TrainMentees].map(|p| model.value(p) > 0) {
        [true, true] => 1000,
        [false, false] => model.value(P::NoneTrained),
        [true, false] | [false, true] => model.value(P::OneTrained),
    };
    let (gain, apprehension) = match lesson.learner {
        Role::Mentor => (P::MentorGain, 0),
        Role::Mentee => (
            P::MenteeGain,
            model.value(P::ApprehensionCosts) * two.mentee.apprehension.min(1000) / 1000,
        ),
    };
    let less = |thousandths: u32| 1000u32.saturating_sub(thousandths);
    Chance::permille(model.value(gain))
        .times(less(curve))
        .times(less(trust))
        .times(trained)
        .times(less(apprehension))
}

/// `forget`, once they have not met for `forget-days`.
#[must_use]
pub fn forgets(model: &Model, two: &Two<'_>) -> Chance {
    match two.idle_days >= model.value(P::ForgetDays) {
        true => Chance::permille(model.value(P::Forget)),
        false => Chance::NEVER,
    }
}

/// `trust-gain` of what is missing, as far as they get on; or less by `trust-loss` of what there is.
#[must_use]
pub fn trust_after(model: &Model, two: &Two<'_>, held: bool) -> u32 {
    let trust = two.trust.min(1000);
    let share = |of: u32, thousandths: u32| of * thousandths.min(1000) / 1000;
    if held {
        let gain = share(model.value(P::TrustGain), two.chemistry);
        trust + share(1000 - trust, gain)
    } else {
        trust - share(trust, model.value(P::TrustLoss))
    }
}

/// Less by `fade`.
#[must_use]
pub fn apprehension_after(model: &Model, two: &Two<'_>) -> u32 {
    let before = two.mentee.apprehension.min(1000);
    before * 1000u32.saturating_sub(model.value(P::Fade)) / 1000
}

/// `exit` at the average of `chemistry`; twice as much where they do not get on at all, and nothing where they do perfectly: in a
/// straight line on either side.
#[must_use]
pub fn parts(model: &Model, two: &Two<'_>) -> Chance {
    let (here, average) = (two.chemistry.min(1000), model.value(P::Chemistry));
    let of = match here < average {
        true => 1000 + 1000 * (average - here) / average.max(1),
        false => 1000 * (1000 - here) / (1000 - average).max(1),
    };
    Chance::permille(model.value(P::Exit)).times(of)
}

/// `dropout`, or `strained-dropout` after two sessions in a row that were not held.
#[must_use]
pub fn gives_up(model: &Model, two: &Two<'_>) -> Chance {
    Chance::permille(model.value(match two.not_held_in_a_row >= 2 {
        true => P::StrainedDropout,
        false => P::Dropout,
    }))
}

/// That trust is at `recommend` or above, where people differ in that by the sum of two dice, up or down by at most `recommend-spread`.
#[must_use]
pub fn recommends(model: &Model, two: &Two<'_>) -> Chance {
    let spread = value(model, P::RecommendSpread);
    let above = i64::from(two.trust.min(1000)) - value(model, P::Recommend);
    if above >= spread {
        return Chance::ALWAYS;
    }
    // Two dice are so far from one end or less with the square of it, by half.
    let from_end = (spread - above.abs()).max(0);
    let tail = (500_000 * from_end * from_end).checked_div(spread * spread);
    let tail = tail.unwrap_or_default();
    let share = if above < 0 { tail } else { 1_000_000 - tail };
    Chance::millionths(u32::try_from(share).unwrap_or_default())
}

/// `mentor-quits` or `mentee-quits`; with a pairing `paired-mentor-quits` or `paired-mentee-quits`.
#[must_use]
pub fn quits(model: &Model, person: &Person<'_>, role: Role) -> Chance {
    Chance::permille(model.value(match (role, person.open > 0) {
        (Role::Mentor, false) => P::MentorQuits,
        (Role::Mentor, true) => P::PairedMentorQuits,
        (Role::Mentee, false) => P::MenteeQuits,
        (Role::Mentee, true) => P::PairedMenteeQuits,
    }))
}
