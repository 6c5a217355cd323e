package dev.daybook.journal;

import dev.daybook.internal.input.InputRules;
import dev.daybook.settings.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events for one stream, with the expectation that they depend on. Immutable.
 *
 * <pre>{@code
 * Append.of("order-7", ExpectedSeq.noStream(), new OrderPlaced("ann"));
 * Append.of("order-7", ExpectedSeq.any(), NewEvent.of(new OrderPaid()).tagged("customer:ann"));
 * Append.ofAll("order-7", ExpectedSeq.exactly(2), decisions).withIdempotencyKey("request-9");
 * }</pre>
 *
 * @param <E> the type of the events
 */
public final class Append<E> {

  private final String streamId;
  private final ExpectedSeq expected;
  private final List<NewEvent<E>> events;
  private final @Nullable String idempotencyKey;
  private final boolean keyIsRecorded;

  private Append(
      String streamId,
      ExpectedSeq expected,
      List<NewEvent<E>> events,
      @Nullable String idempotencyKey,
      boolean keyIsRecorded) {
    this.streamId = streamId;
    this.expected = expected;
    this.events = events;
    this.idempotencyKey = idempotencyKey;
    this.keyIsRecorded = keyIsRecorded;
  }

  /**
   * An append of events with tags, metadata or their own times.
   *
   * @param events in the order in which they get their sequence numbers; none makes the append a
   *     no-op that checks nothing
   * @throws dev.daybook.error.InvalidInputException if the stream id is not a valid name, or there
   *     are more than {@link Limits#MAX_EVENTS_PER_APPEND} events
   */
  public static <E> Append<E> of(
      String streamId, ExpectedSeq expected, List<? extends NewEvent<? extends E>> events) {
    InputRules.requireName("stream id", streamId);
    Objects.requireNonNull(expected, "expected");
    InputRules.requireAtMost("events in one append", events, Limits.MAX_EVENTS_PER_APPEND);
    return new Append<>(streamId, expected, widened(List.copyOf(events)), null, false);
  }

  /**
   * An append of events with tags, metadata or their own times.
   *
   * @throws dev.daybook.error.InvalidInputException as {@link #of(String, ExpectedSeq, List)}
   */
  @SafeVarargs
  public static <E> Append<E> of(
      String streamId,
      ExpectedSeq expected,
      NewEvent<? extends E> first,
      NewEvent<? extends E>... more) {
    List<NewEvent<? extends E>> events = new ArrayList<>(1 + more.length);
    events.add(first);
    for (NewEvent<? extends E> event : more) {
      events.add(event);
    }
    return of(streamId, expected, events);
  }

  /**
   * An append of plain events.
   *
   * @throws dev.daybook.error.InvalidInputException as {@link #of(String, ExpectedSeq, List)}
   */
  @SafeVarargs
  public static <E> Append<E> of(String streamId, ExpectedSeq expected, E first, E... more) {
    List<NewEvent<E>> events = new ArrayList<>(1 + more.length);
    events.add(NewEvent.of(first));
    for (E event : more) {
      events.add(NewEvent.of(event));
    }
    return of(streamId, expected, events);
  }

  /**
   * An append of plain events, in the order of the collection.
   *
   * @throws dev.daybook.error.InvalidInputException as {@link #of(String, ExpectedSeq, List)}
   */
  public static <E> Append<E> ofAll(
      String streamId, ExpectedSeq expected, Collection<? extends E> events) {
    List<NewEvent<E>> plain = new ArrayList<>(events.size());
    for (E event : events) {
      plain.add(NewEvent.of(event));
    }
    return of(streamId, expected, plain);
  }

  /** Safe because neither the list nor an event in it can be changed. */
  @SuppressWarnings("unchecked")
  private static <E> List<NewEvent<E>> widened(List<? extends NewEvent<? extends E>> unmodifiable) {
    return (List<NewEvent<E>>) unmodifiable;
  }

  /**
   * This under an idempotency key: repeating it writes nothing and returns what was recorded the
   * first time. A key belongs to its stream.
   *
   * @throws dev.daybook.error.InvalidInputException if the key is not a valid name
   */
  public Append<E> withIdempotencyKey(String key) {
    return new Append<>(
        streamId, expected, events, InputRules.requireName("idempotency key", key), false);
  }

  /**
   * This with the idempotency key that its events were recorded under elsewhere, such as in a store
   * that they are copied from. The key is stored with the events and not looked up: this append
   * writes them whether the stream has the key or not, so that the events of one append may be
   * copied one by one. A later append under the key writes nothing.
   *
   * @throws dev.daybook.error.InvalidInputException if the key is not a valid name
   */
  public Append<E> withRecordedKey(String key) {
    return new Append<>(
        streamId, expected, events, InputRules.requireName("idempotency key", key), true);
  }

  /** The stream. */
  public String streamId() {
    return streamId;
  }

  /** Where the stream must be for the events to be appended. */
  public ExpectedSeq expected() {
    return expected;
  }

  /** The events, in the order in which they get their sequence numbers. Unmodifiable. */
  public List<NewEvent<E>> events() {
    return events;
  }

  /** The key under which repeating the append writes nothing, or that is stored with it. */
  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }

  /** Whether the key is stored only, by {@link #withRecordedKey}. */
  public boolean keyIsRecorded() {
    return keyIsRecorded;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Append<?> append
        && streamId.equals(append.streamId)
        && expected.equals(append.expected)
        && events.equals(append.events)
        && Objects.equals(idempotencyKey, append.idempotencyKey)
        && keyIsRecorded == append.keyIsRecorded;
  }

  @Override
  public int hashCode() {
    return Objects.hash(streamId, expected, events, idempotencyKey);
  }

  @Override
  public String toString() {
    return "Append[streamId=%s, expected=%s, events=%s, idempotencyKey=%s]"
        .formatted(streamId, expected, events, idempotencyKey);
  }
}
