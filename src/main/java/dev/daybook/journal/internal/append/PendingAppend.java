package dev.daybook.journal.internal.append;

import dev.daybook.error.InvalidInputException;
import dev.daybook.journal.Append;
import dev.daybook.journal.ConflictException;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.types.EventCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An append whose events are encoded and have their times. */
public record PendingAppend<E>(Append<E> append, List<PendingEvent<E>> events) {

  public static <E> PendingAppend<E> of(
      Append<? extends E> append, EventCodec<E> codec, Instant now) {
    return of(append, codec, now, UnaryOperator.identity());
  }

  /**
   * The same with other metadata.
   *
   * @param metadata the metadata of an event, from what it has itself
   */
  public static <E> PendingAppend<E> of(
      Append<? extends E> append,
      EventCodec<E> codec,
      Instant now,
      UnaryOperator<Metadata> metadata) {
    Append<E> wide = widened(append);
    List<PendingEvent<E>> events = new ArrayList<>(wide.events().size());
    for (NewEvent<E> event : wide.events()) {
      events.add(PendingEvent.of(with(metadata, event), codec, now));
    }
    return new PendingAppend<>(wide, events);
  }

  private static <E> NewEvent<E> with(UnaryOperator<Metadata> metadata, NewEvent<E> event) {
    Metadata all = metadata.apply(event.metadata());
    return all.equals(event.metadata()) ? event : event.withMetadata(all);
  }

  /** Safe because an append can't be changed. */
  @SuppressWarnings("unchecked")
  private static <E> Append<E> widened(Append<? extends E> append) {
    return (Append<E>) append;
  }

  /** Whether these are the events of another append, but for metadata and times. */
  boolean isRecordedAs(List<RecordedEvent<E>> recorded, EventCodec<E> codec) {
    boolean same = recorded.size() == events.size();
    for (int i = 0; same && i < recorded.size(); i++) {
      NewEvent<E> event = events.get(i).event();
      same =
          Set.copyOf(event.tags()).equals(Set.copyOf(recorded.get(i).tags()))
              && codec.isSame(event.data(), recorded.get(i).data());
    }
    return same;
  }

  /**
   * Refuses it if its stream, which is at this high-water mark, is not as expected.
   *
   * @throws ConflictException if the mark is another one
   * @throws InvalidInputException if there are not enough numbers above it
   */
  void requireFits(long mark) {
    if (!append.expected().accepts(mark)) {
      throw new ConflictException(streamId(), append.expected(), mark);
    }
    if (events.size() > Long.MAX_VALUE - mark) {
      throw new InvalidInputException(
          "stream \"%s\" is at sequence number %s and has no numbers left for %s"
              .formatted(
                  streamId(), mark, events.size() == 1 ? "an event" : events.size() + " events"));
    }
  }

  String streamId() {
    return append.streamId();
  }
}
