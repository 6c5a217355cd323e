package dev.daybook.benchmark.reference;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.benchmark.Balance;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Loads a stream's newest snapshot. */
final class SnapshotReads {

  private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(Balance.class);

  /** A snapshot with its state decoded. */
  private record StoredSnapshot(String streamId, long seq, long time, Balance state) {}

  private final PreparedStatement newest;

  SnapshotReads(Connection connection) throws SQLException {
    this.newest =
        connection.prepareStatement(
            """
            select seq, schema_version, codec, compression, key_id, ts, state from snapshots
            where stream_id = ? order by seq desc limit 1""");
  }

  long newest(String streamId, Consumer<Object> sink) throws SQLException, IOException {
    newest.setString(1, streamId);
    try (ResultSet row = newest.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException("no snapshot of " + streamId);
      }
      boolean plain = row.getString(4) == null && row.getString(5) == null;
      if (row.getInt(2) != 1 || !row.getString(3).equals("json") || !plain) {
        throw new IllegalStateException("another kind of snapshot of " + streamId);
      }
      long seq = row.getLong(1);
      Balance state = JSON.readValue(row.getBytes(7));
      sink.accept(new StoredSnapshot(streamId, seq, row.getLong(6), state));
      return seq;
    }
  }
}
