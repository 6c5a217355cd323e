package dev.daybook.subscription.internal.handling;

import dev.daybook.internal.observation.Observers;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.observation.CallEnd;
import dev.daybook.observation.Ending;
import dev.daybook.observation.HandledEvent;
import dev.daybook.observation.HandlerCall;
import java.util.List;
import java.util.Optional;

/** Calls the handler of a subscription, and observers before and after each call. */
record ObservedCalls(Observers observers, String subscription) {

  /** The handler. */
  @FunctionalInterface
  interface Handler<E> {
    void handle(List<RecordedEvent<E>> events) throws Exception;
  }

  /**
   * Calls it with some events.
   *
   * @param together whether it is an application's batch; otherwise the handler takes one by one
   */
  <E> void run(List<RecordedEvent<E>> events, boolean together, Handler<E> handler)
      throws Exception {
    if (!observers.isAny()) {
      handler.handle(events);
    } else if (together) {
      observed(events, handler);
    } else {
      for (RecordedEvent<E> event : events) {
        observed(List.of(event), handler);
      }
    }
  }

  private <E> void observed(List<RecordedEvent<E>> events, Handler<E> handler) throws Exception {
    Ending<CallEnd> ending =
        observers.handling(
            new HandlerCall.HandlerCallValues(
                subscription, events.stream().map(ObservedCalls::handled).toList()));
    try {
      handler.handle(events);
    } catch (Throwable e) {
      ending.ended(new CallEnd.CallEndValues(Optional.of(e)));
      throw e;
    }
    ending.ended(new CallEnd.CallEndValues(Optional.empty()));
  }

  private static HandledEvent handled(RecordedEvent<?> event) {
    return new HandledEvent.HandledEventValues(
        event.streamId(),
        event.seq(),
        event.position(),
        event.type(),
        () -> event.metadata().entries());
  }
}
