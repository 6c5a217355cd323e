package dev.daybook.journal.internal.append;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.internal.read.EventRows;
import dev.daybook.journal.internal.types.EventCodec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event with all that it takes to write it, made before the caller waits for the writer. */
record PendingEvent<E>(
    NewEvent<E> event,
    EncodedEvent encoded,
    Instant time,
    @Nullable String tags,
    @Nullable String metadata) {

  static <E> PendingEvent<E> of(NewEvent<E> event, EventCodec<E> codec, Instant now) {
    return new PendingEvent<>(
        event,
        codec.encode(event.data()),
        event.time().orElse(now),
        EventRows.text(event.tags()),
        EventRows.text(event.metadata()));
  }

  /** About how much memory it takes. */
  long bytes() {
    return (long) encoded.payload().length + length(tags) + length(metadata);
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
