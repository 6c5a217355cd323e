package dev.daybook.internal.access;

import dev.daybook.internal.dialect.WalFile;
import dev.daybook.internal.statements.Session;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shortens a write-ahead log that has become too long, when this Daybook neither reads nor writes.
 * The last reader does it, or a writer after its commit, or the poller while it runs: so it needs
 * no thread, and does nothing in an unused store.
 */
public final class LogLimit {

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  private record Limited(WalFile log, LogTries tries) {}

  private final Optional<Limited> limited;
  private final AtomicInteger readers = new AtomicInteger();

  /**
   * @param log empty if it does not exist, or must not be written
   */
  public LogLimit(Optional<WalFile> log) {
    this.limited =
        log.map(
            it -> new Limited(it, new LogTries(WalFile.LIMIT_BYTES, it::bytes, System::nanoTime)));
  }

  /** The right to write, for callers that don't wait for it. */
  @FunctionalInterface
  interface FreeWriter {

    /**
     * Runs work on the session that writes, outside a transaction.
     *
     * @return empty if another thread is writing
     */
    Optional<Boolean> ifFree(StoreAccess.Work<Boolean, SQLException> work) throws SQLException;
  }

  /** A read begins. */
  void enter() {
    readers.incrementAndGet();
  }

  /** A read has ended. */
  void leave() {
    readers.decrementAndGet();
  }

  /**
   * Shortens the log if it is time for that. A failure is logged and affects nothing else.
   *
   * @param session one that is not in a transaction
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
