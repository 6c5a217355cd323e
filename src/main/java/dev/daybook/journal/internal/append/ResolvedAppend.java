package dev.daybook.journal.internal.append;

import dev.daybook.internal.statements.Lazy;
import dev.daybook.journal.Appended;
import dev.daybook.journal.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Where an append went: into its own rows, or to the events recorded under its key before. */
final class ResolvedAppend<E> {

  private final List<EventRow<E>> rows;
  private final Supplier<List<RecordedEvent<E>>> before;
  private final boolean repeated;
  private long[] positions = {};
  private int first;

  private ResolvedAppend(
      List<EventRow<E>> rows, Supplier<List<RecordedEvent<E>>> before, boolean repeated) {
    this.rows = rows;
    this.before = before;
    this.repeated = repeated;
  }

  /** In rows that are still to be written. */
  static <E> ResolvedAppend<E> in(List<EventRow<E>> rows) {
    return new ResolvedAppend<>(rows, List::of, false);
  }

  /** Nothing is to be written, because these are there already. */
  static <E> ResolvedAppend<E> at(List<RecordedEvent<E>> before) {
    return new ResolvedAppend<>(List.of(), () -> before, false);
  }

  /**
   * Its key was seen before. The events recorded then are decoded when they are asked for, and
   * once.
   */
  static <E> ResolvedAppend<E> repeated(Supplier<List<RecordedEvent<E>>> before) {
    return new ResolvedAppend<>(List.of(), new Lazy<>(before), true);
  }

  boolean isRepeated() {
    return repeated;
  }

  /** What was recorded under its key before, decoded; nothing if it has its own rows. */
  List<RecordedEvent<E>> recordedBefore() {
    return before.get();
  }

  List<EventRow<E>> rows() {
    return rows;
  }

  /** The rows are written. Their positions are among these, from a place on. */
  void written(long[] all, int from) {
    positions = all;
    first = from;
  }

  /** The written rows, for listeners. */
  Appended appended() {
    int last = rows.size() - 1;
    return new Appended(
        rows.get(0).streamId(),
        rows.get(0).seq(),
        rows.get(last).seq(),
        positions[first],
        positions[first + last]);
  }

  List<RecordedEvent<E>> recorded() {
    if (rows.isEmpty()) {
      return recordedBefore();
    }
    List<RecordedEvent<E>> recorded = new ArrayList<>(rows.size());
    for (EventRow<E> row : rows) {
      recorded.add(row.recorded(row.seq(), positions[first + recorded.size()]));
    }
    return List.copyOf(recorded);
  }
}
