package dev.daybook.internal.statements;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A query with its parameters and its rows. It is the last statement of its script; if there are
 * others, they are questions that are asked before it.
 *
 * @param script the query, maybe with a question before it
 * @param once whether the query was rendered for this one use
 * @param parameters sets the parameters
 * @param rows makes a value of each row of the query
 * @param within whether a value is a part of the answer; with the first that is not, it ends
 * @param firstAtOnce whether the first row is read as soon as the query has run, before it is asked
 *     for
 * @param answered is given the row of each question, before the first row of the query is read. The
 *     row can't be used after the call; it may use the session for other statements
 */
public record RowQuery<T>(
    Script script,
    boolean once,
    Consumer<Execution> parameters,
    RowReader<T> rows,
    Predicate<T> within,
    boolean firstAtOnce,
    BiConsumer<Session, Optional<Row>> answered) {

  /** A query alone. */
  public static <T> RowQuery<T> of(
      Script query, boolean once, Consumer<Execution> parameters, RowReader<T> rows) {
    return asking(query, once, parameters, rows, (session, row) -> {});
  }

  /** A query alone, whose text never changes. */
  public static <T> RowQuery<T> of(
      Script query, Consumer<Execution> parameters, RowReader<T> rows) {
    return of(query, false, parameters, rows);
  }

  /** A query with a question before it, if its script has one. */
  public static <T> RowQuery<T> asking(
      Script script,
      boolean once,
      Consumer<Execution> parameters,
      RowReader<T> rows,
      BiConsumer<Session, Optional<Row>> answered) {
    return new RowQuery<>(script, once, parameters, rows, value -> true, false, answered);
  }

  /** The same up to the first value that is not within. */
  public RowQuery<T> upTo(Predicate<T> within) {
    return new RowQuery<>(script, once, parameters, rows, within, firstAtOnce, answered);
  }

  /** The same with its first row read at once. */
  public RowQuery<T> firstRowAtOnce() {
    return new RowQuery<>(script, once, parameters, rows, within, true, answered);
  }
}
