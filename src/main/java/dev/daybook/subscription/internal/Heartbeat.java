package dev.daybook.subscription.internal;

import dev.daybook.error.ClosedException;
import dev.daybook.error.DaybookException;
import dev.daybook.internal.signals.CommitSignal;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Session;
import dev.daybook.subscription.internal.store.LeaseHolder;
import dev.daybook.subscription.internal.store.SubscriptionStore;
import dev.daybook.subscription.internal.threads.Steps;
import dev.daybook.subscription.internal.threads.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One heartbeat for all subscriptions of a Daybook, so that idle subscriptions need no thread and
 * no statement: at every third of the shortest lease, and when another process wrote something. It
 * reads all checkpoints, wakes the subscriptions that have something to do, and answers requests
 * for a sign of life. So it writes nothing without such a request.
 */
final class Heartbeat {

  /** A subscription that the heartbeat serves. */
  interface Member {

    String name();

    /** For how long it need not give a sign of life. */
    Duration lease();

    /** Whether it waits for its lease. */
    boolean standsBy();

    /** Whether its checkpoint's row has changed in a way that it must handle. */
    boolean isDisturbed(@Nullable LeaseHolder holder);

    /**
     * Takes over whether its name is to pause.
     *
     * @return whether that is new
     */
    boolean heedPause(LeaseHolder holder);

    /** How to give a sign of life; empty if it has no lease. */
    Optional<Consumer<Session>> answer();

    /** May be called at any time, and returns at once. */
    void wake();
  }

  private static final System.Logger LOG = System.getLogger("dev.daybook.subscription");
  private static final int SIGNS_OF_LIFE = 3;
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final SubscriptionStore store;
  private final LongSupplier head;
  private final Set<Member> members = ConcurrentHashMap.newKeySet();
  private final Steps steps;
  private CommitSignal.@Nullable Listening listening;
  private volatile long interval;
  private long lastHead;
  private long lastBeat;

  /**
   * @param head another number than before if readers can see other events, as far as known
   */
  Heartbeat(SubscriptionStore store, Workers workers, LongSupplier head) {
    this.store = store;
    this.head = head;
    this.steps = new Steps(workers, "daybook-heartbeat", this::step);
  }

  /** Includes one more, from now on. */
  synchronized void join(Member member) {
    if (listening == null) {
      listening = store.database().listen(this::news, steps::wake);
    }
    members.add(member);
    adaptInterval();
    steps.wake();
  }

  synchronized void leave(Member member) {
    members.remove(member);
    adaptInterval();
    if (members.isEmpty() && listening != null) {
      listening.close();
      listening = null;
    }
  }

  /** Begins soon, because a subscription was asked for something. */
  void look() {
    steps.wake();
  }

  private void adaptInterval() {
    long shortest = members.stream().mapToLong(member -> member.lease().toNanos()).min().orElse(0);
    interval = Math.max(SHORTEST_NANOS, shortest / SIGNS_OF_LIFE);
  }

  /** A subscription that stands by gets no events. */
  private void news() {
    boolean anyStandsBy = false;
    for (Member member : members) {
      if (member.standsBy()) {
        anyStandsBy = true;
      } else {
        member.wake();
      }
    }
    if (anyStandsBy) {
      steps.wake();
    }
  }

  private long step() {
    if (members.isEmpty()) {
      return Steps.UNTIL_WOKEN;
    }
    long early = SOON_NANOS - (System.nanoTime() - lastBeat);
    if (lastBeat != 0 && early > 0 && SOON_NANOS < interval) {
      return early;
    }
    lastBeat = System.nanoTime();
    try {
      beat();
    } catch (ClosedException e) {
      return Steps.UNTIL_WOKEN;
    } catch (DaybookException e) {
      LOG.log(System.Logger.Level.WARNING, "the heartbeat of the subscriptions failed", e);
    }
    return interval;
  }

  private void beat() {
    Map<String, LeaseHolder> holders = new HashMap<>();
    Set<String> askedFor = new HashSet<>();
    store
        .database()
        .read(
            session -> {
              holders.clear();
              read(session, holders, askedFor);
              return true;
            });
    List<Consumer<Session>> answers = new ArrayList<>();
    long now = head.getAsLong();
    boolean news = now != lastHead;
    lastHead = now;
    for (Member member : members) {
      LeaseHolder holder = holders.get(member.name());
      boolean pauseChanged = holder != null && member.heedPause(holder);
      if (pauseChanged
          || member.isDisturbed(holder)
          || (!member.standsBy() && (news || askedFor.contains(member.name())))) {
        member.wake();
      }
      if (holder != null && holder.asked() != 0) {
        member.answer().ifPresent(answers::add);
      }
    }
    if (!answers.isEmpty()) {
      store
          .database()
          .write(
              session -> {
                answers.forEach(answer -> answer.accept(session));
                return true;
              });
    }
  }

  private void read(Session session, Map<String, LeaseHolder> holders, Set<String> askedFor) {
    try (Execution prepared = session.prepare(store.sql().holders)) {
      prepared.list(LeaseHolder::read).forEach(holder -> holders.put(holder.name(), holder));
    }
    try (Execution prepared = session.prepare(store.letters().askedFor)) {
      askedFor.addAll(prepared.list(row -> row.text(1)));
    }
  }
}
