package dev.daybook.journal.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;

import dev.daybook.InvalidInputException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.statements.CommitAction;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Prepared;
import dev.daybook.internal.statements.Rendered;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.Appended;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all journals of one Daybook share. */
final class JournalStore {

  private static final long PAGE_OF_PLACES = 500;

  private final Database database;
  private final Clock clock;
  private final AppendListeners listeners = new AppendListeners(this::appended);
  private final Lazy<JournalStatements> statements;
  private final Lazy<LoadStatements> loads;
  private final Lazy<EventReads> reads;
  private final Lazy<Rendered> highestPosition;
  private final Lazy<Optional<ParallelStatements>> parallel;
  private final Lazy<Optional<Watermark>> watermark;
  private final RequestWriter<AppendRequest<?>> appending = new AppendWriter(this);

  JournalStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.statements =
        new Lazy<>(() -> new JournalStatements(database.renderer(), database.verifiesReads()));
    this.loads = new Lazy<>(() -> new LoadStatements(database.renderer()));
    this.highestPosition = new Lazy<>(() -> database.highestPosition(EVENTS));
    this.parallel =
        new Lazy<>(
            () ->
                database
                    .parallelWriting(EVENTS)
                    .map(writing -> new ParallelStatements(database.renderer(), writing)));
    this.watermark =
        new Lazy<>(
            () ->
                database
                    .parallelWriting(EVENTS)
                    .map(writing -> new Watermark(database.renderer(), writing)));
    this.reads =
        new Lazy<>(
            () ->
                new EventReads(
                    statements.get(), watermark.get().map(Watermark::look), database.renderer()));
  }

  Database database() {
    return database;
  }

  /** The time of what is appended now. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  AppendListeners listeners() {
    return listeners;
  }

  JournalStatements statements() {
    return statements.get();
  }

  LoadStatements loads() {
    return loads.get();
  }

  EventReads reads() {
    return reads.get();
  }

  /** Writes the requests of all journals that share this. */
  RequestWriter<AppendRequest<?>> appending() {
    return appending;
  }

  EventWriter writer() {
    return parallelWriter()
        .<EventWriter>map(writer -> writer)
        .orElseGet(() -> new SequentialWriter(this));
  }

  /** What writes where several transactions write at a time; empty where one does. */
  Optional<ParallelWriter> parallelWriter() {
    return parallel.get().map(ParallelWriter::new);
  }

  /**
   * How far a reader may read that begins from now on: nothing can appear there any more, at or
   * below this position, and no transaction has events on both sides of it. Where one transaction
   * writes at a time there is no limit to it.
   *
   * @throws InvalidInputException if the access is a caller's, in a transaction that goes on seeing
   *     an older state
   */
  long readableTo(SqlAccess access) {
    Optional<Watermark> limit = watermark.get();
    if (limit.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return access.read(
        session -> {
          try (Prepared prepared = session.prepare(limit.get().look())) {
            return prepared
                .first(
                    row -> {
                      isUpToDate(access, row);
                      return readableTo(access, session, row);
                    })
                .orElseThrow();
          }
        });
  }

  /** The same where the watermark was looked for before, in a statement of the session's. */
  long readableTo(SqlAccess access, Session session, Row found) {
    return watermark.get().orElseThrow().whole(session, found, access.isCallers());
  }

  /** The position of the last event that readers can see; 0 for none. */
  long latestPosition(SqlAccess access) {
    long last = readableTo(access);
    return access.read(
        session -> {
          try (Prepared prepared = session.prepare(statements().latestPosition)) {
            return prepared
                .set(JournalStatements.TO_POSITION, last)
                .first(row -> row.number(1))
                .orElse(0L);
          }
        });
  }

  /** The highest position that was ever given to an event, whether it is still there or not. */
  long highestPosition() {
    return database.read(this::highestPosition);
  }

  long highestPosition(Session session) {
    try (Prepared prepared = session.prepare(highestPosition.get())) {
      return prepared.first(row -> row.numberOrZero(1)).orElse(0L);
    }
  }

  /**
   * Lets the session's transaction write events with positions that it brings along: nobody else is
   * given one until it ends. To be called before anything is locked, and {@link #giveBehind} once
   * they are written.
   *
   * @param first the lowest of them
   * @throws InvalidInputException if it is not higher than all that were given
   */
  void keepPositions(Session session, long first) {
    parallel.get().ifPresent(sql -> run(session, sql.keepOthersOut));
    long highest = highestPosition(session);
    if (first <= highest) {
      throw new InvalidInputException(
          "an event is to have position %s, and the store has given positions up to %s; expected a higher one"
              .formatted(first, highest));
    }
  }

  /**
   * Has the next position follow those that were brought along, where no event says that. Whoever
   * has written them has announced himself to readers. What is given so stays given if the
   * transaction fails, so it is the last thing that it does.
   */
  void giveBehind(Session session, long last) {
    if (parallel.get().isPresent()) {
      database.raisePosition(session, EVENTS, last);
    }
  }

  private static void run(Session session, Rendered statement) {
    try (Prepared prepared = session.prepare(statement)) {
      prepared.run();
    }
  }

  /** {@link #readableTo(SqlAccess)}, and no further than what is given so far. */
  long safePosition() {
    return watermark.get().isPresent() ? readableTo(database) : highestPosition();
  }

  /**
   * Whether a statement that follows in the same transaction sees all that was committed below the
   * watermark.
   *
   * @throws InvalidInputException if not, and the transaction is a caller's
   */
  boolean isUpToDate(SqlAccess access, Row found) {
    boolean upToDate = Watermark.isUpToDate(found);
    if (access.isCallers() && !upToDate) {
      throw new InvalidInputException(
          "the journal can't be read across streams inside this transaction, which goes on seeing an older state and so could miss events; expected the isolation READ COMMITTED");
    }
    return upToDate;
  }

  /**
   * Some of the events that are committed behind a position and up to another, as appends: those of
   * one stream that follow each other are taken for one.
   */
  private List<Appended> appended(long after, long to) {
    return database.read(
        session -> {
          try (Prepared prepared = session.prepare(statements().places)) {
            List<Appended> events =
                prepared
                    .set(JournalStatements.POSITION, after)
                    .set(JournalStatements.TO_POSITION, to)
                    .set(JournalStatements.LIMIT, PAGE_OF_PLACES)
                    .list(JournalStore::event);
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

  /** What to do about events that were deleted, once that is committed. */
  CommitAction deleting() {
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

  /**
   * What to do about appends once they are committed: say that there is news, and tell listeners.
   */
  CommitAction announcing(List<Appended> appended) {
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
    };
  }
}
