-- The version of the schema that an event's payload was written with, within its type.
ALTER TABLE "${events}" ADD COLUMN schema_version bigint NOT NULL DEFAULT 1;
