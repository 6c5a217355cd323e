package dev.daybook.journal.internal;

import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where one transaction writes at a time. */
final class SequentialWriter implements EventWriter {

  private final JournalStatements sql;

  SequentialWriter(JournalStatements sql) {
    this.sql = sql;
  }

  @Override
  public Map<String, StreamRow> claim(Session session, Collection<String> streamIds) {
    Map<String, StreamRow> known = new HashMap<>();
    for (String streamId : streamIds) {
      StreamRow.find(session, sql, streamId).ifPresent(row -> known.put(streamId, row));
    }
    return known;
  }

  /** The first event is given its position by the database; the others follow it without a gap. */
  @Override
  public long[] write(
      Session session, List<? extends EventRow<?>> events, Map<String, Long> marks) {
    boolean plain = true;
    for (EventRow<?> event : events) {
      plain &= event.isPlain() && !event.isTagged();
    }
    long first = insertFirst(session, events.get(0), plain);
    long[] positions = new long[events.size()];
    positions[0] = first;
    if (events.size() > 1) {
      try (Prepared insert =
          session.prepare(plain ? sql.insertNextPlainEvent : sql.insertNextEvent)) {
        for (int i = 1; i < positions.length; i++) {
          positions[i] = first + i;
          set(insert.nextRow().set(JournalStatements.POSITION, positions[i]), events.get(i), plain);
        }
        insert.updateRows();
      }
    }
    writeTags(session, events, positions);
    writeMarks(session, marks);
    return positions;
  }

  private long insertFirst(Session session, EventRow<?> event, boolean plain) {
    try (Prepared insert =
        session.prepare(plain ? sql.insertFirstPlainEvent : sql.insertFirstEvent)) {
      return set(insert, event, plain).first(row -> row.number(1)).orElseThrow();
    }
  }

  private static Prepared set(Prepared insert, EventRow<?> event, boolean plain) {
    insert.set(JournalStatements.SEQ, event.seq());
    EventValues.set(insert, event, plain, event.checksum() - event.seq());
    return insert;
  }

  private void writeTags(Session session, List<? extends EventRow<?>> events, long[] positions) {
    try (Prepared insert = session.prepare(sql.insertTag)) {
      for (int i = 0; i < positions.length; i++) {
        EventRow<?> event = events.get(i);
        if (event.isTagged()) {
          for (String tag : event.event().event().tags()) {
            insert
                .nextRow()
                .set(JournalStatements.STREAM_ID, event.streamId())
                .set(JournalStatements.SEQ, event.seq())
                .set(JournalStatements.TAG, tag)
                .set(JournalStatements.POSITION, positions[i]);
          }
        }
      }
      insert.updateRows();
    }
  }

  private void writeMarks(Session session, Map<String, Long> marks) {
    try (Prepared raise = session.prepare(sql.raiseMark)) {
      marks.forEach(
          (streamId, seq) ->
              raise
                  .nextRow()
                  .set(JournalStatements.STREAM_ID, streamId)
                  .set(JournalStatements.SEQ, seq));
      raise.updateRows();
    }
  }
}
