package dev.daybook.subscription.internal.handling;

import dev.daybook.journal.internal.read.JournalFeed;

/** On which threads events are handled. Used by the thread that reads them. */
public interface Lanes extends AutoCloseable {

  /**
   * Takes events, in the order of their positions; waits a while if too many are in progress.
   *
   * @return up to where they were taken: not all of them, if it is to stop or pause, or too many
   *     still are
   */
  long take(JournalFeed.Page page);

  /** Up to where everything that was taken is done with. */
  long handledTo();

  /** Whether nothing is in progress. */
  boolean idle();

  /** Waits until the handler's current calls have returned; what was taken can stay waiting. */
  void settle();

  /** Checks again what it is asked to do. May be called by any thread. */
  void wake();

  /** Drops calls that have not begun, and waits for those that have. */
  @Override
  void close();
}
