package dev.daybook.stream.internal;

import dev.daybook.internal.rows.PageSize;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.Appended;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.internal.read.StreamRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a stream's rows as they were read, at new positions. */
final class StreamCopy {

  private static final int BATCH = 100;

  /**
   * A position that was drawn.
   *
   * @param begunAfter what the event that gets it says if it is the last one that is written now
   */
  private record Drawn(long position, @Nullable Long begunAfter) {}

  private final Session session;
  private final StreamStatements sql;
  private final List<StreamPages.StoredEvent> waiting = new ArrayList<>();
  private long bytes;
  private long firstSeq;
  private long lastSeq;
  private long firstPosition;
  private long position;

  StreamCopy(Session session, StreamStatements sql) {
    this.session = session;
    this.sql = sql;
  }

  void event(StreamPages.StoredEvent event) {
    lastSeq = event.seq();
    if (firstSeq == 0) {
      firstSeq = lastSeq;
    }
    waiting.add(event);
    bytes += PageSize.bytes(event.values());
    if (waiting.size() == BATCH || bytes >= PageSize.MOST_BYTES) {
      write();
    }
  }

  void snapshot(List<@Nullable Object> snapshot) {
    try (Execution insert = session.prepare(sql.insertSnapshot)) {
      StreamStatements.SNAPSHOT.set(insert, snapshot).update();
    }
  }

  /**
   * Writes what is left, and the stream's row.
   *
   * @param reason what the row says besides that the stream is archived
   */
  void stream(StreamRow stream, @Nullable String reason) {
    write();
    String state = StreamState.ARCHIVED.name();
    Long changedAt = stream.changedAt() == null ? null : stream.changedAt().toEpochMilli();
    try (Execution save = session.prepare(sql.saveStream)) {
      save.set(StreamStatements.STREAM_ID, stream.streamId())
          .set(StreamStatements.LAST_SEQ, stream.lastSeq())
          .set(StreamStatements.DELETED_TO, stream.deletedTo())
          .set(StreamStatements.STATE, state)
          .set(StreamStatements.REASON, reason)
          .set(StreamStatements.CHANGED_AT, changedAt)
          .set(
              StreamStatements.CHECKSUM,
              StreamRow.checksum(stream.streamId(), state, reason, changedAt))
          .update();
    }
  }

  /** What listeners receive. */
  List<Appended> appended(String streamId) {
    return position == 0
        ? List.of()
        : List.of(new Appended(streamId, firstSeq, lastSeq, firstPosition, position));
  }

  /** The events first: a tag's must be there. */
  private void write() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Drawn> drawn = drawPositions(waiting.size());
    firstPosition = firstPosition == 0 ? drawn.get(0).position() : firstPosition;
    try (Execution events = session.prepare(sql.insertEvent);
        Execution tags = session.prepare(sql.insertTag)) {
      for (int i = 0; i < waiting.size(); i++) {
        StreamPages.StoredEvent event = waiting.get(i);
        position = drawn.get(i).position();
        boolean last = i == waiting.size() - 1;
        StreamStatements.EVENT
            .set(events.nextRow(), event.values())
            .set(StreamStatements.POSITION, position)
            .set(StreamStatements.BEGUN_AFTER, last ? drawn.get(i).begunAfter() : null);
        for (List<@Nullable Object> tag : event.tags()) {
          StreamStatements.EVENT_TAG
              .set(tags.nextRow(), tag)
              .set(StreamStatements.POSITION, position);
        }
      }
      events.updateRows();
      tags.updateRows();
    }
    waiting.clear();
    bytes = 0;
  }

  private List<Drawn> drawPositions(int count) {
    try (Execution draw = session.prepare(sql.drawPositions)) {
      return draw.set(StreamStatements.DRAWN, count)
          .list(row -> new Drawn(row.number(1), row.optionalNumber(2)));
    }
  }
}
