package dev.daybook.subscription.internal;

import dev.daybook.checkpoint.CheckpointStore;
import dev.daybook.error.ClosedException;
import dev.daybook.error.InvalidInputException;
import dev.daybook.internal.database.Database;
import dev.daybook.internal.input.InputRules;
import dev.daybook.internal.statements.Execution;
import dev.daybook.internal.statements.Lazy;
import dev.daybook.internal.statements.Row;
import dev.daybook.internal.statements.Script;
import dev.daybook.internal.statements.Session;
import dev.daybook.internal.transactions.SqlAccess;
import dev.daybook.journal.Journal;
import dev.daybook.journal.internal.Journals;
import dev.daybook.observation.StoreStatus;
import dev.daybook.observation.SubscriptionStatus;
import dev.daybook.subscription.DeadLetter;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionInfo;
import dev.daybook.subscription.SubscriptionStop;
import dev.daybook.subscription.Subscriptions;
import dev.daybook.subscription.WhileBehind;
import dev.daybook.subscription.internal.deadletters.DeadLetters;
import dev.daybook.subscription.internal.inline.InlineJournal;
import dev.daybook.subscription.internal.inline.InlineProjection;
import dev.daybook.subscription.internal.leases.ProcessLocation;
import dev.daybook.subscription.internal.store.DeadLetterStatements;
import dev.daybook.subscription.internal.store.LeaseHolder;
import dev.daybook.subscription.internal.store.SubscriptionStatements;
import dev.daybook.subscription.internal.store.SubscriptionStore;
import dev.daybook.subscription.internal.threads.Workers;
import dev.daybook.transaction.TransactionWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The subscriptions over statements built by jOOQ, and those that run here. */
public final class JooqSubscriptions implements Subscriptions, AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.daybook.subscription");

  private final SubscriptionStore store;
  private final Journals journals;
  private final CheckpointStore checkpoints;
  private final DeadLetters deadLetters;
  private final Set<RunningSubscription<?>> running = ConcurrentHashMap.newKeySet();
  private final Set<Thread> handlingInline = ConcurrentHashMap.newKeySet();
  private final Workers workers = new Workers();
  private final Heartbeat heartbeat;
  private boolean closed;

  public JooqSubscriptions(
      Database database, Clock clock, Journals journals, CheckpointStore checkpoints) {
    this.store =
        new SubscriptionStore(
            database,
            clock,
            new Lazy<>(database::renderer, SubscriptionStatements::new),
            new Lazy<>(database::renderer, DeadLetterStatements::new));
    this.journals = journals;
    this.checkpoints = checkpoints;
    this.deadLetters = new DeadLetters(store);
    this.heartbeat = new Heartbeat(store, workers, journals::headMark);
  }

  @Override
  public <E> Subscription start(Subscriber<E> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    RunningSubscription<E> subscription =
        new RunningSubscription<>(
            store,
            subscriber,
            journals.feed(subscriber.selection()),
            heartbeat,
            workers,
            running::remove);
    synchronized (running) {
      if (!closed) {
        running.add(subscription);
        subscription.start();
        return subscription;
      }
    }
    throw new ClosedException("the Daybook is closed");
  }

  @Override
  public <E> Journal<E> inline(Subscriber<E> projection, WhileBehind whileBehind) {
    Objects.requireNonNull(projection, "projection");
    Objects.requireNonNull(whileBehind, "whileBehind");
    return new InlineJournal<>(
        projection.journal(),
        new InlineProjection<>(store, projection, whileBehind, handlingInline),
        store.database());
  }

  @Override
  public List<Subscription> running() {
    return running.stream()
        .filter(each -> !each.done().toCompletableFuture().isDone())
        .sorted(Comparator.comparing(RunningSubscription::name))
        .<Subscription>map(each -> each)
        .toList();
  }

  @Override
  public List<SubscriptionInfo> list() {
    return store
        .database()
        .read(
            session -> {
              try (Execution prepared = session.prepare(store.sql().list)) {
                return prepared.list(this::info);
              }
            });
  }

  @Override
  public Optional<SubscriptionInfo> find(String name) {
    requireName(name);
    return store
        .database()
        .read(
            session -> {
              try (Execution prepared = session.prepare(store.sql().find)) {
                return prepared.set(SubscriptionStatements.NAME, name).first(this::info);
              }
            });
  }

  @Override
  public void reset(String name, StartFrom where) {
    requireName(name);
    Objects.requireNonNull(where, "where");
    this.<RuntimeException>reset(name, position(where), transaction -> {}, false);
  }

  @Override
  public <X extends Exception> void rebuild(String name, TransactionWork<X> clear) throws X {
    requireName(name);
    Objects.requireNonNull(clear, "clear");
    reset(name, 0, clear, true);
  }

  @Override
  public void pause(String name) {
    requireName(name);
    boolean found =
        changesRow(
            store.sql().pause,
            row ->
                row.set(SubscriptionStatements.NAME, name)
                    .set(SubscriptionStatements.NOW, store.clock().millis()));
    requireFound(found, name);
  }

  @Override
  public void resume(String name) {
    requireName(name);
    boolean found =
        changesRow(store.sql().resume, row -> row.set(SubscriptionStatements.NAME, name));
    requireFound(found, name);
  }

  @Override
  public boolean release(String name) {
    requireName(name);
    boolean released =
        changesRow(store.sql().takeAway, row -> row.set(SubscriptionStatements.NAME, name));
    requireFound(released || find(name).isPresent(), name);
    return released;
  }

  /** The holder of the lease notices at the next heartbeat. */
  private boolean changesRow(Script statement, UnaryOperator<Execution> which) {
    boolean changed =
        store
            .database()
            .write(
                session -> {
                  try (Execution prepared = session.prepare(statement)) {
                    return which.apply(prepared).update() > 0;
                  }
                });
    heartbeat.look();
    return changed;
  }

  private static void requireFound(boolean found, String name) {
    if (!found) {
      throw new InvalidInputException("there is no subscription \"%s\"".formatted(name));
    }
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return deadLetters.list();
  }

  @Override
  public List<DeadLetter> deadLetters(String name) {
    requireName(name);
    return deadLetters.list(name);
  }

  @Override
  public boolean retryDeadLetter(String name, long position) {
    requireName(name);
    boolean found = store.database().write(session -> deadLetters.ask(session, name, position));
    store.database().signal();
    return found;
  }

  @Override
  public boolean dropDeadLetter(String name, long position) {
    requireName(name);
    boolean dropped = store.database().write(session -> deadLetters.drop(session, name, position));
    store.database().signal();
    return dropped;
  }

  /** Asks those that run here to stop, and waits for nothing. */
  public void stop() {
    synchronized (running) {
      closed = true;
    }
    running.forEach(RunningSubscription::stop);
  }

  /**
   * Stops those that run here, and waits for all of them at the same time: for each as long as it
   * wants, and then for those that had to be interrupted.
   */
  @Override
  public void close() {
    stop();
    List<RunningSubscription<?>> stopping =
        running.stream().sorted(Comparator.comparing(RunningSubscription::stopTimeout)).toList();
    long begin = System.nanoTime();
    List<RunningSubscription<?>> interrupted = new ArrayList<>();
    for (RunningSubscription<?> each : stopping) {
      if (!each.awaitEnd(each.stopTimeout().minusNanos(System.nanoTime() - begin))) {
        each.interrupt();
        interrupted.add(each);
      }
    }
    long interruptedAt = System.nanoTime();
    boolean all = true;
    for (RunningSubscription<?> each : interrupted) {
      all &=
          each.awaitInterrupted(
              RunningSubscription.AFTER_INTERRUPT.minusNanos(System.nanoTime() - interruptedAt));
    }
    workers.close();
    if (all && !workers.awaitEnd(RunningSubscription.AFTER_INTERRUPT)) {
      LOG.log(System.Logger.Level.ERROR, "the threads of the subscriptions do not end");
    }
  }

  private <X extends Exception> void reset(
      String name, long position, TransactionWork<X> clear, boolean dropLetters) throws X {
    long fence =
        store
            .database()
            .<Long, X>newTransaction(
                transaction -> {
                  SqlAccess access = store.database().join(transaction);
                  checkpoints.within(transaction).reset(name, position);
                  if (dropLetters) {
                    access.write(
                        session -> {
                          deadLetters.dropAll(session, name);
                          return true;
                        });
                  }
                  clear.run(transaction);
                  return access.read(session -> fence(session, name));
                });
    running.stream()
        .filter(subscription -> subscription.name().equals(name))
        .forEach(subscription -> subscription.moved(fence, position));
    store.database().signal();
  }

  private long fence(Session session, String name) {
    try (Execution prepared = session.prepare(store.sql().holder)) {
      return prepared
          .set(SubscriptionStatements.NAME, name)
          .first(row -> LeaseHolder.read(row).fence())
          .orElseThrow();
    }
  }

  /** Outside of a transaction, which may see an older state. */
  private long position(StartFrom where) {
    return where instanceof StartFrom.Position given
        ? given.position()
        : journals.raw().latestPosition();
  }

  /** The state of the store, which must be open. */
  public StoreStatus status() {
    long latest = journals.raw().latestPosition();
    List<SubscriptionStatus> subscriptions =
        store
            .database()
            .read(
                session -> {
                  try (Execution prepared = session.prepare(store.sql().status)) {
                    return prepared.list(row -> status(row, latest));
                  }
                });
    return new StoreStatus.StoreStatusValues(
        latest, store.database().waitingWrites(), store.database().logBytes(), subscriptions);
  }

  private SubscriptionStatus status(Row row, long latest) {
    long lag = Math.max(0, latest - row.number(2));
    Long first = row.optionalNumber(5);
    return new SubscriptionStatus.SubscriptionStatusValues(
        row.text(1),
        state(row),
        row.number(2),
        lag,
        lag == 0 || first == null
            ? Duration.ZERO
            : Duration.ofMillis(Math.max(0, store.clock().millis() - first)),
        row.number(6));
  }

  private static SubscriptionStatus.State state(Row row) {
    if (row.optionalNumber(8) != null) {
      return SubscriptionStatus.State.FAILED;
    }
    if (row.optionalNumber(7) != null) {
      return SubscriptionStatus.State.PAUSED;
    }
    boolean held = row.optionalText(3) != null && !ProcessLocation.isGone(row.optionalText(4));
    return held ? SubscriptionStatus.State.RUNNING : SubscriptionStatus.State.IDLE;
  }

  private SubscriptionInfo info(Row row) {
    long now = store.clock().millis();
    long lagEvents = row.number(6);
    return new SubscriptionInfo.SubscriptionInfoValues(
        row.text(1),
        row.number(2),
        Instant.ofEpochMilli(row.number(3)),
        lagEvents,
        lagEvents == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(0, now - row.number(7))),
        Optional.ofNullable(row.optionalText(4))
            .filter(owner -> !ProcessLocation.isGone(row.optionalText(5))),
        row.number(8),
        Optional.ofNullable(row.optionalNumber(9)).map(Instant::ofEpochMilli),
        Optional.ofNullable(row.optionalNumber(10))
            .map(
                at ->
                    new SubscriptionStop(Instant.ofEpochMilli(at), row.number(11), row.text(12))));
  }

  private static void requireName(String name) {
    InputRules.requireName("subscription", name);
  }
}
