package dev.daybook.maintenance;

import dev.daybook.meta.Internal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A transaction that has appended and is still open. Until it ends, reads across streams stop
 * before its first event, because it may still commit that.
 *
 * <p>PostgreSQL shows another user's session only to a superuser or a member of {@code
 * pg_read_all_stats}. Others see neither client, age nor state, and instead of the statement a text
 * that the privilege is missing.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface Holder {

  /** The lowest position that readers may not get yet because of it. */
  long heldFrom();

  /**
   * The process id of its backend on the server; empty if it is prepared for a two-phase commit,
   * and so has none.
   */
  OptionalInt process();

  /** The name that it was prepared under. */
  Optional<String> preparedAs();

  /** The database's user. */
  Optional<String> user();

  /** The application name of its connection. */
  Optional<String> application();

  /** The network address that it came from; empty for a local socket. */
  Optional<String> client();

  /** How long it has been open, or prepared, by the server's clock; empty if unknown. */
  Optional<Duration> age();

  /** What its backend is doing, in the server's words, such as {@code idle in transaction}. */
  Optional<String> state();

  /** Its statement, or its last one if it is idle. */
  Optional<String> statement();

  /** The process ids that it waits for, itself held up by a lock; 0 for a prepared transaction. */
  List<Integer> waitsFor();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("maintenance.internal makes it")
  record HolderValues(
      long heldFrom,
      OptionalInt process,
      Optional<String> preparedAs,
      Optional<String> user,
      Optional<String> application,
      Optional<String> client,
      Optional<Duration> age,
      Optional<String> state,
      Optional<String> statement,
      List<Integer> waitsFor)
      implements Holder {

    public HolderValues {
      Objects.requireNonNull(process, "process");
      Objects.requireNonNull(preparedAs, "preparedAs");
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(application, "application");
      Objects.requireNonNull(client, "client");
      Objects.requireNonNull(age, "age");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(statement, "statement");
      waitsFor = List.copyOf(waitsFor);
    }
  }
}
