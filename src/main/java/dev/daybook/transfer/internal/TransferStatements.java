package dev.daybook.transfer.internal;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.param;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.rows.CopyMark;
import dev.daybook.internal.statements.Script;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;

/** The statements of a copy, rendered once for a store. */
final class TransferStatements {

  static final Param<String> STREAM_ID = param(EVENTS.STREAM_ID);
  static final Param<Long> SEQ = param(EVENTS.SEQ);
  static final Param<Long> POSITION = param(EVENTS.GLOBAL_POSITION);
  static final Param<Long> UP_TO = param(EVENTS.GLOBAL_POSITION);
  static final Param<String> STATE = param(CHECKPOINTS.OWNER);
  static final Param<Long> FENCE = param(CHECKPOINTS.FENCE);
  static final Param<Long> NOW = param(CHECKPOINTS.UPDATED_AT);
  static final Param<Long> LIMIT = param(Long.class);

  /** The columns that identify an event in a quick comparison. */
  private static final List<Field<?>> OUTLINE =
      List.of(EVENTS.GLOBAL_POSITION, EVENTS.STREAM_ID, EVENTS.SEQ, EVENTS.EVENT_TYPE, EVENTS.TS);

  final Script mark;
  final Script makeMark;
  final Script takeMark;
  final Script moveMark;
  final Script closeMark;
  final Script tagsBetween;
  final Script highestEvent;
  final Script eventsBehind;
  final Script newest;
  final Script outlineAt;
  final Script outlineOf;
  final Script deletedTo;
  final Script deleteTags;
  final Script deleteEvents;

  private final Map<StoredTable, TableSql> tables = new HashMap<>();

  TransferStatements(DSLContext dsl) {
    this.mark =
        Script.of(
            dsl,
            () ->
                dsl.select(CHECKPOINTS.GLOBAL_POSITION, CHECKPOINTS.FENCE, CHECKPOINTS.OWNER)
                    .from(CHECKPOINTS)
                    .where(ofCopy())
                    .and(Dialect.of(dsl).onPrimary()));
    this.makeMark = Script.of(dsl, () -> makeMark(dsl));
    this.takeMark = Script.of(dsl, () -> takeMark(dsl));
    this.moveMark = Script.of(dsl, () -> moveMark(dsl));
    this.closeMark =
        Script.of(dsl, () -> dsl.update(CHECKPOINTS).set(CHECKPOINTS.OWNER, STATE).where(held()));
    this.tagsBetween = Script.of(dsl, () -> tagsBetween(dsl));
    this.highestEvent =
        Script.of(
            dsl,
            () ->
                dsl.select(max(EVENTS.GLOBAL_POSITION))
                    .from(EVENTS)
                    .where(Dialect.of(dsl).onPrimary()));
    this.eventsBehind =
        Script.of(
            dsl,
            () ->
                dsl.select(count())
                    .from(EVENTS)
                    .where(EVENTS.GLOBAL_POSITION.gt(POSITION))
                    .and(Dialect.of(dsl).onPrimary()));
    this.newest = Script.of(dsl, () -> newest(dsl));
    this.outlineAt =
        Script.of(
            dsl,
            () ->
                dsl.select(OUTLINE)
                    .from(EVENTS)
                    .where(EVENTS.GLOBAL_POSITION.eq(POSITION))
                    .and(Dialect.of(dsl).onPrimary()));
    this.outlineOf =
        Script.of(
            dsl,
            () ->
                dsl.select(OUTLINE)
                    .from(EVENTS)
                    .where(EVENTS.STREAM_ID.eq(STREAM_ID))
                    .and(EVENTS.SEQ.eq(SEQ))
                    .and(Dialect.of(dsl).onPrimary()));
    this.deletedTo =
        Script.of(
            dsl,
            () ->
                dsl.select(STREAMS.DELETED_TO)
                    .from(STREAMS)
                    .where(STREAMS.STREAM_ID.eq(STREAM_ID))
                    .and(Dialect.of(dsl).onPrimary()));
    this.deleteTags =
        Script.of(
            dsl,
            () ->
                dsl.deleteFrom(EVENTS_TAGS)
                    .where(EVENTS_TAGS.STREAM_ID.eq(STREAM_ID))
                    .and(EVENTS_TAGS.SEQ.le(SEQ)));
    this.deleteEvents =
        Script.of(
            dsl,
            () ->
                dsl.deleteFrom(EVENTS)
                    .where(EVENTS.STREAM_ID.eq(STREAM_ID))
                    .and(EVENTS.SEQ.le(SEQ)));
    for (StoredTable table : StoredTable.ALL) {
      tables.put(table, new TableSql(dsl, table));
    }
  }

  TableSql of(StoredTable table) {
    return Objects.requireNonNull(tables.get(table));
  }

  private static Condition ofCopy() {
    return CHECKPOINTS.CONSUMER.eq(inline(CopyMark.CONSUMER));
  }

  private static Condition held() {
    return ofCopy().and(CHECKPOINTS.FENCE.eq(FENCE));
  }

  private static Query makeMark(DSLContext dsl) {
    return dsl.insertInto(
            CHECKPOINTS,
            CHECKPOINTS.CONSUMER,
            CHECKPOINTS.GLOBAL_POSITION,
            CHECKPOINTS.UPDATED_AT,
            CHECKPOINTS.OWNER,
            CHECKPOINTS.FENCE)
        .values(inline(CopyMark.CONSUMER), POSITION, NOW, STATE, FENCE)
        .onConflict(CHECKPOINTS.CONSUMER)
        .doNothing();
  }

  /** Ends an earlier run of the copy, in any process. */
  private static Query takeMark(DSLContext dsl) {
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.FENCE, CHECKPOINTS.FENCE.plus(1))
        .set(CHECKPOINTS.OWNER, STATE)
        .set(CHECKPOINTS.UPDATED_AT, NOW)
        .where(held());
  }

  private static Query moveMark(DSLContext dsl) {
    return dsl.update(CHECKPOINTS)
        .set(CHECKPOINTS.GLOBAL_POSITION, POSITION)
        .set(CHECKPOINTS.UPDATED_AT, NOW)
        .where(held());
  }

  /** The tags of a page of the journal. */
  private static Query tagsBetween(DSLContext dsl) {
    return Dialect.of(dsl)
        .rowOrder()
        .all(
            dsl.select(StoredTable.TAGS.columns.fields())
                .from(EVENTS)
                .join(EVENTS_TAGS)
                .on(EVENTS_TAGS.STREAM_ID.eq(EVENTS.STREAM_ID))
                .and(EVENTS_TAGS.SEQ.eq(EVENTS.SEQ))
                .where(EVENTS.GLOBAL_POSITION.gt(POSITION))
                .and(EVENTS.GLOBAL_POSITION.le(UP_TO))
                .and(Dialect.of(dsl).onPrimary())
                .orderBy(EVENTS.GLOBAL_POSITION));
  }

  private static Query newest(DSLContext dsl) {
    return dsl.select(OUTLINE)
        .from(EVENTS)
        .where(EVENTS.GLOBAL_POSITION.lt(POSITION))
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(EVENTS.GLOBAL_POSITION.desc())
        .limit(LIMIT);
  }
}
