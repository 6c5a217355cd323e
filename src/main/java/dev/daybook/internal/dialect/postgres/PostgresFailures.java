package dev.daybook.internal.dialect.postgres;

import dev.daybook.error.ConnectionLostException;
import dev.daybook.error.DatabaseBusyException;
import dev.daybook.error.DatabaseException;
import dev.daybook.error.DaybookException;
import dev.daybook.error.ReadOnlyException;
import dev.daybook.error.StandbyException;
import dev.daybook.error.TransactionConflictException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** What PostgreSQL's failures mean, by their SQLSTATE. */
final class PostgresFailures {

  /** A statement before has failed, and nothing but a rollback is possible. */
  private static final String ABORTED = "25P02";

  private static final List<String> DAMAGE = List.of("XX", "22", "58P01", "42P01", "42703");

  /** A server that can't be written, as a standby. */
  private static final String READ_ONLY = "25006";

  /**
   * What the server says of a statement that it has rolled back, or of a commit: bad data, broken
   * constraints, a conflict of transactions, an unknown or forbidden thing, a limit; what a trigger
   * throws; what must not be done here, or not now.
   */
  private static final List<String> REFUSED =
      List.of(
          "0A000", "22", "23", READ_ONLY, ABORTED, "40000", "40001", "40002", "40P01", "42", "44",
          "54", "55P03", "57014", "P0");

  private PostgresFailures() {}

  static DaybookException translate(SQLException failure) {
    if (PostgresPrimary.refused(failure)) {
      return new StandbyException(failure);
    }
    String state = state(failure);
    return switch (state) {
      case "55P03" ->
          new DatabaseBusyException(
              "another transaction holds a lock that this write needs, and did not end within lock_timeout; if it is one of this thread, use within(transaction) there: "
                  + failure.getMessage(),
              failure);
      case "40001", "40P01", "23505" ->
          new TransactionConflictException(
              "another transaction wrote the same at the same time: " + failure.getMessage(),
              failure);
      case READ_ONLY ->
          new ReadOnlyException(
              "the database, or this transaction, takes no writes: " + failure.getMessage(),
              failure);
      default ->
          isConnectionFailure(state)
              ? new ConnectionLostException(
                  "the connection to the database's server failed: " + failure.getMessage(),
                  failure)
              : new DatabaseException("the database failed: " + failure.getMessage(), failure);
    };
  }

  /**
   * Only the server knows what it has refused. Its answer may be to something after the commit,
   * though: the driver fetches more rows, or closes them. So an error that a statement of ours
   * can't cause does not count as a refusal.
   */
  static boolean isRefusal(SQLException failure) {
    String state = state(failure);
    return failure.getNextException() == null
        && REFUSED.stream().anyMatch(state::startsWith)
        && PostgresDriver.isServers(failure);
  }

  static boolean saysMissingTable(SQLException failure) {
    return "42P01".equals(failure.getSQLState());
  }

  static boolean isOfWrongServer(SQLException failure) {
    return READ_ONLY.equals(failure.getSQLState());
  }

  /**
   * Corrupted data and indexes, values that can't be what they are stored as, and missing files,
   * tables or columns.
   */
  static boolean saysDamage(SQLException failure) {
    String state = state(failure);
    return DAMAGE.stream().anyMatch(state::startsWith);
  }

  /** Classes 22 and 23 are bad data and broken constraints. */
  static boolean refusesContent(SQLException failure) {
    String state = state(failure);
    return state.startsWith("22") || state.startsWith("23") || state.equals(ABORTED);
  }

  /**
   * Class 08 is the connection's; 57P01 to 57P05 say that the server goes down or comes up, or has
   * ended an idle session; 25P03 and 25P04, one whose transaction was idle or took too long.
   */
  private static boolean isConnectionFailure(String state) {
    return state.startsWith("08")
        || state.startsWith("57P0")
        || state.equals("25P03")
        || state.equals("25P04");
  }

  private static String state(SQLException failure) {
    return Objects.requireNonNullElse(failure.getSQLState(), "");
  }
}
