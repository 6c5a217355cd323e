package dev.daybook.subscription;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import java.time.Duration;
import java.util.Objects;

/**
 * What a subscription is to be: its name, its handler and its options. Immutable; each option
 * returns another one.
 *
 * <p>An event that is deleted before the handler is called with it is not handed out any more,
 * although the subscription may have read it: in the process that deletes it from the moment on in
 * which the delete returns, in others from their next look at the database on. It counts as done.
 *
 * @param name under which its checkpoint is kept
 * @param journal decodes the events
 * @param delivery the handler, and how often it gets an event
 * @param selection which events it gets, without bounds of its own; all by default
 * @param start where it begins without a checkpoint; with the first event by default
 * @param onFailure what becomes of events that can't be handled; {@link OnFailure#stop} by default
 * @param partitions on how many threads the handler may be called; one by default
 * @param lease for how long nobody else takes over after the last sign of life; ten seconds by
 *     default
 * @param stopTimeout how long to wait for the handler when stopping, before it is interrupted; ten
 *     seconds by default
 */
public record Subscriber<E>(
    String name,
    Journal<E> journal,
    Delivery<E> delivery,
    EventQuery selection,
    StartFrom start,
    OnFailure onFailure,
    int partitions,
    Duration lease,
    Duration stopTimeout) {

  /** The most partitions that one can ask for. */
  public static final int MAX_PARTITIONS = 256;

  private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
  private static final Duration LONGEST_LEASE = Duration.ofDays(1);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  /**
   * @throws InvalidInputException if the name is none, the selection has bounds, the number of
   *     partitions is not from 1 to {@value #MAX_PARTITIONS}, an {@link ExactlyOnce} handler is to
   *     have several, or a duration is too short or too long
   */
  public Subscriber {
    InputRules.requireName("subscription", name);
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(selection, "selection");
    if (!selection.equals(selection.unbounded())) {
      throw new InvalidInputException(
          "%s has bounds or an order of its own; expected filters only".formatted(selection));
    }
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(onFailure, "onFailure");
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw new InvalidInputException(
          "the number of partitions is %s; expected 1 to %s".formatted(partitions, MAX_PARTITIONS));
    }
    if (partitions > 1 && delivery instanceof ExactlyOnce) {
      throw new InvalidInputException(
          "an exactly-once subscription works in one transaction after the other; %s partitions need AtLeastOnce"
              .formatted(partitions));
    }
    if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new InvalidInputException(
          "the lease is %s; expected %s to %s".formatted(lease, SHORTEST_LEASE, LONGEST_LEASE));
    }
    if (stopTimeout.isNegative()) {
      throw new InvalidInputException("the stop timeout %s is negative".formatted(stopTimeout));
    }
  }

  /** A subscriber to all events, from the first, on one thread. */
  public static <E> Subscriber<E> of(String name, Journal<E> journal, Delivery<E> delivery) {
    return new Subscriber<>(
        name,
        journal,
        delivery,
        EventQuery.all(),
        StartFrom.beginning(),
        OnFailure.stop(),
        1,
        TEN_SECONDS,
        TEN_SECONDS);
  }

  /**
   * Only these events: those of a stream, or those of the journal that pass the query's filters.
   * The query must have no bounds and no order of its own; {@link #from} says where to begin.
   *
   * @throws InvalidInputException if it has
   */
  public Subscriber<E> select(EventQuery query) {
    return new Subscriber<>(
        name, journal, delivery, query, start, onFailure, partitions, lease, stopTimeout);
  }

  public Subscriber<E> from(StartFrom where) {
    return new Subscriber<>(
        name, journal, delivery, selection, where, onFailure, partitions, lease, stopTimeout);
  }

  public Subscriber<E> onFailure(OnFailure policy) {
    return new Subscriber<>(
        name, journal, delivery, selection, start, policy, partitions, lease, stopTimeout);
  }

  /**
   * The handler is called on this many threads. The events of one stream are handled in order;
   * those of different streams overtake each other. The checkpoint is in front of the first event
   * that is not done. If there are more than one, they are kept for as long as the subscription has
   * its lease, also while they have nothing to do.
   */
  public Subscriber<E> partitions(int number) {
    return new Subscriber<>(
        name, journal, delivery, selection, start, onFailure, number, lease, stopTimeout);
  }

  public Subscriber<E> lease(Duration length) {
    return new Subscriber<>(
        name, journal, delivery, selection, start, onFailure, partitions, length, stopTimeout);
  }

  public Subscriber<E> stopTimeout(Duration timeout) {
    return new Subscriber<>(
        name, journal, delivery, selection, start, onFailure, partitions, lease, timeout);
  }
}
