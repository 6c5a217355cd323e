package dev.daybook.subscription;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.daybook.journal.Registration;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Notifies of new events: at once of those that this {@link dev.daybook.Daybook} appends, and of
 * those of other processes each {@link dev.daybook.DaybookBuilder#pollInterval}. It only says that
 * there are new events; to get each event once, use {@link Subscriptions}.
 *
 * <p>Safe for use by several threads. Every method throws {@link dev.daybook.error.ClosedException}
 * after the {@link dev.daybook.Daybook} was closed.
 */
public interface Notifier {

  /**
   * Waits until the journal's last event is at a position or after it.
   *
   * @return {@code false} if the time is up
   * @throws dev.daybook.error.ClosedException also if the Daybook is closed meanwhile: that ends
   *     every wait
   */
  @CheckReturnValue
  boolean awaitPosition(long position, Duration timeout) throws InterruptedException;

  /**
   * Calls a listener with the position of the journal's last event whenever there are new ones, on
   * its own thread, one call after the other; several new events in quick succession may be one
   * call. What it throws is logged. Unlike {@link dev.daybook.journal.Journal#onAppend} it is also
   * called for events of other processes.
   *
   * @return ends the registration when closed, and waits for a call that is running, unless it is
   *     this call that closes it; closing the Daybook ends it too. Closing it inside a transaction
   *     of the Daybook is an {@link IllegalStateException}
   */
  Registration onNews(LongConsumer listener);

  /**
   * Makes all that wait for new events of this Daybook check for them, subscriptions and live
   * queries included: for events that were written through another connection, where polling is off
   * or too slow. If there are none, nothing happens.
   */
  void signal();
}
