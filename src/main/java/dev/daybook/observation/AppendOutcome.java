package dev.daybook.observation;

/** What became of an append. */
public enum AppendOutcome {
  /**
   * Its events are stored; in a caller's transaction, once that commits. So are those of an {@code
   * appendAll} of which some keys had been seen before.
   */
  APPENDED,
  /** Its idempotency key had been seen before, and nothing was written. */
  REPEATED,
  /** A stream was not where the append expects it: a {@code ConflictException}. */
  CONFLICT,
  /**
   * It would be refused again: bad input, an event that can't be encoded, a stream that can't be
   * written, a Daybook that only reads.
   */
  REFUSED,
  /** Its deadline passed or its thread was interrupted, and nothing was written. */
  TIMED_OUT,
  /** Its events may be stored or not: an {@code OutcomeUnknownException}. */
  UNKNOWN,
  /** Anything else that was thrown, such as a failure of the database. */
  FAILED
}
