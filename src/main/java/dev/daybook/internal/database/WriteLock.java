package dev.daybook.internal.database;

import dev.daybook.DatabaseBusyException;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.Session;

/**
 * The write lock of a database that has one for all processes. Who waits for it looks now and then
 * whether it is free, and may give up although nobody held it for long: others took it again and
 * again. So as long as others commit, it is waited for once more, up to a limit.
 */
final class WriteLock {

  private static final int MOST_WAITS = 10;

  private final Session session;
  private final Rendered begin;
  private long seen;

  /**
   * @param begin begins a transaction that has the lock
   */
  WriteLock(Session session, Rendered begin) {
    this.session = session;
    this.begin = begin;
    this.seen = session.changeCounter();
  }

  /**
   * Begins a transaction that has the lock.
   *
   * @throws DatabaseBusyException if it can't be had
   */
  void begin() {
    for (int waits = 1; ; waits++) {
      try {
        session.run(begin);
        return;
      } catch (DatabaseBusyException e) {
        if (waits == MOST_WAITS || !othersHaveCommitted()) {
          throw e;
        }
      }
    }
  }

  private boolean othersHaveCommitted() {
    long before = seen;
    seen = session.changeCounter();
    return seen != before;
  }
}
