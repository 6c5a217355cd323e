package dev.daybook.benchmark.reference;

import dev.daybook.benchmark.Fact;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All events by one statement that unfolds arrays, and all tags by another. */
final class PostgresInserts implements EventInserts {

  private final Connection connection;
  private final PreparedStatement one;
  private final PreparedStatement many;
  private final PreparedStatement tag;
  private final PreparedStatement tags;

  PostgresInserts(Connection connection) throws SQLException {
    this.connection = connection;
    this.one =
        connection.prepareStatement(
            """
            insert into events (stream_id, seq, event_type, schema_version, codec, ts, tags, payload)
            values (?, ?, ?, 1, 'json', ?, ?, ?) returning global_position""");
    this.many =
        connection.prepareStatement(
            """
            insert into events (stream_id, seq, event_type, schema_version, codec, ts, tags, payload)
            select ?, ? + n - 1, type, 1, 'json', ?, tags, payload
            from unnest(?, ?, ?) with ordinality as e (type, tags, payload, n) order by n
            returning global_position""");
    this.tag =
        connection.prepareStatement(
            "insert into events_tags (stream_id, seq, tag, global_position) values (?, ?, ?, ?)");
    this.tags =
        connection.prepareStatement(
            """
            insert into events_tags (stream_id, seq, tag, global_position)
            select ?, ? + n - 1, tag, position
            from unnest(?, ?) with ordinality as t (tag, position, n)
            where tag is not null""");
  }

  @Override
  public long insert(String streamId, long seq, long now, List<Fact> facts) throws SQLException {
    return facts.size() == 1
        ? insert(streamId, seq, now, facts.get(0))
        : insertAll(streamId, seq, now, facts);
  }

  private long insert(String streamId, long seq, long now, Fact fact) throws SQLException {
    one.setString(1, streamId);
    one.setLong(2, seq);
    one.setString(3, fact.type());
    one.setLong(4, now);
    one.setString(5, StoredEvent.array(fact.tag()));
    one.setBytes(6, fact.json());
    long position;
    try (ResultSet row = one.executeQuery()) {
      row.next();
      position = row.getLong(1);
    }
    if (fact.tag() != null) {
      tag.setString(1, streamId);
      tag.setLong(2, seq);
      tag.setString(3, fact.tag());
      tag.setLong(4, position);
      tag.executeUpdate();
    }
    return position;
  }

  private long insertAll(String streamId, long seq, long now, List<Fact> facts)
      throws SQLException {
    many.setString(1, streamId);
    many.setLong(2, seq);
    many.setLong(3, now);
    many.setArray(4, array("text", facts.stream().map(Fact::type).toArray(String[]::new)));
    many.setArray(
        5,
        array(
            "text",
            facts.stream().map(fact -> StoredEvent.array(fact.tag())).toArray(String[]::new)));
    many.setArray(6, array("bytea", facts.stream().map(Fact::json).toArray(byte[][]::new)));
    List<Long> positions = new ArrayList<>(facts.size());
    try (ResultSet rows = many.executeQuery()) {
      while (rows.next()) {
        positions.add(rows.getLong(1));
      }
    }
    if (facts.stream().anyMatch(fact -> fact.tag() != null)) {
      tags.setString(1, streamId);
      tags.setLong(2, seq);
      tags.setArray(3, array("text", facts.stream().map(Fact::tag).toArray(String[]::new)));
      tags.setArray(4, array("bigint", positions.toArray(Long[]::new)));
      tags.executeUpdate();
    }
    return positions.get(positions.size() - 1);
  }

  private Array array(String type, Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }
}
