package dev.daybook.cli.importing.foreign;

import dev.daybook.cli.importing.foreign.sources.SourceEvent;
import dev.daybook.cli.importing.foreign.sources.SourceRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of a source that can't be imported, and what is left out because of them. */
final class BadRows {

  /** A row that can't be imported. */
  record BadRow(String table, String key, String reason) {}

  /** Which events of a stream are imported, if not all are. */
  private record Range(long after, long to) {}

  private final List<BadRow> rows = new ArrayList<>();
  private final Map<String, Range> ranges = new HashMap<>();
  private final Set<String> snapshots = new HashSet<>();
  private final Set<String> documents = new HashSet<>();
  private final Set<Long> events = new HashSet<>();

  void add(SourceRow<?> row, String reason) {
    rows.add(new BadRow(row.table(), row.key(), reason));
  }

  /** Only these events of a stream are imported: those after a number, and up to another one. */
  void keepEvents(String streamId, long after, long to) {
    ranges.put(streamId, new Range(after, to));
  }

  /** This event alone is not imported. */
  void leaveOutEvent(SourceRow<SourceEvent> row) {
    events.add(row.place());
  }

  void leaveOutSnapshot(SourceRow<?> row) {
    snapshots.add(row.key());
  }

  void leaveOutDocument(String docId) {
    documents.add(docId);
  }

  boolean isImported(SourceRow<SourceEvent> event) {
    Range range = ranges.get(event.id());
    return !event.isBad()
        && !events.contains(event.place())
        && (range == null || (event.seq() > range.after() && event.seq() <= range.to()));
  }

  boolean isSnapshotImported(SourceRow<?> snapshot) {
    return !snapshot.isBad() && !snapshots.contains(snapshot.key());
  }

  boolean isDocumentImported(String docId) {
    return !documents.contains(docId);
  }

  List<BadRow> rows() {
    return rows;
  }
}
