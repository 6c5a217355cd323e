package dev.daybook.journal.internal;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.sql.Cleaning;
import dev.daybook.internal.sql.Reading;
import dev.daybook.internal.sql.Row;
import dev.daybook.internal.sql.Session;
import dev.daybook.internal.sql.Sessions;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamQuery;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads events: of a stream only if it can be read, and across streams none behind the watermark.
 * Either is asked for along with the events.
 */
final class EventReader {

  private final JournalStore store;
  private final Sessions sessions;

  EventReader(JournalStore store, Sessions sessions) {
    this.store = store;
    this.sessions = sessions;
  }

  List<RecordedEvent<EncodedEvent>> list(EventQuery query) {
    if (query instanceof StreamQuery ofStream) {
      State state = new State(ofStream.streamId());
      List<RecordedEvent<EncodedEvent>> events;
      do {
        events = sessions.list(in(state, ofStream));
      } while (events.isEmpty() && state.hasChanged);
      return events;
    }
    Horizon horizon = new Horizon();
    List<RecordedEvent<EncodedEvent>> events = sessions.list(upTo(horizon, query));
    return horizon.isBeforeEvents ? events : sessions.list(upToKnown(query));
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Closed here, or by whoever is given it.
  Stream<RecordedEvent<EncodedEvent>> stream(EventQuery query) {
    if (query instanceof StreamQuery ofStream) {
      State state = new State(ofStream.streamId());
      Stream<RecordedEvent<EncodedEvent>> events = sessions.stream(in(state, ofStream));
      while (state.hasChanged) {
        Iterator<RecordedEvent<EncodedEvent>> first = events.iterator();
        if (hasNext(first, events)) {
          return resumed(first, events);
        }
        events.close();
        events = sessions.stream(in(state, ofStream));
      }
      return events;
    }
    Horizon horizon = new Horizon();
    Stream<RecordedEvent<EncodedEvent>> events = sessions.stream(upTo(horizon, query));
    if (horizon.isBeforeEvents) {
      return events;
    }
    events.close();
    return sessions.stream(upToKnown(query));
  }

  private static boolean hasNext(Iterator<?> iterator, Stream<?> of) {
    try {
      return iterator.hasNext();
    } catch (Throwable e) {
      Cleaning.after(e, of::close);
      throw e;
    }
  }

  private static <T> Stream<T> resumed(Iterator<T> iterator, Stream<T> of) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                iterator, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(of::close);
  }

  private Reading<RecordedEvent<EncodedEvent>> in(State state, StreamQuery query) {
    return store.reads().of(query, Long.MAX_VALUE).asking(state::set);
  }

  private Reading<RecordedEvent<EncodedEvent>> upTo(Horizon horizon, EventQuery query) {
    return store
        .reads()
        .of(query, Long.MAX_VALUE)
        .asking((session, watermark) -> watermark.ifPresent(row -> horizon.set(session, row)))
        .upTo(event -> event.position() <= horizon.position);
  }

  private Reading<RecordedEvent<EncodedEvent>> upToKnown(EventQuery query) {
    return store.reads().of(query, store.readableTo(sessions)).alone();
  }

  /**
   * The state of a stream, which is looked at behind the events: so they were not read after they
   * were deleted. They may have been read before they came back from another store; then there were
   * none. So if a state was ever changed, an answer without events counts only if the state was the
   * same at the look before. Of a cursor the first event is looked for then.
   */
  private final class State {

    private final String streamId;
    private @Nullable Instant changedAt;
    private boolean hasChanged;

    State(String streamId) {
      this.streamId = streamId;
    }

    void set(Session session, Optional<Row> head) {
      Optional<StreamRow> row = StreamRow.ofHead(session, store.statements(), streamId, head);
      row.ifPresent(StreamRow::requireReadable);
      Instant now = row.map(StreamRow::changedAt).orElse(null);
      hasChanged = now != null && !now.equals(changedAt);
      changedAt = now;
    }
  }

  /** Up to where events may be handed out, which is known once a reading has begun. */
  private final class Horizon {

    private long position = Long.MAX_VALUE;

    /** Whether the events are read of a state that is not older than this. */
    private boolean isBeforeEvents = true;

    void set(Session session, Row watermark) {
      isBeforeEvents = store.isUpToDate(sessions, watermark);
      if (isBeforeEvents) {
        position = store.readableTo(sessions, session, watermark);
      }
    }
  }
}
