-- Documents: append-only records under an id, replaced as a whole to compact them.

-- One row a document: what its last meta record says, as JSON. content_checksum is a CRC32C over the
-- columns, by which a silent change is noticed; so it is of the records.
CREATE TABLE "${doc_meta}" (
  doc_id           TEXT NOT NULL PRIMARY KEY,
  data             TEXT NOT NULL,
  content_checksum INTEGER
) WITHOUT ROWID;

-- One row a record, in the order of seq. payload is JSON; the data of a binary entry is in blob.
CREATE TABLE "${doc_records}" (
  doc_id           TEXT    NOT NULL,
  seq              INTEGER NOT NULL,
  kind             TEXT    NOT NULL,
  payload          TEXT    NOT NULL,
  blob             BLOB,
  content_checksum INTEGER,
  PRIMARY KEY (doc_id, seq)
) WITHOUT ROWID;
