package dev.daybook.internal.access;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.TransactionConflictException;
import dev.daybook.internal.access.PooledTransactions.Transaction;
import dev.daybook.internal.groupcommit.GroupCommit;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Session;
import java.util.List;
import java.util.function.Supplier;

/** Requests of one kind, each of which fits one statement, and so do several of them. */
final class PooledGroupWriter<R extends WriteRequest> implements GroupCommit.Writing<R> {

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  private final PooledTransactions transactions;
  private final RequestWriter<R> writer;

  PooledGroupWriter(PooledTransactions transactions, RequestWriter<R> writer) {
    this.transactions = transactions;
    this.writer = writer;
  }

  @Override
  public List<CommitAction> one(R request) {
    ConflictRetries retries = new ConflictRetries();
    while (true) {
      try (Transaction transaction = transactions.beginIfNeeded()) {
        request.outcome().begin();
        boolean written = writer.writeAtOnce(transaction.session(), request);
        List<CommitAction> actions = transaction.commit();
        if (written) {
          request.outcome().written();
        } else {
          refuse(transaction.session(), List.of(request));
        }
        return actions;
      } catch (TransactionConflictException e) {
        retries.pause(e);
      }
    }
  }

  /** If the server refuses it, nothing of it was written, and each request is written alone. */
  @Override
  public List<CommitAction> many(Supplier<List<R>> begin) {
    try (Transaction transaction = transactions.lend()) {
      List<R> requests = begin.get();
      requests.forEach(request -> request.outcome().begin());
      writeMany(transaction.session(), requests);
      List<CommitAction> actions = transaction.commit();
      refuse(transaction.session(), requests);
      return actions;
    } catch (DatabaseBusyException e) {
      throw e;
    } catch (DaybookException e) {
      LOG.log(System.Logger.Level.DEBUG, "a transaction of several callers failed", e);
      return List.of();
    }
  }

  private void writeMany(Session session, List<R> requests) {
    try {
      List<R> written = writer.writeManyAtOnce(session, requests);
      written.forEach(request -> request.outcome().written());
    } catch (Throwable e) {
      if (session.isRefusal(e)) {
        throw e;
      }
      failUnknown(session, requests, e);
    }
  }

  /** Those that this can't say anything of are written alone. */
  private void refuse(Session session, List<R> requests) {
    List<R> unwritten = requests.stream().filter(request -> !request.outcome().isKnown()).toList();
    if (unwritten.isEmpty()) {
      return;
    }
    try {
      writer.refuse(session, unwritten);
    } catch (DaybookException e) {
      LOG.log(System.Logger.Level.DEBUG, "could not read why requests were not written", e);
    }
  }

  /**
   * Their outcome is unknown, and so nothing is retried. The failure may be that the deadline of
   * this thread's call has passed, whose request is the first.
   */
  private void failUnknown(Session session, List<R> requests, Throwable failure) {
    R own = requests.get(0);
    for (R request : requests) {
      if (!request.outcome().isKnown()) {
        request.outcome().fail(request == own ? failure : session.copyOf(failure));
      }
    }
  }
}
