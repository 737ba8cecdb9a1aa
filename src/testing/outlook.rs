//! What the people of the sample company care about, and by which clock they work.

use crate::error::Error;
use crate::roster::{Participant, Traits};
use crate::text::Label;

/// Key; time zone, interests, values, background, with `;` between them and blank where somebody stated nothing.
const OUTLOOK: [(&str, [&str; 4]); 9] = [
    (
        "ada",
        [
            "UTC+01:00",
            "climbing;chess",
            "candour;fairness;thrift",
            "engineering;village",
        ],
    ),
    ("bo", ["UTC+05:45", "chess", "daring", "law"]),
    ("cy", ["Europe/London", "", "fairness", "engineering;city"]),
    (
        "eli",
        [
            "UTC",
            "choir;climbing",
            "fairness;thrift;daring",
            "engineering;village",
        ],
    ),
    ("flo", ["Europe/London", "choir", "candour;fairness", ""]),
    (
        "gus",
        ["UTC-11:00", "gardening", "daring", "engineering;law"],
    ),
    (
        "hal",
        ["Europe/Paris", "chess;gardening", "", "engineering"],
    ),
    (
        "ida",
        [
            "UTC+12:00",
            "climbing",
            "candour;fairness;thrift",
            "city;law",
        ],
    ),
    ("jo", ["UTC+01:00", "", "thrift", "village;city;law"]),
];

/// The same person with their outlook; di stated nothing.
pub(super) fn of(person: Participant) -> Result<Participant, Error> {
    let known = OUTLOOK
        .iter()
        .find(|(key, _)| *key == person.key().as_str());
    let Some((_, [zone, interests, values, background])) = known else {
        return Ok(person);
    };
    let traits = |list: &'static str| Traits::new(list.split(';').filter(|item| !item.is_empty()));
    Ok(person
        .with_timezone(Label::new(*zone)?)
        .with_interests(traits(interests)?)
        .with_values(traits(values)?)
        .with_background(traits(background)?))
}
