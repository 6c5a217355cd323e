-- Snapshots: the folded state of a stream at a sequence number. A cache: losing a row loses nothing.
-- The state went through codec, compression and encryption in this order; each is named where it was
-- used. The state stands last, so that what is in front of it is read without it.
CREATE TABLE "${snapshots}" (
  stream_id      TEXT    NOT NULL,
  seq            INTEGER NOT NULL,
  schema_version INTEGER NOT NULL,
  codec          TEXT    NOT NULL,
  compression    TEXT,
  key_id         TEXT,
  ts             INTEGER NOT NULL,
  state          BLOB    NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
