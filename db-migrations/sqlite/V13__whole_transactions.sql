-- On PostgreSQL, where several transactions write at a time: behind which position the transaction of
-- an event has drawn the first of its own. Here a transaction's events follow each other, and are
-- committed at one moment: always NULL.
ALTER TABLE "${events}" ADD COLUMN begun_after INTEGER;
