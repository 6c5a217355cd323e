package dev.daybook.internal.access;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.TransactionConflictException;
import dev.daybook.internal.access.PooledTransactions.Transaction;
import dev.daybook.internal.groupcommit.GroupCommit;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Cursor;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.TransactionSql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Work on a database that lets several connections write at a time: each piece of work has a
 * connection for itself, from a source that is expected to keep them open, and gives it back at
 * once. So one that broke harms one piece of work, and the next has another.
 */
public final class PooledAccess implements StoreAccess {

  private final BorrowedSessions sessions;
  private final PooledTransactions transactions;
  private final Optional<Script> readCommitted;
  private final TransactionSql sql;
  private final Map<RequestWriter<?>, GroupCommit<?>> groupCommits = new ConcurrentHashMap<>();

  /**
   * @param connect lends a connection that commits by itself; closing its session gives it back
   * @param readCommitted the first statement of each transaction, if one is needed
   * @param limitWaiting the next statement of a transaction that writes, if one is needed
   */
  public PooledAccess(
      Supplier<Session> connect,
      TransactionSql sql,
      Optional<Script> readCommitted,
      Optional<Script> limitWaiting) {
    this.sessions = new BorrowedSessions(connect);
    this.transactions =
        new PooledTransactions(
            sessions,
            sql.commit(),
            Stream.of(readCommitted, limitWaiting).flatMap(Optional::stream).toList());
    this.readCommitted = readCommitted;
    this.sql = sql;
  }

  @Override
  public <T> T read(Function<Session, T> work) {
    return sessions.with(work::apply);
  }

  /** The rows come in pieces, which takes a transaction. */
  @Override
  @MustBeClosed
  public <T> Stream<T> stream(RowQuery<T> reading) {
    Session session = sessions.borrow();
    try {
      session.begin();
      readCommitted.ifPresent(session::perform);
      return Cursor.openAhead(session, reading, () -> sessions.end(session));
    } catch (Throwable e) {
      sessions.giveBack(session);
      throw e;
    }
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    return untilNoConflict(transactions::begin, work);
  }

  @Override
  public <T> T writeAtOnce(Function<Session, T> work) {
    return untilNoConflict(transactions::beginIfNeeded, work);
  }

  @Override
  public <R extends WriteRequest> void write(RequestWriter<R> writer, R request) {
    requireOutside();
    if (writer.fitsOneStatement(request)) {
      groupCommit(writer).write(request);
    }
    if (!request.outcome().isKnown()) {
      writeInTransaction(writer, request).forEach(CommitAction::released);
    }
    request.outcome().requireWritten();
  }

  @Override
  public <T, X extends Exception> T transaction(Work<T, X> work) throws X {
    return once(transactions::begin, work);
  }

  @Override
  public <T> T snapshot(Function<Session, T> work) {
    return sessions.with(
        session -> {
          session.begin();
          try {
            session.run(sql.beginRead());
            T result = work.apply(session);
            session.rollBack();
            return result;
          } catch (Throwable e) {
            Cleaning.after(e, session::rollBack);
            throw e;
          }
        });
  }

  @Override
  public int waitingWrites() {
    return groupCommits.values().stream().mapToInt(GroupCommit::waiting).sum();
  }

  @Override
  public boolean readsBesideWrites() {
    return true;
  }

  @Override
  public void requireOutside() {
    transactions.requireOutside();
  }

  @Override
  public void close() {
    transactions.close();
  }

  @SuppressWarnings("unchecked")
  private <R extends WriteRequest> GroupCommit<R> groupCommit(RequestWriter<R> writer) {
    return (GroupCommit<R>) groupCommits.computeIfAbsent(writer, this::newGroupCommit);
  }

  private <R extends WriteRequest> GroupCommit<R> newGroupCommit(RequestWriter<R> writer) {
    return new GroupCommit<>(writer, new PooledGroupWriter<>(transactions, writer));
  }

  /**
   * Writes a request step by step.
   *
   * @return what is left to be done
   */
  private <R extends WriteRequest> List<CommitAction> writeInTransaction(
      RequestWriter<R> writer, R request) {
    ConflictRetries retries = new ConflictRetries();
    while (true) {
      try (Transaction transaction = transactions.begin()) {
        request.outcome().begin();
        writer.write(transaction.session(), List.of(request));
        request.outcome().requireNotFailed();
        List<CommitAction> actions = transaction.commit();
        request.outcome().written();
        return actions;
      } catch (TransactionConflictException e) {
        retries.pause(e);
      }
    }
  }

  private static <T> T untilNoConflict(Supplier<Transaction> begin, Function<Session, T> work) {
    ConflictRetries retries = new ConflictRetries();
    while (true) {
      try {
        return once(begin, work::apply);
      } catch (TransactionConflictException e) {
        retries.pause(e);
      }
    }
  }

  private static <T, X extends Exception> T once(Supplier<Transaction> begin, Work<T, X> work)
      throws X {
    T result;
    List<CommitAction> actions;
    try (Transaction transaction = begin.get()) {
      result = work.run(transaction.session());
      actions = transaction.commit();
    }
    actions.forEach(CommitAction::released);
    return result;
  }
}
