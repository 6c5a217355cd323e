package dev.daybook.subscription;

import dev.daybook.internal.input.InputRules;
import dev.daybook.meta.Internal;
import java.util.Objects;

/**
 * The handler works inside the transaction in which the checkpoint is saved: both are committed or
 * none, so what it writes through the transaction takes effect exactly once, whatever fails. Only
 * its effects elsewhere can happen again. To append, or to use other repositories, it gets them
 * from {@link dev.daybook.Daybook#within}. Other writers of the database wait meanwhile, so it
 * should be quick.
 *
 * @param <E> the type of the events
 */
public final class ExactlyOnce<E> implements Delivery<E> {

  /** How many events that are handled one by one share a transaction at the most. */
  private static final int EACH = 100;

  private final int batch;
  private final boolean whole;
  private final TransactionalBatchHandler<E> handler;

  private ExactlyOnce(int batch, boolean whole, TransactionalBatchHandler<E> handler) {
    this.batch = InputRules.requireRange("the batch size", batch, 1, MAX_BATCH);
    this.whole = whole;
    this.handler = handler;
  }

  /**
   * Event by event. Up to {@value #EACH} available events share one transaction; if one of them
   * fails, the transaction is rolled back and each gets its own, so that the others are delivered
   * again.
   */
  public static <E> ExactlyOnce<E> each(TransactionalHandler<E> handler) {
    Objects.requireNonNull(handler, "handler");
    return new ExactlyOnce<>(
        EACH,
        false,
        (transaction, events) -> {
          for (var event : events) {
            handler.handle(transaction, event);
          }
        });
  }

  /**
   * Several events at once, as many as are available, each batch in its own transaction.
   *
   * @param most how many at the most
   * @throws dev.daybook.error.InvalidInputException if it is not from 1 to {@link #MAX_BATCH}
   */
  public static <E> ExactlyOnce<E> inBatches(int most, TransactionalBatchHandler<E> handler) {
    return new ExactlyOnce<>(most, true, Objects.requireNonNull(handler, "handler"));
  }

  @Override
  @Internal("subscription.internal reads it")
  public int batch() {
    return batch;
  }

  /**
   * Whether a batch that failed is retried as a whole before it is taken apart.
   *
   * @hidden
   */
  @Internal("subscription.internal reads it")
  public boolean whole() {
    return whole;
  }

  /**
   * What handles a batch, or one event alone.
   *
   * @hidden
   */
  @Internal("subscription.internal reads it")
  public TransactionalBatchHandler<E> handler() {
    return handler;
  }
}
