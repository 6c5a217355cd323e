package dev.daybook.journal.internal.read;

import static dev.daybook.internal.jooq.Tables.EVENTS;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import java.util.Optional;

/**
 * What all readers of one Daybook's journal share: its statements, and up to which position it can
 * be read.
 */
public final class ReadableJournal {

  private final Database database;
  private final Lazy<JournalStatements> statements;
  private final Lazy<EventReads> reads;
  private final Lazy<Script> highestPosition;
  private final Lazy<Optional<Watermark>> watermark;

  public ReadableJournal(Database database) {
    this.database = database;
    this.statements =
        new Lazy<>(
            database::renderer,
            renderer -> new JournalStatements(renderer, database.verifiesReads()));
    this.highestPosition =
        new Lazy<>(database::renderer, renderer -> database.highestPosition(EVENTS));
    this.watermark =
        new Lazy<>(
            database::renderer,
            renderer ->
                database.parallelWriting(EVENTS).map(writing -> new Watermark(renderer, writing)));
    this.reads =
        new Lazy<>(
            database::renderer,
            renderer ->
                new EventReads(statements.get(), watermark.get().map(Watermark::look), renderer));
  }

  Database database() {
    return database;
  }

  public JournalStatements statements() {
    return statements.get();
  }

  EventReads reads() {
    return reads.get();
  }

  /**
   * Up to which position a reader may read that begins from now on: nothing can appear there any
   * more, at or below this position, and no transaction has events on both sides of it. Where one
   * transaction writes at a time it is unlimited.
   *
   * @throws InvalidInputException if the access is a caller's, in a transaction that keeps reading
   *     an older state
   */
  long readableTo(SqlAccess access) {
    Optional<Watermark> limit = watermark.get();
    if (limit.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return access.read(
        session -> {
          try (Execution prepared = session.prepare(limit.get().look())) {
            return prepared
                .first(
                    row -> {
                      requireUpToDate(access, row);
                      return readableTo(access, session, row);
                    })
                .orElseThrow();
          }
        });
  }

  /** The same where the watermark was read before, by a statement of the session. */
  long readableTo(SqlAccess access, Session session, Row found) {
    return watermark.get().orElseThrow().whole(session, found, access.isCallers());
  }

  /** The position of the last event that readers can see; 0 for none. */
  public long latestPosition(SqlAccess access) {
    long last = readableTo(access);
    return access.read(
        session -> {
          try (Execution prepared = session.prepare(statements().latestPosition)) {
            return prepared
                .set(JournalStatements.TO_POSITION, last)
                .first(row -> row.number(1))
                .orElse(0L);
          }
        });
  }

  /** The highest position that was ever given to an event, whether that still exists or not. */
  public long highestPosition() {
    return database.read(this::highestPosition);
  }

  public long highestPosition(Session session) {
    try (Execution prepared = session.prepare(highestPosition.get())) {
      return prepared.first(row -> row.numberOrZero(1)).orElse(0L);
    }
  }

  /** {@link #readableTo(SqlAccess)}, and no further than what is given so far. */
  public long safePosition() {
    return watermark.get().isPresent() ? readableTo(database) : highestPosition();
  }

  /**
   * Makes sure that the statements that follow in a caller's transaction see all that was committed
   * up to the watermark. A transaction of the store's own can be repeated where they don't.
   *
   * @throws InvalidInputException if the transaction is a caller's, and they don't
   */
  static void requireUpToDate(SqlAccess access, Row found) {
    if (access.isCallers() && !Watermark.isUpToDate(found)) {
      throw new InvalidInputException(
          "the journal can't be read across streams inside this transaction, which keeps reading an older state and so could miss events; expected the isolation READ COMMITTED");
    }
  }
}
