package dev.daybook.internal.database;

import dev.daybook.error.DatabaseException;
import dev.daybook.error.OpenException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.error.StandbyException;
import dev.daybook.internal.access.LogLimit;
import dev.daybook.internal.access.LogMover;
import dev.daybook.internal.access.PooledAccess;
import dev.daybook.internal.access.ReadOnlyAccess;
import dev.daybook.internal.access.ReaderPool;
import dev.daybook.internal.access.SingleWriter;
import dev.daybook.internal.access.SingleWriterAccess;
import dev.daybook.internal.access.StoreAccess;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.dialect.CacheBudget;
import dev.daybook.internal.dialect.CacheShare;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.dialect.ConnectionSettings;
import dev.daybook.internal.dialect.ConnectionSource;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.FileWatch;
import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.dialect.Push;
import dev.daybook.internal.dialect.WalFile;
import dev.daybook.internal.schema.GivenPositions;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.schema.SchemaMigrator;
import dev.daybook.internal.signals.CommitPoller;
import dev.daybook.internal.signals.CommitPusher;
import dev.daybook.internal.signals.CommitSignal;
import dev.daybook.internal.signals.Deletions;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.statements.SqlContext;
import dev.daybook.internal.transactions.TransactionSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/**
 * The steps from a source of connections to an open database. One that fails leaves nothing open.
 */
final class Opening {

  private static final int KEPT_CONNECTIONS = 1 + CacheBudget.READERS + 1;
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  private static final Duration POLL_INTERVAL_BESIDE_PUSH = Duration.ofSeconds(1);

  private final ConnectionSource source;
  private final ConnectionOptions options;
  private final Schema schema;
  private final Migrating migrating;
  private final Consumer<String> sqlListener;
  private volatile @Nullable Connection underWay;
  private final Deletions deletions;
  private final SessionSource sessions;

  Opening(
      ConnectionSource source,
      ConnectionOptions options,
      Schema schema,
      Migrating migrating,
      Consumer<String> sqlListener,
      Deletions deletions) {
    this.source = source;
    this.options = options;
    this.schema = schema;
    this.migrating = migrating;
    this.sqlListener = sqlListener;
    this.deletions = deletions;
    this.sessions = new SessionSource(source, options, migrating);
  }

  OpenDatabase run() {
    try {
      // A file is made by the first connection.
      source.dialect().ifPresent(schema::requireHonoured);
      Connection connection = sessions.connect();
      underWay = connection;
      try {
        return open(connection);
      } catch (Throwable e) {
        Cleaning.after(e, () -> giveBack(connection, e));
        throw e;
      } finally {
        underWay = null;
      }
    } catch (OpenException e) {
      throw new OpenException(e.reason(), source.name() + ": " + e.getMessage(), e.getCause());
    } catch (ReadOnlyException | StandbyException e) {
      throw new OpenException(
          OpenException.Reason.READ_ONLY, source.name() + ": " + e.getMessage(), e.getCause());
    }
  }

  /** Cancels what another thread is running, which then fails. */
  void breakOff() throws SQLException {
    Connection connection = underWay;
    if (connection != null) {
      connection.abort(Runnable::run);
    }
  }

  /** A connection to a server that can't be written must not be used again. */
  private static void giveBack(Connection connection, Throwable failure) throws SQLException {
    try (connection) {
      if (failure instanceof StandbyException
          || (failure instanceof OpenException refused
              && refused.reason() == OpenException.Reason.READ_ONLY)) {
        connection.abort(Runnable::run);
      }
    }
  }

  private OpenDatabase open(Connection connection) {
    Dialect dialect = dialectOf(connection);
    schema.requireHonoured(dialect);
    SqlContext context = new SqlContext(dialect, sqlListener);
    try {
      ConnectionSettings before = dialect.settings(connection);
      try {
        return open(connection, before, context);
      } catch (Throwable e) {
        Cleaning.after(e, () -> dialect.restore(connection, before));
        throw e;
      }
    } catch (SQLException e) {
      throw dialect.whileOpening(dialect.translate(e, connection));
    } catch (DatabaseException e) {
      throw dialect.whileOpening(e);
    }
  }

  private OpenDatabase open(Connection connection, ConnectionSettings before, SqlContext context)
      throws SQLException {
    Dialect dialect = context.dialect();
    dialect.greet(connection, options);
    DSLContext renderer = schema.renderer(dialect);
    TransactionSql sql = new TransactionSql(renderer, dialect, Schema.tables().get(0));
    Session session =
        dialect.hasOneWriter()
            ? Session.own(connection, context, before)
            : Session.lent(connection, context, before);
    Session unheard = Session.unheard(connection, dialect);
    SchemaMigrator migrator = new SchemaMigrator(connection, dialect, schema);
    if (migrating != Migrating.ALWAYS && !migrator.isMade()) {
      migrator.requireNotFurtherOn();
      throw Migrating.notMade(migrator);
    }
    boolean current = migrator.isCurrent();
    if (!current) {
      migrator.requireNotFurtherOn();
      migrating.requireAllowed(migrator);
    }
    if (writes()) {
      requireNotReadOnly(connection);
      dialect.requireWritable(connection, options);
    }
    if (!current) {
      migrateAsLongAsItTakes(migrator, unheard, sql, dialect);
    }
    migrator.requireTables();
    new GivenPositions(dialect, schema).requireBehindEvents(unheard);
    if (writes()) {
      dialect.configureDatabase(connection, options);
    }
    dialect.configure(connection, options);
    boolean alone = dialect.isPrivate(connection);
    if (!alone) {
      dialect.sizeCache(connection, options, CacheShare.WRITER);
    }
    dialect.requireSession(connection, source::connectExisting);
    if (!writes()) {
      dialect.makeReadOnly(connection);
    }
    if (dialect.hasOneWriter() && !alone) {
      requireEnoughConnections();
    }
    String version = migrator.version();
    Optional<Push> push = push(connection, dialect);
    FileWatch files = dialect.watchFiles(connection, source.file());
    Optional<WalFile> log = dialect.log(connection);
    StoreAccess own = access(session, alone, context, renderer, sql, files, log);
    StoreAccess access = writes() ? own : new ReadOnlyAccess(own);
    CommitSignal commitSignal =
        new CommitSignal(
            alone ? CommitPoller.Factory.NONE : pollers(access, dialect, push, renderer, files));
    Optional<CommitPusher> pusher = push.map(by -> new CommitPusher(access, by));
    return new OpenDatabase(
        context, renderer, sql, access, files, log, commitSignal, pusher, version);
  }

  /** An exhausted pool would let further callers wait without any message. */
  private void requireEnoughConnections() {
    OptionalInt most = source.most().get();
    if (most.isPresent() && most.getAsInt() < KEPT_CONNECTIONS) {
      throw new OpenException(
          OpenException.Reason.OPTION,
          "the pool has at most %s connections; expected %s or more, because a Daybook on SQLite keeps one to write, up to %s to read and one to notice others' writes, and the pool's other users need some, too"
              .formatted(most.getAsInt(), KEPT_CONNECTIONS, CacheBudget.READERS));
    }
  }

  private static void requireNotReadOnly(Connection connection) throws SQLException {
    if (connection.isReadOnly()) {
      throw new OpenException(
          OpenException.Reason.READ_ONLY,
          "the database can't be written: the connections are read-only, by the settings of the pool or the driver; expected others, or a Daybook with readOnly()");
    }
  }

  private boolean writes() {
    return migrating != Migrating.READ_ONLY;
  }

  private StoreAccess access(
      Session first,
      boolean alone,
      SqlContext context,
      DSLContext renderer,
      TransactionSql sql,
      FileWatch files,
      Optional<WalFile> present)
      throws SQLException {
    if (context.dialect().hasOneWriter()) {
      ReaderPool readers =
          alone ? null : new ReaderPool(share -> sessions.reader(context, files, share));
      Optional<WalFile> log = present.filter(file -> movesLog());
      LogLimit limit = new LogLimit(log);
      Optional<LogMover> mover = mover(log, first.connection(), readers);
      return new SingleWriterAccess(
          new SingleWriter(first, sql, files, limit, mover), readers, sql, files, limit, mover);
    }
    Optional<Query> readCommitted = context.dialect().readCommitted(renderer, first.connection());
    first.close();
    return new PooledAccess(
        () -> sessions.lent(context),
        sql,
        readCommitted.map(query -> Script.of(renderer, () -> query)),
        context
            .dialect()
            .limitWaiting(renderer, options)
            .map(query -> Script.of(renderer, () -> query)));
  }

  /** Whether the write-ahead log is not to be left alone. */
  private boolean movesLog() {
    return writes() && !Boolean.FALSE.equals(options.walCheckpoints());
  }

  private static Optional<LogMover> mover(
      Optional<WalFile> log, Connection connection, @Nullable ReaderPool readers)
      throws SQLException {
    return readers != null && log.isPresent() && log.get().canBeMovedBeside(connection)
        ? Optional.of(new LogMover(log.get(), readers))
        : Optional.empty();
  }

  private Optional<Push> push(Connection connection, Dialect dialect) throws SQLException {
    Optional<Push> push = dialect.push(schema.name(Schema.events()));
    if (push.isPresent() && !push.get().isPossible(connection)) {
      push = Optional.empty();
    }
    if (Boolean.TRUE.equals(options.push()) && push.isEmpty()) {
      throw new OpenException(
          OpenException.Reason.OPTION, "push was asked for, and can't notify other processes here");
    }
    return Boolean.FALSE.equals(options.push()) ? Optional.empty() : push;
  }

  private CommitPoller.Factory pollers(
      StoreAccess access,
      Dialect dialect,
      Optional<Push> push,
      DSLContext renderer,
      FileWatch files) {
    Duration byDefault = push.isPresent() ? POLL_INTERVAL_BESIDE_PUSH : POLL_INTERVAL;
    Duration interval = Objects.requireNonNullElse(options.pollInterval(), byDefault);
    return interval.isZero()
        ? CommitPoller.Factory.NONE
        : CommitPoller.every(interval, access, push, deletions, head(dialect, renderer), files);
  }

  /** What is highest, and what holds readers back. */
  private ToLongFunction<Session> head(Dialect dialect, DSLContext renderer) {
    Name events = schema.name(Schema.events());
    List<Script> parts = new ArrayList<>();
    parts.add(Script.of(renderer, () -> dialect.highestPosition(renderer, events)));
    dialect
        .parallelWriting(renderer, events)
        .map(PositionProtocol::watermark)
        .ifPresent(watermark -> parts.add(Script.of(renderer, () -> watermark)));
    return session -> {
      long head = 0;
      for (Script part : parts) {
        try (Execution prepared = session.prepare(part)) {
          head = 31 * head + prepared.first(row -> row.number(1)).orElse(0L);
        }
      }
      return head;
    };
  }

  /** On a connection of Daybook's own, which otherwise gives up after so long a silence. */
  private void migrateAsLongAsItTakes(
      SchemaMigrator migrator, Session session, TransactionSql sql, Dialect dialect)
      throws SQLException {
    if (source.pool() == null) {
      migrate(migrator, session, sql, dialect);
      return;
    }
    Connection connection = session.connection();
    int longestSilence = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, 0);
    migrate(migrator, session, sql, dialect);
    connection.setNetworkTimeout(Runnable::run, longestSilence);
  }

  /** Checks again once no other process can migrate, and then sees what they have done. */
  private void migrate(
      SchemaMigrator migrator, Session session, TransactionSql sql, Dialect dialect)
      throws SQLException {
    Optional<Query> readCommitted =
        dialect.readCommitted(schema.renderer(dialect), session.connection());
    begin(session, sql, dialect);
    try {
      readCommitted.ifPresent(
          query -> session.perform(Script.of(schema.renderer(dialect), () -> query)));
      migrator.lock();
      if (!migrator.isCurrent()) {
        migrator.migrate();
      }
      session.run(sql.commit());
    } catch (Throwable e) {
      Cleaning.after(e, () -> rollBack(session, sql, dialect));
      throw e;
    }
  }

  /** The one writer takes the write lock at once; elsewhere the driver must know of it. */
  private static void begin(Session session, TransactionSql sql, Dialect dialect) {
    if (dialect.hasOneWriter()) {
      session.run(sql.begin());
    } else {
      session.begin();
    }
  }

  private static void rollBack(Session session, TransactionSql sql, Dialect dialect) {
    if (dialect.hasOneWriter()) {
      session.run(sql.rollback());
    } else {
      session.rollBack();
    }
  }

  private static Dialect dialectOf(Connection connection) {
    try {
      return Databases.dialect(connection);
    } catch (SQLException e) {
      Dialect.requireNotClosed(connection, e);
      throw new OpenException(
          OpenException.Reason.UNKNOWN_DATABASE, "the database does not report its kind", e);
    }
  }
}
