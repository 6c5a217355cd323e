package dev.daybook.subscription;

import dev.daybook.meta.Internal;
import java.time.Instant;
import java.util.Optional;

/**
 * An event that a subscription has parked. The event itself is still in the journal, unless it was
 * deleted there or its stream was moved to another store.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface DeadLetter {

  /** The subscription's name. */
  String subscription();

  /**
   * The event's position when it was parked; it has another one if its stream was moved to another
   * store and back since.
   */
  long position();

  /** The event's stream. */
  String streamId();

  /** The event's sequence number. */
  long seq();

  /** The event's type. */
  String type();

  /** How often it was tried; 0 if it waits for an earlier event of its stream. */
  long attempts();

  /** What the last attempt threw. */
  String error();

  /** When it was parked, or last failed again. */
  Instant parkedAt();

  /** When a retry was asked for that has not been made yet. */
  Optional<Instant> retryAskedAt();

  /**
   * Whether later events of its stream are parked untried until this one is retried with success or
   * dropped: {@link OnFailure#parkStream}.
   */
  boolean holdsStream();

  /**
   * Where the last failure came from, shortened in the middle if it is long; empty if it was parked
   * by a version of Daybook that did not store that.
   */
  Optional<String> stackTrace();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("subscription.internal makes it")
  record DeadLetterValues(
      String subscription,
      long position,
      String streamId,
      long seq,
      String type,
      long attempts,
      String error,
      Instant parkedAt,
      Optional<Instant> retryAskedAt,
      boolean holdsStream,
      Optional<String> stackTrace)
      implements DeadLetter {}
}
