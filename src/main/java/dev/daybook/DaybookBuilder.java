package dev.daybook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.daybook.codec.TreeCodec;
import dev.daybook.codec.internal.DefaultJson;
import dev.daybook.codec.internal.JacksonFormats;
import dev.daybook.codec.internal.StrictJson;
import dev.daybook.error.InvalidInputException;
import dev.daybook.error.OpenException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.internal.connections.Databases;
import dev.daybook.internal.connections.LentConnections;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.database.Migrating;
import dev.daybook.internal.dialect.CacheBudget;
import dev.daybook.internal.dialect.ConnectionOptions;
import dev.daybook.internal.dialect.ConnectionSource;
import dev.daybook.internal.dialect.Credentials;
import dev.daybook.internal.dialect.DatabaseUrl;
import dev.daybook.internal.dialect.postgres.PostgresSources;
import dev.daybook.internal.dialect.postgres.PostgresUrl;
import dev.daybook.internal.dialect.sqlite.SqliteSources;
import dev.daybook.internal.dialect.sqlite.SqliteUrl;
import dev.daybook.internal.schema.Schema;
import dev.daybook.journal.Metadata;
import dev.daybook.meta.Internal;
import dev.daybook.observation.StoreObserver;
import dev.daybook.settings.Synchronous;
import dev.daybook.settings.TableNames;
import dev.daybook.transaction.TransactionHost;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link Daybook}. An option that the database can't honour fails when the
 * database is opened, with {@link OpenException.Reason#OPTION}. Not for several threads at once.
 */
public final class DaybookBuilder {

  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  private final Function<Duration, ConnectionSource> source;
  private final @Nullable PostgresUrl server;
  private Credentials credentials = Credentials.NONE;
  private @Nullable Boolean wal;
  private @Nullable Synchronous synchronous;
  private Duration busyTimeout = Duration.ofSeconds(5);
  private boolean busyTimeoutAsked;
  private @Nullable Duration pollInterval;
  private @Nullable Boolean walCheckpoints;
  private @Nullable CacheBudget cache;
  private @Nullable Boolean push;
  private TableNames tables = TableNames.defaults();
  private Clock clock = Clock.systemUTC();
  private Supplier<ObjectMapper> mapper = DefaultJson::mapper;
  private @Nullable StrictJson json;
  private Migrating migrating = Migrating.ALWAYS;
  private boolean readOnly;
  private Consumer<String> sqlListener = sql -> {};
  private boolean verifyReads;
  private @Nullable TransactionHost host;
  private @Nullable Function<String, Runnable> following;
  private Supplier<Metadata> metadata = Metadata::none;
  private final List<StoreObserver> observers = new ArrayList<>();

  private DaybookBuilder(Function<Duration, ConnectionSource> source) {
    this.source = source;
    this.server = null;
  }

  private DaybookBuilder(PostgresUrl server) {
    this.source = timeout -> PostgresSources.server(server.with(credentials));
    this.server = server;
  }

  static DaybookBuilder url(String text) {
    DatabaseUrl url = Databases.url(text);
    if (url instanceof SqliteUrl sqlite) {
      return file(sqlite.file());
    }
    return new DaybookBuilder((PostgresUrl) url);
  }

  static DaybookBuilder file(Path file) {
    return file.toString().equals(":memory:")
        ? inMemory()
        : new DaybookBuilder(timeout -> SqliteSources.file(file, timeout));
  }

  static DaybookBuilder inMemory() {
    return new DaybookBuilder(SqliteSources::memory);
  }

  static DaybookBuilder dataSource(DataSource dataSource) {
    return new DaybookBuilder(timeout -> LentConnections.of(dataSource));
  }

  /**
   * The database user, if the URL does not name it. By default the user of the operating system.
   *
   * @throws InvalidInputException if it is empty, or the database has no users
   */
  @CanIgnoreReturnValue
  public DaybookBuilder user(String name) {
    requireServer("user");
    if (name.isEmpty()) {
      throw new InvalidInputException("the user is empty; expected a name");
    }
    this.credentials = credentials.withUser(name);
    return this;
  }

  /**
   * The user's password, if the URL does not have it. By default the server's password in the file
   * {@code .pgpass} of the home directory, if it has one. It appears in no message and no log.
   *
   * @throws InvalidInputException if the database has no users
   */
  @CanIgnoreReturnValue
  public DaybookBuilder password(String secret) {
    requireServer("password");
    this.credentials = credentials.withPassword(Objects.requireNonNull(secret, "secret"));
    return this;
  }

  /**
   * Whether the file has a write-ahead log, in which readers and the writer don't wait for each
   * other. On by default; a database in memory can't have one, and PostgreSQL always has. Off, a
   * stream that is being read keeps writers waiting.
   *
   * <p>A commit that makes the log longer than 12 MiB moves its pages into the file. A data source
   * whose connections have another {@code wal_autocheckpoint} than SQLite's own, 1,000 pages, keeps
   * that.
   *
   * <p>During a long read the log grows by all that is written meanwhile. It may stay as long as 16
   * MiB. A longer log is truncated once no read is in progress: by the last reader, by the next
   * writer, or by a subscription or live query that waits for events. Truncating makes nothing else
   * wait: if the log is in use, it is tried again later. Daybook does not see the end of a read in
   * another process, or on a connection that is not Daybook's; it tries again after a second, then
   * at growing intervals. {@link dev.daybook.maintenance.Maintenance#doctor} says how long the log
   * is, and how much of it a reader holds back.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder wal(boolean on) {
    this.wal = on;
    return this;
  }

  /**
   * When to wait for the disk. {@link Synchronous#FULL} by default; nothing for a database in
   * memory. On PostgreSQL that is the server's affair: {@code FULL} is refused if its {@code
   * synchronous_commit} is off, and {@code NORMAL} always.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder synchronous(Synchronous setting) {
    this.synchronous = Objects.requireNonNull(setting, "setting");
    return this;
  }

  /**
   * How long to wait for another connection or process that is writing. Five seconds by default on
   * SQLite, where a writer waits once more, ten times in all at most, as long as others don't hold
   * the database but commit and take it again. On PostgreSQL its own {@code lock_timeout} by
   * default; a timeout that is set here costs each write another statement.
   *
   * @throws InvalidInputException if it is negative or longer than an hour
   */
  @CanIgnoreReturnValue
  public DaybookBuilder busyTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new InvalidInputException(
          "the busy timeout is %s; expected 0 to %s".formatted(timeout, LONGEST_TIMEOUT));
    }
    this.busyTimeout = timeout;
    this.busyTimeoutAsked = true;
    return this;
  }

  /**
   * How often to check for writes of other processes while a subscription, a live query or {@link
   * Daybook#notifier()} waits for new events. 50 ms by default, or a second where other processes
   * notify by {@link #push}; zero for never, when no other process writes. What this Daybook
   * appends is noticed at once without a check. A database in memory has no other process, and
   * refuses an interval.
   *
   * @throws InvalidInputException if it is negative or longer than an hour
   */
  @CanIgnoreReturnValue
  public DaybookBuilder pollInterval(Duration interval) {
    if (interval.isNegative() || interval.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new InvalidInputException(
          "the poll interval is %s; expected 0 to %s".formatted(interval, LONGEST_TIMEOUT));
    }
    this.pollInterval = interval;
    return this;
  }

  /**
   * How much memory this Daybook may use for pages of its SQLite file: 32 MiB by default, which all
   * its connections share. The writing connection has a quarter. Of the reading ones, the first,
   * which serves reads that are alone, has half, and three more that stay open share the last
   * quarter. Readers beyond these four, and the connection that checks for writes of other
   * processes, have no more than 2,000 KiB each in addition, which is SQLite's own choice for a
   * connection.
   *
   * <p>The memory is outside Java's heap. SQLite takes it page by page as it reads and writes, and
   * a few bytes in a hundred more to keep account of the pages; no connection takes more than the
   * file has. It is freed when the Daybook is closed. Each Daybook has its own.
   *
   * <p>The connection that writes keeps its pages after a commit. Those that read lose theirs after
   * each commit of another connection, as SQLite requires. So a larger size speeds up queries that
   * are repeated while nothing is written, and queries that read the same pages more than once.
   *
   * <p>A data source whose connections have another {@code cache_size} than SQLite's own, -2000,
   * keeps that, unless a size is asked for here. It gets each connection back with the {@code
   * cache_size} that the connection had. A database in memory, which is there as a whole, and
   * PostgreSQL, which has one cache for all, refuse a size.
   *
   * @throws InvalidInputException if it is less than 1 MiB or more than 1 TiB
   */
  @CanIgnoreReturnValue
  public DaybookBuilder cacheSize(long bytes) {
    if (bytes < CacheBudget.LEAST.bytes() || bytes > CacheBudget.MOST.bytes()) {
      throw new InvalidInputException(
          "the cache size is %s bytes; expected %s (1 MiB) to %s (1 TiB)"
              .formatted(bytes, CacheBudget.LEAST.bytes(), CacheBudget.MOST.bytes()));
    }
    this.cache = new CacheBudget(bytes);
    return this;
  }

  /**
   * Whether this Daybook notifies other processes on the same PostgreSQL database of its commits,
   * and listens for theirs while anything waits for new events. So a commit is noticed at once and
   * not at the next check. Listening takes a connection; notifying never makes a commit wait. On by
   * default on PostgreSQL. Switch it off behind a proxy that gives each transaction another
   * session: there no notification arrives. SQLite refuses it.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder push(boolean on) {
    this.push = on;
    return this;
  }

  /** The names of the tables. {@link TableNames#defaults()} by default. */
  @CanIgnoreReturnValue
  public DaybookBuilder tables(TableNames names) {
    this.tables = Objects.requireNonNull(names, "names");
    return this;
  }

  /**
   * The clock that gives events their time. The system's clock by default; read to the millisecond,
   * by the thread that appends, before it waits for the writer. What it throws fails that append
   * and no other.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder clock(Clock source) {
    this.clock = Objects.requireNonNull(source, "clock");
    return this;
  }

  /**
   * The mapper that turns events and states into JSON and back, and events into CBOR. By default a
   * mapper that writes {@code java.time} as ISO 8601 text, and knows Kotlin's classes if {@code
   * com.fasterxml.jackson.module:jackson-module-kotlin} is on the class path. A copy of the mapper
   * is used. Whatever it says, {@link dev.daybook.codec.Codecs} decides about unknown and missing
   * fields, and a class whose state Jackson does not see is refused.
   *
   * @throws InvalidInputException if the mapper can't be copied
   */
  @CanIgnoreReturnValue
  public DaybookBuilder json(ObjectMapper mapper) {
    ObjectMapper copy;
    try {
      copy = mapper.copy();
    } catch (IllegalStateException e) {
      throw new InvalidInputException(
          "%s can't be copied; it must override ObjectMapper.copy()"
              .formatted(mapper.getClass().getName()));
    }
    this.mapper = copy::copy;
    return this;
  }

  /**
   * What maps events and states in place of a mapper of Jackson 2, such as {@code
   * dev.daybook.codec.jackson3.Jackson3Json}. Events that are written as CBOR stay with the {@link
   * #json(ObjectMapper) mapper}, whichever was given first. A journal may still have another one by
   * {@link dev.daybook.codec.Codecs#json(TreeCodec)}.
   *
   * <p>Both write the same and read what the other has written, so a store may change from one to
   * the other at any time.
   *
   * @throws InvalidInputException if it is a custom codec, which does not know beforehand what it
   *     can read
   */
  @CanIgnoreReturnValue
  public DaybookBuilder json(TreeCodec codec) {
    this.json = StrictJson.require(codec);
    return this;
  }

  /**
   * Whether to make the file and the tables where they are missing, and to bring an older schema up
   * to date. On by default. Off, a database that would need it is refused when it is opened, and
   * left as it is: a missing file as {@link OpenException.Reason#UNREACHABLE}, missing tables as
   * {@link OpenException.Reason#TABLES}, an older schema as {@link
   * OpenException.Reason#OLDER_SCHEMA}.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder migrate(boolean on) {
    this.migrating = on ? Migrating.ALWAYS : Migrating.NEVER;
    return this;
  }

  /**
   * Only reads. Nothing is made or migrated, as with {@link #migrate migrate(false)}, and every
   * write throws a {@link ReadOnlyException}. No byte of the file changes, and no other file is
   * left beside it. So it also works where the process may not write. There a file whose
   * write-ahead log is not empty can be read only if the files beside it are complete, and is
   * refused otherwise, with {@link OpenException.Reason#READ_ONLY}; and no other process may begin
   * to write it meanwhile. The connections of a data source are taken as they are.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder readOnly() {
    this.readOnly = true;
    return this;
  }

  /**
   * Receives the text of each statement that the repositories run, just before it is run, on the
   * thread that runs it and perhaps on several at once: to log it, to count it, to review it.
   * Migrations and the settings of connections are not among them. What it throws does not fail the
   * statement: the first failure is logged, and it receives the next statement. It must return
   * soon: the statement waits for it, and so do all callers that wait for the same writer.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder sqlListener(Consumer<String> listener) {
    this.sqlListener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Whether the store itself moves its write-ahead log into the file, which SQLite calls a
   * checkpoint. On by default: a thread of the store does it beside the appends once about 6 MiB
   * have gathered, and a commit does it if there are 12 MiB, so the log stays shorter than 16 MiB
   * unless a read takes long. Off, no connection of the store does it, for a replication tool that
   * must do it by itself; the log grows until that tool does it. Closing the last connection to a
   * file still moves the log, as SQLite always does.
   *
   * <p>A data source whose connections have another {@code wal_autocheckpoint} than SQLite's
   * default keeps it, and no thread of the store moves the log, unless this is off. A database that
   * has no write-ahead log, and PostgreSQL, refuse either choice with {@link
   * OpenException.Reason#OPTION}.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder walCheckpoints(boolean on) {
    this.walCheckpoints = on;
    return this;
  }

  /**
   * Whether each event and each record of a document that is read is verified by the checksum that
   * was stored with it. Off by default: then {@link Daybook#maintenance() verify} finds what was
   * changed. On, reading a changed one throws an {@link dev.daybook.error.EventDecodeException} or
   * a {@link dev.daybook.document.DocumentDecodeException}. Snapshots are always verified.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder verifyReads(boolean on) {
    this.verifyReads = on;
    return this;
  }

  /**
   * Where an application's transactions come from, such as {@code
   * dev.daybook.spring.SpringTransactions} or {@code dev.daybook.jta.JtaTransactions}. None by
   * default.
   *
   * <p>Each call of a repository runs in the transaction that the calling thread is in: on its
   * connection and no other, committed with it and rolled back with it. A failed write leaves
   * nothing in it, and it may continue. Listeners, subscriptions and other processes are notified
   * after its commit, never after a rollback. A thread that is in none uses the Daybook's own
   * connections, as without a host. So do subscriptions, live queries, bulk loads, maintenance and
   * copies, always.
   *
   * <p>{@link Daybook#transaction} and handlers of exactly-once subscriptions run in a transaction
   * of the host's, so that what they write by other tools of the application is part of it. The
   * first use may be inside a transaction: another thread opens the database.
   *
   * <p>A write in a transaction that only reads throws a {@link ReadOnlyException}. SQLite has one
   * writer: a thread that has written in a transaction which is suspended, and not ended, can write
   * in no other one, and an {@link IllegalStateException} says so at once. A transaction of another
   * SQLite file, or one that sees no tables of this Daybook, is refused with an {@link
   * InvalidInputException}.
   *
   * @param host its transactions must be on the database that this Daybook opens; its data source
   *     may be another one
   */
  @CanIgnoreReturnValue
  public DaybookBuilder transactions(TransactionHost host) {
    this.host = Objects.requireNonNull(host, "host");
    return this;
  }

  /**
   * Follows what callers open until they close it.
   *
   * @param opened receives what was opened, and returns what is run once it is closed
   * @hidden
   */
  @Internal("testing finds what a test has left open")
  @CanIgnoreReturnValue
  public DaybookBuilder following(Function<String, Runnable> opened) {
    this.following = opened;
    return this;
  }

  /**
   * Metadata for each event that is appended, such as the user or the request that it is for. None
   * by default. Metadata of the same name that an event has itself wins, entry by entry.
   *
   * <p>Asked once for each append, whatever its number of events and streams, by the thread that
   * appends, before it waits for anything. What it throws fails that append and no other, unchanged
   * and before anything is written. An append whose events have more than {@link
   * dev.daybook.settings.Limits#MAX_METADATA_ENTRIES} entries by that is refused with an {@link
   * InvalidInputException}, and so is one for which it returns {@code null}. Bulk loads, copies and
   * streams that are moved don't ask it.
   *
   * @param source asked by several threads at a time
   */
  @CanIgnoreReturnValue
  public DaybookBuilder metadata(Supplier<Metadata> source) {
    this.metadata = Objects.requireNonNull(source, "metadata");
    return this;
  }

  /**
   * Attaches an observer besides those that are attached already. It sees what the Daybook does
   * from its first use on. None by default; {@link Daybook#observe} attaches one later.
   */
  @CanIgnoreReturnValue
  public DaybookBuilder observe(StoreObserver observer) {
    observers.add(Objects.requireNonNull(observer, "observer"));
    return this;
  }

  /**
   * Makes the Daybook. Does not open the database yet.
   *
   * @throws InvalidInputException if the table names don't fit together, the URL has a user or a
   *     password already, or how to write or {@link #transactions} is chosen for a Daybook that
   *     only reads
   */
  public Daybook build() {
    if (readOnly && (wal != null || synchronous != null || walCheckpoints != null)) {
      throw new InvalidInputException(
          "a Daybook that only reads has no options for the write-ahead log, its checkpoints or synchronous");
    }
    if (readOnly && host != null) {
      throw new InvalidInputException(
          "a Daybook that only reads takes part in no transactions; expected one built without transactions(host)");
    }
    ConnectionOptions options =
        new ConnectionOptions(
            wal,
            synchronous,
            busyTimeout,
            busyTimeoutAsked,
            pollInterval,
            cache,
            push,
            walCheckpoints);
    Database database =
        new Database(
            source.apply(busyTimeout),
            options,
            new Schema(tables),
            readOnly ? Migrating.READ_ONLY : migrating,
            sqlListener,
            verifyReads,
            host,
            following == null ? null : following::apply);
    observers.forEach(observer -> database.observers().attach(observer));
    Supplier<ObjectMapper> own = mapper;
    StrictJson other = json;
    return new Daybook(database, clock, () -> new JacksonFormats(own.get(), other), metadata);
  }

  private void requireServer(String what) {
    if (server == null) {
      throw new InvalidInputException(
          "a %s was given; only the database of a PostgreSQL URL takes one here".formatted(what));
    }
  }
}
