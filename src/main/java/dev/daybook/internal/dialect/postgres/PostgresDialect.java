package dev.daybook.internal.dialect.postgres;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.dialect.AdvisedSetting;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.dialect.ConnectionSettings;
import dev.daybook.internal.dialect.ConnectionSource;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.dialect.ManyRows;
import dev.daybook.internal.dialect.PlainSql;
import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.dialect.Push;
import dev.daybook.internal.dialect.RowOrder;
import dev.daybook.internal.dialect.ServerConnections;
import dev.daybook.internal.dialect.SteadySql;
import dev.daybook.internal.dialect.TransactionWatch;
import dev.daybook.internal.dialect.WalFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
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
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * PostgreSQL. Plain SQL is for what the DSL has no words for: settings, advisory locks and the
 * system's views.
 */
public final class PostgresDialect implements Dialect {

  private static final long MIGRATION_LOCK = 0x0DA7_B00C_0000_0000L;

  public PostgresDialect() {}

  @Override
  public SQLDialect family() {
    return SQLDialect.POSTGRES;
  }

  @Override
  public boolean isDamage(SQLException failure) {
    return PostgresFailures.saysDamage(failure);
  }

  @Override
  public String migrations() {
    return "postgresql";
  }

  @Override
  public boolean hasSchemas() {
    return true;
  }

  @Override
  public List<String> searchedSchemas(Connection connection) throws SQLException {
    // The DSL does not know what the server takes from its setting search_path.
    return asked(
        connection,
        dsl -> dsl.resultQuery("select unnest(current_schemas(false))").fetch(0, String.class));
  }

  @Override
  public boolean isPrivate(Connection connection) {
    return false;
  }

  @Override
  public boolean mayBeInTransaction(Connection connection) throws SQLException {
    return PostgresTransactions.mayBeInside(connection);
  }

  @Override
  public ConnectionSettings settings(Connection connection) throws SQLException {
    return new ConnectionSettings(connection.getAutoCommit(), PostgresDriver.settings(connection));
  }

  @Override
  public void restore(Connection connection, ConnectionSettings settings) throws SQLException {
    connection.setAutoCommit(settings.autoCommit());
    PostgresDriver.restore(connection, settings.values());
  }

  @Override
  public void greet(Connection connection, ConnectionOptions options) throws SQLException {
    connection.setAutoCommit(true);
    PostgresServer.requireUsable(connection, options);
  }

  @Override
  public void requireWritable(Connection connection, ConnectionOptions options)
      throws SQLException {
    PostgresServer.requireWritable(connection);
  }

  @Override
  public void configureDatabase(Connection connection, ConnectionOptions options)
      throws SQLException {
    PostgresServer.requireHonoured(connection, options);
  }

  @Override
  public void requireSession(Connection connection, ConnectionSource.Connections another)
      throws SQLException {
    PostgresProxy.requireStatementsKept(connection, another);
  }

  /** A proxy may give the next statement another session: so nothing is set for a session. */
  @Override
  public void configure(Connection connection, ConnectionOptions options) throws SQLException {
    connection.setAutoCommit(true);
    PostgresDriver.configure(connection);
  }

  @Override
  public void makeReadOnly(Connection connection) {}

  /**
   * Which transactions have ended: it changes with each commit in the whole cluster, ours or not.
   * And which announce that they append: they hold readers back for a moment longer than their
   * commit takes to be seen, and a reader that checked in that moment must check again.
   */
  @Override
  public long changeCounter(Connection connection) throws SQLException {
    String state =
        text(
            connection,
            """
            select concat(pg_current_snapshot(), (
              select string_agg(concat(pid, ' ', classid, ' ', objid), ',')
              from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and granted))
            """);
    return state.chars().asLongStream().reduce(1, (hash, each) -> 31 * hash + each);
  }

  /** With another driver the connection has to be aborted. */
  @Override
  public void cancel(Connection connection) throws SQLException {
    Optional<PGConnection> driver = PostgresDriver.of(connection);
    if (driver.isPresent()) {
      driver.get().cancelQuery();
    }
  }

  @Override
  public Optional<Push> push(Name events) {
    return Optional.of(new PostgresPush(events));
  }

  @Override
  public Object driverConnection(Connection connection) throws SQLException {
    return PostgresDriver.of(connection).<Object>map(driver -> driver).orElse(connection);
  }

  @Override
  public TransactionWatch watch(Connection connection) {
    return new PostgresTransactionWatch(connection);
  }

  /** They are the server's affair. */
  @Override
  public FileWatch watchFiles(Connection connection, @Nullable Path file) {
    return FileWatch.NONE;
  }

  @Override
  public Optional<WalFile> log(Connection connection) {
    return Optional.empty();
  }

  @Override
  public List<AdvisedSetting> differingSettings(Connection connection, List<Name> tables)
      throws SQLException {
    return asked(connection, dsl -> PostgresAdvice.differing(dsl, tables));
  }

  @Override
  public Optional<ServerConnections> serverConnections(Connection connection) throws SQLException {
    return Optional.of(asked(connection, PostgresAdvice::connections));
  }

  @Override
  public Query begin(DSLContext dsl) {
    return dsl.query("begin");
  }

  /** The DSL has no words for it. */
  @Override
  public Optional<Query> readCommitted(DSLContext dsl, Connection connection) throws SQLException {
    return setting(connection, "transaction_isolation").startsWith("read ")
        ? Optional.empty()
        : Optional.of(dsl.query("set transaction isolation level read committed"));
  }

  @Override
  public Optional<Query> limitWaiting(DSLContext dsl, ConnectionOptions options) {
    return options.busyTimeoutAsked()
        ? Optional.of(
            dsl.resultQuery(
                "select set_config('lock_timeout', {0}, true)",
                DSL.inline(Math.max(1, options.busyTimeout().toMillis()) + "ms")))
        : Optional.empty();
  }

  /**
   * The server rolls back then, and the driver does not say so; but it refuses any other statement.
   */
  @Override
  public Optional<Query> beforeCommit(DSLContext dsl) {
    return Optional.of(SteadySql.savepoint(dsl, "daybook_commit"));
  }

  /** The driver begins it, since only then does it fetch rows in pieces. */
  @Override
  public Query beginRead(DSLContext dsl) {
    return dsl.query("set transaction isolation level repeatable read, read only");
  }

  @Override
  public Optional<String> positionsTable(String events) {
    return Optional.empty();
  }

  @Override
  public void lockMigrations(Connection connection, String history) throws SQLException {
    text(
        connection,
        "select pg_advisory_xact_lock("
            + (MIGRATION_LOCK | Integer.toUnsignedLong(history.hashCode()))
            + ")::text");
  }

  @Override
  public String beginScript(String schema) {
    String schemaFirst =
        "begin;\ncreate schema if not exists \"%s\";\nset local search_path to \"%s\";";
    return schema.isEmpty() ? "begin;" : schemaFirst.formatted(schema, schema);
  }

  @Override
  public Optional<String> identity(Connection connection, Name events) throws SQLException {
    return Optional.of(text(connection, PostgresPositions.identity(events)))
        .filter(identity -> !identity.isEmpty());
  }

  @Override
  public Query version(DSLContext dsl) {
    return dsl.resultQuery("select 'PostgreSQL ' || current_setting('server_version')");
  }

  @Override
  public Query highestPosition(DSLContext dsl, Name events) {
    return PostgresPositions.highest(dsl, events);
  }

  @Override
  public void raisePosition(Connection connection, Name events, long position) throws SQLException {
    if (position > 0) {
      asked(connection, dsl -> dsl.fetch(PostgresPositions.raise(dsl, events, position)));
    }
  }

  @Override
  public Query drawPositions(DSLContext dsl, Name events, Param<Integer> count) {
    return PostgresPositions.draw(dsl, events, count);
  }

  /** Appends to one stream wait for each other at its row. */
  @Override
  public boolean appendsWriteStreamRow() {
    return true;
  }

  @Override
  public boolean hasOneWriter() {
    return false;
  }

  /**
   * The driver sends them without waiting for answers in between, as a rule; so nothing may rest on
   * that but speed.
   */
  @Override
  public boolean takesSeveralAtOnce(Connection connection) throws SQLException {
    return PostgresDriver.sendsSeveralAtOnce(connection);
  }

  @Override
  public void expectUses(Wrapper statement, boolean several) throws SQLException {
    PostgresDriver.prepareAtOnce(statement, several);
  }

  @Override
  public Optional<ManyRows> manyRows() {
    return Optional.of(new PostgresRows());
  }

  @Override
  public Optional<PositionProtocol> parallelWriting(DSLContext dsl, Name events) {
    return Optional.of(new PostgresPositions(dsl, events));
  }

  @Override
  public <R extends Record> Select<R> claim(SelectForUpdateStep<R> rows) {
    return rows.forUpdate();
  }

  @Override
  public <R extends Record> Select<R> hold(SelectForUpdateStep<R> rows) {
    return rows.forKeyShare();
  }

  @Override
  public RowOrder rowOrder() {
    return new PostgresRowOrder();
  }

  @Override
  public Condition onPrimary() {
    return PostgresPrimary.only();
  }

  @Override
  public Optional<Query> loadRows(DSLContext dsl, Table<?> table, List<Field<?>> columns) {
    // The DSL has no COPY.
    return Optional.of(
        PlainSql.of("copy {table} ({columns}) from stdin (format binary)")
            .with("table", table)
            .with(
                "columns",
                DSL.list(
                    columns.stream()
                        .map(column -> DSL.field(column.getUnqualifiedName()))
                        .toList()))
            .query(dsl));
  }

  @Override
  public boolean loadRows(
      Connection connection, String statement, List<List<@Nullable Object>> rows)
      throws SQLException {
    Optional<PGConnection> driver = PostgresDriver.of(connection);
    if (driver.isPresent()) {
      PostgresCopyIn.run(driver.get(), statement, rows);
    }
    return driver.isPresent();
  }

  @Override
  public long compact(Connection connection) {
    throw new InvalidInputException(
        "a PostgreSQL database is not a file; the server's autovacuum makes the space of deleted rows usable again, and `vacuum full` gives it back to the disk");
  }

  @Override
  public void copy(
      Connection connection, Path to, ConnectionOptions options, BiConsumer<Long, Long> progress) {
    throw new InvalidInputException(
        "a PostgreSQL database is not a file; back it up by pg_dump, or copy the store into a file");
  }

  /** The server checks its pages by checksums. */
  @Override
  public void checkPages(Connection connection, Consumer<String> damage) {}

  /** The server lets none be broken. */
  @Override
  public void checkForeignKeys(Connection connection, Consumer<String> damage) {}

  /** A row is locked when it is written, and not before. */
  @Override
  public Optional<Query> claimWrite(DSLContext dsl, Table<?> anyTable) {
    return Optional.empty();
  }

  @Override
  public DaybookException translate(SQLException failure) {
    return PostgresFailures.translate(failure);
  }

  @Override
  public boolean isRefusal(SQLException failure) {
    return PostgresFailures.isRefusal(failure);
  }

  @Override
  public boolean isOfWrongServer(SQLException failure) {
    return PostgresFailures.isOfWrongServer(failure);
  }

  @Override
  public boolean refusesContent(SQLException failure) {
    return PostgresFailures.refusesContent(failure);
  }

  @Override
  public boolean saysMissingTable(SQLException failure) {
    return PostgresFailures.saysMissingTable(failure);
  }

  /** What the server has set something to. */
  static String setting(Connection connection, String name) throws SQLException {
    return text(connection, "select current_setting('" + name + "')");
  }

  /** The only value that a statement returns. */
  static String text(Connection connection, String sql) throws SQLException {
    return asked(connection, dsl -> String.valueOf(dsl.fetchValue(sql)));
  }

  static void execute(Connection connection, String sql) throws SQLException {
    asked(connection, dsl -> dsl.execute(sql));
  }

  @CanIgnoreReturnValue
  private static <T> T asked(Connection connection, Function<DSLContext, T> question)
      throws SQLException {
    try {
      return question.apply(DSL.using(connection, SQLDialect.POSTGRES));
    } catch (DataAccessException e) {
      throw cause(e);
    }
  }

  private static SQLException cause(DataAccessException failure) {
    SQLException cause = failure.getCause(SQLException.class);
    return cause == null ? new SQLException(failure) : cause;
  }
}
