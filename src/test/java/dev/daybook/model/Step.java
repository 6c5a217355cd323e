package dev.daybook.model;

import java.util.List;

/** One step of a trial, by one of two Daybooks on the same database. */
sealed interface Step {

  /** Which of the two it is. */
  int daybook();

  /** An operation by itself. */
  record Alone(int daybook, Operation operation) implements Step {}

  /** Operations in one transaction, which is committed or rolled back. */
  record Together(int daybook, List<Operation> operations, boolean commit) implements Step {}

  /** The Daybook is closed, and opened again. */
  record Reopen(int daybook) implements Step {}
}
