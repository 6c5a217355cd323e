-- A stream's life. state is ACTIVE, ARCHIVED, TOMBSTONED or DELETED; reason says why it was tombstoned,
-- and changed_at when the state was last changed, NULL if it never was. The row of a deleted stream
-- stays: it keeps the stream's name from being used again.
ALTER TABLE "${streams}" ADD COLUMN state TEXT NOT NULL DEFAULT 'ACTIVE';
ALTER TABLE "${streams}" ADD COLUMN reason TEXT;
ALTER TABLE "${streams}" ADD COLUMN changed_at INTEGER;
