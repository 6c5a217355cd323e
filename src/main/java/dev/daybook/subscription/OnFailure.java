package dev.daybook.subscription;

import dev.daybook.InvalidInputException;
import dev.daybook.Limits;
import java.time.Duration;

/**
 * What becomes of an event whose handler throws, or that can't be decoded: it is tried again some
 * times, each time after twice the delay, and then there is an end to it. Trying a second time to
 * decode would not help, so that is not done. Failures of the database are not the event's: they
 * are tried again without end. So is what a handler throws because a connection was lost, a
 * database was locked for too long, or another transaction got in the way: a {@link
 * dev.daybook.ConnectionLostException} or {@link dev.daybook.TransientException}, or an {@link
 * java.sql.SQLException} that says the latter, whatever it is wrapped in. That what a handler has
 * written breaks a constraint is the handler's, also if only the commit finds it. Whatever is
 * thrown counts, checked exceptions and errors included, but for one kind: a {@link
 * VirtualMachineError} other than a {@link StackOverflowError}, such as an {@link
 * OutOfMemoryError}, says nothing about the event. It stops the subscription at once, which then is
 * {@link SubscriptionState#FAILED}, and the event is neither skipped nor parked. If the lease is
 * lost, or reset away, between two attempts there are no more.
 *
 * @param retries how often to try again
 * @param firstDelay how long to wait before the first retry
 * @param longestDelay how long to wait at the most
 * @param then what to do when that did not help either
 */
public record OnFailure(int retries, Duration firstDelay, Duration longestDelay, Then then) {

  /** What to do with an event that can't be handled. */
  public enum Then {
    /** Stop in front of it: {@link Subscription#done} fails with what was thrown. */
    STOP,

    /** Log it, and go on behind it as if it had been handled. */
    SKIP,

    /**
     * Put it into the table of dead letters, and go on behind it, in its own stream too. It can be
     * {@link Subscriptions#retryDeadLetter retried} or {@link Subscriptions#dropDeadLetter dropped}
     * from there.
     */
    PARK
  }

  /**
   * @throws InvalidInputException if a number is negative, or the delays are
   */
  public OnFailure {
    Limits.requireNotNegative("the number of retries", retries);
    if (firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
      throw new InvalidInputException(
          "the delays are %s to %s; expected the first not to be negative, nor longer than the longest"
              .formatted(firstDelay, longestDelay));
    }
  }

  /** Five retries, after 100 ms, 200 ms and so on up to ten seconds, then stop. */
  public static OnFailure stop() {
    return new OnFailure(5, Duration.ofMillis(100), Duration.ofSeconds(10), Then.STOP);
  }

  /** The same retries, then skip. */
  public static OnFailure skip() {
    return stop().then(Then.SKIP);
  }

  /** The same retries, then park. */
  public static OnFailure park() {
    return stop().then(Then.PARK);
  }

  /** The same end after other retries. */
  public OnFailure retries(int times, Duration firstDelay, Duration longestDelay) {
    return new OnFailure(times, firstDelay, longestDelay, then);
  }

  /** The same end without a retry. */
  public OnFailure withoutRetries() {
    return new OnFailure(0, firstDelay, longestDelay, then);
  }

  private OnFailure then(Then other) {
    return new OnFailure(retries, firstDelay, longestDelay, other);
  }
}
