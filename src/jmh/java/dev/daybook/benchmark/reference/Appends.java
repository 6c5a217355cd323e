package dev.daybook.benchmark.reference;

import dev.daybook.benchmark.Fact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Appends events to a stream that must be where the caller expects it, as Daybook's tables want it:
 * either each append raises the number in the stream's row; or, where a table holds the highest
 * position, a row is written for a new stream only, and the head is the greater of the row's number
 * and of the highest that an event has.
 */
final class Appends {

  private static final String HEAD = "select last_seq, state, 0 from streams where stream_id = ?";
  private static final String HEAD_OF_EVENTS =
      """
      select coalesce(last_seq, 0), state,
        coalesce((select max(seq) from events where events.stream_id = ?), 0)
      from (select 1 as one) given left join streams on streams.stream_id = ?""";

  private final PreparedStatement head;
  private final PreparedStatement row;
  private final boolean raises;
  private final EventInserts inserts;

  Appends(Connection connection, EventInserts inserts) throws SQLException {
    this.raises = !hasTable(connection, "events_position");
    this.head = connection.prepareStatement(raises ? HEAD : HEAD_OF_EVENTS);
    this.row =
        connection.prepareStatement(
            """
            insert into streams (stream_id, last_seq) values (?, ?)
            on conflict (stream_id) do update set last_seq = excluded.last_seq""");
    this.inserts = inserts;
  }

  private static boolean hasTable(Connection connection, String name) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, name, new String[] {"TABLE"})) {
      return tables.next();
    }
  }

  /** Inside a transaction. */
  long append(String streamId, long expectedSeq, List<Fact> facts) throws SQLException {
    boolean isNew = requireHead(streamId, expectedSeq);
    long now = System.currentTimeMillis();
    long position = inserts.insert(streamId, expectedSeq + 1, now, facts);
    if (raises || isNew) {
      row.setString(1, streamId);
      row.setLong(2, expectedSeq + facts.size());
      row.executeUpdate();
    }
    return position;
  }

  /** Whether there is no row of the stream yet. */
  private boolean requireHead(String streamId, long expectedSeq) throws SQLException {
    head.setString(1, streamId);
    if (!raises) {
      head.setString(2, streamId);
    }
    try (ResultSet found = head.executeQuery()) {
      boolean any = found.next();
      long actual = any ? Math.max(found.getLong(1), found.getLong(3)) : 0;
      if (actual != expectedSeq) {
        throw new IllegalStateException(streamId + " is at " + actual + ", not " + expectedSeq);
      }
      String state = any ? found.getString(2) : null;
      if (state != null && !state.equals("ACTIVE")) {
        throw new IllegalStateException(streamId + " is " + state);
      }
      return state == null;
    }
  }
}
