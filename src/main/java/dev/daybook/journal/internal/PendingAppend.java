package dev.daybook.journal.internal;

import dev.daybook.journal.Append;
import java.util.List;

/** An append whose events are encoded. */
record PendingAppend<E>(Append<E> append, List<PendingEvent<E>> events) {

  static <E> PendingAppend<E> of(Append<E> append, EventCodec<E> codec) {
    return new PendingAppend<>(
        append, append.events().stream().map(event -> PendingEvent.of(event, codec)).toList());
  }

  String streamId() {
    return append.streamId();
  }
}
