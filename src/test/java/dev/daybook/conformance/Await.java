package dev.daybook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.daybook.subscription.Subscription;
import dev.daybook.subscription.SubscriptionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waiting for what becomes true by itself, and that nobody announces. It gives up when nothing has
 * moved for {@link #PATIENCE}, which is long. Only the pauses between two looks count, as long as
 * they were meant to be: on a machine that is busy with much else, looks and pauses take longer,
 * and so does what is waited for.
 */
public final class Await {

  /** How long a test waits for what a healthy store does soon. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  /** How long one look takes at most that is woken. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /** A look costs processor time, and may be a query; what takes long is looked for less often. */
  private static final int PAUSES_PER_WAIT = 16;

  private Await() {}

  public static void until(BooleanSupplier condition) {
    until(condition, () -> 0);
  }

  /**
   * The same for what takes long.
   *
   * @param progress a number that changes as long as it comes nearer
   */
  public static void until(BooleanSupplier condition, LongSupplier progress) {
    long last = progress.getAsLong();
    Pauses pauses = new Pauses();
    while (!condition.getAsBoolean()) {
      long now = progress.getAsLong();
      if (now != last) {
        last = now;
        pauses.moved();
      } else if (pauses.areOver(PATIENCE)) {
        fail("what was waited for has not come true; its progress stands at " + now);
      }
      pauses.pause();
    }
  }

  /**
   * Waits until a subscription has handled everything up to a position.
   *
   * @throws dev.daybook.subscription.SubscriptionStoppedException if it stops before
   */
  public static void position(Subscription subscription, long position)
      throws InterruptedException {
    woken(() -> subscription.awaitPosition(position, LOOK), subscription::position);
  }

  /** Waits until a subscription is in a state. */
  public static void state(Subscription subscription, SubscriptionState state)
      throws InterruptedException {
    woken(() -> subscription.awaitState(state, LOOK), subscription::position);
  }

  /** A look that is woken by what it waits for, and says whether it was. */
  private interface Look {
    boolean sees() throws InterruptedException;
  }

  /** Looks without pauses between, so that no state is missed. */
  private static void woken(Look look, LongSupplier progress) throws InterruptedException {
    long last = progress.getAsLong();
    Duration sinceMove = Duration.ZERO;
    while (!look.sees()) {
      long now = progress.getAsLong();
      sinceMove = now == last ? sinceMove.plus(LOOK) : Duration.ZERO;
      last = now;
      assertThat(sinceMove).as("stands at " + now).isLessThan(PATIENCE);
    }
  }

  /** Waits for the end of a task; throws what {@link Future#get} does. */
  public static <T> T result(Future<T> task) throws ExecutionException, InterruptedException {
    until(task::isDone);
    return task.get();
  }

  /** Waits until a latch is at zero. */
  public static void reached(CountDownLatch latch) {
    until(() -> latch.getCount() == 0);
  }

  /** Waits until a process has ended, as long as it uses a processor. */
  public static void ended(Process process) {
    until(
        () -> !process.isAlive(),
        () -> process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L));
  }

  /** The pauses between the looks of one wait. */
  private static final class Pauses {
    private long all;
    private long sinceMove;

    void moved() {
      sinceMove = 0;
    }

    boolean areOver(Duration patience) {
      return sinceMove > patience.toNanos();
    }

    void pause() {
      long nanos =
          Math.max(SHORTEST_PAUSE_NANOS, Math.min(all / PAUSES_PER_WAIT, LONGEST_PAUSE_NANOS));
      LockSupport.parkNanos(nanos);
      all += nanos;
      sinceMove += nanos;
    }
  }

  /** Waits until another process has made a file. */
  public static void untilExists(Path file) {
    until(() -> Files.exists(file));
  }

  /** Waits until there is none left; fails with those that are. */
  public static void until(String none, Supplier<? extends List<?>> found) {
    until(none, found, PATIENCE);
  }

  static void until(String none, Supplier<? extends List<?>> found, Duration patience) {
    Pauses pauses = new Pauses();
    List<?> left = found.get();
    while (!left.isEmpty() && !pauses.areOver(patience)) {
      pauses.pause();
      left = found.get();
    }
    assertThat(left).as(none).isEmpty();
  }
}
