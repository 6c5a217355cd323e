package dev.daybook.subscription;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A subscription that was started here. Safe for use by several threads.
 *
 * <p>Its handler is called on the subscription's own thread, one call after the other. With
 * partitions it is called on as many threads; the events of one stream stay in order. The threads
 * are daemons, which don't keep a process alive: a program that has nothing else to do waits for
 * {@link #done}.
 */
public interface Subscription extends AutoCloseable {

  String name();

  SubscriptionState state();

  /**
   * The position up to which everything has been handled here; the saved checkpoint can be a little
   * behind. 0 before it had the lease for the first time. After {@link Subscriptions#reset} and
   * {@link Subscriptions#rebuild} of the same Daybook have returned, the position that it was moved
   * to, or a later one.
   */
  long position();

  /**
   * What the last attempt to handle an event failed with, if none has succeeded since: what the
   * handler threw, what prevented its event from being decoded, or a failure of the database during
   * its call.
   */
  Optional<Throwable> lastFailure();

  /**
   * Waits until everything up to a position has been handled: to read your own writes in a
   * projection, wait for the position that an append has returned.
   *
   * @return {@code false} if the time is up
   * @throws SubscriptionStoppedException if it has stopped by itself and so never will
   * @throws dev.daybook.error.ClosedException if it was closed
   */
  @CheckReturnValue
  boolean awaitPosition(long position, Duration timeout) throws InterruptedException;

  /**
   * Waits until it has a state, if it is not in it already; {@link SubscriptionState#LIVE} once all
   * existing events are handled.
   *
   * @return {@code false} if the time is up
   * @throws SubscriptionStoppedException if it has stopped by itself and so never will
   * @throws dev.daybook.error.ClosedException if it was closed and so never will
   */
  @CheckReturnValue
  boolean awaitState(SubscriptionState state, Duration timeout) throws InterruptedException;

  /**
   * Lets the handler finish what it has, and begins nothing new until {@link #resume}: no retry
   * either. An event whose retry was due comes first then, with all the retries of {@link
   * OnFailure}.
   *
   * <p>This pauses the one that was started here, until it is resumed here or closed. {@link
   * Subscriptions#pause} pauses the holder of the lease, in any process. A subscription works only
   * while neither pauses it, and each is undone by its own counterpart alone.
   */
  void pause();

  /**
   * Undoes {@link #pause}; it stays paused while its name is {@link Subscriptions#pause paused}.
   */
  void resume();

  /**
   * Is completed when it has ended: normally after {@link #close}, with the exception when it has
   * stopped by itself. To wait for that, {@code done().toCompletableFuture().join()}.
   */
  CompletionStage<Void> done();

  /**
   * Stops: begins nothing new, waits for the handler's current call, saves the checkpoint and gives
   * the lease up. A call that takes longer than the {@link Subscriber#stopTimeout} is interrupted;
   * one that does not end within another ten seconds is left running, which is logged. Closing
   * twice does nothing. Called by the handler itself it does not wait.
   *
   * @throws IllegalStateException if called inside a transaction of the Daybook: the handler may
   *     wait for that
   */
  @Override
  void close();
}
