package dev.daybook.journal.internal.append;

import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.internal.read.JournalStatements;
import dev.daybook.journal.internal.read.ReadableJournal;
import dev.daybook.journal.internal.read.StreamRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where one transaction writes at a time. */
final class RowEventWriter implements EventWriter {

  private final ReadableJournal readable;
  private final AppendStatements sql;

  RowEventWriter(ReadableJournal readable, AppendStatements sql) {
    this.readable = readable;
    this.sql = sql;
  }

  @Override
  public Map<String, StreamRow> claim(Session session, Collection<String> streamIds) {
    Map<String, StreamRow> known = new HashMap<>();
    for (String streamId : streamIds) {
      StreamRow.find(session, readable.statements(), streamId)
          .ifPresent(row -> known.put(streamId, row));
    }
    return known;
  }

  /**
   * Positions follow the highest without a gap: no other transaction writes meanwhile. Only a
   * stream that gets its first event gets a row: the rows of the others stay right.
   */
  @Override
  public long[] write(
      Session session, List<? extends EventRow<?>> events, Map<String, Long> marks, long[] kept) {
    long[] positions =
        kept.length > 0 ? kept : positions(readable.highestPosition(session), events.size());
    insertEvents(session, events, positions);
    insertTags(session, events, positions);
    insertStreams(session, events, marks);
    return positions;
  }

  private static long[] positions(long highest, int count) {
    long[] positions = new long[count];
    for (int i = 0; i < count; i++) {
      positions[i] = highest + 1 + i;
    }
    return positions;
  }

  private void insertEvents(Session session, List<? extends EventRow<?>> events, long[] positions) {
    boolean plain = true;
    for (EventRow<?> event : events) {
      plain &= event.isPlain() && !event.isTagged();
    }
    try (Execution insert = session.prepare(plain ? sql.insertPlainEvent : sql.insertEvent)) {
      for (int i = 0; i < positions.length; i++) {
        EventRow<?> event = events.get(i);
        insert
            .nextRow()
            .set(JournalStatements.POSITION, positions[i])
            .set(JournalStatements.SEQ, event.seq());
        EventValues.set(insert, event, plain, event.checksum() - event.seq());
      }
      insert.updateRows();
    }
  }

  private void insertTags(Session session, List<? extends EventRow<?>> events, long[] positions) {
    try (Execution insert = session.prepare(sql.insertTag)) {
      for (int i = 0; i < positions.length; i++) {
        EventRow<?> event = events.get(i);
        if (event.isTagged()) {
          for (String tag : event.event().event().tags()) {
            insert
                .nextRow()
                .set(JournalStatements.STREAM_ID, event.streamId())
                .set(JournalStatements.SEQ, event.seq())
                .set(AppendStatements.TAG, tag)
                .set(JournalStatements.POSITION, positions[i]);
          }
        }
      }
      insert.updateRows();
    }
  }

  private void insertStreams(
      Session session, List<? extends EventRow<?>> events, Map<String, Long> marks) {
    try (Execution insert = session.prepare(sql.insertStream)) {
      for (EventRow<?> event : events) {
        if (event.seq() == 1) {
          insert
              .nextRow()
              .set(JournalStatements.STREAM_ID, event.streamId())
              .set(JournalStatements.SEQ, marks.getOrDefault(event.streamId(), event.seq()));
        }
      }
      insert.updateRows();
    }
  }
}
