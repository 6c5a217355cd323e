package dev.daybook.journal.internal.append;

import dev.daybook.error.DatabaseBusyException;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.internal.read.JournalStatements;
import dev.daybook.journal.internal.read.StreamRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where several transactions write at a time: a statement to claim streams, and one to write. */
final class ArrayEventWriter implements EventWriter {

  private final ArrayAppendSql sql;

  ArrayEventWriter(ArrayAppendSql sql) {
    this.sql = sql;
  }

  @Override
  public Map<String, StreamRow> claim(Session session, Collection<String> streamIds) {
    try (Execution claim = session.prepare(sql.claim)) {
      return claim
          .set(EventArrays.STREAM_IDS, streamIds.toArray(String[]::new))
          .list(StreamRow::read)
          .stream()
          .collect(Collectors.toMap(StreamRow::streamId, row -> row));
    }
  }

  @Override
  public long[] write(
      Session session,
      List<? extends EventRow<?>> events,
      Map<String, Long> marks,
      long[] positions) {
    boolean tagged = isTagged(events);
    try (Execution write = session.prepare(sql.write(positions.length > 0, tagged))) {
      setEvents(write, events, false);
      if (positions.length > 0) {
        write.set(EventArrays.POSITIONS, positions);
      }
      write
          .set(EventArrays.ENDS, StreamEnds.of(events, true))
          .set(EventArrays.STREAM_IDS, texts(events, EventRow::streamId))
          .set(EventArrays.SEQS, numbers(events, EventRow::seq))
          .set(ArrayAppendSql.MARKED_IDS, texts(marks.keySet(), id -> id))
          .set(ArrayAppendSql.MARKS, numbers(marks.values(), mark -> mark));
      if (tagged) {
        setTags(write, events, EventRow::seq);
      }
      return write.list(row -> row.number(1)).stream().mapToLong(position -> position).toArray();
    }
  }

  /**
   * Writes the events of one append as one statement, numbering them after those that the stream
   * has, if it is as expected.
   *
   * @param events numbered one by one, from wherever
   * @return the sequence number and the position of each; none if the stream is not as expected, or
   *     can't be written, and then nothing was written
   */
  List<EventAddress> writeAtOnce(
      Session session, PendingAppend<?> append, List<? extends EventRow<?>> events) {
    MarkRange expected = MarkRange.of(append.append().expected());
    boolean tagged = isTagged(events);
    OneStreamAppendSql.Events kind = kind(events);
    Script statement =
        sql.toStream.of(
            new OneStreamAppendSql.Shape(
                kind, session.isOutsideTransaction(), expected.lowest() > 0, tagged));
    try (Execution write = session.prepare(statement)) {
      if (kind == OneStreamAppendSql.Events.ONE) {
        setEvent(write, events.get(0));
      } else {
        setEventsOfStream(write, append.streamId(), events, kind);
      }
      write
          .set(OneStreamAppendSql.COUNT, (long) events.size())
          .set(OneStreamAppendSql.LOWEST, expected.lowest())
          .set(
              OneStreamAppendSql.HIGHEST,
              Math.min(expected.highest(), Long.MAX_VALUE - events.size()));
      return inOrder(
          write.list(row -> new EventAddress(append.streamId(), row.number(2), row.number(1))));
    }
  }

  private static OneStreamAppendSql.Events kind(List<? extends EventRow<?>> events) {
    if (events.size() == 1) {
      return OneStreamAppendSql.Events.ONE;
    }
    return isPlain(events) ? OneStreamAppendSql.Events.PLAIN : OneStreamAppendSql.Events.ANY;
  }

  private static boolean isPlain(List<? extends EventRow<?>> events) {
    return events.stream().allMatch(EventRow::isPlain);
  }

  /** No statement promises an order of what it returns. */
  private static List<EventAddress> inOrder(List<EventAddress> places) {
    places.sort(Comparator.comparingLong(EventAddress::position));
    return places;
  }

  private static void setEvent(Execution write, EventRow<?> event) {
    EventValues.set(write, event, false, event.checksum());
    if (event.isTagged()) {
      write.set(OneStreamAppendSql.TAG_NAMES, event.event().event().tags().toArray(String[]::new));
    }
  }

  private static void setEventsOfStream(
      Execution write,
      String streamId,
      List<? extends EventRow<?>> events,
      OneStreamAppendSql.Events kind) {
    setEvents(write, events, kind == OneStreamAppendSql.Events.PLAIN);
    write.set(JournalStatements.STREAM_ID, streamId);
    if (isTagged(events)) {
      long before = events.get(0).seq() - 1;
      setTags(write, events, row -> row.seq() - before);
    }
  }

  /**
   * Writes the events of several streams as one statement, as far as the streams are as expected.
   * From there on its transaction waits only briefly for locks of others.
   *
   * @param numbers the number of each event among those of its stream, from 1
   * @return where they went; those of a stream that is not as expected, or can't be written, are
   *     missing, and were not written
   * @throws DatabaseBusyException if it waited in vain
   */
  List<EventAddress> writeAtOnce(
      Session session,
      Collection<StreamClaim> claims,
      List<? extends EventRow<?>> events,
      ToLongFunction<EventRow<?>> numbers) {
    boolean tagged = isTagged(events);
    Long[] ends = StreamEnds.of(events, false);
    boolean together = ends.length > 0;
    MultiStreamAppendSql.Shape shape =
        new MultiStreamAppendSql.Shape(together, tagged, isPlain(events));
    try (Execution write = session.prepare(sql.toStreams.of(shape))) {
      setEvents(write, events, shape.plain());
      if (together) {
        write.set(EventArrays.ENDS, ends);
      }
      write
          .set(EventArrays.STREAM_IDS, texts(events, EventRow::streamId))
          .set(EventArrays.SEQS, numbers(events, numbers))
          .set(MultiStreamAppendSql.WANTED_IDS, texts(claims, StreamClaim::streamId))
          .set(MultiStreamAppendSql.COUNTS, numbers(claims, StreamClaim::count))
          .set(MultiStreamAppendSql.LOWEST, numbers(claims, StreamClaim::lowest))
          .set(MultiStreamAppendSql.HIGHEST, numbers(claims, StreamClaim::highest));
      if (tagged) {
        setTags(write, events, numbers);
      }
      return inOrder(
          write.list(row -> new EventAddress(row.text(3), row.number(2), row.number(1))));
    }
  }

  private static boolean isTagged(List<? extends EventRow<?>> events) {
    return events.stream().anyMatch(EventRow::isTagged);
  }

  /**
   * A column that has its default in all rows is not sent at all.
   *
   * @param plain whether the statement is for plain events
   */
  private static void setEvents(
      Execution write, List<? extends EventRow<?>> events, boolean plain) {
    List<? extends EventRow<?>> tagged = isTagged(events) ? events : List.of();
    write
        .set(EventArrays.TYPES, texts(events, row -> row.sealed().type()))
        .set(EventArrays.TIMES, numbers(events, row -> row.time().toEpochMilli()))
        .set(EventArrays.TAGS, texts(tagged, row -> row.event().tags()))
        .set(
            EventArrays.PAYLOADS,
            events.stream().map(row -> row.sealed().payload()).toArray(byte[][]::new))
        .set(EventArrays.CHECKSUMS, numbers(events, EventRow::checksum));
    if (!plain) {
      List<? extends EventRow<?>> special = isPlain(events) ? List.of() : events;
      write
          .set(EventArrays.SCHEMA_VERSIONS, numbers(special, row -> row.sealed().schemaVersion()))
          .set(EventArrays.CODECS, texts(special, row -> row.sealed().codec()))
          .set(EventArrays.COMPRESSIONS, texts(special, row -> row.sealed().compression()))
          .set(EventArrays.KEY_IDS, texts(special, row -> row.sealed().keyId()))
          .set(EventArrays.METADATA, texts(special, row -> row.event().metadata()))
          .set(EventArrays.IDEMPOTENCY_KEYS, texts(special, EventRow::idempotencyKey));
    }
  }

  private static void setTags(
      Execution write,
      List<? extends EventRow<?>> events,
      ToLongFunction<? super EventRow<?>> numbers) {
    List<EventRow<?>> tagged = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    for (EventRow<?> row : events) {
      for (String tag : row.event().event().tags()) {
        tagged.add(row);
        tags.add(tag);
      }
    }
    write
        .set(ArrayAppendSql.TAGGED_IDS, texts(tagged, EventRow::streamId))
        .set(ArrayAppendSql.TAGGED_SEQS, numbers(tagged, numbers))
        .set(OneStreamAppendSql.TAG_NAMES, tags.toArray(String[]::new));
  }

  private static <T> String[] texts(
      Collection<? extends T> rows, Function<? super T, @Nullable String> text) {
    return rows.stream().map(text).toArray(String[]::new);
  }

  private static <T> long[] numbers(
      Collection<? extends T> rows, ToLongFunction<? super T> number) {
    return rows.stream().mapToLong(number).toArray();
  }
}
