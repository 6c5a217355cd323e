package dev.daybook.transfer.internal;

import dev.daybook.internal.rows.ReadScope;
import dev.daybook.internal.rows.RowHash;
import dev.daybook.transfer.StoreContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts and hashes the rows of a store, table by table, in whichever order the tables come. */
final class Contents {

  private static final class OfTable {
    private final RowHash hash = new RowHash();
    private long rows;
  }

  private final Map<StoredTable, OfTable> tables = new HashMap<>();

  /** All that a store has. */
  static StoreContent of(CopyStore side, ReadScope reading) {
    Contents contents = new Contents();
    for (StoredTable table : StoredTable.ALL) {
      try (Scan scan = contents.counted(table, side.scan(reading, table))) {
        while (scan.poll() != null) {}
      }
    }
    return contents.content();
  }

  /** The same rows, all of which must be taken, and are counted and hashed then. */
  Scan counted(StoredTable table, Scan scan) {
    OfTable taken = new OfTable();
    tables.put(table, taken);
    return scan.telling(
        row -> {
          taken.hash.add(row);
          taken.rows++;
        });
  }

  /** What there is in all tables; to be asked for once, at the end. */
  StoreContent content() {
    RowHash hash = new RowHash();
    for (StoredTable table : StoredTable.ALL) {
      hash.add(List.of(rows(table), of(table).hash.hex()));
    }
    return new StoreContent.StoreContentValues(
        rows(StoredTable.STREAM_ROWS),
        rows(StoredTable.EVENT_ROWS),
        rows(StoredTable.TAGS),
        rows(StoredTable.SNAPSHOT_ROWS),
        rows(StoredTable.METAS),
        rows(StoredTable.RECORDS),
        rows(StoredTable.CHECKPOINT_ROWS),
        rows(StoredTable.DEAD_LETTER_ROWS),
        rows(StoredTable.BULK_LOADS),
        hash.hex());
  }

  private long rows(StoredTable table) {
    return of(table).rows;
  }

  private OfTable of(StoredTable table) {
    return Objects.requireNonNull(tables.get(table));
  }
}
