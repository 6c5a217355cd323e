package dev.daybook.internal.transactions;

import com.google.errorprone.annotations.MustBeClosed;
import dev.daybook.internal.groupcommit.RequestWriter;
import dev.daybook.internal.groupcommit.WriteRequest;
import dev.daybook.internal.statements.RowQuery;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Where a repository's work runs: on the store's own connections, or in a caller's transaction. */
public interface SqlAccess {

  /** Runs work that only reads, and reads one state of the database if it is one statement. */
  <T> T read(Function<Session, T> work);

  /** Runs a query whose rows are read one by one. */
  @MustBeClosed
  <T> Stream<T> stream(RowQuery<T> reading);

  /** Runs a query whose rows are read at once. */
  default <T> List<T> list(RowQuery<T> reading) {
    return read(session -> session.list(reading));
  }

  /**
   * Runs work that writes: all of it, or nothing if it throws. What it adds to {@link
   * Session#commitActions()} is done after the commit. It may be run more than once, if it
   * conflicted with another transaction.
   */
  <T> T write(Function<Session, T> work);

  /** The same for work that is a single {@link Script}: its own transaction. */
  default <T> T writeAtOnce(Function<Session, T> work) {
    return write(work);
  }

  /**
   * Writes one caller's request; where it is faster, in one transaction with requests of other
   * callers.
   *
   * @throws RuntimeException the request's own failure
   */
  <R extends WriteRequest> void write(RequestWriter<R> writer, R request);

  /** Whether this is inside a transaction that a caller has begun. */
  default boolean isCallers() {
    return false;
  }
}
