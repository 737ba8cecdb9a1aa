//! Cards, drawers and the list of the erased as rows.

use std::num::NonZeroUsize;

use postgres::Row;
use postgres::types::Type;
use uuid::Uuid;

use super::PostgresStore;
use super::journal::column;
use super::link::Turn;
use crate::ids::{ParticipantId, ProgramId};
use crate::store::vault::{missing, twice};
use crate::store::wire::number;
use crate::store::{
    Card, Drawer, EraseError, Place, PutError, SealError, StoreError, Traces, Vault, Wiped,
};
use crate::subject::Erasure;
use crate::text::Key;

/// Whether somebody is erased, and who has a key.
const IN_THE_WAY: &str = "SELECT EXISTS (SELECT 1 FROM @.erased WHERE program = $1 AND participant = $2), \
     (SELECT participant FROM @.card WHERE program = $1 AND key = $3)";
const HOLDER: &str = "SELECT participant FROM @.card WHERE program = $1 AND key = $2";
const PUT: &str = "INSERT INTO @.card (program, participant, key, name, notes) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (program, participant) DO UPDATE SET key = excluded.key, name = excluded.name, notes = excluded.notes";
const CARD: &str =
    "SELECT participant, key, name, notes FROM @.card WHERE program = $1 AND participant = $2";
const CARDS: &str = "SELECT participant, key, name, notes FROM @.card \
     WHERE program = $1 AND ($2 IS NULL OR participant > $2) ORDER BY participant LIMIT $3";
const FORGET: &str =
    "DELETE FROM @.card WHERE program = $1 AND participant = ANY ($2) RETURNING participant";
const SEAL: &str = "INSERT INTO @.drawer (program, drawer, content) VALUES ($1, $2, $3) \
     ON CONFLICT (program, drawer) DO UPDATE SET content = excluded.content";
const UNSEAL: &str = "SELECT content FROM @.drawer WHERE program = $1 AND drawer = $2";
const SEALED: &str = "SELECT drawer FROM @.drawer WHERE program = $1";
const ERASED: &str = "SELECT participant, day FROM @.erased WHERE program = $1 ORDER BY number";
const ERASE: &str = "INSERT INTO @.erased (program, number, participant, day) \
     SELECT $1, new.number, new.participant, new.day FROM unnest($2, $3, $4) AS new (number, participant, day)";

/// A change of a column's type writes a table anew, also where there is none, and takes over nothing of what is gone, not even what others who are
/// looking from before could still see. `VACUUM FULL` keeps that, and says nothing.
pub(super) const ANEW: &str = "LOCK TABLE @.card, @.drawer IN ACCESS EXCLUSIVE MODE; \
     ALTER TABLE @.card ALTER COLUMN name TYPE bytea USING name || ''::bytea; \
     ALTER TABLE @.drawer ALTER COLUMN content TYPE bytea USING content || ''::bytea;";

/// A card whose key is one.
fn card(program: ProgramId, row: &Row) -> Result<(ParticipantId, Card), StoreError> {
    let participant = ParticipantId::new(column(row, 0)?);
    let damaged = || StoreError::Damaged {
        program,
        place: Place::Card(participant),
    };
    let text = |at| {
        let bytes = row.try_get::<_, Vec<u8>>(at).map_err(|_| damaged())?;
        String::from_utf8(bytes).map_err(|_| damaged())
    };
    let card = Card {
        key: Key::new(column::<&str>(row, 1)?).map_err(|_| damaged())?,
        name: text(2)?,
        notes: text(3)?,
    };
    Ok((participant, card))
}

fn list(program: ProgramId, rows: &[Row]) -> Result<Erasure, StoreError> {
    let damaged = || StoreError::Damaged {
        program,
        place: Place::Erased,
    };
    let mut list = Erasure::new();
    for row in rows {
        let participant = ParticipantId::new(column(row, 0)?);
        let day = column::<&str>(row, 1)?.parse().map_err(|_| damaged())?;
        if !list.add(participant, day) {
            return Err(damaged());
        }
    }
    Ok(list)
}

fn erased(turn: &mut Turn<'_>, program: ProgramId) -> Result<Erasure, StoreError> {
    let rows = turn.ask(ERASED, &[(program.as_uuid(), Type::UUID)])?;
    list(program, &rows)
}

fn fill(
    turn: &mut Turn<'_>,
    program: ProgramId,
    drawer: Drawer,
    content: &[u8],
) -> Result<(), StoreError> {
    let row = [
        (program.as_uuid() as _, Type::UUID),
        (&drawer.as_str() as _, Type::TEXT),
        (&content as _, Type::BYTEA),
    ];
    turn.ask(SEAL, &row)?;
    Ok(())
}

impl Vault for PostgresStore {
    fn put(
        &mut self,
        program: ProgramId,
        participant: ParticipantId,
        card: &Card,
    ) -> Result<(), PutError> {
        let (of, who, key) = (program.as_uuid(), participant.as_uuid(), card.key.as_str());
        let mut turn = self.link.turn(Some(program))?;
        let keys = [
            (of as _, Type::UUID),
            (who as _, Type::UUID),
            (&key as _, Type::TEXT),
        ];
        for row in turn.ask(IN_THE_WAY, &keys)? {
            if column(&row, 0)? {
                return Err(PutError::Erased(participant));
            }
            if let Some(holder) = column::<Option<Uuid>>(&row, 1)?.filter(|id| id != who) {
                let holder = ParticipantId::new(holder);
                return Err(PutError::KeyTaken {
                    participant,
                    holder,
                });
            }
        }
        let row = [
            (of as _, Type::UUID),
            (who as _, Type::UUID),
            (&key as _, Type::TEXT),
            (&card.name.as_bytes() as _, Type::BYTEA),
            (&card.notes.as_bytes() as _, Type::BYTEA),
        ];
        turn.ask(PUT, &row)?;
        Ok(turn.commit().map_err(StoreError::from)?)
    }

    fn card(
        &mut self,
        program: ProgramId,
        participant: ParticipantId,
    ) -> Result<Option<Card>, StoreError> {
        let keys = [
            (program.as_uuid() as _, Type::UUID),
            (participant.as_uuid() as _, Type::UUID),
        ];
        let rows = self.link.look(CARD, &keys)?;
        let found = rows.first().map(|row| Ok(card(program, row)?.1));
        found.transpose()
    }

    fn find(&mut self, program: ProgramId, key: &Key) -> Result<Option<ParticipantId>, StoreError> {
        let keys = [
            (program.as_uuid() as _, Type::UUID),
            (&key.as_str() as _, Type::TEXT),
        ];
        let rows = self.link.look(HOLDER, &keys)?;
        let holder = rows
            .first()
            .map(|row| column(row, 0).map(ParticipantId::new));
        holder.transpose()
    }

    fn cards(
        &mut self,
        program: ProgramId,
        after: Option<ParticipantId>,
        most: NonZeroUsize,
    ) -> Result<Vec<(ParticipantId, Card)>, StoreError> {
        let most = i64::try_from(most.get()).unwrap_or(i64::MAX);
        let after = after.map(|id| *id.as_uuid());
        let keys = [
            (program.as_uuid() as _, Type::UUID),
            (&after as _, Type::UUID),
            (&most as _, Type::INT8),
        ];
        let rows = self.link.look(CARDS, &keys)?;
        rows.iter().map(|row| card(program, row)).collect()
    }

    fn seal(
        &mut self,
        program: ProgramId,
        drawer: Drawer,
        content: &[u8],
        applied: &Erasure,
    ) -> Result<(), SealError> {
        let mut turn = self.link.turn(Some(program))?;
        let behind = missing(&erased(&mut turn, program)?, applied);
        if !behind.is_empty() {
            return Err(SealError::Behind(behind));
        }
        fill(&mut turn, program, drawer, content)?;
        Ok(turn.commit().map_err(StoreError::from)?)
    }

    fn unseal(
        &mut self,
        program: ProgramId,
        drawer: Drawer,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let keys = [
            (program.as_uuid() as _, Type::UUID),
            (&drawer.as_str() as _, Type::TEXT),
        ];
        let rows = self.link.look(UNSEAL, &keys)?;
        rows.first().map(|row| column(row, 0)).transpose()
    }

    /// As the trait says. Traces are always left: in the tables until they are [tidied](PostgresStore::tidy), and in the server's write-ahead
    /// log for as long as it keeps that.
    fn erase(
        &mut self,
        program: ProgramId,
        list: &Erasure,
        drawers: &[(Drawer, &[u8])],
    ) -> Result<Wiped, EraseError> {
        twice(drawers)?;
        let of = program.as_uuid();
        let mut turn = self.link.turn(Some(program))?;
        let known = erased(&mut turn, program)?;
        let behind = missing(&known, list);
        if !behind.is_empty() {
            return Err(EraseError::Behind(behind));
        }
        let sealed = turn.ask(SEALED, &[(of, Type::UUID)])?;
        let sealed: Result<Vec<String>, _> = sealed.iter().map(|row| column(row, 0)).collect();
        let sealed = sealed?;
        let given = |drawer| drawers.iter().any(|(other, _)| *other == drawer);
        let left = Drawer::ALL.into_iter().filter(|drawer| {
            !given(*drawer) && sealed.iter().any(|other| other == drawer.as_str())
        });
        let left: Vec<Drawer> = left.collect();
        if !left.is_empty() {
            return Err(EraseError::Drawers(left));
        }
        let everybody: Vec<Uuid> = list.people().map(|(who, _)| *who.as_uuid()).collect();
        let keys = [(of as _, Type::UUID), (&everybody as _, Type::UUID_ARRAY)];
        let cards = turn.ask(FORGET, &keys)?.len() as u64;
        let (mut numbers, mut people, mut days) = (Vec::new(), Vec::new(), Vec::new());
        let new = list.people().filter(|(who, _)| !known.contains(*who));
        for ((who, on), at) in new.zip(known.people().len() as u64 + 1..) {
            numbers.push(number(at)?);
            people.push(*who.as_uuid());
            days.push(on.to_string());
        }
        let rows = [
            (of as _, Type::UUID),
            (&numbers as _, Type::INT8_ARRAY),
            (&people as _, Type::UUID_ARRAY),
            (&days as _, Type::TEXT_ARRAY),
        ];
        turn.ask(ERASE, &rows)?;
        for (drawer, content) in drawers {
            fill(&mut turn, program, *drawer, content)?;
        }
        turn.commit().map_err(StoreError::from)?;
        Ok(Wiped::new(cards, Traces::Left))
    }

    fn erased(&mut self, program: ProgramId) -> Result<Erasure, StoreError> {
        let rows = self.link.look(ERASED, &[(program.as_uuid(), Type::UUID)])?;
        list(program, &rows)
    }
}
