package dev.daybook.internal.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The write-ahead log of a file. A commit that makes it long moves what it can from there into the
 * database; what a reader's state of the database needs stays, and with it all that is written
 * after that. Once nothing is left the log is written from its beginning again, but its file stays
 * as long as it is.
 */
public interface WalFile {

  /** How long it may stay: longer than it becomes without long reads. */
  long LIMIT_BYTES = 16L << 20;

  /**
   * Whether its pages may be moved beside the commits: if the application has not set when they are
   * moved, and if this version of SQLite reports their number.
   */
  boolean canBeMovedBeside(Connection connection) throws SQLException;

  /**
   * Whether it is time to move pages beside the commits.
   *
   * @param left how many pages could not be moved the last time
   */
  boolean isDue(Connection connection, long left) throws SQLException;

  /** The size of its file; 0 if it does not exist. */
  long bytes();

  /**
   * Moves into the database what no reader needs as it was; writers don't wait for it.
   *
   * @return how many pages are left: what readers need, and what was written meanwhile
   */
  long move(Connection connection) throws SQLException;

  /**
   * Truncates its file if it is not in use, and otherwise gives up at once.
   *
   * @return whether it is empty
   */
  boolean empty(Connection connection) throws SQLException;

  /**
   * How many bytes of it can't be moved because a reader needs the database as it was before;
   * changes nothing. Empty if this version of SQLite does not report that.
   */
  OptionalLong heldBytes(Connection connection) throws SQLException;
}
