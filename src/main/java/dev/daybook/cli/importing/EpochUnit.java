package dev.daybook.cli.importing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;

/** What a time that is a number counts, since 1970-01-01T00:00:00Z. */
public enum EpochUnit {
  SECONDS(3),
  MILLIS(0),
  MICROS(-3),
  NANOS(-6);

  /** All of them, for messages. */
  public static final String NAMES = "seconds, millis, micros or nanos";

  /** By which power of ten a number becomes milliseconds. */
  private final int toMillis;

  EpochUnit(int toMillis) {
    this.toMillis = toMillis;
  }

  /**
   * The time that is so many units, to the millisecond; what is finer is cut off.
   *
   * @throws ArithmeticException if there is no such time
   */
  public Instant time(BigDecimal number) {
    return Instant.ofEpochMilli(
        number.scaleByPowerOfTen(toMillis).setScale(0, RoundingMode.FLOOR).longValueExact());
  }

  /** As it is named on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
