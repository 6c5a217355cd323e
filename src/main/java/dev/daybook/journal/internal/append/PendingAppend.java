package dev.daybook.journal.internal.append;

import dev.daybook.journal.Append;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.internal.types.EventCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An append whose events are encoded and have their times. */
public record PendingAppend<E>(Append<E> append, List<PendingEvent<E>> events) {

  public static <E> PendingAppend<E> of(Append<E> append, EventCodec<E> codec, Instant now) {
    List<PendingEvent<E>> events = new ArrayList<>(append.events().size());
    for (NewEvent<E> event : append.events()) {
      events.add(PendingEvent.of(event, codec, now));
    }
    return new PendingAppend<>(append, events);
  }

  String streamId() {
    return append.streamId();
  }
}
