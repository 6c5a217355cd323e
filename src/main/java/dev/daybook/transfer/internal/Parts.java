package dev.daybook.transfer.internal;

import dev.daybook.internal.rows.RowHash;
import dev.daybook.internal.sql.PrefixRange;
import dev.daybook.transfer.Mismatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a store has of one kind, in the order of the ids: all rows of a stream are one part. */
final class Parts {

  /**
   * All that a store has under one id.
   *
   * @param rows how many rows
   * @param hash a hash over them
   */
  record Part(String id, long rows, String hash) {}

  private final Map<StoredTable, Scan> scans = new LinkedHashMap<>();
  private final Map<StoredTable, Long> counts;

  /**
   * @param counts is told how many rows of each table there were
   */
  Parts(Side side, Reading reading, Mismatch.Kind kind, long upTo, Map<StoredTable, Long> counts) {
    this.counts = counts;
    tables(kind).forEach(table -> scans.put(table, side.scan(reading, table, upTo)));
  }

  /** The next part; {@code null} at the end. */
  @Nullable Part next() {
    String id = firstId();
    if (id == null) {
      return null;
    }
    RowHash hash = new RowHash();
    long rows = 0;
    for (Map.Entry<StoredTable, Scan> scan : scans.entrySet()) {
      int ofTable = take(id, scan.getKey(), scan.getValue(), hash);
      hash.add(ofTable);
      rows += ofTable;
    }
    return new Part(id, rows, hash.hex());
  }

  private static List<StoredTable> tables(Mismatch.Kind kind) {
    return switch (kind) {
      case STREAM ->
          List.of(StoredTable.STREAM_ROWS, StoredTable.EVENTS_OF_STREAMS, StoredTable.TAGS);
      case SNAPSHOTS -> List.of(StoredTable.STATES);
      case DOCUMENT -> List.of(StoredTable.METAS, StoredTable.RECORDS);
      case CONSUMER -> List.of(StoredTable.CONSUMERS, StoredTable.LETTERS);
    };
  }

  private @Nullable String firstId() {
    List<String> ids = new ArrayList<>();
    scans.forEach(
        (table, scan) -> {
          List<@Nullable Object> row = scan.peek();
          if (row != null) {
            ids.add(id(table, row));
          }
        });
    return ids.stream().min(PrefixRange::compare).orElse(null);
  }

  private int take(String id, StoredTable table, Scan scan, RowHash hash) {
    int rows = 0;
    List<@Nullable Object> row = scan.peek();
    while (row != null && id(table, row).equals(id)) {
      hash.add(row);
      rows++;
      scan.poll();
      row = scan.peek();
    }
    counts.merge(table, (long) rows, Long::sum);
    return rows;
  }

  private static String id(StoredTable table, List<@Nullable Object> row) {
    return (String) table.key(row).get(0);
  }
}
