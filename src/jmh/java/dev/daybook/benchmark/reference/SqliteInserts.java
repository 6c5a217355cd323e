package dev.daybook.benchmark.reference;

import dev.daybook.benchmark.Fact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * One event by {@code RETURNING}, several by a batch, behind which the last key is asked for once:
 * nobody else writes meanwhile, so their positions follow each other.
 */
final class SqliteInserts implements EventInserts {

  private static final String INSERT =
      """
      insert into events (stream_id, seq, event_type, schema_version, codec, ts, tags, payload)
      values (?, ?, ?, 1, 'json', ?, ?, ?)""";

  private final PreparedStatement one;
  private final PreparedStatement many;
  private final PreparedStatement lastPosition;
  private final PreparedStatement tag;

  SqliteInserts(Connection connection) throws SQLException {
    this.one = connection.prepareStatement(INSERT + " returning global_position");
    this.many = connection.prepareStatement(INSERT);
    this.lastPosition = connection.prepareStatement("select last_insert_rowid()");
    this.tag =
        connection.prepareStatement(
            "insert into events_tags (stream_id, seq, tag, global_position) values (?, ?, ?, ?)");
  }

  @Override
  public long insert(String streamId, long seq, long now, List<Fact> facts) throws SQLException {
    return facts.size() == 1
        ? insert(streamId, seq, now, facts.get(0))
        : insertAll(streamId, seq, now, facts);
  }

  private long insert(String streamId, long seq, long now, Fact fact) throws SQLException {
    set(one, streamId, seq, now, fact);
    long position;
    try (ResultSet row = one.executeQuery()) {
      row.next();
      position = row.getLong(1);
    }
    if (fact.tag() != null) {
      setTag(streamId, seq, fact, position);
      tag.executeUpdate();
    }
    return position;
  }

  private long insertAll(String streamId, long seq, long now, List<Fact> facts)
      throws SQLException {
    for (int i = 0; i < facts.size(); i++) {
      set(many, streamId, seq + i, now, facts.get(i));
      many.addBatch();
    }
    many.executeBatch();
    long first = lastPosition() - facts.size() + 1;
    boolean tagged = false;
    for (int i = 0; i < facts.size(); i++) {
      if (facts.get(i).tag() != null) {
        setTag(streamId, seq + i, facts.get(i), first + i);
        tag.addBatch();
        tagged = true;
      }
    }
    if (tagged) {
      tag.executeBatch();
    }
    return first + facts.size() - 1;
  }

  private long lastPosition() throws SQLException {
    try (ResultSet row = lastPosition.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void set(PreparedStatement insert, String streamId, long seq, long now, Fact fact)
      throws SQLException {
    insert.setString(1, streamId);
    insert.setLong(2, seq);
    insert.setString(3, fact.type());
    insert.setLong(4, now);
    insert.setString(5, StoredEvent.array(fact.tag()));
    insert.setBytes(6, fact.json());
  }

  private void setTag(String streamId, long seq, Fact fact, long position) throws SQLException {
    tag.setString(1, streamId);
    tag.setLong(2, seq);
    tag.setString(3, fact.tag());
    tag.setLong(4, position);
  }
}
