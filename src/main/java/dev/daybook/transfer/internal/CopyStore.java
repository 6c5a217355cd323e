package dev.daybook.transfer.internal;

import dev.daybook.error.DaybookException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.jooq.Tables;
import dev.daybook.internal.rows.ReadScope;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A store that is copied from or to. Nothing is opened before the first use. */
public final class CopyStore {

  private final Database database;
  private final LongSupplier latestPosition;
  private final Lazy<TransferStatements> statements;
  private final Lazy<Script> highestPosition;

  /**
   * @param latestPosition the highest position that is safe to read
   */
  public CopyStore(Database database, LongSupplier latestPosition) {
    this.database = database;
    this.latestPosition = latestPosition;
    this.statements = new Lazy<>(database::renderer, TransferStatements::new);
    this.highestPosition =
        new Lazy<>(database::renderer, renderer -> database.highestPosition(Tables.EVENTS));
  }

  Database database() {
    return database;
  }

  TransferStatements sql() {
    return statements.get();
  }

  <T> T read(Function<Session, T> work) {
    return database.read(work);
  }

  <T> T snapshot(Function<Session, T> work) {
    return database.snapshot(work);
  }

  <T> T write(Function<Session, T> work) {
    return database.write(work);
  }

  /** The highest position that is safe to read: no event can still appear at or below it. */
  long latestPosition() {
    return latestPosition.getAsLong();
  }

  /** The highest position that was ever given to an event. */
  long highestPosition(Session session) {
    return number(session, highestPosition.get());
  }

  void raisePosition(Session session, long position) {
    database.raisePosition(session, Tables.EVENTS, position);
  }

  /** The highest position that an event has; 0 if there is no event. */
  long highestEvent(Session session) {
    return number(session, sql().highestEvent);
  }

  /** All rows of a table. */
  Scan scan(ReadScope reading, StoredTable table) {
    return scan(reading, table, Long.MAX_VALUE);
  }

  /** The rows of a table that have to do with events up to a position. */
  Scan scan(ReadScope reading, StoredTable table, long upTo) {
    return scan(reading, table, table.beforeAll(), upTo);
  }

  Scan scan(ReadScope reading, StoredTable table, List<Object> after, long upTo) {
    return new Scan(reading, sql().of(table), after, upTo);
  }

  /**
   * How many rows a table has of one stream, document, consumer or load.
   *
   * @param upTo the highest position that is read, in a table that has events' positions
   */
  long count(ReadScope reading, StoredTable table, String id, long upTo) {
    TableSql sql = sql().of(table);
    return reading.read(
        session -> {
          try (Execution count = session.prepare(sql.count)) {
            count.set(TableSql.ID, id);
            if (sql.isUpTo()) {
              count.set(TableSql.UP_TO, upTo);
            }
            return count.first(row -> row.number(1)).orElse(0L);
          }
        });
  }

  /**
   * Writes rows whose keys should be new, in one transaction; if one of them is there, in another
   * one that does not assume that.
   *
   * @param work receives whether they are assumed to be new
   */
  void writeNew(BiConsumer<Session, Boolean> work) {
    try {
      write(session -> run(work, session, true));
    } catch (DaybookException e) {
      if (!database.refusesContent(e)) {
        throw e;
      }
      write(session -> run(work, session, false));
    }
  }

  private static boolean run(BiConsumer<Session, Boolean> work, Session session, boolean areNew) {
    work.accept(session, areNew);
    return areNew;
  }

  /**
   * Writes rows.
   *
   * @param areNew whether none of their keys should be there; if one is, nothing is written, and
   *     the transaction fails
   */
  void write(
      Session session, StoredTable table, List<List<@Nullable Object>> rows, boolean areNew) {
    TableSql sql = sql().of(table);
    if (rows.isEmpty()) {
      return;
    }
    if (areNew && sql.load.isPresent() && session.load(sql.load.get(), rows)) {
      return;
    }
    try (Execution upsert = session.prepare(sql.upsert)) {
      rows.forEach(row -> table.columns.set(upsert.nextRow(), row));
      upsert.updateRows();
    }
  }

  /** Notifies watchers of the store of a write. */
  void signal() {
    database.signal();
  }

  private static long number(Session session, Script query) {
    try (Execution prepared = session.prepare(query)) {
      return prepared.first(row -> row.numberOrZero(1)).orElse(0L);
    }
  }
}
