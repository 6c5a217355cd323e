package dev.daybook.internal.database;

import dev.daybook.ClosedException;
import dev.daybook.internal.sql.Cleaning;
import dev.daybook.internal.sql.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The connections that read. There is always one to be had: a stream that is kept open makes nobody
 * wait. A few stay open between uses.
 */
final class Readers implements AutoCloseable {

  /** How many are kept open between uses. */
  static final int MOST_IDLE = 4;

  private final Supplier<Session> connect;
  private final Deque<Session> idle = new ArrayDeque<>();
  private final Set<Session> inUse = new HashSet<>();
  private boolean closed;

  Readers(Supplier<Session> connect) {
    this.connect = connect;
  }

  Session borrow() {
    synchronized (this) {
      requireOpen();
      Session session = idle.pollFirst();
      if (session != null) {
        inUse.add(session);
        return session;
      }
    }
    Session session = connect.get();
    synchronized (this) {
      if (!closed) {
        inUse.add(session);
        return session;
      }
    }
    session.close();
    throw new ClosedException("the Daybook is closed");
  }

  /** Runs work on one of them. */
  <T> T using(Function<Session, T> work) {
    Session session = borrow();
    try {
      return work.apply(session);
    } finally {
      giveBack(session);
    }
  }

  /** One that was broken off meanwhile is of no use to the next. */
  void giveBack(Session session) {
    synchronized (this) {
      boolean ours = inUse.remove(session);
      if (!ours) {
        return;
      }
      if (idle.size() < MOST_IDLE && session.isOpen()) {
        idle.addFirst(session);
        return;
      }
    }
    session.close();
  }

  /** Closes all connections; those that somebody is still reading from are broken off. */
  @Override
  public void close() {
    List<Runnable> closing = new ArrayList<>();
    synchronized (this) {
      closed = true;
      idle.forEach(session -> closing.add(session::close));
      inUse.forEach(session -> closing.add(session::abort));
      idle.clear();
      inUse.clear();
    }
    Cleaning.all(closing);
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedException("the Daybook is closed");
    }
  }
}
