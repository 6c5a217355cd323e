package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.dialect.CacheBudget;
import dev.daybook.internal.dialect.CacheShare;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.dialect.ConnectionSettings;
import dev.daybook.internal.dialect.CopyProgress;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.dialect.ManyRows;
import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.dialect.Push;
import dev.daybook.internal.dialect.RowOrder;
import dev.daybook.internal.dialect.TransactionWatch;
import dev.daybook.internal.dialect.WalFile;
import dev.daybook.settings.Synchronous;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite. Plain SQL is for what the DSL has no words for: pragmas and {@code BEGIN IMMEDIATE}. */
public final class SqliteDialect implements Dialect {

  private static final long JOURNAL_MODE_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int MOST_PAGE_FINDINGS = 1_000;

  /** SQLite's own choice, in kibibytes; a positive number would be pages. */
  private static final String UNCHOSEN_CACHE = "-" + CacheBudget.UNCHOSEN_KIBIBYTES;

  private static final List<String> CHANGED_SETTINGS =
      List.of(
          "busy_timeout",
          "foreign_keys",
          "synchronous",
          "query_only",
          "journal_size_limit",
          "cache_size",
          "wal_autocheckpoint");

  /** SQLite's default; another value that the application has set is kept. */
  private static final String UNCHOSEN_MOVE_PAGES = "1000";

  public SqliteDialect() {}

  @Override
  public SQLDialect family() {
    return SQLDialect.SQLITE;
  }

  @Override
  public boolean isDamage(SQLException failure) {
    return failure instanceof SQLiteException && SqliteFailures.saysDamage(failure);
  }

  @Override
  public String migrations() {
    return "sqlite";
  }

  /** What SQLite calls so is another file. */
  @Override
  public boolean hasSchemas() {
    return false;
  }

  @Override
  public List<String> searchedSchemas(Connection connection) {
    return List.of();
  }

  @Override
  public boolean isPrivate(Connection connection) throws SQLException {
    return file(connection).isEmpty();
  }

  @Override
  public boolean mayBeInTransaction(Connection connection) throws SQLException {
    return SqliteTransactions.isInside(connection);
  }

  @Override
  public ConnectionSettings settings(Connection connection) throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : CHANGED_SETTINGS) {
      values.put(name, SqlitePragmas.value(connection, "pragma " + name));
    }
    return new ConnectionSettings(connection.getAutoCommit(), values);
  }

  @Override
  public void restore(Connection connection, ConnectionSettings settings) throws SQLException {
    for (Map.Entry<String, String> setting : settings.values().entrySet()) {
      SqlitePragmas.value(
          connection, "pragma %s = %s".formatted(setting.getKey(), setting.getValue()));
    }
    connection.setAutoCommit(settings.autoCommit());
  }

  @Override
  public void greet(Connection connection, ConnectionOptions options) throws SQLException {
    requireNoLockFromTheStart(connection);
    connection.setAutoCommit(true);
    waitForOthers(connection, options);
    try {
      // Reads the header of the file, and nothing else.
      SqlitePragmas.value(connection, "pragma schema_version");
    } catch (SQLException e) {
      if (SqliteFailures.is(e, SQLiteErrorCode.SQLITE_NOTADB)) {
        throw new OpenException(
            OpenException.Reason.NOT_A_DATABASE, "the file exists and is not a SQLite database", e);
      }
      throw e;
    }
    requireUtf8(connection);
    if (options.cache() != null) {
      requireNotAsked(isPrivate(connection), "a cache: it is in memory as a whole");
    }
  }

  /** In others the bytes of a text are not in the order of its characters. */
  private static void requireUtf8(Connection connection) throws SQLException {
    String encoding = SqlitePragmas.text(connection, "pragma encoding");
    if (!encoding.equals("UTF-8")) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the database's encoding is %s; expected UTF-8, in which prefixes of ids are found"
              .formatted(encoding));
    }
  }

  /** A pool's connections would each keep the write lock while they are unused. */
  private static void requireNoLockFromTheStart(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()
        && connection.isWrapperFor(SQLiteConnection.class)
        && connection.unwrap(SQLiteConnection.class).getConnectionConfig().getTransactionMode()
            != SQLiteConfig.TransactionMode.DEFERRED) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the data source's connections have auto-commit off and a transaction_mode other than DEFERRED, so each keeps the write lock from its start; expected auto-commit on, or DEFERRED");
    }
  }

  @Override
  public void requireWritable(Connection connection, ConnectionOptions options)
      throws SQLException {
    // A held write lock shows that the database can be written.
    SqlitePragmas.value(connection, "pragma busy_timeout = 0");
    try {
      SqlitePragmas.execute(connection, "begin immediate");
      try {
        // Beginning is not enough: a database that is read-only just begins a read.
        SqlitePragmas.execute(
            connection,
            "pragma user_version = " + SqlitePragmas.value(connection, "pragma user_version"));
      } finally {
        SqlitePragmas.execute(connection, "rollback");
      }
    } catch (SQLException e) {
      if (!SqliteFailures.is(e, SQLiteErrorCode.SQLITE_BUSY)) {
        throw e;
      }
    } finally {
      waitForOthers(connection, options);
    }
  }

  @Override
  public void configureDatabase(Connection connection, ConnectionOptions options)
      throws SQLException {
    boolean noLog = Boolean.FALSE.equals(options.wal());
    if (noLog && options.walCheckpoints() != null) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "checkpoints can't be set for a database without a write-ahead log");
    }
    if (isPrivate(connection)) {
      requireNotAsked(Boolean.TRUE.equals(options.wal()), "a write-ahead log");
      requireNotAsked(options.walCheckpoints() != null, "checkpoints of a write-ahead log");
      requireNotAsked(options.synchronous() != null, "the synchronous setting");
      requireNotAsked(options.pollInterval() != null, "polling for other processes' writes");
      return;
    }
    String asked = noLog ? "delete" : "wal";
    String found = journalMode(connection, asked, options);
    if (!found.equals(asked)) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the journal mode \"%s\" was asked for and the database stays in \"%s\""
              .formatted(asked, found));
    }
  }

  @Override
  public void configure(Connection connection, ConnectionOptions options) throws SQLException {
    connection.setAutoCommit(true);
    waitForOthers(connection, options);
    set(connection, "foreign_keys", "1");
    Synchronous synchronous = options.synchronous();
    set(connection, "synchronous", synchronous == Synchronous.NORMAL ? "1" : "2");
    set(connection, "journal_size_limit", Long.toString(SqliteLog.LIMIT_BYTES));
    if (Boolean.FALSE.equals(options.walCheckpoints())) {
      set(connection, "wal_autocheckpoint", "0");
    } else if (SqlitePragmas.value(connection, "pragma wal_autocheckpoint")
        .equals(UNCHOSEN_MOVE_PAGES)) {
      set(connection, "wal_autocheckpoint", SqliteLog.movePages(connection));
    }
  }

  @Override
  public void sizeCache(Connection connection, ConnectionOptions options, CacheShare share)
      throws SQLException {
    boolean unchosen = SqlitePragmas.value(connection, "pragma cache_size").equals(UNCHOSEN_CACHE);
    if (unchosen || options.cache() != null) {
      long kibibytes = CacheBudget.orDefault(options.cache()).kibibytes(share);
      set(connection, "cache_size", Long.toString(-kibibytes));
    }
  }

  @Override
  public void makeReadOnly(Connection connection) throws SQLException {
    set(connection, "query_only", "1");
  }

  @Override
  public long changeCounter(Connection connection) throws SQLException {
    return Long.parseLong(SqlitePragmas.value(connection, "pragma data_version"));
  }

  /** The driver's own way ends nothing, and to close a connection waits for its statement. */
  @Override
  public void breakOff(Connection connection) throws SQLException {
    if (!connection.isClosed() && connection.isWrapperFor(SQLiteConnection.class)) {
      connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }
    Dialect.super.breakOff(connection);
  }

  @Override
  public Optional<Push> push(Name events) {
    return Optional.empty();
  }

  @Override
  public TransactionWatch watch(Connection connection) throws SQLException {
    return connection.isWrapperFor(SQLiteConnection.class)
        ? SqliteTransactionWatch.of(connection)
        : TransactionWatch.NONE;
  }

  @Override
  public FileWatch watchFiles(Connection connection, @Nullable Path file) throws SQLException {
    String database = file(connection);
    if (database.isEmpty()) {
      return FileWatch.NONE;
    }
    Path path = Path.of(database);
    try {
      return SqliteFileWatch.of(file == null ? path : file, path);
    } catch (IOException e) {
      throw new DatabaseMovedException(
          "%s was deleted or renamed while it was being opened".formatted(path), e);
    }
  }

  @Override
  public Optional<WalFile> log(Connection connection) throws SQLException {
    String database = file(connection);
    return database.isEmpty() ? Optional.empty() : Optional.of(SqliteFiles.log(Path.of(database)));
  }

  @Override
  public Query begin(DSLContext dsl) {
    return dsl.query(DSL.raw("begin immediate"));
  }

  /** A writer has the database for itself. */
  @Override
  public Optional<Query> readCommitted(DSLContext dsl, Connection connection) {
    return Optional.empty();
  }

  /** Set once for each connection. */
  @Override
  public Optional<Query> limitWaiting(DSLContext dsl, ConnectionOptions options) {
    return Optional.empty();
  }

  @Override
  public Optional<Query> beforeCommit(DSLContext dsl) {
    return Optional.empty();
  }

  @Override
  public Query beginRead(DSLContext dsl) {
    return dsl.query(DSL.raw("begin"));
  }

  /** A write transaction has the database for itself. */
  @Override
  public void lockMigrations(Connection connection, String history) {}

  @Override
  public Query version(DSLContext dsl) {
    return dsl.resultQuery("select 'SQLite ' || sqlite_version()");
  }

  @Override
  public Query highestPosition(DSLContext dsl, Name events) {
    return dsl.select(SqlitePositions.highest(events));
  }

  /**
   * No other transaction writes meanwhile, so the next positions are the ones after the highest.
   */
  @Override
  public Query drawPositions(DSLContext dsl, Name events, Param<Integer> count) {
    Table<?> numbers = DSL.generateSeries(DSL.inline(1), count).as("n", "n");
    Field<Long> number = DSL.field(DSL.name("n", "n"), Long.class);
    return dsl.select(SqlitePositions.highest(events).plus(number), DSL.inline((Long) null))
        .from(numbers)
        .orderBy(number);
  }

  /** The unique index of events has it in reach of what an append writes anyway. */
  @Override
  public boolean appendsWriteStreamRow() {
    return false;
  }

  @Override
  public boolean hasOneWriter() {
    return true;
  }

  /** The driver runs the first one and leaves the others out. */
  @Override
  public boolean takesSeveralAtOnce(Connection connection) {
    return false;
  }

  @Override
  public Optional<ManyRows> manyRows() {
    return Optional.empty();
  }

  @Override
  public Optional<PositionProtocol> parallelWriting(DSLContext dsl, Name events) {
    return Optional.empty();
  }

  /** No other transaction writes meanwhile. */
  @Override
  public <R extends Record> Select<R> claim(SelectForUpdateStep<R> rows) {
    return rows;
  }

  /** No other transaction writes meanwhile. */
  @Override
  public <R extends Record> Select<R> hold(SelectForUpdateStep<R> rows) {
    return rows;
  }

  @Override
  public RowOrder rowOrder() {
    return new SqliteRowOrder();
  }

  /** There is but one file. */
  @Override
  public Condition onPrimary() {
    return DSL.noCondition();
  }

  @Override
  public void raisePosition(Connection connection, Name events, long position) throws SQLException {
    SqlitePositions.raise(connection, events, position);
  }

  @Override
  public void copy(Connection connection, Path to, ConnectionOptions options, CopyProgress progress)
      throws SQLException {
    SqliteFiles.copy(connection, to, options.busyTimeout(), progress);
  }

  @Override
  public void checkPages(Connection connection, Consumer<String> damage) throws SQLException {
    SqlitePragmas.forEach(
        connection,
        "pragma integrity_check(" + MOST_PAGE_FINDINGS + ")",
        row -> {
          String text = row.get(0);
          if (!text.equals("ok")) {
            damage.accept(text);
          }
        });
  }

  @Override
  public void checkForeignKeys(Connection connection, Consumer<String> damage) throws SQLException {
    SqlitePragmas.forEach(
        connection,
        "select \"table\", parent, count(*) from pragma_foreign_key_check group by 1, 2",
        row ->
            damage.accept(
                "%s rows of table \"%s\" point to rows of table \"%s\" that are not there"
                    .formatted(row.get(2), row.get(0), row.get(1))));
  }

  /**
   * A transaction that was begun {@code DEFERRED} takes the write lock with its first write. If it
   * read before, and another connection wrote in between, SQLite refuses it at once; so write
   * first.
   */
  @Override
  public Optional<Query> claimWrite(DSLContext dsl, Table<?> anyTable) {
    return Optional.of(dsl.deleteFrom(anyTable).where(DSL.falseCondition()));
  }

  @Override
  public DaybookException translate(SQLException failure) {
    return SqliteFailures.translate(failure);
  }

  @Override
  public DaybookException whileOpening(DaybookException failure) {
    return SqliteFailures.whileOpening(failure);
  }

  @Override
  public boolean refusesContent(SQLException failure) {
    return SqliteFailures.refusesContent(failure);
  }

  /** The file of the database; empty for one in memory. */
  private static String file(Connection connection) throws SQLException {
    return SqlitePragmas.text(
        connection, "select file from pragma_database_list where name = 'main'");
  }

  private static void requireNotAsked(boolean asked, String option) {
    if (asked) {
      throw new OpenException(
          OpenException.Reason.OPTION, "a database in memory can't honour " + option);
    }
  }

  /** Changing the mode needs the file for itself, and SQLite does not wait for that by itself. */
  private static String journalMode(Connection connection, String asked, ConnectionOptions options)
      throws SQLException {
    long deadline = System.nanoTime() + options.busyTimeout().toNanos();
    while (true) {
      try {
        String found = SqlitePragmas.value(connection, "pragma journal_mode");
        return found.equals(asked)
            ? found
            : SqlitePragmas.value(connection, "pragma journal_mode = " + asked);
      } catch (SQLException e) {
        if (!SqliteFailures.is(e, SQLiteErrorCode.SQLITE_BUSY) || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(JOURNAL_MODE_RETRY_NANOS);
      }
    }
  }

  private static void waitForOthers(Connection connection, ConnectionOptions options)
      throws SQLException {
    SqlitePragmas.value(connection, "pragma busy_timeout = " + options.busyTimeout().toMillis());
  }

  /** Sets a pragma and reads it back: SQLite ignores a setting that it can't or won't take. */
  private static void set(Connection connection, String name, String value) throws SQLException {
    SqlitePragmas.value(connection, "pragma %s = %s".formatted(name, value));
    String found = SqlitePragmas.value(connection, "pragma " + name);
    if (!found.equals(value)) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the setting %s = %s was not accepted; it is %s".formatted(name, value, found));
    }
  }
}
