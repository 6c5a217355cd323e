-- What an operator asks of a subscription, and what it says of itself. paused_at is when it was asked to
-- pause; NULL if it is to work. stopped_at, stop_position and stop_reason are when it last stopped by
-- itself, where and why; all three are NULL once somebody has worked on it since.
ALTER TABLE "${checkpoints}" ADD COLUMN paused_at INTEGER;
ALTER TABLE "${checkpoints}" ADD COLUMN stopped_at INTEGER;
ALTER TABLE "${checkpoints}" ADD COLUMN stop_position INTEGER;
ALTER TABLE "${checkpoints}" ADD COLUMN stop_reason TEXT;

-- Where a failure came from, shortened; NULL in those that were put aside before, or were never tried.
-- holds_stream is 1 if later events of the stream are put aside behind this one, untried, and 0 if not.
ALTER TABLE "${dead_letters}" ADD COLUMN stack_trace TEXT;
ALTER TABLE "${dead_letters}" ADD COLUMN holds_stream INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "${dead_letters}_by_stream" ON "${dead_letters}" (consumer, stream_id, seq)
  WHERE holds_stream = 1;

CREATE INDEX "${dead_letters}_asked_for"
  ON "${dead_letters}" (consumer, retry_asked_at, global_position)
  WHERE retry_asked_at IS NOT NULL;
