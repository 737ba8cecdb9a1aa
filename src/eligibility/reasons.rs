//! Everything that the core can have against a pair, in words. Asked only where something does.

use std::cmp::Ordering;

use super::{CORE, EXPERIENCE_ORDER, Learning, NO_LINK, NOT_ONESELF, PLACES, SIDES, TWO_WAY};
use crate::pair::Role;
use crate::policy::{Context, PairView, Parameter, Violation};
use crate::roster::PersonRef;
use crate::summary::count;
use crate::text::{Key, Quoted};

/// What stands against a pair, in the order of the invariants.
pub(super) fn core(pair: &PairView<'_>, context: &Context) -> Vec<Violation> {
    let found = [
        not_oneself(pair),
        sides(pair),
        experience_order(pair),
        hierarchical_link(pair, context),
        two_way(pair),
        no_place(pair, context),
    ];
    found.into_iter().flatten().collect()
}

/// The wishes of one side that the other serves, by skill.
pub(super) fn learning_of<'a>(
    pair: &PairView<'a>,
    learner: Role,
) -> impl Iterator<Item = Learning> + 'a {
    let offers = pair.offers(learner.other());
    let (wished_by, offered_by) = (
        pair.wishes_origin(learner),
        pair.offers_origin(learner.other()),
    );
    pair.wishes(learner).iter().filter_map(move |wish| {
        let at = offers
            .binary_search_by(|o| o.skill().cmp(wish.skill()))
            .ok()?;
        let to = wish.served_by(offers.get(at)?)?;
        Some(Learning {
            learner,
            skill: wish.skill().clone(),
            from: wish.from(),
            to,
            wished: wish.to(),
            wished_by,
            offered_by,
        })
    })
}

fn code(core: usize) -> &'static str {
    CORE.get(core).copied().unwrap_or_default()
}

fn not_oneself(pair: &PairView<'_>) -> Option<Violation> {
    let violation = || Violation::new(code(NOT_ONESELF), "nobody is paired with themselves");
    (pair.mentor().id() == pair.mentee().id()).then(violation)
}

fn sides(pair: &PairView<'_>) -> Option<Violation> {
    let wrong: Vec<(Role, &str)> = [Role::Mentor, Role::Mentee]
        .into_iter()
        .map(|role| (role, pair.profile(role).side()))
        .filter(|(role, side)| !side.includes(*role))
        .map(|(role, side)| (role, side.as_str()))
        .collect();
    let said = wrong
        .iter()
        .map(|(role, side)| format!("the {role} offered only the side `{side}`"));
    let said: Vec<String> = said.collect();
    let violation = Violation::new(code(SIDES), said.join(", "));
    let violation = wrong
        .iter()
        .fold(violation, |v, (role, side)| v.text(role.as_str(), *side));
    (!wrong.is_empty()).then(|| violation.advise("ask them whether they take the other side"))
}

fn experience_order(pair: &PairView<'_>) -> Option<Violation> {
    let (junior, senior) = (pair.mentor().experience(), pair.mentee().experience());
    if junior.order(senior) == Some(Ordering::Less) {
        return None;
    }
    let message = format!("the mentor is not the less experienced: {junior} against {senior}");
    let mut violation = Violation::new(code(EXPERIENCE_ORDER), message);
    for (name, value) in [
        ("mentor_grade", junior.as_grade().map(i64::from)),
        ("mentor_months", junior.as_months().map(i64::from)),
        ("mentee_grade", senior.as_grade().map(i64::from)),
        ("mentee_months", senior.as_months().map(i64::from)),
    ] {
        if let Some(value) = value {
            violation = violation.number(name, value);
        }
    }
    Some(
        violation
            .advise("in reverse mentoring the junior teaches: look for a more experienced mentee"),
    )
}

fn hierarchical_link(pair: &PairView<'_>, context: &Context) -> Option<Violation> {
    let lines = pair.lines();
    let (a, b) = (pair.person(Role::Mentor), pair.person(Role::Mentee));
    let exempt = context.is_exempt(pair.mentee().id());
    if exempt && lines.is_far_above(b, a) {
        return None;
    }
    let path = lines.path_up(a, b).or_else(|| lines.path_up(b, a))?;
    let name = |p: &PersonRef| lines.key(*p).map_or("", Key::as_str);
    let mut chain: Vec<String> = path.iter().map(|p| Quoted(name(p)).to_string()).collect();
    if let Some(hidden) = chain.len().checked_sub(7).filter(|&more| more > 0) {
        // A chain may have any length; a message stays a line. The parameters below are bounded too.
        chain.splice(3..chain.len() - 3, [format!("… {} more …", hidden + 1)]);
    }
    let keys = path.iter().take(64).map(|p| name(p).to_owned()).collect();
    let message = format!(
        "there is a line of management between them: {}",
        chain.join(" → ")
    );
    Some(
        Violation::new(code(NO_LINK), message)
            .number("steps", i64::try_from(path.len()).unwrap_or(i64::MAX) - 1)
            .parameter("path", Parameter::List(keys))
            .advise(outside_the_line(pair, exempt)),
    )
}

/// What to do about a link. The exemption is advised for nobody but the top of a company that is one tree: of everybody
/// else there is somebody outside the line.
fn outside_the_line(pair: &PairView<'_>, exempt: bool) -> &'static str {
    let lines = pair.lines();
    let (a, b) = (pair.person(Role::Mentor), pair.person(Role::Mentee));
    let below = !lines.is_above(a, b);
    match (exempt && below, lines.is_top_of_all(b) && below) {
        (true, true) => {
            "look three levels below the mentee, or further: from there on they are exempted"
        }
        (true, false) => "look outside the line of management, or three levels below the mentee",
        (false, true) => {
            "everybody is below the mentee: a programme may exempt them by name from links of three levels or more"
        }
        (false, false) => "look outside the line of management",
    }
}

fn two_way(pair: &PairView<'_>) -> Option<Violation> {
    let learns = |role| learning_of(pair, role).next().is_some();
    let (mentor_teaches, mentee_teaches) = (learns(Role::Mentee), learns(Role::Mentor));
    let (who, message) = match (mentor_teaches, mentee_teaches) {
        (true, true) => return None,
        (false, true) => (
            "mentor",
            "the mentor offers nothing that serves a wish of the mentee",
        ),
        (true, false) => (
            "mentee",
            "the mentee offers nothing that serves a wish of the mentor",
        ),
        (false, false) => (
            "both",
            "neither offers anything that serves a wish of the other",
        ),
    };
    Some(
        Violation::new(code(TWO_WAY), message)
            .text("offers_nothing", who)
            .advise("ask both what else they could teach, and what else they want to learn"),
    )
}

fn no_place(pair: &PairView<'_>, context: &Context) -> Option<Violation> {
    let names = [
        (Role::Mentor, "mentor_open", "mentor_places"),
        (Role::Mentee, "mentee_open", "mentee_places"),
    ];
    let is_open = context.is_open(pair.pair());
    let mut absent = false;
    let (mut full, mut numbers) = (Vec::new(), Vec::new());
    for (role, open_name, places_name) in names {
        let profile = pair.profile(role);
        if !context.is_enrolled(profile.id()) {
            absent = true;
            full.push(format!("the {role} is not enrolled"));
            continue;
        }
        let open = context.open(profile.id(), role);
        let places = profile.places(role, context.load());
        if profile.side().includes(role) && places <= open {
            let has = count(open, "open pairing");
            let of = profile.capacity().places_in_words(context.load());
            full.push(format!("the {role} has {has} and {of}"));
            numbers.extend([(open_name, open), (places_name, places)]);
        }
    }
    if is_open {
        full.insert(0, "the two have an open pairing".to_owned());
    }
    if full.is_empty() {
        return None;
    }
    let violation = Violation::new(code(PLACES), full.join(", "));
    let advice = if absent {
        "taking part is voluntary: ask whether they want to"
    } else if numbers.is_empty() {
        "look for another partner"
    } else {
        "wait until a pairing ends, or agree on more hours"
    };
    let numbers = numbers.into_iter();
    let violation = numbers.fold(violation, |v, (name, n)| v.number(name, n));
    Some(violation.advise(advice))
}
