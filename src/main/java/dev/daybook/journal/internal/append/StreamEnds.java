package dev.daybook.journal.internal.append;

import dev.daybook.journal.internal.read.Watermark;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the events that a statement writes say where their transaction begins: the last one of
 * each stream, of events that belong together. {@link Watermark} has the reason.
 */
final class StreamEnds {

  private StreamEnds() {}

  /**
   * For each event 1 if it is such a one, and 0 if not. NULL for one that belongs together with no
   * other: it says so only if its transaction had begun before. Empty if all are like that.
   *
   * @param together whether all events belong together, or those of each append
   */
  static Long[] of(List<? extends EventRow<?>> events, boolean together) {
    Long[] ends = new Long[events.size()];
    boolean none = true;
    Set<String> seen = new HashSet<>();
    for (int i = ends.length - 1; i >= 0; i--) {
      boolean withNext = belong(events, i, i + 1, together);
      if (!withNext) {
        seen.clear();
      }
      if (withNext || belong(events, i, i - 1, together)) {
        ends[i] = seen.add(events.get(i).streamId()) ? 1L : 0L;
        none = false;
      }
    }
    return none ? new Long[0] : ends;
  }

  /** Two appends may be equal and still be two. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean belong(
      List<? extends EventRow<?>> events, int event, int other, boolean together) {
    return other >= 0
        && other < events.size()
        && (together || events.get(event).append() == events.get(other).append());
  }
}
