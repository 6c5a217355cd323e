package dev.daybook.subscription;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A subscription that was started here. Safe for use by several threads.
 *
 * <p>Its handler is called on a thread of the subscription's own, one call after the other; with
 * partitions on as many threads, where the events of one stream stay in order.
 */
public interface Subscription extends AutoCloseable {

  String name();

  SubscriptionState state();

  /**
   * Up to where everything has been handled here; what is saved can be a little behind. 0 before
   * the lease was first had. After {@link Subscriptions#reset} and {@link Subscriptions#rebuild} of
   * the same Daybook have returned, the place that it was moved to, or behind it.
   */
  long position();

  /**
   * Waits until everything up to a position has been handled: to read one's own writes in a
   * projection, wait for the position that an append has returned.
   *
   * @return {@code false} if the time is up
   * @throws SubscriptionStoppedException if it has stopped by itself and never will
   * @throws dev.daybook.error.ClosedException if it was closed
   */
  @CheckReturnValue
  boolean awaitPosition(long position, Duration timeout) throws InterruptedException;

  /**
   * Waits until it has a state, if it is not in it already; {@link SubscriptionState#LIVE} for
   * everything that there is.
   *
   * @return {@code false} if the time is up
   * @throws SubscriptionStoppedException if it has stopped by itself and never will
   * @throws dev.daybook.error.ClosedException if it was closed and never will
   */
  @CheckReturnValue
  boolean awaitState(SubscriptionState state, Duration timeout) throws InterruptedException;

  /**
   * Lets the handler finish what it has, and begins nothing new until {@link #resume}: no retry
   * either. An event that was to be tried again comes first then, with all the retries that {@link
   * OnFailure} gives it.
   *
   * <p>This pauses the one that was started here, until it is resumed here or closed. {@link
   * Subscriptions#pause} pauses whoever has the lease of the name. One works only while neither
   * pauses it, and each is undone by its own counterpart alone.
   */
  void pause();

  /**
   * Undoes {@link #pause}; it stays paused while its name is {@link Subscriptions#pause paused}.
   */
  void resume();

  /**
   * Is completed when it has ended: normally after {@link #close}, with what was the matter when it
   * has stopped by itself.
   */
  CompletionStage<Void> done();

  /**
   * Stops: begins nothing new, waits for the handler's current call, saves the checkpoint and gives
   * the lease up. A call that goes on for longer than the {@link Subscriber#stopTimeout} is
   * interrupted; one that does not heed that within ten seconds more is left behind, and logged.
   * Closing twice does nothing. Called by the handler itself it only asks for the end.
   *
   * @throws IllegalStateException if called inside a transaction of the Daybook, which what it
   *     waits for may need
   */
  @Override
  void close();
}
