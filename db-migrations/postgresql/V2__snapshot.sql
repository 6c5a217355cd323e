-- Snapshots: the folded state of a stream at a sequence number. A cache: losing a row loses nothing.
-- The state went through codec, compression and encryption in this order; each is named where it was
-- used. The state stands last, as it does in SQLite.
CREATE TABLE "${snapshots}" (
  stream_id      text COLLATE "C" NOT NULL,
  seq            bigint           NOT NULL,
  schema_version bigint           NOT NULL,
  codec          text COLLATE "C" NOT NULL,
  compression    text COLLATE "C",
  key_id         text COLLATE "C",
  ts             bigint           NOT NULL,
  state          bytea            NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
