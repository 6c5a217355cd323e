package dev.daybook.subscription;

import dev.daybook.internal.input.InputRules;
import dev.daybook.meta.Internal;
import java.util.Objects;

/**
 * The handler is called first, and the checkpoint saved after it: not after each call, but after
 * the first that returns when the last save was 200 milliseconds ago, and when the subscription has
 * no more events to handle or is stopped. If the process dies in between, the events since the
 * checkpoint are delivered again. For handlers whose effect is outside of this database, or that
 * are idempotent; stream id and sequence number identify an event.
 *
 * @param <E> the type of the events
 */
public final class AtLeastOnce<E> implements Delivery<E> {

  private final int batch;
  private final BatchHandler<E> handler;
  private final boolean goesOnAfterRollback;

  private AtLeastOnce(int batch, BatchHandler<E> handler, boolean goesOnAfterRollback) {
    this.batch = InputRules.requireRange("the batch size", batch, 1, MAX_BATCH);
    this.handler = handler;
    this.goesOnAfterRollback = goesOnAfterRollback;
  }

  /** Event by event. */
  public static <E> AtLeastOnce<E> each(EventHandler<E> handler) {
    Objects.requireNonNull(handler, "handler");
    return new AtLeastOnce<>(1, events -> handler.handle(events.get(0)), false);
  }

  /**
   * Several events at once, as many as are available.
   *
   * @param most how many at the most
   * @throws dev.daybook.error.InvalidInputException if it is not from 1 to {@link #MAX_BATCH}
   */
  public static <E> AtLeastOnce<E> inBatches(int most, BatchHandler<E> handler) {
    return new AtLeastOnce<>(most, Objects.requireNonNull(handler, "handler"), false);
  }

  /**
   * The same, but the subscription continues when the database was rolled back to an earlier state:
   * it logs that, and continues from the checkpoint that the database has. Events that the handler
   * has handled are then lost, and others have their positions. Without this the subscription
   * stops, because the handler's effects outside of the database no longer match it, and an
   * operator has to decide what to do; once it is started again, it continues from that checkpoint.
   */
  public AtLeastOnce<E> goingOnAfterRollback() {
    return new AtLeastOnce<>(batch, handler, true);
  }

  @Override
  @Internal("subscription.internal reads it")
  public int batch() {
    return batch;
  }

  /**
   * Whether it continues when the database was rolled back to an earlier state.
   *
   * @hidden
   */
  @Internal("subscription.internal reads it")
  public boolean goesOnAfterRollback() {
    return goesOnAfterRollback;
  }

  /**
   * What handles a batch, or one event alone.
   *
   * @hidden
   */
  @Internal("subscription.internal reads it")
  public BatchHandler<E> handler() {
    return handler;
  }
}
