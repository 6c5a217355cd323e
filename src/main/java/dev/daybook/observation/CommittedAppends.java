package dev.daybook.observation;

import dev.daybook.meta.Internal;
import java.time.Duration;
import java.util.Map;

/**
 * The appends of one transaction, which is committed.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface CommittedAppends {

  /** How many callers' appends share the transaction; 1 in a caller's own for each append. */
  int appends();

  /** How many events were written. */
  long events();

  /** How many of each type, by the names that they are stored under. */
  Map<String, Long> eventsByType();

  /** How long they were written, with the commit; in a caller's transaction, until its commit. */
  Duration written();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("journal.internal makes it")
  record CommittedAppendsValues(
      int appends, long events, Map<String, Long> eventsByType, Duration written)
      implements CommittedAppends {}
}
