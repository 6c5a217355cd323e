package dev.daybook.internal.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Consumer;
import org.jooq.Cursor;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Runs plain statements of SQLite. */
final class SqlitePragmas {

  private SqlitePragmas() {}

  /** The first value that a statement returns, in lower case; empty if it returns none. */
  static String value(Connection connection, String sql) throws SQLException {
    return text(connection, sql).toLowerCase(Locale.ROOT);
  }

  /** The first value that a statement returns; empty if it returns none. */
  static String text(Connection connection, String sql) throws SQLException {
    try {
      Object value = DSL.using(connection, SQLDialect.SQLITE).fetchValue(sql);
      return value == null ? "" : value.toString();
    } catch (DataAccessException e) {
      throw cause(e);
    }
  }

  /** Hands over the rows that a statement returns, one by one. */
  static void forEach(Connection connection, String sql, Consumer<Record> rows)
      throws SQLException {
    try (Cursor<Record> cursor = DSL.using(connection, SQLDialect.SQLITE).fetchLazy(sql)) {
      cursor.forEach(rows);
    } catch (DataAccessException e) {
      throw cause(e);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try {
      DSL.using(connection, SQLDialect.SQLITE).execute(sql);
    } catch (DataAccessException e) {
      throw cause(e);
    }
  }

  private static SQLException cause(DataAccessException failure) {
    SQLException cause = failure.getCause(SQLException.class);
    return cause == null ? new SQLException(failure) : cause;
  }
}
