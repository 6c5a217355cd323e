package dev.daybook.internal.groupcommit;

/**
 * A write that may share a transaction with other callers' requests, and that still has its own
 * outcome. Made for one use.
 */
public interface WriteRequest {

  /** About how much memory it takes while it waits. */
  long bytes();

  Outcome outcome();
}
