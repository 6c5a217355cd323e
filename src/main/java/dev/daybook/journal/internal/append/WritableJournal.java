package dev.daybook.journal.internal.append;

import static dev.daybook.internal.jooq.Tables.EVENTS;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.observation.Observers;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.Appended;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.read.JournalStatements;
import dev.daybook.journal.internal.read.ReadableJournal;
import dev.daybook.journal.internal.read.StreamRow;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all writers of one Daybook's journal share: its statements, the writer of events, and what
 * is done after the commit.
 */
public final class WritableJournal {

  private static final long PAGE_OF_PLACES = 500;

  private final ReadableJournal readable;
  private final Database database;
  private final Clock clock;
  private final Supplier<Metadata> defaults;
  private final AppendListeners listeners = new AppendListeners(this::appended);
  private final Lazy<AppendStatements> statements;
  private final Lazy<Optional<ArrayAppendSql>> parallel;
  private final RequestWriter<AppendRequest<?>> appending = new AppendWriter(this);

  /**
   * @param defaults asked for each append for metadata that its events get besides their own
   */
  public WritableJournal(
      ReadableJournal readable, Database database, Clock clock, Supplier<Metadata> defaults) {
    this.readable = readable;
    this.database = database;
    this.clock = clock;
    this.defaults = defaults;
    this.statements =
        new Lazy<>(
            database::renderer,
            renderer -> new AppendStatements(renderer, database.verifiesReads()));
    this.parallel =
        new Lazy<>(
            database::renderer,
            renderer ->
                database
                    .parallelWriting(EVENTS)
                    .map(writing -> new ArrayAppendSql(renderer, writing)));
  }

  /** The time of what is appended now. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * The metadata that events get besides their own.
   *
   * @throws InvalidInputException if the application returns none
   */
  public Metadata defaultMetadata() {
    Metadata metadata = defaults.get();
    if (metadata == null) {
      throw new InvalidInputException(
          "the default metadata of an append is null; expected Metadata.none() for none");
    }
    return metadata;
  }

  Observers observers() {
    return database.observers();
  }

  public AppendListeners listeners() {
    return listeners;
  }

  AppendStatements statements() {
    return statements.get();
  }

  Optional<StreamRow> findStream(Session session, String streamId) {
    return StreamRow.find(session, readable.statements(), streamId);
  }

  /** The events that are recorded under an idempotency key, in order. */
  public List<RecordedEvent<EncodedEvent>> eventsOfKey(
      Session session, String streamId, String idempotencyKey) {
    return statements().eventsOfKey(session, streamId, idempotencyKey);
  }

  /** Writes the requests of all journals that share this. */
  public RequestWriter<AppendRequest<?>> appending() {
    return appending;
  }

  public EventWriter writer() {
    return parallelWriter()
        .<EventWriter>map(writer -> writer)
        .orElseGet(() -> new RowEventWriter(readable, statements()));
  }

  /** What writes where several transactions write at a time; empty where one does. */
  Optional<ArrayEventWriter> parallelWriter() {
    return parallel.get().map(ArrayEventWriter::new);
  }

  /**
   * Lets the session's transaction write events with positions that it brings along: no other
   * transaction gets one until this one ends. To be called before anything is locked, and {@link
   * #giveBehind} once they are written.
   *
   * @param first the lowest of them
   * @throws InvalidInputException if it is not higher than all that were given
   */
  public void keepPositions(Session session, long first) {
    parallel.get().ifPresent(sql -> session.perform(sql.keepOthersOut));
    long highest = readable.highestPosition(session);
    if (first <= highest) {
      throw new InvalidInputException(
          "an event is to have position %s, and the store has given positions up to %s; expected a higher one"
              .formatted(first, highest));
    }
  }

  /**
   * Has the next position follow those that were brought along, where no event says that. The
   * transaction that has written them has announced itself to readers. Positions stay given even if
   * the transaction fails, so it does this last.
   */
  public void giveBehind(Session session, long last) {
    if (parallel.get().isPresent()) {
      database.raisePosition(session, EVENTS, last);
    }
  }

  /**
   * Some of the events that are committed after a position and up to another, as appends:
   * consecutive events of one stream count as one.
   */
  private List<Appended> appended(long after, long to) {
    return database.read(
        session -> {
          try (Execution prepared = session.prepare(readable.statements().places)) {
            List<Appended> events =
                prepared
                    .set(JournalStatements.POSITION, after)
                    .set(JournalStatements.TO_POSITION, to)
                    .set(JournalStatements.LIMIT, PAGE_OF_PLACES)
                    .list(WritableJournal::event);
            return joined(events);
          }
        });
  }

  private static Appended event(Row row) {
    long seq = row.number(2);
    long position = row.number(3);
    return new Appended(row.text(1), seq, seq, position, position);
  }

  private static List<Appended> joined(List<Appended> events) {
    List<Appended> joined = new ArrayList<>();
    for (Appended event : events) {
      int last = joined.size() - 1;
      if (last >= 0 && follows(joined.get(last), event)) {
        Appended before = joined.get(last);
        joined.set(
            last,
            new Appended(
                event.streamId(),
                before.firstSeq(),
                event.lastSeq(),
                before.firstPosition(),
                event.lastPosition()));
      } else {
        joined.add(event);
      }
    }
    return joined;
  }

  private static boolean follows(Appended before, Appended event) {
    return event.firstSeq() == before.lastSeq() + 1 && event.streamId().equals(before.streamId());
  }

  /** What to do once the deletion of events is committed. */
  public CommitAction deleting() {
    return new CommitAction() {
      @Override
      public void committed() {
        database.deletions().happened();
      }

      @Override
      public void released() {
        database.signal();
      }
    };
  }

  /** What to do once appends are committed: wake watchers, and notify listeners. */
  public CommitAction announcing(List<Appended> appended) {
    CommitAction telling = listeners.telling(appended);
    return new CommitAction() {
      @Override
      public void committed() {
        telling.committed();
      }

      @Override
      public void released() {
        database.signal();
        telling.released();
      }

      @Override
      public void rolledBack() {
        database.signal();
      }

      @Override
      public void unsure() {
        database.signal();
        telling.unsure();
      }
    };
  }
}
