package dev.daybook.benchmark.reference;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the ids that start with a prefix, as a range of the key. */
final class IdReads {

  private final PreparedStatement streams;
  private final PreparedStatement documents;

  IdReads(Connection connection) throws SQLException {
    this.streams =
        connection.prepareStatement(
            "select stream_id from streams where stream_id >= ? and stream_id < ? order by stream_id");
    this.documents =
        connection.prepareStatement(
            "select doc_id from doc_meta where doc_id >= ? and doc_id < ? order by doc_id");
  }

  List<String> streams(String prefix) throws SQLException {
    return ids(streams, prefix);
  }

  List<String> documents(String prefix) throws SQLException {
    return ids(documents, prefix);
  }

  private static List<String> ids(PreparedStatement statement, String prefix) throws SQLException {
    statement.setString(1, prefix);
    statement.setString(2, end(prefix));
    try (ResultSet rows = statement.executeQuery()) {
      List<String> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
      return ids;
    }
  }

  /** The first string behind the prefix's, if it ends with an ASCII letter or digit. */
  private static String end(String prefix) {
    int last = prefix.length() - 1;
    return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
  }
}
