package dev.daybook.journal;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import dev.daybook.settings.Limits;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values in a query's filter: checked, without doubles, in the order given. */
final class Filters {

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

  private Filters() {}

  /** The same, but an empty list is accepted. */
  static Set<String> anyNames(String what, String... names) {
    return copy(what, Arrays.asList(names));
  }

  static Set<String> names(String what, String... names) {
    return names(what, Arrays.asList(names));
  }

  /** An empty filter is refused: it could mean all events or none. */
  static Set<String> names(String what, Collection<String> names) {
    if (names.isEmpty()) {
      throw new InvalidInputException("no %s is given; expected at least one".formatted(what));
    }
    return copy(what, names);
  }

  private static Instant time(Instant time) {
    try {
      return Instant.ofEpochMilli(time.toEpochMilli()).equals(time) ? time : ceiling(time);
    } catch (ArithmeticException e) {
      throw new InvalidInputException(
          "time %s is outside the range of epoch milliseconds".formatted(time));
    }
  }

  /** Recorded times are whole milliseconds: those before a time are those before its ceiling. */
  private static Instant ceiling(Instant time) {
    return Instant.ofEpochMilli(Math.addExact(time.toEpochMilli(), 1));
  }

  private static Set<String> copy(String what, Collection<String> names) {
    Set<String> copy = new LinkedHashSet<>(names);
    InputRules.requireAtMost("names in one filter", copy, Limits.MAX_TAGS);
    copy.forEach(name -> InputRules.requireName(what, name));
    return Collections.unmodifiableSet(copy);
  }
}
