//! Whose time zone in the roster is none.

use std::collections::BTreeMap;

use super::{Zone, ZoneError};
use crate::roster::Roster;
use crate::text::{Key, Label, Quoted};

/// A participant whose time zone in the roster is none of the tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the time zone of {}: {error}", Quoted(.key.as_str()))]
#[non_exhaustive]
pub struct UnknownZone {
    /// Whose.
    pub key: Key,
    /// What is wrong with it.
    pub error: ZoneError,
}

/// Every participant whose time zone in the roster is neither a name of the tables nor a fixed offset, in the roster's order.
///
/// The roster takes any label, because rules and criteria compare labels only; a host that sends invitations asks here
/// before the first one fails. Who stated no time zone is not listed.
///
/// ```
/// use reverse_mentoring::prelude::*;
/// use reverse_mentoring::zones::{TZDB_VERSION, unknown_zones};
///
/// let mut ids = SequentialIds::new(1);
/// let mut person = |key, zone: &str| -> Result<Participant, reverse_mentoring::error::Error> {
///     let id = ParticipantId::from_source(&mut ids);
///     let person = Participant::new(id, Key::new(key)?, Side::Mentor, Experience::grade(2));
///     Ok(person.with_timezone(Label::new(zone)?))
/// };
/// let people = [person("ada", "Europe/London")?, person("bo", "London")?, person("cy", "UTC+05:30")?];
/// let lines = ["ada", "bo", "cy"].map(Line::root);
/// let roster = Roster::new(people, ReportingLines::new(lines)?)?;
///
/// let unknown = unknown_zones(&roster);
/// assert_eq!(unknown.len(), 1);
/// assert_eq!(
///     unknown[0].to_string(),
///     format!("the time zone of `bo`: `London` is no zone of the tz database {TZDB_VERSION}; did you mean `Europe/London`?")
/// );
/// # Ok::<(), reverse_mentoring::error::Error>(())
/// ```
#[must_use]
pub fn unknown_zones(roster: &Roster) -> Vec<UnknownZone> {
    // A million people have a few hundred zones between them.
    let mut read: BTreeMap<&Label, Option<ZoneError>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for person in roster.participants() {
        let profile = person.profile();
        let Some(label) = profile.timezone() else {
            continue;
        };
        let error = read
            .entry(label)
            .or_insert_with(|| Zone::new(label.as_str()).err());
        if let Some(error) = error {
            let (key, error) = (profile.key().clone(), error.clone());
            unknown.push(UnknownZone { key, error });
        }
    }
    unknown
}
