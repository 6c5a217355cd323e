package dev.daybook.internal.database;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.ClosedException;
import dev.daybook.DatabaseBusyException;
import dev.daybook.DaybookException;
import dev.daybook.TransactionConflictException;
import dev.daybook.internal.sql.CommitAction;
import dev.daybook.internal.sql.Cursor;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.RequestWriter;
import dev.daybook.internal.sql.RowReader;
import dev.daybook.internal.sql.Session;
import dev.daybook.internal.sql.TransactionSql;
import dev.daybook.internal.sql.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Work on a database that lets several connections write at a time: each piece of work has a
 * connection for itself, from a source that is expected to keep them open, and gives it back at
 * once. So one that broke harms one piece of work, and the next has another.
 */
final class ParallelSessions implements StoreSessions {

  private static final System.Logger LOG = System.getLogger(ParallelSessions.class.getName());
  private static final int MOST_ATTEMPTS = 10;
  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final Supplier<Session> connect;
  private final TransactionSql sql;
  private final Optional<Rendered> limitWaiting;
  private final Map<RequestWriter<?>, WriteTurns<?>> turns = new ConcurrentHashMap<>();
  private final Set<Session> inUse = ConcurrentHashMap.newKeySet();
  private final ReentrantReadWriteLock writing = new ReentrantReadWriteLock();
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
  private volatile boolean closed;

  /**
   * @param connect lends a connection that commits by itself; closing its session gives it back
   * @param limitWaiting what each transaction that writes has to begin with
   */
  ParallelSessions(Supplier<Session> connect, TransactionSql sql, Optional<Rendered> limitWaiting) {
    this.connect = connect;
    this.limitWaiting = limitWaiting;
    this.sql = sql;
  }

  @Override
  public <T> T read(Function<Session, T> work) {
    return with(work::apply);
  }

  /** The rows come in pieces, which takes a transaction. */
  @Override
  @MustBeClosed
  public <T> Stream<T> stream(
      Rendered query,
      boolean once,
      Consumer<Prepared> parameters,
      RowReader<T> reader,
      Consumer<Session> begun) {
    Session session = borrow();
    try {
      session.begin();
      return Cursor.open(session.prepareOnce(query), parameters, reader, begun, () -> end(session));
    } catch (Throwable e) {
      giveBack(session);
      throw e;
    }
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    return untilNobodyInTheWay(() -> inTransaction(work::apply));
  }

  @Override
  public <T> T writeAtOnce(Function<Session, T> work) {
    return limitWaiting.isPresent() ? write(work) : untilNobodyInTheWay(() -> writing(work::apply));
  }

  @Override
  public <R extends WriteRequest> void write(RequestWriter<R> writer, R request) {
    requireOutside();
    boolean interrupted = Thread.interrupted();
    try {
      if (writer.fitsOneStatement(request)) {
        turns(writer).write(request);
      }
      if (!request.outcome().isKnown()) {
        interrupted |= Thread.interrupted();
        writeInTransaction(writer, request);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    request.outcome().requireWritten();
  }

  @Override
  public <T, X extends Exception> T transaction(Work<T, X> work) throws X {
    return inTransaction(work);
  }

  @Override
  public <T> T snapshot(Function<Session, T> work) {
    return with(
        session -> {
          session.begin();
          try {
            session.run(sql.beginRead());
            return work.apply(session);
          } finally {
            session.rollBack();
          }
        });
  }

  @Override
  public void requireOutside() {
    if (inside.get()) {
      throw new IllegalStateException(
          "this thread is inside a transaction of this Daybook; use with(transaction) there");
    }
  }

  @Override
  public void close() {
    requireOutside();
    writing.writeLock().lock();
    try {
      closed = true;
    } finally {
      writing.writeLock().unlock();
    }
    List.copyOf(inUse).forEach(this::abort);
  }

  /** Tries again while other transactions get in the way: then nothing was written. */
  private static <T> T untilNobodyInTheWay(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (TransactionConflictException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(attempt * SHORTEST_PAUSE_NANOS));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private <R extends WriteRequest> WriteTurns<R> turns(RequestWriter<R> writer) {
    return (WriteTurns<R>) turns.computeIfAbsent(writer, this::newTurns);
  }

  private <R extends WriteRequest> WriteTurns<R> newTurns(RequestWriter<R> writer) {
    return new WriteTurns<>(
        writer,
        new WriteTurns.Writing<>() {

          @Override
          public List<CommitAction> one(R request) {
            return writeOne(writer, request);
          }

          @Override
          public List<CommitAction> many(List<R> requests) {
            return writeMany(writer, requests);
          }
        });
  }

  private <R extends WriteRequest> List<CommitAction> writeOne(RequestWriter<R> writer, R request) {
    List<CommitAction> actions = new ArrayList<>();
    request.outcome().begin();
    Work<Boolean, RuntimeException> work = session -> writer.writeAtOnce(session, request);
    boolean written =
        untilNobodyInTheWay(
            () ->
                limitWaiting.isPresent()
                    ? writing(session -> inTransaction(session, work), actions)
                    : writing(work, actions));
    if (written) {
      request.outcome().written();
    }
    return actions;
  }

  /** If the server refuses it, it has left nothing behind, and each may go on alone. */
  private <R extends WriteRequest> List<CommitAction> writeMany(
      RequestWriter<R> writer, List<R> requests) {
    List<CommitAction> actions = new ArrayList<>();
    requests.forEach(request -> request.outcome().begin());
    try {
      writing(session -> runMany(session, writer, requests), actions);
    } catch (DatabaseBusyException e) {
      throw e;
    } catch (DaybookException e) {
      LOG.log(System.Logger.Level.DEBUG, "a transaction of several callers came to nothing", e);
    }
    return actions;
  }

  private static <R extends WriteRequest> List<R> runMany(
      Session session, RequestWriter<R> writer, List<R> requests) {
    try {
      List<R> written = writer.writeManyAtOnce(session, requests);
      written.forEach(request -> request.outcome().written());
      return written;
    } catch (Throwable e) {
      if (session.isRefusal(e)) {
        throw e;
      }
      failUnknown(session, requests, e);
      return List.of();
    }
  }

  private <R extends WriteRequest> void writeInTransaction(RequestWriter<R> writer, R request) {
    write(
        session -> {
          writer.writeAlone(session, request);
          return request;
        });
    request.outcome().written();
  }

  /** Nobody can say what became of them, and so nothing is tried again. */
  private static void failUnknown(
      Session session, List<? extends WriteRequest> requests, Throwable failure) {
    for (WriteRequest request : requests) {
      if (!request.outcome().isKnown()) {
        request.outcome().fail(session.copyOf(failure));
      }
    }
  }

  private <T, X extends Exception> T inTransaction(Work<T, X> work) throws X {
    return writing(session -> inTransaction(session, work));
  }

  private <T, X extends Exception> T inTransaction(Session session, Work<T, X> work) throws X {
    session.begin();
    try {
      limitWaiting.ifPresent(session::query);
      T result = work.run(session);
      session.commit();
      return result;
    } catch (Throwable e) {
      rollBackAfter(e, session);
      throw e;
    }
  }

  /** Runs work, and after it what it left to be done once it is committed. */
  private <T, X extends Exception> T writing(Work<T, X> work) throws X {
    List<CommitAction> actions = new ArrayList<>();
    T result = writing(work, actions);
    actions.forEach(CommitAction::released);
    return result;
  }

  /**
   * Runs work.
   *
   * @param actions gets what it left to be done once its connection is given back
   */
  private <T, X extends Exception> T writing(Work<T, X> work, List<CommitAction> actions) throws X {
    requireOutside();
    writing.readLock().lock();
    inside.set(true);
    try {
      Session session = borrow();
      try {
        T result = work.run(session);
        List<CommitAction> done = session.commitActions().take();
        done.forEach(CommitAction::committed);
        actions.addAll(done);
        return result;
      } finally {
        giveBack(session);
      }
    } finally {
      inside.remove();
      writing.readLock().unlock();
    }
  }

  private <T, X extends Exception> T with(Work<T, X> work) throws X {
    Session session = borrow();
    try {
      return work.run(session);
    } finally {
      giveBack(session);
    }
  }

  private Session borrow() {
    requireOpen();
    Session session = connect.get();
    inUse.add(session);
    if (closed) {
      giveBack(session);
      requireOpen();
    }
    return session;
  }

  /** What was done is done, whatever becomes of the connection. */
  private void giveBack(Session session) {
    if (inUse.remove(session)) {
      try {
        session.close();
      } catch (DaybookException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was not given back in good order", e);
      }
    }
  }

  private void abort(Session session) {
    if (inUse.remove(session)) {
      try {
        session.abort();
      } catch (DaybookException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was not broken off in good order", e);
      }
    }
  }

  private static void rollBackAfter(Throwable failure, Session session) {
    try {
      session.rollBack();
    } catch (DaybookException alsoFailed) {
      failure.addSuppressed(alsoFailed);
    }
  }

  private void end(Session session) {
    if (inUse.contains(session)) {
      try {
        session.rollBack();
      } finally {
        giveBack(session);
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedException("the Daybook is closed");
    }
  }
}
