-- A stream's life. state is ACTIVE, ARCHIVED, TOMBSTONED or DELETED; changed_at says when it was last
-- changed, NULL if it never was. reason says why a stream was tombstoned, and of an archived one that
-- its events were moved to another store, or who is moving them; otherwise it is NULL. The row of a
-- deleted stream stays: it keeps the stream's name from being used again.
ALTER TABLE "${streams}" ADD COLUMN state text COLLATE "C" NOT NULL DEFAULT 'ACTIVE';
ALTER TABLE "${streams}" ADD COLUMN reason text COLLATE "C";
ALTER TABLE "${streams}" ADD COLUMN changed_at bigint;
