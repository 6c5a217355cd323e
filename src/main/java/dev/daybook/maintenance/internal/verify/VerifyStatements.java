package dev.daybook.maintenance.internal.verify;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static dev.daybook.internal.jooq.Tables.DEAD_LETTERS;
import static dev.daybook.internal.jooq.Tables.DOC_META;
import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import dev.daybook.document.internal.DocumentRows;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.rows.HighWaterMark;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.internal.read.EventRows;
import dev.daybook.snapshot.internal.SnapshotRows;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SelectLimitStep;
import org.jooq.Table;

/** What a check reads: whole tables, each in the order of an index, so that nothing is sorted. */
final class VerifyStatements {

  final Script streams;
  final Script numbers;
  final Script taggedEvents;
  final Script tags;
  final Script events;
  final Script snapshots;
  final Script highestPosition;
  final Script checkpoints;
  final Script deadLetters;
  final Script metas;
  final Script records;
  final Script countEvents;
  final Script countTags;
  final Script countSnapshots;
  final Script countCheckpoints;
  final Script countDeadLetters;
  final Script countRecords;

  /** Whether a stream can have no events beyond the high-water mark that its row says. */
  final boolean marksAreExact;

  VerifyStatements(DSLContext dsl) {
    this.marksAreExact = Dialect.of(dsl).appendsWriteStreamRow();
    this.streams = inOrder(dsl, streams(dsl));
    this.numbers = inOrder(dsl, numbers(dsl));
    this.taggedEvents = inOrder(dsl, taggedEvents(dsl));
    this.tags = inOrder(dsl, tags(dsl));
    this.events =
        inOrder(
            dsl,
            dsl.select(EventRows.CHECKED_COLUMNS)
                .from(EVENTS)
                .where(onPrimary(dsl))
                .orderBy(EVENTS.GLOBAL_POSITION));
    this.snapshots = inOrder(dsl, snapshots(dsl));
    this.highestPosition =
        Script.of(
            dsl, () -> dsl.select(max(EVENTS.GLOBAL_POSITION)).from(EVENTS).where(onPrimary(dsl)));
    this.checkpoints = inOrder(dsl, checkpoints(dsl));
    this.deadLetters = inOrder(dsl, deadLetters(dsl));
    this.metas = inOrder(dsl, metas(dsl));
    this.records = inOrder(dsl, records(dsl));
    this.countEvents = count(dsl, EVENTS);
    this.countTags = count(dsl, EVENTS_TAGS);
    this.countSnapshots = count(dsl, SNAPSHOTS);
    this.countCheckpoints = count(dsl, CHECKPOINTS);
    this.countDeadLetters = count(dsl, DEAD_LETTERS);
    this.countRecords = count(dsl, DOC_RECORDS);
  }

  private static SelectLimitStep<?> streams(DSLContext dsl) {
    return dsl.select(
            STREAMS.STREAM_ID,
            STREAMS.LAST_SEQ,
            STREAMS.DELETED_TO,
            STREAMS.STATE,
            STREAMS.REASON,
            STREAMS.CHANGED_AT,
            STREAMS.CONTENT_CHECKSUM)
        .from(STREAMS)
        .where(onPrimary(dsl))
        .orderBy(STREAMS.STREAM_ID);
  }

  private static SelectLimitStep<?> numbers(DSLContext dsl) {
    return dsl.select(EVENTS.STREAM_ID, EVENTS.SEQ, EVENTS.GLOBAL_POSITION)
        .from(EVENTS)
        .where(onPrimary(dsl))
        .orderBy(EVENTS.STREAM_ID, EVENTS.SEQ);
  }

  private static SelectLimitStep<?> taggedEvents(DSLContext dsl) {
    return dsl.select(EVENTS.STREAM_ID, EVENTS.SEQ, EVENTS.GLOBAL_POSITION, EVENTS.TAGS)
        .from(EVENTS)
        .where(EVENTS.TAGS.isNotNull())
        .and(onPrimary(dsl))
        .orderBy(EVENTS.STREAM_ID, EVENTS.SEQ);
  }

  private static SelectLimitStep<?> tags(DSLContext dsl) {
    return dsl.select(
            EVENTS_TAGS.STREAM_ID, EVENTS_TAGS.SEQ, EVENTS_TAGS.GLOBAL_POSITION, EVENTS_TAGS.TAG)
        .from(EVENTS_TAGS)
        .where(onPrimary(dsl))
        .orderBy(EVENTS_TAGS.STREAM_ID, EVENTS_TAGS.SEQ, EVENTS_TAGS.TAG);
  }

  private static SelectLimitStep<?> snapshots(DSLContext dsl) {
    return dsl.select(SnapshotRows.COLUMNS)
        .select(HighWaterMark.of(dsl))
        .from(SNAPSHOTS)
        .leftJoin(STREAMS)
        .on(STREAMS.STREAM_ID.eq(SNAPSHOTS.STREAM_ID))
        .where(onPrimary(dsl))
        .orderBy(SNAPSHOTS.STREAM_ID, SNAPSHOTS.SEQ);
  }

  private static SelectLimitStep<?> checkpoints(DSLContext dsl) {
    return dsl.select(
            CHECKPOINTS.CONSUMER,
            CHECKPOINTS.GLOBAL_POSITION,
            CHECKPOINTS.UPDATED_AT,
            CHECKPOINTS.FENCE,
            CHECKPOINTS.OWNER,
            CHECKPOINTS.LEASE_MILLIS,
            CHECKPOINTS.ASKED,
            CHECKPOINTS.PAUSED_AT,
            CHECKPOINTS.STOPPED_AT,
            CHECKPOINTS.STOP_POSITION,
            CHECKPOINTS.STOP_REASON)
        .from(CHECKPOINTS)
        .where(onPrimary(dsl))
        .orderBy(CHECKPOINTS.CONSUMER);
  }

  private static SelectLimitStep<?> deadLetters(DSLContext dsl) {
    return dsl.select(
            DEAD_LETTERS.CONSUMER,
            DEAD_LETTERS.GLOBAL_POSITION,
            DEAD_LETTERS.STREAM_ID,
            DEAD_LETTERS.SEQ,
            field(
                select(EVENTS.GLOBAL_POSITION)
                    .from(EVENTS)
                    .where(EVENTS.STREAM_ID.eq(DEAD_LETTERS.STREAM_ID))
                    .and(EVENTS.SEQ.eq(DEAD_LETTERS.SEQ))),
            STREAMS.DELETED_TO,
            STREAMS.STATE,
            DEAD_LETTERS.EVENT_TYPE,
            DEAD_LETTERS.ATTEMPTS,
            DEAD_LETTERS.ERROR,
            DEAD_LETTERS.PARKED_AT,
            DEAD_LETTERS.RETRY_ASKED_AT,
            DEAD_LETTERS.HOLDS_STREAM)
        .from(DEAD_LETTERS)
        .leftJoin(STREAMS)
        .on(STREAMS.STREAM_ID.eq(DEAD_LETTERS.STREAM_ID))
        .where(onPrimary(dsl))
        .orderBy(DEAD_LETTERS.CONSUMER, DEAD_LETTERS.GLOBAL_POSITION);
  }

  private static SelectLimitStep<?> metas(DSLContext dsl) {
    return dsl.select(DOC_META.DOC_ID, DOC_META.DATA, DOC_META.CONTENT_CHECKSUM)
        .from(DOC_META)
        .where(onPrimary(dsl))
        .orderBy(DOC_META.DOC_ID);
  }

  private static SelectLimitStep<?> records(DSLContext dsl) {
    return dsl.select(DocumentRows.CHECKED_COLUMNS)
        .from(DOC_RECORDS)
        .where(onPrimary(dsl))
        .orderBy(DOC_RECORDS.DOC_ID, DOC_RECORDS.SEQ);
  }

  private static Script inOrder(DSLContext dsl, SelectLimitStep<?> query) {
    return Script.of(dsl, () -> Dialect.of(dsl).rowOrder().all(query));
  }

  private static Script count(DSLContext dsl, Table<?> table) {
    return Script.of(dsl, () -> dsl.selectCount().from(table).where(onPrimary(dsl)));
  }

  private static Condition onPrimary(DSLContext dsl) {
    return Dialect.of(dsl).onPrimary();
  }
}
