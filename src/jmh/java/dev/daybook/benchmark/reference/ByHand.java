package dev.daybook.benchmark.reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daybook.benchmark.Deposited;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The shortest program on Daybook's libraries: the driver, jOOQ without generated code, Jackson.
 */
public final class ByHand {

  private static final Table<Record> EVENTS = DSL.table(DSL.name("by_hand"));
  private static final Field<String> STREAM =
      DSL.field(DSL.name("stream_id"), SQLDataType.VARCHAR.nullable(false));
  private static final Field<Long> SEQ =
      DSL.field(DSL.name("seq"), SQLDataType.BIGINT.nullable(false));
  private static final Field<byte[]> PAYLOAD =
      DSL.field(DSL.name("payload"), SQLDataType.BLOB.nullable(false));
  private static final ObjectMapper JSON = new ObjectMapper();

  private ByHand() {}

  /** Makes its table if it is not there, inserts an event and reads it back. */
  public static void appendAndRead(String url) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(url)) {
      DSLContext dsl = DSL.using(connection);
      dsl.createTableIfNotExists(EVENTS)
          .columns(STREAM, SEQ, PAYLOAD)
          .unique(STREAM, SEQ)
          .execute();
      String streamId = "used-" + System.nanoTime();
      dsl.insertInto(EVENTS, STREAM, SEQ, PAYLOAD)
          .values(streamId, 1L, JSON.writeValueAsBytes(Deposited.number(1)))
          .execute();
      List<byte[]> payloads =
          dsl.select(PAYLOAD).from(EVENTS).where(STREAM.eq(streamId)).orderBy(SEQ).fetch(PAYLOAD);
      if (!JSON.readValue(payloads.get(0), Deposited.class).equals(Deposited.number(1))) {
        throw new IllegalStateException("another event in " + streamId);
      }
    }
  }
}
