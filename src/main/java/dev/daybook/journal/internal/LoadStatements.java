package dev.daybook.journal.internal;

import static dev.daybook.internal.jooq.Tables.LOADS;
import static org.jooq.impl.DSL.param;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.statements.Script;
import org.jooq.DSLContext;
import org.jooq.Param;

/** The statements of bulk loads, rendered once for a store. */
final class LoadStatements {

  static final Param<String> NAME = param(LOADS.LOAD_NAME);
  static final Param<Long> OFFSET = param(LOADS.SOURCE_OFFSET);
  static final Param<Long> EVENTS = param(LOADS.EVENTS);
  static final Param<String> NOTE = param(LOADS.NOTE);
  static final Param<Long> TIME = param(LOADS.UPDATED_AT);

  /** The offset before. */
  static final Param<Long> BEFORE = param(LOADS.SOURCE_OFFSET);

  final Script progress;
  final Script begin;
  final Script move;
  final Script forget;

  LoadStatements(DSLContext dsl) {
    this.progress =
        Script.of(
            dsl,
            () ->
                dsl.select(LOADS.SOURCE_OFFSET, LOADS.EVENTS, LOADS.NOTE)
                    .from(LOADS)
                    .where(LOADS.LOAD_NAME.eq(NAME))
                    .and(Dialect.of(dsl).onPrimary()));
    this.begin =
        Script.of(
            dsl,
            () ->
                dsl.insertInto(
                        LOADS,
                        LOADS.LOAD_NAME,
                        LOADS.SOURCE_OFFSET,
                        LOADS.EVENTS,
                        LOADS.NOTE,
                        LOADS.UPDATED_AT)
                    .values(NAME, OFFSET, EVENTS, NOTE, TIME)
                    .onConflictDoNothing());
    this.move =
        Script.of(
            dsl,
            () ->
                dsl.update(LOADS)
                    .set(LOADS.SOURCE_OFFSET, OFFSET)
                    .set(LOADS.EVENTS, EVENTS)
                    .set(LOADS.NOTE, NOTE)
                    .set(LOADS.UPDATED_AT, TIME)
                    .where(LOADS.LOAD_NAME.eq(NAME))
                    .and(LOADS.SOURCE_OFFSET.eq(BEFORE)));
    this.forget =
        Script.of(
            dsl,
            () ->
                dsl.deleteFrom(LOADS)
                    .where(LOADS.LOAD_NAME.eq(NAME))
                    .and(LOADS.SOURCE_OFFSET.eq(BEFORE)));
  }
}
