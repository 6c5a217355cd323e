package dev.daybook.stream.internal;

import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.rows.Columns;
import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.internal.sql.Session;
import dev.daybook.internal.sql.Sessions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that a stream has in a store, read page by page. */
final class StreamPages {

  private static final long PAGE = 100;

  /**
   * An event as it is stored, but for its position.
   *
   * @param values its columns, as {@link StreamStatements#EVENT} has them
   * @param tags the rows of its tags, as {@link StreamStatements#EVENT_TAG} has them
   */
  record StoredEvent(List<@Nullable Object> values, List<List<@Nullable Object>> tags) {

    long seq() {
      return StreamStatements.EVENT.value(Tables.EVENTS.SEQ, values);
    }
  }

  /** Where pages are read. */
  private interface Source {
    <T> T read(Function<Session, T> work);
  }

  private record InSession(Session session) {
    <T> T read(Function<Session, T> work) {
      return work.apply(session);
    }
  }

  private final Source source;
  private final StreamStatements sql;
  private final String streamId;

  private StreamPages(Source source, StreamStatements sql, String streamId) {
    this.source = source;
    this.sql = sql;
    this.streamId = streamId;
  }

  static StreamPages of(Sessions sessions, StreamStatements sql, String streamId) {
    return new StreamPages(sessions::read, sql, streamId);
  }

  /** As a session sees it that is at work already. */
  static StreamPages in(Session session, StreamStatements sql, String streamId) {
    return new StreamPages(new InSession(session)::read, sql, streamId);
  }

  /** Hands over the events behind a number, up to and including another, in order. */
  void events(long after, long to, Consumer<StoredEvent> each) {
    long last = after;
    List<StoredEvent> page;
    do {
      long behind = last;
      page = source.read(session -> events(session, behind, to));
      page.forEach(each);
      last = page.isEmpty() ? last : page.get(page.size() - 1).seq();
    } while (page.size() == PAGE);
  }

  /** Hands over the rows of the snapshots, as {@link StreamStatements#SNAPSHOT} has them. */
  void snapshots(Consumer<List<@Nullable Object>> each) {
    long last = 0;
    List<List<@Nullable Object>> page;
    do {
      long behind = last;
      page = source.read(session -> snapshots(session, behind));
      for (List<@Nullable Object> snapshot : page) {
        each.accept(snapshot);
        last = StreamStatements.SNAPSHOT.value(Tables.SNAPSHOTS.SEQ, snapshot);
      }
    } while (page.size() == PAGE);
  }

  private List<StoredEvent> events(Session session, long after, long to) {
    List<List<@Nullable Object>> rows =
        rows(
            session,
            sql.events,
            StreamStatements.EVENT,
            it -> range(it, after, to).set(StreamStatements.LIMIT, PAGE));
    List<StoredEvent> page = new ArrayList<>();
    rows.forEach(row -> page.add(new StoredEvent(row, new ArrayList<>())));
    if (!page.isEmpty()) {
      long last = page.get(page.size() - 1).seq();
      Deque<StoredEvent> events = new ArrayDeque<>(page);
      for (List<@Nullable Object> tag :
          rows(session, sql.tags, StreamStatements.EVENT_TAG, it -> range(it, after, last))) {
        long seq = StreamStatements.EVENT_TAG.value(Tables.EVENTS_TAGS.SEQ, tag);
        while (events.element().seq() < seq) {
          events.remove();
        }
        events.element().tags().add(tag);
      }
    }
    return page;
  }

  private List<List<@Nullable Object>> snapshots(Session session, long after) {
    return rows(
        session,
        sql.snapshots,
        StreamStatements.SNAPSHOT,
        it -> it.set(StreamStatements.AFTER, after).set(StreamStatements.LIMIT, PAGE));
  }

  private List<List<@Nullable Object>> rows(
      Session session, Rendered query, Columns columns, Consumer<Prepared> parameters) {
    try (Prepared prepared = session.prepare(query)) {
      parameters.accept(prepared.set(StreamStatements.STREAM_ID, streamId));
      return prepared.list(columns::read);
    }
  }

  private static Prepared range(Prepared prepared, long after, long to) {
    return prepared.set(StreamStatements.AFTER, after).set(StreamStatements.TO, to);
  }
}
