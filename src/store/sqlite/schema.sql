-- What happened. Only ever added to: one place after the other, each id once in a programme.
CREATE TABLE journal (
  program BLOB NOT NULL CHECK (length(program) = 16),
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  id BLOB NOT NULL CHECK (length(id) = 16),
  entry TEXT NOT NULL CHECK (entry <> ''),
  PRIMARY KEY (program, sequence),
  UNIQUE (program, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_continues BEFORE INSERT ON journal
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), -1) + 1 FROM journal WHERE program = NEW.program)
  OR EXISTS (SELECT 1 FROM journal WHERE program = NEW.program AND id = NEW.id)
BEGIN SELECT raise(ABORT, 'an entry of the journal follows the last one, under an id of its own'); END;

CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
BEGIN SELECT raise(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_keeps BEFORE DELETE ON journal
BEGIN SELECT raise(ABORT, 'the journal is only added to'); END;

-- The state of a programme's gate after the entry `last`, so that opening need not read all of them.
CREATE TABLE snapshot (
  program BLOB PRIMARY KEY NOT NULL CHECK (length(program) = 16),
  last INTEGER NOT NULL,
  record TEXT NOT NULL CHECK (record <> ''),
  FOREIGN KEY (program, last) REFERENCES journal (program, sequence)
) STRICT, WITHOUT ROWID;

-- Who is forgotten, in the order of erasing. Only ever added to.
CREATE TABLE erased (
  program BLOB NOT NULL CHECK (length(program) = 16),
  number INTEGER NOT NULL CHECK (number >= 1),
  participant BLOB NOT NULL CHECK (length(participant) = 16),
  day TEXT NOT NULL CHECK (day <> ''),
  PRIMARY KEY (program, number),
  UNIQUE (program, participant)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER erased_stays BEFORE UPDATE ON erased
BEGIN SELECT raise(ABORT, 'the list of the erased is only added to'); END;

CREATE TRIGGER erased_keeps BEFORE DELETE ON erased
BEGIN SELECT raise(ABORT, 'the list of the erased is only added to'); END;

-- The only tables that know a person.
CREATE TABLE card (
  program BLOB NOT NULL CHECK (length(program) = 16),
  participant BLOB NOT NULL CHECK (length(participant) = 16),
  key TEXT NOT NULL CHECK (key <> ''),
  name TEXT NOT NULL,
  notes TEXT NOT NULL,
  PRIMARY KEY (program, participant),
  UNIQUE (program, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER card_of_nobody_erased BEFORE INSERT ON card
WHEN EXISTS (SELECT 1 FROM erased WHERE program = NEW.program AND participant = NEW.participant)
BEGIN SELECT raise(ABORT, 'the participant is erased'); END;

CREATE TRIGGER card_stays_theirs BEFORE UPDATE OF program, participant ON card
BEGIN SELECT raise(ABORT, 'a card is of one participant'); END;

CREATE TABLE drawer (
  program BLOB NOT NULL CHECK (length(program) = 16),
  drawer TEXT NOT NULL CHECK (drawer IN ('notebook', 'pulses', 'roster')),
  content BLOB NOT NULL,
  PRIMARY KEY (program, drawer)
) STRICT, WITHOUT ROWID;
