package dev.daybook.subscription;

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

  private AtLeastOnce(int batch, BatchHandler<E> handler) {
    this.batch = Delivery.requireBatch(batch);
    this.handler = handler;
  }

  /** Event by event. */
  public static <E> AtLeastOnce<E> each(EventHandler<E> handler) {
    Objects.requireNonNull(handler, "handler");
    return new AtLeastOnce<>(1, events -> handler.handle(events.get(0)));
  }

  /**
   * Several events at once, as many as are there.
   *
   * @param most how many at the most
   * @throws dev.daybook.InvalidInputException if it is not from 1 to {@link #MAX_BATCH}
   */
  public static <E> AtLeastOnce<E> inBatches(int most, BatchHandler<E> handler) {
    return new AtLeastOnce<>(most, Objects.requireNonNull(handler, "handler"));
  }

  @Override
  public int batch() {
    return batch;
  }

  /** What handles a batch, or one event alone. */
  public BatchHandler<E> handler() {
    return handler;
  }
}
