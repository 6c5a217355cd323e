package dev.daybook.internal.dialect;

import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.OpenException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.List;
import java.util.Objects;
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
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The decisions that depend on the database. Stateless. */
public interface Dialect {

  /**
   * The dialect of a renderer that {@link #renderer} has made.
   *
   * @throws NullPointerException if it is another one
   */
  static Dialect of(DSLContext renderer) {
    return (Dialect) Objects.requireNonNull(renderer.data(Dialect.class), "the renderer's dialect");
  }

  /** A renderer for this dialect, which {@link #of(DSLContext) knows} it. */
  default DSLContext renderer(Settings settings) {
    DSLContext renderer = DSL.using(family(), settings);
    renderer.data(Dialect.class, this);
    return renderer;
  }

  /**
   * Whether a failure says that what is stored is damaged, and not that the database could not read
   * it: for lack of memory, because of its disk, or because it was interrupted.
   */
  boolean isDamage(SQLException failure);

  /** What jOOQ renders for. */
  SQLDialect family();

  /** The folder of this dialect's migrations. */
  String migrations();

  /** Whether the tables of a store can be in a schema that is named. */
  boolean hasSchemas();

  /**
   * The schemas that are searched for a name without one, in this order; empty where there are no
   * schemas.
   */
  List<String> searchedSchemas(Connection connection) throws SQLException;

  /** Whether no second connection could see this database, so that all work must share this one. */
  boolean isPrivate(Connection connection) throws SQLException;

  /**
   * Whether a connection, as the data source returned it, is inside a transaction already, or its
   * driver does not say. A connection without auto-commit is not in one before its first statement.
   * The connection stays as it is.
   */
  boolean mayBeInTransaction(Connection connection) throws SQLException;

  /** The settings that the other methods change on a connection, as they are now. */
  ConnectionSettings settings(Connection connection) throws SQLException;

  /** Restores the settings, outside a transaction, for the connection's next user. */
  void restore(Connection connection, ConnectionSettings settings) throws SQLException;

  /**
   * The first thing on a connection that is to open a database: waits for others as long as the
   * options say, and makes sure that it leads to a database.
   *
   * @throws OpenException if it does not, or the database can't have a cache that was asked for
   */
  void greet(Connection connection, ConnectionOptions options) throws SQLException;

  /**
   * Makes sure that the database can be written, without waiting for a write in progress.
   *
   * @throws SQLException if it can't
   */
  void requireWritable(Connection connection, ConnectionOptions options) throws SQLException;

  /**
   * Settings that belong to the database as a whole, once it is migrated; outside a transaction.
   *
   * @throws OpenException if an option can't be honoured
   */
  void configureDatabase(Connection connection, ConnectionOptions options) throws SQLException;

  /**
   * Makes sure that a connection keeps the session that it began in, as far as statements depend on
   * that; outside a transaction.
   *
   * @param another makes a second connection, if it takes one to find out
   * @throws OpenException if it does not
   */
  default void requireSession(Connection connection, ConnectionSource.Connections another)
      throws SQLException {}

  /** Settings that each connection needs, outside a transaction, before its first statement. */
  void configure(Connection connection, ConnectionOptions options) throws SQLException;

  /**
   * Gives a connection its share of the memory for pages of a file that others can see, too. A size
   * that the application has chosen for the connection stays, unless the options ask for one.
   */
  default void sizeCache(Connection connection, ConnectionOptions options, CacheShare share)
      throws SQLException {}

  /** Keeps a connection from writing. */
  void makeReadOnly(Connection connection) throws SQLException;

  /**
   * A number that changes between two reads on the same connection if any other connection, of any
   * process, has committed in between.
   */
  long changeCounter(Connection connection) throws SQLException;

  /** Breaks a connection off, and ends the statement that another thread is running on it. */
  default void breakOff(Connection connection) throws SQLException {
    connection.abort(Runnable::run);
  }

  /**
   * Asks the database to cancel what another thread is running on a connection, which continues to
   * be used. Does nothing if nothing is running. May wait for the database's server.
   */
  void cancel(Connection connection) throws SQLException;

  /**
   * How many milliseconds a statement waits for the locks of other connections; 0 where that is not
   * a setting of the connection.
   */
  default long lockTimeoutMillis(Connection connection) throws SQLException {
    return 0;
  }

  /** Sets that, where it is a setting of the connection. */
  default void setLockTimeoutMillis(Connection connection, long millis) throws SQLException {}

  /**
   * How other processes are notified of commits at once; empty where they can only poll.
   *
   * @param events the name of the events table
   */
  Optional<Push> push(Name events);

  /**
   * The driver's own connection, whatever it is wrapped in: the same object for the same session of
   * the database. The connection itself if its driver is hidden.
   */
  Object driverConnection(Connection connection) throws SQLException;

  /** Watches the transaction that a connection is in until the watch is closed. */
  TransactionWatch watch(Connection connection) throws SQLException;

  /**
   * Watches the files of a database that is open.
   *
   * @param file the path by which it was opened, if that is known
   */
  FileWatch watchFiles(Connection connection, @Nullable Path file) throws SQLException;

  /** The write-ahead log beside the database's file; empty where no such file exists. */
  Optional<WalFile> log(Connection connection) throws SQLException;

  /**
   * The settings of the database, its server and the connection that differ from what is advised.
   *
   * @param tables the names of the store's tables
   */
  List<AdvisedSetting> differingSettings(Connection connection, List<Name> tables)
      throws SQLException;

  /**
   * The processes that have the database's file open; empty where it is not a file, or the system
   * does not report them.
   */
  default List<FileUse> fileUses(Connection connection) throws SQLException {
    return List.of();
  }

  /** How many connections the server has; empty where there is none. */
  default Optional<ServerConnections> serverConnections(Connection connection) throws SQLException {
    return Optional.empty();
  }

  /** Begins a transaction that is going to write. */
  Query begin(DSLContext dsl);

  /**
   * What the first statement of each of Daybook's own transactions must be, for each of its
   * statements to see what others have committed by then; empty if that is so by default.
   */
  Optional<Query> readCommitted(DSLContext dsl, Connection connection) throws SQLException;

  /**
   * What the first statement of a transaction must be, for it to wait for others no longer than was
   * asked for; empty if that was not, or no statement is needed.
   */
  Optional<Query> limitWaiting(DSLContext dsl, ConnectionOptions options);

  /**
   * What goes along with a commit, to fail if a statement of the transaction has failed; empty
   * where the commit fails by itself.
   */
  Optional<Query> beforeCommit(DSLContext dsl);

  /** Begins a transaction that only reads, and sees one state of the database all along. */
  Query beginRead(DSLContext dsl);

  /**
   * The name of the table that belongs to a table of events and says which positions were given;
   * empty if something other than a table says so.
   */
  Optional<String> positionsTable(String events);

  /** Waits until no other process migrates; inside the transaction that is going to. */
  void lockMigrations(Connection connection, String history) throws SQLException;

  /**
   * What a script of migrations begins with: a transaction, and the schema for its tables.
   *
   * @param schema made if it is missing; empty for the connection's own
   */
  String beginScript(String schema);

  /**
   * What tells a store from every other one, by whatever path or URL, and through whichever
   * connection it is reached; empty if no other connection can reach it, or there is no store.
   *
   * @param events the name of the events table
   */
  Optional<String> identity(Connection connection, Name events) throws SQLException;

  /** What the database is, with its version, for people. */
  Query version(DSLContext dsl);

  /**
   * The highest position that was ever given to an event, whether that still exists or not.
   *
   * @param events the name of the events table
   */
  Query highestPosition(DSLContext dsl, Name events);

  /**
   * Gives new positions, a row each, in ascending order; inside the transaction that is going to
   * write events there. The second column has the position after which that transaction has drawn
   * its first; NULL where one transaction writes at a time.
   *
   * @param events the name of the events table
   * @param count how many
   */
  Query drawPositions(DSLContext dsl, Name events, Param<Integer> count);

  /**
   * Whether every append writes its stream's high-water mark into the stream's row. Where it does
   * not, a stream may have events beyond what its row says.
   */
  boolean appendsWriteStreamRow();

  /** Whether only one connection can write at a time, so that more than one would only wait. */
  boolean hasOneWriter();

  /**
   * Whether a connection, as its driver is set up, takes several statements as one text, and sends
   * them as one. Each sees what was committed before it, as it would by itself.
   */
  boolean takesSeveralAtOnce(Connection connection) throws SQLException;

  /**
   * Lets a driver know that a statement is going to be run again and again on its connection.
   *
   * @param several whether it is several statements as one text
   */
  default void expectUses(Wrapper statement, boolean several) throws SQLException {}

  /** How many rows are written by one statement; empty where that takes a batch of statements. */
  Optional<ManyRows> manyRows();

  /**
   * How events are written and read where several transactions write at a time; empty where only
   * one does, and so the order of positions is the order of commits.
   *
   * @param events the name of the events table
   */
  Optional<PositionProtocol> parallelWriting(DSLContext dsl, Name events);

  /**
   * Reads rows that the transaction is going to write, as they are now, and keeps others from
   * writing them until it ends.
   */
  <R extends Record> Select<R> claim(SelectForUpdateStep<R> rows);

  /**
   * Reads rows as they are now, and keeps them from being claimed or deleted until the transaction
   * ends. Others may write them, and may do the same.
   */
  <R extends Record> Select<R> hold(SelectForUpdateStep<R> rows);

  /** How rows are asked for in the order of an index. */
  RowOrder rowOrder();

  /**
   * Always true, but for a server that may be behind another one, and so would answer with less
   * than was committed: there a statement with this condition fails, and returns nothing. It is
   * evaluated once for a statement, and not for each row.
   */
  Condition onPrimary();

  /**
   * Makes sure that no position up to this one is given again, as if an event had had it; in the
   * current transaction. A higher mark stays.
   *
   * @param events the name of the events table
   */
  void raisePosition(Connection connection, Name events, long position) throws SQLException;

  /**
   * How new rows are brought into a table other than by inserting them; empty where there is no
   * quicker way. A row whose key is there already fails all of them.
   *
   * @param columns whose values are numbers, texts or bytes
   */
  default Optional<Query> loadRows(DSLContext dsl, Table<?> table, List<Field<?>> columns) {
    return Optional.empty();
  }

  /**
   * Brings rows into a table, if the connection can do it that way.
   *
   * @param statement what {@link #loadRows} has given
   * @return whether it was done
   */
  default boolean loadRows(
      Connection connection, String statement, List<List<@Nullable Object>> rows)
      throws SQLException {
    return false;
  }

  /** Gives the space of deleted rows back to the disk; returns how many bytes that is. */
  long compact(Connection connection) throws SQLException;

  /** Copies the whole database into an empty file, as it is now, while others continue. */
  void copy(
      Connection connection, Path to, ConnectionOptions options, BiConsumer<Long, Long> progress)
      throws SQLException;

  /** Checks the pages below the rows for damage, and describes what was found. */
  void checkPages(Connection connection, Consumer<String> damage) throws SQLException;

  /** Checks foreign keys, and describes what was found. */
  void checkForeignKeys(Connection connection, Consumer<String> damage) throws SQLException;

  /**
   * What a transaction that Daybook did not begin must run before it reads what it is going to
   * write, if the database needs that.
   */
  Optional<Query> claimWrite(DSLContext dsl, Table<?> anyTable);

  /** A failed statement in the words of the library. */
  DaybookException translate(SQLException failure);

  /**
   * What a failed statement means while a database is opened: some failures say that it can't be.
   */
  default DaybookException whileOpening(DaybookException failure) {
    return failure;
  }

  /**
   * The same for a failure on a connection that its owner may have closed: each driver and pool has
   * its own message for that.
   */
  default DaybookException translate(SQLException failure, Connection connection) {
    DaybookException translated = translate(failure);
    return translated instanceof DatabaseException && isClosed(connection)
        ? closed(failure)
        : translated;
  }

  /**
   * Makes sure that a connection has failed for another reason than that it was closed.
   *
   * @throws ConnectionLostException if it was closed
   */
  static void requireNotClosed(Connection connection, SQLException failure) {
    if (isClosed(connection)) {
      throw closed(failure);
    }
  }

  private static ConnectionLostException closed(SQLException failure) {
    return new ConnectionLostException(
        "the connection to the database was closed: " + failure.getMessage(), failure);
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /**
   * Whether a failure says that another connection may do better, since this one leads to a server
   * that can't be written.
   */
  default boolean isOfWrongServer(SQLException failure) {
    return false;
  }

  /**
   * Whether a failure makes it certain that the database has refused a statement, and that nothing
   * of it can be there, even if it was to commit by itself: only then may it be repeated.
   */
  default boolean isRefusal(SQLException failure) {
    return false;
  }

  /**
   * Whether a failure is about what was done in a transaction, and not about the database: a rule
   * that what was written breaks, or a failure of a statement before.
   */
  boolean refusesContent(SQLException failure);

  /** Whether a statement names a table that the database does not have. */
  boolean saysMissingTable(SQLException failure);
}
