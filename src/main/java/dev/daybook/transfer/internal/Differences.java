package dev.daybook.transfer.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Goes through a table of both stores at once, and finds what is not the same. */
final class Differences {

  private static final long ROWS_BETWEEN_REPORTS = 1_000;

  /** What is not the same about a row. */
  enum Change {
    /** A row of the source is not in the target. */
    ADDED,
    /** A row of the source is another one in the target. */
    CHANGED,
    /** A row of the target is not in the source. */
    GONE
  }

  /** Receives the rows that are not the same, in the order of the key. */
  @FunctionalInterface
  interface Listener {

    /**
     * Receives a row that is not the same.
     *
     * @param row the source's, or the target's if the source has none
     */
    void found(Change change, List<@Nullable Object> row);
  }

  private final StoredTable table;
  private final Scan source;
  private final Scan target;
  private final LongConsumer progress;
  private long looked;
  private long found;

  /**
   * @param progress receives how many rows have been compared
   */
  Differences(StoredTable table, Scan source, Scan target, LongConsumer progress) {
    this.table = table;
    this.source = source;
    this.target = target;
    this.progress = progress;
  }

  /** Finds them, ends the scans, and says how many there are. */
  long find(Listener listener) {
    try (source;
        target) {
      return findAll(listener);
    }
  }

  private long findAll(Listener listener) {
    List<@Nullable Object> there = source.poll();
    List<@Nullable Object> here = target.poll();
    while (there != null || here != null) {
      int order = order(there, here);
      if (order > 0) {
        found++;
        listener.found(Change.GONE, Objects.requireNonNull(here));
      } else if (order < 0) {
        found++;
        listener.found(Change.ADDED, Objects.requireNonNull(there));
      } else if (!same(Objects.requireNonNull(there), Objects.requireNonNull(here))) {
        found++;
        listener.found(Change.CHANGED, Objects.requireNonNull(there));
      }
      there = order <= 0 ? source.poll() : there;
      here = order >= 0 ? target.poll() : here;
      if (++looked % ROWS_BETWEEN_REPORTS == 0) {
        progress.accept(looked);
      }
    }
    progress.accept(looked);
    return found;
  }

  /** Finds them, and says only how many there are. */
  long count() {
    return find((change, row) -> {});
  }

  private int order(@Nullable List<@Nullable Object> there, @Nullable List<@Nullable Object> here) {
    if (there == null) {
      return 1;
    }
    return here == null ? -1 : StoredTable.compare(table.key(there), table.key(here));
  }

  private static boolean same(List<@Nullable Object> there, List<@Nullable Object> here) {
    return Arrays.deepEquals(there.toArray(), here.toArray());
  }
}
