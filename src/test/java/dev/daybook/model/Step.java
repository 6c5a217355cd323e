package dev.daybook.model;

import java.util.List;

/** One step of a trial, by one of two Daybooks on the same database. */
sealed interface Step {

  /** Which of the two it is. */
  int daybook();

  /**
   * An operation by itself.
   *
   * @param inline whether the projection handles what it appends
   */
  record Alone(int daybook, boolean inline, Operation operation) implements Step {}

  /**
   * Operations in one transaction, which is committed or rolled back.
   *
   * @param inline whether the projection handles what they append
   */
  record Together(int daybook, boolean inline, List<Operation> operations, boolean commit)
      implements Step {}

  /** The Daybook is closed, and opened again. */
  record Reopen(int daybook) implements Step {}
}
