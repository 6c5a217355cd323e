-- So that a reader across streams sees the events of a transaction all or not at all. The last event
-- that a statement writes to a stream says behind which position its transaction has drawn the first
-- of its own; NULL in the others, and in an event that is the first itself.
ALTER TABLE "${events}" ADD COLUMN begun_after bigint;

-- Only looked at while readers are held back. By an expression, so that no plan takes the index of all
-- positions for this one.
CREATE INDEX "${events}_by_begin" ON "${events}" ((global_position + 0), begun_after)
  WHERE begun_after IS NOT NULL;
