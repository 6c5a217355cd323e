package dev.daybook.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until it is set or advanced. It begins at 2026-01-01T00:00:00Z. Safe
 * for use by several threads.
 */
public final class TestClock extends Clock {

  static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private TestClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** A clock in UTC. */
  public static TestClock atBeginning() {
    return new TestClock(new AtomicReference<>(BEGINNING), ZoneOffset.UTC);
  }

  /** Sets it, also to an earlier time. */
  public void set(Instant time) {
    now.set(Objects.requireNonNull(time, "time"));
  }

  /** Advances it; a negative time sets it back. */
  public void advance(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  @Override
  public Instant instant() {
    return Objects.requireNonNull(now.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock, which is set and advanced with this one, in another zone. */
  @Override
  public TestClock withZone(ZoneId other) {
    return new TestClock(now, Objects.requireNonNull(other, "zone"));
  }
}
