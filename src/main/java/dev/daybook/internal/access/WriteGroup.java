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
 * requests are written one by one, so that whoever is to blame fails alone. If the commit fails,
 * nobody can say what became of it, and so nothing is tried again.
 */
final class WriteGroup {

  private final Session session;
  private final WriterTransaction transaction;
  private final List<WriteQueue.Entry<?>> entries;
  private final List<CommitAction> actions = new ArrayList<>();

  WriteGroup(Session session, WriterTransaction transaction, List<WriteQueue.Entry<?>> entries) {
    this.session = session;
    this.transaction = transaction;
    this.entries = entries;
  }

  /**
   * Gives each request its outcome.
   *
   * @return what is left to be done once the writer is free
   */
  List<CommitAction> write() {
    if (entries.size() == 1) {
      writeAlone(entries.get(0));
    } else {
      writeTogether();
    }
    return actions;
  }

  private <R extends WriteRequest> void writeAlone(WriteQueue.Entry<R> entry) {
    Outcome outcome = entry.outcome();
    try {
      transaction.begin();
      entry.writer().writeAlone(session, entry.request());
      transaction.commit();
    } catch (Throwable e) {
      transaction.rollBack(e);
      outcome.fail(e);
      return;
    }
    outcome.written();
    tellCommitted();
  }

  private void writeTogether() {
    try {
      transaction.begin();
    } catch (Throwable e) {
      transaction.rollBack(e);
      failAll(e);
      return;
    }
    try {
      for (Map.Entry<RequestWriter<?>, List<WriteRequest>> kind : byKind().entrySet()) {
        write(kind.getKey(), kind.getValue());
      }
    } catch (Throwable e) {
      transaction.rollBack(e);
      entries.forEach(this::writeAlone);
      return;
    }
    commit();
  }

  /** Who has failed already may have failed on what another one wrote, and that may be gone. */
  private void commit() {
    List<WriteQueue.Entry<?>> failed = new ArrayList<>();
    try {
      entries.stream().filter(entry -> entry.outcome().hasFailed()).forEach(failed::add);
      transaction.commit();
    } catch (Throwable e) {
      transaction.rollBack(e);
      failAll(e);
      failed.forEach(this::writeAlone);
      return;
    }
    entries.forEach(entry -> entry.outcome().written());
    tellCommitted();
  }

  private Map<RequestWriter<?>, List<WriteRequest>> byKind() {
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

  /** Each with an exception of its own, as far as that is possible. */
  private void failAll(Throwable failure) {
    entries.forEach(entry -> entry.outcome().fail(session.copyOf(failure)));
  }
}
