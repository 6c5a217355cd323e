package dev.daybook.internal.transactions;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.error.DaybookException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Session;
import dev.daybook.transaction.HostTransaction;
import dev.daybook.transaction.TransactionFunction;
import dev.daybook.transaction.TransactionHost;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jspecify.annotations.Nullable;

/**
 * Work in the transaction that a host says the thread is in, and otherwise on the store's own
 * connections. Safe for several threads.
 */
public final class HostTransactions implements SqlAccess {

  private static final int MOST_CAUSES = 20;

  private final TransactionHost host;
  private final SqlAccess outside;
  private final Runnable requireNotClosed;
  private final Function<SQLException, DaybookException> translate;
  private final BiFunction<HostTransaction, Runnable, HostedTransaction> join;
  private final Map<HostTransaction, HostedTransaction> joined = new ConcurrentHashMap<>();

  /**
   * @param outside where work runs while the thread is in no transaction
   * @param requireNotClosed fails if the store is closed
   * @param translate the library's exception for a failure of the database
   * @param join takes part in a transaction, and runs what it is given once that has ended
   */
  public HostTransactions(
      TransactionHost host,
      SqlAccess outside,
      Runnable requireNotClosed,
      Function<SQLException, DaybookException> translate,
      BiFunction<HostTransaction, Runnable, HostedTransaction> join) {
    this.host = host;
    this.outside = outside;
    this.requireNotClosed = requireNotClosed;
    this.translate = translate;
    this.join = join;
  }

  @Override
  public <T> T read(Function<Session, T> work) {
    return access().read(work);
  }

  @Override
  @MustBeClosed
  public <T> Stream<T> stream(RowQuery<T> reading) {
    return access().stream(reading);
  }

  @Override
  public <T> T write(Function<Session, T> work) {
    return access().write(work);
  }

  @Override
  public <T> T writeAtOnce(Function<Session, T> work) {
    return access().writeAtOnce(work);
  }

  @Override
  public <R extends WriteRequest> void write(RequestWriter<R> writer, R request) {
    access().write(writer, request);
  }

  @Override
  public boolean isCallers() {
    return host.current().isPresent();
  }

  /** Runs work in the transaction that the thread is in, as a part of it, or in a new one. */
  public <T, X extends Exception> T run(TransactionFunction<T, X> work) throws X {
    requireNotClosed.run();
    HostedTransaction now = current();
    return now == null ? runInNew(work) : now.runPart(work);
  }

  /** Runs work in a new transaction. */
  public <T, X extends Exception> T runInNew(TransactionFunction<T, X> work) throws X {
    AtomicReference<@Nullable Throwable> ofWork = new AtomicReference<>();
    AtomicReference<@Nullable HostedTransaction> whole = new AtomicReference<>();
    try {
      return host.inNew(
          () -> {
            try {
              HostedTransaction begun = begun();
              whole.set(begun);
              return begun.runWhole(work);
            } catch (Throwable e) {
              ofWork.set(e);
              throw e;
            }
          });
    } catch (RuntimeException e) {
      throw e == ofWork.get() ? e : ofHost(e, whole.get());
    }
  }

  private HostedTransaction begun() {
    HostedTransaction begun = current();
    if (begun == null) {
      throw new InvalidInputException(
          "the transaction that was begun is not on a connection of the host's data source; expected a transaction manager of that data source");
    }
    return begun;
  }

  /** The begin or the commit has failed. */
  private RuntimeException ofHost(RuntimeException failure, @Nullable HostedTransaction whole) {
    DaybookException refusal = whole == null ? null : whole.refusal();
    if (refusal != null) {
      return refusal;
    }
    SQLException database = ofDatabase(failure, MOST_CAUSES);
    if (database == null) {
      return failure;
    }
    DaybookException translated = translate.apply(database);
    translated.addSuppressed(failure);
    return translated;
  }

  /** What a driver has thrown, among the causes and what was suppressed for them. */
  private static @Nullable SQLException ofDatabase(@Nullable Throwable failure, int depth) {
    if (depth == 0 || failure == null) {
      return null;
    }
    if (failure instanceof SQLException database) {
      return database;
    }
    return Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()))
        .map(next -> ofDatabase(next, depth - 1))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * Access within the transaction that the thread is in, if a configuration's statements run in it.
   *
   * @return empty if the thread is in none
   * @throws InvalidInputException if they run on another connection
   */
  public Optional<SqlAccess> of(Configuration configuration) {
    HostedTransaction now = current();
    if (now == null) {
      return Optional.empty();
    }
    ConnectionProvider provider = configuration.connectionProvider();
    Connection connection = provider.acquire();
    try {
      if (connection == null || !now.isOn(connection)) {
        throw new InvalidInputException(
            "the configuration's connection is not the one of the transaction that this thread is in; expected one that knows of the same transactions");
      }
      return Optional.of(now.access());
    } catch (SQLException e) {
      throw new InvalidInputException("the configuration's connection can't be used", e);
    } finally {
      if (connection != null) {
        provider.release(connection);
      }
    }
  }

  /**
   * Makes sure that the thread is in no transaction in which this was used.
   *
   * @throws IllegalStateException if it is
   */
  public void requireOutside() {
    if (host.current().map(joined::containsKey).orElse(false)) {
      throw new IllegalStateException(
          "this thread is inside a transaction in which this Daybook was used; expected this call after its end");
    }
  }

  private SqlAccess access() {
    requireNotClosed.run();
    HostedTransaction now = current();
    return now == null ? outside : now.access();
  }

  private @Nullable HostedTransaction current() {
    HostTransaction now = host.current().orElse(null);
    if (now == null) {
      return null;
    }
    HostedTransaction known = joined.get(now);
    return known == null ? join(now) : known;
  }

  /** It is kept before it can end, which may be at any time. */
  private HostedTransaction join(HostTransaction now) {
    HostedTransaction begun = join.apply(now, () -> joined.remove(now));
    joined.put(now, begun);
    try {
      now.listen(begun);
    } catch (Throwable e) {
      joined.remove(now);
      throw e;
    }
    return begun;
  }
}
