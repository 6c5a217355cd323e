package dev.daybook.maintenance.internal;

import static dev.daybook.internal.jooq.Tables.DOC_META;
import static dev.daybook.internal.jooq.Tables.DOC_RECORDS;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.SNAPSHOTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.statements.Script;
import org.jooq.DSLContext;
import org.jooq.Query;

/** The statements that count what is stored. No index serves the types. */
final class CountStatements {

  final Script types;
  final Script tags;
  final Script totals;
  final Script gaps;

  CountStatements(DSLContext dsl) {
    this.types = Script.of(dsl, () -> types(dsl));
    this.tags = Script.of(dsl, () -> tags(dsl));
    this.totals =
        Script.of(
            dsl,
            () ->
                dsl.select(
                        field(select(count()).from(EVENTS_TAGS)),
                        field(select(count()).from(SNAPSHOTS)),
                        field(select(count()).from(DOC_META)),
                        field(select(count()).from(DOC_RECORDS)))
                    .where(Dialect.of(dsl).onPrimary()));
    this.gaps =
        Script.of(
            dsl,
            () ->
                dsl.select(
                        field(select(count()).from(EVENTS)),
                        field(select(count()).from(STREAMS).where(STREAMS.DELETED_TO.gt(0L))))
                    .where(Dialect.of(dsl).onPrimary()));
  }

  private static Query types(DSLContext dsl) {
    return dsl.select(EVENTS.EVENT_TYPE, EVENTS.SCHEMA_VERSION, count())
        .from(EVENTS)
        .where(Dialect.of(dsl).onPrimary())
        .groupBy(EVENTS.EVENT_TYPE, EVENTS.SCHEMA_VERSION)
        .orderBy(EVENTS.EVENT_TYPE, EVENTS.SCHEMA_VERSION);
  }

  private static Query tags(DSLContext dsl) {
    return dsl.select(EVENTS_TAGS.TAG, count())
        .from(EVENTS_TAGS)
        .where(Dialect.of(dsl).onPrimary())
        .groupBy(EVENTS_TAGS.TAG)
        .orderBy(EVENTS_TAGS.TAG);
  }
}
