package dev.daybook.internal.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The write-ahead log of a file. A commit that makes it long moves what it can from there into the
 * database; what a reader still has to find as it was stays, and with it all that is written
 * behind. Once nothing is left the log is written from its beginning again, but its file stays as
 * long as it is.
 */
public interface WalFile {

  /** How long it may stay: longer than it becomes where nobody reads for long. */
  long LIMIT_BYTES = 16L << 20;

  /**
   * Whether its pages may be moved beside the commits: this is as long as nobody else has said when
   * they are moved, and if this version of SQLite tells how many there are.
   */
  boolean canBeMovedBeside(Connection connection) throws SQLException;

  /**
   * Whether it is time to move pages beside the commits.
   *
   * @param left how many pages could not be moved the last time
   */
  boolean isDue(Connection connection, long left) throws SQLException;

  /** How long its file is; 0 if there is none. */
  long bytes();

  /**
   * Moves into the database what no reader needs as it was; keeps nobody from writing meanwhile.
   *
   * @return how many pages are left: what readers need, and what was written meanwhile
   */
  long move(Connection connection) throws SQLException;

  /**
   * Makes its file empty if nobody uses it, and otherwise gives up at once.
   *
   * @return whether it is empty
   */
  boolean empty(Connection connection) throws SQLException;

  /**
   * How many bytes of it can't be moved because a reader needs the database as it was before;
   * changes nothing. Empty if this version of SQLite does not tell.
   */
  OptionalLong heldBytes(Connection connection) throws SQLException;
}
