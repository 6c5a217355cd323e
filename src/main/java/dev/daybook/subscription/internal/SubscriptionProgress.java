package dev.daybook.subscription.internal;

import dev.daybook.error.ClosedException;
import dev.daybook.subscription.SubscriptionState;
import dev.daybook.subscription.SubscriptionStoppedException;
import dev.daybook.subscription.internal.store.Lease;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The position of a subscription, for callers that ask or wait for it. */
final class SubscriptionProgress {

  private final String name;
  private final Consumer<SubscriptionState> changed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private SubscriptionState state = SubscriptionState.STANDBY;
  private long position;
  private long fence;
  private boolean outdated;

  /**
   * @param changed receives each new state
   */
  SubscriptionProgress(String name, Consumer<SubscriptionState> changed) {
    this.name = name;
    this.changed = changed;
  }

  /** Work begins with a lease. */
  void begin(Lease lease) {
    change(
        () -> {
          fence = lease.fence();
          outdated = false;
          position = lease.position();
          state = SubscriptionState.CATCHING_UP;
        });
  }

  /**
   * Its checkpoint was moved. Reports of work with an earlier lease don't count any more.
   *
   * @param by the fence that was raised by that
   */
  void moved(long by, long to) {
    change(
        () -> {
          if (by > fence) {
            outdated = true;
            position = state == SubscriptionState.STANDBY ? Math.min(position, to) : to;
            state = state == SubscriptionState.LIVE ? SubscriptionState.CATCHING_UP : state;
          }
        });
  }

  void state(SubscriptionState now) {
    change(
        () -> {
          if (!outdated || now != SubscriptionState.LIVE) {
            state = now;
          }
        });
  }

  void position(long now) {
    change(
        () -> {
          if (!outdated) {
            position = now;
          }
        });
  }

  SubscriptionState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  long position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  CompletionStage<Void> done() {
    return done.minimalCompletionStage();
  }

  void stopped() {
    state(SubscriptionState.STOPPED);
    done.complete(null);
  }

  void failed(Throwable failure) {
    state(SubscriptionState.FAILED);
    done.completeExceptionally(failure);
  }

  boolean awaitPosition(long target, Duration timeout) throws InterruptedException {
    return await(() -> position >= target, timeout);
  }

  boolean awaitState(SubscriptionState target, Duration timeout) throws InterruptedException {
    return await(() -> state == target, timeout);
  }

  private boolean await(BooleanSupplier reached, Duration timeout) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      while (!reached.getAsBoolean()) {
        requireRunning();
        if (nanos <= 0) {
          return false;
        }
        nanos = moved.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void requireRunning() {
    if (state == SubscriptionState.STOPPED) {
      throw new ClosedException("the subscription \"%s\" is closed".formatted(name));
    }
    if (state == SubscriptionState.FAILED) {
      Throwable cause = done.handle(SubscriptionProgress::failureOf).join();
      String problem =
          cause instanceof SubscriptionStoppedException stopped
              ? stopped.problem()
              : String.valueOf(cause);
      OptionalLong position =
          cause instanceof SubscriptionStoppedException stopped
              ? stopped.position()
              : OptionalLong.empty();
      throw new SubscriptionStoppedException(name, problem, position, cause);
    }
  }

  private static @Nullable Throwable failureOf(
      @Nullable Void nothing, @Nullable Throwable failure) {
    return failure;
  }

  private void change(Runnable change) {
    SubscriptionState before;
    SubscriptionState now;
    lock.lock();
    try {
      before = state;
      change.run();
      now = state;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    if (now != before) {
      changed.accept(now);
    }
  }
}
