package dev.daybook.subscription.internal;

import dev.daybook.error.ClosedException;
import dev.daybook.error.JournalRolledBackException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.internal.statements.Cleaning;
import dev.daybook.internal.statements.Session;
import dev.daybook.journal.internal.read.JournalFeed;
import dev.daybook.observation.SubscriptionChange;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.ExactlyOnce;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import dev.daybook.subscription.internal.deadletters.FailureText;
import dev.daybook.subscription.internal.handling.Attempts;
import dev.daybook.subscription.internal.handling.Breaker;
import dev.daybook.subscription.internal.handling.Checkpointing;
import dev.daybook.subscription.internal.handling.ChunkSize;
import dev.daybook.subscription.internal.handling.Control;
import dev.daybook.subscription.internal.handling.Lanes;
import dev.daybook.subscription.internal.handling.PartitionedLanes;
import dev.daybook.subscription.internal.handling.PositionListener;
import dev.daybook.subscription.internal.handling.RetryUntilStopped;
import dev.daybook.subscription.internal.handling.SingleLane;
import dev.daybook.subscription.internal.leases.LeaseLostException;
import dev.daybook.subscription.internal.leases.Leases;
import dev.daybook.subscription.internal.leases.Vigil;
import dev.daybook.subscription.internal.store.Lease;
import dev.daybook.subscription.internal.store.LeaseHolder;
import dev.daybook.subscription.internal.store.SubscriptionStore;
import dev.daybook.subscription.internal.threads.Steps;
import dev.daybook.subscription.internal.threads.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's life: waits for the lease, works while it has it, and begins again. It has a
 * thread only while there is something to do.
 */
final class RunningSubscription<E> implements Subscription, Heartbeat.Member {

  private static final System.Logger LOG = System.getLogger("dev.daybook.subscription");
  static final Duration AFTER_INTERRUPT = Duration.ofSeconds(10);

  private final SubscriptionStore store;
  private final Subscriber<E> subscriber;
  private final long start;
  private final JournalFeed feed;
  private final Heartbeat heartbeat;
  private final Leases leases;
  private final Vigil vigil;
  private final Control control = new Control();
  private final Breaker breaker;
  private final RetryUntilStopped retrying;
  private final SubscriptionProgress progress;
  private final Consumer<Subscription> ended;
  private final Steps steps;
  private volatile List<Thread> workers = List.of();
  private volatile @Nullable Hold working;

  /** What exists while it has its lease. */
  private record Hold(Lease lease, Lanes lanes, Checkpointing checkpointing, LeasedRun leasedRun) {}

  /**
   * @param heartbeat wakes it while it waits
   * @param ended called when it has ended
   */
  RunningSubscription(
      SubscriptionStore store,
      Subscriber<E> subscriber,
      JournalFeed feed,
      Heartbeat heartbeat,
      Workers threads,
      Consumer<Subscription> ended) {
    this.store = store;
    this.subscriber = subscriber;
    this.start = positionOf(subscriber.start(), feed);
    this.feed = feed;
    this.heartbeat = heartbeat;
    this.leases = new Leases(store, subscriber.name(), subscriber.lease());
    this.vigil = leases.vigil();
    this.retrying = new RetryUntilStopped(subscriber.name(), control);
    this.progress = new SubscriptionProgress(subscriber.name(), this::observe);
    this.breaker = new Breaker(subscriber.onFailure().limit());
    this.ended = ended;
    this.steps = new Steps(threads, "daybook-" + subscriber.name(), this::step);
  }

  private void observe(SubscriptionState now) {
    switch (now) {
      case LIVE -> observe(SubscriptionChange.CAUGHT_UP);
      case PAUSED -> observe(SubscriptionChange.PAUSED);
      case STOPPED -> observe(SubscriptionChange.STOPPED);
      case FAILED -> observe(SubscriptionChange.FAILED);
      case STANDBY, CATCHING_UP -> {}
    }
  }

  private void observe(SubscriptionChange change) {
    store.database().observers().subscriptionChanged(subscriber.name(), change);
  }

  void start() {
    heartbeat.join(this);
    steps.wake();
  }

  @Override
  public String name() {
    return subscriber.name();
  }

  @Override
  public SubscriptionState state() {
    return progress.state();
  }

  @Override
  public long position() {
    return progress.position();
  }

  @Override
  public Optional<Throwable> lastFailure() {
    return Optional.ofNullable(breaker.lastFailure());
  }

  @Override
  public boolean awaitPosition(long position, Duration timeout) throws InterruptedException {
    return progress.awaitPosition(position, timeout);
  }

  @Override
  public boolean awaitState(SubscriptionState state, Duration timeout) throws InterruptedException {
    return progress.awaitState(state, timeout);
  }

  @Override
  public void pause() {
    control.pause(true);
    wake();
  }

  @Override
  public void resume() {
    control.pause(false);
    wake();
  }

  @Override
  public CompletionStage<Void> done() {
    return progress.done();
  }

  /**
   * Called when its checkpoint was moved.
   *
   * @param fence the fence that was raised by that
   */
  void moved(long fence, long position) {
    progress.moved(fence, position);
  }

  /** Asks it to stop, and waits for nothing. */
  void stop() {
    control.stop();
    wake();
  }

  @Override
  public Duration lease() {
    return subscriber.lease();
  }

  @Override
  public boolean standsBy() {
    return working == null;
  }

  @Override
  public boolean isDisturbed(@Nullable LeaseHolder holder) {
    Hold hold = working;
    if (holder == null) {
      return true;
    }
    return hold == null
        ? vigil.look(holder, System.nanoTime()) != Vigil.Verdict.WAIT
        : !leases.isUndisturbed(holder, hold.lease(), hold.checkpointing().saved());
  }

  /** A row that was read before the lease was taken says what the lease itself has said since. */
  @Override
  public boolean heedPause(LeaseHolder holder) {
    Hold hold = working;
    return hold != null
        && holder.fence() == hold.lease().fence()
        && control.pauseName(holder.paused());
  }

  @Override
  public Optional<Consumer<Session>> answer() {
    return Optional.ofNullable(working)
        .map(hold -> session -> leases.answer(session, hold.lease()));
  }

  @Override
  public void wake() {
    steps.wake();
    Hold hold = working;
    if (hold != null) {
      hold.lanes().wake();
    }
  }

  @Override
  public void close() {
    if (isOwn(Thread.currentThread())) {
      stop();
      return;
    }
    store.database().requireOutsideTransaction();
    stop();
    if (!steps.awaitEnd(subscriber.stopTimeout())) {
      interrupt();
      awaitInterrupted(AFTER_INTERRUPT);
    }
  }

  /** How long to wait for the handler before it is interrupted. */
  Duration stopTimeout() {
    return subscriber.stopTimeout();
  }

  /** Waits for the end, and says whether it has come. */
  boolean awaitEnd(Duration timeout) {
    return steps.awaitEnd(timeout);
  }

  void interrupt() {
    steps.interrupt();
    workers.forEach(Thread::interrupt);
  }

  /** Waits for the end of one that was interrupted, and says whether it has come. */
  boolean awaitInterrupted(Duration timeout) {
    boolean end = steps.awaitEnd(timeout);
    if (!end) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the handler of subscription \"{0}\" does not return, even when interrupted",
          subscriber.name());
    }
    return end;
  }

  private boolean isOwn(Thread current) {
    return steps.isOwn(current) || workers.contains(current);
  }

  private long step() {
    try {
      while (!control.stopping()) {
        long wait = stepOnce();
        if (wait > 0) {
          return wait;
        }
      }
      end();
      progress.stopped();
    } catch (ClosedException e) {
      progress.stopped();
    } catch (Throwable e) {
      Callbacks.log(
          LOG,
          System.Logger.Level.ERROR,
          "subscription \"" + subscriber.name() + "\" has stopped",
          e);
      progress.failed(e);
    }
    heartbeat.leave(this);
    ended.accept(this);
    return Steps.END;
  }

  /** Does the next work, and returns for how long there is nothing to do then; 0 if there is. */
  private long stepOnce() {
    try {
      Hold hold = working;
      if (hold == null) {
        hold = begin();
      }
      return hold == null ? Steps.UNTIL_WOKEN : step(hold);
    } catch (LeaseLostException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "subscription \"{0}\" was moved, or taken over: {1}",
          subscriber.name(),
          e.getMessage());
    } catch (JournalRolledBackException e) {
      rolledBack(leases.atCheckpoint(e));
    }
    return 0;
  }

  /**
   * What was written with the checkpoint was rolled back with it. Other effects of the handler no
   * longer match the database, and an operator has to decide what to do.
   */
  private void rolledBack(JournalRolledBackException e) {
    if (subscriber.delivery() instanceof AtLeastOnce<E> atLeastOnce
        && !atLeastOnce.goesOnAfterRollback()) {
      throw new SubscriptionStoppedException(
          subscriber.name(),
          e.getMessage()
              + "; what its handler did because of them stays done; once started again, it continues from its checkpoint",
          OptionalLong.empty(),
          e);
    }
    LOG.log(
        System.Logger.Level.ERROR,
        "subscription \"{0}\" continues from its checkpoint: {1}",
        subscriber.name(),
        e.getMessage());
  }

  /** Begins to work, if it gets the lease. */
  private @Nullable Hold begin() {
    progress.state(SubscriptionState.STANDBY);
    Optional<Lease> taken =
        retrying
            .untilDone("taking the lease", () -> leases.tryToTake(start, vigil))
            .flatMap(lease -> lease);
    if (taken.isEmpty()) {
      return null;
    }
    Lease lease = taken.get();
    observe(SubscriptionChange.LEASE_TAKEN);
    control.begin();
    control.pauseName(lease.paused());
    try {
      Checkpointing checkpointing =
          new Checkpointing(
              leases,
              lease,
              store.database(),
              feed,
              retrying,
              subscriber.delivery() instanceof ExactlyOnce);
      Attempts<E> attempts =
          new Attempts<>(
              subscriber, lease, leases, feed, checkpointing, store, control, retrying, breaker);
      Lanes lanes = lanes(lease, attempts, checkpointing);
      LeasedRun leasedRun =
          new LeasedRun(
              lease, leases, feed, attempts, lanes, checkpointing, control, retrying, progress);
      Hold hold = new Hold(lease, lanes, checkpointing, leasedRun);
      working = hold;
      return hold;
    } catch (Throwable e) {
      Cleaning.after(e, () -> stopped(lease, e));
      throw e;
    }
  }

  private long step(Hold hold) {
    try {
      return hold.leasedRun().step();
    } catch (LeaseLostException | JournalRolledBackException e) {
      observe(SubscriptionChange.LEASE_LOST);
      Cleaning.after(e, hold.lanes()::close);
      Cleaning.after(e, () -> giveUp(hold));
      throw e;
    } catch (Throwable e) {
      Cleaning.after(e, hold.lanes()::close);
      Cleaning.after(e, hold.leasedRun()::saveLast);
      Cleaning.after(e, () -> stopped(hold, e));
      throw e;
    }
  }

  /** Saves what is done, and gives the lease up. */
  private void end() {
    Hold hold = working;
    if (hold != null) {
      hold.lanes().close();
      try {
        hold.leasedRun().saveLast();
      } catch (LeaseLostException e) {
        // Its new holder reads the position from the checkpoint.
      } catch (Throwable e) {
        Cleaning.after(e, () -> stopped(hold, e));
        throw e;
      }
      giveUp(hold);
      observe(SubscriptionChange.LEASE_GIVEN_UP);
    }
  }

  private void giveUp(Hold hold) {
    working = null;
    workers = List.of();
    release(hold.lease());
  }

  private void stopped(Hold hold, Throwable why) {
    working = null;
    workers = List.of();
    stopped(hold.lease(), why);
  }

  /** Gives the lease up, and stores in its row why it has stopped. */
  private void stopped(Lease lease, Throwable why) {
    if (why instanceof ClosedException) {
      release(lease);
      observe(SubscriptionChange.LEASE_GIVEN_UP);
      return;
    }
    long position =
        why instanceof SubscriptionStoppedException stopped
            ? stopped.position().orElse(progress.position())
            : progress.position();
    retrying.untilDone(
        "storing why it has stopped",
        () -> {
          leases.stop(lease, position, FailureText.reason(why));
          return true;
        });
    observe(SubscriptionChange.LEASE_GIVEN_UP);
  }

  private Lanes lanes(Lease lease, Attempts<E> attempts, Checkpointing checkpointing) {
    if (subscriber.partitions() == 1) {
      PositionListener save =
          attempts.saves() ? checkpointing::savedWith : checkpointing::saveIfDue;
      return new SingleLane(
          attempts,
          ChunkSize.of(subscriber.delivery()),
          lease.position(),
          control,
          progress::position,
          save);
    }
    PartitionedLanes partitioned =
        new PartitionedLanes(
            subscriber.name(),
            subscriber.partitions(),
            attempts,
            subscriber.delivery().batch(),
            lease.position(),
            control,
            progress::position,
            steps::wake);
    workers = partitioned.threads();
    return partitioned;
  }

  private void release(Lease lease) {
    retrying.untilDone(
        "giving the lease up",
        () -> {
          leases.release(lease);
          return true;
        });
  }

  /** The end is where it is now, however long the lease is waited for. */
  private static long positionOf(StartFrom start, JournalFeed feed) {
    return start instanceof StartFrom.Position given ? given.position() : feed.head();
  }
}
