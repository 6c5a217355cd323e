package dev.daybook.internal.access;

import dev.daybook.internal.dialect.WalFile;
import dev.daybook.internal.statements.Session;
import java.sql.SQLException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Moves the pages of a write-ahead log into the database beside the commits. Otherwise it is done
 * by a commit, whose caller waits for it. The thread exists only while there is something to move.
 *
 * <p>A log is written from its beginning again only when all of it was moved. So the thread goes
 * over it a few times, until nothing was committed meanwhile. If there always was, the next commit
 * moves what little is left.
 */
public final class LogMover implements AutoCloseable {

  /** A check takes as long as a short append. */
  private static final int COMMITS_BETWEEN_LOOKS = 64;

  private static final int MOST_TIMES = 4;
  private static final int THREAD_IDLE_SECONDS = 5;
  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  private enum State {
    RESTING,
    MOVING,
    MOVED
  }

  private final WalFile log;
  private final ReaderPool readers;
  private final ThreadPoolExecutor thread;
  private volatile State state = State.RESTING;
  private volatile long left;
  private int commits;

  public LogMover(WalFile log, ReaderPool readers) {
    this.log = log;
    this.readers = readers;
    this.thread =
        new ThreadPoolExecutor(
            0, 1, THREAD_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LogMover::of);
  }

  private static Thread of(Runnable work) {
    Thread thread = new Thread(work, "daybook-log-mover");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A commit has been made. A failed move is logged and affects nothing else.
   *
   * @param writer the session that writes, outside a transaction; for one thread at a time
   */
  void committed(Session writer) {
    commits++;
    try {
      if (state == State.MOVED) {
        left = log.move(writer.connection());
        state = State.RESTING;
      } else if (commits % COMMITS_BETWEEN_LOOKS == 0
          && state == State.RESTING
          && log.isDue(writer.connection(), left)) {
        state = State.MOVING;
        thread.execute(this::run);
      }
    } catch (SQLException | RuntimeException e) {
      failed(e);
    }
  }

  private void run() {
    try {
      left = readers.watching(this::move);
      state = left == 0 ? State.RESTING : State.MOVED;
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  private long move(Session session) {
    try {
      long before = Long.MAX_VALUE;
      long unmoved = log.move(session.connection());
      for (int times = 1; times < MOST_TIMES && 0 < unmoved && unmoved < before; times++) {
        before = unmoved;
        unmoved = log.move(session.connection());
      }
      return unmoved;
    } catch (SQLException e) {
      throw session.failure(e);
    }
  }

  private void failed(Throwable failure) {
    state = State.RESTING;
    LOG.log(
        System.Logger.Level.DEBUG, "the write-ahead log was not moved beside the commits", failure);
  }

  /** Begins nothing more; a move in progress ends with its session. */
  void end() {
    thread.shutdown();
  }

  /** Waits for a move in progress. */
  @Override
  public void close() {
    ClosingTime.await(() -> "the move of its log", thread::awaitTermination);
  }
}
