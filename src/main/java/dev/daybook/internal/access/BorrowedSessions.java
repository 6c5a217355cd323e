package dev.daybook.internal.access;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DaybookException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.deadlines.OtherThread;
import dev.daybook.internal.statements.Session;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Sessions that are lent by a source, for one piece of work each. Safe for several threads. */
final class BorrowedSessions implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  /** To close a connection while a thread is in it may take a driver much longer. */
  private static final long LONGEST_RETURN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Supplier<Session> source;
  private final Set<Session> lent = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param source lends a session; closing it gives it back
   */
  BorrowedSessions(Supplier<Session> source) {
    this.source = source;
  }

  <T, X extends Exception> T with(StoreAccess.Work<T, X> work) throws X {
    Session session = borrow();
    try {
      return work.run(session);
    } finally {
      giveBack(session);
    }
  }

  /**
   * Lends a session, which must be {@linkplain #giveBack given back} or {@linkplain #end ended}. It
   * is watched until then, or until its user ends that.
   *
   * @throws ClosedException if this is closed
   */
  Session borrow() {
    requireOpen();
    Session session = lend();
    lent.add(session);
    if (closed) {
      giveBack(session);
      requireOpen();
    }
    session.watch(Deadline.current());
    return session;
  }

  /** While this is closed, a source may fail with its own exception. */
  private Session lend() {
    try {
      return OtherThread.get(source, Session::close, "a connection");
    } catch (DaybookException e) {
      requireOpen();
      throw e;
    }
  }

  /** The work is done, whatever happens to the connection. */
  void giveBack(Session session) {
    if (lent.remove(session)) {
      try {
        session.close();
      } catch (DaybookException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was not returned in good order", e);
      }
    }
  }

  /** Gives back a session with a transaction that is not to be committed. */
  void end(Session session) {
    if (lent.contains(session)) {
      try {
        session.watch(Deadline.current());
        if (session.isOpen()) {
          session.rollBack();
        }
      } finally {
        giveBack(session);
      }
    }
  }

  /**
   * Lends no more sessions, and cancels the lent ones. A caller that is using one fails, and gives
   * it back; an unused one is closed here.
   */
  @Override
  public void close() {
    closed = true;
    List.copyOf(lent).forEach(this::breakOff);
    long deadline = System.nanoTime() + LONGEST_RETURN_NANOS;
    while (!lent.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    List.copyOf(lent).forEach(this::giveBack);
  }

  private void breakOff(Session session) {
    try {
      session.breakOff();
    } catch (DaybookException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection was not cancelled in good order", e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedException("the Daybook is closed");
    }
  }
}
