package dev.daybook.journal.internal.read;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.observation.Observers;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamQuery;
import dev.daybook.journal.StreamStateException;
import dev.daybook.observation.ReadKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads events: of a stream only if it can be read, which its rows say, and across streams none
 * after the watermark, which is asked for along with the events.
 */
public final class EventReader {

  private final ReadableJournal journal;
  private final SqlAccess access;

  public EventReader(ReadableJournal journal, SqlAccess access) {
    this.journal = journal;
    this.access = access;
  }

  public List<RecordedEvent<EncodedEvent>> list(EventQuery query) {
    ReadKind kind = query instanceof StreamQuery ? ReadKind.STREAM : ReadKind.JOURNAL;
    return observers().reading(kind, () -> find(query));
  }

  private Observers observers() {
    return journal.database().observers();
  }

  private List<RecordedEvent<EncodedEvent>> find(EventQuery query) {
    if (query instanceof StreamQuery ofStream) {
      StreamAttempts attempts = new StreamAttempts(ofStream);
      List<RecordedEvent<EncodedEvent>> events;
      do {
        events = access.list(attempts.next());
      } while (!attempts.areEnough());
      return events;
    }
    if (isNewestFirst(query)) {
      return access.list(upToKnown(query));
    }
    Horizon horizon = new Horizon();
    List<RecordedEvent<EncodedEvent>> events = access.list(upTo(horizon, query));
    return horizon.holdsForEvents ? events : access.list(upToKnown(query));
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Closed by the caller.
  public Stream<RecordedEvent<EncodedEvent>> stream(EventQuery query) {
    return observers().reading(() -> open(query));
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Closed here or by the caller.
  private Stream<RecordedEvent<EncodedEvent>> open(EventQuery query) {
    if (query instanceof StreamQuery ofStream) {
      return streamOf(new StreamAttempts(ofStream));
    }
    if (isNewestFirst(query)) {
      return access.stream(upToKnown(query));
    }
    Horizon horizon = new Horizon();
    Stream<RecordedEvent<EncodedEvent>> events = access.stream(upTo(horizon, query));
    if (horizon.holdsForEvents) {
      return events;
    }
    events.close();
    return access.stream(upToKnown(query));
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // Closed here or by the caller.
  private Stream<RecordedEvent<EncodedEvent>> streamOf(StreamAttempts attempts) {
    do {
      Stream<RecordedEvent<EncodedEvent>> events = access.stream(attempts.next().firstRowAtOnce());
      if (attempts.isReadable()) {
        return events;
      }
      events.close();
    } while (!attempts.areEnough());
    return Stream.empty();
  }

  /**
   * How many events a read of a query would find.
   *
   * @throws StreamStateException if it is of one stream, and that can't be read
   */
  public long count(EventQuery query) {
    return observers().reading(ReadKind.COUNT, () -> counted(query));
  }

  private long counted(EventQuery query) {
    boolean ofStream = query instanceof StreamQuery;
    long to = ofStream ? Long.MAX_VALUE : journal.readableTo(access);
    long counted = access.list(journal.reads().count(query, to)).get(0);
    if (query instanceof StreamQuery stream) {
      requireReadable(stream.streamId());
    }
    return counted;
  }

  /**
   * Makes sure that a stream can be read, after it was: one that could be read before and can't be
   * now is refused.
   *
   * @throws StreamStateException if it can't be read
   */
  public void requireReadable(String streamId) {
    access
        .read(session -> StreamRow.find(session, journal.statements().streamRow, streamId))
        .ifPresent(StreamRow::requireReadable);
  }

  /** Events that may not be read yet come first then, so the watermark has to be known before. */
  private static boolean isNewestFirst(EventQuery query) {
    return query instanceof JournalQuery ofJournal && ofJournal.isNewestFirst();
  }

  private RowQuery<RecordedEvent<EncodedEvent>> upTo(Horizon horizon, EventQuery query) {
    return journal
        .reads()
        .of(query, Long.MAX_VALUE)
        .asking((session, watermark) -> watermark.ifPresent(row -> horizon.set(session, row)))
        .upTo(event -> event.position() <= horizon.position);
  }

  private RowQuery<RecordedEvent<EncodedEvent>> upToKnown(EventQuery query) {
    return journal.reads().of(query, journal.readableTo(access)).alone();
  }

  /**
   * Reads of a stream, until one counts. Events count if the stream was readable in the state of
   * the database that they are of. If there were none, the stream's row is read afterwards: they
   * may have been read before they came back from another journal. So if a state was ever changed,
   * an answer without events counts only if the row was the same before.
   */
  private final class StreamAttempts {

    private final StreamQuery query;
    private final int readableColumn = journal.reads().readableColumn();
    private boolean found;
    private boolean readable;
    private @Nullable Instant changedAt;

    StreamAttempts(StreamQuery query) {
      this.query = query;
    }

    RowQuery<RecordedEvent<EncodedEvent>> next() {
      found = false;
      return journal.reads().ofStream(query, this::look).alone();
    }

    private void look(Row row) {
      if (!found) {
        found = true;
        // Without a row nothing says that it must not be read; a check finds that it has none.
        Long says = row.optionalNumber(readableColumn);
        readable = says == null || says != 0;
      }
    }

    /** Whether the last read has found events that may be read. */
    boolean isReadable() {
      return found && readable;
    }

    /**
     * Whether the last read counts.
     *
     * @throws StreamStateException if the stream can't be read
     */
    boolean areEnough() {
      if (isReadable()) {
        return true;
      }
      Optional<StreamRow> row =
          access.read(
              session -> StreamRow.find(session, journal.statements().streamRow, query.streamId()));
      row.ifPresent(StreamRow::requireReadable);
      Instant now = row.map(StreamRow::changedAt).orElse(null);
      boolean same = now == null || now.equals(changedAt);
      changedAt = now;
      return !found && same;
    }
  }

  /** Up to which position events may be returned, which is known once a reading has begun. */
  private final class Horizon {

    private long position = Long.MAX_VALUE;

    /**
     * Whether the rows that follow are of a state of the database that has all events up to the
     * position. If not, they are read again, with the position known.
     */
    private boolean holdsForEvents = true;

    void set(Session session, Row watermark) {
      ReadableJournal.requireUpToDate(access, watermark);
      holdsForEvents = Watermark.isUpToDate(watermark);
      if (holdsForEvents) {
        position = journal.readableTo(access, session, watermark);
      }
    }
  }
}
