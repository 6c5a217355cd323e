package dev.daybook.stream.internal;

import dev.daybook.internal.sql.Prepared;
import dev.daybook.internal.sql.Session;
import dev.daybook.journal.Appended;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.internal.StreamRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream's rows as they were read. The first event is given its position by the database,
 * the others follow it without a gap: nobody else writes meanwhile.
 */
final class Copying implements AutoCloseable {

  private static final int BATCH = 100;

  private final Session session;
  private final StreamStatements sql;
  private final Prepared events;
  private final Prepared tags;
  private long firstSeq;
  private long lastSeq;
  private long position;
  private int batched;
  private boolean tagged;

  Copying(Session session, StreamStatements sql) {
    this.session = session;
    this.sql = sql;
    this.events = session.prepare(sql.insertNextEvent);
    this.tags = session.prepare(sql.insertTag);
  }

  void event(StreamPages.StoredEvent event) {
    lastSeq = event.seq();
    if (position == 0) {
      firstSeq = lastSeq;
      position = insertFirst(event);
    } else {
      position++;
      StreamStatements.EVENT
          .set(events, event.values())
          .set(StreamStatements.POSITION, position)
          .addToBatch();
      batched++;
    }
    for (List<@Nullable Object> tag : event.tags()) {
      StreamStatements.EVENT_TAG
          .set(tags, tag)
          .set(StreamStatements.POSITION, position)
          .addToBatch();
      tagged = true;
    }
    if (batched == BATCH) {
      write();
    }
  }

  void snapshot(List<@Nullable Object> snapshot) {
    try (Prepared insert = session.prepare(sql.insertSnapshot)) {
      StreamStatements.SNAPSHOT.set(insert, snapshot).update();
    }
  }

  /** Writes what is left, and the stream's row. */
  void stream(StreamRow stream) {
    write();
    try (Prepared save = session.prepare(sql.saveStream)) {
      save.set(StreamStatements.STREAM_ID, stream.streamId())
          .set(StreamStatements.LAST_SEQ, stream.lastSeq())
          .set(StreamStatements.DELETED_TO, stream.deletedTo())
          .set(StreamStatements.STATE, StreamState.ARCHIVED.name())
          .set(StreamStatements.REASON, null)
          .set(
              StreamStatements.CHANGED_AT,
              stream.changedAt() == null ? null : stream.changedAt().toEpochMilli())
          .update();
    }
  }

  /** What listeners are to be told. */
  List<Appended> appended(String streamId) {
    return position == 0 ? List.of() : List.of(new Appended(streamId, firstSeq, lastSeq, position));
  }

  @Override
  public void close() {
    try (events) {
      tags.close();
    }
  }

  private long insertFirst(StreamPages.StoredEvent event) {
    try (Prepared first = session.prepare(sql.insertFirstEvent)) {
      return StreamStatements.EVENT
          .set(first, event.values())
          .first(row -> row.number(1))
          .orElseThrow();
    }
  }

  /** The events first: a tag's must be there. */
  private void write() {
    if (batched > 0) {
      events.updateBatch();
      batched = 0;
    }
    if (tagged) {
      tags.updateBatch();
      tagged = false;
    }
  }
}
