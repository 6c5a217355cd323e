package dev.daybook.subscription;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.daybook.journal.Registration;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Word of new events: at once of those that this {@link dev.daybook.Daybook} appends, and of other
 * processes' as often as {@link dev.daybook.DaybookBuilder#pollInterval} says. It only says that
 * there is something; to be given each event, and none twice, use {@link Subscriptions}.
 *
 * <p>Safe for use by several threads. Every method throws {@link dev.daybook.error.ClosedException}
 * after the {@link dev.daybook.Daybook} was closed.
 */
public interface Notifier {

  /**
   * Waits until the journal's last event is at a position or behind it.
   *
   * @return {@code false} if the time is up
   * @throws dev.daybook.error.ClosedException also if the Daybook is closed meanwhile: that ends
   *     every wait
   */
  @CheckReturnValue
  boolean awaitPosition(long position, Duration timeout) throws InterruptedException;

  /**
   * Tells a listener the position of the journal's last event whenever there are new ones, on a
   * thread of its own, one call after the other; those that come close together are told as one.
   * What it throws is logged. Unlike {@link dev.daybook.journal.Journal#onAppend} it hears of other
   * processes' events too.
   *
   * @return ends the registration when closed, and waits for a call that is going on, unless it is
   *     this call that closes it; closing the Daybook ends it too. Closing it inside a transaction
   *     of the Daybook is an {@link IllegalStateException}
   */
  Registration onNews(LongConsumer listener);

  /**
   * Has everybody look for new events who waits for them here, subscriptions and live queries
   * included: for events that came through another connection than this Daybook's, where polling is
   * off or too slow. Does no harm if there are none.
   */
  void signal();
}
