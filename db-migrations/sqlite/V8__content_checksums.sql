-- What a row says, as a number by which a silent change is noticed: a CRC32C over its columns and its
-- place, made where the row is written. NULL in rows from before, which are not checked by it. That of
-- a stream covers its state, since when it has it, and why; NULL as long as it never changed.
ALTER TABLE "${streams}" ADD COLUMN content_checksum INTEGER;
ALTER TABLE "${events}" ADD COLUMN content_checksum INTEGER;
ALTER TABLE "${snapshots}" ADD COLUMN content_checksum INTEGER;
ALTER TABLE "${doc_meta}" ADD COLUMN content_checksum INTEGER;
ALTER TABLE "${doc_records}" ADD COLUMN content_checksum INTEGER;
