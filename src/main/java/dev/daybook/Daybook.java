package dev.daybook;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.checkpoint.internal.Checkpoints;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.internal.JacksonFormats;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.internal.Documents;
import dev.daybook.error.ClosedException;
import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.DeadlineException;
import dev.daybook.error.ForeignTransactionException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.error.OutcomeUnknownException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.error.WaitInterruptedException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.transactions.JdbcTransaction;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.journal.Metadata;
import dev.daybook.journal.Registration;
import dev.daybook.journal.internal.Journals;
import dev.daybook.maintenance.Maintenance;
import dev.daybook.maintenance.internal.JooqMaintenance;
import dev.daybook.meta.Internal;
import dev.daybook.observation.StoreObserver;
import dev.daybook.observation.StoreStatus;
import dev.daybook.query.Queries;
import dev.daybook.query.internal.LiveQueries;
import dev.daybook.snapshot.SnapshotOptions;
import dev.daybook.snapshot.SnapshotStore;
import dev.daybook.snapshot.internal.SnapshotStores;
import dev.daybook.stream.Streams;
import dev.daybook.stream.internal.Lifecycles;
import dev.daybook.subscription.Notifier;
import dev.daybook.subscription.Subscriptions;
import dev.daybook.subscription.internal.JooqSubscriptions;
import dev.daybook.subscription.internal.JournalNotifier;
import dev.daybook.transaction.TransactionFunction;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferReport;
import dev.daybook.transfer.internal.CopyStore;
import dev.daybook.transfer.internal.StoreTransfer;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.Configuration;

/**
 * A store of history in a database that its user owns. Nothing is opened, created or migrated
 * before the first use of one of its repositories; that first use can throw {@link OpenException}.
 *
 * <p>The database is a SQLite file, a SQLite database in memory, or PostgreSQL 14 or later; what
 * the repositories promise is the same on each.
 *
 * <p>A file must stay where it is while it is open. If it, its write-ahead log or its directory is
 * deleted, renamed or replaced, no later write is acknowledged. The next write, and every read
 * after it, throws a {@link DatabaseMovedException}. A caller's own jOOQ transaction throws an
 * exception that has it as its cause. Checking the file after each commit would make appends too
 * slow. So a commit within 100 µs of the last check of the file, or within a millisecond of the
 * last check of its log, may still be acknowledged.
 *
 * <p>Safe for use by several threads. Open one Daybook for each database in a process: on SQLite it
 * has the only writer of the process. Other processes may use the same database at the same time.
 */
public final class Daybook implements DaybookStore, AutoCloseable {

  private final Database database;
  private final Journals journals;
  private final Journals callers;
  private final Lazy<SnapshotStores> snapshots;
  private final Lazy<DocumentStore> documents;
  private final Lazy<CheckpointStore> checkpoints;
  private final Part<JooqSubscriptions> subscriptions;
  private final Part<JournalNotifier> notifier;
  private final Part<LiveQueries> queries;
  private final Lazy<Maintenance> maintenance;
  private final Lazy<Streams> streams;
  private final Lazy<CopyStore> side;
  private final Clock clock;

  Daybook(
      Database database, Clock clock, Supplier<JacksonFormats> json, Supplier<Metadata> metadata) {
    this.database = database;
    Supplier<JacksonFormats> formats = new Lazy<>(json);
    this.journals = new Journals(database, clock, formats, metadata);
    this.callers = journals.ofCallers();
    this.snapshots = new Lazy<>(() -> new SnapshotStores(database, clock, formats));
    this.documents = new Lazy<>(() -> Documents.of(database));
    this.checkpoints = new Lazy<>(() -> Checkpoints.of(database, clock));
    this.subscriptions =
        new Part<>(
            () -> new JooqSubscriptions(database, clock, journals, checkpoints()),
            JooqSubscriptions::stop,
            JooqSubscriptions::close);
    this.queries =
        new Part<>(() -> new LiveQueries(journals), LiveQueries::stop, LiveQueries::close);
    this.notifier =
        new Part<>(
            () ->
                new JournalNotifier(
                    database, () -> journals.raw().latestPosition(), journals::highestPosition),
            JournalNotifier::stop,
            JournalNotifier::close);
    this.maintenance = new Lazy<>(() -> JooqMaintenance.of(database));
    this.streams = new Lazy<>(() -> Lifecycles.of(database, journals, clock));
    this.side = new Lazy<>(() -> new CopyStore(database, () -> journals.raw().latestPosition()));
    this.clock = clock;
  }

  /** A SQLite file with default options, made when it is missing; see {@link #builder(Path)}. */
  public static Daybook open(Path file) {
    return builder(file).build();
  }

  /**
   * A SQLite file or the database of a JDBC URL, with default options; see {@link
   * #builder(String)}.
   *
   * @throws InvalidInputException as {@link #builder(String)}
   */
  public static Daybook open(String fileOrUrl) {
    return builder(fileOrUrl).build();
  }

  /** A database with default options; see {@link #builder(DataSource)}. */
  public static Daybook open(DataSource dataSource) {
    return builder(dataSource).build();
  }

  /** A SQLite database in memory, gone when it is closed. */
  public static Daybook inMemory() {
    return DaybookBuilder.inMemory().build();
  }

  /**
   * A SQLite file, to be opened with options. The path {@code :memory:} is a database in memory, as
   * it is everywhere with SQLite. The directory must exist.
   */
  public static DaybookBuilder builder(Path file) {
    Objects.requireNonNull(file, "file");
    return DaybookBuilder.file(file);
  }

  /**
   * A SQLite file or the database of a JDBC URL, to be opened with options.
   *
   * <ul>
   *   <li>{@code jdbc:postgresql://HOST:PORT/DATABASE} and the other forms and parameters of
   *       PostgreSQL's driver. The Daybook makes a pool of up to ten connections, which keeps none
   *       while it is not used, and closes it when it is closed or can't be opened. A caller that
   *       waits longer than ten seconds for a connection gets an exception. {@link
   *       DaybookBuilder#user} and {@link DaybookBuilder#password} are the database user. It needs
   *       {@code org.postgresql:postgresql}, {@code org.flywaydb:flyway-database-postgresql} and
   *       {@code com.zaxxer:HikariCP} on the class path. For a pool with other settings, see {@link
   *       #builder(DataSource)}.
   *   <li>{@code jdbc:sqlite:FILE} is {@link #builder(Path)} without parameters, {@code
   *       jdbc:sqlite::memory:} is {@link #inMemory()}.
   *   <li>A text without a scheme, such as {@code accounts.db}, is the path of a SQLite file:
   *       {@link #builder(Path)}.
   * </ul>
   *
   * <p>No message and no log repeats a password of the URL, nor any other parameter.
   *
   * @throws InvalidInputException if the text is not one of these, or is malformed
   */
  public static DaybookBuilder builder(String fileOrUrl) {
    return DaybookBuilder.url(Objects.requireNonNull(fileOrUrl, "fileOrUrl"));
  }

  /**
   * The database of a data source, to be opened with options. Its connections must lead to SQLite
   * or PostgreSQL. Daybook does not close the data source.
   *
   * <p>On SQLite the Daybook keeps one of its connections for writing and up to four for reading,
   * takes more while more streams are read at once, one while anything waits for new events, and
   * closes them, with the settings they came with, when it is closed; a pool must have that many to
   * give.
   *
   * <p>On PostgreSQL it takes a connection for each piece of work and closes it at once, so the
   * data source should be a pool. It holds one for as long as a stream is read or a transaction is
   * open, and one while anything waits for new events.
   *
   * <p>Its connections must not be inside a transaction: the Daybook commits on them. Frameworks
   * have data sources that return the connection of the thread's transaction. A call that gets such
   * a connection throws {@link ForeignTransactionException}; {@link DaybookBuilder#transactions}
   * lets the Daybook take part in such transactions. Auto-commit may be off, if it is for all
   * connections.
   */
  public static DaybookBuilder builder(DataSource dataSource) {
    Objects.requireNonNull(dataSource, "dataSource");
    return DaybookBuilder.dataSource(dataSource);
  }

  @Override
  public <E> Journal<E> journal(EventTypes<E> types, Codecs codecs) {
    return callers.of(types, codecs);
  }

  @Override
  public Journal<EncodedEvent> rawJournal() {
    return callers.raw();
  }

  @Override
  public <S> SnapshotStore<S> snapshots(Class<S> type, SnapshotOptions options) {
    return snapshots.get().of(type, options);
  }

  @Override
  public DocumentStore documents() {
    return documents.get();
  }

  @Override
  public CheckpointStore checkpoints() {
    return checkpoints.get();
  }

  @Override
  public Streams streams() {
    return streams.get();
  }

  /**
   * Queries of a journal's events: current queries, which end, and live queries, which continue.
   */
  public <E> Queries<E> queries(Journal<E> journal) {
    return queries.get().of(journal);
  }

  /**
   * Attaches an observer, which sees from now on what this Daybook does, by whatever repository of
   * it. {@link DaybookBuilder#observe} attaches one before anything is done.
   *
   * @return detaches it; what has begun before still ends with a call of it
   */
  public Registration observe(StoreObserver observer) {
    return database.observers().attach(observer)::run;
  }

  /** Notifies listeners of new events. */
  public Notifier notifier() {
    return notifier.get();
  }

  @Override
  public Subscriptions subscriptions() {
    return subscriptions.get();
  }

  @Override
  public Repositories within(Configuration transaction) {
    Objects.requireNonNull(transaction, "transaction");
    Journals bound = journals.within(transaction);
    return new Repositories() {
      @Override
      public <E> Journal<E> journal(EventTypes<E> types, Codecs codecs) {
        return bound.of(types, codecs);
      }

      @Override
      public Journal<EncodedEvent> rawJournal() {
        return bound.raw();
      }

      @Override
      public <S> SnapshotStore<S> snapshots(Class<S> type, SnapshotOptions options) {
        return Daybook.this.snapshots(type, options).within(transaction);
      }

      @Override
      public DocumentStore documents() {
        return documents.get().within(transaction);
      }

      @Override
      public CheckpointStore checkpoints() {
        return checkpoints.get().within(transaction);
      }

      @Override
      public Streams streams() {
        return streams.get().within(transaction);
      }
    };
  }

  /**
   * The same repositories inside the transaction on a connection of the caller's, who ends it: on
   * the connection, and then by a call of what this returns.
   *
   * <p>The transaction may be one that others take part in as well, by JDBC or by another Daybook.
   * On SQLite it must be one of the same file. Open a database that is still to be migrated before,
   * as with {@link #within}.
   *
   * @param connection in a transaction: its auto-commit is off
   * @throws InvalidInputException if it commits by itself, or leads to another file
   * @throws ReadOnlyException if this Daybook only reads
   */
  public JoinedTransaction join(Connection connection) {
    Objects.requireNonNull(connection, "connection");
    JdbcTransaction transaction = new JdbcTransaction(connection);
    Configuration configuration = database.join(transaction);
    return new JoinedTransaction(transaction, configuration, within(configuration));
  }

  /**
   * The same store with a deadline: each call of this, of what it returns, and of what that
   * returns, has this much time. It bounds waiting for the writer, a connection, the opening of the
   * database, other transactions and the answer to a statement. A stream has the same time for each
   * row that it waits for, after the call that began it. What the call does is cancelled when the
   * time is over:
   *
   * <ul>
   *   <li>{@link DeadlineException}: nothing was written.
   *   <li>{@link OutcomeUnknownException}: a write had begun, and may be stored or not; or a call
   *       that writes several transactions, such as {@link #copyTo} and {@link Streams#archiveTo},
   *       had written the first of them, and another call continues from there.
   *   <li>A call that returns has written what it was asked to.
   * </ul>
   *
   * <p>A call may take half a second longer than its time, to find out which of these it is. On
   * SQLite a thread that is writing to the disk can't leave: the bound does not hold for a disk
   * that does not answer, nor while a commit moves the write-ahead log into the file. It does not
   * hold for code of the application either, such as a codec or an SQL listener. On PostgreSQL a
   * statement that is cancelled leaves the connection as it was. A connection whose server does not
   * answer is closed, in a caller's transaction too, which is lost then. There SQLite rolls the
   * whole transaction back if it cancels a statement that writes.
   *
   * <p>A {@link #transaction} has this time as a whole: for the writer or the connection, its work,
   * and the commit. Once it is over, the statement that runs is cancelled, also one that jOOQ runs;
   * each further one, and the commit, is refused, and the transaction is rolled back. The code of
   * the work is not stopped: it has to end by itself. A deadline that is set inside the transaction
   * bounds no statement there that the transaction's deadline bounds already.
   *
   * <p>A {@link dev.daybook.recovery.Recovery} of a bounded journal has this time for each decision
   * that it executes, with all its attempts. A {@link Maintenance#backup} leaves at its deadline,
   * with nothing put in the place of the target; another thread copies the rest of the pages, and
   * removes them then. A {@link dev.daybook.subscription.Subscription} that was started runs
   * without a deadline.
   *
   * <p>An interrupt of the calling thread ends a call like its deadline, with a {@link
   * WaitInterruptedException} if nothing was written; the thread still is interrupted then. This
   * holds without a deadline, too, but for statements that run.
   *
   * <p>With a deadline another thread asks the data source for a connection, so that it can be left
   * waiting. So a data source that returns the connection of the thread's transaction is not
   * noticed.
   *
   * @param time longer than 0, for each call
   * @throws InvalidInputException if it is not
   */
  public DaybookStore withDeadline(Duration time) {
    return BoundedCalls.of(this, time);
  }

  @Override
  @CanIgnoreReturnValue
  public <T, X extends Exception> T transactionResult(TransactionFunction<T, X> work) throws X {
    return database.transaction(Objects.requireNonNull(work, "work"));
  }

  @Override
  public Maintenance maintenance() {
    return maintenance.get();
  }

  @Override
  public TransferReport copyTo(Daybook target, TransferOptions options) {
    Objects.requireNonNull(options, "options");
    return StoreTransfer.run(side.get(), target.side.get(), options, clock);
  }

  @Override
  public Optional<StoreStatus> status() {
    return database.isOpen() ? Optional.of(subscriptions.get().status()) : Optional.empty();
  }

  @Override
  public String schemaVersion() {
    return database.schemaVersion();
  }

  /**
   * Makes sure that this thread is in no transaction in which this was used.
   *
   * @throws IllegalStateException if it is
   * @hidden
   */
  @Internal("testing waits for subscriptions, which get what is committed")
  public void requireOutsideTransaction() {
    database.requireOutsideTransaction();
  }

  /**
   * Stops every subscription and publication, delivers earlier appends to listeners, waits for a
   * write that is in progress, closes every connection, and waits for the callbacks of {@link
   * #notifier()}; streams that are still being read fail with {@link ClosedException}, except in
   * memory, where their rows were copied out before. Closing twice does nothing.
   *
   * <p>It waits five seconds for writes and transactions. One that has not ended by then is
   * cancelled and fails, which is logged, and a caller that waits for it gets a {@link
   * ClosedException}. A transaction whose work is still running is rolled back: the next use of its
   * configuration throws a {@link ClosedException}, and so does {@link #transaction} itself if its
   * work ends without a failure. Its thread is not interrupted. A commit in progress at that moment
   * may still be stored, although its caller gets an exception. Every write that was acknowledged
   * is stored. An opening that hangs is cancelled as well.
   *
   * <p>It waits for all threads at the same time: for a handler as long as its {@link
   * dev.daybook.subscription.Subscriber#stopTimeout}, for others ten seconds. Then it interrupts
   * them. A thread that does not end within another ten seconds is left running, which is logged.
   *
   * @throws IllegalStateException if called inside {@link #transaction}
   */
  @Override
  public void close() {
    requireOutsideTransaction();
    // All are asked to stop before any is waited for, so that they stop at the same time.
    subscriptions.stop();
    queries.stop();
    notifier.stop();
    try (notifier;
        database;
        journals;
        queries) {
      subscriptions.close();
    }
  }
}
