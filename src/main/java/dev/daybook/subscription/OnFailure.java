package dev.daybook.subscription;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import java.time.Duration;
import java.util.Objects;

/**
 * What a subscription does with an event whose handler throws, or that can't be decoded: it retries
 * some times, each time after twice the delay, and then does what {@link Then} says. Decoding is
 * not retried, because it would fail again. Failures of the database are not failures of the event:
 * they are retried without end. So is what a handler throws because a connection was lost, a
 * database was locked for too long, another transaction conflicted, or a server that can't be
 * written, such as a standby, answered a read or write: a {@link
 * dev.daybook.error.ConnectionLostException} or {@link dev.daybook.error.TransientException}, or an
 * {@link java.sql.SQLException} that says the latter, whatever it is wrapped in. A violated
 * constraint is a failure of the handler, even if only the commit finds it. Checked exceptions and
 * errors count too, except for one kind: a {@link VirtualMachineError} other than a {@link
 * StackOverflowError}, such as an {@link OutOfMemoryError}, says nothing about the event. It stops
 * the subscription at once, which then is {@link SubscriptionState#FAILED}, and the event is
 * neither skipped nor parked. If the lease is lost, or the subscription is reset, between two
 * attempts, no further attempt is made.
 *
 * <p>If every event fails, the cause is not in the events. So when {@value #USUAL_LIMIT} different
 * events in a row were skipped or parked, and no call of the handler has succeeded since the first
 * of them, the subscription stops after the last of them, and is {@link SubscriptionState#FAILED};
 * {@link #limit} and {@link #withoutLimit} choose otherwise. Those of all partitions count
 * together. The events that {@link Then#PARK_STREAM} parks untried don't count. Only the first
 * failure in a row is logged with its stack trace. A restarted subscription counts from 0.
 *
 * <p>Immutable; each option returns another one.
 */
public final class OnFailure {

  /** How many events in a row may be skipped or parked, unless something else is asked for. */
  public static final int USUAL_LIMIT = 20;

  /** The highest limit that can be asked for. */
  public static final int MAX_LIMIT = 10_000;

  private final int retries;
  private final Duration firstDelay;
  private final Duration longestDelay;
  private final Then then;
  private final int limit;

  private OnFailure(int retries, Duration firstDelay, Duration longestDelay, Then then, int limit) {
    InputRules.requireNotNegative("the number of retries", retries);
    if (limit < 0 || limit > MAX_LIMIT) {
      throw new InvalidInputException(
          "the limit of events that are given up in a row is %s; expected 1 to %s, or 0 for none"
              .formatted(limit, MAX_LIMIT));
    }
    if (firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
      throw new InvalidInputException(
          "the delays are %s to %s; expected the first not to be negative, nor longer than the longest"
              .formatted(firstDelay, longestDelay));
    }
    this.retries = retries;
    this.firstDelay = firstDelay;
    this.longestDelay = longestDelay;
    this.then = then;
    this.limit = limit;
  }

  /** What to do with an event that can't be handled. */
  public enum Then {
    /** Stop in front of it: {@link Subscription#done} fails with what was thrown. */
    STOP,

    /** Log it, and continue after it as if it had been handled. */
    SKIP,

    /**
     * Put it into the table of dead letters, and continue after it, also with later events of its
     * stream. It can be {@link Subscriptions#retryDeadLetter retried} or {@link
     * Subscriptions#dropDeadLetter dropped} from there.
     */
    PARK,

    /**
     * Put it into the table of dead letters, and every later event of its stream too, untried and
     * in order, until it is retried with success or dropped. Then the later ones are handled in
     * order, up to the first that fails: that one holds up the rest from then on. Other streams
     * continue. The stream stays held up even if the subscription is later started with other
     * options.
     */
    PARK_STREAM
  }

  /** Five retries, after 100 ms, 200 ms and so on up to ten seconds, then stop. */
  public static OnFailure stop() {
    return new OnFailure(5, Duration.ofMillis(100), Duration.ofSeconds(10), Then.STOP, USUAL_LIMIT);
  }

  /** The same retries, then skip. */
  public static OnFailure skip() {
    return stop().then(Then.SKIP);
  }

  /** The same retries, then park. */
  public static OnFailure park() {
    return stop().then(Then.PARK);
  }

  /** The same retries, then park the event and later events of its stream. */
  public static OnFailure parkStream() {
    return stop().then(Then.PARK_STREAM);
  }

  /**
   * The same action after other retries.
   *
   * @param times how often to try again
   * @param firstDelay how long to wait before the first retry; the delay doubles each time
   * @param longestDelay how long to wait at the most
   * @throws InvalidInputException if the number or a delay is negative, or the first delay is
   *     longer than the longest
   */
  public OnFailure retries(int times, Duration firstDelay, Duration longestDelay) {
    return new OnFailure(times, firstDelay, longestDelay, then, limit);
  }

  /** The same action without a retry. */
  public OnFailure withoutRetries() {
    return new OnFailure(0, firstDelay, longestDelay, then, limit);
  }

  /**
   * The same, with another number of events in a row that may be skipped or parked before the
   * subscription stops.
   *
   * @throws InvalidInputException if it is not from 1 to {@value #MAX_LIMIT}
   */
  public OnFailure limit(int eventsInARow) {
    if (eventsInARow == 0) {
      throw new InvalidInputException(
          "the limit of events that are given up in a row is 0; expected 1 to %s"
              .formatted(MAX_LIMIT));
    }
    return new OnFailure(retries, firstDelay, longestDelay, then, eventsInARow);
  }

  /** The same, but it continues however many events in a row are skipped or parked. */
  public OnFailure withoutLimit() {
    return new OnFailure(retries, firstDelay, longestDelay, then, 0);
  }

  private OnFailure then(Then other) {
    return new OnFailure(retries, firstDelay, longestDelay, other, limit);
  }

  /** How often to try again. */
  public int retries() {
    return retries;
  }

  /** How long to wait before the first retry. */
  public Duration firstDelay() {
    return firstDelay;
  }

  /** How long to wait at the most. */
  public Duration longestDelay() {
    return longestDelay;
  }

  /** What to do when all retries have failed. */
  public Then then() {
    return then;
  }

  /** How many events in a row may be skipped or parked; 0 for any number. */
  public int limit() {
    return limit;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OnFailure that
        && retries == that.retries
        && firstDelay.equals(that.firstDelay)
        && longestDelay.equals(that.longestDelay)
        && then.equals(that.then)
        && limit == that.limit;
  }

  @Override
  public int hashCode() {
    return Objects.hash(retries, firstDelay, longestDelay, then, limit);
  }

  @Override
  public String toString() {
    return "OnFailure[retries=%s, firstDelay=%s, longestDelay=%s, then=%s, limit=%s]"
        .formatted(retries, firstDelay, longestDelay, then, limit);
  }
}
