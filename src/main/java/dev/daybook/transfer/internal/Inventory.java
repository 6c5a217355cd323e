package dev.daybook.transfer.internal;

import dev.daybook.internal.rows.RowHash;
import dev.daybook.transfer.Mismatch;
import dev.daybook.transfer.StoreContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts and hashes all that is in a store, part by part. */
final class Inventory {

  private final Map<StoredTable, Long> counts = new HashMap<>();
  private final RowHash hash = new RowHash();

  /** All that a store has. */
  static StoreContent of(Side side, Reading reading) {
    Inventory inventory = new Inventory();
    for (Mismatch.Kind kind : Mismatch.Kind.values()) {
      Parts parts = inventory.parts(side, reading, kind, Long.MAX_VALUE);
      for (Parts.Part part = parts.next(); part != null; part = parts.next()) {
        inventory.add(kind, part);
      }
    }
    return inventory.content();
  }

  Parts parts(Side side, Reading reading, Mismatch.Kind kind, long upTo) {
    return new Parts(side, reading, kind, upTo, counts);
  }

  void add(Mismatch.Kind kind, Parts.Part part) {
    hash.add(List.of(kind.name(), part.id(), part.hash()));
  }

  long events() {
    return count(StoredTable.EVENTS_OF_STREAMS);
  }

  StoreContent content() {
    return new StoreContent(
        count(StoredTable.STREAM_ROWS),
        events(),
        count(StoredTable.TAGS),
        count(StoredTable.STATES),
        count(StoredTable.METAS),
        count(StoredTable.RECORDS),
        count(StoredTable.CONSUMERS),
        count(StoredTable.LETTERS),
        hash.hex());
  }

  private long count(StoredTable table) {
    return counts.getOrDefault(table, 0L);
  }
}
