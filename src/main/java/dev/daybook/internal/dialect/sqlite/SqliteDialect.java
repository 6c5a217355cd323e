package dev.daybook.internal.dialect.sqlite;

import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.dialect.AdvisedSetting;
import dev.daybook.internal.dialect.CacheShare;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.dialect.ConnectionSettings;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.FileUse;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.dialect.ManyRows;
import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.dialect.Push;
import dev.daybook.internal.dialect.RowOrder;
import dev.daybook.internal.dialect.TransactionWatch;
import dev.daybook.internal.dialect.WalFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
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
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteException;

/** SQLite. Plain SQL is for what the DSL has no words for: pragmas and {@code BEGIN IMMEDIATE}. */
public final class SqliteDialect implements Dialect {

  private static final int MOST_PAGE_FINDINGS = 1_000;

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
    return SqliteSettings.read(connection);
  }

  @Override
  public void restore(Connection connection, ConnectionSettings settings) throws SQLException {
    SqliteSettings.restore(connection, settings);
  }

  @Override
  public void greet(Connection connection, ConnectionOptions options) throws SQLException {
    SqliteSettings.greet(connection, options);
  }

  @Override
  public void requireWritable(Connection connection, ConnectionOptions options)
      throws SQLException {
    SqliteSettings.requireWritable(connection, options);
  }

  @Override
  public void configureDatabase(Connection connection, ConnectionOptions options)
      throws SQLException {
    SqliteSettings.configureDatabase(connection, options);
  }

  @Override
  public void configure(Connection connection, ConnectionOptions options) throws SQLException {
    SqliteSettings.configure(connection, options);
  }

  @Override
  public void sizeCache(Connection connection, ConnectionOptions options, CacheShare share)
      throws SQLException {
    SqliteSettings.sizeCache(connection, options, share);
  }

  @Override
  public void makeReadOnly(Connection connection) throws SQLException {
    SqliteSettings.makeReadOnly(connection);
  }

  @Override
  public long changeCounter(Connection connection) throws SQLException {
    return Long.parseLong(SqlitePragmas.value(connection, "pragma data_version"));
  }

  /** The driver's own way ends nothing, and to close a connection waits for its statement. */
  @Override
  public void breakOff(Connection connection) throws SQLException {
    cancel(connection);
    Dialect.super.breakOff(connection);
  }

  @Override
  public void cancel(Connection connection) throws SQLException {
    if (!connection.isClosed() && connection.isWrapperFor(SQLiteConnection.class)) {
      connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }
  }

  @Override
  public long lockTimeoutMillis(Connection connection) throws SQLException {
    return Long.parseLong(SqlitePragmas.value(connection, "pragma busy_timeout"));
  }

  @Override
  public void setLockTimeoutMillis(Connection connection, long millis) throws SQLException {
    SqlitePragmas.value(connection, "pragma busy_timeout = " + millis);
  }

  @Override
  public Optional<Push> push(Name events) {
    return Optional.empty();
  }

  @Override
  public Object driverConnection(Connection connection) throws SQLException {
    return connection.isWrapperFor(SQLiteConnection.class)
        ? connection.unwrap(SQLiteConnection.class)
        : connection;
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
      return isPrivate(connection) ? SqliteFileWatch.PRIVATE : FileWatch.NONE;
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

  /** One in memory has nothing on a disk. */
  @Override
  public List<AdvisedSetting> differingSettings(Connection connection, List<Name> tables)
      throws SQLException {
    return isPrivate(connection) ? List.of() : SqliteAdvice.differing(connection);
  }

  @Override
  public List<FileUse> fileUses(Connection connection) throws SQLException {
    String database = file(connection);
    return database.isEmpty() ? List.of() : SqliteFileUses.of(Path.of(database));
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

  @Override
  public Optional<String> positionsTable(String events) {
    return Optional.of(SqlitePositions.tableOf(events));
  }

  /** A write transaction has the database for itself. */
  @Override
  public void lockMigrations(Connection connection, String history) {}

  @Override
  public String beginScript(String schema) {
    return "begin immediate;";
  }

  @Override
  public Optional<String> identity(Connection connection, Name events) throws SQLException {
    String database = file(connection);
    String table = (events.last() + "").toLowerCase(Locale.ROOT);
    return database.isEmpty()
        ? Optional.empty()
        : Optional.of(SqliteFiles.identity(Path.of(database)) + " " + table);
  }

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

  /** The file is shortened only when the log, to which its new pages are written, moves there. */
  @Override
  public long compact(Connection connection) throws SQLException {
    if (isPrivate(connection)) {
      throw new InvalidInputException(
          "a database in memory is not a file; there is no space to give back to the disk");
    }
    long before = bytes(connection);
    SqlitePragmas.execute(connection, "vacuum");
    SqlitePragmas.execute(connection, "pragma wal_checkpoint(truncate)");
    return before - bytes(connection);
  }

  private static long bytes(Connection connection) throws SQLException {
    return Long.parseLong(SqlitePragmas.text(connection, "pragma page_count"))
        * Long.parseLong(SqlitePragmas.text(connection, "pragma page_size"));
  }

  @Override
  public void copy(
      Connection connection, Path to, ConnectionOptions options, BiConsumer<Long, Long> progress)
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
  public boolean saysMissingTable(SQLException failure) {
    return SqliteFailures.saysMissingTable(failure);
  }

  @Override
  public boolean refusesContent(SQLException failure) {
    return SqliteFailures.refusesContent(failure);
  }

  /**
   * The file of the database; empty for one in memory. A transaction stays without a read by that:
   * after one it could not write once another has.
   */
  static String file(Connection connection) throws SQLException {
    return SqlitePragmas.mainFile(connection);
  }
}
