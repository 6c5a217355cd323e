package dev.daybook.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range of recorded times.
 *
 * @param from the first time in it; {@code null} if it has no beginning
 * @param before the first time after it; {@code null} if it has no end
 */
record TimeRange(@Nullable Instant from, @Nullable Instant before) {

  static final TimeRange ALL = new TimeRange(null, null);

  TimeRange from(Instant time) {
    return new TimeRange(Filters.time(time), before);
  }

  TimeRange before(Instant time) {
    return new TimeRange(from, Filters.time(time));
  }
}
