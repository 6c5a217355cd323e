package dev.daybook.benchmark.reference;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a document with all its records. */
final class DocumentReads {

  /** A record of a document; its data is text or bytes. */
  private record StoredRecord(String kind, Map<String, String> fields, byte @Nullable [] blob) {}

  private final PreparedStatement records;

  DocumentReads(Connection connection, int fetchSize) throws SQLException {
    this.records =
        connection.prepareStatement(
            "select kind, payload, blob from doc_records where doc_id = ? order by seq");
    records.setFetchSize(fetchSize);
  }

  long records(String documentId, Consumer<Object> sink) throws SQLException {
    records.setString(1, documentId);
    try (ResultSet rows = records.executeQuery()) {
      long count = 0;
      while (rows.next()) {
        sink.accept(
            new StoredRecord(
                rows.getString(1), StoredEvent.fields(rows.getString(2)), rows.getBytes(3)));
        count++;
      }
      return count;
    }
  }
}
