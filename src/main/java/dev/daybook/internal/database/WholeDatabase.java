package dev.daybook.internal.database;

import dev.daybook.error.DaybookException;
import dev.daybook.error.OpenException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.deadlines.OtherThread;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.dialect.ConnectionSettings;
import dev.daybook.internal.dialect.ConnectionSource;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.schema.GivenPositions;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.schema.SchemaMigrator;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.statements.SqlContext;
import dev.daybook.settings.TableNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A database from its outside, on a connection that is made for each use: what is in it may be
 * older, damaged or not a store at all. A database in memory is read through the store's only
 * connection.
 */
public final class WholeDatabase {

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  private final ConnectionSource source;
  private final ConnectionOptions options;
  private final Schema schema;
  private final Consumer<String> sqlListener;
  private final Database database;

  WholeDatabase(
      ConnectionSource source,
      ConnectionOptions options,
      Schema schema,
      Consumer<String> sqlListener,
      Database database) {
    this.source = source;
    this.options = options;
    this.schema = schema;
    this.sqlListener = sqlListener;
    this.database = database;
  }

  /**
   * Copies the database into an empty file.
   *
   * @param progress receives how many pages of how many are copied
   */
  public void copy(Path to, BiConsumer<Long, Long> progress) {
    look((dialect, connection) -> dialect.copy(connection, to, options, progress));
  }

  /** Gives the space of deleted rows back to the disk; returns how many bytes that is. */
  public long compact() {
    AtomicLong freed = new AtomicLong();
    run(source::connectExisting, (dialect, connection) -> freed.set(dialect.compact(connection)));
    return freed.get();
  }

  /** Checks the pages below the rows for damage. */
  public void checkPages(Consumer<String> damage) {
    look((dialect, connection) -> dialect.checkPages(connection, damage));
  }

  /** Checks foreign keys. */
  public void checkForeignKeys(Consumer<String> damage) {
    look((dialect, connection) -> dialect.checkForeignKeys(connection, damage));
  }

  /**
   * Makes sure that no position is given again that rows have.
   *
   * @param raised receives up to which position they were given before, as far as the database
   *     knew, and up to which they are now
   */
  public void raisePositions(BiConsumer<Long, Long> raised) {
    run(
        source::connectExisting,
        (dialect, connection) -> {
          Session session =
              Session.lent(
                  connection, new SqlContext(dialect, sqlListener), dialect.settings(connection));
          GivenPositions.Raised done = new GivenPositions(dialect, schema).raise(session);
          raised.accept(done.before(), done.now());
        });
  }

  /**
   * The statements that would bring the schema up to date, as one script; empty if it is. A file
   * need not exist.
   */
  public String migrationScript() {
    Path file = source.file();
    if (file != null && !Files.exists(file)) {
      return SchemaMigrator.script(source.dialect().orElseThrow(), schema);
    }
    return found(SchemaMigrator::script);
  }

  /** What tells the store from every other one; empty if it is not made yet, or private. */
  Optional<String> identity() {
    Path file = source.file();
    AtomicReference<Optional<String>> identity = new AtomicReference<>(Optional.empty());
    if (file == null || Files.exists(file)) {
      look(
          (dialect, connection) ->
              identity.set(dialect.identity(connection, schema.name(Schema.events()))));
    }
    return Objects.requireNonNull(identity.get());
  }

  /** The stores in the database, by their names; that of this Daybook is not among them. */
  public List<TableNames> otherStores() {
    return found(SchemaMigrator::otherStores);
  }

  private <T> T found(Function<SchemaMigrator, T> question) {
    AtomicReference<T> answer = new AtomicReference<>();
    look(
        (dialect, connection) -> {
          schema.requireHonoured(dialect);
          answer.set(question.apply(new SchemaMigrator(connection, dialect, schema)));
        });
    return Objects.requireNonNull(answer.get());
  }

  private interface Work {
    void run(Dialect dialect, Connection connection) throws SQLException;
  }

  private void look(Work work) {
    run(source::connectToRead, work);
  }

  private void run(ConnectionSource.Connections connections, Work work) {
    try {
      if (!database.readingElsewhere(() -> runOnItsOwn(connections, work))) {
        database.read(
            session -> {
              try {
                work.run(database.dialect(), session.connection());
                return true;
              } catch (SQLException e) {
                throw session.failure(e);
              }
            });
      }
    } catch (OpenException e) {
      throw new OpenException(e.reason(), source.name() + ": " + e.getMessage(), e.getCause());
    } catch (ReadOnlyException e) {
      throw new OpenException(
          OpenException.Reason.READ_ONLY, source.name() + ": " + e.getMessage(), e.getCause());
    }
  }

  private boolean runOnItsOwn(ConnectionSource.Connections connections, Work work) {
    try (Connection connection = connection(connections)) {
      Dialect dialect = Databases.dialect(connection);
      Session session = Session.unheard(connection, dialect);
      session.watch(Deadline.current());
      try {
        return !dialect.isPrivate(connection) && run(session, work);
      } catch (SQLException e) {
        throw dialect.whileOpening(session.failure(e));
      } finally {
        session.unwatch();
      }
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private boolean run(Session session, Work work) throws SQLException {
    Dialect dialect = session.context().dialect();
    Connection connection = session.connection();
    ConnectionSettings before = dialect.settings(connection);
    try {
      dialect.greet(connection, options);
      limitWaiting(session);
      work.run(dialect, connection);
      return true;
    } catch (SQLException e) {
      throw dialect.whileOpening(session.failure(e));
    } catch (DaybookException e) {
      throw e.getCause() instanceof SQLException cause && session.isCancelled()
          ? session.failure(cause)
          : e;
    } finally {
      dialect.restore(connection, before);
    }
  }

  /** A wait for a lock of SQLite's can't be cancelled. */
  private static void limitWaiting(Session session) {
    Deadline deadline = Deadline.current();
    if (deadline.isLimited()) {
      long left = 1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, deadline.nanosLeft()));
      session.setLockTimeoutMillis(Math.min(left, session.lockTimeoutMillis()));
    }
  }

  private static Connection connection(ConnectionSource.Connections connections) {
    return OtherThread.get(
        () -> {
          try {
            return connections.connect();
          } catch (SQLException e) {
            throw unreachable(e);
          }
        },
        WholeDatabase::giveBack,
        "a connection");
  }

  private static void giveBack(Connection late) {
    try {
      late.close();
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection was not returned in good order", e);
    }
  }

  private static OpenException unreachable(SQLException failure) {
    return new OpenException(
        OpenException.Reason.UNREACHABLE,
        "the connection failed: " + failure.getMessage(),
        failure);
  }
}
