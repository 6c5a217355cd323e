package dev.daybook.conformance;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;

import dev.daybook.Daybook;
import dev.daybook.fixture.StoreTables;
import dev.daybook.internal.rows.HighWaterMark;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * All that the tables hold of a stream but its positions and its state, each row as text.
 *
 * @param marks its high-water mark and how far it was deleted
 * @param events its events in the order of their positions
 */
public record StoredStream(
    List<String> marks, List<String> events, List<String> tags, List<String> snapshots) {

  private static final Set<String> OF_PLACE =
      Set.of(EVENTS.GLOBAL_POSITION.getName(), EVENTS.BEGUN_AFTER.getName());

  /** A stream of which there is nothing. */
  public static final StoredStream NOTHING =
      new StoredStream(List.of(), List.of(), List.of(), List.of());

  public static StoredStream of(Daybook daybook, String streamId) {
    return daybook.transactionResult(
        tx ->
            new StoredStream(
                rows(
                    StoreTables.in(tx)
                        .select(HighWaterMark.of(StoreTables.in(tx)), STREAMS.DELETED_TO)
                        .from(STREAMS)
                        .where(STREAMS.STREAM_ID.eq(streamId))
                        .fetch()),
                rows(
                    StoreTables.in(tx), EVENTS, EVENTS.STREAM_ID, EVENTS.GLOBAL_POSITION, streamId),
                rows(
                    StoreTables.in(tx),
                    EVENTS_TAGS,
                    EVENTS_TAGS.STREAM_ID,
                    EVENTS_TAGS.GLOBAL_POSITION,
                    streamId),
                rows(StoreTables.in(tx), SNAPSHOTS, SNAPSHOTS.STREAM_ID, SNAPSHOTS.SEQ, streamId)));
  }

  /** How many events there are, and a hash over them and their tags. */
  public String countAndHash() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (List<String> rows : List.of(events, tags)) {
        rows.forEach(row -> sha256.update((row + "\n").getBytes(StandardCharsets.UTF_8)));
      }
      return events.size() + " " + HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> rows(
      DSLContext dsl,
      Table<?> table,
      TableField<?, String> ofStream,
      Field<Long> order,
      String streamId) {
    List<Field<?>> columns =
        Arrays.stream(table.fields()).filter(field -> !OF_PLACE.contains(field.getName())).toList();
    List<Field<?>> ordered = new ArrayList<>(List.of(order));
    ordered.addAll(columns);
    return rows(
        dsl.select(columns).from(table).where(ofStream.eq(streamId)).orderBy(ordered).fetch());
  }

  private static List<String> rows(Result<? extends Record> result) {
    return result.stream().map(StoredStream::text).toList();
  }

  private static String text(Record row) {
    return Arrays.stream(row.intoArray())
        .map(
            value ->
                value instanceof byte[] bytes
                    ? HexFormat.of().formatHex(bytes)
                    : String.valueOf(value))
        .toList()
        .toString();
  }
}
