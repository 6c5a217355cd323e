package dev.daybook.benchmark.reference;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.benchmark.Deposited;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Reads events. What the caller asked for is not read back: a stream's rows come without its id.
 */
final class EventReads {

  private static final String COLUMNS =
      "global_position, seq, event_type, schema_version, codec, compression, key_id, ts, tags, metadata, payload";
  private static final ObjectReader DEPOSITED =
      JsonMapper.builder().build().readerFor(Deposited.class);

  private final PreparedStatement stream;
  private final PreparedStatement all;
  private final PreparedStatement tagged;

  EventReads(Connection connection, int fetchSize) throws SQLException {
    this.stream =
        connection.prepareStatement(
            "select " + COLUMNS + " from events where stream_id = ? and seq >= 1 order by seq");
    this.all =
        connection.prepareStatement(
            "select "
                + COLUMNS
                + ", stream_id from events where global_position > 0 order by global_position");
    this.tagged =
        connection.prepareStatement(
            """
            select e.global_position, e.seq, event_type, schema_version, codec, compression, key_id, ts, tags,
                   metadata, payload, e.stream_id
            from events_tags t join events e on e.global_position = t.global_position
            where t.tag = ? order by t.global_position""");
    stream.setFetchSize(fetchSize);
    all.setFetchSize(fetchSize);
    tagged.setFetchSize(fetchSize);
  }

  long stream(String streamId, Consumer<Object> sink) throws SQLException {
    stream.setString(1, streamId);
    try (ResultSet rows = stream.executeQuery()) {
      long count = 0;
      while (rows.next()) {
        sink.accept(event(rows, streamId, rows.getBytes(11)));
        count++;
      }
      return count;
    }
  }

  long decoded(String streamId, Consumer<Object> sink) throws SQLException {
    stream.setString(1, streamId);
    try (ResultSet rows = stream.executeQuery()) {
      long count = 0;
      while (rows.next()) {
        sink.accept(event(rows, streamId, decode(rows.getString(3), rows.getBytes(11))));
        count++;
      }
      return count;
    }
  }

  long all(Consumer<Object> sink) throws SQLException {
    return drain(all, sink);
  }

  long tagged(String tag, Consumer<Object> sink) throws SQLException {
    tagged.setString(1, tag);
    return drain(tagged, sink);
  }

  private static long drain(PreparedStatement statement, Consumer<Object> sink)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      long count = 0;
      while (rows.next()) {
        sink.accept(event(rows, rows.getString(12), rows.getBytes(11)));
        count++;
      }
      return count;
    }
  }

  private static <T> StoredEvent<T> event(ResultSet rows, String streamId, T data)
      throws SQLException {
    return new StoredEvent<>(
        rows.getLong(1),
        streamId,
        rows.getLong(2),
        rows.getString(3),
        rows.getInt(4),
        rows.getString(5),
        rows.getString(6),
        rows.getString(7),
        rows.getLong(8),
        StoredEvent.tags(rows.getString(9)),
        StoredEvent.metadata(rows.getString(10)),
        data);
  }

  private static Object decode(String type, byte[] payload) {
    if (!type.equals(Deposited.TYPE)) {
      throw new IllegalStateException("an event of type " + type);
    }
    try {
      return DEPOSITED.readValue(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
