package dev.daybook.internal.database;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.ClosedException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.error.TransactionConflictException;
import dev.daybook.error.TransientException;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.dialect.ConnectionSource;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.dialect.sqlite.SqliteSources;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.observation.Observers;
import dev.daybook.internal.schema.Schema;
import dev.daybook.internal.signals.CommitPusher;
import dev.daybook.internal.signals.CommitSignal;
import dev.daybook.internal.signals.Deletions;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.JdbcTransaction;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.settings.Synchronous;
import dev.daybook.transaction.TransactionFunction;
import dev.daybook.transaction.TransactionHost;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** A database from before its first use, which opens it, to its close. Safe for several threads. */
public final class Database implements SqlAccess, AutoCloseable {

  private final ConnectionSource source;
  private final ConnectionOptions options;
  private final Schema schema;
  private final Migrating migrating;
  private final Consumer<String> sqlListener;
  private final boolean verifiesReads;
  private final Observers observers = new Observers();
  private final Deletions deletions = new Deletions();
  private final Lifetime lifetime;
  private final CallerTransactions callers;

  public Database(
      ConnectionSource source,
      ConnectionOptions options,
      Schema schema,
      Migrating migrating,
      Consumer<String> sqlListener,
      boolean verifiesReads) {
    this(source, options, schema, migrating, sqlListener, verifiesReads, null, null);
  }

  /**
   * @param host where transactions come from that are not the store's own, if there is such a place
   * @param uses follows what callers open, if anything does
   */
  public Database(
      ConnectionSource source,
      ConnectionOptions options,
      Schema schema,
      Migrating migrating,
      Consumer<String> sqlListener,
      boolean verifiesReads,
      @Nullable TransactionHost host,
      @Nullable OpenUses uses) {
    this.verifiesReads = verifiesReads;
    this.source = source;
    this.options = options;
    this.schema = schema;
    this.migrating = migrating;
    this.sqlListener = new SqlListening(sqlListener);
    this.lifetime =
        new Lifetime(
            source,
            () -> new Opening(source, options, schema, migrating, this.sqlListener, deletions),
            host != null);
    this.callers =
        new CallerTransactions(lifetime, migrating == Migrating.READ_ONLY, this, host, uses);
  }

  /** A renderer of typed statements for this database. */
  public DSLContext renderer() {
    return lifetime.open().renderer();
  }

  /** Whether each event and record that is read is verified by its checksum. */
  public boolean verifiesReads() {
    return verifiesReads;
  }

  public String schemaVersion() {
    return lifetime.open().schemaVersion();
  }

  /**
   * Watches for commits of this process and others.
   *
   * @throws ClosedException after the close
   */
  public CommitSignal.Watch watch() {
    return lifetime.open().commitSignal().watch();
  }

  /**
   * Registers a listener for commits of this process and others; see {@link CommitSignal#listen}.
   *
   * @throws ClosedException after the close
   */
  public CommitSignal.Listening listen(Runnable news, Runnable somethingElse) {
    return lifetime.open().commitSignal().listen(news, somethingElse);
  }

  /** Notifies all watchers of a commit. */
  public void signal() {
    OpenDatabase database = lifetime.ifOpen();
    if (database != null) {
      database.commitSignal().signal();
      database.pusher().ifPresent(CommitPusher::tell);
    }
  }

  /** Those who observe what is done. */
  public Observers observers() {
    return observers;
  }

  /** Whether it is open now. */
  public boolean isOpen() {
    return lifetime.ifOpen() != null;
  }

  /** How many requests to write wait for their turn. */
  public int waitingWrites() {
    return lifetime.open().access().waitingWrites();
  }

  /** The size of the write-ahead log; empty if there is none. */
  public OptionalLong logBytes() {
    return lifetime
        .open()
        .log()
        .map(log -> OptionalLong.of(log.bytes()))
        .orElseGet(OptionalLong::empty);
  }

  /** How often something may have been deleted. */
  public Deletions deletions() {
    return deletions;
  }

  /** Access for callers: within the transaction that their thread is in, if a host says so. */
  public SqlAccess callers() {
    return callers.access();
  }

  /**
   * Access within the transaction that a caller's configuration is in.
   *
   * @throws InvalidInputException if it is in none that can be joined
   */
  public SqlAccess join(Configuration transaction) {
    return callers.join(transaction);
  }

  /**
   * Takes part in the transaction on a caller's connection.
   *
   * @return what jOOQ is given to take part as well
   */
  public Configuration join(JdbcTransaction transaction) {
    return callers.join(transaction);
  }

  /** Whether reads and writes run at the same time, without waiting for each other. */
  public boolean readsBesideWrites() {
    return lifetime.open().access().readsBesideWrites();
  }

  /**
   * Runs a caller's work in the transaction that its thread is in, if a host says so, and otherwise
   * in a new one.
   */
  public <T, X extends Exception> T transaction(TransactionFunction<T, X> work) throws X {
    return callers.run(work);
  }

  /** Runs a caller's work in a new transaction: the host's, or one on the writer's connection. */
  public <T, X extends Exception> T newTransaction(TransactionFunction<T, X> work) throws X {
    return callers.runInNew(work);
  }

  /**
   * {@link #transaction} for work that can be run again: a new transaction that conflicts with
   * another one is repeated a few times.
   */
  public <T> T repeatableTransaction(TransactionFunction<T, RuntimeException> work) {
    return callers.runRepeatable(work);
  }

  /** Reads one state of the database by several statements, while others continue to write. */
  public <T> T snapshot(Function<Session, T> work) {
    return lifetime.open().access().snapshot(work);
  }

  /**
   * Whether both are one store, by whatever names, paths or connections they were made. Neither is
   * opened by that.
   */
  public boolean isSameStore(Database other) {
    Optional<String> identity = whole().identity();
    return identity.isPresent() && identity.equals(other.whole().identity());
  }

  /** The names of the store's tables. */
  public List<Name> tableNames() {
    return Schema.tables().stream().map(schema::name).toList();
  }

  /** How many connections the store can have open at a time, if that is known. */
  public OptionalInt mostConnections() {
    return source.most().get();
  }

  /** The highest position that was ever given to an event. */
  public Script highestPosition(Table<?> events) {
    OpenDatabase database = lifetime.open();
    return Script.of(
        database.renderer(),
        () ->
            database.context().dialect().highestPosition(database.renderer(), schema.name(events)));
  }

  /**
   * How events are written and read if several transactions write at a time; empty if one does.
   *
   * @param events the table of events
   */
  public Optional<PositionProtocol> parallelWriting(Table<?> events) {
    OpenDatabase database = lifetime.open();
    return database.context().dialect().parallelWriting(database.renderer(), schema.name(events));
  }

  /**
   * Gives out new positions.
   *
   * @param count how many
   */
  public Script drawPositions(Table<?> events, Param<Integer> count) {
    OpenDatabase database = lifetime.open();
    return Script.of(
        database.renderer(),
        () ->
            database
                .context()
                .dialect()
                .drawPositions(database.renderer(), schema.name(events), count));
  }

  /** Makes sure that no position up to this one is given again, in the session's transaction. */
  public void raisePosition(Session session, Table<?> events, long position) {
    session.act(it -> dialect().raisePosition(it, schema.name(events), position));
  }

  /**
   * Whether a transaction has failed for what was done in it, and would again: what was written
   * breaks a rule of the database's, or a statement before had failed.
   */
  public boolean refusesContent(DaybookException failure) {
    return failure.getCause() instanceof SQLException cause && dialect().refusesContent(cause);
  }

  /**
   * Whether a failure says that a transaction of this database conflicted with another one, and not
   * that what a caller's statement was to write breaks a rule.
   */
  public boolean isConflict(Throwable failure) {
    return failure instanceof TransactionConflictException
        || (failure instanceof SQLException cause
            && !dialect().refusesContent(cause)
            && dialect().translate(cause) instanceof TransactionConflictException);
  }

  /**
   * Whether a failure of this database, or of another that speaks the same way, wrote nothing and
   * may not happen again, and is not about what was to be written. The next connection may lead to
   * a server that can be written.
   */
  public boolean passesByItself(Throwable failure) {
    if (failure instanceof SQLException cause) {
      return !dialect().refusesContent(cause)
          && (dialect().isOfWrongServer(cause)
              || dialect().translate(cause) instanceof TransientException);
    }
    if (failure instanceof ReadOnlyException && failure.getCause() instanceof SQLException cause) {
      return dialect().isOfWrongServer(cause);
    }
    return failure instanceof TransientException transientFailure
        && !refusesContent(transientFailure);
  }

  /**
   * Runs work on the database as it is. A file that is not open yet is neither made nor migrated,
   * but opened for this work alone, read-only.
   */
  public <T> T looking(Function<Database, T> look) {
    requireNotClosed();
    boolean opens = migrating == Migrating.ALWAYS || migrating == Migrating.NEVER;
    if (lifetime.ifOpen() != null || source.file() == null || !opens) {
      return look.apply(this);
    }
    try (Database reading =
        new Database(source, options, schema, Migrating.READ_ONLY, sqlListener, verifiesReads)) {
      return look.apply(reading);
    }
  }

  /** The database as a whole, whatever is in it: neither opened nor migrated by that. */
  public WholeDatabase whole() {
    requireNotClosed();
    return new WholeDatabase(source, options, schema, sqlListener, this);
  }

  /** Runs work that reads the database on another connection, whether this is open or not. */
  <T> T readingElsewhere(Supplier<T> work) {
    OpenDatabase database = lifetime.ifOpen();
    return database == null ? work.get() : database.access().readingElsewhere(work);
  }

  Dialect dialect() {
    return lifetime.open().context().dialect();
  }

  /** The file that is the database, if it is one that Daybook opens by itself. */
  public Optional<Path> file() {
    return Optional.ofNullable(source.file());
  }

  /** The same store in another file, which must be there and may have an older schema. */
  public Database inFile(Path file) {
    return new Database(
        SqliteSources.file(file, options.busyTimeout()),
        new ConnectionOptions(
            false,
            Synchronous.FULL,
            options.busyTimeout(),
            true,
            null,
            options.cache(),
            null,
            null),
        schema,
        Migrating.IF_MADE,
        sqlListener,
        verifiesReads);
  }

  /**
   * Runs work while this can't be opened.
   *
   * @return whether it was run, and not refused because this is open already
   */
  public boolean whileNotOpen(Runnable work) {
    return lifetime.whileNotOpen(work);
  }

  @Override
  public <T> T read(Function<Session, T> work) {
    return lifetime.open().access().read(work);
  }

  @Override
  @MustBeClosed
  public <T> Stream<T> stream(RowQuery<T> reading) {
    return lifetime.open().access().stream(reading);
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    callers.requireNotWriting();
    return lifetime.open().access().write(work);
  }

  @Override
  public <R extends WriteRequest> void write(RequestWriter<R> writer, R request) {
    callers.requireNotWriting();
    lifetime.open().access().write(writer, request);
  }

  @Override
  public <T> T writeAtOnce(Function<Session, T> work) {
    callers.requireNotWriting();
    return lifetime.open().access().writeAtOnce(work);
  }

  /**
   * Makes sure that this has not been closed, and opens nothing.
   *
   * @throws ClosedException if it has
   */
  public void requireNotClosed() {
    lifetime.requireNotClosed();
  }

  /** Waits a while for a write in progress, then closes every connection. */
  @Override
  public void close() {
    // Before anything is closed, and before waiting for another thread that closes and waits for
    // us.
    requireOutsideTransaction();
    lifetime.close();
  }

  /**
   * Makes sure that this thread is neither inside {@link #transaction} nor inside a transaction of
   * a host in which this was used.
   *
   * @throws IllegalStateException if it is
   */
  public void requireOutsideTransaction() {
    callers.requireOutside();
  }
}
