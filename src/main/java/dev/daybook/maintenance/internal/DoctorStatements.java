package dev.daybook.maintenance.internal;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.param;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.statements.Script;
import dev.daybook.journal.internal.read.Watermark;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Param;

/** The statements of the doctor. */
final class DoctorStatements {

  static final Param<Long> POSITION = param(EVENTS.GLOBAL_POSITION);

  final Script database;
  final Script lastEvent;
  final Script eventsBehind;
  final Optional<Watermark> watermark;
  final Optional<Script> holders;

  /**
   * @param writing how events are written, if several transactions write at a time
   */
  DoctorStatements(DSLContext dsl, Optional<PositionProtocol> writing) {
    this.database = Script.of(dsl, () -> Dialect.of(dsl).version(dsl));
    this.lastEvent =
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
    this.watermark = writing.map(it -> new Watermark(dsl, it));
    this.holders = writing.map(it -> Script.of(dsl, () -> it.holders()));
  }
}
