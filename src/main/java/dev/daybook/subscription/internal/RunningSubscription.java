package dev.daybook.subscription.internal;

import dev.daybook.ClosedException;
import dev.daybook.internal.callback.Callbacks;
import dev.daybook.internal.database.Changes;
import dev.daybook.internal.sql.Cleaning;
import dev.daybook.journal.JournalRolledBackException;
import dev.daybook.journal.internal.JournalFeed;
import dev.daybook.subscription.AtLeastOnce;
import dev.daybook.subscription.StartFrom;
import dev.daybook.subscription.Subscriber;
import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscription's life: waits for the lease, works while it has it, and begins again. */
final class RunningSubscription<E> implements Subscription {

  private static final System.Logger LOG = System.getLogger(RunningSubscription.class.getName());
  private static final long SHORTEST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(10);

  private final SubscriptionEnvironment environment;
  private final Subscriber<E> subscriber;
  private final long start;
  private final JournalFeed feed;
  private final Changes.Watch watch;
  private final Leases leases;
  private final Control control = new Control();
  private final Patience patience;
  private final Progress progress;
  private final Consumer<Subscription> ended;
  private final Thread thread;
  private volatile List<Thread> workers = List.of();
  private volatile @Nullable Lanes working;

  /**
   * @param ended called when it has ended
   */
  RunningSubscription(
      SubscriptionEnvironment environment,
      Subscriber<E> subscriber,
      JournalFeed feed,
      Consumer<Subscription> ended) {
    this.environment = environment;
    this.subscriber = subscriber;
    this.start = positionOf(subscriber.start(), feed);
    this.feed = feed;
    this.watch = feed.watch();
    this.leases = new Leases(environment, subscriber.name(), subscriber.lease());
    this.patience = new Patience(subscriber.name(), control);
    this.progress = new Progress(subscriber.name());
    this.ended = ended;
    this.thread = Threads.unstarted("daybook-" + subscriber.name(), this::live);
  }

  void start() {
    thread.start();
  }

  /** Lets go of what it has, instead of starting it. */
  void abandon() {
    watch.close();
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
   * Hears that its checkpoint was moved.
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

  private void wake() {
    watch.wake();
    Lanes lanes = working;
    if (lanes != null) {
      lanes.wake();
    }
  }

  @Override
  public void close() {
    if (isOwn(Thread.currentThread())) {
      stop();
      return;
    }
    environment.database().requireOutsideTransaction();
    stop();
    if (!Threads.joinWithin(thread, subscriber.stopTimeout())) {
      thread.interrupt();
      workers.forEach(Thread::interrupt);
      if (!Threads.joinWithin(thread, AFTER_INTERRUPT)) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the handler of subscription \"{0}\" does not return, also when interrupted",
            subscriber.name());
      }
    }
  }

  private boolean isOwn(Thread current) {
    return current == thread || workers.contains(current);
  }

  private void live() {
    try {
      while (!control.stopping()) {
        liveOnce();
      }
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
    } finally {
      watch.close();
      ended.accept(this);
    }
  }

  private void liveOnce() {
    try {
      Optional<Lease> lease = awaitLease();
      if (lease.isPresent()) {
        hold(lease.get());
      }
    } catch (LeaseLostException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "subscription \"{0}\" was moved, or taken over: {1}",
          subscriber.name(),
          e.getMessage());
    } catch (JournalRolledBackException e) {
      rolledBack(e);
    } catch (InterruptedException e) {
      // From close(), and then it is to stop; or left behind by a handler, and then it is not.
    }
  }

  /**
   * What was written with the checkpoint went back with it. What was not says what is no longer
   * true, and it is for its owner to say what becomes of that.
   */
  private void rolledBack(JournalRolledBackException e) {
    if (subscriber.delivery() instanceof AtLeastOnce<E> atLeastOnce
        && !atLeastOnce.goesOnAfterRollback()) {
      throw new SubscriptionStoppedException(
          subscriber.name(),
          e.getMessage()
              + "; what its handler did because of them stays done; once started again, it goes on from its checkpoint",
          e);
    }
    LOG.log(
        System.Logger.Level.ERROR,
        "subscription \"{0}\" goes on from its checkpoint: {1}",
        subscriber.name(),
        e.getMessage());
  }

  private Optional<Lease> awaitLease() throws InterruptedException {
    progress.state(SubscriptionState.STANDBY);
    long longest = Math.max(SHORTEST_LOOK_NANOS, subscriber.lease().toNanos() / 4);
    while (!control.stopping()) {
      if (patience.untilDone("looking after the lease", leases::isFree).orElse(false)) {
        Optional<Lease> lease =
            patience
                .untilDone("taking the lease", () -> leases.acquire(start))
                .flatMap(taken -> taken);
        if (lease.isPresent()) {
          return lease;
        }
      }
      // Each commit wakes; looking as often as that would be too much.
      control.waitFor(SHORTEST_LOOK_NANOS, TimeUnit.NANOSECONDS);
      if (!control.stopping()) {
        watch.await(longest, TimeUnit.NANOSECONDS);
      }
    }
    return Optional.empty();
  }

  private void hold(Lease lease) throws InterruptedException {
    LeaseKeeper keeper =
        new LeaseKeeper(leases, environment.database(), lease, subscriber.lease(), watch::wake);
    try {
      work(lease);
    } catch (Throwable e) {
      keeper.close();
      Cleaning.after(e, () -> release(lease));
      throw e;
    }
    keeper.close();
    release(lease);
  }

  private void work(Lease lease) throws InterruptedException {
    Checkpointing checkpointing =
        new Checkpointing(leases, lease, environment.database(), feed, patience);
    Attempts<E> attempts =
        new Attempts<>(
            subscriber, lease, leases, feed, checkpointing, environment, control, patience);
    Lanes lanes = lanes(lease, attempts, checkpointing);
    working = lanes;
    Tenure tenure =
        new Tenure(
            lease,
            leases,
            feed,
            watch,
            attempts,
            lanes,
            checkpointing,
            control,
            patience,
            progress);
    try {
      tenure.run();
    } catch (LeaseLostException | JournalRolledBackException e) {
      lanes.close();
      throw e;
    } catch (Throwable e) {
      lanes.close();
      Cleaning.after(e, tenure::saveLast);
      throw e;
    }
    lanes.close();
    tenure.saveLast();
  }

  private Lanes lanes(Lease lease, Attempts<E> attempts, Checkpointing checkpointing) {
    if (subscriber.partitions() == 1) {
      Reached save = attempts.saves() ? checkpointing::savedWith : checkpointing::saveIfDue;
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
            watch::wake);
    workers = partitioned.threads();
    return partitioned;
  }

  private void release(Lease lease) {
    patience.untilDone(
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
