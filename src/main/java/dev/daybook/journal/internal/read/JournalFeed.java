package dev.daybook.journal.internal.read;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.JournalRolledBackException;
import dev.daybook.internal.signals.CommitSignal;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamQuery;
import dev.daybook.observation.ReadKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored events that a query selects, page by page in the order of their positions, for a
 * reader that follows the journal. It remembers what it has read, and so notices that the database
 * was rolled back to an earlier state. For one thread that reads; others may check for that.
 */
public final class JournalFeed {

  private static final long MOST_BYTES = 4L << 20;

  /**
   * Some of the events.
   *
   * @param events at most as many as were asked for, and not many more bytes than a page should
   *     have
   * @param scannedTo up to which position there are no others
   * @param end whether these are all
   * @param asOf the {@link #deletions} before it was read
   */
  public record Page(
      List<RecordedEvent<EncodedEvent>> events, long scannedTo, boolean end, long asOf) {}

  /**
   * Events that were there a moment ago.
   *
   * @param asOf the {@link #deletions} before that was found out
   */
  public record Undeleted<E>(List<RecordedEvent<E>> events, long asOf) {}

  /**
   * What is known of the journal.
   *
   * @param position one that was given, and the highest such one
   * @param last the last event that was read, if there is one
   */
  private record Seen(long position, @Nullable Landmark last) {}

  /** What identifies an event, should another one get its position. */
  private record Landmark(long position, String streamId, long seq, long time) {

    static Landmark of(RecordedEvent<?> event) {
      return new Landmark(
          event.position(), event.streamId(), event.seq(), event.time().toEpochMilli());
    }
  }

  private final ReadableJournal journal;
  private final EventQuery query;
  private final EventReads.Read read;
  private volatile Seen seen = new Seen(0, null);

  private JournalFeed(ReadableJournal journal, EventQuery query) {
    this.journal = journal;
    this.query = query;
    this.read = journal.reads().of(query, Long.MAX_VALUE);
  }

  /**
   * Follows the events that a query selects.
   *
   * @throws InvalidInputException if the query has an end or the opposite order
   */
  public static JournalFeed of(ReadableJournal journal, EventQuery query) {
    requireOpenEnded(query);
    return new JournalFeed(journal, query);
  }

  /** Notifications of new events. */
  public CommitSignal.Watch watch() {
    return journal.database().watch();
  }

  /** The position of the last event that readers can see; 0 without one. */
  public long head() {
    return journal.latestPosition(journal.database());
  }

  /** The highest position that was ever given to an event, whether that still exists or not. */
  public long highest() {
    return journal.highestPosition();
  }

  /**
   * How often events may have been deleted. Asked before events are read, it shows later whether
   * they have to be checked again before they are delivered.
   */
  public long deletions() {
    return journal.database().deletions().count();
  }

  /**
   * Those of some events that were not deleted since they were read. The database is asked only if
   * something may have been deleted.
   *
   * @param asOf the {@link #deletions} before they were read
   */
  public <E> Undeleted<E> undeleted(SqlAccess access, List<RecordedEvent<E>> events, long asOf) {
    long now = deletions();
    if (now == asOf) {
      return new Undeleted<>(events, asOf);
    }
    return access.read(
        session -> {
          List<RecordedEvent<E>> left = new ArrayList<>(events.size());
          for (RecordedEvent<E> event : events) {
            if (whatIsAt(session, event.position()).isPresent()) {
              left.add(event);
            }
          }
          return new Undeleted<>(left, now);
        });
  }

  /** {@link #undeleted(SqlAccess, List, long)} of one event. */
  public boolean isUndeleted(RecordedEvent<?> event, long asOf) {
    return !undeletedOne(event, asOf).isEmpty();
  }

  private <E> List<RecordedEvent<E>> undeletedOne(RecordedEvent<E> event, long asOf) {
    return undeleted(journal.database(), List.of(event), asOf).events();
  }

  /**
   * The events after a position.
   *
   * @throws JournalRolledBackException if events that were read before are lost
   */
  public Page after(long position, int limit) {
    return journal.database().observers().reading(ReadKind.PAGE, () -> page(position, limit));
  }

  private Page page(long position, int limit) {
    long asOf = deletions();
    // Read first: up to that position, the query sees every event that there will ever be.
    long upTo = journal.safePosition();
    if (upTo < seen.position()) {
      journal.database().read(this::requireGiven);
    }
    if (upTo <= position) {
      return new Page(List.of(), position, true, asOf);
    }
    List<RecordedEvent<EncodedEvent>> events = new ArrayList<>();
    long bytes = 0;
    try (Stream<RecordedEvent<EncodedEvent>> rows = rows(position, upTo, limit)) {
      Iterator<RecordedEvent<EncodedEvent>> each = rows.iterator();
      while (bytes < MOST_BYTES && each.hasNext()) {
        RecordedEvent<EncodedEvent> event = each.next();
        bytes += event.data().payload().length;
        events.add(event);
      }
    }
    // Afterwards: what was read may be from another state of the database than what was before.
    requireNotRolledBack();
    boolean end = events.size() < limit && bytes < MOST_BYTES;
    long last = position;
    if (!events.isEmpty()) {
      RecordedEvent<EncodedEvent> lastEvent = events.get(events.size() - 1);
      last = lastEvent.position();
      seen = new Seen(Math.max(seen.position(), last), Landmark.of(lastEvent));
    }
    if (end) {
      last = Math.max(last, upTo);
      seen = new Seen(Math.max(seen.position(), upTo), seen.last());
    }
    return new Page(events, last, end, asOf);
  }

  /** Begins again with the state of the database. */
  public void forget() {
    seen = new Seen(0, null);
  }

  /**
   * Makes sure that the events that were read still exist.
   *
   * @throws JournalRolledBackException if events that were read are lost
   */
  public void requireNotRolledBack() {
    journal
        .database()
        .read(
            session -> {
              requireNotRolledBack(session);
              return true;
            });
  }

  /** The same for the state of the database that a session sees. */
  public void requireNotRolledBack(Session session) {
    Landmark last = seen.last();
    if (last == null) {
      requireGiven(session);
      return;
    }
    Optional<Landmark> there = whatIsAt(session, last.position());
    if (there.isEmpty()) {
      requireGiven(session);
      requireDeletedOrMoved(session, last);
    } else if (!there.get().equals(last)) {
      throw new JournalRolledBackException(seen.position(), last.position() - 1);
    }
  }

  /** Whether an event is in the state of the database that a session sees, where it was. */
  public boolean isThere(Session session, RecordedEvent<?> event) {
    return whatIsAt(session, event.position()).filter(Landmark.of(event)::equals).isPresent();
  }

  private long requireGiven(Session session) {
    long given = seen.position();
    long highest = journal.highestPosition(session);
    if (highest < given) {
      throw new JournalRolledBackException(given, highest);
    }
    return highest;
  }

  /** An event that was deleted or moved leaves a trace in its stream, and one that is lost none. */
  private void requireDeletedOrMoved(Session session, Landmark last) {
    if (deletedTo(session, last.streamId()) < last.seq() && !isElsewhere(session, last)) {
      throw new JournalRolledBackException(seen.position(), last.position() - 1);
    }
  }

  private long deletedTo(Session session, String streamId) {
    try (Execution prepared = session.prepare(journal.statements().streamRow)) {
      return prepared
          .set(JournalStatements.STREAM_ID, streamId)
          .first(row -> StreamRow.read(row).deletedTo())
          .orElse(0L);
    }
  }

  /** As one is that was moved to another store and back. */
  private boolean isElsewhere(Session session, Landmark last) {
    JournalStatements statements = journal.statements();
    try (Execution prepared = session.prepare(statements.forwards)) {
      return prepared
          .set(JournalStatements.STREAM_ID, last.streamId())
          .set(JournalStatements.SEQ, last.seq())
          .set(JournalStatements.TO_SEQ, last.seq())
          .set(JournalStatements.LIMIT, 1L)
          .first(row -> EventRows.readOf(last.streamId(), row, statements.verifies).time())
          .filter(time -> time.toEpochMilli() == last.time())
          .isPresent();
    }
  }

  private Optional<Landmark> whatIsAt(Session session, long position) {
    try (Execution prepared = session.prepare(journal.statements().whatIsAt)) {
      return prepared
          .set(JournalStatements.POSITION, position)
          .first(row -> new Landmark(position, row.text(1), row.number(2), row.number(3)));
    }
  }

  @MustBeClosed
  private Stream<RecordedEvent<EncodedEvent>> rows(long position, long to, long limit) {
    if (query instanceof StreamQuery stream) {
      long last = seqAt(stream.streamId(), position);
      // After the last number that there is no other comes.
      long most = last == Long.MAX_VALUE ? 0 : limit;
      long from = last == Long.MAX_VALUE ? last : Math.max(stream.from(), last + 1);
      return rows(
          prepared ->
              prepared
                  .set(JournalStatements.STREAM_ID, stream.streamId())
                  .set(JournalStatements.SEQ, from)
                  .set(JournalStatements.TO_SEQ, Long.MAX_VALUE)
                  .set(JournalStatements.LIMIT, most));
    }
    return rows(
        prepared ->
            prepared
                .set(JournalStatements.POSITION, position)
                .set(JournalStatements.TO_POSITION, to)
                .set(JournalStatements.LIMIT, limit));
  }

  @MustBeClosed
  private Stream<RecordedEvent<EncodedEvent>> rows(Consumer<Execution> parameters) {
    return journal.database().stream(read.with(parameters).alone());
  }

  /** The stream's own index finds this from its end, so its cost is that of the later events. */
  private long seqAt(String streamId, long position) {
    return journal
        .database()
        .read(
            session -> {
              try (Execution prepared = session.prepare(journal.statements().seqAt)) {
                return prepared
                    .set(JournalStatements.STREAM_ID, streamId)
                    .set(JournalStatements.POSITION, position)
                    .first(row -> row.number(1))
                    .orElse(0L);
              }
            });
  }

  /**
   * The streams of the events after a position and up to another that are committed by now: events
   * of others may still appear there.
   */
  public Set<String> streamsBetween(long after, long to) {
    try (Stream<RecordedEvent<EncodedEvent>> rows = rows(after, to, Long.MAX_VALUE)) {
      return rows.map(RecordedEvent::streamId).collect(Collectors.toSet());
    }
  }

  /** Whether its stream has no event with a lower number. */
  public boolean isFirst(RecordedEvent<?> event) {
    return event.seq() == 1
        || journal
            .database()
            .read(
                session -> {
                  try (Execution prepared = session.prepare(journal.statements().forwards)) {
                    return prepared
                        .set(JournalStatements.STREAM_ID, event.streamId())
                        .set(JournalStatements.SEQ, 1L)
                        .set(JournalStatements.TO_SEQ, event.seq() - 1)
                        .set(JournalStatements.LIMIT, 1L)
                        .first(row -> row.number(1))
                        .isEmpty();
                  }
                });
  }

  /** The event at a position, whatever the query is. */
  public Optional<RecordedEvent<EncodedEvent>> at(long position) {
    return journal
        .database()
        .read(
            session -> {
              try (Execution prepared = session.prepare(journal.statements().at)) {
                boolean verifies = journal.statements().verifies;
                return prepared
                    .set(JournalStatements.POSITION, position)
                    .first(row -> EventRows.read(row, verifies));
              }
            });
  }

  public static void requireOpenEnded(EventQuery query) {
    if (!isOpenEnded(query)) {
      throw new InvalidInputException(
          "%s has an end or the opposite order; expected a query without either".formatted(query));
    }
  }

  private static boolean isOpenEnded(EventQuery query) {
    if (query instanceof StreamQuery stream) {
      return !stream.isNewestFirst()
          && stream.to() == Long.MAX_VALUE
          && stream.limit() == EventQuery.UNLIMITED;
    }
    JournalQuery across = (JournalQuery) query;
    return !across.isNewestFirst()
        && across.upTo() == Long.MAX_VALUE
        && across.limit() == EventQuery.UNLIMITED;
  }
}
