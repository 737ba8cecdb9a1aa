//! Who they are: the list of a programme's people, and everybody's own card.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use reverse_mentoring::prelude::*;
use reverse_mentoring::store::Card;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Reply;
use crate::asked::Asked;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::programme::opened;

/// The most that a name may have, in bytes.
const NAME: usize = 16 << 10;
/// The most that the notes of a card may have.
const NOTES: usize = 64 << 10;

/// `GET /programs/{program}/people`: who they are, for the coordinator; their names as they gave them.
pub fn list(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    asked.coordinator()?;
    let cards = it.store.cards(it.program.id(), None, NonZeroUsize::MAX)?;
    let cards: BTreeMap<ParticipantId, Card> = cards.into_iter().collect();
    let enrolled: BTreeSet<ParticipantId> = it.program.enrolled().map(|(id, _)| id).collect();
    let roster = it.file.roster()?;
    let person = |person: &Participant| {
        let id = person.id();
        json!({
            "participant": id,
            "key": person.key(),
            "side": person.profile().side().as_str(),
            "name": cards.get(&id).map(|card| &card.name),
            "enrolled": enrolled.contains(&id),
        })
    };
    let people: Vec<Value> = roster.participants().iter().map(person).collect();
    Ok(Reply::ok(json!({ "people": people })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardBody {
    name: String,
    #[serde(default)]
    notes: String,
}

/// `PUT /programs/{program}/card`: what the caller is called, and what else the product keeps about them. It stands in the vault and
/// nowhere else, and asking again comes to the same.
pub fn put_card(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let member = asked.member()?;
    let roster = it.file.roster()?;
    let person = roster.participant(member);
    let person = person.ok_or_else(|| Problem::unknown("participant"))?;
    let CardBody { name, notes } = asked.json()?;
    Problem::over("name", &name, NAME)?;
    Problem::over("notes", &notes, NOTES)?;
    let key = person.key().clone();
    let card = Card { key, name, notes };
    it.store.put(it.program.id(), member, &card)?;
    Ok(Reply::nothing())
}

/// `GET /programs/{program}/card`: the caller's own.
pub fn card(desk: &Desk, asked: &Asked) -> Result<Reply, Problem> {
    let mut it = opened(desk, asked)?;
    let card = it.store.card(it.program.id(), asked.member()?)?;
    let card = card.ok_or_else(|| Problem::unknown("card"))?;
    Ok(Reply::ok(
        json!({ "key": card.key, "name": card.name, "notes": card.notes }),
    ))
}
