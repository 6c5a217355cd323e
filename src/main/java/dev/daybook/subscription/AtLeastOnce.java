package dev.daybook.subscription;

import dev.daybook.internal.input.InputRules;
import dev.daybook.meta.Internal;
import java.util.Objects;

/**
 * The handler is called first, and the checkpoint saved after it: not after each call, but after
 * the first that returns when the last save was 200 milliseconds ago, and when the subscription
 * comes to a rest or is stopped. If the process dies in between, the events since the checkpoint
 * are given again. For handlers whose effect is outside of this database, or does no harm twice; an
 * event is known by its stream and sequence number.
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
   * Several events at once, as many as are there.
   *
   * @param most how many at the most
   * @throws dev.daybook.error.InvalidInputException if it is not from 1 to {@link #MAX_BATCH}
   */
  public static <E> AtLeastOnce<E> inBatches(int most, BatchHandler<E> handler) {
    return new AtLeastOnce<>(most, Objects.requireNonNull(handler, "handler"), false);
  }

  /**
   * The same, for a handler that can bear that events which it has handled are lost, and others
   * come in their place: when the database was taken back to an earlier state, the subscription
   * logs it and goes on from the checkpoint that the database has. Without this it stops then,
   * since the handler's effects outside of the database say what is no longer true, and only its
   * owner knows what to do about them; once it is started again, it goes on from there.
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
   * Whether it goes on when the database was taken back to an earlier state.
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
