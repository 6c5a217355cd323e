-- Checkpoints: the last position that each consumer has processed.
CREATE TABLE "${checkpoints}" (
  consumer        TEXT    NOT NULL PRIMARY KEY,
  global_position INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) WITHOUT ROWID;
