package dev.daybook.internal.dialect;

import org.jooq.Field;
import org.jooq.Query;

/**
 * The pieces of statements for a database in which several transactions append at a time: there a
 * lower position can be committed after a higher one. Whoever appends announces that, by {@link
 * #announce}, before drawing the first position; whoever reads asks for the {@link #watermark}
 * first, and reads no further, in another statement.
 */
public interface ParallelWriting extends ManyRows {

  /** Announces that the transaction is going to draw positions. To be selected, a row at most. */
  Field<?> announce();

  /** Draws a position. */
  Field<Long> nextPosition();

  /**
   * The watermark: the highest position at or below which nothing can appear any more. Two columns:
   * the position, and whether a transaction that asks, and then reads by another statement, sees
   * all that was committed below it; 0 if it does not, because it goes on reading an older state.
   */
  Query watermark();

  /**
   * Who holds the watermark back, if anybody: a row for each transaction, the lowest position
   * first.
   *
   * <p>The columns: the position behind which the transaction has announced to draw; its backend's
   * process id, or the name that it was prepared under, which then has none; its user, its
   * application's name, its client's address; for how many milliseconds it is open; what it is
   * doing; its statement; the process ids that it waits for, with commas. What the server does not
   * tell is null.
   */
  Query holders();
}
