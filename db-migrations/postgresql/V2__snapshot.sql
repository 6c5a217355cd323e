-- Snapshots: the folded state of a stream at a sequence number. A cache: losing a row loses nothing.
-- The state went through codec, compression and encryption in this order; each is named where it was
-- used. state_type and shape say what the state was when it was saved: the stable name of its class, and
-- a fingerprint of the properties of that class and of their types.
-- content_checksum is a CRC32C over the columns, by which a silent change is noticed.
-- The state stands behind what is read without it.
CREATE TABLE "${snapshots}" (
  stream_id        text COLLATE "C" NOT NULL,
  seq              bigint           NOT NULL,
  schema_version   bigint           NOT NULL,
  codec            text COLLATE "C" NOT NULL,
  compression      text COLLATE "C",
  key_id           text COLLATE "C",
  ts               bigint           NOT NULL,
  state_type       text COLLATE "C",
  shape            text COLLATE "C",
  content_checksum bigint,
  state            bytea            NOT NULL,
  PRIMARY KEY (stream_id, seq)
);
