package dev.daybook.subscription.internal;

import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import java.util.List;

/** On which threads events are handled. Used by the thread that reads them. */
interface Lanes extends AutoCloseable {

  /**
   * Takes events, in the order of their positions; waits if too many are under way.
   *
   * @param scannedTo up to which position there are no others
   * @return up to where they were taken: not all of them, if it is to stop or pause
   */
  long take(List<RecordedEvent<EncodedEvent>> events, long scannedTo);

  /** Up to where everything that was taken is done with. */
  long handledTo();

  /** Whether nothing is under way. */
  boolean idle();

  /** Waits until the handler's current calls have returned; what was taken can stay waiting. */
  void settle();

  /** Goes on after a pause. */
  void resume();

  /** Lets go of what has not begun, and waits for what has. */
  @Override
  void close();
}
