package dev.daybook.stream.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.rows.Columns;
import dev.daybook.internal.rows.HighWaterMark;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.StreamState;
import dev.daybook.journal.internal.read.StreamRow;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.SelectConditionStep;

/** The statements of the streams' life, rendered once for a store. */
final class StreamStatements {

  static final Param<String> STREAM_ID = param(STREAMS.STREAM_ID);
  static final Param<Long> LAST_SEQ = param(STREAMS.LAST_SEQ);
  static final Param<Long> DELETED_TO = param(STREAMS.DELETED_TO);
  static final Param<String> STATE = param(STREAMS.STATE);
  static final Param<String> REASON = param(STREAMS.REASON);
  static final Param<Long> CHANGED_AT = param(STREAMS.CHANGED_AT);
  static final Param<Long> CHECKSUM = param(STREAMS.CONTENT_CHECKSUM);
  static final Param<Long> AFTER = param(EVENTS.SEQ);
  static final Param<Long> TO = param(EVENTS.SEQ);
  static final Param<Long> LIMIT = param(Long.class);
  static final Param<Long> POSITION = param(EVENTS.GLOBAL_POSITION);
  static final Param<Integer> DRAWN = param(Integer.class);

  static final Param<Long> BEGUN_AFTER = param(EVENTS.BEGUN_AFTER);

  /** All but what is the database's to give: the position, and where its transaction began. */
  static final Columns EVENT = new Columns(EVENTS, EVENTS.GLOBAL_POSITION, EVENTS.BEGUN_AFTER);

  static final Columns EVENT_TAG = new Columns(EVENTS_TAGS, EVENTS_TAGS.GLOBAL_POSITION);
  static final Columns SNAPSHOT = new Columns(SNAPSHOTS);

  final Script stream;
  final Script claim;
  final Script changeState;
  final Script markEmptied;
  final Script makeStream;
  final Script saveStream;
  final Script deleteTags;
  final Script deleteEvents;
  final Script deleteSnapshots;
  final Script events;
  final Script eventSizes;
  final Script tags;
  final Script snapshots;
  final Script snapshotSizes;
  final Script drawPositions;
  final Script insertEvent;
  final Script insertTag;
  final Script insertSnapshot;

  /**
   * @param drawPositions gives out {@link #DRAWN} new positions
   */
  StreamStatements(DSLContext dsl, Script drawPositions) {
    this.claim = Script.of(dsl, () -> Dialect.of(dsl).claim(stream(dsl)));
    this.stream = Script.of(dsl, () -> stream(dsl));
    this.changeState = Script.of(dsl, () -> changeState(dsl));
    this.markEmptied =
        Script.of(
            dsl,
            () ->
                dsl.update(STREAMS)
                    .set(STREAMS.DELETED_TO, HighWaterMark.of(dsl))
                    .where(STREAMS.STREAM_ID.eq(STREAM_ID)));
    this.makeStream = Script.of(dsl, () -> makeStream(dsl));
    this.saveStream = Script.of(dsl, () -> saveStream(dsl));
    this.deleteTags =
        Script.of(
            dsl,
            () ->
                dsl.deleteFrom(EVENTS_TAGS)
                    .where(EVENTS_TAGS.STREAM_ID.eq(STREAM_ID))
                    .and(EVENTS_TAGS.SEQ.le(TO)));
    this.deleteEvents =
        Script.of(
            dsl,
            () ->
                dsl.deleteFrom(EVENTS)
                    .where(EVENTS.STREAM_ID.eq(STREAM_ID))
                    .and(EVENTS.SEQ.le(TO)));
    this.deleteSnapshots =
        Script.of(dsl, () -> dsl.deleteFrom(SNAPSHOTS).where(SNAPSHOTS.STREAM_ID.eq(STREAM_ID)));
    this.events = Script.of(dsl, () -> events(dsl, EVENT.fields()));
    this.eventSizes = Script.of(dsl, () -> events(dsl, List.of(EVENT.size())));
    this.tags = Script.of(dsl, () -> tags(dsl));
    this.snapshots = Script.of(dsl, () -> snapshots(dsl, SNAPSHOT.fields()));
    this.snapshotSizes = Script.of(dsl, () -> snapshots(dsl, List.of(SNAPSHOT.size())));
    this.drawPositions = drawPositions;
    this.insertEvent = Script.of(dsl, () -> insertEvent(dsl));
    this.insertTag = Script.of(dsl, () -> insertTag(dsl));
    this.insertSnapshot =
        Script.of(dsl, () -> SNAPSHOT.upsert(dsl, List.of(SNAPSHOTS.STREAM_ID, SNAPSHOTS.SEQ)));
  }

  private static SelectConditionStep<?> stream(DSLContext dsl) {
    return dsl.select(StreamRow.columns(dsl))
        .from(STREAMS)
        .where(STREAMS.STREAM_ID.eq(STREAM_ID))
        .and(Dialect.of(dsl).onPrimary());
  }

  private static Query changeState(DSLContext dsl) {
    return dsl.update(STREAMS)
        .set(STREAMS.STATE, STATE)
        .set(STREAMS.REASON, REASON)
        .set(STREAMS.CHANGED_AT, CHANGED_AT)
        .set(STREAMS.CONTENT_CHECKSUM, CHECKSUM)
        .where(STREAMS.STREAM_ID.eq(STREAM_ID));
  }

  private static Query makeStream(DSLContext dsl) {
    return dsl.insertInto(STREAMS, STREAMS.STREAM_ID, STREAMS.LAST_SEQ, STREAMS.STATE)
        .values(STREAM_ID, inline(0L), inline(StreamState.ARCHIVED.name()));
  }

  private static Query saveStream(DSLContext dsl) {
    return dsl.insertInto(
            STREAMS,
            STREAMS.STREAM_ID,
            STREAMS.LAST_SEQ,
            STREAMS.DELETED_TO,
            STREAMS.STATE,
            STREAMS.REASON,
            STREAMS.CHANGED_AT,
            STREAMS.CONTENT_CHECKSUM)
        .values(STREAM_ID, LAST_SEQ, DELETED_TO, STATE, REASON, CHANGED_AT, CHECKSUM)
        .onConflict(STREAMS.STREAM_ID)
        .doUpdate()
        .set(STREAMS.LAST_SEQ, excluded(STREAMS.LAST_SEQ))
        .set(STREAMS.DELETED_TO, excluded(STREAMS.DELETED_TO))
        .set(STREAMS.STATE, excluded(STREAMS.STATE))
        .set(STREAMS.REASON, excluded(STREAMS.REASON))
        .set(STREAMS.CHANGED_AT, excluded(STREAMS.CHANGED_AT))
        .set(STREAMS.CONTENT_CHECKSUM, excluded(STREAMS.CONTENT_CHECKSUM));
  }

  private static Query events(DSLContext dsl, List<Field<?>> select) {
    return dsl.select(select)
        .from(EVENTS)
        .where(EVENTS.STREAM_ID.eq(STREAM_ID))
        .and(EVENTS.SEQ.gt(AFTER))
        .and(EVENTS.SEQ.le(TO))
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(EVENTS.SEQ)
        .limit(LIMIT);
  }

  private static Query tags(DSLContext dsl) {
    return dsl.select(EVENT_TAG.fields())
        .from(EVENTS_TAGS)
        .where(EVENTS_TAGS.STREAM_ID.eq(STREAM_ID))
        .and(EVENTS_TAGS.SEQ.gt(AFTER))
        .and(EVENTS_TAGS.SEQ.le(TO))
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(EVENTS_TAGS.SEQ, EVENTS_TAGS.TAG);
  }

  private static Query snapshots(DSLContext dsl, List<Field<?>> select) {
    return dsl.select(select)
        .from(SNAPSHOTS)
        .where(SNAPSHOTS.STREAM_ID.eq(STREAM_ID))
        .and(SNAPSHOTS.SEQ.gt(AFTER))
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(SNAPSHOTS.SEQ)
        .limit(LIMIT);
  }

  private static Query insertEvent(DSLContext dsl) {
    return dsl.insertInto(EVENTS, with(EVENT.fields(), EVENTS.GLOBAL_POSITION, EVENTS.BEGUN_AFTER))
        .values(with(EVENT.params(), POSITION, BEGUN_AFTER));
  }

  private static Query insertTag(DSLContext dsl) {
    return dsl.insertInto(EVENTS_TAGS, with(EVENT_TAG.fields(), EVENTS_TAGS.GLOBAL_POSITION))
        .values(with(EVENT_TAG.params(), POSITION));
  }

  private static <F extends Field<?>> List<Field<?>> with(List<F> fields, Field<?>... others) {
    return Stream.<Field<?>>concat(fields.stream(), Stream.of(others)).toList();
  }
}
