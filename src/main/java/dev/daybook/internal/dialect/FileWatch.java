package dev.daybook.internal.dialect;

import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.InvalidInputException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Checks whether the files of a database are still those that were opened. A file that is deleted
 * or replaced while it is open can still be written, and what is written there is lost. Safe for
 * several threads.
 */
public interface FileWatch {

  /** Of a database that is in no file. */
  FileWatch NONE =
      new FileWatch() {
        @Override
        public void look() {}

        @Override
        public void requireInPlace() {}

        @Override
        public void requireSame(Connection connection) {}
      };

  /**
   * Checks the files, unless the last check was a moment ago: after a commit, before it is
   * acknowledged.
   *
   * @throws DatabaseMovedException if they are no longer those that were opened
   */
  void look();

  /**
   * Makes sure that no check has found anything; does not check itself.
   *
   * @throws DatabaseMovedException if one has
   */
  void requireInPlace();

  /**
   * Makes sure that a connection leads to the watched database.
   *
   * @throws InvalidInputException if it leads to another one
   */
  void requireSame(Connection connection) throws SQLException;
}
