-- The journal. The quoted placeholders are the table names of the store that is being opened.

-- One row a stream. last_seq is its high-water mark: it survives the deletion of events, so that
-- no sequence number is ever given twice. deleted_to is the highest sequence number deleted so far.
CREATE TABLE "${streams}" (
  stream_id  TEXT    NOT NULL PRIMARY KEY,
  last_seq   INTEGER NOT NULL,
  deleted_to INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- One row an event. AUTOINCREMENT keeps a position from being reused after the last event was deleted.
-- The payload went through codec, compression and encryption in this order; each is named where it was used.
-- tags is a JSON array and metadata a JSON object; both are NULL when empty. ts is UTC epoch milliseconds.
CREATE TABLE "${events}" (
  global_position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  stream_id       TEXT    NOT NULL,
  seq             INTEGER NOT NULL,
  event_type      TEXT    NOT NULL,
  codec           TEXT    NOT NULL,
  compression     TEXT,
  key_id          TEXT,
  ts              INTEGER NOT NULL,
  tags            TEXT,
  metadata        TEXT,
  idempotency_key TEXT,
  payload         BLOB    NOT NULL,
  UNIQUE (stream_id, seq)
);

CREATE INDEX "${events}_by_idempotency_key" ON "${events}" (stream_id, idempotency_key, seq)
  WHERE idempotency_key IS NOT NULL;

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
