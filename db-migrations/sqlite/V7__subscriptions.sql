-- Who works on a checkpoint. fence is raised whenever it changes hands: whoever saves must name the
-- fence that it was given, so one whose lease has run out can't save any more. lease_until is UTC
-- epoch milliseconds; NULL when nobody holds the lease.
ALTER TABLE "${checkpoints}" ADD COLUMN owner TEXT;
ALTER TABLE "${checkpoints}" ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "${checkpoints}" ADD COLUMN lease_until INTEGER;

-- Events that a subscription could not handle and has put aside. The event itself stays where it is.
-- retry_asked_at is set when somebody wants it to be handled once more.
CREATE TABLE "${dead_letters}" (
  consumer        TEXT    NOT NULL,
  global_position INTEGER NOT NULL,
  stream_id       TEXT    NOT NULL,
  seq             INTEGER NOT NULL,
  event_type      TEXT    NOT NULL,
  attempts        INTEGER NOT NULL,
  error           TEXT    NOT NULL,
  parked_at       INTEGER NOT NULL,
  retry_asked_at  INTEGER,
  PRIMARY KEY (consumer, global_position)
) WITHOUT ROWID;
