package dev.daybook.internal.rows;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;

import dev.daybook.internal.dialect.Dialect;
import org.jooq.DSLContext;
import org.jooq.Field;

/** The highest sequence number that a stream has given. */
public final class HighWaterMark {

  private static final Field<Long> OF_NEWEST_EVENT =
      field(select(max(EVENTS.SEQ)).from(EVENTS).where(EVENTS.STREAM_ID.eq(STREAMS.STREAM_ID)));

  private HighWaterMark() {}

  /**
   * That of the stream of a row of the streams table: as the row says, or that of its newest event
   * if not every append writes the row.
   */
  public static Field<Long> of(DSLContext dsl) {
    return Dialect.of(dsl).appendsWriteStreamRow()
        ? STREAMS.LAST_SEQ
        : greatest(STREAMS.LAST_SEQ, coalesce(OF_NEWEST_EVENT, inline(0L)));
  }
}
