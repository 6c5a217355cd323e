package dev.daybook.internal.access;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.DaybookException;
import dev.daybook.internal.groupcommit.GroupCommit;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Session;
import java.util.ArrayList;
import java.util.List;

/** Requests of one kind, each of which fits one statement, and so do several of them. */
final class PooledGroupWriter<R extends WriteRequest> implements GroupCommit.Writing<R> {

  private static final System.Logger LOG = System.getLogger(PooledGroupWriter.class.getName());

  private final RetryingTransactions transactions;
  private final RequestWriter<R> writer;

  PooledGroupWriter(RetryingTransactions transactions, RequestWriter<R> writer) {
    this.transactions = transactions;
    this.writer = writer;
  }

  @Override
  public List<CommitAction> one(R request) {
    List<CommitAction> actions = new ArrayList<>();
    request.outcome().begin();
    boolean written =
        transactions.untilNobodyInTheWay(session -> writer.writeAtOnce(session, request), actions);
    if (written) {
      request.outcome().written();
    }
    return actions;
  }

  /** If the server refuses it, it has left nothing behind, and each may go on alone. */
  @Override
  public List<CommitAction> many(List<R> requests) {
    List<CommitAction> actions = new ArrayList<>();
    requests.forEach(request -> request.outcome().begin());
    try {
      transactions.committing(session -> writeMany(session, requests), actions);
    } catch (DatabaseBusyException e) {
      throw e;
    } catch (DaybookException e) {
      LOG.log(System.Logger.Level.DEBUG, "a transaction of several callers came to nothing", e);
    }
    return actions;
  }

  private List<R> writeMany(Session session, List<R> requests) {
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

  /** Nobody can say what became of them, and so nothing is tried again. */
  private void failUnknown(Session session, List<R> requests, Throwable failure) {
    for (R request : requests) {
      if (!request.outcome().isKnown()) {
        request.outcome().fail(session.copyOf(failure));
      }
    }
  }
}
