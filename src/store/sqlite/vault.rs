//! Cards, drawers and the list of the erased as rows.

use std::num::NonZeroUsize;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{SqliteStore, failed};
use crate::ids::{ParticipantId, ProgramId};
use crate::store::vault::{missing, twice};
use crate::store::wire::number;
use crate::store::{
    Card, Drawer, EraseError, Place, PutError, SealError, StoreError, Traces, Vault, Wiped,
};
use crate::subject::Erasure;
use crate::text::Key;

const HOLDER: &str = "SELECT participant FROM card WHERE program = ?1 AND key = ?2";
const PUT: &str = "INSERT INTO card (program, participant, key, name, notes) VALUES (?1, ?2, ?3, ?4, ?5) \
     ON CONFLICT (program, participant) DO UPDATE SET key = excluded.key, name = excluded.name, notes = excluded.notes";
const CARD: &str =
    "SELECT participant, key, name, notes FROM card WHERE program = ?1 AND participant = ?2";
const CARDS: &str = "SELECT participant, key, name, notes FROM card \
     WHERE program = ?1 AND (?2 IS NULL OR participant > ?2) ORDER BY participant LIMIT ?3";
const FORGET: &str = "DELETE FROM card WHERE program = ?1 AND participant = ?2";
const SEAL: &str = "INSERT INTO drawer (program, drawer, content) VALUES (?1, ?2, ?3) \
     ON CONFLICT (program, drawer) DO UPDATE SET content = excluded.content";
const UNSEAL: &str = "SELECT content FROM drawer WHERE program = ?1 AND drawer = ?2";
const ERASED: &str = "SELECT participant, day FROM erased WHERE program = ?1 ORDER BY number";
const IS_ERASED: &str = "SELECT 1 FROM erased WHERE program = ?1 AND participant = ?2";
const ERASE: &str =
    "INSERT INTO erased (program, number, participant, day) VALUES (?1, ?2, ?3, ?4)";

/// `secure_delete` overwrites what is deleted and pages that are given back, and not the copies that are left within a page when
/// rows move from one to another. So what stays is written anew, and every page that the old rows ever stood on is given back.
const ANEW: &str = "CREATE TABLE kept AS SELECT * FROM card; DELETE FROM card; \
     INSERT INTO card SELECT * FROM kept ORDER BY program, participant; DROP TABLE kept; \
     CREATE TABLE kept AS SELECT * FROM drawer; DELETE FROM drawer; \
     INSERT INTO drawer SELECT * FROM kept ORDER BY program, drawer; DROP TABLE kept;";

fn person(bytes: [u8; 16]) -> ParticipantId {
    ParticipantId::new(uuid::Uuid::from_bytes(bytes))
}

/// A card whose key is one; the outer error is SQLite's.
fn card(program: ProgramId, row: &Row<'_>) -> Result<(ParticipantId, Card), StoreError> {
    let participant = person(row.get::<_, [u8; 16]>(0).map_err(failed)?);
    let damaged = || StoreError::Damaged {
        program,
        place: Place::Card(participant),
    };
    let text = |at| row.get::<_, String>(at).map_err(|_| damaged());
    let card = Card {
        key: Key::new(text(1)?).map_err(|_| damaged())?,
        name: text(2)?,
        notes: text(3)?,
    };
    Ok((participant, card))
}

fn erased(connection: &Connection, program: ProgramId) -> Result<Erasure, StoreError> {
    let damaged = || StoreError::Damaged {
        program,
        place: Place::Erased,
    };
    let mut statement = connection.prepare_cached(ERASED).map_err(failed)?;
    let mut rows = statement
        .query([program.as_uuid().as_bytes()])
        .map_err(failed)?;
    let mut list = Erasure::new();
    while let Some(row) = rows.next().map_err(failed)? {
        let participant = person(row.get::<_, [u8; 16]>(0).map_err(failed)?);
        let day = row.get::<_, String>(1).map_err(|_| damaged())?;
        let day = day.parse().map_err(|_| damaged())?;
        if !list.add(participant, day) {
            return Err(damaged());
        }
    }
    Ok(list)
}

fn content(
    connection: &Connection,
    program: ProgramId,
    drawer: Drawer,
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = connection.prepare_cached(UNSEAL).map_err(failed)?;
    let keys = params![program.as_uuid().as_bytes(), drawer.as_str()];
    let content = statement.query_row(keys, |row| row.get::<_, Vec<u8>>(0));
    content.optional().map_err(failed)
}

impl Vault for SqliteStore {
    fn put(
        &mut self,
        program: ProgramId,
        participant: ParticipantId,
        card: &Card,
    ) -> Result<(), PutError> {
        let key = program.as_uuid().as_bytes();
        let transaction = self.begin()?;
        let id = participant.as_uuid().as_bytes();
        let gone = transaction.query_row(IS_ERASED, [key, id], |_| Ok(()));
        if gone.optional().map_err(failed)?.is_some() {
            return Err(PutError::Erased(participant));
        }
        let holder = transaction.query_row(HOLDER, params![key, card.key.as_str()], |row| {
            row.get::<_, [u8; 16]>(0)
        });
        if let Some(holder) = holder.optional().map_err(failed)?.map(person) {
            if holder != participant {
                return Err(PutError::KeyTaken {
                    participant,
                    holder,
                });
            }
        }
        let row = params![key, id, card.key.as_str(), card.name, card.notes,];
        transaction.execute(PUT, row).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(())
    }

    fn card(
        &mut self,
        program: ProgramId,
        participant: ParticipantId,
    ) -> Result<Option<Card>, StoreError> {
        let mut statement = self.connection.prepare_cached(CARD).map_err(failed)?;
        let keys = params![
            program.as_uuid().as_bytes(),
            participant.as_uuid().as_bytes()
        ];
        let mut rows = statement.query(keys).map_err(failed)?;
        let row = rows.next().map_err(failed)?;
        row.map(|row| Ok(card(program, row)?.1)).transpose()
    }

    fn find(&mut self, program: ProgramId, key: &Key) -> Result<Option<ParticipantId>, StoreError> {
        let mut statement = self.connection.prepare_cached(HOLDER).map_err(failed)?;
        let keys = params![program.as_uuid().as_bytes(), key.as_str()];
        let found = statement.query_row(keys, |row| row.get::<_, [u8; 16]>(0));
        Ok(found.optional().map_err(failed)?.map(person))
    }

    fn cards(
        &mut self,
        program: ProgramId,
        after: Option<ParticipantId>,
        most: NonZeroUsize,
    ) -> Result<Vec<(ParticipantId, Card)>, StoreError> {
        let most = i64::try_from(most.get()).unwrap_or(i64::MAX);
        let after = after.as_ref().map(|id| id.as_uuid().as_bytes());
        let mut statement = self.connection.prepare_cached(CARDS).map_err(failed)?;
        let keys = params![program.as_uuid().as_bytes(), after, most];
        let mut rows = statement.query(keys).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            found.push(card(program, row)?);
        }
        Ok(found)
    }

    fn seal(
        &mut self,
        program: ProgramId,
        drawer: Drawer,
        content: &[u8],
        applied: &Erasure,
    ) -> Result<(), SealError> {
        let transaction = self.begin()?;
        let behind = missing(&erased(&transaction, program)?, applied);
        if !behind.is_empty() {
            return Err(SealError::Behind(behind));
        }
        let row = params![program.as_uuid().as_bytes(), drawer.as_str(), content];
        transaction.execute(SEAL, row).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(())
    }

    fn unseal(
        &mut self,
        program: ProgramId,
        drawer: Drawer,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        content(&self.connection, program, drawer)
    }

    /// As the trait says. The cards and drawers of all programmes are written anew, without what old pages remember, and the
    /// write-ahead log is emptied; where others are reading, that is [left](Traces::Left) to [`tidy`](SqliteStore::tidy).
    fn erase(
        &mut self,
        program: ProgramId,
        list: &Erasure,
        drawers: &[(Drawer, &[u8])],
    ) -> Result<Wiped, EraseError> {
        twice(drawers)?;
        let key = program.as_uuid().as_bytes();
        let transaction = self.begin()?;
        let known = erased(&transaction, program)?;
        let behind = missing(&known, list);
        if !behind.is_empty() {
            return Err(EraseError::Behind(behind));
        }
        let mut left = Vec::new();
        for drawer in Drawer::ALL {
            let given = drawers.iter().any(|(other, _)| *other == drawer);
            if !given && content(&transaction, program, drawer)?.is_some() {
                left.push(drawer);
            }
        }
        if !left.is_empty() {
            return Err(EraseError::Drawers(left));
        }
        let (mut cards, mut last) = (0, known.people().len() as u64);
        for (person, on) in list.people() {
            let id = person.as_uuid().as_bytes();
            cards += transaction.execute(FORGET, [key, id]).map_err(failed)?;
            if !known.contains(person) {
                last += 1;
                let row = params![key, number(last)?, id, on.to_string()];
                transaction.execute(ERASE, row).map_err(failed)?;
            }
        }
        for (drawer, content) in drawers {
            let row = params![key, drawer.as_str(), content];
            transaction.execute(SEAL, row).map_err(failed)?;
        }
        transaction.execute_batch(ANEW).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        // What is committed is erased; that the log still has it is no reason to say that it is not.
        let traces = self.tidy().unwrap_or(Traces::Left);
        Ok(Wiped::new(cards as u64, traces))
    }

    fn erased(&mut self, program: ProgramId) -> Result<Erasure, StoreError> {
        erased(&self.connection, program)
    }
}
