package dev.daybook.internal.access;

import dev.daybook.error.ClosedException;
import dev.daybook.internal.deadlines.OtherThread;
import dev.daybook.internal.dialect.CacheBudget;
import dev.daybook.internal.dialect.CacheShare;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections that read. A caller always gets one: an open stream makes no other reader wait.
 * As many as share the cache stay open between uses. Of those that are free the one with the
 * largest cache is used, so that one reader alone always finds what it has read before.
 */
public final class ReaderPool implements AutoCloseable {

  private final Function<CacheShare, Session> connect;
  private final Queue<CacheShare> freeShares = new PriorityQueue<>();

  /** Of all sessions that are open. */
  private final Map<Session, CacheShare> shares = new HashMap<>();

  /** Those with the largest cache come first, and of equal ones what was used last. */
  private final List<Session> idle = new ArrayList<>();

  private final Set<Session> inUse = new HashSet<>();
  private boolean closed;

  public ReaderPool(Function<CacheShare, Session> connect) {
    this.connect = connect;
    freeShares.add(CacheShare.FIRST_READER);
    freeShares.addAll(Collections.nCopies(CacheBudget.READERS - 1, CacheShare.NEXT_READER));
  }

  Session borrow() {
    CacheShare share;
    synchronized (this) {
      requireOpen();
      if (!idle.isEmpty() && freeShares.peek() != CacheShare.FIRST_READER) {
        return use(idle.remove(0));
      }
      share = freeShares.isEmpty() ? CacheShare.EXTRA_READER : freeShares.remove();
    }
    return connect(share);
  }

  /** A session for a caller that keeps it long and reads very little. */
  Session borrowToWatch() {
    synchronized (this) {
      requireOpen();
      int last = idle.size() - 1;
      if (last >= 0 && share(idle.get(last)) != CacheShare.FIRST_READER) {
        return use(idle.remove(last));
      }
    }
    return connect(CacheShare.EXTRA_READER);
  }

  /** Runs work that reads next to nothing. */
  <T> T watching(Function<Session, T> work) {
    Session session = borrowToWatch();
    try {
      return work.apply(session);
    } finally {
      giveBack(session);
    }
  }

  private Session connect(CacheShare share) {
    Session session;
    try {
      session = OtherThread.get(() -> connect.apply(share), Session::close, "a connection");
    } catch (Throwable e) {
      free(share);
      throw e;
    }
    synchronized (this) {
      if (!closed) {
        shares.put(session, share);
        return use(session);
      }
    }
    session.close();
    throw new ClosedException("the Daybook is closed");
  }

  private Session use(Session session) {
    inUse.add(session);
    return session;
  }

  /** A session that was cancelled meanwhile can't be used again. */
  void giveBack(Session session) {
    Session superfluous;
    synchronized (this) {
      boolean ours = inUse.remove(session);
      if (!ours) {
        return;
      }
      superfluous = session.isOpen() ? keep(session) : session;
      if (superfluous != null) {
        free(shares.remove(superfluous));
      }
    }
    if (superfluous != null) {
      superfluous.close();
    }
  }

  /** Returns the one with the smallest cache if it is one too many. */
  private @Nullable Session keep(Session session) {
    CacheShare share = share(session);
    int place = 0;
    while (place < idle.size() && share(idle.get(place)).compareTo(share) < 0) {
      place++;
    }
    idle.add(place, session);
    return idle.size() > CacheBudget.READERS ? idle.remove(idle.size() - 1) : null;
  }

  private CacheShare share(Session session) {
    return Objects.requireNonNull(shares.get(session));
  }

  private synchronized void free(@Nullable CacheShare share) {
    if (share != null && share != CacheShare.EXTRA_READER) {
      freeShares.add(share);
    }
  }

  /** Closes all connections; reads in progress are cancelled. */
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
