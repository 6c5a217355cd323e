package dev.daybook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.checkpoint.internal.Checkpoints;
import dev.daybook.codec.Codecs;
import dev.daybook.codec.internal.JacksonFormats;
import dev.daybook.document.DocumentStore;
import dev.daybook.document.internal.Documents;
import dev.daybook.error.ClosedException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DatabaseMovedException;
import dev.daybook.error.ForeignTransactionException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.EventTypes;
import dev.daybook.journal.Journal;
import dev.daybook.journal.internal.Journals;
import dev.daybook.maintenance.Maintenance;
import dev.daybook.maintenance.internal.JooqMaintenance;
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
import dev.daybook.transaction.TransactionWork;
import dev.daybook.transfer.TransferException;
import dev.daybook.transfer.TransferOptions;
import dev.daybook.transfer.TransferReport;
import dev.daybook.transfer.internal.CopyStore;
import dev.daybook.transfer.internal.StoreTransfer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
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
 * deleted, renamed or replaced, no write is acknowledged any more: whoever writes next, and then
 * whoever reads, gets a {@link DatabaseMovedException}, also as the cause of what a caller's own
 * jOOQ transaction throws. To ask for the file after each commit would cost an append too much; so
 * a commit within 100 µs of the last look at the file, or within a millisecond of the last look at
 * its log, may still be acknowledged.
 *
 * <p>Safe for use by several threads. One Daybook for a database and process is the rule: on SQLite
 * it has the process's one writer. Other processes may use the same database at the same time.
 */
public final class Daybook implements Repositories, AutoCloseable {

  private final Database database;
  private final Journals journals;
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

  Daybook(Database database, Clock clock, Supplier<ObjectMapper> json) {
    this.database = database;
    Supplier<JacksonFormats> formats = new Lazy<>(() -> new JacksonFormats(json.get()));
    this.journals = new Journals(database, clock, formats);
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
                    database, () -> rawJournal().latestPosition(), journals::highestPosition),
            JournalNotifier::stop,
            JournalNotifier::close);
    this.maintenance = new Lazy<>(() -> JooqMaintenance.of(database));
    this.streams = new Lazy<>(() -> Lifecycles.of(database, journals, clock));
    this.side = new Lazy<>(() -> new CopyStore(database, () -> rawJournal().latestPosition()));
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
   *       while it is not used, and closes it when it is closed or can't be opened. Whoever waits
   *       for a connection longer than ten seconds fails. {@link DaybookBuilder#user} and {@link
   *       DaybookBuilder#password} are the database user. It needs {@code
   *       org.postgresql:postgresql}, {@code org.flywaydb:flyway-database-postgresql} and {@code
   *       com.zaxxer:HikariCP} on the class path. For a pool with other settings, see {@link
   *       #builder(DataSource)}.
   *   <li>{@code jdbc:sqlite:FILE} is {@link #builder(Path)} without parameters, {@code
   *       jdbc:sqlite::memory:} is {@link #inMemory()}.
   *   <li>A text without a scheme, such as {@code accounts.db}, is the path of a SQLite file:
   *       {@link #builder(Path)}.
   * </ul>
   *
   * <p>No message and no log repeats a password of the URL, nor any other parameter.
   *
   * @throws InvalidInputException if the URL is none of these, or is malformed
   */
  public static DaybookBuilder builder(String fileOrUrl) {
    return DaybookBuilder.url(Objects.requireNonNull(fileOrUrl, "fileOrUrl"));
  }

  /**
   * A database behind a data source, to be opened with options: SQLite or PostgreSQL, whichever its
   * connections are to. The data source itself stays the caller's to close.
   *
   * <p>On SQLite the Daybook keeps one of its connections for writing and up to four for reading,
   * takes more while more streams are read at once, one while anybody waits for new events, and
   * closes them, with the settings they came with, when it is closed; a pool must have that many to
   * give.
   *
   * <p>On PostgreSQL it takes a connection for each piece of work and closes it at once, so the
   * data source should be a pool. It holds one for as long as a stream is read or a transaction is
   * open, and one while anybody waits for new events.
   *
   * <p>Its connections must not be inside a transaction: the Daybook commits on them. A data source
   * that hands out the connection of the thread's transaction, as frameworks have it, is refused
   * with {@link ForeignTransactionException} by whatever needs the connection. Auto-commit may be
   * off, if it is for all connections.
   */
  public static DaybookBuilder builder(DataSource dataSource) {
    Objects.requireNonNull(dataSource, "dataSource");
    return DaybookBuilder.dataSource(dataSource);
  }

  @Override
  public <E> Journal<E> journal(EventTypes<E> types, Codecs codecs) {
    return journals.of(types, codecs);
  }

  @Override
  public Journal<EncodedEvent> rawJournal() {
    return journals.raw();
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

  /** Queries that end with what is there, and queries that go on, of a journal's events. */
  public <E> Queries<E> queries(Journal<E> journal) {
    return queries.get().of(journal);
  }

  /** Word of new events. */
  public Notifier notifier() {
    return notifier.get();
  }

  /** The subscriptions. */
  public Subscriptions subscriptions() {
    return subscriptions.get();
  }

  /**
   * The same repositories inside the caller's jOOQ transaction; see {@link Journal#within}. If this
   * is the first use of a database that is still to be migrated, the migration waits for the
   * caller's own transaction and gives up after the busy timeout: open such a database before, for
   * example by {@link #schemaVersion()}.
   *
   * @throws InvalidInputException if the configuration is not inside a jOOQ transaction
   */
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
   * Runs work in one transaction that may write from its start: everything that it does through
   * {@link #within} and through jOOQ on the configuration that it is given is committed together,
   * or rolled back together if it throws. Inside, {@code DSL.using(transaction).transaction(...)}
   * is a savepoint. Listeners hear of its appends after the commit.
   *
   * <p>Other writers of this process wait until it is done. Inside, this Daybook's own repositories
   * can't write, and in memory can't read either: an {@link IllegalStateException} says so.
   *
   * <p>A statement that fails may take the transaction with it: on PostgreSQL any that is not
   * inside a nested one, on SQLite a few, such as one that finds the disk full. Work that goes on
   * regardless is refused from then on, and so is the commit. The configuration is of no use after
   * the end.
   *
   * @throws DatabaseException if a statement had failed, and nothing could be committed
   * @throws X what the work threw
   */
  public <X extends Exception> void transaction(TransactionWork<X> work) throws X {
    Objects.requireNonNull(work, "work");
    this.<Boolean, X>transactionResult(
        transaction -> {
          work.run(transaction);
          return true;
        });
  }

  /**
   * {@link #transaction} with a result.
   *
   * @return what the work returned
   * @throws X what the work threw
   */
  @CanIgnoreReturnValue
  public <T, X extends Exception> T transactionResult(TransactionFunction<T, X> work) throws X {
    return database.transaction(Objects.requireNonNull(work, "work"));
  }

  /** Backs up, checks and restores the database. */
  public Maintenance maintenance() {
    return maintenance.get();
  }

  /** {@link #copyTo(Daybook, TransferOptions)} without progress. */
  public TransferReport copyTo(Daybook target) {
    return copyTo(target, TransferOptions.defaults());
  }

  /**
   * Copies the whole store to another one, which may be in a database of another kind and have
   * other table names: streams with their marks and states, events at exactly their positions,
   * tags, snapshots, documents, checkpoints, events that were put aside and how far bulk loads are,
   * all as they are stored. So encrypted payloads need no keys, idempotency keys are known there,
   * checkpoints stay true, and new events get positions behind all that the source has ever given.
   * Who holds a lease is not copied.
   *
   * <p>The source is only read, and can be written meanwhile: what is new, changed or deleted is
   * caught up with. When a pass over it finds nothing new, everything is compared as it is at one
   * moment, row by row. A report that is {@linkplain TransferReport#isComplete() complete} says
   * that the target has what the source had at the end. If the source was written until then, the
   * report says how far the target {@linkplain TransferReport#isBehind() is behind}: stop whoever
   * writes and call this again.
   *
   * <p>Calling it again goes on from where it was, however the last run ended, {@code kill -9}
   * included; see {@link TransferException.Reason} for what is refused. For that the target has a
   * checkpoint without a name, which is listed nowhere. Until the copy is complete nobody else may
   * write to the target or should read it. After that it can be gone on with, too, as long as
   * nothing in it has changed.
   *
   * <p>Some thousand rows are written in a transaction, on PostgreSQL by {@code COPY}. Memory is
   * needed for some pages of 4 MB, or of the largest row if that is more. Each store is read by a
   * thread of its own. While both stores are compared, the write-ahead log of a SQLite source that
   * is written grows; a database in memory waits.
   *
   * @throws TransferException if the target may not be written, or no longer
   * @throws InvalidInputException if the target is the source
   */
  public TransferReport copyTo(Daybook target, TransferOptions options) {
    Objects.requireNonNull(options, "options");
    return StoreTransfer.run(side.get(), target.side.get(), options, clock);
  }

  /** The version of the schema in the database, which this opens and migrates if need be. */
  public String schemaVersion() {
    return database.schemaVersion();
  }

  /**
   * Stops every subscription and publication, has listeners told of what was appended by then,
   * waits for a write that is under way, then closes every connection, and waits for those who are
   * told of news; streams that are still being read fail with {@link ClosedException}, except in
   * memory, where their rows were copied out before. Closing twice does nothing.
   *
   * <p>It waits five seconds for writes and transactions. One that has not ended by then is broken
   * off and fails, which is logged, and whoever waits for it fails with {@link ClosedException}. A
   * transaction whose work is still going on is rolled back: the next use of its configuration
   * throws a {@link ClosedException}, and so does {@link #transaction} itself if its work ends
   * without a failure. Its thread is not interrupted. What is being committed just then may be
   * stored, although its caller gets an exception; what a caller was told to be stored is stored.
   * An opening that hangs is broken off as well.
   *
   * <p>It waits for all at the same time: for a handler as long as its {@link
   * dev.daybook.subscription.Subscriber#stopTimeout} says, for others ten seconds; then it
   * interrupts whom it has waited for, and gives up on those who do not heed that within ten
   * seconds more, which is logged.
   *
   * @throws IllegalStateException if called inside {@link #transaction}
   */
  @Override
  public void close() {
    database.requireOutsideTransaction();
    // All are asked before any is waited for, so that the waits go on at the same time.
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
