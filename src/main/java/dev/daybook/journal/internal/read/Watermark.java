package dev.daybook.journal.internal.read;

import static dev.daybook.internal.jooq.Tables.EVENTS;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.param;

import dev.daybook.internal.dialect.Dialect;
import dev.daybook.internal.dialect.PositionProtocol;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/**
 * Up to which position a reader across streams may read where several transactions write at a time:
 * up to the watermark, and from there back to where no transaction has events on both sides.
 *
 * <p>A statement that writes events stores with the last one of each stream the position after
 * which its transaction has drawn its first. So a transaction that lies on both sides of a position
 * has a note above it that names one below it. The search begins at the watermark, goes back to the
 * lowest that is named, and continues from there, because another transaction may lie on both sides
 * of that.
 *
 * <p><b>Why it is the same whenever it is asked.</b> Once a watermark is known, each transaction
 * that has drawn a position at or below it has ended, and what it has committed is seen: {@link
 * PositionProtocol#watermark} explains that. So all transactions are known that can lie on both
 * sides of the watermark, or of anything below it, and none is added later: where readers stop, no
 * transaction will ever lie on both sides. That is why an answer is kept. It is that of every
 * watermark between itself and the one that it was found for, so a search ends when it reaches that
 * range. A transaction that announced itself late may name a lower position than necessary: then a
 * search that finds it stops earlier, and shows no less than whole transactions.
 *
 * <p>If no position above the watermark had been drawn after the locks were read, those
 * transactions have nothing above it either, and no search is needed.
 *
 * <p>Deleting takes events from a stream's beginning, and so the note last: as long as an event
 * above a position exists, its note does too.
 */
public final class Watermark {

  private static final Param<Long> POSITION = param(EVENTS.GLOBAL_POSITION);
  private static final Param<Long> TO_POSITION = param(EVENTS.GLOBAL_POSITION);

  /**
   * What was found.
   *
   * @param whole up to which position one may read with any watermark from there up to this one
   */
  private record Found(long watermark, long whole) {

    boolean holdsFor(long position) {
      return whole <= position && position <= watermark;
    }
  }

  private static final Found NOTHING = new Found(0, 0);

  final Script watermark;
  final Script lowestBegin;
  private volatile Found last = NOTHING;

  public Watermark(DSLContext dsl, PositionProtocol writing) {
    this.watermark = Script.of(dsl, writing::watermark);
    this.lowestBegin = Script.of(dsl, () -> lowestBegin(dsl, writing));
  }

  /** Reads the watermark. The events must be read by another statement. */
  public Script look() {
    return watermark;
  }

  /** Whether a statement that follows in the same transaction sees what was committed below it. */
  static boolean isUpToDate(Row found) {
    return found.number(2) != 0;
  }

  /**
   * Up to which position one may read.
   *
   * @param found by {@link #look}
   * @param isCallers whether the session is in a caller's transaction, whose own events do not
   *     count
   */
  public long whole(Session session, Row found, boolean isCallers) {
    return whole(session, found.number(1), found.number(3), isCallers);
  }

  private long whole(Session session, long found, long highest, boolean isCallers) {
    if (highest < last.watermark()) {
      // The database was rolled back to an earlier state: what was found belongs to another one.
      last = NOTHING;
    }
    if (highest <= found) {
      return found;
    }
    Found known = isCallers ? NOTHING : last;
    long whole = goBack(session, found, highest, known);
    if (!isCallers) {
      last = new Found(found, whole);
    }
    return whole;
  }

  /** Each step searches what the one before has not searched. */
  private long goBack(Session session, long from, long highest, Found known) {
    long position = from;
    long above = highest;
    while (!known.holdsFor(position)) {
      Long lower = lowestBegin(session, position, above);
      if (lower == null) {
        return position;
      }
      above = position;
      position = lower;
    }
    return known.whole();
  }

  private @Nullable Long lowestBegin(Session session, long position, long to) {
    try (Execution prepared = session.prepare(lowestBegin)) {
      return prepared
          .set(POSITION, position)
          .set(TO_POSITION, to)
          .first(row -> Optional.ofNullable(row.optionalNumber(1)))
          .flatMap(lower -> lower)
          .orElse(null);
    }
  }

  /**
   * By an expression that only the index of the notes has: that of all positions would lead to each
   * event.
   */
  private static Query lowestBegin(DSLContext dsl, PositionProtocol writing) {
    Field<Long> position = EVENTS.GLOBAL_POSITION.plus(inline(0L));
    return dsl.select(min(EVENTS.BEGUN_AFTER))
        .from(EVENTS)
        .where(position.gt(POSITION))
        .and(position.le(TO_POSITION))
        .and(EVENTS.BEGUN_AFTER.lt(POSITION))
        .and(writing.isOthers(EVENTS.BEGUN_AFTER))
        .and(Dialect.of(dsl).onPrimary());
  }
}
