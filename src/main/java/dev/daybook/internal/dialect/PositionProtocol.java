package dev.daybook.internal.dialect;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Query;

/**
 * The pieces of statements for a database in which several transactions append at a time: there a
 * lower position can be committed after a higher one. A writer announces itself, by {@link
 * #announce}, before it draws its first position; a reader asks for the {@link #watermark} first,
 * and reads up to it by another statement.
 */
public interface PositionProtocol extends ManyRows {

  /**
   * Announces that the transaction is going to draw positions, and returns the position after which
   * its first one is: for {@link #begun} and {@link #begunBefore}. To be selected, a row at most.
   */
  Field<?> announce();

  /**
   * The position after which the transaction has drawn its first one, or is going to now.
   *
   * @param announcement what {@link #announce} was selected as
   */
  Field<Long> begun(Name announcement);

  /** The same, but NULL if it had drawn none before it announced that it is going to. */
  Field<Long> begunBefore(Name announcement);

  /**
   * The same as {@link #announce} for a statement that is a transaction by itself: nothing else can
   * ask later whether it was announced.
   *
   * @return the position after which the transaction is going to draw its first one; never NULL
   */
  Field<Long> announceAlone();

  /** Whether a transaction that is {@link #begun} there is another one than that which asks. */
  Condition isOthers(Field<Long> begun);

  /**
   * Waits until no other transaction that has appended is in progress, and keeps all others from
   * appending until the transaction ends; they may read. To be run before anything else is locked.
   */
  Query keepOthersOut();

  /** Draws a position. */
  Field<Long> nextPosition();

  /**
   * The watermark: the highest position at or below which nothing can appear any more. Three
   * columns: the position; whether a transaction that asks, and then reads by another statement,
   * sees all that was committed below it, 0 if it does not, because it keeps reading an older
   * state; and the highest position that was drawn once the watermark was known.
   */
  Query watermark();

  /**
   * The transactions that hold the watermark back: a row for each, the lowest position first.
   *
   * <p>The columns: the position after which the transaction has announced to draw; its backend's
   * process id, or the name that it was prepared under, which then has none; its user, its
   * application's name, its client's address; for how many milliseconds it is open; what it is
   * doing; its statement; the process ids that it waits for, with commas. What the server does not
   * report is null.
   */
  Query holders();
}
