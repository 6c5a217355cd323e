package dev.daybook.sqlcatalogue;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DEAD_LETTERS;
import static dev.daybook.internal.jooq.Tables.DOC_META;
import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.LOADS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.generateSeries;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.when;

import java.nio.charset.StandardCharsets;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Table;

/**
 * Enough rows in every table for a planner to read a table from end to end, if no index serves. The
 * rows of a stream or a document lie far apart, as they do when many are written at a time.
 */
final class SeededRows {

  private static final int STREAMS_OR_DOCUMENTS = 20_000;
  private static final int ROWS = 60_000;
  private static final int EVENTS_IN_ALL = 200_000;
  private static final int CONSUMERS = 1_000;

  private static final Field<Integer> N = field(name("n", "n"), Integer.class);
  private static final Param<Long> ZERO = inline(0L);
  private static final Param<byte[]> BYTES = inline("{\"a\":1}".getBytes(StandardCharsets.UTF_8));

  private SeededRows() {}

  static void insert(DSLContext dsl) {
    insertStreams(dsl);
    insertEvents(dsl);
    insertTags(dsl);
    insertSnapshots(dsl);
    insertDocuments(dsl);
    insertSubscriptions(dsl);
  }

  private static void insertStreams(DSLContext dsl) {
    dsl.insertInto(STREAMS, STREAMS.STREAM_ID, STREAMS.LAST_SEQ)
        .select(
            dsl.select(
                    concat(inline("id-"), N), inline((long) EVENTS_IN_ALL / STREAMS_OR_DOCUMENTS))
                .from(numbers(STREAMS_OR_DOCUMENTS)))
        .execute();
  }

  private static void insertEvents(DSLContext dsl) {
    dsl.insertInto(
            EVENTS,
            EVENTS.GLOBAL_POSITION,
            EVENTS.STREAM_ID,
            EVENTS.SEQ,
            EVENTS.EVENT_TYPE,
            EVENTS.CODEC,
            EVENTS.TS,
            EVENTS.TAGS,
            EVENTS.IDEMPOTENCY_KEY,
            EVENTS.PAYLOAD)
        .select(
            dsl.select(
                    N.plus(1).cast(EVENTS.GLOBAL_POSITION),
                    id(),
                    seq(),
                    concat(inline("type-"), N.mod(7)),
                    inline("json"),
                    N.cast(EVENTS.TS),
                    when(N.mod(3).eq(0), "[\"third\"]"),
                    when(N.mod(5).eq(0), concat(inline("key-"), N)),
                    BYTES)
                .from(numbers(EVENTS_IN_ALL)))
        .execute();
  }

  /** One that every third event has, and one that every hundredth of those has. */
  private static void insertTags(DSLContext dsl) {
    insertTag(dsl, inline("third"), 3);
    insertTag(dsl, concat(inline("tag-"), N.mod(100)), 3);
  }

  private static void insertTag(DSLContext dsl, Field<String> tag, int every) {
    dsl.insertInto(
            EVENTS_TAGS,
            EVENTS_TAGS.STREAM_ID,
            EVENTS_TAGS.SEQ,
            EVENTS_TAGS.TAG,
            EVENTS_TAGS.GLOBAL_POSITION)
        .select(
            dsl.select(id(), seq(), tag, N.plus(1).cast(EVENTS.GLOBAL_POSITION))
                .from(numbers(EVENTS_IN_ALL))
                .where(N.mod(every).eq(0)))
        .execute();
  }

  private static void insertSnapshots(DSLContext dsl) {
    dsl.insertInto(
            SNAPSHOTS,
            SNAPSHOTS.STREAM_ID,
            SNAPSHOTS.SEQ,
            SNAPSHOTS.SCHEMA_VERSION,
            SNAPSHOTS.CODEC,
            SNAPSHOTS.TS,
            SNAPSHOTS.STATE)
        .select(
            dsl.select(id(), seq(), inline(1L), inline("json"), ZERO, BYTES).from(numbers(ROWS)))
        .execute();
  }

  private static void insertDocuments(DSLContext dsl) {
    dsl.insertInto(DOC_META, DOC_META.DOC_ID, DOC_META.DATA)
        .select(dsl.select(id(), inline("{}")).from(numbers(STREAMS_OR_DOCUMENTS)))
        .execute();
    dsl.insertInto(
            DOC_RECORDS, DOC_RECORDS.DOC_ID, DOC_RECORDS.SEQ, DOC_RECORDS.KIND, DOC_RECORDS.PAYLOAD)
        .select(dsl.select(id(), seq(), inline("entry"), inline("{}")).from(numbers(ROWS)))
        .execute();
  }

  private static void insertSubscriptions(DSLContext dsl) {
    dsl.insertInto(
            CHECKPOINTS, CHECKPOINTS.CONSUMER, CHECKPOINTS.GLOBAL_POSITION, CHECKPOINTS.UPDATED_AT)
        .select(
            dsl.select(consumer(), N.cast(CHECKPOINTS.GLOBAL_POSITION), ZERO)
                .from(numbers(CONSUMERS)))
        .execute();
    dsl.insertInto(
            DEAD_LETTERS,
            DEAD_LETTERS.CONSUMER,
            DEAD_LETTERS.GLOBAL_POSITION,
            DEAD_LETTERS.STREAM_ID,
            DEAD_LETTERS.SEQ,
            DEAD_LETTERS.EVENT_TYPE,
            DEAD_LETTERS.ATTEMPTS,
            DEAD_LETTERS.ERROR,
            DEAD_LETTERS.PARKED_AT,
            DEAD_LETTERS.RETRY_ASKED_AT)
        .select(
            dsl.select(
                    consumer(),
                    N.plus(1).cast(DEAD_LETTERS.GLOBAL_POSITION),
                    id(),
                    seq(),
                    inline("type"),
                    inline(1L),
                    inline("error"),
                    ZERO,
                    when(N.mod(7).eq(0), ZERO))
                .from(numbers(ROWS)))
        .execute();
    dsl.insertInto(LOADS)
        .columns(LOADS.fields())
        .select(
            dsl.select(id(), ZERO, ZERO, inline("note"), ZERO).from(numbers(STREAMS_OR_DOCUMENTS)))
        .execute();
  }

  private static Table<?> numbers(int count) {
    return generateSeries(inline(0), inline(count - 1)).as(name("n"), name("n"));
  }

  private static Field<String> id() {
    return concat(inline("id-"), N.mod(STREAMS_OR_DOCUMENTS));
  }

  private static Field<Long> seq() {
    return N.div(STREAMS_OR_DOCUMENTS).plus(1).cast(EVENTS.SEQ);
  }

  private static Field<String> consumer() {
    return concat(inline("consumer-"), N.mod(CONSUMERS));
  }
}
