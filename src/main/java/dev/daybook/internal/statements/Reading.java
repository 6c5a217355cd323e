package dev.daybook.internal.statements;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A query, and maybe a question that is asked along with it: a statement before it or behind it,
 * whose row is looked at before the query's first. Where the database takes several statements as
 * one text, both go to it as one.
 *
 * @param statements the query, or the query and the question, in the order in which they are run
 * @param query which of the statements is the query
 * @param once whether they were rendered for this one use
 * @param parameters sets the parameters
 * @param rows makes a value of each row of the query
 * @param within whether a value is a part of the answer; with the first that is not, it ends
 * @param firstAtOnce whether the first row is read as soon as the query has run, before anybody
 *     asks for it
 * @param answered is given the question's row. The row is of no use after the call; it may use the
 *     session for other statements
 */
public record Reading<T>(
    RenderedTogether statements,
    int query,
    boolean once,
    Consumer<Parameters> parameters,
    RowReader<T> rows,
    Predicate<T> within,
    boolean firstAtOnce,
    BiConsumer<Session, Optional<Row>> answered) {

  /** A query alone. */
  public static <T> Reading<T> of(
      Rendered query, boolean once, Consumer<Parameters> parameters, RowReader<T> rows) {
    return new Reading<>(
        RenderedTogether.alone(query),
        0,
        once,
        parameters,
        rows,
        value -> true,
        false,
        (session, row) -> {});
  }

  /** A query alone, whose text never changes. */
  public static <T> Reading<T> of(
      Rendered query, Consumer<Parameters> parameters, RowReader<T> rows) {
    return of(query, false, parameters, rows);
  }

  /** The same up to the first value that is not within. */
  public Reading<T> upTo(Predicate<T> within) {
    return new Reading<>(statements, query, once, parameters, rows, within, firstAtOnce, answered);
  }

  /** The same with its first row read at once. */
  public Reading<T> firstRowAtOnce() {
    return new Reading<>(statements, query, once, parameters, rows, within, true, answered);
  }
}
