-- A lease has no end by any clock any more. Whoever waits for one asks its owner for a sign of life, by
-- a number in asked, which the owner sets to NULL; a number that has stood there for lease_millis by
-- the time of whoever waits means that the owner is gone. place says where the owner's process runs:
-- a machine's boot, a PID namespace, a PID and a start time; NULL where that can't be known. All three
-- are NULL, like owner, when nobody has the lease.
ALTER TABLE "${checkpoints}" ADD COLUMN place TEXT;
ALTER TABLE "${checkpoints}" ADD COLUMN lease_millis INTEGER;
ALTER TABLE "${checkpoints}" ADD COLUMN asked INTEGER;
ALTER TABLE "${checkpoints}" DROP COLUMN lease_until;
