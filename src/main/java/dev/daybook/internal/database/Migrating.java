package dev.daybook.internal.database;

import dev.daybook.error.OpenException;
import dev.daybook.internal.schema.SchemaMigrator;

/** What may be done to a database whose schema is not that of this version. */
public enum Migrating {
  /** Make the tables, and the file too, or bring them up to date. */
  ALWAYS,
  /** Bring tables up to date that are there. */
  IF_MADE,
  /** Nothing. */
  NEVER,
  /** Nothing, and what has the schema is only read. */
  READ_ONLY;

  /** Makes sure that an older schema may be brought up to date. */
  void requireAllowed(SchemaMigrator migrator) {
    if (this == NEVER || this == READ_ONLY) {
      throw new OpenException(
          OpenException.Reason.OLDER_SCHEMA,
          "its schema has version %s, which is older than this Daybook's, and may not be migrated"
              .formatted(migrator.version()));
    }
  }

  static OpenException notMade(SchemaMigrator migrator) {
    return new OpenException(
        OpenException.Reason.TABLES,
        "%s, and none of a Daybook by these names; it may not be migrated"
            .formatted(migrator.describeTables()));
  }
}
