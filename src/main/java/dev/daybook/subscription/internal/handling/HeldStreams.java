package dev.daybook.subscription.internal.handling;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which events must wait because an earlier one of their stream is put aside. Asks the
 * database, and no more than once while nothing is. Only the lease's holder puts anything aside, so
 * it knows when that changes. Safe for several threads.
 */
final class HeldStreams {

  private final Parking parking;
  private final RetryUntilStopped retrying;
  private volatile boolean possible = true;
  private long timesHeldUp;

  HeldStreams(Parking parking, RetryUntilStopped retrying) {
    this.parking = parking;
    this.retrying = retrying;
  }

  /**
   * Returns which is the first from one on that must wait, or how many there are if none must;
   * empty if it is to stop or pause.
   */
  Optional<Integer> next(List<RecordedEvent<EncodedEvent>> events, int from) {
    return possible
        ? retrying.unlessPaused("finding streams that are held up", () -> find(events, from))
        : Optional.of(events.size());
  }

  private int find(List<RecordedEvent<EncodedEvent>> events, int from) {
    long before = timesHeldUp();
    if (!parking.holdAny()) {
      noneUnlessSince(before);
      return events.size();
    }
    int at = from;
    while (at < events.size() && !parking.hold(events.get(at))) {
      at++;
    }
    return at;
  }

  /** Something was put aside that holds up its stream. */
  synchronized void heldUp() {
    timesHeldUp++;
    possible = true;
  }

  private synchronized long timesHeldUp() {
    return timesHeldUp;
  }

  /** Another thread may have put something aside after this one has looked. */
  private synchronized void noneUnlessSince(long before) {
    possible = timesHeldUp > before;
  }

  /**
   * Puts an event aside behind the one that holds up its stream; {@code false} if none does any
   * more, empty if it is to stop.
   */
  Optional<Boolean> queue(RecordedEvent<EncodedEvent> event) {
    return retrying.untilDone("parking an event", () -> parking.queue(event));
  }
}
