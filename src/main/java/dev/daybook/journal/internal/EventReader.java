package dev.daybook.journal.internal;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.sql.Reading;
import dev.daybook.internal.sql.Row;
import dev.daybook.internal.sql.Session;
import dev.daybook.internal.sql.Sessions;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamQuery;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
      return sessions.list(of(ofStream));
    }
    Horizon horizon = new Horizon();
    List<RecordedEvent<EncodedEvent>> events = sessions.list(upTo(horizon, query));
    return horizon.isBeforeEvents
        ? horizon.within(events.stream()).toList()
        : sessions.list(upToKnown(query));
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Closed here, or by whoever is given it.
  Stream<RecordedEvent<EncodedEvent>> stream(EventQuery query) {
    if (query instanceof StreamQuery ofStream) {
      return sessions.stream(of(ofStream));
    }
    Horizon horizon = new Horizon();
    Stream<RecordedEvent<EncodedEvent>> events = sessions.stream(upTo(horizon, query));
    if (horizon.isBeforeEvents) {
      return horizon.within(events);
    }
    events.close();
    return sessions.stream(upToKnown(query));
  }

  /** The state is looked at behind the events: so they were not read after they were deleted. */
  private Reading<RecordedEvent<EncodedEvent>> of(StreamQuery query) {
    return store
        .reads()
        .of(query, Long.MAX_VALUE)
        .asking((session, head) -> requireReadable(session, query.streamId(), head));
  }

  private void requireReadable(Session session, String streamId, Optional<Row> head) {
    StreamRow.ofHead(session, store.statements(), streamId, head)
        .ifPresent(StreamRow::requireReadable);
  }

  private Reading<RecordedEvent<EncodedEvent>> upTo(Horizon horizon, EventQuery query) {
    return store
        .reads()
        .of(query, Long.MAX_VALUE)
        .asking((session, watermark) -> watermark.ifPresent(horizon::set));
  }

  private Reading<RecordedEvent<EncodedEvent>> upToKnown(EventQuery query) {
    return store.reads().of(query, store.watermark(sessions)).alone();
  }

  /** Up to where events may be handed out, which is known once a reading has begun. */
  private final class Horizon {

    private long position = Long.MAX_VALUE;

    /** Whether the events are read of a state that is not older than this. */
    private boolean isBeforeEvents = true;

    void set(Row watermark) {
      isBeforeEvents = store.isUpToDate(sessions, watermark);
      position = watermark.number(1);
    }

    Stream<RecordedEvent<EncodedEvent>> within(Stream<RecordedEvent<EncodedEvent>> events) {
      return position == Long.MAX_VALUE
          ? events
          : events.takeWhile(event -> event.position() <= position);
    }
  }
}
