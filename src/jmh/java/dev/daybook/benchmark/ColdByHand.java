package dev.daybook.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The first append and the first read of a new process, by hand with the same libraries. */
final class ColdByHand {

  private static final Table<Record> EVENTS = DSL.table(DSL.name("by_hand"));
  private static final Field<Long> POSITION = DSL.field(DSL.name("global_position"), Long.class);
  private static final Field<String> STREAM_ID = DSL.field(DSL.name("stream_id"), String.class);
  private static final Field<Long> SEQ = DSL.field(DSL.name("seq"), Long.class);
  private static final Field<String> TYPE = DSL.field(DSL.name("event_type"), String.class);
  private static final Field<byte[]> PAYLOAD = DSL.field(DSL.name("payload"), byte[].class);
  private static final Field<Long> TS = DSL.field(DSL.name("ts"), Long.class);

  private ColdByHand() {}

  /** How many events the stream has that one event was appended to. */
  static int appendAndRead(Path file) throws Exception {
    ObjectMapper json =
        JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module()).build();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      prepare(connection);
      String streamId = "account-" + UUID.randomUUID();
      append(
          connection, json, streamId, new ColdStart.Paid("Ann", new java.math.BigDecimal("12.50")));
      return read(connection, json, streamId);
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma synchronous = full");
      statement.execute("pragma foreign_keys = on");
      statement.execute(
          """
          create table if not exists by_hand (
            global_position integer primary key, stream_id text not null, seq integer not null,
            event_type text not null, payload blob not null, ts integer not null,
            unique (stream_id, seq))""");
    }
  }

  private static void append(
      Connection connection, ObjectMapper json, String streamId, ColdStart.Paid event)
      throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into by_hand (stream_id, seq, event_type, payload, ts) values (?, ?, ?, ?, ?)")) {
      insert.setString(1, streamId);
      insert.setLong(2, 1);
      insert.setString(3, "Paid");
      insert.setBytes(4, json.writeValueAsBytes(event));
      insert.setLong(5, System.currentTimeMillis());
      insert.executeUpdate();
    }
  }

  private static int read(Connection connection, ObjectMapper json, String streamId)
      throws Exception {
    DSLContext dsl = DSL.using(connection, SQLDialect.SQLITE);
    Result<?> rows =
        dsl.select(POSITION, STREAM_ID, SEQ, TYPE, PAYLOAD, TS)
            .from(EVENTS)
            .where(STREAM_ID.eq(streamId))
            .orderBy(SEQ)
            .fetch();
    int found = 0;
    for (Record row : rows) {
      json.readValue(row.get(PAYLOAD), ColdStart.Paid.class);
      found++;
    }
    return found;
  }
}
