package dev.daybook.snapshot.internal;

import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static org.jooq.impl.DSL.octetLength;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.RowOrder;
import dev.daybook.internal.jooq.tables.Snapshots;
import dev.daybook.internal.rows.Columns;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Script;
import dev.daybook.snapshot.SnapshotInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;

/** The snapshot store's statements, rendered once for a store. */
final class SnapshotStatements {

  static final Param<String> STREAM_ID = param(SNAPSHOTS.STREAM_ID);
  static final Param<Long> SEQ = param(SNAPSHOTS.SEQ);
  static final Param<Long> SCHEMA_VERSION = param(SNAPSHOTS.SCHEMA_VERSION);
  static final Param<String> CODEC = param(SNAPSHOTS.CODEC);
  static final Param<String> COMPRESSION = param(SNAPSHOTS.COMPRESSION);
  static final Param<String> KEY_ID = param(SNAPSHOTS.KEY_ID);
  static final Param<Long> TIME = param(SNAPSHOTS.TS);
  static final Param<byte[]> STATE = param(SNAPSHOTS.STATE);
  static final Param<Long> CHECKSUM = param(SNAPSHOTS.CONTENT_CHECKSUM);
  static final Param<String> STATE_TYPE = param(SNAPSHOTS.STATE_TYPE);
  static final Param<String> SHAPE = param(SNAPSHOTS.SHAPE);
  static final Param<Long> KEEP = param(Long.class);

  private static final List<Field<?>> KEY = List.of(SNAPSHOTS.STREAM_ID, SNAPSHOTS.SEQ);
  private static final Snapshots OLDER = SNAPSHOTS.as("o");

  private static final List<Field<?>> INFO =
      List.of(
          SNAPSHOTS.STREAM_ID,
          SNAPSHOTS.SEQ,
          SNAPSHOTS.SCHEMA_VERSION,
          SNAPSHOTS.CODEC,
          SNAPSHOTS.COMPRESSION,
          SNAPSHOTS.KEY_ID,
          SNAPSHOTS.TS,
          octetLength(SNAPSHOTS.STATE.coerce(String.class)));

  final Script save;
  final Script prune;
  final Script saveAndPrune;
  final Script newestUpTo;
  final Script delete;
  final Script deleteAfter;
  final Script invalidateAll;
  final Script list;
  final Script listAll;

  SnapshotStatements(DSLContext dsl) {
    this.save = Script.of(dsl, () -> save(dsl));
    this.prune = Script.of(dsl, () -> prune(dsl));
    this.saveAndPrune = Script.inOrder(dsl, save, prune);
    this.newestUpTo = Script.of(dsl, () -> newestUpTo(dsl));
    this.delete =
        Script.of(
            dsl,
            () ->
                dsl.deleteFrom(SNAPSHOTS)
                    .where(SNAPSHOTS.STREAM_ID.eq(STREAM_ID))
                    .and(SNAPSHOTS.SEQ.le(SEQ)));
    this.deleteAfter =
        Script.of(
            dsl,
            () ->
                dsl.deleteFrom(SNAPSHOTS)
                    .where(SNAPSHOTS.STREAM_ID.eq(STREAM_ID))
                    .and(SNAPSHOTS.SEQ.gt(SEQ)));
    this.invalidateAll = Script.of(dsl, () -> dsl.deleteFrom(SNAPSHOTS));
    RowOrder order = Dialect.of(dsl).rowOrder();
    this.list =
        Script.of(
            dsl,
            () ->
                order.all(
                    dsl.select(INFO)
                        .from(SNAPSHOTS)
                        .where(SNAPSHOTS.STREAM_ID.eq(STREAM_ID))
                        .and(Dialect.of(dsl).onPrimary())
                        .orderBy(SNAPSHOTS.SEQ.desc())));
    this.listAll =
        Script.of(
            dsl,
            () ->
                order.all(
                    dsl.select(INFO)
                        .from(SNAPSHOTS)
                        .where(Dialect.of(dsl).onPrimary())
                        .orderBy(SNAPSHOTS.STREAM_ID, SNAPSHOTS.SEQ)));
  }

  static SnapshotInfo info(Row row) {
    return new SnapshotInfo.SnapshotInfoValues(
        row.text(1),
        row.number(2),
        (int) row.number(3),
        row.text(4),
        Optional.ofNullable(row.optionalText(5)),
        Optional.ofNullable(row.optionalText(6)),
        Instant.ofEpochMilli(row.number(7)),
        row.number(8));
  }

  private static Query save(DSLContext dsl) {
    return dsl.insertInto(SNAPSHOTS, SnapshotRows.COLUMNS)
        .values(
            STREAM_ID,
            SEQ,
            SCHEMA_VERSION,
            CODEC,
            COMPRESSION,
            KEY_ID,
            TIME,
            STATE,
            CHECKSUM,
            STATE_TYPE,
            SHAPE)
        .onConflict(KEY)
        .doUpdate()
        .set(Columns.replacing(SnapshotRows.COLUMNS, KEY));
  }

  /** Deletes the newest superfluous one and all older ones; nothing if there is none. */
  private static Query prune(DSLContext dsl) {
    return dsl.deleteFrom(SNAPSHOTS)
        .where(SNAPSHOTS.STREAM_ID.eq(STREAM_ID))
        .and(
            SNAPSHOTS.SEQ.le(
                select(OLDER.SEQ)
                    .from(OLDER)
                    .where(OLDER.STREAM_ID.eq(STREAM_ID))
                    .orderBy(OLDER.SEQ.desc())
                    .limit(1)
                    .offset(KEEP)));
  }

  private static Query newestUpTo(DSLContext dsl) {
    return dsl.select(SnapshotRows.COLUMNS)
        .from(SNAPSHOTS)
        .where(SNAPSHOTS.STREAM_ID.eq(STREAM_ID))
        .and(SNAPSHOTS.SEQ.le(SEQ))
        .and(Dialect.of(dsl).onPrimary())
        .orderBy(SNAPSHOTS.SEQ.desc())
        .limit(1);
  }
}
