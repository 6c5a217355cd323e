package dev.daybook.benchmark.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Appends an entry to a document, which must have its meta already. */
final class DocumentAppends {

  private static final JsonFactory JSON = new JsonFactory();

  private final PreparedStatement meta;
  private final PreparedStatement highest;
  private final PreparedStatement insert;

  DocumentAppends(Connection connection) throws SQLException {
    this.meta = connection.prepareStatement("select 1 from doc_meta where doc_id = ?");
    this.highest = connection.prepareStatement("select max(seq) from doc_records where doc_id = ?");
    this.insert =
        connection.prepareStatement(
            "insert into doc_records (doc_id, seq, kind, payload) values (?, ?, 'entry', ?)");
  }

  /** Before the transaction. */
  static String encode(String json, String version) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("entry_kind", "since");
      out.writeStringField("entry_version", version);
      out.writeStringField("json_data", json);
      out.writeEndObject();
    }
    return text.toString();
  }

  /** Inside a transaction. */
  long append(String documentId, String payload) throws SQLException {
    meta.setString(1, documentId);
    try (ResultSet row = meta.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException("no document " + documentId);
      }
    }
    insert.setString(1, documentId);
    insert.setLong(2, highest(documentId) + 1);
    insert.setString(3, payload);
    return insert.executeUpdate();
  }

  private long highest(String documentId) throws SQLException {
    highest.setString(1, documentId);
    try (ResultSet row = highest.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
