package dev.daybook.internal.access;

import dev.daybook.internal.groupcommit.Outcome;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteQueue;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests that are written in one transaction, and come out of it each with its own outcome. None
 * is answered before the commit. If a statement fails, the transaction is rolled back and the
 * requests are written one by one, so that only the request that causes the failure fails. If the
 * commit fails, its outcome is unknown, and so nothing is retried.
 */
final class WriteGroup {

  private final Session session;
  private final WriterTransaction transaction;
  private final List<CommitAction> actions = new ArrayList<>();

  WriteGroup(Session session, WriterTransaction transaction) {
    this.session = session;
    this.transaction = transaction;
  }

  /** What is left to be done once the writer is free. */
  List<CommitAction> actions() {
    return actions;
  }

  /** Writes a request in its own transaction again, and gives it its outcome. */
  private void writeAgain(WriteQueue.Entry<?> entry) {
    entry.outcome().begin();
    try {
      transaction.beginForOthers();
    } catch (Throwable e) {
      transaction.rollBack(e);
      entry.outcome().fail(e);
      return;
    }
    writeAlone(entry);
  }

  /** Writes a request in the transaction that has begun, and gives it its outcome. */
  <R extends WriteRequest> void writeAlone(WriteQueue.Entry<R> entry) {
    Outcome outcome = entry.outcome();
    outcome.begin();
    try {
      entry.writer().write(session, List.of(entry.request()));
      outcome.requireNotFailed();
      transaction.commit();
    } catch (Throwable e) {
      transaction.rollBack(e);
      outcome.fail(e);
      return;
    }
    outcome.written();
    tellCommitted();
  }

  /** Writes requests in the transaction that has begun, and gives each its outcome. */
  void writeTogether(List<WriteQueue.Entry<?>> entries) {
    try {
      byKind(entries).forEach(this::write);
    } catch (Throwable e) {
      transaction.rollBack(e);
      entries.forEach(this::writeAgain);
      return;
    }
    commit(entries);
  }

  /**
   * A failed request may have failed because of what another one wrote, and that was rolled back.
   */
  private void commit(List<WriteQueue.Entry<?>> entries) {
    List<WriteQueue.Entry<?>> failed = new ArrayList<>();
    try {
      entries.stream().filter(entry -> entry.outcome().hasFailed()).forEach(failed::add);
      transaction.commit();
    } catch (Throwable e) {
      transaction.rollBack(e);
      failAll(entries, e);
      failed.forEach(this::writeAgain);
      return;
    }
    entries.forEach(entry -> entry.outcome().written());
    tellCommitted();
  }

  private static Map<RequestWriter<?>, List<WriteRequest>> byKind(
      List<WriteQueue.Entry<?>> entries) {
    Map<RequestWriter<?>, List<WriteRequest>> kinds = new LinkedHashMap<>();
    for (WriteQueue.Entry<?> entry : entries) {
      entry.outcome().begin();
      kinds.computeIfAbsent(entry.writer(), writer -> new ArrayList<>()).add(entry.request());
    }
    return kinds;
  }

  /** What has the same writer is of the same kind. */
  @SuppressWarnings("unchecked")
  private <R extends WriteRequest> void write(
      RequestWriter<R> writer, List<? extends WriteRequest> requests) {
    writer.write(session, (List<R>) requests);
  }

  private void tellCommitted() {
    List<CommitAction> done = session.commitActions().take();
    done.forEach(CommitAction::committed);
    actions.addAll(done);
  }

  /** Fails each with its own exception, as far as that is possible. */
  void failAll(List<WriteQueue.Entry<?>> entries, Throwable failure) {
    entries.forEach(entry -> entry.outcome().fail(session.copyOf(failure)));
  }
}
