package dev.daybook.benchmark.reference;

import dev.daybook.benchmark.Fact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Appends events to a stream that must be where the caller expects it. */
final class Appends {

  private final PreparedStatement head;
  private final PreparedStatement raise;
  private final EventInserts inserts;

  Appends(Connection connection, EventInserts inserts) throws SQLException {
    this.head =
        connection.prepareStatement("select last_seq, state from streams where stream_id = ?");
    this.raise =
        connection.prepareStatement(
            """
            insert into streams (stream_id, last_seq) values (?, ?)
            on conflict (stream_id) do update set last_seq = excluded.last_seq""");
    this.inserts = inserts;
  }

  /** Inside a transaction. */
  long append(String streamId, long expectedSeq, List<Fact> facts) throws SQLException {
    requireHead(streamId, expectedSeq);
    long now = System.currentTimeMillis();
    long position = inserts.insert(streamId, expectedSeq + 1, now, facts);
    raise.setString(1, streamId);
    raise.setLong(2, expectedSeq + facts.size());
    raise.executeUpdate();
    return position;
  }

  private void requireHead(String streamId, long expectedSeq) throws SQLException {
    head.setString(1, streamId);
    try (ResultSet row = head.executeQuery()) {
      boolean found = row.next();
      long actual = found ? row.getLong(1) : 0;
      if (actual != expectedSeq) {
        throw new IllegalStateException(streamId + " is at " + actual + ", not " + expectedSeq);
      }
      if (found && !row.getString(2).equals("ACTIVE")) {
        throw new IllegalStateException(streamId + " is " + row.getString(2));
      }
    }
  }
}
