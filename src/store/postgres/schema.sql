-- `@` stands for the schema. The functions name all that they use, whatever path whoever fires them has.

-- What says that the schema is a store, and which steps it has taken.
CREATE TABLE @.reverse_mentoring (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  version integer NOT NULL
);
INSERT INTO @.reverse_mentoring (version) VALUES (0);

-- One row for each programme. Who writes in a programme holds its row; writers of others do not wait.
CREATE TABLE @.turn (
  program uuid PRIMARY KEY
);

CREATE FUNCTION @.take_turn(whose uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  INSERT INTO @.turn (program) VALUES (whose) ON CONFLICT DO NOTHING;
  PERFORM 1 FROM @.turn WHERE program = whose FOR NO KEY UPDATE;
END $body$;

CREATE FUNCTION @.only_added() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'the % is only added to', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $body$;

-- What happened. Only ever added to: one place after the other, each id once in a programme.
CREATE TABLE @.journal (
  program uuid NOT NULL,
  sequence bigint NOT NULL CHECK (sequence >= 0),
  id uuid NOT NULL,
  entry text NOT NULL CHECK (entry <> ''),
  PRIMARY KEY (program, sequence),
  UNIQUE (program, id)
);

-- What one statement adds has no gap and begins where entries end. That no place is taken twice, the key says.
CREATE FUNCTION @.journal_continues() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (
      SELECT program, min(sequence) AS first, max(sequence) AS last, count(*) AS entries FROM added GROUP BY program
    ) AS part
    WHERE last - first <> entries - 1
      OR first > 0 AND NOT EXISTS (SELECT 1 FROM @.journal AS stands WHERE stands.program = part.program AND stands.sequence = first - 1)
  ) THEN
    RAISE EXCEPTION 'an entry of the journal follows the last one' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $body$;

CREATE TRIGGER journal_continues AFTER INSERT ON @.journal REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION @.journal_continues();
CREATE TRIGGER journal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON @.journal
  FOR EACH STATEMENT EXECUTE FUNCTION @.only_added('journal');

-- The state of a programme's gate after the entry `last`, so that opening need not read all of them.
CREATE TABLE @.snapshot (
  program uuid PRIMARY KEY,
  last bigint NOT NULL,
  record text NOT NULL CHECK (record <> ''),
  FOREIGN KEY (program, last) REFERENCES @.journal (program, sequence)
);

-- Who is forgotten, in the order of erasing. Only ever added to.
CREATE TABLE @.erased (
  program uuid NOT NULL,
  number bigint NOT NULL CHECK (number >= 1),
  participant uuid NOT NULL,
  day text NOT NULL CHECK (day <> ''),
  PRIMARY KEY (program, number),
  UNIQUE (program, participant)
);

CREATE TRIGGER erased_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON @.erased
  FOR EACH STATEMENT EXECUTE FUNCTION @.only_added('list of the erased');

-- The only tables that know a person. A name and notes are UTF-8; as `text` they could not have U+0000.
CREATE TABLE @.card (
  program uuid NOT NULL,
  participant uuid NOT NULL,
  key text COLLATE "C" NOT NULL CHECK (key <> ''),
  name bytea NOT NULL,
  notes bytea NOT NULL,
  PRIMARY KEY (program, participant),
  UNIQUE (program, key)
);

-- Takes the turn, so that an erasure that is going on is seen.
CREATE FUNCTION @.card_of_nobody_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  PERFORM @.take_turn(NEW.program);
  IF EXISTS (SELECT 1 FROM @.erased AS gone WHERE gone.program = NEW.program AND gone.participant = NEW.participant) THEN
    RAISE EXCEPTION 'the participant is erased' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $body$;

CREATE FUNCTION @.card_stays_theirs() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'a card is of one participant' USING ERRCODE = 'integrity_constraint_violation';
END $body$;

CREATE TRIGGER card_of_nobody_erased BEFORE INSERT ON @.card
  FOR EACH ROW EXECUTE FUNCTION @.card_of_nobody_erased();
CREATE TRIGGER card_stays_theirs BEFORE UPDATE OF program, participant ON @.card
  FOR EACH ROW EXECUTE FUNCTION @.card_stays_theirs();

CREATE TABLE @.drawer (
  program uuid NOT NULL,
  drawer text NOT NULL CHECK (drawer IN ('notebook', 'pulses', 'roster')),
  content bytea NOT NULL,
  PRIMARY KEY (program, drawer)
);

-- The server's statistics keep frequent values of a column, also those of rows that are gone, for everybody who may read the table.
ALTER TABLE @.card ALTER COLUMN key SET STATISTICS 0, ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN notes SET STATISTICS 0;
ALTER TABLE @.drawer ALTER COLUMN content SET STATISTICS 0;
