package dev.daybook.observation;

import dev.daybook.meta.Internal;
import java.time.Duration;

/**
 * The state of a subscription at a glance, whichever process runs it.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface SubscriptionStatus {

  /** What it does. The first that applies. */
  enum State {
    /** It has stopped by itself, because of a failure. */
    FAILED,
    /** It was paused by its name. */
    PAUSED,
    /** A process has its lease. */
    RUNNING,
    /** No process has its lease, or its holder is known to have ended. */
    IDLE
  }

  /** Its name. */
  String name();

  /** What it does. */
  State state();

  /** The position of its checkpoint. */
  long position();

  /**
   * How many positions of the journal are after its checkpoint: as many events at most, since a
   * deleted event leaves its position, and a transaction that is rolled back may do so.
   */
  long lag();

  /** The age of the first event after its checkpoint; zero without one. */
  Duration lagTime();

  /** How many dead letters it has, including events that wait for another one. */
  long deadLetters();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("subscription.internal makes it")
  record SubscriptionStatusValues(
      String name, State state, long position, long lag, Duration lagTime, long deadLetters)
      implements SubscriptionStatus {}
}
