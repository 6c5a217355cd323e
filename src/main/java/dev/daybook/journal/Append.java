package dev.daybook.journal;

import dev.daybook.internal.input.InputRules;
import dev.daybook.settings.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events for one stream, with the expectation that they depend on.
 *
 * @param streamId the stream
 * @param expected where the stream must be for the events to be appended
 * @param events in the order in which they get their sequence numbers; none makes the append a
 *     no-op that checks nothing
 * @param idempotencyKey names this append within its stream, so that repeating it writes nothing
 *     and returns what was recorded the first time; {@code null} for none
 */
public record Append<E>(
    String streamId,
    ExpectedSeq expected,
    List<NewEvent<E>> events,
    @Nullable String idempotencyKey) {

  /**
   * @throws dev.daybook.error.InvalidInputException if the stream id or the key is no name, or
   *     there are more than {@link Limits#MAX_EVENTS_PER_APPEND} events
   */
  public Append {
    InputRules.requireName("stream id", streamId);
    Objects.requireNonNull(expected, "expected");
    events = List.copyOf(events);
    InputRules.requireAtMost("events in one append", events, Limits.MAX_EVENTS_PER_APPEND);
    if (idempotencyKey != null) {
      InputRules.requireName("idempotency key", idempotencyKey);
    }
  }

  /** An append of events with tags, metadata or times of their own. */
  public static <E> Append<E> of(String streamId, ExpectedSeq expected, List<NewEvent<E>> events) {
    return new Append<>(streamId, expected, events, null);
  }

  /** An append of plain events. */
  @SafeVarargs
  public static <E> Append<E> of(String streamId, ExpectedSeq expected, E first, E... more) {
    List<NewEvent<E>> events = new ArrayList<>(1 + more.length);
    events.add(NewEvent.of(first));
    for (E event : more) {
      events.add(NewEvent.of(event));
    }
    return of(streamId, expected, events);
  }

  /** This under an idempotency key. */
  public Append<E> withIdempotencyKey(String key) {
    return new Append<>(streamId, expected, events, Objects.requireNonNull(key, "idempotency key"));
  }
}
