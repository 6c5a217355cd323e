package dev.daybook.journal;

import dev.daybook.meta.Internal;
import java.time.Instant;
import java.util.Optional;

/**
 * Figures of a whole journal, all of one moment.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface JournalStats {

  /** How many events there are. */
  long events();

  /** How many streams are known, those whose events were all deleted included. */
  long streams();

  /** How many different tags the events carry. */
  long tags();

  /** The lowest position in the journal, 0 if it is empty. */
  long firstPosition();

  /** The highest position in the journal, 0 if it is empty. */
  long lastPosition();

  /** The earliest recorded time. */
  Optional<Instant> oldest();

  /** The latest recorded time. */
  Optional<Instant> newest();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("journal.internal makes it")
  record JournalStatsValues(
      long events,
      long streams,
      long tags,
      long firstPosition,
      long lastPosition,
      Optional<Instant> oldest,
      Optional<Instant> newest)
      implements JournalStats {}
}
