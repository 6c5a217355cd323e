package dev.daybook.journal.internal;

import static dev.daybook.internal.dialect.ManyRows.arrayOf;
import static dev.daybook.internal.jooq.Tables.EVENTS;
import static dev.daybook.internal.jooq.Tables.EVENTS_TAGS;
import static dev.daybook.internal.jooq.Tables.STREAMS;
import static dev.daybook.journal.internal.JournalStatements.STREAM_ID;
import static dev.daybook.journal.internal.ParallelStatements.ANNOUNCED;
import static dev.daybook.journal.internal.ParallelStatements.BASE;
import static dev.daybook.journal.internal.ParallelStatements.BEGUN;
import static dev.daybook.journal.internal.ParallelStatements.CLAIMED;
import static dev.daybook.journal.internal.ParallelStatements.LABELLED;
import static dev.daybook.journal.internal.ParallelStatements.LABELS;
import static dev.daybook.journal.internal.ParallelStatements.ORDINAL;
import static dev.daybook.journal.internal.ParallelStatements.WRITTEN;
import static dev.daybook.journal.internal.ParallelStatements.column;
import static dev.daybook.journal.internal.ParallelStatements.written;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.table;

import dev.daybook.internal.dialect.ParallelWriting;
import dev.daybook.internal.sql.Rendered;
import dev.daybook.journal.StreamState;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.ResultQuery;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.WithStep;

/**
 * Appends to one stream as one statement.
 *
 * <p>The stream's row is written first, and waits for whoever else writes it; then positions are
 * drawn, behind all that the stream has.
 */
final class StreamAppends {

  static final Param<Long> COUNT = param(STREAMS.LAST_SEQ);
  static final Param<Long> LOWEST = param(STREAMS.LAST_SEQ);
  static final Param<Long> HIGHEST = param(STREAMS.LAST_SEQ);
  static final Param<String[]> TAG_NAMES = arrayOf(EVENTS_TAGS.TAG);

  private static final Field<Long> CLAIMED_BASE = field(CLAIMED.append(BASE), Long.class);

  final Rendered appendToAny;
  final Rendered appendToAnyTagged;
  final Rendered appendToKnown;
  final Rendered appendToKnownTagged;
  final Rendered appendOneToAny;
  final Rendered appendOneToAnyTagged;
  final Rendered appendOneToKnown;
  final Rendered appendOneToKnownTagged;

  private final DSLContext dsl;
  private final ParallelWriting writing;

  StreamAppends(DSLContext dsl, ParallelWriting writing) {
    this.dsl = dsl;
    this.writing = writing;
    this.appendToAny = Rendered.of(dsl, () -> append(claimAny(), false));
    this.appendToAnyTagged = Rendered.of(dsl, () -> append(claimAny(), true));
    this.appendToKnown = Rendered.of(dsl, () -> append(claimKnown(), false));
    this.appendToKnownTagged = Rendered.of(dsl, () -> append(claimKnown(), true));
    this.appendOneToAny = Rendered.of(dsl, () -> appendOne(claimAny(), false));
    this.appendOneToAnyTagged = Rendered.of(dsl, () -> appendOne(claimAny(), true));
    this.appendOneToKnown = Rendered.of(dsl, () -> appendOne(claimKnown(), false));
    this.appendOneToKnownTagged = Rendered.of(dsl, () -> appendOne(claimKnown(), true));
  }

  /**
   * Appends any number of events, which come in {@link EventArrays}.
   *
   * @param mayBeUnknown whether the stream may be one that has no row yet
   */
  Rendered events(boolean mayBeUnknown, boolean tagged) {
    if (mayBeUnknown) {
      return tagged ? appendToAnyTagged : appendToAny;
    }
    return tagged ? appendToKnownTagged : appendToKnown;
  }

  /** Appends one event, whose columns come one by one: arrays of one element cost more. */
  Rendered oneEvent(boolean mayBeUnknown, boolean tagged) {
    if (mayBeUnknown) {
      return tagged ? appendOneToAnyTagged : appendOneToAny;
    }
    return tagged ? appendOneToKnownTagged : appendOneToKnown;
  }

  private ResultQuery<?> append(ResultQuery<?> claim, boolean tagged) {
    Table<?> events =
        EventArrays.events(writing, List.of(EVENTS.BEGUN_AFTER), List.of(EventArrays.ENDS));
    WithStep with =
        announced(claim)
            .with(WRITTEN)
            .as(
                EventArrays.insertTogether(
                    dsl,
                    writing,
                    STREAM_ID,
                    CLAIMED_BASE.plus(ORDINAL),
                    writing.nextPosition(),
                    table(CLAIMED).crossJoin(table(ANNOUNCED)).crossJoin(events)));
    if (tagged) {
      Field<Long> seq = CLAIMED_BASE.plus(column(LABELS, EVENTS_TAGS.SEQ));
      Table<?> labelled =
          table(WRITTEN)
              .crossJoin(table(CLAIMED))
              .join(ParallelStatements.labels(writing))
              .on(written(EVENTS.SEQ).eq(seq));
      with = with.with(LABELLED).as(ParallelStatements.label(dsl, labelled, WRITTEN));
    }
    return places(with).orderBy(written(EVENTS.GLOBAL_POSITION));
  }

  private ResultQuery<?> appendOne(ResultQuery<?> claim, boolean tagged) {
    WithStep with =
        announced(claim)
            .with(WRITTEN)
            .as(
                EventValues.insertOnly(
                    dsl,
                    writing.nextPosition(),
                    CLAIMED_BASE.plus(inline(1L)),
                    writing.begunBefore(ANNOUNCED.append(BEGUN)),
                    table(CLAIMED).crossJoin(table(ANNOUNCED))));
    if (tagged) {
      Table<?> tags =
          writing.rows(LABELS, List.of(EVENTS_TAGS.TAG.getUnqualifiedName()), List.of(TAG_NAMES));
      with =
          with.with(LABELLED)
              .as(ParallelStatements.label(dsl, table(WRITTEN).crossJoin(tags), WRITTEN));
    }
    return places(with);
  }

  private WithStep announced(ResultQuery<?> claim) {
    return dsl.with(CLAIMED)
        .as(claim)
        .with(ANNOUNCED)
        .asMaterialized(dsl.select(writing.announce().as(BEGUN)).from(table(CLAIMED)));
  }

  private static SelectJoinStep<?> places(WithStep with) {
    return with.select(written(EVENTS.GLOBAL_POSITION), written(EVENTS.SEQ)).from(table(WRITTEN));
  }

  private ResultQuery<?> claimAny() {
    return dsl.insertInto(STREAMS, STREAMS.STREAM_ID, STREAMS.LAST_SEQ)
        .values(STREAM_ID, COUNT)
        .onConflict(STREAMS.STREAM_ID)
        .doUpdate()
        .set(STREAMS.LAST_SEQ, STREAMS.LAST_SEQ.plus(excluded(STREAMS.LAST_SEQ)))
        .where(isAsExpected())
        .returning(STREAMS.LAST_SEQ.minus(COUNT).as(BASE));
  }

  private ResultQuery<?> claimKnown() {
    return dsl.update(STREAMS)
        .set(STREAMS.LAST_SEQ, STREAMS.LAST_SEQ.plus(COUNT))
        .where(STREAMS.STREAM_ID.eq(STREAM_ID))
        .and(isAsExpected())
        .returning(STREAMS.LAST_SEQ.minus(COUNT).as(BASE));
  }

  private static Condition isAsExpected() {
    return STREAMS
        .STATE
        .eq(inline(StreamState.ACTIVE.name()))
        .and(STREAMS.LAST_SEQ.between(LOWEST, HIGHEST));
  }
}
