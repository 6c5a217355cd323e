package dev.daybook.checkpoint.internal;

import static dev.daybook.internal.jooq.Tables.CHECKPOINTS;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;

import dev.daybook.checkpoint.Checkpoint;
import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.rows.CopyMark;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Script;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertOnDuplicateSetMoreStep;
import org.jooq.Param;
import org.jooq.Record;

/** The checkpoint store's statements, rendered once for a store. */
final class CheckpointStatements {

  static final Param<String> CONSUMER = param(CHECKPOINTS.CONSUMER);
  static final Param<Long> POSITION = param(CHECKPOINTS.GLOBAL_POSITION);
  static final Param<Long> TIME = param(CHECKPOINTS.UPDATED_AT);

  private static final List<Field<?>> COLUMNS =
      List.of(CHECKPOINTS.CONSUMER, CHECKPOINTS.GLOBAL_POSITION, CHECKPOINTS.UPDATED_AT);

  final Script load;
  final Script list;
  final Script save;
  final Script claim;
  final Script reset;
  final Script delete;

  CheckpointStatements(DSLContext dsl) {
    this.load =
        Script.of(
            dsl,
            () ->
                dsl.select(COLUMNS)
                    .from(CHECKPOINTS)
                    .where(CHECKPOINTS.CONSUMER.eq(CONSUMER))
                    .and(Dialect.of(dsl).onPrimary()));
    this.list =
        Script.of(
            dsl,
            () ->
                dsl.select(COLUMNS)
                    .from(CHECKPOINTS)
                    .where(CopyMark.isNone())
                    .and(Dialect.of(dsl).onPrimary())
                    .orderBy(CHECKPOINTS.CONSUMER));
    this.save =
        Script.of(
            dsl,
            () ->
                upsert(dsl)
                    .where(CHECKPOINTS.GLOBAL_POSITION.le(excluded(CHECKPOINTS.GLOBAL_POSITION))));
    this.claim =
        Script.of(
            dsl,
            () ->
                Dialect.of(dsl)
                    .claim(
                        dsl.select(inline(1))
                            .from(CHECKPOINTS)
                            .where(CHECKPOINTS.CONSUMER.eq(CONSUMER))));
    this.reset =
        Script.of(
            dsl,
            () ->
                upsert(dsl)
                    .set(CHECKPOINTS.FENCE, CHECKPOINTS.FENCE.plus(1))
                    .set(CHECKPOINTS.OWNER, inline(null, CHECKPOINTS.OWNER))
                    .set(CHECKPOINTS.PLACE, inline(null, CHECKPOINTS.PLACE))
                    .set(CHECKPOINTS.LEASE_MILLIS, inline(null, CHECKPOINTS.LEASE_MILLIS))
                    .set(CHECKPOINTS.ASKED, inline(null, CHECKPOINTS.ASKED)));
    this.delete =
        Script.of(dsl, () -> dsl.deleteFrom(CHECKPOINTS).where(CHECKPOINTS.CONSUMER.eq(CONSUMER)));
  }

  static Checkpoint read(Row row) {
    return new Checkpoint(row.text(1), row.number(2), Instant.ofEpochMilli(row.number(3)));
  }

  /** The fences of a new one are higher than those of one of this name that was deleted. */
  private static InsertOnDuplicateSetMoreStep<Record> upsert(DSLContext dsl) {
    return dsl.insertInto(
            CHECKPOINTS,
            CHECKPOINTS.CONSUMER,
            CHECKPOINTS.GLOBAL_POSITION,
            CHECKPOINTS.UPDATED_AT,
            CHECKPOINTS.FENCE)
        .values(CONSUMER, POSITION, TIME, TIME)
        .onConflict(CHECKPOINTS.CONSUMER)
        .doUpdate()
        .set(CHECKPOINTS.GLOBAL_POSITION, excluded(CHECKPOINTS.GLOBAL_POSITION))
        .set(CHECKPOINTS.UPDATED_AT, excluded(CHECKPOINTS.UPDATED_AT));
  }
}
