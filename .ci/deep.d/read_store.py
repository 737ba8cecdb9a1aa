"""Reads a store by what the guide says of its tables, with a program that knows nothing else of it."""

import json
import re
import sqlite3
import sys
import uuid
from pathlib import Path

guide = Path(__file__).resolve().parents[2] / "src/guide/stores.md"
promised = {}
for line in guide.read_text(encoding="utf-8").splitlines():
    row = re.match(r"\| `(\w+)` \| (.*?) \|", line)
    if row:
        promised[row[1]] = re.findall(r"`(\w+)`", row[2])

db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
assert db.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"RMnt", "big"),)
assert db.execute("PRAGMA user_version").fetchone() == (1,)
assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
assert db.execute("PRAGMA foreign_key_check").fetchall() == []
found = {
    name: [column[1] for column in db.execute(f"PRAGMA table_info({name})")]
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
}
assert found == promised, (found, promised)

programs = {}
for program, sequence, entry_id, entry in db.execute(
    "SELECT program, sequence, id, entry FROM journal ORDER BY program, sequence"
):
    known = programs.setdefault(uuid.UUID(bytes=program), [])
    entry = json.loads(entry)
    assert sequence == len(known) == entry["sequence"], "a gap"
    assert entry["version"] == 1
    if sequence == 0:
        assert entry["event"]["event"] == "opened"
        assert entry["event"]["program"] == str(uuid.UUID(bytes=program))
    known.append(uuid.UUID(bytes=entry_id))
assert programs and all(len(set(ids)) == len(ids) for ids in programs.values())

for program, last, record in db.execute("SELECT program, last, record FROM snapshot"):
    record = json.loads(record)
    assert record["entries"] == last + 1 <= len(programs[uuid.UUID(bytes=program)])

erased = set(db.execute("SELECT program, participant FROM erased"))
cards = db.execute("SELECT program, participant, key, name FROM card").fetchall()
assert erased and cards
assert not erased & {card[:2] for card in cards}

# A second writer is held to the same: the journal is only added to.
db = sqlite3.connect(sys.argv[1])
for sql in ("DELETE FROM journal", "UPDATE journal SET entry = '{}'", "DELETE FROM erased"):
    try:
        db.execute(sql)
    except sqlite3.IntegrityError as error:
        assert "only added to" in str(error), error
    else:
        raise AssertionError(sql)
db.rollback()

entries = sum(map(len, programs.values()))
print(f"{len(programs)} programmes, {entries} entries, {len(cards)} cards, {len(erased)} erased: as the guide says")
