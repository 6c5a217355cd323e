package dev.daybook.subscription.internal.handling;

import dev.daybook.error.DaybookException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.EncodedEvent;
import dev.daybook.journal.RecordedEvent;
import dev.daybook.journal.internal.read.JournalFeed;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.SubscriptionStoppedException;
import dev.daybook.subscription.internal.deadletters.DeadLetterLocation;
import dev.daybook.subscription.internal.deadletters.DeadLetters;
import dev.daybook.subscription.internal.leases.LeaseLostException;
import dev.daybook.subscription.internal.leases.Leases;
import dev.daybook.subscription.internal.store.Lease;
import dev.daybook.subscription.internal.store.SubscriptionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives events to the handler until each is done with: handled, or given up as the subscriber says.
 * Safe for several threads.
 */
public final class Attempts<E> {

  private static final System.Logger LOG = System.getLogger("dev.daybook.subscription");
  private static final int LARGEST_SHIFT = 30;
  private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Subscriber<E> subscriber;
  private final Work<E> work;
  private final Lease lease;
  private final Leases leases;
  private final JournalFeed feed;
  private final Checkpointing checkpointing;
  private final DeadLetters deadLetters;
  private final HeldStreams held;
  private final GivingUp givingUp;
  private final Breaker breaker;
  private final SubscriptionStore store;
  private final Control control;
  private final RetryUntilStopped retrying;

  public Attempts(
      Subscriber<E> subscriber,
      Lease lease,
      Leases leases,
      JournalFeed feed,
      Checkpointing checkpointing,
      SubscriptionStore store,
      Control control,
      RetryUntilStopped retrying,
      Breaker breaker) {
    this.subscriber = subscriber;
    this.work = Work.of(subscriber.name(), subscriber.delivery(), store.database());
    this.lease = lease;
    this.leases = leases;
    this.feed = feed;
    this.checkpointing = checkpointing;
    this.deadLetters = new DeadLetters(store);
    this.breaker = breaker;
    Parking parking =
        new Parking(lease, leases, checkpointing, deadLetters, store.database(), saves());
    this.held = new HeldStreams(parking, retrying);
    this.givingUp =
        new GivingUp(subscriber.name(), subscriber.onFailure(), parking, held, retrying, breaker);
    this.store = store;
    this.control = control;
    this.retrying = retrying;
  }

  /** Whether events that are done with are saved as such already. */
  public boolean saves() {
    return work.savesWithEach();
  }

  /**
   * Handles consecutive events after those that are done. Events that were deleted since they were
   * read count as done. Events of streams that are held up are parked.
   *
   * @param asOf the feed's {@link JournalFeed#deletions} before they were read
   * @param reached receives the position up to which all are done
   * @return {@code false} if it has to stop or pause, and not all are done
   * @throws LeaseLostException if another process handles them
   * @throws SubscriptionStoppedException if one of them can't be handled, and the subscriber's
   *     policy is to stop
   */
  boolean deliver(List<RecordedEvent<EncodedEvent>> events, long asOf, PositionListener reached) {
    int from = 0;
    while (from < events.size()) {
      Optional<Integer> found = held.next(events, from);
      if (found.isEmpty()) {
        return false;
      }
      int to = found.get();
      if (to > from && !deliverFree(events.subList(from, to), asOf, reached)) {
        return false;
      }
      from = to;
      if (from < events.size()) {
        Optional<Boolean> queued =
            control.halting() ? Optional.empty() : held.queue(events.get(from));
        if (queued.isEmpty()) {
          return false;
        }
        if (queued.get()) {
          reached.position(events.get(from).position());
          from++;
        }
      }
    }
    return true;
  }

  private boolean deliverFree(
      List<RecordedEvent<EncodedEvent>> events, long asOf, PositionListener reached) {
    long last = events.get(events.size() - 1).position();
    Consumer<SqlAccess> save =
        saves() ? access -> access.write(session -> save(session, last)) : access -> {};
    int most = events.size() == 1 || work.whole() ? subscriber.onFailure().retries() : 0;
    if (checkpointing.isShared()) {
      Optional<Boolean> done =
          retrying.unlessPaused("reading the checkpoint", () -> checkpointing.isSaved(last));
      if (done.isEmpty()) {
        return false;
      }
      if (done.get()) {
        reached.position(last);
        return true;
      }
    }
    int attempts = 0;
    while (true) {
      Optional<Outcome> outcome = attempt(events, asOf, save, true);
      if (outcome.isEmpty()) {
        return false;
      }
      HandlerFailure failure = outcome.get().failure();
      if (failure == null) {
        reached.position(last);
        return true;
      }
      attempts++;
      if (control.stopping()) {
        return false;
      }
      if (attempts > most || !failure.retryable()) {
        return events.size() > 1
            ? deliverEach(events, asOf, reached)
            : givingUp.done(events.get(0), failure, attempts, reached);
      }
      givingUp.logAttempt(events, failure, attempts);
      if (!waitToRetry(delay(attempts))) {
        return false;
      }
    }
  }

  /**
   * Waits, and checks meanwhile that it still has the lease: while the handler fails nothing is
   * saved, so a lost lease would not be noticed otherwise.
   *
   * @return {@code false} if it has to stop or pause
   * @throws LeaseLostException if another process handles the event, or the subscription was reset
   */
  private boolean waitToRetry(long nanos) {
    long left = nanos;
    do {
      if (!control.waitToCall(Math.min(left, LONGEST_LOOK_NANOS), TimeUnit.NANOSECONDS)) {
        return false;
      }
      retrying.unlessPaused("renewing the lease", this::checkLease);
      left -= LONGEST_LOOK_NANOS;
    } while (left > 0);
    return !control.halting();
  }

  private boolean checkLease() {
    requireUndisturbed();
    return true;
  }

  private void requireUndisturbed() {
    leases.check(lease, checkpointing.saved());
    feed.requireNotRolledBack();
  }

  /** Handles the first dead letter that is to be retried, if there is one. */
  public boolean retried(JournalAt journal) {
    Optional<DeadLetter> asked = deadLetters.nextAsked(subscriber.name());
    asked.ifPresent(
        letter ->
            deadLetters.whereabouts(letter).ifPresent(found -> retry(letter, found, journal)));
    return asked.isPresent();
  }

  /** The event at a position. */
  @FunctionalInterface
  public interface JournalAt {
    Optional<RecordedEvent<EncodedEvent>> at(long position);
  }

  private void retry(DeadLetter letter, DeadLetterLocation found, JournalAt journal) {
    if (found.position().isPresent()) {
      // If the event is missing again by now, the retry stays due, and the event is searched again.
      long asOf = feed.deletions();
      found.position().flatMap(journal::at).ifPresent(event -> retry(letter, event, asOf));
    } else if (found.deleted(letter.seq())) {
      LOG.log(System.Logger.Level.WARNING, "a dead letter''s event was deleted: {0}", letter);
      store.database().write(session -> drop(session, letter));
    } else {
      failedAgain(letter, found.missing());
    }
  }

  private void retry(DeadLetter letter, RecordedEvent<EncodedEvent> event, long asOf) {
    attempt(List.of(event), asOf, access -> access.write(session -> drop(session, letter)), false)
        .map(Outcome::failure)
        .filter(failure -> !control.stopping())
        .ifPresent(failure -> failedAgain(letter, failure.failure()));
  }

  private void failedAgain(DeadLetter letter, Throwable failure) {
    Callbacks.log(
        LOG, System.Logger.Level.WARNING, "a dead letter failed again: " + letter, failure);
    deadLetters.failedAgain(store.database(), letter, failure);
  }

  /** If it is missing already, the answer of the commit that dropped it was lost. */
  private boolean drop(Session session, DeadLetter letter) {
    leases.confirm(session, lease);
    if (!deadLetters.drop(session, letter)) {
      throw new LeaseLostException(lease);
    }
    return true;
  }

  private boolean save(Session session, long position) {
    checkpointing.saveWith(session, position);
    return true;
  }

  private boolean deliverEach(
      List<RecordedEvent<EncodedEvent>> events, long asOf, PositionListener reached) {
    for (RecordedEvent<EncodedEvent> event : events) {
      if (control.halting() || !deliver(List.of(event), asOf, reached)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The outcome of a call of the handler.
   *
   * @param failure {@code null} if it has handled what it was given
   */
  private record Outcome(@Nullable HandlerFailure failure) {}

  /**
   * One call of the handler, and more until no failure of a database prevents it; empty if it has
   * to stop or pause before that.
   *
   * @param onlyNew whether those that are handled already are left out
   */
  private Optional<Outcome> attempt(
      List<RecordedEvent<EncodedEvent>> stored,
      long asOf,
      Consumer<SqlAccess> write,
      boolean onlyNew) {
    return retrying.unlessPaused(
        "handling an event", () -> run(stored, asOf, write, onlyNew), this::requireUndisturbed);
  }

  private Outcome run(
      List<RecordedEvent<EncodedEvent>> stored,
      long asOf,
      Consumer<SqlAccess> write,
      boolean onlyNew) {
    try {
      var undeleted = feed.undeleted(store.database(), stored, asOf);
      List<RecordedEvent<E>> events = decoded(undeleted.events());
      work.run(
          access -> {
            long handled = saves() ? access.read(checkpointing::hold) : 0;
            return stillThere(access, onlyNew ? after(handled, events) : events, undeleted.asOf());
          },
          write);
      if (!events.isEmpty()) {
        breaker.succeeded();
      }
      return new Outcome(null);
    } catch (HandlerFailure e) {
      breaker.failed(e.failure());
      return new Outcome(e);
    } catch (DaybookException e) {
      breaker.failed(e);
      throw e;
    }
  }

  /**
   * Appends to inline journals may have moved the checkpoint on, and have handled what is left out.
   */
  private static <E> List<RecordedEvent<E>> after(long position, List<RecordedEvent<E>> events) {
    return events.stream().filter(event -> event.position() > position).toList();
  }

  /**
   * Those that were not deleted. In the state of the database that is to be changed because of
   * them, others may have been given their positions.
   *
   * @throws LeaseLostException if so: then they are read again
   */
  private List<RecordedEvent<E>> stillThere(
      SqlAccess access, List<RecordedEvent<E>> events, long asOf) {
    List<RecordedEvent<E>> left = feed.undeleted(access, events, asOf).events();
    if (saves() && !left.isEmpty()) {
      RecordedEvent<E> last = left.get(left.size() - 1);
      if (!access.read(session -> feed.isThere(session, last))) {
        throw new LeaseLostException(lease);
      }
    }
    return left;
  }

  private List<RecordedEvent<E>> decoded(List<RecordedEvent<EncodedEvent>> stored)
      throws HandlerFailure {
    List<RecordedEvent<E>> events = new ArrayList<>(stored.size());
    try {
      for (RecordedEvent<EncodedEvent> event : stored) {
        events.add(subscriber.journal().decode(event));
      }
      return events;
    } catch (Throwable e) {
      throw HandlerFailure.decoding(e);
    } finally {
      Callbacks.forgetInterrupt();
    }
  }

  private long delay(int attempts) {
    long first = TimeUnit.NANOSECONDS.convert(subscriber.onFailure().firstDelay());
    long longest = TimeUnit.NANOSECONDS.convert(subscriber.onFailure().longestDelay());
    int doublings = Math.min(attempts - 1, LARGEST_SHIFT);
    return first > longest >> doublings ? longest : first << doublings;
  }
}
