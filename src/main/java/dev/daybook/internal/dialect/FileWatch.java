package dev.daybook.internal.dialect;

import dev.daybook.error.DatabaseMovedException;

/**
 * Tells whether the files of a database are still those that were opened. A file that is deleted or
 * replaced while it is open can be written as before, and what is written there is gone. Safe for
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
      };

  /**
   * Looks at the files, if the last look is not just a moment ago: after a commit, before anybody
   * is told of it.
   *
   * @throws DatabaseMovedException if they are no longer those that were opened
   */
  void look();

  /**
   * Makes sure that no look has found anything; does not look itself.
   *
   * @throws DatabaseMovedException if one has
   */
  void requireInPlace();
}
