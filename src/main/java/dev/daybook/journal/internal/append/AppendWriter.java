package dev.daybook.journal.internal.append;

import dev.daybook.error.DaybookException;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.observation.ObservedCommit;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.Appended;
import dev.daybook.journal.internal.read.StreamRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the appends of all journals of one Daybook. */
final class AppendWriter implements RequestWriter<AppendRequest<?>> {

  private final WritableJournal journal;

  AppendWriter(WritableJournal journal) {
    this.journal = journal;
  }

  @Override
  public void write(Session session, List<AppendRequest<?>> requests) {
    List<Appended> appended = announce(session);
    Optional<ObservedCommit> observed = ObservedCommit.begin(journal.observers());
    Appender appender = new Appender(session, journal.statements(), journal.writer());
    appended.addAll(appender.run(requests));
    observed.ifPresent(commit -> written(session, commit, requests));
  }

  /** One stream, no idempotency key, and nothing that depends on an unknown sequence number. */
  @Override
  public boolean fitsOneStatement(AppendRequest<?> request) {
    return journal.parallelWriter().isPresent() && OneStatementAppend.takes(request);
  }

  @Override
  public boolean writeAtOnce(Session session, AppendRequest<?> request) {
    OneStatementAppend appender = new OneStatementAppend(announce(session));
    Optional<ObservedCommit> observed = ObservedCommit.begin(journal.observers());
    appender.add(request);
    boolean written = appender.writeOne(session, parallelWriter());
    if (written) {
      observed.ifPresent(commit -> written(session, commit, List.of(request)));
    }
    return written;
  }

  @Override
  public List<AppendRequest<?>> writeManyAtOnce(Session session, List<AppendRequest<?>> requests) {
    OneStatementAppend appender = new OneStatementAppend(announce(session));
    Optional<ObservedCommit> observed = ObservedCommit.begin(journal.observers());
    requests.forEach(appender::add);
    List<AppendRequest<?>> written = appender.writeAll(session, parallelWriter());
    observed.ifPresent(commit -> written(session, commit, written));
    return written;
  }

  /** Observers get those that have not failed, once they are committed. */
  private static void written(
      Session session, ObservedCommit commit, List<AppendRequest<?>> requests) {
    for (AppendRequest<?> request : requests) {
      if (!request.outcome().hasFailed()) {
        request.addTo(commit);
      }
    }
    session.commitActions().add(commit);
  }

  /** Of those that fit one statement, by their streams' rows. */
  @Override
  public void refuse(Session session, List<AppendRequest<?>> requests) {
    Map<String, Optional<StreamRow>> rows = new HashMap<>();
    for (AppendRequest<?> request : requests) {
      PendingAppend<?> append = request.appends().get(0);
      Optional<StreamRow> row =
          rows.computeIfAbsent(append.streamId(), id -> journal.findStream(session, id));
      try {
        row.ifPresent(StreamRow::requireWritable);
        append.requireFits(row.map(StreamRow::lastSeq).orElse(0L));
      } catch (DaybookException e) {
        request.outcome().fail(e);
      }
    }
  }

  private ArrayEventWriter parallelWriter() {
    return journal.parallelWriter().orElseThrow();
  }

  /**
   * Watchers are notified of the end of the transaction, whatever its outcome: while it is open, it
   * may hold readers back.
   *
   * @return collects what listeners receive once it is committed
   */
  private List<Appended> announce(Session session) {
    List<Appended> appended = new ArrayList<>();
    session.commitActions().add(journal.announcing(appended));
    return appended;
  }
}
