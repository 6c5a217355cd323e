package dev.daybook.stream.internal;

import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.rows.Columns;
import dev.daybook.internal.rows.PageSize;
import dev.daybook.internal.rows.ReadScope;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.RowReader;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that a stream has in a store, read page by page; {@link PageSize} says how much at a time.
 */
final class StreamPages {

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

  private final ReadScope source;
  private final StreamStatements sql;
  private final String streamId;

  private StreamPages(ReadScope source, StreamStatements sql, String streamId) {
    this.source = source;
    this.sql = sql;
    this.streamId = streamId;
  }

  static StreamPages of(SqlAccess access, StreamStatements sql, String streamId) {
    return new StreamPages(access::read, sql, streamId);
  }

  /** As a session sees it that is at work already. */
  static StreamPages in(Session session, StreamStatements sql, String streamId) {
    return new StreamPages(ReadScope.in(session), sql, streamId);
  }

  /** Passes on the events after a number, up to and including another, in order. */
  void events(long after, long to, Consumer<StoredEvent> each) {
    long last = after;
    List<StoredEvent> page;
    do {
      long behind = last;
      page = source.read(session -> events(session, behind, to));
      page.forEach(each);
      last = page.isEmpty() ? last : page.get(page.size() - 1).seq();
    } while (!page.isEmpty() && last < to);
  }

  /** Passes on the rows of the snapshots, as {@link StreamStatements#SNAPSHOT} has them. */
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
    } while (!page.isEmpty());
  }

  private List<StoredEvent> events(Session session, long after, long to) {
    List<List<@Nullable Object>> rows =
        page(
            session,
            sql.eventSizes,
            sql.events,
            StreamStatements.EVENT,
            it -> range(it, after, to));
    List<StoredEvent> page = new ArrayList<>();
    rows.forEach(row -> page.add(new StoredEvent(row, new ArrayList<>())));
    if (!page.isEmpty()) {
      long last = page.get(page.size() - 1).seq();
      Deque<StoredEvent> events = new ArrayDeque<>(page);
      for (List<@Nullable Object> tag :
          list(session, sql.tags, StreamStatements.EVENT_TAG::read, it -> range(it, after, last))) {
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
    return page(
        session,
        sql.snapshotSizes,
        sql.snapshots,
        StreamStatements.SNAPSHOT,
        it -> it.set(StreamStatements.AFTER, after));
  }

  private List<List<@Nullable Object>> page(
      Session session,
      Script sizes,
      Script query,
      Columns columns,
      UnaryOperator<Execution> parameters) {
    long rows =
        PageSize.of(
            list(
                session,
                sizes,
                row -> row.number(1),
                it -> parameters.apply(it).set(StreamStatements.LIMIT, (long) PageSize.MOST_ROWS)));
    return rows == 0
        ? List.of()
        : list(
            session,
            query,
            columns::read,
            it -> parameters.apply(it).set(StreamStatements.LIMIT, rows));
  }

  private <T> List<T> list(
      Session session, Script query, RowReader<T> reader, Consumer<Execution> parameters) {
    try (Execution prepared = session.prepare(query)) {
      parameters.accept(prepared.set(StreamStatements.STREAM_ID, streamId));
      return prepared.list(reader);
    }
  }

  private static Execution range(Execution prepared, long after, long to) {
    return prepared.set(StreamStatements.AFTER, after).set(StreamStatements.TO, to);
  }
}
