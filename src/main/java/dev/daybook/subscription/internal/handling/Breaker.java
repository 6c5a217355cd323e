package dev.daybook.subscription.internal.handling;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the different events that are given up one after the other, without a success between
 * them, to say when there are too many. Safe for several threads.
 */
public final class Breaker {

  private final int limit;
  private final Set<Long> givenUp = new HashSet<>();
  private boolean failing;
  private @Nullable Throwable lastFailure;

  /**
   * @param limit how many may be given up; 0 for any number
   */
  public Breaker(int limit) {
    this.limit = limit;
  }

  /** Whether one more may be given up, which is counted then. */
  synchronized boolean admits(long position) {
    if (limit == 0 || givenUp.contains(position)) {
      return true;
    }
    return givenUp.size() < limit && givenUp.add(position);
  }

  /** Whether no more may be given up. */
  synchronized boolean isReached() {
    return limit > 0 && givenUp.size() >= limit;
  }

  /** Whether an event was given up since the last success. */
  synchronized boolean isFailing() {
    return failing;
  }

  /**
   * An event was given up.
   *
   * @return whether it is the first since the last success
   */
  synchronized boolean failed() {
    boolean first = !failing;
    failing = true;
    return first;
  }

  /** An attempt has failed, whatever becomes of the event. */
  synchronized void failed(Throwable failure) {
    lastFailure = failure;
  }

  /** What the last attempt has failed with, if there was no success since. */
  public synchronized @Nullable Throwable lastFailure() {
    return lastFailure;
  }

  /** The handler has handled something. */
  synchronized void succeeded() {
    givenUp.clear();
    failing = false;
    lastFailure = null;
  }
}
