package dev.daybook.cli.importing.foreign;

import dev.daybook.Daybook;
import dev.daybook.cli.importing.foreign.ForeignMark.Phase;
import dev.daybook.cli.importing.foreign.sources.ForeignSource;
import dev.daybook.cli.importing.foreign.sources.SourceEvent;
import dev.daybook.cli.importing.foreign.sources.SourceRow;
import dev.daybook.cli.importing.foreign.sources.SourceRows;
import dev.daybook.internal.rows.PrefixRange;
import dev.daybook.journal.Append;
import dev.daybook.journal.BulkLoad;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.snapshot.internal.EncodedSnapshots;
import dev.daybook.snapshot.internal.SnapshotRows;
import dev.daybook.stream.Streams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what can be imported of a source: first the high-water marks of streams whose beginning
 * was deleted, then the events in the order in which they were written, the snapshots, the
 * documents, the checkpoints and the tombstones. Events commit together with the progress. All else
 * is written before its progress, and can be written again: so whatever interrupts an import, the
 * next run writes what is missing.
 */
final class ForeignImporter {

  /** The most bytes in one transaction, however many rows that are. */
  static final long BATCH_BYTES = 4L << 20;

  /** Gets the progress: how many events have been written. */
  interface Listener {
    void progress(Phase phase, long done);
  }

  private final Daybook daybook;
  private final ForeignSource source;
  private final Map<String, Long> givenMarks;
  private final Survey survey;
  private final BulkLoad<EncodedEvent> load;
  private final int batchSize;
  private final Listener listener;
  private ForeignMark mark;

  ForeignImporter(
      Daybook daybook,
      ForeignSource source,
      Map<String, Long> givenMarks,
      Survey survey,
      BulkLoad<EncodedEvent> load,
      ForeignMark mark,
      int batchSize,
      Listener listener) {
    this.daybook = daybook;
    this.source = source;
    this.givenMarks = givenMarks;
    this.survey = survey;
    this.load = load;
    this.mark = mark;
    this.batchSize = batchSize;
    this.listener = listener;
  }

  /** Writes what is not written yet. */
  void run() {
    if (mark.phase() == Phase.MARKS) {
      raiseMarks();
      commit(List.of(), 1, mark.at(Phase.EVENTS, ""));
    }
    if (mark.phase() == Phase.EVENTS) {
      events();
      commit(List.of(), 1, mark.at(Phase.SNAPSHOTS, ""));
    }
    if (mark.phase() == Phase.SNAPSHOTS) {
      snapshots();
      commit(List.of(), 1, mark.at(Phase.DOCUMENTS, ""));
    }
    if (mark.phase() == Phase.DOCUMENTS) {
      try (DocumentImport documents =
          new DocumentImport(
              daybook,
              id -> isDone(id) || !survey.bad().isDocumentImported(id),
              batchSize,
              (whole, last) -> commit(List.of(), whole, mark.at(Phase.DOCUMENTS, last)))) {
        new SourceWalk(source, Map.of()).documents(documents, new BadRows());
        documents.finish();
      }
      commit(List.of(), 1, mark.at(Phase.CHECKPOINTS, ""));
    }
    if (mark.phase() == Phase.CHECKPOINTS) {
      ConsumerPositions.of(daybook, source, survey.bad()).forEach(daybook.checkpoints()::save);
      commit(List.of(), 1, mark.at(Phase.TOMBSTONES, ""));
    }
    if (mark.phase() == Phase.TOMBSTONES) {
      tombstones();
      commit(List.of(), 1, mark.at(Phase.DONE, ""));
    }
  }

  /** Last, because a tombstoned stream takes nothing any more. */
  private void tombstones() {
    Streams streams = daybook.streams();
    new SourceWalk(source, givenMarks)
        .streams(
            new SourceVisitor() {
              @Override
              public void tombstone(String id, String reason) {
                if (reason.isEmpty()) {
                  streams.tombstone(id);
                } else {
                  streams.tombstone(id, reason);
                }
              }
            },
            new BadRows());
  }

  private boolean isDone(String docId) {
    return !mark.cursor().isEmpty() && PrefixRange.compare(docId, mark.cursor()) <= 0;
  }

  private void commit(List<Append<EncodedEvent>> appends, long rows, ForeignMark next) {
    load.append(appends, load.progress().offset() + Math.max(1, rows), next.note());
    mark = next;
    listener.progress(next.phase(), load.progress().events());
  }

  /** Streams that begin with number 1 need none. */
  private void raiseMarks() {
    String done = mark.cursor();
    Map<String, Long> batch = new LinkedHashMap<>();
    new SourceWalk(source, givenMarks)
        .streams(
            new SourceVisitor() {
              private long first;
              private boolean hasEvents;

              @Override
              public void stream(String id, long before) {
                first = before;
                hasEvents = false;
              }

              @Override
              public void event(SourceEvent event) {
                hasEvents = true;
              }

              @Override
              public void endStream(String id, long last) {
                long raised = hasEvents ? first : last;
                if (raised > 0 && (done.isEmpty() || PrefixRange.compare(id, done) > 0)) {
                  batch.put(id, raised);
                  if (batch.size() >= batchSize) {
                    raise(batch, id);
                  }
                }
              }
            },
            new BadRows());
    if (!batch.isEmpty()) {
      raise(batch, "");
    }
  }

  private void raise(Map<String, Long> marks, String last) {
    daybook.transaction(
        transaction ->
            marks.forEach(
                (id, seq) -> daybook.within(transaction).rawJournal().raiseHighWaterMark(id, seq)));
    commit(List.of(), marks.size(), mark.at(Phase.MARKS, last));
    marks.clear();
  }

  private void events() {
    long done = number(mark.cursor());
    List<SourceEvent> batch = new ArrayList<>();
    long bytes = 0;
    long place = done;
    try (SourceRows<SourceEvent> rows = source.events(ForeignSource.Order.WRITTEN)) {
      for (SourceRow<SourceEvent> row = rows.poll(); row != null; row = rows.poll()) {
        if (row.place() > done && survey.bad().isImported(row)) {
          SourceEvent event = row.good();
          boolean isFull = batch.size() >= batchSize || bytes >= BATCH_BYTES;
          if (isFull && !event.continues(batch.get(batch.size() - 1))) {
            commit(appends(batch), batch.size(), mark.at(Phase.EVENTS, Long.toString(place)));
            batch.clear();
            bytes = 0;
          }
          batch.add(event);
          bytes += event.bytes();
          place = row.place();
        }
      }
    }
    if (!batch.isEmpty()) {
      commit(appends(batch), batch.size(), mark.at(Phase.EVENTS, Long.toString(place)));
    }
  }

  /** Events that were appended under one key are one append. */
  private static List<Append<EncodedEvent>> appends(List<SourceEvent> events) {
    List<Append<EncodedEvent>> appends = new ArrayList<>();
    int begin = 0;
    for (int i = 1; i <= events.size(); i++) {
      if (i == events.size() || !events.get(i).continues(events.get(i - 1))) {
        appends.add(SourceEvent.append(events.subList(begin, i)));
        begin = i;
      }
    }
    return appends;
  }

  private void snapshots() {
    EncodedSnapshots store = EncodedSnapshots.of(daybook.snapshots(Object.class));
    long done = number(mark.cursor());
    long count = 0;
    long bytes = 0;
    List<SnapshotRows.Stored> batch = new ArrayList<>();
    try (SourceRows<SnapshotRows.Stored> rows = source.snapshots()) {
      for (SourceRow<SnapshotRows.Stored> row = rows.poll(); row != null; row = rows.poll()) {
        count++;
        if (count > done && survey.bad().isSnapshotImported(row)) {
          batch.add(row.good());
          bytes += row.good().payload().bytes().length;
          if (batch.size() >= batchSize || bytes >= BATCH_BYTES) {
            save(store, batch, count);
            bytes = 0;
          }
        }
      }
    }
    if (!batch.isEmpty()) {
      save(store, batch, count);
    }
  }

  private void save(EncodedSnapshots store, List<SnapshotRows.Stored> batch, long count) {
    store.save(batch);
    commit(List.of(), batch.size(), mark.at(Phase.SNAPSHOTS, Long.toString(count)));
    batch.clear();
  }

  private static long number(String cursor) {
    return cursor.isEmpty() ? Long.MIN_VALUE : Long.parseLong(cursor);
  }
}
