-- Documents: append-only records under an id, replaced as a whole to compact them. Both keys start
-- with doc_id, so that the tables can be distributed by it.

-- One row a document: what its last meta record says, as JSON. content_checksum is a CRC32C over the
-- columns, by which a silent change is noticed; so it is of the records.
CREATE TABLE "${doc_meta}" (
  doc_id           text COLLATE "C" NOT NULL PRIMARY KEY,
  data             text             NOT NULL,
  content_checksum bigint
);

-- One row a record, in the order of seq. payload is JSON; the data of a binary entry is in blob.
CREATE TABLE "${doc_records}" (
  doc_id           text COLLATE "C" NOT NULL,
  seq              bigint           NOT NULL,
  kind             text COLLATE "C" NOT NULL,
  payload          text             NOT NULL,
  blob             bytea,
  content_checksum bigint,
  PRIMARY KEY (doc_id, seq)
);
