package dev.daybook.internal.database;

import dev.daybook.OpenException;
import dev.daybook.internal.schema.SchemaMigrator;

/** What may be done to a database that has not got the schema that this version knows. */
public enum Migrating {
  /** Make the tables, and the file too, or bring them up to date. */
  ALWAYS,
  /** Bring tables up to date that are there. */
  IF_MADE,
  /** Nothing. */
  NEVER;

  void requireAllowed(SchemaMigrator migrator) {
    if (this == ALWAYS) {
      return;
    }
    if (!migrator.isMade()) {
      throw new OpenException(
          OpenException.Reason.TABLES,
          "it has no tables of a Daybook by these names, and may not be migrated");
    }
    if (this == NEVER) {
      throw new OpenException(
          OpenException.Reason.OLDER_SCHEMA,
          "its schema has version %s, which is older than this Daybook's, and may not be migrated"
              .formatted(migrator.version()));
    }
  }
}
