package dev.daybook.subscription;

import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.input.InputRules;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.StreamQuery;
import java.time.Duration;
import java.util.Objects;

/**
 * The definition of a subscription: its name, its handler and its options. Immutable; each option
 * returns another one.
 *
 * <p>An event that is deleted before the handler is called with it is not delivered any more,
 * although the subscription may have read it: in the process that deletes it from the return of the
 * delete on, in others from their next check of the database on. It counts as done.
 */
public final class Subscriber<E> {

  /** The most partitions that one can ask for. */
  public static final int MAX_PARTITIONS = 256;

  private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
  private static final Duration LONGEST_LEASE = Duration.ofDays(1);
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final String name;
  private final Journal<E> journal;
  private final Delivery<E> delivery;
  private final EventQuery selection;
  private final StartFrom start;
  private final OnFailure onFailure;
  private final int partitions;
  private final Duration lease;
  private final Duration stopTimeout;

  private Subscriber(
      String name,
      Journal<E> journal,
      Delivery<E> delivery,
      EventQuery selection,
      StartFrom start,
      OnFailure onFailure,
      int partitions,
      Duration lease,
      Duration stopTimeout) {
    InputRules.requireName("subscription", name);
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(selection, "selection");
    if (isBounded(selection)) {
      throw new InvalidInputException(
          "%s has bounds or an order; expected filters only".formatted(selection));
    }
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(onFailure, "onFailure");
    InputRules.requireRange("the number of partitions", partitions, 1, MAX_PARTITIONS);
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
    this.name = name;
    this.journal = journal;
    this.delivery = delivery;
    this.selection = selection;
    this.start = start;
    this.onFailure = onFailure;
    this.partitions = partitions;
    this.lease = lease;
    this.stopTimeout = stopTimeout;
  }

  private static boolean isBounded(EventQuery query) {
    if (query instanceof StreamQuery stream) {
      return stream.isNewestFirst()
          || stream.from() > 1
          || stream.to() < Long.MAX_VALUE
          || stream.limit() < EventQuery.UNLIMITED;
    }
    JournalQuery across = (JournalQuery) query;
    return across.isNewestFirst()
        || across.after() > 0
        || across.upTo() < Long.MAX_VALUE
        || across.limit() < EventQuery.UNLIMITED;
  }

  /**
   * A subscriber to all events, from the first, on one thread.
   *
   * @throws InvalidInputException if the name is not a valid name
   */
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
   * The query must have neither bounds nor an order; {@link #from} says where to begin.
   *
   * @throws InvalidInputException if it has bounds or an order
   */
  public Subscriber<E> select(EventQuery query) {
    return new Subscriber<>(
        name, journal, delivery, query, start, onFailure, partitions, lease, stopTimeout);
  }

  /** Where it begins if it has no checkpoint. */
  public Subscriber<E> from(StartFrom where) {
    return new Subscriber<>(
        name, journal, delivery, selection, where, onFailure, partitions, lease, stopTimeout);
  }

  /** What to do with events that can't be handled. */
  public Subscriber<E> onFailure(OnFailure policy) {
    return new Subscriber<>(
        name, journal, delivery, selection, start, policy, partitions, lease, stopTimeout);
  }

  /**
   * The handler is called on this many threads. The events of one stream are handled in order;
   * those of different streams may overtake each other. The checkpoint is before the first event
   * that is not done. Several threads are kept for as long as the subscription has its lease, even
   * while they are idle.
   *
   * @throws InvalidInputException if the number is not from 1 to {@value #MAX_PARTITIONS}, or an
   *     {@link ExactlyOnce} handler is to have several
   */
  public Subscriber<E> partitions(int number) {
    return new Subscriber<>(
        name, journal, delivery, selection, start, onFailure, number, lease, stopTimeout);
  }

  /**
   * How long after the last sign of life another process may take over.
   *
   * @throws InvalidInputException if it is shorter than 100 milliseconds or longer than a day
   */
  public Subscriber<E> lease(Duration length) {
    return new Subscriber<>(
        name, journal, delivery, selection, start, onFailure, partitions, length, stopTimeout);
  }

  /**
   * How long a stop waits for the handler before it interrupts it.
   *
   * @throws InvalidInputException if it is negative
   */
  public Subscriber<E> stopTimeout(Duration timeout) {
    return new Subscriber<>(
        name, journal, delivery, selection, start, onFailure, partitions, lease, timeout);
  }

  /** The name under which its checkpoint is stored. */
  public String name() {
    return name;
  }

  /** Decodes the events. */
  public Journal<E> journal() {
    return journal;
  }

  /** The handler, and how often it gets an event. */
  public Delivery<E> delivery() {
    return delivery;
  }

  /** Which events it gets, without bounds; all by default. */
  public EventQuery selection() {
    return selection;
  }

  /** Where it begins without a checkpoint; with the first event by default. */
  public StartFrom start() {
    return start;
  }

  /** What to do with events that can't be handled; {@link OnFailure#stop} by default. */
  public OnFailure onFailure() {
    return onFailure;
  }

  /** On how many threads the handler may be called; one by default. */
  public int partitions() {
    return partitions;
  }

  /** How long after the last sign of life another process may take over; ten seconds by default. */
  public Duration lease() {
    return lease;
  }

  /**
   * How long to wait for the handler when stopping, before it is interrupted; ten seconds by
   * default.
   */
  public Duration stopTimeout() {
    return stopTimeout;
  }
}
