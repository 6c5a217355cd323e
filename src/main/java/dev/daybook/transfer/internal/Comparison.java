package dev.daybook.transfer.internal;

import dev.daybook.internal.rows.ReadScope;
import dev.daybook.transfer.Mismatch;
import dev.daybook.transfer.StoreContent;
import dev.daybook.transfer.TransferProgress;
import dev.daybook.transfer.TransferProgress.Step;
import dev.daybook.transfer.TransferReport;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares two stores, each read once: table by table, row by row, in the order of the table's key.
 * A difference is reported as the stream, document, consumer or load that it belongs to.
 */
final class Comparison {

  private static final Map<Mismatch.Kind, List<StoredTable>> TABLES = tables();

  private record Place(Mismatch.Kind kind, String id) {}

  private final CopyStore source;
  private final CopyStore target;
  private final ReadScope from;
  private final ReadScope to;
  private final long upTo;
  private final Contents contents = new Contents();
  private final Set<Place> places = new LinkedHashSet<>();
  private List<Mismatch> mismatches = List.of();
  private long count;

  private Comparison(CopyStore source, ReadScope from, CopyStore target, ReadScope to, long upTo) {
    this.source = source;
    this.from = from;
    this.target = target;
    this.to = to;
    this.upTo = upTo;
  }

  private static Map<Mismatch.Kind, List<StoredTable>> tables() {
    Map<Mismatch.Kind, List<StoredTable>> tables = new LinkedHashMap<>();
    tables.put(
        Mismatch.Kind.STREAM,
        List.of(StoredTable.EVENT_ROWS, StoredTable.STREAM_ROWS, StoredTable.TAGS));
    tables.put(Mismatch.Kind.SNAPSHOTS, List.of(StoredTable.SNAPSHOT_ROWS));
    tables.put(Mismatch.Kind.DOCUMENT, List.of(StoredTable.METAS, StoredTable.RECORDS));
    tables.put(
        Mismatch.Kind.CONSUMER, List.of(StoredTable.CHECKPOINT_ROWS, StoredTable.DEAD_LETTER_ROWS));
    tables.put(Mismatch.Kind.LOAD, List.of(StoredTable.BULK_LOADS));
    return tables;
  }

  /**
   * Compares.
   *
   * @param upTo the source's events up to this position are compared with all of the target's
   * @param events how many events there are, for the progress
   */
  static Comparison run(
      CopyStore source,
      ReadScope from,
      CopyStore target,
      ReadScope to,
      long upTo,
      long events,
      TransferProgress progress) {
    Comparison comparison = new Comparison(source, from, target, to, upTo);
    TABLES.forEach(
        (kind, tables) ->
            tables.forEach(table -> comparison.compare(kind, table, events, progress)));
    comparison.mismatches = comparison.places.stream().map(comparison::counted).toList();
    progress.report(Step.VERIFY, events, events);
    return comparison;
  }

  private void compare(
      Mismatch.Kind kind, StoredTable table, long events, TransferProgress progress) {
    new Differences(
            table,
            source.scan(from, table, upTo),
            contents.counted(table, target.scan(to, table)),
            looked -> {
              if (table == StoredTable.EVENT_ROWS) {
                progress.report(Step.VERIFY, Math.min(looked, events), events);
              }
            })
        .find((change, row) -> differs(kind, table.id(row)));
  }

  /** Only so many are remembered; of the others each row counts. */
  private void differs(Mismatch.Kind kind, String id) {
    Place place = new Place(kind, id);
    if (!places.contains(place)) {
      count++;
      if (places.size() < TransferReport.MOST_MISMATCHES) {
        places.add(place);
      }
    }
  }

  private Mismatch counted(Place place) {
    return new Mismatch(
        place.kind(),
        place.id(),
        rows(source, from, place, upTo),
        rows(target, to, place, Long.MAX_VALUE));
  }

  private static long rows(CopyStore side, ReadScope reading, Place place, long upTo) {
    return TABLES.getOrDefault(place.kind(), List.of()).stream()
        .mapToLong(table -> side.count(reading, table, place.id(), upTo))
        .sum();
  }

  /** What the target has. */
  StoreContent content() {
    return contents.content();
  }

  List<Mismatch> mismatches() {
    return mismatches;
  }

  long count() {
    return count;
  }
}
