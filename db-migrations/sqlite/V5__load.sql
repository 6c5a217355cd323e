-- Bulk loads: how far each has come in the source that it reads. The row changes in the transaction that writes
-- the events, so that each part of the source is loaded once, whatever interrupts the load.
-- source_offset is a number of the caller's, such as a line's; events is how many events were loaded; note is a
-- text of the caller's.
CREATE TABLE "${loads}" (
  load_name     TEXT    NOT NULL PRIMARY KEY,
  source_offset INTEGER NOT NULL,
  events        INTEGER NOT NULL,
  note          TEXT    NOT NULL,
  updated_at    INTEGER NOT NULL
) WITHOUT ROWID;
