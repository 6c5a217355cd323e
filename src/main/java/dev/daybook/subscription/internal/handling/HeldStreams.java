package dev.daybook.subscription.internal.handling;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which events must wait because an earlier one of their stream is parked. Asks the
 * database, and only once while nothing is parked. Only the lease's holder parks events, so it
 * knows when that changes. Safe for several threads.
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

  /** An event was parked that holds up its stream. */
  synchronized void heldUp() {
    timesHeldUp++;
    possible = true;
  }

  private synchronized long timesHeldUp() {
    return timesHeldUp;
  }

  /** Another thread may have parked an event after this one has checked. */
  private synchronized void noneUnlessSince(long before) {
    possible = timesHeldUp > before;
  }

  /**
   * Parks an event untried, because an earlier one holds up its stream; {@code false} if none does
   * any more, empty if it has to stop.
   */
  Optional<Boolean> queue(RecordedEvent<EncodedEvent> event) {
    return retrying.untilDone("parking an event", () -> parking.queue(event));
  }
}
