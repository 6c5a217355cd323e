-- Snapshots: the folded state of a stream at a sequence number. A cache: losing a row loses nothing.
-- The state went through codec, compression and encryption in this order; each is named where it was
-- used. state_type and shape say what the state was when it was saved: the stable name of its class, and
-- a fingerprint of the properties of that class and of their types.
-- content_checksum is a CRC32C over the columns, by which a silent change is noticed.
-- The state stands behind what is read without it.
CREATE TABLE "${snapshots}" (
  stream_id        TEXT    NOT NULL,
  seq              INTEGER NOT NULL,
  schema_version   INTEGER NOT NULL,
  codec            TEXT    NOT NULL,
  compression      TEXT,
  key_id           TEXT,
  ts               INTEGER NOT NULL,
  state_type       TEXT,
  shape            TEXT,
  content_checksum INTEGER,
  state            BLOB    NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
