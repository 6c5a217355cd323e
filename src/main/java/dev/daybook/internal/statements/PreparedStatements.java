package dev.daybook.internal.statements;

import dev.daybook.internal.dialect.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is prepared on a connection: statements that are kept for later uses, and those for one use.
 * For one thread at a time; only {@link #closeUsed} may come from another.
 */
final class PreparedStatements {

  private static final System.Logger LOG = System.getLogger("dev.daybook.database");

  private final Connection connection;
  private final Dialect dialect;
  private final boolean keeps;
  private final Map<String, PreparedStatement> kept = new HashMap<>();
  private final Set<PreparedStatement> used = ConcurrentHashMap.newKeySet();

  /**
   * @param keeps whether statements may stay on the connection
   */
  PreparedStatements(Connection connection, Dialect dialect, boolean keeps) {
    this.connection = connection;
    this.dialect = dialect;
    this.keeps = keeps;
  }

  /** Whether a statement is kept that is not for one use. */
  boolean keeps() {
    return keeps;
  }

  /**
   * The statement of a text, which is prepared if none is kept.
   *
   * @param once whether the text was rendered for one use
   */
  PreparedStatement of(SqlText text, boolean once) throws SQLException {
    if (!keeps || once) {
      PreparedStatement statement = prepare(text, once);
      used.add(statement);
      return statement;
    }
    PreparedStatement known = kept.get(text.sql());
    if (known == null) {
      known = prepare(text, once);
      kept.put(text.sql(), known);
    }
    return known;
  }

  /** One that fetches all rows at once, whatever its driver does by default. */
  private PreparedStatement prepare(SqlText text, boolean once) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text.sql());
    statement.setFetchSize(0);
    if (!once) {
      dialect.expectUses(statement, text.isSeveral());
    }
    return statement;
  }

  /** Keeps a statement no longer. */
  void forget(SqlText text) {
    kept.remove(text.sql());
  }

  /** Closes a statement that was prepared for one use. */
  void close(PreparedStatement statement) throws SQLException {
    used.remove(statement);
    statement.close();
  }

  /**
   * Closes those for one use. A failed statement fails once more when it is closed, which is
   * ignored.
   */
  void closeUsed() {
    for (PreparedStatement statement : List.copyOf(used)) {
      try {
        close(statement);
      } catch (SQLException e) {
        LOG.log(System.Logger.Level.DEBUG, "a statement was not closed in good order", e);
      }
    }
  }

  /** Closes those that are kept; what was left running ends with them. */
  void closeKept() throws SQLException {
    List<PreparedStatement> all = List.copyOf(kept.values());
    kept.clear();
    for (PreparedStatement statement : all) {
      statement.close();
    }
  }
}
