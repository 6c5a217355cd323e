package dev.daybook.journal.internal.append;

import dev.daybook.journal.Append;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.internal.types.EventCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An append whose events are encoded and have their times. */
public record PendingAppend<E>(Append<E> append, List<PendingEvent<E>> events) {

  public static <E> PendingAppend<E> of(
      Append<? extends E> append, EventCodec<E> codec, Instant now) {
    Append<E> wide = widened(append);
    List<PendingEvent<E>> events = new ArrayList<>(wide.events().size());
    for (NewEvent<E> event : wide.events()) {
      events.add(PendingEvent.of(event, codec, now));
    }
    return new PendingAppend<>(wide, events);
  }

  /** Safe because an append can't be changed. */
  @SuppressWarnings("unchecked")
  private static <E> Append<E> widened(Append<? extends E> append) {
    return (Append<E>) append;
  }

  String streamId() {
    return append.streamId();
  }
}
