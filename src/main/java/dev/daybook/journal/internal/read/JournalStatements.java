package dev.daybook.journal.internal.read;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.rows.HighWaterMark;
import dev.daybook.internal.rows.PrefixScan;
import dev.daybook.internal.statements.Script;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;

/** The journal's statements whose text never changes, rendered once for a store. */
public final class JournalStatements {

  public static final Param<String> STREAM_ID = param(EVENTS.STREAM_ID);
  public static final Param<Long> SEQ = param(EVENTS.SEQ);
  public static final Param<Long> TO_SEQ = param(EVENTS.SEQ);
  public static final Param<Long> POSITION = param(EVENTS.GLOBAL_POSITION);
  public static final Param<Long> TO_POSITION = param(EVENTS.GLOBAL_POSITION);
  static final Param<Long> FROM_TIME = param(EVENTS.TS);
  static final Param<Long> BEFORE_TIME = param(EVENTS.TS);
  public static final Param<String> IDEMPOTENCY_KEY = param(EVENTS.IDEMPOTENCY_KEY);
  public static final Param<Long> LIMIT = param(Long.class);

  final Script head;
  final Script streamRow;
  public final Script claimStream;
  final Script forwards;
  final Script backwards;
  final Script after;
  final Script newestFirst;
  public final Script places;
  final Script at;
  final Script whatIsAt;
  final Script seqAt;
  final Script latestPosition;
  public final PrefixScan ids;
  public final Script hasEvents;
  public final Script deleteTags;
  public final Script deleteEvents;
  public final Script markDeleted;
  public final Script raiseEmptyMark;
  public final Script stats;

  /** Whether each event that is read is verified by its checksum. */
  final boolean verifies;

  public JournalStatements(DSLContext dsl) {
    this(dsl, false);
  }

  JournalStatements(DSLContext dsl, boolean verifies) {
    this.verifies = verifies;
    this.head = Script.of(dsl, () -> head(dsl));
    this.streamRow = Script.of(dsl, () -> streamRow(dsl));
    this.claimStream = Script.of(dsl, () -> Dialect.of(dsl).claim(streamRow(dsl)));
    this.forwards = Script.of(dsl, () -> stream(dsl, verifies, EVENTS.SEQ.asc()));
    this.backwards = Script.of(dsl, () -> stream(dsl, verifies, EVENTS.SEQ.desc()));
    this.after = Script.of(dsl, () -> journal(dsl, verifies, EVENTS.GLOBAL_POSITION.sortDefault()));
    this.newestFirst = Script.of(dsl, () -> journal(dsl, verifies, EVENTS.GLOBAL_POSITION.desc()));
    this.places = Script.of(dsl, () -> places(dsl));
    this.at = Script.of(dsl, () -> at(dsl, verifies));
    this.whatIsAt =
        Script.of(
            dsl,
            () ->
                dsl.select(EVENTS.STREAM_ID, EVENTS.SEQ, EVENTS.TS)
                    .from(EVENTS)
                    .where(EVENTS.GLOBAL_POSITION.eq(POSITION))
                    .and(onPrimary(dsl)));
    this.seqAt = Script.of(dsl, () -> seqAt(dsl));
    this.latestPosition = Script.of(dsl, () -> latestPosition(dsl));
    this.ids = new PrefixScan(dsl, STREAMS.STREAM_ID);
    this.hasEvents = Script.of(dsl, () -> hasEvents(dsl));
    this.deleteTags = Script.of(dsl, () -> deleteTags(dsl));
    this.deleteEvents = Script.of(dsl, () -> deleteEvents(dsl));
    this.markDeleted = Script.of(dsl, () -> markDeleted(dsl));
    this.raiseEmptyMark = Script.of(dsl, () -> raiseEmptyMark(dsl));
    this.stats = Script.of(dsl, () -> stats(dsl));
  }

  /** As little of a stream's row as an append needs of most. */
  private static Query head(DSLContext dsl) {
    return dsl.select(HighWaterMark.of(dsl), when(StreamRow.PLAIN, inline(1)).otherwise(inline(0)))
        .from(STREAMS)
        .where(STREAMS.STREAM_ID.eq(STREAM_ID))
        .and(onPrimary(dsl));
  }

  private static SelectConditionStep<?> streamRow(DSLContext dsl) {
    return dsl.select(StreamRow.columns(dsl))
        .from(STREAMS)
        .where(STREAMS.STREAM_ID.eq(STREAM_ID))
        .and(onPrimary(dsl));
  }

  private static Query stream(DSLContext dsl, boolean verifies, SortField<Long> order) {
    return dsl.select(EventRows.streamColumns(verifies))
        .select(StreamRow.readable(STREAM_ID))
        .from(EVENTS)
        .where(EVENTS.STREAM_ID.eq(STREAM_ID))
        .and(EVENTS.SEQ.between(SEQ, TO_SEQ))
        .and(onPrimary(dsl))
        .orderBy(order)
        .limit(Dialect.of(dsl).rowOrder().limit(LIMIT));
  }

  private static Query journal(DSLContext dsl, boolean verifies, SortField<Long> order) {
    return dsl.select(EventRows.columns(verifies))
        .from(EVENTS)
        .where(EVENTS.GLOBAL_POSITION.gt(POSITION))
        .and(EVENTS.GLOBAL_POSITION.le(TO_POSITION))
        .and(onPrimary(dsl))
        .orderBy(order)
        .limit(Dialect.of(dsl).rowOrder().limit(LIMIT));
  }

  /** Where events went, and nothing of what is in them. */
  private static Query places(DSLContext dsl) {
    return dsl.select(EVENTS.STREAM_ID, EVENTS.SEQ, EVENTS.GLOBAL_POSITION)
        .from(EVENTS)
        .where(EVENTS.GLOBAL_POSITION.gt(POSITION))
        .and(EVENTS.GLOBAL_POSITION.le(TO_POSITION))
        .and(onPrimary(dsl))
        .orderBy(EVENTS.GLOBAL_POSITION)
        .limit(Dialect.of(dsl).rowOrder().limit(LIMIT));
  }

  private static Query latestPosition(DSLContext dsl) {
    return dsl.select(EVENTS.GLOBAL_POSITION)
        .from(EVENTS)
        .where(EVENTS.GLOBAL_POSITION.le(TO_POSITION))
        .and(onPrimary(dsl))
        .orderBy(EVENTS.GLOBAL_POSITION.desc())
        .limit(1);
  }

  private static Query at(DSLContext dsl, boolean verifies) {
    return dsl.select(EventRows.columns(verifies))
        .from(EVENTS)
        .where(EVENTS.GLOBAL_POSITION.eq(POSITION))
        .and(onPrimary(dsl));
  }

  /** The last sequence number of a stream at a position. */
  private static Query seqAt(DSLContext dsl) {
    return dsl.select(EVENTS.SEQ)
        .from(EVENTS)
        .where(EVENTS.STREAM_ID.eq(STREAM_ID))
        .and(EVENTS.GLOBAL_POSITION.le(POSITION))
        .and(onPrimary(dsl))
        .orderBy(EVENTS.SEQ.desc())
        .limit(1);
  }

  private static Query hasEvents(DSLContext dsl) {
    return dsl.select(EVENTS.SEQ)
        .from(EVENTS)
        .where(EVENTS.STREAM_ID.eq(STREAM_ID))
        .and(onPrimary(dsl))
        .limit(1);
  }

  /** Before the events, because a caller's connection may run without foreign keys. */
  private static Query deleteTags(DSLContext dsl) {
    return dsl.deleteFrom(EVENTS_TAGS)
        .where(EVENTS_TAGS.STREAM_ID.eq(STREAM_ID))
        .and(EVENTS_TAGS.SEQ.le(TO_SEQ));
  }

  private static Query deleteEvents(DSLContext dsl) {
    return dsl.deleteFrom(EVENTS).where(EVENTS.STREAM_ID.eq(STREAM_ID)).and(EVENTS.SEQ.le(TO_SEQ));
  }

  private static Query markDeleted(DSLContext dsl) {
    return dsl.update(STREAMS)
        .set(STREAMS.DELETED_TO, greatest(STREAMS.DELETED_TO, least(TO_SEQ, HighWaterMark.of(dsl))))
        .where(STREAMS.STREAM_ID.eq(STREAM_ID));
  }

  private static Query raiseEmptyMark(DSLContext dsl) {
    return dsl.insertInto(STREAMS, STREAMS.STREAM_ID, STREAMS.LAST_SEQ, STREAMS.DELETED_TO)
        .values(STREAM_ID, SEQ, SEQ)
        .onConflict(STREAMS.STREAM_ID)
        .doUpdate()
        .set(STREAMS.LAST_SEQ, excluded(STREAMS.LAST_SEQ))
        .set(STREAMS.DELETED_TO, excluded(STREAMS.DELETED_TO));
  }

  private static Query stats(DSLContext dsl) {
    return dsl.select(
            field(select(count()).from(EVENTS)),
            field(select(count()).from(STREAMS)),
            field(select(countDistinct(EVENTS_TAGS.TAG)).from(EVENTS_TAGS)),
            field(select(min(EVENTS.GLOBAL_POSITION)).from(EVENTS)),
            field(select(max(EVENTS.GLOBAL_POSITION)).from(EVENTS)),
            field(select(min(EVENTS.TS)).from(EVENTS)),
            field(select(max(EVENTS.TS)).from(EVENTS)))
        .where(onPrimary(dsl));
  }

  private static Condition onPrimary(DSLContext dsl) {
    return Dialect.of(dsl).onPrimary();
  }
}
