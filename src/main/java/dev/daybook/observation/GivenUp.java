package dev.daybook.observation;

/** What a subscription does with an event that it does not handle. */
public enum GivenUp {
  /** It is a dead letter now: the handler has failed on it. */
  PARKED,
  /** It is a dead letter now, untried: an earlier one holds up its stream. */
  QUEUED,
  /** It is skipped. */
  SKIPPED
}
