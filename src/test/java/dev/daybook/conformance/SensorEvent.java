package dev.daybook.conformance;

import dev.daybook.journal.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A hierarchy with everything that one can have: nested interfaces, an enum, any type of field. */
sealed interface SensorEvent {

  record Started() implements SensorEvent {}

  @TypeName("sensor-calibrated")
  record Calibrated(String by) implements SensorEvent {}

  /** An interface below, with classes of its own. */
  sealed interface Maintenance extends SensorEvent {}

  record Stopped(boolean forGood) implements Maintenance {}

  record Reset(int leg, @Nullable String why) implements Maintenance {}

  enum Signal implements SensorEvent {
    LOW,
    HIGH {
      @Override
      public String toString() {
        return "very high";
      }
    }
  }

  record Place(String name, double height) {}

  @SuppressWarnings("ArrayRecordComponent") // Byte arrays are among what must survive.
  record Measured(
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetDateTime offset,
      ZonedDateTime zoned,
      Duration duration,
      Period period,
      YearMonth month,
      BigDecimal price,
      BigInteger large,
      byte[] bytes,
      Map<String, Long> counts,
      Set<String> names,
      Optional<String> present,
      Optional<String> absent,
      List<Place> places,
      UUID id,
      String text,
      @Nullable String missing,
      Signal signal,
      char letter,
      double smallest,
      float largest)
      implements SensorEvent {}

  /** Sealed, but opened again below. */
  sealed interface Opened {
    non-sealed class Anything implements Opened {}
  }

  /** Two classes with one simple name. */
  sealed interface Twins {
    record Twin() implements Twins {}

    /** Holds the other one. */
    final class Second {
      private Second() {}

      record Twin() implements Twins {}
    }
  }
}
