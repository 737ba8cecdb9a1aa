//! What the sample company is made of.

use std::num::NonZeroU32;

use chrono::{Days, NaiveDate};

use super::{cohort, outlook};
use crate::cadence::Cadence;
use crate::eligibility::UnknownParticipant;
use crate::error::Error;
use crate::history::{History, Hold, LoggedGoal, LoggedPairing, LoggedSession, adopt};
use crate::ids::{ParticipantId, SequentialIds};
use crate::pair::{Pair, Role};
use crate::pairing::{DropReason, Goal, GoalChange, GoalRef, NewGoal, SharedGoal};
use crate::policy::{Context, FormerManager, PastPair, Relation, RelationKind};
use crate::roster::{
    Capacity, Colleague, Experience, Level, Line, Load, Offer, Participant, Person, ReportingLines,
    Roster, Side, Skill, Wish,
};
use crate::session::{Minutes, Outcome, Taught, TaughtBy};
use crate::text::{Key, Label};

/// Key, side, grade, months, unit, site, offers, wishes.
type Row = (
    &'static str,
    Side,
    (i32, u32),
    &'static str,
    &'static str,
    &'static [(&'static str, u8)],
    &'static [(&'static str, u8, u8)],
);

const PEOPLE: [Row; 10] = [
    (
        "ada",
        Side::Mentor,
        (2, 14),
        "Technology",
        "Leeds",
        &[("generative AI", 5), ("data", 3)],
        &[("budgeting", 0, 3), ("negotiation", 0, 2)],
    ),
    (
        "bo",
        Side::Mentor,
        (2, 20),
        "Marketing",
        "York",
        &[("short video", 5), ("data", 2)],
        &[("systems", 0, 3), ("budgeting", 1, 5)],
    ),
    (
        "cy",
        Side::Mentor,
        (3, 30),
        "Finance",
        "Leeds",
        &[("data", 4), ("short video", 2)],
        &[("systems", 1, 4), ("leading", 0, 4)],
    ),
    // As experienced as bo, and without an hour to spare.
    (
        "di",
        Side::Mentor,
        (2, 20),
        "Marketing",
        "York",
        &[("generative AI", 3)],
        &[("leading", 0, 2)],
    ),
    (
        "eli",
        Side::Either,
        (5, 90),
        "Technology",
        "York",
        &[("systems", 4), ("data", 2)],
        &[
            ("short video", 0, 3),
            ("leading", 1, 3),
            ("budgeting", 0, 2),
        ],
    ),
    (
        "flo",
        Side::Either,
        (6, 150),
        "Finance",
        "Leeds",
        &[("budgeting", 4), ("data", 3)],
        &[
            ("generative AI", 1, 4),
            ("systems", 0, 2),
            ("short video", 1, 3),
        ],
    ),
    (
        "gus",
        Side::Mentee,
        (8, 200),
        "Marketing",
        "York",
        &[("negotiation", 5), ("leading", 3)],
        &[("short video", 1, 5), ("data", 0, 4)],
    ),
    (
        "hal",
        Side::Mentee,
        (8, 240),
        "Technology",
        "Leeds",
        &[("systems", 5), ("negotiation", 3)],
        &[("short video", 0, 3), ("data", 2, 4)],
    ),
    (
        "ida",
        Side::Mentee,
        (8, 260),
        "Finance",
        "Leeds",
        &[("budgeting", 5), ("negotiation", 4)],
        &[("generative AI", 1, 4), ("data", 1, 5)],
    ),
    (
        "jo",
        Side::Mentee,
        (9, 300),
        "Board",
        "York",
        &[("leading", 5), ("negotiation", 4)],
        &[("generative AI", 0, 3), ("short video", 0, 2)],
    ),
];

/// Who reports to whom; kim does not take part, and of lee nothing else is known.
const LINES: [(&str, &str); 11] = [
    ("gus", "jo"),
    ("hal", "jo"),
    ("ida", "jo"),
    ("eli", "hal"),
    ("flo", "ida"),
    ("ada", "eli"),
    ("bo", "gus"),
    ("di", "gus"),
    ("cy", "flo"),
    ("kim", "jo"),
    ("lee", "hal"),
];

/// The twelve and their lines.
pub(super) fn roster() -> Result<Roster, Error> {
    let lines = LINES.map(|(person, manager)| match person {
        "cy" => Line::new(person, manager).dotted("eli"),
        _ => Line::new(person, manager),
    });
    let lines = ReportingLines::new(lines.into_iter().chain([Line::root("jo")]))?;
    let mut ids = SequentialIds::new(1);
    let mut people: Vec<Person> = Vec::new();
    for row in PEOPLE {
        people.push(participant(row, ParticipantId::from_source(&mut ids))?.into());
    }
    let kim = Colleague {
        key: Key::new("kim")?,
        experience: Some(Experience::grade(4).and_months(60)),
        capacity: Capacity::default(),
    };
    people.push(kim.into());
    Ok(Roster::new(people, lines)?)
}

fn participant(row: Row, id: ParticipantId) -> Result<Participant, Error> {
    let (key, side, (grade, months), unit, site, offers, wishes) = row;
    let offers = offers
        .iter()
        .map(|(skill, level)| Offer::new(skill, *level));
    let wishes = wishes
        .iter()
        .map(|(skill, from, to)| Wish::new(skill, *from, *to));
    let capacity = match key {
        "di" => Capacity::default().with_hours("1".parse()?),
        "ada" | "ida" => Capacity::of(NonZeroU32::MIN.saturating_add(1)),
        _ => Capacity::default(),
    };
    let experience = Experience::grade(grade).and_months(months);
    let language = if site == "Leeds" { "en" } else { "fr" };
    let participant = Participant::new(id, Key::new(key)?, side, experience)
        .with_offers(offers.collect::<Result<Vec<_>, _>>()?)?
        .with_wishes(wishes.collect::<Result<Vec<_>, _>>()?)?
        .with_capacity(capacity)
        .with_unit(Label::new(unit)?)
        .with_site(Label::new(site)?)
        .with_languages([Label::new(language)?])
        .with_group(Label::new(if months < 100 { "early" } else { "late" })?);
    outlook::of(participant)
}

/// A day of the sample's first months: the 5th of January 2026 and so many days.
pub(super) fn day(after: u64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default();
    first.checked_add_days(Days::new(after)).unwrap_or(first)
}

/// Two people of a roster by key.
pub(super) fn pair(
    roster: &Roster,
    mentor: &str,
    mentee: &str,
) -> Result<Pair, UnknownParticipant> {
    let id = |key: &str| {
        let person = roster.by_key(key).map(Participant::id);
        person.ok_or_else(|| UnknownParticipant::Key(key.to_owned()))
    };
    Ok(Pair {
        mentor: id(mentor)?,
        mentee: id(mentee)?,
    })
}

/// The 5th of April 2026, and what rules may ask on it.
pub(super) fn context(roster: &Roster) -> Result<Context, Error> {
    let pair = |mentor, mentee| pair(roster, mentor, mentee);
    let evaluated = pair("ada", "gus")?;
    let relation = Relation {
        kind: RelationKind::Evaluator,
        by: evaluated.mentee,
        of: evaluated.mentor,
    };
    let past = PastPair {
        pair: pair("bo", "hal")?,
        ended: day(10),
    };
    let former = FormerManager {
        person: pair("bo", "flo")?.mentor,
        manager: Key::new("ida")?,
        until: day(0),
    };
    let curriculum = Label::new("first steps")?;
    let trained = [pair("ada", "ida")?, pair("cy", "jo")?];
    let trained = trained.into_iter().flat_map(|p| [p.mentor, p.mentee]);
    Ok(Context::new(day(90))
        .with_open([pair("ada", "ida")?])
        .with_past([past])
        .with_former_managers([former])
        .with_relations([relation])
        .with_trained(trained.map(|person| (person, curriculum.clone())))
        .with_excluded([pair("bo", "ida")?]))
}

/// Three months of four pairings.
pub(super) fn history(roster: &Roster) -> Result<History, Error> {
    let lines = roster.lines();
    let person = |key: &str| {
        let found = lines.find(key);
        found.ok_or_else(|| UnknownParticipant::Key(key.to_owned()))
    };
    let held = |minutes, taught_by| -> Result<Outcome, Error> {
        Ok(Outcome::Held(Taught::new(
            taught_by,
            Minutes::new(minutes)?,
        )))
    };
    let pairing = |key: &str, mentor, mentee, started, cadence, sessions: &[(u64, Outcome)]| {
        let sessions = sessions.iter();
        let sessions = sessions.map(|&(after, outcome)| LoggedSession {
            date: day(after),
            outcome,
        });
        Ok::<_, Error>(LoggedPairing {
            key: Key::new(key)?,
            mentor: person(mentor)?,
            mentee: person(mentee)?,
            started: day(started),
            cadence,
            ended: None,
            sessions: sessions.collect(),
            goals: Vec::new(),
            pulses: Vec::new(),
        })
    };
    let by = Some(Role::Mentee);
    let mut steady = pairing(
        "steady",
        "ada",
        "ida",
        0,
        Cadence::FORTNIGHTLY,
        &[
            (7, held(60, TaughtBy::Mentor)?),
            (21, held(45, TaughtBy::Both)?),
            (35, Outcome::Cancelled { by }),
            (42, held(30, TaughtBy::Mentee)?),
            (56, held(60, TaughtBy::Mentor)?),
            (77, held(60, TaughtBy::Mentor)?),
        ],
    )?;
    for (learner, skill, from, to, now) in [
        (Role::Mentor, "budgeting", 0, 3, 1),
        (Role::Mentee, "generative AI", 1, 4, 3),
    ] {
        steady.goals.push(LoggedGoal {
            learner,
            skill: Skill::new(skill)?,
            from: Level::new(from)?,
            to: Level::new(to)?,
            now: Level::new(now)?,
        });
    }
    let failing = pairing(
        "failing",
        "cy",
        "gus",
        14,
        Cadence::MONTHLY,
        &[
            (40, held(50, TaughtBy::Mentor)?),
            (70, Outcome::Missed { by: None }),
            (75, Outcome::Missed { by }),
        ],
    )?;
    let mut over = pairing(
        "over",
        "bo",
        "jo",
        3,
        Cadence::WEEKLY,
        &[(10, held(20, TaughtBy::Mentor)?)],
    )?;
    over.ended = Some((day(28), None));
    let fresh = pairing("fresh", "bo", "flo", 60, Cadence::MONTHLY, &[])?;
    let logs = [steady, failing, over, fresh];
    let mut ids = SequentialIds::new(2);
    let mut history = adopt(&logs, roster, Load::DEFAULT, day(90), &mut ids).history;
    // What no log says: a pause of a pairing, goals that are reached step by step and revised, one of both, and somebody
    // who leaves.
    for facts in history.pairings.values_mut() {
        if facts.sessions.len() == 3 {
            facts.holds.push(Hold {
                suspended: false,
                from: day(45),
                until: Some(day(60)),
            });
        }
        for goal in &mut facts.goals.learning {
            let (level, course) = (goal.to, &mut goal.course);
            course.insert(day(70), GoalChange::CheckedIn { level });
            course.insert(day(72), GoalChange::Achieved);
            course.insert(day(80), GoalChange::Reopened);
            course.insert(day(80), GoalChange::revised_to(Level::MAX));
        }
        if !facts.goals.learning.is_empty() {
            let goal = SharedGoal::new(Label::new("a talk")?, day(75));
            let talk = GoalRef::shared(goal.name().clone());
            facts.goals.add(&NewGoal::Shared { goal }, day(20));
            let (from, to) = (Level::NONE, Level::new(2)?);
            let (learner, goal) = (
                Role::Mentor,
                Goal::new(Skill::new("SQL")?, from, to, day(80))?,
            );
            facts
                .goals
                .add(&NewGoal::Learning { learner, goal }, day(30));
            let reason = DropReason::NotWanted;
            let dropped = GoalChange::Dropped { reason };
            facts.goals.change(&talk, dropped, day(65));
        }
    }
    cohort::launched(&mut history, roster)?;
    Ok(history)
}
