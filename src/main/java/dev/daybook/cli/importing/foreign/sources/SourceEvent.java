package dev.daybook.cli.importing.foreign.sources;

import dev.daybook.journal.Append;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.ExpectedSeq;
import dev.daybook.journal.NewEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a source.
 *
 * @param key the idempotency key of its append; {@code null} for none
 */
public record SourceEvent(
    String streamId, long seq, NewEvent<EncodedEvent> event, @Nullable String key) {

  /** About how many bytes it takes. */
  public long bytes() {
    return event.data().payload().length + 256L;
  }

  /** Whether it was appended together with the event before it, as far as its key shows that. */
  public boolean continues(SourceEvent before) {
    return key != null
        && key.equals(before.key)
        && streamId.equals(before.streamId)
        && seq == before.seq + 1;
  }

  /** An append of events that continue each other, at the numbers that they have. */
  public static Append<EncodedEvent> append(List<SourceEvent> events) {
    SourceEvent first = events.get(0);
    Append<EncodedEvent> append =
        Append.of(
            first.streamId,
            ExpectedSeq.exactly(first.seq - 1),
            events.stream().map(SourceEvent::event).toList());
    return first.key == null
        ? append
        : append.withIdempotencyKey(Objects.requireNonNull(first.key));
  }
}
