package dev.daybook.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A transaction that has appended and is still open. Until it ends, whoever reads across streams
 * stops before its first event, because it may still commit that.
 *
 * <p>PostgreSQL shows another user's session only to a superuser or a member of {@code
 * pg_read_all_stats}: from others it keeps the client, the age, the state and the statement, and
 * says in the statement's place that the privilege is missing.
 *
 * @param heldFrom the lowest position that readers may not get yet because of it
 * @param process the process id of its backend on the server; empty if it is prepared for a
 *     two-phase commit, and so has none
 * @param preparedAs the name that it was prepared under
 * @param user the database's user
 * @param application what its connection calls itself
 * @param client the network address that it came from; empty for a local socket
 * @param age for how long it is open, or prepared, by the server's clock
 * @param state what its backend is doing, in the server's words, such as {@code idle in
 *     transaction}
 * @param statement its statement, or its last one if it is idle
 * @param waitsFor the process ids that it waits for, itself held up by a lock; 0 for a prepared
 *     transaction
 */
public record Holder(
    long heldFrom,
    OptionalInt process,
    Optional<String> preparedAs,
    Optional<String> user,
    Optional<String> application,
    Optional<String> client,
    Optional<Duration> age,
    Optional<String> state,
    Optional<String> statement,
    List<Integer> waitsFor) {

  public Holder {
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
