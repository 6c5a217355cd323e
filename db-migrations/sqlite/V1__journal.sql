-- The journal. The quoted placeholders are the table names of the store that is being opened.

-- One row a stream. It is written with the stream's first event and whenever its state changes or some
-- of its events are deleted, and not by every append. So the stream's high-water mark is the greater of
-- last_seq and the highest seq of the events that are there. deleted_to is the highest sequence number
-- deleted so far.
-- state is ACTIVE, ARCHIVED, TOMBSTONED or DELETED; changed_at says when it was last changed, NULL if it
-- never was. reason says why a stream was tombstoned, and of an archived one that its events were moved
-- to another store, or who is moving them; otherwise it is NULL. The row of a deleted stream stays: it
-- keeps the stream's name from being used again.
-- content_checksum is a CRC32C over the state, since when it is so, and why; NULL until it first changes.
CREATE TABLE "${streams}" (
  stream_id        TEXT    NOT NULL PRIMARY KEY,
  last_seq         INTEGER NOT NULL,
  deleted_to       INTEGER NOT NULL DEFAULT 0,
  state            TEXT    NOT NULL DEFAULT 'ACTIVE',
  reason           TEXT,
  changed_at       INTEGER,
  content_checksum INTEGER
) WITHOUT ROWID;

-- One row an event. The payload went through codec, compression and encryption in this order; each is
-- named where it was used. schema_version is the version of the schema that the payload was written with,
-- within its type. tags is a JSON array and metadata a JSON object; both are NULL when empty. ts is UTC
-- epoch milliseconds. begun_after is always NULL here, where one transaction writes at a time: on
-- PostgreSQL it says which events were committed together.
-- content_checksum is a CRC32C over the columns, by which a silent change is noticed; NULL if unknown.
CREATE TABLE "${events}" (
  global_position  INTEGER NOT NULL PRIMARY KEY,
  stream_id        TEXT    NOT NULL,
  seq              INTEGER NOT NULL,
  event_type       TEXT    NOT NULL,
  schema_version   INTEGER NOT NULL DEFAULT 1,
  codec            TEXT    NOT NULL,
  compression      TEXT,
  key_id           TEXT,
  ts               INTEGER NOT NULL,
  tags             TEXT,
  metadata         TEXT,
  idempotency_key  TEXT,
  begun_after      INTEGER,
  content_checksum INTEGER,
  payload          BLOB    NOT NULL,
  UNIQUE (stream_id, seq)
);

CREATE INDEX "${events}_by_idempotency_key" ON "${events}" (stream_id, idempotency_key, seq)
  WHERE idempotency_key IS NOT NULL;

-- The highest position that is known to be given, whether its event is there or not: at most one row. New
-- events get positions behind it, and behind those of all events. So it need not follow every append.
CREATE TABLE "${events}_position" (
  only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
  given_to INTEGER NOT NULL
);

-- Neither a sequence number nor a position is given again because its event was deleted, whoever did that.
CREATE TRIGGER "${events}_before_delete" BEFORE DELETE ON "${events}"
BEGIN
  UPDATE "${streams}" SET last_seq = OLD.seq WHERE stream_id = OLD.stream_id AND last_seq < OLD.seq;
  INSERT INTO "${events}_position" (only_row, given_to)
    SELECT 1, (SELECT max(global_position) FROM "${events}")
    WHERE OLD.global_position > coalesce((SELECT given_to FROM "${events}_position"), 0)
    ON CONFLICT (only_row) DO UPDATE SET given_to = excluded.given_to;
END;

-- One row a tag of an event. The position is repeated here so that a tag query joins by integer
-- and reads only the events that carry the tag.
CREATE TABLE "${events_tags}" (
  stream_id       TEXT    NOT NULL,
  seq             INTEGER NOT NULL,
  tag             TEXT    NOT NULL,
  global_position INTEGER NOT NULL,
  PRIMARY KEY (stream_id, seq, tag),
  FOREIGN KEY (stream_id, seq) REFERENCES "${events}" (stream_id, seq) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE INDEX "${events_tags}_by_tag" ON "${events_tags}" (tag, global_position);
