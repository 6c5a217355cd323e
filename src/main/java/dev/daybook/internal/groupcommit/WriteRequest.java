package dev.daybook.internal.groupcommit;

/**
 * Something to be written that may share a transaction with what others ask for at the same time,
 * and that has an outcome of its own all the same. Made for one use.
 */
public interface WriteRequest {

  /** About how much memory it takes while it waits. */
  long bytes();

  Outcome outcome();
}
