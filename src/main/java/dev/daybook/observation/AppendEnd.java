package dev.daybook.observation;

import dev.daybook.meta.Internal;
import java.time.Duration;
import java.util.Optional;

/**
 * How an append has ended.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface AppendEnd {

  /** What became of it. */
  AppendOutcome outcome();

  /**
   * How long it waited from its beginning until it was written for the first time: for the
   * encoding, the queue, the group ahead, the writer or the connection. All of its time if it was
   * not written.
   */
  Duration waited();

  /** How long it was written from then on, with its commit. */
  Duration written();

  /** What it threw; empty if it has returned. */
  Optional<Throwable> failure();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("journal.internal makes it")
  record AppendEndValues(
      AppendOutcome outcome, Duration waited, Duration written, Optional<Throwable> failure)
      implements AppendEnd {}
}
