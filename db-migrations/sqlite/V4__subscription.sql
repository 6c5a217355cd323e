-- Checkpoints: the last position that each consumer has processed, and who works on it.
-- fence is raised whenever the work changes hands: whoever saves must name the fence that it was given, so
-- one whose lease was taken away can't save any more.
-- A lease ends by no clock. Whoever waits for one asks its owner for a sign of life, by a number in asked,
-- which the owner sets to NULL; a number that has stood there for lease_millis by the time of whoever waits
-- means that the owner is gone. place says where the owner's process runs: a machine's boot, a PID
-- namespace, a PID and a start time; NULL where that can't be known. All three are NULL, like owner, when
-- nobody has the lease.
-- paused_at is when an operator asked the subscription to pause; NULL if it is to work. stopped_at,
-- stop_position and stop_reason are when it last stopped by itself, where and why; all three are NULL once
-- somebody has worked on it since.
CREATE TABLE "${checkpoints}" (
  consumer        TEXT    NOT NULL PRIMARY KEY,
  global_position INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  owner           TEXT,
  fence           INTEGER NOT NULL DEFAULT 0,
  place           TEXT,
  lease_millis    INTEGER,
  asked           INTEGER,
  paused_at       INTEGER,
  stopped_at      INTEGER,
  stop_position   INTEGER,
  stop_reason     TEXT
) WITHOUT ROWID;

-- Events that a subscription could not handle and has put aside. The event itself stays where it is.
-- retry_asked_at is set when somebody wants it to be handled once more. stack_trace is where the failure
-- came from, shortened; NULL if the event was never tried. holds_stream is 1 if later events of the stream
-- are put aside behind this one, untried, and 0 if not.
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
  stack_trace     TEXT,
  holds_stream    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (consumer, global_position)
) WITHOUT ROWID;

CREATE INDEX "${dead_letters}_by_stream" ON "${dead_letters}" (consumer, stream_id, seq)
  WHERE holds_stream = 1;

CREATE INDEX "${dead_letters}_asked_for"
  ON "${dead_letters}" (consumer, retry_asked_at, global_position)
  WHERE retry_asked_at IS NOT NULL;
