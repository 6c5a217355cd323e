package dev.daybook.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daybook.codec.Codec;
import dev.daybook.codec.TreeCodec;
import dev.daybook.codec.internal.ResolvedCodecs;
import dev.daybook.error.DaybookException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.NewEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.types.TypedEventCodec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** How a fixture writes and reads events, and compares and shows them. */
final class EventForms<E> {

  private final EventTypes<E> types;
  private final ResolvedCodecs codecs;
  private final @Nullable TypedEventCodec<E> codec;

  /**
   * @param written whether events are written and read back
   */
  EventForms(EventTypes<E> types, ResolvedCodecs codecs, boolean written) {
    this.types = types;
    this.codecs = codecs;
    this.codec = written ? TypedEventCodec.of(types, codecs) : null;
  }

  /**
   * The events as a journal records them and reads them.
   *
   * @param origin where they come from, such as "a given event"
   * @param before how many events the stream has
   */
  List<RecordedEvent<E>> recorded(
      List<? extends NewEvent<? extends E>> events, String streamId, long before, String origin) {
    List<RecordedEvent<E>> recorded = new ArrayList<>();
    for (NewEvent<? extends E> event : events) {
      recorded.add(recorded(event, streamId, before + recorded.size() + 1, origin));
    }
    return recorded;
  }

  private RecordedEvent<E> recorded(
      NewEvent<? extends E> event, String streamId, long seq, String origin) {
    try {
      if (codec == null) {
        return at(event, streamId, seq, types.nameOf(event.data()), event.data());
      }
      EncodedEvent encoded = codec.encode(event.data());
      return codec.decoded(at(event, streamId, seq, encoded.type(), encoded));
    } catch (DaybookException e) {
      throw new AssertionError(
          "%s can't be recorded: %s\n\n%s"
              .formatted(origin, Callbacks.message(e), beside(event.data())),
          e);
    }
  }

  /** An event that could not be recorded, beside what it is read back as, if it is. */
  private String beside(E event) {
    try {
      Codec writing = codecs.reading(codecs.writes()).orElseThrow();
      Class<?> type = event.getClass();
      Object read = writing.decode(writing.encode(event), type, 1);
      JsonNode written = FieldTree.shown(event);
      JsonNode found = FieldTree.shown(read);
      return written.equals(found)
          ? shown(event).line()
          : SideBySide.ofTwo(event, written, read, found).table();
    } catch (IOException | RuntimeException e) {
      return shown(event).line();
    }
  }

  private static <T> RecordedEvent<T> at(
      NewEvent<?> event, String streamId, long seq, String type, T data) {
    Instant time = event.time().orElse(TestClock.BEGINNING);
    return RecordedEvent.of(streamId, seq, seq, type, event.tags(), event.metadata(), time, data);
  }

  /**
   * Compares events.
   *
   * @param whole whether their tags, metadata and times count, too
   */
  SideBySide compare(
      List<? extends NewEvent<? extends E>> expected,
      List<? extends NewEvent<? extends E>> found,
      boolean whole) {
    BiPredicate<Integer, Integer> same =
        (i, j) ->
            isSame(expected.get(i).data(), found.get(j).data())
                && (!whole || hasSameRest(expected.get(i), found.get(j)));
    return new SideBySide(shown(expected, whole), shown(found, whole), same);
  }

  private boolean isSame(E one, E other) {
    return codec == null ? FieldTree.areSame(one, other) : codec.isSame(one, other);
  }

  private static boolean hasSameRest(NewEvent<?> one, NewEvent<?> other) {
    return one.tags().equals(other.tags())
        && one.metadata().equals(other.metadata())
        && one.time().equals(other.time());
  }

  private List<Shown> shown(List<? extends NewEvent<? extends E>> events, boolean whole) {
    return events.stream().map(event -> whole ? shownWhole(event) : shown(event.data())).toList();
  }

  private Shown shownWhole(NewEvent<? extends E> event) {
    Shown shown = shown(event.data());
    if (!event.tags().isEmpty()) {
      shown = shown.with("(tags)", event.tags().toString());
    }
    if (!event.metadata().isEmpty()) {
      shown = shown.with("(metadata)", event.metadata().entries().toString());
    }
    return event.time().isEmpty() ? shown : shown.with("(time)", event.time().get().toString());
  }

  /** An event as a failure shows it: as it would be written, if that is known. */
  Shown shown(E event) {
    return Shown.of(name(event), tree(event));
  }

  private String name(E event) {
    try {
      return types.nameOf(event);
    } catch (DaybookException e) {
      return event.getClass().getSimpleName();
    }
  }

  private JsonNode tree(E event) {
    try {
      return codec != null
              && codecs.reading(codecs.writes()).orElseThrow() instanceof TreeCodec trees
          ? trees.readTree(codecs.encode(event))
          : FieldTree.shown(event);
    } catch (IOException | RuntimeException e) {
      return FieldTree.shown(event);
    }
  }
}
