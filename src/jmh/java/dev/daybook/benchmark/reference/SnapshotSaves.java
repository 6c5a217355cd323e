package dev.daybook.benchmark.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daybook.benchmark.Balance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Saves snapshots and prunes old ones in the same transaction. */
final class SnapshotSaves {

  private static final ObjectWriter JSON = JsonMapper.builder().build().writerFor(Balance.class);
  private static final int KEEP = 3;

  private final PreparedStatement save;
  private final PreparedStatement prune;

  SnapshotSaves(Connection connection) throws SQLException {
    this.save =
        connection.prepareStatement(
            """
            insert into snapshots (stream_id, seq, schema_version, codec, ts, state) values (?, ?, 1, 'json', ?, ?)
            on conflict (stream_id, seq) do update set schema_version = excluded.schema_version,
              codec = excluded.codec, compression = null, key_id = null, ts = excluded.ts, state = excluded.state""");
    this.prune =
        connection.prepareStatement(
            """
            delete from snapshots where stream_id = ? and seq <=
              (select seq from snapshots where stream_id = ? order by seq desc limit 1 offset ?)""");
  }

  /** Before the transaction. */
  static byte[] encode(Balance state) throws JsonProcessingException {
    return JSON.writeValueAsBytes(state);
  }

  /** Inside a transaction. */
  long save(String streamId, long seq, byte[] state) throws SQLException {
    save.setString(1, streamId);
    save.setLong(2, seq);
    save.setLong(3, System.currentTimeMillis());
    save.setBytes(4, state);
    save.executeUpdate();
    prune.setString(1, streamId);
    prune.setString(2, streamId);
    prune.setInt(3, KEEP);
    prune.executeUpdate();
    return seq;
  }
}
