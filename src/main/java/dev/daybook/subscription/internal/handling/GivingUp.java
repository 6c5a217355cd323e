package dev.daybook.subscription.internal.handling;

import dev.daybook.internal.callback.Callbacks;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.util.List;
import java.util.OptionalLong;

/** What to do with an event that could not be handled. Safe for several threads. */
final class GivingUp {

  private static final System.Logger LOG = System.getLogger("dev.daybook.subscription");

  private final String name;
  private final OnFailure policy;
  private final Parking parking;
  private final HeldStreams held;
  private final RetryUntilStopped retrying;
  private final Breaker breaker;

  GivingUp(
      String name,
      OnFailure policy,
      Parking parking,
      HeldStreams held,
      RetryUntilStopped retrying,
      Breaker breaker) {
    this.name = name;
    this.policy = policy;
    this.parking = parking;
    this.held = held;
    this.retrying = retrying;
    this.breaker = breaker;
  }

  /**
   * Gives an event up.
   *
   * @param reached receives its position when it is done
   * @return {@code false} if it has to stop, and the event is not done
   * @throws SubscriptionStoppedException if the subscription stops, because of this one or of too
   *     many
   */
  boolean done(
      RecordedEvent<EncodedEvent> event,
      HandlerFailure failure,
      int attempts,
      PositionListener reached) {
    if (policy.then() == OnFailure.Then.STOP) {
      throw stopped(
          event,
          failure,
          "%s could not be handled, and was tried %s: %s"
              .formatted(named(event), times(attempts), failure.text()));
    }
    if (!breaker.admits(event.position())) {
      throw tooMany(event, failure);
    }
    if (!givenUp(event, failure, attempts)) {
      return false;
    }
    reached.position(event.position());
    if (breaker.isReached()) {
      throw tooMany(event, failure);
    }
    return true;
  }

  private boolean givenUp(RecordedEvent<EncodedEvent> event, HandlerFailure failure, int attempts) {
    boolean skips = policy.then() == OnFailure.Then.SKIP;
    boolean holdsStream = policy.then() == OnFailure.Then.PARK_STREAM;
    logEnd(
        "subscription \"%s\" %s %s%s, which it tried %s"
            .formatted(
                name,
                skips ? "skips" : "parks",
                named(event),
                holdsStream ? ", and later ones of its stream, too" : "",
                times(attempts)),
        failure);
    boolean done =
        retrying
            .untilDone(
                skips ? "skipping an event" : "parking an event",
                () ->
                    skips
                        ? parking.skip(event)
                        : parking.park(event, failure.failure(), attempts, holdsStream))
            .isPresent();
    if (done && holdsStream) {
      held.heldUp();
    }
    return done;
  }

  private SubscriptionStoppedException tooMany(
      RecordedEvent<EncodedEvent> event, HandlerFailure failure) {
    return stopped(
        event,
        failure,
        "%s in a row could not be handled, and %s %s; the last was %s: %s"
            .formatted(
                policy.limit() == 1 ? "1 event" : policy.limit() + " events",
                policy.limit() == 1 ? "was" : "were",
                policy.then() == OnFailure.Then.SKIP ? "skipped" : "parked",
                named(event),
                failure.text()));
  }

  private SubscriptionStoppedException stopped(
      RecordedEvent<EncodedEvent> event, HandlerFailure failure, String problem) {
    return new SubscriptionStoppedException(
        name, problem, OptionalLong.of(event.position()), failure.failure());
  }

  /** In one line: the stack trace is logged when the event is given up. */
  void logAttempt(List<RecordedEvent<EncodedEvent>> events, HandlerFailure failure, int attempts) {
    LOG.log(
        breaker.isFailing() ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
        "subscription \"%s\": attempt %s failed on %s%s: %s"
            .formatted(
                name,
                attempts,
                named(events.get(0)),
                events.size() == 1 ? "" : " and %s more".formatted(events.size() - 1),
                failure.text()));
  }

  /** With the stack trace, for the first in a row. */
  private void logEnd(String message, HandlerFailure failure) {
    if (breaker.failed()) {
      Callbacks.log(LOG, System.Logger.Level.ERROR, message, failure.failure());
    } else {
      LOG.log(System.Logger.Level.WARNING, message + ": " + failure.text());
    }
  }

  private static String times(int attempts) {
    return attempts == 1 ? "once" : attempts + " times";
  }

  private static String named(RecordedEvent<EncodedEvent> event) {
    return "event %s of stream \"%s\" (%s, position %s)"
        .formatted(event.seq(), event.streamId(), event.type(), event.position());
  }
}
