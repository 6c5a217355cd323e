package dev.daybook.transfer.internal;

import dev.daybook.internal.rows.RowHash;
import dev.daybook.transfer.StoreContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts and hashes all rows of a store, table by table, each in the order of its key. */
final class Contents {

  private final Map<StoredTable, Long> counts = new HashMap<>();
  private final RowHash hash = new RowHash();

  /** All that a store has. */
  static StoreContent of(Side side, ReadingSessions reading) {
    Contents contents = new Contents();
    for (StoredTable table : StoredTable.ALL) {
      try (Scan scan = contents.counted(table, side.scan(reading, table))) {
        while (scan.poll() != null) {}
      }
    }
    return contents.content();
  }

  /** The same rows, which are counted and hashed as they are taken. */
  Scan counted(StoredTable table, Scan scan) {
    counts.put(table, 0L);
    return scan.telling(row -> add(table, row));
  }

  private void add(StoredTable table, List<@Nullable Object> row) {
    counts.merge(table, 1L, Long::sum);
    hash.add(row);
  }

  /** What there is; to be asked for once, at the end. */
  StoreContent content() {
    for (StoredTable table : StoredTable.ALL) {
      hash.add(List.of(count(table)));
    }
    return new StoreContent(
        count(StoredTable.STREAM_ROWS),
        count(StoredTable.JOURNAL),
        count(StoredTable.TAGS),
        count(StoredTable.STATES),
        count(StoredTable.METAS),
        count(StoredTable.RECORDS),
        count(StoredTable.CONSUMERS),
        count(StoredTable.LETTERS),
        count(StoredTable.BULK_LOADS),
        hash.hex());
  }

  private long count(StoredTable table) {
    return counts.getOrDefault(table, 0L);
  }
}
