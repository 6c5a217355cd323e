package dev.daybook.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The database can't be opened as asked. It has been left as it was, and the next use tries again.
 */
public final class OpenException extends DaybookException {

  private static final long serialVersionUID = 1L;

  /** Why a database was not opened. */
  public enum Reason {
    /**
     * The directory of the file does not exist, or the path can't be opened as a file; or the
     * server or its database can't be reached.
     */
    UNREACHABLE,
    /** The server does not let the user in: the name or the password is wrong or missing. */
    CREDENTIALS,
    /** A library that the URL's database needs is not on the class path; the message names it. */
    LIBRARY,
    /** The file exists and is not a database. */
    NOT_A_DATABASE,
    /** The database, or the file it is in, can't be written. */
    READ_ONLY,
    /** A newer version of Daybook has migrated the schema. */
    NEWER_SCHEMA,
    /** The schema is older than this version's, and migrating was switched off. */
    OLDER_SCHEMA,
    /** The tables that are there don't fit the table names that were asked for. */
    TABLES,
    /** An option can't be honoured by this database. */
    OPTION,
    /** The database is of a kind that Daybook does not know. */
    UNKNOWN_DATABASE,
    /**
     * The database does not know all positions that it has given: events are beyond the highest
     * that it knows of. {@link dev.daybook.maintenance.Maintenance#fixPositions()} corrects that.
     */
    POSITIONS,
    /** A migration failed. */
    MIGRATION
  }

  private final Reason reason;

  public OpenException(Reason reason, String message) {
    this(reason, message, null);
  }

  public OpenException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }
}
