package dev.daybook.internal.access;

import dev.daybook.internal.dialect.WalFile;
import dev.daybook.internal.statements.Session;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a write-ahead log short again that had to become long, when nobody of this Daybook reads or
 * writes. Whoever was the last to read sees to it, whoever has committed, and the poller while
 * there is one: so it takes no thread, and a store that nobody uses is left alone.
 */
public final class LogLimit {

  private static final System.Logger LOG = System.getLogger(LogLimit.class.getName());

  private record Limited(WalFile log, LogTries tries) {}

  private final Optional<Limited> limited;
  private final AtomicInteger readers = new AtomicInteger();

  /**
   * @param log empty if there is none, or it is not to be written
   */
  public LogLimit(Optional<WalFile> log) {
    this.limited =
        log.map(
            it -> new Limited(it, new LogTries(WalFile.LIMIT_BYTES, it::bytes, System::nanoTime)));
  }

  /** The right to write, for whoever does not want to wait for it. */
  @FunctionalInterface
  interface FreeWriter {

    /**
     * Runs work on the session that writes, outside a transaction.
     *
     * @return empty if somebody is writing
     */
    Optional<Boolean> ifFree(StoreAccess.Work<Boolean, SQLException> work) throws SQLException;
  }

  /** Somebody begins to read. */
  void enter() {
    readers.incrementAndGet();
  }

  /** Somebody has read. */
  void leave() {
    readers.decrementAndGet();
  }

  /**
   * Makes the log short if it is time for that. Whatever hinders that hinders nobody else.
   *
   * @param session one that is in no transaction
   */
  void shortenIfDue(Session session, FreeWriter writer) {
    if (limited.isPresent() && readers.get() == 0 && limited.get().tries().isDue()) {
      shorten(limited.get(), session, writer);
    }
  }

  private static void shorten(Limited limited, Session session, FreeWriter writer) {
    WalFile log = limited.log();
    Optional<Boolean> succeeded = Optional.of(false);
    try {
      if (log.move(session.connection()) == 0) {
        succeeded = writer.ifFree(it -> log.empty(it.connection()));
      }
    } catch (SQLException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the write-ahead log was not shortened", e);
    } finally {
      limited.tries().ended(succeeded);
    }
  }
}
