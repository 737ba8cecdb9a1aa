//! A programme's first week: hardly anybody has put a level to a skill yet, and people are paired all the same.
//!
//! The programme declares what is exchanged by default, and looks at what people did tell: languages, time zones,
//! interests and values. Whatever rests on the default says so.
//!
//! `cargo run --example week_one`

use std::error::Error;

use chrono::NaiveDate;
use reverse_mentoring::matching::{
    DifferentBackground, NearbyTimeZone, SharedInterest, SharedLanguage, SimilarValues,
};
use reverse_mentoring::policy::{DefaultExchange, DifferentProfile, Origin};
use reverse_mentoring::prelude::*;
use reverse_mentoring::roster::Traits;

/// Key, grade, unit, time zone; languages, interests, values, background, with blanks between them.
type Enrolled = (
    &'static str,
    i32,
    &'static str,
    &'static str,
    [&'static str; 4],
);

#[rustfmt::skip]
const ENROLLED: [Enrolled; 8] = [
    ("ada", 2, "Technology", "UTC+01:00", ["en fr", "climbing chess", "candour fairness", "engineering"]),
    ("bo", 2, "Marketing", "UTC+01:00", ["fr", "choir", "daring", "design rural"]),
    ("cy", 3, "Finance", "UTC+05:30", ["en", "cricket chess", "fairness thrift", "law"]),
    ("di", 1, "Operations", "UTC-05:00", ["en es", "", "", ""]), // told no more than she wanted to
    ("cfo", 8, "Finance", "UTC+01:00", ["en", "chess opera", "thrift fairness", "law"]),
    ("cmo", 8, "Marketing", "UTC+00:00", ["en fr", "choir sailing", "daring candour", "design"]),
    ("coo", 9, "Operations", "UTC-05:00", ["en es", "sailing", "candour", "engineering rural"]),
    ("cto", 8, "Technology", "UTC+05:30", ["en fr", "climbing choir", "fairness daring", "engineering"]),
];

fn roster(ids: &mut SequentialIds) -> Result<Roster, Box<dyn Error>> {
    let mut people = Vec::new();
    for (key, grade, unit, zone, told) in ENROLLED {
        let side = if grade < 5 {
            Side::Mentor
        } else {
            Side::Mentee
        };
        let [languages, interests, values, background] = told.map(str::split_whitespace);
        let languages: Result<Vec<_>, _> = languages.map(Label::new).collect();
        let id = ParticipantId::from_source(ids);
        let person = Participant::new(id, Key::new(key)?, side, Experience::grade(grade))
            .with_unit(Label::new(unit)?)
            .with_timezone(Label::new(zone)?)
            .with_languages(languages?)
            .with_interests(Traits::new(interests)?)
            .with_values(Traits::new(values)?)
            .with_background(Traits::new(background)?);
        // One of the eight has said what she teaches; that is hers and stays hers.
        people.push(match key {
            "ada" => person.with_offers([Offer::new("digital tools", 5)?])?,
            _ => person,
        });
    }
    let keys = ENROLLED.map(|(key, ..)| Line::new(key, "ceo"));
    let lines = ReportingLines::new(keys.into_iter().chain([Line::root("ceo")]))?;
    Ok(Roster::new(people, lines)?)
}

/// Business practice from the seniors for digital tools from the juniors.
fn exchange() -> Result<DefaultExchange, Box<dyn Error>> {
    Ok(DefaultExchange::none()
        .with_offers(Role::Mentee, [Offer::new("business practice", 3)?])?
        .with_wishes(Role::Mentee, [Wish::new("digital tools", 0, 4)?])?
        .with_offers(Role::Mentor, [Offer::new("digital tools", 3)?])?
        .with_wishes(Role::Mentor, [Wish::new("business practice", 0, 2)?])?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let roster = roster(&mut SequentialIds::new(1))?;
    let start = NaiveDate::from_ymd_opt(2026, 1, 5).ok_or("no such day")?;
    // Not two of a kind: they differ in unit at least.
    let policy = Policy::core_only().with(DifferentProfile::IN_ONE_RESPECT);
    let context = Context::new(start);
    // What counts beside the skills, and how much: a programme's own choice.
    let criteria = Criteria::standard()
        .with(SharedLanguage, 5)?
        .with(NearbyTimeZone, 3)?
        .with(SimilarValues, 4)?
        .with(DifferentBackground, 2)?
        .with(SharedInterest, 2)?;
    let criteria_beyond = criteria.iter().skip(Criteria::standard().iter().count());
    let beyond: Vec<String> = criteria_beyond
        .map(|(c, _)| c.id().name().to_owned())
        .collect();

    let may = Eligibility::new(&roster, &policy, &context);
    let stated = plan(&may, &criteria, &Optimal::most_pairs())?;
    println!("by what people stated: {stated}");

    let exchange = exchange()?;
    let plan = plan(
        &may.with_exchange(&exchange),
        &criteria,
        &Optimal::most_pairs(),
    )?;
    println!("with a default exchange: {plan}");
    for pair in &plan.proposals {
        println!(
            "\n{} and {}: {} points",
            pair.mentor, pair.mentee, pair.score
        );
        for goal in pair.proof.learning() {
            let whose = match (goal.wished_by, goal.offered_by) {
                (Origin::Stated, Origin::Stated) => "as the two said",
                (Origin::Stated, _) => "the offer is the programme's",
                (_, Origin::Stated) => "the wish is the programme's",
                _ => "the programme's exchange",
            };
            let (learner, skill, from, to) = (goal.learner, &goal.skill, goal.from, goal.to);
            println!("  the {learner} learns {skill} from {from} to {to}: {whose}");
        }
        let told = pair
            .parts
            .iter()
            .filter(|p| beyond.iter().any(|name| name == p.criterion.name()));
        let told: Vec<String> = told
            .map(|p| format!("{} {}", p.criterion.name(), p.points))
            .collect();
        println!("  {}", told.join(", "));
    }
    Ok(())
}
