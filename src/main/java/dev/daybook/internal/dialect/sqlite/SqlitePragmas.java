package dev.daybook.internal.dialect.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs plain statements of SQLite. Without jOOQ, which has no words for them: to run even one with
 * it, a new process loads hundreds of classes that it needs for nothing else.
 */
final class SqlitePragmas {

  private SqlitePragmas() {}

  /** The first value that a statement returns, in lower case; empty if it returns none. */
  static String value(Connection connection, String sql) throws SQLException {
    return text(connection, sql).toLowerCase(Locale.ROOT);
  }

  /** The first value that a statement returns; empty if it returns none. */
  static String text(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (!statement.execute()) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        String value = rows.next() ? rows.getString(1) : null;
        return value == null ? "" : value;
      }
    }
  }

  /** Passes on the rows that a statement returns, one by one, each as the texts of its values. */
  static void forEach(Connection connection, String sql, Consumer<List<String>> rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (!statement.execute()) {
        return;
      }
      try (ResultSet found = statement.getResultSet()) {
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
          List<String> row = new ArrayList<>(columns);
          for (int column = 1; column <= columns; column++) {
            row.add(String.valueOf(found.getString(column)));
          }
          rows.accept(row);
        }
      }
    }
  }

  /** The file of the main database; empty if it has none. */
  static String mainFile(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("pragma database_list");
        ResultSet databases = statement.executeQuery()) {
      while (databases.next()) {
        if (databases.getString(2).equals("main")) {
          String file = databases.getString(3);
          return file == null ? "" : file;
        }
      }
      return "";
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
