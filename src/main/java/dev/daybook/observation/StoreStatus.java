package dev.daybook.observation;

import dev.daybook.meta.Internal;
import java.util.List;
import java.util.OptionalLong;

/**
 * The state of an open store at a glance, for those who watch it often: what it costs does not grow
 * with the number of events.
 *
 * <p>Made by Daybook only; later versions may add methods.
 */
public sealed interface StoreStatus {

  /** The position of the last event that readers can see; 0 without one. */
  long latestPosition();

  /** How many writes of this Daybook are waiting for others, or are being written. */
  int waitingWrites();

  /** The size of the write-ahead log, in bytes; empty if the database is not a file with one. */
  OptionalLong walBytes();

  /** The subscriptions that have a checkpoint, whichever process runs them, by their names. */
  List<SubscriptionStatus> subscriptions();

  /**
   * The values.
   *
   * @hidden
   */
  @Internal("subscription.internal makes it")
  record StoreStatusValues(
      long latestPosition,
      int waitingWrites,
      OptionalLong walBytes,
      List<SubscriptionStatus> subscriptions)
      implements StoreStatus {}
}
