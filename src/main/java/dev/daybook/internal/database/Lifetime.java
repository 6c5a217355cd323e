package dev.daybook.internal.database;

import dev.daybook.error.ClosedException;
import dev.daybook.internal.access.ClosingTime;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.deadlines.OtherThread;
import dev.daybook.internal.dialect.ConnectionSource;
import dev.daybook.internal.signals.CommitPusher;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of a database: its first use opens it, and its close ends it permanently, also an
 * opening that is in progress. Safe for several threads.
 */
final class Lifetime {

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");
  private static final String OPENING = "the opening of the database";

  private final ConnectionSource source;
  private final Supplier<Opening> openings;
  private final boolean elsewhere;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Opening underWay;
  private volatile @Nullable OpenDatabase open;
  private volatile boolean closed;

  /**
   * @param source is closed at the end
   * @param openings makes an attempt to open it
   * @param elsewhere whether the calling thread must not do it, because its connections may be
   *     those of a transaction that it is in
   */
  Lifetime(ConnectionSource source, Supplier<Opening> openings, boolean elsewhere) {
    this.source = source;
    this.openings = openings;
    this.elsewhere = elsewhere;
  }

  /** The database, open by now. */
  OpenDatabase open() {
    OpenDatabase database = open;
    return database != null ? database : OtherThread.join(this::openNow, elsewhere, OPENING);
  }

  /** The database, if it is open now. */
  @Nullable OpenDatabase ifOpen() {
    return open;
  }

  /** If this thread has a deadline, another one opens it, and continues after that has passed. */
  private OpenDatabase openNow() {
    Deadline.lock(opening, OPENING);
    try {
      requireNotClosed();
      OpenDatabase database = open;
      return database != null ? database : openFirst();
    } finally {
      opening.unlock();
    }
  }

  private OpenDatabase openFirst() {
    Opening first = openings.get();
    underWay = first;
    try {
      OpenDatabase database = first.run();
      keep(database);
      return database;
    } catch (Throwable e) {
      source.drain();
      requireNotClosed();
      throw e;
    } finally {
      underWay = null;
    }
  }

  /** What was closed meanwhile, because it took too long, is not opened after all. */
  private synchronized void keep(OpenDatabase database) {
    if (closed) {
      close(database);
    }
    requireNotClosed();
    open = database;
  }

  /**
   * Runs work while it can't be opened.
   *
   * @return whether it was run, and not refused because it is open already
   */
  boolean whileNotOpen(Runnable work) {
    Deadline.lock(opening, OPENING);
    try {
      requireNotClosed();
      if (open != null) {
        return false;
      }
      work.run();
      return true;
    } finally {
      opening.unlock();
    }
  }

  /**
   * Makes sure that it has not been closed, and opens nothing.
   *
   * @throws ClosedException if it has
   */
  void requireNotClosed() {
    if (closed) {
      throw new ClosedException("the Daybook is closed");
    }
  }

  /** An opening that does not end is cancelled: it would hang as long as a network does. */
  void close() {
    boolean quiet = ClosingTime.await(() -> "its opening", opening::tryLock);
    try {
      if (!quiet) {
        breakOff();
      }
      closeOnce();
    } finally {
      if (quiet) {
        opening.unlock();
      }
    }
  }

  private void breakOff() {
    Opening hanging = underWay;
    if (hanging != null) {
      try {
        hanging.breakOff();
      } catch (SQLException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was not cancelled in good order", e);
      }
    }
  }

  private synchronized void closeOnce() {
    if (!closed) {
      closed = true;
      OpenDatabase database = open;
      try (source) {
        if (database != null) {
          close(database);
        }
      } finally {
        open = null;
      }
    }
  }

  private static void close(OpenDatabase database) {
    try {
      database.pusher().ifPresent(CommitPusher::close);
    } finally {
      try {
        database.commitSignal().close();
      } finally {
        database.access().close();
      }
    }
  }
}
