package dev.daybook.subscription.internal.inline;

import dev.daybook.error.InvalidInputException;
import dev.daybook.error.TransactionConflictException;
import dev.daybook.internal.deadlines.Deadline;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.AllOrNothing;
import dev.daybook.journal.EventQuery;
import dev.daybook.journal.Journal;
import dev.daybook.journal.JournalQuery;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.StreamQuery;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.OnFailure;
import dev.daybook.subscription.ProjectionBehindException;
import dev.daybook.subscription.ProjectionException;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscriptions;
import dev.daybook.subscription.WhileBehind;
import dev.daybook.subscription.internal.store.SubscriptionStatements;
import dev.daybook.subscription.internal.store.SubscriptionStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jooq.Configuration;

/**
 * A projection that handles events in the transactions that append them. Both appends and the
 * subscription of its name move its checkpoint on. Each locks it first, and handles all events from
 * there in the order of their positions: so each event is handled once.
 *
 * <p>Where several transactions write at a time, a lower position can be committed after a higher
 * one. So an append waits until the transactions have ended that may still fill positions below its
 * own. They are those that hold readers back. The next ones draw positions above.
 */
public final class InlineProjection<E> {

  private static final int MOST_CAUSES = 20;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final String EARLIER =
      "transactions that have begun to append before, and are in progress";

  private final SubscriptionStore store;
  private final Subscriber<E> subscriber;
  private final ExactlyOnce<E> delivery;
  private final WhileBehind whileBehind;
  private final Set<Thread> handling;

  /**
   * @param handling the threads that are inside a handler of any projection
   * @throws InvalidInputException if the subscriber's options don't allow that
   */
  public InlineProjection(
      SubscriptionStore store,
      Subscriber<E> subscriber,
      WhileBehind whileBehind,
      Set<Thread> handling) {
    if (!(subscriber.delivery() instanceof ExactlyOnce<E> exactly)) {
      throw new InvalidInputException(
          "the inline projection \"%s\" is handled at least once; expected ExactlyOnce, whose handler works inside the transaction"
              .formatted(subscriber.name()));
    }
    if (subscriber.onFailure().then() == OnFailure.Then.PARK_STREAM) {
      throw new InvalidInputException(
          "the inline projection \"%s\" would hold up streams (OnFailure.parkStream()), whose events an append can't let wait; expected stop(), skip() or park()"
              .formatted(subscriber.name()));
    }
    this.store = store;
    this.subscriber = subscriber;
    this.delivery = exactly;
    this.whileBehind = whileBehind;
    this.handling = handling;
  }

  /**
   * Makes sure that this thread is not inside a handler, whose events are not saved as handled yet.
   *
   * @throws IllegalStateException if it is
   */
  void requireNotHandling() {
    if (handling.contains(Thread.currentThread())) {
      throw new IllegalStateException(
          "the handler of an inline projection appends to an inline journal; expected a journal of within(transaction) without projections");
    }
  }

  /**
   * Waits for this projection's turn, which lasts until the transaction ends.
   *
   * @return the position up to which it has handled the journal
   */
  long claim(Session session, Configuration transaction) {
    return claimed(session)
        .orElseGet(
            () -> {
              create(session, start(transaction));
              return claimed(session).orElseThrow();
            });
  }

  private Optional<Long> claimed(Session session) {
    try (Execution prepared = session.prepare(store.sql().claim)) {
      return prepared
          .set(SubscriptionStatements.NAME, subscriber.name())
          .first(row -> row.number(1));
    }
  }

  private long start(Configuration transaction) {
    return subscriber.start() instanceof StartFrom.Position given
        ? given.position()
        : subscriber.journal().within(transaction).latestPosition();
  }

  private void create(Session session, long position) {
    long now = store.clock().millis();
    try (Execution prepared = session.prepare(store.sql().create)) {
      prepared
          .set(SubscriptionStatements.NAME, subscriber.name())
          .set(SubscriptionStatements.POSITION, position)
          .set(SubscriptionStatements.NOW, now)
          .set(SubscriptionStatements.FENCE, now)
          .update();
    }
  }

  /**
   * Handles all events up to the last one of an append.
   *
   * @param position up to which they are handled
   * @param appended the positions of the append's events
   */
  void handle(Session session, Configuration transaction, long position, List<Long> appended) {
    long last = appended.stream().mapToLong(each -> each).max().orElse(0);
    if (last <= position) {
      return;
    }
    Journal<E> journal = subscriber.journal().within(transaction);
    long most = (long) Subscriptions.MOST_BEHIND + appended.size();
    List<RecordedEvent<E>> events = selected(journal, position, last, most + 1);
    if (events.size() <= most) {
      handle(AllOrNothing.inParts(transaction), events);
      advance(session, last);
    } else if (whileBehind == WhileBehind.REFUSE) {
      throw new ProjectionBehindException(subscriber.name(), position);
    }
  }

  /**
   * @throws TransactionConflictException if that takes long: one of them may wait for this one
   */
  private void awaitEarlier(Journal<E> journal, long last) {
    long began = System.nanoTime();
    while (journal.latestPosition() < last) {
      if (System.nanoTime() - began > LONGEST_WAIT_NANOS) {
        throw new TransactionConflictException(
            "the inline projection \"%s\" has waited for %s; nothing was written"
                .formatted(subscriber.name(), EARLIER),
            null);
      }
      Deadline.current().requireLeft(EARLIER);
      Deadline.requireNotInterrupted(EARLIER);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** The selected events after one position up to another, where none can be missing by then. */
  private List<RecordedEvent<E>> selected(Journal<E> journal, long after, long to, long most) {
    EventQuery selection = subscriber.selection();
    if (selection instanceof JournalQuery across) {
      JournalQuery query = across.after(after).upTo(to).limit(most);
      List<RecordedEvent<E>> found = journal.read(query);
      if (found.size() == most || endsAt(found, to)) {
        return found;
      }
      awaitEarlier(journal, to);
      return journal.read(query);
    }
    awaitEarlier(journal, to);
    StreamQuery newestFirst = ((StreamQuery) selection).newestFirst();
    try (Stream<RecordedEvent<E>> events = journal.stream(newestFirst)) {
      List<RecordedEvent<E>> selected =
          new ArrayList<>(events.takeWhile(event -> event.position() > after).limit(most).toList());
      Collections.reverse(selected);
      return selected;
    }
  }

  /** Then nothing has held the reader back before that. */
  private static boolean endsAt(List<? extends RecordedEvent<?>> events, long position) {
    return !events.isEmpty() && events.get(events.size() - 1).position() == position;
  }

  private void handle(Configuration transaction, List<RecordedEvent<E>> events) {
    handling.add(Thread.currentThread());
    try {
      for (int from = 0; from < events.size(); from += delivery.batch()) {
        int to = Math.min(from + delivery.batch(), events.size());
        delivery.handler().handle(transaction, events.subList(from, to));
      }
    } catch (RuntimeException e) {
      requireNoConflict(e);
      throw e;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      requireNoConflict(e);
      throw new ProjectionException(subscriber.name(), e);
    } finally {
      handling.remove(Thread.currentThread());
    }
  }

  /** The handler can't help it if its statements conflicted with another transaction. */
  private void requireNoConflict(Exception failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (store.database().isConflict(cause)) {
        throw new TransactionConflictException(
            "the handler of the inline projection \"%s\" conflicted with another transaction; nothing was written"
                .formatted(subscriber.name()),
            failure);
      }
      cause = cause.getCause();
    }
  }

  private void advance(Session session, long position) {
    try (Execution prepared = session.prepare(store.sql().advance)) {
      prepared
          .set(SubscriptionStatements.NAME, subscriber.name())
          .set(SubscriptionStatements.POSITION, position)
          .set(SubscriptionStatements.NOW, store.clock().millis())
          .update();
    }
  }
}
