-- Documents: append-only records under an id, replaced as a whole to compact them. Both keys start
-- with doc_id, so that the tables can be distributed by it.

-- One row a document: what its last meta record says, as JSON.
CREATE TABLE "${doc_meta}" (
  doc_id text COLLATE "C" NOT NULL PRIMARY KEY,
  data   text             NOT NULL
);

-- One row a record, in the order of seq. payload is JSON; the data of a binary entry is in blob.
CREATE TABLE "${doc_records}" (
  doc_id  text COLLATE "C" NOT NULL,
  seq     bigint           NOT NULL,
  kind    text COLLATE "C" NOT NULL,
  payload text             NOT NULL,
  blob    bytea,
  PRIMARY KEY (doc_id, seq)
);
