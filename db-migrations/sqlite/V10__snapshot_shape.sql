-- What a snapshot's state was when it was saved: the stable name of its class, and a fingerprint of
-- the properties of that class and of their types. NULL in those that were saved before.
ALTER TABLE "${snapshots}" ADD COLUMN state_type TEXT;
ALTER TABLE "${snapshots}" ADD COLUMN shape TEXT;
